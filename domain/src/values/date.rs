//! Civil dates with their precision, and instants.
//!
//! A civil date belongs to the jurisdiction's zone. An instant is UTC microseconds from the clock at the
//! facade. Order is never time: it is the ledger index.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, Months, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Why a text is not a date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// Neither a day, a month nor a year.
    #[error("{0:?} is not a date: write 2026-03-05, or 2026-03 or 2026 when no more is known")]
    NotADate(String),
    /// A day beyond the end of its month, or a month beyond December.
    #[error(
        "{text:?} is a day that no calendar has: write the day meant, or {month} when no more is known"
    )]
    NoSuchDay {
        /// The text.
        text: String,
        /// Its year and month, or its year.
        month: String,
    },
    /// Not an exact day.
    #[error("{0} is not an exact day: write year, month and day, for example 2026-03-05")]
    NotADay(String),
    /// Not an instant.
    #[error("{0:?} is not an instant: write it as 2026-03-05T10:00:00Z")]
    NotAnInstant(String),
}

/// The month of a day that it does not have; the year, where there is no such month.
fn no_such_day(text: &str) -> DateError {
    let month = match text.get(..7) {
        Some(month) if month.parse::<CivilDate>().is_ok() => month,
        _ => text.get(..4).unwrap_or_default(),
    };
    DateError::NoSuchDay {
        text: text.to_owned(),
        month: month.to_owned(),
    }
}

/// An exact civil day, written `2026-03-05`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", inline, extend("examples" = ["2026-03-05"]))]
pub struct Day(NaiveDate);

impl Day {
    /// The day of a year, month and day, if the calendar has it.
    pub fn of(year: i32, month: u32, day: u32) -> Option<Self> {
        (1..=9999)
            .contains(&year)
            .then(|| NaiveDate::from_ymd_opt(year, month, day).map(Self))?
    }

    /// The same day counted forward; the last day of the calendar stays the last.
    #[must_use]
    pub fn plus_days(self, days: u32) -> Self {
        let day = chrono::Days::new(u64::from(days));
        Self(self.0.checked_add_days(day).unwrap_or(NaiveDate::MAX))
    }

    /// The same day counted back.
    #[must_use]
    pub fn minus_days(self, days: u32) -> Self {
        let day = chrono::Days::new(u64::from(days));
        Self(self.0.checked_sub_days(day).unwrap_or(NaiveDate::MIN))
    }

    /// The same day of a later month; a day that the month lacks becomes its last.
    #[must_use]
    pub fn plus_months(self, months: u32) -> Self {
        Self(
            self.0
                .checked_add_months(Months::new(months))
                .unwrap_or(NaiveDate::MAX),
        )
    }

    /// Days from this day to another; negative when the other is earlier.
    pub fn days_until(self, other: Self) -> i64 {
        other.0.signed_duration_since(self.0).num_days()
    }

