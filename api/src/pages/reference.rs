//! The reference of the interface for programs, as a page.

use axum::extract::{Path, State};
use infra::registry::AsOf;

use super::components::{self, Column, Frame, Link, Table, Value};
use super::page::{Page, PageError, in_words};
use super::query::Nothing;
use super::register::sentence_case;
use crate::documents::reference::{Described, Reference};
use crate::documents::shape::{Field, Named};
use crate::problem::Problem;
use crate::state::AppState;

/// Where the page is.
pub(crate) const PATH: &str = "/v1";

/// Every address, by what it is about.
pub(crate) async fn get(State(app): State<AppState>, _: Nothing) -> Result<Page, PageError> {
    let reference = Reference::read(&app.openapi);
    let frame = frame(&app, "Reference of the interface", PATH).await?;
    let page = Page::new(frame.lede(reference.about.clone()));
    Ok(reference.things().into_iter().fold(page, |page, thing| {
        let columns = vec![Column::text("Address"), Column::text("What it does")];
        let operations = reference.operations.iter().filter(|o| o.thing() == thing);
        let table = operations.fold(Table::new(titled(thing), columns), |table, operation| {
            let details = format!("{PATH}/reference/{thing}");
            table.row(vec![
                Value::link(details, operation.address.clone()),
                Value::text(operation.summary.clone()),
            ])
        });
        page.part(&table)
    }))
}

/// The addresses of one thing, each with what it is asked, what may be wished there and what it answers.
pub(crate) async fn thing(
    State(app): State<AppState>,
    Path(thing): Path<String>,
) -> Result<Page, PageError> {
    let Some(reference) = Reference::read(&app.openapi).only(&thing) else {
        return Err(PageError(Problem::no_such_address()));
    };
    let frame = frame(&app, &titled(&thing), &format!("{PATH}/reference/{thing}")).await?;
    let frame = frame
        .kicker("Reference of the interface")
        .trail(vec![Link::new(PATH, "Reference")]);
    let page = reference
        .operations
        .iter()
        .fold(Page::new(frame), described);
    if reference.words.is_empty() {
        return Ok(page);
    }
    let page = page
        .heading("Words")
        .text("What the fields above are made of.");
    Ok(reference.words.iter().fold(page, |page, (name, word)| {
        page.part(&fields(&format!("{name}: {}", word.says), word))
    }))
}

/// `never-considered` as a heading.
fn titled(thing: &str) -> String {
    sentence_case(&thing.replace('-', " "))
}

async fn frame(app: &AppState, title: &str, path: &str) -> Result<Frame, PageError> {
    let moment = app.registry.moment(AsOf::Now).await?;
    let instant = components::Moment::new(moment.instant.to_string(), in_words(moment.instant));
    let as_of = components::AsOf::now(instant, moment.index.unwrap_or_default(), path);
    Ok(Frame::new(title, "The register", as_of).navigation(vec![
        Link::new("/", "The register"),
        Link::new("/v1/openapi.json", "OpenAPI 3.1"),
    ]))
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
