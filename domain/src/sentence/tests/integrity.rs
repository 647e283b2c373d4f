use super::{appeal, existing, impose, imposed, live, propose};
use crate::act::Objection;
use crate::sentence::{Decision, Sentence, SentenceCommand, SentenceEvent, SentenceRefusal};
use crate::testing::given;
use crate::testing::samples::{
    after, count, custody, decision, decision_on, facts, fine, just_now, long_ago, on, with_count,
};
use crate::values::{ComponentNo, CountNo, Known};

/// Refused live, as an existing fact and as a draft: no record can hold it.
#[track_caller]
fn refused_at_every_door(decision: Decision, refusal: SentenceRefusal) {
    live(decision.clone()).then_refused(refusal.clone());
    existing(decision.clone()).then_refused(refusal.clone());
    given::<Sentence>([])
        .when(propose(decision))
        .at(facts())
        .then_refused(refusal);
}

/// S-1
#[test]
fn refuses_a_decision_without_a_count() {
    refused_at_every_door(decision_on([]), SentenceRefusal::NoCount);
}

/// S-1
#[test]
fn refuses_a_count_that_imposes_nothing() {
    let counts = [count(1, "M104", [fine(1, 100)]), count(2, "M104", [])];
    let count = CountNo(2);
    refused_at_every_door(
        decision_on(counts),
        SentenceRefusal::NothingImposed { count },
    );
}

/// S-1, S-2
#[test]
fn accepts_several_counts_each_with_its_components() {
    let counts = [
        count(1, "M104", [fine(1, 100)]),
        count(2, "M102", [fine(2, 100), fine(3, 200)]),
    ];
    live(decision_on(counts)).then_accepted();
}

/// S-2
#[test]
fn refuses_a_count_numbered_twice() {
    let counts = [
        count(1, "M104", [fine(1, 100)]),
        count(1, "M104", [fine(2, 100)]),
    ];
    let count = CountNo(1);
    refused_at_every_door(
        decision_on(counts),
        SentenceRefusal::NumberedTwice { count },
    );
}

/// S-2
#[test]
fn refuses_a_component_numbered_twice_across_counts() {
    let counts = [
        count(1, "M104", [fine(1, 100)]),
        count(2, "M104", [fine(1, 100)]),
    ];
    let count = CountNo(2);
    refused_at_every_door(
        decision_on(counts),
        SentenceRefusal::NumberedTwice { count },
    );
}

/// S-2
#[test]
fn refuses_the_number_zero() {
    let refusal = |no| SentenceRefusal::NumberedZero { count: CountNo(no) };
    let counts = [count(0, "M104", [fine(1, 100)])];
    refused_at_every_door(decision_on(counts), refusal(0));
    refused_at_every_door(decision([fine(0, 100)]), refusal(1));
}

/// S-3
#[test]
fn refuses_a_principal_component_that_does_not_exist() {
    let component = ComponentNo(2);
    let named = Decision {
        principal: Some(component),
        ..decision([fine(1, 100)])
    };
    refused_at_every_door(named, SentenceRefusal::NoSuchComponent { component });
}

/// S-3
#[test]
fn refuses_a_term_after_a_component_that_does_not_exist() {
    let component = ComponentNo(9);
    let chained = decision([custody(1, "P1M"), after(9, custody(2, "P1M"))]);
    refused_at_every_door(chained, SentenceRefusal::NoSuchComponent { component });
}

/// S-3
#[test]
fn accepts_a_principal_component_of_the_decision() {
    let named = Decision {
        principal: Some(ComponentNo(2)),
        ..decision([custody(1, "P1M"), fine(2, 100)])
    };
    assert_eq!(named.disposal(), Some(crate::sentence::SanctionKind::Fine));
    live(named).then_accepted();
}

/// S-4
#[test]
fn refuses_a_term_that_follows_itself() {
    let component = ComponentNo(1);
    let decided = decision([after(1, custody(1, "P1M"))]);
    refused_at_every_door(decided, SentenceRefusal::CircularTerms { component });
}

/// S-4
#[test]
fn refuses_two_terms_that_follow_each_other() {
    let component = ComponentNo(1);
    let decided = decision([after(2, custody(1, "P1M")), after(1, custody(2, "P1M"))]);
    refused_at_every_door(decided, SentenceRefusal::CircularTerms { component });
}

