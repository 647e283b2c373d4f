//! What a number counts, whom it is about, and whether it may be shown.

use crate::pages::components::Value;
use crate::pages::numbers::{amount, amount_gap, count, decimal, share, share_gap, signed};

/// What a number counts, and so how it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unit {
    Decisions,
    Persons,
    /// Of a hundred: the value 34.2 is shown as `34.2%`.
    Percent,
    /// A difference of two rates, per hundred: `+4.2`.
    Points,
    /// Severity in the unit of its scale, such as `days of custody`.
    Amount(String),
    /// A difference of two severities.
    AmountGap(String),
    Days,
    Months,
    Years,
    Hours,
}

impl Unit {
    /// A value as it stands beside its mark and in the table.
    pub fn show(&self, value: f64) -> String {
        self.show_of(value, u64::MAX)
    }

    /// A value that rests on so many decisions; fewer decisions, fewer places.
    pub fn show_of(&self, value: f64, n: u64) -> String {
        match self {
            Self::Decisions | Self::Persons | Self::Days => decimal(value, 0),
            Self::Percent => format!("{}%", share(value, n)),
            Self::Points => share_gap(value, n),
            Self::Amount(_) => amount(value),
            Self::AmountGap(_) => amount_gap(value),
            Self::Months | Self::Years | Self::Hours => decimal(value, 1),
        }
    }

    /// A value under its tick: no more places than it needs.
    pub fn tick(&self, value: f64) -> String {
        let places = usize::from((value - value.round()).abs() >= 1e-9);
        match self {
            Self::Percent => format!("{}%", decimal(value, places)),
            Self::Points => signed(value, places),
            Self::AmountGap(_) => amount_gap(value),
            Self::Amount(_) => amount(value),
            Self::Decisions
            | Self::Persons
            | Self::Days
            | Self::Months
            | Self::Years
            | Self::Hours => decimal(value, places),
        }
    }

    /// Whether there are only whole numbers of it.
    pub fn is_whole(&self) -> bool {
        matches!(self, Self::Decisions | Self::Persons | Self::Days)
    }

    /// The words for an axis or a column.
    pub fn words(&self) -> String {
        match self {
            Self::Decisions => "decisions",
            Self::Persons => "persons",
            Self::Percent => "per cent",
            Self::Points => "difference per 100",
            Self::Amount(unit) => unit.as_str(),
            Self::AmountGap(unit) => return format!("difference in {unit}"),
            Self::Days => "days",
            Self::Months => "months",
            Self::Years => "years",
            Self::Hours => "hours",
        }
        .to_owned()
    }
}

/// A figure that can be shown, may not be shown, or does not exist.
#[derive(Clone, Debug, PartialEq)]
pub enum Datum {
    Value(f64),
    /// Withheld by disclosure control: fewer than so many.
    FewerThan(u32),
    /// Cannot be computed; the reason names the missing input.
    Undefined(String),
}

impl Datum {
    pub fn value(&self) -> Option<f64> {
        match self {
            Self::Value(value) => Some(*value),
            Self::FewerThan(_) | Self::Undefined(_) => None,
        }
    }

    pub(crate) fn cell(&self, unit: &Unit) -> Value {
        match self {
            Self::Value(value) => Value::Number(unit.show(*value)),
            Self::FewerThan(n) => Value::FewerThan(*n),
            Self::Undefined(reason) => Value::Undefined(reason.clone()),
        }
    }
}

impl From<u64> for Datum {
    fn from(n: u64) -> Self {
        Self::Value(crate::pages::numbers::real_count(n))
    }
}

/// Whom a mark is about, with sex as it was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    Women,
    Men,
    All,
}

impl Who {
    pub fn word(self) -> &'static str {
        match self {
            Self::Women => "Women",
            Self::Men => "Men",
            Self::All => "All",
        }
    }

    pub(crate) fn line(self) -> &'static str {
        match self {
            Self::Women => "women-line",
            Self::Men => "men-line",
            Self::All => "all-line",
        }
    }
}

/// `n = 1,204`, the way every picture says how many stand behind a mark.
pub(crate) fn n_equals(n: u64) -> String {
    format!("n = {}", count(n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_written_in_its_unit() {
        assert_eq!(Unit::Percent.show(34.25), "34.2%");
        assert_eq!(Unit::Points.show(-1.51), "\u{2212}1.5");
        assert_eq!(Unit::Decisions.show(69_527.0), "69,527");
        assert_eq!(Unit::Percent.show_of(34.25, 80), "34%");
        assert_eq!(Unit::Amount("days".to_owned()).show(30.4375), "30.4");
        assert_eq!(Unit::Percent.tick(40.0), "40%");
        assert_eq!(Unit::Months.tick(2.5), "2.5");
    }
}
