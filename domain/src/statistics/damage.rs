//! Counts that cannot be: damage is an error, never an empty figure.

/// Counts that contradict themselves, or an operation that would make them so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CountError {
    /// More was taken out of a cell than it holds.
    #[error("cannot retract {retracted} from the {held} counted at {cell}; rebuild the counts")]
    RetractedMoreThanCounted {
        /// The cell, as the caller names it.
        cell: String,
        /// What the cell holds.
        held: u64,
        /// What was to be taken out.
        retracted: u64,
    },
    /// The counts exceed what the figures are exact for.
    #[error("more than {limit} decisions in one table; split it by period or court")]
    TooMany {
        /// The most that one table may count.
        limit: u64,
    },
    /// Two tables of different shape.
    #[error(
        "a table of {rows} × {columns} cannot be combined with one of {other_rows} × {other_columns}; build both under the same policy"
    )]
    ShapeMismatch {
        /// Rows of the first.
        rows: usize,
        /// Columns of the first.
        columns: usize,
        /// Rows of the second.
        other_rows: usize,
        /// Columns of the second.
        other_columns: usize,
    },
    /// A row of another length than the first.
    #[error(
        "row {row} has {found} columns where the first row has {expected}; give every row the same columns"
    )]
    Ragged {
        /// The row, from 0.
        row: usize,
        /// Its columns.
        found: usize,
        /// The columns of the first row.
        expected: usize,
    },
    /// A cell outside the table.
    #[error("no cell at row {row}, column {column} in a table of {rows} × {columns}")]
    OutsideTable {
        /// The row, from 0.
        row: usize,
        /// The column, from 0.
        column: usize,
        /// Rows of the table.
        rows: usize,
        /// Columns of the table.
        columns: usize,
    },
    /// More events than decisions.
    #[error("{events} events among {n} decisions; events are counted among the decisions")]
    MoreEventsThanDecisions {
        /// The events.
        events: u64,
        /// The decisions.
        n: u64,
    },
    /// A sum and a sum of squares that no list of values has.
    #[error(
        "no {n} values have the sum {sum} and the sum of squares {sum_of_squares}; rebuild the sums"
    )]
    ImpossibleSums {
        /// How many values.
        n: u64,
        /// Their sum.
        sum: i128,
        /// The sum of their squares.
        sum_of_squares: i128,
    },
    /// A value beyond what can be held exactly.
    #[error("the value {value} cannot be held exactly beside the others; use a coarser unit")]
    NotRepresentable {
        /// The value.
        value: String,
    },
    /// Lists that must be of the same length are not.
    #[error("{what}: {found} given where {expected} are needed")]
    LengthMismatch {
        /// What is counted.
        what: &'static str,
        /// How many were given.
        found: usize,
        /// How many are needed.
        expected: usize,
    },
    /// A parameter outside its range.
    #[error("{what} is {found}; it must be {rule}")]
    OutOfRange {
        /// The parameter.
        what: &'static str,
        /// What was given.
        found: String,
        /// What it must be.
        rule: &'static str,
    },
}
