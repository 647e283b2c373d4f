//! The published oracles, on 69,527 decisions of a real country, when the data are at hand.

use std::path::PathBuf;

use domain::sentence::Decision;
use domain::statistics::exact::{Exact, as_real};
use domain::values::Decimal;
use serde_json::{Value, json};

use super::support::{Ledger, near};
use crate::facts::Penalty;
use crate::views::figure::Why;
use crate::views::gender::Gender;
use crate::views::severity::weigh;
use crate::views::{Disposals, Proportionality, Quantile, View, ViewName, ViewRequest};

/// The data are never part of the repository; a test that needs them says loudly that it did not run.
fn data() -> Option<csv::Reader<std::fs::File>> {
    let name = "../../shared/data/mongolia_sentencing_2020_2026.csv";
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name);
    if path.is_file() {
        return Some(csv::Reader::from_path(path).unwrap());
    }
    println!(
        "SKIPPED: {} is absent, so the oracles were not checked",
        path.display()
    );
    None
}

struct Row {
    headers: csv::StringRecord,
    cells: csv::StringRecord,
}

impl Row {
    fn text(&self, name: &str) -> Option<&str> {
        let at = self.headers.iter().position(|h| h == name).unwrap();
        self.cells.get(at).filter(|cell| !cell.is_empty())
    }

    fn number(&self, name: &str) -> Option<Decimal> {
        self.text(name).map(|text| Decimal::parse(text).unwrap())
    }

    fn months(&self, name: &str) -> Value {
        self.number(name)
            .map_or(Value::Null, |n| json!(format!("P{n}M")))
    }

    fn sanction(&self, kind: &str) -> Value {
        let minor = |n: Decimal| json!({"minor": n.times_exact(100).unwrap(), "currency": "MNT"});
        let work = |n: Decimal| json!([{"kind": "unpaid-work", "quantity": {"minutes": n.times_exact(60).unwrap()}}]);
        match kind {
            "imprisonment" => json!({"custody": {"term": self.months("sentence_months")}}),
            "suspended" => json!({"suspended_custody": {
                "term": self.months("sentence_months"),
                "operational_period": self.months("sentence_suspended_months"),
            }}),
            "fine" => json!({"fine": {"amount": self.number("sentence_fine_mnt").map(minor)}}),
            "community_service" => json!({"community_order": {
                "requirements": self.number("sentence_community_hours").map_or(json!([]), work),
            }}),
            other => panic!("{other}"),
        }
    }

    fn decision(&self) -> Value {
        let kind = self.text("sentence_type").unwrap();
        let mut components = vec![json!({"no": 1, "sanction": self.sanction(kind)})];
        let beside = [
            ("fine", "sentence_fine_mnt"),
            ("community_service", "sentence_community_hours"),
        ];
        for (other, column) in beside {
            if kind != other && self.number(column).is_some_and(|n| !n.is_zero()) {
                let no = components.len() + 1;
                components.push(json!({"no": no, "sanction": self.sanction(other)}));
            }
        }
        let mut offence = json!({});
        for (field, column) in [("code", "primary_article"), ("category", "crime_category")] {
            if let Some(code) = self.text(column) {
                offence[field] = json!({"value": code});
            }
        }
        let circumstances = match self.text("prior_criminal") {
            Some("True") => json!({"prior-record": {"value": "some"}}),
            Some("False") => json!({"prior-record": {"value": "none"}}),
            _ => json!({}),
        };
        json!({"court": self.text("court_id"), "principal": 1, "circumstances": circumstances,
            "counts": [{"no": 1, "offence": offence, "components": components}]})
    }

    /// The four rates of the study, from the file's own numbers.
    fn expected(&self) -> Option<Exact> {
        let (column, rate) = match self.text("sentence_type").unwrap() {
            "imprisonment" => ("sentence_months", Exact::from(1)),
            "suspended" => ("sentence_months", Exact::new(1, 2)),
            "fine" => ("sentence_fine_mnt", Exact::new(1, 450_000)),
            "community_service" => ("sentence_community_hours", Exact::new(1, 160)),
            other => panic!("{other}"),
        };
        self.number(column).map(|number| number.ratio() * rate)
    }
}

fn rows() -> Option<Vec<Row>> {
    let mut reader = data()?;
    let headers = reader.headers().unwrap().clone();
    let rows = reader.records().map(|cells| Row {
        headers: headers.clone(),
        cells: cells.unwrap(),
    });
    Some(rows.collect())
}

fn country() -> Option<Ledger> {
    let mut ledger = Ledger::under("mongolia");
    for row in rows()? {
        let year = row.text("year").unwrap();
        ledger.imposed(row.text("gender"), year, &row.decision());
    }
    Some(ledger)
}

