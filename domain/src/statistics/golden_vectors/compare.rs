//! Comparison of expected and computed fields, with the tolerance of their nature.

use serde_json::{Map, Number, Value};

/// Errors, tails, intervals and what is found by iteration: relative 10⁻⁹. Everything else is a
/// count, compared exactly, or a rate or ratio of counts, relative 10⁻¹².
const TO_NINE_DIGITS: [&str; 52] = [
    "gamma_ase1",
    "gamma_ase0",
    "tau_b_ase1",
    "tau_b_ase0",
    "somers_d_severity_given_gravity_ase1",
    "ln_mh_or_var_rbg",
    "ln_mh_or_se_rbg",
    "mh_or_ci95",
    "ln_mh_rr_se_gr",
    "mh_rr_ci95",
    "mh_rd_se_sato",
    "mh_rd_se_greenland_robins",
    "mh_rd_ci95_sato",
    "cmh_chi2",
    "cmh_chi2_continuity",
    "cmh_p",
    "cmh_p_continuity",
    "breslow_day_chi2",
    "breslow_day_p",
    "breslow_day_expected_a",
    "tarone_chi2",
    "tarone_p",
    "se",
    "ci95",
    "wilson95",
    "clopper_pearson95",
    "newcombe_hybrid_score95",
    "sample_variance",
    "sd",
    "var_U",
    "z",
    "van_elteren_z",
    "rss",
    "se_homoskedastic",
    "se_hc0",
    "se_hc1",
    "se_homoskedastic_months",
    "se_hc0_months",
    "se_hc1_months",
    "lo_99_8",
    "lo_95",
    "hi_95",
    "hi_99_8",
    "winsor_low",
    "winsor_high",
    "phi",
    "tau2",
    "log_step_cv",
    "t",
    "p",
    "coef_male",
    "odds_ratio",
];

/// Fields that explain and are not compared.
const INFORMATIVE: [(&str, &str); 7] = [
    ("ordinal_association", "kendall_p_scipy_auto"),
    ("logistic_vs_mh", "coef_male"),
    ("logistic_vs_mh", "se"),
    ("logistic_vs_mh", "odds_ratio"),
    ("logistic_vs_mh", "conditional_ml_or"),
    ("suppression", "note"),
    ("asof_differencing", "reason"),
];

pub(super) fn differences(kind: &str, expected: &Value, found: &Value) -> Vec<String> {
    let mut walk = Walk {
        kind,
        found: Vec::new(),
    };
    walk.compare("", "", expected, &plain(found));
    walk.found
}

/// Figures and intervals as vectors write them: the value or null, and [low, high].
fn plain(value: &Value) -> Value {
    match value {
        Value::Object(map) if map.len() == 2 && map.contains_key("undefined") => {
            map.get("value").map_or(Value::Null, plain)
        }
        Value::Object(map) if map.len() == 2 && map.contains_key("low") => Value::Array(
            ["low", "high"]
                .iter()
                .filter_map(|end| map.get(*end))
                .map(plain)
                .collect(),
        ),
        Value::Object(map) => {
            let fields = map.iter().map(|(key, value)| (key.clone(), plain(value)));
            Value::Object(fields.collect::<Map<_, _>>())
        }
        Value::Array(items) => Value::Array(items.iter().map(plain).collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

/// Inputs with whole numbers written `1.0` as `1`.
pub(super) fn whole(value: &Value) -> Value {
    match value {
        Value::Number(number) => Value::Number(whole_number(number)),
        Value::Array(items) => Value::Array(items.iter().map(whole).collect()),
        Value::Object(map) => Value::Object(
            map.iter()
                .map(|(key, value)| (key.clone(), whole(value)))
                .collect(),
        ),
        Value::Null | Value::Bool(_) | Value::String(_) => value.clone(),
    }
}

fn whole_number(number: &Number) -> Number {
    let text = number.to_string();
    text.strip_suffix(".0")
        .and_then(|digits| digits.parse::<i64>().ok())
        .map_or_else(|| number.clone(), Number::from)
}

struct Walk<'a> {
    kind: &'a str,
    found: Vec<String>,
}

impl Walk<'_> {
    fn compare(&mut self, path: &str, field: &str, expected: &Value, found: &Value) {
        match (expected, found) {
            (Value::Object(wanted), Value::Object(map)) => {
                for (key, wanted) in wanted {
                    if INFORMATIVE.contains(&(self.kind, key.as_str())) {
                        continue;
                    }
                    let path = format!("{path}.{key}");
                    match map.get(key) {
                        Some(found) => self.compare(&path, key, wanted, found),
                        None => self
                            .found
                            .push(format!("{path}: no such figure is computed")),
                    }
                }
            }
            (Value::Array(wanted), Value::Array(items)) if wanted.len() == items.len() => {
                for (at, (wanted, found)) in wanted.iter().zip(items).enumerate() {
                    self.compare(&format!("{path}[{at}]"), field, wanted, found);
                }
            }
            // An interval without limits is written `null` or `[null, null]`.
            (Value::Array(wanted), Value::Null)
                if wanted.len() == 2 && wanted.iter().all(Value::is_null) => {}
            (Value::Number(wanted), Value::Number(found)) if near(field, wanted, found) => {}
            (wanted, found) if wanted == found => {}
            (wanted, found) => {
                self.found
                    .push(format!("{path}: {found} where {wanted} is expected"));
            }
        }
    }
}

fn near(field: &str, wanted: &Number, found: &Number) -> bool {
    let (wanted_whole, found_whole) = (whole_number(wanted), whole_number(found));
    if found.as_i64().is_some() || found.as_u64().is_some() {
        return wanted_whole == found_whole;
    }
    let (Some(wanted), Some(found)) = (wanted.as_f64(), found.as_f64()) else {
        return false;
    };
    let relative = if TO_NINE_DIGITS.contains(&field) {
        1e-9
    } else {
        1e-12
    };
    let tolerance = if wanted == 0.0 {
        1e-9
    } else {
        relative * wanted.abs()
    };
    (wanted - found).abs() <= tolerance
}
