//! The rules of the order, each with a case that passes and one that does not.

mod arbitrary;
mod attendance;
mod breach;
mod correction;
mod credit;
mod ending;
mod making;
mod properties;
mod reading;

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use uuid::Uuid;

use super::{
    CorrectAttendance, CourtStep, CreditHours, Make, Meeting, Order, OrderCommand, OrderEvent,
    OrderRefusal, RecordAttendance, ScheduleAppointment, Terms,
};
use crate::act::{Facts, Finding, Objection, Reference, Refusal, through};
use crate::actor::{Actor, Role};
use crate::jurisdiction::{BUILT_IN, Pack};
use crate::personal::{DataClass, PersonalText, Sealed};
use crate::stream::{Stream, StreamEvent};
use crate::values::{
    AppointmentNo, Code, ComponentNo, CourtCode, Day, Enforceable, Known, Occurred, OfficeCode,
    PersonId, Quantity, RequirementNo, SentenceId, SubjectId, Told,
};

static MIDLAND: LazyLock<Arc<Pack>> = LazyLock::new(|| {
    let (_, text) = BUILT_IN[1];
    Arc::new(Pack::parse(text).unwrap())
});

fn actor(role: Role) -> Actor {
    Actor {
        subject: SubjectId::parse("officer-1").unwrap(),
        role,
        office: OfficeCode::parse("ashby-probation").unwrap(),
    }
}

/// The facts of 5 March 2026 at ten, with the sentence in force.
fn facts() -> Facts {
    let entered = "2026-03-05T10:00:00Z".parse().unwrap();
    Facts {
        found: BTreeSet::from([Reference::Sentence(sentence())]),
        ..Facts::at(entered, actor(Role::Probation), Arc::clone(&MIDLAND))
    }
}

/// The facts as a process of the register has them.
fn software() -> Facts {
    Facts {
        actor: actor(Role::System),
        ..facts()
    }
}

fn sentence() -> SentenceId {
    SentenceId(Uuid::from_u128(11))
}

