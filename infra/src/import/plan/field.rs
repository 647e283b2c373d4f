//! One compiled rule: which cells it reads, what it makes of them, and what it has met so far.

use std::str;
use std::sync::Arc;

use csv::ByteRecord;

use super::memo::Memo;
use crate::import::fault::{Fault, Reason, WITHHELD, shown};
use crate::import::report::{Example, RuleReport};
use crate::import::row::{Known, Note};

/// What a cell means: an answer, perhaps with a reservation, or a fault.
pub(in crate::import) type Outcome<T> = Result<Read<T>, Reason>;

/// An answer, perhaps with a reservation.
#[derive(Clone)]
pub(in crate::import) struct Read<T> {
    pub(super) answer: Known<T>,
    pub(super) note: Option<Reason>,
}

impl<T> From<Known<T>> for Read<T> {
    fn from(answer: Known<T>) -> Self {
        Self { answer, note: None }
    }
}

/// Between the cells of a rule with several columns; no file holds it as text.
pub(in crate::import) const BETWEEN: char = '\u{1f}';

/// Where a rule's text comes from.
pub(super) enum Input<T> {
    /// Nowhere: the mapping gives the answer.
    Constant(T),
    /// One column.
    One(usize),
    /// Several, joined by [`BETWEEN`].
    Several(Vec<usize>),
}

/// What reads a cell's text.
pub(in crate::import) type Parse<T> = Box<dyn Fn(&str) -> Outcome<T> + Send>;

/// A compiled rule for a value of type `T`.
pub(in crate::import) struct Field<T> {
    input: Input<T>,
    parse: Parse<T>,
    memo: Memo<Outcome<T>>,
    joined: Vec<u8>,
    withheld: bool,
    report: RuleReport,
}

/// What reading one row has found so far.
#[derive(Debug, Default)]
pub(in crate::import) struct Findings {
    pub(in crate::import) line: u64,
    pub(in crate::import) faults: Vec<Fault>,
    pub(in crate::import) notes: Vec<Note>,
}

impl<T: Clone> Field<T> {
    pub(super) fn new(path: &str, column: &str, input: Input<T>, parse: Parse<T>) -> Self {
        let report = RuleReport {
            rule: Arc::from(path),
            column: Arc::from(column),
            ..RuleReport::default()
        };
        Self {
            input,
            parse,
            memo: Memo::default(),
            joined: Vec::new(),
            withheld: false,
            report,
        }
    }

    pub(super) fn constant(path: &str, answer: T) -> Self {
        let parse: Parse<T> = Box::new(|_| Ok(Known::NotRecorded.into()));
        Self::new(path, "", Input::Constant(answer), parse)
    }

    /// Keeps the cells of this rule out of messages and of its memory.
    pub(super) fn withheld(mut self) -> Self {
        self.withheld = true;
        self
    }

    pub(in crate::import) fn report(&self) -> &RuleReport {
        &self.report
    }

    /// The answer in this row. A fault goes to the findings, and the answer is then absent.
    pub(in crate::import) fn read(
        &mut self,
        cells: &ByteRecord,
        findings: &mut Findings,
    ) -> Known<T> {
        let cell = match &self.input {
            Input::Constant(answer) => {
                self.report.recorded = self.report.recorded.saturating_add(1);
                return Known::Value(answer.clone());
            }
            Input::One(column) => cells.get(*column).unwrap_or_default().trim_ascii(),
            Input::Several(columns) => {
                join(cells, columns, &mut self.joined);
                self.joined.as_slice()
            }
        };
        let parse = &self.parse;
        let read = |cell: &[u8]| match str::from_utf8(cell) {
            Ok(text) => parse(text),
            Err(_) => Err(Reason::Rule("is not text".to_owned())),
        };
        if self.withheld {
            let outcome = read(cell);
            return note_outcome(&outcome, cell, true, &mut self.report, findings);
        }
        self.memo.with(cell, read, |outcome| {
            note_outcome(outcome, cell, false, &mut self.report, findings)
        })
    }
}

fn join(cells: &ByteRecord, columns: &[usize], joined: &mut Vec<u8>) {
    joined.clear();
    for (at, column) in columns.iter().enumerate() {
        if at > 0 {
            joined.extend_from_slice(BETWEEN.encode_utf8(&mut [0; 4]).as_bytes());
        }
        joined.extend_from_slice(cells.get(*column).unwrap_or_default().trim_ascii());
    }
}

fn note_outcome<T: Clone>(
    outcome: &Outcome<T>,
    cell: &[u8],
    withheld: bool,
    report: &mut RuleReport,
    findings: &mut Findings,
) -> Known<T> {
    let (counter, note, answer) = match outcome {
        Ok(Read { answer, note }) => {
            let counter = match answer {
                Known::Value(_) => &mut report.recorded,
                Known::NotRecorded => &mut report.not_recorded,
                Known::NotAsked => &mut report.not_asked,
                Known::Declined => &mut report.declined,
            };
            (Some(counter), note.as_ref(), answer.clone())
        }
        Err(reason) => {
            add_fault(reason, cell, withheld, report, findings);
            (None, None, Known::NotRecorded)
        }
    };
    if let Some(counter) = counter {
        *counter = counter.saturating_add(1);
    }
    if let Some(reason) = note {
        let value = value_of(cell, withheld);
        findings.notes.push(Note {
            rule: Arc::clone(&report.rule),
            column: Arc::clone(&report.column),
            value: value.clone(),
            reason: reason.to_string(),
        });
        let line = findings.line;
        report.note(|| Example {
            line,
            value,
            reason: reason.to_string(),
            sentence: None,
        });
    }
    answer
}

fn add_fault(
    reason: &Reason,
    cell: &[u8],
    withheld: bool,
    report: &mut RuleReport,
    findings: &mut Findings,
) {
    let value = value_of(cell, withheld);
    let line = findings.line;
    findings.faults.push(Fault {
        rule: Arc::clone(&report.rule),
        line,
        column: Arc::clone(&report.column),
        value: value.clone(),
        reason: reason.clone(),
    });
    report.reject(|| Example {
        line,
        value,
        reason: reason.to_string(),
        sentence: None,
    });
}

fn value_of(cell: &[u8], withheld: bool) -> String {
    if withheld {
        return WITHHELD.to_owned();
    }
    shown(&String::from_utf8_lossy(cell).replace(BETWEEN, " + "))
}
