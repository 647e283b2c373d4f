//! Vectors of two groups compared.

use super::super::moments::Sums;
use super::super::multiple::adjust;
use super::super::rate::{Share, difference, newcombe};
use super::super::strata::{Stratum, compare, coverage, mantel_haenszel};
use super::super::superiority::{self, Outcomes, Superiority};
use super::super::within::{Cell, within};
use super::{Computed, Fail};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Tables {
    tables: Vec<[u64; 4]>,
}

fn strata(inputs: &Value) -> Result<Vec<Stratum>, Fail> {
    let Tables { tables } = Tables::deserialize(inputs)?;
    tables
        .into_iter()
        .map(|counts| Stratum::new(counts).map_err(Fail::from))
        .collect()
}

pub(super) fn stratified(inputs: &Value) -> Computed {
    Ok(serde_json::to_value(compare(&strata(inputs)?)?)?)
}

pub(super) fn edge(inputs: &Value) -> Computed {
    let strata = strata(inputs)?;
    let comparable: Vec<Stratum> = strata
        .iter()
        .copied()
        .filter(|stratum| coverage(&[*stratum]).strata_contributing == 1)
        .collect();
    let (all, some) = (mantel_haenszel(&strata), mantel_haenszel(&comparable));
    let covered = coverage(&strata);
    Ok(json!({
        "mh_or": all.mh_or,
        "same_as_dropping_it": all.mh_or == some.mh_or,
        "strata_contributing": covered.strata_contributing,
        "exposed_covered": covered.exposed_covered,
    }))
}

pub(super) fn logistic(inputs: &Value) -> Computed {
    Ok(json!({ "mh_or": mantel_haenszel(&strata(inputs)?).mh_or }))
}

#[derive(Deserialize)]
struct Cases<const N: usize> {
    #[serde(bound(deserialize = "[u64; N]: Deserialize<'de>"))]
    cases: Vec<[u64; N]>,
}

pub(super) fn shares(inputs: &Value) -> Computed {
    let Cases { cases } = Cases::<2>::deserialize(inputs)?;
    let found: Result<Vec<Value>, Fail> = cases
        .into_iter()
        .map(|[x, n]| {
            let share = Share::new(x, n)?;
            let (score, exact) = (share.wilson(), share.clopper_pearson());
            Ok(json!({ "x": x, "n": n, "wilson95": score, "clopper_pearson95": exact }))
        })
        .collect();
    Ok(Value::Array(found?))
}

pub(super) fn differences(inputs: &Value) -> Computed {
    let Cases { cases } = Cases::<4>::deserialize(inputs)?;
    let found: Result<Vec<Value>, Fail> = cases
        .into_iter()
        .map(|[x1, n1, x0, n0]| {
            let (exposed, reference) = (Share::new(x1, n1)?, Share::new(x0, n0)?);
            Ok(json!({
                "x1": x1, "n1": n1, "x0": x0, "n0": n0,
                "difference": difference(exposed, reference),
                "newcombe_hybrid_score95": newcombe(exposed, reference),
            }))
        })
        .collect();
    Ok(Value::Array(found?))
}

#[derive(Deserialize)]
struct Bins {
    female: Vec<u64>,
    male: Vec<u64>,
}

impl Bins {
    fn superiority(&self) -> Result<Superiority, Fail> {
        Ok(Outcomes::new(&self.female, &self.male)?.superiority())
    }
}

pub(super) fn superiority(inputs: &Value) -> Computed {
    Ok(serde_json::to_value(
        Bins::deserialize(inputs)?.superiority()?,
    )?)
}

#[derive(Deserialize)]
struct Stratified {
    strata: Vec<Bins>,
    crude: Option<Bins>,
}

pub(super) fn van_elteren(inputs: &Value) -> Computed {
    let given = Stratified::deserialize(inputs)?;
    let outcomes: Vec<Outcomes> = given
        .strata
        .iter()
        .map(|bins| Outcomes::new(&bins.female, &bins.male).map_err(Fail::from))
        .collect::<Result<_, _>>()?;
    let mut found = serde_json::to_value(superiority::van_elteren(&outcomes))?;
    if let (Some(crude), Value::Object(fields)) = (given.crude, &mut found) {
        fields.insert(
            "crude".to_owned(),
            serde_json::to_value(crude.superiority()?)?,
        );
    }
    Ok(found)
}

#[derive(Deserialize)]
struct Ols {
    cells: Vec<(u64, i128, i128, u64, i128, i128)>,
    raw: Option<Vec<(u64, u8, i128)>>,
}

pub(super) fn within_strata(inputs: &Value) -> Computed {
    let given = Ols::deserialize(inputs)?;
    let cells: Vec<Cell> = given
        .cells
        .into_iter()
        .map(|(n1, sum1, squares1, n0, sum0, squares0)| {
            let exposed = Sums::new(n1, sum1, squares1)?;
            Ok(Cell {
                exposed,
                reference: Sums::new(n0, sum0, squares0)?,
            })
        })
        .collect::<Result<_, Fail>>()?;
    if let Some(raw) = given.raw
        && from_raw(&raw)? != cells
    {
        return Err("the sums of the raw values are not the cells".into());
    }
    let found = within(&cells);
    let mut fields = serde_json::to_value(found)?;
    let months = [
        ("beta_months", found.beta),
        ("se_homoskedastic_months", found.se_homoskedastic),
        ("se_hc0_months", found.se_hc0),
        ("se_hc1_months", found.se_hc1),
    ];
    if let Value::Object(fields) = &mut fields {
        for (name, figure) in months {
            let shown = serde_json::to_value(figure.map(|thousandths| thousandths / 1000.0))?;
            fields.insert(name.to_owned(), shown);
        }
    }
    Ok(fields)
}

fn from_raw(raw: &[(u64, u8, i128)]) -> Result<Vec<Cell>, Fail> {
    let mut cells: BTreeMap<u64, Cell> = BTreeMap::new();
    for (stratum, female, value) in raw {
        let cell = cells.entry(*stratum).or_default();
        let sums = if *female == 1 {
            &mut cell.exposed
        } else {
            &mut cell.reference
        };
        sums.add(*value, 1)?;
    }
    Ok(cells.into_values().collect())
}

#[derive(Deserialize)]
struct PValues {
    p: Vec<f64>,
    alpha: f64,
}

pub(super) fn multiple(inputs: &Value) -> Computed {
    let PValues { p, alpha } = PValues::deserialize(inputs)?;
    Ok(serde_json::to_value(adjust(&p, alpha))?)
}
