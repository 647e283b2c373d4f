//! Worked cases of the dates, each a calculation to be certified: computed apart from the code, from the same rules.

use crate::jurisdiction::{Fraction, Rounding, Share};
use crate::release::dates::{Begins, Dates, DatesError, LABEL, TermToServe, calculate};
use crate::testing::samples::{length, midland};
use crate::values::ComponentNo;

/// Each case by its name: the terms, the day from which release is possible, and the end.
///
/// A term is the day it begins on, or `+1` after the first; its length; the part that is served; the days of detention.
const CASES: &str = "\
one day | 2026-03-05 P1D all | 2026-03-05 | 2026-03-05
two days, half | 2026-03-05 P2D half | 2026-03-05 | 2026-03-06
three days, half, rounded up | 2026-03-05 P3D half | 2026-03-06 | 2026-03-07
three days, half, rounded down | 2026-03-05 P3D half-down | 2026-03-05 | 2026-03-07
a week | 2026-03-05 P1W half | 2026-03-08 | 2026-03-11
thirty days | 2026-03-05 P30D half | 2026-03-19 | 2026-04-03
one month of thirty-one days | 2026-03-05 P1M half | 2026-03-20 | 2026-04-04
one month of thirty days | 2026-04-01 P1M half | 2026-04-15 | 2026-04-30
one month in February | 2026-02-01 P1M half | 2026-02-14 | 2026-02-28
one month in a leap February | 2024-02-01 P1M half | 2024-02-15 | 2024-02-29
one month from the last of January | 2026-01-31 P1M all | 2026-02-27 | 2026-02-27
one month from the last of January of a leap year | 2024-01-31 P1M all | 2024-02-28 | 2024-02-28
two months from the last of December | 2025-12-31 P2M all | 2026-02-27 | 2026-02-27
six months | 2026-03-05 P6M half | 2026-06-04 | 2026-09-04
eighteen months less forty days of detention | 2024-05-03 P18M half r40 | 2024-12-23 | 2025-09-23
a year | 2026-01-01 P1Y half | 2026-07-02 | 2026-12-31
a leap year | 2024-01-01 P1Y half | 2024-07-01 | 2024-12-31
a year from a leap day | 2024-02-29 P1Y half | 2024-08-29 | 2025-02-27
four years from a leap day | 2024-02-29 P4Y half | 2026-02-28 | 2028-02-28
a year that ends on a leap day | 2023-03-01 P1Y all | 2024-02-29 | 2024-02-29
a year and a day | 2023-03-01 P1Y1D all | 2024-03-01 | 2024-03-01
a year, two months and ten days | 2025-11-20 P1Y2M10D two-thirds | 2026-09-06 | 2027-01-29
two years, two thirds | 2026-03-05 P2Y two-thirds | 2027-07-05 | 2028-03-04
two years, two thirds, rounded down | 2026-03-05 P2Y two-thirds-down | 2027-07-04 | 2028-03-04
two years, a third | 2026-03-05 P2Y third | 2026-11-03 | 2028-03-04
three years, a quarter | 2026-03-05 P3Y quarter | 2026-12-03 | 2029-03-04
ten years | 2020-07-15 P10Y two-thirds | 2027-03-15 | 2030-07-14
twenty-five years over a century's leap days | 2026-03-05 P25Y half | 2038-09-03 | 2051-03-04
a year over 1900, which had no leap day | 1900-01-01 P1Y all | 1900-12-31 | 1900-12-31
a year over 2000, which had one | 2000-01-01 P1Y all | 2000-12-31 | 2000-12-31
a term too short for the least days | 2026-03-05 P1M half-60 | 2026-04-04 | 2026-04-04
a term for which the least days count | 2026-03-05 P3M half-60 | 2026-05-03 | 2026-06-04
a term for which the part counts | 2026-03-05 P6M half-60 | 2026-06-04 | 2026-09-04
a third, and ninety days at least | 2026-03-05 P8M third-90 | 2026-06-02 | 2026-11-04
detention of one day | 2026-03-05 P6M half r1 | 2026-06-03 | 2026-09-03
detention up to the day of release | 2026-03-05 P6M half r91 | 2026-03-05 | 2026-06-05
detention beyond the day of release | 2026-03-05 P6M half r120 | 2026-03-05 | 2026-05-07
detention of the whole term | 2026-03-05 P30D all r30 | 2026-03-05 | 2026-03-05
detention over a leap day | 2024-06-10 P1Y half r102 | 2024-08-29 | 2025-02-27
no early release, with detention | 2026-03-05 P9M all r45 | 2026-10-20 | 2026-10-20
two at the same time, the longer counts | 2026-03-05 P6M half; 2026-03-05 P1Y half | 2026-09-03 | 2027-03-04
two at the same time, one begun later | 2026-03-05 P1Y half; 2026-09-01 P9M half | 2027-01-15 | 2027-05-31
two at the same time, the shorter released later | 2026-03-05 P2Y half; 2026-03-05 P18M all | 2027-09-04 | 2028-03-04
two at the same time, detention on one | 2026-03-05 P1Y half r100; 2026-03-05 P10M half | 2026-08-04 | 2027-01-04
one after the other | 2026-03-05 P6M half; +1 P6M half | 2026-09-03 | 2027-03-04
one after the other, given in the other order | +2 P6M half; 2026-03-05 P6M half | 2026-09-03 | 2027-03-04
one after the other over a leap day | 2023-10-01 P6M half; +1 P3M half | 2024-02-15 | 2024-06-30
one after the other, rounded twice | 2026-03-05 P3D half; +1 P3D half | 2026-03-08 | 2026-03-10
one after the other, rounded down twice | 2026-03-05 P3D half-down; +1 P3D half-down | 2026-03-06 | 2026-03-10
one after the other, under two rules | 2026-03-05 P1Y half; +1 P2Y two-thirds | 2028-01-04 | 2029-03-04
one after the other, detention on the first | 2026-03-05 P1Y half r60; +1 P6M half | 2026-10-05 | 2027-07-06
one after the other, detention on both | 2026-03-05 P1Y half r60; +1 P6M half r20 | 2026-09-15 | 2027-06-16
one after the other, detention beyond the first | 2026-03-05 P1M all r50; +1 P6M half | 2026-05-16 | 2026-08-15
three in a row | 2026-01-31 P1M half; +1 P1M half; +2 P1M half | 2026-03-15 | 2026-04-27
two after the same | 2026-03-05 P6M half; +1 P3M half; +1 P9M half | 2026-10-19 | 2027-06-04
a row beside a longer term | 2026-03-05 P6M half; +1 P6M half; 2026-03-05 P2Y third | 2026-11-03 | 2028-03-04
a row beside a shorter term | 2026-03-05 P6M half; +1 P1Y half; 2026-03-05 P9M all | 2026-12-04 | 2027-09-04
a default term of days after a year | 2026-03-05 P1Y half; +1 P20D all | 2026-09-23 | 2027-03-24";

