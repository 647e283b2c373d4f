//! How full places of detention are: counted from the stays in the register, beside the place's own counts, against
//! every number of places that was declared, with what each number means.
//!
//! No person is named: what is read here are counts.

use std::collections::BTreeMap;

use domain::facility::{Facility, Occupancy, Place, RunDown, Stock, TimeHeld, run_down, stock};
use domain::jurisdiction::Pack;
use domain::values::{CivilDate, Code, Day};
use schemars::JsonSchema;
use serde::Serialize;

use super::Registry;
use super::moment::{AsOf, Moment};
use super::read::ReadError;
use crate::access::{Action, Call, allow};
use crate::error::{Damage, StoreError};
use crate::store::database::Value;

/// The days of the list of all places in which days over capacity are counted, today included.
const DAYS: u32 = 90;
/// The most days before the last of a period.
const LONGEST: u32 = 730;

/// A count of those who are held, by the place itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OwnCount {
    /// When it was counted.
    #[schemars(with = "String")]
    pub on: CivilDate,
    /// How many were held.
    pub held: u32,
}

/// How full a place is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Full {
    /// How many are held.
    pub held: u32,
    /// How many for each hundred places.
    pub per_hundred: String,
    /// How many more than there are places.
    pub over: u32,
}

impl From<Occupancy> for Full {
    fn from(full: Occupancy) -> Self {
        Self {
            held: full.held(),
            per_hundred: full.per_hundred(),
            over: full.over(),
        }
    }
}

/// A number of places, what it means, and how full the place is by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CapacityFigures {
    /// What the number means, by the code of the rules.
    pub definition: String,
    /// The same in words.
    pub title: String,
    /// How many places; none where it was not declared for the day.
    pub places: Option<u32>,
    /// From which day on the number holds.
    pub from: Option<Day>,
    /// How full it is by the stays in the register.
    pub by_stays: Option<Full>,
    /// How full it is by the last count of the place itself.
    pub by_own_count: Option<Full>,
    /// On how many days of the period more stays were held than there were places.
    pub days_over: u32,
    /// On how many days of the period that can be said.
    pub days_said: u32,
}

/// How full a place is on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PlaceFigures {
    /// The place, by the code of the rules.
    pub facility: String,
    /// In words.
    pub title: String,
    /// Its record, where it was opened in the register.
    pub id: Option<String>,
    /// The jurisdiction.
    pub jurisdiction: String,
    /// The day.
    pub day: Day,
    /// How many are held by the stays in the register, at the end of the day.
    pub held: u32,
    /// The last count of the place itself.
    pub own_count: Option<OwnCount>,
    /// By each meaning of a number of places.
    pub capacities: Vec<CapacityFigures>,
}

/// All places together by one meaning of a number of places: the average hides what is over in single places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Together {
    /// The meaning, by the code of the rules.
    pub definition: String,
    /// The same in words.
    pub title: String,
    /// By what those held are counted: `stays` or `own_count`.
    pub by: &'static str,
    /// How many places can be counted, as both numbers are known.
    pub of: u32,
    /// Places in all of them.
    pub places: u32,
    /// Held in all of them.
    pub held: u32,
    /// How many of them hold more than they have places for.
    pub overcrowded: u32,
    /// By how many, added up over those.
    pub over: u32,
}

/// One place, day by day, for a picture of all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceByDay {
    /// In words.
    pub title: String,
    /// Its record, where it was opened in the register.
    pub id: Option<String>,
    /// How many were held on each day, by the stays in the register.
    pub held: Vec<u32>,
    /// How many places it had on each day, by one meaning; none where it was not declared.
    pub places: Vec<Option<u32>>,
}

/// All places, day by day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacesByDay {
    /// The days, each up to the day of the moment.
    pub days: Vec<Day>,
    /// Each place, by its name.
    pub places: Vec<PlaceByDay>,
    /// How many stays begin on a day that is not known, and are in none of the numbers.
    pub undated: u32,
}

