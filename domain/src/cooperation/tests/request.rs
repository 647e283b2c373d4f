use super::{
    asked, case, code, day, facts, facts_of, homeward, judgment, notifying, on, request,
    requesting, surrender, text, theft,
};
use crate::act::{Objection, Reference};
use crate::actor::Role;
use crate::childhood::Childhood;
use crate::cooperation::{
    Cooperation, CooperationCommand, CooperationRefusal, Direction, HangsOn, Matter,
};
use crate::personal::{Personal, Seal};
use crate::stream::Stream;
use crate::testing::doors::{
    born, just_now, noticed_at_every_door, passes, refused, refused_at_every_door,
    refused_live_and_noticed, told_with,
};
use crate::testing::samples::{person, sentence_id};
use crate::testing::stored::Sealing;
use crate::values::{CourtCode, Known, OfficeCode};

fn nothing() -> Cooperation {
    Cooperation::default()
}

/// IC-1, IC-2, IC-3, IC-4, IC-5, IC-12, TR-3.1
#[test]
fn every_matter_with_everything_said_is_recorded_of_both_directions() {
    passes(&nothing(), request(just_now()), &facts());
    passes(&nothing(), requesting(surrender)(just_now()), &facts());
    passes(&nothing(), requesting(homeward)(just_now()), &facts());
    let theirs = requesting(|wish| {
        wish.matter = Matter::Recognition;
        wish.basis = code("ica-14");
        wish.decide_by = Some(day("2026-03-05"));
    });
    passes(&nothing(), theirs(just_now()), &facts());
    let pending = requesting(|wish| {
        surrender(wish);
        wish.direction = Direction::Inward;
        wish.origin = Some(HangsOn::Pretrial(case(7)));
        wish.offences.clear();
        wish.office = OfficeCode::parse("ashby").unwrap();
    });
    passes(&nothing(), pending(just_now()), &facts());
}

/// IC-1
#[test]
fn a_matter_is_recorded_once_and_names_an_offence() {
    let refusal = CooperationRefusal::AlreadyRecorded;
    refused_at_every_door(&asked(), request, &facts(), &refusal);
    refused_at_every_door(&asked(), notifying(|_| {}), &facts(), &refusal);
    let refusal = || Objection::hard(CooperationRefusal::NoOffence);
    let offenceless = requesting(|wish| {
        surrender(wish);
        wish.offences.clear();
    });
    refused_live_and_noticed(&nothing(), offenceless, &facts(), refusal());
    let offenceless = notifying(|wish| wish.judgment.offences.clear());
    refused_live_and_noticed(&nothing(), offenceless, &facts(), refusal());
}

/// IC-2
#[test]
fn nothing_is_asked_in_the_future() {
    let done = on("2026-03-06");
    let refusal = CooperationRefusal::InTheFuture { done };
    refused(&nothing(), request(done), &facts(), &refusal);
    refused(&nothing(), notifying(|_| {})(done), &facts(), &refusal);
}

/// IC-4
#[test]
fn whoever_has_it_is_an_authority_an_office_or_a_court_of_the_pack() {
    let office = || OfficeCode::parse("ministry").unwrap();
    let elsewhere = requesting(move |wish| wish.office = office());
    let refusal = || {
        let office = office();
        Objection::hard(CooperationRefusal::UnknownOffice { office })
    };
    refused_live_and_noticed(&nothing(), elsewhere, &facts(), refusal());
    let elsewhere = notifying(move |wish| wish.office = office());
    refused_live_and_noticed(&nothing(), elsewhere, &facts(), refusal());
    let court = || "ministry".parse::<CourtCode>().unwrap();
    let before_it = requesting(move |wish| wish.court = Some(court()));
    let refusal = Objection::hard(CooperationRefusal::UnknownCourt { court: court() });
    refused_live_and_noticed(&nothing(), before_it, &facts(), refusal);
    let before_a_court = requesting(|wish| wish.court = Some("fenwick".parse().unwrap()));
    passes(&nothing(), before_a_court(just_now()), &facts());
    let of_probation = OfficeCode::parse("ashby-probation").unwrap();
    let known = requesting(move |wish| wish.office = of_probation.clone());
    passes(&nothing(), known(just_now()), &facts());
}

/// IC-5
#[test]
fn a_matter_hangs_on_what_stands_in_the_register() {
    let sentence = sentence_id(8);
    let other = requesting(move |wish| {
        homeward(wish);
        wish.origin = Some(HangsOn::Sentence(sentence));
    });
    let refusal = CooperationRefusal::SentenceNotInForce { sentence };
    refused_at_every_door(&nothing(), other, &facts(), &refusal);
    let pending = requesting(|wish| {
        surrender(wish);
        wish.origin = Some(HangsOn::Pretrial(case(8)));
    });
    let refusal = CooperationRefusal::CaseNotOpen { case: case(8) };
    refused_at_every_door(&nothing(), pending, &facts(), &refusal);
}

