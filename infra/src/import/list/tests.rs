//! Mappings of lists, right and wrong, and rows as they are read.

use std::path::Path;

use domain::order::{Account, ExplanationForm};
use domain::release::ReleaseEnd;
use domain::values::{Consent, Enforceable, LegalAid, Return};

use super::kinds::{List, OrderPlan, OrderRow};
use super::mapping::{Lists, lists_schema};
use super::rules::{Chosen, Found, OrderEnd, PretrialEnd};
use super::source::{Given, ListSource};
use super::*;
use crate::import::{Known, MappingErrors, RowKey};

const HEAD: &str = "source = \"office\"\njurisdiction = \"midland\"\npolicy = \"midland/1\"\n";
const ORDERS: &str = "[orders]\nfile = \"orders.csv\"\nkey = [\"no\"]\nmade = { column = \"made\" }\n\
    office = { column = \"office\" }\nperiod = { column = \"months\", unit = \"months\" }\n";

fn faults(text: &str) -> Vec<String> {
    match Lists::parse("office.toml", text) {
        Ok(_) => panic!("{text} has no fault"),
        Err(MappingErrors { faults, .. }) => {
            let said = faults
                .into_iter()
                .map(|f| format!("{}: {}", f.path, f.text));
            said.collect()
        }
    }
}

fn lists(text: &str) -> Lists {
    Lists::parse("office.toml", text).unwrap_or_else(|errors| panic!("{errors}"))
}

/// The rows of a list of orders.
fn orders(more: &str, rows: &str) -> (Vec<Given<OrderRow>>, ListSource<OrderPlan>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("orders.csv");
    std::fs::write(&path, rows).unwrap();
    let lists = lists(&format!("{HEAD}{ORDERS}{more}"));
    let list = lists.orders.as_ref().unwrap();
    let mut source = ListSource::open(&path, &lists, list).unwrap();
    let (given, fault) = source.some(100);
    assert!(fault.is_none(), "{fault:?}");
    (given, source)
}

#[test]
fn the_committed_schema_is_the_one_the_types_generate() {
    let expected = serde_json::to_string_pretty(&lists_schema()).unwrap() + "\n";
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/maps/lists.schema.json");
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert_eq!(committed, expected, "write it with `assize schema write`");
}

#[test]
fn every_word_of_a_closed_list_has_a_meaning() {
    fn all_mean<T: Chosen>() {
        for word in T::WORDS {
            assert!(T::of(word).is_some(), "{word}");
        }
        assert!(T::of("perhaps").is_none());
    }
    all_mean::<Consent>();
    all_mean::<Enforceable>();
    all_mean::<Account>();
    all_mean::<ExplanationForm>();
    all_mean::<Found>();
    all_mean::<OrderEnd>();
    all_mean::<LegalAid>();
    all_mean::<PretrialEnd>();
    all_mean::<Return>();
    all_mean::<ReleaseEnd>();
}

#[test]
fn every_kind_goes_by_one_word() {
    for kind in Kind::ALL {
        assert_eq!(Kind::of(kind.word()), Some(kind));
    }
    assert_eq!(Kind::of("judgments"), None);
}

#[test]
fn the_examples_are_mappings_of_lists_and_the_mapping_of_decisions_is_none() {
    let maps = Path::new(env!("CARGO_MANIFEST_DIR")).join("maps");
    for (name, kinds) in [("ashby-probation", 5), ("ashby-prison", 2)] {
        let path = maps.join("examples").join(name).join("mapping.toml");
        let text = std::fs::read_to_string(path).unwrap();
        assert!(Lists::is_meant(&text), "{name}");
        assert_eq!(lists(&text).kinds().len(), kinds, "{name}");
    }
    let mongolia = std::fs::read_to_string(maps.join("mongolia.toml")).unwrap();
    assert!(!Lists::is_meant(&mongolia));
}

