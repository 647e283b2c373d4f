//! Keyed rounding (P4): which way a count is rounded depends only on who is in the cell, so the
//! same members have the same noise in every table and at every release.

use schemars::JsonSchema;
use serde::Serialize;

/// The sum of the record keys of the members of a cell, modulo a power of two or another modulus.
/// It merges by addition and is retracted by subtraction, like the counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CellKey {
    key: u64,
    modulus: u64,
}

impl CellKey {
    /// The modulus of published tables, 2¹⁶.
    pub const PUBLISHED_MODULUS: u64 = 1 << 16;

    /// The key of an empty cell. A modulus of 0 counts as 1.
    pub fn empty(modulus: u64) -> Self {
        Self {
            key: 0,
            modulus: modulus.max(1),
        }
    }

    /// The key.
    pub fn value(self) -> u64 {
        self.key
    }

    /// With one more record in the cell.
    #[must_use]
    pub fn with(self, record_key: u64) -> Self {
        self.shifted(record_key % self.modulus)
    }

    /// With one record fewer.
    #[must_use]
    pub fn without(self, record_key: u64) -> Self {
        self.shifted(self.modulus - record_key % self.modulus)
    }

    /// The key of two cells together, where both have the same modulus.
    #[must_use]
    pub fn merged(self, other: Self) -> Self {
        self.with(other.key)
    }

    fn shifted(self, by: u64) -> Self {
        let sum = (u128::from(self.key) + u128::from(by)) % u128::from(self.modulus);
        Self {
            key: u64::try_from(sum).unwrap_or(0),
            modulus: self.modulus,
        }
    }
}

/// The count rounded to the base: up if and only if (key mod base) < (n mod base). Averaged over
/// keys it is n. A base of 0 counts as 1.
pub fn round_keyed(n: u64, key: u64, base: u64) -> u64 {
    let base = base.max(1);
    let rest = n % base;
    if key % base < rest {
        n - rest + base
    } else {
        n - rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rounding_averages_to_the_count_over_keys(n in 0_u64..1_000_000, base in 1_u64..20) {
            let total: u64 = (0..base).map(|key| round_keyed(n, key, base)).sum();
            prop_assert_eq!(total, n * base);
        }

        #[test]
        fn a_cell_key_forgets_the_order_and_those_who_left(
            mut keys in prop::collection::vec(any::<u64>(), 1..10), modulus in 1_u64..100_000,
        ) {
            let key = |keys: &[u64]| keys.iter().fold(CellKey::empty(modulus), |k, r| k.with(*r));
            let all = key(&keys);
            let (left, stayed) = keys.split_last().unwrap();
            prop_assert_eq!(all.without(*left), key(stayed));
            prop_assert_eq!(key(stayed).merged(key(&[*left])), all);
            keys.reverse();
            prop_assert_eq!(key(&keys), all);
        }
    }
}
