//! The programmes of an office: which have places, who waits and since when, and what was measured.

use std::collections::BTreeMap;

use domain::jurisdiction::{Pack, title};
use domain::values::CivilDate;
use infra::registry::{ListedReferral, ProgrammesQuery};
use serde::{Deserialize, Serialize};

use crate::pages::casework::{People, any_of, narrowed};
use crate::pages::components::{Column, Field, Filter, Link, Table, Tone, Value};
use crate::pages::laws::{self, Books};
use crate::pages::numbers::count;
use crate::pages::orders::own;
use crate::pages::page::{Page, PageError, Visitor, day_in_words};
use crate::pages::query::Query;
use crate::v1::programmes::{ProgrammeStanding, standings};

/// Where it is.
const PATH: &str = "/programmes";

/// Which office. Without one, an office sees its own programmes.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Search {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    office: Option<String>,
}

/// The page.
pub(super) async fn get(Query(search): Query<Search>, visitor: Visitor) -> Result<Page, PageError> {
    let law = laws::in_force(&visitor.app).await?;
    let office = search.office.clone().unwrap_or_else(|| own(&visitor, &law));
    let query = ProgrammesQuery {
        as_of: visitor.as_of,
        office: narrowed(&office),
    };
    let registry = &visitor.app.registry;
    let (referrals, _) = registry.referrals(&visitor.call, &query).await?;
    let books = Books::adopted(&visitor.app).await?;
    let standings = standings(&referrals, &books);
    let waits: Vec<&ListedReferral> = referrals.iter().filter(|row| row.waits()).collect();
    let people = People::of(&visitor, waits.iter().map(|row| row.person.as_str())).await?;
    let lede = match waits.len() {
        0 => "Nobody waits for a place.".to_owned(),
        1 => "One person waits for a place.".to_owned(),
        several => format!("{several} people wait for a place."),
    };
    let siblings = vec![
        Link::new(visitor.to("/supervisions"), "Caseload"),
        Link::new(visitor.to(PATH), "Programmes").current(),
    ];
    let frame = visitor.frame("Programmes").lede(lede).siblings(siblings);
    Ok(Page::new(frame)
        .part(&places(&books, &standings))
        .part(&waiting(&visitor, &law, &people, &waits))
        .part(&measured(&law, &referrals))
        .part(&filter(&visitor, &law, &office)))
}

fn places(books: &Books, standings: &[ProgrammeStanding]) -> Table {
    let columns = vec![
        Column::text("Programme"),
        Column::text("Office"),
        Column::number("Places"),
        Column::number("Take part"),
        Column::text("Free"),
        Column::number("Wait"),
        Column::text("Longest since"),
        Column::number("Completed"),
        Column::number("Left before"),
    ];
    let table = Table::new("Places", columns).empty("Nobody was referred to a programme.");
    standings.iter().fold(table, |table, row| {
        let law = books.of(&row.jurisdiction);
        let name = law.map_or(row.programme.as_str(), |law| {
            title(&law.supervision.programmes, &row.programme)
        });
        let free = match row.free() {
            None => Value::text("The rules name no number"),
            Some(0) => Value::tag("None", Tone::Attention),
            Some(free) => Value::count(free),
        };
        table.row(vec![
            Value::text(name),
            Value::text(books.office_title(&row.office)),
            row.places
                .map_or(Value::NotRecorded, |places| Value::count(u64::from(places))),
            Value::count(row.taking_part),
            free,
            Value::count(row.waiting),
            row.waiting_since.as_deref().map_or(Value::None, since),
            Value::count(row.completed),
            Value::count(row.ended),
        ])
    })
}

/// A date as the ledger has it, in words.
fn since(text: &str) -> Value {
    let day = text.get(..10).unwrap_or(text).parse::<CivilDate>();
    day.map_or_else(
        |_| Value::text(text),
        |day| Value::moment(day.to_string(), day_in_words(day)),
    )
}

fn waiting(visitor: &Visitor, law: &Pack, people: &People, waits: &[&ListedReferral]) -> Table {
    let columns = ["Who waits", "For", "Since"].map(Column::text);
    let table = Table::new("Who waits, the longest first", columns.into())
        .empty("Nobody waits for a place.");
    waits.iter().fold(table, |table, row| {
        let address = visitor.to(&format!("/supervisions/{}", row.supervision));
        let who = Value::link(address, people.name(&row.person));
        table.row(vec![
            people.mark(&row.person, "supervision", who),
            Value::text(title(&law.supervision.programmes, &row.programme)),
            since(&row.referred),
        ])
    })
}

/// What was measured before programmes and after them: how many, and the one in the middle.
fn measured(law: &Pack, referrals: &[ListedReferral]) -> Table {
    type Both = (Vec<i32>, Vec<i32>);
    let mut found: BTreeMap<(String, String), Both> = BTreeMap::new();
    for row in referrals {
        let mut put = |measure: &str, value: i32, after: bool| {
            let key = (row.programme.clone(), measure.to_owned());
            let (first, last) = found.entry(key).or_default();
            if after { last } else { first }.push(value);
        };
        for measured in &row.before {
            put(measured.measure.as_str(), measured.value, false);
        }
        for measured in &row.after {
            put(measured.measure.as_str(), measured.value, true);
        }
    }
    let columns = vec![
        Column::text("Programme"),
        Column::text("Measure"),
        Column::text("Before"),
        Column::text("After"),
    ];
    let table = Table::new("What was measured", columns)
        .empty("Nothing was measured before or after a programme.");
    let rules = &law.supervision;
    found
        .into_iter()
        .fold(table, |table, ((programme, measure), (before, after))| {
            table.row(vec![
                Value::text(title(&rules.programmes, &programme)),
                Value::text(title(&rules.measures, &measure)),
                middle(before),
                middle(after),
            ])
        })
}

fn middle(mut values: Vec<i32>) -> Value {
    values.sort_unstable();
    let place = values.len().saturating_sub(1) / 2;
    let many = count(u64::try_from(values.len()).unwrap_or(u64::MAX));
    match (values.get(place), values.len()) {
        (None, _) => Value::text("Of nobody"),
        (Some(value), 1) => Value::text(format!("{value}, of one person")),
        (Some(value), _) => Value::text(format!("{value} in the middle, of {many} people")),
    }
}

fn filter(visitor: &Visitor, law: &Pack, office: &str) -> Filter {
    let offices = law.offices.iter();
    let offices = offices.map(|o| (o.code.to_string(), o.title.clone()));
    Filter {
        action: PATH.to_owned(),
        fields: vec![Field::select(
            "office",
            "Office",
            any_of(office, "Any office", offices),
        )],
        rows: Vec::new(),
        submit: "Show".to_owned(),
        applied: Vec::new(),
        clear: visitor.to(PATH),
        carried: visitor.carried(),
    }
}
