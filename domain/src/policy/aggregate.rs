//! A jurisdiction's rules as a stream, and as a cqrs-es aggregate.

use super::command::PolicyCommand;
use super::decide;
use super::event::PolicyEvent;
use super::refusal::PolicyRefusal;
use super::state::Policy;
use crate::act::{Facts, Reference};
use crate::stream::Stream;

impl Stream for Policy {
    const TYPE: &'static str = "policy";
    type Command = PolicyCommand;
    type Event = PolicyEvent;
    type Refusal = PolicyRefusal;

    fn refers(&self, _command: &PolicyCommand) -> Vec<Reference> {
        Vec::new()
    }

    fn decide(
        &self,
        command: PolicyCommand,
        facts: &Facts,
    ) -> Result<Vec<PolicyEvent>, PolicyRefusal> {
        decide::decide(self, command, facts)
    }

    fn evolve(self, event: &PolicyEvent) -> Self {
        self.after(event)
    }
}

crate::adapt_to_cqrs_es!(Policy, PolicyEvent, PolicyRefusal, PolicyCommand);
