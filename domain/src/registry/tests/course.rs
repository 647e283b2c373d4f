use super::{after, facts, handing_over, key, losing, opened, publish, seal, withdraw};
use crate::act::Objection;
use crate::jurisdiction::{Pack, Pilot};
use crate::registry::{Recipient, Register, RegistryEvent, RegistryRefusal};
use crate::stream::{Stream, StreamEvent};
use crate::testing::doors::{
    just_now, passes, refused, refused_at_every_door, refused_live_and_noticed,
};
use crate::testing::samples::{code, known, midland_with, on};
use crate::testing::stored;
use crate::values::{PublicationNo, SubjectId};

/// RG-3
#[test]
fn a_seal_on_consultations_reaches_further_than_the_one_before_it() {
    let register = after([seal(100)(on("2026-01-11"))]);
    for upto in [99, 100] {
        let refusal = RegistryRefusal::SealedAlready { upto, sealed: 100 };
        refused_at_every_door(&register, seal(upto), &facts(), &refusal);
    }
    passes(&register, seal(101)(just_now()), &facts());
    passes(&opened(), seal(0)(just_now()), &facts());
}

/// RG-4
#[test]
fn publications_are_numbered_from_one_without_a_gap() {
    passes(&opened(), publish(1)(just_now()), &facts());
    let refusal = |number, next| RegistryRefusal::NotTheNext {
        number: PublicationNo(number),
        next: PublicationNo(next),
    };
    refused_at_every_door(&opened(), publish(2), &facts(), &refusal(2, 1));
    let register = after([publish(1)(on("2026-01-20"))]);
    refused_at_every_door(&register, publish(1), &facts(), &refusal(1, 2));
    passes(&register, publish(2)(just_now()), &facts());
    // A number is not used again for what was withdrawn.
    let without = after([
        publish(1)(on("2026-01-20")),
        withdraw(1, "wrong")(on("2026-01-21")),
    ]);
    refused_at_every_door(&without, publish(1), &facts(), &refusal(1, 2));
}

/// RG-5
#[test]
fn what_is_withdrawn_was_published_and_is_withdrawn_once() {
    let number = PublicationNo(1);
    let never = RegistryRefusal::NotPublished { number };
    refused_at_every_door(&opened(), withdraw(1, "wrong"), &facts(), &never);
    let published = after([publish(1)(on("2026-01-20"))]);
    passes(&published, withdraw(1, "wrong")(just_now()), &facts());
    let withdrawn = after([
        publish(1)(on("2026-01-20")),
        withdraw(1, "identifying")(on("2026-01-21")),
    ]);
    let twice = RegistryRefusal::WithdrawnAlready { number };
    refused_at_every_door(&withdrawn, withdraw(1, "wrong"), &facts(), &twice);
    let publication = &withdrawn.opened().unwrap().publications[&number];
    let reason = publication.withdrawn.as_ref().map(|w| w.reason.clone());
    assert_eq!(reason, Some(code("identifying")));
}

/// RG-6
#[test]
fn reasons_scopes_and_losses_are_those_of_the_pack() {
    let unknown = |list, text: &str, known| {
        Objection::hard(RegistryRefusal::UnknownCode {
            list,
            code: code(text),
            known,
        })
    };
    let rotations = known(|law| &law.registry.rotations);
    let refusal = unknown("rotations", "a-whim", rotations);
    refused_live_and_noticed(&opened(), key("k2", "a-whim"), &facts(), refusal);
    passes(&opened(), key("k2", "planned")(just_now()), &facts());
    let scopes = known(|law| &law.registry.scopes);
    let odd = handing_over(|wish| wish.scope = code("a-bit"));
    let refusal = unknown("scopes", "a-bit", scopes);
    refused_live_and_noticed(&opened(), odd, &facts(), refusal);
    let published = after([publish(1)(on("2026-01-20"))]);
    let withdrawals = known(|law| &law.registry.withdrawals);
    let refusal = unknown("withdrawals", "a-whim", withdrawals);
    refused_live_and_noticed(&published, withdraw(1, "a-whim"), &facts(), refusal);
    let losses = known(|law| &law.registry.losses);
    let odd = losing(|wish| wish.what = code("patience"));
    let refusal = unknown("losses", "patience", losses);
    refused_live_and_noticed(&opened(), odd, &facts(), refusal);
    let causes = known(|law| &law.registry.causes);
    let odd = losing(|wish| wish.reason = code("fate"));
    let refusal = unknown("causes", "fate", causes);
    refused_live_and_noticed(&opened(), odd, &facts(), refusal);
}

