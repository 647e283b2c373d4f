use std::collections::BTreeSet;

use super::{existing, impose, live};
use crate::act::{Facts, Objection, Reference};
use crate::sentence::{
    Component, Decision, EarlierTerm, Runs, Sentence, SentenceCommand, SentenceEvent,
    SentenceRefusal,
};
use crate::stream::Stream;
use crate::testing::given;
use crate::testing::samples::{
    after, community_order, component, concurrent, count, custody, decision, decision_on, facts,
    finding, fine, just_now, length, long_ago, person, sentence_id, suspended, unpaid_work,
};
use crate::values::{ComponentNo, Known};

fn unsaid(component: u16) -> SentenceRefusal {
    let component = ComponentNo(component);
    SentenceRefusal::RunsUnsaid { component }
}

/// S-8
#[test]
fn refuses_several_terms_that_do_not_say_how_they_run() {
    for second in [custody(2, "P3M"), suspended(2, "P3M")] {
        let decided = decision([custody(1, "P6M"), second]);
        live(decided.clone()).then_refused(unsaid(2));
        existing(decided).then_noticed(vec![Objection::hard(unsaid(2))]);
    }
}

/// S-8
#[test]
fn refuses_two_suspended_terms_that_do_not_say_how_they_run() {
    live(decision([suspended(1, "P3M"), suspended(2, "P3M")])).then_refused(unsaid(2));
}

/// S-8
#[test]
fn accepts_terms_that_say_how_they_run_in_any_order() {
    for components in [
        [custody(1, "P6M"), concurrent(custody(2, "P3M"))],
        [custody(1, "P6M"), after(1, custody(2, "P3M"))],
        [after(2, custody(1, "P6M")), custody(2, "P3M")],
        [custody(1, "P6M"), concurrent(suspended(2, "P3M"))],
    ] {
        live(decision(components)).then_accepted();
    }
}

/// S-8
#[test]
fn accepts_one_term_beside_a_fine_without_asking_how_it_runs() {
    live(decision([custody(1, "P6M"), fine(2, 100)])).then_accepted();
}

/// S-8
#[test]
fn records_each_term_that_does_not_say_how_it_runs() {
    let counts = [
        count(1, "M104", [custody(1, "P6M")]),
        count(2, "M104", [custody(2, "P6M")]),
        count(3, "M104", [suspended(3, "P6M")]),
    ];
    existing(decision_on(counts))
        .then_noticed(vec![Objection::hard(unsaid(2)), Objection::hard(unsaid(3))]);
}

/// S-8
#[test]
fn refuses_a_term_that_follows_a_fine() {
    let refusal = SentenceRefusal::FollowsNoTerm {
        component: ComponentNo(2),
        before: ComponentNo(1),
    };
    let decided = decision([fine(1, 100), after(1, custody(2, "P6M"))]);
    live(decided.clone()).then_refused(refusal.clone());
    existing(decided).then_noticed(vec![Objection::hard(refusal)]);
}

/// S-8
#[test]
fn refuses_a_fine_that_follows_a_term() {
    let decided = decision([custody(1, "P6M"), after(1, fine(2, 100))]);
    live(decided).then_refused(SentenceRefusal::FollowsNoTerm {
        component: ComponentNo(2),
        before: ComponentNo(1),
    });
}

/// S-8
#[test]
fn accepts_an_order_that_follows_a_term() {
    let order = community_order(2, "P1Y", [unpaid_work(60)]);
    live(decision([custody(1, "P6M"), after(1, order)])).then_accepted();
}

fn after_earlier(component: Component) -> Decision {
    let earlier = EarlierTerm {
        sentence: sentence_id(2),
        component: ComponentNo(1),
    };
    decision([Component {
        runs: Some(Runs::ConsecutiveToEarlier(earlier)),
        ..component
    }])
}

/// S-8
#[test]
fn notices_an_earlier_term_that_the_register_does_not_hold() {
    let refusal = SentenceRefusal::EarlierTermUnknown {
        component: ComponentNo(1),
        earlier: sentence_id(2),
    };
    let noticed = vec![Objection::notice(refusal)];
    let decided = after_earlier(custody(1, "P6M"));
    live(decided.clone()).then_noticed(noticed.clone());
    existing(decided).then_noticed(noticed);
}

/// S-4
#[test]
fn refuses_an_earlier_term_that_waits_for_this_sentence() {
    let waiting = Facts {
        waiting: BTreeSet::from([Reference::Sentence(sentence_id(2))]),
        ..finding(Reference::Sentence(sentence_id(2)))
    };
    let refusal = SentenceRefusal::CircularTerms {
        component: ComponentNo(1),
    };
    for pronounced in [just_now(), long_ago()] {
        given::<Sentence>([])
            .when(impose(after_earlier(custody(1, "P6M")), pronounced))
            .at(waiting.clone())
            .then_refused(refusal.clone());
    }
}

/// S-8
#[test]
fn a_proposal_refers_to_the_earlier_term_when_it_is_imposed() {
    let proposed = Sentence::default().evolve(&SentenceEvent::Proposed {
        person: person(1),
        decision: after_earlier(custody(1, "P6M")).into(),
        findings: vec![],
    });
    let wish = SentenceCommand::ImposeProposed {
        pronounced: just_now(),
        comparison: Known::NotRecorded,
    };
    let references = proposed.refers(&wish);
    assert_eq!(references, [Reference::Sentence(sentence_id(2))]);
}

/// S-8
#[test]
fn accepts_an_earlier_term_that_the_register_holds_in_force() {
    given::<Sentence>([])
        .when(impose(after_earlier(custody(1, "P6M")), just_now()))
        .at(finding(Reference::Sentence(sentence_id(2))))
        .then_accepted();
}

#[test]
fn an_earlier_term_is_what_the_decision_refers_to() {
    let wish = impose(after_earlier(custody(1, "P6M")), just_now());
    let references = Sentence::default().refers(&wish);
    assert!(references.contains(&Reference::Sentence(sentence_id(2))));
}

/// PR-1
#[test]
fn refuses_one_offence_split_into_terms_that_together_exceed_its_maximum() {
    let decided = decision([custody(1, "P4Y"), after(1, custody(2, "P4Y"))]);
    let refusal = SentenceRefusal::AboveMaximum {
        component: ComponentNo(2),
        term: "custody of 8 years".to_owned(),
        maximum: length("P7Y"),
    };
    live(decided.clone()).then_refused(refusal.clone());
    existing(decided).then_noticed(vec![Objection::hard(refusal)]);
}

/// PR-1
#[test]
fn accepts_consecutive_terms_of_several_offences_each_below_its_maximum() {
    live(decision_on([
        count(1, "M104", [custody(1, "P4Y")]),
        count(2, "M104", [after(1, custody(2, "P4Y"))]),
    ]))
    .then_accepted();
}

/// PR-1
#[test]
fn accepts_concurrent_terms_of_one_offence_each_below_its_maximum() {
    live(decision([custody(1, "P4Y"), concurrent(custody(2, "P4Y"))])).then_accepted();
}

#[test]
fn a_chain_through_an_unrecorded_term_is_judged_by_what_is_recorded() {
    use crate::sentence::{Sanction, SanctionKind};
    let unrecorded = component(1, Sanction::Custody { term: None });
    let missing = SentenceRefusal::QuantityMissing {
        component: ComponentNo(1),
        kind: SanctionKind::Custody,
    };
    given::<Sentence>([])
        .when(impose(
            decision([unrecorded, after(1, custody(2, "P6M"))]),
            long_ago(),
        ))
        .at(facts())
        .then_noticed(vec![Objection::hard(missing)]);
}