#[test]
fn the_studys_severity_is_reproduced_exactly_on_every_row() {
    let Some(rows) = rows() else { return };
    let pack = super::support::pack("mongolia");
    let scale = pack.sentencing.scale(Some("mongolia-study/1")).unwrap();
    let (mut numbers, mut empty) = (0, 0);
    for row in &rows {
        let decision: Decision = serde_json::from_value(row.decision()).unwrap();
        let found = weigh(scale, &Penalty::of(&decision)).exact;
        assert_eq!(found, row.expected(), "{:?}", row.cells);
        let published: Option<f64> = row.text("severity").map(|text| text.parse().unwrap());
        match (found, published) {
            (Some(ours), Some(theirs)) => {
                assert!(
                    (as_real(&ours) - theirs).abs() <= 1e-9 * theirs.abs(),
                    "{:?}",
                    row.cells
                );
                numbers += 1;
            }
            (None, None) => empty += 1,
            other => panic!("{other:?} in {:?}", row.cells),
        }
    }
    assert_eq!((rows.len(), numbers, empty), (69_527, 60_121, 9_406));
}

#[test]
fn the_views_reproduce_the_published_counts_odds_ratios_and_medians() {
    let Some(ledger) = country() else { return };
    disposals_by_sex_and_category(&ledger);
    odds_of_custody(&ledger);
    medians_by_category(&ledger);
    everybody_has_a_severity_or_a_reason(&ledger);
}

fn counted(ledger: &Ledger, column: &str) -> Vec<(String, [u64; 4])> {
    let request = ViewRequest::of(ViewName::Disposals).by(column);
    let view: Disposals = match ledger.view(&request).unwrap() {
        View::Disposals(view) => view,
        other => panic!("{other:?}"),
    };
    let kinds = ["fine", "custody", "suspended_custody", "community_order"];
    let rows = view.groups.iter().map(|group| {
        let n = |kind| {
            let found = group.disposals.iter().find(|d| d.disposal.code == kind);
            found.map_or(0, |d| d.n)
        };
        (group.key[0].code.clone(), kinds.map(n))
    });
    rows.collect()
}

fn disposals_by_sex_and_category(ledger: &Ledger) {
    let expected = [
        ("female", [5_067, 979, 1_193, 756]),
        ("male", [32_493, 9_446, 5_410, 6_020]),
        ("not_recorded", [4_957, 1_434, 895, 877]),
    ];
    assert_eq!(
        counted(ledger, "sex"),
        expected.map(|(w, n)| (w.to_owned(), n))
    );
    let expected = [
        ("violent", [28_461, 3_612, 787, 3_709]),
        ("property", [5_455, 5_912, 2_677, 3_030]),
        ("traffic", [4_440, 925, 2_362, 535]),
        ("drug", [367, 609, 194, 25]),
        ("other", [2_877, 368, 1_254, 119]),
        ("not_recorded", [917, 433, 224, 235]),
    ];
    assert_eq!(
        counted(ledger, "category"),
        expected.map(|(w, n)| (w.to_owned(), n))
    );
}

fn gender(ledger: &Ledger, request: &ViewRequest) -> Gender {
    match ledger.view(request).unwrap() {
        View::Gender(view) => *view,
        other => panic!("{other:?}"),
    }
}

fn odds_of_custody(ledger: &Ledger) {
    let mut request = ViewRequest::of(ViewName::Gender).by("category,prior-record");
    for column in ["sex", "category", "prior-record"] {
        request = request.with(&format!("{column}!=not_recorded")).unwrap();
    }
    let view = gender(ledger, &request);
    let rates: Vec<(u64, u64)> = view
        .custody
        .sexes
        .iter()
        .map(|s| (s.rate.custody, s.rate.n))
        .collect();
    assert_eq!(rates, [(876, 7_250), (8_504, 47_859)]);
    assert_eq!(view.custody.strata.len(), 10);
    near(
        view.specialists.crude_odds_ratio.value,
        0.636_016_982_797_884_5,
    );
    near(
        view.specialists.mantel_haenszel_odds_ratio.value,
        0.611_815_630_271_022_7,
    );
}

fn medians_by_category(ledger: &Ledger) {
    let request = ViewRequest {
        quantile: Quantile::Averaged,
        ..ViewRequest::of(ViewName::Gender)
    };
    let view = gender(ledger, &request);
    assert_eq!(view.columns[0].code, "category");
    let expected = [
        ("violent", 1.1111, 1.3333),
        ("property", 3.0, 7.0),
        ("traffic", 6.0, 6.0),
        ("drug", 4.6667, 12.0),
        ("other", 6.6667, 6.0),
    ];
    for ((category, women, men), stratum) in expected.iter().zip(&view.everybody.strata) {
        assert_eq!(stratum.key[0].code, *category);
        for (expected, sex) in [women, men].into_iter().zip(&stratum.sexes) {
            let median = sex.spread.median.value.unwrap();
            assert!((median - expected).abs() < 5e-5, "{category}: {median}");
        }
    }
}

fn everybody_has_a_severity_or_a_reason(ledger: &Ledger) {
    let request = ViewRequest::of(ViewName::Proportionality);
    let view: Proportionality = match ledger.view(&request).unwrap() {
        View::Proportionality(view) => view,
        other => panic!("{other:?}"),
    };
    let severity = &view.total.severity;
    assert_eq!(severity.n, 60_121);
    let not_known: Vec<(Why, u64)> = severity.not_known.iter().map(|k| (k.reason, k.n)).collect();
    let missing = Why::Counts(domain::statistics::Undefined::MissingQuantity);
    assert_eq!(not_known, [(missing, 9_406)]);
    assert!(view.header.policies.gravity.unwrap().value.is_none());
}
