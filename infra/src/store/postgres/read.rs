//! Reading the ledger on PostgreSQL, in order.

use std::iter::successors;

use futures::{FutureExt, StreamExt, TryStreamExt, stream};
use sqlx::Row;
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::query::Query;

use super::super::database::Postgres;
use super::super::database::postgres::{SIGNATURE, SILENCE, failed, within};
use super::super::envelope::StreamName;
use super::super::read::{READING, Visitor, leaf_of};
use super::super::row::{EventRow, RowRef};
use super::append::unsigned;
use crate::error::{Damage, StoreError};

/// From here on COPY, which is planned each time, is quicker than a prepared statement.
const WIDE: i64 = 256;
/// Events that are asked for together at first, so that the first are there soon, and at most.
const FIRST_SLICE: i64 = 500;
const SLICE: i64 = 5_000;
/// Bytes that a row takes mostly.
const ROW: usize = 768;
/// Slices on their way at once.
const AHEAD: usize = 3;
const COLUMNS: &str = "ledger_index, aggregate_type, aggregate_id, sequence, event_type, \
    event_version, payload, metadata, recorded_us, stored_us, leaf";

/// The number of events.
pub(crate) async fn head(database: &Postgres) -> Result<u64, StoreError> {
    let question = sqlx::query("SELECT max(ledger_index) FROM events");
    let last: Option<i64> = one(database, question).await?;
    last.map_or(Ok(0), |last| unsigned(last + 1))
}

pub(crate) async fn index_as_of(
    database: &Postgres,
    instant: i64,
) -> Result<Option<u64>, StoreError> {
    let question = sqlx::query("SELECT ledger_index_as_of($1)").bind(instant);
    let index: Option<i64> = one(database, question).await?;
    index.map(unsigned).transpose()
}

async fn one(
    database: &Postgres,
    question: Query<'_, sqlx::Postgres, PgArguments>,
) -> Result<Option<i64>, StoreError> {
    let rows = database.fetch(READING, question).await?;
    let silent = || StoreError::from(Damage::new("the database answered with no row"));
    let row = rows.first().ok_or_else(silent)?;
    row.try_get(0).map_err(failed(READING))
}

pub(crate) async fn page(
    database: &Postgres,
    from: i64,
    until: i64,
) -> Result<Vec<EventRow>, StoreError> {
    if until - from > WIDE {
        let mut pages = Kept(Vec::new());
        replay(database, from, until, &mut pages).await?;
        return Ok(pages.0);
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM events WHERE ledger_index >= $1 AND ledger_index < $2 \
         ORDER BY ledger_index"
    );
    let question = sqlx::query(&sql).bind(from).bind(until);
    let rows = database.fetch(READING, question).await?;
    rows.iter().map(own).collect()
}

struct Kept(Vec<EventRow>);

impl Visitor for Kept {
    fn visit(&mut self, row: RowRef<'_>) -> Result<(), StoreError> {
        self.0.push(row.to_row());
        Ok(())
    }
}

pub(crate) async fn stream_events(
    database: &Postgres,
    stream: &StreamName,
    up_to: i64,
) -> Result<Vec<EventRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM events WHERE aggregate_type = $1 AND aggregate_id = $2 \
         AND ledger_index <= $3 ORDER BY sequence"
    );
    let question = sqlx::query(&sql)
        .bind(&stream.kind)
        .bind(&stream.id)
        .bind(up_to);
    let rows = database.fetch(READING, question).await?;
    rows.iter().map(own).collect()
}

/// Every event of a range, lent one after the other from the binary form of COPY: no text to
/// unescape, no value to build. To put rows into that form is more work than to read them, so the
/// server does it for the next slices, each on a connection of its own, while one is looked at.
pub(crate) async fn replay<V: Visitor>(
    database: &Postgres,
    from: i64,
    until: i64,
    visitor: &mut V,
) -> Result<u64, StoreError> {
    let first = (from, FIRST_SLICE);
    let sizes = successors(Some(first), |(start, size)| {
        Some((start.saturating_add(*size), (size * 2).min(SLICE)))
    });
    let mut slices = stream::iter(sizes.take_while(|(start, _)| *start < until))
        .map(|(start, size)| {
            let end = start.saturating_add(size).min(until);
            tokio::spawn(slice(database.clone(), start, end))
        })
        .buffered(AHEAD);
    let mut rows = 0;
    while let Some(slice) = slices.next().await {
        let stopped = |error| StoreError::unavailable(READING, std::io::Error::other(error));
        rows += decode(&slice.map_err(stopped)??, visitor)?;
    }
    Ok(rows)
}

