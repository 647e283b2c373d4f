//! Marks that several streams put on what they record.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the person said to something that needs consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    /// Agreed, informed of the consequences.
    Given,
    /// Refused.
    Refused,
}

/// Whether a failure to keep an appointment may be enforced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Enforceable {
    /// A failure counts.
    Yes,
    /// It was offered, not required.
    No,
}
