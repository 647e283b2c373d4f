//! The rules of a place of detention, each with a case that passes and one that does not.

mod counts;
mod course;
mod stock;

use super::{
    ChangeRegime, DeclareCapacity, Facility, FacilityCommand, GroupHeld, OpenFacility,
    RecordPopulation, Visits,
};
use crate::act::Facts;
use crate::actor::Role;
use crate::testing::doors::{self, after};
use crate::testing::samples::{code, on};
use crate::values::{Day, Known, Occurred};

fn facts() -> Facts {
    doors::facts_of(Role::Administrator, [])
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// A prison for convicted men, opened on 5 January 2026.
fn opening() -> OpenFacility {
    OpenFacility {
        facility: "calder-prison".parse().unwrap(),
        opened: on("2026-01-05"),
        kind: code("prison"),
        holds: vec![code("convicted"), code("men")],
    }
}

fn open() -> FacilityCommand {
    FacilityCommand::Open(opening())
}

fn opened() -> Facility {
    after(&facts(), [open()])
}

/// So many places in use since the opening.
fn capacity(declared: Occurred, places: u32) -> DeclareCapacity {
    DeclareCapacity {
        declared,
        definition: code("operational"),
        places,
        from: day("2026-01-05"),
        unit: None,
        holds: Vec::new(),
    }
}

fn declare(places: u32) -> FacilityCommand {
    FacilityCommand::DeclareCapacity(capacity(on("2026-01-05"), places))
}

/// A place with a hundred places in use.
fn declared() -> Facility {
    after(&facts(), [open(), declare(100)])
}

/// So many people, all of them convicted men.
fn population(counted: Occurred, held: u32) -> RecordPopulation {
    let group = |group| GroupHeld {
        group: code(group),
        held,
    };
    RecordPopulation {
        counted,
        held,
        groups: vec![group("convicted"), group("men")],
    }
}

fn count(held: u32) -> impl Fn(Occurred) -> FacilityCommand {
    move |counted| FacilityCommand::RecordPopulation(population(counted, held))
}

/// No visits from 10 February 2026 on, and nothing in their place.
fn suspension(decided: Occurred) -> ChangeRegime {
    ChangeRegime {
        decided,
        regime: code("lockdown"),
        visits: Visits::Suspended,
        substitute: Known::NotRecorded,
        from: day("2026-02-10"),
        until: None,
        reason: code("infection"),
    }
}

/// A suspension with something changed, at any moment.
fn suspending(change: impl Fn(&mut ChangeRegime)) -> impl Fn(Occurred) -> FacilityCommand {
    move |decided| {
        let mut wish = suspension(decided);
        change(&mut wish);
        FacilityCommand::ChangeRegime(wish)
    }
}
