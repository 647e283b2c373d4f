//! What happened to a release.

use super::command::{
    ConsiderRelease, DeferRelease, EffectRelease, EndRelease, GrantRelease, RecordEligibility,
    RecordReleaseByLaw, RecordReturn, RefuseRelease,
};
use crate::events;

events! {
    /// What happened to a release.
    ReleaseEvent of "release" {
        /// From a day on release is possible.
        EligibilityReached(RecordEligibility) = "eligibility_reached",
        /// It was considered.
        Considered(ConsiderRelease) = "considered",
        /// It was granted.
        Granted(GrantRelease) = "granted",
        /// It was refused.
        Refused(RefuseRelease) = "refused",
        /// The decision was put off.
        Deferred(DeferRelease) = "deferred",
        /// The person left.
        Effected(EffectRelease) = "effected",
        /// The person came back.
        Returned(RecordReturn) = "returned",
        /// The release ended.
        Ended(EndRelease) = "ended",
        /// The law itself brought the release.
        ReleasedByLaw(RecordReleaseByLaw) = "released_by_law",
    }
}
