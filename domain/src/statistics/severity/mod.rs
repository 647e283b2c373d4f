//! Severity scales are policy, and policy is data (`docs/statistics.md` §2).
//!
//! Events hold the components of a sentence; a scale gives each kind of component a weight as an
//! exact rational. Severity is that of the sentence as imposed, before credit for remand. Of an
//! extended sentence the custodial term counts as custody and the extension as supervision.
//!
//! Combination: terms of one kind run in groups; a group counts its longest term and groups add;
//! kinds add to each other. What the policy does not convert is counted beside.

mod combine;
mod policy;
mod short_form;

pub use combine::{
    RecordedTotal, Severity, SignStability, severity, severity_as_totalled, sign_stability,
};
pub use policy::{Combine, Conversion, PolicyError, Rule, ScalePolicy, Step, Weight};
pub use short_form::{ShortComponent, ShortPolicy};

use super::exact::Exact;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The kind of a component, in the vocabulary of the policy: `custody`, `fine`, `discharge` …
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Kind(pub String);

impl From<&str> for Kind {
    fn from(kind: &str) -> Self {
        Self(kind.to_owned())
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The unit of an amount. Money is in minor units of a named currency: `minor:MNT`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub enum Unit {
    /// Calendar years.
    Years,
    /// Calendar months.
    Months,
    /// Weeks.
    Weeks,
    /// Days.
    Days,
    /// Hours.
    Hours,
    /// Minutes.
    Minutes,
    /// Units without a measure of their own, such as day-fine units.
    Units,
    /// Minor units of a currency, by its ISO 4217 code.
    MoneyMinor(String),
}

const PLAIN_UNITS: [(&str, Unit); 7] = [
    ("years", Unit::Years),
    ("months", Unit::Months),
    ("weeks", Unit::Weeks),
    ("days", Unit::Days),
    ("hours", Unit::Hours),
    ("minutes", Unit::Minutes),
    ("units", Unit::Units),
];

impl TryFrom<String> for Unit {
    type Error = PolicyError;

    fn try_from(text: String) -> Result<Self, PolicyError> {
        if let Some((_, unit)) = PLAIN_UNITS.iter().find(|(name, _)| *name == text) {
            return Ok(unit.clone());
        }
        match text.strip_prefix("minor:") {
            Some(code) if code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()) => {
                Ok(Self::MoneyMinor(code.to_owned()))
            }
            _ => Err(PolicyError::UnknownUnit { unit: text }),
        }
    }
}

impl From<Unit> for String {
    fn from(unit: Unit) -> Self {
        unit.to_string()
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Self::MoneyMinor(currency) = self {
            return write!(f, "minor:{currency}");
        }
        let name = PLAIN_UNITS.iter().find(|(_, unit)| unit == self);
        f.write_str(name.map_or("units", |(name, _)| name))
    }
}

/// An exact quantity in its unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// How much.
    pub value: Exact,
    /// Of what.
    pub unit: Unit,
}

/// How a term runs beside the others of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// At the same time as the others of its group.
    Concurrent,
    /// After the others.
    Consecutive,
}

/// One component of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component {
    /// Its kind, in the vocabulary of the policy.
    pub kind: Kind,
    /// The quantity, as the parts of one term (one year, six months); empty where it is not
    /// recorded.
    pub amounts: Vec<Amount>,
    /// Whether the term has no end: life, or indeterminate.
    pub indeterminate: bool,
    /// The named group of terms it runs in, if the court named one.
    pub group: Option<String>,
    /// How it runs, if the court said so.
    pub mode: Option<Mode>,
}

impl Component {
    /// A component that stands alone, of one amount.
    pub fn of(kind: &str, value: Exact, unit: Unit) -> Self {
        Self {
            amounts: vec![Amount { value, unit }],
            ..Self::without_amount(kind)
        }
    }

    /// A component without a quantity: one that has none, or whose quantity is not recorded.
    pub fn without_amount(kind: &str) -> Self {
        Self {
            kind: kind.into(),
            amounts: Vec::new(),
            indeterminate: false,
            group: None,
            mode: None,
        }
    }
}

#[cfg(test)]
mod tests;
