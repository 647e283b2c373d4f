//! The first page, by role.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::actor::Role;
use infra::access::{Action, allow};
use infra::registry::{Counted, CourtWork, ListedOrder, ListedSentence, RegisterQuery, WorkQuery};
use serde::Deserialize;

use super::casework::{Contested, People};
use super::components::{Column, Link, SummaryList, Table, Tone, Value};
use super::laws::Books;
use super::numbers::count;
use super::page::{Page, PageError, Visitor, in_words};
use super::query::Query;
use super::worklist::Shows;
use super::{kinds, register};
use crate::state::AppState;

/// How much of it is wanted.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    all: Option<String>,
}

/// The first page.
pub(super) async fn get(
    State(_): State<AppState>,
    Query(wanted): Query<Wanted>,
    visitor: Visitor,
) -> Result<Response, PageError> {
    let page = match visitor.sample.role {
        Role::Judge | Role::Clerk => court(&visitor).await?,
        Role::Probation => super::worklist::home(visitor, wanted.shows()).await?,
        Role::Prosecutor | Role::Prison | Role::ReleaseAuthority => kinds::home(&visitor).await?,
        Role::Oversight => oversight(&visitor).await?,
        Role::Statistician | Role::Administrator | Role::System => {
            let (said, facts, lists) = standing(&visitor).await?;
            let frame = visitor.frame("Overview").lede(said);
            Page::new(frame).part(&facts).part(&lists)
        }
    };
    Ok(page.into_response())
}

impl Wanted {
    fn shows(&self) -> Shows {
        match self.all {
            Some(_) => Shows::All,
            None => Shows::First,
        }
    }
}

/// What waits for a court, and what it decided last.
#[expect(clippy::too_many_lines, reason = "one list after the other")]
async fn court(visitor: &Visitor) -> Result<Page, PageError> {
    let registry = &visitor.app.registry;
    let books = Books::adopted(&visitor.app).await?;
    let court = Some(visitor.sample.office.to_owned());
    let work = WorkQuery {
        as_of: visitor.as_of,
        office: visitor.sample.office.to_owned(),
        day: registry.today(visitor.as_of).await?,
        rows: 50,
    };
    let last = RegisterQuery {
        as_of: visitor.as_of,
        court,
        limit: 25,
        ..RegisterQuery::default()
    };
    let milder = RegisterQuery {
        noticed: Some("sentence.milder-law".to_owned()),
        ..last.clone()
    };
    let milder = registry.sentences(&visitor.call, &milder).await?;
    let work = registry.court_work(&visitor.call, &work).await?;
    let last = registry.sentences(&visitor.call, &last).await?;
    let sentences = work.proposed.rows.iter().chain(&work.appeals.rows);
    let persons = sentences.map(|row| row.person.as_str());
    let breached = work.breaches.rows.iter().map(|row| row.person.as_str());
    let people = People::of(visitor, persons.chain(breached)).await?;
    let imposed: Vec<_> = last
        .rows
        .iter()
        .filter(|row| row.state != "proposed")
        .take(5)
        .collect();
    let listed = last.rows.iter().chain(&milder.rows);
    let contested = Contested::of(visitor, listed.map(|row| row.person.as_str())).await?;
    let imposed = decided(visitor, &books, &contested, &imposed);
    let frame = visitor
        .frame("My list")
        .lede(waits(&work))
        .primary("/sentences/new", "Record a decision");
    let mut page = Page::new(frame);
    if work.proposed.of > 0 {
        page = page.part(&proposed(visitor, &books, &people, &work.proposed.rows));
        page = cut(page, &work.proposed);
    }
    if work.breaches.of > 0 {
        page = page.part(&breaches(visitor, &people, &work.breaches.rows));
        page = cut(page, &work.breaches);
    }
    if work.appeals.of > 0 {
        page = page.part(&appeals(visitor, &books, &people, &work.appeals.rows));
        page = cut(page, &work.appeals);
    }
    let page = match kinds::due(visitor).await? {
        Some(due) => page.part(&due),
        None => page,
    };
    let page = if milder.rows.is_empty() {
        page
    } else {
        let rows: Vec<_> = milder.rows.iter().collect();
        page.part(&decisions(visitor, (&books, &contested), MILDER, &rows))
    };
    Ok(page.part(&imposed))
}