/// A part by the name that the cases use.
fn share(name: &str) -> Option<Share> {
    let (fraction, rounding, least_days) = match name {
        "all" => return None,
        "half" => ("1/2", Rounding::Up, 0),
        "half-down" => ("1/2", Rounding::Down, 0),
        "third" => ("1/3", Rounding::Up, 0),
        "quarter" => ("1/4", Rounding::Up, 0),
        "two-thirds" => ("2/3", Rounding::Up, 0),
        "two-thirds-down" => ("2/3", Rounding::Down, 0),
        "half-60" => ("1/2", Rounding::Up, 60),
        "third-90" => ("1/3", Rounding::Up, 90),
        other => panic!("{other} is no part"),
    };
    Some(Share {
        fraction: fraction.parse().unwrap(),
        rounding,
        least_days,
    })
}

fn terms(said: &str) -> Vec<TermToServe> {
    let term = |(no, said): (u16, &str)| {
        let words: Vec<&str> = said.split(' ').collect();
        let begins = match words[0].strip_prefix('+') {
            Some(after) => Begins::After(after.parse().unwrap()),
            None => Begins::On(words[0].parse().unwrap()),
        };
        TermToServe {
            no: ComponentNo(no),
            begins,
            length: length(words[1]),
            remand_days: words
                .get(3)
                .map_or(0, |days| days.replace('r', "").parse().unwrap()),
            share: share(words[2]),
        }
    };
    (1..).zip(said.split("; ")).map(term).collect()
}

fn dates(said: &str) -> Dates {
    calculate(&terms(said)).unwrap_or_else(|error| panic!("{said}: {error}"))
}

