//! The acts on an order, each a small form of its own.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::act::Refusal;
use domain::jurisdiction::{Coded, Pack};
use domain::order::{
    Account, AllegeBreach, BreachDecision, CourtStep, CreditHours, Explanation, IssueWarning, Made,
    Meeting, Order, OrderCommand, ProveBreach, RecordAttendance, ReverseHours, ScheduleAppointment,
};
use domain::personal::PersonalText;
use domain::values::{Code, Instant, Known, Occurred, Quantity};
use infra::registry::{AsOf, CommandError, Found};
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

use super::show::{made, when};
use crate::pages::components::{Choice, Field, Form, TypedDate};
use crate::pages::page::{Page, PageError, Typed, Visitor};
use crate::pages::{done, laws, register};
use crate::problem::Problem;
use crate::state::AppState;

/// A field and what is wrong with it.
pub(super) type Wrong = (String, String);

/// An act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Attend,
    Schedule,
    Warn,
    Credit,
    Reverse,
    Allege,
    Prove,
    NotProven,
    Revoke,
}

impl Act {
    /// The acts of a probation office.
    pub(super) const OFFICE: [Self; 6] = [
        Self::Attend,
        Self::Schedule,
        Self::Warn,
        Self::Credit,
        Self::Reverse,
        Self::Allege,
    ];
    /// The acts of a court.
    pub(super) const COURT: [Self; 3] = [Self::Prove, Self::NotProven, Self::Revoke];

    /// The word in the address.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Attend => "attend",
            Self::Schedule => "schedule",
            Self::Warn => "warn",
            Self::Credit => "credit",
            Self::Reverse => "reverse",
            Self::Allege => "allege",
            Self::Prove => "prove",
            Self::NotProven => "not-proven",
            Self::Revoke => "revoke",
        }
    }

    /// The words that people read.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Attend => "Record attendance",
            Self::Schedule => "Schedule an appointment",
            Self::Warn => "Issue a warning",
            Self::Credit => "Credit time",
            Self::Reverse => "Reverse a credit",
            Self::Allege => "Allege a breach",
            Self::Prove => "Find a breach proven",
            Self::NotProven => "Find a breach not proven",
            Self::Revoke => "Revoke the order",
        }
    }

    fn named(word: &str) -> Result<Self, PageError> {
        let mut all = Self::OFFICE.into_iter().chain(Self::COURT);
        all.find(|act| act.word() == word)
            .ok_or_else(|| PageError(Problem::no_such_address()))
    }
}

/// The form.
pub(super) async fn get(
    State(app): State<AppState>,
    visitor: Visitor,
    Path((id, act)): Path<(String, String)>,
) -> Result<Page, PageError> {
    let act = Act::named(&act)?;
    let found: Found<Order> = app.registry.show(&visitor.call, &id, visitor.as_of).await?;
    let law = laws::in_force(&app).await?;
    Ok(page(
        &visitor,
        &id,
        act,
        made(&found)?,
        &law,
        &Typed::empty(),
        None,
    ))
}

/// The act.
pub(super) async fn post(
    State(app): State<AppState>,
    visitor: Visitor,
    Path((id, act)): Path<(String, String)>,
    typed: Typed,
) -> Result<Response, PageError> {
    let act = Act::named(&act)?;
    let now = Instant::from_micros(app.registry.clock().now_us());
    let error = match command(act, &typed, now) {
        Ok(command) => {
            let sent = app
                .registry
                .command::<Order>(&visitor.call, &id, command, done::options(&typed))
                .await;
            match sent {
                Ok(receipt) => {
                    let address = format!("/orders/{id}?recorded=1");
                    return Ok(done::then(&app, &receipt, &address).await.into_response());
                }
                Err(CommandError::Refused(refusal)) => {
                    let said = register::sentence_case(&refusal.to_string());
                    (refusal.field(), format!("{said} ({})", refusal.rule()))
                }
                Err(other) => return Err(other.into()),
            }
        }
        Err(wrong) => wrong,
    };
    let found: Found<Order> = app.registry.show(&visitor.call, &id, AsOf::Now).await?;
    let law = laws::in_force(&app).await?;
    let again = page(&visitor, &id, act, made(&found)?, &law, &typed, Some(error));
    Ok(again.into_response())
}

