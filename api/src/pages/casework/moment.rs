//! A moment as it is typed: a day, with its hour by the clocks of the jurisdiction where it is known.

use domain::jurisdiction::Pack;
use domain::values::{CivilDate, Instant, Occurred};

use super::asked::{text, typed_date};
use crate::pages::components::{Field, TypedDate};
use crate::pages::page::Typed;

/// A field for a day and its hour.
pub(in crate::pages) fn moment_field(typed: &Typed, name: &str, label: &str, law: &Pack) -> Field {
    let boxes = TypedDate {
        hour: Some(text(typed, &hour_of(name))),
        ..typed_date(typed, name)
    };
    Field::date(name, label, boxes).hint(clocks(law))
}

/// A field for when something was done; it is left empty where that is now.
pub(in crate::pages) fn now_field(
    typed: &Typed,
    name: &str,
    (label, now): (&str, &str),
    law: &Pack,
) -> Field {
    let hint = format!("Leave it empty when it is {now}. {}", clocks(law));
    moment_field(typed, name, label, law).hint(hint).optional()
}

/// By which clocks an hour is read.
fn clocks(law: &Pack) -> String {
    format!(
        "The hour can be left out where it is not known; it is the hour in {}",
        law.zone.name().replace('_', " ")
    )
}

fn hour_of(name: &str) -> String {
    format!("{name}_hour")
}

/// When something was, as it was typed: to the minute with an hour, else to the day, month or year; nothing where all
/// is left empty. What cannot be read is said in words.
pub(in crate::pages) fn moment(
    typed: &Typed,
    name: &str,
    law: &Pack,
) -> Result<Option<Occurred>, String> {
    let date = typed.date(name).map(|text| date(&text)).transpose()?;
    let Some(hour) = typed.get(&hour_of(name)) else {
        return Ok(date.map(Occurred::On));
    };
    let Some(day) = date.and_then(CivilDate::day) else {
        return Err("Give the day, the month and the year of this hour".to_owned());
    };
    let (hours, minutes) = clock(hour)
        .ok_or_else(|| format!("{hour:?} is not an hour of the day: write it as 9:05 or 14:30"))?;
    let moment: Option<Instant> = law.moment(day, hours, minutes);
    let moment = moment.ok_or_else(|| {
        format!("The clocks did not show {hour} on {day}: they went forward. Give another hour")
    })?;
    Ok(Some(Occurred::At(moment)))
}

/// A date as exactly as it was filled in.
fn date(text: &str) -> Result<CivilDate, String> {
    let said = || match text {
        _ if text.starts_with("?-") => "Give the year too".to_owned(),
        _ if text.contains("-?-") => "Give the month too".to_owned(),
        _ => format!("{text} is not a date: give day, month and a year of four digits"),
    };
    text.parse().map_err(|_| said())
}

/// Hours and minutes of a day: `9:05`, `14.30`, `14h30`, `0930`, `14`.
fn clock(text: &str) -> Option<(u32, u32)> {
    let digits = |text: &str| {
        let text = text.trim();
        let are_digits = text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit());
        are_digits.then(|| text.parse().ok()).flatten()
    };
    let (hours, minutes) = match text.split_once([':', '.', 'h']) {
        Some((hours, "")) => (digits(hours)?, 0),
        Some((hours, minutes)) => (digits(hours)?, digits(minutes)?),
        None if text.len() == 4 => (digits(text.get(..2)?)?, digits(text.get(2..)?)?),
        None => (digits(text)?, 0),
    };
    (hours < 24 && minutes < 60).then_some((hours, minutes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::casework::midland;

    fn read(fields: &[(&str, &str)]) -> Result<Option<String>, String> {
        let read = moment(&Typed::of(fields), "done", &midland())?;
        Ok(read.map(|occurred| occurred.to_string()))
    }

    const DAY: [(&str, &str); 3] = [
        ("done_day", "1"),
        ("done_month", "7"),
        ("done_year", "2026"),
    ];

    #[test]
    fn a_day_has_its_hour_where_it_is_known() {
        assert_eq!(read(&[]), Ok(None));
        assert_eq!(read(&DAY), Ok(Some("2026-07-01".to_owned())));
        let year = read(&[("done_year", "2026")]);
        assert_eq!(year, Ok(Some("2026".to_owned())));
        for hour in ["9:05", "09:05", "9.05", "9h05", "0905"] {
            let read = read(&[&DAY[..], &[("done_hour", hour)]].concat());
            // The clocks of Midland are an hour ahead in summer.
            assert_eq!(read, Ok(Some("2026-07-01T08:05:00.000000Z".to_owned())));
        }
    }

    #[test]
    fn what_is_no_hour_of_a_day_is_said() {
        for hour in [
            "24:00", "9:60", "9:5:1", "morning", "-1", "9:005", "\u{663}",
        ] {
            let read = read(&[&DAY[..], &[("done_hour", hour)]].concat());
            assert!(read.is_err_and(|said| said.contains("9:05")), "{hour}");
        }
        let of_no_day = read(&[("done_year", "2026"), ("done_hour", "9:05")]);
        assert!(of_no_day.is_err_and(|said| said.contains("day")));
        let skipped = [
            ("done_day", "29"),
            ("done_month", "3"),
            ("done_year", "2026"),
            ("done_hour", "1:30"),
        ];
        assert!(read(&skipped).is_err_and(|said| said.contains("forward")));
    }
}
