//! Our own readers of the ledger: by index, in order, each ending with a count.
//!
//! A hole is an alarm that names its place. A ledger that is shorter than the place a reader has
//! already reached is damaged too: it never shrinks.

use std::collections::BTreeMap;

use super::database::{Database, Value};
use super::envelope::StreamName;
use super::load::in_order;
use super::row::{EventRow, RowRef};
use super::{postgres, sqlite};
use crate::error::{Damage, StoreError};
use crate::ledger::Leaf;

pub(super) const READING: &str = "reading the ledger";

/// What a replay does with each event, in ledger order.
pub trait Visitor: Send + 'static {
    /// Takes one event; an error ends the replay.
    fn visit(&mut self, row: RowRef<'_>) -> Result<(), StoreError>;
}

impl<F> Visitor for F
where
    F: FnMut(RowRef<'_>) -> Result<(), StoreError> + Send + 'static,
{
    fn visit(&mut self, row: RowRef<'_>) -> Result<(), StoreError> {
        self(row)
    }
}

/// Lets through what follows the last row without a hole.
struct Counted<V> {
    inner: V,
    next: u64,
}

impl<V: Visitor> Visitor for Counted<V> {
    fn visit(&mut self, row: RowRef<'_>) -> Result<(), StoreError> {
        if row.index != self.next {
            return Err(missing(self.next, row.index).into());
        }
        self.next += 1;
        self.inner.visit(row)
    }
}

fn missing(from: u64, until: u64) -> Damage {
    let count = until.saturating_sub(from);
    Damage::new(format!(
        "{count} events are missing from the ledger, the first"
    ))
    .at(from)
}

/// The number of events: the index the next one will get.
pub(super) async fn head(database: &Database) -> Result<u64, StoreError> {
    match database {
        Database::Sqlite(sqlite) => sqlite::head(sqlite).await,
        Database::Postgres(postgres) => postgres::head(postgres).await,
    }
}

/// The last index stored at or before an instant.
pub(super) async fn index_as_of(
    database: &Database,
    instant_us: i64,
) -> Result<Option<u64>, StoreError> {
    match database {
        Database::Sqlite(sqlite) => sqlite::index_as_of(sqlite, instant_us).await,
        Database::Postgres(postgres) => postgres::index_as_of(postgres, instant_us).await,
    }
}

/// At most `limit` events from index `from`; fewer only where the ledger ends.
pub(super) async fn page(
    database: &Database,
    from: u64,
    limit: u64,
) -> Result<Vec<EventRow>, StoreError> {
    let size = reached(head(database).await?, from)?;
    let until = from.saturating_add(limit).min(size);
    let (low, high) = (signed(from), signed(until));
    let rows = match database {
        Database::Sqlite(sqlite) => sqlite::page(sqlite, low, high).await?,
        Database::Postgres(postgres) => postgres::page(postgres, low, high).await?,
    };
    let mut next = from;
    for row in &rows {
        if row.index != next {
            return Err(missing(next, row.index).into());
        }
        next += 1;
    }
    complete(next, until)?;
    Ok(rows)
}

/// At most `limit` events from index `from`, lent one after the other; fewer only where the ledger ends. The
/// visitor comes back with how many they were.
pub(super) async fn lend<V: Visitor>(
    database: &Database,
    from: u64,
    limit: u64,
    visitor: V,
) -> Result<(V, u64), StoreError> {
    let size = reached(head(database).await?, from)?;
    let size = from.saturating_add(limit).min(size);
    let mut counted = Counted {
        inner: visitor,
        next: from,
    };
    let (low, high) = (signed(from), signed(size));
    let rows = match database {
        Database::Sqlite(sqlite) => {
            let (visited, rows) = sqlite::replay(sqlite, low, high, counted).await?;
            counted = visited;
            rows
        }
        Database::Postgres(postgres) => postgres::replay(postgres, low, high, &mut counted).await?,
    };
    complete(counted.next, size)?;
    Ok((counted.inner, rows))
}

/// The events of one stream up to and with a ledger index, from the first.
pub(super) async fn stream_events(
    database: &Database,
    stream: &StreamName,
    up_to: u64,
) -> Result<Vec<EventRow>, StoreError> {
    let up_to = signed(up_to);
    let rows = match database {
        Database::Sqlite(sqlite) => sqlite::stream_events(sqlite, stream, up_to).await?,
        Database::Postgres(postgres) => postgres::stream_events(postgres, stream, up_to).await?,
    };
    let sequences = rows.iter().map(|row| row.sequence);
    in_order(&stream.kind, &stream.id, sequences)?;
    Ok(rows)
}

/// How many streams are asked for in one statement.
const TOGETHER: usize = 500;

/// The payloads of several streams of a kind up to and with a ledger index, each stream from its first event; a stream
/// that has not begun is not among them.
pub(super) async fn payloads(
    database: &Database,
    kind: &str,
    ids: &[String],
    up_to: u64,
) -> Result<BTreeMap<String, Vec<String>>, StoreError> {
    let mut streams: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for some in ids.chunks(TOGETHER) {
        let mut params = vec![Value::from(kind), Value::Int(signed(up_to))];
        params.extend(some.iter().map(|id| Value::from(id.as_str())));
        let places: Vec<String> = (3..=params.len()).map(|n| format!("${n}")).collect();
        let sql = format!(
            "SELECT aggregate_id, sequence, payload FROM events WHERE aggregate_type = $1 AND ledger_index <= $2 \
             AND aggregate_id IN ({}) ORDER BY aggregate_id, sequence",
            places.join(", ")
        );
        for row in database.query(&sql, &params).await? {
            let (id, sequence) = (row.text(0)?.to_owned(), row.count(1)?);
            let stream = streams.entry(id).or_default();
            let expected = u64::try_from(stream.len()).unwrap_or(u64::MAX) + 1;
            if sequence != expected {
                let missing = Damage::new("an event of the stream is missing");
                return Err(missing.in_stream(kind, row.text(0)?, expected).into());
            }
            stream.push(row.text(2)?.to_owned());
        }
    }
    Ok(streams)
}

fn reached(size: u64, from: u64) -> Result<u64, StoreError> {
    if from > size {
        let what = format!("the ledger ends before index {size}, and was read further before");
        return Err(Damage::new(what).at(from.saturating_sub(1)).into());
    }
    Ok(size)
}

fn complete(next: u64, size: u64) -> Result<(), StoreError> {
    if next == size {
        return Ok(());
    }
    Err(missing(next, size).into())
}

/// Both databases count in 63 bits; what lies beyond is beyond every row.
fn signed(index: u64) -> i64 {
    i64::try_from(index).unwrap_or(i64::MAX)
}

pub(super) fn leaf_of(bytes: &[u8]) -> Result<Leaf, StoreError> {
    bytes
        .try_into()
        .map(Leaf::from_bytes)
        .map_err(|_| Damage::new("a leaf has not 32 bytes").into())
}
