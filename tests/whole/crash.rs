//! The program is killed under load, again and again: what was acknowledged is there, once, in its place.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use tests::{Failure, Place, Served, call, dump_read_models};

const ROUNDS: u64 = 10;
const WRITERS: usize = 8;
/// Answers given in each round before the program may end.
const ANSWERED: u64 = 8;

/// What one writer knows of its requests: the entry it was told, or nothing.
type Told = BTreeMap<String, Option<u64>>;

async fn register(served: &Served, id: &str) -> Result<u64, Failure> {
    let headers = format!("Content-Type: application/json\r\nIdempotency-Key: {id}\r\n");
    let body = json!({"register": {"sex": {"value": "male"}}}).to_string();
    let line = format!("POST /v1/persons/{id}");
    let answer = served.ask(&line, "judge", &headers, &body).await?;
    let entry = answer.json()?.pointer("/entries/0").and_then(Value::as_u64);
    entry.ok_or_else(|| format!("no entry in {answer:?}").into())
}

/// Registers persons one after another until the program is gone.
async fn write(served: Arc<Served>, over: Arc<AtomicBool>, answered: Arc<AtomicU64>) -> Told {
    let mut told = Told::new();
    while !over.load(Ordering::SeqCst) {
        let id = uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_OID, &fresh().to_be_bytes()).to_string();
        // An error here is the program's end: whether it was stored is what the test finds out.
        let entry = register(&served, &id).await.ok();
        answered.fetch_add(u64::from(entry.is_some()), Ordering::SeqCst);
        told.insert(id, entry);
    }
    told
}

fn fresh() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::SeqCst)
}

/// One life of the program: load from several writers, then an end at a moment nobody chose.
async fn round(place: &Place, number: u64) -> Result<Told, Failure> {
    let served = Arc::new(Served::start(place)?);
    let over = Arc::new(AtomicBool::new(false));
    let answered = Arc::new(AtomicU64::new(0));
    let writers: Vec<_> = (0..WRITERS)
        .map(|_| {
            let (over, answered) = (Arc::clone(&over), Arc::clone(&answered));
            tokio::spawn(write(Arc::clone(&served), over, answered))
        })
        .collect();
    // However slow the machine, it ends with work done and work under way.
    for _ in 0..60_000 {
        if answered.load(Ordering::SeqCst) >= ANSWERED {
            break;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    // Different in each round; which instruction it meets is up to the machine.
    tokio::time::sleep(Duration::from_millis(number * 53 % 200)).await;
    served.kill_now()?;
    over.store(true, Ordering::SeqCst);
    let mut told = Told::new();
    for writer in writers {
        told.append(&mut writer.await?);
    }
    Ok(told)
}

/// Each person stands in the ledger once, at the entry that was told.
async fn judge(place: &mut Place, told: &Told) -> Result<(), Failure> {
    let registry = place.open().await?;
    // The lease of the program that was killed runs out by the clock.
    place.clock.advance(3_600_000_000 * 24 * 365 * 10);
    let oversight = call("oversight")?;
    let mut stored: BTreeMap<String, u64> = BTreeMap::new();
    let mut next = 0;
    loop {
        let page = registry.feed(&oversight, next, 1_000).await?.rows;
        if page.is_empty() {
            break;
        }
        for row in page {
            assert_eq!(row.index, next, "the ledger has a gap");
            row.as_ref().check().map_err(|damage| damage.to_string())?;
            let twice = stored.insert(row.stream.id.clone(), row.index);
            assert_eq!(twice, None, "{} is there twice", row.stream.id);
            next += 1;
        }
    }
    for (id, entry) in told {
        assert_eq!(stored.get(id), entry.as_ref(), "person {id}");
    }
    assert_eq!(
        stored.len(),
        told.len() + 1,
        "and the adoption of the rules"
    );
    // What the killed program had filed is completed, and equals what is filed anew.
    registry.projections().catch_up().await?;
    let database = place.database().await?;
    let rows = dump_read_models(&database).await?;
    assert_eq!(registry.projections().facts().next_index(), next);
    assert_eq!(registry.projections().rebuild().await?, next);
    assert_eq!(dump_read_models(&database).await?, rows);
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_killed_ten_times_under_load_loses_and_doubles_nothing() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        drop(place.midland().await?);
        let mut told = Told::new();
        for number in 0..ROUNDS {
            told.append(&mut round(&place, number).await?);
        }
        let answers = u64::try_from(told.values().flatten().count())?;
        assert!(answers >= ROUNDS * ANSWERED, "{answers}");
        // Whoever got no answer asks again with the same key.
        let served = Served::start(&place)?;
        for (id, entry) in told.iter_mut().filter(|(_, entry)| entry.is_none()) {
            *entry = Some(register(&served, id).await?);
        }
        served.kill()?;
        judge(&mut place, &told).await?;
    }
    Ok(())
}
