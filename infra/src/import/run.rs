//! A whole file brought into the register.
//!
//! One thread reads, decides and hashes; meanwhile the database stores the batch before. How far the import has come
//! commits with each batch, so that it can be killed at any moment and goes on where it stood.

mod compose;
mod report;
mod rules;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use tokio::sync::mpsc;

pub use report::{ImportFailure, ImportProgress, ImportReport};

use self::compose::{Composing, Message, Part};
use self::report::Totals;
use super::{Mapping, Rejects, RowSource};
use crate::access::{Action, Call, allow};
use crate::bulk::{EVENTS_AT_ONCE, store_blocks};
use crate::registry::Registry;
use crate::store::database::Batch;

/// Batches read ahead of the database.
const AHEAD: usize = 2;

/// What is to be imported, and how.
#[derive(Debug, Clone)]
pub struct ImportRequest {
    /// The file.
    pub path: PathBuf,
    /// How it is read.
    pub mapping: Mapping,
    /// Whether only to say what would be recorded.
    pub dry_run: bool,
    /// Where rejected rows are written; nowhere by default.
    pub rejects: Option<PathBuf>,
    /// Whether every row is read again although an import of this file under this mapping has come further. What is
    /// recorded is recognised either way.
    pub from_start: bool,
    /// Events stored together: 4,000 by default; 1,000 beside a register that is used.
    pub events_at_once: usize,
}

impl ImportRequest {
    /// The import of a file.
    pub fn new(path: impl Into<PathBuf>, mapping: Mapping) -> Self {
        Self {
            path: path.into(),
            mapping,
            dry_run: false,
            rejects: None,
            from_start: false,
            events_at_once: EVENTS_AT_ONCE,
        }
    }
}

/// The place an import has reached.
#[derive(Debug, Clone, Default)]
struct Place {
    source: String,
    file: String,
    mapping: String,
    last_row: u64,
    decisions: u64,
    rejected: u64,
    done: bool,
}

impl Registry {
    /// Brings the decisions of a file in, and what follows from them. `progress` is called after each batch.
    pub async fn import(
        &self,
        call: &Call,
        request: ImportRequest,
        mut progress: impl FnMut(&ImportProgress) + Send,
    ) -> Result<ImportReport, ImportFailure> {
        allow(call, Action::Import)?;
        let law = self.import_rules(call, &request).await?;
        if !request.dry_run {
            self.processes().catch_up().await?;
        }
        let mut totals = Totals::new(self.clock().clone());
        let mut place = self.place(&request).await?;
        if place.done && !request.from_start && !request.dry_run {
            return Ok(totals.repeated(&request, &place));
        }
        if request.from_start || request.dry_run {
            place.last_row = 0;
        }
        let mut rejects = Rejected::open(&request, place.last_row)?;
        totals.continued_after = place.last_row;
        let composing = Composing::new(self, call, law, &request, place.last_row).await?;
        let (send, mut receive) = mpsc::channel(AHEAD);
        let reading = tokio::task::spawn_blocking(move || composing.run(&send));
        while let Some(message) = receive.recv().await {
            match message {
                Message::Part(part) => {
                    rejects.write(&part)?;
                    self.keep_part(&request, &mut place, &part, &mut totals)
                        .await?;
                    progress(&totals.progress(part.progress));
                }
                Message::Done(report) => totals.report = *report,
                Message::Failed(failure) => return Err(failure),
            }
        }
        reading.await.map_err(|_| ImportFailure::Stopped)?;
        if !request.dry_run {
            self.processes().catch_up().await?;
        }
        Ok(totals.finish(&request))
    }

    async fn keep_part(
        &self,
        request: &ImportRequest,
        place: &mut Place,
        part: &Part,
        totals: &mut Totals,
    ) -> Result<(), ImportFailure> {
        let decisions = u64::try_from(part.blocks.len()).unwrap_or(u64::MAX);
        place.last_row = part.last_row;
        place.decisions = place.decisions.saturating_add(decisions);
        place.rejected = place.rejected.saturating_add(part.rejected());
        place.done = part.last;
        if request.dry_run {
            totals.would_keep(part);
            return Ok(());
        }
        let kept =
            store_blocks(self, &part.blocks, &place.checkpoint(self.clock().now_us())).await?;
        totals.kept(part, &kept);
        Ok(())
    }

