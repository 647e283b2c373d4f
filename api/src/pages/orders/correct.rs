//! Changing an outcome: first what really happened, then everything that hangs on it, before and after, and one reason.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::jurisdiction::{OutcomeRule, Pack};
use domain::order::{
    Appointment, Becomes, Consequences, CorrectAttendance, Made, Order, OrderCommand, Requirement,
};
use domain::values::{AppointmentNo, Code, Day, Enforceable, Instant, Known, Occurred, Quantity};
use infra::access::{Action, allow};
use infra::registry::{AsOf, Found, ReadError, Receipt};

use super::show::{made, outcome_title, when};
use super::touched::table;
use crate::pages::casework::{
    People, Wrong, amount_fields, amount_name, chosen, coded, known, marked, note_field, options,
    quantity, send, with_fields, words,
};
use crate::pages::components::{Field, Form, Link, Part};
use crate::pages::page::{Page, PageError, Typed, Visitor};
use crate::pages::{done, laws};
use crate::problem::Problem;
use crate::state::AppState;

/// What a page of a correction is made from.
pub(super) struct Case<'a> {
    pub(super) id: &'a str,
    pub(super) no: AppointmentNo,
    pub(super) version: u64,
    pub(super) made: &'a Made,
    pub(super) appointment: &'a Appointment,
    pub(super) law: &'a Pack,
    pub(super) day: Day,
}

/// How far the correction has come.
enum Stage {
    /// What really happened is asked.
    Outcome,
    /// What it touches was worked out; the reason is asked.
    Touched(Consequences),
}

/// The form, filled with what stands.
pub(super) async fn get(
    State(app): State<AppState>,
    visitor: Visitor,
    Path((id, number)): Path<(String, String)>,
) -> Result<Page, PageError> {
    allow(&visitor.call, Action::RunOrder).map_err(ReadError::from)?;
    let no = numbered(&number)?;
    let found: Found<Order> = app.registry.show(&visitor.call, &id, visitor.as_of).await?;
    let law = laws::in_force(&app).await?;
    let case = case((&id, no), &found, &law, law.day(visitor.moment.instant))?;
    page(&visitor, &case, &standing(&case), None, &Stage::Outcome).await
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
    let now = Instant::from_micros(app.registry.clock().now_us());
    let case = case((&id, no), &found, &law, law.day(now))?;
    let (wrong, stage) = match outcome(&case, &typed, now) {
        _ if typed.get("act") == Some("again") => (None, Stage::Outcome),
        Err(wrong) => (Some(wrong), Stage::Outcome),
        Ok(correction) if typed.get("seen").is_none() => {
            match nothing_changes(&case, &correction) {
                Some(wrong) => (Some(wrong), Stage::Outcome),
                None => (None, Stage::Touched(touched(&case, &correction))),
            }
        }
        Ok(correction) => {
            let touched = touched(&case, &correction);
            match record(&visitor, &case, &typed, correction, &touched).await? {
                Ok(receipt) => {
                    let address = format!("/orders/{id}?recorded={}", receipt.indexes.start);
                    return Ok(done::then(&app, &receipt, &address).await.into_response());
                }
                Err(wrong) => (Some(wrong), Stage::Touched(touched)),
            }
        }
    };
    let page = page(&visitor, &case, &typed, wrong, &stage).await?;
    Ok(page.into_response())
}

fn touched(case: &Case<'_>, correction: &CorrectAttendance) -> Consequences {
    let becomes = Becomes::by(correction, case.law);
    case.made.consequences(case.no, &becomes)
}

