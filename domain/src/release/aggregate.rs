//! A release as a stream, and as a cqrs-es aggregate.

use super::command::ReleaseCommand;
use super::decide;
use super::event::ReleaseEvent;
use super::refusal::ReleaseRefusal;
use super::state::{Course, Release, Standing};
use crate::act::{Facts, PersonAsked, Reference, Weight};
use crate::actor::Role;
use crate::childhood::Childhood;
use crate::jurisdiction::Pack;
use crate::stream::{Clock, Goes, Listed, Stream};
use crate::values::{CivilDate, Code, Day, Occurred, OfficeCode, SentenceId};

impl Stream for Release {
    const TYPE: &'static str = "release";
    type Command = ReleaseCommand;
    type Event = ReleaseEvent;
    type Refusal = ReleaseRefusal;

    fn refers(&self, command: &ReleaseCommand) -> Vec<Reference> {
        match command {
            ReleaseCommand::RecordEligibility(wish) => vec![
                Reference::Person(wish.person),
                Reference::Sentence(wish.sentence),
            ],
            ReleaseCommand::RecordReleaseByLaw(wish) => vec![
                Reference::Person(wish.person),
                Reference::Sentence(wish.sentence),
            ],
            ReleaseCommand::CorrectEligibility(_)
            | ReleaseCommand::Consider(_)
            | ReleaseCommand::Grant(_)
            | ReleaseCommand::Refuse(_)
            | ReleaseCommand::Defer(_)
            | ReleaseCommand::Effect(_)
            | ReleaseCommand::RecordReturn(_)
            | ReleaseCommand::End(_) => Vec::new(),
        }
    }

    fn asks_of_release(&self, command: &ReleaseCommand) -> Option<(SentenceId, Code)> {
        match command {
            ReleaseCommand::RecordEligibility(wish) => Some((wish.sentence, wish.kind.clone())),
            ReleaseCommand::CorrectEligibility(_) => {
                let course = self.recorded()?;
                Some((course.sentence, course.kind.clone()))
            }
            ReleaseCommand::Consider(_)
            | ReleaseCommand::Grant(_)
            | ReleaseCommand::Refuse(_)
            | ReleaseCommand::Defer(_)
            | ReleaseCommand::Effect(_)
            | ReleaseCommand::RecordReturn(_)
            | ReleaseCommand::End(_)
            | ReleaseCommand::RecordReleaseByLaw(_) => None,
        }
    }

    fn decide(
        &self,
        command: ReleaseCommand,
        facts: &Facts,
    ) -> Result<Vec<ReleaseEvent>, ReleaseRefusal> {
        decide::decide(self, command, facts)
    }

    fn childhood(&self, _law: &Pack) -> Childhood {
        self.recorded().map_or(Childhood::Untold, |course| {
            Childhood::of("sentence", course.sentence)
        })
    }

    /// Once it is granted, the office that supervises it has it in hand among the probation offices; who considers and
    /// decides is not of one office.
    fn offices<'a>(&'a self, _command: &'a ReleaseCommand, facts: &Facts) -> Vec<&'a str> {
        if facts.actor.role != Role::Probation {
            return Vec::new();
        }
        let granted = self.recorded().and_then(|course| course.granted.as_ref());
        let office = granted.and_then(|granted| granted.supervision.as_ref());
        office.into_iter().map(OfficeCode::as_str).collect()
    }

    fn asks_of_person(&self, _command: &ReleaseCommand) -> Option<PersonAsked> {
        Some(PersonAsked::Now)
    }

    fn evolve(self, event: &ReleaseEvent) -> Self {
        self.after(event)
    }

    fn listed(&self) -> Option<Listed> {
        let course = self.recorded()?;
        let goes = match course.standing {
            Standing::Eligible
            | Standing::Considered
            | Standing::Deferred
            | Standing::Refused
            | Standing::Granted
            | Standing::Out => Goes::On,
            Standing::Back | Standing::Ended => Goes::Over,
        };
        let granted = course.granted.as_ref();
        let office = granted.and_then(|granted| granted.supervision.as_ref());
        Some(Listed {
            person: Some(course.person),
            kind: Some(course.kind.clone()),
            place: office.map(ToString::to_string),
            state: course.standing.title(),
            goes,
            since: course.began,
            findings: course.findings.len(),
        })
    }

    /// What waits: to be considered, decided, carried out, and, after a release for a while, the return.
    fn clocks(&self, law: &Pack) -> Vec<Clock> {
        let Some(course) = self.recorded() else {
            return Vec::new();
        };
        let rules = &law.release;
        let critical = |safeguard, code, due: Option<Day>, role| {
            due.map(|due| waiting(course, safeguard, code, due, (Weight::Critical, role)))
        };
        let notice = |code, due: Option<Day>| {
            let to_decide = (Weight::Notice, Role::ReleaseAuthority);
            due.map(|due| waiting(course, "TR-9.4", code, due, to_decide))
        };
        let within = |days: Option<u32>| {
            let last = latest(course.last, law);
            last.zip(days).map(|(last, days)| last.plus_days(days))
        };
        let possible = course.eligible_on;
        let clock = match course.standing {
            Standing::Eligible if rules.by_law.contains(&course.kind) => {
                critical("TR-11.1", "release.by-law", possible, Role::Prison)
            }
            Standing::Eligible => notice("release.consideration", possible),
            Standing::Deferred | Standing::Refused => {
                notice("release.next-consideration", course.again_by)
            }
            Standing::Considered => notice("release.decision", within(rules.decision_days)),
            // Whoever was granted liberty is held beyond what the decision takes away.
            Standing::Granted => {
                let due = within(rules.effect_days).max(possible);
                critical("TR-3.10", "release.effect", due, Role::Prison)
            }
            Standing::Out => {
                let due = course.back_by();
                critical("TR-11.1", "release.return", due, Role::Probation)
            }
            Standing::Back | Standing::Ended => None,
        };
        clock.into_iter().collect()
    }
}

fn waiting(
    course: &Course,
    safeguard: &'static str,
    code: &'static str,
    due: Day,
    (weight, role): (Weight, Role),
) -> Clock {
    Clock {
        safeguard,
        code,
        nth: course.rounds.saturating_add(1),
        due,
        weight,
        role,
    }
}

/// The last day that a moment or a date can be.
fn latest(done: Occurred, law: &Pack) -> Option<Day> {
    match done {
        Occurred::At(moment) => Some(law.day(moment)),
        Occurred::On(date) => CivilDate::latest(date),
    }
}

crate::adapt_to_cqrs_es!(Release, ReleaseEvent, ReleaseRefusal, ReleaseCommand);
