use super::{facts, jurisdiction, key, opened, opening, publish, seal};
use crate::act::Reference;
use crate::registry::{Register, RegistryRefusal};
use crate::stream::{Goes, Stream};
use crate::testing::doors::{just_now, passes, refused, refused_at_every_door};
use crate::testing::samples::{on, person};

/// RG-1
#[test]
fn a_register_is_opened_once_and_before_anything_else() {
    let open = opening(|_| {});
    passes(&Register::default(), open(just_now()), &facts());
    let twice = RegistryRefusal::AlreadyOpened;
    refused_at_every_door(&opened(), open, &facts(), &twice);
    let unopened = RegistryRefusal::NotOpened;
    refused_at_every_door(&Register::default(), seal(1), &facts(), &unopened);
    let early = key("k2", "planned");
    refused_at_every_door(&Register::default(), early, &facts(), &unopened);
}

/// RG-1
#[test]
fn a_register_is_of_jurisdictions_each_named_once() {
    let of = |codes: &'static [&str]| {
        opening(move |wish| {
            wish.jurisdictions = codes.iter().map(|code| jurisdiction(code)).collect();
        })
    };
    let two = of(&["midland", "mongolia"]);
    passes(&Register::default(), two(just_now()), &facts());
    let none = RegistryRefusal::NoJurisdiction;
    refused_at_every_door(&Register::default(), of(&[]), &facts(), &none);
    let twice = RegistryRefusal::JurisdictionTwice {
        jurisdiction: jurisdiction("midland"),
    };
    let named = of(&["midland", "mongolia", "midland"]);
    refused_at_every_door(&Register::default(), named, &facts(), &twice);
}

/// RG-2
#[test]
fn nothing_is_recorded_of_the_future_nor_of_before_the_opening() {
    let tomorrow = on("2026-03-06");
    let future = RegistryRefusal::InTheFuture { done: tomorrow };
    let open = opening(|_| {});
    refused(&Register::default(), open(tomorrow), &facts(), &future);
    refused(&opened(), publish(1)(tomorrow), &facts(), &future);
    let early = RegistryRefusal::BeforeTheOpening {
        done: "2026-01-09".parse().unwrap(),
        opened: "2026-01-10".parse().unwrap(),
    };
    refused(&opened(), publish(1)(on("2026-01-09")), &facts(), &early);
    passes(&opened(), publish(1)(on("2026-01-10")), &facts());
}

#[test]
fn a_register_is_listed_and_never_over() {
    assert_eq!(Register::default().listed(), None);
    let listed = opened().listed().unwrap();
    assert_eq!((listed.state, listed.goes), ("open", Goes::On));
    assert_eq!((listed.person, listed.place), (None, None));
    assert_eq!(listed.since, on("2026-01-10"));
}

#[test]
fn only_a_bundle_of_one_person_refers_to_somebody() {
    let register = opened();
    let bundle = super::handing_over(|_| {})(just_now());
    assert_eq!(register.refers(&bundle), [Reference::Person(person(1))]);
    let several = super::handing_over(|wish| wish.person = None)(just_now());
    assert_eq!(register.refers(&several), []);
    assert_eq!(register.refers(&seal(1)(just_now())), []);
}
