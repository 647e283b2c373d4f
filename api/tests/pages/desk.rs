//! A register with its router on one desk, and a clock that stands at 2 March 2026, 10:00.

use std::sync::Arc;

use api::identity::Sample;
use api::limits::Pace;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use domain::person::Person;
use domain::policy::{Adopt, Policy, PolicyCommand};
use domain::sentence::Sentence;
use infra::access::Call;
use infra::clock::{Clock, FixedClock};
use infra::ids::IdSource;
use infra::registry::{AsOf, Found, Kept, Opening, Options, Receipt, Registry, Wish};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::Failure;
use crate::html::{Answer, Sent};

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

pub(crate) fn call(name: &str) -> Result<Call, Failure> {
    let sample = Sample::named(name).ok_or_else(|| format!("no sample identity {name}"))?;
    Ok(sample.call(None))
}

/// What is told falls under the rules of Midland, whichever others were adopted.
fn midland() -> Result<Options, Failure> {
    Ok(Options {
        jurisdiction: Some("midland".parse()?),
        ..Options::default()
    })
}

impl Desk {
    /// A register under the rules of Midland.
    pub(crate) async fn open() -> Result<Self, Failure> {
        let opening = Opening {
            url: "sqlite://:memory:".to_owned(),
            key_file: None,
            log_key: None,
            clock: Clock::Fixed(FixedClock::stepping(NOW, 1)),
            ids: IdSource::seeded(1),
            migrate: true,
        };
        let registry = Registry::open(opening).await?;
        let router = api::server::router(registry.clone(), PACE, Arc::default());
        registry.start();
        let desk = Self { registry, router };
        desk.adopt("midland").await?;
        Ok(desk)
    }

    /// Adopts the rules of one of the jurisdictions that are built in.
    pub(crate) async fn adopt(&self, jurisdiction: &str) -> Result<(), Failure> {
        let built_in = domain::jurisdiction::BUILT_IN.iter();
        let pack = built_in.clone().find(|(name, _)| *name == jurisdiction);
        let (name, text) = pack.ok_or("the rules are built in")?;
        let adopt = PolicyCommand::Adopt(Adopt {
            version: format!("{jurisdiction}/1").parse()?,
            hash: self.registry.packs().keep(text.as_bytes()).await?,
            in_force_from: "2020-01-01".parse()?,
            unruled: Vec::new(),
        });
        self.registry
            .command::<Policy>(&call("administrator")?, name, adopt, Options::default())
            .await?;
        Ok(())
    }

    /// Somebody with a name.
    pub(crate) async fn person(&self, name: &str) -> Result<String, Failure> {
        let id = self.registry.new_person_id().to_string();
        let register = json!({"register": {
            "sex": {"value": "female"}, "identity": {"name": name}
        }});
        self.tell::<Person>("judge", &id, register).await?;
        Ok(id)
    }

    /// A sentence for theft of somebody new, pronounced on 2 February 2026, with these components.
    pub(crate) async fn sentence(&self, components: Value) -> Result<String, Failure> {
        let person = self.person("Ana Ash").await?;
        self.sentence_of(&person, components).await
    }

    /// The same of somebody known.
    pub(crate) async fn sentence_of(
        &self,
        person: &str,
        components: Value,
    ) -> Result<String, Failure> {
        let sentence = self.registry.new_stream_id().to_string();
        let impose = json!({"impose": {
            "person": person, "pronounced": "2026-02-02", "decision": {
                "court": "ashby", "case": "2026/114",
                "counts": [{
                    "no": 1,
                    "offence": {"code": {"value": "M102"}, "category": {"value": "property"}},
                    "components": components}]}}});
        self.tell::<Sentence>("judge", &sentence, impose).await?;
        self.settle().await?;
        Ok(sentence)
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
        let call = call(by)?;
        let told = self.registry.command::<S>(&call, id, command, midland()?);
        Ok(told.await?)
    }

    /// A sentence as it stands.
    pub(crate) async fn standing(&self, id: &str) -> Result<Found<Sentence>, Failure> {
        Ok(self.registry.show(&call("judge")?, id, AsOf::Now).await?)
    }

    /// A person's record as it stands.
    pub(crate) async fn record(&self, id: &str) -> Result<Found<Person>, Failure> {
        Ok(self.registry.show(&call("judge")?, id, AsOf::Now).await?)
    }

    /// A page.
    pub(crate) async fn get(&self, by: &str, path: &str) -> Result<Answer, Failure> {
        let request = Request::get(path)
            .header("assize-identity", by)
            .body(Body::empty())?;
        self.answer(request).await
    }

    /// A page, asked for with a cookie that was kept.
    pub(crate) async fn get_keeping(
        &self,
        by: &str,
        path: &str,
        cookie: &str,
    ) -> Result<Answer, Failure> {
        let kept = cookie.split(';').next().unwrap_or_default();
        let request = Request::get(path)
            .header("assize-identity", by)
            .header(header::COOKIE, kept)
            .body(Body::empty())?;
        self.answer(request).await
    }

    /// A form, sent.
    pub(crate) async fn post(
        &self,
        by: &str,
        path: &str,
        form: &(impl Sent + ?Sized),
    ) -> Result<Answer, Failure> {
        let pairs: Vec<String> = form
            .pairs()
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
        let cookie = response.headers().get(header::SET_COOKIE);
        let cookie = cookie.map(|c| c.to_str().map(str::to_owned)).transpose()?;
        let status = response.status().as_u16();
        let body = to_bytes(response.into_body(), usize::MAX).await?;
        let html = String::from_utf8(body.to_vec())?;
        Ok(Answer {
            status,
            location,
            cookie,
            html,
        })
    }

    /// Sends a form and reads the page it leads to.
    pub(crate) async fn sent(
        &self,
        by: &str,
        path: &str,
        form: &(impl Sent + ?Sized),
    ) -> Result<Answer, Failure> {
        let answer = self.post(by, path, form).await?;
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
