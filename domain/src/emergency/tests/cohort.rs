//! What a screening says that is new, whom an event concerns, and which rights are cut.

use std::collections::BTreeSet;

use super::{
    Closing, Emergency, EmergencyCommand, Item, Outcome, RecordMeasureClosed, Screened, after, cut,
    declare, declared, effect, end_by_law, facts, grant, publish, restore, screen, screened,
};
use crate::emergency::{EmergencyEvent, EmergencyRefusal, RightOf, Whose, rights_cut};
use crate::stream::Stream;
use crate::testing::doors::{self, just_now};
use crate::testing::samples::{code, on, person};

fn news(emergency: &Emergency, version: &str, results: &[Screened]) -> Vec<Screened> {
    let declaration = emergency.declared().unwrap();
    declaration.unrecorded(&code(version), results)
}

#[test]
fn what_is_recorded_already_is_not_new() {
    let emergency = after([]);
    let eligible = screened(1, Outcome::Eligible);
    let excluded = screened(2, Outcome::Excluded(vec![code("dangerous")]));
    let unclear = screened(3, Outcome::Unclear(vec![code("near-the-end")]));
    let same = [eligible.clone(), excluded, unclear];
    assert_eq!(news(&emergency, "1", &same), []);
    assert_eq!(news(&emergency, "2", &same), same);
    let somebody = screened(4, Outcome::Eligible);
    let other = screened(2, Outcome::Excluded(vec![code("near-the-end")]));
    let known = screened(3, Outcome::Eligible);
    let changed = [somebody, other, known];
    assert_eq!(news(&emergency, "1", &changed), changed);
}

#[test]
fn an_answer_that_somebody_gave_stays_where_the_register_cannot_say() {
    let silent = |who| screened(who, Outcome::Unclear(vec![code("dangerous")]));
    let all = [silent(1), silent(2), silent(3)];
    // Of the third nobody gave an answer, and another one waits for it now.
    assert_eq!(news(&after([]), "1", &all), [silent(3)]);
}

#[test]
fn nobody_is_screened_anew_whose_release_is_granted() {
    let excluded = screened(1, Outcome::Excluded(vec![code("dangerous")]));
    let undecided = after([]);
    assert_eq!(
        news(&undecided, "1", std::slice::from_ref(&excluded)).len(),
        1
    );
    let granted = after([grant(on("2026-02-06"))]);
    assert_eq!(news(&granted, "1", std::slice::from_ref(&excluded)), []);
    let out = after([grant(on("2026-02-06")), effect(1)(on("2026-02-08"))]);
    assert_eq!(news(&out, "1", &[excluded]), []);
}

/// EM-2
#[test]
fn people_are_screened_by_a_version_that_is_published_while_the_emergency_goes_on() {
    let emergency = declared();
    assert_eq!(
        emergency.screening_by(&code("9")),
        Err(EmergencyRefusal::NoSuchVersion { version: code("9") })
    );
    let known = after([]);
    assert_eq!(known.screening_by(&code("1")).unwrap().version, code("1"));
    let over = after([end_by_law(on("2026-02-20"))]);
    assert!(matches!(
        over.screening_by(&code("1")),
        Err(EmergencyRefusal::NotPossible { .. })
    ));
}

/// The events that commands led to on an emergency.
fn events(commands: Vec<EmergencyCommand>) -> Vec<EmergencyEvent> {
    let mut emergency: Emergency = doors::after(&facts(), [declare(), publish()]);
    let mut events = Vec::new();
    for command in commands {
        for event in emergency.decide(command, &facts()).unwrap() {
            emergency = emergency.evolve(&event);
            events.push(event);
        }
    }
    events
}

#[test]
fn of_a_list_only_the_own_lines_are_about_somebody() {
    let event = events(vec![screen()]).pop().unwrap();
    let three: BTreeSet<_> = [1, 2, 3].map(person).into();
    assert_eq!(event.people(), three);
    let Some(EmergencyEvent::Screened(own)) = event.about(person(2)) else {
        panic!("it is about the second");
    };
    let [line] = own.told.results.as_slice() else {
        panic!("one line");
    };
    assert_eq!(line.person, person(2));
    assert_eq!(event.about(person(4)), None);
    let decided = events(vec![screen(), grant(on("2026-02-06"))])
        .pop()
        .unwrap();
    assert_eq!(decided.about(person(1)).as_ref(), Some(&decided));
    assert_eq!(decided.about(person(2)), None);
}

#[test]
fn a_right_that_is_cut_is_told_until_it_is_given_back_and_what_is_kept_says_so() {
    let told = rights_cut(events(vec![cut(on("2026-02-07"))]).iter());
    let [stands] = told.as_slice() else {
        panic!("{told:?}");
    };
    assert_eq!(
        (stands.whose, stands.over, stands.closing),
        (Whose::Everybody, None, None)
    );
    let back = vec![
        cut(on("2026-02-07")),
        restore("visits", None)(on("2026-02-20")),
    ];
    let told = rights_cut(events(back).iter());
    assert_eq!(told[0].over, Some(on("2026-02-20")));
    let kept = EmergencyCommand::RecordMeasureClosed(RecordMeasureClosed {
        done: just_now(),
        item: Item::Right(RightOf {
            right: told[0].right.clone(),
            person: None,
        }),
        closing: Closing::MadePermanent,
        obstacle: None,
        lesson: None,
        paper: None,
    });
    let told = rights_cut(events(vec![cut(on("2026-02-07")), kept]).iter());
    assert_eq!(told[0].closing, Some(Closing::MadePermanent));
}
