//! Finding somebody by name, date of birth or number. What is typed is sent by POST and stands in no address.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::person::Person;
use infra::access::{Action, allow};
use infra::registry::{AsOf, Found};

use super::{contested, identified};
use crate::pages::components::{Column, Field, Form, Link, Table, Value};
use crate::pages::page::{Page, PageError, Typed, Visitor};
use crate::pages::register::short;
use crate::pages::written::with_kept_days;
use crate::state::AppState;

/// The most people that a page shows.
const ROWS: usize = 50;

/// The empty form.
pub(in crate::pages) async fn get(visitor: Visitor) -> Result<Page, PageError> {
    allow(&visitor.call, Action::ReadIdentity)?;
    Ok(Page::new(frame(&visitor)).form(&form(&visitor, "", None)))
}

/// Everybody who is found.
pub(in crate::pages) async fn post(
    State(app): State<AppState>,
    visitor: Visitor,
    typed: Typed,
) -> Result<Response, PageError> {
    allow(&visitor.call, Action::ReadIdentity)?;
    let Some(text) = typed.get("who") else {
        let error = "Give a name, a date of birth or a number".to_owned();
        let form = form(&visitor, "", Some(error));
        return Ok(Page::new(frame(&visitor)).form(&form).into_response());
    };
    let found = app
        .registry
        .find_people(&visitor.call, &with_kept_days(text))
        .await?;
    let columns = ["Name", "Date of birth", "Reference", "Next"].map(Column::text);
    let mut table = Table::new("People found", columns.into())
        .empty("Nobody is found. Try fewer words, or register the person.");
    for id in found.iter().take(ROWS) {
        table = table.row(row(&app, &visitor, &id.to_string()).await?);
    }
    let page = Page::new(frame(&visitor)).form(&form(&visitor, text, None));
    let page = match found.len().checked_sub(ROWS) {
        None | Some(0) => page,
        Some(more) => page.text(format!("{more} more are found: give another word.")),
    };
    Ok(page.part(&table).into_response())
}

async fn row(app: &AppState, visitor: &Visitor, id: &str) -> Result<Vec<Value>, PageError> {
    let shown: Found<Person> = app.registry.show(&visitor.call, id, AsOf::Now).await?;
    let known = shown.state.registered();
    let (name, born) = identified(visitor, &shown.state).await?;
    let name = match known {
        Some(known) if !known.contested.is_empty() => Value::Many(vec![name, contested()]),
        Some(_) | None => name,
    };
    let next = if allow(&visitor.call, Action::ProposeSentence).is_ok() && known.is_some() {
        Value::Link(Link::new(
            format!("/sentences/new?person={id}"),
            "Record a decision",
        ))
    } else {
        Value::None
    };
    let page = Value::link(format!("/persons/{id}"), short(id));
    Ok(vec![name, born, page, next])
}

fn frame(visitor: &Visitor) -> crate::pages::components::Frame {
    let frame = visitor.frame("Find a person").lede(
        "By name, date of birth or number, in whole words as they were registered. Your search is logged.",
    );
    if allow(&visitor.call, Action::RecordPerson).is_ok() {
        frame.siblings(vec![
            Link::new(visitor.to("/persons"), "Find a person").current(),
            Link::new(visitor.to("/persons/new"), "Register a person"),
        ])
    } else {
        frame
    }
}

fn form(visitor: &Visitor, typed: &str, error: Option<String>) -> Form {
    let guard = visitor.guard(&visitor.frame("Find a person"));
    let who = Field::text("who", "Name, date of birth or number", typed)
        .hint("For example Reed, or Reed 3 May 1990.")
        .error(error);
    Form::new("/persons", guard, "Find").field(who)
}
