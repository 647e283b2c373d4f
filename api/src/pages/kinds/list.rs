//! The cases of a kind: who, where, how it stands, what has to happen next.

use domain::pretrial::Pretrial;
use domain::stream::Stream;
use domain::waiting;
use infra::access::allow;
use infra::registry::{CasesQuery, ListedCase, Wish};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::act::{Act, beginnings};
use super::{Kind, address_word, home_of};
use crate::pages::casework::{People, any_of, narrowed, through};
use crate::pages::components::{Column, Field, Filter, SummaryList, Table, Tag, Tone, Value};
use crate::pages::laws::Books;
use crate::pages::page::{Page, PageError, Visitor, day_in_words};
use crate::pages::query::Query;
use crate::pages::register;

const ROWS: u32 = 25;

/// What is looked for, as the address says it.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Search {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    place: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    over: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    before: Option<i64>,
}

/// The list.
pub(super) async fn get<K: Kind>(
    Query(search): Query<Search>,
    visitor: Visitor,
) -> Result<Page, PageError>
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    let waits = is_waited_for::<K>();
    let query = CasesQuery {
        as_of: visitor.as_of,
        place: narrowed(&search.place),
        open: search.over != "yes",
        oldest_first: waits,
        before: search.before,
        limit: ROWS,
        ..CasesQuery::default()
    };
    let registry = &visitor.app.registry;
    let mut listed = registry.cases::<K>(&visitor.call, &query).await?;
    let books = Books::adopted(&visitor.app).await?;
    let overdue = overdue::<K>(&visitor, &books, &query).await?;
    let shown = listed.rows.iter().chain(&overdue);
    let persons = shown.filter_map(|row| row.person.as_deref());
    let people = People::of(&visitor, persons).await?;
    let filled = |title: String, rows: &[ListedCase]| {
        let table = Table::new(title, columns::<K>()).empty("There are none that fit.");
        rows.iter().fold(table, |table, case| {
            table.row(row::<K>(&visitor, &people, &books, case))
        })
    };
    let order = if waits {
        "who waits longest first"
    } else {
        "the newest first"
    };
    let shown = (listed.rows.len(), ("case", "cases"));
    let pages = through(&visitor, &home_of::<K>(), &search, shown, listed.next);
    // What stands above already is not listed again.
    listed
        .rows
        .retain(|case| overdue.iter().all(|above| above.id != case.id));
    let mut page = begun::<K>(&visitor);
    if !overdue.is_empty() {
        let title = "Something is overdue, the longest first".to_owned();
        page = page.part(&filled(title, &overdue));
    }
    Ok(page
        .part(&filled(format!("{}, {order}", K::PLURAL), &listed.rows))
        .part(&pages)
        .heading("Search")
        .part(&filter::<K>(&visitor, &books, &search)))
}

/// Whoever is accused waits: who waits longest stands first, and before them where something is overdue.
fn is_waited_for<K: Kind>() -> bool
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    <K as Stream>::TYPE == <Pretrial as Stream>::TYPE
}

/// On the first page, those for whom something is overdue.
async fn overdue<K: Kind>(
    visitor: &Visitor,
    books: &Books,
    query: &CasesQuery,
) -> Result<Vec<ListedCase>, PageError>
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    let law = books.all().next();
    let first = is_waited_for::<K>() && query.before.is_none();
    let Some(law) = law.filter(|_| first) else {
        return Ok(Vec::new());
    };
    let query = CasesQuery {
        due_before: Some(law.day(visitor.moment.instant)),
        open: true,
        ..query.clone()
    };
    let registry = &visitor.app.registry;
    Ok(registry.cases::<K>(&visitor.call, &query).await?.rows)
}

fn columns<K: Kind>() -> Vec<Column>
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    let names = [
        Some("Which"),
        K::LIST.map(|_| "Kind"),
        Some("Where"),
        Some("State"),
        Some("Since"),
        Some("Next"),
    ];
    names.into_iter().flatten().map(Column::text).collect()
}

