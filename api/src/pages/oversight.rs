//! What the register noticed, and who looked.

use axum::extract::{Path, State};
use domain::act::Weight;
use domain::actor::Role;
use domain::values::{Day, PersonId};
use infra::access::{Action, Consultation};
use infra::registry::{FindingsQuery, ListedFinding, LooksQuery};
use serde::{Deserialize, Serialize};

use super::casework::{any_of, narrowed};
use super::components::{Column, Field, Filter, Link, Pagination, SummaryList, Table, Tone, Value};
use super::laws::Books;
use super::numbers::count;
use super::page::{Page, PageError, Visitor, day_in_words, in_words};
use super::refusal::written;
use super::said::acting;
use super::{kinds, register, written};
use crate::pages::query::{Query, one_of};
use crate::problem::Problem;
use crate::state::AppState;
use crate::v1::kinds::path;
use crate::v1::lists::FINDING_STATES;

/// So many findings a page shows: what is most urgent, before the next are asked for. Each is a card on a telephone.
const FINDINGS: u32 = 10;
/// So many looks a page shows.
const LOOKS: u32 = 25;

/// Which findings.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Which {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    before: Option<i64>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    code: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    state: String,
}

/// The findings: what is still open first, of it what weighs most and then the oldest.
pub(super) async fn findings(
    State(app): State<AppState>,
    Query(which): Query<Which>,
    visitor: Visitor,
) -> Result<Page, PageError> {
    one_of("state", &which.state, &FINDING_STATES)?;
    let query = FindingsQuery {
        as_of: visitor.as_of,
        code: narrowed(&which.code),
        state: narrowed(&which.state),
        weight: None,
        at: None,
        before: which.before,
        limit: FINDINGS,
    };
    let found = app.registry.findings(&visitor.call, &query).await?;
    let books = Books::adopted(&app).await?;
    let rules = visitor.app.registry.noticed_rules(&visitor.call).await?;
    let address = |before| {
        let which = Which {
            before,
            ..which.clone()
        };
        match serde_urlencoded::to_string(&which) {
            Ok(query) if !query.is_empty() => visitor.to(&format!("/findings?{query}")),
            _ => visitor.to("/findings"),
        }
    };
    let shown = match (found.rows.len(), found.next) {
        (0, _) => "No finding".to_owned(),
        (1, None) => "1 finding".to_owned(),
        (n, None) => format!("{n} findings"),
        (n, Some(_)) => format!("{n} findings; more follow"),
    };
    let pages = Pagination::newest_first(shown, which.before.is_some(), found.next, address);
    let lede = "What does not meet a rule, and what did not happen in time. A finding changes nothing: somebody must look.";
    let json = Value::link(
        address(which.before).replacen('/', "/v1/", 1),
        "Show as JSON",
    );
    Ok(Page::new(visitor.frame("Findings").lede(lede))
        .part(&filter(&visitor, &rules, &which))
        .part(&listed(&visitor, &books, &found.rows))
        .part(&pages)
        .part(&SummaryList::default().row("The same list", json)))
}

/// The address of a finding that nobody has taken up: the entry in which it stands, and which of its findings it is.
fn address_of(finding: &ListedFinding) -> String {
    format!("/findings/noticed/{}-{}", finding.entry, finding.nth)
}

/// One finding, by the entry in which it stands.
pub(super) async fn noticed(
    State(app): State<AppState>,
    visitor: Visitor,
    Path(place): Path<String>,
) -> Result<Page, PageError> {
    let no_such_address = || PageError(Problem::no_such_address());
    let at = place.split_once('-').ok_or_else(no_such_address)?;
    let at = at.0.parse().ok().zip(at.1.parse().ok());
    let query = FindingsQuery {
        as_of: visitor.as_of,
        at: Some(at.ok_or_else(no_such_address)?),
        limit: 1,
        ..FindingsQuery::default()
    };
    let found = app.registry.findings(&visitor.call, &query).await?;
    let Some(finding) = found.rows.first() else {
        return Err(no_such_address());
    };
    let books = Books::adopted(&app).await?;
    let lede = format!(
        "{}. It stands since {}.",
        written(&finding.said),
        since(finding)
    );
    let frame = visitor
        .frame(format!(
            "Finding of entry {}",
            count(finding.entry.unsigned_abs())
        ))
        .kicker("Finding")
        .lede(lede)
        .trail(vec![Link::new(visitor.to("/findings"), "Findings")]);
    let table = listed(&visitor, &books, std::slice::from_ref(finding));
    Ok(Page::new(frame).part(&table))
}

