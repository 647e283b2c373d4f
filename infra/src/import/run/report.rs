//! What an import tells: while it runs, at its end, and when it cannot go on.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Of;
use super::compose::Part;
use crate::access::Denied;
use crate::bulk::Block;
use crate::clock::Clock;
use crate::error::StoreError;
use crate::import::{DryRun, ImportError, Kind, Progress};
use crate::packs::PacksError;
use crate::store::Stored;

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

/// What became of a file, however often its import was interrupted and went on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportReport {
    /// Under which id the report is kept; none for a rehearsal.
    pub id: Option<Uuid>,
    /// What the rows are; decisions of courts in a report that does not say.
    #[serde(default)]
    pub kind: Kind,
    /// The source, as the mapping names it.
    pub source: String,
    /// Whom the data come from.
    pub attribution: Option<String>,
    /// Whether nothing was recorded: a rehearsal.
    pub dry_run: bool,
    /// Decisions recorded, before an interruption too; in a rehearsal, decisions that would be.
    pub recorded: u64,
    /// Decisions already recorded by an earlier import.
    pub existing: u64,
    /// Rows rejected.
    pub rejected: u64,
    /// Rows that the mapping does not mean.
    #[serde(default)]
    pub passed_over: u64,
    /// Decisions recorded with findings.
    pub with_findings: u64,
    /// How often each finding was made, by its code.
    pub findings: BTreeMap<String, u64>,
    /// Events stored.
    pub events: u64,
    /// From which ledger index to before which; other writers' events may lie between.
    pub indexes: Option<Range<u64>>,
    /// The row after which an interrupted import last went on; zero from the start.
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
    #[error("rejected rows cannot be written to {path}: {}", unwritten(source))]
    Unwritten {
        /// The file of rejected rows.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file for rejected rows holds something else.
    #[error(
        "{path} holds something else than rejected rows, and is left as it is: name another file with --rejects"
    )]
    NotRejects {
        /// The file.
        path: PathBuf,
    },
    /// The mapping names rules that there are not.
    #[error(
        "policy: {0} is neither adopted nor built in: adopt its pack with `assize policy adopt`, or correct it"
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
        "circumstances.{name}: is no circumstance of {policy}: name one of {known}, or leave it out"
    )]
    UnknownCircumstance {
        /// The mapping's name.
        name: String,
        /// The rules.
        policy: String,
        /// The circumstances that they know.
        known: String,
    },
    /// The mapping has no such list.
    #[error("{named} maps no {}: it maps {mapped}", kind.word())]
    NotMapped {
        /// What the mapping is called.
        named: String,
        /// What was asked for.
        kind: Kind,
        /// What it maps.
        mapped: String,
    },
    /// A stream that others keep changing.
    #[error(
        "somebody else keeps changing what the import goes on with: give the same command again, it goes on where it \
         stopped"
    )]
    Busy,
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

fn unwritten(source: &std::io::Error) -> String {
    if source.kind() == std::io::ErrorKind::NotFound {
        return "its folder is not there; make it, or name another file with --rejects".to_owned();
    }
    format!("{source}; free space or name another file, the import goes on where it stopped")
}

impl ImportFailure {
    pub(in crate::import) fn unread(path: &Path, source: std::io::Error) -> Self {
        let path = path.to_owned();
        Self::Unread { path, source }
    }

    pub(super) fn unwritten(path: &Path, source: std::io::Error) -> Self {
        let path = path.to_owned();
        Self::Unwritten { path, source }
    }
}

/// What an import adds up while it runs.
pub(in crate::import) struct Totals {
    clock: Clock,
    begun_us: i64,
    continued_after: u64,
    /// What an interrupted import of the same file had come to.
    earlier: ImportReport,
    pub(in crate::import) so_far: ImportReport,
}

impl Totals {
    pub(in crate::import) fn new(clock: Clock, earlier: ImportReport) -> Self {
        Self {
            begun_us: clock.now_us(),
            clock,
            continued_after: earlier.continued_after,
            so_far: earlier.clone(),
            earlier,
        }
    }

    /// The report once a part is stored, but for the blocks that exist already.
    pub(in crate::import) fn with(&self, part: &Part, existing: &BTreeSet<usize>) -> ImportReport {
        let mut report = self.so_far.clone();
        let new = part.blocks.iter().enumerate();
        for (_, block) in new.filter(|(at, _)| !existing.contains(at)) {
            report.add(block);
        }
        let existing = u64::try_from(existing.len()).unwrap_or(u64::MAX);
        let existing = existing.saturating_add(part.existing);
        report.existing = report.existing.saturating_add(existing);
        report.passed_over = report.passed_over.saturating_add(part.passed_over);
        report.rejected = report.rejected.saturating_add(part.rejected());
        report.rules = self.earlier.rules.clone().and_then(&part.report);
        report.millis = self.earlier.millis.saturating_add(self.millis());
        report
    }

    /// Takes the report of a part that is stored.
    pub(in crate::import) fn take(&mut self, report: ImportReport, stored: Option<Stored>) {
        let indexes = report.indexes.clone();
        self.so_far = report;
        if let Some(stored) = stored {
            let stored = stored.indexes();
            let first = indexes.map_or(stored.start, |before| before.start);
            self.so_far.indexes = Some(first..stored.end);
        }
    }

    fn millis(&self) -> u64 {
        let micros = self.clock.now_us().saturating_sub(self.begun_us);
        u64::try_from(micros).unwrap_or_default().div_ceil(1_000)
    }

    pub(in crate::import) fn progress(&self, read: Progress) -> ImportProgress {
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
}

impl ImportReport {
    pub(super) fn of(of: &Of) -> Self {
        Self {
            kind: of.kind,
            source: of.source.clone(),
            attribution: of.attribution.clone(),
            dry_run: of.dry_run,
            ..Self::default()
        }
    }

    fn add(&mut self, block: &Block) {
        let events = u64::try_from(block.events.len()).unwrap_or(u64::MAX);
        self.recorded = self.recorded.saturating_add(1);
        self.events = self.events.saturating_add(events);
        if !block.findings.is_empty() {
            self.with_findings = self.with_findings.saturating_add(1);
        }
        for finding in &block.findings {
            let count = self.findings.entry(finding.code.clone()).or_default();
            *count = count.saturating_add(1);
        }
    }
}
