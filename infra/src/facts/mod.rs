//! The fact table: one row per version of a sentencing decision, with the interval `[from, to)` of the ledger in
//! which it stood.
//!
//! Columns are dictionary codes in flat vectors. A figure as of any index is the same scan with one more comparison.
//! What was imposed is one code for the whole of it, so that severity is looked up per distinct penalty under any
//! scale, exactly, and a scale adopted later adds no fact.

mod between;
mod bytes;
mod cells;
mod codes;
mod counting;
mod courses;
mod dictionary;
mod first_format;
mod ingest;
mod pass;
mod running;
mod segment;
mod table;
#[cfg(test)]
mod tests;
mod versions;

pub use between::{Became, ChangedFact, Counted};
pub use cells::{Cells, Filter, Group, Selection, UnknownDimension};
pub use counting::{Middle, Total};
pub use courses::{Courses, Unfollowed};
pub use dictionary::{Dictionary, NOT_RECORDED};
pub use running::Running;
pub use segment::{Block, SegmentError};
pub(crate) use table::FIXED;
pub use table::{Dimension, FactTable, Penalty};
pub use versions::Version;
