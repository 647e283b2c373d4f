//! Spread and position within one level, from a histogram of exact values
//! (`docs/statistics.md` §1.4, P1, P2 and J1).
//!
//! A histogram holds integers only: values in units of one over a common denominator, and counts.
//! It merges by addition and is retracted by subtraction.

use super::damage::CountError;
use super::exact::{Exact, MOST_DECISIONS, Rational, as_real, real};
use super::moments::{Sums, few};
use super::ordinal::pairs_among;
use super::undefined::{Figure, Undefined, quotient};
use num_traits::{CheckedMul as _, Signed as _};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// Exact values and how often each occurs.
#[derive(Debug, Clone)]
pub struct Histogram {
    denominator: i128,
    counts: BTreeMap<i128, u64>,
    n: u64,
}

impl Default for Histogram {
    fn default() -> Self {
        Self {
            denominator: 1,
            counts: BTreeMap::new(),
            n: 0,
        }
    }
}

/// Histograms are the same when they count the same values, whatever their common denominator.
impl PartialEq for Histogram {
    fn eq(&self, other: &Self) -> bool {
        self.counts().eq(other.counts())
    }
}

impl Eq for Histogram {}

/// The largest numerator and denominator of a value, so that squares and interpolations fit.
const LARGEST: i128 = 1 << 60;

/// How a quantile between two values is taken (numbering of Hyndman & Fan 1996).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuantileType {
    /// Type 1: the smallest value whose cumulative count reaches ⌈np⌉; always a penalty imposed.
    Lower,
    /// Type 2: as type 1, averaged where np is whole.
    Averaged,
    /// Type 7: linear between the values at (n−1)p.
    Linear,
}

/// A probability between 0 and 1, exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Probability {
    numerator: u32,
    denominator: u32,
}

impl Probability {
    /// The first quartile.
    pub const FIRST_QUARTILE: Self = Self {
        numerator: 1,
        denominator: 4,
    };
    /// The median.
    pub const MEDIAN: Self = Self {
        numerator: 1,
        denominator: 2,
    };
    /// The third quartile.
    pub const THIRD_QUARTILE: Self = Self {
        numerator: 3,
        denominator: 4,
    };

    /// So many per cent. Refuses more than 100.
    pub fn percent(percent: u32) -> Result<Self, CountError> {
        if percent > 100 {
            let found = percent.to_string();
            return Err(CountError::OutOfRange {
                what: "percentile",
                found,
                rule: "0 to 100",
            });
        }
        Ok(Self {
            numerator: percent,
            denominator: 100,
        })
    }

    /// m·p as whole part, remainder and denominator.
    fn of(self, m: u64) -> (u64, u64, u64) {
        let (numerator, denominator) = (u64::from(self.numerator), u64::from(self.denominator));
        let product = m * numerator;
        (product / denominator, product % denominator, denominator)
    }
}

impl Histogram {
    /// A histogram from values and counts; a value may occur more than once.
    pub fn from_counts(counts: impl IntoIterator<Item = (Exact, u64)>) -> Result<Self, CountError> {
        let mut histogram = Self::default();
        for (value, count) in counts {
            histogram.add(value, count)?;
        }
        Ok(histogram)
    }