/// How much waits, in one sentence.
fn waits(work: &CourtWork) -> String {
    let waits = [
        (
            work.proposed.of,
            "proposed decision waits for its pronouncement",
            "proposed decisions wait for their pronouncement",
        ),
        (
            work.breaches.of,
            "order waits for the hearing of an alleged breach",
            "orders wait for the hearing of an alleged breach",
        ),
        (
            work.appeals.of,
            "appeal waits for its decision",
            "appeals wait for their decision",
        ),
    ];
    let said = waits.iter().filter_map(|(of, one, several)| match of {
        0 => None,
        1 => Some(format!("One {one}.")),
        of => Some(format!("{} {several}.", count(*of))),
    });
    let said: Vec<String> = said.collect();
    if said.is_empty() {
        "Nothing waits for you.".to_owned()
    } else {
        said.join(" ")
    }
}

/// Says of a list that is cut how much there is.
fn cut<T>(page: Page, list: &Counted<T>) -> Page {
    match usize::try_from(list.of) {
        Ok(all) if all > list.rows.len() => page.text(format!(
            "The first {} of {} are shown.",
            list.rows.len(),
            count(list.of)
        )),
        Ok(_) | Err(_) => page,
    }
}

/// Orders with an alleged breach that waits for its hearing.
fn breaches(visitor: &Visitor, people: &People, rows: &[ListedOrder]) -> Table {
    let columns = ["Person", "Order", "Alleged"].map(Column::text);
    let table = Table::new("Breach hearings", columns.into());
    rows.iter().fold(table, |table, row| {
        table.row(vec![
            people.mark(&row.person, "order", Value::name(people.name(&row.person))),
            Value::link(
                visitor.to(&format!("/orders/{}", row.id)),
                register::short(&row.id),
            ),
            register::decided(row.alleged.as_deref()),
        ])
    })
}

/// Decisions on which an appeal waits.
fn appeals(visitor: &Visitor, books: &Books, people: &People, rows: &[ListedSentence]) -> Table {
    let columns = ["Person", "Sentence", "Decision", "Offence", "Lodged"].map(Column::text);
    let table = Table::new("Appeals that wait", columns.into());
    rows.iter().fold(table, |table, row| {
        table.row(vec![
            people.mark(
                &row.person,
                "sentence",
                Value::name(people.name(&row.person)),
            ),
            register::link(visitor, row),
            Value::text(register::sentence_case(&row.summary)),
            register::offence(books.of(&row.jurisdiction), row.offence.as_deref()),
            register::decided(row.appealed.as_deref()),
        ])
    })
}

/// What waits, each with the next act; a past list has none.
fn proposed(visitor: &Visitor, books: &Books, people: &People, rows: &[ListedSentence]) -> Table {
    let mut columns = ["Person", "Sentence", "Decision", "Offence"]
        .map(Column::text)
        .to_vec();
    if !visitor.moment.past {
        columns.push(Column::text("Next"));
    }
    let table = Table::new("Proposed decisions", columns);
    rows.iter().fold(table, |table, row| {
        let mut cells = vec![
            people.mark(
                &row.person,
                "sentence",
                Value::name(people.name(&row.person)),
            ),
            register::link(visitor, row),
            Value::text(register::sentence_case(&row.summary)),
            register::offence(books.of(&row.jurisdiction), row.offence.as_deref()),
        ];
        if !visitor.moment.past {
            cells.push(Value::Link(next(visitor, row)));
        }
        table.row(cells)
    })
}

