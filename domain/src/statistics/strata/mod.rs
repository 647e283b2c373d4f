//! Two groups compared within strata of like cases (`docs/statistics.md` §3.2, 1–8).
//!
//! State kept: four integers per stratum, which add and subtract. A stratum that lacks a group
//! contributes nothing to what compares within strata; nothing is ever added to a cell.

mod homogeneity;
mod mantel_haenszel;
mod standardisation;

pub use homogeneity::Homogeneity;
pub use mantel_haenszel::{MantelHaenszel, RbgSums, mantel_haenszel};
pub use standardisation::{
    InCommon, Kitagawa, Standardised, kitagawa, kitagawa_in_common, standardise,
};

use super::damage::CountError;
use super::exact::{MOST_DECISIONS, real};
use super::undefined::{Figure, Interval, Undefined, quotient};
use schemars::JsonSchema;
use serde::Serialize;

/// One stratum: [exposed with event, exposed without; reference with event, reference without].
/// In the gender view women are the exposed group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stratum {
    a: i128,
    b: i128,
    c: i128,
    d: i128,
}

impl Stratum {
    /// A stratum from its four counts. Refuses more decisions than [`MOST_DECISIONS`].
    pub fn new(counts: [u64; 4]) -> Result<Self, CountError> {
        let total = counts
            .iter()
            .try_fold(0_u64, |total, count| total.checked_add(*count));
        if total.is_none_or(|total| total > MOST_DECISIONS) {
            return Err(CountError::TooMany {
                limit: MOST_DECISIONS,
            });
        }
        let [a, b, c, d] = counts.map(i128::from);
        Ok(Self { a, b, c, d })
    }

    /// The four counts.
    pub fn counts(self) -> [u64; 4] {
        [self.a, self.b, self.c, self.d].map(|count| u64::try_from(count).unwrap_or(0))
    }

    /// The counts of both.
    pub fn merged(self, other: Self) -> Result<Self, CountError> {
        let [a, b, c, d] = self.counts();
        let [e, f, g, h] = other.counts();
        Self::new([a + e, b + f, c + g, d + h])
    }

    /// These counts less others that are contained in them.
    pub fn without(self, other: Self) -> Result<Self, CountError> {
        let names = [
            "exposed with event",
            "exposed without",
            "reference with event",
            "reference without",
        ];
        let mut left = self.counts();
        for ((held, retracted), name) in left.iter_mut().zip(other.counts()).zip(names) {
            *held = held.checked_sub(retracted).ok_or_else(|| {
                CountError::RetractedMoreThanCounted {
                    cell: name.to_owned(),
                    held: *held,
                    retracted,
                }
            })?;
        }
        Self::new(left)
    }

    fn n1(self) -> i128 {
        self.a + self.b
    }

    fn n0(self) -> i128 {
        self.c + self.d
    }

    fn m1(self) -> i128 {
        self.a + self.c
    }

    fn m0(self) -> i128 {
        self.b + self.d
    }

    fn n(self) -> i128 {
        self.n1() + self.n0()
    }

    fn has_both_groups(self) -> bool {
        self.n1() > 0 && self.n0() > 0
    }

    /// a·n0 − c·n1, the numerator of the risk difference. Exact, so that equal risks differ by 0.
    fn net(self) -> i128 {
        self.a * self.n0() - self.c * self.n1()
    }

    /// ad/(bc). Null where b or c is 0.
    pub fn odds_ratio(self) -> Figure {
        quotient(
            real(self.a * self.d),
            real(self.b * self.c),
            Undefined::ZeroDenominator,
        )
    }

    /// a/n1 − c/n0. Null where a group is empty.
    pub fn risk_difference(self) -> Figure {
        quotient(
            real(self.net()),
            real(self.n1() * self.n0()),
            Undefined::EmptyGroup,
        )
    }

    /// (a/n1)/(c/n0). Null where a group is empty, or the reference has no event.
    pub fn risk_ratio(self) -> Figure {
        if !self.has_both_groups() {
            return Figure::Undefined(Undefined::EmptyGroup);
        }
        quotient(
            real(self.a * self.n0()),
            real(self.c * self.n1()),
            Undefined::ZeroDenominator,
        )
    }
}

