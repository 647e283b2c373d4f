//! Count, sum and sum of squares: the integers behind means, spreads and tests of means.

use super::damage::CountError;
use super::exact::{MOST_DECISIONS, real, sum};
use super::normal::student_two_sided;
use super::undefined::{Figure, Undefined, quotient};
use schemars::JsonSchema;
use serde::Serialize;

/// n, Σx and Σx² of integer values in one unit. They add over shards and subtract on retraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums {
    n: u64,
    sum: i128,
    sum_of_squares: i128,
}

impl Sums {
    /// Refuses sums that no list of values has.
    pub fn new(n: u64, sum: i128, sum_of_squares: i128) -> Result<Self, CountError> {
        let impossible = CountError::ImpossibleSums {
            n,
            sum,
            sum_of_squares,
        };
        if n > MOST_DECISIONS {
            return Err(CountError::TooMany {
                limit: MOST_DECISIONS,
            });
        }
        let sums = Self {
            n,
            sum,
            sum_of_squares,
        };
        let empty = sum == 0 && sum_of_squares == 0;
        if (n == 0 && !empty) || sum_of_squares < 0 || sums.squares_about_mean() < 0.0 {
            return Err(impossible);
        }
        Ok(sums)
    }

    /// How many values.
    pub fn n(self) -> u64 {
        self.n
    }

    /// Their sum.
    pub fn sum(self) -> i128 {
        self.sum
    }

    /// The sum of their squares.
    pub fn sum_of_squares(self) -> i128 {
        self.sum_of_squares
    }

    /// Counts so many more decisions of one value.
    pub fn add(&mut self, value: i128, count: u64) -> Result<(), CountError> {
        *self = self.merged(Self::of_value(value, count)?)?;
        Ok(())
    }

    fn of_value(value: i128, count: u64) -> Result<Self, CountError> {
        let too_large = || CountError::NotRepresentable {
            value: value.to_string(),
        };
        let sum = value.checked_mul(i128::from(count)).ok_or_else(too_large)?;
        let squares = sum.checked_mul(value).ok_or_else(too_large)?;
        Self::new(count, sum, squares)
    }

    /// The sums of both.
    pub fn merged(self, other: Self) -> Result<Self, CountError> {
        let too_large = || CountError::NotRepresentable {
            value: other.sum_of_squares.to_string(),
        };
        Self::new(
            self.n + other.n,
            self.sum.checked_add(other.sum).ok_or_else(too_large)?,
            self.sum_of_squares
                .checked_add(other.sum_of_squares)
                .ok_or_else(too_large)?,
        )
    }

    /// These sums less others contained in them.
    pub fn without(self, other: Self) -> Result<Self, CountError> {
        let n =
            self.n
                .checked_sub(other.n)
                .ok_or_else(|| CountError::RetractedMoreThanCounted {
                    cell: "the sums".to_owned(),
                    held: self.n,
                    retracted: other.n,
                })?;
        Self::new(
            n,
            self.sum - other.sum,
            self.sum_of_squares - other.sum_of_squares,
        )
    }

    /// Σx/n. Null when n = 0.
    pub fn mean(self) -> Figure {
        quotient(real(self.sum), real(self.n), Undefined::NoDecisions)
    }

    /// The variance with n − 1. Null when n < 2.
    pub fn variance(self) -> Figure {
        if self.n < 2 {
            return Figure::Undefined(few(self.n));
        }
        Ok(self.squares_about_mean() / real(self.n - 1)).into()
    }

    /// Σ(x − mean)², exact up to one conversion.
    ///
    /// Values are first taken about the whole part of the mean, so that neither the product n·Σx²
    /// overflows nor the digits cancel.
    pub(super) fn squares_about_mean(self) -> f64 {
        if self.n == 0 {
            return 0.0;
        }
        let n = i128::from(self.n);
        let (whole, left) = (self.sum.div_euclid(n), self.sum.rem_euclid(n));
        let about_whole = whole
            .checked_mul(self.sum)
            .and_then(|product| self.sum_of_squares.checked_sub(product))
            .and_then(|rest| rest.checked_sub(whole * left));
        let Some(about_whole) = about_whole else {
            return -1.0;
        };
        match about_whole.checked_mul(n) {
            Some(scaled) => real(scaled - left * left) / real(n),
            None => real(about_whole) - real(left) * real(left) / real(n),
        }
    }
}

pub(super) fn few(n: u64) -> Undefined {
    if n == 0 {
        Undefined::NoDecisions
    } else {
        Undefined::SingleDecision
    }
}

