//! A register with its router on one desk: sentences that made orders and supervisions, and a clock that stands at
//! 2 March 2026, 10:00.

use std::sync::Arc;

use api::identity::Sample;
use api::limits::Pace;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use domain::order::Order;
use domain::person::Person;
use domain::policy::{Adopt, Policy, PolicyCommand};
use domain::sentence::Sentence;
use domain::supervision::Supervision;
use infra::access::Call;
use infra::clock::{Clock, FixedClock};
use infra::ids::IdSource;
use infra::registry::{AsOf, Found, Kept, LedgerQuery, Opening, Options, Receipt, Registry, Wish};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::Failure;
use crate::html::Answer;

/// 2 March 2026, 10:00 in UTC.
const NOW: i64 = 1_772_445_600_000_000;

/// The tests ask faster than anybody may.
const PACE: Pace = Pace {
    commands: 100_000,
    reads: 100_000,
};

/// A register with its pages.
pub(crate) struct Desk {
    pub(crate) registry: Registry,
    router: Router,
}

/// A person with an order of 100 hours of unpaid work and a supervision, both of one year from 2 February 2026.
pub(crate) struct Case {
    pub(crate) order: String,
    pub(crate) supervision: String,
}

fn call(name: &str) -> Result<Call, Failure> {
    let sample = Sample::named(name).ok_or_else(|| format!("no sample identity {name}"))?;
    Ok(sample.call(None))
}

impl Desk {
    /// A register under the rules of Midland.
    pub(crate) async fn open() -> Result<Self, Failure> {
        let opening = Opening {
            url: "sqlite://:memory:".to_owned(),
            key_file: None,
            clock: Clock::Fixed(FixedClock::stepping(NOW, 1)),
            ids: IdSource::seeded(1),
            migrate: true,
        };
        let registry = Registry::open(opening).await?;
        let built_in = domain::jurisdiction::BUILT_IN.iter();
        let midland = built_in.clone().find(|(name, _)| *name == "midland");
        let (name, text) = midland.ok_or("the rules of Midland are built in")?;
        let adopt = PolicyCommand::Adopt(Adopt {
            version: "midland/1".parse()?,
            hash: registry.packs().keep(text.as_bytes()).await?,
            in_force_from: "2020-01-01".parse()?,
        });
        let administrator = call("administrator")?;
        registry
            .command::<Policy>(&administrator, name, adopt, Options::default())
            .await?;
        let router = api::server::router(registry.clone(), PACE, Arc::default());
        registry.start();
        Ok(Self { registry, router })
    }

    /// Somebody who was sentenced to unpaid work and supervision.
    pub(crate) async fn case(&self, name: &str) -> Result<Case, Failure> {
        let person = self.registry.new_person_id();
        let register = json!({"register": {
            "sex": {"value": "female"}, "identity": {"name": name}
        }});
        self.tell::<Person>("judge", &person.to_string(), register)
            .await?;
        let sentence = self.registry.new_stream_id().to_string();
        let impose = json!({"impose": {
            "person": person, "pronounced": "2026-02-02", "decision": {
                "court": "ashby",
                "counts": [{
                    "no": 1,
                    "offence": {"code": {"value": "M102"}, "category": {"value": "property"}},
                    "components": [{"no": 1, "sanction": {"community_order": {
                        "period": "P1Y", "requirements": [
                            {"kind": "unpaid-work", "quantity": {"minutes": 6000}},
                            {"kind": "supervision", "length": "P1Y"}]}}}]}]}}});
        self.tell::<Sentence>("judge", &sentence, impose).await?;
        self.settle().await?;
        let query = |sentence: String| LedgerQuery {
            sentence: Some(sentence),
            limit: 1,
            ..LedgerQuery::default()
        };
        let judge = call("judge")?;
        let orders = self.registry.orders(&judge, &query(sentence)).await?;
        let order = orders
            .rows
            .first()
            .ok_or("the sentence made no order")?
            .id
            .clone();
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

    /// Waits until everything that follows is carried out and filed.
    pub(crate) async fn settle(&self) -> Result<(), Failure> {
        self.registry.processes().catch_up().await?;
        self.registry.projections().catch_up().await?;
        Ok(())
    }

    /// A command as a program would send it.
    pub(crate) async fn tell<S>(
        &self,
        by: &str,
        id: &str,
        command: Value,
    ) -> Result<Receipt, Failure>
    where
        S: Kept,
        Wish<S>: serde::de::DeserializeOwned,
        <S as domain::stream::Stream>::Refusal: Send + Sync + 'static,
    {
        let command: Wish<S> = serde_json::from_value(command)?;
        let (by, options) = (call(by)?, Options::default());
        let told = self.registry.command::<S>(&by, id, command, options);
        Ok(told.await?)
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

    /// A supervision as it stands.
    pub(crate) async fn supervision(&self, id: &str) -> Result<Found<Supervision>, Failure> {
        Ok(self.registry.show(&call("judge")?, id, AsOf::Now).await?)
    }

    /// A page.
    pub(crate) async fn get(&self, by: &str, path: &str) -> Result<Answer, Failure> {
        let request = Request::get(path)
            .header("assize-identity", by)
            .body(Body::empty())?;
        self.answer(request).await
    }

    /// A form, sent.
    pub(crate) async fn post(
        &self,
        by: &str,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Result<Answer, Failure> {
        let pairs: Vec<String> = fields
            .iter()
            .map(|(n, v)| format!("{}={}", coded(n), coded(v)))
            .collect();
        let request = Request::post(path)
            .header("assize-identity", by)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(pairs.join("&")))?;
        self.answer(request).await
    }

    async fn answer(&self, request: Request<Body>) -> Result<Answer, Failure> {
        let response = self.router.clone().oneshot(request).await?;
        let location = response.headers().get(header::LOCATION);
        let location = location
            .map(|l| l.to_str().map(str::to_owned))
            .transpose()?;
        let status = response.status().as_u16();
        let body = to_bytes(response.into_body(), usize::MAX).await?;
        let html = String::from_utf8(body.to_vec())?;
        Ok(Answer {
            status,
            location,
            html,
        })
    }

    /// Sends a form and reads the page it leads to.
    pub(crate) async fn sent(
        &self,
        by: &str,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Result<Answer, Failure> {
        let answer = self.post(by, path, fields).await?;
        let location = answer.location.clone();
        let location = location.ok_or_else(|| format!("{}: {}", answer.status, answer.text()))?;
        assert_eq!(answer.status, 303);
        self.get(by, &location).await
    }
}

/// A text as forms send it.
fn coded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
            char::from(byte).to_string()
        }
        other => format!("%{other:02X}"),
    };
    text.bytes().map(byte).collect()
}
