//! What a jurisdiction asks of a stay in a place of detention.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::facility::{GroupMeanings, means_what_is_listed};
use super::{Coded, PackError, Provision, once};

/// What a jurisdiction asks of a stay in a place of detention. An empty list holds every code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CustodyRules {
    /// Provisions on which somebody is arrested or held, beside a sentence and a case before judgment.
    pub provisions: Vec<Provision>,
    /// Who may order that somebody is held.
    pub authorities: Vec<Coded>,
    /// Where somebody may be arrested.
    pub districts: Vec<Coded>,
    /// How a person's case may stand.
    pub groups: Vec<Coded>,
    /// What the groups mean where people are held apart: not tried yet, or convicted.
    pub group_means: GroupMeanings,
    /// Provisions that allow a child to be held with adults; nothing allows it where there is none.
    pub child_with_adults: Vec<Provision>,
    /// What may be missing where somebody is held without a valid order.
    pub missing: Vec<Coded>,
    /// Where a child may live.
    pub placements: Vec<Coded>,
    /// Levels of security, lowest first.
    pub levels: Vec<Coded>,
    /// Instruments of classification; what they compute is computed elsewhere.
    pub instruments: Vec<Coded>,
    /// Grounds for isolation.
    pub isolation_grounds: Vec<Coded>,
    /// Why somebody is moved.
    pub transfer_reasons: Vec<Coded>,
    /// Kinds of contact with the family.
    pub contacts: Vec<Coded>,
    /// Grounds for release.
    pub release_grounds: Vec<Coded>,
    /// From how many hours a day on somebody who is alone is in solitary confinement.
    pub isolation_hours: u8,
    /// On which days of it somebody has to look.
    pub isolation_watch: Vec<u32>,
    /// How many days of it are the most.
    pub isolation_longest: u32,
    /// Within how many days of an arrest for a breach a court hears the person.
    pub hearing_days: Option<u32>,
    /// How many days may pass between two contacts of a child with its family.
    pub contact_days: Option<u32>,
    /// Within how many days of a child's release its file is sealed.
    pub seal_days: u32,
}

impl Default for CustodyRules {
    /// What the Nelson Mandela Rules (44) and the Havana Rules (19, 60) name: 22 hours, 15 days, a month, at release.
    fn default() -> Self {
        Self {
            provisions: Vec::new(),
            authorities: Vec::new(),
            districts: Vec::new(),
            groups: Vec::new(),
            group_means: GroupMeanings::new(),
            child_with_adults: Vec::new(),
            missing: Vec::new(),
            placements: Vec::new(),
            levels: Vec::new(),
            instruments: Vec::new(),
            isolation_grounds: Vec::new(),
            transfer_reasons: Vec::new(),
            contacts: Vec::new(),
            release_grounds: Vec::new(),
            isolation_hours: 22,
            isolation_watch: vec![12, 15],
            isolation_longest: 15,
            hearing_days: None,
            contact_days: Some(31),
            seal_days: 0,
        }
    }
}

impl CustodyRules {
    pub(super) fn check(&self) -> Result<(), PackError> {
        let provisions = self.provisions.iter().map(|provision| &provision.code);
        once("custody.provisions", provisions)?;
        let allowed = self.child_with_adults.iter().map(|allows| &allows.code);
        once("custody.child_with_adults", allowed)?;
        for (at, list) in [
            ("custody.authorities", &self.authorities),
            ("custody.districts", &self.districts),
            ("custody.groups", &self.groups),
            ("custody.missing", &self.missing),
            ("custody.placements", &self.placements),
            ("custody.levels", &self.levels),
            ("custody.instruments", &self.instruments),
            ("custody.isolation_grounds", &self.isolation_grounds),
            ("custody.transfer_reasons", &self.transfer_reasons),
            ("custody.contacts", &self.contacts),
            ("custody.release_grounds", &self.release_grounds),
        ] {
            once(at, list.iter().map(|coded| &coded.code))?;
        }
        means_what_is_listed("custody.group_means", &self.group_means, &self.groups)
    }
}
