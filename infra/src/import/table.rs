//! A file read row by row, each row with what identifies it.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use csv::ByteRecord;
use sha2::{Digest, Sha256};

use super::error::{FileFault, ImportError};
use super::fault::{Fault, Reason, Rejection, shown};
use super::file::{self, At, Rows};
use super::mapping::{FileRule, RowsPerDecision};
use super::plan::{Columns, Place};
use super::report::{Example, RuleReport};
use super::row::RowKey;
use super::source::Progress;

/// The rows of a file. Memory stays bounded whatever the file's size: besides the row at hand there are 17 to 34 bytes
/// for each row already read, by which a repeated one is known.
pub(super) struct Table {
    name: String,
    rows: Rows,
    key: Vec<usize>,
    several: bool,
    columns: usize,
    cells: ByteRecord,
    row: u64,
    skip: u64,
    /// The key of the row before, where rows that share one belong together.
    last: Option<RowKey>,
    seen: HashSet<u128>,
    repeated: BTreeMap<u128, u32>,
    scratch: Vec<u8>,
    whole_rows: RuleReport,
    keys: RuleReport,
    read: Arc<AtomicU64>,
    size: u64,
}

/// What came next in a file.
pub(super) enum Step {
    /// Its end.
    End,
    /// A row that was dealt with before.
    Skipped,
    /// A row that cannot be read at all.
    Faulty(Rejection),
    /// A row, whose cells are at hand.
    Row(Place),
}

impl Table {
    /// Opens a file and stands before its first row. `compile` makes of its columns what reads the rows; every column that
    /// it looks for in vain is a fault of the file.
    pub(super) fn open<P>(
        path: &Path,
        file: &FileRule,
        compile: impl Fn(&mut Columns) -> P,
    ) -> Result<(Self, P), ImportError> {
        let name = path.file_name().unwrap_or(path.as_os_str());
        let name = name.to_string_lossy().into_owned();
        Self::open_named(path, &name, file, compile).map_err(|fault| ImportError {
            file: name,
            rows: 0,
            fault,
        })
    }

    fn open_named<P>(
        path: &Path,
        name: &str,
        file: &FileRule,
        compile: impl Fn(&mut Columns) -> P,
    ) -> Result<(Self, P), FileFault> {
        let read = Arc::new(AtomicU64::new(0));
        // The columns that the mapping names, by which a delimiter is found.
        let mut named = Columns::new(&[]);
        compile(&mut named);
        let named = named.into_missing().into_iter();
        let wanted: Vec<String> = named.map(|missing| missing.column).collect();
        let rows = file::open(path, file, &wanted, &read)?;
        let mut columns = Columns::new(rows.header());
        let key = file.key.iter();
        let key = key.map(|name| columns.find(name, "file.key")).collect();
        let plan = compile(&mut columns);
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
        let table = Self {
            name: name.to_owned(),
            columns: rows.header().len(),
            rows,
            key,
            several: file.rows_per_decision == RowsPerDecision::Several,
            cells: ByteRecord::new(),
            row: 0,
            skip: 0,
            last: None,
            seen: HashSet::new(),
            repeated: BTreeMap::new(),
            scratch: Vec::new(),
            whole_rows: report("file.row"),
            keys: report("file.key"),
            size: std::fs::metadata(path).map_err(FileFault::Open)?.len(),
            read,
        };
        Ok((table, plan))
    }

    pub(super) fn header(&self) -> &[String] {
        self.rows.header()
    }

    /// The cells of the row at hand.
    pub(super) fn cells(&self) -> &ByteRecord {
        &self.cells
    }

    /// Continues after a row of this file: the rows before are read for their keys alone.
    pub(super) fn continue_after(&mut self, row: u64) {
        self.skip = row;
    }

    /// The number of the row at hand.
    pub(super) fn row(&self) -> u64 {
        self.row
    }

    /// Rows read, without those that were dealt with before.
    pub(super) fn rows_read(&self) -> u64 {
        self.row.saturating_sub(self.skip.min(self.row))
    }

    pub(super) fn progress(&self) -> Progress {
        let bytes = self.read.load(Ordering::Relaxed).min(self.size);
        Progress {
            rows: self.row,
            bytes,
            size: self.size,
        }
    }

    /// What the rows themselves and their keys have met.
    pub(super) fn reports(&self) -> impl Iterator<Item = RuleReport> {
        let own = [&self.keys, &self.whole_rows].into_iter();
        own.filter(|own| own.rejected > 0).cloned()
    }

    /// What is wrong with the file, as who gave it knows it.
    pub(super) fn failed(&self, fault: FileFault) -> ImportError {
        ImportError {
            file: self.name.clone(),
            rows: self.row,
            fault,
        }
    }

    /// Reads on by one row.
    pub(super) fn step(&mut self) -> Result<Step, FileFault> {
        let Some(at) = self.rows.next(&mut self.cells)? else {
            return Ok(Step::End);
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
        let skipped = self.row <= self.skip;
        if found != expected {
            return Ok(if skipped {
                Step::Skipped
            } else {
                Step::Faulty(self.reject_row(&at, found))
            });
        }
        let key = self.key_of_row();
        if skipped {
            return Ok(Step::Skipped);
        }
        self.last = key.as_ref().ok().cloned();
        Ok(match key {
            Ok(key) => Step::Row(Place {
                row: self.row,
                line: at.line,
                key,
            }),
            Err((reason, value)) => Step::Faulty(self.reject_key(&at, value, reason)),
        })
    }

    fn reject_key(&mut self, at: &At, value: String, reason: Reason) -> Rejection {
        let line = at.line;
        self.keys.reject(|| example(line, &value, &reason));
        let fault = whole_fault("file.key", line, value, reason);
        Rejection::of(self.row, line, vec![fault])
    }

    fn reject_row(&mut self, at: &At, found: usize) -> Rejection {
        self.last = None;
        let reason = Reason::Columns {
            found,
            expected: self.columns,
            lines: at.lines,
        };
        let first = self.cells.get(0).unwrap_or_default();
        let value = shown(&String::from_utf8_lossy(first));
        self.whole_rows.reject(|| example(at.line, &value, &reason));
        let fault = whole_fault("file.row", at.line, value, reason);
        Rejection::of(self.row, at.line, vec![fault])
    }

    /// The row's key, or why it has none; either way the key is then known.
    fn key_of_row(&mut self) -> Result<RowKey, (Reason, String)> {
        if self.key.is_empty() {
            return Ok(self.content_key());
        }
        let key = RowKey::of_columns(&self.cells, &self.key);
        let value = || shown(&key.in_words());
        if key.is_empty() {
            return Err((Reason::EmptyKey, String::new()));
        }
        if self.several && self.last.as_ref() == Some(&key) {
            return Ok(key);
        }
        let RowKey::Columns(text) = &key else {
            return Ok(key);
        };
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

/// Half a digest tells rows apart as surely as is needed: a collision would only give a second row its own
/// key with another occurrence number.
fn front(digest: &[u8; 32]) -> u128 {
    let half: [u8; 16] = digest.first_chunk().copied().unwrap_or_default();
    u128::from_be_bytes(half)
}
