//! A file read decision by decision.

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use csv::ByteRecord;
use sha2::{Digest, Sha256};

use super::error::{FileFault, ImportError};
use super::fault::{Fault, Reason, Rejection, shown};
use super::file::{self, At, Rows};
use super::mapping::{Mapping, RowsPerDecision};
use super::merge::Pending;
use super::plan::{self, Columns, Findings, Place, Plan};
use super::report::{DryRun, Example, RuleReport};
use super::row::{ImportedRow, RowKey};

/// The decisions of a file under a mapping, in the file's order. Memory stays bounded whatever the file's
/// size: besides the row at hand there are 17 to 34 bytes for each row already read, by which a repeated
/// one is known, and the different values of the columns, up to 65,536 each.
///
/// After an error it ends; what it gave before stands.
pub struct RowSource {
    name: String,
    rows: Rows,
    plan: Plan,
    key: Vec<usize>,
    several: bool,
    columns: usize,
    cells: ByteRecord,
    findings: Findings,
    row: u64,
    skip: u64,
    seen: HashSet<u128>,
    repeated: BTreeMap<u128, u32>,
    scratch: Vec<u8>,
    pending: Option<Pending>,
    ready: VecDeque<Outcome>,
    counts: DryRun,
    whole_rows: RuleReport,
    keys: RuleReport,
    read: Arc<AtomicU64>,
    size: u64,
    ended: bool,
}

/// What a row, or the rows of one decision, came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A decision.
    Decision(Box<ImportedRow>),
    /// Nothing that can be recorded; the others are not touched by it.
    Rejected(Rejection),
}

/// How far an import has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Rows read.
    pub rows: u64,
    /// Bytes of the file read; a compressed file's own bytes.
    pub bytes: u64,
    /// Bytes of the file.
    pub size: u64,
}

impl RowSource {
    /// Opens a file, checks that it has the mapping's columns, and stands before its first row.
    pub fn open(path: &Path, mapping: &Mapping) -> Result<Self, ImportError> {
        let name = path
            .file_name()
            .unwrap_or(path.as_os_str())
            .to_string_lossy()
            .into_owned();
        Self::open_named(path, &name, mapping).map_err(|fault| ImportError {
            file: name,
            rows: 0,
            fault,
        })
    }

    fn open_named(path: &Path, name: &str, mapping: &Mapping) -> Result<Self, FileFault> {
        let read = Arc::new(AtomicU64::new(0));
        let wanted = wanted_columns(mapping);
        let rows = file::open(path, &mapping.file, &wanted, &read)?;
        let mut columns = Columns::new(rows.header());
        let key = mapping
            .file
            .key
            .iter()
            .map(|name| columns.find(name, "file.key"))
            .collect();
        let plan = plan::compile(mapping, &mut columns);
        let missing = columns.into_missing();
        if !missing.is_empty() {
            return Err(FileFault::MissingColumns {
                missing,
                header: rows.header().to_vec(),
            });
        }
        let report = |rule: &str| RuleReport {
            rule: Arc::from(rule),
            ..RuleReport::default()
        };
        Ok(Self {
            name: name.to_owned(),
            columns: rows.header().len(),
            rows,
            plan,
            key,
            several: mapping.file.rows_per_decision == RowsPerDecision::Several,
            cells: ByteRecord::new(),
            findings: Findings::default(),
            row: 0,
            skip: 0,
            seen: HashSet::new(),
            repeated: BTreeMap::new(),
            scratch: Vec::new(),
            pending: None,
            ready: VecDeque::new(),
            counts: DryRun::default(),
            whole_rows: report("file.row"),
            keys: report("file.key"),
            size: std::fs::metadata(path).map_err(FileFault::Open)?.len(),
            read,
            ended: false,
        })
    }

    /// The file's columns.
    pub fn header(&self) -> &[String] {
        self.rows.header()
    }

    /// Continues after a row of this file, the `last_row` of a decision already recorded. The rows before are
    /// read for their keys alone.
    pub fn continue_after(&mut self, row: u64) {
        self.skip = row;
    }

