//! The store's contract, kept on both databases.

mod appending;
mod reading;
pub(super) mod sample;
mod support;
