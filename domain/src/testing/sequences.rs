//! Random sequences of commands in every stream, and what no sequence ever breaks.

use std::collections::BTreeSet;
use std::fmt::Debug;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::chances::{Chances, Making};
use super::{samples, stored};
use crate::act::{About, Entry, Facts, Finding, Refusal, Weight};
use crate::actor::Role;
use crate::for_every_stream;
use crate::invariants::said_by;
use crate::person::Sex;
use crate::personal::Seal;
use crate::stream::{Goes, Stream, StreamEvent};
use crate::values::{Day, EventId, Instant, Known};

/// How many sequences are tried, over all streams.
#[expect(
    clippy::disallowed_methods,
    reason = "whoever wants to try more of them says so by this variable"
)]
fn sequences() -> u32 {
    let wished = std::env::var("ASSIZE_SEQUENCES").ok();
    wished.and_then(|many| many.parse().ok()).unwrap_or(1_000)
}

/// A stream as it has come about.
struct Course<S: Stream> {
    state: S,
    history: Vec<S::Event>,
    proposed: Option<Instant>,
}

/// What a sequence has shown: the events that came about and the refusals that stood in the way.
#[derive(Default)]
struct Shown {
    events: BTreeSet<&'static str>,
    refused: BTreeSet<&'static str>,
}

const ROLES: [Role; 8] = [
    Role::Judge,
    Role::Judge,
    Role::Clerk,
    Role::Probation,
    Role::Prison,
    Role::Prosecutor,
    Role::ReleaseAuthority,
    Role::System,
];

/// The facts on which a command is decided, by chance.
fn facts<S: Stream>(
    course: &Course<S>,
    command: &S::Command,
    now: Instant,
    chances: &mut Chances<'_>,
) -> Facts {
    let role = ROLES[chances.below(ROLES.len())];
    let mut facts = Facts::at(now, samples::actor(role), samples::midland());
    facts.version = u64::try_from(course.history.len()).unwrap_or_default();
    facts.proposed = course.proposed;
    let refers = course.state.refers(command).into_iter();
    facts.found = refers.filter(|_| chances.happens(85)).collect();
    facts.about = About {
        sex: [Known::NotRecorded, Known::Value(Sex::Female)][chances.below(2)],
        dependent_children: [Known::NotAsked, Known::Value(1)][chances.below(2)],
        ..About::default()
    };
    if course.state.asks_of_birth(command) {
        let day = ["1990-02-28", "2009-06-01", "2015-01-01"];
        let born = chances.happens(15).then(|| chances.pick(&day));
        facts.born = born.map(|day| day.parse::<Day>().unwrap().into());
    }
    if let Some((index, nth)) = course.state.asks_of_entry(command) {
        facts.entry = chances.happens(85).then(|| entry(index, nth, now));
    }
    facts.cases = [None, Some(3), Some(500)][chances.below(3)];
    facts.taking_part = [None, Some(0), Some(500)][chances.below(3)];
    if course.state.asks_of_place(command).is_some() {
        let meant: [&[&str]; 4] = [&["convicted", "men"], &["untried"], &["children"], &[]];
        let meant = meant[chances.below(4)].iter();
        let meant = meant.map(|group| samples::code(group)).collect();
        facts.meant_for = chances.happens(70).then_some(meant);
    }
    facts
}

/// An entry with a finding at each place up to the one that is asked for.
fn entry(index: u64, nth: u16, now: Instant) -> Entry {
    let finding = Finding {
        code: "sentence.above-maximum".to_owned(),
        safeguard: Some("PR-1".to_owned()),
        weight: Weight::Critical,
        said: "component 1 is above".to_owned(),
    };
    Entry {
        index,
        event: EventId(uuid::Uuid::from_u128(9)),
        recorded: now,
        happened: samples::code("sentence.imposed"),
        kind: samples::code("sentence"),
        record: samples::code("00000000-0000-0000-0000-000000000001"),
        by: None,
        person: Some(samples::person(1)),
        findings: vec![finding; usize::from(nth).saturating_add(1).min(4)],
    }
}

/// Runs one sequence.
fn run<S>(schema: &Value, numbers: &[u16], shown: &mut Shown) -> Result<(), TestCaseError>
where
    S: Stream + PartialEq + Debug + Serialize,
    S::Command: DeserializeOwned + Clone + Seal,
{
    let mut chances = Chances::of(numbers);
    let mut now = samples::instant("2026-01-05T09:00:00Z");
    let mut course = Course::<S> {
        state: S::default(),
        history: Vec::new(),
        proposed: None,
    };
    while chances.are_left() {
        let command = Making {
            schema,
            stream: S::TYPE,
            version: u64::try_from(course.history.len()).unwrap_or_default(),
            now,
            chances: &mut chances,
        }
        .command();
        if let Ok(mut command) = serde_json::from_value::<S::Command>(command) {
            // Whatever is told is sealed before it is decided.
            match command.seal(&mut stored::Sealing) {
                Ok(()) => {}
                Err(never) => match never {},
            }
            let facts = facts(&course, &command, now, &mut chances);
            course = step(course, command, &facts, shown)?;
        }
        let hours = i64::try_from(chances.below(24 * 20)).unwrap_or_default();
        now = Instant::from_micros(
            now.micros()
                .saturating_add(hours.saturating_mul(3_600_000_000)),
        );
    }
    Ok(())
}

