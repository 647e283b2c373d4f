//! Lengths of sentences: calendar terms with exact arithmetic, or a decimal of one unit that is never converted.

use std::fmt;
use std::str::FromStr;

use num_rational::Ratio;
use num_traits::CheckedMul;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Day, Decimal};

/// A unit of calendar time.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum TermUnit {
    /// Calendar years.
    Years,
    /// Calendar months.
    Months,
    /// Weeks.
    Weeks,
    /// Days.
    Days,
}

/// A calendar term: years, months and days. Months are not days: one month from 31 January ends on
/// the last of February.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Term {
    /// Calendar years.
    pub years: u16,
    /// Calendar months.
    pub months: u16,
    /// Days.
    pub days: u32,
}

impl Term {
    /// A term of days.
    pub fn of_days(days: u32) -> Self {
        Self {
            days,
            ..Self::default()
        }
    }

    /// A term of months.
    pub fn of_months(months: u16) -> Self {
        Self {
            months,
            ..Self::default()
        }
    }

    /// A term of years.
    pub fn of_years(years: u16) -> Self {
        Self {
            years,
            ..Self::default()
        }
    }

    /// The last day of a term whose first day is `start`: the term of one day ends on its first.
    pub fn last_day(self, start: Day) -> Day {
        self.day_after(start).minus_days(1)
    }

    /// The first day after the term: months first, then days. A month that lacks the day on which the term would end is
    /// served to its last.
    pub fn day_after(self, start: Day) -> Day {
        let same = start.plus_months(self.whole_months());
        let lacks = u32::from(same.day() < start.day());
        same.plus_days(lacks).plus_days(self.days)
    }

    /// Years and months together, in months.
    pub fn whole_months(self) -> u32 {
        u32::from(self.years)
            .saturating_mul(12)
            .saturating_add(u32::from(self.months))
    }

    /// One after the other, unless that is longer than can be written.
    pub fn plus(self, other: Self) -> Option<Self> {
        Some(Self {
            years: self.years.checked_add(other.years)?,
            months: self.months.checked_add(other.months)?,
            days: self.days.checked_add(other.days)?,
        })
    }

    /// Whether nothing is left of it.
    pub fn is_zero(self) -> bool {
        self.years == 0 && self.months == 0 && self.days == 0
    }

    /// The fewest days it can last, wherever it starts: 28 for a month.
    pub fn fewest_days(self) -> u64 {
        let months = u64::from(self.whole_months());
        let by_months = match months.checked_rem(12).unwrap_or_default() {
            0 => 0,
            1 => 28,
            2 => 59,
            rest => rest
                .saturating_mul(30)
                .saturating_add(rest.saturating_sub(2).div_ceil(2))
                .saturating_sub(2),
        };
        let by_years = months
            .checked_div(12)
            .unwrap_or_default()
            .saturating_mul(365);
        by_years
            .saturating_add(by_months)
            .saturating_add(u64::from(self.days))
    }

    /// The most days it can last: 31 for a month.
    pub fn most_days(self) -> u64 {
        let months = u64::from(self.whole_months());
        let years = months.checked_div(12).unwrap_or_default();
        let leap = years.div_ceil(4);
        let rest = months
            .checked_rem(12)
            .unwrap_or_default()
            .saturating_mul(31);
        years
            .saturating_mul(365)
            .saturating_add(leap)
            .saturating_add(rest)
            .saturating_add(u64::from(self.days))
    }
}

/// The length of a penalty: a calendar term, written `P1Y6M` or `P30D`, or, for a fact that already happened, a
/// decimal of one unit, written `P7.4M`, which is never converted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", inline, extend("examples" = ["P1Y6M", "P30D"]))]
pub enum Length {
    /// Years, months and days.
    Calendar(Term),
    /// A decimal of one unit, as the source has it.
    Decimal {
        /// How many.
        amount: Decimal,
        /// Of what.
        unit: TermUnit,
    },
}