/// The means of two groups compared by Student's t with pooled variance.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct MeansCompared {
    /// Mean of the first less mean of the second, in the unit of the sums.
    pub difference: Figure,
    /// The statistic. Null when a group is empty or nothing varies.
    pub t: Figure,
    /// Degrees of freedom, n − 2. Null under three decisions.
    pub df: Figure<u64>,
    /// The two-sided p-value.
    pub p: Figure,
}

/// Compares the means of two groups, first less second.
pub fn compare_means(first: Sums, second: Sums) -> MeansCompared {
    let n = first.n + second.n;
    let net = match (first.mean().result(), second.mean().result()) {
        (Ok(one), Ok(other)) => Ok(one - other),
        _ => Err(Undefined::EmptyGroup),
    };
    let df = if n > 2 {
        Ok(n - 2)
    } else {
        Err(Undefined::NoDegreesOfFreedom)
    };
    let t = || -> Result<f64, Undefined> {
        let (net, df) = (net?, df?);
        let within = first.squares_about_mean() + second.squares_about_mean();
        if within == 0.0 {
            return Err(Undefined::NoVariation);
        }
        let variance = within / real(df) * (1.0 / real(first.n) + 1.0 / real(second.n));
        Ok(net / variance.sqrt())
    };
    let p = t().and_then(|t| student_two_sided(t, df?));
    MeansCompared {
        difference: net.into(),
        t: t().into(),
        df: df.map_or_else(Figure::Undefined, Figure::Value),
        p: p.into(),
    }
}

/// eta², the share of the variance of severity that lies between levels of gravity (P4):
/// `SS_between/SS_total`. Null when nothing varies.
pub fn share_between_levels(levels: &[Sums]) -> Result<Figure, CountError> {
    let all = levels
        .iter()
        .try_fold(Sums::default(), |all, level| all.merged(*level))?;
    let total = all.squares_about_mean();
    if all.n == 0 || total == 0.0 {
        let reason = if all.n == 0 {
            Undefined::NoDecisions
        } else {
            Undefined::NoVariation
        };
        return Ok(Figure::Undefined(reason));
    }
    let within = sum(levels.iter().map(|level| level.squares_about_mean()));
    Ok(Ok(((total - within) / total).max(0.0)).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sums_of(values: &[i128]) -> Sums {
        let mut sums = Sums::default();
        for value in values {
            sums.add(*value, 1).unwrap();
        }
        sums
    }

    proptest! {
        #[test]
        fn retracting_undoes_merging(
            a in prop::collection::vec(-500_i128..500, 0..20),
            b in prop::collection::vec(-500_i128..500, 0..20),
        ) {
            let (a, b) = (sums_of(&a), sums_of(&b));
            prop_assert_eq!(a.merged(b).unwrap().without(b).unwrap(), a);
        }

        #[test]
        fn the_variance_does_not_care_where_zero_lies(
            values in prop::collection::vec(0_i128..500, 2..20), shift in 0_i128..1_000_000_000_000,
        ) {
            let shifted: Vec<i128> = values.iter().map(|value| value + shift).collect();
            prop_assert_eq!(sums_of(&values).variance(), sums_of(&shifted).variance());
        }
    }

    #[test]
    fn refuses_sums_that_no_values_have() {
        for (n, sum, squares) in [(0, 1, 0), (2, 10, 20), (3, 0, -1), (1, 5, 24)] {
            assert!(matches!(
                Sums::new(n, sum, squares),
                Err(CountError::ImpossibleSums { .. })
            ));
        }
    }

    #[test]
    fn levels_that_explain_all_have_a_share_of_one() {
        let (low, high) = (sums_of(&[3, 3, 3]), sums_of(&[9, 9]));
        assert_eq!(
            share_between_levels(&[low, high]).unwrap(),
            Figure::Value(1.0)
        );
        assert_eq!(
            share_between_levels(&[low, low]).unwrap().undefined(),
            Some(Undefined::NoVariation)
        );
    }

    #[test]
    fn means_of_two_single_decisions_have_no_test() {
        let found = compare_means(sums_of(&[3]), sums_of(&[5]));
        assert_eq!(found.difference, Figure::Value(-2.0));
        assert_eq!(found.t.undefined(), Some(Undefined::NoDegreesOfFreedom));
        assert_eq!(found.p.undefined(), Some(Undefined::NoDegreesOfFreedom));
    }
}
