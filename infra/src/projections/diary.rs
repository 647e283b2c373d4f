//! The diary: every appointment under an order and what came of it, so that an office sees who is due on a day and
//! whose outcome is missing, however far back.

use domain::jurisdiction::{OutcomeKind, Pack};
use domain::order::{Appointment, Made, Order, OrderEvent};
use domain::record::AnyEvent;
use domain::values::AppointmentNo;
use serde_json::json;

use super::changes::{Changes, Versioned};
use crate::record::Recorded;
use crate::store::database::Value;

static TABLE: Versioned = Versioned {
    table: "diary",
    key: "appointment_id",
    columns: &[
        "generation",
        "appointment_id",
        "from_index",
        "to_index",
        "order_id",
        "number",
        "person_id",
        "jurisdiction",
        "office",
        "kind",
        "on_day",
        "at_time",
        "place",
        "outcome",
        "failed",
        "credited",
        "waits",
        "evidence_until",
    ],
};

/// Files the appointments that an event touches.
pub(super) fn file(changes: &mut Changes, recorded: &Recorded, state: &Order, law: Option<&Pack>) {
    let (AnyEvent::Order(event), Some(made), Some(law)) = (&recorded.event, state.made(), law)
    else {
        return;
    };
    for no in touched(event, made) {
        let Some(appointment) = made.appointments.get(&no) else {
            continue;
        };
        let key = format!("{}/{no}", recorded.stream_id);
        let mut row = row(recorded, made, no, appointment);
        row.push(Value::Int(i64::from(waits(made, appointment, law))));
        row.push(evidence_until(made, appointment, law).into());
        if matches!(event, OrderEvent::AppointmentScheduled { .. }) {
            changes.begin(&TABLE, &key, recorded.index, row);
        } else {
            changes.open(&TABLE, &key, recorded.index, row);
        }
    }
}

/// The appointments whose row an event changes.
fn touched(event: &OrderEvent, made: &Made) -> Vec<AppointmentNo> {
    match event {
        OrderEvent::AppointmentScheduled { appointment, .. }
        | OrderEvent::AttendanceRecorded { appointment, .. }
        | OrderEvent::AttendanceCorrected { appointment, .. } => vec![*appointment],
        OrderEvent::HoursCredited { appointment, .. }
        | OrderEvent::HoursReversed { appointment, .. } => appointment.iter().copied().collect(),
        // Another office expects the person, or nobody does any more.
        OrderEvent::RequirementEnded { .. }
        | OrderEvent::Transferred { .. }
        | OrderEvent::Revoked { .. }
        | OrderEvent::DischargedEarly { .. }
        | OrderEvent::Completed { .. }
        | OrderEvent::Ended(_) => {
            let open = made.appointments.iter();
            let open = open.filter(|(_, appointment)| is_open(appointment));
            open.map(|(no, _)| *no).collect()
        }
        OrderEvent::Made { .. }
        | OrderEvent::PeriodVaried { .. }
        | OrderEvent::RequirementAdded { .. }
        | OrderEvent::RequirementVaried { .. }
        | OrderEvent::WarningIssued { .. }
        | OrderEvent::WarningWithdrawn { .. }
        | OrderEvent::BreachAlleged { .. }
        | OrderEvent::BreachProven { .. }
        | OrderEvent::BreachNotProven { .. } => Vec::new(),
    }
}

fn row(
    recorded: &Recorded,
    made: &Made,
    no: AppointmentNo,
    appointment: &Appointment,
) -> Vec<Value> {
    let requirement = made.requirements.get(&appointment.requirement);
    let kind = requirement.map_or("", |r| r.terms.kind.as_str());
    let outcome = appointment.attendance.as_ref().map(|a| &a.outcome);
    let credited = appointment.credited.map(|q| json!(q).to_string());
    vec![
        recorded.stream_id.as_str().into(),
        Value::Int(i64::from(no.0)),
        made.person.to_string().into(),
        recorded.jurisdiction().into(),
        made.office.as_str().into(),
        kind.into(),
        appointment.on.to_string().into(),
        appointment.at.map(|at| at.to_string()).into(),
        appointment.place.as_ref().map(ToString::to_string).into(),
        outcome.map(ToString::to_string).into(),
        Value::Int(i64::from(appointment.is_failure())),
        credited.into(),
    ]
}

/// Whether an appointment is not over: its outcome is not recorded, or evidence about it is awaited.
fn is_open(appointment: &Appointment) -> bool {
    let attendance = appointment.attendance.as_ref();
    attendance.is_none_or(|a| a.kind == Some(OutcomeKind::Awaiting))
}

/// Of an absence for which evidence is awaited, the last day on which it is in time; nothing once the order is over.
fn evidence_until(made: &Made, appointment: &Appointment, law: &Pack) -> Option<String> {
    let awaited = appointment.attendance.as_ref()?.kind? == OutcomeKind::Awaiting;
    let absence = appointment.on.latest().filter(|_| awaited)?;
    let until = law.orders.enforcement.evidence_until(absence);
    made.over.is_none().then(|| until.to_string())
}

/// Whether an outcome is still to be recorded: nobody is expected after the end of the requirement or the order.
fn waits(made: &Made, appointment: &Appointment, law: &Pack) -> bool {
    let requirement = made.requirements.get(&appointment.requirement);
    let ended = requirement.and_then(|r| r.ended.as_ref());
    let mut ends = made.over.into_iter().chain(ended.map(|(done, _)| *done));
    let moot = ends.any(|end| law.date(end).is_before(appointment.on));
    appointment.attendance.is_none() && !moot
}
