use super::{
    after, breach, close, come_back, cut, day, declare, declared, declaring, effect, end,
    end_by_law, extend, facts, facts_of, grant, office, on, publish, publishing, restore,
};
use crate::act::{Objection, Reference, Refusal, Weight};
use crate::actor::Role;
use crate::emergency::{
    Emergency, EmergencyCommand, EmergencyEvent, EmergencyRefusal, Ended, Item, RecordEndByLaw,
    RightOf,
};
use crate::stream::{Goes, Stream};
use crate::testing::doors::{
    self, after_just_now, just_now, noticed_at_every_door, passes, refused, refused_at_every_door,
    refused_live_and_noticed, told_with,
};
use crate::testing::samples::{code, known, midland, person};
use crate::values::{Known, Occurred};

/// EG-1
#[test]
fn an_emergency_is_declared_once_under_its_id() {
    passes(&Emergency::default(), declare(), &facts());
    let again = declaring(|_| {});
    let taken = EmergencyRefusal::AlreadyDeclared;
    refused_at_every_door(&declared(), again, &facts(), &taken);
}

/// EM-1
#[test]
fn an_emergency_has_a_basis_an_end_and_both_authorities() {
    passes(
        &Emergency::default(),
        declaring(|_| {})(just_now()),
        &facts(),
    );
    let endless = declaring(|wish| wish.ends = None);
    let refusal = Objection::hard(EmergencyRefusal::NoEnd);
    refused_live_and_noticed(&Emergency::default(), endless, &facts(), refusal);
    let unadvised = declaring(|wish| wish.health_authority = Known::NotRecorded);
    let refusal = Objection::notice(EmergencyRefusal::NoHealthAuthority);
    noticed_at_every_door(&Emergency::default(), unadvised, &facts(), refusal);
    let old = declaring(|wish| wish.basis = code("mpa-2"));
    let refusal = EmergencyRefusal::NotInForce {
        basis: code("mpa-2"),
        on: "2026-03-05".parse().unwrap(),
    };
    refused(&Emergency::default(), old(just_now()), &facts(), &refusal);
    let basis = code("mpa-2");
    let on_that_day = "2026-02-19".parse().unwrap();
    let refusal = EmergencyRefusal::NotInForce {
        basis,
        on: on_that_day,
    };
    let found = doors::noticed(&Emergency::default(), old(doors::long_ago()), &facts());
    assert_eq!(found[0].said, refusal.to_string());
    assert_eq!(found[0].weight, Weight::Critical);
}

/// DP-7
#[test]
fn software_neither_declares_an_emergency_nor_cuts_a_right() {
    let software = facts_of(Role::System);
    let refusal = EmergencyRefusal::BySoftware;
    let declare = declaring(|_| {});
    refused_at_every_door(&Emergency::default(), declare, &software, &refusal);
    refused_at_every_door(&declared(), extend("2026-05-31"), &software, &refusal);
    refused_at_every_door(&declared(), cut, &software, &refusal);
    passes(&declared(), cut(just_now()), &facts());
}

/// EG-2
#[test]
fn nothing_is_of_the_future_and_what_is_told_of_before_the_declaration_is_seen() {
    let tomorrow = on("2026-03-06");
    let refusal = EmergencyRefusal::InTheFuture { done: tomorrow };
    refused(&declared(), cut(tomorrow), &facts(), &refusal);
    let refusal = EmergencyRefusal::BeforeTheDeclaration {
        done: "2026-01-31".parse().unwrap(),
        declared: "2026-02-01".parse().unwrap(),
    };
    told_with(&declared(), cut(on("2026-01-31")), &facts(), refusal);
    let fresh = declaring(|_| {})(after_just_now());
    let fresh = doors::after::<Emergency>(&facts(), [fresh]);
    let refusal = EmergencyRefusal::BeforeTheDeclaration {
        done: "2026-03-05".parse().unwrap(),
        declared: "2026-03-05".parse().unwrap(),
    };
    refused(&fresh, cut(just_now()), &facts(), &refusal);
    passes(&declared(), cut(on("2026-02-01")), &facts());
}

/// EG-3
#[test]
fn an_act_is_possible_only_while_the_emergency_goes_on() {
    let refusal = |state, wish| EmergencyRefusal::NotPossible { state, wish };
    let never = refusal("not declared", "cutting a right");
    refused_at_every_door(&Emergency::default(), cut, &facts(), &never);
    let not_yet = refusal("not declared", "recording a return");
    refused_at_every_door(&Emergency::default(), come_back, &facts(), &not_yet);
    let ended = doors::after::<Emergency>(&facts(), [declare(), end(on("2026-02-10"))]);
    let over = refusal("ended", "cutting a right");
    refused_at_every_door(&ended, cut, &facts(), &over);
    let over = refusal("ended", "ending it");
    refused_at_every_door(&ended, end, &facts(), &over);
    passes(&declared(), end(just_now()), &facts());
}