    /// How many decisions.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// The values ascending, with their counts.
    pub fn counts(&self) -> impl Iterator<Item = (Exact, u64)> + '_ {
        self.counts
            .iter()
            .map(|(value, count)| (self.exact(*value), *count))
    }

    /// Counts so many more decisions of one value.
    pub fn add(&mut self, value: Exact, count: u64) -> Result<(), CountError> {
        let n = self.n.checked_add(count).filter(|n| *n <= MOST_DECISIONS);
        let n = n.ok_or(CountError::TooMany {
            limit: MOST_DECISIONS,
        })?;
        let key = self.scaled(value)?;
        if count > 0 {
            *self.counts.entry(key).or_default() += count;
        }
        self.n = n;
        Ok(())
    }

    /// Takes decisions of one value out.
    pub fn retract(&mut self, value: Exact, count: u64) -> Result<(), CountError> {
        let key = self.scaled(value)?;
        let held = self.counts.get(&key).copied().unwrap_or(0);
        let left = held
            .checked_sub(count)
            .ok_or_else(|| CountError::RetractedMoreThanCounted {
                cell: format!("the value {value}"),
                held,
                retracted: count,
            })?;
        if left == 0 {
            self.counts.remove(&key);
        } else {
            self.counts.insert(key, left);
        }
        self.n -= count;
        Ok(())
    }

    /// The decisions of both.
    pub fn merged(&self, other: &Self) -> Result<Self, CountError> {
        let mut merged = self.clone();
        for (value, count) in other.counts() {
            merged.add(value, count)?;
        }
        Ok(merged)
    }

    /// These decisions less others contained in them.
    pub fn without(&self, other: &Self) -> Result<Self, CountError> {
        let mut left = self.clone();
        for (value, count) in other.counts() {
            left.retract(value, count)?;
        }
        Ok(left)
    }

    /// The sums of the values, in units of one over the second number.
    pub fn sums(&self) -> Result<(Sums, i128), CountError> {
        let mut sums = Sums::default();
        for (value, count) in &self.counts {
            sums.add(*value, *count)?;
        }
        Ok((sums, self.denominator))
    }

    /// The quantile as an exact value; `None` when nothing is counted.
    pub fn quantile(&self, p: Probability, kind: QuantileType) -> Option<Exact> {
        let last = self.n.checked_sub(1)?;
        match kind {
            QuantileType::Lower => {
                let (whole, rest, _) = p.of(self.n);
                let rank = if rest > 0 { whole + 1 } else { whole.max(1) };
                self.value_at(rank - 1)
            }
            QuantileType::Averaged => {
                let (whole, rest, _) = p.of(self.n);
                if rest > 0 {
                    return self.value_at(whole);
                }
                let low = self.value_at(whole.max(1) - 1)?;
                let high = self.value_at(whole.min(last))?;
                Some((low + high) / Exact::from(2))
            }
            QuantileType::Linear => {
                let (whole, rest, denominator) = p.of(last);
                let low = self.value_at(whole)?;
                let high = self.value_at((whole + 1).min(last))?;
                let part = Exact::new(i128::from(rest), i128::from(denominator));
                Some(low + (high - low) * part)
            }
        }
    }

    /// The value at a position from 0, in ascending order.
    fn value_at(&self, position: u64) -> Option<Exact> {
        let mut passed = 0;
        for (value, count) in &self.counts {
            passed += count;
            if position < passed {
                return Some(self.exact(*value));
            }
        }
        None
    }

    /// `Σ|x_a − x_b|` over pairs, in units of the denominator; one pass with running sums.
    fn pair_differences(&self) -> Option<i128> {
        let (mut below, mut sum_below, mut total) = (0_i128, 0_i128, 0_i128);
        for (value, count) in &self.counts {
            let count = i128::from(*count);
            let apart = i128::checked_mul(*value, below)?.checked_sub(sum_below)?;
            total = total.checked_add(apart.checked_mul(count)?)?;
            below += count;
            sum_below = sum_below.checked_add(i128::checked_mul(*value, count)?)?;
        }
        Some(total)
    }

    /// All figures of spread. Refuses values too large to square exactly.
    pub fn dispersion(&self) -> Result<Dispersion, CountError> {
        let (sums, denominator) = self.sums()?;
        let unit = real(denominator);
        let apart = self
            .pair_differences()
            .ok_or_else(|| CountError::NotRepresentable {
                value: sums.sum().to_string(),
            })?;
        let quartile = |p| self.quantile(p, QuantileType::Linear);
        let (q1, q3) = (
            quartile(Probability::FIRST_QUARTILE),
            quartile(Probability::THIRD_QUARTILE),
        );
        let mean = sums.mean().map(|mean| mean / unit);
        let sample_variance = sums.variance().map(|variance| variance / unit / unit);
        let sd = sample_variance.map(f64::sqrt);
        let n = real(self.n);
        let single = few(self.n);
        let gini = quotient(real(apart), n * real(sums.sum()), zero_mean(self.n));
        let gini_unbiased = match self.n {
            0 | 1 => Figure::Undefined(single),
            n => quotient(
                real(apart),
                real(n - 1) * real(sums.sum()),
                Undefined::ZeroDenominator,
            ),
        };
        let mad = self.mad();
        Ok(Dispersion {
            n: self.n,
            sum: real(sums.sum()) / unit,
            mean,
            sample_variance,
            sd,
            cv: coefficient(sums, sd, mean),
            median: shown(quartile(Probability::MEDIAN)),
            q1_type7: shown(q1),
            q3_type7: shown(q3),
            iqr_type7: shown(q1.zip(q3).map(|(q1, q3)| q3 - q1)),
            mad,
            mad_scaled_1p4826: mad.map(|mad| mad * 1.4826),
            qcd: quartile_coefficient(q1, q3),
            mean_abs_pair_difference: quotient(
                real(apart),
                real(pairs_among(self.n)) * unit,
                single,
            ),
            gini,
            gini_unbiased,
        })
    }

    /// The median of |x − median|, both medians of type 7.
    fn mad(&self) -> Figure {
        let Some(median) = self.quantile(Probability::MEDIAN, QuantileType::Linear) else {
            return Figure::Undefined(Undefined::NoDecisions);
        };
        let deviations = self
            .counts()
            .map(|(value, count)| ((value - median).abs(), count));
        let mad = Self::from_counts(deviations)
            .ok()
            .and_then(|deviations| deviations.quantile(Probability::MEDIAN, QuantileType::Linear));
        mad.map(|mad| as_real(&mad))
            .ok_or(Undefined::OutOfDomain)
            .into()
    }

    /// Where a value stands among these decisions (J1). Percentages are null for an empty cohort.
    pub fn percentile(&self, value: Exact) -> Percentile {
        let mut found = Percentile::none(self.n);
        for (held, count) in self.counts() {
            match held.cmp(&value) {
                std::cmp::Ordering::Less => found.less += count,
                std::cmp::Ordering::Equal => found.equal += count,
                std::cmp::Ordering::Greater => found.greater += count,
            }
        }
        let percent =
            |count: u64, of: u64| quotient(100.0 * real(count), real(of), Undefined::NoDecisions);
        found.strict = percent(found.less, self.n);
        found.weak = percent(found.less + found.equal, self.n);
        found.mid_percentile = percent(2 * found.less + found.equal, 2 * self.n);
        found
    }

    fn exact(&self, key: i128) -> Exact {
        Exact::new(key, self.denominator)
    }

    /// The value in units of the denominator, which grows where it must.
    fn scaled(&mut self, value: Exact) -> Result<i128, CountError> {
        let too_fine = || CountError::NotRepresentable {
            value: Rational(value).to_string(),
        };
        let scaled = value
            .checked_mul(&Exact::from(self.denominator))
            .ok_or_else(too_fine)?;
        if scaled.numer().abs() > LARGEST || *scaled.denom() > LARGEST / self.denominator {
            return Err(too_fine());
        }
        if scaled.is_integer() {
            return Ok(scaled.to_integer());
        }
        let factor = *scaled.denom();
        let rescaled: Option<BTreeMap<i128, u64>> = self
            .counts
            .iter()
            .map(|(key, count)| {
                let key = i128::checked_mul(*key, factor).filter(|key| key.abs() <= LARGEST)?;
                Some((key, *count))
            })
            .collect();
        self.counts = rescaled.ok_or_else(too_fine)?;
        self.denominator *= factor;
        Ok(*scaled.numer())
    }
}

