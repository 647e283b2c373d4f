//! Importing on PostgreSQL: the binary form of COPY under the ledger's lock.
//!
//! The rows are written out before the lock is taken, with room for what only the lock tells: the
//! index and the instant of storing.

use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::PgRow;
use sqlx::{Executor, PgConnection, Row};
use tokio::sync::Mutex;

use super::super::append::Stored;
use super::super::bulk::{Bulk, BulkOutcome, MovedStream, expectations};
use super::super::database::Postgres;
use super::super::database::postgres::{CHUNK, SIGNATURE, apply, failed, within};
use super::super::envelope::{SealedEvent, StreamName};
use super::append::unsigned;
use crate::error::{Damage, StoreError};

/// The longest a statement may take, or the transaction stand idle, while the lock is held.
const LIMIT: Duration = Duration::from_secs(20);
/// After this without a word the connection counts as lost, and with it the transaction.
const SILENT: Duration = Duration::from_secs(22);
const IMPORTING: &str = "importing events";
const RESERVE: &str = "SELECT next_index, moment, ord, actual FROM ledger_reserve($1, $2, $3, $4)";
/// Of a stream each version is there once.
const VERSIONS: &str = "events_stream";
const COPY: &str = "COPY events (ledger_index, stored_us, aggregate_type, aggregate_id, sequence, \
    event_type, event_version, payload, metadata, recorded_us, leaf) FROM STDIN (FORMAT binary)";

/// The connection that imports, and the room in which its rows are written; one batch at a time.
pub(crate) struct Importer {
    database: Postgres,
    kept: Mutex<(Option<PgConnection>, Rows)>,
}

impl std::fmt::Debug for Importer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Importer")
    }
}

impl Importer {
    pub(crate) fn new(database: Postgres) -> Self {
        Self {
            database,
            kept: Mutex::default(),
        }
    }

    pub(crate) async fn store_bulk(
        &self,
        bulk: &Bulk,
        now_us: i64,
    ) -> Result<BulkOutcome, StoreError> {
        let expected = expectations(&bulk.events)?;
        let mut kept = self.kept.lock().await;
        let (idle, rows) = &mut *kept;
        rows.write(&bulk.events)?;
        // On an error the connection is dropped, and with it the transaction and the lock.
        let mut connection = match idle.take() {
            Some(connection) => connection,
            None => self.database.dedicated(LIMIT, &[]).await?,
        };
        // Of a new stream the first event is new too, and COPY finds out at once if it is not: only streams that go on
        // are asked for, unless that has happened.
        let grown: Vec<_> = expected.iter().filter(|(_, at)| *at > 0).copied().collect();
        let filled = fill(&mut connection, bulk, &grown, rows, now_us).await?;
        let outcome = match filled {
            Some(stored @ BulkOutcome::Stored(_)) => stored,
            // Whoever asks is told of every stream that moved.
            Some(BulkOutcome::Moved(_)) | None => {
                fill(&mut connection, bulk, &expected, rows, now_us)
                    .await?
                    .ok_or_else(|| Damage::new("a stream is new and is in the ledger"))?
            }
        };
        *idle = Some(connection);
        Ok(outcome)
    }
}

/// Stores the batch where these streams are at their versions; nothing where an event that should be new is there.
async fn fill(
    connection: &mut PgConnection,
    bulk: &Bulk,
    expected: &[(&StreamName, i64)],
    rows: &mut Rows,
    now_us: i64,
) -> Result<Option<BulkOutcome>, StoreError> {
    command(connection, "BEGIN").await?;
    apply(connection, &bulk.with).await?;
    let (next, moment, moved) = reserve(connection, expected, now_us).await?;
    if !moved.is_empty() {
        command(connection, "ROLLBACK").await?;
        return Ok(Some(BulkOutcome::Moved(moved)));
    }
    let Some(copied) = copy(connection, rows.placed(next, moment)).await? else {
        command(connection, "ROLLBACK").await?;
        return Ok(None);
    };
    if copied != u64::try_from(bulk.events.len()).unwrap_or(u64::MAX) {
        return Err(Damage::new("the database took another number of events than it got").into());
    }
    let committed = command(connection, "COMMIT").await;
    committed.map_err(StoreError::unsettled)?;
    Ok(Some(BulkOutcome::Stored(Stored {
        first_index: unsigned(next)?,
        count: copied,
        stored_us: moment,
    })))
}

async fn command(connection: &mut PgConnection, sql: &'static str) -> Result<(), StoreError> {
    within(SILENT, IMPORTING, connection.execute(sql)).await?;
    Ok(())
}

