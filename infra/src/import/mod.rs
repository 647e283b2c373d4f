//! Bulk import: from a file of an unknown country to typed, checked rows of decisions.
//!
//! A [`Mapping`] says how the file is read; [`RowSource`] opens the file under it and gives one
//! [`ImportedRow`] after another, or the [`Rejection`] of a row with everything that is wrong with it. A bad row
//! is rejected alone. A bad file stops the reading with an [`ImportError`] that says where, why, and what to
//! do. What the register's own rules think of a decision is found out afterwards, by whoever records it.
//!
//! What happened after and before a sentence comes in [`Lists`]: the rows of several files, joined by their keys, each of
//! which tells a step or more of a stream.

mod code;
mod date;
mod decimal;
mod error;
mod fault;
mod file;
mod list;
mod mapping;
mod merge;
mod plan;
mod record;
mod rejects;
mod report;
mod row;
mod run;
mod source;
mod table;

#[cfg(test)]
mod tests;

pub use code::CodeFault;
pub use decimal::Decimal;
pub use error::{FileFault, ImportError, MissingColumn};
pub use fault::{Fault, Reason, Rejection};
pub use list::{Kind, Listed, Lists, ListsRequest, lists_schema};
pub use mapping::*;
pub use rejects::Rejects;
pub use report::{DryRun, Example, RuleReport};
pub use row::*;
pub use run::*;
pub use source::{Outcome, Progress, RowSource, fingerprint};
