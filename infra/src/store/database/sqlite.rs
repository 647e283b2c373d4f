//! SQLite: one thread owns the connection that writes, a few others read.

use std::borrow::Cow;
use std::fmt;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, Statement, ToSql, TransactionBehavior};
use tokio::sync::{Semaphore, oneshot};

use super::{Batch, Op, Row, Value};
use crate::error::{Damage, SchemaMismatch, StoreError};

/// How long one process waits for another's transaction.
const BUSY: Duration = Duration::from_secs(10);
/// How long the emptying of the log waits for readers.
const SHORTLY: Duration = Duration::from_millis(200);
const READERS: usize = 4;

/// SQLite's FULL is what equals PostgreSQL's default durability; `secure_delete` overwrites
/// what erasure removes; `recursive_triggers` lets REPLACE meet the trigger that refuses DELETE. The log is
/// brought home at 64 MiB: a busy register would stop for it ten times a second at SQLite's own 4.
const SETTINGS: &str = "
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA secure_delete = ON;
    PRAGMA foreign_keys = ON;
    PRAGMA recursive_triggers = ON;
    PRAGMA cache_size = -65536;
    PRAGMA wal_autocheckpoint = 16384;
    PRAGMA temp_store = MEMORY;";

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// An open SQLite database; clones share it. The file closes with the last clone.
#[derive(Clone)]
pub struct Sqlite {
    writer: Sender<Job>,
    place: Arc<InPlace>,
    readers: Option<Arc<Readers>>,
}

impl fmt::Debug for Sqlite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sqlite")
    }
}

struct Readers {
    idle: Mutex<Vec<Connection>>,
    permits: Semaphore,
    path: String,
}

impl Sqlite {
    /// Opens a file, or `:memory:` where the writing connection also reads.
    pub async fn open(path: &str) -> Result<Self, StoreError> {
        let owned = path.to_owned();
        let connection = blocking(move || open_writer(&owned)).await?;
        let (writer, jobs) = channel();
        std::thread::Builder::new()
            .name("sqlite-writer".to_owned())
            .spawn(move || work(connection, &jobs))
            .map_err(|error| StoreError::unavailable("starting the writing thread", error))?;
        let place = Arc::new(InPlace::of(path));
        let readers = (path != ":memory:").then(|| {
            Arc::new(Readers {
                idle: Mutex::new(Vec::new()),
                permits: Semaphore::new(READERS),
                path: path.to_owned(),
            })
        });
        Ok(Self {
            writer,
            place,
            readers,
        })
    }

    /// Runs a job on the writing connection, after those that came before it.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (reply, answer) = oneshot::channel();
        let place = Arc::clone(&self.place);
        let job: Job = Box::new(move |connection| {
            let done = place.check().and_then(|()| job(connection));
            // The caller may have stopped waiting; the work stands all the same.
            drop(reply.send(done));
        });
        self.writer.send(job).map_err(|_| stopped())?;
        answer.await.map_err(|_| stopped())?
    }

    /// Runs a job on a connection that only reads, in a snapshot of its own per statement.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let Some(readers) = self.readers.clone() else {
            return self.write(job).await;
        };
        let held = Arc::clone(&readers);
        let permit = held.permits.acquire().await;
        let _permit = permit.map_err(|error| StoreError::unavailable("reading", error))?;
        let place = Arc::clone(&self.place);
        blocking(move || {
            place.check()?;
            let mut connection = readers.take()?;
            let result = job(&mut connection);
            readers.give_back(connection);
            result
        })
        .await
    }

    pub(super) async fn query(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>, StoreError> {
        let (sql, params) = (sql.to_owned(), params.to_vec());
        self.read(move |connection| select(connection, &sql, &params))
            .await
    }

    pub(super) async fn transaction(&self, batch: Batch) -> Result<Vec<u64>, StoreError> {
        self.write(move |connection| {
            let transaction = begin(connection)?;
            let touched = apply(&transaction, &batch)?;
            transaction.commit().map_err(failed("committing"))?;
            Ok(touched)
        })
        .await
    }

    /// Writes the log back into the file and empties it. A reader may keep a part of it in use; then that part goes
    /// with a later one.
    pub(super) async fn truncate_log(&self) -> Result<(), StoreError> {
        self.write(|connection| {
            let emptied = connection
                .busy_timeout(SHORTLY)
                .and_then(|()| connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)"))
                .and(connection.busy_timeout(BUSY));
            emptied.map_err(failed("emptying the write-ahead log"))
        })
        .await
    }

    pub(super) async fn script(&self, sql: Cow<'static, str>) -> Result<(), StoreError> {
        self.write(move |connection| {
            let transaction = begin(connection)?;
            transaction
                .execute_batch(&sql)
                .map_err(failed("running a script"))?;
            transaction.commit().map_err(failed("committing"))
        })
        .await
    }
}

