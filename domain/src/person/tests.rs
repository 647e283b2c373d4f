use proptest::collection::vec;
use proptest::prelude::*;

use super::{
    Circumstances, ContestData, CorrectAttributes, EraseData, Identity, Person, PersonCommand,
    PersonEvent, PersonRefusal, RecordIdentity, Register, Registered, SettleContest, Settlement,
    Sex, WithBasis,
};
use crate::act::{Reference, Refusal};
use crate::childhood::ChildNoted;
use crate::personal::{DataClass, Personal, Seal};
use crate::stream::Stream;
use crate::testing::arbitrary::{self, facts as any_facts};
use crate::testing::samples::{code, facts, finding, person, sealed};
use crate::testing::{Then, given, state, stored};
use crate::values::{Answer, Code, Day, Known};

fn registered() -> PersonEvent {
    PersonEvent::Registered(Register {
        sex: Known::Value(Sex::Female),
        identity: None,
    })
}

fn basis(text: &str) -> WithBasis {
    WithBasis { basis: code(text) }
}

fn place_hold(under: &str) -> PersonCommand {
    PersonCommand::PlaceHold {
        basis: code(under),
        review_on: "2027-01-01".parse().unwrap(),
    }
}

fn held(under: &str) -> PersonEvent {
    PersonEvent::HoldPlaced {
        basis: code(under),
        review_on: "2027-01-01".parse().unwrap(),
    }
}

fn erase(classes: &[DataClass]) -> PersonCommand {
    PersonCommand::EraseData(EraseData {
        classes: classes.to_vec(),
        basis: code("retention"),
    })
}

fn erased() -> PersonEvent {
    PersonEvent::DataErased(EraseData {
        classes: vec![DataClass::Health],
        basis: code("retention"),
    })
}

/// A wish after a registration and what else happened.
fn after<const N: usize>(history: [PersonEvent; N], wish: PersonCommand) -> Then<Person> {
    given([registered()].into_iter().chain(history))
        .when(wish)
        .at(facts())
}

/// P-1
#[test]
fn accepts_a_registration_under_a_fresh_id() {
    given::<Person>([])
        .when(PersonCommand::Register(Register::default()))
        .at(facts())
        .then_events([PersonEvent::Registered(Register::default())]);
}

/// P-1
#[test]
fn refuses_a_second_registration() {
    after([], PersonCommand::Register(Register::default()))
        .then_refused(PersonRefusal::AlreadyRegistered);
}

/// P-1
#[test]
fn refuses_anything_before_the_registration() {
    for wish in [
        place_hold("court-order"),
        PersonCommand::Expunge(basis("amnesty")),
        PersonCommand::SealRecord(basis("youth")),
    ] {
        given::<Person>([])
            .when(wish)
            .at(facts())
            .then_refused(PersonRefusal::NotRegistered);
    }
}

fn merged() -> PersonEvent {
    PersonEvent::Merged {
        surviving: person(2),
        basis: code("same-person"),
    }
}

/// P-2
#[test]
fn refuses_to_add_to_a_record_that_was_merged() {
    let surviving = person(2);
    after([merged()], PersonCommand::SealRecord(basis("youth")))
        .then_refused(PersonRefusal::MergedAway { surviving });
}

/// P-2
#[test]
fn refuses_to_add_to_a_record_that_was_expunged() {
    let expunged = PersonEvent::Expunged(basis("amnesty"));
    after(
        [expunged.clone()],
        PersonCommand::SealRecord(basis("youth")),
    )
    .then_refused(PersonRefusal::WasExpunged);
    after([expunged], PersonCommand::Register(Register::default()))
        .then_refused(PersonRefusal::AlreadyRegistered);
}

/// P-2
#[test]
fn accepts_additions_to_a_record_that_goes_on() {
    let dependent = Known::Declined;
    let wish = PersonCommand::RecordChildren {
        dependent,
        details: None,
        each_child: Vec::new(),
    };
    after([], wish).then_events([PersonEvent::ChildrenRecorded {
        dependent,
        details: None,
        each_child: Vec::new(),
    }]);
}

fn a_child(placement: Known<Code>, cared_for: Known<Answer>) -> ChildNoted {
    ChildNoted {
        age: Known::Value(4),
        placement,
        cared_for,
        details: None,
    }
}

