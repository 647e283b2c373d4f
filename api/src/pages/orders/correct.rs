//! Correcting an outcome: everything that hangs on it is shown first, and one reason is asked.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::act::Refusal;
use domain::jurisdiction::Pack;
use domain::order::{Becomes, Consequences, CorrectAttendance, Made, Order, OrderCommand, Then};
use domain::values::{AppointmentNo, Code, Instant, Occurred, Quantity};
use infra::registry::{AsOf, CommandError, Found};

use super::act::{Wrong, chosen, coded, known, options, quantity, with_fields, words};
use super::show::{made, outcome_title, when};
use crate::pages::components::{Column, Field, Form, Part, Table, Value};
use crate::pages::page::{Page, PageError, Typed, Visitor};
use crate::pages::{done, laws, register};
use crate::problem::Problem;
use crate::state::AppState;

/// What a page of a correction is made from.
struct Case<'a> {
    id: &'a str,
    no: AppointmentNo,
    version: u64,
    made: &'a Made,
    law: &'a Pack,
}

/// The form.
pub(super) async fn get(
    State(app): State<AppState>,
    visitor: Visitor,
    Path((id, number)): Path<(String, String)>,
) -> Result<Page, PageError> {
    let no = numbered(&number)?;
    let found: Found<Order> = app.registry.show(&visitor.call, &id, visitor.as_of).await?;
    let law = laws::in_force(&app).await?;
    let case = case(&id, no, &found, &law)?;
    Ok(page(&visitor, &case, &Typed::empty(), None, None))
}

