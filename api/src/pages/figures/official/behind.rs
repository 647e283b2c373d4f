//! The records behind a number of an official table.

use axum::extract::{Path, State};
use infra::registry::cell_name;

use super::{Address, Asked, trail};
use crate::pages::components::{Column, Link, Pagination, Table, Value};
use crate::pages::page::{Page, PageError, Visitor};
use crate::pages::query::Query;
use crate::state::AppState;
use crate::v1::kinds;
use crate::v1::official::cell_of;

/// How many records behind a number are listed on a page.
const ROWS: u32 = 50;

/// The records behind a number.
pub(super) async fn get(
    State(app): State<AppState>,
    Query(asked): Query<Asked>,
    visitor: Visitor,
    Path(table): Path<String>,
) -> Result<Page, PageError> {
    let query = asked.query(&app, &visitor, &table).await?;
    let cell = cell_of(asked.cell.as_deref()).map_err(PageError)?;
    let skipped = asked.after.unwrap_or_default();
    let page = (skipped, ROWS);
    let found = app
        .registry
        .official_behind(&visitor.call, &query, &cell, visitor.as_of, page)
        .await?;
    let address = Address {
        visitor: &visitor,
        made: &found.table,
    };
    let name = cell_name(&cell.line, &cell.key);
    let at = |after: u32| {
        let after = after.to_string();
        address.to("/behind", &[("cell", &name), ("after", &after)])
    };
    let columns = vec![Column::text("Record")];
    let records = found.records.iter();
    let listed = records.fold(
        Table::new("The records", columns)
            .quiet_caption()
            .empty("No record on this page is open to you."),
        |table, record| table.row(vec![record_link(&visitor, record)]),
    );
    let frame = visitor
        .frame("What is behind a number")
        .kicker("Official table")
        .lede(format!(
            "{}: {}.",
            found.line.title,
            found.cell.value.shown()
        ))
        .trail(
            [
                trail(&visitor),
                vec![Link::new(
                    address.to("", &[]),
                    found.table.table.title.clone(),
                )],
            ]
            .concat(),
        );
    let shown = u32::try_from(found.records.len()).unwrap_or_default();
    let mut page = Page::new(frame).part(&listed);
    if found.closed > 0 {
        page = page.text(format!(
            "{} more on this page {} counted and closed to you.",
            found.closed,
            if found.closed == 1 { "is" } else { "are" }
        ));
    }
    Ok(page.part(&Pagination {
        shown: format!("{shown} records"),
        previous: (skipped > 0)
            .then(|| Link::new(at(skipped.saturating_sub(ROWS)), "Previous page")),
        next: found.next.map(|next| Link::new(at(next), "Next page")),
    }))
}

fn record_link(visitor: &Visitor, record: &str) -> Value {
    let Some((kind, id)) = record.split_once('/') else {
        return Value::text(record);
    };
    let words = match kind {
        "custody" => "Stay",
        "sentence" => "Sentence",
        "pretrial" => "Case before judgment",
        "order" => "Order",
        "supervision" => "Supervision",
        "facility" => "Place of detention",
        "report" => "Report",
        other => other,
    };
    let address = visitor.to(&format!("/{}/{id}", kinds::path(kind)));
    Value::link(address, format!("{words} {id}"))
}
