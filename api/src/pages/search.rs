//! What the search in the header finds: every record by its number, whole or as pages show its end, and sentences by the
//! court's own reference.

use axum::extract::State;
use infra::access::{Action, allow};
use infra::registry::Referred;
use serde::Deserialize;

use super::casework::People;
use super::components::{Column, SummaryList, Table, Value};
use super::kinds;
use super::page::{Page, PageError, Visitor};
use super::query::Query;
use super::register::{sentence_case, short};
use crate::state::AppState;
use crate::v1::kinds::path;

/// Where it is.
pub(super) const PATH: &str = "/search";
/// How it is called in the header of every page.
pub(super) const LABEL: &str = "Case or reference";

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Search {
    text: String,
}

/// Everything that is found.
pub(super) async fn get(
    State(app): State<AppState>,
    Query(search): Query<Search>,
    visitor: Visitor,
) -> Result<Page, PageError> {
    let text = search.text.trim();
    let found = app
        .registry
        .referred(&visitor.call, text, visitor.as_of)
        .await?;
    let people = People::of(
        &visitor,
        found.iter().filter_map(|row| row.person.as_deref()),
    )
    .await?;
    let columns = ["Record", "Reference", "Who", "State"].map(Column::text);
    let table = Table::new("Records with this reference", columns.into()).empty(
        "No record has it. Type at least the last four signs of a number as pages and letters show it, a whole number, or \
         the reference that a court gave a case.",
    );
    let table = found
        .iter()
        .fold(table, |table, row| table.row(cells(&visitor, &people, row)));
    let said = match (text, found.len()) {
        ("", _) => "Type a reference into the search at the top.".to_owned(),
        (text, 0) => format!("Nothing is found under {text:?}."),
        (text, 1) => format!("One record is found under {text:?}."),
        (text, several) => format!("{several} records are found under {text:?}."),
    };
    let frame = visitor.frame("Search").lede(said);
    let query = serde_urlencoded::to_string([("text", text)]).unwrap_or_default();
    let mut also = vec![Value::link(
        visitor.to(&format!("/sentences?{query}")),
        "Sentences by offence, court or state",
    )];
    if allow(&visitor.call, Action::ReadIdentity).is_ok() {
        also.push(Value::link(
            visitor.to("/persons"),
            "Somebody by name, date of birth or number",
        ));
    }
    Ok(Page::new(frame)
        .part(&table)
        .part(&SummaryList::default().row("Look also for", Value::Many(also))))
}

fn cells(visitor: &Visitor, people: &People, row: &Referred) -> Vec<Value> {
    let name = row.case.clone().unwrap_or_else(|| short(&row.id));
    let address = visitor.to(&format!("/{}/{}", path(&row.kind), row.id));
    let who = match &row.person {
        Some(person) => people.mark(person, &row.kind, Value::name(people.name(person))),
        None => Value::None,
    };
    let state = row.state.as_deref().map(sentence_case);
    vec![
        Value::link(address, format!("{} {name}", kind(&row.kind))),
        Value::name(short(&row.id)),
        who,
        state.map_or(Value::None, Value::text),
    ]
}

/// What kind of record it is, in words.
fn kind(stream: &str) -> String {
    kinds::one(stream)
}