    /// Completed years until a later day; none where it is earlier.
    pub fn years_until(self, other: Self) -> u16 {
        let unfinished = (other.month(), other.day()) < (self.month(), self.day());
        let years = other.year().saturating_sub(self.year());
        u16::try_from(years.saturating_sub(i32::from(unfinished))).unwrap_or(0)
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u32 {
        self.0.day()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.format("%Y-%m-%d").fmt(f)
    }
}

impl FromStr for Day {
    type Err = DateError;
    fn from_str(text: &str) -> Result<Self, DateError> {
        match text.parse::<CivilDate>()? {
            CivilDate::Day(day) => Ok(day),
            CivilDate::Month { .. } | CivilDate::Year(_) => {
                Err(DateError::NotADay(text.to_owned()))
            }
        }
    }
}

impl TryFrom<String> for Day {
    type Error = DateError;
    fn try_from(text: String) -> Result<Self, DateError> {
        text.parse()
    }
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Self {
        Self(date)
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

/// A date as exactly as it is known: a day, a month or a year.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", inline, extend("examples" = ["2026-03-05", "2026-03", "2026"]))]
pub enum CivilDate {
    /// Known to the year.
    Year(i16),
    /// Known to the month.
    Month {
        /// The year.
        year: i16,
        /// 1 to 12.
        month: u8,
    },
    /// Known to the day.
    Day(Day),
}

impl CivilDate {
    /// The year.
    pub fn year(self) -> i32 {
        match self {
            Self::Year(year) | Self::Month { year, .. } => i32::from(year),
            Self::Day(day) => day.year(),
        }
    }

    /// The exact day, if known.
    pub fn day(self) -> Option<Day> {
        match self {
            Self::Day(day) => Some(day),
            Self::Year(_) | Self::Month { .. } => None,
        }
    }

    /// The first day it can be.
    pub fn earliest(self) -> Option<Day> {
        match self {
            Self::Year(year) => Day::of(i32::from(year), 1, 1),
            Self::Month { year, month } => Day::of(i32::from(year), u32::from(month), 1),
            Self::Day(day) => Some(day),
        }
    }

    /// The last day it can be.
    pub fn latest(self) -> Option<Day> {
        match self {
            Self::Year(year) => Day::of(i32::from(year), 12, 31),
            Self::Month { year, month } => Day::of(i32::from(year), u32::from(month), 1)
                .map(|d| d.plus_months(1).minus_days(1)),
            Self::Day(day) => Some(day),
        }
    }

    /// Whether it certainly lies before another date.
    pub fn is_before(self, other: Self) -> bool {
        self.latest() < other.earliest()
    }

    /// Whether it certainly lies after a day.
    pub fn is_after(self, day: Day) -> bool {
        self.earliest() > Some(day)
    }
}

impl fmt::Display for CivilDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month { year, month } => write!(f, "{year:04}-{month:02}"),
            Self::Day(day) => day.fmt(f),
        }
    }
}

impl FromStr for CivilDate {
    type Err = DateError;
    fn from_str(text: &str) -> Result<Self, DateError> {
        let wrong = || DateError::NotADate(text.to_owned());
        let mut parts = text.split('-');
        let mut part = |width: usize| match parts.next() {
            None => Ok(None),
            Some(digits) if digits.len() == width && digits.bytes().all(|b| b.is_ascii_digit()) => {
                digits.parse::<u16>().map(Some).map_err(|_| wrong())
            }
            Some(_) => Err(wrong()),
        };
        let (year, month, day) = (part(4)?, part(2)?, part(2)?);
        if parts.next().is_some() {
            return Err(wrong());
        }
        let year = year.filter(|y| *y > 0).ok_or_else(wrong)?;
        let short = i16::try_from(year).map_err(|_| wrong())?;
        match (month, day) {
            (None, _) => Ok(Self::Year(short)),
            (Some(month), None) if (1..=12).contains(&month) => Ok(Self::Month {
                year: short,
                month: u8::try_from(month).map_err(|_| wrong())?,
            }),
            (Some(month), Some(day)) => Day::of(i32::from(year), u32::from(month), u32::from(day))
                .map(Self::Day)
                .ok_or_else(|| no_such_day(text)),
            (Some(_), None) => Err(wrong()),
        }
    }
}

impl TryFrom<String> for CivilDate {
    type Error = DateError;
    fn try_from(text: String) -> Result<Self, DateError> {
        text.parse()
    }
}

impl CivilDate {
    /// "on 2026-03-05", "in 2026-03", "in 2026".
    pub fn when(self) -> String {
        match self {
            Self::Day(day) => format!("on {day}"),
            Self::Month { .. } | Self::Year(_) => format!("in {self}"),
        }
    }
}

impl From<CivilDate> for String {
    fn from(date: CivilDate) -> Self {
        date.to_string()
    }
}

impl From<Day> for CivilDate {
    fn from(day: Day) -> Self {
        Self::Day(day)
    }
}

/// A moment, in microseconds since 1970 in UTC; written `2026-03-05T10:00:00.000000Z`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", inline, extend("examples" = ["2026-03-05T10:00:00Z"]))]
pub struct Instant(i64);

impl Instant {
    /// From microseconds since 1970 in UTC.
    pub fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// The first moment of a day in UTC.
    pub fn start_of(day: Day) -> Self {
        const MICROS_A_DAY: i64 = 86_400_000_000;
        let days = Day::of(1970, 1, 1).map_or(0, |first| first.days_until(day));
        Self(days.saturating_mul(MICROS_A_DAY))
    }