#[test]
fn every_worked_case_comes_to_its_dates_and_is_labelled_to_be_certified() {
    assert!(CASES.lines().count() >= 40);
    for case in CASES.lines() {
        let parts: Vec<&str> = case.split(" | ").collect();
        let [name, said, eligible, ends] = parts[..] else {
            panic!("{case} has no four parts");
        };
        let found = dates(said);
        assert_eq!(found.label, LABEL);
        let found = (found.eligible.to_string(), found.ends.to_string());
        let expected = (eligible.to_owned(), ends.to_owned());
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn every_step_is_said_in_words() {
    let said = |case: &str| -> Vec<Vec<String>> {
        let terms = dates(case).terms.into_iter();
        terms
            .map(|term| term.steps.iter().map(ToString::to_string).collect())
            .collect()
    };
    let eighteen_months = [
        "18 months from 3 May 2024 end on 2 November 2025",
        "from the first to the last: 549 days",
        "half of 549 days, rounded up: 275 days",
        "275 days from 3 May 2024 are served on 1 February 2025",
        "less 40 days of detention: 23 December 2024",
        "the end on 2 November 2025, less 40 days of detention: 23 September 2025",
    ];
    assert_eq!(said("2024-05-03 P18M half r40"), [eighteen_months]);
    let row = said("2026-03-05 P10D half-60; +1 P20D two-thirds-down r31");
    let first = [
        "10 days from 5 March 2026 end on 14 March 2026",
        "from the first to the last: 10 days",
        "half of 10 days: 5 days",
        "the law asks for more: 10 days",
        "10 days from 5 March 2026 are served on 14 March 2026",
    ];
    assert_eq!(row[0], first);
    let second = [
        "20 days from 15 March 2026 end on 3 April 2026",
        "from the first to the last: 20 days",
        "two thirds of 20 days, rounded down: 13 days",
        "with the 10 days served of what went before: 23 days",
        "23 days from 5 March 2026 are served on 27 March 2026",
        "less 31 days of detention: 24 February 2026",
        "no earlier than the first day, 5 March 2026",
        "the end on 3 April 2026, less 31 days of detention: 3 March 2026",
        "no earlier than the first day, 5 March 2026",
    ];
    assert_eq!(row[1], second);
    let one = said("2026-12-31 P1D all");
    assert_eq!(
        one[0][0],
        "1 day from 31 December 2026 end on 31 December 2026"
    );
}

#[test]
fn what_has_no_dates_says_why() {
    let error = |terms: &[TermToServe]| calculate(terms).unwrap_err();
    assert_eq!(error(&[]), DatesError::None);
    let no = ComponentNo(1);
    let mut decimal = terms("2026-03-05 P1Y half");
    decimal[0].length = length("P7.4M");
    let length = length("P7.4M");
    assert_eq!(error(&decimal), DatesError::NotCalendar { no, length });
    let nothing = terms("2026-03-05 P0D half");
    assert_eq!(error(&nothing), DatesError::Empty { no });
    let mut twice = terms("2026-03-05 P1Y half; 2026-03-05 P1Y half");
    twice[1].no = no;
    assert_eq!(error(&twice), DatesError::Twice { no });
    for circle in ["+1 P1Y half", "+2 P1Y half; +1 P1Y half", "+9 P1Y half"] {
        let refused = error(&terms(circle));
        assert!(
            matches!(
                refused,
                DatesError::NoFirstDay {
                    no: ComponentNo(1),
                    ..
                }
            ),
            "{refused}"
        );
    }
}

#[test]
fn a_term_of_the_greatest_length_has_dates_and_does_not_overflow() {
    let long = dates("9999-12-31 P200Y30M5000D half r4000000000; +1 P200Y half");
    assert_eq!(long.eligible.to_string(), "9999-12-31");
}

#[test]
fn a_part_is_more_than_nothing_and_no_more_than_all() {
    for wrong in ["0/2", "3/2", "1/0", "half", "1", "-1/2", ""] {
        assert!(wrong.parse::<Fraction>().is_err(), "{wrong}");
    }
    let two_thirds: Fraction = "2/3".parse().unwrap();
    assert_eq!(two_thirds.to_string(), "2/3");
    assert_eq!(two_thirds.of_days(100, Rounding::Up), 67);
    assert_eq!(two_thirds.of_days(100, Rounding::Down), 66);
    assert_eq!(two_thirds.of_days(u32::MAX, Rounding::Up), 2_863_311_530);
    assert_eq!(Fraction::ALL.in_words(), "all");
    let words = ["1/3", "1/4", "3/4", "3/5"].map(|text| text.parse::<Fraction>().unwrap());
    let words = words.map(Fraction::in_words);
    assert_eq!(words, ["a third", "a quarter", "three quarters", "3/5"]);
}

#[test]
fn the_pack_says_how_much_of_a_term_is_served() {
    let law = midland();
    let rule = law
        .release
        .served
        .iter()
        .find(|rule| rule.code.as_str() == "parole");
    let mut term = terms("2026-03-05 P3Y all");
    term[0].share = rule.map(|rule| rule.share);
    let dates = calculate(&term).unwrap();
    assert_eq!(dates.eligible.to_string(), "2027-09-03");
}
