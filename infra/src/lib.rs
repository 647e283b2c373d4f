//! How the register is kept: event store, ledger, vault, access, facts and projections, behind one facade.
//!
//! [`registry::Registry`] is all that the outside calls. Every call carries on whose behalf and why it is made;
//! nothing is returned before the consultation is written.

pub mod access;
mod bulk;
pub mod clock;
pub mod demo;
pub mod doctor;
pub mod error;
pub mod export;
pub mod facts;
pub mod ids;
pub mod import;
pub mod ledger;
pub mod packs;
pub mod processes;
pub mod projections;
pub mod publication;
pub mod record;
pub mod registry;
pub mod scheduler;
pub mod store;
pub mod vault;
pub mod views;

/// Reading typed events and filing them makes many small strings, on one thread, that another one drops; the system's
/// allocator took a fifth of the time of an import.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