/// Everything the view of two groups shows, from the counts of the strata.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Comparison {
    /// The odds ratio over all strata together.
    pub crude_or: Figure,
    /// The risk difference over all strata together.
    pub crude_rd: Figure,
    /// The risk ratio over all strata together.
    pub crude_rr: Figure,
    /// The Mantel–Haenszel estimates and the test of association.
    #[serde(flatten)]
    pub mantel_haenszel: MantelHaenszel,
    /// Whether the strata agree.
    #[serde(flatten)]
    pub homogeneity: Homogeneity,
    /// The odds ratio of each stratum.
    pub per_stratum_or: Vec<Figure>,
    /// The risk difference of each stratum.
    pub per_stratum_rd: Vec<Figure>,
    /// The risk ratio of each stratum.
    pub per_stratum_rr: Vec<Figure>,
    /// Direct standardisation to the pooled case-mix.
    pub direct_standardisation_pooled_standard: Standardised,
    /// The decomposition of the crude gap; absent when a stratum lacks a group.
    pub kitagawa: Figure<Kitagawa>,
}

/// The adjusted risk difference, and by which method.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Adjusted {
    /// The method that the agreement of the strata calls for.
    pub method: Adjustment,
    /// The adjusted difference.
    pub difference: Figure,
    /// Its interval at 95 %.
    pub ci95: Figure<Interval>,
}

/// How a difference was adjusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Adjustment {
    /// The strata agree: the Mantel–Haenszel risk difference.
    MantelHaenszel,
    /// The strata differ: direct standardisation to the pooled case-mix.
    DirectStandardisation,
}

impl Comparison {
    /// The adjusted difference for the headline: Mantel–Haenszel when the strata agree, direct
    /// standardisation when the Breslow–Day–Tarone test rejects at `alpha`. Where the test is
    /// undefined nothing speaks against agreement.
    pub fn adjusted(&self, alpha: f64) -> Adjusted {
        if self
            .homogeneity
            .tarone_p
            .value()
            .is_some_and(|p| p <= alpha)
        {
            let standard = &self.direct_standardisation_pooled_standard;
            return Adjusted {
                method: Adjustment::DirectStandardisation,
                difference: standard.difference,
                ci95: standard.ci95,
            };
        }
        Adjusted {
            method: Adjustment::MantelHaenszel,
            difference: self.mantel_haenszel.mh_rd,
            ci95: self.mantel_haenszel.mh_rd_ci95_sato,
        }
    }
}

/// Compares two groups, crudely and within strata. O(strata).
pub fn compare(strata: &[Stratum]) -> Result<Comparison, CountError> {
    let crude = pooled(strata)?;
    let estimates = mantel_haenszel(strata);
    Ok(Comparison {
        crude_or: crude.odds_ratio(),
        crude_rd: crude.risk_difference(),
        crude_rr: crude.risk_ratio(),
        homogeneity: homogeneity::breslow_day(strata, estimates.mh_or),
        mantel_haenszel: estimates,
        per_stratum_or: strata.iter().map(|stratum| stratum.odds_ratio()).collect(),
        per_stratum_rd: strata
            .iter()
            .map(|stratum| stratum.risk_difference())
            .collect(),
        per_stratum_rr: strata.iter().map(|stratum| stratum.risk_ratio()).collect(),
        direct_standardisation_pooled_standard: standardise(strata),
        kitagawa: kitagawa(strata, crude),
    })
}

/// All strata as one table.
pub fn pooled(strata: &[Stratum]) -> Result<Stratum, CountError> {
    strata
        .iter()
        .try_fold(Stratum::default(), |total, stratum| total.merged(*stratum))
}

/// How much of the exposed group can be compared at all.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Coverage {
    /// Strata that hold both groups.
    pub strata_contributing: usize,
    /// The share of the exposed group in those strata. Null when the group is empty.
    pub exposed_covered: Figure,
    /// The share of the reference group in those strata. Null when the group is empty.
    pub reference_covered: Figure,
}

