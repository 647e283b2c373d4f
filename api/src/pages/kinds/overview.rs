//! Every kind of case, with how many of each go on.

use domain::actor::Role;
use domain::registry::Register;
use domain::stream::Stream;
use infra::access::{Action, allow};

use super::{all, due, held};
use crate::pages::components::{Column, Link, Table, Value};
use crate::pages::numbers::count;
use crate::pages::page::{Page, PageError, Visitor};
use crate::pages::unconsidered;
use crate::v1::kinds::path;

/// The page.
pub(super) async fn get(visitor: Visitor) -> Result<Page, PageError> {
    let lede =
        "What is decided about people\u{2019}s liberty besides sentences, orders and supervision.";
    let mut frame = visitor.frame("Cases").lede(lede);
    if allow(&visitor.call, Action::PassGate).is_ok() {
        frame = frame.siblings(vec![
            Link::new(visitor.to("/cases"), "Cases").current(),
            Link::new(visitor.to("/gate"), "The gate to children\u{2019}s cases"),
        ]);
    }
    Ok(Page::new(frame).part(&kinds(&visitor).await?))
}

/// The first page of those whose work is with cases of these kinds: what is due, then every kind. A prison sees first
/// whose liberty is at stake, a release authority who was never considered.
pub(in crate::pages) async fn home(visitor: &Visitor) -> Result<Page, PageError> {
    if visitor.sample.role == Role::Prison {
        return held::home(visitor).await;
    }
    let due = due(visitor).await?;
    let lede = match due.as_ref().map(|table| table.rows.len()) {
        None => "Nothing is due within a week.".to_owned(),
        Some(1) => "One thing is overdue or due within a week.".to_owned(),
        Some(several) => format!("{several} things are overdue or due within a week."),
    };
    let page = Page::new(visitor.frame("My list").lede(lede));
    let page = match due {
        Some(due) => page.part(&due),
        None => page,
    };
    let page = if visitor.sample.role == Role::ReleaseAuthority {
        unconsidered::first(page, visitor).await?
    } else {
        page
    };
    Ok(page.part(&kinds(visitor).await?))
}

pub(super) async fn kinds(visitor: &Visitor) -> Result<Table, PageError> {
    let registry = &visitor.app.registry;
    let going_on = registry.going_on(&visitor.call, visitor.as_of).await?;
    let columns = vec![Column::text("Kind"), Column::number("Going on")];
    let table = Table::new("Kinds of case", columns);
    let mut kinds = all();
    kinds.retain(|(stream, _)| {
        *stream != Register::TYPE || allow(&visitor.call, Action::ReadKeeping).is_ok()
    });
    Ok(kinds.into_iter().fold(table, |table, (stream, words)| {
        let address = visitor.to(&format!("/{}", path(stream)));
        let number = going_on.get(stream).copied().unwrap_or_default();
        table.row(vec![
            Value::link(address, words),
            Value::text(count(number)),
        ])
    }))
}
