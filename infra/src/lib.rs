//! How the register is kept: event store, ledger, vault, projections, import.

pub mod clock;
pub mod error;
pub mod ids;
pub mod ledger;
pub mod store;