/// IC-5
#[test]
fn a_transfer_and_a_recognition_hang_on_a_judgment() {
    for matter in [Matter::Transfer, Matter::Recognition] {
        let refusal = || Objection::hard(CooperationRefusal::JudgmentMissing { matter });
        let inward = requesting(move |wish| {
            wish.matter = matter;
            wish.judgment = None;
            wish.offences = vec![theft()];
        });
        refused_live_and_noticed(&nothing(), inward, &facts(), refusal());
        let outward = requesting(move |wish| {
            wish.matter = matter;
            wish.direction = Direction::Outward;
            wish.judgment = Some(judgment());
        });
        refused_live_and_noticed(&nothing(), outward, &facts(), refusal());
    }
    let untried = requesting(surrender);
    passes(&nothing(), untried(just_now()), &facts());
}

/// IC-12
#[test]
fn no_day_for_the_decision_lies_before_the_request() {
    let due = day("2026-03-04");
    let early = requesting(move |wish| wish.decide_by = Some(due));
    let refusal = CooperationRefusal::DueTooEarly {
        due,
        on: "2026-03-05".parse().unwrap(),
    };
    refused(&nothing(), early(just_now()), &facts(), &refusal);
    let early = requesting(|wish| wish.decide_by = Some(day("2026-02-18")));
    let refusal = CooperationRefusal::DueTooEarly {
        due: day("2026-02-18"),
        on: "2026-02-19".parse().unwrap(),
    };
    told_with(&nothing(), early(on("2026-02-19")), &facts(), refusal);
}

/// TR-3.1
#[test]
fn the_treaty_or_statute_is_in_force_on_the_day() {
    let lapsed = || code("fugitives-7");
    let old = requesting(move |wish| wish.basis = lapsed());
    let basis = lapsed();
    let on_that_day = "2026-03-05".parse().unwrap();
    let refusal = CooperationRefusal::NotInForce {
        basis,
        on: on_that_day,
    };
    refused(&nothing(), old(just_now()), &facts(), &refusal);
    passes(&nothing(), old(on("2018-05-02")), &facts());
    let notice = notifying(move |wish| wish.basis = lapsed());
    let noticed = crate::testing::doors::noticed(&nothing(), notice(on("2026-02-19")), &facts());
    assert_eq!(noticed.len(), 1);
}

/// DP-7
#[test]
fn no_software_asks_or_takes_notice() {
    let software = facts_of(Role::System);
    let refusal = CooperationRefusal::NotForSoftware;
    refused_at_every_door(&nothing(), request, &software, &refusal);
    refused_at_every_door(&nothing(), notifying(|_| {}), &software, &refusal);
}

#[test]
fn a_request_refers_to_the_person_and_to_what_it_hangs_on() {
    let of_person = Reference::Person(person(1));
    assert_eq!(nothing().refers(&request(just_now())), [of_person]);
    let home = requesting(homeward)(just_now());
    let sentence = Reference::Sentence(sentence_id(7));
    assert_eq!(nothing().refers(&home), [of_person, sentence]);
    let notice = notifying(|_| {})(just_now());
    assert_eq!(nothing().refers(&notice), [of_person]);
}

#[test]
fn why_it_is_asked_is_sealed() {
    assert!(text().sealed().is_some());
    let mut wish = requesting(|wish| {
        wish.reasons = Some(Personal::Clear("Her children are in Lille".to_owned()));
    })(just_now());
    wish.seal(&mut Sealing).unwrap();
    let CooperationCommand::Request(sealed) = wish else {
        panic!("a request stays a request")
    };
    assert!(sealed.reasons.unwrap().sealed().is_some());
}

/// CRC-AGE
#[test]
fn a_matter_about_whom_the_date_of_birth_makes_a_child_is_a_childs() {
    let of_sixteen = born("2009-06-01", facts());
    let untold = requesting(|wish| wish.age = Known::NotRecorded);
    let events = nothing().decide(untold(just_now()), &of_sixteen).unwrap();
    let child = events.iter().fold(nothing(), Stream::evolve);
    assert_eq!(child.childhood(&facts().law), Childhood::Child);
    let refusal = Objection::notice(CooperationRefusal::AgeContradicted);
    let grown = requesting(|wish| wish.age = Known::Value(34));
    noticed_at_every_door(&nothing(), grown, &of_sixteen, refusal);
    passes(
        &nothing(),
        requesting(|wish| wish.age = Known::Value(34))(just_now()),
        &born("1992-02-01", facts()),
    );
}
