//! A file read decision by decision.

use std::collections::VecDeque;
use std::io::Read;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::error::{FileFault, ImportError};
use super::fault::Rejection;
use super::mapping::{Mapping, RowsPerDecision};
use super::merge::Pending;
use super::plan::{self, Columns, Findings, Place, Plan};
use super::report::DryRun;
use super::row::ImportedRow;
use super::table::{Step, Table};

/// The decisions of a file under a mapping, in the file's order. Memory stays bounded whatever the file's
/// size: besides the row at hand there are 17 to 34 bytes for each row already read, by which a repeated
/// one is known, and the different values of the columns, up to 65,536 each.
///
/// After an error it ends; what it gave before stands.
pub struct RowSource {
    table: Table,
    plan: Plan,
    several: bool,
    findings: Findings,
    pending: Option<Pending>,
    ready: VecDeque<Outcome>,
    counts: DryRun,
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
        let compile = |columns: &mut Columns| plan::compile(mapping, columns);
        let (table, plan) = Table::open(path, &mapping.file, compile)?;
        Ok(Self {
            table,
            plan,
            several: mapping.file.rows_per_decision == RowsPerDecision::Several,
            findings: Findings::default(),
            pending: None,
            ready: VecDeque::new(),
            counts: DryRun::default(),
            ended: false,
        })
    }

    /// The file's columns.
    pub fn header(&self) -> &[String] {
        self.table.header()
    }

    /// Continues after a row of this file, the `last_row` of a decision already recorded. The rows before are
    /// read for their keys alone.
    pub fn continue_after(&mut self, row: u64) {
        self.table.continue_after(row);
    }

    /// How far the reading has come.
    pub fn progress(&self) -> Progress {
        self.table.progress()
    }

    /// What the rules have met so far.
    pub fn report(&self) -> DryRun {
        let mut report = self.counts.clone();
        report.rows = self.table.rows_read();
        report.rules = self.plan.reports();
        report.rules.extend(self.table.reports());
        report
    }

    /// Reads one row; `None` at the end of the file.
    fn step(&mut self) -> Result<Option<()>, FileFault> {
        match self.table.step()? {
            Step::End => {
                self.finish_pending();
                return Ok(None);
            }
            Step::Skipped => {}
            Step::Faulty(rejection) => {
                self.finish_pending();
                self.give_rejection(rejection);
            }
            Step::Row(place) => self.read_row(place),
        }
        Ok(Some(()))
    }

    fn read_row(&mut self, place: Place) {
        let (row, line, key) = (place.row, place.line, place.key.clone());
        let decision = self
            .plan
            .read(place, self.table.cells(), &mut self.findings);
        let faults = std::mem::take(&mut self.findings.faults);
        self.findings.notes.clear();
        if !self.several {
            self.give(decision, Rejection::of(row, line, faults));
            return;
        }
        let other = |pending: &Pending| *pending.key() != key;
        if self.pending.as_ref().is_some_and(other) {
            self.finish_pending();
        }
        match &mut self.pending {
            Some(pending) => pending.add(row, decision, faults),
            None => self.pending = Some(Pending::new(row, line, key, decision, faults)),
        }
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
                    return Some(Err(self.table.failed(fault)));
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
