//! The first real country: 69,527 published decisions of Mongolia, when the data are at hand.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use num_rational::Ratio;

use crate::import::*;

/// The data are never part of the repository; a test that needs them says loudly that it did not run.
fn data() -> Option<PathBuf> {
    let name = "../../shared/data/mongolia_sentencing_2020_2026.csv";
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name);
    if path.is_file() {
        return Some(path);
    }
    println!(
        "SKIPPED: {} is absent, so the Mongolian oracles were not checked",
        path.display()
    );
    None
}

fn mapping() -> Mapping {
    Mapping::parse("mongolia", Mapping::built_in("mongolia").unwrap()).unwrap()
}

fn decisions(path: &std::path::Path) -> (Vec<ImportedRow>, DryRun) {
    let mut source = RowSource::open(path, &mapping()).unwrap();
    let mut decisions = Vec::new();
    for outcome in source.by_ref() {
        match outcome.unwrap() {
            Outcome::Decision(row) => decisions.push(*row),
            Outcome::Rejected(rejection) => panic!("{rejection:?}"),
        }
    }
    (decisions, source.report())
}

fn principal(row: &ImportedRow) -> &ComponentRow {
    let mut principals = row
        .components
        .iter()
        .filter(|c| c.standing == Standing::Principal);
    let first = principals.next().unwrap();
    assert_eq!(principals.next(), None, "row {}", row.row);
    first
}

fn text(word: &Known<Word>) -> String {
    word.value()
        .map_or_else(|| "not recorded".to_owned(), ToString::to_string)
}

#[test]
fn every_decision_is_read_and_the_disposals_agree_with_the_source() {
    let Some(path) = data() else { return };
    let (decisions, report) = decisions(&path);
    assert_eq!(decisions.len(), 69_527);
    assert_eq!(
        (report.rows, report.decisions, report.rejected),
        (69_527, 69_527, 0)
    );
    assert_eq!(report.with_notes, 3);
    let mut by_sex: BTreeMap<(String, ComponentKind), u32> = BTreeMap::new();
    let mut by_category: BTreeMap<(String, ComponentKind), u32> = BTreeMap::new();
    for row in &decisions {
        let kind = principal(row).kind;
        *by_sex.entry((text(&row.person.sex), kind)).or_default() += 1;
        *by_category
            .entry((text(&row.counts[0].category), kind))
            .or_default() += 1;
    }
    let kinds = [
        ComponentKind::Fine,
        ComponentKind::Custody,
        ComponentKind::Suspended,
        ComponentKind::CommunityOrder,
    ];
    let line = |table: &BTreeMap<(String, ComponentKind), u32>, name: &str| {
        kinds.map(|kind| {
            table
                .get(&(name.to_owned(), kind))
                .copied()
                .unwrap_or_default()
        })
    };
    assert_eq!(line(&by_sex, "female"), [5_067, 979, 1_193, 756]);
    assert_eq!(line(&by_sex, "male"), [32_493, 9_446, 5_410, 6_020]);
    assert_eq!(line(&by_sex, "not recorded"), [4_957, 1_434, 895, 877]);
    assert_eq!(by_sex.len(), 12);
    for (category, expected) in [
        ("violent", [28_461, 3_612, 787, 3_709]),
        ("property", [5_455, 5_912, 2_677, 3_030]),
        ("traffic", [4_440, 925, 2_362, 535]),
        ("other", [2_877, 368, 1_254, 119]),
        ("drug", [367, 609, 194, 25]),
        ("not recorded", [917, 433, 224, 235]),
    ] {
        assert_eq!(line(&by_category, category), expected, "{category}");
    }
}

#[test]
fn exact_duplicates_are_decisions_with_keys_of_their_own() {
    let Some(path) = data() else { return };
    let (decisions, _) = decisions(&path);
    let keys: BTreeSet<Vec<u8>> = decisions.iter().map(|row| row.key.to_bytes()).collect();
    assert_eq!(keys.len(), 69_527);
    let repeated = decisions
        .iter()
        .filter(|row| matches!(row.key, RowKey::Content { occurrence, .. } if occurrence > 1));
    assert_eq!(repeated.count(), 1_619);
}

