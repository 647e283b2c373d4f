//! What happened to a complaint.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::command::{
    AnswerComplaint, AssignComplaint, Declared, EscalateComplaint, ReopenComplaint,
    ResolveComplaint, SubmitComplaint, SubmitWithoutPerson, Submitter,
};
use crate::values::Occurred;
use crate::{dated, events};

/// What becomes of a complaint that was withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Inquiry {
    /// It is over.
    Ends,
    /// It is of a kind that is looked into all the same.
    GoesOn,
}

/// A complaint that was withdrawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// When it was withdrawn.
    pub done: Occurred,
    /// Who withdrew it.
    pub by: Submitter,
    /// Whether it is looked into all the same.
    pub inquiry: Inquiry,
    /// How it was declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared: Option<Declared>,
}

dated! {
    Withdrawal: done,
}

events! {
    /// What happened to a complaint.
    ComplaintEvent of "complaint" {
        /// It was submitted.
        Submitted(SubmitComplaint) = "submitted",
        /// It was submitted and names nobody.
        SubmittedWithoutPerson(SubmitWithoutPerson) = "submitted_without_person",
        /// Somebody is to answer it.
        Assigned(AssignComplaint) = "assigned",
        /// It was answered.
        Answered(AnswerComplaint) = "answered",
        /// It was taken to a higher level.
        Escalated(EscalateComplaint) = "escalated",
        /// It was settled.
        Resolved(ResolveComplaint) = "resolved",
        /// It was opened again.
        Reopened(ReopenComplaint) = "reopened",
        /// It was withdrawn.
        Withdrawn(Withdrawal) = "withdrawn",
    }
}