    /// Microseconds since 1970 in UTC.
    pub fn micros(self) -> i64 {
        self.0
    }

    /// Whole minutes from this moment to a later one; negative when the other is earlier.
    pub fn minutes_until(self, later: Self) -> i64 {
        later
            .0
            .saturating_sub(self.0)
            .checked_div(60_000_000)
            .unwrap_or_default()
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match DateTime::from_timestamp_micros(self.0) {
            Some(moment) => moment.format("%Y-%m-%dT%H:%M:%S%.6fZ").fmt(f),
            None => write!(f, "{}us", self.0),
        }
    }
}

impl FromStr for Instant {
    type Err = DateError;
    fn from_str(text: &str) -> Result<Self, DateError> {
        DateTime::parse_from_rfc3339(text)
            .map(|moment| Self(moment.timestamp_micros()))
            .map_err(|_| DateError::NotAnInstant(text.to_owned()))
    }
}

impl TryFrom<String> for Instant {
    type Error = DateError;
    fn try_from(text: String) -> Result<Self, DateError> {
        text.parse()
    }
}

impl From<Instant> for String {
    fn from(instant: Instant) -> Self {
        instant.to_string()
    }
}

/// When something was done: at a known instant, or on a date as exactly as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", inline, extend("examples" = ["2026-03-05T10:00:00Z", "2026-03-05", "2026"]))]
pub enum Occurred {
    /// Known to the moment.
    At(Instant),
    /// Known to the day, month or year.
    On(CivilDate),
}

impl fmt::Display for Occurred {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At(instant) => instant.fmt(f),
            Self::On(date) => date.fmt(f),
        }
    }
}

impl FromStr for Occurred {
    type Err = DateError;
    fn from_str(text: &str) -> Result<Self, DateError> {
        if text.contains('T') {
            text.parse().map(Self::At)
        } else {
            text.parse().map(Self::On)
        }
    }
}

impl TryFrom<String> for Occurred {
    type Error = DateError;
    fn try_from(text: String) -> Result<Self, DateError> {
        text.parse()
    }
}

impl From<Occurred> for String {
    fn from(occurred: Occurred) -> Self {
        occurred.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_midnight_in_utc() {
        for (day, begins) in [("1970-01-01", 0), ("2026-03-05", 1_772_668_800_000_000)] {
            let start = Instant::start_of(day.parse().unwrap());
            assert_eq!(start, Instant::from_micros(begins));
            assert_eq!(start.to_string(), format!("{day}T00:00:00.000000Z"));
        }
    }

    #[test]
    fn a_date_keeps_its_precision() {
        for text in ["2024", "2024-02", "2024-02-29"] {
            assert_eq!(text.parse::<CivilDate>().unwrap().to_string(), text);
        }
        for text in [
            "24",
            "2024-13",
            "2023-02-29",
            "2024-2",
            "2024-02-29-1",
            "0000",
            "",
            "2024-",
        ] {
            assert!(text.parse::<CivilDate>().is_err(), "{text}");
        }
    }

    #[test]
    fn dates_of_different_precision_compare_only_when_certain() {
        let year: CivilDate = "2024".parse().unwrap();
        let day: CivilDate = "2024-05-01".parse().unwrap();
        let next: CivilDate = "2025-01".parse().unwrap();
        assert!(!year.is_before(day) && !day.is_before(year));
        assert!(year.is_before(next));
        assert!(next.is_after("2024-12-31".parse().unwrap()));
    }

    #[test]
    fn an_instant_is_written_in_utc_to_the_microsecond() {
        let late: Instant = "2026-03-04T18:30:00Z".parse().unwrap();
        assert_eq!(late.to_string(), "2026-03-04T18:30:00.000000Z");
        assert!(matches!(
            "2026-03-04T18:30:00Z".parse(),
            Ok(Occurred::At(_))
        ));
        assert!(matches!("2026-03".parse(), Ok(Occurred::On(_))));
    }
}
