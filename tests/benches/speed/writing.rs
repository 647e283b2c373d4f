//! Commands through the facade: allowed, loaded, decided, stored and answered with their ledger index, each with an
//! idempotency key, under a jurisdiction's rules. Ten to a stream, as the rivals do: a supervision is started, which
//! looks whether its person and its sentence are there, and nine contacts are recorded.

use std::path::Path;
use std::time::Instant;

use domain::policy::{Adopt, Policy, PolicyCommand};
use domain::supervision::{Supervision, SupervisionCommand};
use infra::access::Call;
use infra::registry::{Opening, Options, Registry};
use serde_json::{Value, json};
use tests::{Failure, call, impose, person};

use crate::measured::{Line, Measured};
use crate::rivals::Rivals;

const PER_STREAM: u64 = 10;

/// On the rivals' server: one at a time, eight and thirty-two.
pub(crate) async fn on_server(
    rivals: &Rivals,
    into: &mut Measured,
    events: u64,
) -> Result<(), Failure> {
    let url = rivals.database("bench_assize")?;
    into_database(&url, rivals.folder(), into, events).await?;
    rivals.sql("bench_assize", "VACUUM ANALYZE events")?;
    crate::replay::measure(&url, into).await
}

/// One at a time, eight and thirty-two, into a database.
pub(crate) async fn into_database(
    url: &str,
    folder: &Path,
    into: &mut Measured,
    events: u64,
) -> Result<(), Failure> {
    let registry = open(url, &folder.join("writing.key")).await?;
    for (concurrency, n) in [(1, events / 50), (8, events / 10), (32, events / 10)] {
        commands(&registry, into, "assize", n, concurrency).await?;
    }
    Ok(())
}

/// On a file, as durable as the rivals: eight.
pub(crate) async fn on_file(into: &mut Measured, n: u64) -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let url = format!("sqlite://{}", folder.path().join("register.db").display());
    let registry = open(&url, &folder.path().join("register.key")).await?;
    commands(&registry, into, "assize-sqlite", n, 8).await
}

/// A new register under the rules of Midland.
pub(crate) async fn open(url: &str, key: &Path) -> Result<Registry, Failure> {
    let mut opening = Opening::at(url);
    opening.key_file = Some(key.to_owned());
    let registry = Registry::open(opening).await?;
    adopt(&registry, "midland").await?;
    Ok(registry)
}

/// Adopts a jurisdiction's rules that come with the register.
pub(crate) async fn adopt(registry: &Registry, name: &str) -> Result<(), Failure> {
    let built_in = domain::jurisdiction::BUILT_IN;
    let (_, text) = built_in
        .iter()
        .find(|(known, _)| *known == name)
        .ok_or("the rules are built in")?;
    let adopt = PolicyCommand::Adopt(Adopt {
        version: format!("{name}/1").parse()?,
        hash: registry.packs().keep(text.as_bytes()).await?,
        in_force_from: "2000-01-01".parse()?,
        unruled: Vec::new(),
    });
    let administrator = call("administrator")?;
    registry
        .command::<Policy>(&administrator, name, adopt, Options::default())
        .await?;
    Ok(())
}

async fn commands(
    registry: &Registry,
    into: &mut Measured,
    system: &str,
    n: u64,
    concurrency: u64,
) -> Result<(), Failure> {
    let who = person(registry, "female").await?;
    let (sentence, _) = impose(registry, who, json!({"custody": {"term": "P1Y"}})).await?;
    let start = json!({"start": {"person": who, "cause": {"sentence": sentence},
        "office": "ashby-probation", "done": "2024-06-01", "starts": "2024-06-01"}});
    let share = n / concurrency;
    let (before, _) = registry.head().await?;
    let began = Instant::now();
    let mut workers = Vec::new();
    for _ in 0..concurrency {
        workers.push(tokio::spawn(work(registry.clone(), start.clone(), share)));
    }
    let mut took = Vec::new();
    for worker in workers {
        took.extend(worker.await??);
    }
    let seconds = began.elapsed().as_secs_f64();
    let (after, _) = registry.head().await?;
    let done = share * concurrency;
    if after - before != done {
        return Err(format!("{done} commands made {} entries", after - before).into());
    }
    into.keep(Line::of(system, "command", done, concurrency, seconds));
    took.sort_by(f64::total_cmp);
    for percent in [50, 95, 99] {
        let at = took.get((took.len() - 1) * percent / 100).copied();
        let name = format!("command_latency_p{percent}");
        let at = at.ok_or("nothing was measured")?;
        into.keep(Line::of(system, &name, 1, concurrency, at));
    }
    Ok(())
}

async fn work(registry: Registry, start: Value, share: u64) -> Result<Vec<f64>, Failure> {
    let officer = call("probation")?;
    let mut took = Vec::new();
    let mut id = String::new();
    for i in 0..share {
        let wish = if i % PER_STREAM == 0 {
            id = registry.new_stream_id().to_string();
            start.clone()
        } else {
            json!({"record_contact": {"on": "2026-03-02", "kind": "telephone", "outcome": "completed",
                "done": "2026-03-02"}})
        };
        let began = Instant::now();
        one(&registry, &officer, &id, wish, i).await?;
        took.push(began.elapsed().as_secs_f64());
    }
    Ok(took)
}

async fn one(
    registry: &Registry,
    officer: &Call,
    id: &str,
    wish: Value,
    i: u64,
) -> Result<(), Failure> {
    let options = Options {
        key: Some((format!("{id}-{i}"), wish.to_string().into_bytes())),
        jurisdiction: Some("midland".parse()?),
        ..Options::default()
    };
    let command: SupervisionCommand = serde_json::from_value(wish)?;
    let receipt = registry
        .command::<Supervision>(officer, id, command, options)
        .await?;
    if receipt.indexes.is_empty() {
        return Err("a command recorded nothing".into());
    }
    Ok(())
}
