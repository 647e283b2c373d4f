//! Scheduling appointments and recording what came of them.

use super::credit::{ceilings, countable, unit};
use super::terms::unit_title;
use super::{Decided, Objections, in_force, made, past, requirement, since};
use crate::act::{Facts, Objection, through};
use crate::jurisdiction::OutcomeKind;
use crate::order::command::{RecordAttendance, ScheduleAppointment};
use crate::order::event::OrderEvent;
use crate::order::refusal::OrderRefusal;
use crate::order::state::{Made, Order, Requirement};
use crate::order::terms::Meeting;
use crate::safeguards::order as safeguards;
use crate::values::{
    AppointmentNo, CivilDate, Code, Enforceable, Known, Occurred, Quantity, RequirementNo,
};

pub(super) fn schedule(order: &Order, wish: ScheduleAppointment, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let made = in_force(
        order,
        "scheduling an appointment",
        wish.done,
        facts,
        &mut found,
    )?;
    since(made, wish.done, facts, &mut found)?;
    let under = requirement(made, wish.requirement)?;
    within_life(made, under, wish.on.into(), facts, &mut found);
    let door = facts.door(wish.done);
    let findings = through(door, found)?;
    Ok(vec![OrderEvent::AppointmentScheduled {
        appointment: next_appointment(made),
        schedule: wish,
        door,
        findings,
    }])
}

fn next_appointment(made: &Made) -> AppointmentNo {
    let last = made.appointments.keys().next_back();
    last.map_or(AppointmentNo(1), |no| no.next())
}

/// What stands against asking something of the person on a date.
fn within_life(
    made: &Made,
    under: &Requirement,
    on: CivilDate,
    facts: &Facts,
    found: &mut Objections,
) {
    let starts = if made.starts.is_before(under.starts) {
        under.starts
    } else {
        made.starts
    };
    if on.is_before(starts) {
        found.push(Objection::hard(OrderRefusal::BeforeTheStart { on, starts }));
    }
    safeguards::beyond_the_end(made, under, on, facts, found);
}

/// Where, when and under what an attendance took place.
struct At {
    appointment: AppointmentNo,
    requirement: RequirementNo,
    on: CivilDate,
    enforceable: Known<Enforceable>,
}

fn place(made: &Made, meeting: Meeting) -> Result<At, OrderRefusal> {
    match meeting {
        Meeting::Scheduled(no) => {
            let appointment = made
                .appointments
                .get(&no)
                .ok_or(OrderRefusal::NoSuchAppointment { appointment: no })?;
            if appointment.attendance.is_some() {
                return Err(OrderRefusal::AlreadyRecorded { appointment: no });
            }
            Ok(At {
                appointment: no,
                requirement: appointment.requirement,
                on: appointment.on,
                enforceable: appointment.enforceable,
            })
        }
        Meeting::Unscheduled { requirement, on } => Ok(At {
            appointment: next_appointment(made),
            requirement,
            on,
            enforceable: Known::NotRecorded,
        }),
    }
}

pub(super) fn record(order: &Order, wish: RecordAttendance, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let made = made(order, "recording an attendance")?;
    since(made, wish.done, facts, &mut found)?;
    let at = place(made, wish.meeting)?;
    if !is_known_before(&wish, facts) {
        past(Occurred::On(at.on), facts)?;
        not_before_its_hour(made, &wish, facts)?;
    }
    let under = requirement(made, at.requirement)?;
    // Nought is an answer: it is said that nothing is credited.
    let credit = wish.credit.filter(|credit| credit.amount() > 0);
    if let Some(credit) = credit {
        countable(under, credit, &facts.law)?;
    }
    within_life(made, under, at.on, facts, &mut found);
    let kind = outcome(&wish.outcome, credit, facts, &mut found);
    let door = facts.door(wish.done);
    if door.is_live() {
        credit_said(under, kind, &wish, facts, &mut found);
    }
    let findings = through(door, found)?;
    let mut events = vec![OrderEvent::AttendanceRecorded {
        appointment: at.appointment,
        requirement: at.requirement,
        on: at.on,
        outcome: wish.outcome,
        kind,
        enforceable: said_or(wish.enforceable, at.enforceable),
        done: wish.done,
        door,
        note: wish.note,
        findings,
    }];
    if let Some(quantity) = credit {
        let mut found = Objections::new();
        ceilings(at.requirement, under, quantity, 0, &facts.law, &mut found);
        events.push(OrderEvent::HoursCredited {
            requirement: at.requirement,
            quantity,
            appointment: Some(at.appointment),
            reason: None,
            done: wish.done,
            door,
            note: None,
            findings: through(door, found)?,
        });
    }
    Ok(events)
}