impl Length {
    /// In words: "1 year 6 months".
    pub fn in_words(self) -> String {
        match self {
            Self::Calendar(term) => term.in_words(),
            Self::Decimal { amount, unit } => {
                let unit = match unit {
                    TermUnit::Years => "years",
                    TermUnit::Months => "months",
                    TermUnit::Weeks => "weeks",
                    TermUnit::Days => "days",
                };
                format!("{amount} {unit}")
            }
        }
    }
}

impl Term {
    fn in_words(self) -> String {
        let parts = [
            (u32::from(self.years), "year"),
            (u32::from(self.months), "month"),
            (self.days, "day"),
        ];
        let said: Vec<String> = parts
            .iter()
            .filter(|(n, _)| *n > 0)
            .map(|(n, unit)| {
                if *n == 1 {
                    format!("1 {unit}")
                } else {
                    format!("{n} {unit}s")
                }
            })
            .collect();
        if said.is_empty() {
            "0 days".to_owned()
        } else {
            said.join(" ")
        }
    }
}

/// Why a text is not a length.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a length: write years, months and days as P1Y6M10D, or weeks as P2W")]
pub struct LengthError(String);

impl Length {
    /// So many of a unit: whole numbers make a calendar term, others stay decimals.
    pub fn of(amount: Decimal, unit: TermUnit) -> Self {
        let whole = amount.to_whole().and_then(|n| u32::try_from(n).ok());
        let small = whole.and_then(|n| u16::try_from(n).ok());
        match (unit, whole, small) {
            (TermUnit::Years, _, Some(years)) => Self::Calendar(Term::of_years(years)),
            (TermUnit::Months, _, Some(months)) => Self::Calendar(Term::of_months(months)),
            (TermUnit::Days, Some(days), _) => Self::Calendar(Term::of_days(days)),
            (TermUnit::Weeks, _, Some(weeks)) => {
                Self::Calendar(Term::of_days(u32::from(weeks).saturating_mul(7)))
            }
            _ => Self::Decimal { amount, unit },
        }
    }

    /// The calendar term, if it is one.
    pub fn term(self) -> Option<Term> {
        match self {
            Self::Calendar(term) => Some(term),
            Self::Decimal { .. } => None,
        }
    }

    /// Whether it is no time at all.
    pub fn is_zero(self) -> bool {
        match self {
            Self::Calendar(term) => term.is_zero(),
            Self::Decimal { amount, .. } => amount.is_zero(),
        }
    }

    /// Its days, where they are a whole number whenever it starts: months and years last differently.
    pub fn exact_days(self) -> Option<u64> {
        match self {
            Self::Calendar(term) => (term.whole_months() == 0).then_some(u64::from(term.days)),
            Self::Decimal { amount, unit } => {
                let days = match unit {
                    TermUnit::Days => amount.ratio(),
                    TermUnit::Weeks => amount.ratio().checked_mul(&Ratio::from_integer(7))?,
                    TermUnit::Years | TermUnit::Months => return None,
                };
                let whole = days.is_integer().then(|| days.to_integer())?;
                u64::try_from(whole).ok()
            }
        }
    }

    /// Whether it certainly lasts longer than another, whatever the months.
    pub fn exceeds(self, other: Self) -> bool {
        match (self.in_months(), other.in_months()) {
            (Some(a), Some(b)) => a > b,
            _ => self.goes_beyond(other) || self.days().0 > other.days().1,
        }
    }

    /// Whether it is as many months as another and more days, or more months and as many days.
    fn goes_beyond(self, other: Self) -> bool {
        match (self.term(), other.term()) {
            (Some(a), Some(b)) => {
                let parts = |term: Term| (term.whole_months(), term.days);
                let ((months, days), (others, other_days)) = (parts(a), parts(b));
                months >= others && days >= other_days && (months, days) != (others, other_days)
            }
            _ => false,
        }
    }

