//! Somebody under an order and a supervision, and what the office records of them.

use domain::order::Order;
use domain::supervision::Supervision;
use infra::registry::{AsOf, Found, LedgerQuery};
use serde_json::json;

use crate::Failure;
use crate::desk::{Desk, call};

/// A person with an order of 100 hours of unpaid work and a supervision, both of one year from 2 February 2026.
pub(crate) struct Case {
    pub(crate) order: String,
    pub(crate) supervision: String,
}

impl Desk {
    /// Somebody who was sentenced to unpaid work and supervision.
    pub(crate) async fn case(&self, name: &str) -> Result<Case, Failure> {
        self.case_of(name, "P1Y").await
    }

    /// The same with an order and a supervision of this length.
    pub(crate) async fn case_of(&self, name: &str, length: &str) -> Result<Case, Failure> {
        let person = self.person(name).await?;
        let components = json!([{"no": 1, "sanction": {"community_order": {
            "period": length, "requirements": [
                {"kind": "unpaid-work", "quantity": {"minutes": 6000}},
                {"kind": "supervision", "length": length}]}}}]);
        let sentence = self.sentence_of(&person, components).await?;
        let query = |sentence: String| LedgerQuery {
            sentence: Some(sentence),
            limit: 1,
            ..LedgerQuery::default()
        };
        let judge = call("judge")?;
        let orders = self.registry.orders(&judge, &query(sentence)).await?;
        let order = orders.rows.first().ok_or("the sentence made no order")?;
        let order = order.id.clone();
        let cause = query(format!("order/{order}"));
        let cases = self.registry.supervisions(&judge, &cause).await?;
        let supervision = cases
            .rows
            .first()
            .ok_or("the order started no supervision")?
            .id
            .clone();
        Ok(Case { order, supervision })
    }

    /// An appointment for unpaid work at the workshop, whose failure counts.
    pub(crate) async fn expect(&self, order: &str, day: &str) -> Result<(), Failure> {
        let schedule = json!({"schedule_appointment": {
            "requirement": 1, "on": day, "at": "09:00", "place": "workshop",
            "enforceable": {"value": "yes"}, "done": "2026-02-10"
        }});
        self.tell::<Order>("probation", order, schedule).await?;
        self.settle().await
    }

    /// What came of an appointment.
    pub(crate) async fn attend(&self, order: &str, no: u16, outcome: &str) -> Result<(), Failure> {
        let mut attendance = json!({
            "meeting": {"scheduled": no}, "outcome": outcome, "done": "2026-02-27"
        });
        if outcome == "complied"
            && let Some(fields) = attendance.as_object_mut()
        {
            fields.insert("credit".to_owned(), json!({"minutes": 360}));
        }
        let record = json!({"record_attendance": attendance});
        self.tell::<Order>("probation", order, record).await?;
        self.settle().await
    }

    /// An order as it stands.
    pub(crate) async fn order(&self, id: &str) -> Result<Found<Order>, Failure> {
        Ok(self.registry.show(&call("judge")?, id, AsOf::Now).await?)
    }

    /// The entry that an order was changed by last.
    pub(crate) async fn last_entry(&self, id: &str) -> Result<u64, Failure> {
        let order = self.order(id).await?;
        Ok(order.entries.last().map_or(0, |entry| entry.index))
    }

    /// A supervision as it stands.
    pub(crate) async fn supervision(&self, id: &str) -> Result<Found<Supervision>, Failure> {
        Ok(self.registry.show(&call("judge")?, id, AsOf::Now).await?)
    }
}