fn on(text: &str) -> Occurred {
    text.parse().unwrap()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn code(text: &str) -> Code {
    Code::parse(text).unwrap()
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

/// A requirement that says nothing but its kind.
fn terms(kind: &str) -> Terms {
    Terms {
        kind: code(kind),
        quantity: None,
        length: None,
        starts: None,
        ends: None,
        consent: Known::NotRecorded,
    }
}

fn unpaid_work(hours: u32) -> Terms {
    Terms {
        quantity: Some(Quantity::Minutes(hours.saturating_mul(60))),
        ..terms("unpaid-work")
    }
}

fn lasting(kind: &str, length: &str) -> Terms {
    Terms {
        length: Some(length.parse().unwrap()),
        ..terms(kind)
    }
}

/// An order of a year from 5 January 2026, made on that day.
fn order_with(requirements: impl IntoIterator<Item = Terms>) -> Make {
    Make {
        person: PersonId(Uuid::from_u128(1)),
        sentence: sentence(),
        component: ComponentNo(1),
        made: on("2026-01-05"),
        court: CourtCode::parse("ashby").unwrap(),
        office: OfficeCode::parse("ashby-probation").unwrap(),
        period: Some("P1Y".parse().unwrap()),
        starts: "2026-01-05".parse().unwrap(),
        ends: None,
        requirements: requirements.into_iter().collect(),
    }
}

/// An order after a few commands, each of which has to pass.
fn after(commands: impl IntoIterator<Item = OrderCommand>) -> Order {
    commands.into_iter().fold(Order::default(), |order, wish| {
        let events = order.decide(wish, &facts()).unwrap();
        events.iter().fold(order, Order::evolve)
    })
}

/// An order of 100 hours of unpaid work and a curfew of six months.
fn running() -> Vec<OrderCommand> {
    let requirements = [unpaid_work(100), lasting("curfew", "P6M")];
    vec![OrderCommand::Make(order_with(requirements))]
}

fn with(
    mut history: Vec<OrderCommand>,
    more: impl IntoIterator<Item = OrderCommand>,
) -> Vec<OrderCommand> {
    history.extend(more);
    history
}

fn scheduled(day_of_month: &str) -> OrderCommand {
    OrderCommand::ScheduleAppointment(ScheduleAppointment {
        requirement: RequirementNo(1),
        on: day(day_of_month),
        at: Some("09:30".parse().unwrap()),
        place: Some(code("depot")),
        enforceable: Known::Value(Enforceable::Yes),
        done: on("2026-01-06"),
    })
}

fn attended(appointment: u16, outcome: &str, credit: Option<u32>, done: Occurred) -> OrderCommand {
    OrderCommand::RecordAttendance(RecordAttendance {
        meeting: Meeting::Scheduled(AppointmentNo(appointment)),
        outcome: code(outcome),
        credit: credit.map(Quantity::Minutes),
        enforceable: Known::NotRecorded,
        done,
        note: None,
    })
}

/// Two appointments missed without an acceptable reason, on 12 and 19 January.
fn two_failures() -> Vec<OrderCommand> {
    with(
        running(),
        [
            scheduled("2026-01-12"),
            scheduled("2026-01-19"),
            attended(1, "absent-unacceptable", None, on("2026-01-12")),
            attended(2, "absent-unacceptable", None, on("2026-01-19")),
        ],
    )
}

fn crediting(minutes: u32, done: Occurred) -> OrderCommand {
    OrderCommand::CreditHours(CreditHours {
        requirement: RequirementNo(1),
        quantity: Quantity::Minutes(minutes),
        reason: code("work-done"),
        done,
        note: None,
    })
}

fn correcting(appointment: u16, outcome: &str, done: Occurred) -> CorrectAttendance {
    CorrectAttendance {
        appointment: AppointmentNo(appointment),
        outcome: code(outcome),
        credit: None,
        enforceable: Known::NotRecorded,
        reason: code("evidence-accepted"),
        done,
        note: None,
        consequences: super::Consequences::default(),
    }
}

fn court_step(reason: &str, pronounced: Occurred) -> CourtStep {
    CourtStep {
        pronounced,
        reason: code(reason),
        appeal_told: Known::Value(Told::Yes),
        note: None,
    }
}

#[track_caller]
fn accepted(order: &Order, wish: OrderCommand) -> Vec<OrderEvent> {
    order.decide(wish, &facts()).unwrap()
}

/// Accepted at this door, and nothing was noticed.
#[track_caller]
fn passes(order: &Order, wish: OrderCommand) {
    assert_eq!(found(&accepted(order, wish)), Vec::new());
}

fn found(events: &[OrderEvent]) -> Vec<Finding> {
    events.iter().flat_map(|e| e.findings().to_vec()).collect()
}

fn said(objection: Objection<OrderRefusal>) -> Vec<Finding> {
    through(crate::act::Door::Existing, vec![objection]).unwrap()
}

#[track_caller]
fn refused(order: &Order, wish: OrderCommand, expected: &OrderRefusal) {
    assert_eq!(order.decide(wish, &facts()).as_ref(), Err(expected));
    assert!(expected.code().starts_with("order."), "{}", expected.code());
}

/// A rule of the record: refused live and as an existing fact.
#[track_caller]
fn refused_at_every_door(
    order: &Order,
    wish: impl Fn(Occurred) -> OrderCommand,
    expected: &OrderRefusal,
) {
    refused(order, wish(just_now()), expected);
    refused(order, wish(long_ago()), expected);
}

/// A rule of substance: refused live, which leaving out the hour does not escape; an existing fact gets exactly this
/// finding.
#[track_caller]
fn refused_live_and_noticed(
    order: &Order,
    wish: impl Fn(Occurred) -> OrderCommand,
    objection: Objection<OrderRefusal>,
) {
    refused(order, wish(just_now()), &objection.refusal);
    refused(order, wish(today()), &objection.refusal);
    assert_eq!(found(&accepted(order, wish(long_ago()))), said(objection));
}

/// A matter that is only noticed, at both doors.
#[track_caller]
fn only_noticed(order: &Order, wish: impl Fn(Occurred) -> OrderCommand, refusal: OrderRefusal) {
    let expected = said(Objection::notice(refusal));
    assert_eq!(found(&accepted(order, wish(just_now()))), expected);
    assert_eq!(found(&accepted(order, wish(long_ago()))), expected);
}