/// RG-6
#[test]
fn records_are_handed_over_under_a_provision_in_force() {
    passes(&opened(), handing_over(|_| {})(just_now()), &facts());
    let to_somebody = handing_over(|wish| {
        wish.recipient = Recipient::Official(SubjectId::parse("inspector-1").unwrap());
        wish.basis = code("jra-21");
        wish.scope = code("whole");
        wish.person = None;
    });
    passes(&opened(), to_somebody(just_now()), &facts());
    let baseless = |done| handing_over(|wish| wish.basis = code("a-favour"))(done);
    let refusal = RegistryRefusal::NoSuchBasis {
        basis: code("a-favour"),
        on: "2026-03-05".parse().unwrap(),
    };
    refused(&opened(), baseless(just_now()), &facts(), &refusal);
    let events = opened().decide(baseless(on("2026-02-01")), &facts());
    let found = events.unwrap()[0].findings().to_vec();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].code, "registry.no-such-basis");
}

/// RG-7
#[test]
fn a_loss_ends_no_earlier_than_it_begins_and_not_in_the_future() {
    let one_day = losing(|wish| wish.to = wish.from);
    passes(&opened(), one_day(just_now()), &facts());
    let (from, to) = (on("2026-02-03"), on("2026-02-01"));
    let refusal = RegistryRefusal::EndsBeforeItBegins { from, to };
    let reversed = losing(|wish| std::mem::swap(&mut wish.from, &mut wish.to));
    refused_at_every_door(&opened(), reversed, &facts(), &refusal);
    let tomorrow = on("2026-03-06");
    let refusal = RegistryRefusal::InTheFuture { done: tomorrow };
    let going_on = losing(|wish| wish.to = on("2026-03-06"));
    refused_at_every_door(&opened(), going_on, &facts(), &refusal);
}

/// RG-8
#[test]
fn a_key_takes_the_place_of_another_once() {
    let register = after([key("k2", "planned")(on("2026-01-20"))]);
    let refusal = RegistryRefusal::KeyKnown { key: code("k2") };
    refused_at_every_door(&register, key("k2", "planned"), &facts(), &refusal);
    passes(&register, key("k3", "disclosed")(just_now()), &facts());
}

#[test]
fn everything_that_happened_to_the_register_stands_in_it() {
    let wishes = [
        key("k2", "planned")(on("2026-01-11")),
        seal(7)(on("2026-01-12")),
        handing_over(|_| {})(on("2026-01-13")),
        publish(1)(on("2026-01-14")),
        withdraw(1, "method")(on("2026-01-15")),
        losing(|_| {})(just_now()),
    ];
    let mut names = vec!["registry.opened"];
    let mut register = opened();
    for wish in wishes {
        for event in register.clone().decide(wish, &facts()).unwrap() {
            names.push(event.name());
            stored::unchanged(&event).unwrap();
            register = register.evolve(&event);
        }
    }
    assert_eq!(names, RegistryEvent::names());
    let opened = register.opened().unwrap();
    assert!(opened.keys.contains(&code("k2")));
    assert_eq!(opened.sealed.as_ref().map(|seal| seal.upto), Some(7));
    assert_eq!((opened.bundles.len(), opened.losses.len()), (1, 1));
    assert_eq!(opened.publications.len(), 1);
}

/// TR-2.4
#[test]
fn a_measure_that_is_tried_is_evaluated_by_its_day() {
    let pilot = |evaluated: Option<&str>| {
        midland_with(|pack| {
            pack.pilots = vec![Pilot {
                code: code("conferences"),
                title: "Conferences".to_owned(),
                evaluate_by: "2026-02-01".parse().unwrap(),
                evaluated: evaluated.map(|day| day.parse().unwrap()),
            }];
        })
    };
    let due = |register: &Register, law: &Pack| -> Vec<String> {
        let clocks = register.clocks(law).into_iter();
        let clocks = clocks.filter(|clock| clock.safeguard == "TR-2.4");
        clocks
            .map(|clock| format!("{} {}", clock.code, clock.due))
            .collect()
    };
    let waiting = pilot(None);
    assert_eq!(due(&opened(), &waiting), ["registry.evaluation 2026-02-01"]);
    assert_eq!(
        due(&opened(), &pilot(Some("2026-01-20"))),
        Vec::<String>::new()
    );
    assert_eq!(due(&Register::default(), &waiting), Vec::<String>::new());
}

/// TR-2.7
#[test]
fn when_an_offence_ceases_to_be_one_somebody_looks_at_what_is_served_for_it() {
    let ended = |days: &[&str]| {
        midland_with(|pack| {
            let offences = pack.catalogue.offences.iter_mut().skip(1);
            for (offence, day) in offences.zip(days) {
                offence.until = Some(day.parse().unwrap());
            }
        })
    };
    let due = |law: &Pack| -> Vec<(u16, String)> {
        let clocks = opened().clocks(law).into_iter();
        let clocks = clocks.filter(|clock| clock.safeguard == "TR-2.7");
        clocks
            .map(|clock| (clock.nth, clock.due.to_string()))
            .collect()
    };
    assert_eq!(due(&ended(&[])), []);
    assert_eq!(
        due(&ended(&["2026-01-31", "2025-12-31"])),
        [(1, "2026-01-31".to_owned()), (2, "2025-12-31".to_owned())]
    );
}