/// All places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacesFigures {
    /// Each place, the fullest first.
    pub places: Vec<PlaceFigures>,
    /// All together, by each meaning.
    pub together: Vec<Together>,
    /// In how many days before, the day included, days over capacity are counted.
    pub days: u32,
    /// The moment.
    pub moment: Moment,
}

/// One place, day by day.
#[derive(Debug, Clone)]
pub struct Occupied {
    /// How full it is on the last day.
    pub figures: PlaceFigures,
    /// What is recorded of it.
    pub place: Option<Place>,
    /// How many were held on each day of the period.
    pub days: Vec<Stock>,
    /// How the stock of the last day runs down.
    pub ahead: RunDown,
    /// How many stays begin on a day that is not known.
    pub undated: u32,
    /// The moment.
    pub moment: Moment,
}

/// A place as it is known: its record and the stays in it.
#[derive(Default)]
struct KnownPlace {
    id: Option<String>,
    jurisdiction: String,
    place: Option<Place>,
    times: Vec<TimeHeld>,
    undated: u32,
}

impl Registry {
    /// Every place of detention and how full it is.
    pub async fn places(&self, call: &Call, as_of: AsOf) -> Result<PlacesFigures, ReadError> {
        allow(call, Action::ReadFigures)?;
        let moment = self.moment(as_of).await?;
        let mut places = Vec::new();
        for (facility, known) in self.known_places(moment, None).await? {
            let law = self.law_at(&known.jurisdiction, moment).await?;
            let today = law.day(moment.instant);
            let days = stock(
                &known.times,
                today.minus_days(DAYS.saturating_sub(1)),
                today,
            );
            let is_closed = known
                .place
                .as_ref()
                .is_some_and(|place| place.closed.is_some());
            let figures = figures(&facility, &known, &law, &days);
            if !is_closed || figures.held > 0 {
                places.push(figures);
            }
        }
        places.sort_by_key(|place| {
            let fullest = place.capacities.iter().filter_map(most_over).max();
            (std::cmp::Reverse(fullest), place.title.clone())
        });
        let shown = places.iter().filter_map(|place| place.id.as_ref());
        let shown = shown.map(|id| format!("facility/{id}")).collect();
        let log = &self.inner.consultations;
        log.write(call, Action::ReadFigures, shown).await?;
        Ok(PlacesFigures {
            together: together(&places),
            places,
            days: DAYS,
            moment,
        })
    }

    /// Every place of detention day by day, over so many days up to that of the moment, with its places by one meaning.
    pub async fn places_by_day(
        &self,
        call: &Call,
        as_of: AsOf,
        (definition, back): (Option<&Code>, u32),
    ) -> Result<PlacesByDay, ReadError> {
        allow(call, Action::ReadFigures)?;
        let moment = self.moment(as_of).await?;
        let (mut days, mut places, mut undated) = (Vec::new(), Vec::new(), 0_u32);
        for (facility, known) in self.known_places(moment, None).await? {
            let law = self.law_at(&known.jurisdiction, moment).await?;
            let today = law.day(moment.instant);
            let first = today.minus_days(back.min(LONGEST).saturating_sub(1));
            let stocks = stock(&known.times, first, today);
            undated = undated.saturating_add(known.undated);
            let own = known.place.as_ref();
            if own.is_some_and(|place| place.closed.is_some())
                && stocks.iter().all(|day| day.held == 0)
            {
                continue;
            }
            let capacity = |day: &Stock| own?.capacity(definition?, day.day);
            if days.is_empty() {
                days = stocks.iter().map(|day| day.day).collect();
            }
            places.push(PlaceByDay {
                title: law.office_title(&facility).to_owned(),
                id: known.id,
                held: stocks.iter().map(|day| day.held).collect(),
                places: stocks.iter().map(capacity).collect(),
            });
        }
        places.sort_by(|a, b| a.title.cmp(&b.title));
        let shown = places.iter().filter_map(|place| place.id.as_ref());
        let shown = shown.map(|id| format!("facility/{id}")).collect();
        let log = &self.inner.consultations;
        log.write(call, Action::ReadFigures, shown).await?;
        Ok(PlacesByDay {
            days,
            places,
            undated,
        })
    }