/// P-6
#[test]
fn refuses_a_placement_of_a_child_that_the_jurisdiction_does_not_know() {
    let record = |placement: Known<Code>| PersonCommand::RecordChildren {
        dependent: Known::Value(1),
        details: None,
        each_child: vec![a_child(placement, Known::Declined)],
    };
    after([], record(Known::Value(code("moon"))))
        .then_refused(PersonRefusal::UnknownCircumstance { code: code("moon") });
    for placement in [Known::Value(code("relatives")), Known::Declined] {
        after([], record(placement.clone())).then_events([PersonEvent::ChildrenRecorded {
            dependent: Known::Value(1),
            details: None,
            each_child: vec![a_child(placement, Known::Declined)],
        }]);
    }
}

#[test]
fn a_child_is_alone_only_where_it_is_said_that_nobody_cares_for_it() {
    let alone = |cared_for| {
        let known = Registered {
            children: vec![a_child(Known::NotRecorded, cared_for)],
            ..Registered::default()
        };
        known.leaves_a_child_alone()
    };
    assert!(alone(Known::Value(Answer::No)));
    for other in [Known::Value(Answer::Yes), Known::Declined, Known::NotAsked] {
        assert!(!alone(other));
    }
}

#[test]
fn what_was_recorded_before_children_were_told_one_by_one_still_reads() {
    let told = r#"{"children_recorded": {"dependent": {"value": 2}}}"#;
    let event: PersonEvent = serde_json::from_str(told).unwrap();
    assert_eq!(
        event,
        PersonEvent::ChildrenRecorded {
            dependent: Known::Value(2),
            details: None,
            each_child: Vec::new(),
        }
    );
}

/// P-3, DP-16x
#[test]
fn refuses_erasure_and_expungement_under_a_legal_hold() {
    let refusal = PersonRefusal::OnHold {
        basis: code("inquiry"),
    };
    after([held("inquiry")], erase(&[DataClass::Health])).then_refused(refusal.clone());
    let expunge = PersonCommand::Expunge(basis("amnesty"));
    after([held("inquiry")], expunge).then_refused(refusal);
}

/// P-3, DP-16x
#[test]
fn refuses_erasure_while_another_hold_stands() {
    let lifted = PersonEvent::HoldLifted(basis("inquiry"));
    let history = [held("inquiry"), held("lawsuit"), lifted];
    after(history, erase(&[DataClass::Health])).then_refused(PersonRefusal::OnHold {
        basis: code("lawsuit"),
    });
}

/// P-3, DP-16x
#[test]
fn accepts_erasure_once_every_hold_is_lifted() {
    let lifted = PersonEvent::HoldLifted(basis("inquiry"));
    after([held("inquiry"), lifted], erase(&[DataClass::Health])).then_events([erased()]);
}

/// P-3, DP-16x
#[test]
fn refuses_an_erasure_of_nothing() {
    after([], erase(&[])).then_refused(PersonRefusal::NothingToErase);
}

/// P-4
#[test]
fn refuses_to_lift_what_does_not_stand() {
    let what = |what| PersonRefusal::NothingToLift { what };
    let withdrawal = PersonCommand::WithdrawConsent {
        to: code("treatment"),
    };
    after([], withdrawal).then_refused(what("consent"));
    after([], PersonCommand::UnsealRecord(basis("court-order"))).then_refused(what("seal"));
    after([held("inquiry")], PersonCommand::LiftHold(basis("lawsuit")))
        .then_refused(what("legal hold under this basis"));
}

/// P-4
#[test]
fn accepts_a_withdrawal_of_consent_whenever_one_was_given() {
    let to = code("treatment");
    let given_to = PersonEvent::ConsentGiven { to: to.clone() };
    let wish = PersonCommand::WithdrawConsent { to: to.clone() };
    after([given_to], wish).then_events([PersonEvent::ConsentWithdrawn { to }]);
}

/// P-4
#[test]
fn accepts_the_lifting_of_a_seal_and_of_a_hold_that_stand() {
    let seal = PersonEvent::RecordSealed(basis("youth"));
    after([seal], PersonCommand::UnsealRecord(basis("court-order")))
        .then_events([PersonEvent::RecordUnsealed(basis("court-order"))]);
    after([held("inquiry")], PersonCommand::LiftHold(basis("inquiry")))
        .then_events([PersonEvent::HoldLifted(basis("inquiry"))]);
}

fn merge_into(surviving: u128) -> PersonCommand {
    PersonCommand::MergeInto {
        surviving: person(surviving),
        basis: code("same-person"),
    }
}

/// P-5
#[test]
fn refuses_a_merge_into_a_record_that_is_not_registered() {
    let surviving = person(2);
    after([], merge_into(2)).then_refused(PersonRefusal::NotAnotherPerson { surviving });
}

/// P-5
#[test]
fn accepts_a_merge_into_a_registered_record() {
    given::<Person>([registered()])
        .when(merge_into(2))
        .at(finding(Reference::Person(person(2))))
        .then_events([merged()]);
}

