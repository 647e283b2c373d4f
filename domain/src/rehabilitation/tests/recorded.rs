//! A decision of the register as a conviction.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::england;
use crate::act::Door;
use crate::rehabilitation::{OfDecision, Spent, spent};
use crate::sentence::{Component, Count, Decision, Imposed, Sanction, Standing};
use crate::serving::Decided;
use crate::testing::samples::{
    after, component, count, custody, decision_on, fine, length, on, person, sentence_id,
};
use crate::values::{Day, Known};

const EACH: Option<&str> =
    Some("of full age on the day of each decision of which no age is recorded");
const NONE: Option<&str> = Some("of full age on none of those days");

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// A decision of 10 January 2024.
fn imposed(counts: impl IntoIterator<Item = Count>) -> Imposed {
    let decision: Decision = decision_on(counts);
    Imposed {
        person: person(1),
        pronounced: on("2024-01-10"),
        door: Door::Existing,
        remand_days: decision.remand_days,
        decision: decision.into(),
        standing: Standing::InForce,
        appeal: None,
        remand_known: BTreeMap::new(),
        in_custody: BTreeMap::new(),
        activated: BTreeMap::new(),
        findings: Vec::new(),
    }
}

fn theft(components: impl IntoIterator<Item = Component>) -> Imposed {
    imposed([count(1, "TA1968-1", components)])
}

/// What is known of a decision: the age when a stay began, the day on which it did, and the end of custody.
fn known<'a>(
    imposed: &'a Imposed,
    age: Option<u16>,
    admitted: &str,
    ends: Option<&str>,
) -> OfDecision<'a> {
    OfDecision {
        decided: Decided {
            sentence: sentence_id(1),
            imposed,
            began: Vec::new(),
            admitted: vec![on(admitted)],
            age: age.into(),
        },
        ends: ends.map(day),
        completed: None,
    }
}

fn answer(decisions: &[OfDecision<'_>], which: usize) -> Spent {
    spent(&england(), decisions, which, day("2026-03-05")).unwrap()
}

/// Each answer: the case, and the day or what is said.
fn told(found: &Spent) -> Vec<(Option<&'static str>, String)> {
    let said = |answer: &crate::rehabilitation::SpentFrom| {
        let day = answer.day.map(|day| day.to_string());
        (answer.provided, day.unwrap_or_else(|| answer.said.clone()))
    };
    found.answers.iter().map(said).collect()
}

#[test]
fn where_the_age_decides_and_is_not_known_the_answer_is_given_for_both() {
    let fined = theft([fine(1, 100)]);
    let found = answer(&[known(&fined, None, "2024-01-10", None)], 0);
    assert_eq!(found.label, crate::release::dates::LABEL);
    let both = [
        (EACH, "2025-01-10".to_owned()),
        (NONE, "2024-07-10".to_owned()),
    ];
    assert_eq!(told(&found), both);
    // No age is made up.
    let steps = found.answers[0].steps.join("; ");
    assert!(steps.contains("taken to be of full age"), "{steps}");
    assert!(!steps.contains("aged"), "{steps}");
    // Of age when the stay began, which was later: perhaps not yet on the day of the decision.
    let later = answer(&[known(&fined, Some(30), "2024-05-10", None)], 0);
    assert_eq!(told(&later), both);
    let same_day = answer(&[known(&fined, Some(30), "2024-01-10", None)], 0);
    assert_eq!(told(&same_day), [(None, "2025-01-10".to_owned())]);
    let child = answer(&[known(&fined, Some(17), "2024-05-10", None)], 0);
    assert_eq!(told(&child), [(None, "2024-07-10".to_owned())]);
    let discharge = Sanction::Discharge {
        conditional_for: None,
    };
    let discharged = theft([component(1, discharge)]);
    let found = answer(&[known(&discharged, None, "2024-01-10", None)], 0);
    assert_eq!(told(&found), [(None, "2024-01-10".to_owned())]);
}

#[test]
fn custody_counts_from_the_end_that_was_worked_out_and_terms_that_follow_each_other_are_one() {
    let one = theft([custody(1, "P8M"), after(1, custody(2, "P6M"))]);
    let found = answer(
        &[known(&one, Some(30), "2024-01-10", Some("2025-02-28"))],
        0,
    );
    assert_eq!(told(&found), [(None, "2029-03-01".to_owned())]);
    let steps = found.answers[0].steps.join("; ");
    assert!(steps.contains("one after the other: 14 months"), "{steps}");
    let unknown = answer(&[known(&one, Some(30), "2024-01-10", None)], 0);
    let said = &unknown.answers[0];
    assert_eq!(said.day, None);
    assert!(
        said.said.contains("the end of custody is not known"),
        "{}",
        said.said
    );
}

#[test]
fn another_decision_of_the_person_prolongs_it() {
    let first = theft([fine(1, 100)]);
    let mut second = theft([fine(1, 100)]);
    second.pronounced = on("2024-06-01");
    let mut later = known(&second, Some(30), "2024-06-01", None);
    later.decided.sentence = sentence_id(2);
    let earlier = known(&first, Some(30), "2024-01-10", None);
    let found = answer(&[earlier, later], 0);
    assert_eq!(found.decisions, 2);
    assert_eq!(told(&found), [(None, "2025-06-01".to_owned())]);
    let silent = |imposed| known(imposed, None, "2024-01-10", None);
    let found = answer(&[silent(&first), silent(&second)], 0);
    let both = [
        (EACH, "2025-06-01".to_owned()),
        (NONE, "2024-12-01".to_owned()),
    ];
    assert_eq!(told(&found), both);
}

#[test]
fn measures_are_called_what_the_tables_call_them_and_a_measure_without_a_row_says_so() {
    let ban = Sanction::Ancillary {
        kind: "driving-disqualification".parse().unwrap(),
        length: Some(length("P3Y")),
    };
    let banned = theft([fine(1, 100), component(2, ban)]);
    let found = answer(&[known(&banned, Some(30), "2024-01-10", None)], 0);
    assert_eq!(told(&found), [(None, "2027-01-10".to_owned())]);
    let confiscation = Sanction::Ancillary {
        kind: "confiscation".parse().unwrap(),
        length: None,
    };
    let taken = theft([component(1, confiscation)]);
    let found = answer(&[known(&taken, Some(30), "2024-01-10", None)], 0);
    assert!(found.answers[0].said.contains("no row for confiscation"));
}

#[test]
fn offences_of_several_classes_in_one_decision_are_of_no_class_that_is_known() {
    let mixed = imposed([
        count(1, "TA1968-8", [custody(1, "P5Y")]),
        count(2, "TA1968-1", []),
    ]);
    let found = answer(
        &[known(&mixed, Some(30), "2024-01-10", Some("2029-01-09"))],
        0,
    );
    assert!(
        found.answers[0].said.contains("class of the offence"),
        "{found:?}"
    );
    let mut unnamed = theft([fine(1, 100)]);
    Arc::make_mut(&mut unnamed.decision).counts[0].offence.code = Known::NotRecorded;
    let found = answer(&[known(&unnamed, Some(30), "2024-01-10", None)], 0);
    // No row for a fine asks for the class.
    assert_eq!(told(&found), [(None, "2025-01-10".to_owned())]);
}

#[test]
fn under_rules_without_periods_nothing_is_said() {
    let fined = theft([fine(1, 100)]);
    let decision = known(&fined, Some(30), "2024-01-10", None);
    let mut law = (*crate::testing::samples::midland()).clone();
    law.rehabilitation.tables.clear();
    assert_eq!(spent(&law, &[decision], 0, day("2026-03-05")), None);
}
