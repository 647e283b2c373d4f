//! Vectors of order and of the steps between levels.

use super::super::offences::{Offence, offence_ranks};
use super::super::ordinal::Table;
use super::super::rank_order::{Level, rank_order};
use super::super::spacing::spacing;
use super::super::undefined::{Figure, Undefined};
use super::scales::exact;
use super::{Computed, Fail};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct OneTable {
    table: Vec<Vec<u64>>,
}

pub(super) fn association(inputs: &Value) -> Computed {
    let OneTable { table } = OneTable::deserialize(inputs)?;
    Ok(serde_json::to_value(
        Table::from_rows(&table)?.association(),
    )?)
}

#[derive(Deserialize)]
struct Shards {
    shard_a: Vec<Vec<u64>>,
    shard_b: Vec<Vec<u64>>,
}

pub(super) fn merge(inputs: &Value) -> Computed {
    let shards = Shards::deserialize(inputs)?;
    let (a, b) = (
        Table::from_rows(&shards.shard_a)?,
        Table::from_rows(&shards.shard_b)?,
    );
    let merged = a.merged(&b)?;
    if merged.without(&b)?.to_rows() != a.to_rows() && a.total() > 0 {
        return Err("taking a shard away does not undo merging it".into());
    }
    let (of_a, of_b, of_both) = (a.association(), b.association(), merged.association());
    let average = match (of_a.tau_b.result(), of_b.tau_b.result()) {
        (Ok(one), Ok(other)) => Figure::Value(f64::midpoint(one, other)),
        _ => Figure::Undefined(Undefined::NoDecisions),
    };
    let (pa, pb, both) = (of_a.pairs, of_b.pairs, of_both.pairs);
    Ok(json!({
        "merged_table": merged.to_rows(),
        "concordant_a": pa.concordant,
        "concordant_b": pb.concordant,
        "concordant_merged": both.concordant,
        "cross_concordant": both.concordant - pa.concordant - pb.concordant,
        "discordant_a": pa.discordant,
        "discordant_b": pb.discordant,
        "discordant_merged": both.discordant,
        "tau_b_merged": of_both.tau_b,
        "gamma_merged": of_both.gamma,
        "naive_average_tau_b_WRONG": average,
    }))
}

#[derive(Deserialize)]
struct Increment {
    table: Vec<Vec<u64>>,
    add: [usize; 2],
}

pub(super) fn increment(inputs: &Value) -> Computed {
    let Increment {
        table,
        add: [row, column],
    } = Increment::deserialize(inputs)?;
    let mut table = Table::from_rows(&table)?;
    let (before, change) = (table.pairs(), table.change(row, column)?);
    table.add(row, column, 1)?;
    let after = table.association();
    if after.pairs.concordant != before.concordant + change.concordant {
        return Err("the announced change is not the one that happened".into());
    }
    Ok(json!({
        "delta_concordant": change.concordant,
        "delta_discordant": change.discordant,
        "delta_tied_severity_only": change.tied_severity_only,
        "delta_tied_gravity_only": change.tied_gravity_only,
        "delta_tied_both": change.tied_both,
        "concordant_after": after.pairs.concordant,
        "discordant_after": after.pairs.discordant,
        "tau_b_after": after.tau_b,
    }))
}

#[derive(Deserialize)]
struct Levels {
    level_median: Vec<Option<f64>>,
    level_n: Vec<u64>,
}

pub(super) fn levels(inputs: &Value) -> Computed {
    let given = Levels::deserialize(inputs)?;
    if given.level_median.len() != given.level_n.len() {
        return Err("as many medians as counts are needed".into());
    }
    let levels: Vec<Level> = given
        .level_median
        .iter()
        .zip(given.level_n)
        .map(|(median, n)| match median {
            Some(median) => Level { median: *median, n },
            None => Level { median: 0.0, n: 0 },
        })
        .collect();
    Ok(serde_json::to_value(rank_order(&levels))?)
}

#[derive(Deserialize)]
struct Steps {
    gravity_weight: Option<Vec<f64>>,
    median_severity: Vec<f64>,
}

pub(super) fn steps(inputs: &Value) -> Computed {
    let given = Steps::deserialize(inputs)?;
    let found = spacing(&given.median_severity, given.gravity_weight.as_deref());
    Ok(serde_json::to_value(found)?)
}

#[derive(Deserialize)]
struct Rows {
    columns: Vec<String>,
    rows: Vec<Vec<Value>>,
}

pub(super) fn offences(inputs: &Value) -> Computed {
    let Rows { columns, rows } = Rows::deserialize(inputs)?;
    let field = |row: &Vec<Value>, name: &str| -> Result<Value, Fail> {
        let at = columns.iter().position(|column| column == name);
        at.and_then(|at| row.get(at))
            .cloned()
            .ok_or_else(|| format!("no column `{name}`").into())
    };
    let offences: Vec<Offence> = rows
        .iter()
        .map(|row| {
            let months = field(row, "acsl_months")?;
            Ok(Offence {
                weight: exact(&field(row, "weight")?)?,
                custody_rate: exact(&field(row, "custody_rate")?)?,
                mean_months: if months.is_null() {
                    None
                } else {
                    Some(exact(&months)?)
                },
            })
        })
        .collect::<Result<_, Fail>>()?;
    Ok(serde_json::to_value(offence_ranks(&offences))?)
}
