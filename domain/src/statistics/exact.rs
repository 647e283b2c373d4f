//! The one door between exact counts and figures: exact rationals, the bound on counts, the
//! conversion to floating point, and sums whose result does not depend on the order of terms.

use num_rational::Ratio;
use num_traits::ToPrimitive;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// An exact rational. Severities, weights and terms are held so until a figure is shown.
pub type Exact = Ratio<i128>;

/// The most decisions one table may count (2³²). Below it every pair count fits 64 bits and every
/// product of four margins fits 128, so no sum in this module can overflow unseen.
pub const MOST_DECISIONS: u64 = 1 << 32;

/// The 97.5 % point of the standard normal distribution, for intervals at 95 %.
pub const Z95: f64 = 1.959_963_984_540_054;

/// A text that is not an exact rational.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{text}` is not an exact number; write an integer, a decimal such as 0.5, or a fraction such as 487/16"
)]
pub struct NotExact {
    /// The text as it was given.
    pub text: String,
}

/// An exact rational written as text: `3`, `0.5` or `487/16`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Rational(pub Exact);

impl FromStr for Rational {
    type Err = NotExact;

    fn from_str(text: &str) -> Result<Self, NotExact> {
        let fail = || NotExact {
            text: text.to_owned(),
        };
        match text.split_once('/') {
            None => decimal(text.trim()).map(Self).ok_or_else(fail),
            Some((numerator, denominator)) => {
                let numerator: i128 = numerator.trim().parse().map_err(|_| fail())?;
                let denominator: i128 = denominator.trim().parse().map_err(|_| fail())?;
                if denominator <= 0 {
                    return Err(fail());
                }
                Ok(Self(Exact::new(numerator, denominator)))
            }
        }
    }
}

fn decimal(text: &str) -> Option<Exact> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = whole.strip_prefix('-').unwrap_or(whole);
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if digits.is_empty() || !all_digits(digits) || !all_digits(fraction) {
        return None;
    }
    let scale = 10_i128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let numerator: i128 = format!("{whole}{fraction}").parse().ok()?;
    Some(Exact::new(numerator, scale))
}

impl TryFrom<String> for Rational {
    type Error = NotExact;

    fn try_from(text: String) -> Result<Self, NotExact> {
        text.parse()
    }
}

impl From<Rational> for String {
    fn from(value: Rational) -> Self {
        value.to_string()
    }
}

impl fmt::Display for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// The nearest floating-point number to an exact rational.
pub fn as_real(value: &Exact) -> f64 {
    real(*value.numer()) / real(*value.denom())
}

/// A number in whole thousandths, as adjusted differences of means count it: the nearest integer to a thousand times the
/// number, of two that are equally near the even one (`docs/statistics.md` §3.2, figure 10).
pub fn thousandths(value: &Exact) -> i128 {
    let thousand = *value * Exact::from(1_000);
    let below = thousand.floor();
    let beyond = thousand - below;
    let half = Exact::new(1, 2);
    let is_up = beyond > half || (beyond == half && below.to_integer() % 2 != 0);
    below.to_integer() + i128::from(is_up)
}

/// An integer as a floating-point number.
pub fn real(count: impl ToPrimitive) -> f64 {
    // Every integer type in use converts; `None` is for types without a value here.
    count.to_f64().unwrap_or(f64::NAN)
}

/// A count of elements as a count of decisions.
pub(super) fn tally(elements: usize) -> u64 {
    u64::try_from(elements).unwrap_or(u64::MAX)
}

/// A running sum that keeps what rounding loses (Neumaier 1974), so that the order in which courts
/// or strata arrive does not reach the figure.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sum {
    total: f64,
    lost: f64,
    magnitude: f64,
}

impl Sum {
    pub(super) fn add(&mut self, term: f64) {
        let next = self.total + term;
        self.lost += if self.total.abs() >= term.abs() {
            (self.total - next) + term
        } else {
            (term - next) + self.total
        };
        self.total = next;
        self.magnitude += term.abs();
    }

    pub(super) fn value(self) -> f64 {
        self.total + self.lost
    }

    /// The sum where it must be a variance: what rounding leaves of an exact zero is zero.
    pub(super) fn variance(self) -> f64 {
        let value = self.value();
        if value.abs() <= 1e-14 * self.magnitude {
            0.0
        } else {
            value
        }
    }
}

impl FromIterator<f64> for Sum {
    fn from_iter<I: IntoIterator<Item = f64>>(terms: I) -> Self {
        let mut sum = Self::default();
        for term in terms {
            sum.add(term);
        }
        sum
    }
}

/// The sum of the terms, compensated.
pub(super) fn sum(terms: impl IntoIterator<Item = f64>) -> f64 {
    terms.into_iter().collect::<Sum>().value()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_integers_decimals_and_fractions_exactly() {
        for (text, numerator, denominator) in [
            ("3", 3, 1),
            ("0.5", 1, 2),
            ("487/16", 487, 16),
            ("-0.25", -1, 4),
            ("6/4", 3, 2),
        ] {
            let read: Rational = text.parse().unwrap();
            assert_eq!(read.0, Exact::new(numerator, denominator), "{text}");
        }
    }

    #[test]
    fn a_number_in_thousandths_is_the_nearest_and_of_two_as_near_the_even_one() {
        for (number, expected) in [
            ("14/9", 1_556),
            ("2.0004", 2_000),
            ("2.0005", 2_000),
            ("2.0015", 2_002),
            ("-0.0005", 0),
            ("-0.0015", -2),
            ("132", 132_000),
        ] {
            let number: Rational = number.parse().unwrap();
            assert_eq!(thousandths(&number.0), expected, "{number}");
        }
    }

    #[test]
    fn refuses_what_is_not_an_exact_number() {
        for text in [
            "", "half", "1/0", "1/-2", "1e3", ".5", "0.5/2", "NaN", "--1",
        ] {
            assert_eq!(
                text.parse::<Rational>(),
                Err(NotExact {
                    text: text.to_owned()
                })
            );
        }
    }

    #[test]
    fn a_sum_keeps_what_a_large_term_would_swallow() {
        assert!((sum([1e16, 1.0, -1e16, 1.0]) - 2.0).abs() < f64::EPSILON);
    }
}
