//! What the register knows of a carer before she is sentenced counts as much as what the judge is told.

use super::*;
use crate::act::{Facts, Objection, PersonAsked};
use crate::sentence::{CorrectSlip, SentenceRefusal};
use crate::stream::Stream;
use crate::testing::samples::{code, custody, fine};

/// The facts, where the register knows an answer of the person.
fn knowing(question: &str) -> Facts {
    let mut facts = facts();
    facts.about.circumstances = [(code(question), Known::Value(code("yes")))].into();
    facts
}

fn decided(component: Component, told: Option<&str>) -> Decision {
    let mut decided = decision([component]);
    if let Some(answer) = told {
        let answer = Known::Value(code(answer));
        decided.circumstances.insert(code("pregnant"), answer);
    }
    decided
}

fn under(decided: Decision, facts: Facts) -> Then<Sentence> {
    given([]).when(impose(decided, just_now())).at(facts)
}

fn unweighed() -> Vec<Objection<SentenceRefusal>> {
    vec![Objection::notice(SentenceRefusal::CarerNotWeighed)]
}

/// BR-64
#[test]
fn custody_of_somebody_known_to_be_pregnant_or_to_have_a_child_is_weighed() {
    let held = |told| decided(custody(1, "P6M"), told);
    for question in ["pregnant", "dependent-child"] {
        under(held(None), knowing(question)).then_noticed(unweighed());
        under(decided(fine(1, 10_000), None), knowing(question)).then_accepted();
    }
    let mut mother = facts();
    mother.about.dependent_children = Known::Value(2);
    under(held(None), mother).then_noticed(unweighed());
    // The answer that the court was given is later than the record.
    under(held(Some("no")), knowing("pregnant")).then_accepted();
    under(held(None), facts()).then_accepted();
}

/// BR-61
#[test]
fn what_speaks_for_somebody_known_to_care_for_others_is_considered() {
    let held = Decision {
        mitigating: Vec::new(),
        ..decided(custody(1, "P6M"), None)
    };
    let refusal = SentenceRefusal::MitigationNotConsidered;
    under(held.clone(), knowing("carer")).then_noticed(vec![Objection::notice(refusal)]);
    under(held, facts()).then_accepted();
}

#[test]
fn a_decision_asks_what_was_known_when_it_was_pronounced() {
    let decided = || decision([custody(1, "P6M")]);
    let new = Sentence::default();
    let asked = |state: &Sentence, wish| state.asks_of_person(&wish);
    let then = on("2025-11-03");
    assert_eq!(
        asked(&new, impose(decided(), then)),
        Some(PersonAsked::When(then))
    );
    assert_eq!(asked(&new, propose(decided())), Some(PersonAsked::Now));
    let state = new.evolve(&imposed(decided()));
    let correct = SentenceCommand::CorrectSlip(CorrectSlip {
        corrects: 1,
        pronounced: just_now(),
        reason: code("typing"),
        decision: decided(),
    });
    let first = PersonAsked::When(on("2026-02-02T10:00:00Z"));
    assert_eq!(asked(&state, correct), Some(first));
    let quash = SentenceCommand::Quash(step(just_now()));
    assert_eq!(asked(&state, quash), None);
}
