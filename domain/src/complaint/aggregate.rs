//! A complaint as a stream, and as a cqrs-es aggregate.

use super::command::{About, ComplaintCommand};
use super::decide;
use super::event::ComplaintEvent;
use super::refusal::ComplaintRefusal;
use super::state::{Complaint, Matter, Standing};
use crate::act::{Facts, Reference, Weight};
use crate::actor::Role;
use crate::childhood::Childhood;
use crate::jurisdiction::Pack;
use crate::stream::{Clock, Goes, Listed, Stream};
use crate::values::{OfficeCode, SubjectId};

impl Stream for Complaint {
    const TYPE: &'static str = "complaint";
    type Command = ComplaintCommand;
    type Event = ComplaintEvent;
    type Refusal = ComplaintRefusal;

    fn refers(&self, command: &ComplaintCommand) -> Vec<Reference> {
        match command {
            ComplaintCommand::Submit(submit) => vec![Reference::Person(submit.person)],
            ComplaintCommand::SubmitWithoutPerson(_)
            | ComplaintCommand::Assign(_)
            | ComplaintCommand::Answer(_)
            | ComplaintCommand::Escalate(_)
            | ComplaintCommand::Resolve(_)
            | ComplaintCommand::Reopen(_)
            | ComplaintCommand::Withdraw(_) => Vec::new(),
        }
    }

    fn decide(
        &self,
        command: ComplaintCommand,
        facts: &Facts,
    ) -> Result<Vec<ComplaintEvent>, ComplaintRefusal> {
        decide::decide(self, command, facts)
    }

    fn childhood(&self, _law: &Pack) -> Childhood {
        match self.submitted().map(|matter| &matter.about) {
            Some(About::Record(record)) => Childhood::of(record.kind.as_str(), &record.id),
            Some(About::Facility(_) | About::Office(_) | About::Court(_) | About::Other) | None => {
                Childhood::Untold
            }
        }
    }

    /// Whoever is complained about reads nothing of it, unless the rules say so (Nelson Mandela Rules 57(2)).
    fn kept_from(&self, law: &Pack) -> Option<&SubjectId> {
        let subject = self.submitted()?.subject_of.as_ref();
        subject.filter(|_| !law.complaint.subject_reads)
    }

    /// Whoever is to answer a complaint answers and settles it, and hands it on. Handing in, going further and withdrawing are
    /// whoever complains free to do anywhere.
    fn offices<'a>(&'a self, command: &'a ComplaintCommand, facts: &Facts) -> Vec<&'a str> {
        let named = match command {
            ComplaintCommand::Assign(wish) => Some(&wish.office),
            ComplaintCommand::Answer(_) | ComplaintCommand::Resolve(_) => None,
            ComplaintCommand::Submit(_)
            | ComplaintCommand::SubmitWithoutPerson(_)
            | ComplaintCommand::Escalate(_)
            | ComplaintCommand::Reopen(_)
            | ComplaintCommand::Withdraw(_) => return Vec::new(),
        };
        let has = self.submitted().and_then(Matter::answers);
        if has.is_none() || matches!(facts.actor.role, Role::System | Role::Administrator) {
            return Vec::new();
        }
        has.into_iter()
            .chain(named)
            .map(OfficeCode::as_str)
            .collect()
    }

    fn evolve(self, event: &ComplaintEvent) -> Self {
        self.after(event)
    }

    fn listed(&self) -> Option<Listed> {
        let matter = self.submitted()?;
        let goes = match matter.standing {
            Standing::Open | Standing::Answered => Goes::On,
            Standing::Resolved | Standing::Withdrawn => Goes::Over,
        };
        Some(Listed {
            person: matter.person,
            kind: Some(matter.kind.clone()),
            place: matter.answers().map(ToString::to_string),
            state: matter.title(),
            goes,
            since: matter.submitted,
            findings: matter.findings.len(),
        })
    }

    /// The answer, sooner where it is urgent; and, some days after it, the step to a higher level. What the level below would
    /// answer about itself waits with the oversight body.
    fn clocks(&self, law: &Pack) -> Vec<Clock> {
        let Some(matter) = self
            .submitted()
            .filter(|matter| matter.standing == Standing::Open)
        else {
            return Vec::new();
        };
        let rules = &law.complaint;
        // What is told of before the submission lets nobody wait before it.
        let (awaited, submitted) = (law.date(matter.awaited), law.date(matter.submitted));
        let awaited = if awaited.is_before(submitted) {
            submitted
        } else {
            awaited
        };
        let weight = if rules.urgent.contains(&matter.kind) {
            Weight::Critical
        } else {
            Weight::Notice
        };
        let days = rules.answer_within(&matter.kind);
        let Some((awaited, days)) = awaited.latest().zip(days) else {
            return Vec::new();
        };
        let clock = |code, due, weight, role| Clock {
            safeguard: "MR-57",
            code,
            nth: matter.rounds,
            due,
            weight,
            role,
        };
        let due = awaited.plus_days(days);
        let role = if matter.is_for_a_higher_level() {
            Role::Oversight
        } else {
            Role::Clerk
        };
        let answer = clock("complaint.answer", due, weight, role);
        let escalation = rules.escalation_days.map(|more| {
            let due = due.plus_days(more);
            clock(
                "complaint.escalation",
                due,
                Weight::Critical,
                Role::Oversight,
            )
        });
        [answer].into_iter().chain(escalation).collect()
    }
}

crate::adapt_to_cqrs_es!(
    Complaint,
    ComplaintEvent,
    ComplaintRefusal,
    ComplaintCommand
);
