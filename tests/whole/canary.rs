//! Clear personal data is nowhere but in an answer to somebody entitled, and gone when its key is.

use domain::person::{Person, PersonEvent};
use domain::personal::{Disclosed, Sealed};
use domain::record::AnyEvent;
use domain::sentence::{Sentence, SentenceEvent};
use infra::access::Action;
use infra::registry::{AsOf, Registry};
use infra::store::database::Database;
use serde_json::{Value, json};
use tests::{Failure, Place, call, dump, receipt, theft};

use crate::searched::{Log, bytes_of, digits, files_that_hold, holds, server_files, text};

const NAME: &str = "Quetzalina Xanthopoulos-Canary";
const REASONS: &str = "the canary-cobalt-kingfisher reasons of the court";

/// The values as they are sealed in the events: the name and the reasons.
async fn sealed(registry: &Registry, person: &str, sentence: &str) -> Result<Vec<Sealed>, Failure> {
    let judge = call("judge")?;
    let found = registry.show::<Person>(&judge, person, AsOf::Now).await?;
    let decided = registry
        .show::<Sentence>(&judge, sentence, AsOf::Now)
        .await?;
    let mut values = Vec::new();
    for entry in found.entries.into_iter().chain(decided.entries) {
        let value = match entry.event {
            AnyEvent::Person(PersonEvent::Registered(r)) => r.identity.and_then(|i| i.name),
            AnyEvent::Sentence(SentenceEvent::Imposed { decision, .. }) => decision.reasons.clone(),
            _ => None,
        };
        values.extend(value.and_then(|v| v.sealed().cloned()));
    }
    Ok(values)
}

async fn disclosed(
    registry: &Registry,
    by: &str,
    values: &[Sealed],
) -> Result<Vec<Disclosed<String>>, Failure> {
    let call = call(by)?;
    let mut shown = Vec::new();
    for (value, action) in values.iter().zip([Action::ReadIdentity, Action::ReadWords]) {
        shown.extend(
            registry
                .disclose(&call, action, std::slice::from_ref(value))
                .await?,
        );
    }
    Ok(shown)
}

async fn record(registry: &Registry) -> Result<(String, String), Failure> {
    let person = registry.new_person_id();
    let register = json!({"register": {"sex": {"value": "female"}, "identity": {"name": NAME}}});
    receipt::<Person>(registry, "judge", &person.to_string(), register).await?;
    let mut decision = theft(json!({"custody": {"term": "P3M"}}));
    if let Some(decision) = decision.as_object_mut() {
        decision.insert("reasons".to_owned(), Value::from(REASONS));
    }
    let impose =
        json!({"impose": {"person": person, "pronounced": "2024-05-03", "decision": decision}});
    let sentence = registry.new_stream_id().to_string();
    receipt::<Sentence>(registry, "judge", &sentence, impose).await?;
    registry.processes().catch_up().await?;
    registry.projections().catch_up().await?;
    Ok((person.to_string(), sentence))
}

#[tokio::test]
async fn clear_personal_data_is_in_no_table_file_log_or_event() -> Result<(), Failure> {
    let log = Log::kept();
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let database = place.database().await?;
        let since = if place.is_on_server() {
            text(&database, "SELECT pg_walfile_name(pg_current_wal_lsn())").await?
        } else {
            String::new()
        };
        let (person, sentence) = record(&registry).await?;
        let values = sealed(&registry, &person, &sentence).await?;
        let clear = |text: &str| Disclosed::Clear(text.to_owned());
        assert_eq!(
            disclosed(&registry, "judge", &values).await?,
            [clear(NAME), clear(REASONS)]
        );
        let withheld = disclosed(&registry, "statistician", &values).await?;
        assert_eq!(withheld, [Disclosed::Withheld, Disclosed::Withheld]);

        let feed = registry.feed(&call("oversight")?, 0, 1_000).await?.rows;
        let feed: Vec<String> = feed.iter().map(|row| format!("{row:?}")).collect();
        let tables = dump(&database).await?;
        assert!(tables.contains(&sentence), "the dump shows what is there");
        for canary in [NAME, REASONS] {
            assert!(
                !holds(tables.as_bytes(), canary),
                "a table holds {canary:?}"
            );
            assert!(
                !holds(feed.concat().as_bytes(), canary),
                "an event holds {canary:?}"
            );
            assert!(
                !holds(log.text().as_bytes(), canary),
                "the log holds {canary:?}"
            );
            assert_eq!(
                files_that_hold(place.folder(), canary)?,
                Vec::<String>::new()
            );
            if place.is_on_server() {
                assert_eq!(
                    server_files(&database, &since, canary).await?,
                    Vec::<String>::new()
                );
            }
        }
    }
    tracing::warn!("what is logged is read here");
    assert!(!log.text().is_empty(), "something was logged");
    Ok(())
}

