//! A case before judgment as a stream, and as a cqrs-es aggregate.

use super::command::{CaseEnd, PretrialCommand};
use super::decide;
use super::event::PretrialEvent;
use super::refusal::PretrialRefusal;
use super::state::{Liberty, Pretrial};
use crate::act::{Facts, Reference, Weight};
use crate::actor::Role;
use crate::childhood::Childhood;
use crate::jurisdiction::Pack;
use crate::stream::{Clock, Goes, Listed, Stream};
use crate::values::{CourtCode, Known};

impl Stream for Pretrial {
    const TYPE: &'static str = "pretrial";
    type Command = PretrialCommand;
    type Event = PretrialEvent;
    type Refusal = PretrialRefusal;

    fn refers(&self, command: &PretrialCommand) -> Vec<Reference> {
        match command {
            PretrialCommand::Open(open) => vec![Reference::Person(open.person)],
            PretrialCommand::End(end) => match end.how {
                CaseEnd::Sentenced(sentence) => vec![Reference::Sentence(sentence)],
                CaseEnd::Acquitted | CaseEnd::Discontinued | CaseEnd::Diverted | CaseEnd::Died => {
                    Vec::new()
                }
            },
            PretrialCommand::ReleaseUnconditionally(_)
            | PretrialCommand::ImposeAlternative(_)
            | PretrialCommand::OrderDetention(_)
            | PretrialCommand::Review(_)
            | PretrialCommand::VaryAlternative(_)
            | PretrialCommand::RecordBreach(_)
            | PretrialCommand::Extend(_)
            | PretrialCommand::RecordLegalAid(_)
            | PretrialCommand::RecordAppealTold(_)
            | PretrialCommand::LodgeAppeal(_)
            | PretrialCommand::DecideAppeal(_) => Vec::new(),
        }
    }

    fn asks_of_birth(&self, command: &PretrialCommand) -> bool {
        matches!(
            command,
            PretrialCommand::Open(_)
                | PretrialCommand::ImposeAlternative(_)
                | PretrialCommand::OrderDetention(_)
        )
    }

    fn decide(
        &self,
        command: PretrialCommand,
        facts: &Facts,
    ) -> Result<Vec<PretrialEvent>, PretrialRefusal> {
        decide::decide(self, command, facts)
    }

    fn childhood(&self, law: &Pack) -> Childhood {
        self.opened().map_or(Childhood::Untold, |case| {
            Childhood::told(case.opening.age_at_offence, case.opening.minor, law)
        })
    }

    /// A court acts on the cases that are before it; an appeal is decided by another one.
    fn offices<'a>(&'a self, command: &'a PretrialCommand, facts: &Facts) -> Vec<&'a str> {
        if !matches!(facts.actor.role, Role::Judge | Role::Clerk) {
            return Vec::new();
        }
        let court = if let PretrialCommand::Open(open) = command {
            Some(&open.court)
        } else if let PretrialCommand::LodgeAppeal(_) | PretrialCommand::DecideAppeal(_) = command {
            None
        } else {
            self.opened().map(|case| &case.opening.court)
        };
        court.into_iter().map(CourtCode::as_str).collect()
    }

    fn ages(&self, command: &PretrialCommand) -> Vec<Known<u16>> {
        if let PretrialCommand::Open(open) = command {
            vec![open.age_at_offence]
        } else {
            Vec::new()
        }
    }

    fn evolve(self, event: &PretrialEvent) -> Self {
        self.after(event)
    }

    fn listed(&self) -> Option<Listed> {
        let case = self.opened()?;
        Some(Listed {
            person: Some(case.opening.person),
            kind: None,
            place: Some(case.opening.court.to_string()),
            state: case.title(),
            goes: Goes::until(case.ended.is_some()),
            since: case.opening.done,
            findings: case.findings.len(),
        })
    }

    /// The review of what stands, and the last day of detention.
    fn clocks(&self, _law: &Pack) -> Vec<Clock> {
        let Some(case) = self.opened().filter(|case| case.ended.is_none()) else {
            return Vec::new();
        };
        let clock = |code, due| Clock {
            safeguard: "TR-6.2",
            code,
            nth: 1,
            due,
            weight: Weight::Critical,
            role: Role::Judge,
        };
        let review = case.next_review.map(|due| clock("pretrial.review", due));
        let last = match case.liberty {
            Liberty::Detained { until, .. } => Some(clock("pretrial.last-day", until)),
            Liberty::Undecided | Liberty::Free | Liberty::Alternative(_) => None,
        };
        review.into_iter().chain(last).collect()
    }
}

crate::adapt_to_cqrs_es!(Pretrial, PretrialEvent, PretrialRefusal, PretrialCommand);
