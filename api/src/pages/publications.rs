//! Figures that were published: the releases, and one with its tables as everybody may see them.

use axum::extract::{Path, State};
use axum::http::header as http;
use axum::response::{IntoResponse, Response};
use domain::statistics::disclosure::{DisclosurePolicy, ShownCount};
use domain::values::{Occurred, PublicationNo};
use infra::publication::{ALL, Published, PublishedRow, PublishedTable};
use infra::registry::ListedPublication;
use infra::views::words::Term;
use serde::Deserialize;

use super::components::{Column, Details, Inset, Link, SummaryList, Table, Tone, Value};
use super::page::{Page, PageError, Visitor, day_in_words, in_words};
use crate::pages::query::Query;
use crate::problem::Problem;
use crate::state::AppState;

const PATH: &str = "/publications";

pub(super) fn routes() -> axum::Router<AppState> {
    use axum::routing::get;
    axum::Router::new()
        .route("/publications", get(list))
        .route("/publications/{number}", get(show))
        .route("/publications/{number}/csv", get(download))
}

/// The releases, newest first.
async fn list(State(app): State<AppState>, visitor: Visitor) -> Result<Page, PageError> {
    let read = app.registry.publications(&visitor.call, visitor.as_of);
    let (releases, _) = read.await?;
    let columns = vec![
        Column::text("Release"),
        Column::text("Published"),
        Column::number("As of entry"),
        Column::text("State"),
    ];
    let table =
        Table::new("Releases, the newest first", columns).empty("Nothing was published yet.");
    let table = releases.iter().fold(table, |table, release| {
        let address = visitor.to(&format!("{PATH}/{}", release.number));
        table.row(vec![
            Value::link(address, format!("Release {}", release.number)),
            Value::text(when(release.published)),
            Value::count(release.index),
            match &release.withdrawn {
                Some(_) => Value::tag("Withdrawn", Tone::Attention),
                None => Value::tag("Stands", Tone::Good),
            },
        ])
    });
    let lede = "Figures for everybody, so protected that nobody can be found in them. A release never changes; a wrong one is withdrawn.";
    Ok(Page::new(visitor.frame("Published figures").lede(lede)).part(&table))
}

fn when(done: Occurred) -> String {
    match done {
        Occurred::At(instant) => in_words(instant),
        Occurred::On(date) => day_in_words(date),
    }
}

/// The number of a release, as an address has it.
fn numbered(text: &str) -> Result<PublicationNo, PageError> {
    let number = text.parse().map(PublicationNo);
    number.map_err(|_| PageError(Problem::no_such_address()))
}

/// Of whom the tables of a release are shown.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Whose {
    sex: Option<String>,
}

/// One release.
async fn show(
    State(app): State<AppState>,
    Query(whose): Query<Whose>,
    visitor: Visitor,
    Path(number): Path<String>,
) -> Result<Page, PageError> {
    let no = numbered(&number)?;
    let (release, figures) = app
        .registry
        .publication(&visitor.call, no, visitor.as_of)
        .await?;
    let frame = visitor
        .frame(format!("Release {number}"))
        .kicker("Published figures")
        .trail(vec![Link::new(visitor.to(PATH), "Published figures")]);
    let Some(figures) = figures else {
        return Ok(withdrawn(
            Page::new(frame.lede("Its figures are not shown.")),
            &release,
        ));
    };
    let lede = format!(
        "Published {}, as of entry {}.",
        when(release.published),
        release.index
    );
    let sex = whose.sex.unwrap_or_else(|| ALL.to_owned());
    let mut page = Page::new(frame.lede(lede)).part(&by_sex(&visitor, no, &figures, &sex));
    for own in &figures.jurisdictions {
        for (nth, table) in own.tables.iter().enumerate() {
            let title = format!("{}: {}", own.jurisdiction.title, table.table.title);
            let shown = shown(&title, table, &sex);
            page = if nth == 0 {
                page.heading(&title).part(&shown)
            } else {
                page.folded(&title, &shown)
            };
        }
        page = page.part(&method(&own.disclosure, &figures));
    }
    let csv = Link::new(
        visitor.to(&format!("{PATH}/{number}/csv")),
        "All rows as CSV",
    );
    Ok(page.part(&SummaryList::default().row("Every table, row and period", Value::Link(csv))))
}

fn withdrawn(page: Page, release: &ListedPublication) -> Page {
    let text = match &release.withdrawn {
        Some(told) => format!(
            "This release was withdrawn {}: {}. What it showed is kept, and shown to nobody.",
            when(told.done),
            told.reason
        ),
        None => "The figures of this release were made elsewhere; the register holds only that they were published."
            .to_owned(),
    };
    page.part(&Inset { text, source: None })
}