/// Decides one command, and checks what never may be otherwise.
fn step<S>(
    course: Course<S>,
    command: S::Command,
    facts: &Facts,
    shown: &mut Shown,
) -> Result<Course<S>, TestCaseError>
where
    S: Stream + PartialEq + Debug + Serialize,
{
    let events = match course.state.decide(command, facts) {
        Ok(events) => events,
        Err(refusal) => {
            shown.refused.insert(refusal.code());
            prop_assert!(
                said_by(refusal.rule()).is_some(),
                "{} is no rule",
                refusal.rule()
            );
            prop_assert!(!refusal.to_string().is_empty());
            return Ok(course);
        }
    };
    prop_assert!(!events.is_empty(), "accepted, and nothing happened");
    let mut next = course;
    for event in events {
        checked(&event, facts)?;
        shown.events.insert(event.name());
        let was_over = is_over(&next.state);
        next.state = next.state.evolve(&event);
        let reopened = event.name().ends_with("reopened");
        prop_assert!(
            !was_over || reopened || is_over(&next.state),
            "{} opened what was closed",
            event.name()
        );
        if event.name().ends_with(".proposed") {
            next.proposed = Some(facts.entered);
        }
        next.history.push(event);
    }
    whole(&next, facts)?;
    Ok(next)
}

/// An event is stored and read unchanged, lies not in the future and rests on known rules.
fn checked<E: StreamEvent>(event: &E, facts: &Facts) -> Result<(), TestCaseError> {
    stored::unchanged(event)?;
    let payload = serde_json::to_value(event).map_err(|e| TestCaseError::fail(e.to_string()))?;
    prop_assert!(!holds_a_negative(&payload), "{payload}");
    // Rules may be adopted on the day that has begun somewhere; a complaint is taken whatever it says.
    let taken = [
        "policy.adopted",
        "policy.superseded",
        "complaint.submitted",
        "complaint.submitted_without_person",
    ];
    let done = event.occurred().filter(|_| !taken.contains(&event.name()));
    if let Some(done) = done {
        prop_assert!(
            !facts.is_future(done),
            "{} of the future: {done}",
            event.name()
        );
    }
    for finding in event.findings() {
        let rule = finding.safeguard.as_deref().unwrap_or_default();
        prop_assert!(said_by(rule).is_some(), "{rule} is no rule");
    }
    Ok(())
}

/// The state is that of its history, reads without a negative number, and no clock runs out before the first day that it tells.
fn whole<S>(course: &Course<S>, facts: &Facts) -> Result<(), TestCaseError>
where
    S: Stream + PartialEq + Debug + Serialize,
{
    let replayed = course.history.iter().fold(S::default(), S::evolve);
    prop_assert_eq!(&replayed, &course.state);
    let read = serde_json::to_value(&course.state);
    prop_assert!(!read.is_ok_and(|read| holds_a_negative(&read)));
    // Whatever is left out of a history, it still reads.
    for left_out in 0..course.history.len() {
        let others = course
            .history
            .iter()
            .zip(0..)
            .filter(|(_, at)| *at != left_out);
        let _read = others.map(|(event, _)| event).fold(S::default(), S::evolve);
    }
    let Some(listed) = course.state.listed() else {
        return Ok(());
    };
    // A past decision that is told late may lie before the beginning that was told first.
    let told = course.history.iter().filter_map(StreamEvent::occurred);
    let told = told.chain([listed.since]);
    let since = told.filter_map(|done| facts.date(done).earliest()).min();
    for clock in course.state.clocks(&facts.law) {
        // A clock is noticed on the day after it was due.
        let first = since.map(|since| since.minus_days(1));
        prop_assert!(
            first.is_none_or(|first| clock.due >= first),
            "{clock:?} before {since:?}"
        );
        prop_assert!(said_by(clock.safeguard).is_some(), "{clock:?}");
    }
    Ok(())
}

fn is_over<S: Stream>(state: &S) -> bool {
    state
        .listed()
        .is_some_and(|listed| listed.goes == Goes::Over)
}

fn holds_a_negative(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.as_i64().is_some_and(|number| number < 0),
        Value::Array(items) => items.iter().any(holds_a_negative),
        Value::Object(fields) => fields.values().any(holds_a_negative),
        Value::Null | Value::Bool(_) | Value::String(_) => false,
    }
}

/// Tries a stream's share of the sequences; what they have shown.
fn tried<S>() -> Shown
where
    S: Stream + PartialEq + Debug + Serialize,
    S::Command: DeserializeOwned + Clone + Seal + JsonSchema,
{
    let schema = schemars::schema_for!(S::Command).to_value();
    let config = Config {
        cases: sequences().div_ceil(17),
        failure_persistence: None,
        ..Config::default()
    };
    let shown = std::cell::RefCell::new(Shown::default());
    let result = TestRunner::new(config).run(&vec(any::<u16>(), 0..1_500), |numbers| {
        run::<S>(&schema, &numbers, &mut shown.borrow_mut())
    });
    if let Err(broken) = result {
        panic!("{}: {broken}", S::TYPE);
    }
    shown.into_inner()
}

macro_rules! of_every_stream {
    ($($stream:ident $module:ident $event:ident,)*) => {$(
        mod $module {
            #[test]
            fn no_sequence_of_commands_breaks_what_holds_of_every_stream() {
                let shown = super::tried::<crate::$module::$stream>();
                super::enough::<crate::$module::$event>(&shown);
            }
        }
    )*};
}

for_every_stream!(of_every_stream);

/// The sequences reach most of what can happen: else they would show nothing.
fn enough<E: StreamEvent>(shown: &Shown) {
    let all = E::names();
    let never: Vec<&&str> = all
        .iter()
        .filter(|name| !shown.events.contains(*name))
        .collect();
    let (seen, of) = (shown.events.len(), all.len());
    assert!(
        seen.saturating_mul(3) >= of,
        "{seen} of {of} events came about, never {never:?}"
    );
    assert!(!shown.refused.is_empty(), "nothing was refused");
}
