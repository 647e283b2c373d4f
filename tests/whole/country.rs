//! A country's file, brought in by the command line and read by it: 69,527 published decisions of Mongolia, when the
//! data are at hand. The figures are those of the data's own documentation.
#![expect(
    clippy::indexing_slicing,
    reason = "what a JSON value lacks reads as null, and the step that needs it fails"
)]

use std::path::{Path, PathBuf};

use domain::actor::Purpose;
use domain::record::AnyEvent;
use domain::sentence::SentenceEvent;
use domain::statistics::exact::{Exact, as_real};
use domain::values::Decimal;
use infra::facts::Penalty;
use infra::record::Recorded;
use infra::registry::Registry;
use infra::views::severity::weigh;
use serde_json::Value;
use tests::{Failure, Place, Typed, call, loud, root, setting};

use crate::{country_rebuilt, country_retracted, country_study};

/// The data are never part of the repository; a test that needs them says loudly that it did not run.
pub(crate) fn data() -> Option<PathBuf> {
    let beside = || root().join("../shared/data/mongolia_sentencing_2020_2026.csv");
    let path = setting("ASSIZE_COUNTRY").map_or_else(beside, PathBuf::from);
    if path.is_file() {
        return path.canonicalize().ok();
    }
    loud(&format!(
        "NOT RUN ON A COUNTRY: {} is absent",
        path.display()
    ));
    None
}

fn view(place: &Place, args: &[&str]) -> Result<Value, Failure> {
    let typed = Typed::of(place, &[&["view"][..], args, &["--json"]].concat())?;
    assert_eq!(typed.code, Some(0), "{typed:?}");
    Ok(serde_json::from_str(&typed.stdout)?)
}

fn list<'a>(value: &'a Value, pointer: &str) -> Result<&'a Vec<Value>, Failure> {
    let found = value.pointer(pointer).and_then(Value::as_array);
    found.ok_or_else(|| format!("no list {pointer} in {value}").into())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_country_is_recorded_whole_its_published_figures_come_out_and_a_rebuild_changes_nothing()
-> Result<(), Failure> {
    let Some(path) = data() else { return Ok(()) };
    for mut place in Place::everywhere().await? {
        let file = path.to_string_lossy();
        let import = ["import", &file, "--mapping", "mongolia", "--json"];
        let typed = Typed::of(&place, &import)?;
        assert_eq!(typed.code, Some(0), "{typed:?}");
        let report: Value = serde_json::from_str(&typed.stdout)?;
        assert_eq!(
            (&report["recorded"], &report["rejected"]),
            (&69_527.into(), &0.into())
        );
        disposals(&place)?;
        odds_of_custody(&place)?;
        medians(&place)?;
        country_study::is_reproduced(&place).await?;
        let again: Value = serde_json::from_str(&Typed::of(&place, &import)?.stdout)?;
        assert_eq!(
            (&again["recorded"], &again["existing"]),
            (&0.into(), &69_527.into())
        );
        let registry = place.open().await?;
        every_severity(&registry, &path).await?;
        country_rebuilt::equals_the_live_one(&place, &registry, 69_527).await?;
        if place.is_on_server() {
            country_retracted::leaves_every_figure_right(&place, &registry).await?;
        }
    }
    Ok(())
}

fn counted(place: &Place, column: &str) -> Result<Vec<(String, Vec<u64>)>, Failure> {
    let shown = view(place, &["disposals", "--by", column])?;
    let mut rows = Vec::new();
    for group in list(&shown, "/groups")? {
        let disposals = list(group, "/disposals")?;
        let n = |kind: &str| {
            let of = |d: &&Value| d.pointer("/disposal/code") == Some(&kind.into());
            disposals
                .iter()
                .find(of)
                .and_then(|d| d["n"].as_u64())
                .unwrap_or(0)
        };
        let kinds = ["fine", "custody", "suspended_custody", "community_order"];
        let key = group.pointer("/key/0/code").and_then(Value::as_str);
        rows.push((key.unwrap_or_default().to_owned(), kinds.map(n).to_vec()));
    }
    rows.sort();
    Ok(rows)
}

fn disposals(place: &Place) -> Result<(), Failure> {
    let expected = |rows: &[(&str, [u64; 4])]| -> Vec<(String, Vec<u64>)> {
        let own = |(key, n): &(&str, [u64; 4])| ((*key).to_owned(), n.to_vec());
        rows.iter().map(own).collect()
    };
    let by_sex = [
        ("female", [5_067, 979, 1_193, 756]),
        ("male", [32_493, 9_446, 5_410, 6_020]),
        ("not_recorded", [4_957, 1_434, 895, 877]),
    ];
    assert_eq!(counted(place, "sex")?, expected(&by_sex));
    let by_category = [
        ("drug", [367, 609, 194, 25]),
        ("not_recorded", [917, 433, 224, 235]),
        ("other", [2_877, 368, 1_254, 119]),
        ("property", [5_455, 5_912, 2_677, 3_030]),
        ("traffic", [4_440, 925, 2_362, 535]),
        ("violent", [28_461, 3_612, 787, 3_709]),
    ];
    assert_eq!(counted(place, "category")?, expected(&by_category));
    Ok(())
}

