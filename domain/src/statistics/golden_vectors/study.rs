//! Figures of a published study of Mongolian sentences, from its data.

use super::super::dispersion::{Histogram, Probability, QuantileType};
use super::super::exact::{Exact, Rational, as_real};
use super::super::moments::{Sums, compare_means};
use super::super::severity::{Component, ScalePolicy, Unit, severity};
use super::super::strata::{Stratum, compare};
use super::super::undefined::Undefined;
use super::{Computed, Fail, data_folder};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

const FILE: &str = "mongolia_sentencing_2020_2026.csv";

/// The decimals kept of a value that the file prints as a floating-point number.
const DECIMALS: i128 = 1_000_000_000_000;

/// The rows of the file, by column name.
struct Study {
    columns: BTreeMap<String, usize>,
    rows: Vec<Vec<String>>,
}

impl Study {
    fn read(folder: &Path) -> Result<Self, Fail> {
        let text = std::fs::read_to_string(folder.join(FILE))?;
        let mut lines = text.lines().map(fields);
        let header = lines.next().ok_or("the file is empty")?;
        let columns = header
            .into_iter()
            .enumerate()
            .map(|(at, name)| (name, at))
            .collect();
        Ok(Self {
            columns,
            rows: lines.collect(),
        })
    }

    /// The column by name, as a reader of rows.
    fn column(&self, name: &str) -> Result<impl Fn(&[String]) -> String + use<>, Fail> {
        let at = *self
            .columns
            .get(name)
            .ok_or_else(|| format!("no column `{name}`"))?;
        Ok(move |row: &[String]| row.get(at).cloned().unwrap_or_default())
    }

    /// The rows that a filter such as `dropna(a,b) and age>=18` keeps.
    fn sample(&self, filter: &str) -> Result<Vec<&Vec<String>>, Fail> {
        let (needed, rest) = filter
            .strip_prefix("dropna(")
            .and_then(|rest| rest.split_once(')'))
            .ok_or_else(|| format!("the filter `{filter}` is not understood"))?;
        let least = match rest.trim() {
            "" => 0.0,
            rest => rest
                .strip_prefix("and age>=")
                .and_then(|age| age.trim().parse::<f64>().ok())
                .ok_or_else(|| format!("the filter `{rest}` is not understood"))?,
        };
        let needed: Vec<_> = needed
            .split(',')
            .map(|name| self.column(name.trim()))
            .collect::<Result<_, _>>()?;
        let age = self.column("age")?;
        let keeps = |row: &&Vec<String>| {
            needed.iter().all(|column| !column(row).is_empty())
                && (least == 0.0 || age(row).parse::<f64>().is_ok_and(|age| age >= least))
        };
        Ok(self.rows.iter().filter(keeps).collect())
    }
}

/// The fields of one line; a quoted field may hold commas.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    for character in line.chars() {
        match character {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            other => fields
                .iter_mut()
                .next_back()
                .into_iter()
                .for_each(|field| field.push(other)),
        }
    }
    fields
}

fn decimal(text: &str) -> Result<Exact, Fail> {
    Ok(text.parse::<Rational>()?.0)
}

/// The value in units of 10⁻¹².
fn fixed(text: &str) -> Result<i128, Fail> {
    Ok((decimal(text)? * Exact::from(DECIMALS))
        .round()
        .to_integer())
}

fn by_type(rows: &[&Vec<String>], kind: impl Fn(&[String]) -> String) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for row in rows {
        *counts.entry(kind(row)).or_insert(0) += 1;
    }
    counts
}

#[derive(Deserialize)]
struct Inputs {
    sample_a: String,
}

pub(super) fn reproduction(inputs: &Value, folder: &Path) -> Computed {
    let study = Study::read(folder)?;
    let sample = study.sample(&Inputs::deserialize(inputs)?.sample_a)?;
    let all: Vec<&Vec<String>> = study.rows.iter().collect();
    let (female, severity) = (study.column("female")?, study.column("severity")?);
    let winsorised = study.column("severity_winsorized")?;
    let (mut women, mut men) = (Sums::default(), Sums::default());
    let mut severities = Histogram::default();
    for row in &sample {
        let group = if female(row) == "1" {
            &mut women
        } else {
            &mut men
        };
        group.add(fixed(&winsorised(row))?, 1)?;
        severities.add(Exact::new(fixed(&severity(row))?, DECIMALS), 1)?;
    }
    let tested = compare_means(men, women);
    let median = severities.quantile(Probability::MEDIAN, QuantileType::Averaged);
    let scale = as_real(&Exact::from(DECIMALS));
    let kinds = by_type(&sample, study.column("sentence_type")?);
    let mut found = json!({
        "n_full": all.len(),
        "n_sample_a": sample.len(),
        "female_sample_a": women.n(),
        "male_sample_a": men.n(),
        "female_full": all.iter().filter(|row| female(row) == "1").count(),
        "sentence_type_full": by_type(&all, study.column("sentence_type")?),
        "mean_male": men.mean().map(|mean| mean / scale),
        "mean_female": women.mean().map(|mean| mean / scale),
        "t": tested.t,
        "p": tested.p,
        "median_sample_a": median.map(|median| as_real(&median)),
    });
    for (kind, count) in kinds {
        found[format!("sample_a_{kind}")] = json!(count);
    }
    Ok(found)
}

