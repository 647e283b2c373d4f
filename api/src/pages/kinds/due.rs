//! What has to happen soon, in whoever's worklist it stands.

use domain::values::Day;
use infra::registry::{ListedCase, ListedClock};

use super::list::waits_for;
use super::one;
use crate::pages::casework::People;
use crate::pages::components::{Column, Table, Tag, Tone, Value};
use crate::pages::laws::Books;
use crate::pages::page::{PageError, Visitor, day_in_words};
use crate::v1::kinds::path;

/// How many days ahead a worklist looks.
pub(super) const AHEAD: u32 = 7;

/// What is overdue or due within a week for the visitor's role, the most urgent first; nothing where there is none.
pub(in crate::pages) async fn due(visitor: &Visitor) -> Result<Option<Table>, PageError> {
    let registry = &visitor.app.registry;
    let today = registry.today(visitor.as_of).await?;
    let role = visitor.call.actor.role;
    let by = today.plus_days(AHEAD);
    let found = registry.due(&visitor.call, visitor.as_of, role, by).await?;
    let books = Books::adopted(&visitor.app).await?;
    let mut cases = found.rows;
    cases.retain(|case| !is_of_another_court(&books, visitor.sample.office, case));
    if cases.is_empty() {
        return Ok(None);
    }
    let table = table(visitor, today, "Overdue, or due within a week", &cases).await?;
    Ok(Some(table))
}

/// Whether another court than the one a visitor sits at has a case; nobody else's place says which court it is for.
fn is_of_another_court(books: &Books, own: &str, case: &ListedCase) -> bool {
    let is_court = |code: &str| {
        let mut laws = books.all();
        laws.any(|law| law.courts.iter().any(|court| court.code.as_str() == code))
    };
    let place = case.place.as_deref().filter(|place| *place != own);
    place.is_some_and(is_court) && is_court(own)
}

/// What has to happen in some cases by a day, each with the way to it.
pub(super) async fn table(
    visitor: &Visitor,
    today: Day,
    caption: &str,
    cases: &[ListedCase],
) -> Result<Table, PageError> {
    let persons = cases.iter().filter_map(|row| row.person.as_deref());
    let people = People::of(visitor, persons).await?;
    let books = Books::adopted(&visitor.app).await?;
    let columns = ["Who", "What", "By"].map(Column::text);
    let table = Table::new(caption, columns.into());
    let today = today.to_string();
    let all = cases.iter();
    let all = all.flat_map(|case| case.clocks.iter().map(move |clock| (case, clock)));
    let mut rows: Vec<_> = all.collect();
    // A case may wait for several things: each stands where its own day puts it.
    rows.sort_by(|(_, one), (_, other)| one.due.cmp(&other.due));
    let rows = rows.into_iter();
    Ok(rows.fold(table, |table, (case, clock)| {
        let who = who(&people, &books, case);
        let mut cells = row(visitor, who, &today, case, clock);
        if let (Some(first), Some(person)) = (cells.first_mut(), &case.person) {
            *first = people.mark(person, &case.kind, first.clone());
        }
        table.row(cells)
    }))
}

/// The person; of a case about nobody, what it is and who has it.
fn who(people: &People, books: &Books, case: &ListedCase) -> String {
    if let Some(person) = &case.person {
        return people.name(person);
    }
    let place = case.place.as_deref();
    place.map_or_else(
        || one(&case.kind),
        |place| format!("{}: {}", one(&case.kind), books.office_title(place)),
    )
}

fn row(
    visitor: &Visitor,
    who: String,
    today: &str,
    case: &ListedCase,
    clock: &ListedClock,
) -> Vec<Value> {
    let address = format!("/{}/{}", path(&case.kind), case.id);
    let by = clock
        .due
        .parse()
        .map_or_else(|_| clock.due.clone(), day_in_words);
    let by = if clock.due.as_str() < today {
        let tone = if clock.weight == "critical" {
            Tone::Grave
        } else {
            Tone::Attention
        };
        Value::Many(vec![Value::text(by), Value::Tag(Tag::new("overdue", tone))])
    } else {
        Value::text(by)
    };
    vec![
        Value::link(visitor.to(&address), who),
        Value::text(waits_for(&clock.code)),
        by,
    ]
}