/// The next act on a proposal.
fn next(visitor: &Visitor, row: &ListedSentence) -> Link {
    if allow(&visitor.call, Action::DecideSentence).is_ok() {
        Link::new(format!("/sentences/{}/impose", row.id), "Check and impose")
    } else {
        Link::new(format!("/sentences/{}/draft", row.id), "Continue")
    }
}

/// Decisions that somebody looks at again (Tokyo Rules 2.7).
const MILDER: &str = "In force, and the law has become milder since";

fn decided(
    visitor: &Visitor,
    books: &Books,
    contested: &Contested,
    rows: &[&ListedSentence],
) -> Table {
    let heading = "The last decisions of this court";
    decisions(visitor, (books, contested), heading, rows)
        .empty("This court has decided nothing yet.")
}

fn decisions(
    visitor: &Visitor,
    (books, contested): (&Books, &Contested),
    heading: &str,
    rows: &[&ListedSentence],
) -> Table {
    let columns = ["Sentence", "Decision", "Offence", "Decided", "State"].map(Column::text);
    let table = Table::new(heading, columns.into());
    rows.iter().fold(table, |table, row| {
        let state = Value::tag(
            register::sentence_case(&row.state),
            register::tone(&row.state),
        );
        table.row(vec![
            register::link(visitor, row),
            Value::text(register::sentence_case(&row.summary)),
            register::offence(books.of(&row.jurisdiction), row.offence.as_deref()),
            register::decided(row.decided.as_deref()),
            contested.mark(&row.person, "sentence", state),
        ])
    })
}

/// What an oversight body looks at first: what weighs most and is open, what waits for the body itself; then how the
/// register stands.
async fn oversight(visitor: &Visitor) -> Result<Page, PageError> {
    let (lede, findings, all) = super::oversight::first(visitor).await?;
    let page = Page::new(visitor.frame("Overview").lede(lede))
        .part(&findings)
        .part(&SummaryList::default().row("Also", all));
    let page = match kinds::due(visitor).await? {
        Some(due) => page.part(&due),
        None => page,
    };
    let (said, facts, lists) = standing(visitor).await?;
    Ok(page
        .heading("How the register stands")
        .text(said)
        .part(&facts)
        .part(&lists))
}

/// How the register stands, for those who watch over it or count.
async fn standing(visitor: &Visitor) -> Result<(String, SummaryList, Table), PageError> {
    let registry = &visitor.app.registry;
    let (head, last) = registry.head().await?;
    let entries = match visitor.moment.index {
        Some(index) if visitor.moment.past => index.saturating_add(1),
        None if visitor.moment.past => 0,
        Some(_) | None => head,
    };
    let said = match last {
        _ if visitor.moment.past => format!("The ledger held {} entries then.", count(entries)),
        Some(at) => format!(
            "The ledger holds {} entries, numbered from 0; the last was stored on {}.",
            count(entries),
            in_words(at)
        ),
        None => "The ledger holds no entry yet.".to_owned(),
    };
    let columns = vec![
        Column::text("List"),
        Column::number("Entries read"),
        Column::text("State"),
    ];
    let mut table = Table::new("How far lists and figures are", columns);
    for standing in registry
        .projections()
        .standings()
        .await?
        .into_iter()
        .filter(|s| s.live)
    {
        let state = match standing.poison {
            Some(why) => Value::tag(format!("Stopped: {why}"), Tone::Grave),
            None if standing.checkpoint >= head => Value::tag("Up to date", Tone::Good),
            None => Value::tag("Catching up", Tone::Attention),
        };
        table = table.row(vec![
            Value::text(register::sentence_case(&standing.name.replace('_', " "))),
            Value::count(standing.checkpoint),
            state,
        ]);
    }
    let adopted = registry.packs().jurisdictions().await?.join(", ");
    let facts = SummaryList::default()
        .row("Entries", Value::count(entries))
        .row(
            "Rules adopted for",
            if adopted.is_empty() {
                Value::None
            } else {
                Value::text(adopted)
            },
        );
    Ok((said, facts, table))
}
