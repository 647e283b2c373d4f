//! Ordered outcomes without a scale: how often would a woman, picked at random, have received the
//! heavier outcome than a man (`docs/statistics.md` §3.2.9)? Mann & Whitney (1947), van Elteren
//! (1960). The companion of every result that rests on a severity scale.

use super::damage::CountError;
use super::exact::{MOST_DECISIONS, real, sum};
use super::undefined::{Figure, Undefined, quotient};
use schemars::JsonSchema;
use serde::Serialize;

/// Outcomes of women and men, counts per bin of severity, ascending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcomes {
    bins: Vec<(i128, i128)>,
    n_f: u64,
    n_m: u64,
}

impl Outcomes {
    /// Refuses more decisions than [`MOST_DECISIONS`]. The shorter list is empty in its missing bins.
    pub fn new(female: &[u64], male: &[u64]) -> Result<Self, CountError> {
        let total = |counts: &[u64]| {
            counts
                .iter()
                .try_fold(0_u64, |total, count| total.checked_add(*count))
                .filter(|total| *total <= MOST_DECISIONS / 2)
                .ok_or(CountError::TooMany {
                    limit: MOST_DECISIONS / 2,
                })
        };
        let at = |counts: &[u64], bin: usize| i128::from(counts.get(bin).copied().unwrap_or(0));
        let bins = (0..female.len().max(male.len()))
            .map(|bin| (at(female, bin), at(male, bin)))
            .collect();
        Ok(Self {
            bins,
            n_f: total(female)?,
            n_m: total(male)?,
        })
    }

    /// The comparison of both groups.
    pub fn superiority(&self) -> Superiority {
        let counts = Counts::of(self);
        let pairs = real(counts.pairs);
        let share = |count: i128| quotient(real(count), pairs, Undefined::EmptyGroup);
        let variance = counts.variance();
        let z = match variance.result() {
            Ok(0.0) if counts.pairs == 0 => Figure::Undefined(Undefined::EmptyGroup),
            Ok(variance) => quotient(counts.excess(), variance.sqrt(), Undefined::NoVariation),
            Err(reason) => Figure::Undefined(reason),
        };
        Superiority {
            n_f: self.n_f,
            n_m: self.n_m,
            p_f_greater: share(counts.heavier),
            p_equal: share(counts.equal),
            p_f_less: share(counts.lighter),
            ps: quotient(real(counts.twice_u()), 2.0 * pairs, Undefined::EmptyGroup),
            cliffs_delta: share(counts.heavier - counts.lighter),
            u: real(counts.twice_u()) / 2.0,
            var_u: variance,
            z,
        }
    }
}

/// How the outcomes of women compare with those of men.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Superiority {
    /// Women.
    pub n_f: u64,
    /// Men.
    pub n_m: u64,
    /// Share of pairs in which the woman received the heavier outcome. Null when a group is empty.
    pub p_f_greater: Figure,
    /// Share of pairs with the same outcome.
    pub p_equal: Figure,
    /// Share of pairs in which the woman received the lighter outcome.
    pub p_f_less: Figure,
    /// Probability of superiority `U/(n_f·n_m)`.
    pub ps: Figure,
    /// `(heavier − lighter)/(n_f·n_m)`.
    pub cliffs_delta: Figure,
    /// U = #(heavier) + ½#(equal).
    #[serde(rename = "U")]
    pub u: f64,
    /// `n_f·n_m/12·(N+1 − Σ(t³−t)/(N(N−1)))`. Null under two decisions.
    #[serde(rename = "var_U")]
    pub var_u: Figure,
    /// `(U − n_f·n_m/2)/√Var U`, no continuity. Null when a group is empty or all outcomes are tied.
    pub z: Figure,
}

/// Exact pair counts of one stratum.
struct Counts {
    heavier: i128,
    equal: i128,
    lighter: i128,
    pairs: i128,
    n: i128,
    ties: i128,
}

impl Counts {
    fn of(outcomes: &Outcomes) -> Self {
        let (mut heavier, mut equal, mut ties, mut men_below) = (0, 0, 0, 0);
        for (women, men) in &outcomes.bins {
            heavier += women * men_below;
            equal += women * men;
            men_below += men;
            let tied = women + men;
            ties += tied * tied * tied - tied;
        }
        let (women, men) = (i128::from(outcomes.n_f), i128::from(outcomes.n_m));
        let pairs = women * men;
        Self {
            heavier,
            equal,
            lighter: pairs - heavier - equal,
            pairs,
            n: women + men,
            ties,
        }
    }

    fn twice_u(&self) -> i128 {
        2 * self.heavier + self.equal
    }

