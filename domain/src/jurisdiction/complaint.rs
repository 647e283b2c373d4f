//! What a jurisdiction asks of complaints.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Coded, PackError, once};
use crate::actor::Role;
use crate::values::{Code, OfficeCode};

/// Somebody who answers complaints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ComplaintBody {
    /// The code that events hold.
    pub code: Code,
    /// The words that people read.
    pub title: String,
    /// What it answers complaints about; about everything where nothing is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<Complained>,
    /// Who answers there once a complaint was taken to it; everybody who answers complaints where nobody is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Role>,
}

impl ComplaintBody {
    /// Whether it answers complaints about such a thing.
    pub fn answers_about(&self, about: Complained) -> bool {
        self.about.is_empty() || self.about.contains(&about)
    }

    /// Whether somebody in a role answers there.
    pub fn is_answered_by(&self, role: Role) -> bool {
        self.roles.is_empty() || self.roles.contains(&role)
    }
}

/// What sort of thing a complaint is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Complained {
    /// A record of the register, or what was decided in it.
    Record,
    /// A place where people are held.
    Facility,
    /// An office.
    Office,
    /// A court.
    Court,
    /// Something else.
    Other,
}

impl Complained {
    /// The words that people read.
    pub fn title(self) -> &'static str {
        match self {
            Self::Record => "a record",
            Self::Facility => "a place of detention",
            Self::Office => "an office",
            Self::Court => "a court",
            Self::Other => "something else",
        }
    }
}

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
    pub bodies: Vec<ComplaintBody>,
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
    /// The rule of a body that answers complaints.
    pub fn body(&self, office: &OfficeCode) -> Option<&ComplaintBody> {
        let mut bodies = self.bodies.iter();
        bodies.find(|body| body.code.as_str() == office.as_str())
    }

    /// Within how many days a complaint of a kind is answered.
    pub fn answer_within(&self, kind: &Code) -> Option<u32> {
        if self.urgent.contains(kind) {
            self.urgent_days.or(self.answer_days)
        } else {
            self.answer_days
        }
    }

    pub(super) fn check(&self) -> Result<(), PackError> {
        once("complaint.bodies", self.bodies.iter().map(|b| &b.code))?;
        for (at, list) in [
            ("complaint.kinds", &self.kinds),
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
