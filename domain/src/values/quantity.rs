//! Quantities of requirements: what is owed and what is credited, with the unit in the type.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::number::days_in_words;

/// Minutes of work or activity. Hours are sixty of them; credits are often shorter than an hour.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[schemars(inline)]
pub struct Minutes(pub u32);

impl fmt::Display for Minutes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hours = self.0.checked_div(60).unwrap_or_default();
        match self.0.checked_rem(60).unwrap_or_default() {
            0 => write!(f, "{hours} h"),
            rest => write!(f, "{hours} h {rest} min"),
        }
    }
}

/// The unit in which a requirement is fulfilled.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Minutes of work or activity.
    Minutes,
    /// Days of activity or abstinence.
    Days,
    /// Sessions of a programme or centre.
    Sessions,
}

/// How much of a requirement is owed or credited: a whole number with its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Quantity {
    /// Minutes of work or activity.
    Minutes(u32),
    /// Days of activity or abstinence.
    Days(u32),
    /// Sessions of a programme or centre.
    Sessions(u32),
}

impl Quantity {
    /// So many of a unit.
    pub fn of(amount: u32, unit: Unit) -> Self {
        match unit {
            Unit::Minutes => Self::Minutes(amount),
            Unit::Days => Self::Days(amount),
            Unit::Sessions => Self::Sessions(amount),
        }
    }

    /// The unit.
    pub fn unit(self) -> Unit {
        match self {
            Self::Minutes(_) => Unit::Minutes,
            Self::Days(_) => Unit::Days,
            Self::Sessions(_) => Unit::Sessions,
        }
    }

    /// How many of the unit.
    pub fn amount(self) -> u32 {
        match self {
            Self::Minutes(n) | Self::Days(n) | Self::Sessions(n) => n,
        }
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Minutes(minutes) => Minutes(*minutes).fmt(f),
            Self::Days(days) => f.write_str(&days_in_words(*days)),
            Self::Sessions(1) => f.write_str("1 session"),
            Self::Sessions(sessions) => write!(f, "{sessions} sessions"),
        }
    }
}