/// The file that was opened and its log, by which they are known again: what is written to a file or a log that was
/// moved away is missed by whoever opens the file afterwards.
struct InPlace {
    path: String,
    file: Option<(u64, u64)>,
    /// Written from the first change on, and the same as long as the file is open.
    log: OnceLock<(u64, u64)>,
}

impl InPlace {
    fn of(path: &str) -> Self {
        Self {
            path: path.to_owned(),
            file: identity(path),
            log: OnceLock::new(),
        }
    }

    fn check(&self) -> Result<(), StoreError> {
        if self.file.is_none() || (identity(&self.path) == self.file && self.has_its_log()) {
            return Ok(());
        }
        let said = format!(
            "stop the program, put {} back together with its -wal and -shm beside it, and start it again",
            self.path
        );
        Err(StoreError::unavailable(
            "using the database file, which was moved away or replaced, or its log was",
            std::io::Error::other(said),
        ))
    }
}

impl InPlace {
    fn has_its_log(&self) -> bool {
        let found = identity(&format!("{}-wal", self.path));
        match (self.log.get(), found) {
            (Some(log), found) => found == Some(*log),
            (None, Some(found)) => *self.log.get_or_init(|| found) == found,
            (None, None) => true,
        }
    }
}

/// Device and number of a file.
#[cfg(unix)]
fn identity(path: &str) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    let file = std::fs::metadata(path).ok()?;
    Some((file.dev(), file.ino()))
}

#[cfg(not(unix))]
fn identity(_: &str) -> Option<(u64, u64)> {
    None
}

impl Readers {
    fn take(&self) -> Result<Connection, StoreError> {
        let idle = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        idle.map_or_else(|| open_reader(&self.path), Ok)
    }

    fn give_back(&self, connection: Connection) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < READERS {
            idle.push(connection);
        }
    }
}

fn work(mut connection: Connection, jobs: &Receiver<Job>) {
    while let Ok(job) = jobs.recv() {
        job(&mut connection);
    }
}

fn stopped() -> StoreError {
    StoreError::unavailable(
        "waiting for the writing thread",
        std::io::Error::other("it has stopped"),
    )
}

async fn blocking<T: Send + 'static>(
    job: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    tokio::task::spawn_blocking(job)
        .await
        .map_err(|error| StoreError::unavailable("reading", error))?
}

fn open_writer(path: &str) -> Result<Connection, StoreError> {
    let connection = if path == ":memory:" {
        Connection::open_in_memory()
    } else {
        make_private(path)?;
        Connection::open(Path::new(path))
    }
    .map_err(failed("opening the database file"))?;
    settle(connection)
}

/// A new file is its owner's alone; SQLite gives the write-ahead log the same permissions. An
/// existing file keeps its own.
fn make_private(path: &str) -> Result<(), StoreError> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let path = path.to_owned();
            Err(StoreError::NoFolder { path })
        }
        Err(error) => Err(StoreError::unavailable("making the database file", error)),
        Ok(_) => Ok(()),
    }
}

fn open_reader(path: &str) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(Path::new(path), flags)
        .map_err(failed("opening the database file"))?;
    let connection = settle(connection)?;
    // A reader joins the write-ahead log's shared memory, hence the flags; it may not write.
    connection
        .execute_batch("PRAGMA query_only = ON; PRAGMA mmap_size = 268435456;")
        .map_err(failed("opening the database file"))?;
    Ok(connection)
}

fn settle(connection: Connection) -> Result<Connection, StoreError> {
    connection
        .busy_timeout(BUSY)
        .and_then(|()| connection.execute_batch(SETTINGS))
        .map_err(failed("opening the database file"))?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(connection)
}

/// A transaction that holds the write lock from its first moment.
pub(crate) fn begin(connection: &mut Connection) -> Result<rusqlite::Transaction<'_>, StoreError> {
    connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(failed("taking the write lock"))
}

/// Makes a batch's changes inside the caller's transaction.
pub(crate) fn apply(connection: &Connection, batch: &Batch) -> Result<Vec<u64>, StoreError> {
    batch.ops.iter().map(|op| make(connection, op)).collect()
}

