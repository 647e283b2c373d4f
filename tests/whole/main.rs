//! The whole: what no crate can show alone, on SQLite and on PostgreSQL.

mod architecture;
mod browser;
mod canary;
mod crash;
mod documents;
mod figures;
mod interface;
mod ledger;
mod processes;
mod projections;
mod readme;
mod time_travel;
