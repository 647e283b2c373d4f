//! Reading on SQLite, in order.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Params, Row};

use super::super::append::IdempotencyKey;
use super::super::database::Sqlite;
use super::super::database::sqlite::failed;
use super::super::envelope::StreamName;
use super::super::load::{Loaded, StreamEvent};
use super::super::read::{READING, Visitor, leaf_of};
use super::super::row::{EventRow, RowRef};
use super::append::{known_key, unsigned};
use crate::error::{Damage, StoreError};

/// The columns and their order; `page`, `replay` and `stream_events` differ in what follows.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT ledger_index, aggregate_type, aggregate_id, sequence, event_type, ",
            "event_version, payload, metadata, recorded_us, stored_us, leaf FROM events WHERE ",
            $rest
        )
    };
}

const RANGE: &str = select!("ledger_index >= ?1 AND ledger_index < ?2 ORDER BY ledger_index");
const STREAM: &str =
    select!("aggregate_type = ?1 AND aggregate_id = ?2 AND ledger_index <= ?3 ORDER BY sequence");
const LOAD: &str = "SELECT sequence, event_type, event_version, payload, metadata FROM events
    WHERE aggregate_type = ?1 AND aggregate_id = ?2 ORDER BY sequence";

pub(crate) async fn head(database: &Sqlite) -> Result<u64, StoreError> {
    database.read(|connection| size(connection)).await
}

fn size(connection: &Connection) -> Result<u64, StoreError> {
    let last = connection
        .prepare_cached("SELECT max(ledger_index) FROM events")
        .and_then(|mut statement| statement.query_row([], |row| row.get::<_, Option<i64>>(0)));
    last.map_err(failed(READING))?
        .map_or(Ok(0), |last| unsigned(last + 1))
}

/// A search by halves, since instants of storing never go backwards along the ledger.
pub(crate) async fn index_as_of(
    database: &Sqlite,
    instant: i64,
) -> Result<Option<u64>, StoreError> {
    database
        .read(move |connection| {
            let mut moment = connection
                .prepare_cached("SELECT stored_us FROM events WHERE ledger_index = ?1")
                .map_err(failed(READING))?;
            let (mut below, mut above) = (0, size(connection)?);
            while below < above {
                let middle = below + (above - below) / 2;
                let found = moment.query_row([middle], |row| row.get::<_, i64>(0));
                let found = match found {
                    Err(rusqlite::Error::QueryReturnedNoRows) => {
                        return Err(Damage::new("an event is missing").at(middle).into());
                    }
                    other => other.map_err(failed(READING))?,
                };
                if found <= instant {
                    below = middle + 1;
                } else {
                    above = middle;
                }
            }
            Ok(below.checked_sub(1))
        })
        .await
}

pub(crate) async fn page(
    database: &Sqlite,
    from: i64,
    until: i64,
) -> Result<Vec<EventRow>, StoreError> {
    database
        .read(move |connection| kept(connection, RANGE, [from, until]))
        .await
}

pub(crate) async fn stream_events(
    database: &Sqlite,
    stream: &StreamName,
    up_to: i64,
) -> Result<Vec<EventRow>, StoreError> {
    let stream = stream.clone();
    database
        .read(move |connection| kept(connection, STREAM, (&stream.kind, &stream.id, up_to)))
        .await
}

pub(crate) async fn replay<V: Visitor>(
    database: &Sqlite,
    from: i64,
    until: i64,
    mut visitor: V,
) -> Result<(V, u64), StoreError> {
    database
        .read(move |connection| {
            let mut rows = 0;
            each(connection, RANGE, [from, until], |row| {
                rows += 1;
                visitor.visit(row)
            })?;
            Ok((visitor, rows))
        })
        .await
}

/// A stream and what is known of a key, in one snapshot.
pub(crate) async fn load(
    database: &Sqlite,
    stream: StreamName,
    key: Option<IdempotencyKey>,
) -> Result<Loaded, StoreError> {
    database
        .read(move |connection| {
            let known = match &key {
                Some(key) => known_key(connection, key)?,
                None => None,
            };
            let read = failed("loading a stream");
            let mut events = Vec::new();
            let mut statement = connection.prepare_cached(LOAD).map_err(&read)?;
            let mut rows = statement.query([&stream.kind, &stream.id]).map_err(&read)?;
            while let Some(row) = rows.next().map_err(&read)? {
                events.push(StreamEvent {
                    sequence: unsigned(row.get(0).map_err(&read)?)?,
                    event_type: row.get(1).map_err(&read)?,
                    event_version: row.get(2).map_err(&read)?,
                    payload: row.get(3).map_err(&read)?,
                    metadata: row.get(4).map_err(&read)?,
                });
            }
            Loaded { events, known }.checked(&stream)
        })
        .await
}

fn kept(
    connection: &Connection,
    sql: &str,
    params: impl Params,
) -> Result<Vec<EventRow>, StoreError> {
    let mut found = Vec::new();
    each(connection, sql, params, |row| {
        found.push(row.to_row());
        Ok(())
    })?;
    Ok(found)
}

fn each(
    connection: &Connection,
    sql: &str,
    params: impl Params,
    mut visit: impl FnMut(RowRef<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(sql).map_err(failed(READING))?;
    let mut rows = statement.query(params).map_err(failed(READING))?;
    while let Some(row) = rows.next().map_err(failed(READING))? {
        visit(lend(row)?)?;
    }
    Ok(())
}

fn lend<'r>(row: &'r Row<'_>) -> Result<RowRef<'r>, StoreError> {
    let index = unsigned(integer(row, 0)?)?;
    let text = |n: usize| match row.get_ref(n) {
        Ok(ValueRef::Text(bytes)) => std::str::from_utf8(bytes)
            .map_err(|_| Damage::new("a text of the ledger is not UTF-8").at(index)),
        _ => Err(Damage::new("a text of the ledger is not text").at(index)),
    };
    let leaf = match row.get_ref(10) {
        Ok(ValueRef::Blob(bytes)) => leaf_of(bytes)?,
        _ => return Err(Damage::new("a leaf is not bytes").at(index).into()),
    };
    Ok(RowRef {
        index,
        stream_type: text(1)?,
        stream_id: text(2)?,
        sequence: unsigned(integer(row, 3)?)?,
        event_type: text(4)?,
        event_version: text(5)?,
        payload: text(6)?,
        metadata: text(7)?,
        recorded_us: integer(row, 8)?,
        stored_us: integer(row, 9)?,
        leaf,
    })
}

fn integer(row: &Row<'_>, column: usize) -> Result<i64, StoreError> {
    row.get(column).map_err(failed(READING))
}
