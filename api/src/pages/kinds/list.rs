//! The cases of a kind: who, where, how it stands, what has to happen next.

use axum::extract::Query;
use infra::access::allow;
use infra::registry::{CasesQuery, ListedCase, Wish};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{Kind, home};
use crate::pages::casework::{People, any_of, narrowed, through};
use crate::pages::components::{Column, Field, Filter, Table, Tag, Tone, Value};
use crate::pages::laws::Books;
use crate::pages::page::{Page, PageError, Visitor, day_in_words};
use crate::pages::register;

const ROWS: u32 = 25;

/// What is looked for, as the address says it.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
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
    visitor: Visitor,
    Query(search): Query<Search>,
) -> Result<Page, PageError>
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    let query = CasesQuery {
        as_of: visitor.as_of,
        place: narrowed(&search.place),
        open: search.over != "yes",
        before: search.before,
        limit: ROWS,
        ..CasesQuery::default()
    };
    let listed = visitor
        .app
        .registry
        .cases::<K>(&visitor.call, &query)
        .await?;
    let persons = listed.rows.iter().filter_map(|row| row.person.as_deref());
    let people = People::of(&visitor, persons).await?;
    let books = Books::adopted(&visitor.app).await?;
    let columns = vec![
        Column::text("Person"),
        Column::text("Where"),
        Column::text("State"),
        Column::text("Since"),
        Column::text("Next"),
    ];
    let table = Table::new(format!("{}, the newest first", K::PLURAL), columns).empty(K::EMPTY);
    let table = listed.rows.iter().fold(table, |table, case| {
        table.row(row::<K>(&visitor, &people, &books, case))
    });
    let shown = (listed.rows.len(), "cases");
    let pages = through(&visitor, &home::<K>(), &search, shown, listed.next);
    let mut frame = visitor.frame(K::PLURAL);
    if let Some(begins) = super::act::beginning::<K>()
        && allow(&visitor.call, begins.action).is_ok()
        && !visitor.moment.past
    {
        frame = frame.primary(format!("{}/new", home::<K>()), begins.title);
    }
    Ok(Page::new(frame)
        .part(&table)
        .part(&pages)
        .heading("Search")
        .part(&filter::<K>(&visitor, &books, &search)))
}

fn filter<K: Kind>(visitor: &Visitor, books: &Books, search: &Search) -> Filter
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    let places = books
        .all()
        .flat_map(|law| law.courts.iter().chain(&law.offices));
    let places = places.map(|place| (place.code.to_string(), place.title.clone()));
    let over = [("yes".to_owned(), "Also what is over".to_owned())];
    Filter {
        action: home::<K>(),
        fields: vec![
            Field::select("place", "Where", any_of(&search.place, "Anywhere", places)),
            Field::select("over", "State", any_of(&search.over, "What goes on", over)),
        ],
        submit: "Search".to_owned(),
        applied: Vec::new(),
        clear: visitor.to(&home::<K>()),
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
    let next = case.clocks.first().map_or(Value::text(""), |clock| {
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
    });
    vec![
        Value::link(visitor.to(&format!("{}/{}", home::<K>(), case.id)), who),
        Value::text(books.office_title(place)),
        Value::text(register::sentence_case(&case.state)),
        Value::text(since),
        next,
    ]
}

/// What a clock waits for, in words: `pretrial.last-day` is *Last day*.
pub(super) fn waits_for(code: &str) -> String {
    let (_, what) = code.split_once('.').unwrap_or(("", code));
    register::sentence_case(&what.replace(['-', '_'], " "))
}
