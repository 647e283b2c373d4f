//! The sentence as a stream, and as a cqrs-es aggregate.

use super::command::SentenceCommand;
use super::decide;
use super::decision::{Decision, Runs};
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

    fn refers(command: &SentenceCommand) -> Vec<Reference> {
        match command {
            SentenceCommand::Propose(c) => earlier(&c.decision)
                .chain([Reference::Person(c.person)])
                .collect(),
            SentenceCommand::Impose(c) => earlier(&c.decision)
                .chain([Reference::Person(c.person)])
                .collect(),
            SentenceCommand::CorrectSlip(c) => earlier(&c.decision).collect(),
            SentenceCommand::VaryOnAppeal(c) => earlier(&c.decision).collect(),
            SentenceCommand::Resentence(c) => earlier(&c.decision).collect(),
            SentenceCommand::WithdrawProposal(_)
            | SentenceCommand::ImposeProposed { .. }
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

fn earlier(decision: &Decision) -> impl Iterator<Item = Reference> + '_ {
    decision
        .components()
        .filter_map(|(_, component)| match component.runs {
            Some(Runs::ConsecutiveToEarlier(term)) => Some(Reference::Sentence(term.sentence)),
            Some(Runs::Concurrent | Runs::ConsecutiveTo(_)) | None => None,
        })
}

crate::adapt_to_cqrs_es!(Sentence, SentenceEvent, SentenceRefusal, SentenceCommand);
