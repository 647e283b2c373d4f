//! What stands against acts on a place of detention. All of it is noticed: counts are facts, and no count is refused for
//! what it shows.

use super::{Reasoned, objection};
use crate::act::{Facts, Objection};
use crate::facility::{ChangeRegime, FacilityRefusal, Place, RecordPopulation};

type Found = Vec<Objection<FacilityRefusal>>;

/// FA-6: visits are not suspended for long with nothing in their place.
pub(crate) fn visits(place: &Place, wish: &ChangeRegime, facts: &Facts, found: &mut Found) {
    let alone = place.left_alone(Some(wish));
    let Some(((since, until), days)) = alone.zip(facts.law.facility.visits_days) else {
        return;
    };
    // Without an end it has lasted until today; the clock sees to the days that come.
    let last = until.unwrap_or(facts.today);
    if last >= since.plus_days(days) {
        let refusal = FacilityRefusal::VisitsSuspended { since, days };
        found.push(Objection::notice(refusal));
    }
}

/// What a count of people meets: MR-10, FA-7, FA-8.
pub(crate) fn population(place: &Place, wish: &RecordPopulation, facts: &Facts, found: &mut Found) {
    let law = &facts.law;
    if place.last_declared().is_none() {
        let refusal = FacilityRefusal::CapacityMissing;
        found.extend(objection(refusal, Reasoned::No, law));
    }
    if let Some(on) = facts.date(wish.counted).latest() {
        for definition in place.definitions() {
            let occupancy = place.occupancy(definition, wish.held, on);
            if let Some(full) = occupancy.filter(|full| full.is_overcrowded()) {
                let refusal = FacilityRefusal::Overcrowded {
                    held: full.held(),
                    places: full.places(),
                    definition: definition.clone(),
                };
                found.push(Objection::notice(refusal));
            }
        }
    }
    let meant = &place.opening.holds;
    let others = wish
        .groups
        .iter()
        .filter(|counted| counted.held > 0 && !meant.contains(&counted.group));
    for counted in others {
        let refusal = FacilityRefusal::HoldsOthers {
            group: counted.group.clone(),
            held: counted.held,
        };
        found.push(Objection::notice(refusal));
    }
}
