use std::collections::BTreeMap;

use serde_json::{Value, json};
use uuid::Uuid;

use super::rows::Cell;
use super::{Laws, Pseudonyms, Rows, Unfinished, folder_name, vacant};
use crate::facts::Version;
use crate::views::Severities;
use crate::views::tests::support::Ledger;

fn decision(sanction: &Value) -> Value {
    json!({"court": "ashby", "counts": [{"no": 1,
        "offence": {"code": {"value": "M101"}},
        "components": [{"no": 1, "sanction": sanction}]}]})
}

/// Three decisions, of which the first is quashed: in custody for 30 days and for two months, and a fine.
fn ledger() -> Ledger {
    let mut ledger = Ledger::under("midland");
    let days = json!({"custody": {"term": "P30D"}});
    let first = ledger.imposed(Some("female"), "2024-05-03", &decision(&days));
    let months = json!({"custody": {"term": "P2M"}});
    ledger.imposed(Some("male"), "2024-11", &decision(&months));
    let fine = json!({"fine": {"amount": {"minor": 8_000, "currency": "EUR"}}});
    ledger.imposed(None, "2023", &decision(&fine));
    let quashed = json!({"quashed": {"pronounced": "2026-03-02"}});
    ledger.file("sentence", first, "2026-03-02", &quashed);
    ledger
}

/// The cells of each version as of an entry, by the names of their columns.
fn told(ledger: &Ledger, index: u64, secret: u8) -> Vec<BTreeMap<String, String>> {
    let laws: Laws = BTreeMap::from([("midland".to_owned(), ledger.packs.first().cloned())]);
    let versions: Vec<Version<'_>> = ledger.facts.versions(index).collect();
    let pseudonyms = Pseudonyms::under([secret; 32]);
    let severities = Severities::default();
    let rows = Rows::of(&ledger.facts, &versions, &laws, &severities, &pseudonyms).unwrap();
    let told = versions.iter().map(|version| {
        let cells = rows.cells(version).into_iter().map(|cell| match cell {
            Cell::None => String::new(),
            Cell::Text(text) => text.into_owned(),
            Cell::Whole(number) => number.to_string(),
        });
        let names = rows.columns.iter().map(|column| column.name.clone());
        names.zip(cells).collect()
    });
    told.collect()
}

fn cells<'t>(told: &'t [BTreeMap<String, String>], name: &str) -> Vec<&'t str> {
    told.iter().map(|row| row[name].as_str()).collect()
}

#[test]
fn a_version_is_told_as_it_is_known_at_the_entry() {
    let ledger = ledger();
    let now = told(&ledger, ledger.last(), 1);
    assert_eq!(cells(&now, "from_index"), ["1", "3", "5"]);
    assert_eq!(cells(&now, "to_index"), ["6", "", ""]);
    assert_eq!(cells(&now, "year"), ["2024", "2024", "2023"]);
    assert_eq!(cells(&now, "quarter"), ["2", "4", ""]);
    assert_eq!(cells(&now, "sex"), ["female", "male", "not_recorded"]);
    assert_eq!(cells(&now, "disposal"), ["custody", "custody", "fine"]);
    // Two months are no fixed number of days, and a fine has no term.
    assert_eq!(cells(&now, "term_days"), ["30", "", ""]);
    assert_eq!(cells(&now, "severity")[0], "30");
    assert_eq!(cells(&now, "severity_thousandths")[0], "30000");
    assert_eq!(cells(&now, "severity_is"), ["exact", "exact", "exact"]);

    let before = told(&ledger, 4, 1);
    assert_eq!(cells(&before, "to_index"), ["", ""]);
    assert_eq!(cells(&before, "decision"), cells(&now, "decision")[..2]);
}

#[test]
fn who_has_another_secret_has_other_numbers_and_a_person_is_no_decision() {
    let ledger = ledger();
    let (one, other) = (told(&ledger, 6, 1), told(&ledger, 6, 2));
    for name in ["person", "decision"] {
        assert!(one.iter().zip(&other).all(|(a, b)| a[name] != b[name]));
        assert!(one.iter().all(|row| row[name].len() == 32));
    }
    let pseudonyms = Pseudonyms::under([1; 32]);
    let id = Uuid::from_u128(7);
    assert_ne!(pseudonyms.of("person", id), pseudonyms.of("decision", id));
}

#[test]
fn what_is_broken_off_leaves_nothing_and_what_is_there_stays() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("facts");
    let mut begun = Unfinished::beside(&out).unwrap();
    begun.file("year=2024/facts.parquet", b"half").unwrap();
    assert!(Unfinished::beside(&out).is_err());
    drop(begun);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);

    let mut whole = Unfinished::beside(&out).unwrap();
    whole.file("year=2024/facts.parquet", b"whole").unwrap();
    assert!(!out.exists());
    whole.finish(&out).unwrap();
    let kept = std::fs::read(out.join("year=2024/facts.parquet")).unwrap();
    assert_eq!(kept, b"whole");
    assert!(vacant(&out).is_err());
}

#[test]
fn a_code_is_the_name_of_one_folder() {
    assert_eq!(folder_name("midland_2-a"), "midland_2-a");
    assert_eq!(folder_name("../a:b"), "%2E%2E%2Fa%3Ab");
}
