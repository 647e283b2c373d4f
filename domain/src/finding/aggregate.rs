//! A finding as a stream, and as a cqrs-es aggregate.

use super::command::FindingCommand;
use super::decide;
use super::event::FindingEvent;
use super::refusal::FindingRefusal;
use super::state::{Finding, Standing};
use crate::act::{Facts, Reference, Weight};
use crate::actor::Role;
use crate::childhood::Childhood;
use crate::jurisdiction::Pack;
use crate::stream::{Clock, Goes, Listed, Stream};
use crate::values::Code;

impl Stream for Finding {
    const TYPE: &'static str = "finding";
    type Command = FindingCommand;
    type Event = FindingEvent;
    type Refusal = FindingRefusal;

    /// A finding is about a record, whatever became of the person whom that concerns.
    fn refers(&self, _command: &FindingCommand) -> Vec<Reference> {
        Vec::new()
    }

    fn asks_of_entry(&self, command: &FindingCommand) -> Option<(u64, u16)> {
        match command {
            FindingCommand::TakeUp(wish) => Some((wish.entry, wish.nth)),
            FindingCommand::Raise(_)
            | FindingCommand::Assign(_)
            | FindingCommand::Close(_)
            | FindingCommand::Reopen(_) => None,
        }
    }

    fn decide(
        &self,
        command: FindingCommand,
        facts: &Facts,
    ) -> Result<Vec<FindingEvent>, FindingRefusal> {
        decide::decide(self, command, facts)
    }

    fn childhood(&self, _law: &Pack) -> Childhood {
        self.stands().map_or(Childhood::Untold, |matter| {
            Childhood::of(matter.cause.kind().as_str(), matter.cause.record())
        })
    }

    fn evolve(self, event: &FindingEvent) -> Self {
        self.after(event)
    }

    fn listed(&self) -> Option<Listed> {
        let matter = self.stands()?;
        Some(Listed {
            person: matter.cause.person(),
            kind: Code::parse(matter.cause.code()).ok(),
            place: matter.owner.as_ref().map(|owner| owner.office.to_string()),
            state: matter.standing.title(),
            goes: Goes::until(matter.standing == Standing::Closed),
            since: matter.since,
            findings: matter.findings.len(),
        })
    }

    /// The day by which it has to be closed. A critical one that is late is a matter for oversight.
    fn clocks(&self, law: &Pack) -> Vec<Clock> {
        let Some(matter) = self
            .stands()
            .filter(|matter| matter.standing != Standing::Closed)
        else {
            return Vec::new();
        };
        let rules = &law.finding;
        let weight = matter.cause.weight();
        let (days, role) = match weight {
            Weight::Critical => (rules.critical_days, Role::Oversight),
            Weight::Notice => (rules.notice_days, matter.cause.role()),
        };
        let Some((awaited, days)) = law.date(matter.awaited).latest().zip(days) else {
            return Vec::new();
        };
        vec![Clock {
            safeguard: "FD-9",
            code: "finding.closing",
            nth: matter.rounds,
            due: awaited.plus_days(days),
            weight,
            role,
        }]
    }
}

crate::adapt_to_cqrs_es!(Finding, FindingEvent, FindingRefusal, FindingCommand);
