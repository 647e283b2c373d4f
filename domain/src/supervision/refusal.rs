//! What may stand in the way of a step of a supervision.

use crate::act::{Refusal, choose};
use crate::actor::Role;
use crate::jurisdiction::Fraction;
use crate::values::{
    AssessmentNo, CivilDate, Code, ContactNo, Day, Occurred, OfficeCode, ProgrammeNo, RecallNo,
};

/// How to go on from a state in which a step is not possible.
fn way_out(state: &str) -> &'static str {
    match state {
        "not recorded" => "start the supervision first",
        _ => "correct what was recorded, or start another supervision",
    }
}

/// A rule that stands in the way, with its values.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SupervisionRefusal {
    /// SU-1.
    #[error("a supervision is started under this id already: take a new id")]
    AlreadyStarted,
    /// SU-1.
    #[error(
        "it hangs on no order or sentence of this person that is in force: name it, or record it first"
    )]
    CauseNotInForce,
    /// SU-2.
    #[error("{done} lies in the future: it is recorded when it has happened")]
    InTheFuture {
        /// The time given.
        done: Occurred,
    },
    /// SU-3.
    #[error("there is no assessment {assessment} in this supervision: name one of its assessments")]
    NoSuchAssessment {
        /// The number given.
        assessment: AssessmentNo,
    },
    /// SU-3.
    #[error("there is no programme {programme} in this supervision: refer to it first")]
    NoSuchProgramme {
        /// The number given.
        programme: ProgrammeNo,
    },
    /// SU-3.
    #[error("there is no contact {contact} in this supervision: name one of its contacts")]
    NoSuchContact {
        /// The number given.
        contact: ContactNo,
    },
    /// SU-3.
    #[error("there is no open request for recall {recall}: name one that waits for a decision")]
    NoSuchRecall {
        /// The number given.
        recall: RecallNo,
    },
    /// SU-4.
    #[error("the supervision is expected to end on {ends}, before it starts on {starts}")]
    EndsBeforeStart {
        /// The last day.
        ends: Day,
        /// The first day.
        starts: CivilDate,
    },
    /// SU-4.
    #[error("{on} lies before the supervision starts {}: give a later date", starts.when())]
    BeforeTheStart {
        /// The date given.
        on: CivilDate,
        /// When it starts.
        starts: CivilDate,
    },
    /// SU-5.
    #[error("the assessment is complete and names no level: give the level it found")]
    LevelMissing,
    /// SU-6.
    #[error("the plan states no goals: give them in words")]
    GoalsMissing,
    /// SU-6.
    #[error("the plan rests on no assessment: name the one it rests on")]
    AssessmentMissing,
    /// SU-6.
    #[error("assessment {assessment} was not completed: rest the plan on one that was")]
    AssessmentIncomplete {
        /// The assessment.
        assessment: AssessmentNo,
    },
    /// SU-6.
    #[error(
        "no assessment of needs and risks was completed before this referral: record one first"
    )]
    NotAssessed,
    /// SU-7.
    #[error("programme {programme} is {step}: {wish} is not possible")]
    ProgrammeElsewhere {
        /// The programme.
        programme: ProgrammeNo,
        /// How far it has come.
        step: &'static str,
        /// What was wished.
        wish: &'static str,
    },
    /// SU-12.
    #[error(
        "all places of {programme} are taken, of which there are {places}: let the person wait until one is free, or refer to another"
    )]
    NoPlaceFree {
        /// The programme.
        programme: Code,
        /// How many can take part at once.
        places: u32,
    },
    /// SU-8.
    #[error("nothing is changed by that: give what should read differently")]
    ChangesNothing,
    /// SU-9.
    #[error("the request for recall names no ground: name at least one")]
    GroundMissing,
    /// SU-9.
    #[error("request {recall} waits for a decision: it is decided first")]
    RecallOpen {
        /// The open request.
        recall: RecallNo,
    },
    /// SU-9.
    #[error("the recall is granted without reasons: give them in words")]
    ReasonsMissing,
    /// SU-10.
    #[error(
        "{code} is not in the list of {list} of this jurisdiction: {}",
        choose(known)
    )]
    UnknownCode {
        /// The list.
        list: &'static str,
        /// The code given.
        code: Code,
        /// The codes there are.
        known: Vec<Code>,
    },
    /// SU-11.
    #[error(
        "the supervision is {state}: {wish} is not possible; {}",
        way_out(state)
    )]
    NotPossible {
        /// The state it is in.
        state: &'static str,
        /// What was wished.
        wish: &'static str,
    },
    /// SU-11.
    #[error(
        "the supervision ended {}, and is told to have ended {}: look which of the two is right",
        ended.when(), done.when()
    )]
    EndedAlready {
        /// When it ended, as it is recorded.
        ended: CivilDate,
        /// When it is told to have ended.
        done: CivilDate,
    },
    /// TR-10.2.
    #[error("{office} is not a competent office of this jurisdiction: choose one of its list")]
    UnknownOffice {
        /// The office given.
        office: OfficeCode,
    },
    /// TR-10.2.
    #[error("recall is decided by a court or board, and {role} is neither: leave it to them")]
    NotCompetent {
        /// The role of whoever entered it.
        role: Role,
    },
    /// TR-10.3.
    #[error("the review fixes no next one: give its day")]
    NextReviewMissing,
    /// TR-10.3.
    #[error("the next review on {next} does not come after the one of {held}: give a later day")]
    NextReviewNotLater {
        /// The day given.
        next: Day,
        /// When the review was held.
        held: CivilDate,
    },
    /// TR-11.1.
    #[error("{on} lies after the end {}: nothing is asked of the person any more", ends.when())]
    AfterTheEnd {
        /// The date given.
        on: CivilDate,
        /// The last day.
        ends: CivilDate,
    },
    /// TR-14.3.
    #[error("recall is decided by people: no process of the register may do it")]
    NotForSoftware,
    /// TR-14.4.
    #[error("nothing is named that was tried before recall: name it, or say why nothing was")]
    NothingTried,
    /// TR-3.8.
    #[error(
        "{programme} is said to be an experiment, and nobody is experimented on: choose another"
    )]
    Experiment {
        /// The programme.
        programme: Code,
    },
    /// TR-3.8.
    #[error(
        "something speaks against {programme} for this person: have it looked at by who treats"
    )]
    Contraindicated {
        /// The programme.
        programme: Code,
    },
    /// TR-13.5.
    #[error(
        "the officer has {cases} cases, and {most} are the most that one looks after: choose another"
    )]
    TooManyCases {
        /// The cases there are.
        cases: u32,
        /// The most that the policy allows.
        most: u32,
    },
    /// TR-11.2.
    #[error("{} of the supervision until {ends} has passed: have it looked at whether it has done its work", part.in_words())]
    MayEndEarly {
        /// The part of the policy.
        part: Fraction,
        /// Its last day.
        ends: Day,
    },
    /// TR-19.
    #[error("the volunteer is not recorded as {}: see to it before the first contact", what.join(" and "))]
    VolunteerUnready {
        /// What is missing.
        what: Vec<&'static str>,
    },
}

