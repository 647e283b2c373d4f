//! The next page of the ledger, read and parsed while the one before it is filed.
//!
//! Stored events never change, so what was read ahead is what would be read when its turn comes.

use std::mem;

use tokio::task::JoinHandle;

use crate::error::StoreError;
use crate::record::Recorded;
use crate::store::{RowRef, Store, Visitor};

/// Events of a page.
pub(super) const PAGE: u64 = 5_000;

/// An event of a page, or where one stands that cannot be read.
pub(super) enum Read {
    /// Typed.
    Event(Recorded),
    /// Not to be read: its place, its kind of stream, and why.
    Damaged {
        /// The ledger index.
        index: u64,
        /// The kind of stream.
        kind: String,
        /// Why it cannot be read.
        why: StoreError,
    },
}

impl Read {
    /// Its place in the ledger.
    pub(super) fn index(&self) -> u64 {
        match self {
            Self::Event(recorded) => recorded.index,
            Self::Damaged { index, .. } => *index,
        }
    }

    /// Its kind of stream.
    pub(super) fn stream_type(&self) -> &str {
        match self {
            Self::Event(recorded) => &recorded.stream_type,
            Self::Damaged { kind, .. } => kind,
        }
    }
}

#[derive(Default)]
struct Reading(Vec<Read>);

impl Visitor for Reading {
    fn visit(&mut self, row: RowRef<'_>) -> Result<(), StoreError> {
        self.0.push(match Recorded::read(&row) {
            Ok(recorded) => Read::Event(recorded),
            Err(why) => Read::Damaged {
                index: row.index,
                kind: row.stream_type.to_owned(),
                why,
            },
        });
        Ok(())
    }
}

type Reader = JoinHandle<Result<Vec<Read>, StoreError>>;

/// A reader one page ahead of the filing, or none.
#[derive(Default)]
pub(super) struct Ahead(Option<(u64, Reader)>);

impl Ahead {
    /// The page that begins at an index. Where it is full, the one after it is already being read.
    pub(super) async fn page(&mut self, store: &Store, from: u64) -> Result<Vec<Read>, StoreError> {
        let page = match mem::take(&mut self.0) {
            Some((at, reader)) if at == from => match reader.await {
                Ok(page) => page?,
                Err(_stopped) => read(store, from).await?,
            },
            _ => read(store, from).await?,
        };
        if let Some(last) = page.last()
            && u64::try_from(page.len()) == Ok(PAGE)
        {
            let (store, next) = (store.clone(), last.index().saturating_add(1));
            let reader = tokio::spawn(async move { read(&store, next).await });
            self.0 = Some((next, reader));
        }
        Ok(page)
    }
}

async fn read(store: &Store, from: u64) -> Result<Vec<Read>, StoreError> {
    let (reading, _) = store.lend(from, PAGE, Reading::default()).await?;
    Ok(reading.0)
}