    /// How far an import of this file under this mapping has come.
    async fn place(&self, request: &ImportRequest) -> Result<Place, ImportFailure> {
        let path = request.path.clone();
        let hashed = tokio::task::spawn_blocking(move || super::fingerprint(&path)).await;
        let hashed = hashed.map_err(|_| ImportFailure::Stopped)?;
        let file = hashed.map_err(|source| ImportFailure::unread(&request.path, source))?;
        let mut place = Place {
            source: request.mapping.source.clone(),
            file: hex::encode(file),
            mapping: hex::encode(request.mapping.digest()),
            ..Place::default()
        };
        let sql = "SELECT last_row, decisions, rejected, done FROM import_progress \
                   WHERE source = $1 AND file_sha256 = $2 AND mapping_sha256 = $3";
        let key = [
            place.source.as_str().into(),
            place.file.as_str().into(),
            place.mapping.as_str().into(),
        ];
        if let Some(row) = self.store().database().query_one(sql, &key).await? {
            place.last_row = row.count(0)?;
            place.decisions = row.count(1)?;
            place.rejected = row.count(2)?;
            place.done = row.count(3)? > 0;
        }
        Ok(place)
    }
}

impl Place {
    fn checkpoint(&self, now_us: i64) -> Batch {
        let mut batch = Batch::new();
        batch.run(
            "INSERT INTO import_progress (source, file_sha256, mapping_sha256, last_row, decisions, \
             rejected, done, updated_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
             ON CONFLICT (source, file_sha256, mapping_sha256) DO UPDATE SET \
             last_row = excluded.last_row, decisions = excluded.decisions, rejected = excluded.rejected, \
             done = excluded.done, updated_us = excluded.updated_us",
            vec![
                self.source.as_str().into(),
                self.file.as_str().into(),
                self.mapping.as_str().into(),
                crate::projections::signed(self.last_row).into(),
                crate::projections::signed(self.decisions).into(),
                crate::projections::signed(self.rejected).into(),
                i64::from(self.done).into(),
                now_us.into(),
            ],
        );
        batch
    }
}

/// The file of rejected rows, written before the rows around them are stored.
struct Rejected {
    path: PathBuf,
    file: Option<Rejects<BufWriter<File>>>,
}

impl Rejected {
    /// A continued import goes on with the file; a kill may leave a rejection in it twice, and never loses one.
    fn open(request: &ImportRequest, after: u64) -> Result<Self, ImportFailure> {
        let Some(path) = &request.rejects else {
            let path = PathBuf::new();
            return Ok(Self { path, file: None });
        };
        let failed = |source| ImportFailure::unwritten(path, source);
        let continuing = after > 0 && std::fs::metadata(path).is_ok_and(|file| file.len() > 0);
        let file = if continuing {
            let file = File::options().append(true).open(path).map_err(failed)?;
            Rejects::continuing(BufWriter::new(file))
        } else {
            let file = File::create(path).map_err(failed)?;
            Rejects::new(BufWriter::new(file)).map_err(failed)?
        };
        Ok(Self {
            path: path.clone(),
            file: Some(file),
        })
    }

    fn write(&mut self, part: &Part) -> Result<(), ImportFailure> {
        let Some(file) = &mut self.file else {
            return Ok(());
        };
        let mut rejections = part.rejections.iter();
        let written = rejections.try_for_each(|rejection| file.write(rejection));
        written
            .and_then(|()| file.flush())
            .map_err(|source| ImportFailure::unwritten(&self.path, source))
    }
}

fn open(path: &Path, mapping: &Mapping) -> Result<RowSource, ImportFailure> {
    RowSource::open(path, mapping).map_err(ImportFailure::File)
}
