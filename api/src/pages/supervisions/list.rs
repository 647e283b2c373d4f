//! The caseload: whom an office supervises, by officer, level, state and what is due.

use domain::jurisdiction::{Pack, title};
use domain::values::{CivilDate, Day};
use infra::registry::{CaseloadQuery, LedgerQuery, ListedSupervision};
use serde::{Deserialize, Serialize};

use crate::pages::casework::{People, any_of, narrowed, through};
use crate::pages::components::{Column, Field, Filter, Link, Table, Tag, Tone, Value};
use crate::pages::orders::own;
use crate::pages::page::{Page, PageError, Visitor, day_in_words};
use crate::pages::query::{Query, one_of};
use crate::pages::{laws, register};
use crate::v1::lists::SUPERVISION_STATES;

const ROWS: u32 = 25;

/// What is looked for, as the address says it. Without an office, an office sees whom it supervises itself.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Search {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    office: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    state: Option<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    text: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    whose: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    level: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    due: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    before: Option<i64>,
}

impl Search {
    fn query(&self, visitor: &Visitor, law: &Pack, day: Day) -> CaseloadQuery {
        let office = self.office.clone().unwrap_or_else(|| own(visitor, law));
        let officer = visitor.call.actor.subject.to_string();
        CaseloadQuery {
            ledger: LedgerQuery {
                as_of: visitor.as_of,
                office: narrowed(&office),
                state: narrowed(self.state()),
                text: narrowed(&self.text),
                undecided: self.due == "recall",
                before: self.before,
                limit: ROWS,
                ..LedgerQuery::default()
            },
            officer: (self.whose == "mine").then_some(officer),
            level: narrowed(&self.level),
            review_by: (self.due == "review").then_some(day),
        }
    }

    /// Those that run, where nothing else is asked.
    fn state(&self) -> &str {
        self.state.as_deref().unwrap_or("in force")
    }
}

/// The list.
pub(super) async fn get(Query(search): Query<Search>, visitor: Visitor) -> Result<Page, PageError> {
    one_of("state", search.state(), &SUPERVISION_STATES)?;
    one_of("whose", &search.whose, &["mine"])?;
    one_of("due", &search.due, &["review", "recall"])?;
    let law = laws::in_force(&visitor.app).await?;
    let day = law.day(visitor.moment.instant);
    let query = search.query(&visitor, &law, day);
    let listed = visitor.app.registry.caseload(&visitor.call, &query).await?;
    let people = People::of(&visitor, listed.rows.iter().map(|row| row.person.as_str())).await?;
    let columns = vec![
        Column::text("Person"),
        Column::text("Level"),
        Column::text("Next review"),
        Column::text("Last contact"),
        Column::text("Officer"),
        Column::text("State"),
    ];
    let table = Table::new("Supervisions, the newest first", columns)
        .empty("No supervision fits. Take a filter away, or look at another moment.");
    let table = listed.rows.iter().fold(table, |table, row| {
        table.row(cells(&visitor, &law, &people, row, day))
    });
    let shown = (listed.rows.len(), ("supervision", "supervisions"));
    let pages = through(&visitor, "/supervisions", &search, shown, listed.next);
    let office = query.ledger.office.unwrap_or_default();
    let frame = visitor.frame("Caseload").siblings(cuts(&visitor, &search));
    Ok(Page::new(frame)
        .part(&table)
        .part(&pages)
        .heading("Search the caseload")
        .part(&filter(&visitor, &law, &search, &office)))
}

/// The lists that are looked at most, one step away.
fn cuts(visitor: &Visitor, search: &Search) -> Vec<Link> {
    let cuts = [
        ("", "", "Everybody"),
        ("mine", "", "Only mine"),
        ("", "review", "Review due"),
        ("", "recall", "Recall requested"),
    ];
    let link = |(whose, due, words): (&str, &str, &str)| {
        let query = serde_urlencoded::to_string([("whose", whose), ("due", due)]);
        let path = format!("/supervisions?{}", query.unwrap_or_default());
        let link = Link::new(visitor.to(&path), words);
        if search.whose == whose && search.due == due {
            link.current()
        } else {
            link
        }
    };
    let programmes = Link::new(visitor.to("/programmes"), "Programmes");
    cuts.map(link).into_iter().chain([programmes]).collect()
}

fn cells(
    visitor: &Visitor,
    law: &Pack,
    people: &People,
    row: &ListedSupervision,
    day: Day,
) -> Vec<Value> {
    let address = visitor.to(&format!("/supervisions/{}", row.id));
    let level = row.level.as_deref();
    let level = level.map_or(Value::None, |level| {
        Value::text(title(&law.supervision.levels, level))
    });
    let review = row
        .next_review
        .as_deref()
        .and_then(|text| text.parse::<Day>().ok());
    let review = match review {
        Some(due) if due <= day && row.state == "in force" => Value::tag(
            format!("Due since {}", day_in_words(due.into())),
            Tone::Attention,
        ),
        Some(due) => Value::moment(due.to_string(), day_in_words(due.into())),
        None => Value::None,
    };
    let contact = row
        .last_contact
        .as_deref()
        .and_then(|text| text.parse::<CivilDate>().ok());
    let contact = contact.map_or(Value::None, |on| {
        Value::moment(on.to_string(), day_in_words(on))
    });
    let state = Value::text(register::sentence_case(&row.state));
    let state = if row.recall_open {
        Value::Many(vec![
            state,
            Value::Tag(Tag::new("recall requested", Tone::Attention)),
        ])
    } else {
        state
    };
    vec![
        Value::link(address, people.name(&row.person)),
        level,
        review,
        contact,
        row.officer
            .as_deref()
            .map_or(Value::text("Nobody"), Value::text),
        people.mark(&row.person, "supervision", state),
    ]
}

fn filter(visitor: &Visitor, law: &Pack, search: &Search, office: &str) -> Filter {
    let offices = law
        .offices
        .iter()
        .map(|o| (o.code.to_string(), o.title.clone()));
    let levels = law
        .supervision
        .levels
        .iter()
        .map(|l| (l.code.to_string(), l.title.clone()));
    let states = SUPERVISION_STATES.map(|state| (state.to_owned(), register::sentence_case(state)));
    let mine = [("mine".to_owned(), "Only mine".to_owned())];
    let due = [
        ("review".to_owned(), "A review is due".to_owned()),
        ("recall".to_owned(), "Recall is requested".to_owned()),
    ];
    let fields = vec![
        Field::reference(
            "text",
            "Reference of supervision or person",
            search.text.clone(),
        ),
        Field::select(
            "whose",
            "Officer",
            any_of(&search.whose, "Of everybody", mine),
        ),
        Field::select("due", "Due", any_of(&search.due, "Any", due)),
        Field::select("level", "Level", any_of(&search.level, "Any level", levels)),
        Field::select(
            "state",
            "State",
            any_of(search.state(), "Any state", states),
        ),
        Field::select("office", "Office", any_of(office, "Any office", offices)),
    ];
    Filter {
        action: "/supervisions".to_owned(),
        fields,
        rows: Vec::new(),
        submit: "Search".to_owned(),
        applied: Vec::new(),
        clear: visitor.to("/supervisions"),
        carried: visitor.carried(),
    }
}
