//! The sentence register: search, filters, pages.

use std::collections::BTreeSet;

use axum::extract::State;
use domain::jurisdiction::Pack;
use domain::sentence::SanctionKind;
use domain::values::{CivilDate, PersonId};
use infra::registry::{ListedSentence, RegisterQuery};
use serde::{Deserialize, Serialize};

use super::casework::Contested;
use super::components::{
    Choice, Column, Control, Field, Filter, Link, Pagination, Size, Table, Tone, Typed, Value,
};
use super::laws::Books;
use super::page::{Page, PageError, Visitor, day_in_words};
use super::written;
use crate::pages::query::{Query, one_of};
use crate::problem::Problem;
use crate::state::AppState;
use crate::v1::lists::SENTENCE_STATES;

const ROWS: u32 = 50;

/// What is looked for, as the address says it.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Search {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    text: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    court: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    state: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    disposal: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    decided: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    findings: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    before: Option<i64>,
}

impl Search {
    fn query(&self, visitor: &Visitor) -> RegisterQuery {
        let some = |text: &str| Some(text.trim().to_owned()).filter(|t| !t.is_empty());
        RegisterQuery {
            as_of: visitor.as_of,
            text: some(&self.text),
            court: some(&self.court),
            state: some(&self.state),
            disposal: some(&self.disposal),
            person: None,
            decided: written::day(&self.decided),
            with_findings: self.findings == "yes",
            appealed: false,
            noticed: None,
            among: None,
            before: self.before,
            limit: ROWS,
        }
    }

    /// Whether it asks for what a decision can be.
    fn can_be(&self) -> Result<(), PageError> {
        let kinds = SanctionKind::ALL.map(SanctionKind::word);
        one_of("state", &self.state, &SENTENCE_STATES)?;
        one_of("disposal", &self.disposal, &kinds)?;
        if !self.decided.trim().is_empty() && written::day(&self.decided).is_none() {
            let said = format!("{:?} is no day: write it as 3 March 2026", self.decided);
            return Err(PageError(Problem::usage("query", "decided", &said)));
        }
        one_of("findings", &self.findings, &["yes"])
    }

    /// The person whose whole reference was typed.
    fn person(&self) -> Option<PersonId> {
        self.text.trim().parse().ok()
    }

    fn address(&self, visitor: &Visitor) -> String {
        match serde_urlencoded::to_string(self) {
            Ok(query) if !query.is_empty() => visitor.to(&format!("/sentences?{query}")),
            _ => visitor.to("/sentences"),
        }
    }
}

/// The register.
#[expect(
    clippy::too_many_lines,
    reason = "the page from its first part to its last"
)]
pub(super) async fn get(
    State(app): State<AppState>,
    Query(search): Query<Search>,
    visitor: Visitor,
) -> Result<Page, PageError> {
    search.can_be()?;
    let books = Books::adopted(&app).await?;
    let query = search.query(&visitor);
    let mut found = app.registry.sentences(&visitor.call, &query).await?;
    if found.rows.is_empty()
        && let Some(person) = search.person()
    {
        // No sentence begins so: it may be the reference of a person.
        let query = RegisterQuery {
            text: None,
            person: Some(person),
            ..query
        };
        found = app.registry.sentences(&visitor.call, &query).await?;
    }
    let columns = vec![
        Column::text("Sentence"),
        Column::text("Decision"),
        Column::text("Offence"),
        Column::text("Court"),
        Column::text("Decided"),
        Column::text("State"),
    ];
    let table = Table::new("Decisions, the newest first", columns)
        .empty("No decision fits. Take a filter away, or look at another moment.");
    let persons = found.rows.iter().map(|row| row.person.as_str());
    let contested = Contested::of(&visitor, persons).await?;
    let table = found.rows.iter().fold(table, |table, row| {
        table.row(cells(&visitor, &books, &contested, row))
    });
    let siblings = vec![
        Link::new(visitor.to("/sentences"), "Sentence register").current(),
        Link::new(visitor.to("/search"), "Any record by its reference"),
    ];
    let frame = visitor.frame("Sentence register").siblings(siblings);
    let frame = if super::record::may_record(&visitor) {
        frame.primary("/sentences/new", "Record a decision")
    } else {
        frame
    };
    let page = Page::new(frame)
        .part(&filter(&visitor, &books, &search))
        .part(&table);
    let shown = match (found.rows.len(), search.before, found.next) {
        (0, _, _) => "No decision".to_owned(),
        (1, None, None) => "The only decision that fits".to_owned(),
        (n, None, None) => format!("All {n} decisions that fit"),
        (n, None, Some(_)) => format!("The newest {n} decisions; earlier ones follow"),
        (n, Some(_), Some(_)) => format!("{n} earlier decisions; still earlier ones follow"),
        (n, Some(_), None) => format!("The {n} earliest decisions that fit"),
    };
    let at = |before| {
        Search {
            before,
            ..search.clone()
        }
        .address(&visitor)
    };
    let pages = Pagination::newest_first(shown, search.before.is_some(), found.next, at);
    Ok(page.part(&pages))
}

