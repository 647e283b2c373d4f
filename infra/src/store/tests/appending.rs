//! How events enter the ledger.

use super::super::{Append, KnownKey, Outcome, Stored};
use super::sample::{self, append, keyed, stream};
use super::support::{NOON, Place, contract};

fn stored(first_index: u64, count: u64) -> Outcome {
    Outcome::Stored(Stored {
        first_index,
        count,
        stored_us: NOON,
    })
}

contract! {
    what_is_appended_is_loaded: what_is_appended_is_loaded_rule;
    a_conflict_fails_alone: a_conflict_fails_alone_rule;
    a_repeated_request_gets_its_first_answer: a_repeated_request_rule;
    what_was_decided_on_something_that_has_moved_is_not_stored: on_something_that_has_moved_rule;
}

async fn what_is_appended_is_loaded_rule(place: Place) {
    let store = place.open().await;
    assert_eq!(store.append(append("a", 0, 2)).await.unwrap(), stored(0, 2));
    assert_eq!(store.append(append("a", 2, 1)).await.unwrap(), stored(2, 1));
    let loaded = store.load(&stream("a"), None).await.unwrap();
    assert_eq!(loaded.version(), 3);
    let events = loaded.serialized(&stream("a")).unwrap();
    let days: Vec<_> = events
        .iter()
        .map(|event| event.payload["days"].clone())
        .collect();
    assert_eq!(days, [1, 2, 3]);
    assert_eq!(events[0].metadata["actor"], sample::context().actor);
    assert_eq!(store.load_stream(sample::KIND, "b").await.unwrap(), []);
}

async fn a_conflict_fails_alone_rule(place: Place) {
    let store = place.open().await;
    store.append(append("a", 0, 1)).await.unwrap();
    let (stale, fresh, ahead) = tokio::join!(
        store.append(append("a", 0, 1)),
        store.append(append("b", 0, 1)),
        store.append(append("c", 4, 1)),
    );
    assert_eq!(stale.unwrap(), Outcome::Conflict { actual: 1 });
    assert_eq!(fresh.unwrap(), stored(1, 1));
    assert_eq!(ahead.unwrap(), Outcome::Conflict { actual: 0 });
    assert_eq!(store.head().await.unwrap(), 2);
}

async fn a_repeated_request_rule(place: Place) {
    let store = place.open().await;
    let first = keyed("a", 0, "k", 1);
    let key = first.key.clone().unwrap();
    assert_eq!(
        store.load(&stream("a"), Some(&key)).await.unwrap().known,
        None
    );
    assert_eq!(store.append(first.clone()).await.unwrap(), stored(0, 1));
    let Outcome::Repeated(again) = store.append(first).await.unwrap() else {
        panic!("the key was not recognised");
    };
    assert_eq!((again.indexes(), again.stored_us), (0..1, NOON));
    let known = store.load(&stream("a"), Some(&key)).await.unwrap().known;
    assert_eq!(known, Some(KnownKey::Repeated(again)));
    let other = keyed("b", 0, "k", 2);
    let known = store
        .load(&stream("b"), other.key.as_ref())
        .await
        .unwrap()
        .known;
    assert_eq!(known, Some(KnownKey::Reused));
    assert_eq!(store.append(other).await.unwrap(), Outcome::KeyReused);
    assert_eq!(store.head().await.unwrap(), 1);
}

async fn on_something_that_has_moved_rule(place: Place) {
    let store = place.open().await;
    let relying = |id: &str, on: &str, version: u64| {
        let relied = vec![(stream("a"), 1), (stream(on), version)];
        Append {
            relied,
            ..append(id, 0, 1)
        }
    };
    store.append(append("a", 0, 1)).await.unwrap();
    assert_eq!(
        store.append(relying("b", "none", 0)).await.unwrap(),
        stored(1, 1)
    );
    assert_eq!(
        store.append(relying("c", "b", 2)).await.unwrap(),
        Outcome::Overtaken
    );
    assert_eq!(
        store.append(relying("c", "none", 1)).await.unwrap(),
        Outcome::Overtaken
    );
    assert_eq!(store.head().await.unwrap(), 2);
    store.append(append("a", 1, 1)).await.unwrap();
    // Beside others it fails alone, and what is expected of its own stream comes first.
    let (late, fresh, stale) = tokio::join!(
        store.append(relying("c", "b", 1)),
        store.append(append("d", 0, 1)),
        store.append(relying("b", "b", 7)),
    );
    assert_eq!(late.unwrap(), Outcome::Overtaken);
    assert_eq!(fresh.unwrap(), stored(3, 1));
    assert_eq!(stale.unwrap(), Outcome::Conflict { actual: 1 });
}
