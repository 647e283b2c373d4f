//! What is said of a calculation, and what is not.

use super::{answers, conviction, england};
use crate::rehabilitation::{Awaits, ConvictionNo, Gap, Held, Outcome, Standing, view};

fn outcome(as_of: &str, said: &str) -> Outcome {
    answers(as_of, &[said]).remove(0).outcome
}

#[test]
fn every_step_is_told_in_words() {
    let told = answers(
        "2024-01-01",
        &[
            "2020-01-01 aged 30: custody P8M+P6M; compensation paid 2020-03-03",
            "2021-06-01 aged 31: community-order P12M",
        ],
    );
    let first = [
        "conviction 1, as the law stands on 1 January 2024",
        "Periods of 2023 (roa-1974/3), from 28 October 2023: Rehabilitation of Offenders Act 1974, section 5, as amended by the Police, Crime, Sentencing and Courts Act 2022, section 193",
        "8 months and 6 months, one after the other: 14 months",
        "Imprisonment or detention for a term, over 1 year, up to 4 years: section 5(2), table",
        "aged 30, 18 or over",
        "14 months from 1 January 2020 end on 28 February 2021",
        "4 years that begin with 1 March 2021 end on 28 February 2025",
        "Compensation order: section 5(2), table",
        "paid in full on 3 March 2020",
        "of several disposals the longest period counts: until 28 February 2025",
        "spent from 1 March 2025 (calculation to be certified)",
    ];
    assert_eq!(told[0].explained(), first);
    let second = told[1].explained();
    let last = [
        "prolonged by conviction 1 on 2020-01-01: until 28 February 2025",
        "spent from 1 March 2025 (calculation to be certified)",
    ];
    assert_eq!(second[second.len() - 2..], last);
}

#[test]
fn what_was_not_checked_is_marked() {
    let told = answers("2014-03-09", &["2013-01-01 aged 30: removal-from-service"]);
    let lines = told[0].explained();
    assert!(
        lines.iter().any(|line| line.ends_with("(not verified)")),
        "{lines:?}"
    );
}

#[test]
fn what_cannot_be_worked_out_says_why() {
    let cases = [
        ("1970-01-01", "1969-01-01 aged 30: fine", Gap::NoTable),
        ("2024-01-01", "2020-01 aged 30: fine", Gap::DayOfConviction),
        ("2024-01-01", "2020-01-01 aged 30", Gap::NoDisposal),
        (
            "2024-01-01",
            "2020-01-01 aged 30: banishment",
            Gap::NoRow(super::code("banishment")),
        ),
        ("2024-01-01", "2020-01-01 aged ?: fine", Gap::Age),
        (
            "2024-01-01",
            "2020-01-01 aged 30 ?: custody P5Y",
            Gap::Offence(ConvictionNo(1)),
        ),
        (
            "2024-01-01",
            "2020-01-01 aged 30: custody until 2021-01-01",
            Gap::Term(super::code("custody")),
        ),
        (
            "2024-01-01",
            "2020-01-01 aged 30: custody P7.4M",
            Gap::NotCalendar("P7.4M".parse().unwrap()),
        ),
        (
            "2024-01-01",
            "2020-01-01 aged 30: custody P6M from ?",
            Gap::End(super::code("custody")),
        ),
        (
            "2024-01-01",
            "2020-01-01 aged 30: prohibition",
            Gap::End(super::code("prohibition")),
        ),
        (
            "2024-01-01",
            "2020-01-01 aged 30: custody P365D from ? until 2021-01-05",
            Gap::Between {
                term: "P365D".parse().unwrap(),
                limit: "P1Y".parse().unwrap(),
            },
        ),
    ];
    for (as_of, said, gap) in cases {
        let found = outcome(as_of, said);
        assert_eq!(found, Outcome::NotComputable(gap), "{said}");
        assert!(found.to_string().starts_with("cannot be worked out: "));
    }
}

