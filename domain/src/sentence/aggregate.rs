//! The sentence as a stream, and as a cqrs-es aggregate.

use super::command::SentenceCommand;
use super::decide;
use super::decision::Decision;
use super::event::SentenceEvent;
use super::refusal::SentenceRefusal;
use super::state::Sentence;
use crate::act::{Facts, Reference};
use crate::stream::Stream;

impl Stream for Sentence {
    const TYPE: &'static str = "sentence";
    type Command = SentenceCommand;
    type Event = SentenceEvent;
    type Refusal = SentenceRefusal;

    fn refers(&self, command: &SentenceCommand) -> Vec<Reference> {
        match command {
            SentenceCommand::Propose(c) => c
                .decision
                .earlier()
                .chain([Reference::Person(c.person)])
                .collect(),
            SentenceCommand::Impose(c) => c
                .decision
                .earlier()
                .chain([Reference::Person(c.person)])
                .collect(),
            SentenceCommand::CorrectSlip(c) => c.decision.earlier().collect(),
            SentenceCommand::VaryOnAppeal(c) => c.decision.earlier().collect(),
            SentenceCommand::Resentence(c) => c.decision.earlier().collect(),
            SentenceCommand::ImposeProposed { .. } => self
                .decision()
                .into_iter()
                .flat_map(Decision::earlier)
                .collect(),
            SentenceCommand::WithdrawProposal(_)
            | SentenceCommand::LodgeAppeal(_)
            | SentenceCommand::DismissAppeal(_)
            | SentenceCommand::Quash(_)
            | SentenceCommand::Commute(_)
            | SentenceCommand::Pardon(_)
            | SentenceCommand::CreditRemand { .. }
            | SentenceCommand::StartCustody(_)
            | SentenceCommand::EndCustody(_)
            | SentenceCommand::ActivateSuspended(_)
            | SentenceCommand::Complete { .. } => Vec::new(),
        }
    }

    fn decide(
        &self,
        command: SentenceCommand,
        facts: &Facts,
    ) -> Result<Vec<SentenceEvent>, SentenceRefusal> {
        decide::decide(self, command, facts)
    }

    fn evolve(self, event: &SentenceEvent) -> Self {
        self.after(event)
    }
}

crate::adapt_to_cqrs_es!(Sentence, SentenceEvent, SentenceRefusal, SentenceCommand);
