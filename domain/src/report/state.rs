//! What a report is after what happened to it.

use serde::{Deserialize, Serialize};

use super::command::{
    ContestOutcome, ContestStatement, FileStatement, FinaliseReport, RequestReport,
    SettleStatement, WithdrawReport,
};
use super::event::ReportEvent;
use crate::act::Finding;
use crate::personal::PersonalText;
use crate::stream::{Entered, StreamEvent};
use crate::values::{PersonId, StatementNo};

/// A report in its life cycle.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Report {
    /// Nothing is recorded under this id.
    #[default]
    Unrequested,
    /// The report was requested.
    Requested(Box<Inquiry>),
}

/// A report that was requested, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inquiry {
    /// The request.
    pub request: RequestReport,
    /// The statements, as they were filed.
    pub statements: Vec<Statement>,
    /// How it was finalised.
    pub finalised: Option<FinaliseReport>,
    /// How it was withdrawn.
    pub withdrawn: Option<WithdrawReport>,
    /// Findings of every event, oldest first.
    pub findings: Vec<Finding>,
}

/// A statement and what was said against it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Its number.
    pub no: StatementNo,
    /// As it was filed; that never changes.
    pub filed: FileStatement,
    /// Every contest, oldest first.
    pub contests: Vec<ContestStatement>,
    /// Every answer, oldest first; one less than the contests while one is open.
    pub answers: Vec<SettleStatement>,
}

/// How a statement reads now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// As it was filed.
    Stands,
    /// Contested, and that is not settled.
    Contested,
    /// Corrected after a contest.
    Corrected,
    /// Withdrawn after a contest.
    Withdrawn,
}

impl Reading {
    /// The words that people read.
    pub fn title(self) -> &'static str {
        match self {
            Self::Stands => "stands",
            Self::Contested => "contested",
            Self::Corrected => "corrected",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl Report {
    /// The words for the state, whatever the day.
    pub fn title(&self) -> &'static str {
        self.requested().map_or("not recorded", Inquiry::title)
    }

    /// Whom it is about.
    pub fn person(&self) -> Option<PersonId> {
        self.requested().map(|inquiry| inquiry.request.person)
    }

    /// The report that was requested.
    pub fn requested(&self) -> Option<&Inquiry> {
        match self {
            Self::Requested(inquiry) => Some(inquiry),
            Self::Unrequested => None,
        }
    }

    pub(super) fn after(self, event: &ReportEvent) -> Self {
        match (self, event) {
            (_, ReportEvent::Requested(entered)) => Self::Requested(Box::new(Inquiry::of(entered))),
            (Self::Requested(inquiry), _) => Self::Requested(Box::new(inquiry.after(event))),
            (Self::Unrequested, _) => Self::Unrequested,
        }
    }
}

impl Inquiry {
    fn of(entered: &Entered<RequestReport>) -> Self {
        Self {
            request: entered.told.clone(),
            statements: Vec::new(),
            finalised: None,
            withdrawn: None,
            findings: entered.findings.clone(),
        }
    }

    /// The words that people read.
    pub fn title(&self) -> &'static str {
        if self.withdrawn.is_some() {
            "withdrawn"
        } else if self.finalised.is_some() {
            "finalised"
        } else if self.statements.is_empty() {
            "requested"
        } else {
            "in hand"
        }
    }

    /// Whether it is still worked on.
    pub fn is_in_hand(&self) -> bool {
        self.finalised.is_none() && self.withdrawn.is_none()
    }

    /// A statement by its number.
    pub fn statement(&self, no: StatementNo) -> Option<&Statement> {
        self.statements.iter().find(|statement| statement.no == no)
    }

    /// The first statement that is contested and not settled.
    pub fn open_contest(&self) -> Option<&Statement> {
        let mut statements = self.statements.iter();
        statements.find(|statement| statement.reading() == Reading::Contested)
    }

    /// Whether any statement is left that was not withdrawn.
    pub fn says_something(&self) -> bool {
        let mut statements = self.statements.iter();
        statements.any(|statement| !statement.is_withdrawn())
    }

    fn after(mut self, event: &ReportEvent) -> Self {
        self.findings.extend_from_slice(event.findings());
        match event {
            ReportEvent::StatementFiled(entered) => {
                let last = self.statements.last().map_or(StatementNo(0), |s| s.no);
                self.statements.push(Statement {
                    no: last.next(),
                    filed: entered.told.clone(),
                    contests: Vec::new(),
                    answers: Vec::new(),
                });
            }
            ReportEvent::StatementContested(entered) => {
                if let Some(statement) = self.statement_mut(entered.told.statement) {
                    statement.contests.push(entered.told.clone());
                }
            }
            ReportEvent::ContestSettled(entered) => {
                if let Some(statement) = self.statement_mut(entered.told.statement) {
                    statement.answers.push(entered.told.clone());
                }
            }
            ReportEvent::Finalised(entered) => self.finalised = Some(entered.told.clone()),
            ReportEvent::Withdrawn(entered) => self.withdrawn = Some(entered.told.clone()),
            ReportEvent::Requested(_) => {}
        }
        self
    }

    fn statement_mut(&mut self, no: StatementNo) -> Option<&mut Statement> {
        let mut statements = self.statements.iter_mut();
        statements.find(|statement| statement.no == no)
    }
}

impl Statement {
    /// How it reads now.
    pub fn reading(&self) -> Reading {
        if self.contests.len() > self.answers.len() {
            return Reading::Contested;
        }
        if self.is_withdrawn() {
            return Reading::Withdrawn;
        }
        if self.correction().is_some() {
            return Reading::Corrected;
        }
        Reading::Stands
    }

    /// What it says now: its last correction, or what was filed; nothing once it is withdrawn.
    pub fn text(&self) -> Option<&PersonalText> {
        if self.is_withdrawn() {
            return None;
        }
        self.correction().or(self.filed.text.as_ref())
    }

    /// Whether a contest led to its withdrawal.
    pub fn is_withdrawn(&self) -> bool {
        let mut answers = self.answers.iter();
        answers.any(|answer| answer.outcome == ContestOutcome::Withdrawn)
    }

    fn correction(&self) -> Option<&PersonalText> {
        self.answers
            .iter()
            .rev()
            .find_map(|answer| match &answer.outcome {
                ContestOutcome::Corrected { text } => text.as_ref(),
                ContestOutcome::Kept | ContestOutcome::Withdrawn => None,
            })
    }
}