pub(super) fn cells(
    visitor: &Visitor,
    books: &Books,
    contested: &Contested,
    row: &ListedSentence,
) -> Vec<Value> {
    let law = books.of(&row.jurisdiction);
    let state = Value::tag(sentence_case(&row.state), tone(&row.state));
    let state = match row.findings {
        0 => state,
        1 => Value::Many(vec![state, Value::tag("1 finding", Tone::Attention)]),
        n => Value::Many(vec![
            state,
            Value::tag(format!("{n} findings"), Tone::Attention),
        ]),
    };
    vec![
        link(visitor, row),
        Value::text(sentence_case(&row.summary)),
        offence(law, row.offence.as_deref()),
        Value::text(law.map_or(row.court.as_str(), |law| law.court_title(&row.court))),
        decided(row.decided.as_deref()),
        contested.mark(&row.person, "sentence", state),
    ]
}

/// The way to a sentence, by the court's reference, else by the beginning of its id.
pub(super) fn link(visitor: &Visitor, row: &ListedSentence) -> Value {
    let name = row.case.clone().unwrap_or_else(|| short(&row.id));
    Value::link(visitor.to(&format!("/sentences/{}", row.id)), name)
}

/// The title of an offence with its code; the code alone where its law is not known.
pub(super) fn offence(law: Option<&Pack>, code: Option<&str>) -> Value {
    match (law, code) {
        (_, None) => Value::NotRecorded,
        (None, Some(code)) => Value::text(code),
        (Some(law), Some(code)) => Value::text(offence_in_words(law, code)),
    }
}

/// The title of an offence with its code.
pub(super) fn offence_in_words(law: &Pack, code: &str) -> String {
    let mut offences = law.catalogue.offences.iter();
    let entry = offences.find(|o| o.code.as_str() == code);
    entry.map_or_else(|| code.to_owned(), |o| format!("{} ({code})", o.title))
}

/// The date of a decision.
pub(super) fn decided(text: Option<&str>) -> Value {
    match text.and_then(|text| text.get(..10).unwrap_or(text).parse::<CivilDate>().ok()) {
        Some(date) => Value::moment(date.to_string(), day_in_words(date)),
        None => Value::text("Not yet"),
    }
}

/// The beginning of an id, enough to tell rows apart.
pub(super) fn short(id: &str) -> String {
    id.rsplit('-').next().unwrap_or(id).to_owned()
}

