//! What happened in an emergency.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::command::{
    CutRight, DecideRelease, Declare, EffectEmergencyRelease, EndEmergency, ExtendEmergency, Item,
    PublishCriteria, RecordEmergencyReturn, RecordMeasureClosed, RecordReleaseBreach, RestoreRight,
    Screen,
};
use crate::values::{Code, Occurred};
use crate::{dated, events};

/// The end of an emergency that the law itself brought, with what was still open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndByLaw {
    /// When it ended.
    pub done: Occurred,
    /// The provision that ended it.
    pub basis: Code,
    /// What was still open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open: Vec<Item>,
}

dated! {
    EndByLaw: done,
}

events! {
    /// What happened in an emergency.
    EmergencyEvent of "emergency" {
        /// An emergency was declared.
        Declared(Declare) = "declared",
        /// Criteria of release were published.
        CriteriaPublished(PublishCriteria) = "criteria_published",
        /// The emergency was extended.
        Extended(ExtendEmergency) = "extended",
        /// People were screened.
        Screened(Screen) = "screened",
        /// It was decided on one person's release.
        ReleaseDecided(DecideRelease) = "release_decided",
        /// The person left.
        ReleaseEffected(EffectEmergencyRelease) = "release_effected",
        /// The person came back.
        Returned(RecordEmergencyReturn) = "returned",
        /// The person broke the terms of release; nothing is decided by that.
        Breached(RecordReleaseBreach) = "breached",
        /// A right was cut.
        RightCut(CutRight) = "right_cut",
        /// A right was restored.
        RightRestored(RestoreRight) = "right_restored",
        /// A measure came to an end, or went over into ordinary law.
        MeasureClosed(RecordMeasureClosed) = "measure_closed",
        /// The emergency ended.
        Ended(EndEmergency) = "ended",
        /// The law itself ended the emergency.
        EndedByLaw(EndByLaw) = "ended_by_law",
    }
}
