//! Importing on SQLite: prepared inserts in one transaction of the writing thread.

use super::super::append::Stored;
use super::super::bulk::{Bulk, BulkOutcome, MovedStream, expectations};
use super::super::database::Sqlite;
use super::super::database::sqlite::{apply, begin, failed};
use super::append::{Ledger, unsigned};
use crate::error::StoreError;

pub(crate) async fn store_bulk(
    database: &Sqlite,
    bulk: Bulk,
    now_us: i64,
) -> Result<BulkOutcome, StoreError> {
    database
        .write(move |connection| {
            let transaction = begin(connection)?;
            let outcome = fill(&transaction, &bulk, now_us)?;
            if matches!(outcome, BulkOutcome::Stored(_)) {
                transaction.commit().map_err(failed("importing events"))?;
            }
            Ok(outcome)
        })
        .await
}

fn fill(
    connection: &rusqlite::Connection,
    bulk: &Bulk,
    now_us: i64,
) -> Result<BulkOutcome, StoreError> {
    apply(connection, &bulk.with)?;
    let mut ledger = Ledger::open(connection, now_us)?;
    let mut moved = Vec::new();
    for (stream, expected) in expectations(&bulk.events)? {
        let actual = ledger.version(&stream.kind, &stream.id)?;
        if actual != expected {
            moved.push(MovedStream {
                stream: stream.clone(),
                actual: unsigned(actual)?,
            });
        }
    }
    if !moved.is_empty() {
        return Ok(BulkOutcome::Moved(moved));
    }
    let first_index = ledger.next;
    for event in &bulk.events {
        ledger.insert(event)?;
    }
    Ok(BulkOutcome::Stored(Stored {
        first_index: unsigned(first_index)?,
        count: unsigned(ledger.next - first_index)?,
        stored_us: ledger.moment,
    }))
}