/// A text with a capital first letter.
pub(super) fn sentence_case(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// How a state looks.
pub(super) fn tone(state: &str) -> Tone {
    match state {
        "proposed" => Tone::Attention,
        "in force" => Tone::Good,
        "quashed" => Tone::Grave,
        _ => Tone::Plain,
    }
}

/// The disposals of every jurisdiction, weightiest first.
fn kinds(books: &Books, chosen: &str) -> Vec<Choice> {
    let listed = books.all().flat_map(|law| &law.sentencing.sanctions);
    let listed: BTreeSet<SanctionKind> = listed.copied().collect();
    let kinds = listed.iter().map(|kind| {
        let title = sentence_case(kind.title());
        Choice::new(kind.word(), title).chosen_if(chosen == kind.word())
    });
    kinds.collect()
}

fn filter(visitor: &Visitor, books: &Books, search: &Search) -> Filter {
    let any = |chosen: &str| Choice::new("", "Any").chosen_if(chosen.is_empty());
    let courts = books.all().flat_map(|law| &law.courts).map(|court| {
        let code = court.code.as_str();
        Choice::new(code, court.title.clone()).chosen_if(search.court == code)
    });
    let states = SENTENCE_STATES
        .iter()
        .map(|state| Choice::new(*state, sentence_case(state)).chosen_if(search.state == *state));
    let kinds = kinds(books, &search.disposal);
    let text = Control::Text {
        typed: Typed::Search,
        size: Size::Half,
        value: search.text.clone(),
    };
    let findings = vec![
        Choice::new("", "With or without findings").chosen_if(search.findings != "yes"),
        Choice::new("yes", "Only with findings").chosen_if(search.findings == "yes"),
    ];
    let fields = vec![
        Field::new("text", "Case, offence or reference begins with", text),
        Field::select(
            "court",
            "Court",
            std::iter::once(any(&search.court)).chain(courts).collect(),
        ),
        Field::select(
            "state",
            "State",
            std::iter::once(any(&search.state)).chain(states).collect(),
        ),
        Field::select(
            "disposal",
            "Disposal",
            std::iter::once(any(&search.disposal))
                .chain(kinds)
                .collect(),
        ),
        Field::text("decided", "Decided on", search.decided.clone())
            .hint("For example 3 March 2026"),
        Field::select("findings", "Findings", findings),
    ];
    let carried = if visitor.moment.past {
        vec![(
            "as_of".to_owned(),
            visitor.moment.index.unwrap_or_default().to_string(),
        )]
    } else {
        Vec::new()
    };
    Filter {
        action: "/sentences".to_owned(),
        fields,
        rows: Vec::new(),
        submit: "Search".to_owned(),
        applied: applied(visitor, books, search),
        clear: visitor.to("/sentences"),
        carried,
    }
}

/// What is applied, each with the address without it.
fn applied(visitor: &Visitor, books: &Books, search: &Search) -> Vec<Link> {
    let court = |law: &Pack| {
        let mut courts = law.courts.iter();
        let named = courts.find(|court| court.code.as_str() == search.court);
        named.map(|court| court.title.clone())
    };
    let court = books.all().find_map(court);
    let court = court.unwrap_or_else(|| search.court.clone());
    let first = Search {
        before: None,
        ..search.clone()
    };
    let without = [
        (
            search.text.clone(),
            Search {
                text: String::new(),
                ..first.clone()
            },
        ),
        (
            court,
            Search {
                court: String::new(),
                ..first.clone()
            },
        ),
        (
            search.state.clone(),
            Search {
                state: String::new(),
                ..first.clone()
            },
        ),
        (
            search.disposal.replace('_', " "),
            Search {
                disposal: String::new(),
                ..first.clone()
            },
        ),
        (
            if search.findings == "yes" {
                "with findings".to_owned()
            } else {
                String::new()
            },
            Search {
                findings: String::new(),
                ..first.clone()
            },
        ),
    ];
    let kept = without.into_iter().filter(|(words, _)| !words.is_empty());
    kept.map(|(words, rest)| Link::new(rest.address(visitor), sentence_case(&words)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_keeps_in_its_address_only_what_was_asked() {
        let search = Search {
            court: "ashby".to_owned(),
            ..Search::default()
        };
        assert_eq!(serde_urlencoded::to_string(&search).unwrap(), "court=ashby");
    }

    #[test]
    fn a_date_is_read_from_a_day_and_a_decision_not_taken_has_none() {
        assert_eq!(
            decided(Some("2026-03-05")),
            Value::moment("2026-03-05", "5 March 2026")
        );
        assert_eq!(decided(None), Value::text("Not yet"));
    }
}
