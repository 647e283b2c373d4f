//! The places and posts of prisons, and how full each is.

use std::collections::BTreeSet;

use domain::facility::{Facility, Place};
use domain::official::{Fact, Facts, Population};

use super::history::on_day;
use super::prisons::NO_STAYS;
use super::{Asked, record};
use crate::error::StoreError;
use crate::registry::Registry;

/// A prison as it was on the day.
pub(super) struct Prison {
    id: String,
    place: Place,
}

impl Registry {
    /// Places of detention that were opened, each as it was on the day.
    pub(super) async fn facilities(&self, asked: &Asked<'_>) -> Result<Vec<Prison>, StoreError> {
        let ids = self
            .ids_in("cases", "case_id", Some("facility"), asked)
            .await?;
        let known = self.histories::<Facility>(&ids, asked.index).await?;
        let mut found = Vec::new();
        for (id, events) in &known {
            let then: Facility = on_day(events, asked.day, asked.law, |_| false);
            if let Some(place) = then.opened() {
                let (id, place) = (id.clone(), place.clone());
                found.push(Prison { id, place });
            }
        }
        Ok(found)
    }
}

/// The places of detention that are no prisons, by their codes.
pub(super) fn no_prisons(facilities: &[Prison], asked: &Asked<'_>) -> BTreeSet<String> {
    let kinds = &asked.law.official.no_prisons;
    let outside = facilities
        .iter()
        .filter(|known| kinds.contains(&known.place.opening.kind));
    outside
        .map(|known| known.place.opening.facility.to_string())
        .collect()
}

/// How many places and posts the prisons have, and how full each is. One that does not say how many leaves all of them
/// without a figure: a sum over the others would be read as that of all.
#[expect(
    clippy::too_many_lines,
    reason = "one answer for each thing that may be missing"
)]
pub(super) fn tell_places(
    facilities: &[Prison],
    held: Option<&[Fact]>,
    asked: &Asked<'_>,
    facts: &mut Facts,
) {
    let rules = &asked.law.official;
    let is_prison = |known: &&Prison| {
        !rules.no_prisons.contains(&known.place.opening.kind) && known.place.closed.is_none()
    };
    let prisons: Vec<&Prison> = facilities.iter().filter(is_prison).collect();
    let of_places = [
        Population::Places,
        Population::HeldInPlaces,
        Population::Over,
        Population::Free,
    ];
    let posts: Vec<_> = prisons.iter().map(|prison| filled(prison, asked)).collect();
    if prisons.is_empty() {
        for population in of_places.into_iter().chain([Population::Staff]) {
            facts.cannot_tell(
                population,
                "No prison is recorded in this register on that day.",
            );
        }
        return;
    }
    match posts.iter().filter(|posts| posts.is_none()).count() {
        0 => facts.tell(Population::Staff, posts.into_iter().flatten().collect()),
        silent => facts.cannot_tell(
            Population::Staff,
            format!(
                "{silent} of {} prisons have not counted their posts by that day.",
                prisons.len()
            ),
        ),
    }
    let Some(definition) = &rules.capacity else {
        for population in of_places {
            facts.cannot_tell(
                population,
                "The rules do not say which number of places is the official capacity (official.capacity).",
            );
        }
        return;
    };
    let mut capacities = Vec::new();
    let mut silent = 0_usize;
    for prison in &prisons {
        match prison.place.capacity(definition, asked.day) {
            Some(places) => capacities.push((*prison, u64::from(places))),
            None => silent = silent.saturating_add(1),
        }
    }
    if silent > 0 {
        for population in of_places {
            facts.cannot_tell(
                population,
                format!(
                    "{silent} of {} prisons have not declared a number of places of the meaning {definition:?} for that day.",
                    prisons.len(),
                    definition = definition.as_str()
                ),
            );
        }
        return;
    }
    let amounts = |of: &dyn Fn(u64, u64) -> u64| {
        let each = capacities.iter().map(|(prison, places)| {
            let inside = held.map_or(0, |held| in_place(held, prison));
            let behind = vec![record::<Facility>(&prison.id)];
            Fact::amount(of(inside, *places), behind)
        });
        each.collect::<Vec<_>>()
    };
    facts.tell(Population::Places, amounts(&|_, places| places));
    let Some(held) = held else {
        for population in [Population::HeldInPlaces, Population::Over, Population::Free] {
            facts.cannot_tell(population, NO_STAYS);
        }
        return;
    };
    facts.tell(
        Population::Over,
        amounts(&|inside, places| inside.saturating_sub(places)),
    );
    facts.tell(
        Population::Free,
        amounts(&|inside, places| places.saturating_sub(inside)),
    );
    let inside = held.iter().filter(|fact| {
        let mut all = capacities.iter();
        all.any(|(prison, _)| fact.word("place") == prison.place.opening.facility.as_str())
    });
    facts.tell(Population::HeldInPlaces, inside.cloned().collect());
}

fn in_place(held: &[Fact], prison: &Prison) -> u64 {
    let place = prison.place.opening.facility.as_str();
    let inside = held.iter().filter(|fact| fact.word("place") == place);
    u64::try_from(inside.count()).unwrap_or(u64::MAX)
}

/// The posts of a prison that are filled, as they were counted last by the day.
fn filled(prison: &Prison, asked: &Asked<'_>) -> Option<Fact> {
    let counted = prison.place.staff.iter();
    let counted = counted.max_by_key(|staff| asked.law.date(staff.counted).latest())?;
    let behind = vec![record::<Facility>(&prison.id)];
    Some(Fact::amount(u64::from(counted.filled), behind))
}
