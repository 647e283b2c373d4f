//! What a jurisdiction asks of supervision.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Coded, Fraction, PackError, once};

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
    /// The most cases that one officer looks after.
    pub most_cases: Option<u32>,
    /// The part of a supervision after which it may end early when it has done its work.
    pub early_end: Option<Fraction>,
}

impl SupervisionRules {
    pub(super) fn check(&self) -> Result<(), PackError> {
        for (at, list) in [
            ("supervision.instruments", &self.instruments),
            ("supervision.needs", &self.needs),
            ("supervision.levels", &self.levels),
            ("supervision.level_reasons", &self.level_reasons),
            ("supervision.programmes", &self.programmes),
            ("supervision.programme_reasons", &self.programme_reasons),
            ("supervision.correction_reasons", &self.correction_reasons),
            ("supervision.violations", &self.violations),
            ("supervision.recall_grounds", &self.recall_grounds),
            ("supervision.recall_alternatives", &self.recall_alternatives),
            ("supervision.ending_reasons", &self.ending_reasons),
        ] {
            once(at, list.iter().map(|coded| &coded.code))?;
        }
        Ok(())
    }
}
