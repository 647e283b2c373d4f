//! Exact decimal numbers of a file: digits and a scale, never a float.

use std::fmt;

/// A decimal number of zero or more, kept exactly and without trailing zeros: `27.0` is 27.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimal {
    units: u64,
    scale: u8,
}

/// How a file writes its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marks {
    /// Between the whole part and the fraction.
    pub(super) point: char,
    /// Between groups of three digits, where the file writes them.
    pub(super) thousands: Option<char>,
}

impl Default for Marks {
    fn default() -> Self {
        Self {
            point: '.',
            thousands: None,
        }
    }
}

/// Why a cell is not a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NumberFault {
    /// Not digits with at most one decimal mark.
    NotANumber,
    /// Below zero.
    Negative,
    /// More digits than are kept exactly.
    TooLong,
}

/// Digits kept exactly before and after the point, and in all. Programs write thirds of a month with 16 digits.
const WHOLE_DIGITS: usize = 15;
const FRACTION_DIGITS: usize = 18;
const ALL_DIGITS: usize = 18;

impl Decimal {
    /// A whole number.
    pub fn whole(units: u64) -> Self {
        Self { units, scale: 0 }
    }

    /// The digits without the point: 74 of 7.4.
    pub fn units(self) -> u64 {
        self.units
    }

    /// How many of the digits stand after the point: 1 of 7.4.
    pub fn scale(self) -> u8 {
        self.scale
    }

    /// The whole number, if it is one.
    pub fn to_whole(self) -> Option<u64> {
        (self.scale == 0).then_some(self.units)
    }

    /// The number times a whole factor, if that is whole and fits.
    pub fn times_exact(self, factor: u64) -> Option<u64> {
        let product = u128::from(self.units).checked_mul(u128::from(factor))?;
        let divisor = 10_u128.checked_pow(u32::from(self.scale))?;
        if product.checked_rem(divisor)? != 0 {
            return None;
        }
        u64::try_from(product.checked_div(divisor)?).ok()
    }

    /// The number times a whole factor, as a decimal.
    pub(super) fn times(self, factor: u64) -> Option<Self> {
        Some(
            Self {
                units: self.units.checked_mul(factor)?,
                scale: self.scale,
            }
            .shortened(),
        )
    }

    /// Whether this number is greater than another, exactly.
    pub(super) fn exceeds(self, other: Self) -> bool {
        let lift = |a: Self, b: Self| {
            10_u128
                .checked_pow(u32::from(b.scale))
                .and_then(|power| u128::from(a.units).checked_mul(power))
                .unwrap_or(u128::MAX)
        };
        lift(self, other) > lift(other, self)
    }

    /// Reads `12`, `7.4`, `27.0`, `1 200,50` or `4.5e+05`, which some programs write for 450000.
    pub(super) fn parse(text: &str, marks: Marks) -> Result<Self, NumberFault> {
        let text = text.strip_prefix('+').unwrap_or(text);
        if let Some(rest) = text.strip_prefix('-') {
            return match Self::parse(rest, marks) {
                Ok(zero) if zero.units == 0 => Ok(zero),
                Ok(_) | Err(NumberFault::TooLong) => Err(NumberFault::Negative),
                Err(other) => Err(other),
            };
        }
        let (text, exponent) = match text.split_once(['e', 'E']) {
            None => (text, 0),
            Some((digits, power)) => (digits, power.parse().map_err(|_| NumberFault::NotANumber)?),
        };
        let (whole, fraction) = text.split_once(marks.point).unwrap_or((text, ""));
        let mut digits = Digits::default();
        digits.take_whole(whole, marks.thousands)?;
        digits.take_fraction(fraction)?;
        digits.shift(exponent)?.finish()
    }

    fn shortened(mut self) -> Self {
        while self.scale > 0 && self.units.checked_rem(10) == Some(0) {
            self.units = self.units.checked_div(10).unwrap_or_default();
            self.scale = self.scale.saturating_sub(1);
        }
        self
    }
}

/// The digits of a number while it is read: all of them, and how many stand after the point.
#[derive(Default)]
struct Digits {
    units: u64,
    count: usize,
    scale: i32,
    any: bool,
}

impl Digits {
    fn take_whole(&mut self, text: &str, thousands: Option<char>) -> Result<(), NumberFault> {
        let Some(mark) = thousands.filter(|mark| text.contains(*mark)) else {
            return text.bytes().try_for_each(|byte| self.push(byte));
        };
        let well_grouped = text
            .split(mark)
            .enumerate()
            .all(|(at, group)| group.len() == 3 || (at == 0 && (1..3).contains(&group.len())));
        if !well_grouped {
            return Err(NumberFault::NotANumber);
        }
        text.split(mark)
            .flat_map(str::bytes)
            .try_for_each(|byte| self.push(byte))
    }

