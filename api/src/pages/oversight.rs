//! What the register noticed, and who looked.

use axum::extract::{Query, State};
use domain::act::Weight;
use infra::access::{Action, Consultation};
use infra::registry::ListedFinding;
use serde::{Deserialize, Serialize};

use super::components::{Choice, Column, Field, Filter, Link, Pagination, Table, Tone, Value};
use super::laws::Books;
use super::page::{Page, PageError, Visitor, in_words};
use super::said::acting;
use super::{kinds, register};
use crate::state::AppState;
use crate::v1::kinds::path;

const ROWS: u32 = 50;

/// Which findings.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Which {
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
}

/// The findings, newest first.
pub(super) async fn findings(
    State(app): State<AppState>,
    visitor: Visitor,
    Query(which): Query<Which>,
) -> Result<Page, PageError> {
    let code = which.code.as_deref().filter(|code| !code.is_empty());
    let found = app
        .registry
        .findings(&visitor.call, visitor.as_of, code, which.before, ROWS)
        .await?;
    let address = |before| {
        let which = Which {
            before,
            code: code.map(str::to_owned),
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
        (n, Some(_)) => format!("{n} findings; earlier ones follow"),
    };
    let pages = Pagination::newest_first(shown, which.before.is_some(), found.next, address);
    let rules = visitor.app.registry.noticed_rules(&visitor.call).await?;
    let lede = "Decisions and orders that do not meet a rule. A finding changes nothing: somebody must look.";
    Ok(Page::new(visitor.frame("Findings").lede(lede))
        .part(&filter(&visitor, &rules, code))
        .part(&listed(&visitor, &found.rows))
        .part(&pages))
}

/// Findings, each with where it stands.
fn listed(visitor: &Visitor, rows: &[ListedFinding]) -> Table {
    let columns = vec![
        Column::text("What was noticed"),
        Column::text("Rule"),
        Column::text("Weight"),
        Column::text("Where"),
        Column::number("Entry"),
    ];
    let mut table = Table::new("Findings, the newest first", columns)
        .empty("The register has noticed nothing.");
    for finding in rows {
        let weight = match finding.weight {
            Weight::Critical => Value::tag("Critical", Tone::Grave),
            Weight::Notice => Value::tag("Notice", Tone::Attention),
        };
        let place = format!("/{}/{}", path(&finding.stream), finding.id);
        let name = format!(
            "{} {}",
            register::sentence_case(&finding.stream),
            register::short(&finding.id)
        );
        table = table.row(vec![
            Value::text(register::sentence_case(&finding.said)),
            Value::text(
                finding
                    .safeguard
                    .clone()
                    .unwrap_or_else(|| finding.code.clone()),
            ),
            weight,
            Value::link(visitor.to(&place), name),
            Value::count(u64::try_from(finding.entry).unwrap_or_default()),
        ]);
    }
    table
}

/// Findings of one rule only, chosen among those of which something was noticed.
fn filter(visitor: &Visitor, rules: &[(String, String)], code: Option<&str>) -> Filter {
    let rules = rules.iter().map(|(rule, known)| {
        let words = known.split('.').next_back().unwrap_or(known);
        let label = format!("{rule}: {}", words.replace('-', " "));
        Choice::new(known.clone(), label).chosen_if(code == Some(known))
    });
    let any = Choice::new("", "Any rule").chosen_if(code.is_none());
    let choices = std::iter::once(any).chain(rules).collect();
    let without = visitor.to("/findings");
    let applied = code.map(|code| Link::new(without.clone(), code));
    let past = visitor.moment.index.filter(|_| visitor.moment.past);
    Filter {
        action: "/findings".to_owned(),
        fields: vec![Field::select("code", "Rule", choices)],
        submit: "Show".to_owned(),
        applied: applied.into_iter().collect(),
        clear: without,
        carried: past
            .map(|index| ("as_of".to_owned(), index.to_string()))
            .into_iter()
            .collect(),
    }
}

/// Which consultations.
#[derive(Debug, Deserialize)]
pub(super) struct Earlier {
    before: Option<i64>,
}

/// Who consulted what, newest first.
pub(super) async fn consultations(
    State(app): State<AppState>,
    visitor: Visitor,
    Query(which): Query<Earlier>,
) -> Result<Page, PageError> {
    let books = Books::adopted(&app).await?;
    let looked = app
        .registry
        .consultations(&visitor.call, visitor.as_of, which.before, ROWS)
        .await?;
    let columns = vec![
        Column::text("When"),
        Column::text("Who"),
        Column::text("Purpose"),
        Column::text("What was done"),
        Column::text("What was shown"),
    ];
    let table = Table::new("Consultations, the newest first", columns)
        .empty("No one has looked at anything yet.");
    let rows = looked.rows.len();
    let table = looked.rows.iter().fold(table, |table, look| {
        table.row(look_cells(&visitor, &books, look))
    });
    let shown = format!("{rows} consultations");
    let pages = Pagination::newest_first(shown, which.before.is_some(), looked.next, |before| {
        let address = before.map(|before| format!("/consultations?before={before}"));
        visitor.to(&address.unwrap_or_else(|| "/consultations".to_owned()))
    });
    let lede =
        "Every look at a case, a name, a list or a figure. It is logged before anything is shown.";
    Ok(Page::new(visitor.frame("Who looked").lede(lede))
        .part(&table)
        .part(&pages))
}

fn look_cells(visitor: &Visitor, books: &Books, look: &Consultation) -> Vec<Value> {
    let known = Action::named(&look.action).map(Action::described);
    let done = known.unwrap_or(&look.action);
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
        Value::text(register::sentence_case(done)),
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
