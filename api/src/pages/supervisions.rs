//! The caseload, and one supervision: officer, level, plan, reviews and contacts.

use axum::extract::{Path, State};
use axum::routing::get;
use domain::supervision::{Started, Supervision};
use domain::values::{CivilDate, Day};
use infra::registry::{Found, LedgerQuery};

use super::components::{Column, SummaryList, Table, Tone, Value};
use super::laws::{self, Laws};
use super::page::{Page, PageError, Visitor, day_in_words};
use super::said;
use crate::problem::Problem;
use crate::state::AppState;

/// The pages of supervisions.
pub(super) fn routes() -> axum::Router<AppState> {
    axum::Router::new()
        .route("/supervisions", get(list))
        .route("/supervisions/{id}", get(show))
}

/// The caseload of the visitor's office.
async fn list(visitor: Visitor) -> Result<Page, PageError> {
    let query = LedgerQuery {
        as_of: visitor.as_of,
        office: Some(visitor.sample.office.to_owned()),
        limit: 1_000,
        ..LedgerQuery::default()
    };
    let registry = &visitor.app.registry;
    let listed = registry.supervisions(&visitor.call, &query).await?;
    let columns = vec![
        Column::text("Supervision"),
        Column::text("State"),
        Column::text("Level"),
        Column::text("Officer"),
        Column::text("Next review"),
        Column::text("Last contact"),
    ];
    let mut table = Table::new("Caseload", columns)
        .quiet_caption()
        .empty("Your office supervises nobody.");
    for row in &listed.rows {
        let words = |text: &Option<String>| text.as_deref().map_or(Value::None, Value::text);
        let address = visitor.to(&format!("/supervisions/{}", row.id));
        table = table.row(vec![
            Value::link(address, row.id.get(..8).unwrap_or_default()),
            Value::text(row.state.replace('_', " ")),
            words(&row.level),
            words(&row.officer),
            date(row.next_review.as_deref()),
            date(row.last_contact.as_deref()),
        ]);
    }
    Ok(Page::new(visitor.frame("Caseload")).part(&table))
}

fn date(text: Option<&str>) -> Value {
    let parsed = text.and_then(|text| text.parse::<CivilDate>().ok());
    parsed.map_or(Value::None, |day| {
        Value::moment(day.to_string(), day_in_words(day))
    })
}

/// One supervision.
async fn show(
    State(app): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Page, PageError> {
    let found: Found<Supervision> = app.registry.show(&visitor.call, &id, visitor.as_of).await?;
    let law = laws::in_force(&app).await?;
    let told = Laws::of(&app, &found.entries).await?;
    let Some(started) = found.state.started() else {
        let said = "the supervision was never started";
        return Err(PageError(Problem::usage("supervision", "id", said)));
    };
    let day = law.day(visitor.moment.instant);
    let title = format!("Supervision {}", id.get(..8).unwrap_or_default());
    let history = said::history(&found.entries, &told, |entry| {
        format!("/v1/events?from={}&limit=1", entry.index)
    });
    Ok(Page::new(visitor.frame(title))
        .part(&facts(&visitor, started, day))
        .heading("Contacts")
        .part(&contacts(started))
        .heading("History")
        .part(&history))
}

fn facts(visitor: &Visitor, started: &Started, day: Day) -> SummaryList {
    let review = match started.next_review {
        None => Value::text("none is set"),
        Some(next) => {
            let words = day_in_words(CivilDate::from(next));
            if started.is_review_overdue(day) {
                Value::tag(format!("overdue since {words}"), Tone::Attention)
            } else {
                Value::text(words)
            }
        }
    };
    let officer = started.officer.as_ref();
    let officer = officer.map_or_else(|| "not assigned".to_owned(), |o| o.subject.to_string());
    let level = started.level.as_ref();
    let level = level.map_or_else(|| "not set".to_owned(), ToString::to_string);
    let plan = started.plan.as_ref();
    let plan = plan.map_or_else(|| Value::text("not agreed"), |p| said::occurred(p.done));
    let person = visitor.to(&format!("/persons/{}", started.person));
    SummaryList::default()
        .row("Person", Value::link(person, started.person.to_string()))
        .row("State", Value::text(started.title_on(day)))
        .row("Officer", Value::text(officer))
        .row("Level", Value::text(level))
        .row("Plan agreed", plan)
        .row("Next review", review)
}

fn contacts(started: &Started) -> Table {
    let columns = vec![
        Column::text("Contact"),
        Column::text("How"),
        Column::text("Outcome"),
    ];
    let table = Table::new("Contacts", columns)
        .quiet_caption()
        .empty("No contact is recorded.");
    started
        .contacts
        .iter()
        .rev()
        .fold(table, |table, (no, contact)| {
            table.row(vec![
                Value::text(format!("{no}. {}", day_in_words(contact.on))),
                Value::text(contact.kind.title()),
                Value::text(contact.outcome.title()),
            ])
        })
}