/// A slice of the ledger as the server sends it.
async fn slice(database: Postgres, from: i64, until: i64) -> Result<Vec<u8>, StoreError> {
    let sql = format!(
        "COPY (SELECT {COLUMNS} FROM events WHERE ledger_index >= {from} AND ledger_index < {until} \
         ORDER BY ledger_index) TO STDOUT (FORMAT binary)"
    );
    let mut lent = database.lend(READING).await?;
    let rows = usize::try_from(until.saturating_sub(from)).unwrap_or_default();
    let mut arrived = Vec::with_capacity(rows.saturating_mul(ROW));
    {
        let mut chunks = within(SILENCE, READING, lent.copy_out_raw(&sql)).await?;
        loop {
            // What is there already needs no limit of time, and that is nearly every row.
            let chunk = match chunks.try_next().now_or_never() {
                Some(chunk) => chunk.map_err(failed(READING))?,
                None => within(SILENCE, READING, chunks.try_next()).await?,
            };
            let Some(chunk) = chunk else {
                break;
            };
            arrived.extend_from_slice(&chunk);
        }
    }
    lent.give_back();
    Ok(arrived)
}

fn own(row: &PgRow) -> Result<EventRow, StoreError> {
    let mut fields: [&[u8]; 11] = [&[]; 11];
    for (column, field) in fields.iter_mut().enumerate() {
        // A prepared statement answers in the same binary form as COPY.
        let raw = row.try_get_raw(column).map_err(failed(READING))?;
        *field = raw
            .as_bytes()
            .map_err(|_| Damage::new("a column of the ledger is null"))?;
    }
    decode_row(fields).map(|row| row.to_row())
}

/// Lends the rows of a whole answer in the binary form of COPY: a signature, then per row a count of fields and each
/// field's length and bytes, then a count of −1 ("COPY", PostgreSQL manual, File Formats).
fn decode<V: Visitor>(answer: &[u8], visitor: &mut V) -> Result<u64, StoreError> {
    let mut bytes = header(answer)?;
    let mut rows = 0;
    while let Some((row, after)) = take_row(bytes)? {
        visitor.visit(row)?;
        rows += 1;
        bytes = after;
    }
    Ok(rows)
}

/// What follows the signature.
fn header(answer: &[u8]) -> Result<&[u8], StoreError> {
    answer
        .split_at_checked(SIGNATURE.len() + 8)
        .filter(|(head, _)| head.starts_with(SIGNATURE) && head.ends_with(&[0; 8]))
        .map(|(_, after)| after)
        .ok_or_else(|| Damage::new("the database answered in an unknown form").into())
}

/// The first row and what follows it; nothing at the end of the answer.
fn take_row(bytes: &[u8]) -> Result<Option<(RowRef<'_>, &[u8])>, StoreError> {
    let cut = || Damage::new("the database ended its answer in the middle of a row");
    let (count, mut bytes) = bytes.split_first_chunk::<2>().ok_or_else(cut)?;
    if i16::from_be_bytes(*count) == -1 {
        return Ok(None);
    }
    let mut fields: [&[u8]; 11] = [&[]; 11];
    for field in &mut fields {
        let (length, after) = bytes.split_first_chunk::<4>().ok_or_else(cut)?;
        let length = usize::try_from(i32::from_be_bytes(*length))
            .map_err(|_| Damage::new("a column of the ledger is null"))?;
        (*field, bytes) = after.split_at_checked(length).ok_or_else(cut)?;
    }
    Ok(Some((decode_row(fields)?, bytes)))
}

fn decode_row(fields: [&[u8]; 11]) -> Result<RowRef<'_>, StoreError> {
    let [
        index,
        kind,
        id,
        sequence,
        event,
        version,
        payload,
        metadata,
        recorded,
        stored,
        leaf,
    ] = fields;
    let index = unsigned(integer(index)?)?;
    let text = |bytes| {
        std::str::from_utf8(bytes)
            .map_err(|_| Damage::new("a text of the ledger is not UTF-8").at(index))
    };
    Ok(RowRef {
        index,
        stream_type: text(kind)?,
        stream_id: text(id)?,
        sequence: unsigned(integer(sequence)?)?,
        event_type: text(event)?,
        event_version: text(version)?,
        payload: text(payload)?,
        metadata: text(metadata)?,
        recorded_us: integer(recorded)?,
        stored_us: integer(stored)?,
        leaf: leaf_of(leaf)?,
    })
}

fn integer(bytes: &[u8]) -> Result<i64, StoreError> {
    let bytes = bytes
        .try_into()
        .map_err(|_| Damage::new("an integer of the ledger has not eight bytes"))?;
    Ok(i64::from_be_bytes(bytes))
}
