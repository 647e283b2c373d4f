//! Whether an act on a place of detention may be, and what then happens: a ladder of guards, one way out.

use std::collections::BTreeSet;

use super::command::{
    ChangeRegime, CloseFacility, DeclareCapacity, FacilityCommand, OpenFacility,
    RecordHealthStatus, RecordPopulation, RecordStaff,
};
use super::event::FacilityEvent;
use super::refusal::FacilityRefusal;
use super::state::{Facility, Place};
use crate::act::{Facts, Objection};
use crate::jurisdiction::{Coded, codes_of, knows};
use crate::safeguards::facility as safeguards;
use crate::stream::entered;
use crate::values::{Code, Occurred};

type Decided = Result<Vec<FacilityEvent>, FacilityRefusal>;
type Objections = Vec<Objection<FacilityRefusal>>;

pub(super) fn decide(facility: &Facility, command: FacilityCommand, facts: &Facts) -> Decided {
    use FacilityCommand as Wish;
    match command {
        Wish::Open(wish) => open(facility, wish, facts),
        Wish::DeclareCapacity(wish) => declare(facility, wish, facts),
        Wish::ChangeRegime(wish) => change(facility, wish, facts),
        Wish::RecordHealthStatus(wish) => health(facility, wish, facts),
        Wish::RecordStaff(wish) => staff(facility, wish, facts),
        Wish::RecordPopulation(wish) => population(facility, wish, facts),
        Wish::Close(wish) => close(facility, wish, facts),
    }
}

fn open(facility: &Facility, wish: OpenFacility, facts: &Facts) -> Decided {
    if facility.opened().is_some() {
        return Err(FacilityRefusal::AlreadyOpened);
    }
    past(wish.opened, facts)?;
    let mut found = Objections::new();
    let places = &facts.law.facilities;
    let named = wish.facility.as_str();
    if !knows(places, named) {
        let facility = wish.facility.clone();
        found.push(Objection::hard(FacilityRefusal::UnknownPlace { facility }));
    }
    let rules = &facts.law.facility;
    listed("kinds", &rules.kinds, &wish.kind, &mut found);
    for group in &wish.holds {
        listed("groups", &rules.groups, group, &mut found);
    }
    let door = facts.door(wish.opened);
    Ok(vec![FacilityEvent::Opened(entered(wish, door, found)?)])
}

fn declare(facility: &Facility, wish: DeclareCapacity, facts: &Facts) -> Decided {
    running(facility, "declaring a capacity", wish.declared, facts)?;
    // A part of a place may be out of use; a place without any is closed.
    if wish.places == 0 && wish.unit.is_none() {
        return Err(FacilityRefusal::NoPlaces);
    }
    let mut found = Objections::new();
    let rules = &facts.law.facility;
    let definitions = &rules.definitions;
    listed("definitions", definitions, &wish.definition, &mut found);
    if let Some(unit) = &wish.unit {
        listed("units", &rules.units, unit, &mut found);
    } else if !wish.holds.is_empty() {
        return Err(FacilityRefusal::HoldsWithoutUnit);
    }
    for group in &wish.holds {
        listed("groups", &rules.groups, group, &mut found);
    }
    let door = facts.door(wish.declared);
    let event = FacilityEvent::CapacityDeclared(entered(wish, door, found)?);
    Ok(vec![event])
}

fn change(facility: &Facility, wish: ChangeRegime, facts: &Facts) -> Decided {
    let place = running(facility, "changing the regime", wish.decided, facts)?;
    let from = wish.from;
    since_the_opening(place, Occurred::On(from.into()), facts)?;
    if let Some(until) = wish.until.filter(|until| *until < from) {
        return Err(FacilityRefusal::EndsTooEarly { from, until });
    }
    let mut found = Objections::new();
    let rules = &facts.law.facility;
    listed("regimes", &rules.regimes, &wish.regime, &mut found);
    listed(
        "regime_reasons",
        &rules.regime_reasons,
        &wish.reason,
        &mut found,
    );
    if let Some(substitute) = wish.substitute.value() {
        listed("substitutes", &rules.substitutes, substitute, &mut found);
    }
    safeguards::visits(place, &wish, facts, &mut found);
    let door = facts.door(wish.decided);
    let event = FacilityEvent::RegimeChanged(entered(wish, door, found)?);
    Ok(vec![event])
}

