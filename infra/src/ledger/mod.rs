//! The ledger's log: proof that nobody altered the register.
//!
//! | file | what |
//! |---|---|
//! | `leaf` | the hash of one entry |
//! | `tree` | the Merkle tree over them, grown leaf by leaf |
//! | `checkpoint` | how many entries and which root, signed |
//! | `key_file` | where the key that signs lies |
//! | `log` | what is kept beside the ledger, and proofs |
//! | `verify` | everything computed again, and the first divergence named |

mod checkpoint;
mod key_file;
mod leaf;
mod log;
mod tree;
mod verify;

pub use checkpoint::{KeyError, LogKey, NoCheckpoint, SignedCheckpoint};
pub(crate) use key_file::read_key;
pub use key_file::{KeyFileError, make_key};
pub use leaf::Leaf;
pub use log::{Log, Proof, ProofError};
pub use verify::{Divergence, Verified, VerifyError, verify};
