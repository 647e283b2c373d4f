//! The sentence as a stream, and as a cqrs-es aggregate.

use super::command::{Impose, Resentence, SentenceCommand, Vary};
use super::decide;
use super::decision::{AGE_BAND, Decision};
use super::event::SentenceEvent;
use super::refusal::SentenceRefusal;
use super::state::{Sentence, Standing};
use crate::act::{Door, Facts, PersonAsked, Reference};
use crate::actor::Role;
use crate::childhood::{Childhood, Hand};
use crate::jurisdiction::Pack;
use crate::stream::Stream;
use crate::values::CourtCode;

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
            | SentenceCommand::CompareRemand(_)
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

    fn asks_of_person(&self, command: &SentenceCommand) -> Option<PersonAsked> {
        match command {
            SentenceCommand::Propose(_) => Some(PersonAsked::Now),
            SentenceCommand::Impose(Impose { pronounced, .. })
            | SentenceCommand::ImposeProposed { pronounced, .. }
            | SentenceCommand::VaryOnAppeal(Vary { pronounced, .. })
            | SentenceCommand::Resentence(Resentence { pronounced, .. }) => {
                Some(PersonAsked::When(*pronounced))
            }
            SentenceCommand::CorrectSlip(_) => {
                let imposed = self.imposed();
                imposed.map(|imposed| PersonAsked::When(imposed.pronounced))
            }
            SentenceCommand::WithdrawProposal(_)
            | SentenceCommand::LodgeAppeal(_)
            | SentenceCommand::DismissAppeal(_)
            | SentenceCommand::Quash(_)
            | SentenceCommand::Commute(_)
            | SentenceCommand::Pardon(_)
            | SentenceCommand::CreditRemand { .. }
            | SentenceCommand::CompareRemand(_)
            | SentenceCommand::StartCustody(_)
            | SentenceCommand::EndCustody(_)
            | SentenceCommand::ActivateSuspended(_)
            | SentenceCommand::Complete { .. } => None,
        }
    }

    fn asks_of_birth(&self, command: &SentenceCommand) -> bool {
        match command {
            SentenceCommand::Propose(_)
            | SentenceCommand::Impose(_)
            | SentenceCommand::ImposeProposed { .. }
            | SentenceCommand::CorrectSlip(_)
            | SentenceCommand::VaryOnAppeal(_)
            | SentenceCommand::Resentence(_) => true,
            SentenceCommand::WithdrawProposal(_)
            | SentenceCommand::LodgeAppeal(_)
            | SentenceCommand::DismissAppeal(_)
            | SentenceCommand::Quash(_)
            | SentenceCommand::Commute(_)
            | SentenceCommand::Pardon(_)
            | SentenceCommand::CreditRemand { .. }
            | SentenceCommand::CompareRemand(_)
            | SentenceCommand::StartCustody(_)
            | SentenceCommand::EndCustody(_)
            | SentenceCommand::ActivateSuspended(_)
            | SentenceCommand::Complete { .. } => false,
        }
    }

    /// By what the date of birth said when it was decided, or by the age group at the decision: whoever may have been a
    /// child counts as one.
    fn childhood(&self, law: &Pack) -> Childhood {
        if self
            .decision()
            .is_some_and(|decision| decision.minor.is_some())
        {
            return Childhood::Child;
        }
        let circumstances = self.decision().map(|decision| &decision.circumstances);
        let mut answers = circumstances.into_iter().flatten();
        let band = answers.find(|(code, _)| code.as_str() == AGE_BAND);
        let band = band.and_then(|(_, answer)| answer.value());
        let bands = &law.sentencing.age_bands;
        let band = band.and_then(|band| bands.iter().find(|known| &known.code == band));
        match band {
            Some(band) if band.from < law.ages.majority => Childhood::Child,
            Some(_) | None => Childhood::Untold,
        }
    }

    fn in_hand(&self) -> Hand {
        let court = || {
            Hand::At(
                self.decision()
                    .map_or_else(String::new, |d| d.court.to_string()),
            )
        };
        match self {
            Self::Proposed(_) => court(),
            Self::Imposed(imposed) if imposed.standing == Standing::InForce => court(),
            Self::Imposed(_) | Self::Unrecorded | Self::Withdrawn => Hand::Nobody,
        }
    }

    /// A court pronounces its own sentences, and what becomes of them it decides itself: it corrects, commutes, pardons.
    /// Another one decides on an appeal or after a breach, and whoever records a decision of the past need not be the court
    /// that took it (TR-3.3).
    fn offices<'a>(&'a self, command: &'a SentenceCommand, facts: &Facts) -> Vec<&'a str> {
        if !matches!(facts.actor.role, Role::Judge | Role::Clerk) {
            return Vec::new();
        }
        let court = match command {
            SentenceCommand::Impose(wish) => {
                let is_live = facts.door(wish.pronounced) == Door::Live;
                is_live.then_some(&wish.decision.court)
            }
            SentenceCommand::WithdrawProposal(_)
            | SentenceCommand::ImposeProposed { .. }
            | SentenceCommand::CorrectSlip(_)
            | SentenceCommand::Commute(_)
            | SentenceCommand::Pardon(_)
            | SentenceCommand::CreditRemand { .. }
            | SentenceCommand::StartCustody(_)
            | SentenceCommand::EndCustody(_)
            | SentenceCommand::Complete { .. } => self.decision().map(|decision| &decision.court),
            SentenceCommand::Propose(_)
            | SentenceCommand::LodgeAppeal(_)
            | SentenceCommand::DismissAppeal(_)
            | SentenceCommand::VaryOnAppeal(_)
            | SentenceCommand::Quash(_)
            | SentenceCommand::CompareRemand(_)
            | SentenceCommand::ActivateSuspended(_)
            | SentenceCommand::Resentence(_) => None,
        };
        court.into_iter().map(CourtCode::as_str).collect()
    }

    fn evolve(self, event: &SentenceEvent) -> Self {
        self.after(event)
    }
}

crate::adapt_to_cqrs_es!(Sentence, SentenceEvent, SentenceRefusal, SentenceCommand);
