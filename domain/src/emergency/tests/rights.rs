use super::{
    after, cut, cutting, day, declare, declared, facts, of_one, on, publish, restore, screen, text,
};
use crate::act::{Objection, Reference};
use crate::actor::Role;
use crate::emergency::{Emergency, EmergencyRefusal};
use crate::testing::doors::{
    self, just_now, noticed_at_every_door, passes, refused_at_every_door, refused_live_and_noticed,
};
use crate::testing::samples::{code, known, person};
use crate::values::{Known, LegalAid, PersonId};

/// EM-5, EG-8
#[test]
fn a_right_is_cut_for_everybody_by_a_code_and_for_one_person_with_reasons() {
    passes(&declared(), cut(just_now()), &facts());
    passes(&declared(), cutting(of_one)(just_now()), &facts());
}

/// EM-5
#[test]
fn a_right_is_cut_only_where_it_is_said_why() {
    let unsaid = cutting(|wish| wish.necessity = None);
    let refusal = Objection::reasons(EmergencyRefusal::NecessityMissing);
    refused_live_and_noticed(&declared(), unsaid, &facts(), refusal);
    let in_words = cutting(|wish| {
        of_one(wish);
        wish.necessity = None;
    });
    passes(&declared(), in_words(just_now()), &facts());
}

/// EM-5
#[test]
fn nobodys_right_is_cut_without_counsel_unless_it_is_said_why() {
    let alone = cutting(|wish| {
        of_one(wish);
        wish.counsel = Known::Value(LegalAid::Refused);
    });
    let refusal = Objection::notice(EmergencyRefusal::NoCounsel);
    noticed_at_every_door(&declared(), alone, &facts(), refusal);
    let silent = cutting(|wish| {
        of_one(wish);
        wish.counsel = Known::NotRecorded;
        wish.reasons = None;
    });
    let refusal = Objection::reasons(EmergencyRefusal::NoCounsel);
    refused_live_and_noticed(&declared(), silent, &facts(), refusal);
}

/// EG-8
#[test]
fn words_are_kept_only_of_somebody_who_is_named() {
    let worded = cutting(|wish| wish.reasons = Some(text()));
    let refusal = EmergencyRefusal::WordsOfNobody;
    refused_at_every_door(&declared(), worded, &facts(), &refusal);
}

/// EG-4
#[test]
fn rights_and_necessities_are_those_of_the_pack() {
    let odd = cutting(|wish| wish.right = code("sunshine"));
    let refusal = Objection::hard(EmergencyRefusal::UnknownCode {
        list: "rights",
        code: code("sunshine"),
        known: known(|law| &law.emergency.rights),
    });
    refused_live_and_noticed(&declared(), odd, &facts(), refusal);
    let handy = cutting(|wish| wish.necessity = Some(code("it-is-handy")));
    let refusal = Objection::hard(EmergencyRefusal::UnknownCode {
        list: "necessities",
        code: code("it-is-handy"),
        known: known(|law| &law.emergency.necessities),
    });
    refused_live_and_noticed(&declared(), handy, &facts(), refusal);
}

/// EG-5
#[test]
fn no_cut_outlasts_the_emergency() {
    let last = cutting(|wish| wish.until = day("2026-04-30"));
    passes(&declared(), last(just_now()), &facts());
    let longer = cutting(|wish| wish.until = day("2026-05-01"));
    let refusal = Objection::hard(EmergencyRefusal::BeyondTheEmergency {
        until: day("2026-05-01"),
        ends: day("2026-04-30"),
    });
    refused_live_and_noticed(&declared(), longer, &facts(), refusal);
}

/// EG-9
#[test]
fn a_right_is_cut_once_and_restored_once() {
    let steps = [cut(on("2026-02-07")), cutting(of_one)(on("2026-02-07"))];
    let both = after(steps);
    let right = code("visits");
    let refusal = EmergencyRefusal::RightCutAlready { right };
    refused_at_every_door(&both, cut, &facts(), &refusal);
    passes(&both, restore("visits", None)(just_now()), &facts());
    let theirs = restore("presence", Some(person(1)));
    passes(&both, theirs(just_now()), &facts());
    let right = code("presence");
    let refusal = EmergencyRefusal::RightNotCut { right };
    let everybodys = restore("presence", None);
    refused_at_every_door(&both, everybodys, &facts(), &refusal);
}

/// EG-9
#[test]
fn a_right_that_is_restored_stays_cut_for_somebody_else_and_another_right_stays_cut_too() {
    let presence = |who: u128| {
        cutting(move |wish| {
            of_one(wish);
            wish.person = Some(person(who));
        })(on("2026-02-10"))
    };
    let both = [1, 2].map(|who| Reference::Person(person(who)));
    let facts = doors::facts_of(Role::Judge, both);
    let cut = [
        presence(1),
        presence(2),
        cut(on("2026-02-10")),
        restore("presence", Some(person(1)))(on("2026-02-12")),
    ];
    let history = [declare(), publish(), screen()].into_iter().chain(cut);
    let emergency: Emergency = doors::after(&facts, history);
    let rights = &emergency.declared().unwrap().rights;
    let cut: Vec<(&str, Option<PersonId>)> = rights
        .iter()
        .map(|cut| (cut.told.right.as_str(), cut.told.person))
        .collect();
    assert_eq!(cut, [("presence", Some(person(2))), ("visits", None)]);
}
