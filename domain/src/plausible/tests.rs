use super::{PlausibleRefusal, look};
use crate::act::{Finding, Objection};
use crate::actor::Role;
use crate::facility::Facility;
use crate::sentence::{Sentence, SentenceEvent};
use crate::stream::{FromJson, Stream, StreamEvent};
use crate::testing::doors;
use crate::testing::samples::{decision, fine, person};
use crate::values::Known;

fn imposed(pronounced: &str) -> SentenceEvent {
    SentenceEvent::Imposed {
        person: person(1),
        pronounced: pronounced.parse().unwrap(),
        door: crate::act::Door::Existing,
        decision: decision([fine(1, 10_000)]).into(),
        comparison: Known::NotRecorded,
        findings: Vec::new(),
    }
}

fn looked(pronounced: &str) -> Vec<Finding> {
    let facts = doors::facts_of(Role::Judge, []);
    look::<Sentence>(&[], &[imposed(pronounced)], &facts)
}

fn said(refused: PlausibleRefusal) -> Vec<Finding> {
    vec![Objection::notice(refused).finding()]
}

/// PL-1
#[test]
fn a_date_longer_ago_than_anybody_lived_is_noticed() {
    let passes = |pronounced: &str| assert_eq!(looked(pronounced), Vec::new());
    passes("2026-03-05");
    passes("1903-03-06");
    passes("1903");
    for long_ago in ["1903-03-05", "1024-05-03", "1902"] {
        let done = long_ago.parse().unwrap();
        let refusal = PlausibleRefusal::LongAgo { done };
        assert_eq!(looked(long_ago), said(refusal), "{long_ago}");
    }
    // A house may be older than anybody.
    let facts = doors::facts_of(Role::Prison, []);
    let opened = r#"{"opened": {"told": {"facility": "ashby-remand", "opened": "1850", "kind": "remand", "holds": []}, "door": "existing"}}"#;
    let opened = <Facility as Stream>::Event::from_json(opened).unwrap();
    assert!(opened.occurred().is_some());
    assert_eq!(look::<Facility>(&[], &[opened], &facts), Vec::new());
}

/// PL-1
#[test]
fn an_age_that_nobody_reached_is_noticed() {
    let facts = doors::facts_of(Role::Judge, []);
    let aged = |age| look::<Sentence>(&[age], &[], &facts);
    let passes = |age| assert_eq!(aged(age), Vec::new());
    passes(Known::Value(122));
    passes(Known::Declined);
    for age in [123, 200] {
        let refusal = PlausibleRefusal::TooOld { age };
        assert_eq!(aged(Known::Value(age)), said(refusal));
    }
}

/// The ages that a stream's command tells.
#[track_caller]
fn tells<S: Stream>(command: &str, ages: &[u16]) {
    let person = person(1).to_string();
    let wish = S::Command::from_json(&command.replace("PERSON", &person));
    let wish = wish.unwrap_or_else(|e| panic!("{command}: {e}"));
    let told: Vec<Known<u16>> = S::default().ages(&wish);
    let told: Vec<u16> = told.iter().filter_map(|age| age.value().copied()).collect();
    assert_eq!(told, ages, "{command}");
}

#[test]
fn the_ages_of_a_command_are_those_it_tells() {
    tells::<crate::pretrial::Pretrial>(
        r#"{"open": {"person": "PERSON", "done": "2026-01-07", "court": "ashby", "offences": ["M102"], "age_at_offence": {"value": 200}}}"#,
        &[200],
    );
    tells::<crate::custody::Custody>(
        r#"{"admit": {"person": "PERSON", "admitted": "2026-02-03", "facility": "ashby-remand", "commitment": {"basis": {"other": {"provision": "mpa-5"}}}, "reception": {"age": {"value": 200}, "each_child": [{"age": {"value": 150}}]}}}"#,
        &[200, 150],
    );
    tells::<crate::diversion::Diversion>(
        r#"{"discharge": {"person": "PERSON", "decided": "2026-02-03", "by": "prosecution", "offences": ["M102"], "kind": "discharge", "age_at_offence": {"value": 200}}}"#,
        &[200],
    );
    tells::<crate::report::Report>(
        r#"{"request": {"person": "PERSON", "done": "2026-02-03", "court": "ashby", "kind": "pre-sentence", "due": "2026-03-03", "age": {"value": 200}}}"#,
        &[200],
    );
    tells::<crate::restorative::Restorative>(
        r#"{"refer": {"person": "PERSON", "done": "2026-02-03", "office": "ashby-probation", "kind": "mediation", "age": {"value": 20}, "victim_age": {"value": 200}}}"#,
        &[20, 200],
    );
}
