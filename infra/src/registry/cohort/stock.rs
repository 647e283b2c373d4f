//! How many people are held on days before, during and after an emergency, and against how many places.
//!
//! A stock is counted at the end of a day from the stays in custody: who came counts, who left does not. Nothing is
//! estimated; a place whose capacity is not declared has no share.

use std::collections::{BTreeMap, BTreeSet};

use domain::custody::Custody;
use domain::facility::{Facility, Place};
use domain::jurisdiction::Pack;
use domain::values::{Code, Day, FacilityCode};
use schemars::JsonSchema;
use serde::Serialize;

/// Up to so many days an emergency is told day by day; a longer one by the last days of its months.
const DAILY: i64 = 31;
/// So many months after its end are told.
const AFTERWARDS: u32 = 3;

/// Where a day lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// The day before the declaration.
    Before,
    /// From the declaration to the end.
    During,
    /// After the end.
    After,
}

/// How many people were held at the end of a day.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct HeldOn {
    /// The day.
    pub day: Day,
    /// Where it lies.
    pub phase: Phase,
    /// How many were held.
    pub held: u32,
    /// How many that is for each hundred of the day before the declaration; null where nobody was held then.
    pub for_a_hundred_before: Option<f64>,
    /// How many came since the day told before; null on the first.
    pub admitted: Option<u32>,
    /// How many left since the day told before; null on the first.
    pub left: Option<u32>,
    /// How many places there were, where a capacity is declared; null where none is.
    pub places: Option<u32>,
    /// How many were held where a capacity is declared.
    pub held_in_them: u32,
    /// How many that is for each hundred places.
    pub for_a_hundred_places: Option<f64>,
    /// How many places of detention held more than they have places.
    pub overcrowded: u32,
}

/// How many people a place of detention held.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct HeldIn {
    /// The place of detention.
    pub facility: FacilityCode,
    /// How many on the day before the declaration.
    pub before: u32,
    /// How many on the last day told.
    pub last: u32,
    /// How many on each of the days told.
    pub held: Vec<u32>,
    /// How many places it had on each of them; null where none are declared.
    pub capacities: Vec<Option<u32>>,
    /// How many places it has on the last day told; null where none are declared.
    pub places: Option<u32>,
    /// How many are held for each hundred places.
    pub for_a_hundred_places: Option<f64>,
}

/// How many people are held before, during and after an emergency.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct Stock {
    /// By which definition places are counted: the first of the rules by which any place declared some.
    pub definition: Option<Code>,
    /// The days told, in their order.
    pub days: Vec<HeldOn>,
    /// The places of detention.
    pub facilities: Vec<HeldIn>,
}

type Counts = BTreeMap<FacilityCode, u32>;

/// What is counted, and how.
struct Counting<'a> {
    stays: &'a [Custody],
    places: BTreeMap<&'a FacilityCode, &'a Place>,
    definition: Option<&'a Code>,
    law: &'a Pack,
}

impl Stock {
    /// Counts on the days of an emergency that was declared on a first day, ended on a last one if it did, and is
    /// looked at today.
    pub(super) fn of(
        stays: &[Custody],
        places: &[Facility],
        law: &Pack,
        (declared, ended, today): (Day, Option<Day>, Day),
    ) -> Self {
        let opened = places.iter().filter_map(Facility::opened);
        let places: BTreeMap<_, _> = opened.map(|p| (&p.opening.facility, p)).collect();
        let definitions = law.facility.definitions.iter().map(|coded| &coded.code);
        let mut declared_by = definitions.filter(|definition| {
            let mut places = places.values();
            places.any(|place| place.capacity(definition, today).is_some())
        });
        let definition = declared_by.next();
        let counting = Counting {
            stays,
            places,
            definition,
            law,
        };
        let days = days(declared, ended, today);
        let counted: Vec<(Day, Counts)> = days
            .iter()
            .map(|day| (*day, counting.held_on(*day)))
            .collect();
        let before = counted.first().map_or(0, |(_, counts)| total(counts));
        let mut earlier = None;
        let told = counted.iter().map(|(day, counts)| {
            let moved = earlier.replace(*day).map(|from| counting.moved(from, *day));
            counting.told(*day, phase(*day, declared, ended), counts, (before, moved))
        });
        Self {
            days: told.collect(),
            facilities: counting.facilities(&counted),
            definition: counting.definition.cloned(),
        }
    }
}

