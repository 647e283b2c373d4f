//! Correcting an attendance: one decision that carries out everything it lists, by events of their own.

use super::attendance::{outcome, said_or};
use super::credit::{ceilings, countable};
use super::{Decided, Objections, listed, made, requirement, since};
use crate::act::{Door, Facts, Objection, through};
use crate::jurisdiction::OutcomeKind;
use crate::order::command::{CorrectAttendance, WithdrawWarning};
use crate::order::consequences::{Becomes, Consequences, CreditMoved, Then};
use crate::order::event::{NotProvenGround, OrderEvent};
use crate::order::refusal::OrderRefusal;
use crate::order::state::{Appointment, Made, Order};
use crate::values::{BreachNo, Enforceable, Known};

pub(super) fn correct(order: &Order, wish: CorrectAttendance, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let made = made(order, "correcting an attendance")?;
    since(made, wish.done, facts, &mut found)?;
    let appointment = recorded(made, &wish)?;
    let under = requirement(made, appointment.requirement)?;
    if let Some(credit) = wish.credit {
        countable(under, credit, &facts.law)?;
    }
    let consequences = made.consequences(wish.appointment, &Becomes::by(&wish, &facts.law));
    if consequences != wish.consequences {
        let appointment = wish.appointment;
        return Err(OrderRefusal::ConsequencesDiffer { appointment });
    }
    let reasons = &facts.law.orders.correction_reasons;
    listed("reason", reasons, &wish.reason, &mut found);
    let kind = outcome(&wish.outcome, wish.credit, facts, &mut found);
    for_the_court(&wish, &mut found);
    too_few_left(made, appointment, &wish, kind, facts, &mut found);
    let door = facts.door(wish.done);
    let mut events = vec![OrderEvent::AttendanceCorrected {
        appointment: wish.appointment,
        outcome: wish.outcome.clone(),
        kind,
        enforceable: said_or(wish.enforceable, appointment.enforceable),
        reason: wish.reason.clone(),
        done: wish.done,
        door,
        note: wish.note.clone(),
        findings: through(door, found)?,
    }];
    events.extend(reversed(&wish, door));
    if let Some(moved) = consequences.credited {
        let freed = consequences.reversed.map_or(0, |r| r.quantity.amount());
        let mut found = Objections::new();
        ceilings(
            moved.requirement,
            under,
            moved.quantity,
            freed,
            &facts.law,
            &mut found,
        );
        events.push(credited(&wish, moved, door, through(door, found)?));
    }
    events.extend(withdrawn_warnings(&wish, &consequences, door));
    events.extend(withdrawn_allegations(&wish, &consequences, door));
    Ok(events)
}

fn recorded<'a>(made: &'a Made, wish: &CorrectAttendance) -> Result<&'a Appointment, OrderRefusal> {
    let no = wish.appointment;
    let appointment = made
        .appointments
        .get(&no)
        .ok_or(OrderRefusal::NoSuchAppointment { appointment: no })?;
    let Some(attendance) = &appointment.attendance else {
        return Err(OrderRefusal::NotYetRecorded { appointment: no });
    };
    let enforceable = said_or(wish.enforceable, appointment.enforceable);
    let same = attendance.outcome == wish.outcome
        && appointment.credited == wish.credit
        && appointment.enforceable == enforceable;
    if same {
        Err(OrderRefusal::ChangesNothing)
    } else {
        Ok(appointment)
    }
}

/// A decided breach is the court's: the correction goes through, and somebody must put it before the court.
fn for_the_court(wish: &CorrectAttendance, found: &mut Objections) {
    let decided = |b: &&crate::order::consequences::BreachTouched| b.then == Then::ForTheCourt;
    for touched in wish.consequences.breaches.iter().filter(decided) {
        found.push(Objection::notice(OrderRefusal::RestsOnCorrected {
            breach: touched.breach,
            appointment: wish.appointment,
        }));
    }
}

/// An allegation that stands although fewer failures are left than the policy asks: the correction goes through, and
/// somebody must look whether the allegation is withdrawn.
fn too_few_left(
    made: &Made,
    appointment: &Appointment,
    wish: &CorrectAttendance,
    kind: Option<OutcomeKind>,
    facts: &Facts,
    found: &mut Objections,
) {
    let enforceable = said_or(wish.enforceable, appointment.enforceable);
    let fails =
        kind.is_some_and(OutcomeKind::is_failure) && enforceable == Known::Value(Enforceable::Yes);
    if fails {
        return;
    }
    let enforcement = &facts.law.orders.enforcement;
    let (asked, months) = (
        enforcement.failures_before_breach,
        enforcement.within_months,
    );
    let is_withdrawn = |no: BreachNo| {
        let mut touched = wish.consequences.breaches.iter();
        touched.any(|touched| touched.breach == no && touched.then == Then::Withdrawn)
    };
    for (breach, alleged) in made.open_breaches().filter(|(no, _)| !is_withdrawn(*no)) {
        let day = facts.date(alleged.alleged).latest();
        let counted = made.failures(day.unwrap_or(facts.today), months);
        let number = |all: usize| u32::try_from(all).unwrap_or(u32::MAX);
        let left = counted.iter().filter(|no| **no != wish.appointment).count();
        let failures = number(left);
        if number(counted.len()) >= asked && failures < asked {
            found.push(Objection::notice(OrderRefusal::RestsOnTooFew {
                breach,
                appointment: wish.appointment,
                failures,
                asked,
                months,
            }));
        }
    }
}

fn reversed(wish: &CorrectAttendance, door: Door) -> Option<OrderEvent> {
    let moved = wish.consequences.reversed?;
    Some(OrderEvent::HoursReversed {
        requirement: moved.requirement,
        quantity: moved.quantity,
        appointment: Some(wish.appointment),
        reason: wish.reason.clone(),
        done: wish.done,
        door,
        note: None,
        findings: Vec::new(),
    })
}

fn credited(
    wish: &CorrectAttendance,
    moved: CreditMoved,
    door: Door,
    findings: Vec<crate::act::Finding>,
) -> OrderEvent {
    OrderEvent::HoursCredited {
        requirement: moved.requirement,
        quantity: moved.quantity,
        appointment: Some(wish.appointment),
        reason: Some(wish.reason.clone()),
        done: wish.done,
        door,
        note: None,
        findings,
    }
}

fn withdrawn_warnings(
    wish: &CorrectAttendance,
    consequences: &Consequences,
    door: Door,
) -> Vec<OrderEvent> {
    let touched = consequences.warnings.iter();
    touched
        .filter(|warning| warning.then == Then::Withdrawn)
        .map(|warning| OrderEvent::WarningWithdrawn {
            withdrawal: WithdrawWarning {
                warning: warning.warning,
                reason: wish.reason.clone(),
                done: wish.done,
                note: None,
            },
            answers: Some(wish.appointment),
            door,
            findings: Vec::new(),
        })
        .collect()
}

fn withdrawn_allegations(
    wish: &CorrectAttendance,
    consequences: &Consequences,
    door: Door,
) -> Vec<OrderEvent> {
    let touched = consequences.breaches.iter();
    touched
        .filter(|breach| breach.then == Then::Withdrawn)
        .map(|breach| OrderEvent::BreachNotProven {
            breach: breach.breach,
            done: wish.done,
            ground: NotProvenGround::FailureCorrected {
                appointment: wish.appointment,
                reason: wish.reason.clone(),
            },
            door,
            note: None,
            findings: Vec::new(),
        })
        .collect()
}
