//! PostgreSQL: a pool for whoever asks, and connections of their own for those who never share.

use std::fmt;
use std::future::Future;
use std::num::TryFromIntError;
use std::ops::{Deref, DerefMut};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use futures::TryStreamExt;
use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::pool::PoolConnection;
use sqlx::postgres::types::Oid;
use sqlx::postgres::{
    PgArgumentBuffer, PgArguments, PgConnectOptions, PgConnection, PgPool, PgPoolOptions, PgRow,
    PgTypeInfo,
};
use sqlx::query::Query;
use sqlx::{
    Column, ConnectOptions, Connection, Encode, Executor, Row as _, TypeInfo, ValueRef as _,
};

use super::{Batch, Op, Row, Value};
use crate::error::{Damage, StoreError, Unacceptable};

const POOL: u32 = 12;
const PATIENCE: Duration = Duration::from_secs(10);
/// Without a word for so long in answer to a question, a connection counts as lost. A server that was paused, or a
/// network that was cut, keeps its sockets open.
pub(crate) const SILENCE: Duration = Duration::from_secs(9);
/// The same for a change, which may touch many rows before it says anything.
const LONG_SILENCE: Duration = Duration::from_mins(1);
/// What the binary form of COPY begins with ("COPY", PostgreSQL manual, File Formats); four bytes of flags follow and four
/// of the length of what nobody adds.
pub(crate) const SIGNATURE: &[u8] = b"PGCOPY\n\xff\r\n\0";
/// Bytes sent at once to be copied in: more would only be held, by this process and by its connection.
pub(crate) const CHUNK: usize = 64 << 10;
/// What a standby says to a change.
pub(crate) const READ_ONLY: &str = "25006";
/// The server's own type for "not said": it takes the type from where the value stands.
const UNKNOWN: Oid = Oid(705);

/// An open PostgreSQL database; clones share its pool.
#[derive(Clone)]
pub struct Postgres {
    pool: PgPool,
    options: Arc<PgConnectOptions>,
}

impl fmt::Debug for Postgres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The options carry the password.
        f.write_str("Postgres")
    }
}

impl Postgres {
    /// Connects. The server must answer once, or nothing is opened.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let options = PgConnectOptions::from_str(url)
            .map_err(|error| Unacceptable::AddressPart {
                what: wrong_part(&error),
            })?
            .application_name("assize")
            // Plans here are short; compiling one once cost 450 ms. The ledger's end is read after its lock is taken,
            // which only this isolation sees.
            .options([
                ("jit", "off"),
                ("client_min_messages", "warning"),
                ("default_transaction_isolation", r"read\ committed"),
            ])
            .disable_statement_logging();
        let pool = PgPoolOptions::new()
            .max_connections(POOL)
            .acquire_timeout(PATIENCE)
            .connect_lazy_with(options.clone());
        let opened = Self {
            pool,
            options: Arc::new(options),
        };
        // The pool would try again until its patience ends, and then not say why.
        let answered = opened.dedicated(PATIENCE, &[]).await;
        let answered = answered.map_err(|error| opened.unanswered(error))?;
        answered.close().await.map_err(failed("connecting"))?;
        Ok(opened)
    }

    /// A server that does not answer, by where it was looked for.
    fn unanswered(&self, error: StoreError) -> StoreError {
        let StoreError::Unavailable { source, .. } = &error else {
            return error;
        };
        let why = match source.downcast_ref::<sqlx::Error>() {
            Some(sqlx::Error::Io(io)) if io.raw_os_error().is_some() => io.kind().to_string(),
            Some(sqlx::Error::Io(_)) => "its name leads nowhere".to_owned(),
            Some(_) => return error,
            None => "no answer in time".to_owned(),
        };
        let at = format!("{}:{}", self.options.get_host(), self.options.get_port());
        StoreError::NoServer { at, why }
    }

    /// The pool, for postgres-es.
    pub(crate) fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// A connection outside the pool, with a limit to what the server may take for a statement
    /// and to how long a transaction may stand idle: its owner may hold the ledger's lock.
    pub(crate) async fn dedicated(
        &self,
        limit: Duration,
        settings: &[(&str, &str)],
    ) -> Result<PgConnection, StoreError> {
        let limit = limit.as_millis().to_string();
        let options = self
            .options
            .as_ref()
            .clone()
            .options([
                ("statement_timeout", limit.as_str()),
                ("idle_in_transaction_session_timeout", limit.as_str()),
            ])
            .options(settings.iter().copied());
        let connecting = PgConnection::connect_with(&options);
        match tokio::time::timeout(PATIENCE, connecting).await {
            Ok(connection) => connection.map_err(failed("connecting")),
            Err(late) => Err(StoreError::unavailable("connecting", late)),
        }
    }

    /// A connection of the pool for one answer.
    pub(crate) async fn lend(&self, doing: &'static str) -> Result<Lent, StoreError> {
        let acquired = self.pool.acquire().await;
        Ok(Lent {
            connection: acquired.map_err(failed(doing))?,
            answered: false,
        })
    }

    /// The rows that answer a question.
    pub(crate) async fn fetch(
        &self,
        doing: &'static str,
        question: Query<'_, sqlx::Postgres, PgArguments>,
    ) -> Result<Vec<PgRow>, StoreError> {
        let mut lent = self.lend(doing).await?;
        let mut rows = Vec::new();
        {
            let mut answer = question.fetch(&mut *lent);
            while let Some(row) = within(SILENCE, doing, answer.try_next()).await? {
                rows.push(row);
            }
        }
        lent.give_back();
        Ok(rows)
    }

    pub(super) async fn query(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>, StoreError> {
        let rows = self.fetch("reading rows", bound(sql, params)).await?;
        rows.iter().map(own).collect()
    }

    pub(super) async fn transaction(&self, batch: Batch) -> Result<Vec<u64>, StoreError> {
        let mut lent = self.lend("beginning a transaction").await?;
        let begun = within(SILENCE, "beginning a transaction", lent.begin()).await;
        let mut transaction = begun?;
        if batch.redoable {
            let hasty = transaction.execute("SET LOCAL synchronous_commit = off");
            within(SILENCE, "beginning a transaction", hasty).await?;
        }
        let touched = match apply(&mut transaction, &batch).await {
            Ok(touched) => touched,
            Err(refused @ (StoreError::Moved { .. } | StoreError::Rejected { .. })) => {
                within(SILENCE, "undoing a transaction", transaction.rollback()).await?;
                lent.give_back();
                return Err(refused);
            }
            Err(other) => return Err(other),
        };
        commit(transaction).await?;
        lent.give_back();
        Ok(touched)
    }

    pub(super) async fn script(&self, sql: &str) -> Result<(), StoreError> {
        let begun = self.pool.begin().await;
        let mut transaction = begun.map_err(failed("beginning a transaction"))?;
        let ran = transaction.execute(sql).await;
        ran.map_err(failed("running a script"))?;
        transaction.commit().await.map_err(failed("committing"))
    }
}

