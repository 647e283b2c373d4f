//! Vectors of spread, position, funnels and guideline ranges.

use super::super::departure::{self, Case, Range};
use super::super::dispersion::{Histogram, Probability, QuantileType};
use super::super::exact::{Exact, as_real};
use super::super::funnel::{self, Unit};
use super::super::undefined::{Figure, Undefined};
use super::scales::exact;
use super::{Computed, Fail};
use serde::Deserialize;
use serde_json::{Value, json};

fn histogram(pairs: &[(Value, u64)]) -> Result<Histogram, Fail> {
    let mut histogram = Histogram::default();
    for (value, count) in pairs {
        histogram.add(exact(value)?, *count)?;
    }
    Ok(histogram)
}

#[derive(Deserialize)]
struct Values {
    histogram: Vec<(Value, u64)>,
}

pub(super) fn dispersion(inputs: &Value, expected: &Value) -> Computed {
    let Values { histogram: pairs } = Values::deserialize(inputs)?;
    let histogram = histogram(&pairs)?;
    let mut found = serde_json::to_value(histogram.dispersion()?)?;
    let named = expected
        .as_object()
        .into_iter()
        .flat_map(|fields| fields.keys());
    if let Value::Object(fields) = &mut found {
        for name in named {
            if let Some(figure) = quantile(&histogram, name)? {
                fields.insert(name.clone(), serde_json::to_value(figure)?);
            }
        }
    }
    Ok(found)
}

/// The quantile that a name such as `q1_type7`, `p90_type1` or `iqr_type2` asks for.
fn quantile(histogram: &Histogram, name: &str) -> Result<Option<Figure>, Fail> {
    let Some((which, kind)) = name.split_once("_type") else {
        return Ok(None);
    };
    let kind = match kind {
        "1" => QuantileType::Lower,
        "2" => QuantileType::Averaged,
        "7" => QuantileType::Linear,
        other => return Err(format!("quantiles of type {other} are not used").into()),
    };
    let at = |p| histogram.quantile(p, kind);
    let found = match which {
        "median" => at(Probability::MEDIAN),
        "q1" => at(Probability::FIRST_QUARTILE),
        "q3" => at(Probability::THIRD_QUARTILE),
        "iqr" => at(Probability::THIRD_QUARTILE)
            .zip(at(Probability::FIRST_QUARTILE))
            .map(|(high, low)| high - low),
        other => match other
            .strip_prefix('p')
            .and_then(|percent| percent.parse().ok())
        {
            Some(percent) => at(Probability::percent(percent)?),
            None => return Ok(None),
        },
    };
    Ok(Some(
        found
            .map(|value| as_real(&value))
            .ok_or(Undefined::NoDecisions)
            .into(),
    ))
}

#[derive(Deserialize)]
struct Cohort {
    cohort_histogram: Vec<(Value, u64)>,
    queries: Vec<Value>,
}

pub(super) fn percentile(inputs: &Value) -> Computed {
    let given = Cohort::deserialize(inputs)?;
    let histogram = histogram(&given.cohort_histogram)?;
    let found: Result<Vec<Value>, Fail> = given
        .queries
        .iter()
        .map(|query| Ok(serde_json::to_value(histogram.percentile(exact(query)?))?))
        .collect();
    Ok(Value::Array(found?))
}

#[derive(Deserialize)]
struct Funnel {
    target: f64,
    n: Vec<u64>,
    tails: [f64; 4],
}

pub(super) fn funnel(inputs: &Value) -> Computed {
    let Funnel { target, n, tails } = Funnel::deserialize(inputs)?;
    let found: Result<Vec<Value>, Fail> = n
        .into_iter()
        .map(|n| {
            let mut limits = json!({ "n": n });
            for (name, tail) in ["lo_99_8", "lo_95", "hi_95", "hi_99_8"]
                .into_iter()
                .zip(tails)
            {
                limits[name] = serde_json::to_value(funnel::limit(target, n, tail)?)?;
            }
            if tails == [0.001, 0.025, 0.975, 0.999]
                && limits != serde_json::to_value(funnel::limits(target, n)?)?
            {
                return Err("the four limits differ from the limits one by one".into());
            }
            Ok(limits)
        })
        .collect();
    Ok(Value::Array(found?))
}

#[derive(Deserialize)]
struct Units {
    y: Vec<Option<f64>>,
    n: Vec<u64>,
    target: f64,
    winsorise: Value,
}

pub(super) fn overdispersion(inputs: &Value) -> Computed {
    let given = Units::deserialize(inputs)?;
    if given.y.len() != given.n.len() {
        return Err("as many shares as counts are needed".into());
    }
    let unit = |share, n| Unit {
        share,
        n,
        target: given.target,
    };
    let units: Vec<Unit> = given
        .y
        .iter()
        .zip(given.n)
        .map(|(share, n)| match share {
            Some(share) => unit(*share, n),
            None => unit(0.0, 0),
        })
        .collect();
    let found = funnel::overdispersion(&units, exact(&given.winsorise)?)?;
    Ok(serde_json::to_value(found)?)
}

#[derive(Deserialize)]
struct Sentences {
    cases: Vec<[Value; 3]>,
}

pub(super) fn departures(inputs: &Value) -> Computed {
    let known = |value: &Value| -> Result<Option<Exact>, Fail> {
        if value.is_null() {
            Ok(None)
        } else {
            exact(value).map(Some)
        }
    };
    let cases: Vec<Case> = Sentences::deserialize(inputs)?
        .cases
        .iter()
        .map(|[sentence, low, high]| {
            let range = known(low)?
                .zip(known(high)?)
                .map(|(low, high)| Range { low, high });
            Ok(Case {
                sentence: known(sentence)?,
                range,
                reasoned: false,
            })
        })
        .collect::<Result<_, Fail>>()?;
    Ok(serde_json::to_value(departure::departures(&cases))?)
}
