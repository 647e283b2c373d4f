//! The rules of findings, each with a case that passes and one that does not.

mod closing;
mod properties;
mod standing;

use super::{
    AssignFinding, CloseFinding, Finding, FindingCommand, RaiseFinding, ReopenFinding,
    TakeUpFinding,
};
use crate::act::{self, Entry, Facts, Weight};
use crate::actor::{Actor, Role};
use crate::personal::{DataClass, PersonalText};
use crate::testing::doors;
use crate::testing::samples::{self, code, on, person};
use crate::values::{EventId, Occurred, OfficeCode, SubjectId};
use uuid::Uuid;

/// A clerk, who has an entry before them.
fn facts() -> Facts {
    facts_of(Role::Clerk)
}

fn facts_of(role: Role) -> Facts {
    Facts {
        entry: Some(entry()),
        ..doors::facts_of(role, [])
    }
}

/// The facts of somebody else in the same role.
fn facts_of_somebody(name: &str) -> Facts {
    let facts = facts();
    let actor = Actor {
        subject: somebody(name),
        ..facts.actor.clone()
    };
    Facts { actor, ..facts }
}

/// The entry before the clerk.
const ENTRY: u64 = 41;

/// What an entry carries: something critical, and something that is only noticed.
fn entry() -> Entry {
    let noticed = |code: &str, weight| act::Finding {
        code: code.to_owned(),
        safeguard: Some("PR-1".to_owned()),
        weight,
        said: "P9Y is above the maximum of P7Y".to_owned(),
    };
    Entry {
        index: ENTRY,
        event: EventId(Uuid::from_u128(900)),
        recorded: samples::instant("2026-02-03T09:00:00Z"),
        happened: code("sentence.imposed"),
        kind: code("sentence"),
        record: code("2a1b"),
        by: Some(somebody("judge-3")),
        person: Some(person(1)),
        findings: vec![
            noticed("sentence.above-maximum", Weight::Critical),
            noticed("sentence.outside-range", Weight::Notice),
        ],
    }
}

fn text() -> PersonalText {
    samples::sealed(DataClass::Supervision)
}

fn somebody(name: &str) -> SubjectId {
    SubjectId::parse(name).unwrap()
}

fn office(code: &str) -> OfficeCode {
    OfficeCode::parse(code).unwrap()
}

/// A review of detention that was due on 1 February 2026, noticed on the 10th.
fn clock() -> RaiseFinding {
    RaiseFinding {
        done: on("2026-02-10"),
        kind: code("pretrial"),
        record: code("1f0c"),
        person: Some(person(1)),
        safeguard: code("TR-6.2"),
        code: code("pretrial.review"),
        nth: 1,
        due: "2026-02-01".parse().unwrap(),
        weight: Weight::Critical,
        role: Role::Judge,
    }
}

/// A clock with something changed, at any moment.
fn raising(change: impl Fn(&mut RaiseFinding)) -> impl Fn(Occurred) -> FindingCommand {
    move |done| {
        let mut wish = clock();
        wish.done = done;
        change(&mut wish);
        FindingCommand::Raise(wish)
    }
}

fn taking_up(nth: u16) -> impl Fn(Occurred) -> FindingCommand {
    move |done| {
        FindingCommand::TakeUp(TakeUpFinding {
            done,
            entry: ENTRY,
            nth,
        })
    }
}

fn giving_to(who: &'static str, at: &'static str) -> impl Fn(Occurred) -> FindingCommand {
    move |done| {
        FindingCommand::Assign(AssignFinding {
            done,
            to: somebody(who),
            office: office(at),
        })
    }
}

fn assign(done: Occurred) -> FindingCommand {
    giving_to("judge-2", "ashby")(done)
}

/// A closing with something changed, at any moment.
fn closing(change: impl Fn(&mut CloseFinding)) -> impl Fn(Occurred) -> FindingCommand {
    move |done| {
        let mut wish = CloseFinding {
            done,
            disposition: code("done-late"),
            reasons: Some(text()),
            paper: None,
        };
        change(&mut wish);
        FindingCommand::Close(wish)
    }
}

fn close(done: Occurred) -> FindingCommand {
    closing(|_| {})(done)
}

fn reopen(done: Occurred) -> FindingCommand {
    FindingCommand::Reopen(ReopenFinding {
        done,
        reason: code("not-put-right"),
    })
}

fn raised() -> Finding {
    raised_with(|_| {})
}

fn raised_with(change: impl Fn(&mut RaiseFinding)) -> Finding {
    let wish = raising(change)(on("2026-02-10"));
    doors::after(&facts_of(Role::System), [wish])
}

/// What an entry carries, taken up on 10 February 2026.
fn taken_up(nth: u16) -> Finding {
    doors::after(&facts(), [taking_up(nth)(on("2026-02-10"))])
}

/// The finding after some more.
fn then(finding: Finding, wishes: impl IntoIterator<Item = FindingCommand>) -> Finding {
    use crate::stream::Stream;
    wishes.into_iter().fold(finding, |finding, wish| {
        let events = finding.decide(wish, &facts()).unwrap();
        events.iter().fold(finding, Stream::evolve)
    })
}
