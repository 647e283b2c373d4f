//! The store's contract, kept on both databases.

mod appending;
mod bulk;
mod damage;
mod database;
mod envelope;
mod outage;
mod processes;
mod reading;
mod refusals;
mod repository;
pub(super) mod sample;
mod schema;
pub(crate) mod support;
