//! What an import tells: while it runs, at its end, and when it cannot go on.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::compose::Part;
use super::{ImportRequest, Place};
use crate::access::Denied;
use crate::bulk::Kept;
use crate::clock::Clock;
use crate::error::StoreError;
use crate::import::{DryRun, ImportError, Progress};
use crate::packs::PacksError;

/// How far an import has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ImportProgress {
    /// Rows read, those of an earlier, interrupted import included.
    pub rows: u64,
    /// Bytes read.
    pub bytes: u64,
    /// Bytes of the file.
    pub size: u64,
    /// Decisions recorded by this import.
    pub recorded: u64,
    /// Decisions that were recorded before.
    pub existing: u64,
    /// Rows rejected.
    pub rejected: u64,
    /// Rows a second.
    pub rows_per_second: u64,
    /// Seconds left at this pace; absent while there is none.
    pub seconds_left: Option<u64>,
}

/// What became of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ImportReport {
    /// The source, as the mapping names it.
    pub source: String,
    /// Whom the data come from.
    pub attribution: Option<String>,
    /// Whether nothing was recorded: a rehearsal.
    pub dry_run: bool,
    /// Decisions recorded; in a rehearsal, decisions that would be.
    pub recorded: u64,
    /// Decisions already recorded by an earlier import.
    pub existing: u64,
    /// Rows rejected.
    pub rejected: u64,
    /// Decisions recorded with findings.
    pub with_findings: u64,
    /// How often each finding was made, by its code.
    pub findings: BTreeMap<String, u64>,
    /// Events stored.
    pub events: u64,
    /// From which ledger index to before which; other writers' events may lie between.
    pub indexes: Option<Range<u64>>,
    /// The row after which an interrupted import went on; zero from the start.
    pub continued_after: u64,
    /// Milliseconds it took.
    pub millis: u64,
    /// What the rules met, the mapping's and then the register's own.
    pub rules: DryRun,
}

/// Why a file is not imported, or not to its end. What was stored before stands, row by row whole.
#[derive(Debug, thiserror::Error)]
pub enum ImportFailure {
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The file.
    #[error(transparent)]
    File(ImportError),
    /// The file cannot be read at all.
    #[error("{path} cannot be read: {source}")]
    Unread {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The rejected rows cannot be written.
    #[error(
        "rejected rows cannot be written to {path}: {source}; free space or name another file, the import goes on \
         where it stopped"
    )]
    Unwritten {
        /// The file of rejected rows.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The mapping names rules that there are not.
    #[error(
        "the mapping's policy {0} is neither adopted nor built in: adopt its pack with `assize policy adopt`, or \
         correct `policy` in the mapping"
    )]
    NoRules(String),
    /// The rules could not be adopted.
    #[error("the rules {policy} could not be adopted: {why}")]
    NotAdopted {
        /// The rules.
        policy: String,
        /// Why.
        why: String,
    },
    /// A circumstance that the rules do not know.
    #[error(
        "the mapping's circumstances.{name} is not a circumstance of {policy}: rename it to one of the pack's codes, or \
         leave it out"
    )]
    UnknownCircumstance {
        /// The mapping's name.
        name: String,
        /// The rules.
        policy: String,
    },
    /// The rules cannot be had.
    #[error(transparent)]
    Rules(#[from] PacksError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The reading ended without saying why.
    #[error(
        "the reading of the file stopped unexpectedly: import it again, it goes on where it stopped"
    )]
    Stopped,
}

impl ImportFailure {
    pub(super) fn unread(path: &Path, source: std::io::Error) -> Self {
        let path = path.to_owned();
        Self::Unread { path, source }
    }

    pub(super) fn unwritten(path: &Path, source: std::io::Error) -> Self {
        let path = path.to_owned();
        Self::Unwritten { path, source }
    }
}

/// What an import adds up while it runs.
pub(super) struct Totals {
    clock: Clock,
    begun_us: i64,
    pub(super) continued_after: u64,
    pub(super) report: DryRun,
    so_far: ImportReport,
}

impl Totals {
    pub(super) fn new(clock: Clock) -> Self {
        Self {
            begun_us: clock.now_us(),
            clock,
            continued_after: 0,
            report: DryRun::default(),
            so_far: ImportReport::default(),
        }
    }

    /// Adds a part that is stored.
    pub(super) fn kept(&mut self, part: &Part, kept: &Kept) {
        let new = part.blocks.iter().enumerate();
        let new = new.filter(|(at, _)| !kept.existing.contains(at));
        for (_, block) in new {
            self.add(block);
        }
        let existing = u64::try_from(kept.existing.len()).unwrap_or(u64::MAX);
        self.so_far.existing = self.so_far.existing.saturating_add(existing);
        self.so_far.rejected = self.so_far.rejected.saturating_add(part.rejected());
        if let Some(stored) = kept.stored {
            let stored = stored.indexes();
            let first = self
                .so_far
                .indexes
                .as_ref()
                .map_or(stored.start, |i| i.start);
            self.so_far.indexes = Some(first..stored.end);
        }
    }

    /// Adds a part of a rehearsal.
    pub(super) fn would_keep(&mut self, part: &Part) {
        part.blocks.iter().for_each(|block| self.add(block));
        self.so_far.rejected = self.so_far.rejected.saturating_add(part.rejected());
    }

    fn add(&mut self, block: &crate::bulk::Block) {
        let so_far = &mut self.so_far;
        let events = u64::try_from(block.events.len()).unwrap_or(u64::MAX);
        so_far.recorded = so_far.recorded.saturating_add(1);
        so_far.events = so_far.events.saturating_add(events);
        if !block.findings.is_empty() {
            so_far.with_findings = so_far.with_findings.saturating_add(1);
        }
        for finding in &block.findings {
            let count = so_far.findings.entry(finding.code.clone()).or_default();
            *count = count.saturating_add(1);
        }
    }

    pub(super) fn progress(&self, read: Progress) -> ImportProgress {
        let micros = self.clock.now_us().saturating_sub(self.begun_us);
        let micros = u64::try_from(micros).unwrap_or_default();
        let rows = read.rows.saturating_sub(self.continued_after);
        let pace = |done: u64| done.saturating_mul(1_000_000).checked_div(micros);
        let left = read.size.saturating_sub(read.bytes);
        let bytes_per_second = pace(read.bytes).filter(|pace| *pace > 0);
        ImportProgress {
            rows: read.rows,
            bytes: read.bytes,
            size: read.size,
            recorded: self.so_far.recorded,
            existing: self.so_far.existing,
            rejected: self.so_far.rejected,
            rows_per_second: pace(rows).unwrap_or_default(),
            seconds_left: bytes_per_second.and_then(|pace| left.checked_div(pace)),
        }
    }

    pub(super) fn finish(self, request: &ImportRequest) -> ImportReport {
        let millis = self.clock.now_us().saturating_sub(self.begun_us);
        ImportReport {
            source: request.mapping.source.clone(),
            attribution: request.mapping.attribution.clone(),
            dry_run: request.dry_run,
            continued_after: self.continued_after,
            millis: u64::try_from(millis).unwrap_or_default().div_ceil(1_000),
            rules: self.report,
            ..self.so_far
        }
    }

    /// The report of a file that was imported before, to its end.
    pub(super) fn repeated(mut self, request: &ImportRequest, place: &Place) -> ImportReport {
        self.continued_after = place.last_row;
        self.so_far.existing = place.decisions;
        self.so_far.rejected = place.rejected;
        self.finish(request)
    }
}