#[test]
fn all_faults_of_a_mapping_are_found_in_one_go() {
    let text = format!(
        "{HEAD}[file]\nkey = [\"no\"]\n\
         [orders]\nfile = \"a/b.csv\"\nkey = []\noffice = {{ column = \"office\" }}\nmode = 1\n\
         [requirements]\nfile = \"r.csv\"\nkey = [\"no\"]\norder = []\nkind = {{ column = \"kind\" }}\n\
         consent = {{ column = \"consent\", values = {{ Y = \"yes\" }} }}\n"
    );
    let said = faults(&text).join("\n");
    for fault in [
        "file.key: stands with each kind: write it there",
        "orders.mode: is no key here",
        "orders.made: is missing",
        "requirements.order: is empty: name at least one column",
        "requirements.consent.values.Y: \"yes\" is none of given, refused",
    ] {
        assert!(said.contains(fault), "{fault} is not in\n{said}");
    }
    let none = faults(HEAD).join("\n");
    assert!(none.contains("no list is mapped"), "{none}");
    let folder = ORDERS.replace("orders.csv", "../orders.csv");
    let folder = faults(&format!("{HEAD}{folder}")).join("\n");
    assert!(
        folder.contains("orders.file: \"../orders.csv\" is no file's name"),
        "{folder}"
    );
}

#[test]
fn a_star_names_several_files_in_the_order_of_their_names() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["day-2.csv", "day-1.csv", "day-1.txt", "other.csv"] {
        std::fs::write(folder.path().join(name), "").unwrap();
    }
    let lists = lists(&format!(
        "{HEAD}{}",
        ORDERS.replace("orders.csv", "day-*.csv")
    ));
    let files = lists.files_of(Kind::Orders, folder.path()).unwrap();
    let names: Vec<_> = files.iter().map(|f| f.file_name().unwrap()).collect();
    assert_eq!(names, ["day-1.csv", "day-2.csv"]);
    assert_eq!(
        lists.files_of(Kind::Releases, folder.path()).unwrap().len(),
        0
    );
}

#[test]
fn a_row_says_what_its_cells_say() {
    let (given, source) = orders("", "no,made,office,months\nO-1,2024-02-05,ashby,12\n");
    let [Given::Row(row)] = given.as_slice() else {
        panic!("one row is read")
    };
    assert_eq!((row.row, row.line), (1, 2));
    assert_eq!(row.key, RowKey::Columns("O-1".into()));
    assert_eq!(row.said.made.to_string(), "2024-02-05");
    assert!(matches!(row.said.period, Known::Value(_)));
    assert!(matches!(row.said.court, Known::NotRecorded));
    let rules = source.report().rules;
    let made = rules.iter().find(|r| &*r.rule == "orders.made").unwrap();
    assert_eq!((made.recorded, &*made.column), (1, "made"));
}

#[test]
fn a_row_without_what_it_needs_is_rejected_with_every_fault() {
    let (given, source) = orders("", "no,made,office,months\nO-1,,,twelve\n");
    let [Given::Rejected(rejection)] = given.as_slice() else {
        panic!("the row is rejected")
    };
    let rules: Vec<_> = rejection.faults.iter().map(|f| &*f.rule).collect();
    assert_eq!(rules, ["orders.made", "orders.office", "orders.period"]);
    let report = source.report();
    assert_eq!(report.rejected, 1);
    for rule in report.rules.iter().filter(|r| rules.contains(&&*r.rule)) {
        assert_eq!(
            (rule.rejected, rule.rejections.len()),
            (1, 1),
            "{}",
            rule.rule
        );
    }
}

#[test]
fn rows_that_are_not_meant_are_passed_over() {
    let when = "when = [{ column = \"state\", one_of = [\"closed\"] }]\n";
    let rows = "no,made,office,months,state\nO-1,,,,open\nO-2,2024,ashby,6,closed\n";
    let (given, _) = orders(when, rows);
    assert!(matches!(
        given.as_slice(),
        [Given::PassedOver, Given::Row(_)]
    ));
}

#[test]
fn each_kind_of_one_mapping_is_read_under_a_digest_of_its_own() {
    let lists = lists(&format!("{HEAD}{ORDERS}"));
    assert_ne!(lists.digest(Kind::Orders), lists.digest(Kind::Endings));
    assert_eq!(lists.orders.unwrap().head().0, "orders.csv");
}
