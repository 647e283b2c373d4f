//! What happened in a matter with another State.

use super::command::{
    ArrestProvisionally, EffectMatter, EndMatter, GrantCooperation, NotifyJudgment, PostponeMatter,
    RefuseCooperation, ReopenMatter, RequestCooperation, WithdrawConsent,
};
use crate::events;
use crate::values::InformedConsent;

events! {
    /// What happened in a matter with another State.
    CooperationEvent of "cooperation" {
        /// Somebody was arrested before the request for extradition that is to follow.
        ProvisionallyArrested(ArrestProvisionally) = "provisionally_arrested",
        /// Something was asked of another State, or by one.
        Requested(RequestCooperation) = "requested",
        /// Another State told of a judgment; it is no decision of this State, and counts in no figure.
        JudgmentNotified(NotifyJudgment) = "judgment_notified",
        /// The person agreed.
        ConsentGiven(InformedConsent) = "consent_given",
        /// The person agrees no longer.
        ConsentWithdrawn(WithdrawConsent) = "consent_withdrawn",
        /// It was granted.
        Granted(GrantCooperation) = "granted",
        /// It was refused.
        Refused(RefuseCooperation) = "refused",
        /// A refusal was set aside: it is decided anew.
        Reopened(ReopenMatter) = "reopened",
        /// What was granted is carried out later.
        Postponed(PostponeMatter) = "postponed",
        /// It was carried out: the person was surrendered or transferred, the judgment is recognised.
        Effected(EffectMatter) = "effected",
        /// It ended without being carried out.
        Ended(EndMatter) = "ended",
    }
}
