//! What may be asked of an order.
//!
//! Each act says when it was done: an instant for what is done now, a date for what already happened. That chooses
//! the door.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::consequences::Consequences;
use super::terms::{Account, ClockTime, EndCause, Explanation, Meeting, Terms, WarningKind};
use crate::personal::{DataClass, PersonalText, Seal, Sealer};
use crate::values::{
    AppointmentNo, BreachNo, CivilDate, Code, ComponentNo, CourtCode, Day, Enforceable, Known,
    Length, Occurred, OfficeCode, PersonId, Quantity, RequirementNo, SentenceId, Told, WarningNo,
};

/// What may be asked of an order.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum OrderCommand {
    /// Make the order that a sentence states.
    Make(Make),
    /// Lengthen or shorten the order.
    VaryPeriod(VaryPeriod),
    /// Add a requirement.
    AddRequirement(AddRequirement),
    /// Vary a requirement.
    VaryRequirement(VaryRequirement),
    /// End a requirement.
    EndRequirement(EndRequirement),
    /// Schedule an appointment.
    ScheduleAppointment(ScheduleAppointment),
    /// Record what came of an appointment.
    RecordAttendance(RecordAttendance),
    /// Correct it, with everything that hangs on it.
    CorrectAttendance(CorrectAttendance),
    /// Credit time, days or sessions apart from an attendance.
    CreditHours(CreditHours),
    /// Reverse a credit.
    ReverseHours(ReverseHours),
    /// Issue a warning.
    IssueWarning(IssueWarning),
    /// Withdraw a warning.
    WithdrawWarning(WithdrawWarning),
    /// Allege a breach.
    AllegeBreach(AllegeBreach),
    /// Find the breach proven, and respond.
    ProveBreach(ProveBreach),
    /// Find the breach not proven.
    FindBreachNotProven(BreachDecision),
    /// Revoke the order.
    Revoke(CourtStep),
    /// Transfer the order to another office.
    Transfer(TransferOrder),
    /// Discharge the order before its end.
    DischargeEarly(CourtStep),
    /// Record that everything owed is done.
    Complete(Complete),
    /// End the order because its sentence no longer carries it.
    EndBySentence(EndBySentence),
}

/// The making of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Make {
    /// Whom it concerns.
    pub person: PersonId,
    /// The sentence that states it.
    pub sentence: SentenceId,
    /// The component of that sentence.
    pub component: ComponentNo,
    /// When it was made.
    pub made: Occurred,
    /// The court.
    #[schemars(extend("x-list" = "courts"))]
    pub court: CourtCode,
    /// The office that supervises it.
    #[schemars(extend("x-list" = "offices"))]
    pub office: OfficeCode,
    /// How long it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Length>,
    /// Its first day, as exactly as it is known.
    pub starts: CivilDate,
    /// Its last day; without it the period says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<Day>,
    /// Its requirements; they are numbered from 1 in this order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requirements: Vec<Terms>,
}

/// A variation of how long the order lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VaryPeriod {
    /// How long it lasts from its first day.
    pub period: Length,
    /// When it was decided.
    pub pronounced: Occurred,
}

/// A requirement that is added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddRequirement {
    /// What it asks.
    pub terms: Terms,
    /// When it was decided.
    pub pronounced: Occurred,
}

/// A variation of a requirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VaryRequirement {
    /// Which requirement.
    pub requirement: RequirementNo,
    /// What it asks from then on, as a whole.
    pub terms: Terms,
    /// When it was decided.
    pub pronounced: Occurred,
}

/// The end of a requirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndRequirement {
    /// Which requirement.
    pub requirement: RequirementNo,
    /// When it was decided.
    pub pronounced: Occurred,
    /// Why, coded by the pack.
    #[schemars(extend("x-list" = "orders.ending_reasons"))]
    pub reason: Code,
    /// Why, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<PersonalText>,
}

/// An appointment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScheduleAppointment {
    /// Under which requirement.
    pub requirement: RequirementNo,
    /// On which day.
    pub on: Day,
    /// At what time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<ClockTime>,
    /// Where, coded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Code>,
    /// Whether a failure to keep it may be enforced.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub enforceable: Known<Enforceable>,
    /// When it was scheduled.
    pub done: Occurred,
}

/// What came of an appointment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordAttendance {
    /// Which appointment.
    pub meeting: Meeting,
    /// What came of it, by the pack's outcomes.
    #[schemars(extend("x-list" = "orders.outcomes"))]
    pub outcome: Code,
    /// What is credited for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit: Option<Quantity>,
    /// Whether a failure may be enforced; what the appointment said holds where nothing is said here.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub enforceable: Known<Enforceable>,
    /// When it was noted.
    pub done: Occurred,
    /// What is to be said about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<PersonalText>,
}

/// A correction of an attendance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectAttendance {
    /// Which appointment.
    pub appointment: AppointmentNo,
    /// What really came of it.
    #[schemars(extend("x-list" = "orders.outcomes"))]
    pub outcome: Code,
    /// What is credited for it, in all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit: Option<Quantity>,
    /// Whether a failure may be enforced; what stood holds where nothing is said here.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub enforceable: Known<Enforceable>,
    /// Why it is corrected, coded by the pack.
    #[schemars(extend("x-list" = "orders.correction_reasons"))]
    pub reason: Code,
    /// When it was corrected.
    pub done: Occurred,
    /// Why, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<PersonalText>,
    /// Everything that hangs on it, as it was shown.
    #[serde(default)]
    pub consequences: Consequences,
}