#[expect(
    clippy::too_many_arguments,
    reason = "what one form shows, gathered once"
)]
fn page(
    visitor: &Visitor,
    id: &str,
    act: Act,
    made: &Made,
    law: &Pack,
    typed: &Typed,
    error: Option<Wrong>,
) -> Page {
    let frame = visitor.frame(act.title());
    let guard = visitor.guard(&frame);
    let address = format!("/orders/{id}/{}", act.word());
    let fields = fields(act, made, law, typed);
    let form = Form::new(address, guard, act.title())
        .cancel(visitor.to(&format!("/orders/{id}")), "Back to the order");
    Page::new(frame).form(&with_fields(form, fields, error))
}

/// The form with its fields; the error stands at its field, or above all of them.
pub(super) fn with_fields(mut form: Form, fields: Vec<Field>, error: Option<Wrong>) -> Form {
    let Some((name, said)) = error else {
        return fields.into_iter().fold(form, Form::field);
    };
    let mut said = Some(said);
    for field in fields {
        let concerns = !name.is_empty() && (name == field.name || name.starts_with(&field.name));
        let here = if concerns { said.take() } else { None };
        form = form.field(field.error(here));
    }
    match said {
        Some(said) => form.refused(said),
        None => form,
    }
}

/// Options of a select, none chosen at first.
pub(super) fn options<I: Into<String>, T: Into<String>>(
    typed: &Typed,
    name: &str,
    all: impl IntoIterator<Item = (I, T)>,
) -> Vec<Choice> {
    let chosen = typed.get(name).unwrap_or_default();
    let first = Choice::new("", "Choose").chosen_if(chosen.is_empty());
    let rest = all.into_iter().map(|(value, label)| {
        let value = value.into();
        let is_chosen = value == chosen;
        Choice::new(value, label).chosen_if(is_chosen)
    });
    std::iter::once(first).chain(rest).collect()
}

/// Options out of a list of the rules.
pub(super) fn coded(typed: &Typed, name: &str, list: &[Coded]) -> Vec<Choice> {
    let all = list.iter().map(|c| (c.code.to_string(), c.title.clone()));
    options(typed, name, all)
}

fn text(typed: &Typed, name: &str) -> String {
    typed.get(name).unwrap_or_default().to_owned()
}

/// A date as it was typed.
pub(super) fn typed_date(typed: &Typed, name: &str) -> TypedDate {
    TypedDate {
        day: text(typed, &format!("{name}_day")),
        month: text(typed, &format!("{name}_month")),
        year: text(typed, &format!("{name}_year")),
    }
}

fn requirement(made: &Made, law: &Pack, typed: &Typed) -> Field {
    let all = made.requirements.iter().map(|(no, r)| {
        let rule = law.orders.requirement(&r.terms.kind);
        let title = rule.map_or_else(|| r.terms.kind.to_string(), |r| r.title.clone());
        (no.to_string(), format!("{no}. {title}"))
    });
    Field::select(
        "requirement",
        "Requirement",
        options(typed, "requirement", all),
    )
}

fn appointments(made: &Made, name: &str, label: &str, typed: &Typed) -> Field {
    let all = made.appointments.iter().filter(|(_, a)| a.is_failure());
    let choices = all.map(|(no, a)| {
        let number = no.to_string();
        let is_chosen = typed.all(name).any(|chosen| chosen == number);
        Choice::new(number, format!("{no}. {}", when(a))).chosen_if(is_chosen)
    });
    Field::checkboxes(name, label, choices.collect())
}

