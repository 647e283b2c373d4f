//! A whole file brought into the register.
//!
//! One thread reads, decides and hashes; meanwhile the database stores the batch before, and the projections file the
//! one before that. How far the import has come commits with each batch, so that it can be killed at any moment and
//! goes on where it stood.

mod compose;
mod logbook;
mod rejected;
mod report;
mod rules;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use tokio::sync::mpsc;

pub use report::{ImportFailure, ImportProgress, ImportReport};

use self::compose::{Composing, Message};
pub(super) use self::compose::{Part, derived_id, identity_token, row_token};
pub(super) use self::logbook::Logbook;
pub(super) use self::rejected::Rejected;
pub(super) use self::report::Totals;
use super::{Kind, Mapping, RowSource};
use crate::access::{Action, Call, allow};
use crate::bulk::{EVENTS_AT_ONCE, store_blocks};
use crate::projections::signed;
use crate::registry::Registry;
use crate::store::database::{Batch, Value};

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

/// What an import is of, whatever it brings in.
#[derive(Debug, Clone)]
pub(super) struct Of {
    /// What the rows are.
    pub(super) kind: Kind,
    /// The source, as the mapping names it.
    pub(super) source: String,
    /// Whom the data come from.
    pub(super) attribution: Option<String>,
    /// The rules under which they are read.
    pub(super) policy: String,
    /// What the mapping is called.
    pub(super) mapping: String,
    /// What tells the mapping from every other.
    pub(super) digest: [u8; 32],
    /// Whether nothing is recorded.
    pub(super) dry_run: bool,
}

impl ImportRequest {
    fn of(&self) -> Of {
        let mapping = &self.mapping;
        Of {
            kind: Kind::Sentences,
            source: mapping.source.clone(),
            attribution: mapping.attribution.clone(),
            policy: mapping.policy.clone(),
            mapping: mapping.name().to_owned(),
            digest: mapping.digest(),
            dry_run: self.dry_run,
        }
    }
}

/// The place an import has reached.
#[derive(Debug, Clone, Default)]
pub(super) struct Place {
    source: String,
    file: String,
    mapping: String,
    pub(super) last_row: u64,
    pub(super) decisions: u64,
    pub(super) rejected: u64,
    pub(super) done: bool,
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
        looked_at(&request).await?;
        let of = request.of();
        let rules = self.import_rules(&of.policy).await?;
        rules::unknown_circumstances(&request.mapping, rules.law())?;
        let mut place = self.place(&request.path, &of).await?;
        if place.done && !request.from_start && !request.dry_run {
            return Ok(place.repeated(&of));
        }
        if request.from_start || request.dry_run {
            place.begin_anew();
        }
        let mut rejects = Rejected::open(request.rejects.as_deref(), place.last_row)?;
        let law = self.adopted(call, rules, request.dry_run).await?;
        if !request.dry_run {
            self.processes().catch_up().await?;
        }
        let (logbook, earlier) = self.logbook(call, &of, &place).await?;
        let mut totals = Totals::new(self.clock().clone(), earlier);
        let composing = Composing::new(self, call, law, &request, place.last_row).await?;
        let (send, mut receive) = mpsc::channel(AHEAD);
        let reading = tokio::task::spawn_blocking(move || composing.run(&send));
        let keeping = async {
            while let Some(message) = receive.recv().await {
                match message {
                    Message::Part(part) => {
                        rejects.write(&part)?;
                        self.keep_part(&logbook, &mut place, &part, &mut totals)
                            .await?;
                        progress(&totals.progress(part.progress));
                    }
                    Message::Failed(failure) => return Err(failure),
                }
            }
            Ok(())
        };
        self.projections().follow_while(keeping).await?;
        reading.await.map_err(|_| ImportFailure::Stopped)?;
        if !request.dry_run {
            self.processes().catch_up().await?;
            let last = logbook.entry(&place, &totals.so_far, self.clock().now_us());
            self.store().database().transaction(last).await?;
        }
        Ok(totals.so_far)
    }

    async fn keep_part(
        &self,
        logbook: &Logbook,
        place: &mut Place,
        part: &Part,
        totals: &mut Totals,
    ) -> Result<(), ImportFailure> {
        place.take(part);
        if totals.so_far.dry_run {
            totals.take(totals.with(part, &BTreeSet::new()), None);
            return Ok(());
        }
        let now = self.clock().now_us();
        let also = |existing: &BTreeSet<usize>| {
            let mut batch = place.checkpoint(now);
            batch.also(logbook.entry(place, &totals.with(part, existing), now));
            batch
        };
        let kept = store_blocks(self, &part.blocks, also).await?;
        totals.take(totals.with(part, &kept.existing), kept.stored);
        Ok(())
    }

    /// How far an import of this file under this mapping has come.
    pub(super) async fn place(&self, path: &Path, of: &Of) -> Result<Place, ImportFailure> {
        let named = path.to_owned();
        let hashed = tokio::task::spawn_blocking(move || super::fingerprint(&named)).await;
        let hashed = hashed.map_err(|_| ImportFailure::Stopped)?;
        let file = hashed.map_err(|source| ImportFailure::unread(path, source))?;
        let mut place = Place {
            source: of.source.clone(),
            file: hex::encode(file),
            mapping: hex::encode(of.digest),
            ..Place::default()
        };
        let sql = "SELECT last_row, decisions, rejected, done FROM import_progress \
                   WHERE source = $1 AND file_sha256 = $2 AND mapping_sha256 = $3";
        if let Some(row) = self.store().database().query_one(sql, &place.key()).await? {
            place.last_row = row.count(0)?;
            place.decisions = row.count(1)?;
            place.rejected = row.count(2)?;
            place.done = row.count(3)? > 0;
        }
        Ok(place)
    }
}

