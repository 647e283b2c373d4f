//! Processes: rules across streams. Events come in ledger order, commands go out.
//!
//! A process carries out a consequence that the causing decision itself states, with that decision's actor and with
//! causation. Ids are derived from the cause, so that running twice does nothing twice. An existing fact spawns
//! existing facts. Custody never ends by a process.

mod consequences;
mod due;
mod existing;
mod runner;

pub(crate) use consequences::{Around, Consequence, falls, of_order, of_sentence, with_orders};
pub(crate) use existing::{as_existing_order, as_existing_supervision};
pub use runner::Processes;
pub(crate) use runner::{decision_of, derived, settled};
