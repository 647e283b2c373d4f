//! Lists of an office: what happened before and after a sentence, from several files that their keys join.
//!
//! A mapping of [`Lists`] has a table for each kind of list. Which fields a kind has stands in `kinds`, as one small table
//! for each; what a row of it tells, as commands of its stream, stands in `order`, `pretrial` and `release`. All the rest
//! is one for all: rows are decided at a `desk`, by the rules of every stream, as facts that exist; a step is recorded
//! once, under a token of the source, the kind, the step and the row's key; and by that token the rows of other files
//! find what they go on with.

mod desk;
mod kind;
mod kinds;
mod mapping;
mod order;
mod pretrial;
mod release;
mod rules;
mod run;
mod said;
mod source;
mod tell;
#[cfg(test)]
mod tests;

pub use kind::Kind;
pub use mapping::{Lists, lists_schema};
pub use run::{Listed, ListsRequest};
