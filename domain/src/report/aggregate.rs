//! A report as a stream, and as a cqrs-es aggregate.

use super::command::ReportCommand;
use super::decide;
use super::event::ReportEvent;
use super::refusal::ReportRefusal;
use super::state::{Inquiry, Report};
use crate::act::{Facts, Reference, Weight};
use crate::actor::Role;
use crate::childhood::Childhood;
use crate::jurisdiction::Pack;
use crate::stream::{Clock, Goes, Listed, Stream};
use crate::values::{CourtCode, Known};

impl Stream for Report {
    const TYPE: &'static str = "report";
    type Command = ReportCommand;
    type Event = ReportEvent;
    type Refusal = ReportRefusal;

    fn refers(&self, command: &ReportCommand) -> Vec<Reference> {
        match command {
            ReportCommand::Request(request) => vec![Reference::Person(request.person)],
            ReportCommand::FileStatement(_)
            | ReportCommand::ContestStatement(_)
            | ReportCommand::SettleContest(_)
            | ReportCommand::Finalise(_)
            | ReportCommand::Withdraw(_) => Vec::new(),
        }
    }

    fn asks_of_birth(&self, command: &ReportCommand) -> bool {
        matches!(command, ReportCommand::Request(_))
    }

    fn decide(
        &self,
        command: ReportCommand,
        facts: &Facts,
    ) -> Result<Vec<ReportEvent>, ReportRefusal> {
        decide::decide(self, command, facts)
    }

    fn childhood(&self, law: &Pack) -> Childhood {
        self.requested().map_or(Childhood::Untold, |inquiry| {
            Childhood::told(inquiry.request.age, inquiry.request.minor, law)
        })
    }

    /// A court acts on the reports that it asked for; which office writes one is known only once it is finalised.
    fn offices<'a>(&'a self, command: &'a ReportCommand, facts: &Facts) -> Vec<&'a str> {
        if !matches!(facts.actor.role, Role::Judge | Role::Clerk) {
            return Vec::new();
        }
        let court = if let ReportCommand::Request(request) = command {
            Some(&request.court)
        } else {
            self.requested().map(|inquiry| &inquiry.request.court)
        };
        court.into_iter().map(CourtCode::as_str).collect()
    }

    fn ages(&self, command: &ReportCommand) -> Vec<Known<u16>> {
        if let ReportCommand::Request(request) = command {
            vec![request.age]
        } else {
            Vec::new()
        }
    }

    fn evolve(self, event: &ReportEvent) -> Self {
        self.after(event)
    }

    fn listed(&self) -> Option<Listed> {
        let inquiry = self.requested()?;
        Some(Listed {
            person: Some(inquiry.request.person),
            kind: Some(inquiry.request.kind.clone()),
            place: Some(inquiry.request.court.to_string()),
            state: inquiry.title(),
            goes: Goes::until(!inquiry.is_in_hand()),
            since: inquiry.request.done,
            findings: inquiry.findings.len(),
        })
    }

    /// The day on which the court needs it.
    fn clocks(&self, _law: &Pack) -> Vec<Clock> {
        let in_hand = self.requested().filter(|inquiry| inquiry.is_in_hand());
        let clock = |inquiry: &Inquiry| Clock {
            safeguard: "TR-7.1",
            code: "report.due",
            nth: 1,
            due: inquiry.request.due,
            weight: Weight::Notice,
            role: Role::Probation,
        };
        in_hand.map(clock).into_iter().collect()
    }
}

crate::adapt_to_cqrs_es!(Report, ReportEvent, ReportRefusal, ReportCommand);
