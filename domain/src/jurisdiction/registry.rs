//! What a jurisdiction asks of the register itself.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Coded, PackError, Provision, once};

/// What a jurisdiction asks of the register itself. An empty list holds every code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RegistryRules {
    /// Why a key is replaced by another.
    pub rotations: Vec<Coded>,
    /// Provisions on which records are handed over.
    pub bases: Vec<Provision>,
    /// Provisions on which two records of one human being are merged.
    pub merging: Vec<Provision>,
    /// Why what is known of a person is put right; where none is named, those of sentences hold.
    pub correction_reasons: Vec<Coded>,
    /// How much is handed over.
    pub scopes: Vec<Coded>,
    /// Why published figures are withdrawn.
    pub withdrawals: Vec<Coded>,
    /// What may be lost.
    pub losses: Vec<Coded>,
    /// Why something was lost.
    pub causes: Vec<Coded>,
}

impl RegistryRules {
    pub(super) fn check(&self) -> Result<(), PackError> {
        once("registry.bases", self.bases.iter().map(|basis| &basis.code))?;
        let merging = self.merging.iter();
        once("registry.merging", merging.map(|basis| &basis.code))?;
        for (at, list) in [
            ("registry.correction_reasons", &self.correction_reasons),
            ("registry.rotations", &self.rotations),
            ("registry.scopes", &self.scopes),
            ("registry.withdrawals", &self.withdrawals),
            ("registry.losses", &self.losses),
            ("registry.causes", &self.causes),
        ] {
            once(at, list.iter().map(|coded| &coded.code))?;
        }
        Ok(())
    }
}
