//! A step that is told late is recorded with what stands against it; taken through the register it would be refused.

use super::*;
use crate::act::Objection;
use crate::personal::DataClass;
use crate::sentence::{
    ActivateSuspended, CorrectSlip, Resentence, SentenceRefusal, Standing, Vary,
};
use crate::stream::Stream;
use crate::testing::samples::{code, custody, sealed, suspended};

fn a_term() -> Decision {
    decision([custody(1, "P1Y")])
}

/// Told on 2 March 2026 of a time before the decision of 2 February 2026.
fn before() -> Occurred {
    on("2026-01-15")
}

fn early() -> SentenceRefusal {
    SentenceRefusal::BeforeTheDecision {
        given: before(),
        decided: on("2026-02-02T10:00:00Z"),
    }
}

fn not_possible(state: &'static str, wish: &'static str) -> SentenceRefusal {
    SentenceRefusal::NotPossible { state, wish }
}

/// What is noticed of a step after some events.
fn noticed(
    history: impl IntoIterator<Item = SentenceEvent>,
    wish: SentenceCommand,
    expected: impl IntoIterator<Item = SentenceRefusal>,
) {
    let expected = expected.into_iter().map(Objection::hard).collect();
    given::<Sentence>(history)
        .when(wish)
        .at(facts())
        .then_noticed(expected);
}

/// S-5
#[test]
fn a_step_told_of_before_the_decision_is_noticed() {
    for wish in [
        SentenceCommand::LodgeAppeal(appeal(before())),
        SentenceCommand::Quash(step(before())),
        SentenceCommand::Pardon(step(before())),
        SentenceCommand::Complete { on: before() },
        SentenceCommand::StartCustody(mark(1, before())),
        SentenceCommand::CreditRemand {
            days: 3,
            pronounced: before(),
        },
    ] {
        noticed([imposed(a_term())], wish, [early()]);
    }
    let end = SentenceCommand::EndCustody(mark(1, on("2026-02-10")));
    let refusal = SentenceRefusal::BeforeItBegan {
        given: on("2026-02-10"),
        what: "custody",
        happened: on("2026-02-12"),
    };
    noticed(
        [imposed(a_term()), held(1, on("2026-02-12"))],
        end,
        [refusal],
    );
}

/// S-5
#[test]
fn what_takes_the_place_of_a_decision_and_is_told_of_before_it_is_noticed() {
    let reason = code("typing");
    let corrected = SentenceCommand::CorrectSlip(CorrectSlip {
        corrects: 1,
        pronounced: before(),
        reason,
        decision: a_term(),
    });
    let resentenced = SentenceCommand::Resentence(Resentence {
        pronounced: before(),
        decision: a_term(),
        order: None,
    });
    let lighter = custody(1, "P6M").sanction;
    for wish in [corrected, resentenced, commute(1, lighter, before())] {
        noticed([imposed(a_term())], wish, [early()]);
    }
    let varied = SentenceCommand::VaryOnAppeal(Vary {
        pronounced: before(),
        decision: a_term(),
    });
    let lodged_later = SentenceRefusal::BeforeItBegan {
        given: before(),
        what: "appeal",
        happened: on("2026-02-10"),
    };
    noticed(
        [imposed(a_term()), appealed()],
        varied,
        [early(), lodged_later],
    );
    let activated = SentenceCommand::ActivateSuspended(ActivateSuspended {
        component: ComponentNo(1),
        part: None,
        pronounced: before(),
        note: Some(sealed(DataClass::Judgment)),
    });
    noticed([imposing(suspended(1, "P6M"))], activated, [early()]);
}

/// S-5
#[test]
fn what_takes_the_place_of_a_decision_is_refused_where_it_lies_in_the_future() {
    let pronounced = on("2027");
    let resentenced = SentenceCommand::Resentence(Resentence {
        pronounced,
        decision: a_term(),
        order: None,
    });
    given::<Sentence>([imposed(a_term())])
        .when(resentenced)
        .at(facts())
        .then_refused(SentenceRefusal::InTheFuture { pronounced });
}

/// S-17
#[test]
fn a_step_told_late_in_a_state_that_does_not_allow_it_is_noticed() {
    let then = || on("2026-02-20");
    let quashed = || SentenceEvent::Quashed(taken(step(then())));
    for (wish, said) in [
        (SentenceCommand::LodgeAppeal(appeal(then())), "an appeal"),
        (SentenceCommand::Quash(step(then())), "quashing"),
        (SentenceCommand::Pardon(step(then())), "a pardon"),
        (SentenceCommand::Complete { on: then() }, "completion"),
    ] {
        let refusal = not_possible("quashed", said);
        noticed([imposed(a_term()), quashed()], wish, [refusal]);
    }
    let dismiss = || SentenceCommand::DismissAppeal(step(then()));
    let unlodged = not_possible("not under appeal", "dismissing an appeal");
    noticed([imposed(a_term())], dismiss(), [unlodged]);
    let again = SentenceCommand::LodgeAppeal(appeal(then()));
    let pending = not_possible("under appeal", "another appeal");
    noticed([imposed(a_term()), appealed()], again, [pending]);
    let end = SentenceCommand::EndCustody(mark(1, then()));
    let unheld = not_possible("not being served in custody", "ending custody");
    noticed([imposed(a_term())], end, [unheld]);
    let complete = SentenceCommand::Complete { on: then() };
    let serving = not_possible("being served in custody", "completion");
    noticed(
        [imposed(a_term()), held(1, on("2026-02-12"))],
        complete,
        [serving],
    );
    // There is nothing to tell of what nobody imposed.
    given::<Sentence>([proposed(a_term())])
        .when(dismiss())
        .at(facts())
        .then_refused(not_possible("proposed", "dismissing an appeal"));
}

#[test]
fn what_is_told_late_brings_no_quashed_decision_back() {
    let quashed = SentenceEvent::Quashed(taken(step(on("2026-02-20"))));
    let state = crate::testing::state::<Sentence>([imposed(a_term()), quashed]);
    for wish in [
        SentenceCommand::Complete {
            on: on("2026-02-18"),
        },
        SentenceCommand::Pardon(step(on("2026-02-18"))),
    ] {
        let events = state.decide(wish, &facts()).unwrap();
        let after = events.iter().fold(state.clone(), Stream::evolve);
        assert_eq!(after.imposed().unwrap().standing, Standing::Quashed);
    }
}