/// The study's own scale, as a policy.
fn scale() -> Result<ScalePolicy, Fail> {
    let each = |unit: &str, weight: &str| json!({ "converted": { "combine": "add", "weights": { unit: weight } } });
    Ok(serde_json::from_value(json!({
        "version": "severity/mongolia-month/1",
        "unit": "month-equivalent",
        "kinds": {
            "imprisonment": each("months", "1"),
            "suspended": each("months", "1/2"),
            "fine": each("minor:MNT", "1/45000000"),
            "community_service": each("hours", "1/160"),
        }
    }))?)
}

fn study() -> Option<Study> {
    if data_folder().join(FILE).exists() {
        return Some(Study::read(&data_folder()).unwrap());
    }
    eprintln!("SKIPPED: {FILE} is not beside the project");
    None
}

#[test]
fn the_scale_of_the_study_gives_every_severity_of_the_study() {
    let Some(study) = study() else { return };
    let scale = scale().unwrap();
    let column = |name| study.column(name).unwrap();
    let (kind, expected) = (column("sentence_type"), column("severity"));
    let (months, fine, hours) = (
        column("sentence_months"),
        column("sentence_fine_mnt"),
        column("sentence_community_hours"),
    );
    let (mut numbers, mut missing) = (0, 0);
    for row in &study.rows {
        let kind = kind(row);
        let (quantity, unit, minor) = match kind.as_str() {
            "fine" => (fine(row), Unit::MoneyMinor("MNT".to_owned()), 100),
            "community_service" => (hours(row), Unit::Hours, 1),
            _ => (months(row), Unit::Months, 1),
        };
        let component = if quantity.is_empty() {
            Component::without_amount(&kind)
        } else {
            Component::of(
                &kind,
                decimal(&quantity).unwrap() * Exact::from(minor),
                unit,
            )
        };
        let found = severity(&scale, &[component]).figure();
        if expected(row).is_empty() {
            assert_eq!(found.undefined(), Some(Undefined::MissingQuantity));
            missing += 1;
        } else {
            let (found, expected) = (
                found.value().unwrap(),
                expected(row).parse::<f64>().unwrap(),
            );
            assert!(
                (found - expected).abs() <= 1e-12 * expected,
                "{found} against {expected}"
            );
            numbers += 1;
        }
    }
    assert_eq!((numbers, missing), (60_121, 9_406));
}

#[test]
fn the_odds_of_custody_of_women_and_men_are_those_of_the_study() {
    let Some(study) = study() else { return };
    let column = |name| study.column(name).unwrap();
    let (gender, category, prior, kind) = (
        column("gender"),
        column("crime_category"),
        column("prior_criminal"),
        column("sentence_type"),
    );
    let mut tables: BTreeMap<(String, String), [u64; 4]> = BTreeMap::new();
    for row in study
        .sample("dropna(gender,crime_category,prior_criminal)")
        .unwrap()
    {
        let group = if gender(row) == "female" { 0 } else { 2 };
        let event = usize::from(kind(row) != "imprisonment");
        tables.entry((category(row), prior(row))).or_default()[group + event] += 1;
    }
    let strata: Vec<Stratum> = tables
        .values()
        .map(|counts| Stratum::new(*counts).unwrap())
        .collect();
    let found = compare(&strata).unwrap();
    let near = |found: Option<f64>, expected: f64| {
        assert!(
            (found.unwrap() - expected).abs() <= 1e-12,
            "{found:?} against {expected}"
        );
    };
    assert_eq!(strata.len(), 10);
    near(found.crude_or.value(), 0.636_016_982_797_884_5);
    near(found.mantel_haenszel.mh_or.value(), 0.611_815_630_271_022_7);
}

#[test]
fn the_medians_of_the_study_are_averaged_at_ties() {
    let Some(study) = study() else { return };
    let column = |name| study.column(name).unwrap();
    let (gender, category, severity) = (
        column("gender"),
        column("crime_category"),
        column("severity"),
    );
    let mut groups: BTreeMap<(String, String), Histogram> = BTreeMap::new();
    for row in study
        .sample("dropna(gender,crime_category,severity)")
        .unwrap()
    {
        let value = Exact::new(fixed(&severity(row)).unwrap(), DECIMALS);
        groups
            .entry((gender(row), category(row)))
            .or_default()
            .add(value, 1)
            .unwrap();
    }
    let expected = [
        ("female", [1.1111, 3.0, 6.0, 4.6667, 6.6667]),
        ("male", [1.3333, 7.0, 6.0, 12.0, 6.0]),
    ];
    for (gender, medians) in expected {
        for (category, expected) in ["violent", "property", "traffic", "drug", "other"]
            .into_iter()
            .zip(medians)
        {
            let group = &groups[&(gender.to_owned(), category.to_owned())];
            let median = group
                .quantile(Probability::MEDIAN, QuantileType::Averaged)
                .unwrap();
            let found = as_real(&median);
            assert!(
                (found - expected).abs() < 5e-5,
                "{gender} {category}: {found}"
            );
        }
    }
}