    /// A place of detention day by day, from one day to another, up to the day of the moment.
    pub async fn occupied(
        &self,
        call: &Call,
        id: &str,
        as_of: AsOf,
        (from, to): (Option<Day>, Option<Day>),
    ) -> Result<Occupied, ReadError> {
        allow(call, Action::ReadFigures)?;
        let moment = self.moment(as_of).await?;
        let unknown = || ReadError::Unknown {
            what: "facility",
            id: id.to_owned(),
            past: moment.past,
        };
        let found = self.found::<Facility>(id, moment).await?;
        let place = found.state.opened().ok_or_else(unknown)?;
        let facility = place.opening.facility.to_string();
        let mut all = self.known_places(moment, Some(&facility)).await?;
        let known = all.remove(&facility).ok_or_else(unknown)?;
        let law = self.law_at(&known.jurisdiction, moment).await?;
        let today = law.day(moment.instant);
        let last = to.map_or(today, |to| to.min(today));
        let first = from.unwrap_or_else(|| last.minus_days(DAYS.saturating_sub(1)));
        // No period is longer than two years, nor empty.
        let first = first.min(last).max(last.minus_days(LONGEST));
        let days = stock(&known.times, first, last);
        let log = &self.inner.consultations;
        let shown = vec![format!("facility/{id}")];
        log.write(call, Action::ReadFigures, shown).await?;
        Ok(Occupied {
            figures: figures(&facility, &known, &law, &days),
            ahead: run_down(&known.times, last),
            place: known.place,
            days,
            undated: known.undated,
            moment,
        })
    }

    /// The places that are opened in the register or in which somebody was held, by their codes.
    async fn known_places(
        &self,
        moment: Moment,
        only: Option<&str>,
    ) -> Result<BTreeMap<String, KnownPlace>, ReadError> {
        let mut places: BTreeMap<String, KnownPlace> = BTreeMap::new();
        for (id, jurisdiction) in self.opened_places(moment, only).await? {
            let found = self.found::<Facility>(&id, moment).await?;
            if let Some(place) = found.state.opened() {
                let code = place.opening.facility.to_string();
                let known = places.entry(code).or_default();
                known.id = Some(id);
                known.jurisdiction = jurisdiction;
                known.place = Some(place.clone());
            }
        }
        let generation = self.projections().live_generation("stays").await?;
        let last: Value = moment.last().into();
        let mut params = vec![generation.into(), last.clone(), last];
        let mut sql = "SELECT facility, jurisdiction, from_day, left_day, until_day FROM stays \
                       WHERE generation = $1 AND from_index <= $2 AND to_index > $3"
            .to_owned();
        if let Some(only) = only {
            params.push(only.into());
            sql.push_str(" AND facility = $4");
        }
        for row in self.store().database().query(&sql, &params).await? {
            let known = places.entry(row.text(0)?.to_owned()).or_default();
            if known.jurisdiction.is_empty() {
                row.text(1)?.clone_into(&mut known.jurisdiction);
            }
            let day = |column| day(row.maybe_text(column)?);
            match day(2)? {
                Some(from) => known.times.push(TimeHeld {
                    from,
                    left: day(3)?,
                    until: day(4)?,
                }),
                None => known.undated = known.undated.saturating_add(1),
            }
        }
        Ok(places)
    }

