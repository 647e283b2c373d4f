//! The supervision as a stream, and as a cqrs-es aggregate.

use super::command::{SupervisionCause, SupervisionCommand};
use super::decide;
use super::event::SupervisionEvent;
use super::refusal::SupervisionRefusal;
use super::state::Supervision;
use crate::act::{Facts, Reference};
use crate::actor::Role;
use crate::childhood::{Childhood, Hand};
use crate::jurisdiction::Pack;
use crate::safeguards::clocks;
use crate::stream::{Clock, Stream};
use crate::values::{Code, OfficeCode, SubjectId};

impl Stream for Supervision {
    const TYPE: &'static str = "supervision";
    type Command = SupervisionCommand;
    type Event = SupervisionEvent;
    type Refusal = SupervisionRefusal;

    fn refers(&self, command: &SupervisionCommand) -> Vec<Reference> {
        if let SupervisionCommand::Start(start) = command {
            vec![Reference::Person(start.person), start.cause.reference()]
        } else {
            Vec::new()
        }
    }

    fn asks_of_cases<'a>(&self, command: &'a SupervisionCommand) -> Option<&'a SubjectId> {
        if let SupervisionCommand::AssignOfficer(wish) = command {
            Some(&wish.officer)
        } else {
            None
        }
    }

    fn asks_of_programme<'a>(
        &'a self,
        command: &SupervisionCommand,
    ) -> Option<(&'a Code, &'a OfficeCode)> {
        let SupervisionCommand::StartProgramme(wish) = command else {
            return None;
        };
        let started = self.started()?;
        let programme = started.programmes.get(&wish.programme)?;
        Some((&programme.programme, &started.office))
    }

    fn decide(
        &self,
        command: SupervisionCommand,
        facts: &Facts,
    ) -> Result<Vec<SupervisionEvent>, SupervisionRefusal> {
        decide::decide(self, command, facts)
    }

    fn childhood(&self, _law: &Pack) -> Childhood {
        self.started().map_or(Childhood::Untold, |started| {
            Childhood::Untold.or_as(Some(started.cause.reference()))
        })
    }

    fn in_hand(&self) -> Hand {
        match self.started() {
            Some(started) if started.standing.over().is_none() => {
                Hand::At(started.office.to_string())
            }
            Some(_) | None => Hand::Nobody,
        }
    }

    /// What a person has to see to: none of it ends a supervision.
    fn clocks(&self, law: &Pack) -> Vec<Clock> {
        let started = self.started();
        started
            .and_then(|started| clocks::supervision(started, law))
            .into_iter()
            .collect()
    }

    /// A probation office acts on the supervisions that it has in hand; a transfer may be recorded by the one that takes over.
    fn offices<'a>(&'a self, command: &'a SupervisionCommand, facts: &Facts) -> Vec<&'a str> {
        if facts.actor.role != Role::Probation {
            return Vec::new();
        }
        let has = self.started().map(|started| started.office.as_str());
        let named = if let SupervisionCommand::Start(wish) = command {
            Some(wish.office.as_str())
        } else if let SupervisionCommand::Transfer(wish) = command {
            Some(wish.to.as_str())
        } else {
            None
        };
        has.into_iter().chain(named).collect()
    }

    fn evolve(self, event: &SupervisionEvent) -> Self {
        self.after(event)
    }
}

impl SupervisionCause {
    pub(super) fn reference(self) -> Reference {
        match self {
            Self::Order(order) => Reference::Order(order),
            Self::Sentence(sentence) => Reference::Sentence(sentence),
        }
    }
}

crate::adapt_to_cqrs_es!(
    Supervision,
    SupervisionEvent,
    SupervisionRefusal,
    SupervisionCommand
);
