//! Order between offences: do the medians rise with gravity (O7, V26)? Pool-adjacent-violators
//! after Barlow et al. (1972).

use super::exact::{real, sum};
use super::undefined::{Figure, Undefined, quotient};
use schemars::JsonSchema;
use serde::Serialize;

/// One level of gravity: its median severity and its decisions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Level {
    /// The median severity.
    pub median: f64,
    /// Decisions; a level without any takes no part.
    pub n: u64,
}

/// How the medians of the levels keep to the order of gravity.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RankOrder {
    /// Neighbouring levels, from 0, of which the graver has the lower median.
    pub adjacent_violations: Vec<[usize; 2]>,
    /// How many there are.
    pub violation_count: usize,
    /// The nearest rising medians, weighted by decisions; null for a level without any.
    pub isotonic_fit: Vec<Figure>,
    /// SS(medians − fit)/SS(medians − mean), weighted. Null under two levels or without variation.
    pub isotonic_loss_share: Figure,
}

/// Judges the order of levels given by gravity ascending.
pub fn rank_order(levels: &[Level]) -> RankOrder {
    let occupied: Vec<(usize, Level)> = levels
        .iter()
        .copied()
        .enumerate()
        .filter(|(_, level)| level.n > 0)
        .collect();
    let adjacent_violations: Vec<[usize; 2]> = occupied
        .windows(2)
        .filter(|pair| pair[1].1.median < pair[0].1.median)
        .map(|pair| [pair[0].0, pair[1].0])
        .collect();
    let fitted = pool_adjacent_violators(&occupied);
    let mut isotonic_fit = vec![Figure::Undefined(Undefined::NoDecisions); levels.len()];
    for ((at, _), fit) in occupied.iter().zip(&fitted) {
        isotonic_fit[*at] = Ok(*fit).into();
    }
    RankOrder {
        violation_count: adjacent_violations.len(),
        adjacent_violations,
        isotonic_loss_share: loss(&occupied, &fitted),
        isotonic_fit,
    }
}

fn loss(levels: &[(usize, Level)], fitted: &[f64]) -> Figure {
    if levels.len() < 2 {
        return Figure::Undefined(Undefined::FewerThanTwoLevels);
    }
    let weight = sum(levels.iter().map(|(_, level)| real(level.n)));
    let mean = sum(levels.iter().map(|(_, level)| real(level.n) * level.median)) / weight;
    let squares = |from: &dyn Fn(usize) -> f64| {
        sum(levels.iter().enumerate().map(|(at, (_, level))| {
            let off = level.median - from(at);
            real(level.n) * off * off
        }))
    };
    let first = levels[0].1.median;
    if levels.iter().all(|(_, level)| level.median == first) {
        return Figure::Undefined(Undefined::NoVariation);
    }
    quotient(
        squares(&|at| fitted[at]),
        squares(&|_| mean),
        Undefined::NoVariation,
    )
}

/// A run of levels that share one fitted value.
struct Block {
    weight: f64,
    total: f64,
    levels: usize,
}

impl Block {
    fn value(&self) -> f64 {
        self.total / self.weight
    }
}

fn pool_adjacent_violators(levels: &[(usize, Level)]) -> Vec<f64> {
    let mut blocks: Vec<Block> = Vec::new();
    for (_, level) in levels {
        let weight = real(level.n);
        let mut block = Block {
            weight,
            total: weight * level.median,
            levels: 1,
        };
        while let Some(earlier) = blocks.pop_if(|earlier| earlier.value() > block.value()) {
            block.weight += earlier.weight;
            block.total += earlier.total;
            block.levels += earlier.levels;
        }
        blocks.push(block);
    }
    blocks
        .iter()
        .flat_map(|block| std::iter::repeat_n(block.value(), block.levels))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn levels(pairs: &[(f64, u64)]) -> Vec<Level> {
        pairs
            .iter()
            .map(|(median, n)| Level {
                median: *median,
                n: *n,
            })
            .collect()
    }

    proptest! {
        #[test]
        fn the_fit_rises_and_keeps_the_total(pairs in prop::collection::vec((0.0_f64..100.0, 1_u64..50), 1..12)) {
            let fit: Vec<f64> =
                rank_order(&levels(&pairs)).isotonic_fit.iter().map(|f| f.value().unwrap()).collect();
            prop_assert!(fit.windows(2).all(|pair| pair[0] <= pair[1] + 1e-9));
            let total: f64 = pairs.iter().map(|(median, n)| median * real(*n)).sum();
            let kept: f64 = fit.iter().zip(&pairs).map(|(fit, (_, n))| fit * real(*n)).sum();
            prop_assert!((total - kept).abs() <= 1e-9 * total.max(1.0));
        }
    }

    #[test]
    fn rising_medians_lose_nothing() {
        let found = rank_order(&levels(&[(3.0, 5), (4.0, 2), (9.0, 1)]));
        assert_eq!(
            (found.violation_count, found.isotonic_loss_share),
            (0, Figure::Value(0.0))
        );
    }

    #[test]
    fn one_level_and_equal_levels_have_no_loss_share() {
        let one = rank_order(&levels(&[(3.0, 5), (4.0, 0)]));
        assert_eq!(
            one.isotonic_loss_share.undefined(),
            Some(Undefined::FewerThanTwoLevels)
        );
        let same = rank_order(&levels(&[(0.1, 3), (0.1, 7), (0.1, 11)]));
        assert_eq!(
            same.isotonic_loss_share.undefined(),
            Some(Undefined::NoVariation)
        );
    }
}
