//! The cases of a person, of every kind, as they stand.

use std::collections::BTreeMap;

use domain::cooperation::Cooperation;
use domain::record::AnyEvent;
use domain::stream::Stream;
use domain::values::PersonId;
use infra::record::Recorded;
use infra::registry::ListedCase;

use super::list::next;
use super::{one, one_of};
use crate::pages::components::{Column, Table, Value};
use crate::pages::laws::{Books, Laws};
use crate::pages::page::{PageError, Visitor, day_in_words};
use crate::pages::{abroad, register};
use crate::v1::kinds::path;

/// A person's cases.
pub(in crate::pages) struct Cases {
    /// What goes on with other States, each in a sentence.
    pub(in crate::pages) abroad: Vec<String>,
    /// Each case with the way to it; nothing where there is none.
    pub(in crate::pages) table: Option<Table>,
}

/// The cases of a person: what goes on first. The entries are those of the person's history.
pub(in crate::pages) async fn of_person(
    visitor: &Visitor,
    person: PersonId,
    entries: &[Recorded],
    laws: &Laws,
) -> Result<Cases, PageError> {
    let registry = &visitor.app.registry;
    let found = registry
        .cases_about(&visitor.call, person, visitor.as_of)
        .await?;
    let books = Books::adopted(&visitor.app).await?;
    let matters = matters(entries);
    let law_of = |id: &str| {
        let own = entries.iter().rev().filter(|entry| entry.stream_id == id);
        own.into_iter().find_map(|entry| laws.at(entry))
    };
    let going = found.rows.iter().filter(|case| case.open);
    let abroad = going.filter_map(|case| {
        let (matter, law) = matters.get(case.id.as_str()).zip(law_of(&case.id))?;
        let what = abroad::in_words(law, matter)?;
        Some(format!("{what}: {}.", abroad::standing(law, matter)))
    });
    let abroad = abroad.collect();
    let columns = ["Which", "Where", "State", "Since", "Next"].map(Column::text);
    let table = Table::new("Cases", columns.into()).quiet_caption();
    let table = found.rows.iter().fold(table, |table, case| {
        let matter = matters.get(case.id.as_str()).zip(law_of(&case.id));
        let matter = matter.and_then(|(matter, law)| abroad::in_words(law, matter));
        let which = matter.unwrap_or_else(|| which(&books, case));
        table.row(row(visitor, &books, case, which))
    });
    Ok(Cases {
        abroad,
        table: (!table.rows.is_empty()).then_some(table),
    })
}

/// Every matter with another State of a history, as it stands after it.
fn matters(entries: &[Recorded]) -> BTreeMap<&str, Cooperation> {
    let mut matters: BTreeMap<&str, Cooperation> = BTreeMap::new();
    for entry in entries {
        if let AnyEvent::Cooperation(event) = &entry.event {
            let matter = matters.entry(entry.stream_id.as_str()).or_default();
            *matter = std::mem::take(matter).evolve(event);
        }
    }
    matters
}

/// What kind of case it is, and which of its kind where there are several.
fn which(books: &Books, case: &ListedCase) -> String {
    let one = one(&case.kind);
    let list = one_of(&case.kind).and_then(|(_, list)| list);
    let law = books.of(&case.jurisdiction);
    let what = list.zip(case.what.as_deref()).zip(law);
    what.map_or_else(
        || one.clone(),
        |((list, code), law)| format!("{one}: {}", law.titled(list, code)),
    )
}

fn row(visitor: &Visitor, books: &Books, case: &ListedCase, which: String) -> Vec<Value> {
    let address = visitor.to(&format!("/{}/{}", path(&case.kind), case.id));
    let since = case.since.split('T').next().unwrap_or_default();
    let since = since
        .parse()
        .map_or_else(|_| since.to_owned(), day_in_words);
    let place = case.place.as_deref().unwrap_or_default();
    vec![
        Value::link(address, which),
        Value::text(books.office_title(place)),
        Value::text(register::sentence_case(&case.state)),
        Value::text(since),
        next(visitor, books, case),
    ]
}