/// Those of one entry come together, so that there may be more of them.
const SHOWN: usize = 10;

/// What is open and weighs most, for a first page: a sentence about it, the table, and the way to all.
pub(super) async fn first(visitor: &Visitor) -> Result<(String, Table, Value), PageError> {
    let open = FindingsQuery {
        as_of: visitor.as_of,
        state: Some("open".to_owned()),
        limit: FINDINGS,
        ..FindingsQuery::default()
    };
    let found = visitor.app.registry.findings(&visitor.call, &open).await?;
    let books = Books::adopted(&visitor.app).await?;
    let lede = match found.rows.first() {
        None => "Nothing that the register noticed is open.".to_owned(),
        Some(first) => {
            let weight = match first.weight {
                Weight::Critical => "The oldest critical finding",
                Weight::Notice => "No critical finding is open. The oldest notice",
            };
            let at = first.place.as_deref();
            let at = at.map_or_else(String::new, |place| {
                format!(" at {}", books.office_title(place))
            });
            format!(
                "{weight} that nobody has taken up stands since {}{at}.",
                since(first)
            )
        }
    };
    let rows: Vec<ListedFinding> = found.rows.into_iter().take(SHOWN).collect();
    let table = listed(visitor, &books, &rows);
    let all = Value::link(visitor.to("/findings"), "All findings");
    Ok((lede, table, all))
}

/// Since when a finding stands.
fn since(finding: &ListedFinding) -> String {
    let since = finding.since.split('T').next().unwrap_or_default();
    since
        .parse()
        .map_or_else(|_| since.to_owned(), day_in_words)
}

/// Findings, each with where it stands and what can be done about it.
fn listed(visitor: &Visitor, books: &Books, rows: &[ListedFinding]) -> Table {
    let columns = vec![
        Column::text("What was noticed"),
        Column::text("Weight"),
        Column::text("Where"),
        Column::text("Since"),
        Column::text("State"),
        Column::text("What can be done"),
    ];
    let caption = "Findings: what is open first, of it what weighs most, then the oldest";
    let table = Table::new(caption, columns).empty("The register has noticed nothing.");
    rows.iter().fold(table, |table, finding| {
        table.row(row(visitor, books, finding))
    })
}

fn row(visitor: &Visitor, books: &Books, finding: &ListedFinding) -> Vec<Value> {
    let weight = match finding.weight {
        Weight::Critical => Value::tag("Critical", Tone::Grave),
        Weight::Notice => Value::tag("Notice", Tone::Attention),
    };
    let place = format!("/{}/{}", path(&finding.stream), finding.id);
    let kind = kinds::one(&finding.stream);
    let name = format!("{kind} {}", register::short(&finding.id));
    let rule = finding.safeguard.as_ref().unwrap_or(&finding.code);
    let noticed = format!("{} ({rule})", written(&finding.said));
    let noticed = match &finding.finding {
        Some(_) => Value::text(noticed),
        None => Value::link(visitor.to(&address_of(finding)), noticed),
    };
    let record = Value::link(visitor.to(&place), name);
    let at = match finding.place.as_deref() {
        Some(at) => Value::Many(vec![Value::text(books.office_title(at)), record]),
        None => record,
    };
    let office = finding.office.as_deref();
    let state = register::sentence_case(&finding.state);
    let state = match office.filter(|_| finding.state == "assigned") {
        Some(office) => format!("{state} to {}", books.office_title(office)),
        None => state,
    };
    let next = match &finding.finding {
        Some(id) => Value::link(visitor.to(&format!("/findings/{id}")), "Go on"),
        None if visitor.moment.past => Value::None,
        None => {
            let (entry, nth) = (finding.entry, finding.nth);
            let address = format!("/findings/new/take-up?entry={entry}&nth={nth}");
            Value::link(address, "Take up")
        }
    };
    vec![
        noticed,
        weight,
        at,
        Value::text(since(finding)),
        Value::text(state),
        next,
    ]
}

