//! Appending on PostgreSQL: one call of `ledger_append` on a connection of its own, or of `ledger_append_one` for a group
//! of one command with one event.

use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Row};

use super::super::append::{Outcome, SealedAppend, Stored};
use super::super::appender::Failure;
use super::super::database::Postgres;
use super::super::database::postgres::{
    READ_ONLY, SILENCE, failed, is_about_the_connection, within,
};
use super::super::envelope::SealedEvent;
use super::load::PLANNER;
use crate::error::{Damage, StoreError};

const STORING: &str = "storing events";
/// The server gives up a statement that waits this long, for the lock most likely.
const LIMIT: Duration = Duration::from_secs(8);

const APPEND: &str = "SELECT ord, outcome, actual, first_index, count, stored_us
    FROM ledger_append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
    $17, $18, $19, $20)";
const APPEND_ONE: &str = "SELECT ord, outcome, actual, first_index, count, stored_us
    FROM ledger_append_one($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
const FIND: &str = "SELECT ledger_index, stored_us, leaf FROM events
    WHERE aggregate_type = $1 AND aggregate_id = $2 AND sequence > $3
    ORDER BY sequence LIMIT $4";

/// The connection that writes.
pub(crate) struct Writer {
    database: Postgres,
    connection: Option<PgConnection>,
}

impl Writer {
    pub(crate) fn new(database: Postgres) -> Self {
        Self {
            database,
            connection: None,
        }
    }

    /// Writes a group in one statement, committed by the statement itself: nothing here may hold
    /// the lock across a round trip.
    pub(crate) async fn write(
        &mut self,
        group: &[Arc<SealedAppend>],
        now_us: i64,
    ) -> Result<Vec<Outcome>, Failure> {
        let mut connection = self.connect().await.map_err(Failure::Passing)?;
        let call = call(&mut connection, group, now_us);
        match tokio::time::timeout(SILENCE, call).await {
            Ok(Ok(rows)) => {
                self.connection = Some(connection);
                outcomes(&rows, group.len()).map_err(Failure::Undone)
            }
            Ok(Err(error)) if is_lost(&error) => Err(Failure::Lost(failed(STORING)(error))),
            Ok(Err(error)) => {
                // A standby stays one: the next connection leads to whoever is the primary then.
                if code_of(&error).as_deref() != Some(READ_ONLY) {
                    self.connection = Some(connection);
                }
                let passing = is_passing(&error);
                let error = failed(STORING)(error);
                Err(if passing {
                    Failure::Passing(error)
                } else {
                    Failure::Undone(error)
                })
            }
            Err(late) => Err(Failure::Lost(StoreError::unavailable(STORING, late))),
        }
    }

    /// Looks for an append by the leaves at its stream and versions.
    pub(crate) async fn find(
        &mut self,
        append: &SealedAppend,
    ) -> Result<Option<Stored>, StoreError> {
        let mut connection = self.connect().await?;
        let rows = sqlx::query(FIND)
            .bind(&append.stream.kind)
            .bind(&append.stream.id)
            .bind(append.expected)
            .bind(i64::try_from(append.events.len()).unwrap_or(i64::MAX))
            .fetch_all(&mut connection);
        let rows = within(SILENCE, STORING, rows).await?;
        self.connection = Some(connection);
        let leaves: Vec<&[u8]> = rows
            .iter()
            .map(|row| row.try_get(2))
            .collect::<Result<_, _>>()
            .map_err(failed(STORING))?;
        let ours = append
            .events
            .iter()
            .map(|event| event.leaf.as_bytes().as_slice());
        match rows.first() {
            Some(first) if ours.eq(leaves) => stored(first, 0, 1, append.events.len()).map(Some),
            _ => Ok(None),
        }
    }

    async fn connect(&mut self) -> Result<PgConnection, StoreError> {
        match self.connection.take() {
            Some(connection) => Ok(connection),
            None => self.database.dedicated(LIMIT, PLANNER).await,
        }
    }
}

/// The server may have committed before it fell silent or was told to stop.
fn is_lost(error: &sqlx::Error) -> bool {
    is_about_the_connection(error)
        || code_of(error).is_some_and(|code| {
            code.starts_with("08") || matches!(code.as_str(), "57P01" | "57P02" | "57P05")
        })
}

fn is_passing(error: &sqlx::Error) -> bool {
    code_of(error)
        .is_some_and(|code| matches!(code.as_str(), "40001" | "40P01" | "57P03" | READ_ONLY))
}

fn code_of(error: &sqlx::Error) -> Option<String> {
    Some(error.as_database_error()?.code()?.into_owned())
}

/// The arguments of `ledger_append`: an array per column, first of the commands, then of events, then of what the commands
/// relied on.
#[derive(Default)]
struct Columns<'a> {
    stream_type: Vec<&'a str>,
    stream_id: Vec<&'a str>,
    expected: Vec<i64>,
    events: Vec<i64>,
    subject: Vec<Option<&'a str>>,
    key: Vec<Option<&'a str>>,
    request_hash: Vec<Option<&'a [u8]>>,
    command: Vec<i64>,
    nth: Vec<i64>,
    event_type: Vec<&'a str>,
    event_version: Vec<&'a str>,
    payload: Vec<&'a str>,
    metadata: Vec<&'a str>,
    recorded_us: Vec<i64>,
    leaf: Vec<&'a [u8]>,
    relying: Vec<i64>,
    relied_type: Vec<&'a str>,
    relied_id: Vec<&'a str>,
    relied_version: Vec<i64>,
}

