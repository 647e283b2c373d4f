//! What may be asked of a supervision.
//!
//! Each act says when it was done: an instant for what is done now, a date for what already happened. That chooses
//! the door.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::personal::{DataClass, PersonalText, Seal, Sealer};
use crate::values::{
    Answer, AssessmentNo, CivilDate, Code, ContactNo, Day, Enforceable, Known, Occurred,
    OfficeCode, OrderId, PersonId, ProgrammeNo, RecallNo, SentenceId, SubjectId,
};

/// What may be asked of a supervision.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum SupervisionCommand {
    /// Start the supervision that an order or a sentence states.
    Start(StartSupervision),
    /// Assign an officer.
    AssignOfficer(AssignOfficer),
    /// Record an assessment of needs and risks.
    RecordAssessment(RecordAssessment),
    /// Agree a plan.
    AgreePlan(AgreePlan),
    /// Refer to a programme.
    ReferToProgramme(ReferToProgramme),
    /// Record that a programme was started.
    StartProgramme(MoveProgramme),
    /// Record that a programme was completed.
    CompleteProgramme(MoveProgramme),
    /// Record that a programme ended before it was completed.
    EndProgramme(EndProgramme),
    /// Record a contact.
    RecordContact(RecordContact),
    /// Correct a contact.
    CorrectContact(CorrectContact),
    /// Change the level of supervision.
    ChangeLevel(ChangeLevel),
    /// Record a review.
    HoldReview(HoldReview),
    /// Record a violation.
    RecordViolation(RecordViolation),
    /// Request recall.
    RequestRecall(RequestRecall),
    /// Decide on recall.
    DecideRecall(DecideRecall),
    /// Transfer the supervision to another office.
    Transfer(TransferSupervision),
    /// Record that the decision behind it fixes another last day.
    MoveEnd(MoveEnd),
    /// End the supervision.
    End(EndSupervision),
}

/// What a supervision hangs on.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum SupervisionCause {
    /// A requirement of an order.
    Order(OrderId),
    /// A sentence, for example the part of it that is served in the community.
    Sentence(SentenceId),
}

/// The start of a supervision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StartSupervision {
    /// Whom it concerns.
    pub person: PersonId,
    /// What it hangs on.
    pub cause: SupervisionCause,
    /// The office of the authority.
    #[schemars(extend("x-list" = "offices"))]
    pub office: OfficeCode,
    /// When it was started.
    pub done: Occurred,
    /// Its first day, as exactly as it is known.
    pub starts: CivilDate,
    /// Its last day, as the decision fixes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_end: Option<Day>,
}

/// The assignment of an officer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignOfficer {
    /// Who.
    pub officer: SubjectId,
    /// Of which office.
    #[schemars(extend("x-list" = "offices"))]
    pub office: OfficeCode,
    /// What is known of a volunteer; left out for an officer of the service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub volunteer: Option<Volunteer>,
    /// When.
    pub done: Occurred,
}

/// What is known of a volunteer who supervises (Tokyo Rules 19).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Volunteer {
    /// Whether the volunteer was screened.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub screened: Known<Answer>,
    /// Whether the volunteer is insured.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub insured: Known<Answer>,
}

/// An assessment of needs and risks, made outside the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordAssessment {
    /// With which instrument, by the pack.
    #[schemars(extend("x-list" = "supervision.instruments"))]
    pub instrument: Code,
    /// In which version of it.
    pub instrument_version: Code,
    /// When it was made.
    pub on: CivilDate,
    /// By whom.
    pub by: SubjectId,
    /// Whether it was completed.
    pub completeness: Completeness,
    /// The needs found, coded.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-list" = "supervision.needs"))]
    pub needs: Vec<Code>,
    /// The level found, coded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-list" = "supervision.levels"))]
    pub level: Option<Code>,
    /// When it was recorded.
    pub done: Occurred,
    /// The summary in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<PersonalText>,
}

/// Whether an assessment was completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Completeness {
    /// Completed.
    Complete,
    /// Closed before it was complete; its level binds nobody.
    LockedIncomplete,
}

/// A plan agreed with the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgreePlan {
    /// When.
    pub done: Occurred,
    /// The assessment it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessment: Option<AssessmentNo>,
    /// Its goals in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goals: Option<PersonalText>,
}

/// A referral to a programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReferToProgramme {
    /// Which, by the pack.
    #[schemars(extend("x-list" = "supervision.programmes"))]
    pub programme: Code,
    /// How well the treatment is known.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub treatment: Known<TreatmentKind>,
    /// Whether something speaks against it for this person.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub contraindicated: Known<Answer>,
    /// When.
    pub done: Occurred,
}

/// How well a treatment is known (Tokyo Rules 3.8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TreatmentKind {
    /// It is established.
    Established,
    /// It is tried out with its risks known, watched and evaluated.
    Pilot,
    /// It is an experiment with undue risk.
    Experiment,
}

/// The start or completion of a programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveProgramme {
    /// Which referral.
    pub programme: ProgrammeNo,
    /// When.
    pub done: Occurred,
    /// What was measured of the outcome: before it, or after it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measured: Vec<Measured>,
}

/// A measure of outcome, as its instrument counts it; nothing is computed here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Measured {
    /// Which measure, by the pack.
    #[schemars(extend("x-list" = "supervision.measures"))]
    pub measure: Code,
    /// What was measured.
    pub value: i32,
}

/// The end of a programme that was not completed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndProgramme {
    /// Which referral.
    pub programme: ProgrammeNo,
    /// When.
    pub done: Occurred,
    /// Why, coded by the pack.
    #[schemars(extend("x-list" = "supervision.programme_reasons"))]
    pub reason: Code,
    /// What was measured of the outcome when it ended.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measured: Vec<Measured>,
    /// Why, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<PersonalText>,
}