#[test]
fn a_merge_refers_to_the_record_that_goes_on() {
    assert_eq!(
        Person::default().refers(&merge_into(2)),
        [Reference::Person(person(2))]
    );
}

fn answering(question: &str, answer: Known<&str>) -> Circumstances {
    Circumstances {
        answers: [(code(question), answer.map(code))].into(),
        basis: code("consent"),
    }
}

/// P-6
#[test]
fn refuses_circumstances_and_answers_outside_the_pack() {
    for (question, answer, wrong) in [
        ("shoe-size", Known::NotAsked, "shoe-size"),
        ("employed", Known::Value("sometimes"), "sometimes"),
    ] {
        let wish = PersonCommand::RecordCircumstances(answering(question, answer));
        after([], wish).then_refused(PersonRefusal::UnknownCircumstance { code: code(wrong) });
    }
}

/// P-6
#[test]
fn accepts_every_kind_of_answer_of_the_pack() {
    for answer in [
        Known::Value("yes"),
        Known::Declined,
        Known::NotAsked,
        Known::NotRecorded,
    ] {
        let recorded = answering("pregnant", answer);
        after([], PersonCommand::RecordCircumstances(recorded.clone()))
            .then_events([PersonEvent::CircumstancesRecorded(recorded)]);
    }
}

fn correcting(sex: Known<Sex>) -> CorrectAttributes {
    CorrectAttributes {
        sex,
        reason: code("typing"),
    }
}

/// P-7
#[test]
fn refuses_a_correction_that_changes_nothing() {
    let same = correcting(Known::Value(Sex::Female));
    after([], PersonCommand::CorrectAttributes(same))
        .then_refused(PersonRefusal::ChangesNothing { field: "sex" });
}

/// P-7
#[test]
fn accepts_a_correction_that_changes_something() {
    for sex in [Known::Value(Sex::Male), Known::NotRecorded] {
        let wish = PersonCommand::CorrectAttributes(correcting(sex));
        after([], wish).then_events([PersonEvent::AttributesCorrected(correcting(sex))]);
    }
}

fn contest() -> ContestData {
    ContestData {
        subject: code("sex"),
        statement: Some(sealed(DataClass::Judgment)),
    }
}

fn settlement() -> SettleContest {
    SettleContest {
        subject: code("sex"),
        outcome: Settlement::Refused,
        reasons: Some(sealed(DataClass::Judgment)),
        route: Some(code("data-commissioner")),
    }
}

fn settled(change: impl FnOnce(&mut SettleContest)) -> Then<Person> {
    let mut settlement = settlement();
    change(&mut settlement);
    let contested = PersonEvent::DataContested(contest());
    after([contested], PersonCommand::SettleContest(settlement))
}

/// P-9
#[test]
fn refuses_to_refuse_a_correction_without_reasons_or_without_a_route() {
    let subject = || code("sex");
    settled(|wish| wish.reasons = None)
        .then_refused(PersonRefusal::ReasonsMissing { subject: subject() });
    settled(|wish| wish.route = None)
        .then_refused(PersonRefusal::RouteMissing { subject: subject() });
    let route = code("nowhere");
    let elsewhere = route.clone();
    settled(|wish| wish.route = Some(elsewhere))
        .then_refused(PersonRefusal::UnknownRoute { route });
}

/// P-9
#[test]
fn accepts_a_refusal_in_writing_with_its_route_and_a_correction_without_either() {
    settled(|_| ()).then_events([PersonEvent::ContestSettled(settlement())]);
    let corrected = SettleContest {
        outcome: Settlement::Corrected,
        reasons: None,
        route: None,
        ..settlement()
    };
    let told = corrected.clone();
    settled(|wish| *wish = told).then_events([PersonEvent::ContestSettled(corrected)]);
}

/// P-8
#[test]
fn refuses_a_contest_that_is_not_settled_yet() {
    let subject = code("sex");
    let contested = PersonEvent::DataContested(contest());
    after([contested], PersonCommand::ContestData(contest()))
        .then_refused(PersonRefusal::AlreadyContested { subject });
}

/// P-8
#[test]
fn refuses_to_settle_what_nobody_contested() {
    let subject = code("sex");
    after([], PersonCommand::SettleContest(settlement()))
        .then_refused(PersonRefusal::NotContested { subject });
}

