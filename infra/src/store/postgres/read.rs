//! Reading the ledger on PostgreSQL, in order.

use futures::TryStreamExt;
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::query::Query;
use sqlx::{PgConnection, Row};

use super::super::database::Postgres;
use super::super::database::postgres::{SILENCE, failed, within};
use super::super::envelope::StreamName;
use super::super::read::{READING, Visitor, leaf_of};
use super::super::row::{EventRow, RowRef};
use super::append::unsigned;
use crate::error::{Damage, StoreError};

/// From here on COPY, which is planned each time, is quicker than a prepared statement.
const WIDE: i64 = 256;
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
/// unescape, no value to build.
pub(crate) async fn replay<V: Visitor>(
    database: &Postgres,
    from: i64,
    until: i64,
    visitor: &mut V,
) -> Result<u64, StoreError> {
    let sql = format!(
        "COPY (SELECT {COLUMNS} FROM events WHERE ledger_index >= {from} AND ledger_index < {until} \
         ORDER BY ledger_index) TO STDOUT (FORMAT binary)"
    );
    let mut lent = database.lend(READING).await?;
    let rows = copy_out(&mut lent, &sql, visitor).await?;
    lent.give_back();
    Ok(rows)
}

async fn copy_out<V: Visitor>(
    connection: &mut PgConnection,
    sql: &str,
    visitor: &mut V,
) -> Result<u64, StoreError> {
    let mut chunks = within(SILENCE, READING, connection.copy_out_raw(sql)).await?;
    let mut decoder = Decoder::default();
    while let Some(chunk) = within(SILENCE, READING, chunks.try_next()).await? {
        decoder.take(&chunk, visitor)?;
    }
    decoder.finish()
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

/// The binary form of COPY: a signature, then per row a count of fields and each field's length
/// and bytes, then a count of −1 ("COPY", PostgreSQL manual, File Formats).
#[derive(Default)]
struct Decoder {
    rest: Vec<u8>,
    begun: bool,
    ended: bool,
    rows: u64,
}

pub(super) const SIGNATURE: &[u8] = b"PGCOPY\n\xff\r\n\0";

impl Decoder {
    fn take<V: Visitor>(&mut self, chunk: &[u8], visitor: &mut V) -> Result<(), StoreError> {
        if self.rest.is_empty() {
            // A chunk is mostly one whole row: then nothing is copied.
            let left = self.decode(chunk, visitor)?;
            self.rest.extend_from_slice(left);
            return Ok(());
        }
        let mut bytes = std::mem::take(&mut self.rest);
        bytes.extend_from_slice(chunk);
        let left = self.decode(&bytes, visitor)?.len();
        bytes.drain(..bytes.len() - left);
        self.rest = bytes;
        Ok(())
    }

    /// Decodes whole rows and gives back what is left over.
    fn decode<'b, V: Visitor>(
        &mut self,
        mut bytes: &'b [u8],
        visitor: &mut V,
    ) -> Result<&'b [u8], StoreError> {
        if !self.begun {
            let Some(after) = header(bytes)? else {
                return Ok(bytes);
            };
            bytes = after;
            self.begun = true;
        }
        loop {
            match take_row(bytes)? {
                Taken::Row(row, after) => {
                    visitor.visit(row)?;
                    self.rows += 1;
                    bytes = after;
                }
                Taken::End => {
                    self.ended = true;
                    return Ok(&[]);
                }
                Taken::Partial => return Ok(bytes),
            }
        }
    }

    fn finish(self) -> Result<u64, StoreError> {
        if self.ended && self.rest.is_empty() {
            return Ok(self.rows);
        }
        Err(Damage::new("the database ended its answer in the middle of a row").into())
    }
}

fn header(bytes: &[u8]) -> Result<Option<&[u8]>, StoreError> {
    let Some((head, after)) = bytes.split_at_checked(SIGNATURE.len() + 8) else {
        return Ok(None);
    };
    if !head.starts_with(SIGNATURE) || !head.ends_with(&[0; 8]) {
        return Err(Damage::new("the database answered in an unknown form").into());
    }
    Ok(Some(after))
}

enum Taken<'b> {
    Row(RowRef<'b>, &'b [u8]),
    End,
    Partial,
}

fn take_row(bytes: &[u8]) -> Result<Taken<'_>, StoreError> {
    let Some((count, mut bytes)) = bytes.split_first_chunk::<2>() else {
        return Ok(Taken::Partial);
    };
    if i16::from_be_bytes(*count) == -1 {
        return Ok(Taken::End);
    }
    let mut fields: [&[u8]; 11] = [&[]; 11];
    for field in &mut fields {
        let Some((length, after)) = bytes.split_first_chunk::<4>() else {
            return Ok(Taken::Partial);
        };
        let length = usize::try_from(i32::from_be_bytes(*length))
            .map_err(|_| Damage::new("a column of the ledger is null"))?;
        let Some((value, after)) = after.split_at_checked(length) else {
            return Ok(Taken::Partial);
        };
        *field = value;
        bytes = after;
    }
    Ok(Taken::Row(decode_row(fields)?, bytes))
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