impl Counting<'_> {
    fn held_on(&self, day: Day) -> Counts {
        let mut counts = Counts::new();
        for stay in self.stays {
            if let Some(facility) = stay.facility_on(day, |done| self.law.date(done)) {
                let held = counts.entry(facility.clone()).or_default();
                *held = held.saturating_add(1);
            }
        }
        counts
    }

    /// How many came and how many left after a day, up to and with another.
    fn moved(&self, from: Day, to: Day) -> (u32, u32) {
        let stays = self.stays.iter().filter_map(Custody::begun);
        let between = |day: Option<Day>| u32::from(day.is_some_and(|day| from < day && day <= to));
        stays.fold((0, 0), |(came, left), stay| {
            let out = stay.released.as_ref().map(|out| out.released);
            let out = out.and_then(|out| self.law.date(out).latest());
            (
                came.saturating_add(between(self.law.date(stay.began).latest())),
                left.saturating_add(between(out)),
            )
        })
    }

    fn capacity(&self, facility: &FacilityCode, day: Day) -> Option<u32> {
        self.places.get(facility)?.capacity(self.definition?, day)
    }

    fn told(
        &self,
        day: Day,
        phase: Phase,
        counts: &Counts,
        (before, moved): (u32, Option<(u32, u32)>),
    ) -> HeldOn {
        let (mut places, mut held_in_them, mut overcrowded) = (None, 0_u32, 0_u32);
        for facility in self.places.keys() {
            if let Some(capacity) = self.capacity(facility, day) {
                let held = counts.get(*facility).copied().unwrap_or_default();
                places = Some(capacity.saturating_add(places.unwrap_or_default()));
                held_in_them = held_in_them.saturating_add(held);
                overcrowded = overcrowded.saturating_add(u32::from(held > capacity));
            }
        }
        let held = total(counts);
        HeldOn {
            day,
            phase,
            held,
            for_a_hundred_before: for_a_hundred(held, before),
            admitted: moved.map(|(came, _)| came),
            left: moved.map(|(_, left)| left),
            places,
            held_in_them,
            for_a_hundred_places: places.and_then(|places| for_a_hundred(held_in_them, places)),
            overcrowded,
        }
    }

    fn facilities(&self, counted: &[(Day, Counts)]) -> Vec<HeldIn> {
        let Some(((_, before), (day, last))) = counted.first().zip(counted.last()) else {
            return Vec::new();
        };
        let of = |counts: &Counts, facility: &FacilityCode| {
            counts.get(facility).copied().unwrap_or_default()
        };
        let ever = counted.iter().flat_map(|(_, counts)| counts.keys());
        let known: BTreeSet<&FacilityCode> = ever.collect();
        let told = known.into_iter().map(|facility| {
            let (held, places) = (of(last, facility), self.capacity(facility, *day));
            HeldIn {
                facility: facility.clone(),
                before: of(before, facility),
                last: held,
                held: counted
                    .iter()
                    .map(|(_, counts)| of(counts, facility))
                    .collect(),
                capacities: counted
                    .iter()
                    .map(|(day, _)| self.capacity(facility, *day))
                    .collect(),
                places,
                for_a_hundred_places: places.and_then(|places| for_a_hundred(held, places)),
            }
        });
        told.collect()
    }
}

fn total(counts: &Counts) -> u32 {
    counts
        .values()
        .fold(0, |sum, held| sum.saturating_add(*held))
}

fn for_a_hundred(part: u32, whole: u32) -> Option<f64> {
    (whole > 0).then(|| f64::from(part) * 100.0 / f64::from(whole))
}

fn phase(day: Day, declared: Day, ended: Option<Day>) -> Phase {
    if day < declared {
        Phase::Before
    } else if ended.is_some_and(|ended| day > ended) {
        Phase::After
    } else {
        Phase::During
    }
}

/// The day before the declaration, days up to the end or today, and the ends of months afterwards.
fn days(declared: Day, ended: Option<Day>, today: Day) -> BTreeSet<Day> {
    let until = ended.map_or(today, |ended| ended.min(today)).max(declared);
    let mut days = BTreeSet::from([declared.minus_days(1), until]);
    if declared.days_until(until) < DAILY {
        let all = std::iter::successors(Some(declared), |day| Some(day.plus_days(1)));
        days.extend(all.take_while(|day| *day <= until));
    } else {
        days.extend(month_ends(declared, until));
    }
    if let Some(ended) = ended.filter(|ended| *ended < today) {
        let last = ended.plus_months(AFTERWARDS).min(today);
        days.extend(month_ends(ended, last));
        days.insert(last);
    }
    days
}

/// The last days of months from a day to another.
fn month_ends(from: Day, to: Day) -> impl Iterator<Item = Day> {
    let first = Day::of(from.year(), from.month(), 1);
    let firsts = std::iter::successors(first, |day| Some(day.plus_months(1)));
    let ends = firsts.map(|first| first.plus_months(1).minus_days(1));
    ends.take_while(move |end| *end <= to)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn told(declared: &str, ended: Option<&str>, today: &str) -> Vec<String> {
        let days = days(day(declared), ended.map(day), day(today));
        days.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_short_emergency_is_told_day_by_day_and_a_long_one_by_months() {
        assert_eq!(
            told("2026-02-26", None, "2026-03-02"),
            [
                "2026-02-25",
                "2026-02-26",
                "2026-02-27",
                "2026-02-28",
                "2026-03-01",
                "2026-03-02"
            ]
        );
        assert_eq!(
            told("2025-12-10", None, "2026-03-02"),
            [
                "2025-12-09",
                "2025-12-31",
                "2026-01-31",
                "2026-02-28",
                "2026-03-02"
            ]
        );
    }

    #[test]
    fn three_months_after_the_end_are_told_as_far_as_they_have_passed() {
        assert_eq!(
            told("2021-01-11", Some("2021-04-20"), "2026-03-02"),
            [
                "2021-01-10",
                "2021-01-31",
                "2021-02-28",
                "2021-03-31",
                "2021-04-20",
                "2021-04-30",
                "2021-05-31",
                "2021-06-30",
                "2021-07-20"
            ]
        );
        let both = told("2026-02-20", Some("2026-02-21"), "2026-03-02");
        assert_eq!(both.last().map(String::as_str), Some("2026-03-02"));
        assert_eq!(
            phase(
                day("2026-02-28"),
                day("2026-02-20"),
                Some(day("2026-02-21"))
            ),
            Phase::After
        );
    }

    #[test]
    fn a_share_of_nothing_is_none() {
        assert_eq!(for_a_hundred(3, 0), None);
        assert_eq!(for_a_hundred(3, 2), Some(150.0));
    }
}
