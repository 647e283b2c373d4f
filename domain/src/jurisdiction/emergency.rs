//! What a jurisdiction asks of an emergency.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Coded, PackError, Provision, once};
use crate::values::Code;

/// What a jurisdiction asks of an emergency. An empty list holds every code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct EmergencyRules {
    /// Provisions on which an emergency, its extension and its cuts rest.
    pub bases: Vec<Provision>,
    /// Authorities of justice and of health.
    pub authorities: Vec<Coded>,
    /// Attributes of a person that criteria may read.
    pub attributes: Vec<Coded>,
    /// Attributes that are protected traits besides those of Tokyo Rules 2.2: criteria read them only to protect.
    pub protected: Vec<Code>,
    /// Grounds on which a release is refused.
    pub grounds: Vec<Coded>,
    /// What is compared to check who somebody is.
    pub identity: Vec<Coded>,
    /// Rights that may be cut.
    pub rights: Vec<Coded>,
    /// What may make it necessary to cut a right.
    pub necessities: Vec<Coded>,
    /// What may stand in the way of a measure.
    pub obstacles: Vec<Coded>,
    /// What may be learnt of a measure.
    pub lessons: Vec<Coded>,
}

impl EmergencyRules {
    pub(super) fn check(&self) -> Result<(), PackError> {
        let bases = self.bases.iter().map(|basis| &basis.code);
        once("emergency.bases", bases)?;
        for (at, list) in [
            ("emergency.authorities", &self.authorities),
            ("emergency.attributes", &self.attributes),
            ("emergency.grounds", &self.grounds),
            ("emergency.identity", &self.identity),
            ("emergency.rights", &self.rights),
            ("emergency.necessities", &self.necessities),
            ("emergency.obstacles", &self.obstacles),
            ("emergency.lessons", &self.lessons),
        ] {
            once(at, list.iter().map(|coded| &coded.code))?;
        }
        super::among("emergency.protected", &self.protected, &self.attributes)
    }
}