/// How contact was made.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ContactKind {
    /// In person, at the office or elsewhere.
    InPerson,
    /// By telephone.
    Telephone,
    /// By video.
    Video,
    /// In writing.
    Written,
    /// At the person's home.
    HomeVisit,
}

impl ContactKind {
    /// The words that people read.
    pub fn title(self) -> &'static str {
        match self {
            Self::InPerson => "in person",
            Self::Telephone => "by telephone",
            Self::Video => "by video",
            Self::Written => "in writing",
            Self::HomeVisit => "at home",
        }
    }
}

/// What came of a contact.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ContactOutcome {
    /// It was tried, and nobody was reached.
    Attempted,
    /// It took place.
    Completed,
    /// The person did not keep it.
    Missed,
}

impl ContactOutcome {
    /// The words that people read.
    pub fn title(self) -> &'static str {
        match self {
            Self::Attempted => "attempted",
            Self::Completed => "took place",
            Self::Missed => "missed",
        }
    }
}

/// A contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordContact {
    /// When it was.
    pub on: CivilDate,
    /// How.
    pub kind: ContactKind,
    /// What came of it.
    pub outcome: ContactOutcome,
    /// Whether missing it may be enforced.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub enforceable: Known<Enforceable>,
    /// When it was noted.
    pub done: Occurred,
    /// What is to be said about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<PersonalText>,
}

/// A correction of a contact: what it really was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectContact {
    /// Which contact.
    pub contact: ContactNo,
    /// How it was made.
    pub kind: ContactKind,
    /// What came of it.
    pub outcome: ContactOutcome,
    /// Whether missing it may be enforced; what stood holds where nothing is said here.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub enforceable: Known<Enforceable>,
    /// Why it is corrected, coded by the pack.
    #[schemars(extend("x-list" = "supervision.correction_reasons"))]
    pub reason: Code,
    /// When it was corrected.
    pub done: Occurred,
    /// Why, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<PersonalText>,
}

/// Another level of supervision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeLevel {
    /// The level, by the pack.
    #[schemars(extend("x-list" = "supervision.levels"))]
    pub level: Code,
    /// Why, coded by the pack.
    #[schemars(extend("x-list" = "supervision.level_reasons"))]
    pub reason: Code,
    /// When.
    pub done: Occurred,
}

/// A review (Tokyo Rules 10.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HoldReview {
    /// When it was held.
    pub done: Occurred,
    /// When the next one is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_review: Option<Day>,
    /// What came of it, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<PersonalText>,
}

/// A violation: a fact, apart from any decision on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordViolation {
    /// When it was.
    pub on: CivilDate,
    /// Of which kind, by the pack.
    #[schemars(extend("x-list" = "supervision.violations"))]
    pub kind: Code,
    /// When it was recorded.
    pub done: Occurred,
    /// The facts in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<PersonalText>,
}

/// A request for recall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestRecall {
    /// When.
    pub done: Occurred,
    /// On which grounds, by the pack.
    #[schemars(extend("x-list" = "supervision.recall_grounds"))]
    pub grounds: Vec<Code>,
    /// What was tried before, by the pack.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-list" = "supervision.recall_alternatives"))]
    pub alternatives_tried: Vec<Code>,
    /// Why, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<PersonalText>,
}

/// A decision on recall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideRecall {
    /// Which request.
    pub recall: RecallNo,
    /// When it was pronounced.
    pub pronounced: Occurred,
    /// How it was decided.
    pub outcome: RecallOutcome,
    /// The reasons in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasons: Option<PersonalText>,
}

/// How a request for recall was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RecallOutcome {
    /// The person is recalled.
    Granted,
    /// The supervision goes on.
    Refused,
}

/// A transfer to another office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TransferSupervision {
    /// The office that supervises from then on.
    #[schemars(extend("x-list" = "offices"))]
    pub to: OfficeCode,
    /// When.
    pub done: Occurred,
}

/// Another last day, fixed by the decision that the supervision hangs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveEnd {
    /// The last day from then on.
    pub expected_end: Day,
    /// When it was decided.
    pub done: Occurred,
}

/// The end of a supervision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndSupervision {
    /// When.
    pub done: Occurred,
    /// Why, coded by the pack.
    #[schemars(extend("x-list" = "supervision.ending_reasons"))]
    pub reason: Code,
    /// Why, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<PersonalText>,
}

impl Seal for SupervisionCommand {
    fn seal<S: Sealer>(&mut self, sealer: &mut S) -> Result<(), S::Error> {
        let said = match self {
            Self::RecordAssessment(c) => &mut c.summary,
            Self::AgreePlan(c) => &mut c.goals,
            Self::EndProgramme(c) => &mut c.note,
            Self::RecordContact(c) => &mut c.note,
            Self::CorrectContact(c) => &mut c.note,
            Self::HoldReview(c) => &mut c.note,
            Self::RecordViolation(c) => &mut c.note,
            Self::RequestRecall(c) => &mut c.note,
            Self::DecideRecall(c) => &mut c.reasons,
            Self::End(c) => &mut c.note,
            Self::Start(_)
            | Self::AssignOfficer(_)
            | Self::ReferToProgramme(_)
            | Self::StartProgramme(_)
            | Self::CompleteProgramme(_)
            | Self::ChangeLevel(_)
            | Self::MoveEnd(_)
            | Self::Transfer(_) => return Ok(()),
        };
        PersonalText::seal_said(said, DataClass::Supervision, sealer)
    }
}
