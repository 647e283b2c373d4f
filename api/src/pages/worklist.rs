//! The first page of a probation office: overdue first, then today, then in breach, each with the next act.

use domain::values::CivilDate;
use infra::registry::{LedgerQuery, ListedOrder, ListedSupervision};

use super::components::{Link, Moment, Tag, Tone, WorkGroup, WorkItem, Worklist};
use super::page::{Page, PageError, Visitor, day_in_words};
use super::{laws, orders, supervisions};
use crate::state::AppState;

/// The pages of a probation office.
pub(super) fn probation_routes() -> axum::Router<AppState> {
    orders::routes().merge(supervisions::routes())
}

/// What waits in the visitor's office.
pub(super) async fn home(visitor: Visitor) -> Result<Page, PageError> {
    let query = LedgerQuery {
        as_of: visitor.as_of,
        office: Some(visitor.sample.office.to_owned()),
        limit: 1_000,
        ..LedgerQuery::default()
    };
    let registry = &visitor.app.registry;
    let law = laws::in_force(&visitor.app).await?;
    let today = law.day(visitor.moment.instant).to_string();
    let orders = registry.orders(&visitor.call, &query).await?.rows;
    let supervisions = registry.supervisions(&visitor.call, &query).await?.rows;
    let (mut overdue, mut now, mut breach) = (Vec::new(), Vec::new(), Vec::new());
    for order in &orders {
        match order.next_on.as_deref() {
            Some(day) if day < today.as_str() => overdue.push(appointment(&visitor, order, day)),
            Some(day) if day == today => now.push(appointment(&visitor, order, day)),
            Some(_) | None => {}
        }
        if order.breaches > 0 {
            breach.push(breached(&visitor, order));
        }
    }
    for supervision in &supervisions {
        match supervision.next_review.as_deref() {
            Some(day) if day < today.as_str() => overdue.push(review(supervision, day)),
            Some(day) if day == today => now.push(review(supervision, day)),
            Some(_) | None => {}
        }
    }
    let said = format!(
        "{} overdue, {} today, {} in breach; {} orders are kept by your office.",
        overdue.len(),
        now.len(),
        breach.len(),
        orders.len()
    );
    let list = Worklist {
        groups: vec![
            group("Overdue", overdue),
            group("Today", now),
            group("In breach", breach),
        ],
        empty: "Nothing waits: no outcome or review is due, and no breach is alleged.".to_owned(),
    };
    Ok(Page::new(visitor.frame("Worklist").lede(said)).part(&list))
}

fn group(heading: &str, items: Vec<WorkItem>) -> WorkGroup {
    WorkGroup {
        heading: heading.to_owned(),
        items,
    }
}

fn due(day: &str) -> Option<Moment> {
    let date: CivilDate = day.parse().ok()?;
    Some(Moment::new(date.to_string(), day_in_words(date)))
}

fn order_link(visitor: &Visitor, order: &ListedOrder) -> Link {
    let name = format!("Order {}", order.id.get(..8).unwrap_or_default());
    Link::new(visitor.to(&format!("/orders/{}", order.id)), name)
}

fn appointment(visitor: &Visitor, order: &ListedOrder, day: &str) -> WorkItem {
    WorkItem {
        who: order_link(visitor, order),
        what: "An appointment whose outcome is not recorded".to_owned(),
        due: due(day),
        tag: None,
        next: Some(Link::new(
            visitor.to(&format!("/orders/{}/attend", order.id)),
            "Record attendance",
        )),
    }
}

fn breached(visitor: &Visitor, order: &ListedOrder) -> WorkItem {
    WorkItem {
        who: order_link(visitor, order),
        what: "An alleged breach waits for the court".to_owned(),
        due: None,
        tag: Some(Tag::new("breach", Tone::Attention)),
        next: None,
    }
}

fn review(supervision: &ListedSupervision, day: &str) -> WorkItem {
    let name = format!(
        "Supervision {}",
        supervision.id.get(..8).unwrap_or_default()
    );
    WorkItem {
        who: Link::new(format!("/supervisions/{}", supervision.id), name),
        what: "A review is due".to_owned(),
        due: due(day),
        tag: None,
        next: None,
    }
}
