//! The short form of a scale in days of custody: one rate per kind, written as text.

use super::super::exact::{Exact, Rational};
use super::policy::{Combine, Conversion, PolicyError, Rule, ScalePolicy, Weight};
use super::{Amount, Component, Kind, Mode, Unit};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A scale in days of custody, one rate per kind. A kind without a rate has no weight.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShortPolicy {
    /// Name and version.
    pub version: String,
    /// The unit of the scale.
    pub unit: String,
    /// The weight of a day of immediate custody.
    pub custody_day: Rational,
    /// The weight of a day of suspended custody.
    pub suspended_custody_day: Option<Rational>,
    /// The weight of a day of home detention or curfew.
    pub home_detention_day: Option<Rational>,
    /// How many hours of community work make one day.
    pub community_work_hours_per_day: Option<Rational>,
    /// The weight of a day of intensive supervision.
    pub intensive_supervision_day: Option<Rational>,
    /// The weight of a day of ordinary supervision.
    pub supervision_day: Option<Rational>,
    /// The weight of a day-fine unit.
    pub day_fine_unit: Option<Rational>,
    /// The value of a discharge.
    pub discharge: Option<Rational>,
    /// What a life term counts for, in days.
    pub life_days: Option<Rational>,
}

impl ShortPolicy {
    /// Days for an hour of community work.
    fn day_per_hour_of_work(&self) -> Result<Option<Rational>, PolicyError> {
        match self.community_work_hours_per_day {
            None => Ok(None),
            Some(hours) if hours.0 > Exact::from(0) => Ok(Some(Rational(hours.0.recip()))),
            Some(_) => Err(PolicyError::NotPositive {
                field: "community_work_hours_per_day",
            }),
        }
    }
}

impl TryFrom<ShortPolicy> for ScalePolicy {
    type Error = PolicyError;

    fn try_from(short: ShortPolicy) -> Result<Self, PolicyError> {
        let work = short.day_per_hour_of_work()?;
        let (concurrent, consecutive) = (
            Combine::ConcurrentUnlessOrdered,
            Combine::ConsecutiveUnlessOrdered,
        );
        let rates = [
            ("custody", concurrent, Unit::Days, Some(short.custody_day)),
            (
                "suspended",
                consecutive,
                Unit::Days,
                short.suspended_custody_day,
            ),
            (
                "home_detention",
                Combine::Add,
                Unit::Days,
                short.home_detention_day,
            ),
            ("work", Combine::Add, Unit::Hours, work),
            (
                "intensive_supervision",
                Combine::Add,
                Unit::Days,
                short.intensive_supervision_day,
            ),
            (
                "supervision",
                Combine::Add,
                Unit::Days,
                short.supervision_day,
            ),
            ("day_fine", Combine::Add, Unit::Units, short.day_fine_unit),
        ];
        let mut kinds = BTreeMap::new();
        for (kind, combine, unit, rate) in rates {
            let Some(rate) = rate else { continue };
            let life = short.life_days.filter(|_| kind == "custody");
            let weights = BTreeMap::from([(unit, Weight::PerUnit(rate))]);
            kinds.insert(
                kind.into(),
                Rule::Converted(Conversion {
                    combine,
                    weights,
                    life,
                }),
            );
        }
        if let Some(value) = short.discharge {
            kinds.insert("discharge".into(), Rule::Fixed { value, rank: 1 });
        }
        let policy = Self {
            version: short.version,
            unit: short.unit,
            kinds,
        };
        policy.validate()?;
        Ok(policy)
    }
}

/// One component in the short form: its type, and an amount under the name of its unit.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShortComponent {
    /// The kind.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// Days.
    pub days: Option<serde_json::Number>,
    /// Hours.
    pub hours: Option<serde_json::Number>,
    /// Day-fine units.
    pub units: Option<serde_json::Number>,
    /// Whether the term is for life.
    #[serde(default)]
    pub life: bool,
    /// The group of terms it runs in.
    pub group: Option<String>,
    /// How it runs.
    pub mode: Option<Mode>,
}

impl TryFrom<ShortComponent> for Component {
    type Error = PolicyError;

    fn try_from(short: ShortComponent) -> Result<Self, PolicyError> {
        let fields = [
            ("days", Unit::Days, short.days),
            ("hours", Unit::Hours, short.hours),
            ("units", Unit::Units, short.units),
        ];
        let mut amounts = Vec::new();
        for (field, unit, number) in fields {
            let Some(number) = number else { continue };
            let value: Rational = number
                .to_string()
                .parse()
                .map_err(|source| PolicyError::NotExact { field, source })?;
            amounts.push(Amount {
                value: value.0,
                unit,
            });
        }
        Ok(Self {
            kind: short.kind,
            amounts,
            indeterminate: short.life,
            group: short.group,
            mode: short.mode,
        })
    }
}
