//! What a jurisdiction asks of its places of detention.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Coded, PackError, among, once};
use crate::values::Code;

/// What a group of people is to the rules that hold people apart (Nelson Mandela Rules 11; ICCPR art. 10).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum GroupMeaning {
    /// People who are not tried yet.
    Untried,
    /// People who are convicted, sentenced or not.
    Convicted,
    /// Women who are no children any more.
    Women,
    /// Men who are no children any more.
    Men,
    /// Children, girls and boys.
    Children,
    /// Girls.
    Girls,
    /// Boys.
    Boys,
}

/// What groups mean; one that is not named is held apart from nobody.
pub type GroupMeanings = BTreeMap<Code, GroupMeaning>;

/// Every group that means something is in the list of groups.
pub(super) fn means_what_is_listed(
    at: &str,
    means: &GroupMeanings,
    groups: &[Coded],
) -> Result<(), PackError> {
    let named: Vec<Code> = means.keys().cloned().collect();
    among(at, &named, groups)
}

/// What a jurisdiction asks of its places of detention. An empty list holds every code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct FacilityRules {
    /// Kinds of place.
    pub kinds: Vec<Coded>,
    /// Groups of people for whom a place may be meant. They overlap.
    pub groups: Vec<Coded>,
    /// What the groups mean where people are held apart.
    pub group_means: GroupMeanings,
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
        means_what_is_listed("facility.group_means", &self.group_means, &self.groups)
    }
}
