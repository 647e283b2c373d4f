//! The decisions behind a figure: exactly those that it counts, for those who may read the register.

use axum::extract::State;
use infra::views::ViewName;

use super::asked::Asked;
use crate::pages::casework::Contested;
use crate::pages::components::{Column, Link, Pagination, Table};
use crate::pages::laws;
use crate::pages::page::{Page, PageError, Visitor};
use crate::pages::query::Open;
use crate::pages::register;
use crate::state::AppState;

const ROWS: u32 = 50;

/// A page of the decisions that meet the conditions of the address.
#[expect(
    clippy::too_many_lines,
    reason = "the page from its first part to its last"
)]
pub(super) async fn get(
    State(app): State<AppState>,
    open: Open,
    visitor: Visitor,
) -> Result<Page, PageError> {
    let typed: Vec<(String, String)> = serde_urlencoded::from_str(open.sent()).unwrap_or_default();
    let skipped = typed.iter().find(|(name, _)| name == "after");
    let skipped: u32 = skipped
        .and_then(|(_, n)| n.parse().ok())
        .unwrap_or_default();
    let kept: Vec<_> = typed
        .into_iter()
        .filter(|(name, _)| name != "after")
        .collect();
    let kept = serde_urlencoded::to_string(kept).unwrap_or_default();
    let asked =
        Asked::read(&visitor, ViewName::Disposals.word(), Some(&kept)).map_err(PageError)?;
    let request = asked.request().map_err(PageError)?;
    let books = laws::Books::adopted(&app).await?;
    let registry = &app.registry;
    let found = registry
        .decisions_behind(&visitor.call, &request, visitor.as_of, (skipped, ROWS))
        .await?;
    let offered = registry
        .figures_offered(&visitor.call, &request, visitor.as_of)
        .await?;
    let conditions: Vec<String> = asked
        .values("where")
        .map(|condition| super::ask::words(condition, &offered))
        .collect();
    let persons = found.rows.iter().map(|row| row.person.as_str());
    let contested = Contested::of(&visitor, persons).await?;
    let rows = found.rows.iter();
    let table = rows.fold(table(), |table, row| {
        table.row(register::cells(&visitor, &books, &contested, row))
    });
    let at = |skipped: u32| {
        let address = asked.at("/figures/cases");
        let joint = if address.contains('?') { '&' } else { '?' };
        format!("{address}{joint}after={skipped}")
    };
    let last = skipped.saturating_add(u32::try_from(found.rows.len()).unwrap_or_default());
    let pages = Pagination {
        shown: match last.checked_sub(skipped) {
            None | Some(0) => "No decision".to_owned(),
            Some(_) => format!("Decisions {} to {last}", skipped.saturating_add(1)),
        },
        previous: (skipped > 0)
            .then(|| Link::new(at(skipped.saturating_sub(ROWS)), "Previous page")),
        next: found
            .next
            .and_then(|next| u32::try_from(next).ok())
            .map(|next| Link::new(at(next), "Next page")),
    };
    let lede = match conditions.as_slice() {
        [] => "Every decision that stands.".to_owned(),
        several => format!("{}.", several.join("; ")),
    };
    let frame = visitor.frame("The decisions behind a figure").lede(lede);
    let frame = frame.trail(vec![
        Link::new(visitor.to("/figures"), "Figures"),
        Link::new(asked.at("/figures/cases"), "Decisions").current(),
    ]);
    Ok(Page::new(frame).part(&table).part(&pages))
}

fn table() -> Table {
    let columns = [
        "Sentence", "Decision", "Offence", "Court", "Decided", "State",
    ];
    let columns = columns.map(Column::text).to_vec();
    Table::new("Decisions, the last changed first", columns)
        .empty("No decision meets these conditions.")
}
