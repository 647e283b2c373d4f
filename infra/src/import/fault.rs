//! Why a row is rejected, or read with a reservation.

use std::ops::RangeInclusive;
use std::sync::Arc;

use super::code::CodeFault;
use super::decimal::NumberFault;

/// The rule that a cell breaks, in words that follow the cell's value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// Not digits with at most one decimal mark.
    #[error("is not a number: write digits with at most one {0:?}, or list the cell under missing")]
    NotANumber(char),
    /// Below zero.
    #[error("is below zero: a quantity of a sentence is zero or more")]
    Negative,
    /// More digits than are kept exactly.
    #[error(
        "has too many digits: at most 15 before the decimal mark and 18 in all are kept exactly"
    )]
    TooLong,
    /// A fraction where a whole number is needed.
    #[error("is not a whole number")]
    NotWhole,
    /// More than can be.
    #[error("is more than {0}, the most that is read here")]
    MoreThan(u64),
    /// More decimals than the currency has.
    #[error(
        "has more decimals than {currency}, which has {decimals}: round it at the source, or correct currency in the \
         mapping"
    )]
    TooFine {
        /// The currency.
        currency: String,
        /// Its decimals (ISO 4217).
        decimals: u32,
    },
    /// Not a date in the column's format.
    #[error("is not a date written as {0}: set format, or list the cell under missing")]
    NotADate(&'static str),
    /// A day no calendar has.
    #[error(
        "names a day that no calendar has: correct it at the source, or list the cell under missing"
    )]
    NoSuchDay,
    /// A cell outside the value table.
    #[error("stands in no line of the value table: add it there, or set unlisted")]
    Unlisted,
    /// A cell that names no unit.
    #[error("names no unit of the rule: add it to units")]
    UnknownUnit,
    /// Neither yes nor no.
    #[error("means neither yes nor no: list it under yes, no or missing")]
    NeitherYesNorNo,
    /// No code.
    #[error("{0}")]
    NotACode(#[from] CodeFault),
    /// A line with more or fewer columns than the header.
    #[error(
        "has {found} columns, and the header has {expected}: a delimiter or a quotation mark is missing \
         or too many{}", spans(*.lines)
    )]
    Columns {
        /// Columns found.
        found: usize,
        /// Columns of the header.
        expected: usize,
        /// Lines that the row spans.
        lines: u64,
    },
    /// A key that an earlier row had.
    #[error("is the key of an earlier row: a key identifies one row; add a column to file.key")]
    RepeatedKey,
    /// A key of one decision that comes back after others.
    #[error(
        "is the key of an earlier decision: sort the file so that rows of one decision follow each other"
    )]
    ScatteredKey,
    /// Every key column empty.
    #[error("is no key: every key column is empty")]
    EmptyKey,
    /// No date.
    #[error("leaves the decision without a date: at least its year is needed")]
    NoDate,
    /// Something that a row cannot do without.
    #[error(
        "is missing, and a row cannot do without it: complete the row, or pass over it with when"
    )]
    Needed,
    /// Nothing imposed.
    #[error("names no disposal: the conditions of no component hold")]
    NothingImposed,
    /// Two components called principal.
    #[error(
        "makes two components the principal disposal: principal_when must hold for one at most"
    )]
    TwoPrincipals,
    /// Rows of one decision disagree.
    #[error("differs from the first row of the same decision, which is the one recorded")]
    RowsDisagree,
    /// Something not known here: said by the register's own rules.
    #[error("{0}")]
    Rule(String),
}

fn spans(lines: u64) -> String {
    if lines > 1 {
        format!(" (the row spans {lines} lines)")
    } else {
        String::new()
    }
}

impl Reason {
    pub(super) fn number(fault: NumberFault, point: char) -> Self {
        match fault {
            NumberFault::NotANumber => Self::NotANumber(point),
            NumberFault::Negative => Self::Negative,
            NumberFault::TooLong => Self::TooLong,
        }
    }
}

/// One fault of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The mapping's rule, by its path, for example `person.age`.
    pub rule: Arc<str>,
    /// The line on which the row begins, from 1.
    pub line: u64,
    /// The column, or columns; empty for the row as a whole.
    pub column: Arc<str>,
    /// What stands there, cut to a readable length; withheld where it would identify a person.
    pub value: String,
    /// What is wrong with it.
    pub reason: Reason,
}

/// A row that cannot be recorded, with everything that is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    /// The number of the row in the file, from 1.
    pub row: u64,
    /// The number of the last row rejected with it, where several rows make one decision.
    pub last_row: u64,
    /// The line on which the row begins, from 1.
    pub line: u64,
    /// The faults; at least one.
    pub faults: Vec<Fault>,
}

impl Rejection {
    pub(super) fn of(row: u64, line: u64, faults: Vec<Fault>) -> Self {
        Self {
            row,
            last_row: row,
            line,
            faults,
        }
    }

    /// A rejection by the register's own rules, of rows that the mapping could read: in the place of a column stands the
    /// field of the register, since several columns may make it, and the value that the rule names.
    pub(super) fn by_rule(
        (rows, line): (RangeInclusive<u64>, u64),
        rule: &str,
        field: &str,
        value: Option<&str>,
        reason: String,
    ) -> Self {
        let fault = Fault {
            rule: Arc::from(rule),
            line,
            column: Arc::from(field),
            value: value.map(shown).unwrap_or_default(),
            reason: Reason::Rule(reason),
        };
        Self {
            row: *rows.start(),
            last_row: *rows.end(),
            line,
            faults: vec![fault],
        }
    }
}

/// Characters of a cell that a message shows.
const SHOWN: usize = 80;

/// A cell as messages show it: on one line and not too long.
pub(super) fn shown(cell: &str) -> String {
    let clean = |c: char| if c.is_control() { ' ' } else { c };
    let mut text: String = cell.chars().take(SHOWN).map(clean).collect();
    if cell.chars().nth(SHOWN).is_some() {
        text.push('…');
    }
    text
}

/// What stands in place of a value that identifies a person.
pub(super) const WITHHELD: &str = "(withheld)";

/// A list of names as messages show it.
pub(super) fn shown_list(names: &[&str]) -> String {
    const MOST: usize = 60;
    let mut text = names
        .iter()
        .take(MOST)
        .copied()
        .map(shown)
        .collect::<Vec<_>>()
        .join(", ");
    if names.len() > MOST {
        text.extend([
            " and ",
            &names.len().saturating_sub(MOST).to_string(),
            " more",
        ]);
    }
    text
}
