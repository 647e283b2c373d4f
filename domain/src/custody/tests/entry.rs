use super::{
    admission, admit, admitting, commitment, facts, facts_of, for_a_breach, held, noticed_once, on,
    protection,
};
use crate::act::{Facts, Objection, Reference};
use crate::actor::Role;
use crate::childhood::ChildNoted;
use crate::childhood::Childhood;
use crate::custody::{Admit, Custody, CustodyCommand, CustodyRefusal, HoldingBasis, OtherBasis};
use crate::stream::Stream;
use crate::testing::doors::{
    born, just_now, noticed_at_every_door, passes, refused, refused_at_every_door,
    refused_live_and_noticed, told_with,
};
use crate::testing::samples::{code, known, order_id, person, sentence_id};
use crate::values::{Known, Told};

/// What an admission meets at both doors, once something is changed.
#[track_caller]
fn stands_against(change: impl Fn(&mut Admit), refusal: CustodyRefusal) {
    let objection = Objection::hard(refusal);
    refused_live_and_noticed(&Custody::default(), admitting(change), &facts(), objection);
}

/// What an admission is noticed for at both doors, once something is changed.
#[track_caller]
fn is_noticed(change: impl Fn(&mut Admit), refusal: CustodyRefusal) {
    let objection = Objection::notice(refusal);
    noticed_at_every_door(&Custody::default(), admitting(change), &facts(), objection);
}

/// CU-1
#[test]
fn a_stay_begins_once() {
    passes(&Custody::default(), admit(just_now()), &facts());
    let refusal = CustodyRefusal::AlreadyBegun;
    refused_at_every_door(&held(), admit, &facts(), &refusal);
    let protect = |taken_in| CustodyCommand::Protect(protection(taken_in));
    refused_at_every_door(&held(), protect, &facts(), &refusal);
}

/// CU-2
#[test]
fn nobody_is_admitted_in_the_future_and_who_was_before_the_arrest_is_seen() {
    let tomorrow = on("2026-03-06");
    let refusal = CustodyRefusal::InTheFuture { done: tomorrow };
    refused(&Custody::default(), admit(tomorrow), &facts(), &refusal);
    let refusal = CustodyRefusal::ArrestedLater {
        arrested: "2026-01-02".parse().unwrap(),
        admitted: "2026-01-01".parse().unwrap(),
    };
    let before = admit(on("2026-01-01"));
    told_with(&Custody::default(), before, &facts(), refusal);
    passes(&Custody::default(), admit(on("2026-01-02")), &facts());
}

/// CU-4
#[test]
fn places_and_codes_of_an_admission_are_those_of_the_pack() {
    stands_against(
        |wish| wish.facility = "atlantis".parse().unwrap(),
        CustodyRefusal::UnknownPlace {
            facility: "atlantis".parse().unwrap(),
        },
    );
    stands_against(
        |wish| wish.reception.group = Known::Value(code("disliked")),
        CustodyRefusal::UnknownCode {
            list: "groups",
            code: "disliked".to_owned(),
            known: known(|pack| &pack.custody.groups),
        },
    );
    stands_against(
        |wish| wish.commitment.authority = Some("a-friend".parse().unwrap()),
        CustodyRefusal::UnknownCode {
            list: "authorities",
            code: "a-friend".to_owned(),
            known: known(|pack| &pack.custody.authorities),
        },
    );
    let asked = |question: &'static str, answer: &'static str| {
        admitting(move |wish: &mut Admit| {
            let answer = Known::Value(code(answer));
            wish.reception.circumstances = [(code(question), answer)].into();
        })
    };
    passes(
        &Custody::default(),
        asked("pregnant", "no")(just_now()),
        &facts(),
    );
    let outcome = Custody::default().decide(asked("mood", "no")(just_now()), &facts());
    assert!(matches!(
        outcome,
        Err(CustodyRefusal::UnknownCode {
            list: "circumstances",
            ..
        })
    ));
}

/// HR-20/MR-7
#[test]
fn nobody_is_received_without_identity_order_reasons_authority_and_times() {
    passes(&Custody::default(), admit(just_now()), &facts());
    stands_against(
        |wish| wish.reception.identity_checked = Known::NotAsked,
        CustodyRefusal::IdentityUnchecked,
    );
    stands_against(|wish| wish.commitment.order = None, CustodyRefusal::NoOrder);
    stands_against(
        |wish| wish.commitment.authority = None,
        CustodyRefusal::NoAuthority,
    );
    stands_against(
        |wish| wish.commitment.reasons = None,
        CustodyRefusal::ReasonsMissing,
    );
    stands_against(
        |wish| wish.arrival = Known::NotRecorded,
        CustodyRefusal::ArrivalMissing,
    );
}

