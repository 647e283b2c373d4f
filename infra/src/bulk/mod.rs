//! Many decisions at once: decided in memory by the rules of every stream, stored by the thousand.
//!
//! A [`Case`] is one person with one sentence and what follows from it. Its streams are new, so nothing is loaded:
//! each command is decided on the state in memory by the same `decide` as everywhere, and becomes the same events.
//! The [`Block`] of a case is stored whole or not at all; a block whose streams exist already is recognised and
//! left out.

mod block;
mod case;
mod growing;
mod made;

pub(crate) use block::{Block, store_blocks, store_following};
pub(crate) use case::{Case, Composer};
pub(crate) use growing::{Growing, How, Refused};
pub(crate) use made::Made;

/// Events stored together: the ledger's lock is held for about 60 ms.
pub(crate) const EVENTS_AT_ONCE: usize = 4_000;
