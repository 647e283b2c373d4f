//! The leaf hash of RFC 6962 §2.1: SHA-256 over a zero byte and the entry.

use std::fmt;

use sha2::{Digest, Sha256};

/// The hash of one event's canonical bytes. The position is not part of it: the tree says it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Leaf([u8; 32]);

impl Leaf {
    /// Hashes an entry. The leading zero keeps a leaf from passing for an inner node.
    pub fn of(canonical: &[u8]) -> Self {
        let mut hasher = Sha256::new_with_prefix([0]);
        hasher.update(canonical);
        Self(hasher.finalize().into())
    }

    /// A leaf as it was stored.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Leaf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Leaf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Leaf({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first two leaves of the test tree in the Certificate Transparency reference vectors.
    #[test]
    fn agrees_with_published_leaf_hashes() {
        assert_eq!(
            Leaf::of(b"").to_string(),
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
        );
        assert_eq!(
            Leaf::of(&[0]).to_string(),
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
        );
    }
}