#[tokio::test]
async fn an_erased_value_reads_erased_and_its_key_is_gone() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let (person, sentence) = record(&registry).await?;
        let values = sealed(&registry, &person, &sentence).await?;
        let erase = json!({"erase_data": {"classes": ["identity"], "basis": "data-act-17"}});
        receipt::<Person>(&registry, "judge", &person, erase).await?;

        let shown = disclosed(&registry, "judge", &values).await?;
        let [Disclosed::Erased { basis, .. }, Disclosed::Clear(reasons)] = shown.as_slice() else {
            return Err(format!("{shown:?}").into());
        };
        assert_eq!((basis.as_str(), reasons.as_str()), ("data-act-17", REASONS));
        let database = place.database().await?;
        let keys = "SELECT class, CASE WHEN wrapped IS NULL THEN 0 ELSE 1 END FROM vault_keys ORDER BY class";
        let rows = database.query(keys, &[]).await?;
        let keys: Vec<(&str, i64)> = rows
            .iter()
            .map(|row| Ok((row.text(0)?, row.int(1)?)))
            .collect::<Result<_, Failure>>()?;
        assert_eq!(keys, [("identity", 0), ("judgment", 1)]);
        // The history is whole: every leaf is still the hash of what is stored.
        for row in registry.feed(&call("oversight")?, 0, 1_000).await?.rows {
            row.as_ref().check().map_err(|damage| damage.to_string())?;
        }
    }
    Ok(())
}

/// The wrapped key of the reasons, before they are erased.
async fn erase_reasons(
    database: &Database,
    registry: &Registry,
    person: &str,
) -> Result<Vec<u8>, Failure> {
    let key = "SELECT wrapped FROM vault_keys WHERE class = 'judgment'";
    let wrapped = database.query_one(key, &[]).await?.ok_or("a key")?;
    let erase = json!({"erase_data": {"classes": ["judgment"], "basis": "data-act-17"}});
    receipt::<Person>(registry, "judge", person, erase).await?;
    Ok(wrapped.blob(0)?.to_vec())
}

#[tokio::test]
async fn an_erasure_whose_key_came_back_is_carried_out_at_the_next_start() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let database = place.database().await?;
        let (person, _) = record(&registry).await?;
        let wrapped = erase_reasons(&database, &registry, &person).await?;
        // What is said after the erasure has a key of its own.
        let contest = json!({"contest_data": {"subject": "name", "statement": REASONS}});
        receipt::<Person>(&registry, "clerk", &person, contest).await?;
        // As a vault from an older backup would have it.
        let restore =
            "UPDATE vault_keys SET wrapped = $1, destroyed_us = NULL WHERE destroyed_us > 0";
        let restored = database.execute(restore, vec![wrapped.into()]).await?;
        assert_eq!(restored, 1);

        drop(place.open().await?);
        let sql = "SELECT class, CASE WHEN wrapped IS NULL THEN 0 ELSE 1 END FROM vault_keys \
                   ORDER BY created_us, class";
        let rows = database.query(sql, &[]).await?;
        let keys: Vec<(&str, i64)> = rows
            .iter()
            .map(|row| Ok((row.text(0)?, row.int(1)?)))
            .collect::<Result<_, Failure>>()?;
        assert_eq!(keys, [("identity", 1), ("judgment", 0), ("judgment", 1)]);
    }
    Ok(())
}

#[tokio::test]
async fn a_destroyed_key_is_in_no_file_of_the_register() -> Result<(), Failure> {
    let mut place = Place::on_file()?;
    let registry = place.midland().await?;
    let database = place.database().await?;
    let (person, _) = record(&registry).await?;
    let wrapped = erase_reasons(&database, &registry, &person).await?;
    for entry in std::fs::read_dir(place.folder())? {
        let path = entry?.path();
        let bytes = bytes_of(&path)?;
        let kept = bytes.windows(wrapped.len()).any(|window| window == wrapped);
        assert!(!kept, "{}", path.display());
    }
    Ok(())
}

#[test]
fn the_search_finds_a_canary_that_is_there() {
    let digits = digits(NAME);
    assert!(holds(format!("before {NAME} after").as_bytes(), NAME));
    assert!(holds(format!("before \\x00{digits}00").as_bytes(), NAME));
    assert!(!holds(b"Quetzalina", NAME));
}
