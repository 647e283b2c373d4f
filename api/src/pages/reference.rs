//! The reference of the interface for programs, as a page.

use axum::extract::State;
use infra::registry::AsOf;

use super::components::{self, Column, Frame, Link, Table, Value};
use super::page::{Page, PageError, in_words};
use crate::documents::reference::{Described, Reference};
use crate::documents::shape::{Field, Named};
use crate::state::AppState;

/// Where the page is.
pub(crate) const PATH: &str = "/v1";

/// Every address, then each with what it is asked, what may be wished there and what it answers.
pub(crate) async fn get(State(app): State<AppState>) -> Result<Page, PageError> {
    let reference = Reference::read(&app.openapi);
    let moment = app.registry.moment(AsOf::Now).await?;
    let instant = components::Moment::new(moment.instant.to_string(), in_words(moment.instant));
    let as_of = components::AsOf::now(instant, moment.index.unwrap_or_default(), PATH);
    let frame = Frame::new("Reference of the interface", "The register", as_of)
        .lede(reference.about.clone())
        .navigation(vec![
            Link::new("/", "The register"),
            Link::new("/v1/openapi.json", "OpenAPI 3.1"),
        ]);
    let columns = vec![Column::text("Address"), Column::text("What it does")];
    let addresses = reference.operations.iter().fold(
        Table::new("Every address", columns),
        |table, operation| {
            let Described {
                address, summary, ..
            } = operation;
            table.row(vec![
                Value::text(address.clone()),
                Value::text(summary.clone()),
            ])
        },
    );
    let page = reference
        .operations
        .iter()
        .fold(Page::new(frame).part(&addresses), described);
    let page = page
        .heading("Words")
        .text("What the fields above are made of.");
    Ok(reference.words.iter().fold(page, |page, (name, word)| {
        page.part(&fields(&format!("{name}: {}", word.says), word))
    }))
}

fn described(page: Page, operation: &Described) -> Page {
    let mut page = page
        .heading(operation.address.clone())
        .text(format!("{}.", operation.summary));
    if !operation.parameters.is_empty() {
        let asked = Named {
            says: String::new(),
            is_choice: false,
            fields: operation.parameters.clone(),
        };
        page = page.part(&fields("What is asked", &asked));
    }
    if let Some(body) = &operation.body {
        let caption = format!("What is sent, as {}", body.media);
        page = if body.wishes.fields.is_empty() {
            page.text(format!("{caption}."))
        } else {
            page.part(&fields(&caption, &body.wishes))
        };
    }
    let columns = vec![Column::text("Status"), Column::text("When")];
    let answers = operation.answers.iter().fold(
        Table::new("What is answered", columns),
        |table, (status, means)| {
            table.row(vec![
                Value::text(status.clone()),
                Value::text(means.clone()),
            ])
        },
    );
    page.part(&answers)
}

fn fields(caption: &str, word: &Named) -> Table {
    let first = if word.is_choice { "One of" } else { "Field" };
    let columns = vec![
        Column::text(first),
        Column::text("Holds"),
        Column::text("Meaning"),
    ];
    word.fields
        .iter()
        .fold(Table::new(caption, columns), |table, field| {
            table.row(cells(field))
        })
}

fn cells(field: &Field) -> Vec<Value> {
    let held = if field.kind.is_empty() {
        Value::None
    } else {
        Value::text(field.holds())
    };
    vec![
        Value::text(field.name.clone()),
        held,
        Value::text(field.says.clone()),
    ]
}
