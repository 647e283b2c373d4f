//! What happened to a sentence.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::command::{ActivateSuspended, Appellant, KnownRemand, WithReason};
use super::decision::{Decision, Sanction, Shown};
use crate::act::{Door, Finding};
use crate::personal::PersonalText;
use crate::stream::StreamEvent;
use crate::values::{Code, ComponentNo, Known, Occurred, OrderId, PersonId};

/// What happened to a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum SentenceEvent {
    /// A decision was drafted, or the draft revised, before it was pronounced.
    Proposed {
        /// Whom it concerns.
        person: PersonId,
        /// The draft.
        decision: Arc<Decision>,
        /// What the register noticed while it was drafted.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// The draft was taken back.
    ProposalWithdrawn(StepTaken),
    /// The court imposed the decision, or it is recorded that it did.
    Imposed {
        /// Whom it concerns.
        person: PersonId,
        /// When it was pronounced.
        pronounced: Occurred,
        /// Through which door it entered.
        door: Door,
        /// The decision.
        decision: Arc<Decision>,
        /// Comparable cases that were shown before it was final.
        #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
        comparison: Known<Shown>,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// A slip of the pen was corrected.
    Corrected {
        /// The version of the event that is corrected.
        corrects: u64,
        /// When.
        pronounced: Occurred,
        /// Through which door it entered.
        door: Door,
        /// Why, coded.
        #[schemars(extend("x-list" = "sentencing.correction_reasons"))]
        reason: Code,
        /// The decision as it should have read.
        decision: Arc<Decision>,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// An appeal was lodged.
    AppealLodged(AppealEntered),
    /// The appeal was dismissed or withdrawn.
    AppealDismissed(StepTaken),
    /// The decision was varied on appeal.
    VariedOnAppeal {
        /// When.
        pronounced: Occurred,
        /// Through which door it entered.
        door: Door,
        /// The decision as varied.
        decision: Arc<Decision>,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// The decision was quashed.
    Quashed(StepTaken),
    /// A component was commuted to something lighter.
    Commuted {
        /// Which component.
        component: ComponentNo,
        /// What it was.
        from: Sanction,
        /// What it became.
        to: Sanction,
        /// When.
        pronounced: Occurred,
        /// Through which door it entered.
        door: Door,
        /// Why, in words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<PersonalText>,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// The person was pardoned.
    Pardoned(StepTaken),
    /// Days already spent in custody were credited.
    RemandCredited {
        /// Days in all.
        days: u32,
        /// When it was decided.
        pronounced: Occurred,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// A case before judgment ended with this sentence, and the register knows how long the person was held in it.
    RemandKnown {
        /// What it knows.
        known: KnownRemand,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// A term began to be served in custody.
    CustodyStarted(CustodyStart),
    /// The serving of a term in custody ended.
    CustodyEnded(CustodyEnd),
    /// A suspended term was activated, in whole or in part.
    SuspendedTermActivated {
        /// The activation.
        activation: ActivateSuspended,
        /// Through which door it entered.
        door: Door,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// The person was sentenced anew after a breach.
    Resentenced {
        /// When.
        pronounced: Occurred,
        /// Through which door it entered.
        door: Door,
        /// The decision that replaces the earlier one.
        decision: Arc<Decision>,
        /// The order in which the breach was proven.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        order: Option<OrderId>,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// Everything imposed is done.
    Completed {
        /// When.
        on: Occurred,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
}

/// The beginning of serving in custody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CustodyStart {
    /// Which component.
    pub component: ComponentNo,
    /// When.
    pub on: Occurred,
    /// What the register noticed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
}

/// A step, as it was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StepTaken {
    /// When it was decided.
    pub pronounced: Occurred,
    /// Why, coded by the pack.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-list" = "sentencing.step_reasons"))]
    pub reason: Option<Code>,
    /// Why, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<PersonalText>,
    /// What the register noticed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
}

impl StepTaken {
    /// A step with what the register noticed of it.
    pub(crate) fn of(step: WithReason, findings: Vec<Finding>) -> Self {
        let WithReason {
            pronounced,
            reason,
            note,
        } = step;
        Self {
            pronounced,
            reason,
            note,
            findings,
        }
    }
}

/// An appeal, as it was lodged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AppealEntered {
    /// When.
    pub lodged: Occurred,
    /// By whom.
    pub by: Appellant,
    /// What the register noticed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
}

/// The end of serving in custody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CustodyEnd {
    /// Which component.
    pub component: ComponentNo,
    /// When.
    pub on: Occurred,
    /// What the register noticed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
}

/// What the register noticed of days credited that are not those it knows.
const REMAND_DIFFERS: &str = "sentence.remand-differs";

impl SentenceEvent {
    /// Which findings of earlier events it settles, by their code: how many days are credited is said anew, or compared
    /// anew, and what is still to be noticed of it is noticed with this event.
    pub fn settles(&self) -> Option<&'static str> {
        let says_anew = match self {
            Self::Corrected { decision, .. }
            | Self::VariedOnAppeal { decision, .. }
            | Self::Resentenced { decision, .. } => decision.remand_days.value().is_some(),
            Self::RemandCredited { .. } | Self::RemandKnown { .. } => true,
            Self::Proposed { .. }
            | Self::ProposalWithdrawn(_)
            | Self::Imposed { .. }
            | Self::AppealLodged(_)
            | Self::AppealDismissed(_)
            | Self::Quashed(_)
            | Self::Commuted { .. }
            | Self::Pardoned(_)
            | Self::CustodyStarted(_)
            | Self::CustodyEnded(_)
            | Self::SuspendedTermActivated { .. }
            | Self::Completed { .. } => false,
        };
        says_anew.then_some(REMAND_DIFFERS)
    }
}

impl StreamEvent for SentenceEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Proposed { .. } => "sentence.proposed",
            Self::ProposalWithdrawn(_) => "sentence.proposal_withdrawn",
            Self::Imposed { .. } => "sentence.imposed",
            Self::Corrected { .. } => "sentence.corrected",
            Self::AppealLodged(_) => "sentence.appeal_lodged",
            Self::AppealDismissed(_) => "sentence.appeal_dismissed",
            Self::VariedOnAppeal { .. } => "sentence.varied_on_appeal",
            Self::Quashed(_) => "sentence.quashed",
            Self::Commuted { .. } => "sentence.commuted",
            Self::Pardoned(_) => "sentence.pardoned",
            Self::RemandCredited { .. } => "sentence.remand_credited",
            Self::RemandKnown { .. } => "sentence.remand_known",
            Self::CustodyStarted(_) => "sentence.custody_started",
            Self::CustodyEnded(_) => "sentence.custody_ended",
            Self::SuspendedTermActivated { .. } => "sentence.suspended_term_activated",
            Self::Resentenced { .. } => "sentence.resentenced",
            Self::Completed { .. } => "sentence.completed",
        }
    }

    fn names() -> &'static [&'static str] {
        &[
            "sentence.proposed",
            "sentence.proposal_withdrawn",
            "sentence.imposed",
            "sentence.corrected",
            "sentence.appeal_lodged",
            "sentence.appeal_dismissed",
            "sentence.varied_on_appeal",
            "sentence.quashed",
            "sentence.commuted",
            "sentence.pardoned",
            "sentence.remand_credited",
            "sentence.remand_known",
            "sentence.custody_started",
            "sentence.custody_ended",
            "sentence.suspended_term_activated",
            "sentence.resentenced",
            "sentence.completed",
        ]
    }

    fn occurred(&self) -> Option<Occurred> {
        match self {
            Self::Proposed { .. } => None,
            Self::ProposalWithdrawn(step)
            | Self::AppealDismissed(step)
            | Self::Quashed(step)
            | Self::Pardoned(step) => Some(step.pronounced),
            Self::Imposed { pronounced, .. }
            | Self::Corrected { pronounced, .. }
            | Self::VariedOnAppeal { pronounced, .. }
            | Self::Commuted { pronounced, .. }
            | Self::RemandCredited { pronounced, .. }
            | Self::Resentenced { pronounced, .. } => Some(*pronounced),
            Self::AppealLodged(appeal) => Some(appeal.lodged),
            Self::RemandKnown { known, .. } => Some(known.ended),
            Self::CustodyStarted(start) => Some(start.on),
            Self::CustodyEnded(mark) => Some(mark.on),
            Self::SuspendedTermActivated { activation, .. } => Some(activation.pronounced),
            Self::Completed { on, .. } => Some(*on),
        }
    }

    crate::keeps_findings! {
        Self::Proposed { findings, .. }
        | Self::Imposed { findings, .. }
        | Self::Corrected { findings, .. }
        | Self::VariedOnAppeal { findings, .. }
        | Self::Commuted { findings, .. }
        | Self::RemandCredited { findings, .. }
        | Self::RemandKnown { findings, .. }
        | Self::CustodyStarted(CustodyStart { findings, .. })
        | Self::SuspendedTermActivated { findings, .. }
        | Self::Resentenced { findings, .. }
        | Self::ProposalWithdrawn(StepTaken { findings, .. })
        | Self::AppealLodged(AppealEntered { findings, .. })
        | Self::AppealDismissed(StepTaken { findings, .. })
        | Self::Quashed(StepTaken { findings, .. })
        | Self::Pardoned(StepTaken { findings, .. })
        | Self::CustodyEnded(CustodyEnd { findings, .. })
        | Self::Completed { findings, .. } => findings,
    }
}