/// HR-20/MR-7
#[test]
fn the_hour_of_an_admission_of_today_is_given() {
    let refusal = CustodyRefusal::HourMissing;
    let today = admit(on("2026-03-05"));
    refused(&Custody::default(), today, &facts(), &refusal);
    passes(&Custody::default(), admit(on("2026-03-04")), &facts());
}

/// HR-20/MR-7
#[test]
fn injuries_and_property_are_asked_about_and_whoever_declines_was_asked() {
    is_noticed(
        |wish| {
            wish.reception.injuries = Known::NotAsked;
            wish.reception.property_listed = Known::NotRecorded;
        },
        CustodyRefusal::NotNoted {
            what: vec!["injuries", "property"],
        },
    );
    let declined = admitting(|wish| wish.reception.injuries = Known::Declined);
    passes(&Custody::default(), declined(just_now()), &facts());
}

/// TR-3.10
#[test]
fn the_decision_on_which_somebody_is_held_is_in_force() {
    let elsewhere = |change: fn(&mut Admit), what| {
        stands_against(change, CustodyRefusal::BasisNotFound { what });
    };
    elsewhere(
        |wish| wish.commitment.basis = HoldingBasis::Sentence(sentence_id(8)),
        "sentence",
    );
    elsewhere(
        |wish| {
            let mut arrest = for_a_breach();
            arrest.order = order_id(8);
            wish.commitment.basis = HoldingBasis::Breach(arrest);
        },
        "order",
    );
    for basis in [
        HoldingBasis::Pretrial(super::case_id()),
        HoldingBasis::Breach(for_a_breach()),
    ] {
        let wish = admitting(move |wish| wish.commitment.basis = basis.clone());
        passes(&Custody::default(), wish(just_now()), &facts());
    }
}

/// TR-3.1
#[test]
fn a_provision_on_which_somebody_is_held_is_in_force_on_the_day() {
    let other = |provision: &str| {
        let provision = code(provision);
        admitting(move |wish| {
            let provision = provision.clone();
            wish.commitment = commitment(HoldingBasis::Other(OtherBasis { provision }));
        })
    };
    let refusal = |on: &str| CustodyRefusal::NotInForce {
        provision: code("va-2"),
        on: on.parse().unwrap(),
    };
    let state = Custody::default();
    let live = refusal("2026-03-05");
    refused(&state, other("va-2")(just_now()), &facts(), &live);
    let existing = Objection::hard(refusal("2026-02-19"));
    noticed_once(&state, other("va-2")(on("2026-02-19")), &facts(), existing);
    passes(&state, other("mpa-4")(just_now()), &facts());
}

/// TR-11.1
#[test]
fn nobody_is_admitted_after_the_last_day_of_the_order() {
    let until = |day: &'static str| {
        admitting(move |wish| wish.commitment.until = Some(day.parse().unwrap()))
    };
    let refusal = |until: &str, on: &str| CustodyRefusal::PastItsEnd {
        until: until.parse().unwrap(),
        on: on.parse().unwrap(),
    };
    let state = Custody::default();
    let live = refusal("2026-03-04", "2026-03-05");
    refused(&state, until("2026-03-04")(just_now()), &facts(), &live);
    let existing = Objection::hard(refusal("2026-02-18", "2026-02-19"));
    let late = until("2026-02-18")(on("2026-02-19"));
    noticed_once(&state, late, &facts(), existing);
    passes(&state, until("2026-03-05")(just_now()), &facts());
}

/// TR-14.5
#[test]
fn an_arrest_for_a_breach_names_its_provision_and_a_hearing_comes_soon() {
    stands_against(
        |wish| {
            let mut arrest = for_a_breach();
            arrest.provision = None;
            wish.commitment.basis = HoldingBasis::Breach(arrest);
        },
        CustodyRefusal::NoProvision,
    );
    let heard = |by: &'static str| {
        admitting(move |wish| {
            let mut arrest = for_a_breach();
            arrest.hearing_by = Some(by.parse().unwrap());
            wish.commitment.basis = HoldingBasis::Breach(arrest);
        })
    };
    let refusal = CustodyRefusal::HearingTooLate {
        hearing: "2026-03-09".parse().unwrap(),
        latest: "2026-03-08".parse().unwrap(),
    };
    let late = heard("2026-03-09")(just_now());
    let state = Custody::default();
    noticed_once(&state, late, &facts(), Objection::notice(refusal));
    passes(&state, heard("2026-03-08")(just_now()), &facts());
}