    /// How far the reading has come.
    pub fn progress(&self) -> Progress {
        let bytes = self.read.load(Ordering::Relaxed).min(self.size);
        Progress {
            rows: self.row,
            bytes,
            size: self.size,
        }
    }

    /// What the rules have met so far.
    pub fn report(&self) -> DryRun {
        let mut report = self.counts.clone();
        report.rows = self.row.saturating_sub(self.skip.min(self.row));
        report.rules = self.plan.reports();
        let own = [&self.keys, &self.whole_rows]
            .into_iter()
            .filter(|own| own.rejected > 0);
        report.rules.extend(own.cloned());
        report
    }

    /// Reads one row; `None` at the end of the file.
    fn step(&mut self) -> Result<Option<()>, FileFault> {
        let Some(at) = self.rows.next(&mut self.cells)? else {
            self.finish_pending();
            return Ok(None);
        };
        let (found, expected) = (self.cells.len(), self.columns);
        if at.cut && found < expected {
            let line = at.line;
            return Err(FileFault::CutRow {
                line,
                found,
                expected,
            });
        }
        self.row = self.row.saturating_add(1);
        if found != expected {
            let lines = at.lines;
            if self.row > self.skip {
                let reason = Reason::Columns {
                    found,
                    expected,
                    lines,
                };
                self.reject_row(
                    &at,
                    reason,
                    shown(&String::from_utf8_lossy(first(&self.cells))),
                );
            }
            return Ok(Some(()));
        }
        let key = self.key_of_row();
        if self.row > self.skip {
            self.read_row(&at, key);
        }
        Ok(Some(()))
    }

    /// The row's key, or why it has none; either way the key is then known.
    fn key_of_row(&mut self) -> Result<RowKey, (Reason, String)> {
        if self.key.is_empty() {
            return Ok(self.content_key());
        }
        let cells = self
            .key
            .iter()
            .map(|at| self.cells.get(*at).unwrap_or_default().trim_ascii());
        let cells: Vec<&str> = cells
            .map(|cell| str::from_utf8(cell).unwrap_or_default())
            .collect();
        let value = || shown(&cells.join(" + "));
        if cells.iter().all(|cell| cell.is_empty()) {
            return Err((Reason::EmptyKey, String::new()));
        }
        let text = cells.join("\u{1f}");
        let key = RowKey::Columns(text.as_str().into());
        if self.several
            && self
                .pending
                .as_ref()
                .is_some_and(|pending| *pending.key() == key)
        {
            return Ok(key);
        }
        let digest: [u8; 32] = Sha256::digest(text.as_bytes()).into();
        if self.seen.insert(front(&digest)) {
            Ok(key)
        } else if self.several {
            Err((Reason::ScatteredKey, value()))
        } else {
            Err((Reason::RepeatedKey, value()))
        }
    }

    fn content_key(&mut self) -> RowKey {
        self.scratch.clear();
        for cell in &self.cells {
            let length = u32::try_from(cell.len()).unwrap_or(u32::MAX);
            self.scratch.extend_from_slice(&length.to_be_bytes());
        }
        self.scratch.extend_from_slice(self.cells.as_slice());
        let sha256: [u8; 32] = Sha256::digest(&self.scratch).into();
        let short = front(&sha256);
        let occurrence = if self.seen.insert(short) {
            1
        } else {
            let count = self.repeated.entry(short).or_insert(1);
            *count = count.saturating_add(1);
            *count
        };
        RowKey::Content { sha256, occurrence }
    }