/// Everybody, women or men: the same tables.
fn by_sex(
    visitor: &Visitor,
    number: PublicationNo,
    figures: &Published,
    chosen: &str,
) -> SummaryList {
    let tables = figures.jurisdictions.iter().flat_map(|own| &own.tables);
    let words = tables
        .filter_map(|table| table.columns.last())
        .map(|column| &column.words);
    let words: Vec<Term> = words.into_iter().next().cloned().unwrap_or_default();
    let title = |code: &str| {
        let found = words.iter().find(|word| word.code == code);
        found.map_or_else(|| code.to_owned(), |word| word.title.clone())
    };
    let mut list = SummaryList::default().row("Shown", Value::text(title(chosen)));
    for word in words.iter().filter(|word| word.code != chosen) {
        let address = visitor.to(&format!("{PATH}/{number}?sex={}", word.code));
        list = list.row("Show instead", Value::link(address, word.title.clone()));
    }
    list
}

/// A table by its periods, or by its own column over all periods: what each disposal came to.
fn shown(title: &str, table: &PublishedTable, sex: &str) -> Table {
    let own = table.columns.len() > 3;
    let of_rows = usize::from(own);
    let disposals = table.columns.len().saturating_sub(2);
    let rows: Vec<&PublishedRow> = table
        .rows
        .iter()
        .filter(|row| row.key.last().is_some_and(|word| word == sex))
        .filter(|row| !own || row.key.first().is_some_and(|period| period == ALL))
        .collect();
    let at = |row: &PublishedRow, column: usize| row.key.get(column).cloned().unwrap_or_default();
    let is_told = |disposal: &&Term| {
        disposal.code == ALL
            || rows.iter().any(|row| {
                at(row, disposals) == disposal.code && matches!(row.cell.n, ShownCount::Rounded(_))
            })
    };
    let words = |column: usize| {
        table
            .columns
            .get(column)
            .map_or(&[][..], |column| &column.words)
    };
    let told: Vec<&Term> = words(disposals).iter().filter(is_told).collect();
    let heading = table
        .columns
        .get(of_rows)
        .map_or("", |column| &column.column.title);
    let mut columns = vec![Column::text(heading)];
    columns.extend(
        told.iter()
            .map(|disposal| Column::number(disposal.title.clone())),
    );
    columns.push(Column::number("Custody of 100"));
    words(of_rows)
        .iter()
        .fold(Table::new(title, columns).quiet_caption(), |shown, word| {
            let of_word = |disposal: &str| {
                let mut rows = rows.iter();
                rows.find(|row| at(row, of_rows) == word.code && at(row, disposals) == disposal)
            };
            let mut cells = vec![Value::text(word.title.clone())];
            cells.extend(told.iter().map(|disposal| match of_word(&disposal.code) {
                Some(row) => Value::text(row.cell.n.to_string()),
                None => Value::None,
            }));
            let share = of_word(ALL).and_then(|row| row.cell.custody);
            cells.push(share.map_or(Value::None, |share| Value::text(share.to_string())));
            shown.row(cells)
        })
}

/// How the figures were protected, in words.
fn method(policy: &DisclosurePolicy, figures: &Published) -> Details {
    let DisclosurePolicy {
        threshold,
        rounding_base,
        group_minimum,
        min_increment,
    } = policy;
    Details {
        summary: "How these figures are protected".to_owned(),
        paragraphs: vec![
            format!(
                "A number of decisions on fewer than {threshold} persons is shown as <{threshold}, and so is nobody at all; a disposal that has no column is so in every row. What one court alone decided is not shown."
            ),
            format!(
                "Every other number is rounded to {rounding_base}, up or down by a secret key of the decisions counted: the same decisions give the same number everywhere, and on average it is the true one. Its standard deviation is at most 2.45. Totals are rounded on their own and may differ from the sum of their parts."
            ),
            format!(
                "A share is computed from true numbers and then rounded. It is not shown under {group_minimum} decisions, nor where fewer than {threshold} were for custody or fewer than {threshold} were not."
            ),
            format!(
                "A number changes between two releases only if at least {min_increment} decisions came in or left since it was made; otherwise the earlier number stands. Everything was last made anew in release {}.",
                figures.anew_in
            ),
            format!("Method {}.", figures.method),
        ],
    }
}

/// Every row as CSV.
async fn download(
    State(app): State<AppState>,
    visitor: Visitor,
    Path(number): Path<String>,
) -> Result<Response, PageError> {
    let no = numbered(&number)?;
    let (_, figures) = app
        .registry
        .publication(&visitor.call, no, visitor.as_of)
        .await?;
    let Some(figures) = figures else {
        let said = format!("the figures of release {number} are not shown: its page says why");
        return Err(PageError(Problem::unknown(said)));
    };
    let file = format!("attachment; filename=\"release-{number}.csv\"");
    let headers = [
        (http::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (http::CONTENT_DISPOSITION, file),
    ];
    Ok((headers, figures.csv()).into_response())
}