    /// `U − n_f·n_m/2`, exact: half the net of heavier over lighter.
    fn excess(&self) -> f64 {
        real(self.heavier - self.lighter) / 2.0
    }

    fn variance(&self) -> Figure {
        let n = self.n;
        let untied = (n + 1) * n * (n - 1) - self.ties;
        let scaled = real(self.pairs) / 12.0 * real(untied);
        let reason = if n == 0 {
            Undefined::NoDecisions
        } else {
            Undefined::SingleDecision
        };
        quotient(scaled, real(n * (n - 1)), reason)
    }
}

/// Superiority within strata.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct VanElteren {
    /// `Σω(U − n_f·n_m/2)/√(Σω²·Var U)`, ω = 1/(N+1). Null when no stratum varies.
    pub van_elteren_z: Figure,
    /// The average superiority, weighted by `n_f·n_m/N`. Null when no stratum holds both groups.
    pub stratified_ps_mh_weights: Figure,
    /// The same less ½, where ½ is no difference.
    pub stratified_ps_minus_half: Figure,
}

/// Pools superiority over strata. O(strata × bins).
pub fn van_elteren(strata: &[Outcomes]) -> VanElteren {
    let counts: Vec<Counts> = strata
        .iter()
        .map(Counts::of)
        .filter(|counts| counts.pairs > 0)
        .collect();
    let weight = |counts: &Counts| 1.0 / real(counts.n + 1);
    let excess = sum(counts.iter().map(|c| weight(c) * c.excess()));
    let variance = sum(counts
        .iter()
        .map(|c| weight(c) * weight(c) * c.variance().value().unwrap_or(0.0)));
    let reason = if counts.is_empty() {
        Undefined::NoCommonStratum
    } else {
        Undefined::NoVariation
    };
    let weights = sum(counts.iter().map(|c| real(c.pairs) / real(c.n)));
    let average = |numerator: fn(&Counts) -> f64| {
        let total = sum(counts.iter().map(|c| numerator(c) / real(c.n)));
        quotient(total, weights, Undefined::NoCommonStratum)
    };
    VanElteren {
        van_elteren_z: quotient(excess, variance.sqrt(), reason),
        stratified_ps_mh_weights: average(|c| real(c.twice_u()) / 2.0),
        stratified_ps_minus_half: average(Counts::excess),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_sweep_counts_what_comparing_every_pair_counts(
            female in prop::collection::vec(0_u64..6, 1..6),
            male in prop::collection::vec(0_u64..6, 1..6),
        ) {
            let counts = Counts::of(&Outcomes::new(&female, &male).unwrap());
            let (mut heavier, mut equal) = (0_i128, 0_i128);
            for (x, women) in female.iter().enumerate() {
                for (y, men) in male.iter().enumerate() {
                    let pairs = i128::from(women * men);
                    heavier += if x > y { pairs } else { 0 };
                    equal += if x == y { pairs } else { 0 };
                }
            }
            prop_assert_eq!((counts.heavier, counts.equal), (heavier, equal));
        }
    }

    #[test]
    fn one_stratum_gives_the_same_z_as_no_strata() {
        let outcomes = Outcomes::new(&[5, 3, 2], &[4, 6, 9]).unwrap();
        let (plain, pooled) = (
            outcomes.superiority(),
            van_elteren(std::slice::from_ref(&outcomes)),
        );
        let (z, pooled_z) = (
            plain.z.value().unwrap(),
            pooled.van_elteren_z.value().unwrap(),
        );
        assert!((z - pooled_z).abs() < 1e-14);
        let average = pooled.stratified_ps_mh_weights.value().unwrap();
        assert!((plain.ps.value().unwrap() - average).abs() < 1e-14);
    }

    #[test]
    fn an_empty_group_is_heavier_in_no_pair_and_has_no_shares() {
        let found = Outcomes::new(&[], &[3, 4]).unwrap().superiority();
        assert_eq!(found.ps.undefined(), Some(Undefined::EmptyGroup));
        assert_eq!(found.z.undefined(), Some(Undefined::EmptyGroup));
        assert_eq!(
            van_elteren(&[]).van_elteren_z.undefined(),
            Some(Undefined::NoCommonStratum)
        );
    }

    #[test]
    fn outcomes_that_are_all_tied_have_no_z() {
        let found = Outcomes::new(&[0, 3], &[0, 4]).unwrap().superiority();
        assert_eq!(
            (found.var_u, found.ps),
            (Figure::Value(0.0), Figure::Value(0.5))
        );
        assert_eq!(found.z.undefined(), Some(Undefined::NoVariation));
    }
}