fn amount(typed: &Typed) -> [Field; 4] {
    [
        Field::number("hours", "Hours", "h", text(typed, "hours")).optional(),
        Field::number("minutes", "Minutes", "min", text(typed, "minutes")).optional(),
        Field::number("days", "Days", "days", text(typed, "days")).optional(),
        Field::number("sessions", "Sessions", "sessions", text(typed, "sessions")).optional(),
    ]
}

fn enforceable(typed: &Typed) -> Field {
    let all = [
        ("yes", "Yes, a failure counts"),
        ("no", "No, it was offered"),
    ];
    Field::select(
        "enforceable",
        "May a failure be enforced?",
        options(typed, "enforceable", all),
    )
    .optional()
}

fn note(typed: &Typed, label: &str) -> Field {
    Field::textarea("note", label, 3, text(typed, "note")).optional()
}

fn done_on(typed: &Typed) -> Field {
    Field::date("done", "When", typed_date(typed, "done"))
        .hint("Leave empty for now")
        .optional()
}

fn breach(made: &Made, typed: &Typed) -> Field {
    let all = made
        .open_breaches()
        .map(|(no, _)| (no.to_string(), format!("Breach {no}")));
    Field::select("breach", "Breach", options(typed, "breach", all))
}

/// Open appointments, and the possibility that there was none.
fn meeting(made: &Made, typed: &Typed) -> Field {
    let open = made
        .appointments
        .iter()
        .filter(|(_, a)| a.attendance.is_none());
    let open = open.map(|(no, a)| (no.to_string(), format!("{no}. {}", when(a))));
    let none = (
        "unscheduled".to_owned(),
        "It was not scheduled: say the requirement and the date".to_owned(),
    );
    let all = open.chain([none]);
    Field::select("meeting", "Appointment", options(typed, "meeting", all))
}

fn outcomes(law: &Pack, typed: &Typed) -> Field {
    let all = law.orders.outcomes.iter();
    let all = all.map(|o| (o.code.to_string(), o.title.clone()));
    Field::select("outcome", "Outcome", options(typed, "outcome", all))
}

fn account(typed: &Typed, name: &str, label: &str) -> Field {
    let all = [
        ("given", "Given"),
        ("opportunity_declined", "The chance to give it was declined"),
        ("absconded", "Whoever should give it cannot be found"),
    ];
    Field::select(name, label, options(typed, name, all)).optional()
}

fn explained(typed: &Typed) -> [Field; 2] {
    let all = [
        ("oral_and_written", "Orally and in writing"),
        ("oral", "Only orally"),
        ("written", "Only in writing"),
    ];
    [
        Field::select(
            "explained",
            "How the conditions were explained",
            options(typed, "explained", all),
        )
        .optional(),
        Field::date(
            "explained_on",
            "When they were explained",
            typed_date(typed, "explained_on"),
        )
        .optional(),
    ]
}

fn boxes(typed: &Typed, name: &str, label: &str, list: &[Coded]) -> Field {
    let choices = list.iter().map(|c| {
        let is_chosen = typed.all(name).any(|chosen| chosen == c.code.as_str());
        Choice::new(c.code.to_string(), &c.title).chosen_if(is_chosen)
    });
    Field::checkboxes(name, label, choices.collect()).optional()
}

