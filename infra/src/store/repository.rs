//! The store as cqrs-es sees it.
//!
//! On PostgreSQL a stream loads through postgres-es; what is decided goes to the appender. Since
//! `persist` answers nothing, the ledger index reaches the caller by a task-local receipt.
//! Snapshots and the library's own streaming are refused: the first store wrong state, the second
//! end silently on damage.

use std::cell::RefCell;
use std::future::Future;

use cqrs_es::Aggregate;
use cqrs_es::persist::{
    PersistedEventRepository, PersistenceError, ReplayStream, SerializedEvent, SerializedSnapshot,
};
use postgres_es::PostgresEventRepository;
use serde_json::Value;

use super::Store;
use super::append::{Append, Outcome, Stored};
use super::canonical::CanonicalJson;
use super::database::Database;
use super::envelope::{Context, NewEvent, StreamName};
use super::load::in_order;
use crate::clock::Clock;
use crate::error::{StoreError, Unacceptable};
use crate::ids::IdSource;

tokio::task_local! {
    static RECEIPT: RefCell<Option<Stored>>;
}

/// Runs a command and tells where its events stand in the ledger, if it stored any.
pub async fn with_receipt<F: Future>(command: F) -> (F::Output, Option<Stored>) {
    RECEIPT
        .scope(RefCell::new(None), async {
            let output = command.await;
            (output, RECEIPT.with(RefCell::take))
        })
        .await
}

/// An event repository for cqrs-es's `PersistedEventStore`, event-store mode only.
pub struct Repository {
    store: Store,
    upstream: Option<PostgresEventRepository>,
    clock: Clock,
    ids: IdSource,
}

impl Repository {
    /// A repository over a store. The ids are those of the events it stores.
    pub fn new(store: Store, clock: Clock, ids: IdSource) -> Self {
        let upstream = match store.database() {
            Database::Sqlite(_) => None,
            Database::Postgres(postgres) => {
                Some(PostgresEventRepository::new(postgres.pool().clone()))
            }
        };
        Self {
            store,
            upstream,
            clock,
            ids,
        }
    }

    fn append_of(&self, kind: &str, events: &[SerializedEvent]) -> Result<Append, Unacceptable> {
        let first = events.first().ok_or(Unacceptable::NoEvents)?;
        let now_us = self.clock.now_us();
        let (mut context, occurred) = context_of(&first.metadata)?;
        context.recorded_us = now_us;
        let events = events.iter().map(|event| {
            Ok(NewEvent {
                event_id: self.ids.event_id(now_us),
                event_type: event.event_type.clone(),
                event_version: event.event_version.clone(),
                occurred: occurred.clone(),
                payload: CanonicalJson::from_value(&event.payload)?,
            })
        });
        Ok(Append {
            stream: StreamName::new(kind, &first.aggregate_id),
            expected: u64::try_from(first.sequence.saturating_sub(1)).unwrap_or(u64::MAX),
            events: events.collect::<Result<_, _>>()?,
            context,
            key: None,
            relied: Vec::new(),
        })
    }
}

impl PersistedEventRepository for Repository {
    async fn get_events<A: Aggregate>(
        &self,
        id: &str,
    ) -> Result<Vec<SerializedEvent>, PersistenceError> {
        let Some(upstream) = &self.upstream else {
            let loaded = self.store.load_stream(A::TYPE, id).await;
            return loaded.map_err(persistence);
        };
        let events = upstream.get_events::<A>(id).await?;
        let sequences = events.iter().map(|event| event.sequence);
        in_order(A::TYPE, id, sequences).map_err(persistence)?;
        Ok(events)
    }

    async fn get_last_events<A: Aggregate>(
        &self,
        id: &str,
        last_sequence: usize,
    ) -> Result<Vec<SerializedEvent>, PersistenceError> {
        let mut events = self.get_events::<A>(id).await?;
        events.retain(|event| event.sequence > last_sequence);
        Ok(events)
    }

    async fn get_snapshot<A: Aggregate>(
        &self,
        _id: &str,
    ) -> Result<Option<SerializedSnapshot>, PersistenceError> {
        Ok(None)
    }

    async fn persist<A: Aggregate>(
        &self,
        events: &[SerializedEvent],
        snapshot: Option<(String, Value, usize)>,
    ) -> Result<(), PersistenceError> {
        if snapshot.is_some() {
            return Err(refused(
                "snapshots are not kept: the library's hold wrong state",
            ));
        }
        if events.is_empty() {
            return Ok(());
        }
        let append = self.append_of(A::TYPE, events);
        let append = append.map_err(|error| persistence(error.into()))?;
        match self.store.append(append).await.map_err(persistence)? {
            Outcome::Stored(stored) => {
                // Without a receipt asked for there is nobody to give it to.
                RECEIPT
                    .try_with(|receipt| receipt.replace(Some(stored)))
                    .unwrap_or_default();
                Ok(())
            }
            Outcome::Conflict { .. }
            | Outcome::Overtaken
            | Outcome::Repeated(_)
            | Outcome::KeyReused => Err(PersistenceError::OptimisticLockError),
        }
    }

    async fn stream_events<A: Aggregate>(
        &self,
        _id: &str,
    ) -> Result<ReplayStream, PersistenceError> {
        Err(refused(
            "the ledger is read by its own reader, which counts",
        ))
    }

    async fn stream_all_events<A: Aggregate>(&self) -> Result<ReplayStream, PersistenceError> {
        Err(refused(
            "the ledger is read by its own reader, which counts",
        ))
    }
}

fn refused(why: &'static str) -> PersistenceError {
    PersistenceError::UnknownError(why.into())
}

fn persistence(error: StoreError) -> PersistenceError {
    match error {
        StoreError::Unavailable { .. } | StoreError::Unsettled { .. } => {
            PersistenceError::ConnectionError(Box::new(error))
        }
        StoreError::Corrupt(_) => PersistenceError::DeserializationError(Box::new(error)),
        _ => PersistenceError::UnknownError(Box::new(error)),
    }
}

/// The circumstances as they stand in the metadata that cqrs-es repeats on each event.
fn context_of(metadata: &Value) -> Result<(Context, Option<String>), Unacceptable> {
    let mut context = Context::default();
    let mut occurred = None;
    let fields = metadata.as_object().into_iter().flatten();
    for (name, value) in fields {
        let text = value.as_str().map(str::to_owned);
        match name.as_str() {
            "actor" => context.actor = text.unwrap_or_default(),
            "role" => context.role = text.unwrap_or_default(),
            "office" => context.office = text,
            "purpose" => context.purpose = text,
            "policy" => context.policy = text,
            "correlation" => context.correlation = text,
            "causation" => context.causation = text,
            "occurred" => occurred = text,
            _ => {
                return Err(Unacceptable::UnknownField {
                    field: name.clone(),
                });
            }
        }
    }
    for (field, text) in [("actor", &context.actor), ("role", &context.role)] {
        if text.is_empty() {
            return Err(Unacceptable::MissingField { field });
        }
    }
    Ok((context, occurred))
}
