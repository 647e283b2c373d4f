//! Exact decimal numbers, kept as they were written.

use std::fmt;
use std::str::FromStr;

use num_rational::Ratio;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A whole number as people read it, its thousands set apart: `69,527`.
pub fn thousands(n: u64) -> String {
    grouped(&n.to_string())
}

/// Digits with the thousands set apart.
pub fn grouped(digits: &str) -> String {
    let mut read = String::with_capacity(digits.len().saturating_mul(2));
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && digits.len().saturating_sub(at).is_multiple_of(3) {
            read.push(',');
        }
        read.push(digit);
    }
    read
}

/// A number of days as people read it: `1 day`, `43 days`, `1,460 days`.
pub fn days_in_words(days: u32) -> String {
    match days {
        1 => "1 day".to_owned(),
        days => format!("{} days", thousands(days.into())),
    }
}

/// Why a text is not a decimal number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecimalError {
    /// Not digits with at most one point.
    #[error("{0:?} is not a number: write digits with at most one point, for example 7.4")]
    NotANumber(String),
    /// A quantity below zero.
    #[error("{0} is below zero: a quantity of a sentence is zero or more")]
    Negative(String),
    /// More digits than are kept exactly.
    #[error("{0} has too many digits: at most 15 before the point and 18 in all are kept exactly")]
    TooLong(String),
}

/// A decimal number of zero or more, exact, written without trailing zeros.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", inline, extend("examples" = ["12.5"]))]
pub struct Decimal {
    units: u64,
    scale: u8,
}

impl Decimal {
    /// A whole number.
    pub fn whole(units: u64) -> Self {
        Self { units, scale: 0 }
    }

    /// Parses `12`, `7.4` or `27.0`; the last reads as 27.
    pub fn parse(text: &str) -> Result<Self, DecimalError> {
        let wrong = || DecimalError::NotANumber(text.to_owned());
        if text
            .strip_prefix('-')
            .is_some_and(|rest| rest.bytes().any(|b| b.is_ascii_digit()))
        {
            return Err(DecimalError::Negative(text.to_owned()));
        }
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if (whole.is_empty() && fraction.is_empty()) || !digits(whole) || !digits(fraction) {
            return Err(wrong());
        }
        let fraction = fraction.trim_end_matches('0');
        let whole = whole.trim_start_matches('0');
        if whole.len() > 15 || whole.len().saturating_add(fraction.len()) > 18 {
            return Err(DecimalError::TooLong(text.to_owned()));
        }
        let mut units: u64 = 0;
        for digit in whole.bytes().chain(fraction.bytes()) {
            units = units
                .checked_mul(10)
                .and_then(|u| u.checked_add(u64::from(digit.saturating_sub(b'0'))))
                .ok_or_else(wrong)?;
        }
        let scale = u8::try_from(fraction.len()).map_err(|_| wrong())?;
        Ok(Self { units, scale })
    }

    /// The number as an exact fraction.
    pub fn ratio(self) -> Ratio<i128> {
        Ratio::new(i128::from(self.units), 10_i128.pow(u32::from(self.scale)))
    }

    /// The whole number, if it is one and fits.
    pub fn to_whole(self) -> Option<u64> {
        (self.scale == 0).then_some(self.units)
    }

    /// The number times a whole factor, if that is whole and fits: 1.5 hours are 90 minutes.
    pub fn times_exact(self, factor: u64) -> Option<u64> {
        let product = u128::from(self.units).checked_mul(u128::from(factor))?;
        let divisor = 10_u128.pow(u32::from(self.scale));
        (product.checked_rem(divisor)? == 0)
            .then(|| {
                product
                    .checked_div(divisor)
                    .and_then(|n| u64::try_from(n).ok())
            })
            .flatten()
    }

    /// Whether the number is zero.
    pub fn is_zero(self) -> bool {
        self.units == 0
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let divisor = 10_u64.pow(u32::from(self.scale));
        let whole = self.units.checked_div(divisor).unwrap_or_default();
        if self.scale == 0 {
            return write!(f, "{whole}");
        }
        let rest = self.units.checked_rem(divisor).unwrap_or_default();
        write!(f, "{whole}.{rest:0width$}", width = usize::from(self.scale))
    }
}

impl FromStr for Decimal {
    type Err = DecimalError;
    fn from_str(text: &str) -> Result<Self, DecimalError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Decimal {
    type Error = DecimalError;
    fn try_from(text: String) -> Result<Self, DecimalError> {
        Self::parse(&text)
    }
}

impl From<Decimal> for String {
    fn from(number: Decimal) -> Self {
        number.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_is_kept_exactly_and_without_trailing_zeros() {
        for (text, shown) in [
            ("27.0", "27"),
            ("7.40", "7.4"),
            ("0.05", "0.05"),
            ("007", "7"),
            (".5", "0.5"),
        ] {
            assert_eq!(Decimal::parse(text).unwrap().to_string(), shown);
        }
        assert_eq!(Decimal::parse("7.4").unwrap().ratio(), Ratio::new(37, 5));
        assert_eq!(Decimal::parse("1.5").unwrap().times_exact(60), Some(90));
        assert_eq!(Decimal::parse("0.333").unwrap().times_exact(60), None);
    }

    #[test]
    fn a_decimal_refuses_signs_words_and_lost_digits() {
        assert!(matches!(
            Decimal::parse("-3"),
            Err(DecimalError::Negative(_))
        ));
        assert!(matches!(
            Decimal::parse("3,5"),
            Err(DecimalError::NotANumber(_))
        ));
        assert!(matches!(
            Decimal::parse(""),
            Err(DecimalError::NotANumber(_))
        ));
        assert!(matches!(
            Decimal::parse("."),
            Err(DecimalError::NotANumber(_))
        ));
        assert!(matches!(
            Decimal::parse("1234567890123456"),
            Err(DecimalError::TooLong(_))
        ));
    }

    #[test]
    fn thousands_are_set_apart_in_numbers_and_in_days() {
        let read = [0, 999, 1_000, 69_527, 1_234_567].map(thousands);
        assert_eq!(read, ["0", "999", "1,000", "69,527", "1,234,567"]);
        let read = [0, 1, 43, 1_460].map(days_in_words);
        assert_eq!(read, ["0 days", "1 day", "43 days", "1,460 days"]);
    }
}
