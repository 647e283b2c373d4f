//! The order ledger: every order with the progress of each requirement, its warnings and breaches.
//!
//! Counts that depend on the day (failures within the policy's months, what is overdue) are counted for the day on
//! which the last event was recorded; pages count them again for the day they are read.

use domain::jurisdiction::Pack;
use domain::order::{Order, Standing};
use domain::values::Instant;
use serde_json::json;

use super::changes::{Changes, Versioned};
use super::signed;
use crate::record::Recorded;
use crate::store::database::Value;

static TABLE: Versioned = Versioned {
    table: "order_ledger",
    key: "order_id",
    columns: &[
        "generation",
        "order_id",
        "from_index",
        "to_index",
        "first_index",
        "person_id",
        "sentence_id",
        "jurisdiction",
        "office",
        "state",
        "starts",
        "ends",
        "progress",
        "failures",
        "warnings",
        "breaches",
        "next_on",
        "findings",
        "court",
        "alleged",
    ],
};

/// Files the state of an order after an event.
pub(super) fn file(
    changes: &mut Changes,
    recorded: &Recorded,
    state: &Order,
    first: u64,
    law: Option<&Pack>,
) {
    let (Some(made), Some(law)) = (state.made(), law) else {
        return;
    };
    let day = law.day(Instant::from_micros(recorded.recorded_us));
    let progress: Vec<_> = made
        .progress(day)
        .iter()
        .map(|p| {
            json!({
                "requirement": p.requirement,
                "kind": p.kind,
                "owed": p.owed,
                "credited": p.credited,
                "remaining": p.remaining,
                "ends": p.ends,
                "ended": p.is_ended,
            })
        })
        .collect();
    let failures = made
        .failures(day, law.orders.enforcement.within_months)
        .len();
    // What is overdue comes first: it stays next until its outcome is recorded.
    let next = made
        .unrecorded(day)
        .chain(made.next_appointment(day))
        .map(|(_, appointment)| appointment.on)
        .min_by_key(|on| on.earliest())
        .filter(|_| made.standing == Standing::InForce)
        .map(|on| on.to_string());
    let alleged = made
        .open_breaches()
        .map(|(_, breach)| law.date(breach.alleged));
    let alleged = alleged.min_by_key(|on| on.earliest());
    let alleged = alleged.map(|on| on.to_string());
    let row = vec![
        signed(first).into(),
        made.person.to_string().into(),
        made.sentence.to_string().into(),
        recorded.jurisdiction().into(),
        made.office.as_str().into(),
        made.standing.title().into(),
        made.starts.to_string().into(),
        made.ends.map(|d| d.to_string()).into(),
        json!(progress).to_string().into(),
        number(failures),
        number(made.open_warnings().count()),
        number(made.open_breaches().count()),
        next.into(),
        number(made.findings.len()),
        made.court.as_str().into(),
        alleged.into(),
    ];
    changes.put(&TABLE, recorded, row);
}

pub(super) fn number(count: usize) -> Value {
    Value::Int(i64::try_from(count).unwrap_or(i64::MAX))
}
