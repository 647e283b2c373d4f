//! The person as a stream, and as a cqrs-es aggregate.

use super::command::PersonCommand;
use super::decide;
use super::event::PersonEvent;
use super::refusal::PersonRefusal;
use super::state::Person;
use crate::act::{Facts, Reference};
use crate::stream::Stream;

impl Stream for Person {
    const TYPE: &'static str = "person";
    type Command = PersonCommand;
    type Event = PersonEvent;
    type Refusal = PersonRefusal;

    fn refers(&self, command: &PersonCommand) -> Vec<Reference> {
        match (self, command) {
            (_, PersonCommand::MergeInto { surviving, .. }) => vec![Reference::Person(*surviving)],
            (Self::Merged { surviving }, PersonCommand::EraseData(_)) => {
                vec![Reference::Unheld(*surviving)]
            }
            _ => Vec::new(),
        }
    }

    fn decide(
        &self,
        command: PersonCommand,
        facts: &Facts,
    ) -> Result<Vec<PersonEvent>, PersonRefusal> {
        decide::decide(self, command, facts)
    }

    fn evolve(self, event: &PersonEvent) -> Self {
        self.after(event)
    }
}

crate::adapt_to_cqrs_es!(Person, PersonEvent, PersonRefusal, PersonCommand);