fn fields(act: Act, made: &Made, law: &Pack, typed: &Typed) -> Vec<Field> {
    let mut fields = match act {
        Act::Attend => attend_fields(made, law, typed),
        Act::Schedule => vec![
            requirement(made, law, typed),
            Field::date("on", "Day", typed_date(typed, "on")),
            Field::reference("at", "Time", text(typed, "at"))
                .hint("For example 09:30")
                .optional(),
            enforceable(typed),
        ],
        Act::Warn => vec![
            appointments(made, "appointments", "Failures it is for", typed),
            Field::select(
                "kind",
                "Warning",
                options(
                    typed,
                    "kind",
                    [("first", "First"), ("second", "Second"), ("final", "Final")],
                ),
            ),
        ],
        Act::Credit | Act::Reverse => credit_fields(made, law, typed),
        Act::Allege => {
            let mut fields = vec![
                requirement(made, law, typed).optional(),
                appointments(made, "appointments", "Failures it rests on", typed).optional(),
            ];
            fields.extend(explained(typed));
            fields
        }
        Act::Prove => prove_fields(made, law, typed),
        Act::NotProven => vec![breach(made, typed)],
        Act::Revoke => vec![Field::select(
            "reason",
            "Reason",
            coded(typed, "reason", &law.orders.ending_reasons),
        )],
    };
    fields.push(done_on(typed));
    if act != Act::Schedule {
        fields.push(note(typed, "In words"));
    }
    fields
}

fn attend_fields(made: &Made, law: &Pack, typed: &Typed) -> Vec<Field> {
    let mut fields = vec![
        meeting(made, typed),
        requirement(made, law, typed).optional(),
        Field::date("on", "Date of an unscheduled one", typed_date(typed, "on")).optional(),
        outcomes(law, typed),
    ];
    fields.extend(amount(typed));
    fields.push(enforceable(typed));
    fields
}

fn credit_fields(made: &Made, law: &Pack, typed: &Typed) -> Vec<Field> {
    let mut fields = vec![requirement(made, law, typed)];
    fields.extend(amount(typed));
    let reasons = coded(typed, "reason", &law.orders.credit_reasons);
    fields.push(Field::select("reason", "Reason", reasons));
    fields
}

fn prove_fields(made: &Made, law: &Pack, typed: &Typed) -> Vec<Field> {
    let mut fields = vec![
        breach(made, typed),
        account(typed, "officer_account", "The officer's account"),
        account(typed, "person_account", "The person's account"),
        boxes(
            typed,
            "responses",
            "Responses",
            &law.orders.breach_responses,
        ),
        boxes(
            typed,
            "alternatives_considered",
            "Considered instead of custody",
            &law.sentencing.alternatives,
        ),
    ];
    fields.extend(explained(typed));
    fields
}

/// Reads a value, or says what is wrong at its field.
pub(super) fn read<T: DeserializeOwned>(field: &str, value: Json, said: &str) -> Result<T, Wrong> {
    serde_json::from_value(value).map_err(|_| (field.to_owned(), said.to_owned()))
}

/// A value that must be there.
pub(super) fn chosen<T: DeserializeOwned>(
    typed: &Typed,
    name: &str,
    said: &str,
) -> Result<T, Wrong> {
    read(name, json!(typed.get(name)), said)
}

fn numbered<T: std::str::FromStr>(typed: &Typed, name: &str, said: &str) -> Result<T, Wrong> {
    let parsed = typed.get(name).and_then(|text| text.parse().ok());
    parsed.ok_or_else(|| (name.to_owned(), said.to_owned()))
}

fn all_numbered<T: std::str::FromStr>(typed: &Typed, name: &str) -> Vec<T> {
    typed.all(name).filter_map(|t| t.parse().ok()).collect()
}

fn codes(typed: &Typed, name: &str) -> Vec<Code> {
    typed
        .all(name)
        .filter_map(|t| Code::parse(t).ok())
        .collect()
}

/// An answer that may be left open.
pub(super) fn known<T: DeserializeOwned>(typed: &Typed, name: &str) -> Result<Known<T>, Wrong> {
    match typed.get(name) {
        None => Ok(Known::NotRecorded),
        Some(_) => chosen(typed, name, "Choose one of the answers").map(Known::Value),
    }
}

/// When: as typed, or now.
pub(super) fn when_done(typed: &Typed, now: Instant) -> Result<Occurred, Wrong> {
    match typed.date("done") {
        None => Ok(Occurred::At(now)),
        Some(text) => read("done", json!(text), "Enter a date such as 5 3 2026"),
    }
}

