//! What the databases themselves refuse.

use super::super::database::Database;
use super::super::{Append, Outcome};
use super::sample::append;
use super::support::{NOON, Place, contract};
use crate::error::StoreError;

contract! {
    /// MR-6
    the_database_refuses_to_change_or_remove_events: the_database_refuses_rule;
    the_database_refuses_an_event_without_an_index: without_an_index_rule;
    a_command_the_database_refuses_fails_alone: a_refused_command_rule;
    keys_are_forgotten_after_thirty_days: keys_rule;
}

async fn the_database_refuses_rule(place: Place) {
    let store = place.open().await;
    store.append(append("a", 0, 2)).await.unwrap();
    let database = store.database();
    let mut changes = vec![
        "UPDATE events SET payload = '{}'",
        "UPDATE events SET stored_us = 0 WHERE ledger_index = 1",
        "DELETE FROM events WHERE ledger_index = 1",
        "DELETE FROM events",
    ];
    if let Database::Postgres(_) = database {
        changes.push("TRUNCATE events");
    } else {
        changes.push("REPLACE INTO events SELECT * FROM events WHERE ledger_index = 1");
    }
    for change in changes {
        let refused = database.execute(change, vec![]).await;
        assert!(
            matches!(refused, Err(StoreError::Rejected { .. })),
            "{change}: {refused:?}"
        );
    }
    assert_eq!(store.page(0, 5).await.unwrap().len(), 2);
}

async fn without_an_index_rule(place: Place) {
    let store = place.open().await;
    let sql = "INSERT INTO events (aggregate_type, aggregate_id, sequence, event_type, event_version, \
        payload, metadata) VALUES ('sentence', 'a', 1, 'sentence.imposed', '1', '{}', '{}')";
    let refused = store.database().execute(sql, vec![]).await;
    assert!(
        matches!(refused, Err(StoreError::Rejected { .. })),
        "{refused:?}"
    );
    assert_eq!(store.head().await.unwrap(), 0);
}

/// A check of the test's own stands for whatever a database may refuse about one event.
async fn a_refused_command_rule(place: Place) {
    let store = place.open().await;
    let sql = match store.database() {
        Database::Sqlite(_) => {
            "CREATE TRIGGER nothing_bad BEFORE INSERT ON events WHEN new.aggregate_id = 'bad' \
             BEGIN SELECT raise(ABORT, 'bad'); END"
        }
        Database::Postgres(_) => "ALTER TABLE events ADD CHECK (aggregate_id <> 'bad')",
    };
    store.database().script(sql).await.unwrap();
    let sent: Vec<_> = ["a", "bad", "b"]
        .map(|id| {
            let store = store.clone();
            tokio::spawn(async move { store.append(append(id, 0, 1)).await })
        })
        .into();
    let mut answers = Vec::new();
    for answer in sent {
        answers.push(answer.await.unwrap());
    }
    assert!(
        matches!(answers[0], Ok(Outcome::Stored(_))),
        "{:?}",
        answers[0]
    );
    assert!(
        matches!(answers[1], Err(StoreError::Rejected { .. })),
        "{:?}",
        answers[1]
    );
    assert!(
        matches!(answers[2], Ok(Outcome::Stored(_))),
        "{:?}",
        answers[2]
    );
    assert_eq!(store.page(0, 5).await.unwrap().len(), 2);
}

async fn keys_rule(place: Place) {
    let store = place.open().await;
    let keyed = |id: &str| -> Append { super::sample::keyed(id, 0, id, 1) };
    store.append(keyed("a")).await.unwrap();
    let days = |days: i64| NOON + days * 86_400_000_000;
    assert_eq!(store.forget_old_keys(days(30)).await.unwrap(), 0);
    assert!(matches!(
        store.append(keyed("a")).await.unwrap(),
        Outcome::Repeated(_)
    ));
    assert_eq!(store.forget_old_keys(days(30) + 1).await.unwrap(), 1);
    assert_eq!(
        store.append(keyed("a")).await.unwrap(),
        Outcome::Conflict { actual: 1 }
    );
}
