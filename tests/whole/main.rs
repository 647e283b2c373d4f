//! The whole: what no crate can show alone, on SQLite and on PostgreSQL.

mod architecture;
mod bad_input;
mod browser;
mod canary;
mod consultations;
mod country;
mod country_rebuilt;
mod crash;
mod documents;
mod eastmark;
mod emergency;
mod figures;
mod import_killed;
mod imports;
mod interface;
mod journeys;
mod ledger;
mod lists;
mod places;
mod processes;
mod projections;
mod readme;
mod scheduler;
mod searched;
mod time_travel;
