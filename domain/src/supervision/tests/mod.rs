//! The rules of the supervision, each with a case that passes and one that does not.

mod arbitrary;
mod contact;
mod life;
mod plan;
mod programme;
mod properties;
mod reading;
mod recall;

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use uuid::Uuid;

use super::{
    RecordAssessment, StartSupervision, Supervision, SupervisionCause, SupervisionCommand,
    SupervisionEvent, SupervisionRefusal,
};
use crate::act::{Door, Facts, Finding, Objection, Reference, Refusal, through};
use crate::actor::{Actor, Role};
use crate::jurisdiction::{BUILT_IN, Pack};
use crate::personal::{DataClass, PersonalText, Sealed};
use crate::stream::{Stream, StreamEvent};
use crate::values::{Code, Occurred, OfficeCode, OrderId, PersonId, SubjectId};

static MIDLAND: LazyLock<Arc<Pack>> = LazyLock::new(|| {
    let (_, text) = BUILT_IN[1];
    Arc::new(Pack::parse(text).unwrap())
});

fn cause() -> SupervisionCause {
    SupervisionCause::Order(OrderId(Uuid::from_u128(12)))
}

/// The facts of 5 March 2026 at ten, with the order in force, as somebody in a role has them.
fn facts_of(role: Role) -> Facts {
    let actor = Actor {
        subject: SubjectId::parse("officer-1").unwrap(),
        role,
        office: OfficeCode::parse("ashby-probation").unwrap(),
    };
    let entered = "2026-03-05T10:00:00Z".parse().unwrap();
    Facts {
        found: BTreeSet::from([Reference::Order(OrderId(Uuid::from_u128(12)))]),
        ..Facts::at(entered, actor, Arc::clone(&MIDLAND))
    }
}

fn facts() -> Facts {
    facts_of(Role::Judge)
}

fn on(text: &str) -> Occurred {
    text.parse().unwrap()
}

fn code(text: &str) -> Code {
    Code::parse(text).unwrap()
}

fn office(text: &str) -> OfficeCode {
    OfficeCode::parse(text).unwrap()
}

fn subject(text: &str) -> SubjectId {
    SubjectId::parse(text).unwrap()
}

/// Done ten minutes before it is entered: through the live door.
fn just_now() -> Occurred {
    on("2026-03-05T09:50:00Z")
}

/// Done on the day on which it is entered, at an hour that is not said: through the live door.
fn today() -> Occurred {
    on("2026-03-05")
}

/// Done weeks before it is entered: through the door of existing facts.
fn long_ago() -> Occurred {
    on("2026-02-20")
}

fn note() -> PersonalText {
    PersonalText::stored(Sealed {
        id: Uuid::from_u128(7),
        person: PersonId(Uuid::from_u128(1)),
        class: DataClass::Supervision,
        key: Uuid::from_u128(8),
        sealed: "c2VhbGVk".to_owned(),
    })
}

/// A supervision from 5 January 2026 to 4 January 2027.
fn start() -> StartSupervision {
    StartSupervision {
        person: PersonId(Uuid::from_u128(1)),
        cause: cause(),
        office: office("ashby-probation"),
        done: on("2026-01-05"),
        starts: "2026-01-05".parse().unwrap(),
        expected_end: Some("2027-01-04".parse().unwrap()),
    }
}

fn assessment(on_day: &str) -> RecordAssessment {
    RecordAssessment {
        instrument: code("midland-needs"),
        instrument_version: code("3.1"),
        on: on_day.parse().unwrap(),
        by: subject("officer-1"),
        completeness: super::Completeness::Complete,
        needs: vec![code("housing"), code("work")],
        level: Some(code("medium")),
        done: on(on_day),
        summary: Some(note()),
    }
}

/// A supervision after its start and a few more commands, each of which has to pass.
fn after(commands: impl IntoIterator<Item = SupervisionCommand>) -> Supervision {
    std::iter::once(SupervisionCommand::Start(start()))
        .chain(commands)
        .fold(Supervision::default(), |supervision, wish| {
            let events = supervision.decide(wish, &facts()).unwrap();
            events.iter().fold(supervision, Supervision::evolve)
        })
}

/// The supervision after its end on 20 February 2026.
fn ended() -> Supervision {
    after([SupervisionCommand::End(super::EndSupervision {
        done: long_ago(),
        reason: code("completed"),
        note: None,
    })])
}

#[track_caller]
fn accepted(supervision: &Supervision, wish: SupervisionCommand) -> Vec<SupervisionEvent> {
    supervision.decide(wish, &facts()).unwrap()
}

fn found(events: &[SupervisionEvent]) -> Vec<Finding> {
    events.iter().flat_map(|e| e.findings().to_vec()).collect()
}

/// Accepted at this door, and nothing was noticed.
#[track_caller]
fn passes(supervision: &Supervision, wish: SupervisionCommand) {
    assert_eq!(found(&accepted(supervision, wish)), Vec::new());
}

#[track_caller]
fn refused(supervision: &Supervision, wish: SupervisionCommand, expected: &SupervisionRefusal) {
    assert_eq!(supervision.decide(wish, &facts()).as_ref(), Err(expected));
    let code = expected.code();
    assert!(code.starts_with("supervision."), "{code}");
}

/// A rule of the record: refused live and as an existing fact.
#[track_caller]
fn refused_at_every_door(
    supervision: &Supervision,
    wish: impl Fn(Occurred) -> SupervisionCommand,
    expected: &SupervisionRefusal,
) {
    refused(supervision, wish(just_now()), expected);
    refused(supervision, wish(long_ago()), expected);
}

fn said(objection: Objection<SupervisionRefusal>) -> Vec<Finding> {
    through(Door::Existing, vec![objection]).unwrap()
}

/// A rule of substance: refused live, which leaving out the hour does not escape; an existing fact gets exactly this
/// finding.
#[track_caller]
fn refused_live_and_noticed(
    supervision: &Supervision,
    wish: impl Fn(Occurred) -> SupervisionCommand,
    objection: Objection<SupervisionRefusal>,
) {
    refused(supervision, wish(just_now()), &objection.refusal);
    refused(supervision, wish(today()), &objection.refusal);
    let existing = accepted(supervision, wish(long_ago()));
    assert_eq!(found(&existing), said(objection));
}

/// A matter that is only noticed, at both doors.
#[track_caller]
fn only_noticed(
    supervision: &Supervision,
    wish: impl Fn(Occurred) -> SupervisionCommand,
    refusal: SupervisionRefusal,
) {
    let expected = said(Objection::notice(refusal));
    assert_eq!(found(&accepted(supervision, wish(just_now()))), expected);
    assert_eq!(found(&accepted(supervision, wish(long_ago()))), expected);
}
