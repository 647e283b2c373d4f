//! Who could be released for a while and was never considered: first whoever is held past the day of the law, then whoever
//! is past it and not known to be held, then the longest first.

use axum::extract::State;
use domain::release::dates::LABEL;
use domain::values::days_in_words;
use infra::access::{Action, allow};
use infra::registry::{NotWorkedOut, Unconsidered, UnconsideredPage};
use serde::Deserialize;

use super::casework::People;
use super::components::{Column, Link, Pagination, SummaryList, Table, Tag, Tone, Value};
use super::laws::Books;
use super::numbers::count;
use super::page::{Page, PageError, Visitor, day_in_words};
use super::register::{sentence_case, short};
use crate::pages::query::Query;
use crate::state::AppState;

/// Where the list is.
const PATH: &str = "/never-considered";
const ROWS: usize = 25;
/// How many of them a first page shows.
const FIRST: usize = 5;

/// Which page, as the address says it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Which {
    #[serde(default)]
    after: usize,
}

/// The list.
pub(super) async fn get(
    State(app): State<AppState>,
    Query(which): Query<Which>,
    visitor: Visitor,
) -> Result<Page, PageError> {
    let found = app
        .registry
        .never_considered(&visitor.call, visitor.as_of, which.after, ROWS)
        .await?;
    let people = people(&visitor, &found).await?;
    let books = Books::adopted(&app).await?;
    let frame = visitor.frame("Never considered").lede(lede(&found));
    let json = Value::link(visitor.to(&format!("/v1{PATH}")), "Show as JSON");
    Ok(Page::new(frame)
        .part(&table(&visitor, &books, &people, &found.rows))
        .part(&pages(&visitor, which.after, &found))
        .heading("Where no date can be worked out")
        .text("Nobody is in the list above whose dates cannot be worked out. The reasons, each with how many decisions it concerns:")
        .part(&reasons(&found.not_worked_out))
        .part(&SummaryList::default().row("The same list", json)))
}

/// The longest of them, for a first page: a heading, a few rows and the way to all.
pub(super) async fn first(page: Page, visitor: &Visitor) -> Result<Page, PageError> {
    let registry = &visitor.app.registry;
    let found = registry
        .never_considered(&visitor.call, visitor.as_of, 0, FIRST)
        .await?;
    let people = people(visitor, &found).await?;
    let books = Books::adopted(&visitor.app).await?;
    let all = Value::link(
        visitor.to(PATH),
        format!(
            "All {}, and where no date can be worked out",
            count_of(found.of)
        ),
    );
    Ok(page
        .heading("Eligible and never considered")
        .text(lede(&found))
        .part(&table(visitor, &books, &people, &found.rows))
        .part(&SummaryList::default().row("Also", all)))
}

async fn people(visitor: &Visitor, found: &UnconsideredPage) -> Result<People, PageError> {
    People::of(visitor, found.rows.iter().map(|row| row.person.as_str())).await
}

fn lede(found: &UnconsideredPage) -> String {
    let served = count_of(found.served);
    let held = match found.held_past {
        0 => "Nobody is known to be held past the day on which the law lets them go.".to_owned(),
        1 => "One person is held past the day on which the law lets them go.".to_owned(),
        several => format!(
            "{} people are held past the day on which the law lets them go.",
            count_of(several)
        ),
    };
    let unknown = match found.held_unknown {
        0 => String::new(),
        1 => " One more is past it, and whether that person is held is not known.".to_owned(),
        several => format!(
            " {} more are past it, and whether they are held is not known.",
            count_of(several)
        ),
    };
    let others = found.of.saturating_sub(found.held_past);
    let others = others.saturating_sub(found.held_unknown);
    let others = match others {
        0 => "nobody else is known to be past a day of release that nobody considered".to_owned(),
        1 => "one more day on which a release was possible is past, and nobody considered it"
            .to_owned(),
        several => format!(
            "{} days on which a release was possible are past, and nobody considered it",
            count_of(several)
        ),
    };
    format!("{held}{unknown} Of {served} decisions that are being served, {others}.")
}

fn count_of(number: usize) -> String {
    count(u64::try_from(number).unwrap_or(u64::MAX))
}