impl<'a> Columns<'a> {
    fn of(group: &'a [Arc<SealedAppend>]) -> Self {
        let mut columns = Self::default();
        for (command, append) in (1..).zip(group) {
            columns.add(append);
            for (nth, event) in (0..).zip(&append.events) {
                columns.add_event(command, nth, event);
            }
            for (stream, version) in &append.relied {
                columns.relying.push(command);
                columns.relied_type.push(&stream.kind);
                columns.relied_id.push(&stream.id);
                columns.relied_version.push(*version);
            }
        }
        columns
    }

    fn add(&mut self, append: &'a SealedAppend) {
        let key = append.key.as_ref();
        self.stream_type.push(&append.stream.kind);
        self.stream_id.push(&append.stream.id);
        self.expected.push(append.expected);
        self.events
            .push(i64::try_from(append.events.len()).unwrap_or(i64::MAX));
        self.subject.push(key.map(|key| key.subject.as_str()));
        self.key.push(key.map(|key| key.key.as_str()));
        self.request_hash
            .push(key.map(|key| key.request_hash.as_slice()));
    }

    fn add_event(&mut self, command: i64, nth: i64, event: &'a SealedEvent) {
        self.command.push(command);
        self.nth.push(nth);
        self.event_type.push(&event.event_type);
        self.event_version.push(&event.event_version);
        self.payload.push(&event.payload);
        self.metadata.push(&event.metadata);
        self.recorded_us.push(event.recorded_us);
        self.leaf.push(event.leaf.as_bytes());
    }
}

async fn call(
    connection: &mut PgConnection,
    group: &[Arc<SealedAppend>],
    now_us: i64,
) -> sqlx::Result<Vec<PgRow>> {
    if let [append] = group
        && let [event] = append.events.as_slice()
    {
        return call_one(connection, append, event, now_us).await;
    }
    let columns = Columns::of(group);
    sqlx::query(APPEND)
        .bind(now_us)
        .bind(columns.stream_type)
        .bind(columns.stream_id)
        .bind(columns.expected)
        .bind(columns.events)
        .bind(columns.subject)
        .bind(columns.key)
        .bind(columns.request_hash)
        .bind(columns.command)
        .bind(columns.nth)
        .bind(columns.event_type)
        .bind(columns.event_version)
        .bind(columns.payload)
        .bind(columns.metadata)
        .bind(columns.recorded_us)
        .bind(columns.leaf)
        .bind(columns.relying)
        .bind(columns.relied_type)
        .bind(columns.relied_id)
        .bind(columns.relied_version)
        .fetch_all(connection)
        .await
}

/// Stores the only event of the only command.
async fn call_one(
    connection: &mut PgConnection,
    append: &SealedAppend,
    event: &SealedEvent,
    now_us: i64,
) -> sqlx::Result<Vec<PgRow>> {
    let key = append.key.as_ref();
    let relied = || append.relied.iter();
    let kinds: Vec<&str> = relied().map(|(stream, _)| stream.kind.as_str()).collect();
    let ids: Vec<&str> = relied().map(|(stream, _)| stream.id.as_str()).collect();
    let versions: Vec<i64> = relied().map(|(_, version)| *version).collect();
    sqlx::query(APPEND_ONE)
        .bind(now_us)
        .bind(&append.stream.kind)
        .bind(&append.stream.id)
        .bind(append.expected)
        .bind(key.map(|key| key.subject.as_str()))
        .bind(key.map(|key| key.key.as_str()))
        .bind(key.map(|key| key.request_hash.as_slice()))
        .bind(&event.event_type)
        .bind(&event.event_version)
        .bind(&event.payload)
        .bind(&event.metadata)
        .bind(event.recorded_us)
        .bind(event.leaf.as_bytes().as_slice())
        .bind(kinds)
        .bind(ids)
        .bind(versions)
        .fetch_all(connection)
        .await
}

fn outcomes(rows: &[PgRow], count: usize) -> Result<Vec<Outcome>, StoreError> {
    let mut outcomes = vec![None; count];
    for row in rows {
        let ord: i64 = row.try_get(0).map_err(failed(STORING))?;
        let place = usize::try_from(ord - 1)
            .ok()
            .and_then(|n| outcomes.get_mut(n));
        if let Some(place) = place {
            *place = Some(outcome(row)?);
        }
    }
    let silent = || StoreError::from(Damage::new("the database left a command unanswered"));
    outcomes
        .into_iter()
        .map(|outcome| outcome.ok_or_else(silent))
        .collect()
}

fn outcome(row: &PgRow) -> Result<Outcome, StoreError> {
    let read = failed(STORING);
    let events = |row: &PgRow| {
        let count: i64 = row.try_get(4).map_err(&read)?;
        stored(row, 3, 5, usize::try_from(count).unwrap_or_default())
    };
    match row.try_get::<i64, _>(1).map_err(&read)? {
        0 => Ok(Outcome::Stored(events(row)?)),
        1 => Ok(Outcome::Conflict {
            actual: unsigned(row.try_get(2).map_err(&read)?)?,
        }),
        2 => Ok(Outcome::Repeated(events(row)?)),
        4 => Ok(Outcome::Overtaken),
        _ => Ok(Outcome::KeyReused),
    }
}

fn stored(row: &PgRow, index: usize, moment: usize, count: usize) -> Result<Stored, StoreError> {
    let read = failed(STORING);
    Ok(Stored {
        first_index: unsigned(row.try_get(index).map_err(&read)?)?,
        count: u64::try_from(count).unwrap_or(u64::MAX),
        stored_us: row.try_get(moment).map_err(&read)?,
    })
}

pub(super) fn unsigned(value: i64) -> Result<u64, StoreError> {
    u64::try_from(value).map_err(|_| Damage::new("a count in the ledger is negative").into())
}
