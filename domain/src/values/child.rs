//! What is noted of a child of somebody.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Answer, Code, Known};
use crate::personal::PersonalText;

/// A child of somebody, as it is asked when the person is received or later (Bangkok Rules, rule 3).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ChildNoted {
    /// Age in completed years.
    #[serde(skip_serializing_if = "Known::is_not_recorded")]
    pub age: Known<u16>,
    /// Where the child lives.
    #[serde(skip_serializing_if = "Known::is_not_recorded")]
    #[schemars(extend("x-list" = "custody.placements"))]
    pub placement: Known<Code>,
    /// Whether somebody cares for the child.
    #[serde(skip_serializing_if = "Known::is_not_recorded")]
    pub cared_for: Known<Answer>,
    /// The child's name, and who cares for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details: Option<PersonalText>,
}