/// BR-3
#[test]
fn whoever_enters_is_asked_about_her_children_and_declining_is_an_answer() {
    for silence in [Known::NotRecorded, Known::NotAsked] {
        let unasked = move |wish: &mut Admit| wish.reception.children = silence;
        is_noticed(unasked, CustodyRefusal::ChildrenNotAsked);
        // It was asked before, and stands in the person's record.
        let mut known = facts();
        known.about.dependent_children = Known::Declined;
        passes(&Custody::default(), admitting(unasked)(just_now()), &known);
    }
    for answer in [Known::Declined, Known::Value(2)] {
        let asked = admitting(move |wish| wish.reception.children = answer);
        passes(&Custody::default(), asked(just_now()), &facts());
    }
}

/// BR-8
#[test]
fn no_question_about_pregnancy_or_health_has_to_be_answered() {
    for answer in [Known::NotRecorded, Known::NotAsked, Known::Declined] {
        let silent = admitting(move |wish| {
            wish.reception.circumstances = [(code("pregnant"), answer.clone())].into();
        });
        passes(&Custody::default(), silent(just_now()), &facts());
    }
    let schema = schemars::schema_for!(CustodyCommand).to_value();
    let required = schema.pointer("/$defs/Reception/required");
    assert_eq!(required, None, "no field of a reception is mandatory");
}

/// CU-7
#[test]
fn no_more_children_are_described_than_there_are() {
    let described = |children| {
        admitting(move |wish| {
            wish.reception.children = Known::Value(children);
            wish.reception.each_child = vec![ChildNoted::default(), ChildNoted::default()];
        })
    };
    let refusal = CustodyRefusal::Miscounted {
        described: 2,
        children: 1,
    };
    refused_at_every_door(&Custody::default(), described(1), &facts(), &refusal);
    passes(&Custody::default(), described(3)(just_now()), &facts());
}

/// CU-9
#[test]
fn the_family_is_told_unless_the_person_does_not_want_it() {
    for silence in [Known::NotRecorded, Known::Value(Told::No)] {
        let untold = move |wish: &mut Admit| wish.reception.family_told = silence;
        is_noticed(untold, CustodyRefusal::FamilyUntold);
    }
    let declined = admitting(|wish| wish.reception.family_told = Known::Declined);
    passes(&Custody::default(), declined(just_now()), &facts());
}

/// DP-7
#[test]
fn no_process_of_the_register_admits_isolates_or_releases() {
    let system: Facts = facts_of(Role::System);
    let refusal = CustodyRefusal::NotForSoftware;
    refused_at_every_door(&Custody::default(), admit, &system, &refusal);
    refused_at_every_door(&held(), super::isolate, &system, &refusal);
    refused_at_every_door(&held(), super::release, &system, &refusal);
    passes(&Custody::default(), admit(just_now()), &facts());
    let seen = CustodyCommand::RecordIrregularHolding(super::irregular(just_now()));
    assert!(Custody::default().decide(seen, &system).is_ok());
}

#[test]
fn an_admission_refers_to_the_person_and_to_what_the_holding_rests_on() {
    let state = Custody::default();
    let both = [
        Reference::Person(person(1)),
        Reference::Sentence(sentence_id(7)),
    ];
    assert_eq!(state.refers(&admit(just_now())), both);
    let mut wish = admission(just_now());
    wish.commitment.basis = HoldingBasis::Breach(for_a_breach());
    let refers = state.refers(&CustodyCommand::Admit(wish));
    assert_eq!(refers[1], Reference::Order(order_id(9)));
    assert_eq!(state.refers(&super::release(just_now())), []);
}

/// CRC-AGE
#[test]
fn a_stay_of_whom_the_date_of_birth_makes_a_child_is_a_childs() {
    let of_sixteen = born("2009-06-01", facts());
    let untold = admitting(|wish| wish.reception.age = Known::NotRecorded);
    let events = Custody::default()
        .decide(untold(just_now()), &of_sixteen)
        .unwrap();
    let child = events.iter().fold(Custody::default(), Stream::evolve);
    assert_eq!(child.childhood(&facts().law), Childhood::Child);
    let refusal = Objection::notice(CustodyRefusal::AgeContradicted);
    let grown = admitting(|wish| wish.reception.age = Known::Value(30));
    noticed_at_every_door(&Custody::default(), grown, &of_sixteen, refusal);
    passes(
        &Custody::default(),
        admitting(|wish| wish.reception.age = Known::Value(30))(just_now()),
        &born("1995-06-01", facts()),
    );
}