async fn reserve(
    connection: &mut PgConnection,
    expected: &[(&StreamName, i64)],
    now_us: i64,
) -> Result<(i64, i64, Vec<MovedStream>), StoreError> {
    let (mut kinds, mut ids, mut versions) = (Vec::new(), Vec::new(), Vec::new());
    for (stream, version) in expected {
        kinds.push(stream.kind.as_str());
        ids.push(stream.id.as_str());
        versions.push(*version);
    }
    let query = sqlx::query(RESERVE)
        .bind(now_us)
        .bind(kinds)
        .bind(ids)
        .bind(versions);
    let rows = within(SILENT, IMPORTING, query.fetch_all(connection)).await?;
    let silent = || StoreError::from(Damage::new("the ledger's end was not told"));
    let (first, rest) = rows.split_first().ok_or_else(silent)?;
    let read = failed(IMPORTING);
    let next = first.try_get(0).map_err(&read)?;
    let moment = first.try_get(1).map_err(&read)?;
    let moved = rest.iter().map(|row| moved(row, expected));
    Ok((next, moment, moved.collect::<Result<_, _>>()?))
}

fn moved(row: &PgRow, expected: &[(&StreamName, i64)]) -> Result<MovedStream, StoreError> {
    let read = failed(IMPORTING);
    let ord: i64 = row.try_get(2).map_err(&read)?;
    let place = usize::try_from(ord - 1).unwrap_or(usize::MAX);
    let (stream, _) = expected
        .get(place)
        .ok_or_else(|| Damage::new("the database named a stream nobody asked about"))?;
    Ok(MovedStream {
        stream: (*stream).clone(),
        actual: unsigned(row.try_get(3).map_err(&read)?)?,
    })
}

/// How many rows were copied in; nothing where one of them is there already.
async fn copy(connection: &mut PgConnection, bytes: &[u8]) -> Result<Option<u64>, StoreError> {
    let mut copy = within(SILENT, IMPORTING, connection.copy_in_raw(COPY)).await?;
    for chunk in bytes.chunks(CHUNK) {
        within(SILENT, IMPORTING, copy.send(chunk)).await?;
    }
    let is_there = |error: &sqlx::Error| {
        let said = error.as_database_error();
        said.is_some_and(|said| said.constraint() == Some(VERSIONS))
    };
    let copied = async {
        match copy.finish().await {
            Err(error) if is_there(&error) => Ok(None),
            copied => copied.map(Some),
        }
    };
    within(SILENT, IMPORTING, copied).await
}

/// Rows in the binary form of COPY, and where each row's index begins. Their room is used again for the next batch.
#[derive(Default)]
struct Rows {
    bytes: Vec<u8>,
    places: Vec<usize>,
}

/// Two bytes count the fields, four tell the length of the index.
const TO_INDEX: usize = 2 + 4;
/// From the index to the instant of storing: its own eight bytes and the instant's length.
const TO_INSTANT: usize = 8 + 4;

impl Rows {
    fn write(&mut self, events: &[Arc<SealedEvent>]) -> Result<(), StoreError> {
        self.bytes.clear();
        self.places.clear();
        self.bytes.extend_from_slice(SIGNATURE);
        self.bytes.extend_from_slice(&[0; 8]);
        for event in events {
            self.push(event)?;
        }
        self.bytes.extend_from_slice(&(-1_i16).to_be_bytes());
        Ok(())
    }

    fn push(&mut self, event: &SealedEvent) -> Result<(), StoreError> {
        self.places.push(self.bytes.len() + TO_INDEX);
        self.bytes.extend_from_slice(&11_i16.to_be_bytes());
        let room = [0; 8];
        for field in [
            room.as_slice(),
            &room,
            event.stream.kind.as_bytes(),
            event.stream.id.as_bytes(),
            &event.sequence.to_be_bytes(),
            event.event_type.as_bytes(),
            event.event_version.as_bytes(),
            event.payload.as_bytes(),
            event.metadata.as_bytes(),
            &event.recorded_us.to_be_bytes(),
            event.leaf.as_bytes(),
        ] {
            let length = i32::try_from(field.len())
                .map_err(|error| StoreError::rejected("writing out an event", error))?;
            self.bytes.extend_from_slice(&length.to_be_bytes());
            self.bytes.extend_from_slice(field);
        }
        Ok(())
    }

    /// The rows with their indexes from `next`, stored at `moment`.
    fn placed(&mut self, next: i64, moment: i64) -> &[u8] {
        for (index, place) in (next..).zip(&self.places) {
            let place = *place;
            for (from, value) in [(place, index), (place + TO_INSTANT, moment)] {
                if let Some(room) = self.bytes.get_mut(from..from + 8) {
                    room.copy_from_slice(&value.to_be_bytes());
                }
            }
        }
        &self.bytes
    }
}