/// The coverage of a comparison within strata.
pub fn coverage(strata: &[Stratum]) -> Coverage {
    let contributing: Vec<&Stratum> = strata.iter().filter(|s| s.has_both_groups()).collect();
    let share = |size: fn(Stratum) -> i128| {
        let covered: i128 = contributing.iter().map(|s| size(**s)).sum();
        let all: i128 = strata.iter().map(|s| size(*s)).sum();
        quotient(real(covered), real(all), Undefined::EmptyGroup)
    };
    Coverage {
        strata_contributing: contributing.len(),
        exposed_covered: share(Stratum::n1),
        reference_covered: share(Stratum::n0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn strata(tables: &[[u64; 4]]) -> Vec<Stratum> {
        tables
            .iter()
            .map(|table| Stratum::new(*table).unwrap())
            .collect()
    }

    const BERKELEY: [[u64; 4]; 6] = [
        [512, 313, 89, 19],
        [353, 207, 17, 8],
        [120, 205, 202, 391],
        [138, 279, 131, 244],
        [53, 138, 94, 299],
        [22, 351, 24, 317],
    ];

    #[test]
    fn the_headline_is_standardised_when_the_strata_differ() {
        let comparison = compare(&strata(&BERKELEY)).unwrap();
        assert_eq!(
            comparison.adjusted(0.05).method,
            Adjustment::DirectStandardisation
        );
        let like = compare(&strata(&[[5, 15, 10, 10], [6, 14, 11, 9]])).unwrap();
        assert_eq!(like.adjusted(0.05).method, Adjustment::MantelHaenszel);
    }

    #[test]
    fn no_strata_leave_everything_undefined() {
        let comparison = compare(&[]).unwrap();
        assert_eq!(comparison.crude_rd.undefined(), Some(Undefined::EmptyGroup));
        assert_eq!(
            comparison.mantel_haenszel.mh_rd.undefined(),
            Some(Undefined::NoCommonStratum)
        );
        assert!(comparison.kitagawa.undefined().is_some());
    }

    #[test]
    fn a_stratum_without_one_group_changes_no_adjusted_estimate() {
        let both = strata(&[[5, 5, 4, 6]]);
        let more = strata(&[[3, 7, 0, 0], [5, 5, 4, 6]]);
        assert_eq!(mantel_haenszel(&both), mantel_haenszel(&more));
        let covered = coverage(&more);
        assert_eq!(
            (covered.strata_contributing, covered.exposed_covered),
            (1, Figure::Value(0.5))
        );
    }

    #[test]
    fn a_single_stratum_adjusts_nothing() {
        let one = compare(&strata(&[[30, 70, 45, 55]])).unwrap();
        let same = |x: Figure, y: Figure| (x.value().unwrap() - y.value().unwrap()).abs() < 1e-14;
        assert!(same(one.crude_or, one.mantel_haenszel.mh_or));
        assert!(same(one.crude_rd, one.mantel_haenszel.mh_rd));
        assert!(same(
            one.crude_rd,
            one.direct_standardisation_pooled_standard.difference
        ));
        assert_eq!(
            one.homogeneity.tarone_p.undefined(),
            Some(Undefined::FewerThanTwoStrata)
        );
    }

    proptest! {
        #[test]
        fn retracting_undoes_merging(a in [0_u64..50, 0..50, 0..50, 0..50], b in [0_u64..50, 0..50, 0..50, 0..50]) {
            let (a, b) = (Stratum::new(a).unwrap(), Stratum::new(b).unwrap());
            prop_assert_eq!(a.merged(b).unwrap().without(b).unwrap(), a);
        }

        #[test]
        fn the_order_of_the_strata_reaches_no_figure(
            tables in prop::collection::vec([0_u64..40, 0..40, 0..40, 0..40], 0..8),
        ) {
            let forward = strata(&tables);
            let backward: Vec<Stratum> = forward.iter().rev().copied().collect();
            let (forward, backward) = (mantel_haenszel(&forward), mantel_haenszel(&backward));
            let pairs = [
                (forward.mh_or, backward.mh_or),
                (forward.mh_rd, backward.mh_rd),
                (forward.cmh_chi2, backward.cmh_chi2),
            ];
            for (one, other) in pairs {
                let (one, other) = (one.value(), other.value());
                prop_assert_eq!(one.is_some(), other.is_some());
                let (one, other) = (one.unwrap_or(0.0), other.unwrap_or(0.0));
                prop_assert!((one - other).abs() <= 1e-12 * one.abs().max(1e-3));
            }
        }

        #[test]
        fn the_two_parts_add_to_the_crude_gap(
            tables in prop::collection::vec([0_u64..40, 1..40, 0..40, 1..40], 1..8),
        ) {
            let parts = compare(&strata(&tables)).unwrap().kitagawa.value().unwrap();
            let total = parts.total_gap;
            prop_assert!((parts.rate_component + parts.composition_component - total).abs() < 1e-12);
            let three = parts.threefold_endowments + parts.threefold_coefficients
                + parts.threefold_interaction;
            prop_assert!((three - total).abs() < 1e-12);
        }
    }

    #[test]
    fn refuses_to_retract_more_than_a_stratum_holds() {
        let (small, large) = (
            Stratum::new([1, 1, 1, 1]).unwrap(),
            Stratum::new([1, 2, 1, 1]).unwrap(),
        );
        assert!(matches!(
            small.without(large),
            Err(CountError::RetractedMoreThanCounted {
                held: 1,
                retracted: 2,
                ..
            })
        ));
    }
}