/// Waits for an answer, but not for ever.
pub(crate) async fn within<T>(
    limit: Duration,
    doing: &'static str,
    answer: impl Future<Output = sqlx::Result<T>>,
) -> Result<T, StoreError> {
    match tokio::time::timeout(limit, answer).await {
        Ok(answer) => answer.map_err(failed(doing)),
        Err(late) => Err(StoreError::unavailable(doing, late)),
    }
}

/// Whoever loses the connection here does not know whether it is committed.
async fn commit(transaction: sqlx::Transaction<'_, sqlx::Postgres>) -> Result<(), StoreError> {
    let committed = within(LONG_SILENCE, "committing", transaction.commit()).await;
    committed.map_err(StoreError::unsettled)
}

/// A connection that goes back to the pool only when its answer was read to the end: what is still on its way must
/// not be taken for the answer to somebody else.
pub(crate) struct Lent {
    connection: PoolConnection<sqlx::Postgres>,
    answered: bool,
}

impl Lent {
    pub(crate) fn give_back(mut self) {
        self.answered = true;
    }
}

impl Deref for Lent {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        &self.connection
    }
}

impl DerefMut for Lent {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.connection
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if !self.answered {
            self.connection.close_on_drop();
        }
    }
}

/// Makes a batch's changes inside the caller's transaction.
pub(crate) async fn apply(
    connection: &mut PgConnection,
    batch: &Batch,
) -> Result<Vec<u64>, StoreError> {
    let mut touched = Vec::with_capacity(batch.ops.len());
    for op in &batch.ops {
        touched.push(make(connection, op).await?);
    }
    Ok(touched)
}

async fn make(connection: &mut PgConnection, op: &Op) -> Result<u64, StoreError> {
    match op {
        Op::Run {
            sql,
            params,
            expected,
        } => {
            let actual = run(connection, sql, params).await?;
            match expected {
                Some(expected) if *expected != actual => Err(StoreError::Moved {
                    expected: *expected,
                    actual,
                }),
                _ => Ok(actual),
            }
        }
        Op::RunEach { sql, rows } => {
            let mut touched = 0;
            for params in rows {
                touched += run(connection, sql, params).await?;
            }
            Ok(touched)
        }
        Op::InsertMany {
            table,
            columns,
            rows,
        } => copy(connection, table, columns, rows).await,
    }
}

async fn run(
    connection: &mut PgConnection,
    sql: &str,
    params: &[Value],
) -> Result<u64, StoreError> {
    let done = bound(sql, params).execute(connection);
    let done = within(LONG_SILENCE, "changing rows", done).await?;
    Ok(done.rows_affected())
}

async fn copy(
    connection: &mut PgConnection,
    table: &str,
    columns: &[&str],
    rows: &[Vec<Value>],
) -> Result<u64, StoreError> {
    if rows.is_empty() {
        return Ok(0);
    }
    let sql = format!(
        "COPY {table} ({}) FROM STDIN (FORMAT binary)",
        columns.join(", ")
    );
    let doing = "copying rows in";
    let mut copy = within(LONG_SILENCE, doing, connection.copy_in_raw(&sql)).await?;
    let mut bytes = Vec::with_capacity(2 * CHUNK);
    bytes.extend_from_slice(SIGNATURE);
    bytes.extend_from_slice(&[0; 8]);
    for row in rows {
        write_row(&mut bytes, row).map_err(|error| StoreError::rejected(doing, error))?;
        if bytes.len() >= CHUNK {
            within(LONG_SILENCE, doing, copy.send(bytes.as_slice())).await?;
            bytes.clear();
        }
    }
    bytes.extend_from_slice(&(-1_i16).to_be_bytes());
    within(LONG_SILENCE, doing, copy.send(bytes)).await?;
    within(LONG_SILENCE, doing, copy.finish()).await
}