fn odds_of_custody(place: &Place) -> Result<(), Failure> {
    let mut args = vec!["gender", "--by", "category,prior-record"];
    for known in [
        "sex!=not_recorded",
        "category!=not_recorded",
        "prior-record!=not_recorded",
    ] {
        args.extend(["--where", known]);
    }
    let shown = view(place, &args)?;
    let sexes = list(&shown, "/custody/sexes")?;
    let rate = |sex: &Value| (sex["custody"].as_u64(), sex["n"].as_u64());
    let rates: Vec<_> = sexes.iter().map(rate).collect();
    assert_eq!(
        rates,
        [(Some(876), Some(7_250)), (Some(8_504), Some(47_859))]
    );
    assert_eq!(list(&shown, "/custody/strata")?.len(), 10);
    for (ratio, expected) in [
        ("crude_odds_ratio", 0.636_016_982_797_884_5),
        ("mantel_haenszel_odds_ratio", 0.611_815_630_271_022_7),
    ] {
        let found = shown["specialists"][ratio]["value"]
            .as_f64()
            .ok_or("no ratio")?;
        assert!((found - expected).abs() <= 1e-12, "{ratio}: {found}");
    }
    Ok(())
}

fn medians(place: &Place) -> Result<(), Failure> {
    let shown = view(place, &["gender", "--quantile", "2"])?;
    let strata = list(&shown, "/everybody/strata")?;
    for (category, medians) in [
        ("violent", [1.1111, 1.3333]),
        ("property", [3.0, 7.0]),
        ("traffic", [6.0, 6.0]),
        ("drug", [4.6667, 12.0]),
        ("other", [6.6667, 6.0]),
    ] {
        let of = |s: &&Value| s.pointer("/key/0/code") == Some(&category.into());
        let stratum = strata.iter().find(of).ok_or(category)?;
        for (sex, expected) in list(stratum, "/sexes")?.iter().zip(medians) {
            let median = sex.pointer("/median/value").and_then(Value::as_f64);
            let median = median.ok_or("no median")?;
            assert!((median - expected).abs() < 5e-5, "{category}: {median}");
        }
    }
    Ok(())
}

/// The four rates of the study, from a row's own numbers.
fn expected(row: &csv::StringRecord, header: &csv::StringRecord) -> Result<Option<Exact>, Failure> {
    let cell = |name: &str| {
        let at = header.iter().position(|column| column == name);
        at.and_then(|at| row.get(at)).unwrap_or_default()
    };
    let (column, rate) = match cell("sentence_type") {
        "imprisonment" => ("sentence_months", Exact::from(1)),
        "suspended" => ("sentence_months", Exact::new(1, 2)),
        "fine" => ("sentence_fine_mnt", Exact::new(1, 450_000)),
        "community_service" => ("sentence_community_hours", Exact::new(1, 160)),
        other => return Err(format!("an unknown type {other:?}").into()),
    };
    let severity = match cell(column) {
        "" => None,
        number => Some(Decimal::parse(number)?.ratio() * rate),
    };
    let published: Option<f64> = cell("severity").parse().ok();
    match (severity, published) {
        (None, None) => {}
        (Some(ours), Some(theirs)) => {
            assert!(
                (as_real(&ours) - theirs).abs() <= 1e-9 * theirs.abs(),
                "{row:?}"
            );
        }
        (ours, theirs) => return Err(format!("{ours:?} is not {theirs:?} in {row:?}").into()),
    }
    Ok(severity)
}

/// The severity of each recorded decision is that of its row, as an exact fraction.
async fn every_severity(registry: &Registry, path: &Path) -> Result<(), Failure> {
    // Children are among them: all decisions are seen by an inspection that is let through to their cases.
    let mut oversight = call("oversight")?.asking(Some("inspection all".parse()?));
    oversight.purpose = Purpose::Inspection;
    let pack = registry.packs().version(&"mongolia/1".parse()?).await?;
    let scale = pack
        .sentencing
        .scale(Some("mongolia-study/1"))
        .ok_or("no scale")?;
    let mut file = csv::Reader::from_path(path)?;
    let header = file.headers()?.clone();
    let mut rows = file.records();
    let (mut next, mut numbers, mut empty) = (0, 0, 0);
    loop {
        let page = registry.feed(&oversight, next, 1_000).await?.rows;
        let Some(last) = page.last() else { break };
        next = last.index + 1;
        for row in &page {
            let AnyEvent::Sentence(SentenceEvent::Imposed { decision, .. }) =
                Recorded::read_row(row)?.event
            else {
                continue;
            };
            let row = rows.next().ok_or("more decisions than rows")??;
            let found = weigh(scale, &Penalty::of(&decision)).exact;
            assert_eq!(found, expected(&row, &header)?, "{row:?}");
            match found {
                Some(_) => numbers += 1,
                None => empty += 1,
            }
        }
    }
    assert!(rows.next().is_none(), "fewer decisions than rows");
    assert_eq!((numbers, empty), (60_121, 9_406));
    Ok(())
}
