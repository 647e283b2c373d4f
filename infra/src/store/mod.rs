//! The event store: every decision, in order, for ever.
//!
//! It knows nothing of what events mean. Streams are read whole, events are written by the
//! appender, and the ledger is read by index. What is stored is never changed: the database itself
//! refuses.

mod append;
mod appender;
mod bulk;
pub mod canonical;
pub mod database;
mod envelope;
mod load;
pub mod migrations;
mod postgres;
mod read;
mod repository;
mod row;
mod sqlite;
#[cfg(test)]
pub(crate) mod tests;

pub use append::{Append, IdempotencyKey, Outcome, SealedAppend, Stored};
pub use bulk::{Bulk, BulkOutcome, MovedStream};
pub use canonical::CanonicalJson;
pub use envelope::{Context, Envelope, Facts, NewEvent, SealedEvent, StreamName, Text};
pub use load::{KnownKey, Loaded, StreamEvent};
pub use read::Visitor;
pub use repository::{Repository, with_receipt};
pub use row::{EventRow, RowRef};

use std::collections::BTreeMap;
use std::sync::Arc;

use cqrs_es::persist::SerializedEvent;
use tokio::sync::watch;

use self::appender::{Appender, Writer};
use self::database::Database;
use crate::clock::Clock;
use crate::error::StoreError;

/// Thirty days.
const KEYS_KEPT_US: i64 = 30 * 24 * 60 * 60 * 1_000_000;
/// Loaders that share the waiting loads on PostgreSQL.
const LOADERS: usize = 1;

/// The event store of one process; clones share its appender and connections.
#[derive(Clone, Debug)]
pub struct Store {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    database: Database,
    appender: Appender,
    backend: Backend,
    clock: Clock,
}

/// What the two databases do differently beside appending.
#[derive(Debug)]
enum Backend {
    Sqlite(database::Sqlite),
    Postgres {
        loader: postgres::Loader,
        importer: Box<postgres::Importer>,
    },
}

impl Store {
    /// Opens the store over a database whose schema is current.
    pub async fn open(database: Database, clock: Clock) -> Result<Self, StoreError> {
        migrations::require_current(&database).await?;
        let (writer, backend) = match &database {
            Database::Sqlite(sqlite) => (
                Writer::Sqlite(sqlite::Writer::new(sqlite.clone())),
                Backend::Sqlite(sqlite.clone()),
            ),
            Database::Postgres(postgres) => (
                Writer::Postgres(Box::new(postgres::Writer::new(postgres.clone()))),
                Backend::Postgres {
                    loader: postgres::Loader::start(postgres, LOADERS),
                    importer: Box::new(postgres::Importer::new(postgres.clone())),
                },
            ),
        };
        let appender = Appender::start(writer, clock.clone());
        Ok(Self {
            inner: Arc::new(Inner {
                database,
                appender,
                backend,
                clock,
            }),
        })
    }

    /// The database under the store.
    pub fn database(&self) -> &Database {
        &self.inner.database
    }

    /// Stores the events of one command. Durable, with their ledger indexes, when told `Stored`.
    pub async fn append(&self, append: Append) -> Result<Outcome, StoreError> {
        self.append_sealed(append.seal()?).await
    }

    /// Stores events that are already hashed.
    pub async fn append_sealed(&self, append: SealedAppend) -> Result<Outcome, StoreError> {
        self.inner.appender.append(append).await
    }

    /// Stores many events of many streams, and rows of other tables with them, or nothing. An
    /// [`StoreError::Unsettled`] leaves open which: the caller's own rows tell.
    pub async fn append_bulk(&self, bulk: Bulk) -> Result<BulkOutcome, StoreError> {
        let now_us = self.inner.clock.now_us();
        let outcome = match &self.inner.backend {
            Backend::Sqlite(sqlite) => sqlite::store_bulk(sqlite, bulk, now_us).await?,
            Backend::Postgres { importer, .. } => importer.store_bulk(&bulk, now_us).await?,
        };
        if let BulkOutcome::Stored(stored) = &outcome {
            self.inner.appender.announce(stored.last_index() + 1);
        }
        Ok(outcome)
    }

    /// Tells followers in this process of the ledger's growth: the number of events known to be
    /// stored. Other processes' events show only with the next one here, so followers poll too.
    pub fn growth(&self) -> watch::Receiver<u64> {
        self.inner.appender.growth()
    }

    /// Forgets idempotency keys stored more than thirty days before `now_us`; how many.
    pub async fn forget_old_keys(&self, now_us: i64) -> Result<u64, StoreError> {
        let before = now_us.saturating_sub(KEYS_KEPT_US);
        let sql = "DELETE FROM idempotency_keys WHERE stored_us < $1";
        self.database().execute(sql, vec![before.into()]).await
    }

    /// A stream's events, and whether a request with this key was answered before, in one look.
    pub async fn load(
        &self,
        stream: &StreamName,
        key: Option<&IdempotencyKey>,
    ) -> Result<Loaded, StoreError> {
        let (stream, key) = (stream.clone(), key.cloned());
        match &self.inner.backend {
            Backend::Sqlite(sqlite) => sqlite::load(sqlite, stream, key).await,
            Backend::Postgres { loader, .. } => loader.load(stream, key).await,
        }
    }

    /// A stream's events as cqrs-es takes them.
    pub async fn load_stream(
        &self,
        kind: &str,
        id: &str,
    ) -> Result<Vec<SerializedEvent>, StoreError> {
        let stream = StreamName::new(kind, id);
        self.load(&stream, None).await?.serialized(&stream)
    }

    /// The number of events in the ledger: the index the next one will get.
    pub async fn head(&self) -> Result<u64, StoreError> {
        read::head(self.database()).await
    }

    /// The last ledger index stored at or before an instant; none if the ledger begins later.
    pub async fn index_as_of(&self, instant_us: i64) -> Result<Option<u64>, StoreError> {
        read::index_as_of(self.database(), instant_us).await
    }

    /// At most `limit` events from ledger index `from`; fewer only where the ledger ends.
    pub async fn page(&self, from: u64, limit: u64) -> Result<Vec<EventRow>, StoreError> {
        read::page(self.database(), from, limit).await
    }

    /// Lends every event from ledger index `from` to the head; gives the visitor back and the
    /// number of events it saw.
    pub async fn replay<V: Visitor>(&self, from: u64, visitor: V) -> Result<(V, u64), StoreError> {
        self.lend(from, u64::MAX, visitor).await
    }

    /// Lends at most `limit` events from ledger index `from`; fewer only where the ledger ends.
    pub(crate) async fn lend<V: Visitor>(
        &self,
        from: u64,
        limit: u64,
        visitor: V,
    ) -> Result<(V, u64), StoreError> {
        read::lend(self.database(), from, limit, visitor).await
    }

    /// One stream's events up to and with a ledger index.
    pub async fn stream_events(
        &self,
        stream: &StreamName,
        up_to: u64,
    ) -> Result<Vec<EventRow>, StoreError> {
        read::stream_events(self.database(), stream, up_to).await
    }

    /// The payloads of several streams of a kind up to and with a ledger index, by stream, each from its first event.
    pub(crate) async fn payloads(
        &self,
        kind: &str,
        ids: &[String],
        up_to: u64,
    ) -> Result<BTreeMap<String, Vec<String>>, StoreError> {
        read::payloads(self.database(), kind, ids, up_to).await
    }
}
