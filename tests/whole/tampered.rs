//! Whatever is altered behind the register's back, as whoever has the database could, is found and named.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use infra::ledger::{Divergence, Leaf, VerifyError, make_key};
use infra::registry::Registry;
use infra::store::database::Database;
use serde_json::json;
use tests::{Failure, Place, impose, person};

use crate::log::{NAME, checkpoint, signed};

/// What is altered, and how it is put back.
struct Altered {
    what: &'static str,
    by: String,
    back: String,
    /// The entry that is named, or the first of those that are.
    index: Option<u64>,
    /// What is said of it.
    said: &'static str,
}

/// Lets statements change what only grows, as the database's superuser can.
pub(crate) async fn unguarded(database: &Database) -> Result<(), Failure> {
    for table in ["events", "log_nodes", "log_checkpoints", "log_keys"] {
        if matches!(database, Database::Postgres(_)) {
            database
                .script(format!("ALTER TABLE {table} DISABLE TRIGGER ALL"))
                .await?;
            continue;
        }
        let sql = format!(
            "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = '{table}'"
        );
        for row in database.query(&sql, &[]).await? {
            database
                .script(format!("DROP TRIGGER {}", row.text(0)?))
                .await?;
        }
    }
    Ok(())
}

async fn divergence(registry: &Registry, keys: &[String]) -> Result<Option<Divergence>, Failure> {
    let seen = Arc::new(AtomicU64::new(0));
    match registry.verify(keys, None, seen).await {
        Ok(_) => Ok(None),
        Err(VerifyError::Diverges(found)) => Ok(Some(*found)),
        Err(VerifyError::Store(error)) => Err(error.into()),
    }
}

