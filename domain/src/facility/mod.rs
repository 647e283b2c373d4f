//! A place of detention: what it is for, how many it has places for, how it is run.
//!
//! A place is *opened* and *closed*. In between its capacity is declared, by a definition and from a day; its regime is
//! changed, visits included; the state of health in it, its staff and how many it holds are recorded. Whether it is
//! overcrowded follows from two counts and is never guessed: without a capacity it cannot be computed.
//!
//! | rule | says |
//! |---|---|
//! | FA-1 | a place of detention is opened once |
//! | FA-2 | nothing is recorded of the future, nor of before the opening, and nothing ends before it begins |
//! | FA-3 | an act is possible only in the state that allows it |
//! | FA-4 | places of detention, kinds, groups, definitions, regimes and reasons are those of the pack |
//! | FA-5 | a capacity has places, no part is larger than its whole, and nobody is counted twice in one group |
//! | FA-6 | visits are not suspended for long with nothing in their place |
//! | FA-7 | a place that holds more people than it has places for is noticed |
//! | FA-8 | a place holds only those whom it is meant for |
//! | MR-10 | how many places there are is declared before people are counted, and declared anew in time |

mod aggregate;
mod command;
mod decide;
mod event;
mod read;
mod refusal;
mod state;
mod stock;
#[cfg(test)]
mod tests;

pub use command::{
    ChangeRegime, CloseFacility, DeclareCapacity, FacilityCommand, GroupHeld, OpenFacility,
    RecordHealthStatus, RecordPopulation, RecordStaff, Visits,
};
pub use event::FacilityEvent;
pub use read::Occupancy;
pub use refusal::FacilityRefusal;
pub use state::{Facility, Place};
pub use stock::{Remaining, RunDown, Stock, TimeHeld, run_down, stock};
