//! Chance that repeats itself: the same seed, the same country.

use rand::rngs::StdRng;
use rand::{Rng, RngCore, SeedableRng};
use uuid::{Builder, Uuid};

/// A source of chance.
pub(super) struct Chance(StdRng);

impl Chance {
    /// The chance of the n-th case: what happens in one changes nothing in another.
    pub(super) fn of(seed: u64, n: u64) -> Self {
        // The multiplier spreads neighbours over all seeds (Steele, Lea, Flood: splittable generators).
        Self(StdRng::seed_from_u64(
            seed ^ n.wrapping_mul(0x9E37_79B9_7F4A_7C15),
        ))
    }

    /// Whether something of so many in a thousand happens.
    pub(super) fn happens(&mut self, per_mille: u32) -> bool {
        self.0.gen_range(0..1_000) < per_mille
    }

    /// A number between two, both included.
    pub(super) fn between(&mut self, least: u32, most: u32) -> u32 {
        self.0.gen_range(least..=most.max(least))
    }

    /// A number that lies around zero, most often near it.
    pub(super) fn around_zero(&mut self, spread: i32) -> i32 {
        let spread = spread.max(1);
        let mut once = || self.0.gen_range(-spread..=spread);
        once().midpoint(once())
    }

    /// One of a list.
    pub(super) fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        let at = self.0.gen_range(0..list.len().max(1));
        match list.get(at).or(list.first()) {
            Some(one) => *one,
            None => unreachable!("every list of the demonstration holds something"),
        }
    }

    /// One of a list by weight.
    pub(super) fn weighed<T: Copy>(&mut self, list: &[(T, u32)]) -> T {
        let all: u32 = list.iter().map(|(_, weight)| weight).sum();
        let mut at = self.0.gen_range(0..all.max(1));
        for (one, weight) in list {
            if at < *weight {
                return *one;
            }
            at -= weight;
        }
        self.pick(list).0
    }

    /// A random id that repeats with the seed.
    pub(super) fn id(&mut self) -> Uuid {
        let mut bytes = [0; 16];
        self.0.fill_bytes(&mut bytes);
        Builder::from_random_bytes(bytes).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_repeats_itself_and_another_does_not() {
        let of = |seed, n| {
            let mut chance = Chance::of(seed, n);
            (chance.id(), chance.between(0, 1 << 30))
        };
        assert_eq!(of(3, 5), of(3, 5));
        assert_ne!(of(3, 5), of(4, 5));
        assert_ne!(of(3, 5), of(3, 6));
    }

    #[test]
    fn what_weighs_nothing_is_never_picked() {
        let mut chance = Chance::of(1, 1);
        let picked = (0..500).map(|_| chance.weighed(&[("never", 0), ("seldom", 1), ("often", 9)]));
        let picked: Vec<_> = picked.collect();
        assert!(!picked.contains(&"never") && picked.contains(&"seldom"));
    }
}