    fn take_fraction(&mut self, text: &str) -> Result<(), NumberFault> {
        if !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NumberFault::NotANumber);
        }
        self.any |= !text.is_empty();
        for byte in text.trim_end_matches('0').bytes() {
            self.push(byte)?;
            self.scale = self.scale.saturating_add(1);
        }
        Ok(())
    }

    fn push(&mut self, byte: u8) -> Result<(), NumberFault> {
        if !byte.is_ascii_digit() {
            return Err(NumberFault::NotANumber);
        }
        self.any = true;
        if self.units > 0 || byte != b'0' {
            self.count = self.count.saturating_add(1);
        }
        if self.count > ALL_DIGITS {
            return Err(NumberFault::TooLong);
        }
        let digit = u64::from(byte.saturating_sub(b'0'));
        self.units = self.units.saturating_mul(10).saturating_add(digit);
        Ok(())
    }

    fn shift(mut self, exponent: i32) -> Result<Self, NumberFault> {
        self.scale = self
            .scale
            .checked_sub(exponent)
            .ok_or(NumberFault::TooLong)?;
        while self.scale < 0 && self.units > 0 {
            self.push(b'0')?;
            self.scale = self.scale.saturating_add(1);
        }
        Ok(self)
    }

    fn finish(self) -> Result<Decimal, NumberFault> {
        if !self.any {
            return Err(NumberFault::NotANumber);
        }
        if self.units == 0 {
            return Ok(Decimal::whole(0));
        }
        let scale = usize::try_from(self.scale).map_err(|_| NumberFault::TooLong)?;
        let short = u8::try_from(scale).map_err(|_| NumberFault::TooLong)?;
        let number = Decimal {
            units: self.units,
            scale: short,
        }
        .shortened();
        let fraction = usize::from(number.scale);
        if fraction > FRACTION_DIGITS || self.count.saturating_sub(scale) > WHOLE_DIGITS {
            return Err(NumberFault::TooLong);
        }
        Ok(number)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.scale == 0 {
            return write!(f, "{}", self.units);
        }
        let divisor = 10_u64
            .checked_pow(u32::from(self.scale))
            .unwrap_or(u64::MAX);
        let whole = self.units.checked_div(divisor).unwrap_or_default();
        let rest = self.units.checked_rem(divisor).unwrap_or_default();
        write!(f, "{whole}.{rest:0width$}", width = usize::from(self.scale))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, NumberFault> {
        Decimal::parse(text, Marks::default()).map(|number| number.to_string())
    }

    #[test]
    fn a_number_is_kept_exactly_and_without_trailing_zeros() {
        for (text, shown) in [
            ("27.0", "27"),
            ("7.40", "7.4"),
            ("007", "7"),
            (".5", "0.5"),
            ("0", "0"),
            ("-0.0", "0"),
            ("+12", "12"),
            ("35.0667", "35.0667"),
            ("1055390.75", "1055390.75"),
            ("275980816372.0", "275980816372"),
            ("0.05", "0.05"),
            ("30.53333333333333", "30.53333333333333"),
            ("0.06666666666666667", "0.06666666666666667"),
            ("1e+05", "100000"),
            ("4.5E5", "450000"),
            ("12e-1", "1.2"),
            ("1e-1", "0.1"),
        ] {
            assert_eq!(read(text), Ok(shown.to_owned()), "{text}");
        }
    }

    #[test]
    fn refuses_signs_words_and_digits_that_would_be_lost() {
        for (text, fault) in [
            ("", NumberFault::NotANumber),
            (".", NumberFault::NotANumber),
            ("3,5", NumberFault::NotANumber),
            ("six", NumberFault::NotANumber),
            ("1.2.3", NumberFault::NotANumber),
            ("1e", NumberFault::NotANumber),
            ("NaN", NumberFault::NotANumber),
            ("-3", NumberFault::Negative),
            ("-12345678901234567890", NumberFault::Negative),
            ("1234567890123456", NumberFault::TooLong),
            ("0.1234567890123456789", NumberFault::TooLong),
            ("1e999999999", NumberFault::TooLong),
            ("1e-999", NumberFault::TooLong),
        ] {
            assert_eq!(read(text), Err(fault), "{text}");
        }
    }

    #[test]
    fn reads_the_marks_that_the_file_declares() {
        let marks = Marks {
            point: ',',
            thousands: Some('.'),
        };
        let read = |text| Decimal::parse(text, marks).map(|number| number.to_string());
        assert_eq!(read("1.200,50"), Ok("1200.5".to_owned()));
        assert_eq!(read("1200,5"), Ok("1200.5".to_owned()));
        assert_eq!(read("12.00,5"), Err(NumberFault::NotANumber));
        assert_eq!(read("1,200.50"), Err(NumberFault::NotANumber));
    }

    #[test]
    fn multiplies_and_compares_exactly() {
        let number = |text| Decimal::parse(text, Marks::default()).unwrap();
        assert_eq!(number("1055390.75").times_exact(100), Some(105_539_075));
        assert_eq!(number("0.005").times_exact(100), None);
        assert_eq!(number("1.5").times(1000), Some(Decimal::whole(1500)));
        assert!(number("0.5").exceeds(number("0.49")));
        assert!(!number("7.0").exceeds(number("7")));
    }
}
