//! How long each class of personal data is kept.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::personal::DataClass;
use crate::values::Length;

/// How long a class of personal data is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// So long after the last measure has ended.
    For(Length),
    /// Until somebody competent orders that it goes.
    UntilOrdered,
}

/// How long each class of personal data is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct RetentionRules(BTreeMap<DataClass, Kept>);

impl RetentionRules {
    /// How long a class is kept, where the rules say so.
    pub fn of(&self, class: DataClass) -> Option<Kept> {
        self.0.get(&class).copied()
    }

    /// The classes of which the rules say nothing.
    pub fn unruled(&self) -> Vec<DataClass> {
        let unruled = |class: &DataClass| !self.0.contains_key(class);
        DataClass::ALL.into_iter().filter(unruled).collect()
    }
}
