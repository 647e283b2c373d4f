//! The store under cqrs-es.

use std::collections::BTreeMap;

use cqrs_es::event_sink::EventSink;
use cqrs_es::persist::{PersistedEventRepository, PersistedEventStore, PersistenceError};
use cqrs_es::{Aggregate, AggregateError, CqrsFramework, DomainEvent, EventStore};
use postgres_es::PostgresEventRepository;
use serde::{Deserialize, Serialize};

use super::super::database::Database;
use super::super::{Repository, Store, StreamName, with_receipt};
use super::support::{NOON, Place, contract, on_server};
use crate::clock::Clock;
use crate::ids::IdSource;

/// Hours of unpaid work, counted.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Hours {
    credited: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Credited {
    hours: u64,
}

impl DomainEvent for Credited {
    fn event_type(&self) -> String {
        "hours.credited".to_owned()
    }

    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

impl Aggregate for Hours {
    const TYPE: &'static str = "hours";
    type Command = u64;
    type Event = Credited;
    type Error = std::convert::Infallible;
    type Services = ();

    async fn handle(
        &mut self,
        hours: u64,
        (): &(),
        sink: &EventSink<Self>,
    ) -> Result<(), Self::Error> {
        sink.write(Credited { hours }, self).await;
        Ok(())
    }

    fn apply(&mut self, event: Credited) {
        self.credited += event.hours;
    }
}

fn repository(store: &Store) -> Repository {
    Repository::new(store.clone(), Clock::fixed(NOON), IdSource::seeded(1))
}

fn events(store: &Store) -> PersistedEventStore<Repository, Hours> {
    PersistedEventStore::new_event_store(repository(store))
}

fn metadata() -> impl IntoIterator<Item = (String, String)> {
    let fields = [
        ("actor", "officer-3"),
        ("role", "probation officer"),
        ("occurred", "2026-03-02"),
    ];
    BTreeMap::from(fields.map(|(name, text)| (name.to_owned(), text.to_owned())))
}

async fn credit(store: &Store, hours: u64) -> Option<u64> {
    let framework = CqrsFramework::new(events(store), vec![], ());
    let metadata = metadata().into_iter().collect();
    let command = framework.execute_with_metadata("a", hours, metadata);
    let (done, receipt) = with_receipt(command).await;
    done.unwrap();
    receipt.map(|stored| stored.first_index)
}

contract! {
    a_command_through_cqrs_es_learns_its_ledger_index: a_command_rule;
    a_race_inside_cqrs_es_is_a_conflict: a_race_rule;
    what_the_library_does_unsafely_is_refused: unsafe_rule;
}

async fn a_command_rule(place: Place) {
    let store = place.open().await;
    assert_eq!(credit(&store, 3).await, Some(0));
    assert_eq!(credit(&store, 4).await, Some(1));
    let loaded = events(&store).load_aggregate("a").await.unwrap();
    assert_eq!((loaded.aggregate.credited, loaded.current_sequence), (7, 2));
    let row = store.page(1, 1).await.unwrap().remove(0);
    let envelope = row.as_ref().envelope().unwrap();
    assert_eq!(envelope.context.actor, "officer-3");
    assert_eq!(envelope.context.recorded_us, NOON);
    assert_eq!(envelope.event.occurred.as_deref(), Some("2026-03-02"));
    assert_eq!(envelope.event.event_id.get_version_num(), 7);
    let ((), none) = with_receipt(async {}).await;
    assert_eq!(none, None);
}

async fn a_race_rule(place: Place) {
    let store = place.open().await;
    let before = events(&store).load_aggregate("a").await.unwrap();
    credit(&store, 3).await;
    let metadata = metadata().into_iter().collect();
    let late = events(&store)
        .commit(vec![Credited { hours: 1 }], before, metadata)
        .await;
    assert!(
        matches!(late, Err(AggregateError::AggregateConflict)),
        "{late:?}"
    );
    assert_eq!(store.head().await.unwrap(), 1);
}

async fn unsafe_rule(place: Place) {
    let store = place.open().await;
    credit(&store, 3).await;
    let repository = repository(&store);
    let events = repository.get_last_events::<Hours>("a", 0).await.unwrap();
    let snapshot = Some(("a".to_owned(), serde_json::Value::Null, 1));
    assert!(
        repository
            .persist::<Hours>(&events, snapshot)
            .await
            .is_err()
    );
    assert!(repository.stream_events::<Hours>("a").await.is_err());
    assert!(repository.stream_all_events::<Hours>().await.is_err());
    assert_eq!(repository.get_snapshot::<Hours>("a").await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_grouped_load_gives_what_postgres_es_gives() {
    let Some(place) = on_server().await else {
        return;
    };
    let store = place.open().await;
    for hours in 1..=5 {
        credit(&store, hours).await;
    }
    let Database::Postgres(postgres) = store.database() else {
        panic!("not on PostgreSQL");
    };
    let upstream = PostgresEventRepository::new(postgres.pool().clone());
    for id in ["a", "nobody"] {
        let stream = StreamName::new(Hours::TYPE, id);
        let (one, two) = tokio::join!(store.load(&stream, None), store.load(&stream, None));
        let theirs = upstream.get_events::<Hours>(id).await.unwrap();
        assert_eq!(one.unwrap().serialized(&stream).unwrap(), theirs);
        assert_eq!(two.unwrap().serialized(&stream).unwrap(), theirs);
    }
    assert_eq!(upstream.get_events::<Hours>("a").await.unwrap().len(), 5);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_insert_of_postgres_es_is_refused() {
    let Some(place) = on_server().await else {
        return;
    };
    let store = place.open().await;
    credit(&store, 1).await;
    let Database::Postgres(postgres) = store.database() else {
        panic!("not on PostgreSQL");
    };
    let upstream = PostgresEventRepository::new(postgres.pool().clone());
    let mut events = upstream.get_events::<Hours>("a").await.unwrap();
    events[0].sequence = 2;
    let refused = upstream.persist::<Hours>(&events, None).await;
    let Err(PersistenceError::UnknownError(why)) = refused else {
        panic!("{refused:?}");
    };
    assert!(why.to_string().contains("ledger_index"), "{why}");
    assert_eq!(store.head().await.unwrap(), 1);
}