    /// One after the other, where that is exact: two calendar terms.
    pub fn plus(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Calendar(a), Self::Calendar(b)) => a.plus(b).map(Self::Calendar),
            (Self::Calendar(_), Self::Decimal { .. })
            | (Self::Decimal { .. }, Self::Calendar(_) | Self::Decimal { .. }) => None,
        }
    }

    /// Its months, where it is told in months and years alone: twelve months are exactly a year.
    fn in_months(self) -> Option<Ratio<i128>> {
        match self {
            Self::Calendar(term) => {
                (term.days == 0).then(|| Ratio::from_integer(i128::from(term.whole_months())))
            }
            Self::Decimal { amount, unit } => match unit {
                TermUnit::Years => amount.ratio().checked_mul(&Ratio::from_integer(12)),
                TermUnit::Months => Some(amount.ratio()),
                TermUnit::Weeks | TermUnit::Days => None,
            },
        }
    }

    /// The fewest and the most days it can last; part of a month counts as none or as a whole one.
    fn days(self) -> (Ratio<i128>, Ratio<i128>) {
        let whole = |days: u64| Ratio::from_integer(i128::from(days));
        match self {
            Self::Calendar(term) => (whole(term.fewest_days()), whole(term.most_days())),
            Self::Decimal { amount, unit } => {
                let days = match unit {
                    TermUnit::Days => amount.ratio().checked_mul(&whole(1)),
                    TermUnit::Weeks => amount.ratio().checked_mul(&whole(7)),
                    TermUnit::Years | TermUnit::Months => None,
                };
                match days {
                    Some(days) => (days, days),
                    None => self.months_in_days(),
                }
            }
        }
    }

    fn months_in_days(self) -> (Ratio<i128>, Ratio<i128>) {
        let months = self.in_months().unwrap_or_default();
        let term = |months: Ratio<i128>| {
            u16::try_from(months.to_integer()).map_or(Term::of_years(u16::MAX), Term::of_months)
        };
        let (fewest, most) = (term(months.floor()), term(months.ceil()));
        (
            Ratio::from_integer(i128::from(fewest.fewest_days())),
            Ratio::from_integer(i128::from(most.most_days())),
        )
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Calendar(term) => term.fmt(f),
            Self::Decimal { amount, unit } => {
                let letter = match unit {
                    TermUnit::Years => 'Y',
                    TermUnit::Months => 'M',
                    TermUnit::Weeks => 'W',
                    TermUnit::Days => 'D',
                };
                write!(f, "P{amount}{letter}")
            }
        }
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("P")?;
        if self.years > 0 {
            write!(f, "{}Y", self.years)?;
        }
        if self.months > 0 {
            write!(f, "{}M", self.months)?;
        }
        if self.days > 0 || (self.years == 0 && self.months == 0) {
            write!(f, "{}D", self.days)?;
        }
        Ok(())
    }
}

impl FromStr for Length {
    type Err = LengthError;
    fn from_str(text: &str) -> Result<Self, LengthError> {
        let wrong = || LengthError(text.to_owned());
        let mut rest = text
            .strip_prefix('P')
            .filter(|r| !r.is_empty())
            .ok_or_else(wrong)?;
        let (mut term, mut decimal, mut last) = (Term::default(), None, None);
        while !rest.is_empty() {
            let end = rest
                .find(|c: char| !(c.is_ascii_digit() || c == '.'))
                .ok_or_else(wrong)?;
            let (number, tail) = rest.split_at_checked(end).ok_or_else(wrong)?;
            let amount = Decimal::parse(number).map_err(|_| wrong())?;
            let mut letters = tail.chars();
            let unit = match letters.next() {
                Some('Y') => TermUnit::Years,
                Some('M') => TermUnit::Months,
                Some('W') => TermUnit::Weeks,
                Some('D') => TermUnit::Days,
                _ => return Err(wrong()),
            };
            if last.is_some_and(|l| l >= unit) {
                return Err(wrong());
            }
            last = Some(unit);
            match Self::of(amount, unit) {
                Self::Calendar(part) => term = term.plus(part).ok_or_else(wrong)?,
                // A decimal stands alone: two of them could be neither added nor kept.
                Self::Decimal { .. } if decimal.is_some() => return Err(wrong()),
                alone @ Self::Decimal { .. } => decimal = Some(alone),
            }
            rest = letters.as_str();
        }
        match decimal {
            None => Ok(Self::Calendar(term)),
            Some(alone) if term.is_zero() => Ok(alone),
            Some(_) => Err(wrong()),
        }
    }
}