/// P-8
#[test]
fn accepts_a_contest_its_settlement_and_a_contest_anew() {
    let contested = PersonEvent::DataContested(contest());
    let settled = PersonEvent::ContestSettled(settlement());
    after([], PersonCommand::ContestData(contest())).then_events([contested.clone()]);
    after(
        [contested.clone()],
        PersonCommand::SettleContest(settlement()),
    )
    .then_events([settled.clone()]);
    after(
        [contested.clone(), settled],
        PersonCommand::ContestData(contest()),
    )
    .then_events([contested]);
}

/// P-5
#[test]
fn refuses_a_merge_by_which_a_seal_a_hold_or_a_contest_would_be_lost() {
    let merge = || PersonCommand::MergeInto {
        surviving: person(2),
        basis: code("same-person"),
    };
    for (standing, what) in [
        (PersonEvent::RecordSealed(basis("youth")), "seal"),
        (held("inquiry"), "legal hold"),
        (PersonEvent::DataContested(contest()), "contest"),
    ] {
        given::<Person>([registered(), standing])
            .when(merge())
            .at(finding(Reference::Person(person(2))))
            .then_refused(PersonRefusal::Encumbered { what });
    }
}

/// P-3, DP-16x
#[test]
fn accepts_the_erasure_of_a_record_that_was_merged_or_expunged() {
    let expunged = PersonEvent::Expunged(basis("amnesty"));
    for (gone, facts) in [
        (merged(), finding(Reference::Unheld(person(2)))),
        (expunged, facts()),
    ] {
        given::<Person>([registered(), gone])
            .when(erase(&[DataClass::Health]))
            .at(facts)
            .then_events([erased()]);
    }
}

/// P-3, DP-16x
#[test]
fn refuses_the_erasure_of_a_merged_record_while_a_hold_may_stand_on_the_one_that_goes_on() {
    let surviving = person(2);
    after([merged()], erase(&[DataClass::Health]))
        .then_refused(PersonRefusal::HeldElsewhere { surviving });
    let state: Person = state([registered(), merged()]);
    assert_eq!(
        state.refers(&erase(&[DataClass::Health])),
        [Reference::Unheld(surviving)]
    );
}

fn recorded(name: Option<DataClass>, contact: Option<DataClass>) -> RecordIdentity {
    RecordIdentity {
        identity: Identity {
            name: name.map(sealed),
            contact: contact.map(sealed),
            ..Identity::default()
        },
        reason: code("typing"),
    }
}

/// P-7
#[test]
fn accepts_a_name_put_right_and_leaves_what_is_not_named() {
    let first = recorded(Some(DataClass::Identity), None);
    let moved = recorded(None, Some(DataClass::Contact));
    let wish = PersonCommand::RecordIdentity(moved.clone());
    let state = after([PersonEvent::IdentityRecorded(first)], wish).then_state();
    let identity = state.registered().unwrap().identity.clone().unwrap();
    assert_eq!(identity.name, Some(sealed(DataClass::Identity)));
    assert_eq!(identity.contact, moved.identity.contact);
}

/// P-7
#[test]
fn refuses_an_identity_that_says_nothing() {
    let wish = PersonCommand::RecordIdentity(recorded(None, None));
    after([], wish).then_refused(PersonRefusal::ChangesNothing { field: "identity" });
}