/// Records a correction whose consequences were seen, if they are still those.
async fn record(
    visitor: &Visitor,
    case: &Case<'_>,
    typed: &Typed,
    mut correction: CorrectAttendance,
    touched: &Consequences,
) -> Result<Result<Receipt, Wrong>, PageError> {
    match chosen(typed, "reason", "Choose one reason") {
        Ok(reason) => correction.reason = reason,
        Err(wrong) => return Ok(Err(wrong)),
    }
    correction.consequences.clone_from(touched);
    let command = OrderCommand::CorrectAttendance(correction);
    // A form that was recorded and is sent again is answered again, although the order has moved since.
    let sent = send::<Order>(visitor, case.id, command, typed).await?;
    let has_moved = typed.get("version") != Some(case.version.to_string().as_str());
    Ok(match sent {
        Err(_) if has_moved => Err((String::new(), MOVED.to_owned())),
        sent => sent,
    })
}

const MOVED: &str = "The order was changed since you looked. What the correction touches now is shown below: read it, and \
    record the correction again";

fn numbered(text: &str) -> Result<AppointmentNo, PageError> {
    text.parse()
        .map_err(|_| PageError(Problem::no_such_address()))
}

fn case<'a>(
    (id, no): (&'a str, AppointmentNo),
    found: &'a Found<Order>,
    law: &'a Pack,
    day: Day,
) -> Result<Case<'a>, PageError> {
    let made = made(found)?;
    let appointment = made
        .appointments
        .get(&no)
        .ok_or_else(|| PageError(Problem::no_such_address()))?;
    Ok(Case {
        id,
        no,
        version: found.version,
        made,
        appointment,
        law,
        day,
    })
}

/// What stands, as if it had been typed.
fn standing(case: &Case<'_>) -> Typed {
    let outcome = case.appointment.attendance.as_ref();
    let typed = outcome.map_or_else(Typed::empty, |a| {
        Typed::empty().with("outcome", a.outcome.as_str())
    });
    let typed = match case.appointment.credited {
        None => typed,
        Some(Quantity::Minutes(minutes)) => {
            let (hours, rest) = (minutes / 60, minutes % 60);
            typed.with(
                "hours",
                &if rest == 0 {
                    hours.to_string()
                } else {
                    format!("{hours}:{rest:02}")
                },
            )
        }
        Some(Quantity::Days(days)) => typed.with("days", &days.to_string()),
        Some(Quantity::Sessions(sessions)) => typed.with("sessions", &sessions.to_string()),
    };
    match case.appointment.enforceable {
        Known::Value(Enforceable::Yes) => typed.with("enforceable", "yes"),
        Known::Value(Enforceable::No) => typed.with("enforceable", "no"),
        Known::NotRecorded | Known::NotAsked | Known::Declined => typed,
    }
}

/// The correction without its reason, which is asked when everything it touches was seen.
fn outcome(case: &Case<'_>, typed: &Typed, now: Instant) -> Result<CorrectAttendance, Wrong> {
    let outcome: Code = chosen(typed, "outcome", "Choose what really happened")?;
    Ok(CorrectAttendance {
        appointment: case.no,
        reason: outcome.clone(),
        credit: credit(case, typed, &outcome)?,
        outcome,
        enforceable: known(typed, "enforceable")?,
        done: Occurred::At(now),
        note: words(typed, "note"),
        consequences: Consequences::default(),
    })
}

/// Whether an outcome may be credited; one that the rules do not know is refused by them.
fn gives_credit(case: &Case<'_>, outcome: &Code) -> bool {
    let gives = |rule: &OutcomeRule| rule.kind.gives_credit();
    case.law.orders.outcome(outcome).is_none_or(gives)
}

/// What was typed as credit. What the form brought along from before goes with an outcome that gives none.
fn credit(case: &Case<'_>, typed: &Typed, outcome: &Code) -> Result<Option<Quantity>, Wrong> {
    let credit = quantity(typed)?;
    if credit.is_none() || gives_credit(case, outcome) {
        return Ok(credit);
    }
    if credit == case.appointment.credited {
        return Ok(None);
    }
    let title = outcome_title(case.law, outcome);
    let said = format!("{title:?} gives no credit: leave this empty, or choose another outcome");
    let field = credit.map_or("hours", |credit| amount_name(credit.unit()));
    Err((field.to_owned(), said))
}

