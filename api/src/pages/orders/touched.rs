//! What a change of an outcome touches, before and after.

use domain::order::{Consequences, Then};
use domain::values::{AppointmentNo, Code, Known, Quantity, RequirementNo};

use super::clocks::counts;
use super::correct::Case;
use super::show::{kind_title, outcome_title};
use crate::pages::casework::known;
use crate::pages::components::{Column, Table, Value};
use crate::pages::page::Typed;

/// Before and after, of the outcome and of everything that hangs on it.
pub(super) fn table(case: &Case<'_>, typed: &Typed, touched: &Consequences) -> Table {
    let columns = vec![Column::text("What"), Column::text("Before and after")];
    let outcome =
        |code: Option<&Code>| code.map_or_else(String::new, |c| outcome_title(case.law, c));
    let before = case.appointment.attendance.as_ref().map(|a| &a.outcome);
    let after = typed.get("outcome").and_then(|t| Code::parse(t).ok());
    let table = Table::new("What the change touches", columns).row(change(
        "Outcome",
        outcome(before),
        outcome(after.as_ref()),
    ));
    let table = mark(table, case, typed);
    let table = credits(table, case, touched);
    let table = touched.warnings.iter().fold(table, |table, warning| {
        let what = format!("Warning {}", warning.warning);
        table.row(change(
            &what,
            "stands".to_owned(),
            becomes(warning.then, "another failure"),
        ))
    });
    touched.breaches.iter().fold(table, |table, breach| {
        let step = case.made.breaches.get(&breach.breach);
        let before = step.map_or("", |b| b.step.title()).to_owned();
        let what = format!("Breach {}", breach.breach);
        table.row(change(
            &what,
            before,
            becomes(breach.then, "something else"),
        ))
    })
}

fn change(what: &str, before: String, after: String) -> Vec<Value> {
    vec![Value::text(what), Value::Change { before, after }]
}

/// Whether a failure counts, and how many then do.
fn mark(table: Table, case: &Case<'_>, typed: &Typed) -> Table {
    let stood = case.appointment.enforceable;
    let said = known(typed, "enforceable").unwrap_or(Known::NotRecorded);
    let table = if said.is_not_recorded() || said == stood {
        table
    } else {
        table.row(change(
            "Mark",
            counts(stood).to_owned(),
            counts(said).to_owned(),
        ))
    };
    let rule = &case.law.orders.enforcement;
    let before = case.made.failures(case.day, rule.within_months);
    let mut made = case.made.clone();
    let outcome = typed.get("outcome").and_then(|t| Code::parse(t).ok());
    if let Some(appointment) = made.appointments.get_mut(&case.no) {
        if !said.is_not_recorded() {
            appointment.enforceable = said;
        }
        if let (Some(attendance), Some(outcome)) = (&mut appointment.attendance, outcome) {
            attendance.kind = case.law.orders.outcome(&outcome).map(|o| o.kind);
        }
    }
    let after = made.failures(case.day, rule.within_months);
    if before == after {
        return table;
    }
    let count =
        |failures: &[AppointmentNo]| format!("{} in {} months", failures.len(), rule.within_months);
    table.row(change("Failures that count", count(&before), count(&after)))
}

/// What is credited for the appointment, and what that makes of its requirement.
fn credits(table: Table, case: &Case<'_>, touched: &Consequences) -> Table {
    let Some(moved) = touched.reversed.or(touched.credited) else {
        return table;
    };
    let amount = |q: Option<Quantity>| q.map_or_else(|| "nothing".to_owned(), |q| q.to_string());
    let reversed = touched.reversed.map(|c| c.quantity);
    let credited = touched.credited.map(|c| c.quantity);
    let table = table.row(change(
        "Credited for it",
        amount(reversed),
        amount(credited),
    ));
    match progress(case, moved.requirement, reversed, credited) {
        Some((title, before, after)) => table.row(change(&title, before, after)),
        None => table,
    }
}

/// The progress of a requirement before and after.
fn progress(
    case: &Case<'_>,
    no: RequirementNo,
    reversed: Option<Quantity>,
    credited: Option<Quantity>,
) -> Option<(String, String, String)> {
    let requirement = case.made.requirements.get(&no)?;
    let owed = requirement.terms.quantity?;
    let unit = owed.unit();
    let moved = |q: Option<Quantity>| q.filter(|q| q.unit() == unit).map_or(0, Quantity::amount);
    let before = requirement.credited_in(unit);
    let after = before
        .saturating_sub(moved(reversed))
        .saturating_add(moved(credited));
    let words = |amount: u32| format!("{} of {owed}", Quantity::of(amount, unit));
    let title = kind_title(case.law, &requirement.terms.kind);
    Some((title, words(before), words(after)))
}

/// What becomes of a step, and on what it may rest besides.
fn becomes(then: Then, besides: &str) -> String {
    match then {
        Then::Withdrawn => "withdrawn: nothing is left that it rests on".to_owned(),
        Then::Stands => format!("stands without this appointment: it rests on {besides} too"),
        Then::ForTheCourt => {
            "stands: only the court can change it, and somebody must look".to_owned()
        }
    }
}