fn make(connection: &Connection, op: &Op) -> Result<u64, StoreError> {
    match op {
        Op::Run {
            sql,
            params,
            expected,
        } => {
            let actual = run_each(connection, sql, std::slice::from_ref(params))?;
            match expected {
                Some(expected) if *expected != actual => Err(StoreError::Moved {
                    expected: *expected,
                    actual,
                }),
                _ => Ok(actual),
            }
        }
        Op::RunEach { sql, rows } => run_each(connection, sql, rows),
        Op::InsertMany {
            table,
            columns,
            rows,
        } => {
            let places: Vec<String> = (1..=columns.len()).map(|n| format!("${n}")).collect();
            let (names, places) = (columns.join(", "), places.join(", "));
            let sql = format!("INSERT INTO {table} ({names}) VALUES ({places})");
            run_each(connection, &sql, rows)
        }
    }
}

fn run_each(connection: &Connection, sql: &str, rows: &[Vec<Value>]) -> Result<u64, StoreError> {
    let doing = "changing rows";
    let mut statement = connection.prepare_cached(sql).map_err(failed(doing))?;
    let places = places(&statement);
    let mut touched = 0;
    for params in rows {
        bind(&mut statement, &places, params)?;
        touched += statement.raw_execute().map_err(failed(doing))?;
    }
    u64::try_from(touched).map_err(|error| StoreError::rejected(doing, error))
}

fn select(connection: &Connection, sql: &str, params: &[Value]) -> Result<Vec<Row>, StoreError> {
    let doing = "reading rows";
    let mut statement = connection.prepare_cached(sql).map_err(failed(doing))?;
    let places = places(&statement);
    bind(&mut statement, &places, params)?;
    let width = statement.column_count();
    let mut rows = statement.raw_query();
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(failed(doing))? {
        let values = (0..width).map(|n| row.get_ref(n).map_err(failed(doing)).and_then(own));
        found.push(Row::new(values.collect::<Result<_, _>>()?));
    }
    Ok(found)
}

/// SQLite numbers `$2` by where it first stands in the text; its name says which one is meant.
fn places(statement: &Statement<'_>) -> Vec<usize> {
    (1..=statement.parameter_count())
        .map(|place| {
            statement
                .parameter_name(place)
                .and_then(|name| name.strip_prefix(['$', '?']))
                .and_then(|number| number.parse().ok())
                .unwrap_or(place)
        })
        .collect()
}

fn bind(
    statement: &mut Statement<'_>,
    places: &[usize],
    params: &[Value],
) -> Result<(), StoreError> {
    for (place, number) in (1..).zip(places) {
        let value = params.get(number.wrapping_sub(1)).unwrap_or(&Value::Null);
        statement
            .raw_bind_parameter(place, value)
            .map_err(failed("binding a parameter"))?;
    }
    Ok(())
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(value) => ValueRef::Integer(*value),
            Self::Text(value) => ValueRef::Text(value.as_bytes()),
            Self::Blob(value) => ValueRef::Blob(value),
        }))
    }
}

fn own(value: ValueRef<'_>) -> Result<Value, StoreError> {
    Ok(match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(value) => Value::Int(value),
        ValueRef::Text(value) => Value::Text(
            String::from_utf8(value.to_vec()).map_err(|_| Damage::new("a text is not UTF-8"))?,
        ),
        ValueRef::Blob(value) => Value::Blob(value.to_vec()),
        ValueRef::Real(_) => {
            return Err(Damage::new("a column holds a fraction; cast it to an integer").into());
        }
    })
}

/// Sorts SQLite's errors by what the caller can do about them.
pub(crate) fn failed(doing: &'static str) -> impl Fn(rusqlite::Error) -> StoreError {
    move |error| match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => SchemaMismatch::Unreadable.into(),
        Some(ErrorCode::DatabaseCorrupt) => {
            Damage::new(format!("SQLite says while {doing}: {error}")).into()
        }
        Some(
            ErrorCode::DatabaseBusy
            | ErrorCode::DatabaseLocked
            | ErrorCode::SystemIoFailure
            | ErrorCode::DiskFull
            | ErrorCode::CannotOpen
            | ErrorCode::OutOfMemory
            | ErrorCode::OperationInterrupted
            | ErrorCode::FileLockingProtocolFailed
            | ErrorCode::ReadOnly,
        ) => StoreError::unavailable(doing, error),
        _ => StoreError::rejected(doing, error),
    }
}
