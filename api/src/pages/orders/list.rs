//! The order ledger: by office, state, reference, and what waits for the court.

use domain::jurisdiction::Pack;
use domain::order::Progress;
use infra::registry::{LedgerQuery, ListedOrder};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::show::kind_title;
use crate::pages::casework::{People, any_of, narrowed, through};
use crate::pages::components::{Column, Field, Filter, Link, Table, Tag, Tone, Value};
use crate::pages::page::{Page, PageError, Visitor};
use crate::pages::query::{Query, one_of};
use crate::pages::{laws, register};
use crate::v1::lists::ORDER_STATES;

const ROWS: u32 = 25;

/// What is looked for, as the address says it. Without an office, an office sees its own orders.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Search {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    office: Option<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    state: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    text: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    waits: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    before: Option<i64>,
}

/// The list.
pub(super) async fn get(Query(search): Query<Search>, visitor: Visitor) -> Result<Page, PageError> {
    one_of("state", &search.state, &ORDER_STATES)?;
    one_of("waits", &search.waits, &["yes"])?;
    let law = laws::in_force(&visitor.app).await?;
    let office = search.office.clone().unwrap_or_else(|| own(&visitor, &law));
    let query = LedgerQuery {
        as_of: visitor.as_of,
        office: narrowed(&office),
        state: narrowed(&search.state),
        text: narrowed(&search.text),
        undecided: search.waits == "yes",
        before: search.before,
        limit: ROWS,
        ..LedgerQuery::default()
    };
    let listed = visitor.app.registry.orders(&visitor.call, &query).await?;
    let people = People::of(&visitor, listed.rows.iter().map(|row| row.person.as_str())).await?;
    let columns = vec![
        Column::text("Person"),
        Column::text("Order"),
        Column::text("Progress"),
        Column::number("Failures"),
        Column::text("State"),
    ];
    let table = Table::new("Orders, the newest first", columns)
        .empty("No order fits. Take a filter away, or look at another moment.");
    let table = listed.rows.iter().fold(table, |table, order| {
        table.row(row(&visitor, &law, &people, order))
    });
    let shown = (listed.rows.len(), ("order", "orders"));
    let pages = through(&visitor, "/orders", &search, shown, listed.next);
    let cut = |words: &str, waits: &str| {
        let link = Link::new(visitor.to(&format!("/orders?waits={waits}")), words);
        if search.waits == waits {
            link.current()
        } else {
            link
        }
    };
    let cuts = vec![cut("All orders", ""), cut("Breach alleged", "yes")];
    Ok(Page::new(visitor.frame("Orders").siblings(cuts))
        .part(&table)
        .part(&pages)
        .heading("Search the orders")
        .part(&filter(&visitor, &law, &search, &office)))
}

/// The visitor's own office, where it is one that keeps orders.
pub(in crate::pages) fn own(visitor: &Visitor, law: &Pack) -> String {
    let office = visitor.sample.office;
    let keeps = law.offices.iter().any(|o| o.code.as_str() == office);
    if keeps {
        office.to_owned()
    } else {
        String::new()
    }
}

fn filter(visitor: &Visitor, law: &Pack, search: &Search, office: &str) -> Filter {
    let offices = law
        .offices
        .iter()
        .map(|o| (o.code.to_string(), o.title.clone()));
    let states = ORDER_STATES.map(|state| (state.to_owned(), register::sentence_case(state)));
    let waits = [("yes".to_owned(), "Only with an alleged breach".to_owned())];
    let fields = vec![
        Field::reference("text", "Reference of order or person", search.text.clone()),
        Field::select("office", "Office", any_of(office, "Any office", offices)),
        Field::select("state", "State", any_of(&search.state, "Any state", states)),
        Field::select(
            "waits",
            "Waits for the court",
            any_of(&search.waits, "Any", waits),
        ),
    ];
    Filter {
        action: "/orders".to_owned(),
        fields,
        rows: Vec::new(),
        submit: "Search".to_owned(),
        applied: Vec::new(),
        clear: visitor.to("/orders"),
        carried: visitor.carried(),
    }
}

fn row(visitor: &Visitor, law: &Pack, people: &People, order: &ListedOrder) -> Vec<Value> {
    let state = Value::text(register::sentence_case(&order.state));
    let state = match order.breaches {
        0 => state,
        _ => Value::Many(vec![
            state,
            Value::Tag(Tag::new("breach alleged", Tone::Attention)),
        ]),
    };
    vec![
        Value::link(
            visitor.to(&format!("/orders/{}", order.id)),
            people.name(&order.person),
        ),
        Value::name(register::short(&order.id)),
        Value::text(progress(law, &order.progress)),
        Value::count(u64::try_from(order.failures).unwrap_or_default()),
        people.mark(&order.person, "order", state),
    ]
}

/// Filed progress in a line: *Unpaid work: 6 h of 80 h*.
pub(in crate::pages) fn progress(law: &Pack, filed: &Json) -> String {
    let said = filed.as_array().into_iter().flatten().map(|requirement| {
        let kind = requirement.get("kind").and_then(Json::as_str).unwrap_or("");
        let kind = kind
            .parse()
            .map_or_else(|_| kind.to_owned(), |code| kind_title(law, &code));
        let amount = |name: &str| {
            requirement
                .get(name)
                .and_then(|q| serde_json::from_value::<domain::values::Quantity>(q.clone()).ok())
        };
        match (amount("credited"), amount("owed")) {
            (Some(credited), Some(owed)) => format!("{kind}: {credited} of {owed}"),
            (None, Some(owed)) => format!("{kind}: nothing of {owed}"),
            (_, None) => kind,
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
            progress(&crate::pages::casework::midland(), &filed),
            "Unpaid work: 6 h 30 min of 80 h; Supervision"
        );
    }
}
