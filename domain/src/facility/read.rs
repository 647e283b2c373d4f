//! What is read of a place of detention: how full it is, and since when nobody can visit.

use std::collections::BTreeSet;

use num_rational::Ratio;

use super::command::{ChangeRegime, RecordPopulation};
use super::state::Place;
use crate::values::{CivilDate, Code, Day, Occurred};

/// How full a place is: two counts, and nothing rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occupancy {
    held: u32,
    places: u32,
}

impl Occupancy {
    /// How full a place is that holds so many and has so many places; it cannot be computed where it has none.
    pub fn of(held: u32, places: u32) -> Option<Self> {
        (places > 0).then_some(Self { held, places })
    }

    /// How many are held.
    pub fn held(self) -> u32 {
        self.held
    }

    /// How many places there are.
    pub fn places(self) -> u32 {
        self.places
    }

    /// How many are held for each place; one is full.
    pub fn share(self) -> Ratio<u32> {
        Ratio::new(self.held, self.places)
    }

    /// How many are held for each hundred places, to one place after the point, rounded to the nearest.
    pub fn per_hundred(self) -> String {
        let (held, places) = (u64::from(self.held), u64::from(self.places));
        let twice = held.saturating_mul(2_000).saturating_add(places);
        let tenths = twice.checked_div(places.saturating_mul(2)).unwrap_or(0);
        let (whole, tenth) = (tenths.checked_div(10), tenths.checked_rem(10));
        format!("{}.{}", whole.unwrap_or(0), tenth.unwrap_or(0))
    }

    /// How many more are held than there are places.
    pub fn over(self) -> u32 {
        self.held.saturating_sub(self.places)
    }

    /// Whether more are held than there are places.
    pub fn is_overcrowded(self) -> bool {
        self.held > self.places
    }
}

impl Place {
    /// Whom a part of the place is meant for on a day, as was declared last; all of it where no part is named, or where
    /// nothing else was said of the part. The latest of a time that is known less exactly counts.
    pub fn meant_for(&self, unit: Option<&Code>, on: Day) -> &[Code] {
        let said = self.capacities.iter().filter(|declared| {
            declared.unit.is_some()
                && declared.unit.as_ref() == unit
                && !declared.holds.is_empty()
                && declared.from <= on
        });
        let last = said.max_by_key(|declared| declared.from);
        last.map_or(self.opening.holds.as_slice(), |last| last.holds.as_slice())
    }

    /// How many places all of it has on a day by a definition, as was declared last. Parts are not added up: whether
    /// every part is declared, the record does not say.
    pub fn capacity(&self, definition: &Code, on: Day) -> Option<u32> {
        let whole = self.capacities.iter().filter(|c| c.unit.is_none());
        whole
            .filter(|c| &c.definition == definition && c.from <= on)
            .max_by_key(|c| c.from)
            .map(|c| c.places)
    }

    /// From which day the number of places by a definition holds that holds on a day.
    pub fn declared_from(&self, definition: &Code, on: Day) -> Option<Day> {
        let whole = self.capacities.iter().filter(|c| c.unit.is_none());
        let declared = whole.filter(|c| &c.definition == definition && c.from <= on);
        declared.map(|c| c.from).max()
    }

    /// How full it is on a day, by a definition, when it holds so many; `None` is "not computable".
    pub fn occupancy(&self, definition: &Code, held: u32, on: Day) -> Option<Occupancy> {
        Occupancy::of(held, self.capacity(definition, on)?)
    }

    /// The last count of the people in it on or before a day.
    pub fn population(
        &self,
        on: Day,
        date: impl Fn(Occurred) -> CivilDate,
    ) -> Option<&RecordPopulation> {
        let counted = |p: &RecordPopulation| date(p.counted).latest();
        let so_far = self
            .populations
            .iter()
            .filter(|p| counted(p).is_some_and(|day| day <= on));
        so_far.max_by_key(|p| counted(p))
    }

    /// The definitions by which all of it has a capacity, each once.
    pub fn definitions(&self) -> BTreeSet<&Code> {
        let whole = self.capacities.iter().filter(|c| c.unit.is_none());
        whole.map(|c| &c.definition).collect()
    }

    /// From when the capacity is that was declared last of all of it.
    pub(crate) fn last_declared(&self) -> Option<Day> {
        let whole = self.capacities.iter().filter(|c| c.unit.is_none());
        whole.map(|c| c.from).max()
    }

    /// Since when nobody can visit and nothing stands in the place of visits, with a regime that may follow.
    pub(crate) fn left_alone(&self, next: Option<&ChangeRegime>) -> Option<(Day, Option<Day>)> {
        let regimes = self.regimes.iter().chain(next);
        regimes.fold(None, |alone: Option<(Day, Option<Day>)>, regime| {
            if !regime.leaves_alone() {
                return None;
            }
            // One suspension that follows another without a day between them goes on.
            let unbroken = alone
                .filter(|(_, until)| until.is_none_or(|until| until.plus_days(1) >= regime.from));
            let since = unbroken.map_or(regime.from, |(since, _)| since.min(regime.from));
            Some((since, regime.until))
        })
    }
}
