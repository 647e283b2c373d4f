//! An emergency: everybody who is held is screened through the facade, on a file. Beside it the plainest that one could
//! do with the same records: each event of the ledger read once, to its type.

use std::time::Instant;

use domain::emergency::Emergency;
use domain::values::{Code, Day};
use infra::clock::Clock;
use infra::registry::{AsOf, Registry};
use infra::store::Store;
use infra::store::database::Database;
use serde_json::json;
use tests::{Failure, call, hold, receipt};

use crate::measured::{Line, Measured};
use crate::replay::typed;
use crate::writing::open;

/// As many at a time as commands are measured on a file.
const CONCURRENCY: u32 = 8;

/// Holds so many people and screens them; then screens them again, when nothing is new.
pub(crate) async fn measure(into: &mut Measured, people: u32) -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let url = format!("sqlite://{}", folder.path().join("register.db").display());
    let registry = open(&url, &folder.path().join("register.key")).await?;
    let today = registry.today(AsOf::Now).await?;
    held(&registry, people, today).await?;
    let id = declared(&registry, today).await?;
    registry.catch_up().await?;
    for (measure, news) in [("screening", people), ("screening_again", 0)] {
        let began = Instant::now();
        let version: Code = "a1".parse()?;
        let screened = registry
            .screen(&call("release")?, &id, &version, None)
            .await?;
        let seconds = began.elapsed().as_secs_f64();
        if screened.recorded != usize::try_from(news)? {
            return Err(format!("{} of {news} people are new", screened.recorded).into());
        }
        let people = u64::from(people);
        into.keep(Line::of("assize-sqlite", measure, people, 1, seconds));
    }
    drop(registry);
    read_once(&url, into).await
}

async fn held(registry: &Registry, people: u32, today: Day) -> Result<(), Failure> {
    let mut workers = Vec::new();
    for worker in 0..CONCURRENCY {
        let registry = registry.clone();
        workers.push(tokio::spawn(async move {
            for number in (worker..people).step_by(usize::try_from(CONCURRENCY)?) {
                hold(&registry, number, today).await?;
            }
            Ok::<_, Failure>(())
        }));
    }
    for worker in workers {
        worker.await??;
    }
    Ok(())
}

async fn declared(registry: &Registry, today: Day) -> Result<String, Failure> {
    let id = registry.new_stream_id().to_string();
    let declare = json!({"declare": {
        "done": today, "basis": "mea-4", "justice_authority": "justice-ministry",
        "health_authority": {"value": "health-institute"}, "from": today, "ends": today.plus_days(90)
    }});
    receipt::<Emergency>(registry, "judge", &id, declare).await?;
    let publish = json!({"publish_criteria": {"done": today, "version": "a1", "criteria": [
        {"code": "short-rest", "reads": "days-left", "asks": {"at_most": 120}, "effect": "requires"},
        {"code": "short-term", "reads": "term-days", "asks": {"at_most": 1826}, "effect": "requires"},
        {"code": "violence", "reads": "offence-category", "asks": {"one_of": ["violence"]}, "effect": "excludes"},
        {"code": "open-case", "reads": "open-case", "asks": {"one_of": ["yes"]}, "effect": "excludes"},
        {"code": "old", "reads": "age", "asks": {"at_least": 65}, "effect": "protects"},
        {"code": "expecting", "reads": "pregnant", "asks": {"one_of": ["yes"]}, "effect": "protects"}
    ]}});
    receipt::<Emergency>(registry, "judge", &id, publish).await?;
    Ok(id)
}

/// The plain baseline: the whole ledger, once.
async fn read_once(url: &str, into: &mut Measured) -> Result<(), Failure> {
    let store = Store::open(Database::open(url).await?, Clock::System).await?;
    let began = Instant::now();
    let (_, seen) = store.replay(0, typed).await?;
    let seconds = began.elapsed().as_secs_f64();
    into.keep(Line::of("ledger-sqlite", "read_once", seen, 1, seconds));
    Ok(())
}
