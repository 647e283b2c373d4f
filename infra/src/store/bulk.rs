//! Many events of many streams at once: how files are imported.
//!
//! The events are sealed by the caller, on as many threads as it likes. Under the ledger's lock
//! there is only a check of versions, the copying in, and the caller's own rows, which commit with
//! the events or not at all. 5,000 events hold the lock for about 60 ms; by day 1,000 and a pause
//! leave commands their place.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::append::Stored;
use super::database::Batch;
use super::envelope::{SealedEvent, StreamName};
use crate::error::Unacceptable;

/// Events in the order they are to stand in the ledger, and rows that commit with them.
#[derive(Clone, Debug, Default)]
pub struct Bulk {
    /// The events; those of one stream in the order of their versions, without a hole.
    pub events: Vec<Arc<SealedEvent>>,
    /// Changes to other tables, such as the place an import has reached. Made before the lock is
    /// taken.
    pub with: Batch,
}

/// How storing many events ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BulkOutcome {
    /// All of them are in the ledger, one after the other, and the other rows are in place.
    Stored(Stored),
    /// Some streams are not at the version that their first event follows. Nothing is stored.
    Moved(Vec<MovedStream>),
}

/// A stream that is at another version than was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedStream {
    /// The stream.
    pub stream: StreamName,
    /// The version it is at.
    pub actual: u64,
}

/// The streams of a batch in their order, each with the version it must be at.
pub(super) fn expectations(
    events: &[Arc<SealedEvent>],
) -> Result<Vec<(&StreamName, i64)>, Unacceptable> {
    // By the id first, which tells streams apart sooner than the kind.
    let mut at: BTreeMap<(&str, &str), i64> = BTreeMap::new();
    let mut expected = Vec::new();
    for event in events {
        let before = event.sequence - 1;
        let StreamName { kind, id } = &event.stream;
        match at.insert((id, kind), event.sequence) {
            None => expected.push((&event.stream, before)),
            Some(last) if last == before => {}
            Some(_) => {
                return Err(Unacceptable::OutOfOrder {
                    kind: event.stream.kind.clone(),
                    id: event.stream.id.clone(),
                    sequence: u64::try_from(event.sequence).unwrap_or_default(),
                });
            }
        }
    }
    if expected.is_empty() {
        return Err(Unacceptable::NoEvents);
    }
    Ok(expected)
}