/// Whether what came of an appointment can be known before its day: that it was moved or called off, or that an absence is
/// excused in advance. The rules say what each outcome counts as.
fn is_known_before(wish: &RecordAttendance, facts: &Facts) -> bool {
    let Meeting::Scheduled(_) = wish.meeting else {
        return false;
    };
    let rule = facts.law.orders.outcome(&wish.outcome);
    rule.is_some_and(|rule| match rule.kind {
        OutcomeKind::Moved | OutcomeKind::AcceptableAbsence => true,
        OutcomeKind::Attended
        | OutcomeKind::Failed
        | OutcomeKind::UnacceptableAbsence
        | OutcomeKind::Awaiting => false,
    })
}

/// Of an outcome that gives credit towards a requirement that is counted, an act says how much: silence would credit
/// nothing, and nobody would see it. What an old file does not say is not asked.
fn credit_said(
    under: &Requirement,
    kind: Option<OutcomeKind>,
    wish: &RecordAttendance,
    facts: &Facts,
    found: &mut Objections,
) {
    let gives = kind.is_some_and(OutcomeKind::gives_credit) && wish.credit.is_none();
    if let Some(unit) = unit(under, &facts.law).filter(|_| gives) {
        found.push(Objection::hard(OrderRefusal::CreditUnsaid {
            outcome: wish.outcome.clone(),
            unit: unit_title(unit),
        }));
    }
}

/// What came of an appointment is known from its hour on. An hour that no clock shows, as clocks are put forward, hinders nothing.
fn not_before_its_hour(
    made: &Made,
    wish: &RecordAttendance,
    facts: &Facts,
) -> Result<(), OrderRefusal> {
    let Meeting::Scheduled(no) = wish.meeting else {
        return Ok(());
    };
    let appointment = made.appointments.get(&no);
    let hour = appointment.and_then(|told| Some((told.on.day()?, told.at?)));
    let begins = hour.and_then(|(on, at)| facts.law.moment(on, at.hour(), at.minute()));
    if let Some(((on, at), begins)) = hour.zip(begins)
        && begins > facts.entered
    {
        return Err(OrderRefusal::BeforeItsHour {
            appointment: no,
            on,
            at,
        });
    }
    Ok(())
}

/// What was said, or what stood where nothing was.
pub(super) fn said_or(said: Known<Enforceable>, stood: Known<Enforceable>) -> Known<Enforceable> {
    if said.is_not_recorded() { stood } else { said }
}

/// What an outcome counts as, with what stands against it and its credit.
pub(super) fn outcome(
    code: &Code,
    credit: Option<Quantity>,
    facts: &Facts,
    found: &mut Objections,
) -> Option<OutcomeKind> {
    let Some(rule) = facts.law.orders.outcome(code) else {
        found.push(Objection::hard(OrderRefusal::UnknownCode {
            list: "outcome",
            code: code.clone(),
            known: facts
                .law
                .orders
                .outcomes
                .iter()
                .map(|o| o.code.clone())
                .collect(),
        }));
        return None;
    };
    if let Some(credit) = credit
        && !rule.kind.gives_credit()
    {
        let outcome = code.clone();
        let refusal = OrderRefusal::GivesNoCredit { outcome, credit };
        found.push(Objection::hard(refusal));
    }
    Some(rule.kind)
}