/// Shows what hangs on it; once that was seen, records the correction.
pub(super) async fn post(
    State(app): State<AppState>,
    visitor: Visitor,
    Path((id, number)): Path<(String, String)>,
    typed: Typed,
) -> Result<Response, PageError> {
    let no = numbered(&number)?;
    let found: Found<Order> = app.registry.show(&visitor.call, &id, AsOf::Now).await?;
    let law = laws::in_force(&app).await?;
    let case = case(&id, no, &found, &law)?;
    let now = Instant::from_micros(app.registry.clock().now_us());
    let again = |wrong: Wrong| page(&visitor, &case, &typed, Some(wrong), None).into_response();
    let mut correction = match outcome(&typed, no, now) {
        Ok(correction) => correction,
        Err(wrong) => return Ok(again(wrong)),
    };
    let touched = case
        .made
        .consequences(no, &Becomes::by(&correction, case.law));
    let Some(reason) = typed.get("reason").and_then(|t| Code::parse(t).ok()) else {
        let asked = typed.get("act") == Some("record");
        let wrong = asked.then(|| ("reason".to_owned(), "Choose one reason".to_owned()));
        return Ok(page(&visitor, &case, &typed, wrong, Some(&touched)).into_response());
    };
    correction.reason = reason;
    correction.consequences = touched.clone();
    let command = OrderCommand::CorrectAttendance(correction);
    let sent = app
        .registry
        .command::<Order>(&visitor.call, &id, command, done::options(&typed))
        .await;
    match sent {
        Ok(receipt) => {
            let address = format!("/orders/{id}?recorded=1");
            Ok(done::then(&app, &receipt, &address).await.into_response())
        }
        Err(CommandError::Refused(refusal)) => {
            let said = register::sentence_case(&refusal.to_string());
            let wrong = (refusal.field(), format!("{said} ({})", refusal.rule()));
            Ok(page(&visitor, &case, &typed, Some(wrong), Some(&touched)).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

fn numbered(text: &str) -> Result<AppointmentNo, PageError> {
    text.parse()
        .map_err(|_| PageError(Problem::no_such_address()))
}

fn case<'a>(
    id: &'a str,
    no: AppointmentNo,
    found: &'a Found<Order>,
    law: &'a Pack,
) -> Result<Case<'a>, PageError> {
    let made = made(found)?;
    if !made.appointments.contains_key(&no) {
        return Err(PageError(Problem::no_such_address()));
    }
    Ok(Case {
        id,
        no,
        version: found.version,
        made,
        law,
    })
}

/// The correction without its reason, which is asked when everything it touches was seen.
fn outcome(typed: &Typed, no: AppointmentNo, now: Instant) -> Result<CorrectAttendance, Wrong> {
    let outcome: Code = chosen(typed, "outcome", "Choose what really came of it")?;
    Ok(CorrectAttendance {
        appointment: no,
        reason: outcome.clone(),
        outcome,
        credit: quantity(typed)?,
        enforceable: known(typed, "enforceable")?,
        done: Occurred::At(now),
        note: words(typed),
        consequences: Consequences::default(),
    })
}

fn page(
    visitor: &Visitor,
    case: &Case<'_>,
    typed: &Typed,
    wrong: Option<Wrong>,
    touched: Option<&Consequences>,
) -> Page {
    let frame = visitor.frame(format!("Correct the outcome of appointment {}", case.no));
    let guard = visitor.guard(&frame).for_version(case.version);
    let address = format!("/orders/{}/attendance/{}", case.id, case.no);
    let back = visitor.to(&format!("/orders/{}", case.id));
    let form = match touched {
        None => with_fields(
            Form::new(address, guard, "Show what it touches"),
            outcome_fields(case, typed),
            wrong,
        ),
        Some(touched) => {
            let mut form = Form::new(address, guard, "Record the correction")
                .carry("act", "record")
                .part(Part::Table(table(case, typed, touched)));
            for name in [
                "outcome",
                "hours",
                "minutes",
                "days",
                "sessions",
                "enforceable",
            ] {
                if let Some(value) = typed.get(name) {
                    form = form.carry(name, value);
                }
            }
            with_fields(form, reason_fields(case, typed), wrong)
        }
    };
    let page = Page::new(frame).text(stands(case));
    page.form(&form.cancel(back, "Back to the order"))
}

fn stands(case: &Case<'_>) -> String {
    let Some(appointment) = case.made.appointments.get(&case.no) else {
        return String::new();
    };
    let outcome = appointment.attendance.as_ref();
    let outcome = outcome.map_or_else(
        || "no outcome".to_owned(),
        |a| outcome_title(case.law, &a.outcome),
    );
    format!("{}: {outcome}.", when(appointment))
}

fn outcome_fields(case: &Case<'_>, typed: &Typed) -> Vec<Field> {
    let outcomes = case.law.orders.outcomes.iter();
    let outcomes = outcomes.map(|o| (o.code.to_string(), o.title.clone()));
    let number = |name: &str, label: &str| {
        let value = typed.get(name).unwrap_or_default();
        Field::number(name, label, name, value).optional()
    };
    vec![
        Field::select(
            "outcome",
            "What really came of it",
            options(typed, "outcome", outcomes),
        ),
        number("hours", "Hours credited in all"),
        number("minutes", "Minutes"),
        number("days", "Days credited in all"),
        number("sessions", "Sessions credited in all"),
        Field::select(
            "enforceable",
            "May a failure be enforced?",
            options(typed, "enforceable", [("yes", "Yes"), ("no", "No")]),
        )
        .hint("What stood holds where nothing is chosen")
        .optional(),
    ]
}

fn reason_fields(case: &Case<'_>, typed: &Typed) -> Vec<Field> {
    let reasons = coded(typed, "reason", &case.law.orders.correction_reasons);
    let note = typed.get("note").unwrap_or_default();
    vec![
        Field::select("reason", "One reason for all of it", reasons),
        Field::textarea("note", "In words", 3, note).optional(),
    ]
}

/// Before and after, of the outcome and of everything that hangs on it.
fn table(case: &Case<'_>, typed: &Typed, touched: &Consequences) -> Table {
    let change = |before: String, after: String| Value::Change { before, after };
    let columns = vec![Column::text("What"), Column::text("Before and after")];
    let appointment = case.made.appointments.get(&case.no);
    let before = appointment
        .and_then(|a| a.attendance.as_ref())
        .map_or_else(String::new, |a| outcome_title(case.law, &a.outcome));
    let after = typed.get("outcome").and_then(|t| Code::parse(t).ok());
    let after = after.map_or_else(String::new, |code| outcome_title(case.law, &code));
    let mut table = Table::new("What the correction touches", columns)
        .row(vec![Value::text("Outcome"), change(before, after)]);
    if touched.reversed.is_some() || touched.credited.is_some() {
        let words = |q: Option<Quantity>| q.map_or_else(|| "nothing".to_owned(), |q| q.to_string());
        table = table.row(vec![
            Value::text("Credited"),
            change(
                words(touched.reversed.map(|c| c.quantity)),
                words(touched.credited.map(|c| c.quantity)),
            ),
        ]);
    }
    for warning in &touched.warnings {
        table = table.row(vec![
            Value::text(format!("Warning {}", warning.warning)),
            change("stands".to_owned(), becomes(warning.then).to_owned()),
        ]);
    }
    for breach in &touched.breaches {
        let step = case.made.breaches.get(&breach.breach);
        let before = step.map_or("", |b| b.step.title());
        table = table.row(vec![
            Value::text(format!("Breach {}", breach.breach)),
            change(before.to_owned(), becomes(breach.then).to_owned()),
        ]);
    }
    table
}

fn becomes(then: Then) -> &'static str {
    match then {
        Then::Withdrawn => "withdrawn: no failure is left that it rests on",
        Then::Stands => "stands: it rests on another failure too",
        Then::ForTheCourt => "stands: only the court can change it, and somebody must look",
    }
}