/// S-4
#[test]
fn refuses_a_circle_of_three_terms_that_a_fourth_leads_into() {
    let component = ComponentNo(2);
    let counts = [
        count(1, "M104", [after(2, custody(1, "P1M"))]),
        count(2, "M104", [after(3, custody(2, "P1M"))]),
        count(3, "M104", [after(4, custody(3, "P1M"))]),
        count(4, "M104", [after(2, custody(4, "P1M"))]),
    ];
    let decided = decision_on(counts);
    refused_at_every_door(decided, SentenceRefusal::CircularTerms { component });
}

/// S-4
#[test]
fn accepts_a_chain_whose_first_term_stands_last() {
    live(decision([
        after(2, custody(1, "P1M")),
        after(3, custody(2, "P1M")),
        custody(3, "P1M"),
    ]))
    .then_accepted();
}

/// S-4
#[test]
fn accepts_two_terms_after_the_same_one() {
    live(decision([
        custody(1, "P1M"),
        after(1, custody(2, "P1M")),
        after(1, custody(3, "P2M")),
    ]))
    .then_accepted();
}

/// S-5
#[test]
fn refuses_an_offence_after_the_decision_at_either_door() {
    let committed = |date: &str| {
        with_count(decision([fine(1, 100)]), |c| {
            c.offence.committed = Known::Value(date.parse().unwrap());
        })
    };
    for (pronounced, date, decided) in [
        (just_now(), "2026-03-06", "2026-03-05"),
        (long_ago(), "2025-06-11", "2025-06-10"),
        (on("2025"), "2026-01", "2025"),
    ] {
        given::<Sentence>([])
            .when(impose(committed(date), pronounced))
            .at(facts())
            .then_refused(SentenceRefusal::OffenceAfterDecision {
                count: CountNo(1),
                committed: date.parse().unwrap(),
                decided: decided.parse().unwrap(),
            });
    }
}

/// S-5
#[test]
fn accepts_an_offence_of_the_same_day_month_or_year() {
    for date in ["2025-06-10", "2025-06", "2025"] {
        let same = with_count(decision([fine(1, 100)]), |c| {
            c.offence.committed = Known::Value(date.parse().unwrap());
        });
        existing(same).then_accepted();
    }
}

/// S-5
#[test]
fn a_step_before_the_decision_is_noticed_whatever_its_precision() {
    let decided = on("2026-02-02T10:00:00Z");
    for given_time in ["2026-02-02T09:59:59Z", "2026-02-01", "2025"] {
        let given_time = on(given_time);
        given::<Sentence>([imposed(decision([fine(1, 100)]))])
            .when(SentenceCommand::LodgeAppeal(appeal(given_time)))
            .at(facts())
            .then_noticed(vec![Objection::hard(SentenceRefusal::BeforeTheDecision {
                given: given_time,
                decided,
            })]);
    }
}

/// S-5
#[test]
fn accepts_a_step_that_may_have_come_after_the_decision() {
    for lodged in ["2026-02-02", "2026", "2026-02-02T10:00:00Z"] {
        let lodged = appeal(on(lodged));
        given::<Sentence>([imposed(decision([fine(1, 100)]))])
            .when(SentenceCommand::LodgeAppeal(lodged.clone()))
            .at(facts())
            .then_events([SentenceEvent::AppealLodged(super::told(lodged))]);
    }
}

/// S-5
#[test]
fn refuses_a_later_decision_that_moves_the_offence_behind_the_first() {
    let moved = with_count(decision([fine(1, 100)]), |c| {
        c.offence.committed = Known::Value("2026-02-20".parse().unwrap());
    });
    given::<Sentence>([imposed(decision([fine(1, 100)])), super::appealed()])
        .when(SentenceCommand::VaryOnAppeal(crate::sentence::Vary {
            pronounced: just_now(),
            decision: moved,
        }))
        .at(facts())
        .then_refused(SentenceRefusal::OffenceAfterDecision {
            count: CountNo(1),
            committed: "2026-02-20".parse().unwrap(),
            decided: "2026-02-02".parse().unwrap(),
        });
}