fn health(facility: &Facility, wish: RecordHealthStatus, facts: &Facts) -> Decided {
    running(facility, "recording the state of health", wish.since, facts)?;
    let mut found = Objections::new();
    let statuses = &facts.law.facility.health_statuses;
    listed("health_statuses", statuses, &wish.status, &mut found);
    let door = facts.door(wish.since);
    let event = FacilityEvent::HealthStatusRecorded(entered(wish, door, found)?);
    Ok(vec![event])
}

fn staff(facility: &Facility, wish: RecordStaff, facts: &Facts) -> Decided {
    running(facility, "recording staff", wish.counted, facts)?;
    within("filled posts", wish.filled, wish.posts)?;
    within("posts for health care", wish.health_posts, wish.posts)?;
    let (filled, posts) = (wish.health_filled, wish.health_posts);
    within("filled posts for health care", filled, posts)?;
    within("filled posts for health care", filled, wish.filled)?;
    let door = facts.door(wish.counted);
    let entered = entered(wish, door, Objections::new())?;
    Ok(vec![FacilityEvent::StaffRecorded(entered)])
}

fn population(facility: &Facility, wish: RecordPopulation, facts: &Facts) -> Decided {
    let place = running(facility, "recording who is held", wish.counted, facts)?;
    let mut seen = BTreeSet::new();
    for counted in &wish.groups {
        if !seen.insert(&counted.group) {
            let group = counted.group.clone();
            return Err(FacilityRefusal::CountedTwice { group });
        }
        let part = format!("people of the group {}", counted.group);
        within(&part, counted.held, wish.held)?;
    }
    let mut found = Objections::new();
    let groups = &facts.law.facility.groups;
    for counted in &wish.groups {
        listed("groups", groups, &counted.group, &mut found);
    }
    safeguards::population(place, &wish, facts, &mut found);
    let door = facts.door(wish.counted);
    let event = FacilityEvent::PopulationRecorded(entered(wish, door, found)?);
    Ok(vec![event])
}

fn close(facility: &Facility, wish: CloseFacility, facts: &Facts) -> Decided {
    running(facility, "closing it", wish.closed, facts)?;
    let mut found = Objections::new();
    let reasons = &facts.law.facility.closing_reasons;
    listed("closing_reasons", reasons, &wish.reason, &mut found);
    let door = facts.door(wish.closed);
    Ok(vec![FacilityEvent::Closed(entered(wish, door, found)?)])
}

/// The place, where it is open, and what is recorded of it lies neither in the future nor before its opening.
fn running<'a>(
    facility: &'a Facility,
    wish: &'static str,
    done: Occurred,
    facts: &Facts,
) -> Result<&'a Place, FacilityRefusal> {
    let place = facility.opened().filter(|place| place.closed.is_none());
    let place = place.ok_or_else(|| FacilityRefusal::NotPossible {
        state: facility.title(),
        wish,
    })?;
    past(done, facts)?;
    since_the_opening(place, done, facts)?;
    Ok(place)
}

fn since_the_opening(place: &Place, done: Occurred, facts: &Facts) -> Result<(), FacilityRefusal> {
    let opened = place.opening.opened;
    if facts.is_before(done, opened) {
        return Err(FacilityRefusal::BeforeTheOpening {
            done: facts.date(done),
            opened: facts.date(opened),
        });
    }
    Ok(())
}

fn past(done: Occurred, facts: &Facts) -> Result<(), FacilityRefusal> {
    if facts.is_future(done) {
        Err(FacilityRefusal::InTheFuture { done })
    } else {
        Ok(())
    }
}

/// A part is no larger than its whole.
fn within(part: &str, count: u32, whole: u32) -> Result<(), FacilityRefusal> {
    if count > whole {
        let part = part.to_owned();
        Err(FacilityRefusal::PartExceedsWhole { part, count, whole })
    } else {
        Ok(())
    }
}

/// A code outside its list; an empty list holds every code.
fn listed(list: &'static str, codes: &[Coded], code: &Code, found: &mut Objections) {
    if !knows(codes, code.as_str()) {
        let refusal = FacilityRefusal::UnknownCode {
            list,
            code: code.clone(),
            known: codes_of(codes),
        };
        found.push(Objection::hard(refusal));
    }
}
