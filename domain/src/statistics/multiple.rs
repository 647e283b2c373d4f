//! Many comparisons at once: adjusted p-values within a declared family
//! (`docs/statistics.md` §3.5). Dunn (1961), Holm (1979), Benjamini & Hochberg (1995).

use super::exact::{real, tally};
use schemars::JsonSchema;
use serde::Serialize;

/// A family of p-values after adjustment.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Family {
    /// The adjusted p-values, in the order given.
    pub adjusted: Vec<f64>,
    /// How many are at or below alpha.
    pub rejected: usize,
}

/// The three adjustments of one family.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Adjustments {
    /// min(1, n·p).
    pub bonferroni: Family,
    /// For up to 10 pre-registered contrasts.
    pub holm: Family,
    /// For alert lists of oversight, at q = 0.05 within the family.
    pub benjamini_hochberg: Family,
}

/// Adjusts a family of p-values at level `alpha`.
pub fn adjust(p: &[f64], alpha: f64) -> Adjustments {
    let n = tally(p.len());
    let family = |adjusted: Vec<f64>| {
        let rejected = adjusted.iter().filter(|p| **p <= alpha).count();
        Family { adjusted, rejected }
    };
    Adjustments {
        bonferroni: family(p.iter().map(|p| (real(n) * p).min(1.0)).collect()),
        holm: family(holm(p, n)),
        benjamini_hochberg: family(benjamini_hochberg(p, n)),
    }
}

/// The largest, over the smaller ones, of min(1, (n−k)p), k from 0.
fn holm(p: &[f64], n: u64) -> Vec<f64> {
    let mut adjusted = vec![0.0; p.len()];
    let mut running = 0.0_f64;
    for (k, at) in (0..n).zip(ascending(p)) {
        running = running.max((real(n - k) * p[at]).min(1.0));
        adjusted[at] = running;
    }
    adjusted
}

/// The smallest, over the larger ones, of p·n/rank.
fn benjamini_hochberg(p: &[f64], n: u64) -> Vec<f64> {
    let mut adjusted = vec![0.0; p.len()];
    let mut running = 1.0_f64;
    for (left, at) in (0..n).zip(ascending(p).into_iter().rev()) {
        let rank = n - left;
        running = running.min(p[at] * real(n) / real(rank));
        adjusted[at] = running;
    }
    adjusted
}

fn ascending(p: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*a].total_cmp(&p[*b]));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_family_rejects_nothing() {
        let found = adjust(&[], 0.05);
        assert_eq!(
            (found.holm.rejected, found.benjamini_hochberg.adjusted.len()),
            (0, 0)
        );
    }

    #[test]
    fn adjusted_values_stand_in_the_order_given() {
        let found = adjust(&[0.04, 0.01, 0.03], 0.05);
        assert_eq!(found.bonferroni.adjusted, [0.12, 0.03, 0.09]);
        assert_eq!(found.holm.adjusted, [0.06, 0.03, 0.06]);
        assert_eq!(found.benjamini_hochberg.adjusted, [0.04, 0.03, 0.04]);
        assert_eq!(found.benjamini_hochberg.rejected, 3);
    }
}
