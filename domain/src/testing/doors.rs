//! Both doors of an act: what is refused live, and what is noticed of what had happened already.

use std::collections::BTreeSet;

use crate::act::{Door, Facts, Finding, Objection, Reference, Refusal, through};
use crate::actor::Role;
use crate::invariants::said_by;
use crate::stream::{Stream, StreamEvent};
use crate::values::Occurred;

use super::samples;

/// The facts of [`samples::NOW`], as somebody in a role has them, with some things found.
pub(crate) fn facts_of(role: Role, found: impl IntoIterator<Item = Reference>) -> Facts {
    let entered = samples::instant(samples::NOW);
    Facts {
        found: BTreeSet::from_iter(found),
        ..Facts::at(entered, samples::actor(role), samples::midland())
    }
}

/// The facts of an act about somebody who was born on a day, which the register keeps sealed.
pub(crate) fn born(day: &str, facts: Facts) -> Facts {
    let born = day.parse::<crate::values::Day>().unwrap().into();
    Facts {
        born: Some(born),
        ..facts
    }
}

/// Done ten minutes before it is entered: through the live door.
pub(crate) fn just_now() -> Occurred {
    let now = samples::instant(samples::NOW).micros();
    Occurred::At(crate::values::Instant::from_micros(
        now.saturating_sub(600_000_000),
    ))
}

/// Done on the day on which it is entered, at an hour that is not said: through the live door.
pub(crate) fn today() -> Occurred {
    Occurred::On(facts_of(Role::Judge, []).today.into())
}

/// Done five minutes before it is entered: what was done [`just_now`] lies before it.
pub(crate) fn after_just_now() -> Occurred {
    let now = samples::instant(samples::NOW).micros();
    Occurred::At(crate::values::Instant::from_micros(
        now.saturating_sub(300_000_000),
    ))
}

/// Done two weeks before it is entered: through the door of existing facts.
pub(crate) fn long_ago() -> Occurred {
    let facts = facts_of(Role::Judge, []);
    Occurred::On(facts.today.minus_days(14).into())
}

/// A stream after commands that all have to pass.
#[track_caller]
pub(crate) fn after<S: Stream>(facts: &Facts, commands: impl IntoIterator<Item = S::Command>) -> S {
    commands.into_iter().fold(S::default(), |state, wish| {
        let events = state
            .decide(wish, facts)
            .unwrap_or_else(|no| panic!("{no}"));
        events.iter().fold(state, S::evolve)
    })
}

/// What was noticed of an act that has to pass.
#[track_caller]
pub(crate) fn noticed<S: Stream>(state: &S, wish: S::Command, facts: &Facts) -> Vec<Finding> {
    let events = state
        .decide(wish, facts)
        .unwrap_or_else(|no| panic!("{no}"));
    events.iter().flat_map(|e| e.findings().to_vec()).collect()
}

/// Passes, and nothing is noticed.
#[track_caller]
pub(crate) fn passes<S: Stream>(state: &S, wish: S::Command, facts: &Facts) {
    assert_eq!(noticed(state, wish, facts), Vec::new());
}

/// Refused for exactly this, under a rule that is known.
#[track_caller]
pub(crate) fn refused<S: Stream>(
    state: &S,
    wish: S::Command,
    facts: &Facts,
    expected: &S::Refusal,
) {
    assert_eq!(state.decide(wish, facts).as_ref(), Err(expected));
    assert!(
        said_by(expected.rule()).is_some(),
        "{} is no rule",
        expected.rule()
    );
}

/// A rule of the record, which has no second door.
#[track_caller]
pub(crate) fn refused_at_every_door<S: Stream>(
    state: &S,
    wish: impl Fn(Occurred) -> S::Command,
    facts: &Facts,
    expected: &S::Refusal,
) {
    refused(state, wish(just_now()), facts, expected);
    refused(state, wish(long_ago()), facts, expected);
}

/// A rule of substance: refused live, which leaving out the hour does not escape; an existing fact gets exactly this
/// finding.
#[track_caller]
pub(crate) fn refused_live_and_noticed<S: Stream>(
    state: &S,
    wish: impl Fn(Occurred) -> S::Command,
    facts: &Facts,
    objection: Objection<S::Refusal>,
) {
    refused(state, wish(just_now()), facts, &objection.refusal);
    let unhoured = state.decide(wish(today()), facts);
    assert!(unhoured.is_err(), "it passes dated today without its hour");
    assert_eq!(noticed(state, wish(long_ago()), facts), said(objection));
}

/// A matter that is only noticed, at both doors.
#[track_caller]
pub(crate) fn noticed_at_every_door<S: Stream>(
    state: &S,
    wish: impl Fn(Occurred) -> S::Command,
    facts: &Facts,
    objection: Objection<S::Refusal>,
) {
    let expected = said(objection);
    assert_eq!(noticed(state, wish(just_now()), facts), expected);
    assert_eq!(noticed(state, wish(long_ago()), facts), expected);
}

/// An existing fact that is recorded whatever stands against it: this is among what is noticed.
#[track_caller]
pub(crate) fn told_with<S: Stream>(
    state: &S,
    wish: S::Command,
    facts: &Facts,
    refusal: S::Refusal,
) {
    let found = noticed(state, wish, facts);
    for expected in said(Objection::hard(refusal)) {
        assert!(found.contains(&expected), "{found:?}");
    }
}

fn said<R: Refusal>(objection: Objection<R>) -> Vec<Finding> {
    through(Door::Existing, vec![objection]).unwrap()
}