/// s/mean. Null under two decisions, or where the mean is 0.
fn coefficient(sums: Sums, sd: Figure, mean: Figure) -> Figure {
    let ratio = || {
        let sd = sd.result()?;
        quotient(sd, mean.result()?, zero_mean(sums.n())).result()
    };
    ratio().into()
}

/// (Q3−Q1)/(Q3+Q1). Null where the sum is 0.
fn quartile_coefficient(q1: Option<Exact>, q3: Option<Exact>) -> Figure {
    match q1.zip(q3) {
        None => Figure::Undefined(Undefined::NoDecisions),
        Some((q1, q3)) => quotient(
            as_real(&(q3 - q1)),
            as_real(&(q3 + q1)),
            Undefined::ZeroDenominator,
        ),
    }
}

fn shown(value: Option<Exact>) -> Figure {
    value
        .map(|value| as_real(&value))
        .ok_or(Undefined::NoDecisions)
        .into()
}

fn zero_mean(n: u64) -> Undefined {
    if n == 0 {
        Undefined::NoDecisions
    } else {
        Undefined::ZeroDenominator
    }
}

/// The spread of severities within one level, in the unit of the values.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Dispersion {
    /// Decisions.
    pub n: u64,
    /// Their total.
    pub sum: f64,
    /// Σx/n. Null when n = 0.
    pub mean: Figure,
    /// The variance with n − 1. Null when n < 2.
    pub sample_variance: Figure,
    /// Its root.
    pub sd: Figure,
    /// sd/mean. Null when n < 2 or the mean is 0.
    pub cv: Figure,
    /// The median of type 7; for display take type 1 from [`Histogram::quantile`].
    pub median: Figure,
    /// The first quartile, type 7.
    pub q1_type7: Figure,
    /// The third quartile, type 7.
    pub q3_type7: Figure,
    /// Q3 − Q1.
    pub iqr_type7: Figure,
    /// The median of |x − median|, raw.
    pub mad: Figure,
    /// The same × 1.4826, to stand beside an SD only.
    pub mad_scaled_1p4826: Figure,
    /// (Q3−Q1)/(Q3+Q1). Null where the sum is 0.
    pub qcd: Figure,
    /// By how much two decisions differ on average (P2). Null when n < 2.
    pub mean_abs_pair_difference: Figure,
    /// `Σ_aΣ_b|x_a−x_b|/(2n²·mean)`. Null where the mean is 0.
    pub gini: Figure,
    /// The same × n/(n−1). Null when n < 2 or the mean is 0.
    pub gini_unbiased: Figure,
}