/// Findings of one rule or in one state only; of rules, those of which something was noticed.
fn filter(visitor: &Visitor, rules: &[(String, String)], which: &Which) -> Filter {
    let rules = rules.iter().map(|(rule, known)| {
        let words = known.split('.').next_back().unwrap_or(known);
        (
            known.clone(),
            format!("{rule}: {}", words.replace('-', " ")),
        )
    });
    let states = FINDING_STATES.map(|state| (state.to_owned(), register::sentence_case(state)));
    let without = visitor.to("/findings");
    let applied = [&which.code, &which.state].into_iter();
    let applied = applied.filter(|said| !said.is_empty());
    Filter {
        action: "/findings".to_owned(),
        fields: vec![
            Field::select("code", "Rule", any_of(&which.code, "Any rule", rules)),
            Field::select("state", "State", any_of(&which.state, "Any state", states)),
        ],
        rows: Vec::new(),
        submit: "Show".to_owned(),
        applied: applied
            .map(|said| Link::new(without.clone(), said.clone()))
            .collect(),
        clear: without,
        carried: visitor.carried(),
    }
}

/// Which consultations.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[serde(default)]
pub(super) struct Earlier {
    #[serde(skip_serializing_if = "String::is_empty")]
    from: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    until: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    role: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    person: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<i64>,
}

impl Earlier {
    /// The query as the facade takes it. A person is named by the whole number or as pages show its end.
    async fn query(&self, visitor: &Visitor) -> Result<LooksQuery, PageError> {
        let day = |name: &str, text: &str| -> Result<Option<Day>, PageError> {
            let text = text.trim();
            if text.is_empty() {
                return Ok(None);
            }
            let said = "this is no day: write it as 5 March 2026 or 2026-03-05, or leave it empty";
            let wrong = || PageError(Problem::usage("query", name, said));
            written::day(text).map(Some).ok_or_else(wrong)
        };
        let role = match self.role.as_str() {
            "" => None,
            text => Some(
                text.parse()
                    .map_err(|said: String| PageError(Problem::usage("query", "role", &said)))?,
            ),
        };
        Ok(LooksQuery {
            as_of: visitor.as_of,
            from: day("from", &self.from)?,
            until: day("until", &self.until)?,
            role,
            person: self.person(visitor).await?,
            before: self.before,
            limit: LOOKS,
        })
    }

    async fn person(&self, visitor: &Visitor) -> Result<Option<PersonId>, PageError> {
        let text = self.person.trim();
        if text.is_empty() {
            return Ok(None);
        }
        if let Ok(person) = text.parse() {
            return Ok(Some(person));
        }
        let registry = &visitor.app.registry;
        let found = registry
            .people_referred(&visitor.call, text, visitor.as_of)
            .await?;
        let said = match found.as_slice() {
            [only] => return Ok(Some(*only)),
            [] => {
                "nobody has this number: give the reference of the person's page, or leave it empty"
            }
            _ => "several people have a number that ends so: give more of it",
        };
        Err(PageError(Problem::usage("query", "person", said)))
    }

    /// The filter as it was filled in.
    fn filter(&self, visitor: &Visitor) -> Filter {
        let roles = Role::ALL.iter().map(|role| {
            let word = role.word().to_owned();
            let title = register::sentence_case(&word.replace('_', " "));
            (word, title)
        });
        Filter {
            action: "/consultations".to_owned(),
            fields: vec![
                Field::reference("from", "From the day", self.from.clone())
                    .hint("Such as 2026-03-05."),
                Field::reference("until", "Up to the day", self.until.clone())
                    .hint("Such as 2026-03-05."),
                Field::select("role", "Role", any_of(&self.role, "Any role", roles)),
                Field::reference("person", "Reference of a person", self.person.clone()),
            ],
            rows: Vec::new(),
            submit: "Show".to_owned(),
            applied: Vec::new(),
            clear: visitor.to("/consultations"),
            carried: visitor.carried(),
        }
    }

