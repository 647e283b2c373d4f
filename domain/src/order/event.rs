//! What happened to an order.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::command::{
    AddRequirement, AllegeBreach, Complete, CourtStep, EndBySentence, EndRequirement, IssueWarning,
    Make, ProveBreach, ScheduleAppointment, TransferOrder, VaryPeriod, VaryRequirement,
    WithdrawWarning,
};
use crate::act::{Door, Finding};
use crate::jurisdiction::OutcomeKind;
use crate::personal::PersonalText;
use crate::stream::StreamEvent;
use crate::values::{
    AppointmentNo, BreachNo, CivilDate, Code, Enforceable, Known, Occurred, OfficeCode, Quantity,
    RequirementNo, WarningNo,
};

/// What happened to an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum OrderEvent {
    /// The order was made.
    Made {
        /// The order; its requirements are numbered from 1 as they stand.
        order: Make,
        /// Through which door it entered.
        door: Door,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// The order was lengthened or shortened.
    PeriodVaried {
        /// How long it lasts from then on.
        variation: VaryPeriod,
        /// Through which door it entered.
        door: Door,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// A requirement was added.
    RequirementAdded {
        /// The number it got.
        requirement: RequirementNo,
        /// The requirement.
        addition: AddRequirement,
        /// Through which door it entered.
        door: Door,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// A requirement was varied.
    RequirementVaried {
        /// What it asks from then on.
        variation: VaryRequirement,
        /// Through which door it entered.
        door: Door,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// A requirement was ended.
    RequirementEnded {
        /// Which, when and why.
        end: EndRequirement,
        /// Through which door it entered.
        door: Door,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// An appointment was scheduled.
    AppointmentScheduled {
        /// The number it got.
        appointment: AppointmentNo,
        /// When, where and for what.
        schedule: ScheduleAppointment,
        /// Through which door it entered.
        door: Door,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// It was recorded what came of an appointment; a credit for it is an event of its own.
    AttendanceRecorded {
        /// Which appointment; a number of its own if it was not scheduled.
        appointment: AppointmentNo,
        /// Under which requirement.
        requirement: RequirementNo,
        /// When it was.
        on: CivilDate,
        /// What came of it.
        #[schemars(extend("x-list" = "orders.outcomes"))]
        outcome: Code,
        /// What that counts as under the pack; absent where the pack does not know it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        kind: Option<OutcomeKind>,
        /// Whether a failure may be enforced.
        #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
        enforceable: Known<Enforceable>,
        /// When it was noted.
        done: Occurred,
        /// Through which door it entered.
        door: Door,
        /// What is to be said about it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<PersonalText>,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// What came of an appointment was corrected; what hung on it follows in events of their own.
    AttendanceCorrected {
        /// Which appointment.
        appointment: AppointmentNo,
        /// What really came of it.
        #[schemars(extend("x-list" = "orders.outcomes"))]
        outcome: Code,
        /// What that counts as under the pack; absent where the pack does not know it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        kind: Option<OutcomeKind>,
        /// Whether a failure may be enforced.
        #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
        enforceable: Known<Enforceable>,
        /// Why, coded.
        #[schemars(extend("x-list" = "orders.correction_reasons"))]
        reason: Code,
        /// When it was corrected.
        done: Occurred,
        /// Through which door it entered.
        door: Door,
        /// Why, in words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<PersonalText>,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// Time, days or sessions were credited.
    HoursCredited {
        /// To which requirement.
        requirement: RequirementNo,
        /// How much.
        quantity: Quantity,
        /// The appointment for which it is credited, if it is for one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        appointment: Option<AppointmentNo>,
        /// For what else, coded.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(extend("x-list" = "orders.credit_reasons"))]
        reason: Option<Code>,
        /// When it was credited.
        done: Occurred,
        /// Through which door it entered.
        door: Door,
        /// For what, in words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<PersonalText>,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// A credit was reversed.
    HoursReversed {
        /// From which requirement.
        requirement: RequirementNo,
        /// How much.
        quantity: Quantity,
        /// The appointment for which it had been credited, if it was for one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        appointment: Option<AppointmentNo>,
        /// Why, coded.
        #[schemars(extend("x-list" = "orders.credit_reasons"))]
        reason: Code,
        /// When it was reversed.
        done: Occurred,
        /// Through which door it entered.
        door: Door,
        /// Why, in words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<PersonalText>,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// A warning was issued.
    WarningIssued {
        /// The number it got.
        warning: WarningNo,
        /// The warning.
        issue: IssueWarning,
        /// Through which door it entered.
        door: Door,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// A warning was withdrawn.
    WarningWithdrawn {
        /// Which, when and why.
        withdrawal: WithdrawWarning,
        /// The appointment whose correction answers it, if it was withdrawn for that.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answers: Option<AppointmentNo>,
        /// Through which door it entered.
        door: Door,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// A breach was alleged; nothing is decided by that.
    BreachAlleged {
        /// The number it got.
        breach: BreachNo,
        /// The allegation.
        allegation: AllegeBreach,
        /// Through which door it entered.
        door: Door,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// A breach was found proven, and the court responded.
    BreachProven {
        /// The finding and the response.
        decision: ProveBreach,
        /// Through which door it entered.
        door: Door,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// A breach was found not proven, or its allegation was withdrawn.
    BreachNotProven {
        /// Which breach.
        breach: BreachNo,
        /// When.
        done: Occurred,
        /// On what ground.
        ground: NotProvenGround,
        /// Through which door it entered.
        door: Door,
        /// The reasons in words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<PersonalText>,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// The order was revoked.
    Revoked {
        /// When and why.
        step: CourtStep,
        /// Through which door it entered.
        door: Door,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// The order was transferred to another office.
    Transferred {
        /// Where to and when.
        transfer: TransferOrder,
        /// The office it leaves.
        #[schemars(extend("x-list" = "offices"))]
        from: OfficeCode,
        /// Through which door it entered.
        door: Door,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// The order was discharged before its end.
    DischargedEarly {
        /// When and why.
        step: CourtStep,
        /// Through which door it entered.
        door: Door,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// Everything owed is done.
    Completed {
        /// When, and why although something was open.
        completion: Complete,
        /// Through which door it entered.
        door: Door,
        /// What the register noticed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    /// The order ended with its sentence.
    Ended(EndBySentence),
}

/// On what ground a breach is not proven.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum NotProvenGround {
    /// The court found so.
    Court,
    /// The allegation was withdrawn: nothing is left that it rests on.
    FailureCorrected {
        /// The appointment whose correction answers it.
        appointment: AppointmentNo,
        /// Why it was corrected, coded.
        #[schemars(extend("x-list" = "orders.correction_reasons"))]
        reason: Code,
    },
}

impl StreamEvent for OrderEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Made { .. } => "order.made",
            Self::PeriodVaried { .. } => "order.period_varied",
            Self::RequirementAdded { .. } => "order.requirement_added",
            Self::RequirementVaried { .. } => "order.requirement_varied",
            Self::RequirementEnded { .. } => "order.requirement_ended",
            Self::AppointmentScheduled { .. } => "order.appointment_scheduled",
            Self::AttendanceRecorded { .. } => "order.attendance_recorded",
            Self::AttendanceCorrected { .. } => "order.attendance_corrected",
            Self::HoursCredited { .. } => "order.hours_credited",
            Self::HoursReversed { .. } => "order.hours_reversed",
            Self::WarningIssued { .. } => "order.warning_issued",
            Self::WarningWithdrawn { .. } => "order.warning_withdrawn",
            Self::BreachAlleged { .. } => "order.breach_alleged",
            Self::BreachProven { .. } => "order.breach_proven",
            Self::BreachNotProven { .. } => "order.breach_not_proven",
            Self::Revoked { .. } => "order.revoked",
            Self::Transferred { .. } => "order.transferred",
            Self::DischargedEarly { .. } => "order.discharged_early",
            Self::Completed { .. } => "order.completed",
            Self::Ended(_) => "order.ended",
        }
    }

    fn names() -> &'static [&'static str] {
        &[
            "order.made",
            "order.period_varied",
            "order.requirement_added",
            "order.requirement_varied",
            "order.requirement_ended",
            "order.appointment_scheduled",
            "order.attendance_recorded",
            "order.attendance_corrected",
            "order.hours_credited",
            "order.hours_reversed",
            "order.warning_issued",
            "order.warning_withdrawn",
            "order.breach_alleged",
            "order.breach_proven",
            "order.breach_not_proven",
            "order.revoked",
            "order.transferred",
            "order.discharged_early",
            "order.completed",
            "order.ended",
        ]
    }

    fn occurred(&self) -> Option<Occurred> {
        Some(match self {
            Self::Made { order, .. } => order.made,
            Self::PeriodVaried { variation, .. } => variation.pronounced,
            Self::RequirementAdded { addition, .. } => addition.pronounced,
            Self::RequirementVaried { variation, .. } => variation.pronounced,
            Self::RequirementEnded { end, .. } => end.pronounced,
            Self::AppointmentScheduled { schedule, .. } => schedule.done,
            Self::AttendanceRecorded { on, .. } => Occurred::On(*on),
            Self::AttendanceCorrected { done, .. }
            | Self::HoursCredited { done, .. }
            | Self::HoursReversed { done, .. }
            | Self::BreachNotProven { done, .. } => *done,
            Self::WarningIssued { issue, .. } => issue.done,
            Self::WarningWithdrawn { withdrawal, .. } => withdrawal.done,
            Self::BreachAlleged { allegation, .. } => allegation.alleged,
            Self::BreachProven { decision, .. } => decision.pronounced,
            Self::Revoked { step, .. } | Self::DischargedEarly { step, .. } => step.pronounced,
            Self::Transferred { transfer, .. } => transfer.done,
            Self::Completed { completion, .. } => completion.done,
            Self::Ended(end) => end.done,
        })
    }

    crate::keeps_findings! {
        Self::Made { findings, .. }
        | Self::PeriodVaried { findings, .. }
        | Self::RequirementAdded { findings, .. }
        | Self::RequirementVaried { findings, .. }
        | Self::RequirementEnded { findings, .. }
        | Self::AppointmentScheduled { findings, .. }
        | Self::AttendanceRecorded { findings, .. }
        | Self::AttendanceCorrected { findings, .. }
        | Self::HoursCredited { findings, .. }
        | Self::HoursReversed { findings, .. }
        | Self::WarningIssued { findings, .. }
        | Self::WarningWithdrawn { findings, .. }
        | Self::BreachAlleged { findings, .. }
        | Self::BreachProven { findings, .. }
        | Self::BreachNotProven { findings, .. }
        | Self::Revoked { findings, .. }
        | Self::Transferred { findings, .. }
        | Self::DischargedEarly { findings, .. }
        | Self::Completed { findings, .. } => findings,
        Self::Ended(_) => none,
    }
}
