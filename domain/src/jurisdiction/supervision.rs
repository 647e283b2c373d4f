//! What a jurisdiction asks of supervision.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Coded;

/// What a jurisdiction asks of supervision. An empty list holds every code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SupervisionRules {
    /// Instruments of assessment; what they compute is computed elsewhere.
    pub instruments: Vec<Coded>,
    /// Needs that an assessment may name.
    pub needs: Vec<Coded>,
    /// Levels of supervision, lightest first.
    pub levels: Vec<Coded>,
    /// Reasons for another level.
    pub level_reasons: Vec<Coded>,
    /// Programmes.
    pub programmes: Vec<Coded>,
    /// Reasons why a programme ended before it was completed.
    pub programme_reasons: Vec<Coded>,
    /// Reasons for correcting a contact.
    pub correction_reasons: Vec<Coded>,
    /// Kinds of violation.
    pub violations: Vec<Coded>,
    /// Grounds on which recall may be requested.
    pub recall_grounds: Vec<Coded>,
    /// What may have been tried before recall.
    pub recall_alternatives: Vec<Coded>,
    /// Reasons why a supervision ended.
    pub ending_reasons: Vec<Coded>,
}