impl Place {
    /// Forgets how far an earlier import came.
    pub(super) fn begin_anew(&mut self) {
        (self.last_row, self.decisions, self.rejected) = (0, 0, 0);
        self.done = false;
    }

    /// Moves on to where a part ends.
    pub(super) fn take(&mut self, part: &Part) {
        let blocks = u64::try_from(part.blocks.len()).unwrap_or(u64::MAX);
        let decisions = blocks.saturating_add(part.existing);
        self.last_row = part.last_row;
        self.decisions = self.decisions.saturating_add(decisions);
        self.rejected = self.rejected.saturating_add(part.rejected());
        self.done = part.last;
    }

    /// The report of a file that was imported before, to its end.
    pub(super) fn repeated(&self, of: &Of) -> ImportReport {
        ImportReport {
            continued_after: self.last_row,
            existing: self.decisions,
            rejected: self.rejected,
            ..ImportReport::of(of)
        }
    }

    fn key(&self) -> [Value; 3] {
        [&self.source, &self.file, &self.mapping].map(|text| text.as_str().into())
    }

    pub(super) fn checkpoint(&self, now_us: i64) -> Batch {
        let numbers = [self.last_row, self.decisions, self.rejected].map(signed);
        let mut values = self.key().to_vec();
        values.extend(numbers.map(Value::Int));
        values.extend([Value::Int(i64::from(self.done)), Value::Int(now_us)]);
        let mut batch = Batch::new();
        batch.run(
            "INSERT INTO import_progress (source, file_sha256, mapping_sha256, last_row, decisions, \
             rejected, done, updated_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
             ON CONFLICT (source, file_sha256, mapping_sha256) DO UPDATE SET \
             last_row = excluded.last_row, decisions = excluded.decisions, rejected = excluded.rejected, \
             done = excluded.done, updated_us = excluded.updated_us",
            values,
        );
        batch
    }
}

/// Opens the file and reads its first rows: what is wrong with a file shows there mostly, and before all of it is
/// read for its fingerprint.
async fn looked_at(request: &ImportRequest) -> Result<(), ImportFailure> {
    const ROWS: usize = 100;
    let ImportRequest { path, mapping, .. } = request.clone();
    let look = move || {
        let source = RowSource::open(&path, &mapping)?;
        source.take(ROWS).try_for_each(|outcome| outcome.map(drop))
    };
    let looked = tokio::task::spawn_blocking(look).await;
    let looked = looked.map_err(|_| ImportFailure::Stopped)?;
    looked.map_err(ImportFailure::File)
}

fn open(path: &Path, mapping: &Mapping) -> Result<RowSource, ImportFailure> {
    RowSource::open(path, mapping).map_err(ImportFailure::File)
}
