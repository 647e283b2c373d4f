//! What was brought in from files, by whom, and what became of it.

use axum::extract::{Path, State};
use infra::access::{Action, allow};
use infra::import::{Example, Kind, RuleReport};
use infra::registry::{ImportState, ListedImport};
use serde::Deserialize;

use super::components::{Column, Inset, Link, Pagination, SummaryList, Table, Tone, Value};
use super::numbers::count;
use super::page::{Page, PageError, Visitor, in_words};
use super::register;
use crate::pages::query::Query;
use crate::state::AppState;

const ROWS: u32 = 50;

/// Where an earlier page ended.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Which {
    before: Option<i64>,
}

/// The imports, newest first.
pub(super) async fn list(
    State(app): State<AppState>,
    Query(which): Query<Which>,
    visitor: Visitor,
) -> Result<Page, PageError> {
    let found = app
        .registry
        .imports(&visitor.call, visitor.as_of, which.before, ROWS)
        .await?;
    let columns = vec![
        Column::text("Source"),
        Column::text("What"),
        Column::text("Begun"),
        Column::text("State"),
        Column::number("Recorded"),
        Column::number("With findings"),
        Column::number("Rows rejected"),
    ];
    let table = Table::new("Imports, the newest first", columns)
        .empty("Nothing was brought in from a file.");
    let table = found
        .rows
        .iter()
        .fold(table, |table, import| table.row(cells(&visitor, import)));
    let shown = match found.rows.len() {
        1 => "1 import".to_owned(),
        n => format!("{n} imports"),
    };
    let pages = Pagination::newest_first(shown, which.before.is_some(), found.next, |before| {
        let address = before.map(|before| format!("/imports?before={before}"));
        visitor.to(&address.unwrap_or_else(|| "/imports".to_owned()))
    });
    let lede =
        "What happened before the register held it, brought in from files as existing facts.";
    Ok(Page::new(visitor.frame("Imports").lede(lede))
        .part(&table)
        .part(&pages))
}

fn cells(visitor: &Visitor, import: &ListedImport) -> Vec<Value> {
    let address = visitor.to(&format!("/imports/{}", import.id));
    let number = |n| {
        if import.is_known() {
            Value::count(n)
        } else {
            Value::None
        }
    };
    let report = &import.report;
    vec![
        Value::link(address, import.source.clone()),
        Value::text(register::sentence_case(report.kind.nouns().1)),
        Value::moment(import.begun.to_string(), in_words(import.begun)),
        state(import),
        number(report.recorded),
        number(report.with_findings),
        number(report.rejected),
    ]
}

fn state(import: &ListedImport) -> Value {
    match import.state {
        ImportState::Finished => Value::tag("Finished", Tone::Good),
        ImportState::Unfinished => Value::tag("Not finished", Tone::Attention),
    }
}

/// One import.
pub(super) async fn show(
    State(app): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Page, PageError> {
    let import = app
        .registry
        .import_report(&visitor.call, &id, visitor.as_of)
        .await?;
    let report = &import.report;
    let frame = visitor
        .frame(import.source.clone())
        .kicker("Import")
        .lede(lede(&import))
        .trail(vec![Link::new(visitor.to("/imports"), "Imports")]);
    let mut page = Page::new(frame).part(&facts(&visitor, &import));
    if !import.is_known() {
        return Ok(page);
    }
    if import.state == ImportState::Unfinished {
        let text = "The file was not read to its end by then. An import that was interrupted goes on where it stopped when the same command is given again.";
        page = page.part(&Inset {
            text: text.to_owned(),
            source: None,
        });
    }
    let rules = &report.rules.rules;
    let rejected = examples(&visitor, "Rejected, first examples", rules, |rule| {
        &rule.rejections
    });
    let noted = examples(&visitor, "Noted, first examples", rules, |rule| &rule.notes);
    let page = page
        .part(&rejected.empty("No row was rejected."))
        .part(&noted.empty("Nothing was noted."))
        .part(&by_rule(rules));
    Ok(page.text("Examples name the line of the file and not what stood there, which may be anything. Rejected rows are in the file of rejected rows beside the import."))
}

fn lede(import: &ListedImport) -> String {
    if !import.is_known() {
        return "It was under way at this moment. What it had come to by then is not kept."
            .to_owned();
    }
    let report = &import.report;
    format!(
        "{} {} were recorded, {} of them with findings; {} were recorded before, and {} rows were rejected.",
        count(report.recorded),
        report.kind.nouns().1,
        count(report.with_findings),
        count(report.existing),
        count(report.rejected),
    )
}

fn facts(visitor: &Visitor, import: &ListedImport) -> SummaryList {
    let report = &import.report;
    let by = format!(
        "{}, {}, {}",
        import.by.subject,
        register::sentence_case(&import.by.role.to_string()),
        import.by.office
    );
    let begun = Value::moment(import.begun.to_string(), in_words(import.begun));
    let updated = Value::moment(import.updated.to_string(), in_words(import.updated));
    let mut facts = SummaryList::default()
        .row("State", state(import))
        .row("Begun", begun)
        .row("Last stored", updated)
        .row("By", Value::text(by))
        .row("Mapping", Value::name(import.mapping.clone()))
        .row("Rules", Value::name(import.policy.clone()));
    if let Some(attribution) = &report.attribution {
        facts = facts.row("Data from", Value::text(attribution.clone()));
    }
    if let Some(indexes) = &report.indexes {
        let last = indexes.end.saturating_sub(1);
        let said = format!("{} to {}", count(indexes.start), count(last));
        facts = facts.row("Entries", Value::text(said));
        let decisions = report.kind == Kind::Sentences;
        if decisions && allow(&visitor.call, Action::ReadRegister).is_ok() {
            let address = visitor.to(&format!("/sentences?before={}", indexes.end));
            let link = Value::link(address, "The decisions, the last recorded first");
            facts = facts.row("In the register", link);
        }
    }
    facts
}

fn by_rule(rules: &[RuleReport]) -> Table {
    let columns = vec![
        Column::text("Rule"),
        Column::text("Column"),
        Column::number("Recorded"),
        Column::number("Absent"),
        Column::number("Noted"),
        Column::number("Rejected"),
    ];
    rules
        .iter()
        .fold(Table::new("What each rule met", columns), |table, rule| {
            let column = match &*rule.column {
                "" => Value::None,
                column => Value::name(column),
            };
            table.row(vec![
                Value::name(&*rule.rule),
                column,
                Value::count(rule.recorded),
                Value::count(rule.absent()),
                Value::count(rule.with_notes),
                Value::count(rule.rejected),
            ])
        })
}

fn examples<'r>(
    visitor: &Visitor,
    caption: &str,
    rules: &'r [RuleReport],
    of: impl Fn(&'r RuleReport) -> &'r Vec<Example>,
) -> Table {
    let columns = vec![
        Column::text("Rule"),
        Column::number("Line"),
        Column::text("What was found"),
        Column::text("Became"),
    ];
    let found = rules.iter().flat_map(|rule| {
        let examples = of(rule).iter();
        examples.map(move |example| (&rule.rule, example))
    });
    found.fold(Table::new(caption, columns), |table, (rule, example)| {
        let became = example.sentence.map_or(Value::None, |id| {
            let name = register::short(&id.to_string());
            Value::link(visitor.to(&format!("/sentences/{id}")), name)
        });
        table.row(vec![
            Value::name(&**rule),
            Value::count(example.line),
            Value::text(example.reason.clone()),
            became,
        ])
    })
}
