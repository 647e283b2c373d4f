//! Worked cases: from the examples of the Ministry of Justice and of Unlock, and computed apart from the code.

use serde::Deserialize;

use super::{answers_under, england};
use crate::jurisdiction::{Completed, Pack, Period, PeriodRow};
use crate::rehabilitation::{Answer, LABEL, Outcome};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    /// The day that is asked about.
    as_of: String,
    convictions: Vec<String>,
    /// For each conviction the first day on which it is spent, or what there is in its place.
    spent: Vec<String>,
    /// Whose example it is.
    #[serde(default)]
    example: Option<String>,
}

fn cases() -> Vec<Case> {
    let text = include_str!("../cases.toml");
    toml::from_str::<Cases>(text).unwrap().cases
}

/// An outcome as the cases write it.
fn written(answer: &Answer) -> String {
    assert_eq!(answer.label, LABEL);
    match &answer.outcome {
        Outcome::SpentFrom(day) => day.to_string(),
        Outcome::Never => "never".to_owned(),
        Outcome::Open(_) => "open".to_owned(),
        Outcome::NotComputable(_) => "not computable".to_owned(),
    }
}

/// What comes out otherwise than the cases say.
fn wrong(law: &Pack, cases: &[Case]) -> Vec<String> {
    let found = |case: &Case| -> Vec<String> {
        let said: Vec<&str> = case.convictions.iter().map(String::as_str).collect();
        let answers = answers_under(law, &case.as_of, &said);
        answers.iter().map(written).collect()
    };
    let compared = cases.iter().map(|case| (case, found(case)));
    let otherwise = compared.filter(|(case, found)| *found != case.spent);
    otherwise
        .map(|(case, found)| format!("{}: {found:?}, not {:?}", case.name, case.spent))
        .collect()
}

#[test]
fn every_worked_case_comes_to_its_day() {
    let wrong = wrong(&england(), &cases());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Another period than the one that stands there.
fn another(period: &Period) -> Period {
    if *period == Period::Never {
        Period::AtOnce
    } else {
        Period::Never
    }
}

#[test]
fn a_case_notices_when_any_period_of_any_table_is_another() {
    let (law, cases) = (england(), cases());
    let noticed = |table: usize, row: usize, change: fn(&mut PeriodRow)| {
        let mut law = law.clone();
        change(&mut law.rehabilitation.tables[table].rows[row]);
        assert!(
            !wrong(&law, &cases).is_empty(),
            "no case notices {:?} of {}",
            law.rehabilitation.tables[table].rows[row],
            law.rehabilitation.tables[table].table
        );
    };
    for (at, table) in law.rehabilitation.tables.iter().enumerate() {
        for (row, rule) in table.rows.iter().enumerate() {
            noticed(at, row, |row| row.adult = another(&row.adult));
            if rule.child.is_some() {
                noticed(at, row, |row| row.child = row.child.as_ref().map(another));
            }
        }
    }
}

#[test]
fn a_case_notices_when_any_other_rule_is_another() {
    let cases = cases();
    let notices = |change: fn(&mut Pack)| {
        let mut law = england();
        change(&mut law);
        !wrong(&law, &cases).is_empty()
    };
    assert!(notices(
        |law| law.rehabilitation.completed = Completed::LastDay
    ));
    assert!(notices(|law| law.rehabilitation.further = None));
    assert!(notices(|law| law
        .rehabilitation
        .further
        .as_mut()
        .unwrap()
        .never = false));
    assert!(notices(|law| law
        .rehabilitation
        .further
        .as_mut()
        .unwrap()
        .without
        .clear()));
    assert!(notices(|law| law.ages.majority = 19));
    assert!(notices(|law| law.ages.majority = 17));
    for table in [0, 1, 2] {
        let mut law = england();
        let first = law.rehabilitation.tables[table].from;
        law.rehabilitation.tables[table].from = first.plus_days(1);
        assert!(table == 0 || !wrong(&law, &cases).is_empty(), "{table}");
    }
    for kind in ["prohibition", "conditional-caution"] {
        let mut law = england();
        let rows = law.rehabilitation.tables[2].rows.iter_mut();
        for row in rows.filter(|row| row.disposals.iter().any(|named| named.as_str() == kind)) {
            row.reach = crate::jurisdiction::Reach::Both;
        }
        assert!(!wrong(&law, &cases).is_empty(), "{kind}");
    }
}

#[test]
fn there_are_cases_enough_and_ten_of_them_are_published() {
    let cases = cases();
    assert!(cases.len() >= 40, "{}", cases.len());
    let published = cases.iter().filter(|case| case.example.is_some());
    assert!(published.count() >= 10);
}

#[test]
fn every_disposal_of_the_pack_stands_in_a_case() {
    let cases = cases();
    for disposal in &england().rehabilitation.disposals {
        let name = disposal.code.as_str();
        let mut said = cases.iter().flat_map(|case| &case.convictions);
        assert!(
            said.any(|said| said.split([' ', ';', ':']).any(|word| word == name)),
            "{name}"
        );
    }
}
