//! What the search in the header finds: every record by its number, whole or as pages show its end, and sentences by the
//! court's own reference; several at once. A day, an offence, a court or a kind of case leads to its list.

use axum::extract::State;
use infra::access::{Action, allow};
use infra::registry::Referred;
use serde::Deserialize;

use super::casework::People;
use super::components::{Column, SummaryList, Table, Value};
use super::kinds;
use super::laws::Books;
use super::numbers::count;
use super::page::{Page, PageError, Visitor, day_in_words};
use super::query::Query;
use super::register::{sentence_case, short};
use super::written;
use crate::state::AppState;
use crate::v1::kinds::path;

/// Where it is.
pub(super) const PATH: &str = "/search";
/// How it is called in the header of every page.
pub(super) const LABEL: &str = "Case or reference";

/// So many references are looked for at once, and so many of what words name are shown.
const MOST: usize = 20;
/// Fewer letters name nothing.
const SHORTEST: usize = 3;

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Search {
    text: String,
}

/// Everything that is found.
#[expect(
    clippy::too_many_lines,
    reason = "the page from its first part to its last"
)]
pub(super) async fn get(
    State(app): State<AppState>,
    Query(search): Query<Search>,
    visitor: Visitor,
) -> Result<Page, PageError> {
    let text = search.text.trim();
    let books = Books::adopted(&app).await?;
    let (mut found, mut also, mut missed): (Vec<Referred>, Vec<Value>, Vec<String>) =
        (Vec::new(), Vec::new(), Vec::new());
    let entry = written::entry(text);
    if let Some(index) = entry {
        let entered = app.registry.entered(&visitor.call, index, visitor.as_of);
        let of_entry = entered.await?;
        let words = format!("The register as of entry {}", count(index));
        if !of_entry.is_empty() {
            also.push(Value::link(format!("/?as_of={index}"), words));
        }
        found.extend(of_entry);
    }
    // A number with its thousands apart is one number.
    let several = entry.is_none() || !text.contains(',');
    for piece in pieces(text).filter(|_| several) {
        let referred = app
            .registry
            .referred(&visitor.call, piece, visitor.as_of)
            .await?;
        let named = named(&visitor, &books, piece);
        if referred.is_empty() && named.is_empty() && (entry.is_none() || found.is_empty()) {
            missed.push(format!("{piece:?}"));
        }
        also.extend(named);
        for row in referred {
            if found.iter().all(|known| known.id != row.id) {
                found.push(row);
            }
        }
    }
    let people = People::of(
        &visitor,
        found.iter().filter_map(|row| row.person.as_deref()),
    )
    .await?;
    let columns = ["Record", "Reference", "Who", "State"].map(Column::text);
    let table = Table::new("Records with this reference", columns.into()).empty(
        "No record has it. Type at least the last four signs of a number as pages and letters show it, a whole number, the \
         number of an entry, or the reference that a court gave a case.",
    );
    let table = found
        .iter()
        .fold(table, |table, row| table.row(cells(&visitor, &people, row)));
    let said = match (text, found.len()) {
        ("", _) => "Type a reference into the search at the top.".to_owned(),
        (text, 0) if missed.is_empty() => {
            format!("No record has {text:?} for its reference; what it names stands below.")
        }
        (_, 0) => format!("Nothing is found under {}.", missed.join(", ")),
        (text, 1) => format!("One record is found under {text:?}."),
        (text, several) => format!("{several} records are found under {text:?}."),
    };
    let said = if missed.is_empty() || found.is_empty() {
        said
    } else {
        format!("{said} Nothing is found under {}.", missed.join(", "))
    };
    let frame = visitor.frame("Search").lede(said);
    let query = serde_urlencoded::to_string([("text", text)]).unwrap_or_default();
    also.push(Value::link(
        visitor.to(&format!("/sentences?{query}")),
        "Sentences by offence, court or state",
    ));
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

/// The references of a text: one, or several with a comma, a semicolon or a line between them.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let all = text.split([',', ';', '\n']).map(str::trim);
    all.filter(|piece| !piece.is_empty()).take(MOST)
}

/// What a text names that is no reference: decisions of a day, of an offence, of a court, and lists of cases.
fn named(visitor: &Visitor, books: &Books, piece: &str) -> Vec<Value> {
    let to = |query: [(&str, &str); 1], words: String| {
        let query = serde_urlencoded::to_string(query).unwrap_or_default();
        Value::link(visitor.to(&format!("/sentences?{query}")), words)
    };
    if let Some(day) = written::day(piece) {
        let words = format!("Decisions of {}", day_in_words(day.into()));
        return vec![to([("decided", &day.to_string())], words)];
    }
    let sought = piece.to_lowercase();
    if sought.chars().count() < SHORTEST {
        return Vec::new();
    }
    let is_meant = |title: &str| title.to_lowercase().contains(&sought);
    let mut all = Vec::new();
    for law in books.all() {
        let offences = law.catalogue.offences.iter();
        let is_coded = |code: &str| code.to_lowercase() == sought;
        for offence in offences.filter(|one| is_meant(&one.title) || is_coded(one.code.as_str())) {
            let words = format!("Decisions on {} ({})", offence.title, offence.code);
            all.push(to([("text", offence.code.as_str())], words));
        }
        for court in law.courts.iter().filter(|court| is_meant(&court.title)) {
            let words = format!("Decisions of {}", court.title);
            all.push(to([("court", court.code.as_str())], words));
        }
    }
    let lists = kinds::all().into_iter();
    let lists = lists.filter(|(stream, title)| *stream != "registry" && is_meant(title));
    all.extend(
        lists.map(|(stream, title)| Value::link(visitor.to(&format!("/{}", path(stream))), title)),
    );
    all.truncate(MOST);
    all
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
