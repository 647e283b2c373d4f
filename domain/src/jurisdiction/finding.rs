//! What a jurisdiction asks of what the register notices.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Coded, PackError, once};

/// What a jurisdiction asks of what the register notices. An empty list holds every code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct FindingRules {
    /// What may come of a finding.
    pub dispositions: Vec<Coded>,
    /// Why a finding is opened again.
    pub reasons: Vec<Coded>,
    /// Within how many days a critical finding is closed.
    pub critical_days: Option<u32>,
    /// Within how many days any other finding is closed.
    pub notice_days: Option<u32>,
}

impl FindingRules {
    pub(super) fn check(&self) -> Result<(), PackError> {
        for (at, list) in [
            ("finding.dispositions", &self.dispositions),
            ("finding.reasons", &self.reasons),
        ] {
            once(at, list.iter().map(|coded| &coded.code))?;
        }
        Ok(())
    }
}