/// Where a proposed sentence stands in its cohort.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Percentile {
    /// Decisions in the cohort.
    pub n: u64,
    /// Less severe ones.
    pub less: u64,
    /// Equally severe ones.
    pub equal: u64,
    /// More severe ones.
    pub greater: u64,
    /// (less + ½ equal)/n, in per cent.
    pub mid_percentile: Figure,
    /// less/n, in per cent.
    pub strict: Figure,
    /// (less + equal)/n, in per cent.
    pub weak: Figure,
}

impl Percentile {
    fn none(n: u64) -> Self {
        let null = Figure::Undefined(Undefined::NoDecisions);
        Self {
            n,
            less: 0,
            equal: 0,
            greater: 0,
            mid_percentile: null,
            strict: null,
            weak: null,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn histogram(values: &[(i128, i128)]) -> Histogram {
        let values = values.iter().map(|(n, d)| (Exact::new(*n, *d), 1));
        Histogram::from_counts(values).unwrap()
    }

    fn values() -> impl Strategy<Value = Vec<(i128, i128)>> {
        prop::collection::vec((0_i128..40, 1_i128..7), 1..25)
    }

    proptest! {
        #[test]
        fn quantiles_are_those_of_the_sorted_list(values in values(), percent in 0_u32..=100) {
            let p = Probability::percent(percent).unwrap();
            let found = histogram(&values);
            let mut sorted: Vec<Exact> = values.iter().map(|(n, d)| Exact::new(*n, *d)).collect();
            sorted.sort();
            let n = sorted.len();
            let at = |rank: usize| sorted[rank.clamp(1, n) - 1];
            let np = n * usize::try_from(percent).unwrap();
            let lower = at(np.div_ceil(100));
            prop_assert_eq!(found.quantile(p, QuantileType::Lower), Some(lower));
            let averaged = if np.is_multiple_of(100) {
                (at(np / 100) + at(np / 100 + 1)) / Exact::from(2)
            } else {
                lower
            };
            prop_assert_eq!(found.quantile(p, QuantileType::Averaged), Some(averaged));
            let h = Exact::new(i128::try_from(n - 1).unwrap() * i128::from(percent), 100);
            let floor = usize::try_from(h.to_integer()).unwrap();
            let linear = at(floor + 1) + (at(floor + 2) - at(floor + 1)) * h.fract();
            prop_assert_eq!(found.quantile(p, QuantileType::Linear), Some(linear));
        }

        #[test]
        fn pair_differences_are_those_of_every_pair(values in values()) {
            let found = histogram(&values).dispersion().unwrap();
            let list: Vec<f64> =
                values.iter().map(|(n, d)| as_real(&Exact::new(*n, *d))).collect();
            let total: f64 = list.iter().flat_map(|a| list.iter().map(move |b| (a - b).abs())).sum();
            let n = real(list.len());
            match found.mean_abs_pair_difference.value() {
                None => prop_assert_eq!(list.len(), 1),
                Some(mean) => prop_assert!((mean - total / (n * (n - 1.0))).abs() < 1e-9),
            }
        }

        #[test]
        fn retracting_undoes_merging(a in values(), b in values()) {
            let (a, b) = (histogram(&a), histogram(&b));
            let both = a.merged(&b).unwrap();
            prop_assert_eq!(both.n(), a.n() + b.n());
            prop_assert_eq!(both.without(&b).unwrap(), a);
        }
    }

    #[test]
    fn nothing_counted_has_no_spread_and_no_position() {
        let empty = Histogram::default();
        let found = empty.dispersion().unwrap();
        assert_eq!(found.mean.undefined(), Some(Undefined::NoDecisions));
        assert_eq!(found.mad.undefined(), Some(Undefined::NoDecisions));
        assert_eq!(
            found.gini_unbiased.undefined(),
            Some(Undefined::NoDecisions)
        );
        assert_eq!(
            empty.quantile(Probability::MEDIAN, QuantileType::Lower),
            None
        );
        assert_eq!(
            empty.percentile(Exact::from(3)).mid_percentile.value(),
            None
        );
    }

    #[test]
    fn penalties_that_are_all_zero_have_no_relative_spread() {
        let found = histogram(&[(0, 1), (0, 1), (0, 1)]).dispersion().unwrap();
        assert_eq!(found.sd, Figure::Value(0.0));
        for figure in [found.cv, found.qcd, found.gini, found.gini_unbiased] {
            assert_eq!(figure.undefined(), Some(Undefined::ZeroDenominator));
        }
    }

    #[test]
    fn refuses_values_too_large_or_too_fine_to_compute_with() {
        let mut found = histogram(&[(1, 3)]);
        for value in [
            Exact::from(i128::MAX),
            Exact::new(1, 1 << 61),
            Exact::from(1_i128 << 61),
        ] {
            assert!(matches!(
                found.add(value, 1),
                Err(CountError::NotRepresentable { .. })
            ));
        }
        assert_eq!(found, histogram(&[(1, 3)]));
    }

    #[test]
    fn refuses_to_retract_a_value_that_is_not_counted() {
        let mut found = histogram(&[(1, 2)]);
        assert!(found.retract(Exact::from(1), 1).is_err());
        assert_eq!(found.n(), 1);
    }
}
