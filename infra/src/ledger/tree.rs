//! The Merkle tree of RFC 6962 §2.1 over the leaves of the ledger, grown leaf by leaf.
//!
//! Of a tree of n leaves only its right edge is held: at each level at most 255 hashes of full subtrees of 256 to the power of
//! the level. What becomes a full subtree of a level above is given out once, and is never another: so the nodes that
//! are kept are the tiles of C2SP tlog-tiles, of height 8.

use tlog_tiles::{EMPTY_HASH, Hash, node_hash};

use super::Leaf;

/// Hashes of a full tile.
pub(crate) const WIDTH: usize = 256;

/// The hash of a full subtree of 256 to the power of `level` leaves, `level` from 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Node {
    /// How often 256 were taken together.
    pub(crate) level: usize,
    /// Which of this level, from 0.
    pub(crate) nth: u64,
    /// Its hash.
    pub(crate) hash: Hash,
}

/// A growing tree.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Tree {
    size: u64,
    /// By level, the hashes of full subtrees that are not part of a full one of the level above.
    edge: Vec<Vec<Hash>>,
}

impl Tree {
    /// A tree of this size whose right edge is known: by level, as many hashes as the size has there.
    pub(crate) fn of(size: u64, edge: Vec<Vec<Hash>>) -> Self {
        Self { size, edge }
    }

    /// How many hashes a tree of this size has at each level of its right edge.
    pub(crate) fn widths(mut size: u64) -> Vec<usize> {
        let mut widths = Vec::new();
        while size > 0 {
            widths.push(usize::try_from(size % 256).unwrap_or_default());
            size /= 256;
        }
        widths
    }

    /// The number of leaves.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// Adds the next leaf; tells each subtree that is full now.
    pub(crate) fn push(&mut self, leaf: Leaf, mut full: impl FnMut(Node)) {
        self.size += 1;
        let (mut hash, mut level, mut nth) = (Hash(*leaf.as_bytes()), 0, self.size);
        loop {
            if self.edge.len() == level {
                self.edge.push(Vec::with_capacity(WIDTH));
            }
            let Some(tile) = self.edge.get_mut(level) else {
                return;
            };
            tile.push(hash);
            if tile.len() < WIDTH {
                return;
            }
            hash = root_of(tile);
            tile.clear();
            level += 1;
            nth /= 256;
            full(Node {
                level,
                nth: nth - 1,
                hash,
            });
        }
    }

    /// The hash of the whole tree; of none, the hash of nothing.
    pub(crate) fn root(&self) -> Hash {
        let mut rest = None;
        for tile in &self.edge {
            // What is smaller stands to the right of what is full.
            let hashes: Vec<Hash> = tile.iter().copied().chain(rest).collect();
            rest = (!hashes.is_empty()).then(|| root_of(&hashes));
        }
        rest.unwrap_or(EMPTY_HASH)
    }
}

/// The root over subtrees that stand beside one another: MTH of RFC 6962 §2.1, with their hashes in the place of leaves.
fn root_of(hashes: &[Hash]) -> Hash {
    match hashes {
        [] => EMPTY_HASH,
        [one] => *one,
        several => {
            let half = several.len().next_power_of_two() / 2;
            let (left, right) = several.split_at(half);
            node_hash(root_of(left), root_of(right))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree of `tlog_tiles`, by every stored hash.
    struct Every(Vec<Hash>);

    impl tlog_tiles::HashReader for Every {
        fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, tlog_tiles::Error> {
            let one = |index: &u64| self.0[usize::try_from(*index).unwrap()];
            Ok(indexes.iter().map(one).collect())
        }
    }

    #[test]
    fn every_root_and_every_node_is_that_of_the_published_format() {
        let mut every = Every(Vec::new());
        let (mut tree, mut nodes) = (Tree::default(), Vec::new());
        assert_eq!(tree.root(), EMPTY_HASH);
        for n in 0..70_000_u64 {
            let entry = n.to_be_bytes();
            let hashes = tlog_tiles::stored_hashes(n, &entry, &every).unwrap();
            every.0.extend(hashes);
            tree.push(Leaf::of(&entry), |node| nodes.push(node));
            if n < 1_000 || n % 997 == 0 || n.is_power_of_two() {
                let root = tlog_tiles::tree_hash(n + 1, &every).unwrap();
                assert_eq!(tree.root(), root, "of {} leaves", n + 1);
            }
        }
        assert_eq!(tree.size(), 70_000);
        assert_eq!(nodes.len(), 70_000 / 256 + 1);
        for node in nodes {
            let level = u8::try_from(node.level * 8).unwrap();
            let index = tlog_tiles::stored_hash_index(level, node.nth);
            assert_eq!(node.hash, every.0[usize::try_from(index).unwrap()]);
        }
        let widths: Vec<usize> = tree.edge.iter().map(Vec::len).collect();
        assert_eq!(widths, Tree::widths(70_000));
    }

    /// The vectors that the description of the form gives to others.
    #[test]
    fn roots_are_those_that_are_described() {
        let described = include_str!("../../../docs/ledger-format.md");
        let rows = described.lines().filter_map(|line| {
            let (entry, root) = line.strip_prefix("| `")?.split_once("` | `")?;
            Some((entry, root.strip_suffix("` |")?))
        });
        let rows: Vec<(&str, &str)> = rows.filter(|(_, root)| root.len() == 64).collect();
        assert_eq!(rows.len(), 8);
        let mut tree = Tree::default();
        for (entry, root) in rows {
            tree.push(Leaf::of(&hex::decode(entry).unwrap()), |_| {});
            assert_eq!(hex::encode(tree.root().0), root);
        }
    }
}