/// The page with the acts that begin a case.
fn begun<K: Kind>(visitor: &Visitor) -> Page
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    let mut begins = beginnings::<K>();
    begins.retain(|act| allow(&visitor.call, act.action).is_ok() && !visitor.moment.past);
    let mut frame = visitor.frame(K::PLURAL);
    if let Some(first) = begins.first() {
        let title = first.title.clone();
        frame = frame.primary(new(first, &home_of::<K>()), title);
    }
    let others = begins.iter().skip(1);
    let others: Vec<Value> = others
        .map(|act| Value::link(new(act, &home_of::<K>()), act.title.clone()))
        .collect();
    let page = Page::new(frame);
    if others.is_empty() {
        page
    } else {
        page.part(&SummaryList::default().row("Also", Value::Many(others)))
    }
}

/// Where an act that begins a case is.
fn new(act: &Act, home: &str) -> String {
    format!("{home}/new/{}", address_word(&act.word))
}

fn filter<K: Kind>(visitor: &Visitor, books: &Books, search: &Search) -> Filter
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    let places = books
        .all()
        .flat_map(|law| {
            let authorities = &law.cooperation.authorities;
            [&law.courts, &law.offices, &law.facilities, authorities]
        })
        .flatten();
    let places = places.map(|place| (place.code.to_string(), place.title.clone()));
    let over = [("yes".to_owned(), "Also what is over".to_owned())];
    Filter {
        action: home_of::<K>(),
        fields: vec![
            Field::select("place", "Where", any_of(&search.place, "Anywhere", places)),
            Field::select("over", "State", any_of(&search.over, "What goes on", over)),
        ],
        rows: Vec::new(),
        submit: "Search".to_owned(),
        applied: Vec::new(),
        clear: visitor.to(&home_of::<K>()),
        carried: visitor.carried(),
    }
}

fn row<K: Kind>(visitor: &Visitor, people: &People, books: &Books, case: &ListedCase) -> Vec<Value>
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    let who = case.person.as_deref().map_or_else(
        || format!("{} {}", K::ONE, register::short(&case.id)),
        |person| people.name(person),
    );
    let place = case.place.as_deref().unwrap_or_default();
    let since = case.since.split('T').next().unwrap_or_default();
    let since = since
        .parse()
        .map_or_else(|_| since.to_owned(), day_in_words);
    let kind = K::LIST.map(|list| {
        let code = case.what.as_deref().unwrap_or_default();
        let law = books.of(&case.jurisdiction);
        Value::text(law.map_or(code, |law| law.titled(list, code)))
    });
    let state = Value::text(register::sentence_case(&case.state));
    let state = match &case.person {
        Some(person) => people.mark(person, &case.kind, state),
        None => state,
    };
    let which = Value::link(visitor.to(&format!("{}/{}", home_of::<K>(), case.id)), who);
    let rest = [
        Value::text(books.office_title(place)),
        state,
        Value::text(since),
        next(visitor, books, case),
    ];
    [which].into_iter().chain(kind).chain(rest).collect()
}

/// What has to happen next in a case, and whether its day is over.
pub(super) fn next(visitor: &Visitor, books: &Books, case: &ListedCase) -> Value {
    let Some(clock) = case.clocks.first() else {
        return Value::text("");
    };
    let due = clock
        .due
        .parse()
        .map_or_else(|_| clock.due.clone(), day_in_words);
    let what = format!("{} by {due}", waits_for(&clock.code));
    let law = books.of(&case.jurisdiction);
    let today = law.map(|law| law.day(visitor.moment.instant).to_string());
    if today.is_some_and(|today| clock.due < today) {
        let overdue = Value::Tag(Tag::new("overdue", Tone::Attention));
        Value::Many(vec![Value::text(what), overdue])
    } else {
        Value::text(what)
    }
}

/// What a clock waits for, in words: *Report to the court*.
pub(super) fn waits_for(code: &str) -> String {
    register::sentence_case(&waiting::waits_for(code))
}
