//! The ledger: proof that nobody altered the register.

mod leaf;

pub use leaf::Leaf;
