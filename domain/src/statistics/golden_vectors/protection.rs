//! Vectors of what is published and how it is protected.

use super::super::disclosure::{CellKey, change_may_show, round_keyed, suppress};
use super::{Computed, Fail};
use serde::Deserialize;
use serde_json::{Map, Value, json};

#[derive(Deserialize)]
struct Counts {
    cases: Vec<[u64; 2]>,
}

pub(super) fn rounding(inputs: &Value) -> Computed {
    let Counts { cases } = Counts::deserialize(inputs)?;
    Ok(cases
        .into_iter()
        .map(|[n, key]| Value::from(round_keyed(n, key, 5)))
        .collect())
}

#[derive(Deserialize)]
struct Records {
    record_keys: Vec<u64>,
    modulus: u64,
}

pub(super) fn cell_key(inputs: &Value) -> Computed {
    let Records {
        record_keys,
        modulus,
    } = Records::deserialize(inputs)?;
    let empty = CellKey::empty(modulus);
    let of = |keys: &[u64]| keys.iter().fold(empty, |key, record| key.with(*record));
    let backwards = record_keys
        .iter()
        .rev()
        .fold(empty, |key, record| key.with(*record));
    let all = of(&record_keys);
    let rest = record_keys
        .split_last()
        .map(|(last, rest)| (all.without(*last), of(rest)));
    Ok(json!({
        "cell_key": all.value(),
        "cell_key_without_last": rest.map(|(without, _)| without.value()),
        "order_independent": all == backwards,
        format!("retract_is_subtract_mod_{modulus}"):
            rest.is_none_or(|(without, rest)| without == rest),
    }))
}

#[derive(Deserialize)]
struct Printed {
    table: Vec<Vec<u64>>,
    threshold: u64,
    margins_published: bool,
}

pub(super) fn suppression(inputs: &Value) -> Computed {
    let given = Printed::deserialize(inputs)?;
    let found = suppress(&given.table, given.threshold, given.margins_published)?;
    let interval = match found.feasible_intervals.as_slice() {
        [] => Value::Null,
        [one] => json!(one),
        many => json!(many),
    };
    let mut fields = serde_json::to_value(found)?;
    fields["feasible_interval_of_primary"] = interval;
    Ok(fields)
}

#[derive(Deserialize)]
struct Snapshots {
    snapshots: Vec<Map<String, Value>>,
    min_increment: u64,
}

/// The last snapshot against the one last published; the first is always published.
pub(super) fn differencing(inputs: &Value) -> Computed {
    let given = Snapshots::deserialize(inputs)?;
    let (mut published, mut last) = (None, None);
    for snapshot in &given.snapshots {
        let Some(earlier) = published else {
            published = Some(snapshot);
            continue;
        };
        let difference = differences(earlier, snapshot);
        let net = difference
            .get("n")
            .copied()
            .ok_or("a snapshot without `n`")?;
        let (came, went) = (net.max(0).unsigned_abs(), net.min(0).unsigned_abs());
        let allowed = change_may_show(came, went, given.min_increment);
        if allowed {
            published = Some(snapshot);
        }
        last = Some((difference, allowed));
    }
    let (difference, allowed) = last.ok_or_else(|| Fail::from("two snapshots are needed"))?;
    Ok(json!({ "raw_difference": difference, "allowed": allowed }))
}

fn differences(
    earlier: &Map<String, Value>,
    later: &Map<String, Value>,
) -> std::collections::BTreeMap<String, i64> {
    later
        .iter()
        .filter_map(|(name, value)| {
            let (later, earlier) = (value.as_i64()?, earlier.get(name)?.as_i64()?);
            Some((name.clone(), later - earlier))
        })
        .collect()
}
