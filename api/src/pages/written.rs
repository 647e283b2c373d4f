//! Days as people write them: 3.3.2026, 3/3/2026, 3 March 2026, and as programs do.
//!
//! The day stands first, as pages write it; where the second number can be no month, it is the day.

use domain::values::Day;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A day that stands alone; nothing where the text is none.
pub(super) fn day(text: &str) -> Option<Day> {
    let text = text.trim();
    if let Ok(day) = text.parse() {
        return Some(day);
    }
    let parts: Vec<&str> = text
        .split(|c: char| matches!(c, '.' | '/' | '-') || c.is_whitespace())
        .filter(|part| !part.is_empty())
        .collect();
    let [first, second, year] = parts.as_slice() else {
        return None;
    };
    let year = year.parse::<i32>().ok().filter(|year| *year >= 1000)?;
    let number = |part: &str| part.parse::<u32>().ok();
    match (number(first), number(second)) {
        (Some(day), Some(month)) if month <= 12 => Day::of(year, month, day),
        (Some(month), Some(day)) => Day::of(year, month, day),
        (Some(day), None) => Day::of(year, month(second)?, day),
        (None, Some(day)) => Day::of(year, month(first)?, day),
        (None, None) => None,
    }
}

/// The number of a month by its name, or the first three letters of it.
fn month(name: &str) -> Option<u32> {
    let name = name.to_lowercase();
    let is_meant = |month: &&str| *month == name || (name.len() == 3 && month.starts_with(&name));
    let nth = MONTHS.iter().position(is_meant)?;
    u32::try_from(nth).ok()?.checked_add(1)
}

/// A text in which each day that people wrote stands as the register keeps it: *Reed 3 May 1990* becomes *Reed 1990-05-03*.
pub(super) fn with_kept_days(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut said = Vec::new();
    let mut at = 0_usize;
    while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
        let found = [3_usize, 1].into_iter().find_map(|many| {
            let day = day(&rest.get(..many)?.join(" ").replace(',', ""))?;
            Some((many, day.to_string()))
        });
        let (many, word) = match (found, rest.first()) {
            (Some(found), _) => found,
            (None, Some(word)) => (1, (*word).to_owned()),
            (None, None) => break,
        };
        said.push(word);
        at = at.saturating_add(many);
    }
    said.join(" ")
}

/// The number of an entry as pages show it, `36,408` or `entry 36,408`, and as programs do; nothing where the text is none.
pub(super) fn entry(text: &str) -> Option<u64> {
    let text = text.trim().to_lowercase();
    let number = text.strip_prefix("entry").unwrap_or(&text).trim();
    let digits = number.replace([',', '\u{a0}', '\u{202f}', ' '], "");
    let is_number = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit());
    is_number.then(|| digits.parse().ok()).flatten()
}

/// A moment as people write it, in the form in which it is asked for: an entry, a day, or a day and a time in UTC, as
/// `30 November 2026, 4:02`. What is none of them stays as it was written.
pub(super) fn moment(text: &str) -> String {
    let text = text.trim();
    if let Some(entry) = entry(text) {
        return entry.to_string();
    }
    if let Some(day) = day(text) {
        return day.to_string();
    }
    let in_utc = text.strip_suffix("UTC").unwrap_or(text).trim();
    let parted = in_utc.rsplit_once(|c: char| c.is_whitespace() || c == 'T');
    let read = parted.and_then(|(date, time)| {
        let day = day(date.trim_end_matches(','))?;
        let mut parts = time.split(':');
        let hour: u8 = parts.next()?.parse().ok()?;
        let minute: u8 = parts.next()?.parse().ok()?;
        let second: u8 = parts.next().map_or(Some(0), |second| second.parse().ok())?;
        let fits = hour < 24 && minute < 60 && second < 60 && parts.next().is_none();
        fits.then(|| format!("{day}T{hour:02}:{minute:02}:{second:02}Z"))
    });
    read.unwrap_or_else(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_people_write_it() {
        for written in [
            "2026-03-04",
            "4.3.2026",
            "04/03/2026",
            "4 March 2026",
            "4 mar 2026",
            "March 4 2026",
        ] {
            let read = day(written).map(|day| day.to_string());
            assert_eq!(read.as_deref(), Some("2026-03-04"), "{written}");
        }
        assert_eq!(day("3/25/2026").unwrap().to_string(), "2026-03-25");
        for none in ["2026", "4.3", "2026/115", "31.2.2026", "a b c", "theft"] {
            assert_eq!(day(none), None, "{none}");
        }
    }

    #[test]
    fn a_day_in_a_text_stands_as_the_register_keeps_it() {
        let said = with_kept_days;
        assert_eq!(said("Reed 3 May 1990"), "Reed 1990-05-03");
        assert_eq!(said("3.5.1990 Reed"), "1990-05-03 Reed");
        assert_eq!(said("Ana Reed"), "Ana Reed");
    }

    #[test]
    fn a_moment_is_read_as_people_write_it() {
        for (written, asked) in [
            ("36,408", "36408"),
            ("entry 36 408", "36408"),
            ("41", "41"),
            ("30 November 2026", "2026-11-30"),
            ("30.11.2026", "2026-11-30"),
            ("30 November 2026, 4:02 UTC", "2026-11-30T04:02:00Z"),
            ("2026-12-01 4:02", "2026-12-01T04:02:00Z"),
            ("2026-12-01T14:02", "2026-12-01T14:02:00Z"),
            ("2026-12-01T14:02:03", "2026-12-01T14:02:03Z"),
            ("2026-12-01T14:02:03.5Z", "2026-12-01T14:02:03.5Z"),
            ("yesterday", "yesterday"),
            ("2026-12-01 25:00", "2026-12-01 25:00"),
        ] {
            assert_eq!(moment(written), asked, "{written}");
        }
        assert_eq!(entry("36408a"), None);
    }
}
