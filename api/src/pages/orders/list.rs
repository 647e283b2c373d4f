//! The order ledger, by office and state.

use axum::extract::Query;
use domain::order::Progress;
use domain::values::CivilDate;
use infra::registry::{LedgerQuery, ListedOrder};
use serde::Deserialize;
use serde_json::Value as Json;

use crate::pages::components::{Column, Field, Filter, Pagination, Table, Value};
use crate::pages::page::{Page, PageError, Visitor, day_in_words};

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    office: Option<String>,
    state: Option<String>,
    before: Option<i64>,
}

/// The list.
pub(super) async fn get(visitor: Visitor, Query(wanted): Query<Wanted>) -> Result<Page, PageError> {
    let filled = |text: &Option<String>| text.clone().filter(|t| !t.trim().is_empty());
    let query = LedgerQuery {
        as_of: visitor.as_of,
        office: filled(&wanted.office),
        state: filled(&wanted.state),
        before: wanted.before,
        limit: 50,
        ..LedgerQuery::default()
    };
    let listed = visitor.app.registry.orders(&visitor.call, &query).await?;
    let columns = vec![
        Column::text("Order"),
        Column::text("State"),
        Column::text("Progress"),
        Column::number("Failures"),
        Column::text("Next appointment"),
        Column::text("Office"),
    ];
    let mut table = Table::new("Orders", columns)
        .quiet_caption()
        .empty("No order is kept that fits.");
    for order in &listed.rows {
        table = table.row(row(&visitor, order));
    }
    let mut page = Page::new(visitor.frame("Orders"))
        .part(&filter(&visitor, &query))
        .part(&table);
    if let Some(next) = listed.next {
        let address = visitor.to(&format!(
            "/orders?office={}&state={}&before={next}",
            query.office.unwrap_or_default(),
            query.state.unwrap_or_default()
        ));
        page = page.part(&Pagination {
            shown: format!("{} orders", listed.rows.len()),
            previous: None,
            next: Some(address),
        });
    }
    Ok(page)
}

fn filter(visitor: &Visitor, query: &LedgerQuery) -> Filter {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let carried = match (visitor.moment.past, visitor.moment.index) {
        (true, Some(index)) => vec![("as_of".to_owned(), index.to_string())],
        (true | false, _) => Vec::new(),
    };
    Filter {
        action: "/orders".to_owned(),
        fields: vec![
            Field::reference("office", "Office", text(&query.office)).optional(),
            Field::reference("state", "State", text(&query.state)).optional(),
        ],
        submit: "Show".to_owned(),
        applied: Vec::new(),
        clear: visitor.to("/orders"),
        carried,
    }
}

fn row(visitor: &Visitor, order: &ListedOrder) -> Vec<Value> {
    let next = order
        .next_on
        .as_deref()
        .and_then(|day| day.parse::<CivilDate>().ok());
    vec![
        Value::link(
            visitor.to(&format!("/orders/{}", order.id)),
            order.id.get(..8).unwrap_or_default(),
        ),
        Value::text(order.state.replace('_', " ")),
        Value::text(progress(&order.progress)),
        Value::count(u64::try_from(order.failures).unwrap_or_default()),
        next.map_or(Value::None, |day| {
            Value::moment(day.to_string(), day_in_words(day))
        }),
        Value::text(&order.office),
    ]
}

/// Filed progress in a line: *unpaid-work 6 h of 80 h*.
fn progress(filed: &Json) -> String {
    let said = filed.as_array().into_iter().flatten().map(|requirement| {
        let kind = requirement.get("kind").and_then(Json::as_str).unwrap_or("");
        let amount = |name: &str| {
            requirement
                .get(name)
                .and_then(|q| serde_json::from_value::<domain::values::Quantity>(q.clone()).ok())
        };
        match (amount("credited"), amount("owed")) {
            (Some(credited), Some(owed)) => format!("{kind} {credited} of {owed}"),
            (None, Some(owed)) => format!("{kind} 0 of {owed}"),
            (_, None) => kind.to_owned(),
        }
    });
    said.collect::<Vec<_>>().join("; ")
}

/// A share in words, as every page of orders says it.
pub(super) fn amounts(progress: &Progress) -> String {
    match (progress.credited, progress.owed) {
        (Some(credited), Some(owed)) => format!("{credited} of {owed}"),
        (None, Some(owed)) => format!("nothing of {owed}"),
        (_, None) => "lasts, is not counted".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn progress_is_said_in_the_units_of_the_requirement() {
        let filed = json!([
            {"kind": "unpaid-work", "owed": {"minutes": 4800}, "credited": {"minutes": 390}},
            {"kind": "supervision", "owed": null, "credited": null},
        ]);
        assert_eq!(
            progress(&filed),
            "unpaid-work 6 h 30 min of 80 h; supervision"
        );
    }
}