impl TryFrom<String> for Length {
    type Error = LengthError;
    fn try_from(text: String) -> Result<Self, LengthError> {
        text.parse()
    }
}

impl From<Length> for String {
    fn from(length: Length) -> Self {
        length.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_month_from_the_last_of_january_ends_in_february() {
        let start: Day = "2026-01-31".parse().unwrap();
        assert_eq!(Term::of_months(1).last_day(start).to_string(), "2026-02-28");
        assert_eq!(Term::of_days(1).last_day(start), start);
        let term = Term {
            years: 1,
            months: 1,
            days: 1,
        };
        assert_eq!(
            term.day_after("2023-01-30".parse().unwrap()).to_string(),
            "2024-03-02"
        );
    }

    #[test]
    fn a_decimal_length_is_kept_and_never_converted() {
        assert_eq!("P7.4M".parse::<Length>().unwrap().to_string(), "P7.4M");
        assert_eq!("P1Y6M".parse::<Length>().unwrap().to_string(), "P1Y6M");
        assert_eq!("P2W".parse::<Length>().unwrap().to_string(), "P14D");
        for text in ["P", "1Y", "P6M1Y", "P1.5Y2M", "P1H", "PY", "P1Y1Y"] {
            assert!(text.parse::<Length>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_length_has_days_only_where_their_number_is_always_the_same() {
        let days = |text: &str| text.parse::<Length>().unwrap().exact_days();
        assert_eq!(days("P30D"), Some(30));
        assert_eq!(days("P2W"), Some(14));
        assert_eq!(days("P0D"), Some(0));
        for text in ["P1M", "P1Y", "P1M3D", "P7.4M", "P1.5D", "P0.5Y"] {
            assert_eq!(days(text), None, "{text}");
        }
    }

    #[test]
    fn a_length_of_which_a_part_would_be_lost_is_refused() {
        for text in ["P1.5Y2.5M", "P0.5M1.5D", "P1W4294967295D"] {
            assert!(text.parse::<Length>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_length_exceeds_another_only_when_certain() {
        let length = |text: &str| text.parse::<Length>().unwrap();
        assert!(length("P13M").exceeds(length("P1Y")));
        assert!(!length("P30D").exceeds(length("P1M")));
        assert!(length("P2Y1D").exceeds(length("P2Y")) && length("P1M9D").exceeds(length("P9D")));
        assert!(length("P32D").exceeds(length("P1M")));
        assert!(length("P7.4M").exceeds(length("P7M")));
        assert!(!length("P7.4M").exceeds(length("P8M")));
        assert!(!length("P7M").exceeds(length("P7.4M")));
        assert!(length("P8M").exceeds(length("P7.4M")));
        assert!(
            length("P1.5Y").exceeds(length("P17M")) && !length("P1.5Y").exceeds(length("P18M"))
        );
        assert!(
            length("P32.5D").exceeds(length("P1M")) && !length("P30.5D").exceeds(length("P1M"))
        );
        assert!(
            length("P1M").exceeds(length("P27.5D")) && !length("P1M").exceeds(length("P28.5D"))
        );
    }

    proptest! {
        #[test]
        fn every_term_is_written_and_read_again(years in 0_u16..200, months in 0_u16..60, days in 0_u32..5000) {
            let term = Term { years, months, days };
            prop_assert_eq!(term.to_string().parse::<Length>(), Ok(Length::Calendar(term)));
        }

        #[test]
        fn the_days_of_a_term_lie_between_its_fewest_and_most(
            years in 0_u16..30, months in 0_u16..30, days in 0_u32..400, start in 0_u32..20000,
        ) {
            let from = Day::of(1990, 1, 1).unwrap().plus_days(start);
            let term = Term { years, months, days };
            // A start on the 29th or later may lose days to a short month; terms start before it here.
            prop_assume!(from.day() <= 28);
            let lasted = u64::try_from(from.days_until(term.day_after(from))).unwrap();
            prop_assert!(term.fewest_days() <= lasted && lasted <= term.most_days(), "{lasted}");
        }
    }
}