/// Months of imprisonment, half for suspended ones, tugrik by 450,000, hours by 160: the study's own scale.
fn months(component: &ComponentRow) -> Option<Ratio<u128>> {
    let ratio = |number: Decimal| {
        Ratio::new(
            u128::from(number.units()),
            10_u128.pow(u32::from(number.scale())),
        )
    };
    match (component.kind, component.principal_quantity().value()?) {
        (
            ComponentKind::Custody,
            QuantityRow::Amount {
                amount,
                unit: AmountUnit::Months,
            },
        ) => Some(ratio(*amount)),
        (
            ComponentKind::Suspended,
            QuantityRow::Amount {
                amount,
                unit: AmountUnit::Months,
            },
        ) => Some(ratio(*amount) / 2),
        (ComponentKind::Fine, QuantityRow::Money { minor, .. }) => {
            Some(Ratio::new(u128::from(*minor), 45_000_000))
        }
        (ComponentKind::CommunityOrder, QuantityRow::Amount { amount, .. }) => {
            Some(ratio(*amount) / 160)
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_principal_quantity_gives_the_severity_of_the_source_on_every_row() {
    let Some(path) = data() else { return };
    let (decisions, _) = decisions(&path);
    let mut reader = csv::Reader::from_path(&path).unwrap();
    let column = reader
        .headers()
        .unwrap()
        .iter()
        .position(|name| name == "severity")
        .unwrap();
    let (mut numbers, mut empty) = (0, 0);
    for (row, record) in decisions.iter().zip(reader.records()) {
        let record = record.unwrap();
        let severity = months(principal(row)).map(|ratio| {
            let part = |n: &u128| n.to_string().parse::<f64>().unwrap();
            part(ratio.numer()) / part(ratio.denom())
        });
        let published: Option<f64> = record[column].parse().ok();
        assert_eq!(severity.is_some(), published.is_some(), "row {}", row.row);
        match (severity, published) {
            (Some(ours), Some(theirs)) => {
                assert!((ours - theirs).abs() <= theirs * 1e-15, "row {}", row.row);
                numbers += 1;
            }
            _ => empty += 1,
        }
    }
    assert_eq!((numbers, empty), (60_121, 9_406));
}

#[test]
fn quantities_beside_the_principal_disposal_are_components_too() {
    let Some(path) = data() else { return };
    let (decisions, _) = decisions(&path);
    let mut beside: BTreeMap<String, u32> = BTreeMap::new();
    let mut without_quantity = 0;
    for row in &decisions {
        let main = principal(row);
        let period = main.operational_period.value();
        if main.principal_quantity().value().is_none() && period.is_none() {
            without_quantity += 1;
        }
        for component in row
            .components
            .iter()
            .filter(|c| c.standing == Standing::Beside)
        {
            *beside.entry(component.rule.to_string()).or_default() += 1;
        }
    }
    assert_eq!(without_quantity, 4_157);
    let expected = [
        ("community-service", 1_131),
        ("fine", 1_254),
        ("imprisonment-beside", 803),
        ("suspended-beside", 88),
        ("suspended-part", 396),
    ];
    let expected = expected.map(|(rule, count)| (rule.to_owned(), count));
    assert_eq!(beside, BTreeMap::from(expected));
}

#[test]
fn one_row_reads_as_the_file_has_it() {
    let Some(path) = data() else { return };
    let (decisions, _) = decisions(&path);
    let first = &decisions[0];
    assert_eq!((first.row, first.last_row, first.line), (1, 1, 2));
    assert_eq!(first.decided, FileDate::Year(2024));
    assert_eq!(text(&first.court), "court_14");
    assert_eq!(first.person.age, Known::Value(27));
    assert_eq!(text(&first.counts[0].offence), "11.6.1");
    let answer = |name: &str| {
        let found = first.circumstances.iter().find(|c| &*c.name == name);
        found.unwrap().answer.clone()
    };
    assert_eq!(answer("employed"), Known::Value(AnswerRow::Yes));
    assert_eq!(
        answer("prior-record"),
        Known::Value(AnswerRow::Code(Word::from("none")))
    );
    assert_eq!(answer("household"), Known::NotRecorded);
    let fine = QuantityRow::Money {
        minor: 45_000_000,
        currency: Word::from("MNT"),
    };
    assert_eq!(first.components[0].amount, Known::Value(fine));
    let days = QuantityRow::Amount {
        amount: Decimal::whole(0),
        unit: AmountUnit::Days,
    };
    assert_eq!(first.remand_credit, Known::Value(days));
}

#[test]
fn an_interrupted_import_continues_with_the_same_keys() {
    let Some(path) = data() else { return };
    let (decisions, _) = decisions(&path);
    let mut source = RowSource::open(&path, &mapping()).unwrap();
    source.continue_after(60_000);
    let rest: Vec<ImportedRow> = source
        .map(|outcome| match outcome.unwrap() {
            Outcome::Decision(row) => *row,
            Outcome::Rejected(rejection) => panic!("{rejection:?}"),
        })
        .collect();
    assert_eq!(rest.as_slice(), &decisions[60_000..]);
}
