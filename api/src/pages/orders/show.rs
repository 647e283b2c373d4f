//! One order: how far each requirement is met, what failed, what was warned and alleged, what comes next.

use axum::extract::{Path, State};
use domain::actor::Role;
use domain::jurisdiction::Pack;
use domain::order::{Appointment, Made, Order, Progress, Standing};
use domain::values::{AppointmentNo, CivilDate, Day, Quantity, Unit};
use infra::registry::Found;

use super::act::Act;
use super::list::amounts;
use crate::pages::components::{
    Amount, Column, Link, Progress as Bar, SummaryList, Table, Tag, Tone, Value,
};
use crate::pages::laws::Laws;
use crate::pages::page::{Page, PageError, Visitor, day_in_words};
use crate::pages::{laws, said};
use crate::problem::Problem;
use crate::state::AppState;

/// The page.
pub(super) async fn get(
    State(app): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Page, PageError> {
    let found: Found<Order> = app.registry.show(&visitor.call, &id, visitor.as_of).await?;
    let law = laws::in_force(&app).await?;
    let told = Laws::of(&app, &found.entries).await?;
    let made = made(&found)?;
    let day = law.day(visitor.moment.instant);
    let frame = visitor
        .frame(format!("Order {}", id.get(..8).unwrap_or_default()))
        .lede(lede(made, &law, day));
    let mut page = Page::new(frame).part(&facts(&visitor, made, &law, day));
    page = acts(page, &visitor, &id, made).heading("Requirements");
    for progress in made.progress(day) {
        page = page.part(&bar(&progress, &law));
    }
    let history = said::history(&found.entries, &told, |entry| {
        format!("/v1/events?from={}&limit=1", entry.index)
    });
    Ok(page
        .heading("Appointments")
        .part(&appointments(&visitor, &id, made, &law))
        .heading("Warnings and breaches")
        .part(&ladder(made))
        .heading("History")
        .part(&history))
}

/// The order of a stream that was begun.
pub(super) fn made(found: &Found<Order>) -> Result<&Made, PageError> {
    found
        .state
        .made()
        .ok_or_else(|| PageError(Problem::usage("order", "id", "the order was never made")))
}

fn lede(made: &Made, law: &Pack, day: Day) -> String {
    let said: Vec<String> = made
        .progress(day)
        .iter()
        .map(|p| format!("{}: {}", kind(law, p), amounts(p)))
        .collect();
    format!("{}.", said.join("; "))
}

fn kind(law: &Pack, progress: &Progress) -> String {
    let rule = law.orders.requirement(&progress.kind);
    rule.map_or_else(|| progress.kind.to_string(), |r| r.title.clone())
}

fn facts(visitor: &Visitor, made: &Made, law: &Pack, day: Day) -> SummaryList {
    let rule = &law.orders.enforcement;
    let failures = made.failures(day, rule.within_months).len();
    let ends = made.ends.map_or_else(
        || "not recorded".to_owned(),
        |end| day_in_words(CivilDate::from(end)),
    );
    let next = made
        .next_appointment(day)
        .map_or_else(|| "none scheduled".to_owned(), |(_, next)| when(next));
    SummaryList::default()
        .row(
            "Person",
            Value::link(
                visitor.to(&format!("/persons/{}", made.person)),
                made.person.to_string(),
            ),
        )
        .row(
            "Sentence",
            Value::link(
                visitor.to(&format!("/sentences/{}", made.sentence)),
                made.sentence.to_string(),
            ),
        )
        .row("State", Value::text(made.title_on(day)))
        .row("Office", Value::text(made.office.to_string()))
        .row("Made", said::occurred(made.made))
        .row("Last day", Value::text(ends))
        .row("Next appointment", Value::text(next))
        .row(
            "Failures that count",
            Value::text(format!(
                "{failures} in {} months; {} may be put before the court",
                rule.within_months, rule.failures_before_breach
            )),
        )
}

/// When an appointment is.
pub(super) fn when(appointment: &Appointment) -> String {
    let on = day_in_words(appointment.on);
    appointment
        .at
        .map_or_else(|| on.clone(), |at| format!("{on}, {at}"))
}

fn bar(progress: &Progress, law: &Pack) -> Bar {
    let unit = progress.owed.map_or(Unit::Days, Quantity::unit);
    let amount = |quantity: Option<Quantity>| {
        let quantity = quantity.unwrap_or(Quantity::of(0, unit));
        Amount::new(f64::from(quantity.amount()), quantity.to_string())
    };
    let left = match (progress.days_left, progress.ends) {
        (Some(days), Some(end)) => {
            let end = day_in_words(CivilDate::from(end));
            format!("{days} days left, until {end}")
        }
        (_, _) => "no last day is recorded".to_owned(),
    };
    let state = if progress.is_ended {
        Tag::new("ended", Tone::Plain)
    } else if progress.remaining.is_some_and(|left| left.amount() == 0) {
        Tag::new("done", Tone::Good)
    } else {
        Tag::new("open", Tone::Plain)
    };
    let name = format!("{}. {}", progress.requirement, kind(law, progress));
    Bar {
        id: format!("requirement-{}", progress.requirement),
        name: Link::new(format!("#requirement-{}", progress.requirement), name),
        state,
        ordered: amount(progress.owed),
        done: amount(progress.credited),
        credited: amount(None),
        owed: amount(progress.remaining),
        left,
        expected: None,
    }
}

/// What may be done now, as links; nothing in the past.
fn acts(mut page: Page, visitor: &Visitor, id: &str, made: &Made) -> Page {
    if visitor.moment.past || made.standing != Standing::InForce {
        return page;
    }
    let acts: &[Act] = match visitor.sample.role {
        Role::Probation => &Act::OFFICE,
        Role::Judge => &Act::COURT,
        Role::Clerk | Role::Oversight | Role::Statistician | Role::Administrator | Role::System => {
            &[]
        }
    };
    if acts.is_empty() {
        return page;
    }
    let links = acts
        .iter()
        .map(|act| Value::link(format!("/orders/{id}/{}", act.word()), act.title()));
    let list = SummaryList::default().row("Next act", Value::Many(links.collect()));
    page = page.part(&list);
    page
}

fn appointments(visitor: &Visitor, id: &str, made: &Made, law: &Pack) -> Table {
    let columns = vec![
        Column::text("Appointment"),
        Column::text("Requirement"),
        Column::text("Outcome"),
        Column::text("Credited"),
        Column::text("Correct"),
    ];
    let mut table = Table::new("Appointments", columns)
        .quiet_caption()
        .empty("No appointment is recorded.");
    let may_correct = visitor.sample.role == Role::Probation && !visitor.moment.past;
    for (no, appointment) in made.appointments.iter().rev() {
        let correct = if may_correct && appointment.attendance.is_some() {
            Value::link(
                format!("/orders/{id}/attendance/{no}"),
                format!("Correct {no}"),
            )
        } else {
            Value::None
        };
        table = table.row(vec![
            Value::text(format!("{no}. {}", when(appointment))),
            Value::text(appointment.requirement.to_string()),
            outcome(appointment, law),
            appointment
                .credited
                .map_or(Value::None, |q| Value::text(q.to_string())),
            correct,
        ]);
    }
    table
}

fn outcome(appointment: &Appointment, law: &Pack) -> Value {
    let Some(attendance) = &appointment.attendance else {
        return Value::text("not recorded");
    };
    let said = outcome_title(law, &attendance.outcome);
    if appointment.is_failure() {
        Value::tag(said, Tone::Attention)
    } else {
        Value::text(said)
    }
}

/// The words for an outcome.
pub(super) fn outcome_title(law: &Pack, code: &domain::values::Code) -> String {
    let rule = law.orders.outcome(code);
    rule.map_or_else(|| code.to_string(), |rule| rule.title.clone())
}

fn ladder(made: &Made) -> Table {
    let columns = vec![
        Column::text("Step"),
        Column::text("Date"),
        Column::text("For appointments"),
        Column::text("State"),
    ];
    let mut table = Table::new("Warnings and breaches", columns)
        .quiet_caption()
        .empty("No warning was issued and no breach alleged.");
    for (no, warning) in &made.warnings {
        let state = if warning.withdrawn.is_some() {
            "withdrawn"
        } else {
            "stands"
        };
        table = table.row(vec![
            Value::text(format!("{no}. {}", warning.kind.title())),
            said::occurred(warning.issued),
            Value::text(numbers(&warning.appointments)),
            Value::text(state),
        ]);
    }
    for (no, breach) in &made.breaches {
        table = table.row(vec![
            Value::text(format!("Breach {no}")),
            said::occurred(breach.alleged),
            Value::text(numbers(&breach.appointments)),
            Value::tag(breach.step.title(), Tone::Attention),
        ]);
    }
    table
}

fn numbers(appointments: &[AppointmentNo]) -> String {
    let all: Vec<String> = appointments.iter().map(ToString::to_string).collect();
    all.join(", ")
}
