//! What a place of detention is after what happened to it.

use serde::{Deserialize, Serialize};

use super::command::{
    ChangeRegime, CloseFacility, DeclareCapacity, OpenFacility, RecordHealthStatus,
    RecordPopulation, RecordStaff,
};
use super::event::FacilityEvent;
use crate::act::Finding;
use crate::stream::StreamEvent;

/// A place of detention in its life cycle.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Facility {
    /// Nothing is recorded under this id.
    #[default]
    Unopened,
    /// It was opened.
    Opened(Box<Place>),
}

/// A place of detention that was opened. Each list is in the order of entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// How it was opened.
    pub opening: OpenFacility,
    /// How many places it has, as it was declared.
    pub capacities: Vec<DeclareCapacity>,
    /// How it was run.
    pub regimes: Vec<ChangeRegime>,
    /// How health stood in it.
    pub health: Vec<RecordHealthStatus>,
    /// Its posts, as they were counted.
    pub staff: Vec<RecordStaff>,
    /// How many people it held, as they were counted.
    pub populations: Vec<RecordPopulation>,
    /// How it was closed.
    pub closed: Option<CloseFacility>,
    /// Findings of every event, oldest first.
    pub findings: Vec<Finding>,
}

impl Facility {
    /// The words for the state, whatever the day.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Unopened => "not recorded",
            Self::Opened(place) => place.title(),
        }
    }

    /// The place that was opened.
    pub fn opened(&self) -> Option<&Place> {
        match self {
            Self::Opened(place) => Some(place),
            Self::Unopened => None,
        }
    }

    pub(super) fn after(self, event: &FacilityEvent) -> Self {
        match (self, event) {
            (_, FacilityEvent::Opened(entered)) => {
                let mut place = Place::of(&entered.told);
                place.findings.clone_from(&entered.findings);
                Self::Opened(Box::new(place))
            }
            (Self::Opened(place), _) => Self::Opened(Box::new(place.after(event))),
            (Self::Unopened, _) => Self::Unopened,
        }
    }
}

impl Place {
    fn of(opening: &OpenFacility) -> Self {
        Self {
            opening: opening.clone(),
            capacities: Vec::new(),
            regimes: Vec::new(),
            health: Vec::new(),
            staff: Vec::new(),
            populations: Vec::new(),
            closed: None,
            findings: Vec::new(),
        }
    }

    /// The words that people read.
    pub fn title(&self) -> &'static str {
        if self.closed.is_some() {
            "closed"
        } else {
            "open"
        }
    }

    fn after(mut self, event: &FacilityEvent) -> Self {
        self.findings.extend(event.findings().iter().cloned());
        match event {
            FacilityEvent::CapacityDeclared(entered) => self.capacities.push(entered.told.clone()),
            FacilityEvent::RegimeChanged(entered) => self.regimes.push(entered.told.clone()),
            FacilityEvent::HealthStatusRecorded(entered) => self.health.push(entered.told.clone()),
            FacilityEvent::StaffRecorded(entered) => self.staff.push(entered.told),
            FacilityEvent::PopulationRecorded(entered) => {
                self.populations.push(entered.told.clone());
            }
            FacilityEvent::Closed(entered) => self.closed = Some(entered.told.clone()),
            FacilityEvent::Opened(_) => {}
        }
        self
    }
}
