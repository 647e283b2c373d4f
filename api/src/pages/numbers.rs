//! Numbers as a reader expects them: grouped, rounded once, with a true minus sign.
//!
//! Pictures and tables call the same functions, so a figure never differs between the two.

use domain::values::{grouped, thousands};

/// A whole number with its thousands set apart: `69,527`.
pub fn count(n: u64) -> String {
    thousands(n)
}

/// A number to so many decimal places: `-1234.56` to one place is `−1,234.6`.
///
/// What rounds to nothing loses its sign, and what is not a number is said to be none.
pub fn decimal(value: f64, places: usize) -> String {
    if !value.is_finite() {
        return "not a number".to_owned();
    }
    let digits = format!("{:.places$}", value.abs());
    let (whole, rest) = digits.split_once('.').unwrap_or((&digits, ""));
    let is_zero = digits.chars().all(|c| c == '0' || c == '.');
    let sign = if value < 0.0 && !is_zero {
        "\u{2212}"
    } else {
        ""
    };
    let point = if rest.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{rest}", grouped(whole))
}

/// A difference always shows its direction: `+4.2`, `−0.3`, `0.0`.
pub fn signed(value: f64, places: usize) -> String {
    let shown = decimal(value, places);
    let is_plus = value > 0.0 && shown.chars().any(|c| c.is_ascii_digit() && c != '0');
    if is_plus { format!("+{shown}") } else { shown }
}

/// How many places a share of so many decisions deserves: whole numbers under a thousand.
fn places(n: u64) -> usize {
    usize::from(n >= 1_000)
}

/// How many of a hundred, by how many decisions it rests on: `34` of 800, `34.2` of 8,000.
pub fn share(per_100: f64, n: u64) -> String {
    decimal(per_100, places(n))
}

/// A difference of two shares, by the smaller group.
pub fn share_gap(per_100: f64, n: u64) -> String {
    signed(per_100, places(n))
}

/// An amount of severity, with no more places than tell penalties apart: `365`, `30.5`, `1.11`, `7`.
pub fn amount(value: f64) -> String {
    trimmed(decimal(value, amount_places(value)))
}

/// A difference of two amounts of severity.
pub fn amount_gap(value: f64) -> String {
    trimmed(signed(value, amount_places(value)))
}

fn amount_places(value: f64) -> usize {
    match value.abs() {
        100.0.. => 0,
        10.0.. => 1,
        _ => 2,
    }
}

/// Without zeros that say nothing.
fn trimmed(digits: String) -> String {
    if digits.contains('.') {
        digits
            .trim_end_matches('0')
            .trim_end_matches('.')
            .to_owned()
    } else {
        digits
    }
}

/// A count as a length on a drawing.
pub(crate) fn real(n: usize) -> f64 {
    u32::try_from(n).map_or(f64::from(u32::MAX), f64::from)
}

/// A large count as a length on a drawing; exact up to 2⁵³.
pub(crate) fn real_count(n: u64) -> f64 {
    let high = u32::try_from(n >> 32).unwrap_or(u32::MAX);
    let low = u32::try_from(n & u64::from(u32::MAX)).unwrap_or(u32::MAX);
    f64::from(high) * 4_294_967_296.0 + f64::from(low)
}

/// Of `of`, how many per hundred are `part`; none of none is none.
pub(crate) fn per_hundred(part: u64, of: u64) -> f64 {
    if of == 0 {
        0.0
    } else {
        real_count(part) / real_count(of) * 100.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_thousands_and_keeps_small_numbers_whole() {
        assert_eq!(
            ["7", "527", "69,527", "1,000,000"],
            [7, 527, 69_527, 1_000_000]
                .map(count)
                .each_ref()
                .map(String::as_str)
        );
    }

    #[test]
    fn rounds_once_and_writes_a_true_minus() {
        assert_eq!(decimal(-1234.56, 1), "\u{2212}1,234.6");
        assert_eq!(decimal(-0.04, 1), "0.0");
        assert_eq!(decimal(12.0, 0), "12");
        assert_eq!(decimal(f64::NAN, 1), "not a number");
    }

    #[test]
    fn a_difference_shows_its_direction() {
        assert_eq!(
            [signed(4.21, 1), signed(-0.3, 1), signed(0.01, 1)],
            ["+4.2", "\u{2212}0.3", "0.0"].map(str::to_owned)
        );
    }

    #[test]
    fn a_share_of_few_decisions_is_a_whole_number() {
        assert_eq!([share(34.25, 999), share(34.25, 1_000)], ["34", "34.2"]);
        assert_eq!(
            [share_gap(-6.4, 40), share_gap(6.44, 4_000)],
            ["\u{2212}6", "+6.4"]
        );
    }

    #[test]
    fn an_amount_has_no_more_places_than_tell_penalties_apart() {
        let shown = [365.24, 30.5, 1.1111, 7.0, 0.0].map(amount);
        assert_eq!(shown, ["365", "30.5", "1.11", "7", "0"]);
        assert_eq!(amount_gap(3.781), "+3.78");
        assert_eq!(amount_gap(0.001), "0");
    }

    #[test]
    fn a_count_keeps_its_size_as_a_length() {
        assert!((real_count(69_527) - 69_527.0).abs() < f64::EPSILON);
        assert!((real_count(1 << 40) - 1_099_511_627_776.0).abs() < f64::EPSILON);
        assert!((per_hundred(1, 4) - 25.0).abs() < f64::EPSILON);
        assert!(per_hundred(0, 0).abs() < f64::EPSILON);
    }
}
