//! What happened to a supervision.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::command::{
    AgreePlan, AssignOfficer, ChangeLevel, CorrectContact, DecideRecall, EndProgramme,
    EndSupervision, HoldReview, MoveEnd, MoveProgramme, RecordAssessment, RecordContact,
    RecordViolation, ReferToProgramme, RequestRecall, StartSupervision, TransferSupervision,
};
use crate::act::{Door, Finding};
use crate::stream::StreamEvent;
use crate::values::{
    AssessmentNo, ContactNo, Day, Occurred, OfficeCode, ProgrammeNo, RecallNo, ViolationNo,
};

/// What happened to a supervision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum SupervisionEvent {
    /// A supervision was started.
    Started {
        /// On what, where and for how long.
        start: StartSupervision,
        /// Through which door it entered.
        door: Door,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// An officer was assigned.
    OfficerAssigned {
        /// Who and when.
        assignment: AssignOfficer,
        /// Through which door it entered.
        door: Door,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// Needs and risks were assessed, outside the register.
    NeedsAssessed {
        /// The number it got.
        assessment: AssessmentNo,
        /// With which instrument, and what it found.
        record: RecordAssessment,
        /// Through which door it entered.
        door: Door,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// A plan was agreed.
    PlanAgreed {
        /// The plan.
        plan: AgreePlan,
        /// Through which door it entered.
        door: Door,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// The person was referred to a programme.
    ProgrammeReferred {
        /// The number it got.
        programme: ProgrammeNo,
        /// Which and when.
        referral: ReferToProgramme,
        /// Through which door it entered.
        door: Door,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// A programme was started.
    ProgrammeStarted {
        /// Which and when.
        step: MoveProgramme,
        /// Through which door it entered.
        door: Door,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// A programme was completed.
    ProgrammeCompleted {
        /// Which and when.
        step: MoveProgramme,
        /// Through which door it entered.
        door: Door,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// A programme ended before it was completed.
    ProgrammeEnded {
        /// Which, when and why.
        end: EndProgramme,
        /// Through which door it entered.
        door: Door,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// A contact was recorded.
    ContactRecorded {
        /// The number it got.
        contact: ContactNo,
        /// What it was.
        record: RecordContact,
        /// Through which door it entered.
        door: Door,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// A contact was corrected.
    ContactCorrected {
        /// What it really was, and why that is known.
        correction: CorrectContact,
        /// Through which door it entered.
        door: Door,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// The level of supervision changed.
    LevelChanged {
        /// To what, when and why.
        change: ChangeLevel,
        /// Through which door it entered.
        door: Door,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// A review was held.
    ReviewHeld {
        /// When, and when the next is due.
        review: HoldReview,
        /// Through which door it entered.
        door: Door,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// A violation was recorded; nothing is decided by that.
    ViolationRecorded {
        /// The number it got.
        violation: ViolationNo,
        /// What it was.
        record: RecordViolation,
        /// Through which door it entered.
        door: Door,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// Recall was requested; nothing is decided by that.
    RecallRequested {
        /// The number it got.
        recall: RecallNo,
        /// On which grounds, after what.
        request: RequestRecall,
        /// Through which door it entered.
        door: Door,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// Recall was granted or refused.
    RecallDecided {
        /// The decision.
        decision: DecideRecall,
        /// Through which door it entered.
        door: Door,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// The supervision was transferred to another office.
    Transferred {
        /// Where to and when.
        transfer: TransferSupervision,
        /// The office it leaves.
        #[schemars(extend("x-list" = "offices"))]
        from: OfficeCode,
        /// Through which door it entered.
        door: Door,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// The decision behind it fixed another last day.
    EndMoved {
        /// The last day from then on.
        movement: MoveEnd,
        /// The last day that was fixed before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Day>,
        /// Through which door it entered.
        door: Door,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// The supervision ended.
    Ended {
        /// When and why.
        end: EndSupervision,
        /// Through which door it entered.
        door: Door,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
}

impl StreamEvent for SupervisionEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Started { .. } => "supervision.started",
            Self::OfficerAssigned { .. } => "supervision.officer_assigned",
            Self::NeedsAssessed { .. } => "supervision.needs_assessed",
            Self::PlanAgreed { .. } => "supervision.plan_agreed",
            Self::ProgrammeReferred { .. } => "supervision.programme_referred",
            Self::ProgrammeStarted { .. } => "supervision.programme_started",
            Self::ProgrammeCompleted { .. } => "supervision.programme_completed",
            Self::ProgrammeEnded { .. } => "supervision.programme_ended",
            Self::ContactRecorded { .. } => "supervision.contact_recorded",
            Self::ContactCorrected { .. } => "supervision.contact_corrected",
            Self::LevelChanged { .. } => "supervision.level_changed",
            Self::ReviewHeld { .. } => "supervision.review_held",
            Self::ViolationRecorded { .. } => "supervision.violation_recorded",
            Self::RecallRequested { .. } => "supervision.recall_requested",
            Self::RecallDecided { .. } => "supervision.recall_decided",
            Self::Transferred { .. } => "supervision.transferred",
            Self::EndMoved { .. } => "supervision.end_moved",
            Self::Ended { .. } => "supervision.ended",
        }
    }

    fn names() -> &'static [&'static str] {
        &[
            "supervision.started",
            "supervision.officer_assigned",
            "supervision.needs_assessed",
            "supervision.plan_agreed",
            "supervision.programme_referred",
            "supervision.programme_started",
            "supervision.programme_completed",
            "supervision.programme_ended",
            "supervision.contact_recorded",
            "supervision.contact_corrected",
            "supervision.level_changed",
            "supervision.review_held",
            "supervision.violation_recorded",
            "supervision.recall_requested",
            "supervision.recall_decided",
            "supervision.transferred",
            "supervision.end_moved",
            "supervision.ended",
        ]
    }

    fn occurred(&self) -> Option<Occurred> {
        Some(match self {
            Self::Started { start, .. } => start.done,
            Self::OfficerAssigned { assignment, .. } => assignment.done,
            Self::NeedsAssessed { record, .. } => Occurred::On(record.on),
            Self::ContactRecorded { record, .. } => Occurred::On(record.on),
            Self::ViolationRecorded { record, .. } => Occurred::On(record.on),
            Self::PlanAgreed { plan, .. } => plan.done,
            Self::ProgrammeReferred { referral, .. } => referral.done,
            Self::ProgrammeStarted { step, .. } | Self::ProgrammeCompleted { step, .. } => {
                step.done
            }
            Self::ProgrammeEnded { end, .. } => end.done,
            Self::Ended { end, .. } => end.done,
            Self::ContactCorrected { correction, .. } => correction.done,
            Self::LevelChanged { change, .. } => change.done,
            Self::ReviewHeld { review, .. } => review.done,
            Self::RecallRequested { request, .. } => request.done,
            Self::RecallDecided { decision, .. } => decision.pronounced,
            Self::Transferred { transfer, .. } => transfer.done,
            Self::EndMoved { movement, .. } => movement.done,
        })
    }

    crate::keeps_findings! {
        Self::Started { findings, .. }
        | Self::OfficerAssigned { findings, .. }
        | Self::NeedsAssessed { findings, .. }
        | Self::PlanAgreed { findings, .. }
        | Self::ProgrammeReferred { findings, .. }
        | Self::ProgrammeStarted { findings, .. }
        | Self::ProgrammeCompleted { findings, .. }
        | Self::ProgrammeEnded { findings, .. }
        | Self::ContactRecorded { findings, .. }
        | Self::ContactCorrected { findings, .. }
        | Self::LevelChanged { findings, .. }
        | Self::ReviewHeld { findings, .. }
        | Self::ViolationRecorded { findings, .. }
        | Self::RecallRequested { findings, .. }
        | Self::RecallDecided { findings, .. }
        | Self::Transferred { findings, .. }
        | Self::EndMoved { findings, .. }
        | Self::Ended { findings, .. } => findings,
    }
}