/// A row in the binary form of COPY: how many columns, then each one's length and bytes; nothing has the length −1.
fn write_row(out: &mut Vec<u8>, row: &[Value]) -> Result<(), TryFromIntError> {
    out.extend_from_slice(&i16::try_from(row.len())?.to_be_bytes());
    for value in row {
        let number;
        let bytes = match value {
            Value::Null => {
                out.extend_from_slice(&(-1_i32).to_be_bytes());
                continue;
            }
            Value::Int(value) => {
                number = value.to_be_bytes();
                number.as_slice()
            }
            Value::Text(text) => text.as_bytes(),
            Value::Blob(bytes) => bytes,
        };
        out.extend_from_slice(&i32::try_from(bytes.len())?.to_be_bytes());
        out.extend_from_slice(bytes);
    }
    Ok(())
}

struct Unsaid;

impl sqlx::Type<sqlx::Postgres> for Unsaid {
    fn type_info() -> PgTypeInfo {
        PgTypeInfo::with_oid(UNKNOWN)
    }
}

impl Encode<'_, sqlx::Postgres> for Unsaid {
    fn encode_by_ref(&self, _: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        Ok(IsNull::Yes)
    }
}

fn bound<'q>(sql: &'q str, params: &'q [Value]) -> Query<'q, sqlx::Postgres, PgArguments> {
    params
        .iter()
        .fold(sqlx::query(sql), |query, value| match value {
            Value::Null => query.bind(Unsaid),
            Value::Int(value) => query.bind(*value),
            Value::Text(value) => query.bind(value.as_str()),
            Value::Blob(value) => query.bind(value.as_slice()),
        })
}

fn own(row: &PgRow) -> Result<Row, StoreError> {
    (0..row.len())
        .map(|n| decode(row, n))
        .collect::<Result<Vec<_>, _>>()
        .map(Row::new)
}

fn decode(row: &PgRow, n: usize) -> Result<Value, StoreError> {
    let read = failed("reading a column");
    let raw = row.try_get_raw(n).map_err(&read)?;
    if raw.is_null() {
        return Ok(Value::Null);
    }
    let kind = raw.type_info();
    match kind.name() {
        "INT8" => row.try_get::<i64, _>(n).map(Value::Int),
        "INT4" => row
            .try_get::<i32, _>(n)
            .map(|value| Value::Int(value.into())),
        "INT2" => row
            .try_get::<i16, _>(n)
            .map(|value| Value::Int(value.into())),
        "BOOL" => row
            .try_get::<bool, _>(n)
            .map(|value| Value::Int(value.into())),
        "BYTEA" => row.try_get::<Vec<u8>, _>(n).map(Value::Blob),
        "TEXT" | "VARCHAR" | "NAME" | "CHAR" | "UNKNOWN" => row.try_get(n).map(Value::Text),
        "JSON" => row
            .try_get::<&sqlx::types::JsonRawValue, _>(n)
            .map(|value| Value::Text(value.get().to_owned())),
        other => {
            let column = row.column(n).name();
            let what = format!("column {column} is {other}; cast it to TEXT, BIGINT or BYTEA");
            return Err(Damage::new(what).into());
        }
    }
    .map_err(read)
}

/// Which part of an address cannot be read; the address may hold a password and is not repeated.
fn wrong_part(error: &sqlx::Error) -> &'static str {
    if error.to_string().contains("port") {
        "the port in the address is not a number"
    } else {
        "the address cannot be read"
    }
}

/// Sorts PostgreSQL's errors by what the caller can do about them.
pub(crate) fn failed(doing: &'static str) -> impl Fn(sqlx::Error) -> StoreError {
    move |error| {
        let code = error
            .as_database_error()
            .and_then(sqlx::error::DatabaseError::code)
            .unwrap_or_default()
            .into_owned();
        match (code.get(..2).unwrap_or_default(), code.as_str()) {
            (_, "XX001" | "XX002") => {
                Damage::new(format!("PostgreSQL says while {doing}: {error}")).into()
            }
            // Connections, resources, operators, deadlocks, time limits, a standby that took the place of the primary.
            ("08" | "40" | "53" | "57" | "58", _) | (_, "55P03" | "25P03" | READ_ONLY) => {
                StoreError::unavailable(doing, error)
            }
            ("", _) if is_about_the_connection(&error) => StoreError::unavailable(doing, error),
            _ => StoreError::rejected(doing, error),
        }
    }
}

pub(crate) fn is_about_the_connection(error: &sqlx::Error) -> bool {
    matches!(
        error,
        sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::Protocol(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
    )
}