impl Refusal for SupervisionRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::AlreadyStarted => "supervision.already-started",
            Self::CauseNotInForce => "supervision.cause-not-in-force",
            Self::InTheFuture { .. } => "supervision.in-the-future",
            Self::NoSuchAssessment { .. } => "supervision.no-such-assessment",
            Self::NoSuchProgramme { .. } => "supervision.no-such-programme",
            Self::NoSuchContact { .. } => "supervision.no-such-contact",
            Self::NoSuchRecall { .. } => "supervision.no-such-recall",
            Self::EndsBeforeStart { .. } => "supervision.ends-before-start",
            Self::BeforeTheStart { .. } => "supervision.before-the-start",
            Self::LevelMissing => "supervision.level-missing",
            Self::GoalsMissing => "supervision.goals-missing",
            Self::AssessmentMissing => "supervision.assessment-missing",
            Self::AssessmentIncomplete { .. } => "supervision.assessment-incomplete",
            Self::NotAssessed => "supervision.not-assessed",
            Self::ProgrammeElsewhere { .. } => "supervision.programme-elsewhere",
            Self::NoPlaceFree { .. } => "supervision.no-place-free",
            Self::ChangesNothing => "supervision.changes-nothing",
            Self::GroundMissing => "supervision.ground-missing",
            Self::RecallOpen { .. } => "supervision.recall-open",
            Self::ReasonsMissing => "supervision.reasons-missing",
            Self::UnknownCode { .. } => "supervision.unknown-code",
            Self::NotPossible { .. } => "supervision.not-possible",
            Self::EndedAlready { .. } => "supervision.ended-already",
            Self::UnknownOffice { .. } => "supervision.unknown-office",
            Self::NotCompetent { .. } => "supervision.not-competent",
            Self::NextReviewMissing => "supervision.next-review-missing",
            Self::NextReviewNotLater { .. } => "supervision.next-review-not-later",
            Self::AfterTheEnd { .. } => "supervision.after-the-end",
            Self::NotForSoftware => "supervision.not-for-software",
            Self::NothingTried => "supervision.nothing-tried",
            Self::Experiment { .. } => "supervision.experiment",
            Self::Contraindicated { .. } => "supervision.contraindicated",
            Self::VolunteerUnready { .. } => "supervision.volunteer-unready",
            Self::TooManyCases { .. } => "supervision.too-many-cases",
            Self::MayEndEarly { .. } => "supervision.may-end-early",
        }
    }

    fn rule(&self) -> &'static str {
        match self {
            Self::AlreadyStarted | Self::CauseNotInForce => "SU-1",
            Self::InTheFuture { .. } => "SU-2",
            Self::NoSuchAssessment { .. }
            | Self::NoSuchProgramme { .. }
            | Self::NoSuchContact { .. }
            | Self::NoSuchRecall { .. } => "SU-3",
            Self::EndsBeforeStart { .. } | Self::BeforeTheStart { .. } => "SU-4",
            Self::LevelMissing => "SU-5",
            Self::GoalsMissing
            | Self::AssessmentMissing
            | Self::AssessmentIncomplete { .. }
            | Self::NotAssessed => "SU-6",
            Self::ProgrammeElsewhere { .. } => "SU-7",
            Self::NoPlaceFree { .. } => "SU-12",
            Self::ChangesNothing => "SU-8",
            Self::GroundMissing | Self::RecallOpen { .. } | Self::ReasonsMissing => "SU-9",
            Self::UnknownCode { .. } => "SU-10",
            Self::NotPossible { .. } | Self::EndedAlready { .. } => "SU-11",
            Self::UnknownOffice { .. } | Self::NotCompetent { .. } => "TR-10.2",
            Self::NextReviewMissing | Self::NextReviewNotLater { .. } => "TR-10.3",
            Self::AfterTheEnd { .. } => "TR-11.1",
            Self::NotForSoftware => "TR-14.3",
            Self::NothingTried => "TR-14.4",
            Self::Experiment { .. } | Self::Contraindicated { .. } => "TR-3.8",
            Self::VolunteerUnready { .. } => "TR-19",
            Self::TooManyCases { .. } => "TR-13.5",
            Self::MayEndEarly { .. } => "TR-11.2",
        }
    }

    fn field(&self) -> String {
        match self {
            Self::CauseNotInForce => "cause",
            Self::InTheFuture { .. } => "done",
            Self::NoSuchAssessment { .. }
            | Self::AssessmentMissing
            | Self::AssessmentIncomplete { .. } => "assessment",
            Self::NoSuchProgramme { .. }
            | Self::ProgrammeElsewhere { .. }
            | Self::NoPlaceFree { .. }
            | Self::NotAssessed => "programme",
            Self::NoSuchContact { .. } => "contact",
            Self::NoSuchRecall { .. } => "recall",
            Self::EndsBeforeStart { .. } => "expected_end",
            Self::BeforeTheStart { .. } | Self::AfterTheEnd { .. } => "on",
            Self::LevelMissing => "level",
            Self::GoalsMissing => "goals",
            Self::GroundMissing => "grounds",
            Self::ReasonsMissing => "reasons",
            Self::UnknownCode { list, .. } => list,
            Self::UnknownOffice { .. } => "office",
            Self::NextReviewMissing | Self::NextReviewNotLater { .. } => "next_review",
            Self::NothingTried => "alternatives_tried",
            Self::Experiment { .. } => "treatment",
            Self::Contraindicated { .. } => "contraindicated",
            Self::VolunteerUnready { .. } => "volunteer",
            Self::TooManyCases { .. } => "officer",
            Self::MayEndEarly { .. } => "next_review",
            Self::AlreadyStarted
            | Self::ChangesNothing
            | Self::RecallOpen { .. }
            | Self::NotPossible { .. }
            | Self::EndedAlready { .. }
            | Self::NotCompetent { .. }
            | Self::NotForSoftware => "",
        }
        .to_owned()
    }
}
