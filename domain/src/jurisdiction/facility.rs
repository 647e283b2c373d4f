//! What a jurisdiction asks of its places of detention.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Coded, PackError, once};

/// What a jurisdiction asks of its places of detention. An empty list holds every code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct FacilityRules {
    /// Kinds of place.
    pub kinds: Vec<Coded>,
    /// Groups of people for whom a place may be meant. They overlap.
    pub groups: Vec<Coded>,
    /// What a number of places may mean.
    pub definitions: Vec<Coded>,
    /// Parts of a place.
    pub units: Vec<Coded>,
    /// How a place may be run.
    pub regimes: Vec<Coded>,
    /// What there may be in place of visits.
    pub substitutes: Vec<Coded>,
    /// Why it is run otherwise.
    pub regime_reasons: Vec<Coded>,
    /// How health may stand.
    pub health_statuses: Vec<Coded>,
    /// Why a place is closed.
    pub closing_reasons: Vec<Coded>,
    /// After how many days a capacity is declared anew.
    pub capacity_days: Option<u32>,
    /// For how many days visits may be suspended with nothing in their place.
    pub visits_days: Option<u32>,
}

impl FacilityRules {
    pub(super) fn check(&self) -> Result<(), PackError> {
        for (at, list) in [
            ("facility.kinds", &self.kinds),
            ("facility.groups", &self.groups),
            ("facility.definitions", &self.definitions),
            ("facility.units", &self.units),
            ("facility.regimes", &self.regimes),
            ("facility.substitutes", &self.substitutes),
            ("facility.regime_reasons", &self.regime_reasons),
            ("facility.health_statuses", &self.health_statuses),
            ("facility.closing_reasons", &self.closing_reasons),
        ] {
            once(at, list.iter().map(|coded| &coded.code))?;
        }
        Ok(())
    }
}