#[test]
fn what_is_not_known_does_not_matter_where_it_decides_nothing() {
    let spent = |said: &str| {
        let found = outcome("2024-01-01", said).to_string();
        found.strip_prefix("spent from ").unwrap().to_owned()
    };
    assert_eq!(
        spent("2020-01-01 aged ?: conditional-discharge P1Y"),
        "1 January 2021"
    );
    assert_eq!(spent("2020-01-01 aged 30 ?: custody P4Y"), "1 January 2028");
    assert_eq!(
        spent("2020-01-01 aged 30: custody P300D from ? until 2021-01-05"),
        spent("2020-01-01 aged 30: custody P11M from ? until 2021-01-05"),
    );
}

#[test]
fn a_doubt_about_one_conviction_is_a_doubt_about_those_that_depend_on_it() {
    let told = answers(
        "2024-01-01",
        &[
            "2020-01-01 aged 30: fine",
            "2020-06-01 aged 30 ?: custody P3M",
            "2020-03 aged 30: fine",
        ],
    );
    let doubts: Vec<Outcome> = told.into_iter().map(|answer| answer.outcome).collect();
    assert!(matches!(doubts[0], Outcome::NotComputable(_)), "{doubts:?}");
    assert!(
        matches!(doubts[1], Outcome::NotComputable(Gap::Other(_))),
        "{doubts:?}"
    );
    assert_eq!(doubts[2], Outcome::NotComputable(Gap::DayOfConviction));
    let told = answers(
        "2024-01-01",
        &[
            "2020-01-01 aged 30: fine",
            "2020-06-01 aged 30 ?: custody P3M",
        ],
    );
    assert_eq!(
        told[0].outcome,
        Outcome::NotComputable(Gap::Offence(ConvictionNo(2)))
    );
    assert_eq!(
        told[1].outcome,
        Outcome::NotComputable(Gap::Other(ConvictionNo(1)))
    );
}

#[test]
fn a_conviction_is_active_until_its_day_and_spent_from_it() {
    let on = |as_of: &str| {
        let told = answers(as_of, &["2023-11-01 aged 30: fine"]).remove(0);
        told.standing(Held::Ordinarily)
    };
    assert_eq!(on("2024-10-31"), Some(Standing::Active));
    assert_eq!(on("2024-11-01"), Some(Standing::Spent));
    let standing = |said: &str| answers("2024-01-01", &[said])[0].standing(Held::Ordinarily);
    assert_eq!(standing("2020-01-01 aged 30: life"), Some(Standing::Active));
    assert_eq!(
        standing("2020-01-01 aged 30: compensation"),
        Some(Standing::Active)
    );
    assert_eq!(standing("2020-01-01 aged ?: fine"), None);
    let open = outcome("2024-01-01", "2020-01-01 aged 30: compensation");
    assert_eq!(open, Outcome::Open(Awaits::Payment));
    assert_eq!(open.to_string(), "not spent until it is paid in full");
}

#[test]
fn what_is_sealed_or_expunged_stays_so() {
    for said in [
        "2020-01-01 aged 30: fine",
        "2020-01-01 aged 30: life",
        "2020-01-01 aged ?: fine",
    ] {
        let told = answers("2024-01-01", &[said]).remove(0);
        assert_eq!(told.standing(Held::Sealed), Some(Standing::Sealed));
        assert_eq!(told.standing(Held::Expunged), Some(Standing::Expunged));
    }
}

#[test]
fn the_pack_says_from_which_day_the_time_after_a_sentence_counts() {
    let mut law = england();
    law.rehabilitation.completed = crate::jurisdiction::Completed::LastDay;
    let custody = conviction(1, "2020-01-01 aged 30: custody P12M");
    let told = view(&law, &[custody], "2024-01-01".parse().unwrap()).remove(0);
    assert_eq!(
        told.outcome,
        Outcome::SpentFrom("2021-12-31".parse().unwrap())
    );
}

#[test]
fn without_a_rule_about_further_convictions_each_stands_alone() {
    let mut law = england();
    law.rehabilitation.further = None;
    let convictions = [
        conviction(1, "2020-01-01 aged 30: fine"),
        conviction(2, "2020-06-01 aged 30: life"),
    ];
    let told = view(&law, &convictions, "2024-01-01".parse().unwrap());
    assert_eq!(
        told[0].outcome,
        Outcome::SpentFrom("2021-01-01".parse().unwrap())
    );
}
