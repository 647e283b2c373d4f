//! The next page of the ledger, read and parsed while the one before it is filed.
//!
//! Stored events never change, so what was read ahead is what would be read when its turn comes, and what this process
//! has just stored by the thousand need not be fetched again.

use std::collections::VecDeque;
use std::mem;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::task::JoinHandle;

use crate::bulk::Made;
use crate::error::StoreError;
use crate::record::Recorded;
use crate::store::{RowRef, Store, Stored, Visitor};

/// Events of a page.
pub(super) const PAGE: u64 = 5_000;

/// An event of a page, or where one stands that cannot be read.
pub(super) enum Read {
    /// Typed.
    Event(Arc<Recorded>),
    /// Not to be read.
    Damaged(Box<Damaged>),
}

/// An event that cannot be read.
pub(super) struct Damaged {
    /// The ledger index.
    index: u64,
    /// The kind of stream.
    kind: String,
    /// Why it cannot be read.
    pub(super) why: StoreError,
}

impl Read {
    /// Its place in the ledger.
    pub(super) fn index(&self) -> u64 {
        match self {
            Self::Event(recorded) => recorded.index,
            Self::Damaged(damaged) => damaged.index,
        }
    }

    /// Its kind of stream.
    pub(super) fn stream_type(&self) -> &str {
        match self {
            Self::Event(recorded) => &recorded.stream_type,
            Self::Damaged(damaged) => &damaged.kind,
        }
    }
}

#[derive(Default)]
struct Reading(Vec<Read>);

impl Visitor for Reading {
    fn visit(&mut self, row: RowRef<'_>) -> Result<(), StoreError> {
        self.0.push(match Recorded::read(&row) {
            Ok(recorded) => Read::Event(Arc::new(recorded)),
            Err(why) => Read::Damaged(Box::new(Damaged {
                index: row.index,
                kind: row.stream_type.to_owned(),
                why,
            })),
        });
        Ok(())
    }
}

/// Events kept for the filing at most; what is filed later is read from the ledger.
const HANDED: u64 = 60_000;
/// So many events behind, the filing begins while more are being recorded: what is recorded is safe, and comes first.
const FAR_BEHIND: u64 = 36_000;

/// Batches that this process has just stored, in the order of the ledger.
#[derive(Default)]
pub(super) struct Handed(Mutex<VecDeque<(Stored, Vec<Made>)>>);

impl Handed {
    /// Keeps a batch that was stored.
    pub(super) fn add(&self, stored: Stored, events: Vec<Made>) {
        let mut batches = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting(&batches) < HANDED {
            batches.push_back((stored, events));
        }
    }

    /// Whether so much waits that it should be filed at once.
    pub(super) fn is_far_behind(&self) -> bool {
        let batches = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting(&batches) >= FAR_BEHIND
    }

    /// Takes the batch that holds an index; those before it were filed from elsewhere.
    fn take(&self, index: u64) -> Option<(Stored, Vec<Made>)> {
        let mut batches = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        batches.retain(|(stored, _)| stored.last_index() >= index);
        batches.pop_front_if(|(stored, _)| stored.first_index <= index)
    }
}

fn waiting(batches: &VecDeque<(Stored, Vec<Made>)>) -> u64 {
    batches.iter().map(|(stored, _)| stored.count).sum()
}

/// The events of a batch from an index on, typed.
fn typed(stored: Stored, events: Vec<Made>, from: u64) -> Vec<Read> {
    let mut typed = Vec::with_capacity(events.len());
    for (made, index) in events.into_iter().zip(stored.indexes()) {
        if index >= from {
            let sealed = Arc::clone(&made.sealed);
            typed.push(match made.recorded(index, stored.stored_us) {
                Ok(recorded) => Read::Event(recorded),
                Err(why) => Read::Damaged(Box::new(Damaged {
                    index,
                    kind: sealed.stream().kind.clone(),
                    why,
                })),
            });
        }
    }
    typed
}

type Reader = JoinHandle<Result<Vec<Read>, StoreError>>;

/// A reader one page ahead of the filing, or none.
#[derive(Default)]
pub(super) struct Ahead(Option<(u64, Reader)>);

impl Ahead {
    /// The page that begins at an index. The one after it is already being read, if there is one.
    pub(super) async fn page(
        &mut self,
        store: &Store,
        handed: &Handed,
        from: u64,
    ) -> Result<Vec<Read>, StoreError> {
        let reader = match mem::take(&mut self.0) {
            Some((at, reader)) if at == from => reader,
            _ => match given(handed, from) {
                Some(reader) => reader,
                None => fetched(store, from),
            },
        };
        let Ok(page) = reader.await else {
            return read(store, from).await;
        };
        let page = page?;
        if let Some(last) = page.last() {
            let next = last.index().saturating_add(1);
            let is_full = u64::try_from(page.len()) == Ok(PAGE);
            let reader = given(handed, next).or_else(|| is_full.then(|| fetched(store, next)));
            self.0 = reader.map(|reader| (next, reader));
        }
        Ok(page)
    }

    /// Whether the page after the last one is being read.
    pub(super) fn is_reading(&self) -> bool {
        self.0.is_some()
    }
}

/// The page out of what was just stored.
fn given(handed: &Handed, from: u64) -> Option<Reader> {
    let (stored, events) = handed.take(from)?;
    Some(tokio::spawn(async move { Ok(typed(stored, events, from)) }))
}

/// The page out of the ledger.
fn fetched(store: &Store, from: u64) -> Reader {
    let store = store.clone();
    tokio::spawn(async move { read(&store, from).await })
}

async fn read(store: &Store, from: u64) -> Result<Vec<Read>, StoreError> {
    let (reading, _) = store.lend(from, PAGE, Reading::default()).await?;
    Ok(reading.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(first_index: u64, count: u64) -> Stored {
        Stored {
            first_index,
            count,
            stored_us: 0,
        }
    }

    #[test]
    fn a_batch_is_given_from_where_the_filing_stands_and_what_was_filed_is_forgotten() {
        let handed = Handed::default();
        for first in [0, 10, 20] {
            handed.add(stored(first, 10), Vec::new());
        }
        let taken = |index| handed.take(index).map(|(stored, _)| stored.first_index);
        assert_eq!(taken(14), Some(10));
        assert_eq!(taken(14), None, "given once");
        assert_eq!(taken(30), None);
        assert_eq!(taken(20), None, "forgotten");
    }

    #[test]
    fn filing_that_lags_behind_finds_the_oldest_batches() {
        const BATCH: u64 = 4_000;
        let handed = Handed::default();
        for nth in 0..20 {
            assert_eq!(handed.is_far_behind(), nth * BATCH >= FAR_BEHIND);
            handed.add(stored(nth * BATCH, BATCH), Vec::new());
        }
        let taken = |index| handed.take(index).map(|(stored, _)| stored.first_index);
        assert_eq!(taken(0), Some(0));
        assert_eq!(taken(HANDED - 1), Some(HANDED - BATCH));
        assert_eq!(taken(HANDED), None, "read from the ledger");
    }
}
