//! What a jurisdiction asks before judgment.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Coded, PackError, Provision, once};

/// What a jurisdiction asks before judgment. An empty list holds every code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PretrialRules {
    /// Provisions on which detention and its alternatives rest.
    pub bases: Vec<Provision>,
    /// Grounds for detention.
    pub grounds: Vec<Coded>,
    /// Alternatives to detention, lightest first.
    pub alternatives: Vec<Coded>,
    /// What makes it necessary to hold somebody who is pregnant or has a dependent child (Bangkok Rules 64).
    pub dangers: Vec<Coded>,
    /// On which grounds a child may be held (Beijing Rules 17.1(c)).
    pub child_grounds: Vec<Coded>,
    /// How many days detention may last in all before judgment.
    pub longest_days: Option<u32>,
    /// Within how many days detention is reviewed.
    pub review_days: Option<u32>,
    /// Within how many days the detention of a child is reviewed (General Comment 24: about two weeks).
    pub child_review_days: Option<u32>,
    /// How many measures are thought to be kept at once.
    pub most_measures: Option<usize>,
    /// Which alternatives need no consent; the others are imposed before a trial and need it.
    pub without_consent: Vec<crate::values::Code>,
}

impl PretrialRules {
    pub(super) fn check(&self) -> Result<(), PackError> {
        once("pretrial.bases", self.bases.iter().map(|basis| &basis.code))?;
        for (at, list) in [
            ("pretrial.grounds", &self.grounds),
            ("pretrial.alternatives", &self.alternatives),
            ("pretrial.dangers", &self.dangers),
            ("pretrial.child_grounds", &self.child_grounds),
        ] {
            once(at, list.iter().map(|coded| &coded.code))?;
        }
        for code in &self.without_consent {
            if !self.alternatives.iter().any(|known| &known.code == code) {
                return Err(PackError::Dangling {
                    at: "pretrial.without_consent".to_owned(),
                    code: code.to_string(),
                });
            }
        }
        Ok(())
    }
}
