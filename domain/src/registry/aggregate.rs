//! The register as a stream, and as a cqrs-es aggregate.

use super::command::RegistryCommand;
use super::decide;
use super::event::RegistryEvent;
use super::refusal::RegistryRefusal;
use super::state::Register;
use crate::act::{Facts, Reference};
use crate::jurisdiction::Pack;
use crate::safeguards::registry as safeguards;
use crate::stream::{Clock, Goes, Listed, Stream};

impl Stream for Register {
    const TYPE: &'static str = "registry";
    type Command = RegistryCommand;
    type Event = RegistryEvent;
    type Refusal = RegistryRefusal;

    fn refers(&self, command: &RegistryCommand) -> Vec<Reference> {
        match command {
            RegistryCommand::RecordBundleHandedOver(bundle) => {
                bundle.person.map(Reference::Person).into_iter().collect()
            }
            RegistryCommand::Open(_)
            | RegistryCommand::RecordKeyRotated(_)
            | RegistryCommand::RecordConsultationsSealed(_)
            | RegistryCommand::RecordReleasePublished(_)
            | RegistryCommand::RecordReleaseWithdrawn(_)
            | RegistryCommand::AcknowledgeLoss(_) => Vec::new(),
        }
    }

    fn decide(
        &self,
        command: RegistryCommand,
        facts: &Facts,
    ) -> Result<Vec<RegistryEvent>, RegistryRefusal> {
        decide::decide(self, command, facts)
    }

    fn evolve(self, event: &RegistryEvent) -> Self {
        self.after(event)
    }

    fn listed(&self) -> Option<Listed> {
        let opened = self.opened()?;
        Some(Listed {
            person: None,
            kind: None,
            place: None,
            state: self.title(),
            goes: Goes::On,
            since: opened.opening.done,
            findings: opened.findings.len(),
        })
    }

    /// What is watched in the rules of the jurisdiction, of which no case is the cause.
    fn clocks(&self, law: &Pack) -> Vec<Clock> {
        if self.opened().is_none() {
            return Vec::new();
        }
        [safeguards::pilots(law), safeguards::milder_law(law)].concat()
    }
}

crate::adapt_to_cqrs_es!(Register, RegistryEvent, RegistryRefusal, RegistryCommand);