/// The words of a form.
pub(super) fn words(typed: &Typed) -> Option<PersonalText> {
    typed
        .get("note")
        .map(|text| PersonalText::Clear(text.to_owned()))
}

/// A quantity out of hours and minutes, days, or sessions; nothing where all are empty.
pub(super) fn quantity(typed: &Typed) -> Result<Option<Quantity>, Wrong> {
    let number = |name: &str| match typed.get(name) {
        None => Ok(None),
        Some(text) => text.parse::<u32>().map(Some).map_err(|_| {
            (
                name.to_owned(),
                format!("{text:?} is not a whole number: write it in digits"),
            )
        }),
    };
    let (hours, minutes) = (number("hours")?, number("minutes")?);
    let (days, sessions) = (number("days")?, number("sessions")?);
    let time = (hours.is_some() || minutes.is_some()).then(|| {
        let hours = hours.unwrap_or_default().saturating_mul(60);
        Quantity::Minutes(hours.saturating_add(minutes.unwrap_or_default()))
    });
    let given = [
        time,
        days.map(Quantity::Days),
        sessions.map(Quantity::Sessions),
    ];
    let mut given = given.into_iter().flatten();
    match (given.next(), given.next()) {
        (one, None) => Ok(one),
        (_, Some(_)) => Err((
            "hours".to_owned(),
            "Give time, days or sessions, not several of them".to_owned(),
        )),
    }
}

fn owed(typed: &Typed) -> Result<Quantity, Wrong> {
    quantity(typed)?.ok_or_else(|| ("hours".to_owned(), "Enter how much".to_owned()))
}

fn explanation(typed: &Typed) -> Result<Known<Explanation>, Wrong> {
    let Some(form) = typed.get("explained") else {
        return Ok(Known::NotRecorded);
    };
    let value = json!({ "form": form, "on": typed.date("explained_on") });
    read("explained_on", value, "Enter when they were explained").map(Known::Value)
}

/// A form as a command; or the field that cannot be read, and why.
pub(super) fn command(act: Act, typed: &Typed, now: Instant) -> Result<OrderCommand, Wrong> {
    let done = when_done(typed, now)?;
    let note = words(typed);
    Ok(match act {
        Act::Attend => OrderCommand::RecordAttendance(attendance(typed, done)?),
        Act::Schedule => OrderCommand::ScheduleAppointment(schedule(typed, done)?),
        Act::Warn => OrderCommand::IssueWarning(IssueWarning {
            appointments: all_numbered(typed, "appointments"),
            kind: chosen(typed, "kind", "Choose the warning")?,
            done,
            note,
        }),
        Act::Credit => OrderCommand::CreditHours(CreditHours {
            requirement: numbered(typed, "requirement", "Choose the requirement")?,
            quantity: owed(typed)?,
            reason: chosen(typed, "reason", "Choose the reason")?,
            done,
            note,
        }),
        Act::Reverse => OrderCommand::ReverseHours(ReverseHours {
            requirement: numbered(typed, "requirement", "Choose the requirement")?,
            quantity: owed(typed)?,
            appointment: None,
            reason: chosen(typed, "reason", "Choose the reason")?,
            done,
            note,
        }),
        Act::Allege => OrderCommand::AllegeBreach(AllegeBreach {
            requirements: all_numbered(typed, "requirement"),
            appointments: all_numbered(typed, "appointments"),
            alleged: done,
            explained: explanation(typed)?,
            statement: note,
        }),
        Act::Prove => OrderCommand::ProveBreach(prove(typed, done)?),
        Act::NotProven => OrderCommand::FindBreachNotProven(BreachDecision {
            breach: numbered(typed, "breach", "Choose the breach")?,
            pronounced: done,
            note,
        }),
        Act::Revoke => OrderCommand::Revoke(CourtStep {
            pronounced: done,
            reason: chosen(typed, "reason", "Choose the reason")?,
            note,
        }),
    })
}

