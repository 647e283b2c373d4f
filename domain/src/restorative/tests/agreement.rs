use super::{
    agreed, agreeing, breaking_off, ending, facts, fulfilling, on, started_and, withdrawing,
};
use crate::act::Objection;
use crate::restorative::{RestorativeRefusal, RestorativeStanding, Side};
use crate::testing::doors::{
    just_now, passes, refused, refused_at_every_door, refused_live_and_noticed,
};
use crate::testing::samples::{code, known, midland};
use crate::values::PointNo;

/// RS-5, RS-4
#[test]
fn an_agreement_with_points_in_words_passes() {
    passes(&started_and([]), agreeing(|_| {})(just_now()), &facts());
}

/// RS-5
#[test]
fn an_agreement_has_points_each_in_words() {
    let nothing = agreeing(Vec::clear);
    let refusal = RestorativeRefusal::NothingAgreed;
    refused_at_every_door(&started_and([]), nothing, &facts(), &refusal);
    let vague = agreeing(|points| points[1].terms = None);
    let point = PointNo(2);
    let refusal = Objection::hard(RestorativeRefusal::TermsMissing { point });
    refused_live_and_noticed(&started_and([]), vague, &facts(), refusal);
}

/// RS-5
#[test]
fn no_point_ends_before_the_agreement_is_reached() {
    let late = agreeing(|points| points[1].until = Some(super::day("2026-03-04")));
    let refusal = RestorativeRefusal::EndsTooEarly {
        until: super::day("2026-03-04"),
        reached: "2026-03-05".parse().unwrap(),
    };
    refused(&started_and([]), late(just_now()), &facts(), &refusal);
    passes(&started_and([]), late(on("2026-03-04")), &facts());
}

/// RS-4
#[test]
fn points_are_of_the_kinds_of_the_pack() {
    let harsh = agreeing(|points| points[0].kind = code("penance"));
    let refusal = Objection::hard(RestorativeRefusal::UnknownCode {
        list: "points",
        code: code("penance"),
        known: known(|law| &law.restorative.points),
    });
    refused_live_and_noticed(&started_and([]), harsh, &facts(), refusal);
}

/// RS-6
#[test]
fn points_are_fulfilled_one_by_one_or_all_at_once() {
    passes(&agreed(), fulfilling(&[1])(just_now()), &facts());
    passes(&agreed(), fulfilling(&[])(just_now()), &facts());
    let agreement = || agreeing(|_| {})(on("2026-02-01"));
    let half = started_and([agreement(), fulfilling(&[1])(on("2026-02-05"))]);
    assert_eq!(half.title(), "agreed");
    assert_eq!(half.referred().unwrap().open_points().count(), 1);
    let point = PointNo(1);
    let refusal = RestorativeRefusal::FulfilledAlready { point };
    refused_at_every_door(&half, fulfilling(&[1]), &facts(), &refusal);
    refused_at_every_door(&agreed(), fulfilling(&[1, 1]), &facts(), &refusal);
    let point = PointNo(3);
    let refusal = RestorativeRefusal::NoSuchPoint { point };
    refused_at_every_door(&agreed(), fulfilling(&[3]), &facts(), &refusal);
    for rest in [fulfilling(&[2]), fulfilling(&[])] {
        let history = [
            agreement(),
            fulfilling(&[1])(on("2026-02-05")),
            rest(on("2026-02-09")),
        ];
        let all = started_and(history);
        let standing = all.referred().unwrap().standing;
        assert_eq!(standing, RestorativeStanding::Fulfilled);
    }
}

/// RJ-2
#[test]
fn no_reason_for_an_end_blames_whoever_took_part() {
    let reason = || code("unwilling-offender");
    let refusal = || Objection::hard(RestorativeRefusal::BlamingReason { reason: reason() });
    let blaming = ending("unwilling-offender");
    refused_live_and_noticed(&started_and([]), blaming, &facts(), refusal());
    let blaming = breaking_off("unwilling-offender");
    refused_live_and_noticed(&agreed(), blaming, &facts(), refusal());
    passes(
        &started_and([]),
        ending("no-agreement")(just_now()),
        &facts(),
    );
    passes(
        &agreed(),
        breaking_off("circumstances")(just_now()),
        &facts(),
    );
}

/// RS-4
#[test]
fn a_reason_for_an_end_is_one_of_the_pack_that_blames_nobody() {
    let rules = &midland().restorative;
    let choices = crate::jurisdiction::codes_of(&rules.reasons());
    assert!(choices.iter().all(|choice| !rules.blames(choice)));
    let refusal = Objection::hard(RestorativeRefusal::UnknownCode {
        list: "reasons",
        code: code("weather"),
        known: choices,
    });
    refused_live_and_noticed(&started_and([]), ending("weather"), &facts(), refusal);
}

#[test]
fn what_is_fulfilled_can_be_left_by_nobody() {
    let done = [
        agreeing(|_| {})(on("2026-02-01")),
        fulfilling(&[])(on("2026-02-09")),
    ];
    let refusal = RestorativeRefusal::NotPossible {
        state: "fulfilled",
        wish: "withdrawing consent",
    };
    let leave = withdrawing(Side::Victim);
    refused_at_every_door(&started_and(done), leave, &facts(), &refusal);
}
