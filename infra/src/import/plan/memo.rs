//! What a rule made of the cells it has met: most columns of a country hold few different ones.

#[expect(
    clippy::disallowed_types,
    reason = "a cache by cell; its order reaches nothing"
)]
use std::collections::HashMap;

/// Cells remembered per rule. A column of references has a different one in every row: remembering the
/// first of them is enough, and memory stays bounded.
const CELLS: usize = 65_536;

/// Longer cells are read anew each time.
const LENGTH: usize = 64;

#[expect(
    clippy::disallowed_types,
    reason = "a cache by cell; its order reaches nothing"
)]
pub(super) struct Memo<T>(HashMap<Box<[u8]>, T>);

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Self(Default::default())
    }
}

impl<T> Memo<T> {
    /// Uses what a cell means, working it out once.
    pub(super) fn with<R>(
        &mut self,
        cell: &[u8],
        read: impl FnOnce(&[u8]) -> T,
        take: impl FnOnce(&T) -> R,
    ) -> R {
        if let Some(known) = self.0.get(cell) {
            return take(known);
        }
        let fresh = read(cell);
        let taken = take(&fresh);
        if self.0.len() < CELLS && cell.len() <= LENGTH {
            self.0.insert(Box::from(cell), fresh);
        }
        taken
    }
}