#[test]
fn a_command_names_its_unknown_field() {
    for (text, field) in [
        (r#"{"register":{"sex":"not_recorded","nick":"Al"}}"#, "nick"),
        (r#"{"register":{"identity":{"alias":"Al"}}}"#, "alias"),
        (
            r#"{"place_hold":{"basis":"a","review_on":"2026-01-01","until":"x"}}"#,
            "until",
        ),
        (r#"{"delete":{}}"#, "delete"),
    ] {
        let error = serde_json::from_str::<PersonCommand>(text).unwrap_err();
        assert!(error.to_string().contains(&format!("`{field}`")), "{error}");
    }
}

#[test]
fn each_text_is_sealed_under_its_class_and_none_is_written_clear() {
    let clear = || Some(Personal::Clear("Anna of Ashby".to_owned()));
    let mut wish = PersonCommand::Register(Register {
        sex: Known::NotAsked,
        identity: Some(Identity {
            name: clear(),
            born: clear(),
            number: clear(),
            contact: clear(),
        }),
    });
    let unsealed = Person::default().decide(wish.clone(), &facts()).unwrap();
    assert!(serde_json::to_string(&unsealed).is_err());
    wish.seal(&mut stored::Sealing).unwrap();
    let events = Person::default().decide(wish, &facts()).unwrap();
    let text = serde_json::to_string(&events).unwrap();
    assert!(!text.contains("Anna"), "{text}");
    assert_eq!(text.matches("\"class\":\"identity\"").count(), 3);
    assert_eq!(text.matches("\"class\":\"contact\"").count(), 1);
}

/// Whether the state says what the event said.
fn takes_effect(person: &Person, event: &PersonEvent) -> bool {
    match event {
        PersonEvent::Merged { surviving, .. } => {
            *person
                == Person::Merged {
                    surviving: *surviving,
                }
        }
        PersonEvent::Expunged(_) => *person == Person::Expunged,
        PersonEvent::HoldPlaced { basis, .. } => person
            .registered()
            .is_some_and(|person| person.held.contains(basis)),
        PersonEvent::HoldLifted(lifted) => person
            .registered()
            .is_some_and(|person| !person.held.contains(&lifted.basis)),
        // A record that was merged or expunged says no more of itself; its keys are gone all the same.
        PersonEvent::DataErased(erased) => person
            .registered()
            .is_none_or(|person| erased.classes.iter().all(|c| person.erased.contains(c))),
        PersonEvent::IdentityRecorded(recorded) => person.registered().is_some_and(|person| {
            let name = &recorded.identity.name;
            name.is_none() || person.identity.as_ref().is_some_and(|i| i.name == *name)
        }),
        PersonEvent::Registered(_)
        | PersonEvent::CircumstancesRecorded(_)
        | PersonEvent::ChildrenRecorded { .. }
        | PersonEvent::ConsentGiven { .. }
        | PersonEvent::ConsentWithdrawn { .. }
        | PersonEvent::AttributesCorrected(_)
        | PersonEvent::DataContested(_)
        | PersonEvent::ContestSettled(_)
        | PersonEvent::RecordSealed(_)
        | PersonEvent::RecordUnsealed(_) => person.registered().is_some(),
    }
}

proptest! {
    #[test]
    fn evolve_is_total_over_any_list_of_events(events in vec(arbitrary::person::events(), 0..16)) {
        let begun = events.iter().any(|e| matches!(e, PersonEvent::Registered(_)));
        let reached: Person = state(events);
        prop_assert_eq!(reached != Person::Unregistered, begun);
    }

    #[test]
    fn every_event_is_stored_and_read_unchanged_without_floats(event in arbitrary::person::events()) {
        stored::unchanged(&event)?;
    }

    #[test]
    fn whatever_decide_emits_is_accepted_and_stored_unchanged(
        story in vec((arbitrary::person::commands(), any_facts()), 0..12),
    ) {
        let mut person = Person::default();
        for (command, facts) in story {
            for event in person.decide(command, &facts).unwrap_or_default() {
                stored::unchanged(&event)?;
                person = person.evolve(&event);
                prop_assert!(takes_effect(&person, &event), "{event:?} in {person:?}");
            }
        }
    }
}

/// P-11
#[test]
fn a_name_is_no_longer_than_a_record_keeps() {
    let today: Day = "2026-03-05".parse().unwrap();
    let check = |what: &str, long: usize| {
        let text = "Ä".repeat(long);
        let command = serde_json::json!({"record_identity": {
            "identity": {what: text}, "reason": "misrecorded"}});
        let command: PersonCommand = serde_json::from_value(command).unwrap();
        command.check_clear(today)
    };
    for (what, most) in [("name", 1_000), ("number", 100), ("contact", 2_000)] {
        let passes = |long| assert_eq!(check(what, long), Ok(()));
        passes(most);
        let long = most + 1;
        let refusal = PersonRefusal::TooLong { what, long, most };
        assert_eq!(check(what, long), Err(refusal));
    }
}

/// P-10
#[test]
fn nobody_is_born_after_today_nor_longer_ago_than_people_live() {
    let today: Day = "2026-03-05".parse().unwrap();
    let check = |born: &str| {
        let command = serde_json::json!({"register": {"identity": {"born": born}}});
        let register: PersonCommand = serde_json::from_value(command).unwrap();
        let command =
            serde_json::json!({"record_identity": {"identity": {"born": born}, "reason": "slip"}});
        let renewed: PersonCommand = serde_json::from_value(command).unwrap();
        let said = register.check_clear(today);
        assert_eq!(said, renewed.check_clear(today));
        said
    };
    let passes = |born: &str| assert_eq!(check(born), Ok(()));
    passes("2026-03-05");
    passes("1876-03-05");
    passes("1875-03-06");
    assert_eq!(check("2026-03-06"), Err(PersonRefusal::BornInTheFuture));
    let refused = PersonRefusal::BornTooLongAgo { years: 150 };
    assert_eq!(check("1875-03-05"), Err(refused));
    assert_eq!(check("2050-01-01").unwrap_err().field(), "identity.born");
}
