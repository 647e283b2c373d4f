//! The whole: what no crate can show alone, on SQLite and on PostgreSQL.

mod architecture;
mod bad_input;
mod browser;
mod canary;
mod childs_gate;
mod consultations;
mod country;
mod country_rebuilt;
mod crash;
mod documents;
mod eastmark;
mod figures;
mod guarded;
mod import_killed;
mod imports;
mod interface;
mod ledger;
mod processes;
mod projections;
mod readme;
mod scheduler;
mod time_travel;
