//! What has to be known of a conviction.

use std::collections::BTreeSet;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{CivilDate, Code, Day, Known, Length};

/// Which conviction it is, as whoever asks counts them.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct ConvictionNo(pub u16);

impl fmt::Display for ConvictionNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A conviction, or a caution, with all that its period depends on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Conviction {
    /// Which one it is.
    pub no: ConvictionNo,
    /// The day of the conviction, or on which the caution was given.
    pub on: CivilDate,
    /// The age of the person on that day, in completed years.
    #[serde(default)]
    pub age: Known<u16>,
    /// The classes of the pack into which the offence falls; an empty list says that it falls into none.
    #[serde(default)]
    pub offence: Known<BTreeSet<Code>>,
    /// What was imposed.
    pub disposals: Vec<Disposal>,
}

/// Something that was imposed on a conviction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Disposal {
    /// What, by the disposals of the pack.
    pub kind: Code,
    /// Its term; several where they are served one after the other.
    #[serde(default)]
    pub terms: Vec<Length>,
    /// Its first day.
    #[serde(default)]
    pub begins: Option<Day>,
    /// Its end.
    #[serde(default)]
    pub end: End,
    /// When it was paid in full.
    #[serde(default)]
    pub paid: Option<Day>,
}

/// The end of a sentence or an order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// It follows from the first day and the term.
    #[default]
    ByTerm,
    /// Its last day, time on licence included; or the day on which it ceased to have effect.
    On(Day),
    /// It runs until further order or until something happens, and still runs.
    Open,
    /// The order says nothing of its end.
    Unsaid,
}
