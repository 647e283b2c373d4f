//! Dates of a file, as exactly as it knows them.

use super::mapping::{DateFormat, Precision};
use super::row::FileDate;

/// Why a text is not a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateFault {
    /// Not written so.
    Format,
    /// Written so, but no calendar has that day.
    NoSuchDay,
}

/// Reads a date as the column writes it.
pub(super) fn parse_date(text: &str, format: DateFormat) -> Result<FileDate, DateFault> {
    let text = without_time(text);
    match format {
        DateFormat::Iso => parse_iso(text),
        DateFormat::Compact => parse_compact(text),
        DateFormat::DayMonthYear => match parts(text) {
            Some([day, month, year]) => date(year_of(year)?, Some(month), Some(day)),
            None => month_and_year(text),
        },
        DateFormat::MonthDayYear => match parts(text) {
            Some([month, day, year]) => date(year_of(year)?, Some(month), Some(day)),
            None => month_and_year(text),
        },
        DateFormat::MonthYear => month_and_year(text),
    }
}

/// Reads `05/2024` or `2024`: dates that leave out what is not known.
fn month_and_year(text: &str) -> Result<FileDate, DateFault> {
    match parts(text) {
        Some([month, year]) => date(year_of(year)?, Some(month), None),
        None => date(year_of(text)?, None, None),
    }
}

/// Reads `2024`, `2024-05` or `2024-05-31`.
pub(super) fn parse_iso(text: &str) -> Result<FileDate, DateFault> {
    if let Some([year, month, day]) = parts(text) {
        date(year_of(year)?, Some(month), Some(day))
    } else if let Some([year, month]) = parts(text) {
        date(year_of(year)?, Some(month), None)
    } else {
        date(year_of(text)?, None, None)
    }
}

fn parse_compact(text: &str) -> Result<FileDate, DateFault> {
    let piece = |from: usize, to: usize| text.get(from..to);
    match text.len() {
        4 => date(year_of(text)?, None, None),
        6 | 8 => {
            let year = piece(0, 4).ok_or(DateFault::Format)?;
            date(year_of(year)?, piece(4, 6), piece(6, 8))
        }
        _ => Err(DateFault::Format),
    }
}

/// A date from the cells of its parts; an absent month leaves the year, an absent day the month.
pub(super) fn date(
    year: u16,
    month: Option<&str>,
    day: Option<&str>,
) -> Result<FileDate, DateFault> {
    let month = month.map_or(Ok(0), two_digits)?;
    let day = day.map_or(Ok(0), two_digits)?;
    if month == 0 {
        return Ok(FileDate::Year(year));
    }
    if month > 12 {
        return Err(DateFault::NoSuchDay);
    }
    if day == 0 {
        return Ok(FileDate::Month { year, month });
    }
    let known = chrono::NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day));
    known
        .map(|_| FileDate::Day { year, month, day })
        .ok_or(DateFault::NoSuchDay)
}

/// The year, in four digits; `2024.0`, as some programs write it, is 2024.
pub(super) fn year_of(text: &str) -> Result<u16, DateFault> {
    let digits = text.strip_suffix(".0").unwrap_or(text);
    if digits.len() != 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(DateFault::Format);
    }
    match digits.parse() {
        Ok(year) if year >= 1000 => Ok(year),
        _ => Err(DateFault::NoSuchDay),
    }
}

/// The date without what is finer than the file's dates deserve.
pub(super) fn at_most(date: FileDate, precision: Precision) -> FileDate {
    match (date, precision) {
        (
            FileDate::Day { year, .. } | FileDate::Month { year, .. } | FileDate::Year(year),
            Precision::Year,
        ) => FileDate::Year(year),
        (FileDate::Day { year, month, .. }, Precision::Month) => FileDate::Month { year, month },
        (other, Precision::Month | Precision::Day) => other,
    }
}

fn two_digits(text: &str) -> Result<u8, DateFault> {
    let digits = text.strip_suffix(".0").unwrap_or(text);
    let plausible = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    if plausible {
        digits.parse().map_err(|_| DateFault::Format)
    } else {
        Err(DateFault::Format)
    }
}

fn without_time(text: &str) -> &str {
    match text.split_once(['T', ' ']) {
        Some((date, time)) if time.contains(':') => date,
        _ => text,
    }
}

fn parts<const N: usize>(text: &str) -> Option<[&str; N]> {
    let mut found = [""; N];
    let mut pieces = text.split(['-', '/', '.']).map(str::trim);
    for slot in &mut found {
        *slot = pieces.next()?;
    }
    pieces.next().is_none().then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, format: DateFormat) -> Result<String, DateFault> {
        parse_date(text, format).map(|date| date.to_string())
    }

    #[test]
    fn a_date_keeps_the_precision_it_is_written_with() {
        for (text, format, shown) in [
            ("2024", DateFormat::Iso, "2024"),
            ("2024.0", DateFormat::Iso, "2024"),
            ("2024-05", DateFormat::Iso, "2024-05"),
            ("2024-05-31", DateFormat::Iso, "2024-05-31"),
            ("2024/5/3", DateFormat::Iso, "2024-05-03"),
            ("2024-05-31T10:00:00", DateFormat::Iso, "2024-05-31"),
            ("2024-05-31 00:00:00", DateFormat::Iso, "2024-05-31"),
            ("2024-05-00", DateFormat::Iso, "2024-05"),
            ("2024-00-00", DateFormat::Iso, "2024"),
            ("31.05.2024", DateFormat::DayMonthYear, "2024-05-31"),
            ("31. 5. 2024", DateFormat::DayMonthYear, "2024-05-31"),
            ("05/31/2024", DateFormat::MonthDayYear, "2024-05-31"),
            ("05/2024", DateFormat::MonthYear, "2024-05"),
            ("05.2024", DateFormat::DayMonthYear, "2024-05"),
            ("2024", DateFormat::MonthDayYear, "2024"),
            ("20240531", DateFormat::Compact, "2024-05-31"),
            ("202405", DateFormat::Compact, "2024-05"),
            ("2024", DateFormat::Compact, "2024"),
        ] {
            assert_eq!(read(text, format), Ok(shown.to_owned()), "{text}");
        }
    }

    #[test]
    fn refuses_days_that_do_not_exist_and_dates_written_otherwise() {
        for (text, format, fault) in [
            ("2023-02-29", DateFormat::Iso, DateFault::NoSuchDay),
            ("2024-13-01", DateFormat::Iso, DateFault::NoSuchDay),
            ("31.05.24", DateFormat::DayMonthYear, DateFault::Format),
            ("05/31/2024", DateFormat::DayMonthYear, DateFault::NoSuchDay),
            ("31 May 2024", DateFormat::DayMonthYear, DateFault::Format),
            ("45412", DateFormat::Iso, DateFault::Format),
            ("2024-05-31-1", DateFormat::Iso, DateFault::Format),
            ("", DateFormat::Iso, DateFault::Format),
            ("2024053", DateFormat::Compact, DateFault::Format),
        ] {
            assert_eq!(read(text, format), Err(fault), "{text}");
        }
    }

    #[test]
    fn precision_drops_what_is_finer() {
        let day = parse_iso("2024-05-31").unwrap();
        assert_eq!(at_most(day, Precision::Year), FileDate::Year(2024));
        assert_eq!(
            at_most(day, Precision::Month),
            FileDate::Month {
                year: 2024,
                month: 5
            }
        );
        assert_eq!(at_most(day, Precision::Day), day);
        assert_eq!(
            at_most(FileDate::Year(2024), Precision::Day),
            FileDate::Year(2024)
        );
    }
}
