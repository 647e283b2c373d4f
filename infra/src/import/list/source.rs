//! A list read row by row.

use std::ops::RangeInclusive;
use std::path::Path;

use super::kinds::{List, ReadsRow};
use super::mapping::Lists;
use crate::import::error::ImportError;
use crate::import::fault::{Reason, Rejection};
use crate::import::mapping::YesNoWords;
use crate::import::plan::{All, Cells, Columns, Findings, Place};
use crate::import::report::{DryRun, Example};
use crate::import::row::RowKey;
use crate::import::source::Progress;
use crate::import::table::{Step, Table};

/// The rows of a list, in the file's order.
pub(super) struct ListSource<P> {
    table: Table,
    when: All,
    plan: P,
    findings: Findings,
    /// Rows that lack what they cannot do without.
    lacking: DryRun,
    rejected: u64,
}

/// A row of a list.
#[derive(Debug, Clone)]
pub(super) struct ListRow<R> {
    /// Its number in the file, from 1.
    pub(super) row: u64,
    /// The line on which it begins, from 1.
    pub(super) line: u64,
    /// What identifies it.
    pub(super) key: RowKey,
    /// What it says.
    pub(super) said: R,
}

/// What a row came to.
pub(super) enum Given<R> {
    /// Something to record.
    Row(ListRow<R>),
    /// Nothing that is meant.
    PassedOver,
    /// Nothing that can be recorded; the others are not touched by it.
    Rejected(Rejection),
}

impl<R> ListRow<R> {
    pub(super) fn rows(&self) -> RangeInclusive<u64> {
        self.row..=self.row
    }
}

impl<P: ReadsRow> ListSource<P> {
    /// Opens a file of a list and stands before its first row.
    pub(super) fn open<L: List<Plan = P>>(
        path: &Path,
        lists: &Lists,
        list: &L,
    ) -> Result<Self, ImportError> {
        let (_, key, when) = list.head();
        let file = lists.file(key);
        // No field of a list is answered by yes or no alone.
        let words = YesNoWords::default();
        let compile = |columns: &mut Columns| {
            let mut cells = Cells::new(&file, lists.missing(), &words, columns);
            let path = format!("{}.when", L::KIND.word());
            (All(cells.tests(&path, when)), list.compile(&mut cells))
        };
        let (table, (when, plan)) = Table::open(path, &file, compile)?;
        Ok(Self {
            table,
            when,
            plan,
            findings: Findings::default(),
            lacking: DryRun::default(),
            rejected: 0,
        })
    }

    /// Continues after a row of this file; the rows before are read for their keys alone.
    pub(super) fn continue_after(&mut self, row: u64) {
        self.table.continue_after(row);
    }

    /// How far the reading has come.
    pub(super) fn progress(&self) -> Progress {
        self.table.progress()
    }

    /// The number of the last row read.
    pub(super) fn row(&self) -> u64 {
        self.table.row()
    }

    /// What the rules have met so far.
    pub(super) fn report(&self) -> DryRun {
        let mut rules = self.plan.reports();
        for lacking in &self.lacking.rules {
            if let Some(rule) = rules.iter_mut().find(|rule| rule.rule == lacking.rule) {
                rule.rejected = rule.rejected.saturating_add(lacking.rejected);
                rule.rejections.extend_from_slice(&lacking.rejections);
                rule.rejections.truncate(crate::import::report::EXAMPLES);
            }
        }
        rules.extend(self.when.reports().cloned());
        rules.extend(self.table.reports());
        DryRun {
            rows: self.table.rows_read(),
            rejected: self.rejected,
            rules,
            ..DryRun::default()
        }
    }

    /// At most so many rows from here; fewer only at the end of the file, or where a fault of the file ends the reading.
    pub(super) fn some(&mut self, most: usize) -> (Vec<Given<P::Row>>, Option<ImportError>) {
        let mut given = Vec::new();
        while given.len() < most {
            match self.table.step() {
                Ok(Step::End) => break,
                Ok(Step::Skipped) => {}
                Ok(Step::Faulty(rejection)) => given.push(self.reject(rejection)),
                Ok(Step::Row(place)) => given.push(self.read(place)),
                Err(fault) => return (given, Some(self.table.failed(fault))),
            }
        }
        (given, None)
    }

    fn read(&mut self, place: Place) -> Given<P::Row> {
        let Place { row, line, key } = place;
        let (cells, findings) = (self.table.cells(), &mut self.findings);
        findings.line = line;
        let said = if self.when.hold(cells, findings) {
            self.plan.read(cells, findings)
        } else if findings.faults.is_empty() {
            return Given::PassedOver;
        } else {
            None
        };
        findings.notes.clear();
        let faults = std::mem::take(&mut findings.faults);
        if let Some(said) = said {
            Given::Row(ListRow {
                row,
                line,
                key,
                said,
            })
        } else {
            for fault in faults.iter().filter(|f| f.reason == Reason::Needed) {
                self.lacking.reject(&fault.rule, 0, || Example {
                    line,
                    reason: fault.reason.to_string(),
                    ..Example::default()
                });
            }
            self.reject(Rejection::of(row, line, faults))
        }
    }

    fn reject(&mut self, rejection: Rejection) -> Given<P::Row> {
        self.rejected = self.rejected.saturating_add(1);
        Given::Rejected(rejection)
    }
}