/// Said before anything is shown: a correction that reads like what stands.
fn nothing_changes(case: &Case<'_>, correction: &CorrectAttendance) -> Option<Wrong> {
    let stands = case.appointment;
    let same = stands
        .attendance
        .as_ref()
        .is_some_and(|a| a.outcome == correction.outcome)
        && stands.credited == correction.credit
        && (correction.enforceable.is_not_recorded()
            || stands.enforceable == correction.enforceable);
    let said = "This is what stands already: choose what should read differently";
    same.then(|| ("outcome".to_owned(), said.to_owned()))
}

async fn page(
    visitor: &Visitor,
    case: &Case<'_>,
    typed: &Typed,
    wrong: Option<Wrong>,
    stage: &Stage,
) -> Result<Page, PageError> {
    let person = case.made.person.to_string();
    let who = People::of(visitor, [person.as_str()]).await?.name(&person);
    let back = visitor.to(&format!("/orders/{}", case.id));
    let frame = visitor
        .frame(format!("Change the outcome of appointment {}", case.no))
        .kicker(who)
        .lede(stands(case))
        .trail(vec![Link::new(back.clone(), "Back to the order")]);
    let guard = visitor.guard(&frame).for_version(case.version);
    let address = format!("/orders/{}/attendance/{}", case.id, case.no);
    let form = match stage {
        Stage::Outcome => {
            let form = Form::new(address, guard, "Show what this touches");
            with_fields(form, outcome_fields(case, typed), wrong)
        }
        Stage::Touched(touched) => {
            let form = Form::new(address, guard, "Record the change");
            let form = form.part(Part::Table(table(case, typed, touched)));
            let code = typed.get("outcome").and_then(|text| Code::parse(text).ok());
            let amounts: &[&str] = if code.is_some_and(|code| gives_credit(case, &code)) {
                &["hours", "days", "sessions"]
            } else {
                &[]
            };
            let form = ["outcome", "enforceable"]
                .iter()
                .chain(amounts)
                .copied()
                .fold(form.carry("seen", "yes"), |form, name| {
                    match typed.get(name) {
                        Some(value) => form.carry(name, value),
                        None => form,
                    }
                });
            let fields = vec![
                coded(
                    typed,
                    "reason",
                    "One reason for all of it",
                    &case.law.orders.correction_reasons,
                ),
                note_field(typed, "note", "In words").optional(),
            ];
            with_fields(form, fields, wrong).also("again", "Change the answer")
        }
    };
    Ok(Page::new(frame).form(&form.cancel(back, "Cancel")))
}

fn stands(case: &Case<'_>) -> String {
    let outcome = case.appointment.attendance.as_ref().map_or_else(
        || "no outcome is recorded".to_owned(),
        |a| outcome_title(case.law, &a.outcome).to_lowercase(),
    );
    let credited = case.appointment.credited;
    let credited = credited.map_or_else(String::new, |q| format!(", {q} credited"));
    format!("{}: {outcome}{credited}.", when(case.appointment))
}

fn outcome_fields(case: &Case<'_>, typed: &Typed) -> Vec<Field> {
    let outcomes = case.law.orders.outcomes.iter();
    let outcomes = outcomes.map(|o| (o.code.to_string(), o.title.clone()));
    let requirement = case.made.requirements.get(&case.appointment.requirement);
    let unit = requirement.and_then(Requirement::unit);
    let units = unit.or(case.appointment.credited.map(Quantity::unit));
    let counts = [
        ("yes", "Yes: a failure counts"),
        ("no", "No: it was only offered"),
    ];
    let mut fields = vec![Field::select(
        "outcome",
        "What really happened",
        options(typed, "outcome", outcomes),
    )];
    let amounts = amount_fields(typed, &units.into_iter().collect(), "credited in all");
    fields.extend(amounts.into_iter().map(Field::optional));
    fields.push(
        Field::radios(
            "enforceable",
            "Was the appointment required?",
            marked(typed, "enforceable", counts),
        )
        .optional(),
    );
    fields
}
