//! What may be asked of a place of detention.
//!
//! Nothing here is personal: a place is a code of the pack, and so is all that is said of it, but for counts and days.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::dated;
use crate::personal::{Seal, Sealer};
use crate::values::{Code, Day, FacilityCode, Known, Occurred};

/// What may be asked of a place of detention.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum FacilityCommand {
    /// Open a place of detention.
    Open(OpenFacility),
    /// Declare how many places it has.
    DeclareCapacity(DeclareCapacity),
    /// Change how it is run, visits included.
    ChangeRegime(ChangeRegime),
    /// Record the state of health in it.
    RecordHealthStatus(RecordHealthStatus),
    /// Record its posts and how many are filled.
    RecordStaff(RecordStaff),
    /// Record how many people it holds.
    RecordPopulation(RecordPopulation),
    /// Close it.
    Close(CloseFacility),
}

/// The opening of a place of detention.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenFacility {
    /// Which place it is.
    #[schemars(extend("x-list" = "facilities"))]
    pub facility: FacilityCode,
    /// When it was opened.
    pub opened: Occurred,
    /// What kind of place it is.
    #[schemars(extend("x-list" = "facility.kinds"))]
    pub kind: Code,
    /// Whom it is meant for.
    #[schemars(extend("x-list" = "facility.groups"))]
    pub holds: Vec<Code>,
}

/// A number of places, by a definition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeclareCapacity {
    /// When it was declared.
    pub declared: Occurred,
    /// What the number means.
    #[schemars(extend("x-list" = "facility.definitions"))]
    pub definition: Code,
    /// How many places there are.
    pub places: u32,
    /// From which day on.
    pub from: Day,
    /// In which part of it; all of it where this is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-list" = "facility.units"))]
    pub unit: Option<Code>,
    /// Whom this part is meant for; it is meant for whom the place is where this is left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-list" = "facility.groups"))]
    pub holds: Vec<Code>,
}

/// How visits are held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Visits {
    /// Visitors come in.
    InPerson,
    /// Visits are held by video only.
    Video,
    /// There are no visits.
    Suspended,
}

/// How a place is run from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeRegime {
    /// When it was decided.
    pub decided: Occurred,
    /// How the place is run.
    #[schemars(extend("x-list" = "facility.regimes"))]
    pub regime: Code,
    /// How visits are held.
    pub visits: Visits,
    /// What there is in place of visits.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    #[schemars(extend("x-list" = "facility.substitutes"))]
    pub substitute: Known<Code>,
    /// From which day on.
    pub from: Day,
    /// The last day, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// Why.
    #[schemars(extend("x-list" = "facility.regime_reasons"))]
    pub reason: Code,
}

impl ChangeRegime {
    /// Whether it leaves people with neither visits nor anything in their place.
    pub fn leaves_alone(&self) -> bool {
        self.visits == Visits::Suspended && self.substitute.value().is_none()
    }
}

/// The state of health in a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordHealthStatus {
    /// Since when.
    pub since: Occurred,
    /// How it stands.
    #[schemars(extend("x-list" = "facility.health_statuses"))]
    pub status: Code,
}

/// The posts of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordStaff {
    /// When they were counted.
    pub counted: Occurred,
    /// How many posts there are.
    pub posts: u32,
    /// How many of them are filled.
    pub filled: u32,
    /// How many of the posts are for health care.
    pub health_posts: u32,
    /// How many posts for health care are filled.
    pub health_filled: u32,
}

/// How many people of a group a place holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupHeld {
    /// Which group.
    #[schemars(extend("x-list" = "facility.groups"))]
    pub group: Code,
    /// How many people of it are held.
    pub held: u32,
}

/// How many people a place holds. Groups overlap: who is untried may be a woman, so that they add up to no whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordPopulation {
    /// When they were counted.
    pub counted: Occurred,
    /// How many people were held in all.
    pub held: u32,
    /// How many of them belong to each group.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<GroupHeld>,
}

/// The closing of a place of detention.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseFacility {
    /// When it was closed.
    pub closed: Occurred,
    /// Why.
    #[schemars(extend("x-list" = "facility.closing_reasons"))]
    pub reason: Code,
}

dated! {
    OpenFacility: opened,
    DeclareCapacity: declared,
    ChangeRegime: decided,
    RecordHealthStatus: since,
    RecordStaff: counted,
    RecordPopulation: counted,
    CloseFacility: closed,
}

impl Seal for FacilityCommand {
    fn seal<S: Sealer>(&mut self, _sealer: &mut S) -> Result<(), S::Error> {
        Ok(())
    }
}
