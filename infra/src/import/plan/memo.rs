//! What a rule made of the cells it has met: most columns of a country hold few different ones.

use std::hash::{BuildHasherDefault, Hasher, RandomState};

#[expect(
    clippy::disallowed_types,
    reason = "a cache by cell; its order reaches nothing"
)]
type Cache<K, V, S> = std::collections::HashMap<K, V, S>;

/// Cells remembered per rule. A column of references has a different one in every row: remembering the
/// first of them is enough, and memory stays bounded.
const CELLS: usize = 65_536;

/// A short cell fits a number with its length, so that finding it again touches no other memory.
const SHORT: usize = 15;

/// Longer cells than this are read anew each time.
const LONGEST: usize = 64;

pub(super) struct Memo<T> {
    short: Cache<u128, T, BuildHasherDefault<CellHasher>>,
    long: Cache<Box<[u8]>, T, RandomState>,
}

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Self {
            short: Cache::default(),
            long: Cache::default(),
        }
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
        let packed = packed(cell);
        let known = match packed {
            Some(packed) => self.short.get(&packed),
            None => self.long.get(cell),
        };
        if let Some(known) = known {
            return take(known);
        }
        let fresh = read(cell);
        let taken = take(&fresh);
        match packed {
            Some(packed) if self.short.len() < CELLS => drop(self.short.insert(packed, fresh)),
            None if self.long.len() < CELLS && cell.len() <= LONGEST => {
                drop(self.long.insert(Box::from(cell), fresh));
            }
            Some(_) | None => {}
        }
        taken
    }
}

/// A short cell as one number: its bytes, and its length in the last of sixteen.
fn packed(cell: &[u8]) -> Option<u128> {
    let mut bytes = [0; SHORT + 1];
    let (text, length) = bytes.split_at_mut(SHORT);
    text.get_mut(..cell.len())?.copy_from_slice(cell);
    length.fill(u8::try_from(cell.len()).ok()?);
    Some(u128::from_le_bytes(bytes))
}

/// Mixes a packed cell by two multiplications; nothing secret is kept by it.
#[derive(Default)]
struct CellHasher(u64);

impl Hasher for CellHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word.iter_mut()
                .zip(chunk)
                .for_each(|(to, from)| *to = *from);
            self.mix(u64::from_le_bytes(word));
        }
    }

    fn write_u128(&mut self, number: u128) {
        let bytes = number.to_le_bytes();
        self.write(&bytes);
    }
}

impl CellHasher {
    fn mix(&mut self, word: u64) {
        const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
        let mixed = (self.0 ^ word).wrapping_mul(ODD);
        self.0 = mixed ^ (mixed >> 32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_different_length_are_different_cells() {
        assert_ne!(packed(b"a"), packed(b"a\0"));
        assert_ne!(packed(b""), packed(b"\0"));
        assert_eq!(packed(b"sixteen bytes !!"), None);
    }

    #[test]
    fn a_cell_is_worked_out_once() {
        let mut memo = Memo::default();
        let mut asked = 0;
        let long = [b'x'; 40];
        let endless = [b'x'; 400];
        for cell in [b"fine".as_slice(), &long, &endless].repeat(3) {
            let read = |cell: &[u8]| {
                asked += 1;
                cell.len()
            };
            assert_eq!(memo.with(cell, read, |length| *length), cell.len());
        }
        // Once the short one, once the long one, and the endless one each time.
        assert_eq!(asked, 5);
    }
}