/// A credit apart from an attendance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreditHours {
    /// Which requirement.
    pub requirement: RequirementNo,
    /// How much.
    pub quantity: Quantity,
    /// For what, coded by the pack.
    #[schemars(extend("x-list" = "orders.credit_reasons"))]
    pub reason: Code,
    /// When it was credited.
    pub done: Occurred,
    /// For what, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<PersonalText>,
}

/// The reversal of a credit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReverseHours {
    /// Which requirement.
    pub requirement: RequirementNo,
    /// How much.
    pub quantity: Quantity,
    /// The appointment for which it was credited, if it was for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appointment: Option<AppointmentNo>,
    /// Why, coded by the pack.
    #[schemars(extend("x-list" = "orders.credit_reasons"))]
    pub reason: Code,
    /// When it was reversed.
    pub done: Occurred,
    /// Why, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<PersonalText>,
}

/// A warning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IssueWarning {
    /// The failures it is for.
    pub appointments: Vec<AppointmentNo>,
    /// Which rung.
    pub kind: WarningKind,
    /// When it was issued.
    pub done: Occurred,
    /// What it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<PersonalText>,
}

/// The withdrawal of a warning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawWarning {
    /// Which warning.
    pub warning: WarningNo,
    /// Why, coded by the pack.
    #[schemars(extend("x-list" = "orders.correction_reasons"))]
    pub reason: Code,
    /// When it was withdrawn.
    pub done: Occurred,
    /// Why, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<PersonalText>,
}

/// An allegation of breach: apart from any decision on it (Tokyo Rules 14.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AllegeBreach {
    /// The requirements that are said to be breached.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requirements: Vec<RequirementNo>,
    /// The appointments at which they were.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub appointments: Vec<AppointmentNo>,
    /// When it was alleged.
    pub alleged: Occurred,
    /// How and when the conditions had been explained.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub explained: Known<Explanation>,
    /// What is alleged, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<PersonalText>,
}

/// The finding that a breach is proven, with the response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProveBreach {
    /// Which breach.
    pub breach: BreachNo,
    /// When it was pronounced.
    pub pronounced: Occurred,
    /// What the officer put before the court.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub officer_account: Known<Account>,
    /// What the person put before it.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub person_account: Known<Account>,
    /// How the conditions had been explained, where the allegation does not say.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub explained: Known<Explanation>,
    /// What the court did, by the pack's responses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-list" = "orders.breach_responses"))]
    pub responses: Vec<Code>,
    /// What it considered instead of custody, coded.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-list" = "sentencing.alternatives"))]
    pub alternatives_considered: Vec<Code>,
    /// Whether the person was told how to appeal.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub appeal_told: Known<Told>,
    /// The reasons in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<PersonalText>,
}

/// The finding that a breach is not proven.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BreachDecision {
    /// Which breach.
    pub breach: BreachNo,
    /// When it was pronounced.
    pub pronounced: Occurred,
    /// The reasons in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<PersonalText>,
}

/// A step of the court that ends the order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CourtStep {
    /// When it was pronounced.
    pub pronounced: Occurred,
    /// Why, coded by the pack.
    #[schemars(extend("x-list" = "orders.ending_reasons"))]
    pub reason: Code,
    /// Whether the person was told how to appeal.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub appeal_told: Known<Told>,
    /// Why, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<PersonalText>,
}

/// A transfer to another office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TransferOrder {
    /// The office that supervises it from then on.
    #[schemars(extend("x-list" = "offices"))]
    pub to: OfficeCode,
    /// When.
    pub done: Occurred,
}

/// The completion of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Complete {
    /// When.
    pub done: Occurred,
    /// Why it counts as complete although something is open, coded by the pack.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-list" = "orders.ending_reasons"))]
    pub reason: Option<Code>,
}

/// The end of an order with its sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndBySentence {
    /// When.
    pub done: Occurred,
    /// What happened to the sentence.
    pub cause: EndCause,
}

impl Seal for OrderCommand {
    fn seal<S: Sealer>(&mut self, sealer: &mut S) -> Result<(), S::Error> {
        let said = match self {
            Self::EndRequirement(c) => &mut c.note,
            Self::RecordAttendance(c) => &mut c.note,
            Self::CorrectAttendance(c) => &mut c.note,
            Self::CreditHours(c) => &mut c.note,
            Self::ReverseHours(c) => &mut c.note,
            Self::IssueWarning(c) => &mut c.note,
            Self::WithdrawWarning(c) => &mut c.note,
            Self::AllegeBreach(c) => &mut c.statement,
            Self::ProveBreach(c) => &mut c.note,
            Self::FindBreachNotProven(c) => &mut c.note,
            Self::Revoke(c) | Self::DischargeEarly(c) => &mut c.note,
            Self::Make(_)
            | Self::VaryPeriod(_)
            | Self::AddRequirement(_)
            | Self::VaryRequirement(_)
            | Self::ScheduleAppointment(_)
            | Self::Transfer(_)
            | Self::Complete(_)
            | Self::EndBySentence(_) => return Ok(()),
        };
        PersonalText::seal_said(said, DataClass::Supervision, sealer)
    }
}