    fn address(&self, before: Option<i64>) -> String {
        let asked = Self {
            before,
            ..self.clone()
        };
        match serde_urlencoded::to_string(asked) {
            Ok(query) if !query.is_empty() => format!("/consultations?{query}"),
            _ => "/consultations".to_owned(),
        }
    }
}

/// Who consulted what, newest first.
pub(super) async fn consultations(
    State(app): State<AppState>,
    Query(which): Query<Earlier>,
    visitor: Visitor,
) -> Result<Page, PageError> {
    let books = Books::adopted(&app).await?;
    let query = which.query(&visitor).await?;
    let looked = app.registry.looks(&visitor.call, &query).await?;
    let columns = vec![
        Column::text("When"),
        Column::text("Who"),
        Column::text("Purpose"),
        Column::text("What was done"),
        Column::text("What was shown"),
    ];
    let table = Table::new("Consultations, the newest first", columns)
        .empty("No one has looked, as far as this is asked.");
    let rows = looked.rows.len();
    let table = looked.rows.iter().fold(table, |table, look| {
        table.row(look_cells(&visitor, &books, look))
    });
    let shown = match rows {
        1 => "1 consultation".to_owned(),
        several => format!("{several} consultations"),
    };
    let pages = Pagination::newest_first(shown, which.before.is_some(), looked.next, |before| {
        visitor.to(&which.address(before))
    });
    let lede =
        "Every look at a case, a name, a list or a figure. It is logged before anything is shown.";
    Ok(Page::new(visitor.frame("Who looked").lede(lede))
        .part(&which.filter(&visitor))
        .part(&table)
        .part(&pages))
}

fn look_cells(visitor: &Visitor, books: &Books, look: &Consultation) -> Vec<Value> {
    let known = |action: &str| {
        let named = Action::named(action).map(Action::described);
        named.map_or_else(|| action.to_owned(), str::to_owned)
    };
    let done = std::iter::once(&look.action).chain(&look.also);
    let done: Vec<String> = done.map(|action| known(action)).collect();
    let done = register::sentence_case(&done.join("; "));
    let first = look
        .shown
        .first()
        .map_or(Value::None, |shown| to_shown(visitor, shown));
    let shown = match look.shown.len() {
        0 | 1 => first,
        several => Value::Many(vec![
            first,
            Value::text(format!("and {} more", several.saturating_sub(1))),
        ]),
    };
    vec![
        Value::moment(look.at.to_string(), in_words(look.at)),
        Value::text(acting(&look.role, Some(books.office_title(&look.office)))),
        Value::text(register::sentence_case(&look.purpose)),
        match &look.gate {
            None => Value::text(done),
            Some(gate) => Value::Many(vec![
                Value::text(done),
                Value::tag(format!("through the gate: {gate}"), Tone::Attention),
            ]),
        },
        shown,
    ]
}

/// What was shown, with the way to it: *Sentence 94132f7b1c33*.
fn to_shown(visitor: &Visitor, shown: &str) -> Value {
    let Some((kind, id)) = shown.split_once('/') else {
        return Value::text(shown);
    };
    let (id, part) = id.split_once('/').unwrap_or((id, ""));
    let words = || {
        let whose = format!("{} {}", register::sentence_case(kind), register::short(id));
        if part.is_empty() {
            whose
        } else {
            format!("{whose}, {part}")
        }
    };
    match kind {
        "sentence" | "order" | "supervision" | "person" | "import" => {
            Value::link(visitor.to(&format!("/{}/{id}", path(kind))), words())
        }
        _ if kinds::all().iter().any(|(stream, _)| *stream == kind) => {
            Value::link(visitor.to(&format!("/{}/{id}", path(kind))), words())
        }
        "events" => Value::text(format!("Entries {}", id.replace('-', " to "))),
        _ => Value::text(shown),
    }
}