fn table(visitor: &Visitor, books: &Books, people: &People, rows: &[Unconsidered]) -> Table {
    let since = format!("Since when, {LABEL}");
    let columns = ["Who", "Kind of release", &since, "Where", "Dates", "Next"];
    let columns = columns.map(Column::text);
    let table = Table::new(
        "First whoever is held past the day of the law, then whoever may be, then the longest first",
        columns.into(),
    )
    .empty("Nobody is known to be past such a day.");
    rows.iter().fold(table, |table, row| {
        table.row(cells(visitor, books, people, row))
    })
}

fn cells(visitor: &Visitor, books: &Books, people: &People, row: &Unconsidered) -> Vec<Value> {
    let kind = Value::text(&row.title);
    let tag = match (row.by_law, &row.stay) {
        (true, Some(_)) => Some(Tag::new("held past the day", Tone::Grave)),
        (true, None) => Some(Tag::new("not known whether held", Tone::Attention)),
        (false, _) => None,
    };
    let kind = match tag {
        Some(tag) => Value::Many(vec![kind, Value::Tag(tag)]),
        None => kind,
    };
    let since = format!("{}: {}", day_in_words(row.eligible.into()), long(row));
    let place = match (&row.facility, &row.stay) {
        (Some(place), Some(stay)) => {
            let address = visitor.to(&format!("/stays-in-custody/{stay}"));
            Value::link(address, books.office_title(place))
        }
        _ => Value::NotRecorded,
    };
    let person = visitor.to(&format!("/persons/{}", row.person));
    let steps = visitor.to(&format!("/sentences/{}/dates", row.sentence));
    vec![
        Value::link(person, people.name(&row.person)),
        kind,
        Value::text(since),
        place,
        Value::link(steps, format!("Of sentence {}", short(&row.sentence))),
        next(visitor, row),
    ]
}

/// For how long what, in words: *held 43 days past the day on which the law lets the person go*.
fn long(row: &Unconsidered) -> String {
    let days = days_in_words(row.days);
    match (row.by_law, row.days) {
        (true, 0) => "to be let go today by law".to_owned(),
        (true, _) if row.stay.is_none() => {
            format!("{days} past the day on which the law lets the person go")
        }
        (true, _) => format!("held {days} past the day on which the law lets the person go"),
        (false, 0) => "possible from today on, not considered".to_owned(),
        (false, _) => format!("possible for {days}, and not considered"),
    }
}

/// What can be done: go on with the release that is recorded, or record one.
fn next(visitor: &Visitor, row: &Unconsidered) -> Value {
    if let Some(release) = &row.release {
        let address = visitor.to(&format!("/releases/{release}"));
        return Value::link(address, "Recorded, not considered");
    }
    let may = allow(&visitor.call, Action::PrepareRelease).is_ok() && !visitor.moment.past;
    if !may || row.by_law {
        return Value::text("No release is recorded");
    }
    let address = format!(
        "/releases/new/record-eligibility?person={}&sentence={}&kind={}",
        row.person, row.sentence, row.kind
    );
    Value::link(address, "Record that it is possible")
}

fn pages(visitor: &Visitor, after: usize, found: &UnconsideredPage) -> Pagination {
    let last = after.saturating_add(found.rows.len());
    let shown = if found.rows.is_empty() {
        "None".to_owned()
    } else {
        format!(
            "{} to {} of {}",
            count_of(after.saturating_add(1)),
            count_of(last),
            count_of(found.of)
        )
    };
    let at = |after: usize| visitor.to(&format!("{PATH}?after={after}"));
    Pagination {
        shown,
        previous: (after > 0).then(|| Link::new(visitor.to(PATH), "The longest")),
        next: (last < found.of).then(|| Link::new(at(last), "Next page")),
    }
}

fn reasons(all: &[NotWorkedOut]) -> Table {
    let columns = vec![
        Column::text("Why"),
        Column::text("Which date"),
        Column::number("Decisions"),
    ];
    let table = Table::new("Where no date can be worked out", columns)
        .quiet_caption()
        .empty("Every date can be worked out.");
    all.iter().fold(table, |table, reason| {
        let kind = reason.kind.as_deref().unwrap_or("Every date");
        table.row(vec![
            Value::text(sentence_case(&reason.why)),
            Value::text(kind),
            Value::count(reason.decisions),
        ])
    })
}
