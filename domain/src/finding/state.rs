//! What a finding is after what happened to it.

use serde::{Deserialize, Serialize};

use super::command::{AssignFinding, CloseFinding, RaiseFinding};
use super::event::{FindingEvent, TakenUp};
use crate::act::{self, Weight};
use crate::actor::Role;
use crate::stream::StreamEvent;
use crate::values::{Code, Occurred, PersonId, SubjectId};

/// A finding in its life cycle.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// Nothing was raised or taken up under this id.
    #[default]
    Unraised,
    /// Somebody has to look at it, or has.
    Stands(Box<Matter>),
}

/// What a finding is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// A clock that ran out.
    Clock(RaiseFinding),
    /// What an entry carries.
    Entry(TakenUp),
}

/// How a finding stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Nobody was given it.
    Open,
    /// Somebody looks at it.
    Assigned,
    /// It is over.
    Closed,
    /// It was closed, and is not over after all.
    Reopened,
}

/// A finding that stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matter {
    /// What it is about.
    pub cause: Cause,
    /// Since when it stands.
    pub since: Occurred,
    /// How it stands.
    pub standing: Standing,
    /// Since when it waits to be closed: since it stands, or since it was opened again.
    pub awaited: Occurred,
    /// How often it waited anew.
    pub rounds: u16,
    /// Who looks at it.
    pub owner: Option<AssignFinding>,
    /// How it was closed, oldest first.
    pub closings: Vec<CloseFinding>,
    /// What the register noticed of its own events, oldest first.
    pub findings: Vec<act::Finding>,
}

impl Cause {
    /// How much it weighs.
    pub fn weight(&self) -> Weight {
        match self {
            Self::Clock(clock) => clock.weight,
            Self::Entry(taken) => taken.noticed.weight,
        }
    }

    /// What was noticed, by its stable code.
    pub fn code(&self) -> &str {
        match self {
            Self::Clock(clock) => clock.code.as_str(),
            Self::Entry(taken) => &taken.noticed.code,
        }
    }

    /// The safeguard behind it.
    pub fn safeguard(&self) -> Option<&str> {
        match self {
            Self::Clock(clock) => Some(clock.safeguard.as_str()),
            Self::Entry(taken) => taken.noticed.safeguard.as_deref(),
        }
    }

    /// The kind of record that it is about.
    pub fn kind(&self) -> &Code {
        match self {
            Self::Clock(clock) => &clock.kind,
            Self::Entry(taken) => &taken.kind,
        }
    }

    /// The id of the record that it is about.
    pub fn record(&self) -> &Code {
        match self {
            Self::Clock(clock) => &clock.record,
            Self::Entry(taken) => &taken.record,
        }
    }

    /// Whom it concerns.
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Self::Clock(clock) => clock.person,
            Self::Entry(taken) => taken.person,
        }
    }

    /// Whose act it is about; a clock ran out by nobody's act.
    pub fn by_whom(&self) -> Option<&SubjectId> {
        match self {
            Self::Clock(_) => None,
            Self::Entry(taken) => taken.by_whom.as_ref(),
        }
    }

    /// Whose task it is.
    pub fn role(&self) -> Role {
        match self {
            Self::Clock(clock) => clock.role,
            Self::Entry(taken) => taken.role,
        }
    }
}

impl Finding {
    /// The words for the state.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Unraised => "not raised",
            Self::Stands(matter) => matter.standing.title(),
        }
    }

    /// Whom it concerns, if anybody.
    pub fn person(&self) -> Option<PersonId> {
        self.stands().and_then(|matter| matter.cause.person())
    }

    /// The finding that stands.
    pub fn stands(&self) -> Option<&Matter> {
        match self {
            Self::Stands(matter) => Some(matter),
            Self::Unraised => None,
        }
    }

    pub(super) fn after(self, event: &FindingEvent) -> Self {
        match (self, event) {
            (_, FindingEvent::Raised(entered)) => {
                let told = entered.told.clone();
                Self::of(Cause::Clock(told), entered.told.done, event)
            }
            (_, FindingEvent::TakenUp(entered)) => {
                let told = entered.told.clone();
                Self::of(Cause::Entry(told), entered.told.done, event)
            }
            (Self::Stands(matter), _) => Self::Stands(Box::new(matter.after(event))),
            (Self::Unraised, _) => Self::Unraised,
        }
    }

    fn of(cause: Cause, since: Occurred, event: &FindingEvent) -> Self {
        Self::Stands(Box::new(Matter {
            cause,
            since,
            standing: Standing::Open,
            awaited: since,
            rounds: 1,
            owner: None,
            closings: Vec::new(),
            findings: event.findings().to_vec(),
        }))
    }
}

impl Standing {
    /// The words that people read.
    pub fn title(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Assigned => "assigned",
            Self::Closed => "closed",
            Self::Reopened => "reopened",
        }
    }
}

impl Matter {
    /// What came of it, while it is closed.
    pub fn closing(&self) -> Option<&CloseFinding> {
        self.closings
            .last()
            .filter(|_| self.standing == Standing::Closed)
    }

    fn after(mut self, event: &FindingEvent) -> Self {
        self.findings.extend(event.findings().iter().cloned());
        match event {
            FindingEvent::Assigned(entered) => {
                self.owner = Some(entered.told.clone());
                self.standing = Standing::Assigned;
            }
            FindingEvent::Closed(entered) => {
                self.closings.push(entered.told.clone());
                self.standing = Standing::Closed;
            }
            FindingEvent::Reopened(entered) => {
                self.owner = None;
                self.standing = Standing::Reopened;
                self.awaited = entered.told.done;
                self.rounds = self.rounds.saturating_add(1);
            }
            FindingEvent::Raised(_) | FindingEvent::TakenUp(_) => {}
        }
        self
    }
}
