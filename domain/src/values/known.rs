//! Absence, said exactly.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A circumstance that may be absent in three ways. Absence never reads as "no".
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
#[serde(rename_all = "snake_case")]
pub enum Known<T> {
    /// The record does not say.
    #[default]
    NotRecorded,
    /// Nobody asked.
    NotAsked,
    /// The person was asked and chose not to answer.
    Declined,
    /// The answer.
    Value(T),
}

impl<T> Known<T> {
    /// The answer, if one was given.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::NotRecorded | Self::NotAsked | Self::Declined => None,
        }
    }

    /// Whether the record is silent; such a field is not written at all.
    pub fn is_not_recorded(&self) -> bool {
        matches!(self, Self::NotRecorded)
    }

    /// The answer in other words; the kind of absence stays.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Known<U> {
        match self {
            Self::NotRecorded => Known::NotRecorded,
            Self::NotAsked => Known::NotAsked,
            Self::Declined => Known::Declined,
            Self::Value(value) => Known::Value(f(value)),
        }
    }
}

impl<T> From<Option<T>> for Known<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::NotRecorded, Self::Value)
    }
}
