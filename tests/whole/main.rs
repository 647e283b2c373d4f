//! The whole: what no crate can show alone, on SQLite and on PostgreSQL.

mod architecture;
mod browser;
mod canary;
mod crash;
mod documents;
mod figures;
mod ledger;
mod processes;
mod projections;
mod time_travel;
