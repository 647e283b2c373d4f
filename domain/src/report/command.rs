//! What may be asked of a report to a court.
//!
//! Each act says when it was done: an instant for what is done now, a date for what already happened. That chooses
//! the door.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::childhood::Minor;
use crate::dated;
use crate::personal::{DataClass, PersonalText, Seal, Sealer};
use crate::values::{
    CaseReference, Code, CourtCode, Day, Known, Occurred, OfficeCode, PersonId, StatementNo,
    SubjectId,
};

/// What may be asked of a report to a court.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ReportCommand {
    /// Request a report.
    Request(RequestReport),
    /// File a statement.
    FileStatement(FileStatement),
    /// Record that a statement is contested.
    ContestStatement(ContestStatement),
    /// Settle what was contested.
    SettleContest(SettleStatement),
    /// Finalise the report.
    Finalise(FinaliseReport),
    /// Withdraw the report before it is finalised.
    Withdraw(WithdrawReport),
}

/// A request for a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestReport {
    /// Whom it is about.
    pub person: PersonId,
    /// When it was requested.
    pub done: Occurred,
    /// The court that wants it.
    #[schemars(extend("x-list" = "courts"))]
    pub court: CourtCode,
    /// The reference of the case; never a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseReference>,
    /// What kind of report.
    #[schemars(extend("x-list" = "report.kinds"))]
    pub kind: Code,
    /// The last day on which it helps.
    pub due: Day,
    /// Age of the person now, in completed years.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub age: Known<u16>,
    /// When the person was a child: at the offence, or still now. The date of birth says it, where the register keeps one;
    /// without it, whoever records this may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minor: Option<Minor>,
    /// What the court wants to know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub questions: Option<PersonalText>,
}

/// What a statement is. There is no other kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum StatementKind {
    /// A fact.
    Fact {
        /// What kind of source it comes from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(extend("x-list" = "report.sources"))]
        source: Option<Code>,
        /// Which source exactly, and where in it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        place: Option<PersonalText>,
    },
    /// An opinion.
    Opinion {
        /// Whose opinion it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        author: Option<SubjectId>,
        /// What kind of source it rests on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(extend("x-list" = "report.sources"))]
        source: Option<Code>,
    },
    /// A recommendation.
    Recommendation,
}

impl StatementKind {
    /// What kind of source it comes from or rests on.
    pub fn source(&self) -> Option<&Code> {
        match self {
            Self::Fact { source, .. } | Self::Opinion { source, .. } => source.as_ref(),
            Self::Recommendation => None,
        }
    }

    /// The words that people read.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Fact { .. } => "fact",
            Self::Opinion { .. } => "opinion",
            Self::Recommendation => "recommendation",
        }
    }
}

/// A statement of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FileStatement {
    /// When it was filed.
    pub done: Occurred,
    /// Whether it is a fact, an opinion or a recommendation.
    pub kind: StatementKind,
    /// What it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<PersonalText>,
}

/// Who contests something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Contester {
    /// The person the report is about.
    Person,
    /// A parent or guardian.
    Guardian,
    /// The person's counsel.
    Counsel,
    /// The prosecution.
    Prosecution,
}

/// A contest of a statement. Nothing has to be said for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ContestStatement {
    /// Which statement.
    pub statement: StatementNo,
    /// When it was contested.
    pub done: Occurred,
    /// Who contests it.
    pub by: Contester,
    /// What is wrong with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what: Option<PersonalText>,
}

/// What a contest came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ContestOutcome {
    /// The statement stays as it is.
    Kept,
    /// The statement is corrected.
    Corrected {
        /// What it says from now on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<PersonalText>,
    },
    /// The statement is withdrawn.
    Withdrawn,
}

/// The answer to a contest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SettleStatement {
    /// Which statement.
    pub statement: StatementNo,
    /// When it was settled.
    pub done: Occurred,
    /// What it came to.
    pub outcome: ContestOutcome,
    /// The reasons, as they were given in writing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasons: Option<PersonalText>,
    /// Where the answer can be reviewed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-list" = "report.routes"))]
    pub route: Option<Code>,
}

/// The end of the work on a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FinaliseReport {
    /// When it was finalised.
    pub done: Occurred,
    /// Who answers for it.
    pub author: SubjectId,
    /// For which office.
    #[schemars(extend("x-list" = "offices"))]
    pub agency: OfficeCode,
    /// Why it cannot wait until everything contested is settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgency: Option<PersonalText>,
}

/// A withdrawal of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawReport {
    /// When it was withdrawn.
    pub done: Occurred,
    /// Why.
    #[schemars(extend("x-list" = "report.withdrawal_reasons"))]
    pub reason: Code,
    /// A note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<PersonalText>,
}

dated! {
    RequestReport: done,
    FileStatement: done,
    ContestStatement: done,
    SettleStatement: done,
    FinaliseReport: done,
    WithdrawReport: done,
}

impl Seal for ReportCommand {
    fn seal<S: Sealer>(&mut self, sealer: &mut S) -> Result<(), S::Error> {
        let mut said = |text: &mut Option<PersonalText>| {
            PersonalText::seal_said(text, DataClass::Judgment, sealer)
        };
        match self {
            Self::Request(c) => said(&mut c.questions),
            Self::FileStatement(c) => {
                if let StatementKind::Fact { place, .. } = &mut c.kind {
                    said(place)?;
                }
                said(&mut c.text)
            }
            Self::ContestStatement(c) => said(&mut c.what),
            Self::SettleContest(c) => {
                if let ContestOutcome::Corrected { text } = &mut c.outcome {
                    said(text)?;
                }
                said(&mut c.reasons)
            }
            Self::Finalise(c) => said(&mut c.urgency),
            Self::Withdraw(c) => said(&mut c.note),
        }
    }
}
