//! What happened to a place of detention.

use super::command::{
    ChangeRegime, CloseFacility, DeclareCapacity, OpenFacility, RecordHealthStatus,
    RecordPopulation, RecordStaff,
};
use crate::events;

events! {
    /// What happened to a place of detention.
    FacilityEvent of "facility" {
        /// A place of detention was opened.
        Opened(OpenFacility) = "opened",
        /// How many places it has was declared.
        CapacityDeclared(DeclareCapacity) = "capacity_declared",
        /// How it is run was changed.
        RegimeChanged(ChangeRegime) = "regime_changed",
        /// The state of health in it was recorded.
        HealthStatusRecorded(RecordHealthStatus) = "health_status_recorded",
        /// Its posts were recorded.
        StaffRecorded(RecordStaff) = "staff_recorded",
        /// How many people it holds was recorded.
        PopulationRecorded(RecordPopulation) = "population_recorded",
        /// It was closed.
        Closed(CloseFacility) = "closed",
    }
}
