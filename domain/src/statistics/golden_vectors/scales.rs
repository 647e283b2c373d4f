//! Vectors of severity scales.

use super::super::exact::{Exact, Rational};
use super::super::severity::{Component, ScalePolicy, ShortComponent, ShortPolicy, severity};
use super::{Computed, Fail};
use serde::Deserialize;
use serde_json::Value;

/// A number, or a rational as text, exactly as it is written.
pub(super) fn exact(value: &Value) -> Result<Exact, Fail> {
    let text = value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned);
    Ok(text.parse::<Rational>()?.0)
}

#[derive(Deserialize)]
struct Sentences {
    policy: ShortPolicy,
    cases: Vec<Vec<ShortComponent>>,
}

pub(super) fn severities(inputs: &Value) -> Computed {
    let given = Sentences::deserialize(inputs)?;
    let policy = ScalePolicy::try_from(given.policy)?;
    let found: Result<Vec<Value>, Fail> = given
        .cases
        .into_iter()
        .map(|case| {
            let components: Vec<Component> = case
                .into_iter()
                .map(Component::try_from)
                .collect::<Result<_, _>>()?;
            let found = severity(&policy, &components);
            if !found.unpriced.is_empty() {
                return Err(format!("the policy gives no weight to {:?}", found.unpriced).into());
            }
            Ok(serde_json::to_value(found.figure())?)
        })
        .collect();
    Ok(Value::Array(found?))
}