/// EG-4
#[test]
fn authorities_attributes_and_lessons_are_those_of_the_pack() {
    let elsewhere = declaring(|wish| wish.justice_authority = office("atlantis"));
    let refusal = Objection::hard(EmergencyRefusal::UnknownAuthority {
        office: office("atlantis"),
    });
    refused_live_and_noticed(&Emergency::default(), elsewhere, &facts(), refusal);
    let odd = publishing(|wish| wish.criteria[0].reads = code("star-sign"));
    let refusal = Objection::hard(EmergencyRefusal::UnknownCode {
        list: "attributes",
        code: code("star-sign"),
        known: known(|law| &law.emergency.attributes),
    });
    refused_live_and_noticed(&declared(), odd, &facts(), refusal);
    passes(&declared(), publishing(|_| {})(just_now()), &facts());
    let criteria = close(Item::Criteria(code("1")));
    passes(&after([]), criteria(just_now()), &facts());
}

/// EG-5
#[test]
fn an_emergency_ends_after_it_begins_and_an_extension_comes_in_time_and_is_longer() {
    let early = declaring(|wish| wish.ends = Some(day("2026-02-01")));
    let refusal = Objection::hard(EmergencyRefusal::EndsTooEarly {
        ends: day("2026-02-01"),
        begins: "2026-02-02".parse().unwrap(),
    });
    refused_live_and_noticed(&Emergency::default(), early, &facts(), refusal);
    passes(&declared(), extend("2026-05-31")(just_now()), &facts());
    let refusal = Objection::hard(EmergencyRefusal::NotLonger {
        ends: day("2026-04-30"),
        stands: day("2026-04-30"),
    });
    refused_live_and_noticed(&declared(), extend("2026-04-30"), &facts(), refusal);
    let short = declaring(|wish| wish.ends = Some(day("2026-02-15")))(on("2026-02-01"));
    let lapsed = doors::after::<Emergency>(&facts(), [short]);
    let stands = day("2026-02-15");
    let refusal = Objection::hard(EmergencyRefusal::Lapsed { stands });
    refused_live_and_noticed(&lapsed, extend("2026-05-31"), &facts(), refusal);
}

/// EM-6, EG-9
#[test]
fn an_emergency_ends_when_nothing_of_it_is_open() {
    let first = [grant(on("2026-02-06")), cut(on("2026-02-07"))];
    let open = after(first.clone());
    let refusal = EmergencyRefusal::OpenItems { open: 3 };
    refused_at_every_door(&open, end, &facts(), &refusal);
    let steps = [
        effect(1)(on("2026-02-08")),
        come_back(on("2026-02-20")),
        restore("visits", None)(on("2026-02-21")),
        close(Item::Criteria(code("1")))(on("2026-02-22")),
    ];
    let settled = after(first.into_iter().chain(steps));
    assert_eq!(settled.declared().unwrap().open(), []);
    passes(&settled, end(just_now()), &facts());
    let again = close(Item::Criteria(code("1")));
    let refusal = EmergencyRefusal::NotOpen;
    refused_at_every_door(&settled, again, &facts(), &refusal);
}

/// EG-9
#[test]
fn a_measure_is_closed_while_it_is_open_and_then_it_is_open_no_more() {
    let open = after([grant(on("2026-02-06")), cut(on("2026-02-07"))]);
    let right = RightOf {
        right: code("visits"),
        person: None,
    };
    let items = [
        Item::Criteria(code("1")),
        Item::Release(person(1)),
        Item::Right(right),
    ];
    assert_eq!(open.declared().unwrap().open(), items);
    for item in items {
        let wish = close(item.clone())(just_now());
        passes(&open, wish.clone(), &facts());
        let events = open.decide(wish, &facts()).unwrap();
        let closed = events.iter().fold(open.clone(), Stream::evolve);
        assert!(!closed.declared().unwrap().open().contains(&item));
    }
    let nobody = close(Item::Release(person(2)));
    let refusal = EmergencyRefusal::NotOpen;
    refused_at_every_door(&open, nobody, &facts(), &refusal);
    let newer = publishing(|wish| wish.version = code("2"))(on("2026-02-10"));
    let replaced = after([newer]);
    let in_use = [Item::Criteria(code("2"))];
    assert_eq!(replaced.declared().unwrap().open(), in_use);
}