    fn read_row(&mut self, at: &At, key: Result<RowKey, (Reason, String)>) {
        let key = match key {
            Ok(key) => key,
            Err((reason, value)) => {
                self.finish_pending();
                let line = at.line;
                self.keys.reject(|| example(line, &value, &reason));
                let fault = whole_fault("file.key", line, value, reason);
                self.give_rejection(Rejection::of(self.row, line, vec![fault]));
                return;
            }
        };
        let place = Place {
            row: self.row,
            line: at.line,
            key: key.clone(),
        };
        let decision = self.plan.read(place, &self.cells, &mut self.findings);
        let faults = std::mem::take(&mut self.findings.faults);
        self.findings.notes.clear();
        if self.several {
            if self
                .pending
                .as_ref()
                .is_some_and(|pending| *pending.key() != key)
            {
                self.finish_pending();
            }
            match &mut self.pending {
                Some(pending) => pending.add(self.row, decision, faults),
                None => self.pending = Some(Pending::new(self.row, at.line, key, decision, faults)),
            }
        } else {
            self.give(decision, Rejection::of(self.row, at.line, faults));
        }
    }

    fn reject_row(&mut self, at: &At, reason: Reason, value: String) {
        self.whole_rows.reject(|| example(at.line, &value, &reason));
        let fault = whole_fault("file.row", at.line, value, reason);
        self.finish_pending();
        self.give_rejection(Rejection::of(self.row, at.line, vec![fault]));
    }

    fn finish_pending(&mut self) {
        if let Some(pending) = self.pending.take() {
            let (decision, rejection) = pending.finish();
            self.give(decision, rejection);
        }
    }

    fn give(&mut self, decision: Option<Box<ImportedRow>>, rejection: Rejection) {
        let Some(decision) = decision else {
            return self.give_rejection(rejection);
        };
        self.counts.decisions = self.counts.decisions.saturating_add(1);
        if !decision.notes.is_empty() {
            self.counts.with_notes = self.counts.with_notes.saturating_add(1);
        }
        self.ready.push_back(Outcome::Decision(decision));
    }

    fn give_rejection(&mut self, rejection: Rejection) {
        let rows = rejection
            .last_row
            .saturating_sub(rejection.row)
            .saturating_add(1);
        self.counts.rejected = self.counts.rejected.saturating_add(rows);
        self.ready.push_back(Outcome::Rejected(rejection));
    }
}

impl Iterator for RowSource {
    type Item = Result<Outcome, ImportError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(outcome) = self.ready.pop_front() {
                return Some(Ok(outcome));
            }
            if self.ended {
                return None;
            }
            match self.step() {
                Ok(Some(())) => {}
                Ok(None) => self.ended = true,
                Err(fault) => {
                    self.ended = true;
                    let file = self.name.clone();
                    return Some(Err(ImportError {
                        file,
                        rows: self.row,
                        fault,
                    }));
                }
            }
        }
    }
}

/// SHA-256 of a file's bytes, by which an interrupted import knows the file again.
pub fn fingerprint(path: &Path) -> std::io::Result<[u8; 32]> {
    let mut file = std::fs::File::open(path)?;
    let mut block = vec![0; 256 * 1024];
    let mut digest = Sha256::new();
    loop {
        match file.read(&mut block)? {
            0 => return Ok(digest.finalize().into()),
            read => digest.update(block.get(..read).unwrap_or_default()),
        }
    }
}

fn example(line: u64, value: &str, reason: &Reason) -> Example {
    Example {
        line,
        value: value.to_owned(),
        reason: reason.to_string(),
        sentence: None,
    }
}

fn whole_fault(rule: &str, line: u64, value: String, reason: Reason) -> Fault {
    Fault {
        rule: rule.into(),
        line,
        column: "".into(),
        value,
        reason,
    }
}

fn first(cells: &ByteRecord) -> &[u8] {
    cells.get(0).unwrap_or_default()
}

/// Half a digest tells rows apart as surely as is needed: a collision would only give a second row its own
/// key with another occurrence number.
fn front(digest: &[u8; 32]) -> u128 {
    let half: [u8; 16] = digest.first_chunk().copied().unwrap_or_default();
    u128::from_be_bytes(half)
}

/// The columns that the mapping names, by which a delimiter is found.
fn wanted_columns(mapping: &Mapping) -> Vec<String> {
    let mut columns = Columns::new(&[]);
    plan::compile(mapping, &mut columns);
    columns
        .into_missing()
        .into_iter()
        .map(|missing| missing.column)
        .collect()
}
