//! Worked cases of the dates, each a calculation to be certified: published ones, and ones computed apart from the code.

use serde::Deserialize;

use crate::jurisdiction::{Consecutive, Fraction, Rounding, Share};
use crate::release::dates::{Begins, Dates, DatesError, LABEL, TermToServe, Written, calculate};
use crate::testing::samples::{length, midland};
use crate::values::ComponentNo;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    worked: Vec<Case>,
    published: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    /// Where it was published.
    example: Option<String>,
    terms: Vec<String>,
    /// Whether the part is taken of terms that follow each other together.
    #[serde(default)]
    together: bool,
    /// The day from which release is possible.
    eligible: String,
    /// The last day.
    ends: String,
}

fn cases() -> Cases {
    toml::from_str(include_str!("../cases.toml")).unwrap()
}

impl Case {
    fn dates(&self) -> Dates {
        let consecutive = if self.together {
            Consecutive::Together
        } else {
            Consecutive::Each
        };
        let found = calculate(&terms(&self.terms.join("; ")), consecutive);
        found.unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }
}

/// A part by the name that the cases use.
fn share(name: &str) -> Option<Share> {
    let (fraction, rounding, least_days) = match name {
        "all" => return None,
        "half" => ("1/2", Rounding::Up, 0),
        "half-down" => ("1/2", Rounding::Down, 0),
        "third" => ("1/3", Rounding::Up, 0),
        "quarter" => ("1/4", Rounding::Up, 0),
        "two-thirds" => ("2/3", Rounding::Up, 0),
        "two-fifths" => ("2/5", Rounding::Up, 0),
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
    let found = calculate(&terms(said), Consecutive::Each);
    found.unwrap_or_else(|error| panic!("{said}: {error}"))
}

#[test]
fn every_worked_case_comes_to_its_dates_and_is_labelled_to_be_certified() {
    let Cases { worked, published } = cases();
    for case in worked.iter().chain(&published) {
        let found = case.dates();
        assert_eq!(found.label, LABEL);
        let found = (found.eligible.to_string(), found.ends.to_string());
        let expected = (case.eligible.clone(), case.ends.clone());
        assert_eq!(found, expected, "{}", case.name);
    }
}

#[test]
fn there_are_cases_enough_and_ten_of_them_are_published() {
    let Cases { worked, published } = cases();
    assert!(worked.len() >= 40, "{}", worked.len());
    assert!(published.len() >= 10, "{}", published.len());
    assert!(published.iter().all(|case| case.example.is_some()));
    assert!(worked.iter().all(|case| case.example.is_none()));
}

#[test]
fn every_worked_case_explains_every_term_and_names_its_dates() {
    let Cases { worked, published } = cases();
    for case in worked.iter().chain(&published) {
        let found = case.dates();
        assert_eq!(found.terms.len(), case.terms.len(), "{}", case.name);
        let given = terms(&case.terms.join("; "));
        for term in &found.terms {
            let given = &given[usize::from(term.no.0) - 1];
            let steps: Vec<String> = term.steps.iter().map(ToString::to_string).collect();
            let said = steps.join("\n");
            let mut named = vec![given.length.in_words()];
            named.push(Written(term.eligible).to_string());
            named.push(Written(term.ends).to_string());
            if let Begins::On(first) = given.begins {
                named.push(Written(first).to_string());
            }
            if given.remand_days > 0 {
                named.push("of detention".to_owned());
            }
            if let Some(share) = given.share {
                named.push(share.fraction.in_words());
            }
            for name in named {
                assert!(said.contains(&name), "{}: {name} in\n{said}", case.name);
            }
        }
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
    let together = terms("2022-05-05 P3M half; +1 P9Y two-thirds; +2 P6M half");
    let together = calculate(&together, Consecutive::Together).unwrap();
    let last = together.terms[2].steps.iter().map(ToString::to_string);
    let added = [
        "6 months added to what went before: from 5 May 2022 to 4 February 2032",
        "2 terms under the same rule, from 5 May 2022: 276 days",
        "half of 276 days: 138 days",
        "the one term under a rule of its own, from 20 September 2022: 3,287 days",
        "two thirds of 3,287 days, rounded up: 2,192 days",
        "with the 138 days served of what went before: 2,330 days",
        "2,330 days from 5 May 2022 are served on 19 September 2028",
    ];
    assert_eq!(last.collect::<Vec<_>>(), added);
    let one = said("2026-12-31 P1D all");
    assert_eq!(
        one[0][0],
        "1 day from 31 December 2026 end on 31 December 2026"
    );
}

#[test]
fn what_has_no_dates_says_why() {
    let error = |terms: &[TermToServe]| calculate(terms, Consecutive::Each).unwrap_err();
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
    let dates = calculate(&term, Consecutive::Each).unwrap();
    assert_eq!(dates.eligible.to_string(), "2027-09-03");
}
