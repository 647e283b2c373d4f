//! What a jurisdiction asks of complaints.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Coded, PackError, once};
use crate::values::Code;

/// What a jurisdiction asks of complaints. An empty list holds every code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ComplaintRules {
    /// Kinds of complaint.
    pub kinds: Vec<Coded>,
    /// Which kinds are answered sooner.
    pub urgent: Vec<Code>,
    /// Which kinds are looked into even when they are withdrawn (Convention against Torture, art. 12).
    pub inquired: Vec<Code>,
    /// Who answers complaints.
    pub bodies: Vec<Coded>,
    /// Levels to which a complaint can be taken, nearest first.
    pub levels: Vec<Coded>,
    /// What may come of a complaint.
    pub outcomes: Vec<Coded>,
    /// How it may be made good.
    pub redress: Vec<Coded>,
    /// Why a complaint is taken to a higher level or opened again.
    pub reasons: Vec<Coded>,
    /// Whether the official complained about may read the complaint.
    pub subject_reads: bool,
    /// Within how many days a complaint is answered.
    pub answer_days: Option<u32>,
    /// Within how many days an urgent complaint is answered.
    pub urgent_days: Option<u32>,
    /// How many days after that it goes to a higher level.
    pub escalation_days: Option<u32>,
}

impl ComplaintRules {
    /// Within how many days a complaint of a kind is answered.
    pub fn answer_within(&self, kind: &Code) -> Option<u32> {
        if self.urgent.contains(kind) {
            self.urgent_days.or(self.answer_days)
        } else {
            self.answer_days
        }
    }

    pub(super) fn check(&self) -> Result<(), PackError> {
        for (at, list) in [
            ("complaint.kinds", &self.kinds),
            ("complaint.bodies", &self.bodies),
            ("complaint.levels", &self.levels),
            ("complaint.outcomes", &self.outcomes),
            ("complaint.redress", &self.redress),
            ("complaint.reasons", &self.reasons),
        ] {
            once(at, list.iter().map(|coded| &coded.code))?;
        }
        for (at, codes) in [
            ("complaint.urgent", &self.urgent),
            ("complaint.inquired", &self.inquired),
        ] {
            super::among(at, codes, &self.kinds)?;
        }
        Ok(())
    }
}
