use super::{
    agreed, agreeing, breaking_off, consent, consented, ending, facts, facts_of, fulfilling, on,
    refer, referred, referring, start, started_and, withdrawing,
};
use crate::act::{Objection, Reference, Weight};
use crate::actor::Role;
use crate::childhood::Childhood;
use crate::restorative::{Origin, Restorative, RestorativeRefusal, RestorativeStanding, Side};
use crate::stream::Stream;
use crate::testing::doors::{
    after, after_just_now, born, just_now, noticed_at_every_door, passes, refused,
    refused_at_every_door, told_with,
};
use crate::testing::samples::{midland, person, sentence_id};
use crate::values::{DiversionId, Known};

/// RS-2
#[test]
fn no_step_lies_in_the_future_and_one_told_of_before_what_it_follows_is_seen() {
    let done = on("2026-03-06");
    let refusal = RestorativeRefusal::InTheFuture { done };
    refused(&consented(), start(done), &facts(), &refusal);
    let early = |done: &str, follows, on: &str| RestorativeRefusal::TooEarly {
        done: done.parse().unwrap(),
        follows,
        on: on.parse().unwrap(),
    };
    let before = early("2026-01-04", "referral", "2026-01-05");
    told_with(&consented(), start(on("2026-01-04")), &facts(), before);
    let before = early("2026-01-19", "start", "2026-01-20");
    let agree = agreeing(|_| {})(on("2026-01-19"));
    told_with(&started_and([]), agree, &facts(), before);
    let before = early("2026-01-31", "agreement", "2026-02-01");
    let fulfil = fulfilling(&[])(on("2026-01-31"));
    told_with(&agreed(), fulfil, &facts(), before);
    let fresh = after::<Restorative>(&facts(), [refer(after_just_now())]);
    let before = early("2026-03-05", "referral", "2026-03-05");
    refused(&fresh, start(just_now()), &facts(), &before);
    passes(&agreed(), fulfilling(&[])(on("2026-02-01")), &facts());
}

/// RS-3
#[test]
fn a_step_is_possible_only_in_the_state_that_allows_it() {
    let refusal = |state, wish| RestorativeRefusal::NotPossible { state, wish };
    let never = Restorative::default();
    refused_at_every_door(
        &never,
        start,
        &facts(),
        &refusal("not recorded", "starting"),
    );
    let no = refusal("under way", "starting");
    refused_at_every_door(&started_and([]), start, &facts(), &no);
    let consents = |_| consent(Side::Victim);
    let no = refusal("under way", "consenting");
    refused_at_every_door(&started_and([]), consents, &facts(), &no);
    let no = refusal("referred", "reaching an agreement");
    refused_at_every_door(&consented(), agreeing(|_| {}), &facts(), &no);
    let no = refusal("under way", "fulfilling");
    refused_at_every_door(&started_and([]), fulfilling(&[]), &facts(), &no);
    let no = refusal("agreed", "ending without agreement");
    refused_at_every_door(&agreed(), ending("no-agreement"), &facts(), &no);
    let no = refusal("under way", "ending unfulfilled");
    let early = breaking_off("circumstances");
    refused_at_every_door(&started_and([]), early, &facts(), &no);
    passes(
        &referred(),
        ending("victim-not-found")(just_now()),
        &facts(),
    );
}

#[test]
fn each_side_can_leave_until_everything_is_fulfilled() {
    for side in [Side::Offender, Side::Victim] {
        for process in [referred(), consented(), started_and([]), agreed()] {
            for role in Role::ALL {
                let leave = withdrawing(side);
                passes(&process, leave(just_now()), &facts_of(*role));
                passes(&process, leave(on("2026-02-19")), &facts_of(*role));
            }
        }
        let left = started_and([withdrawing(side)(on("2026-02-01"))]);
        let standing = left.referred().unwrap().standing;
        assert_eq!(standing, RestorativeStanding::Withdrawn(side));
        assert_eq!(left.title(), "ended by a withdrawal");
        assert_eq!(left.clocks(&midland()), []);
    }
}

#[test]
fn a_referral_waits_for_its_start_and_an_agreement_ends_on_its_last_day() {
    let law = midland();
    let due = |process: &Restorative| -> Vec<(&str, String, Role, Weight)> {
        let clocks = process.clocks(&law).into_iter();
        clocks
            .map(|c| (c.code, c.due.to_string(), c.role, c.weight))
            .collect()
    };
    let clock = |code, due: &str| (code, due.to_owned(), Role::Probation, Weight::Notice);
    assert_eq!(
        due(&consented()),
        [clock("restorative.start", "2026-03-06")]
    );
    assert_eq!(due(&started_and([])), []);
    assert_eq!(due(&agreed()), [clock("restorative.end", "2026-08-31")]);
    let agreement = agreeing(|_| {})(on("2026-02-01"));
    let paid = started_and([agreement, fulfilling(&[2])(on("2026-02-05"))]);
    assert_eq!(due(&paid), [], "what is left has no last day");
}

#[test]
fn a_referral_refers_to_both_sides_and_to_what_it_hangs_on() {
    let never = Restorative::default();
    let people = [person(1), person(2)].map(Reference::Person);
    assert_eq!(never.refers(&refer(just_now())), people);
    let sentence = sentence_id(7);
    let hanging = referring(move |wish| {
        wish.victim = None;
        wish.origin = Some(Origin::Sentence(sentence));
    });
    let both = [Reference::Person(person(1)), Reference::Sentence(sentence)];
    assert_eq!(never.refers(&hanging(just_now())), both);
    let diversion = DiversionId(uuid::Uuid::from_u128(9));
    let diverted = referring(move |wish| wish.origin = Some(Origin::Diversion(diversion)));
    assert_eq!(never.refers(&diverted(just_now())), people);
    assert_eq!(referred().refers(&start(just_now())), []);
    let process = after::<Restorative>(&facts(), [refer(on("2026-01-05"))]);
    assert_eq!(process.person(), Some(person(1)));
}

/// CRC-AGE
#[test]
fn a_process_with_whom_the_date_of_birth_makes_a_child_is_a_childs() {
    let of_sixteen = born("2009-06-01", facts());
    let untold = referring(|wish| wish.age = Known::NotRecorded);
    let events = Restorative::default()
        .decide(untold(just_now()), &of_sixteen)
        .unwrap();
    let child = events.iter().fold(Restorative::default(), Stream::evolve);
    assert_eq!(child.childhood(&facts().law), Childhood::Child);
    let refusal = Objection::notice(RestorativeRefusal::AgeContradicted);
    let grown = referring(|wish| wish.age = Known::Value(30));
    noticed_at_every_door(&Restorative::default(), grown, &of_sixteen, refusal);
    passes(
        &Restorative::default(),
        referring(|wish| wish.age = Known::Value(30))(just_now()),
        &born("1995-06-01", facts()),
    );
}
