//! How files of events enter the ledger.

use std::sync::Arc;

use super::super::database::{Batch, Value};
use super::super::{Append, Bulk, BulkOutcome, Outcome, SealedEvent};
use super::sample::{append, stream};
use super::support::{NOON, Place, contract};
use crate::error::{StoreError, Unacceptable};

fn sealed(append: &Append) -> Vec<Arc<SealedEvent>> {
    let versions = append.expected + 1..;
    versions
        .zip(append.events.clone())
        .map(|(version, event)| {
            SealedEvent::seal(&append.stream, version, event, &append.context)
                .unwrap()
                .into()
        })
        .collect()
}

fn bulk(appends: &[Append]) -> Bulk {
    Bulk {
        events: appends.iter().flat_map(sealed).collect(),
        with: Batch::new(),
    }
}

fn note(text: &str) -> Batch {
    let mut batch = Batch::new();
    batch.run("INSERT INTO notes (note) VALUES ($1)", vec![text.into()]);
    batch
}

contract! {
    imported_events_are_events_like_others: imported_events_rule;
    a_bulk_refuses_streams_that_exist_and_stores_nothing: a_bulk_refuses_rule;
    other_rows_commit_with_the_events_or_not_at_all: other_rows_rule;
    a_bulk_beside_the_appender_leaves_no_gap: a_bulk_beside_the_appender_rule;
}

async fn imported_events_rule(place: Place) {
    let store = place.open().await;
    store.append(append("before", 0, 1)).await.unwrap();
    let import = bulk(&[append("a", 0, 2), append("b", 0, 1)]);
    let outcome = store.append_bulk(import).await.unwrap();
    let BulkOutcome::Stored(stored) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!((stored.indexes(), stored.stored_us), (1..4, NOON));
    let after = store.append(append("a", 2, 1)).await.unwrap();
    assert!(matches!(after, Outcome::Stored(after) if after.first_index == 4));
    assert_eq!(store.load(&stream("a"), None).await.unwrap().version(), 3);
    for row in store.page(0, 10).await.unwrap() {
        row.as_ref().check().unwrap();
    }
}

async fn a_bulk_refuses_rule(place: Place) {
    let store = place.open().await;
    store.append(append("b", 0, 2)).await.unwrap();
    let import = bulk(&[append("a", 0, 1), append("b", 0, 1), append("c", 3, 1)]);
    let BulkOutcome::Moved(moved) = store.append_bulk(import).await.unwrap() else {
        panic!("stored beside an existing stream");
    };
    let moved: Vec<_> = moved
        .iter()
        .map(|m| (m.stream.id.as_str(), m.actual))
        .collect();
    assert_eq!(moved, [("b", 2), ("c", 0)]);
    assert_eq!(store.head().await.unwrap(), 2);
    let mut holed = bulk(&[append("d", 0, 3)]);
    let mut events = holed.events.clone();
    events.remove(1);
    holed.events = events;
    let refused = store.append_bulk(holed).await;
    let expected = Unacceptable::OutOfOrder {
        kind: "sentence".to_owned(),
        id: "d".to_owned(),
        sequence: 3,
    };
    assert!(matches!(refused, Err(StoreError::Unacceptable(why)) if why == expected));
}

async fn other_rows_rule(place: Place) {
    let store = place.open().await;
    let database = store.database().clone();
    database
        .script("CREATE TABLE notes (note TEXT PRIMARY KEY)")
        .await
        .unwrap();
    let with = |text: &str, id: &str| Bulk {
        with: note(text),
        ..bulk(&[append(id, 0, 1)])
    };
    store.append_bulk(with("first", "a")).await.unwrap();
    let again = store.append_bulk(with("second", "a")).await.unwrap();
    assert!(matches!(again, BulkOutcome::Moved(_)));
    let clash = store.append_bulk(with("first", "b")).await;
    assert!(
        matches!(clash, Err(StoreError::Rejected { .. })),
        "{clash:?}"
    );
    let notes = database.query("SELECT note FROM notes", &[]).await.unwrap();
    assert_eq!(notes.len(), 1);
    assert_eq!(notes[0].values(), [Value::from("first")]);
    assert_eq!(store.head().await.unwrap(), 1);
    let after = store.append_bulk(with("third", "b")).await.unwrap();
    assert!(matches!(after, BulkOutcome::Stored(_)));
}

async fn a_bulk_beside_the_appender_rule(place: Place) {
    let store = place.open().await;
    let importing = async {
        for part in 0..10 {
            let appends: Vec<_> = (0..100)
                .map(|n| append(&format!("import-{part}-{n}"), 0, 2))
                .collect();
            let outcome = store.append_bulk(bulk(&appends)).await.unwrap();
            assert!(matches!(outcome, BulkOutcome::Stored(_)));
        }
    };
    let recording = async {
        for n in 0..50 {
            let outcome = store
                .append(append(&format!("live-{n}"), 0, 1))
                .await
                .unwrap();
            assert!(matches!(outcome, Outcome::Stored(_)));
        }
    };
    tokio::join!(importing, recording);
    assert_eq!(store.page(0, 5_000).await.unwrap().len(), 2_050);
}
