//! A severity scale as data.

use super::super::exact::{Exact, Rational};
use super::{Amount, Kind, Unit};
use num_traits::{CheckedAdd as _, CheckedMul as _};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One severity scale: what each kind of component weighs, in one unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScalePolicy {
    /// Name and version, as every figure carries it: `severity/custody-day/1`.
    pub version: String,
    /// The unit of the scale: `custody-day`.
    pub unit: String,
    /// What each kind counts for.
    pub kinds: BTreeMap<Kind, Rule>,
}

/// What components of one kind count for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Converted by amount.
    Converted(Conversion),
    /// The same whatever the amount, with a rank among sentences of equal value: a conditional
    /// discharge weighs 0 like an absolute one, and ranks above it.
    Fixed {
        /// The value on the scale.
        value: Rational,
        /// The rank among equals, higher being heavier.
        rank: u32,
    },
    /// Counted beside, never in the number: disqualification, confiscation, compensation.
    NotConverted,
    /// Above every number, with a count of its own: the death penalty.
    AboveAllNumbers,
}

/// How amounts of one kind become severity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Conversion {
    /// How several components of the kind combine.
    pub combine: Combine,
    /// The weight of each unit in which the kind may be measured.
    pub weights: BTreeMap<Unit, Weight>,
    /// What a term without end counts for. It is a cap, so the sentence is marked as an ordinal
    /// top as well; without it such a term has no number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub life: Option<Rational>,
}

/// How several components of one kind combine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Combine {
    /// They add.
    Add,
    /// They are terms in groups; one of which nothing is said runs with the default group.
    ConcurrentUnlessOrdered,
    /// They are terms in groups; one of which nothing is said is a group of its own.
    ConsecutiveUnlessOrdered,
}

/// What an amount in one unit weighs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Weight {
    /// So much for each unit.
    PerUnit(Rational),
    /// A statutory table: the value of the first step that the amount does not exceed.
    Table {
        /// The steps, by amount ascending.
        steps: Vec<Step>,
        /// The value above the last step.
        above: Rational,
    },
}

/// One step of a statutory table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The largest amount it covers.
    pub up_to: Rational,
    /// What such an amount counts for.
    pub value: Rational,
}

impl Weight {
    /// The weight of an amount; `None` beyond what can be held exactly.
    fn of(&self, amount: Exact) -> Option<Exact> {
        match self {
            Self::PerUnit(weight) => amount.checked_mul(&weight.0),
            Self::Table { steps, above } => {
                let step = steps.iter().find(|step| amount <= step.up_to.0);
                Some(step.map_or(above.0, |step| step.value.0))
            }
        }
    }
}

impl Conversion {
    /// The weight of a quantity; `None` where a unit has no weight, or beyond what can be held
    /// exactly.
    pub(super) fn weigh(&self, amounts: &[Amount]) -> Option<Exact> {
        amounts.iter().try_fold(Exact::from(0), |total, amount| {
            let weight = self.weights.get(&amount.unit)?;
            total.checked_add(&weight.of(amount.value)?)
        })
    }
}

impl ScalePolicy {
    /// Refuses weights that would make more of a sanction count for less.
    pub fn validate(&self) -> Result<(), PolicyError> {
        for (kind, rule) in &self.kinds {
            let sound = match rule {
                Rule::Converted(conversion) => conversion.is_sound(),
                Rule::Fixed { value, .. } => value.0 >= Exact::from(0),
                Rule::NotConverted | Rule::AboveAllNumbers => true,
            };
            if !sound {
                return Err(PolicyError::Unsound {
                    kind: kind.to_string(),
                });
            }
        }
        Ok(())
    }
}

impl Conversion {
    fn is_sound(&self) -> bool {
        let zero = Exact::from(0);
        let weights = self.weights.values().all(|weight| match weight {
            Weight::PerUnit(weight) => weight.0 >= zero,
            Weight::Table { steps, above } => {
                let last = steps.last().map_or(zero, |step| step.value.0);
                let first = steps.first().map_or(zero, |step| step.value.0);
                let rising = steps
                    .windows(2)
                    .all(|s| s[0].up_to.0 < s[1].up_to.0 && s[0].value.0 <= s[1].value.0);
                rising && first >= zero && last <= above.0
            }
        });
        weights && self.life.is_none_or(|life| life.0 >= zero)
    }
}

/// A severity policy that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PolicyError {
    /// A unit that no amount has.
    #[error(
        "`{unit}` is no unit; use years, months, weeks, days, hours, minutes, units or minor:XXX with a currency code"
    )]
    UnknownUnit {
        /// The unit as it was written.
        unit: String,
    },
    /// A negative weight, or a table that does not rise.
    #[error(
        "the weights of `{kind}` must not be negative, and its table must rise; a heavier sanction may not count for less"
    )]
    Unsound {
        /// The kind.
        kind: String,
    },
    /// An amount that is not an exact number.
    #[error("`{field}` must be an exact number; {source}")]
    NotExact {
        /// The field.
        field: &'static str,
        /// What was wrong with it.
        source: super::super::exact::NotExact,
    },
    /// A rate that something is divided by is zero.
    #[error("`{field}` is zero or less; it says how much makes one unit and must be positive")]
    NotPositive {
        /// The field.
        field: &'static str,
    },
}
