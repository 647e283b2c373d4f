//! Several writers at once, in one process and in two.

use std::collections::BTreeSet;

use super::super::{Outcome, Store};
use super::sample::{append, keyed};
use super::support::{NOON, Place, contract};
use crate::clock::{Clock, FixedClock};

contract! {
    groups_stand_in_the_ledger_without_a_gap: groups_rule;
    two_appenders_share_the_ledger_without_a_gap: two_appenders_rule;
    of_two_that_race_for_a_stream_one_wins: a_race_rule;
    a_key_is_used_once_by_however_many_at_once: a_key_race_rule;
    the_instant_of_storing_never_goes_backwards: an_instant_rule;
    followers_are_told_of_growth: growth_rule;
}

/// Writes `count` streams of two events at once, all through this store; gives the indexes told.
async fn write(store: &Store, name: &str, count: usize) -> BTreeSet<u64> {
    let writers = (0..count).map(|n| {
        let (store, stream) = (store.clone(), format!("{name}-{n}"));
        tokio::spawn(async move { store.append(append(&stream, 0, 2)).await.unwrap() })
    });
    let mut told = BTreeSet::new();
    for writer in writers.collect::<Vec<_>>() {
        let outcome = writer.await.unwrap();
        let Outcome::Stored(stored) = outcome else {
            panic!("{outcome:?}");
        };
        told.extend(stored.indexes());
    }
    told
}

async fn groups_rule(place: Place) {
    let store = place.open().await;
    let told = write(&store, "a", 300).await;
    assert_eq!(told, (0..600).collect());
    let rows = store.page(0, 600).await.unwrap();
    assert!(rows.chunks(2).all(|pair| pair[0].stream == pair[1].stream));
}

async fn two_appenders_rule(place: Place) {
    let (one, two) = (place.open().await, place.open().await);
    let (first, second) = tokio::join!(write(&one, "one", 200), write(&two, "two", 200));
    assert!(first.is_disjoint(&second));
    assert_eq!(&first | &second, (0..800).collect());
    assert_eq!(
        one.page(0, 1_000).await.unwrap(),
        two.page(0, 1_000).await.unwrap()
    );
}

async fn a_race_rule(place: Place) {
    let (one, two) = (place.open().await, place.open().await);
    for version in 0..20 {
        let mut other = append("a", version, 1);
        other.context.actor = "judge-8".to_owned();
        let (first, second) = tokio::join!(one.append(append("a", version, 1)), two.append(other));
        let (first, second) = (first.unwrap(), second.unwrap());
        let lost = Outcome::Conflict {
            actual: version + 1,
        };
        assert!((first == lost) != (second == lost), "{first:?} {second:?}");
    }
    assert_eq!(one.head().await.unwrap(), 20);
}

async fn a_key_race_rule(place: Place) {
    let stores = [place.open().await, place.open().await];
    let asking = (0..20).map(|n| {
        let store = stores[n % 2].clone();
        tokio::spawn(async move { store.append(keyed("a", 0, "k", 1)).await.unwrap() })
    });
    let mut accepted = 0;
    for asked in asking.collect::<Vec<_>>() {
        match asked.await.unwrap() {
            Outcome::Stored(_) => accepted += 1,
            Outcome::Repeated(earlier) => assert_eq!(earlier.indexes(), 0..1),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!((accepted, stores[0].head().await.unwrap()), (1, 1));
}

async fn an_instant_rule(place: Place) {
    let hand = FixedClock::at(NOON);
    let store = place.open_at(Clock::Fixed(hand.clone())).await;
    let mut moments = Vec::new();
    for (n, step) in [0, 10, -40, 50].into_iter().enumerate() {
        hand.advance(step);
        let outcome = store.append(append(&n.to_string(), 0, 1)).await.unwrap();
        if let Outcome::Stored(stored) = outcome {
            moments.push(stored.stored_us - NOON);
        }
    }
    assert_eq!(moments, [0, 10, 10, 20]);
    for (instant, index) in [
        (-1, None),
        (0, Some(0)),
        (9, Some(0)),
        (10, Some(2)),
        (99, Some(3)),
    ] {
        assert_eq!(
            store.index_as_of(NOON + instant).await.unwrap(),
            index,
            "at {instant}"
        );
    }
}

async fn growth_rule(place: Place) {
    let store = place.open().await;
    let mut growth = store.growth();
    store.append(append("a", 0, 3)).await.unwrap();
    growth.changed().await.unwrap();
    assert_eq!(*growth.borrow_and_update(), 3);
    store.append(append("a", 0, 3)).await.unwrap();
    assert!(!growth.has_changed().unwrap(), "a conflict is no growth");
}
