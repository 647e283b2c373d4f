//! The policy: which version of a jurisdiction's rules is in force from when.
//!
//! A pack is *adopted* by an event that carries the hash of its bytes; the bytes are kept beside the ledger. A later
//! adoption *supersedes* the earlier one from its day on.
//!
//! | rule | says |
//! |---|---|
//! | PO-1 | a version is adopted once; its bytes never change |
//! | PO-2 | only an adopted version is superseded, by another that is adopted |
//! | PO-3 | a version is adopted, and follows another, once its day has come |
//! | DP-2 | a version says how long each class of personal data is kept |

mod aggregate;
mod command;
mod decide;
mod event;
mod refusal;
mod state;
#[cfg(test)]
mod tests;

pub use command::{Adopt, PolicyCommand, Supersede};
pub use event::PolicyEvent;
pub use refusal::PolicyRefusal;
pub use state::Policy;
