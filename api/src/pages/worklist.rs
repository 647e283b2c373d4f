//! The first page of a probation office.

use domain::values::CivilDate;
use infra::registry::LedgerQuery;

use super::components::{Column, Table, Value};
use super::page::{Page, PageError, Visitor, day_in_words};

/// The orders of the visitor's office.
pub(super) async fn home(visitor: Visitor) -> Result<Page, PageError> {
    let query = LedgerQuery {
        as_of: visitor.as_of,
        office: Some(visitor.sample.office.to_owned()),
        limit: 50,
        ..LedgerQuery::default()
    };
    let orders = visitor.app.registry.orders(&visitor.call, &query).await?;
    let columns = vec![
        Column::text("Order"),
        Column::text("State"),
        Column::text("Next appointment"),
    ];
    let mut table =
        Table::new("Orders of your office", columns).empty("No order is kept by your office.");
    for order in orders.rows {
        let address = visitor.to(&format!("/orders/{}", order.id));
        let next = order.next_on.and_then(|day| day.parse::<CivilDate>().ok());
        let next = next.map_or(Value::None, |day| {
            Value::moment(day.to_string(), day_in_words(day))
        });
        let name = order.id.get(..8).unwrap_or_default().to_owned();
        table = table.row(vec![
            Value::link(address, name),
            Value::text(order.state),
            next,
        ]);
    }
    Ok(Page::new(visitor.frame("Worklist")).part(&table))
}
