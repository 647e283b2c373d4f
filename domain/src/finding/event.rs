//! What happened to what the register noticed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::command::{AssignFinding, CloseFinding, RaiseFinding, ReopenFinding};
use crate::act;
use crate::actor::Role;
use crate::values::{Code, EventId, Instant, Occurred, PersonId, SubjectId};
use crate::{dated, events};

/// What an entry carries, taken up by somebody; what is told of it is what the register holds of the entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TakenUp {
    /// When it was taken up.
    pub done: Occurred,
    /// The number of the entry that carries it.
    pub entry: u64,
    /// The event of the entry.
    pub event: EventId,
    /// Which of the findings of the entry it is, counted from 0.
    pub nth: u16,
    /// Since when the register knows of it.
    pub recorded: Instant,
    /// What happened there, such as sentence.imposed.
    pub happened: Code,
    /// The kind of record in which it happened, such as sentence.
    pub kind: Code,
    /// The id of the record.
    pub record: Code,
    /// What was noticed.
    pub noticed: act::Finding,
    /// Whom the entry concerns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// Whose act it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_whom: Option<SubjectId>,
    /// Whose task it is: the role in which it was taken up.
    pub role: Role,
}

dated! {
    TakenUp: done,
}

events! {
    /// What happened to what the register noticed.
    FindingEvent of "finding" {
        /// The register raised what a clock that ran out asks.
        Raised(RaiseFinding) = "raised",
        /// Somebody took up what an entry carries.
        TakenUp(TakenUp) = "taken_up",
        /// It was given to somebody.
        Assigned(AssignFinding) = "assigned",
        /// It was closed.
        Closed(CloseFinding) = "closed",
        /// It was opened again.
        Reopened(ReopenFinding) = "reopened",
    }
}
