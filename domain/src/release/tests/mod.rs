//! The rules of release, each with a case that passes and one that does not.

mod course;
mod dates;
mod decision;

use super::{
    Condition, ConsiderRelease, DeferRelease, EffectRelease, EndRelease, GrantRelease,
    RecordEligibility, RecordReleaseByLaw, RecordReturn, RefuseRelease, Release, ReleaseCommand,
    ReleaseEnd,
};
use crate::act::{Facts, Reference};
use crate::actor::Role;
use crate::personal::{DataClass, PersonalText};
use crate::testing::doors;
use crate::testing::samples::{self, code, on, person, sentence_id};
use crate::values::{Day, Known, Occurred, OfficeCode, Provided, Readiness, Return, Told};

fn facts() -> Facts {
    facts_of(Role::Judge)
}

fn facts_of(role: Role) -> Facts {
    let found = [
        Reference::Person(person(1)),
        Reference::Sentence(sentence_id(7)),
    ];
    doors::facts_of(role, found)
}

fn text() -> PersonalText {
    samples::sealed(DataClass::Judgment)
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// Possible from 10 February 2026, worked out in January.
fn eligibility(kind: &str) -> RecordEligibility {
    RecordEligibility {
        person: person(1),
        sentence: sentence_id(7),
        kind: code(kind),
        eligible_on: day("2026-02-10"),
        done: on("2026-01-05"),
    }
}

fn eligible(kind: &str) -> ReleaseCommand {
    ReleaseCommand::RecordEligibility(eligibility(kind))
}

fn consider(done: Occurred) -> ReleaseCommand {
    ReleaseCommand::Consider(ConsiderRelease { done })
}

fn condition(kind: &str) -> Condition {
    Condition {
        condition: code(kind),
        until: Some(day("2026-12-31")),
        terms: Some(text()),
    }
}

/// A grant with something changed, at any moment.
fn granting(change: impl Fn(&mut GrantRelease)) -> impl Fn(Occurred) -> ReleaseCommand {
    move |decided| {
        let mut wish = GrantRelease {
            decided,
            basis: code("rel-5"),
            conditions: vec![condition("contact"), condition("residence")],
            expires: None,
            supervision: Some(OfficeCode::parse("ashby-probation").unwrap()),
            reasons: Some(text()),
        };
        change(&mut wish);
        ReleaseCommand::Grant(wish)
    }
}

fn grant(decided: Occurred) -> ReleaseCommand {
    granting(|_| {})(decided)
}

/// A refusal with something changed, at any moment.
fn refusing(change: impl Fn(&mut RefuseRelease)) -> impl Fn(Occurred) -> ReleaseCommand {
    move |decided| {
        let mut wish = RefuseRelease {
            decided,
            criterion: code("no-plan"),
            reasons: Some(text()),
            review_told: Known::Value(Told::Yes),
            circumstances: std::collections::BTreeMap::new(),
            caretaking: None,
            next_consideration: day("2026-06-01"),
        };
        change(&mut wish);
        ReleaseCommand::Refuse(wish)
    }
}

fn refuse(decided: Occurred) -> ReleaseCommand {
    refusing(|_| {})(decided)
}

fn defer(until: &'static str) -> impl Fn(Occurred) -> ReleaseCommand {
    move |decided| {
        ReleaseCommand::Defer(DeferRelease {
            decided,
            reason: code("report-awaited"),
            until: day(until),
        })
    }
}

fn ready() -> Readiness {
    Readiness {
        housing: Known::Value(Provided::Yes),
        health: Known::Value(Provided::NotNeeded),
        documents: Known::Value(Provided::Yes),
    }
}

fn effect(done: Occurred) -> ReleaseCommand {
    let ready = ready();
    ReleaseCommand::Effect(EffectRelease { done, ready })
}

fn come_back(done: Occurred) -> ReleaseCommand {
    let how = Return::InTime;
    ReleaseCommand::RecordReturn(RecordReturn { done, how })
}

fn end(done: Occurred) -> ReleaseCommand {
    let how = ReleaseEnd::Served;
    ReleaseCommand::End(EndRelease { done, how })
}

/// A release by law with something changed, at any moment.
fn by_law(change: impl Fn(&mut RecordReleaseByLaw)) -> impl Fn(Occurred) -> ReleaseCommand {
    move |done| {
        let mut wish = RecordReleaseByLaw {
            person: person(1),
            sentence: sentence_id(7),
            kind: code("amnesty"),
            basis: code("amnesty-2026"),
            done,
        };
        change(&mut wish);
        ReleaseCommand::RecordReleaseByLaw(wish)
    }
}

/// Parole that is possible since 10 February 2026, after some more.
fn after(commands: impl IntoIterator<Item = ReleaseCommand>) -> Release {
    after_eligible("parole", commands)
}

fn after_eligible(kind: &str, commands: impl IntoIterator<Item = ReleaseCommand>) -> Release {
    let first = [eligible(kind)];
    doors::after(&facts(), first.into_iter().chain(commands))
}

/// A release for a while, granted until 20 February 2026.
fn furlough() -> ReleaseCommand {
    granting(|wish| wish.expires = Some(day("2026-02-20")))(on("2026-02-11"))
}
