//! What readers say when somebody altered the database behind the program's back.

use super::super::database::Database;
use super::super::{RowRef, Store};
use super::sample::{append, stream};
use super::support::{Place, contract};
use crate::error::{Damage, StoreError};

/// Changes the ledger as an administrator could, past the triggers.
async fn tamper(store: &Store, sql: &'static str) {
    let (before, after) = match store.database() {
        Database::Sqlite(_) => (
            "DROP TRIGGER events_refuse_update; DROP TRIGGER events_refuse_delete;",
            "",
        ),
        Database::Postgres(_) => (
            "ALTER TABLE events DISABLE TRIGGER USER;",
            "ALTER TABLE events ENABLE TRIGGER USER;",
        ),
    };
    let script = format!("{before} {sql}; {after}");
    store.database().script(script).await.unwrap();
}

async fn damaged(store: &Store) -> Damage {
    let replayed = store.replay(0, |row: RowRef<'_>| Ok(row.check()?)).await;
    match replayed.map(|(_, seen)| seen) {
        Err(StoreError::Corrupt(damage)) => damage,
        other => panic!("the damage was not found: {other:?}"),
    }
}

contract! {
    a_deleted_event_is_named_and_never_an_empty_answer: a_deleted_event_rule;
    an_altered_payload_is_named_by_stream_version_and_index: an_altered_payload_rule;
    metadata_with_a_field_more_is_damage: metadata_with_a_field_more_rule;
    a_ledger_shorter_than_a_reader_remembers_is_damage: a_shorter_ledger_rule;
}

async fn a_deleted_event_rule(place: Place) {
    let store = place.open().await;
    store.append(append("a", 0, 3)).await.unwrap();
    tamper(&store, "DELETE FROM events WHERE ledger_index = 1").await;
    assert_eq!(damaged(&store).await.index, Some(1));
    assert!(matches!(store.page(1, 1).await, Err(StoreError::Corrupt(d)) if d.index == Some(1)));
    let stream = stream("a");
    for read in [
        store.load(&stream, None).await.map(drop),
        store.stream_events(&stream, 2).await.map(drop),
    ] {
        let Err(StoreError::Corrupt(damage)) = read else {
            panic!("a shorter stream was given out");
        };
        assert_eq!(damage.sequence, Some(2));
    }
}

async fn an_altered_payload_rule(place: Place) {
    let store = place.open().await;
    store.append(append("a", 0, 1)).await.unwrap();
    store.append(append("b", 0, 2)).await.unwrap();
    tamper(
        &store,
        "UPDATE events SET payload = '{\"days\":1}' WHERE ledger_index = 2",
    )
    .await;
    let damage = damaged(&store).await;
    assert_eq!(damage.stream, Some(("sentence".to_owned(), "b".to_owned())));
    assert_eq!((damage.sequence, damage.index), (Some(2), Some(2)));
}

async fn metadata_with_a_field_more_rule(place: Place) {
    let store = place.open().await;
    store.append(append("a", 0, 1)).await.unwrap();
    let before = store.page(0, 1).await.unwrap().remove(0).metadata;
    let more = before.replacen('{', "{\"aside\":\"x\",", 1);
    let spaced = before.replacen('{', "{ ", 1);
    for altered in [more, spaced] {
        let sql = format!("UPDATE events SET metadata = '{altered}'");
        tamper(&store, Box::leak(sql.into_boxed_str())).await;
        assert!(damaged(&store).await.what.contains("metadata"));
        if let Database::Sqlite(_) = store.database() {
            // The triggers are gone for good on this side.
            return;
        }
    }
}

async fn a_shorter_ledger_rule(place: Place) {
    let store = place.open().await;
    store.append(append("a", 0, 2)).await.unwrap();
    tamper(&store, "DELETE FROM events").await;
    let page = store.page(2, 10).await;
    assert!(matches!(page, Err(StoreError::Corrupt(d)) if d.index == Some(1)));
}