fn attendance(typed: &Typed, done: Occurred) -> Result<RecordAttendance, Wrong> {
    let meeting = if typed.get("meeting") == Some("unscheduled") {
        Meeting::Unscheduled {
            requirement: numbered(typed, "requirement", "Choose the requirement")?,
            on: read("on", json!(typed.date("on")), "Enter the date")?,
        }
    } else {
        Meeting::Scheduled(numbered(typed, "meeting", "Choose the appointment")?)
    };
    Ok(RecordAttendance {
        meeting,
        outcome: chosen(typed, "outcome", "Choose the outcome")?,
        credit: quantity(typed)?,
        enforceable: known(typed, "enforceable")?,
        done,
        note: words(typed),
    })
}

fn schedule(typed: &Typed, done: Occurred) -> Result<ScheduleAppointment, Wrong> {
    let at = "Write the time as 09:30";
    Ok(ScheduleAppointment {
        requirement: numbered(typed, "requirement", "Choose the requirement")?,
        on: read("on", json!(typed.date("on")), "Enter the whole date")?,
        at: read("at", json!(typed.get("at")), at)?,
        place: None,
        enforceable: known(typed, "enforceable")?,
        done,
    })
}

fn prove(typed: &Typed, pronounced: Occurred) -> Result<ProveBreach, Wrong> {
    Ok(ProveBreach {
        breach: numbered(typed, "breach", "Choose the breach")?,
        pronounced,
        officer_account: known::<Account>(typed, "officer_account")?,
        person_account: known::<Account>(typed, "person_account")?,
        explained: explanation(typed)?,
        responses: codes(typed, "responses"),
        alternatives_considered: codes(typed, "alternatives_considered"),
        note: words(typed),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::values::Enforceable;

    fn now() -> Instant {
        Instant::from_micros(1_772_000_000_000_000)
    }

    #[test]
    fn hours_and_minutes_become_the_credit_of_an_unscheduled_attendance() {
        let typed = Typed::of(&[
            ("meeting", "unscheduled"),
            ("requirement", "1"),
            ("on_year", "2026"),
            ("on_month", "3"),
            ("on_day", "5"),
            ("outcome", "complied"),
            ("hours", "6"),
            ("minutes", "30"),
            ("enforceable", "yes"),
        ]);
        let Ok(OrderCommand::RecordAttendance(recorded)) = command(Act::Attend, &typed, now())
        else {
            unreachable!("the form is not read");
        };
        assert_eq!(recorded.credit, Some(Quantity::Minutes(390)));
        assert_eq!(recorded.enforceable, Known::Value(Enforceable::Yes));
        assert!(matches!(recorded.meeting, Meeting::Unscheduled { .. }));
        assert_eq!(recorded.done, Occurred::At(now()));
    }

    #[test]
    fn an_attendance_without_an_outcome_is_asked_for_it() {
        let typed = Typed::of(&[("meeting", "3")]);
        let wrong = command(Act::Attend, &typed, now()).unwrap_err();
        assert_eq!(wrong.0, "outcome");
    }

    #[test]
    fn time_and_days_together_are_refused() {
        let typed = Typed::of(&[("hours", "1"), ("days", "2")]);
        assert_eq!(quantity(&typed).unwrap_err().0, "hours");
    }

    #[test]
    fn an_allegation_names_the_failures_that_were_ticked() {
        let typed = Typed::of(&[
            ("appointments", "1"),
            ("appointments", "4"),
            ("note", "Twice absent"),
        ]);
        let Ok(OrderCommand::AllegeBreach(alleged)) = command(Act::Allege, &typed, now()) else {
            unreachable!("the form is not read");
        };
        assert_eq!(alleged.appointments.len(), 2);
        assert!(alleged.statement.is_some());
    }
}
