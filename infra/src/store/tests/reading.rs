//! How the ledger is read.

use std::sync::{Arc, Mutex};

use super::super::{EventRow, RowRef};
use super::sample::{append, stream};
use super::support::{Place, contract};

contract! {
    pages_and_replay_show_the_same_events: pages_and_replay_rule;
}

async fn pages_and_replay_rule(place: Place) {
    let store = place.open().await;
    for id in ["a", "b", "c"] {
        store.append(append(id, 0, 4)).await.unwrap();
    }
    let mut paged = store.page(0, 5).await.unwrap();
    assert_eq!(paged.len(), 5);
    paged.extend(store.page(5, 100).await.unwrap());
    let replayed: Arc<Mutex<Vec<EventRow>>> = Arc::default();
    let keep = Arc::clone(&replayed);
    let (_, seen) = store
        .replay(0, move |row: RowRef<'_>| {
            row.check()?;
            keep.lock().unwrap().push(row.to_row());
            Ok(())
        })
        .await
        .unwrap();
    assert_eq!(seen, 12);
    assert_eq!(*replayed.lock().unwrap(), paged);
    let rows = store.stream_events(&stream("b"), 5).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.index).collect::<Vec<_>>(), [4, 5]);
    assert_eq!(store.page(12, 5).await.unwrap(), []);
}
