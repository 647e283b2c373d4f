//! Appending on SQLite: one transaction on the writing thread for everything waiting.

use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, params};

use super::super::append::{IdempotencyKey, Outcome, SealedAppend, Stored};
use super::super::appender::Failure;
use super::super::database::Sqlite;
use super::super::database::sqlite::{begin, failed};
use super::super::envelope::SealedEvent;
use super::super::load::KnownKey;
use crate::error::{Damage, StoreError};

const STORING: &str = "storing events";
const HEAD: &str = "SELECT ledger_index + 1, max(?1, stored_us) FROM events
    ORDER BY ledger_index DESC LIMIT 1";
const VERSION: &str = "SELECT sequence FROM events
    WHERE aggregate_type = ?1 AND aggregate_id = ?2 ORDER BY sequence DESC LIMIT 1";
const KEY: &str = "SELECT request_hash, first_index, count, stored_us FROM idempotency_keys
    WHERE subject = ?1 AND key = ?2";
const INSERT: &str = "INSERT INTO events (ledger_index, aggregate_type, aggregate_id, sequence,
    event_type, event_version, payload, metadata, recorded_us, stored_us, leaf)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
const KEEP: &str = "INSERT INTO idempotency_keys
    (subject, key, request_hash, first_index, count, stored_us) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

/// The writing thread, as the appender uses it.
pub(crate) struct Writer {
    database: Sqlite,
}

impl Writer {
    pub(crate) fn new(database: Sqlite) -> Self {
        Self { database }
    }

    pub(crate) async fn write(
        &mut self,
        group: Vec<Arc<SealedAppend>>,
        now_us: i64,
    ) -> Result<Vec<Outcome>, Failure> {
        self.database
            .write(move |connection| {
                let transaction = begin(connection)?;
                let mut ledger = Ledger::open(&transaction, now_us)?;
                let outcomes = group.iter().map(|append| ledger.judge(append));
                let outcomes = outcomes.collect::<Result<Vec<_>, _>>()?;
                transaction.commit().map_err(failed(STORING))?;
                Ok(outcomes)
            })
            .await
            .map_err(Failure::Undone)
    }
}

/// The ledger's end, inside a transaction that holds the write lock.
pub(super) struct Ledger<'c> {
    connection: &'c Connection,
    pub(super) next: i64,
    pub(super) moment: i64,
}

impl<'c> Ledger<'c> {
    pub(super) fn open(connection: &'c Connection, now_us: i64) -> Result<Self, StoreError> {
        let mut head = connection.prepare_cached(HEAD).map_err(failed(STORING))?;
        let end = head
            .query_row([now_us], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()
            .map_err(failed(STORING))?;
        let (next, moment) = end.unwrap_or((0, now_us));
        Ok(Self {
            connection,
            next,
            moment,
        })
    }

    fn judge(&mut self, append: &SealedAppend) -> Result<Outcome, StoreError> {
        if let Some(key) = &append.key
            && let Some(known) = known_key(self.connection, key)?
        {
            return Ok(match known {
                KnownKey::Repeated(stored) => Outcome::Repeated(stored),
                KnownKey::Reused => Outcome::KeyReused,
            });
        }
        let actual = self.version(&append.stream.kind, &append.stream.id)?;
        if actual != append.expected {
            let actual = unsigned(actual)?;
            return Ok(Outcome::Conflict { actual });
        }
        for (other, found) in &append.relied {
            if self.version(&other.kind, &other.id)? != *found {
                return Ok(Outcome::Overtaken);
            }
        }
        let first_index = self.next;
        for event in &append.events {
            self.insert(event)?;
        }
        let stored = Stored {
            first_index: unsigned(first_index)?,
            count: unsigned(self.next - first_index)?,
            stored_us: self.moment,
        };
        if let Some(key) = &append.key {
            self.keep(key, first_index)?;
        }
        Ok(Outcome::Stored(stored))
    }

    /// The version a stream is at.
    pub(super) fn version(&self, kind: &str, id: &str) -> Result<i64, StoreError> {
        let mut version = self.prepare(VERSION)?;
        let actual = version.query_row([kind, id], |row| row.get(0)).optional();
        Ok(actual.map_err(failed(STORING))?.unwrap_or(0))
    }

    /// Gives an event the next index.
    pub(super) fn insert(&mut self, event: &SealedEvent) -> Result<(), StoreError> {
        self.prepare(INSERT)?
            .execute(params![
                self.next,
                event.stream.kind,
                event.stream.id,
                event.sequence,
                event.event_type,
                event.event_version,
                event.payload,
                event.metadata,
                event.recorded_us,
                self.moment,
                event.leaf.as_bytes(),
            ])
            .map_err(failed(STORING))?;
        self.next += 1;
        Ok(())
    }

    fn keep(&self, key: &IdempotencyKey, first_index: i64) -> Result<(), StoreError> {
        self.prepare(KEEP)?
            .execute(params![
                key.subject,
                key.key,
                key.request_hash,
                first_index,
                self.next - first_index,
                self.moment,
            ])
            .map_err(failed(STORING))?;
        Ok(())
    }

    fn prepare(&self, sql: &str) -> Result<rusqlite::CachedStatement<'c>, StoreError> {
        self.connection.prepare_cached(sql).map_err(failed(STORING))
    }
}

/// What is known of a key.
pub(super) fn known_key(
    connection: &Connection,
    key: &IdempotencyKey,
) -> Result<Option<KnownKey>, StoreError> {
    let mut kept = connection.prepare_cached(KEY).map_err(failed(STORING))?;
    let found = kept
        .query_row([&key.subject, &key.key], |row| {
            Ok((
                row.get::<_, [u8; 32]>(0)?,
                row.get(1)?,
                row.get(2)?,
                row.get(3)?,
            ))
        })
        .optional()
        .map_err(failed(STORING))?;
    let Some((request_hash, first_index, count, stored_us)) = found else {
        return Ok(None);
    };
    if request_hash != key.request_hash {
        return Ok(Some(KnownKey::Reused));
    }
    Ok(Some(KnownKey::Repeated(Stored {
        first_index: unsigned(first_index)?,
        count: unsigned(count)?,
        stored_us,
    })))
}

pub(super) fn unsigned(value: i64) -> Result<u64, StoreError> {
    u64::try_from(value).map_err(|_| Damage::new("a count in the ledger is negative").into())
}