/// EM-1
#[test]
fn what_was_open_when_the_law_ended_it_is_kept_with_the_end_and_can_still_be_settled() {
    let steps = [grant(on("2026-02-06")), effect(1)(on("2026-02-08"))];
    let open = after(steps.clone());
    passes(&open, end_by_law(just_now()), &facts());
    let events = open.decide(end_by_law(just_now()), &facts()).unwrap();
    let EmergencyEvent::EndedByLaw(entered) = &events[0] else {
        panic!("{events:?}");
    };
    let items = [Item::Criteria(code("1")), Item::Release(person(1))];
    assert_eq!(entered.told.open, items);
    let over = after(steps.into_iter().chain([end_by_law(on("2026-02-20"))]));
    assert!(matches!(
        over.declared().unwrap().ended,
        Some(Ended::ByLaw(_))
    ));
    passes(&over, come_back(just_now()), &facts());
    passes(&over, breach(just_now()), &facts());
    let old = |done: Occurred| {
        let basis = code("mpa-2");
        EmergencyCommand::RecordEndByLaw(RecordEndByLaw { done, basis })
    };
    let refusal = EmergencyRefusal::NotInForce {
        basis: code("mpa-2"),
        on: "2026-03-05".parse().unwrap(),
    };
    refused(&open, old(just_now()), &facts(), &refusal);
}

/// EM-1, EM-4, EM-5
#[test]
fn an_emergency_a_release_for_a_while_and_a_cut_each_end_on_a_day() {
    let law = midland();
    let due = |emergency: &Emergency| -> Vec<(&str, u16, String)> {
        let clocks = emergency.clocks(&law).into_iter();
        clocks.map(|c| (c.code, c.nth, c.due.to_string())).collect()
    };
    let clock = |code, nth, due: &str| (code, nth, due.to_owned());
    let end_due = clock("emergency.end", 1, "2026-04-30");
    assert_eq!(due(&declared()), std::slice::from_ref(&end_due));
    let steps = [
        grant(on("2026-02-06")),
        cut(on("2026-02-07")),
        effect(1)(on("2026-02-08")),
    ];
    let back = clock("emergency.return", 1, "2026-04-01");
    let right = clock("emergency.right", 1, "2026-03-31");
    let all = [end_due, back.clone(), right.clone()];
    assert_eq!(due(&after(steps.clone())), all);
    // People still come back, and rights still run out, when the law has ended the emergency.
    let over = after(steps.into_iter().chain([end_by_law(on("2026-02-20"))]));
    assert_eq!(due(&over), [back, right]);
    assert_eq!(due(&Emergency::default()), []);
    passes(&declared(), publish(), &facts());
}

#[test]
fn a_decision_refers_to_the_person_it_is_on() {
    let emergency = declared();
    let one = Reference::Person(person(1));
    assert_eq!(emergency.refers(&grant(just_now())), [one]);
    assert_eq!(emergency.refers(&cut(just_now())), []);
    let of_one = super::cutting(super::of_one)(just_now());
    assert_eq!(emergency.refers(&of_one), [one]);
    assert_eq!(of_one.person(), Some(person(1)));
    assert_eq!(publish().person(), None);
}

#[test]
fn an_emergency_is_listed_with_its_authority_and_is_over_once_it_ended() {
    assert_eq!(Emergency::default().listed(), None);
    let listed = declared().listed().unwrap();
    assert_eq!(listed.person, None);
    assert_eq!(listed.kind, Some(code("mea-4")));
    assert_eq!(listed.place.as_deref(), Some("justice-ministry"));
    assert_eq!((listed.goes, listed.since), (Goes::On, on("2026-02-01")));
    let ended = doors::after::<Emergency>(&facts(), [declare(), end(on("2026-02-10"))]);
    let listed = ended.listed().unwrap();
    assert_eq!((listed.goes, listed.state), (Goes::Over, "ended"));
}

#[test]
fn a_code_that_no_list_knows_is_named_so_that_it_is_found_in_the_request() {
    let unknown = EmergencyRefusal::UnknownCode {
        list: "attributes",
        code: code("star-sign"),
        known: Vec::new(),
    };
    assert_eq!(unknown.named().as_deref(), Some("star-sign"));
    assert_eq!(EmergencyRefusal::NoEnd.named(), None);
}
