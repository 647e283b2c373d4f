//! The golden vectors: numbers worked out apart from this code, in exact or 50-digit arithmetic.
//!
//! They are read from the folder named by `ASSIZE_STAT_VECTORS`, otherwise from
//! `../shared/data/stat_vectors.json` beside the project.

mod compare;
mod groups;
mod order;
mod protection;
mod scales;
mod spread;
mod study;

use serde::Deserialize;
use serde_json::Value;
use std::error::Error;
use std::path::{Path, PathBuf};

type Fail = Box<dyn Error>;
type Computed = Result<Value, Fail>;

#[derive(Deserialize)]
struct VectorFile {
    meta: Meta,
    vectors: Vec<Vector>,
}

#[derive(Deserialize)]
struct Meta {
    vectors: usize,
}

#[derive(Deserialize)]
struct Vector {
    id: String,
    kind: String,
    inputs: Value,
    expected: Value,
}

/// What the figures are for the inputs of a vector, in the shape of its kind.
fn computed(vector: &Vector) -> Computed {
    let (inputs, expected) = (&compare::whole(&vector.inputs), &vector.expected);
    match vector.kind.as_str() {
        "ordinal_association" => order::association(inputs),
        "merge" => order::merge(inputs),
        "increment" => order::increment(inputs),
        "rank_order" => order::levels(inputs),
        "spacing" => order::steps(inputs),
        "aggregate_rank" => order::offences(inputs),
        "stratified_2x2" => groups::stratified(inputs),
        "stratified_edge" => groups::edge(inputs),
        "logistic_vs_mh" => groups::logistic(inputs),
        "proportion_ci" => groups::shares(inputs),
        "proportion_diff_ci" => groups::differences(inputs),
        "superiority" => groups::superiority(inputs),
        "van_elteren" => groups::van_elteren(inputs),
        "within_ols" => groups::within_strata(inputs),
        "multiple_comparisons" => groups::multiple(inputs),
        "dispersion" => spread::dispersion(inputs, expected),
        "percentile" => spread::percentile(inputs),
        "funnel_limits" => spread::funnel(inputs),
        "overdispersion" => spread::overdispersion(inputs),
        "departures" => spread::departures(inputs),
        "severity_policy" => scales::severities(inputs),
        "random_rounding" => protection::rounding(inputs),
        "cell_key" => protection::cell_key(inputs),
        "suppression" => protection::suppression(inputs),
        "asof_differencing" => protection::differencing(inputs),
        "published_reproduction" => study::reproduction(inputs, &data_folder()),
        other => Err(format!("no figures are known for the kind `{other}`").into()),
    }
}

/// The differences between a vector and the figures.
fn differences(vector: &Vector) -> Vec<String> {
    match computed(vector) {
        Ok(found) => compare::differences(&vector.kind, &vector.expected, &found),
        Err(reason) => vec![format!("{}: {reason}", vector.kind)],
    }
}

fn read(path: &Path) -> Result<VectorFile, Fail> {
    let text = std::fs::read_to_string(path)?;
    let file: VectorFile = serde_json::from_str(&text)?;
    if file.meta.vectors != file.vectors.len() {
        let (said, found) = (file.meta.vectors, file.vectors.len());
        return Err(format!("the file says {said} vectors and holds {found}").into());
    }
    Ok(file)
}

fn data_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data")
}

/// The vector files; `None` where there are none to read.
fn files() -> Result<Option<Vec<PathBuf>>, Fail> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the vectors are named by the environment, and no rule reads them"
    )]
    let Ok(folder) = std::env::var("ASSIZE_STAT_VECTORS") else {
        let beside = data_folder().join("stat_vectors.json");
        return Ok(beside.exists().then(|| vec![beside]));
    };
    let mut found = Vec::new();
    for entry in std::fs::read_dir(&folder)? {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            found.push(path);
        }
    }
    found.sort();
    if found.is_empty() {
        return Err(format!("no *.json in {folder}, named by ASSIZE_STAT_VECTORS").into());
    }
    Ok(Some(found))
}

#[test]
fn every_figure_equals_its_golden_vector() {
    let Some(files) = files().unwrap() else {
        eprintln!("SKIPPED: no golden vectors; set ASSIZE_STAT_VECTORS to their folder");
        return;
    };
    let (mut passed, mut failed) = (0, Vec::new());
    for path in files {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let file = read(&path).unwrap_or_else(|reason| panic!("{name}: {reason}"));
        for vector in &file.vectors {
            let found = differences(vector);
            passed += usize::from(found.is_empty());
            failed.extend(
                found
                    .iter()
                    .map(|one| format!("{name} {}: {one}", vector.id)),
            );
        }
    }
    println!("{passed} vectors passed");
    assert!(
        failed.is_empty(),
        "{} differences\n{}",
        failed.len(),
        failed.join("\n")
    );
}

fn vector(kind: &str, inputs: Value, expected: Value) -> Vector {
    Vector {
        id: "T00".to_owned(),
        kind: kind.to_owned(),
        inputs,
        expected,
    }
}

#[test]
fn an_unknown_kind_fails() {
    let found = differences(&vector("horoscope", Value::Null, Value::Null));
    assert_eq!(
        found,
        ["horoscope: no figures are known for the kind `horoscope`"]
    );
}

#[test]
fn every_differing_or_unknown_field_is_named() {
    let inputs = serde_json::json!({ "cases": [[1, 2]] });
    let wrong = serde_json::json!([{ "x": 2, "n": 2.0, "wilson95": [0.1, null], "median": 3 }]);
    let found = differences(&vector("proportion_ci", inputs, wrong)).join("\n");
    for named in ["[0].x", "[0].wilson95[0]", "[0].wilson95[1]", "[0].median"] {
        assert!(found.contains(named), "{named} is missing from\n{found}");
    }
    assert!(!found.contains("[0].n"), "{found}");
}