    /// The records of places, each with its jurisdiction; one that was opened anew comes last.
    async fn opened_places(
        &self,
        moment: Moment,
        only: Option<&str>,
    ) -> Result<Vec<(String, String)>, StoreError> {
        let generation = self.projections().live_generation("cases").await?;
        let last: Value = moment.last().into();
        let mut params = vec![generation.into(), last.clone(), last, "facility".into()];
        let mut sql =
            "SELECT case_id, jurisdiction FROM cases WHERE generation = $1 AND from_index <= $2 \
                       AND to_index > $3 AND kind = $4"
                .to_owned();
        if let Some(only) = only {
            params.push(only.into());
            sql.push_str(" AND place = $5");
        }
        sql.push_str(" ORDER BY first_index");
        let rows = self.store().database().query(&sql, &params).await?;
        let opened = |row: &crate::store::database::Row| {
            Ok::<_, StoreError>((row.text(0)?.to_owned(), row.text(1)?.to_owned()))
        };
        rows.iter().map(opened).collect()
    }
}

fn day(text: Option<&str>) -> Result<Option<Day>, StoreError> {
    let read = |text: &str| {
        text.parse()
            .map_err(|_| Damage::new("a day of a stay cannot be read").into())
    };
    text.map(read).transpose()
}

/// How full a place is at the end of a period.
fn figures(facility: &str, known: &KnownPlace, law: &Pack, days: &[Stock]) -> PlaceFigures {
    let today = days
        .last()
        .map_or_else(|| law.in_force_from, |last| last.day);
    let held = days.last().map_or(0, |last| last.held);
    let own = known.place.as_ref();
    let own = own.and_then(|place| place.population(today, |done| law.date(done)));
    let own_count = own.map(|count| OwnCount {
        on: law.date(count.counted),
        held: count.held,
    });
    let definitions = known.place.iter().flat_map(Place::definitions);
    let counted = own_count.as_ref().map(|count| count.held);
    let capacities = definitions.filter_map(|definition| {
        let place = known.place.as_ref()?;
        Some(capacity(
            place,
            definition,
            law,
            days,
            (today, held, counted),
        ))
    });
    PlaceFigures {
        facility: facility.to_owned(),
        title: law.office_title(facility).to_owned(),
        id: known.id.clone(),
        jurisdiction: known.jurisdiction.clone(),
        day: today,
        held,
        capacities: capacities.collect(),
        own_count,
    }
}

fn capacity(
    place: &Place,
    definition: &Code,
    law: &Pack,
    days: &[Stock],
    (today, held, counted): (Day, u32, Option<u32>),
) -> CapacityFigures {
    let full = |held| place.occupancy(definition, held, today).map(Full::from);
    let (days_over, days_said) = place.days_over(definition, days);
    let word = definition.as_str();
    CapacityFigures {
        definition: word.to_owned(),
        title: law.titled("facility.definitions", word).to_owned(),
        places: place.capacity(definition, today),
        from: place.declared_from(definition, today),
        by_stays: full(held),
        by_own_count: counted.and_then(full),
        days_over,
        days_said,
    }
}

/// By how many a place is over, by whichever count says more.
fn most_over(capacity: &CapacityFigures) -> Option<u32> {
    let both = [&capacity.by_stays, &capacity.by_own_count];
    both.into_iter().flatten().map(|full| full.over).max()
}

/// All places together, by each meaning and each way of counting.
fn together(places: &[PlaceFigures]) -> Vec<Together> {
    let mut found: BTreeMap<(String, &'static str), Together> = BTreeMap::new();
    for capacity in places.iter().flat_map(|place| &place.capacities) {
        for (by, full) in [
            ("own_count", &capacity.by_own_count),
            ("stays", &capacity.by_stays),
        ] {
            let Some((full, places)) = full.as_ref().zip(capacity.places) else {
                continue;
            };
            let key = (capacity.definition.clone(), by);
            let all = found.entry(key).or_insert_with(|| Together {
                definition: capacity.definition.clone(),
                title: capacity.title.clone(),
                by,
                of: 0,
                places: 0,
                held: 0,
                overcrowded: 0,
                over: 0,
            });
            all.of = all.of.saturating_add(1);
            all.places = all.places.saturating_add(places);
            all.held = all.held.saturating_add(full.held);
            all.over = all.over.saturating_add(full.over);
            let is_over = u32::from(full.over > 0);
            all.overcrowded = all.overcrowded.saturating_add(is_over);
        }
    }
    found.into_values().collect()
}