/// A literal of bytes in the database's own words.
fn bytes(database: &Database, bytes: &[u8]) -> String {
    use std::fmt::Write;
    let digits = bytes.iter().fold(String::new(), |mut text, byte| {
        let _infallible = write!(text, "{byte:02x}");
        text
    });
    match database {
        Database::Sqlite(_) => format!("x'{digits}'"),
        Database::Postgres(_) => format!("'\\x{digits}'::bytea"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_is_altered_behind_the_registers_back_is_found_and_named() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = signed(&mut place).await?;
        let woman = person(&registry, "female").await?;
        while registry.head().await?.0 < 300 {
            person(&registry, "female").await?;
        }
        let fine = json!({"fine": {"amount": {"minor": 20_000, "currency": "EUR"}}});
        impose(&registry, woman, fine).await?;
        let last = checkpoint(&registry).await?;
        let keys = [registry
            .log()
            .key()
            .ok_or("there is a key")?
            .verifier()
            .to_owned()];
        assert_eq!(divergence(&registry, &keys).await?, None);
        let database = place.database().await?;
        unguarded(&database).await?;
        let alterations = [
            of_an_entry(&database).await?,
            of_places(last.size),
            of_the_log(&database, last.size).await?,
        ];
        for altered in alterations.into_iter().flatten() {
            database.script(altered.by.clone()).await?;
            let found = divergence(&registry, &keys).await?;
            let found = found.ok_or_else(|| format!("{}: nothing is found", altered.what))?;
            assert_eq!(found.index, altered.index, "{}: {found:?}", altered.what);
            assert!(
                found.what.contains(altered.said),
                "{}: {found:?}",
                altered.what
            );
            database.script(altered.back.clone()).await?;
            assert_eq!(
                divergence(&registry, &keys).await?,
                None,
                "{}",
                altered.what
            );
        }
        // A log that another key signed is not believed.
        let folder = tempfile::tempdir()?;
        let other = make_key(&folder.path().join("other.key"), NAME)?;
        let found = divergence(&registry, &[other.verifier().to_owned()]).await?;
        assert!(found.is_some_and(|found| found.what.contains("no known key signed")));
    }
    Ok(())
}

const NOT_THE_HASH: &str = "the leaf is not the hash of the event";

/// What, by which words and back, and what is said of it.
const ENVELOPE: [(&str, &str, &str, &str); 7] = [
    (
        "a space in the metadata",
        "metadata = metadata || ' '",
        "metadata = rtrim(metadata)",
        "not in canonical form",
    ),
    (
        "the role",
        r#"metadata = replace(metadata, '"role":"judge"', '"role":"clerk"')"#,
        r#"metadata = replace(metadata, '"role":"clerk"', '"role":"judge"')"#,
        NOT_THE_HASH,
    ),
    (
        "the type",
        "event_type = 'person.merged'",
        "event_type = 'person.registered'",
        "",
    ),
    (
        "the version of the type",
        "event_version = '2'",
        "event_version = '1'",
        "",
    ),
    (
        "when it was recorded",
        "recorded_us = recorded_us + 1",
        "recorded_us = recorded_us - 1",
        NOT_THE_HASH,
    ),
    (
        "when it was stored",
        "stored_us = stored_us - 1000000",
        "stored_us = stored_us + 1000000",
        "goes backwards",
    ),
    (
        "the place in the stream",
        "sequence = 2",
        "sequence = 1",
        NOT_THE_HASH,
    ),
];

/// PostgreSQL keeps the metadata as JSON text.
fn of_json(database: &Database, set: &str) -> String {
    match (database, set.strip_prefix("metadata = ")) {
        (Database::Postgres(_), Some(text)) => {
            let text = text.replacen("metadata", "metadata::text", 1);
            format!("metadata = CAST({text} AS json)")
        }
        _ => set.to_owned(),
    }
}

/// Those of one entry, the fortieth.
async fn of_an_entry(database: &Database) -> Result<Vec<Altered>, Failure> {
    let sql = "SELECT payload, aggregate_id, leaf FROM events WHERE ledger_index = 40";
    let event = database.query_one(sql, &[]).await?.ok_or("no entry 40")?;
    let (payload, id) = (event.text(0)?, event.text(1)?);
    let changed = payload.replace("female", "male");
    assert_ne!(changed, payload);
    let other = bytes(database, Leaf::of(b"another").as_bytes());
    let own = bytes(database, event.blob(2)?);
    let payloads = |text: &str| format!("payload = '{text}'");
    let streams = |id: &str| format!("aggregate_id = '{id}'");
    let leaves = |bytes: &str| format!("leaf = {bytes}");
    let nobody = "0b5c1f9e-5a3c-4f0e-9a51-000000000001";
    let spaced = format!("{payload} ");
    let said_alone = ENVELOPE
        .map(|(what, by, back, said)| (what, of_json(database, by), of_json(database, back), said));
    let all = [
        (
            "the payload",
            payloads(&changed),
            payloads(payload),
            NOT_THE_HASH,
        ),
        (
            "a space in the payload",
            payloads(&spaced),
            payloads(payload),
            "",
        ),
        ("the stream", streams(nobody), streams(id), NOT_THE_HASH),
        ("the leaf", leaves(&other), leaves(&own), NOT_THE_HASH),
    ];
    let update = |set: &str| format!("UPDATE events SET {set} WHERE ledger_index = 40");
    let all = all
        .into_iter()
        .chain(said_alone)
        .map(|(what, by, back, said)| Altered {
            what,
            by: update(&by),
            back: update(&back),
            index: Some(40),
            said,
        });
    Ok(all.collect())
}

/// Those of where entries stand.
fn of_places(size: u64) -> Vec<Altered> {
    let moved = |from: u64, to: u64| {
        format!("UPDATE events SET ledger_index = {to} WHERE ledger_index = {from}")
    };
    let exchanged = [moved(40, 999_999), moved(41, 40), moved(999_999, 41)].join("; ");
    let end = size - 1;
    let kept = format!("CREATE TABLE kept AS SELECT * FROM events WHERE ledger_index = {end}");
    vec![
        Altered {
            what: "an entry taken out",
            by: moved(40, 1_000_040),
            back: moved(1_000_040, 40),
            index: Some(40),
            said: "missing",
        },
        Altered {
            what: "two entries in each other's place",
            by: exchanged.clone(),
            back: exchanged,
            index: Some(41),
            said: "goes backwards",
        },
        Altered {
            what: "the end taken away",
            by: format!("{kept}; DELETE FROM events WHERE ledger_index = {end}"),
            back: "INSERT INTO events SELECT * FROM kept; DROP TABLE kept".to_owned(),
            index: Some(end),
            said: "its end was taken away",
        },
    ]
}

/// Those of what is kept beside the ledger.
async fn of_the_log(database: &Database, size: u64) -> Result<Vec<Altered>, Failure> {
    let sql = format!("SELECT note FROM log_checkpoints WHERE size = {size}");
    let signed = database
        .query_one(&sql, &[])
        .await?
        .ok_or("no checkpoint")?;
    let signed = signed.text(0)?;
    let sql = "SELECT hash FROM log_nodes WHERE level = 1 AND nth = 0";
    let first = database.query_one(sql, &[]).await?.ok_or("no hash")?;
    let first = bytes(database, first.blob(0)?);
    let other = bytes(database, Leaf::of(b"another").as_bytes());
    let hash =
        |hash: &str| format!("UPDATE log_nodes SET hash = {hash} WHERE level = 1 AND nth = 0");
    let note = |text: &str| format!("UPDATE log_checkpoints SET note = {text} WHERE size = {size}");
    Ok(vec![
        Altered {
            what: "a hash that is kept",
            by: hash(&other),
            back: hash(&first),
            index: Some(0),
            said: "their hash was kept",
        },
        Altered {
            what: "a hash over what is not there",
            by: format!("INSERT INTO log_nodes (level, nth, hash) VALUES (1, 7, {other})"),
            back: "DELETE FROM log_nodes WHERE level = 1 AND nth = 7".to_owned(),
            index: Some(size),
            said: "entries that are not there",
        },
        Altered {
            what: "a checkpoint",
            by: note(&format!("replace(note, '{size}', '299')")),
            back: note(&format!("'{signed}'")),
            index: None,
            said: "no known key signed",
        },
        Altered {
            what: "a checkpoint in another's place",
            by: format!("UPDATE log_checkpoints SET size = 200 WHERE size = {size}"),
            back: format!("UPDATE log_checkpoints SET size = {size} WHERE size = 200"),
            index: None,
            said: "another size than it says",
        },
    ])
}

/// Whoever has the database can write an entry anew with its leaf; what was signed over it tells.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_entry_rewritten_with_its_leaf_is_found_by_what_was_signed() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = signed(&mut place).await?;
        for _ in 0..5 {
            person(&registry, "female").await?;
        }
        checkpoint(&registry).await?;
        for _ in 0..5 {
            person(&registry, "female").await?;
        }
        let last = checkpoint(&registry).await?;
        let keys = [registry
            .log()
            .key()
            .ok_or("there is a key")?
            .verifier()
            .to_owned()];
        let oversight = tests::call("oversight")?;
        let feed = registry.feed(&oversight, 7, 1).await?;
        let mut row = feed.rows.into_iter().next().ok_or("no entry")?;
        row.payload = row.payload.replace("female", "male");
        let canonical = row.as_ref().canonical_bytes();
        let leaf = Leaf::of(&canonical.map_err(|damage| damage.to_string())?);
        let database = place.database().await?;
        unguarded(&database).await?;
        let leaf = bytes(&database, leaf.as_bytes());
        let rewrite = format!(
            "UPDATE events SET payload = '{}', leaf = {leaf} WHERE ledger_index = 7",
            row.payload
        );
        database.script(rewrite).await?;
        let found = divergence(&registry, &keys)
            .await?
            .ok_or("nothing is found")?;
        assert_eq!(
            (found.index, found.until),
            (Some(6), Some(last.size)),
            "{found:?}"
        );
        assert!(found.what.contains("was signed over others"), "{found:?}");
        // Nothing more is signed over it, and no proof is given.
        person(&registry, "female").await?;
        assert!(registry.log().extend().await.is_err());
        assert!(registry.log().prove_inclusion(&last, 3).await.is_err());
    }
    Ok(())
}
