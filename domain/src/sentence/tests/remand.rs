//! Days in detention before judgment: what the court credits beside what the register knows.

use super::*;
use crate::act::{Facts, Finding, Objection, Weight};
use crate::sentence::{CorrectSlip, KnownRemand, SentenceRefusal};
use crate::stream::Stream;
use crate::testing::samples::{code, custody, with_count};
use crate::values::{DaysHeld, PretrialId};
use uuid::Uuid;

const DIFFERS: &str = "sentence.remand-differs";

/// A year of custody, with days in detention credited.
fn crediting(days: Known<u32>) -> Decision {
    let mut decision = decision([custody(1, "P1Y")]);
    decision.remand_days = days;
    decision
}

/// Detention from 13 December 2025 to 1 February 2026: 51 days.
fn known(case: u128, from: &str, to: &str) -> SentenceCommand {
    SentenceCommand::CompareRemand(KnownRemand {
        case: PretrialId(Uuid::from_u128(case)),
        ended: on("2026-02-02"),
        held: vec![DaysHeld {
            from: from.parse().unwrap(),
            to: to.parse().unwrap(),
        }],
    })
}

fn of_the_case() -> SentenceCommand {
    known(1, "2025-12-13", "2026-02-01")
}

/// The facts of what another record states.
fn stated() -> Facts {
    Facts {
        reported: true,
        ..later()
    }
}

fn later() -> Facts {
    Facts {
        version: 2,
        ..facts()
    }
}

fn sentenced(days: Known<u32>) -> Sentence {
    Sentence::default().evolve(&imposed(crediting(days)))
}

fn then(state: &Sentence, wish: SentenceCommand, facts: &Facts) -> Sentence {
    let events = state.decide(wish, facts).unwrap();
    events.iter().fold(state.clone(), Stream::evolve)
}

fn differing(state: &Sentence) -> Vec<Finding> {
    let found = state.imposed().unwrap().findings.iter();
    found.filter(|f| f.code == DIFFERS).cloned().collect()
}

fn correct(days: u32) -> SentenceCommand {
    SentenceCommand::CorrectSlip(CorrectSlip {
        corrects: 1,
        pronounced: just_now(),
        reason: code("typing"),
        decision: crediting(Known::Value(days)),
    })
}

fn credit(days: u32) -> SentenceCommand {
    SentenceCommand::CreditRemand {
        days,
        pronounced: just_now(),
    }
}

/// S-20
#[test]
fn days_credited_that_the_register_knows_are_not_noticed() {
    let told = || given::<Sentence>([imposed(crediting(Known::Value(51)))]).when(of_the_case());
    told().at(stated()).then_accepted();
    let state = told().at(stated()).then_state();
    assert_eq!(state.imposed().unwrap().remand_in_all(), Some(51));
}

/// S-20
#[test]
fn days_credited_that_differ_from_those_known_are_noticed_and_fewer_weigh_more() {
    for (credited, weight) in [
        (0, Weight::Critical),
        (50, Weight::Critical),
        (500, Weight::Notice),
    ] {
        let state = then(&sentenced(Known::Value(credited)), of_the_case(), &stated());
        let found = differing(&state);
        let [finding] = found.as_slice() else {
            panic!("{found:?}")
        };
        assert_eq!(finding.weight, weight);
        assert!(
            finding.said.contains(&format!("credits {credited} days"))
                && finding.said.contains("knows of 51 days"),
            "{}",
            finding.said
        );
        assert_eq!(
            state.imposed().unwrap().remand_days,
            Known::Value(credited),
            "what the court said stands"
        );
    }
}

/// S-20
#[test]
fn what_the_court_left_unsaid_is_credited_as_it_is_known() {
    let state = then(&sentenced(Known::NotRecorded), of_the_case(), &stated());
    assert_eq!(state.imposed().unwrap().remand_days, Known::Value(51));
    assert_eq!(differing(&state), []);
}

/// S-20
#[test]
fn equal_days_settle_what_was_noticed_and_other_days_are_noticed_anew() {
    let noticed = then(&sentenced(Known::Value(50)), of_the_case(), &stated());
    for wish in [correct(51), credit(51)] {
        assert_eq!(differing(&then(&noticed, wish, &later())), []);
    }
    for wish in [correct(52), credit(52)] {
        let again = then(&noticed, wish, &later());
        let found = differing(&again);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].said.contains("credits 52 days"), "{found:?}");
        assert_eq!(found[0].weight, Weight::Notice);
    }
}

/// S-20
#[test]
fn a_day_in_two_cases_counts_once() {
    let state = sentenced(Known::Value(60));
    let state = then(&state, of_the_case(), &stated());
    // Ten days of it, and nine more.
    let state = then(&state, known(2, "2026-01-23", "2026-02-10"), &stated());
    assert_eq!(state.imposed().unwrap().remand_in_all(), Some(60));
    assert_eq!(differing(&state), []);
}

/// S-20
#[test]
fn refuses_a_comparison_that_no_case_states() {
    given::<Sentence>([imposed(crediting(Known::Value(3)))])
        .when(of_the_case())
        .at(facts())
        .then_refused(SentenceRefusal::SaidByTheCase);
}

/// S-20
#[test]
fn nothing_credited_and_nothing_known_leaves_no_trace() {
    let none = SentenceCommand::CompareRemand(KnownRemand {
        case: PretrialId(Uuid::from_u128(1)),
        ended: on("2026-02-02"),
        held: Vec::new(),
    });
    let state = sentenced(Known::Value(0));
    assert_eq!(state.decide(none, &stated()), Ok(Vec::new()));
    let objection = Objection::notice(SentenceRefusal::RemandDiffers {
        credited: 3,
        known: 51,
    });
    assert_eq!(objection.refusal.to_string().matches("3 days").count(), 1);
}

/// S-6
#[test]
fn sees_more_days_credited_than_lie_between_the_offence_and_the_decision() {
    let offence = |day: &str, days: u32| {
        let committed = Known::Value(day.parse().unwrap());
        with_count(crediting(Known::Value(days)), |count| {
            count.offence.committed = committed;
        })
    };
    // Today is 5 March 2026: the eleventh day before and today make twelve.
    let refusal = SentenceRefusal::RemandBeforeOffence { days: 13, most: 12 };
    live(offence("2026-02-22", 13)).then_noticed(vec![Objection::notice(refusal)]);
    live(offence("2026-02-22", 12)).then_accepted();
    live(offence("2026-02", 45)).then_accepted();
}
