//! Occupancy as CSV, with the meaning of the places beside each number of them.

use domain::facility::{Remaining, Stock};
use infra::registry::{CapacityFigures, Full, Occupied, PlaceFigures, PlacesFigures};

use crate::cli::view::quoted;

const PLACES: &str = "facility,title,day,held_by_stays,counted_on,held_by_own_count,definition,meaning,places,\
                      places_from,per_hundred_by_stays,over_by_stays,per_hundred_by_own_count,\
                      over_by_own_count,days_over,days_said\n";
const DAYS: &str = "facility,what,day,held,came,left\n";

/// Every place, a row for each meaning of its places; one row where none was declared.
pub(super) fn places(found: &PlacesFigures) -> String {
    let mut text = PLACES.to_owned();
    for place in &found.places {
        if place.capacities.is_empty() {
            line(
                &[of_place(place), vec![String::new(); 10]].concat(),
                &mut text,
            );
        }
        for capacity in &place.capacities {
            line(
                &[of_place(place), of_capacity(capacity)].concat(),
                &mut text,
            );
        }
    }
    text
}

fn of_place(place: &PlaceFigures) -> Vec<String> {
    let own = place.own_count.as_ref();
    let held = own.map(|count| count.held);
    vec![
        place.facility.clone(),
        place.title.clone(),
        place.day.to_string(),
        place.held.to_string(),
        own.map_or_else(String::new, |count| count.on.to_string()),
        number(held),
    ]
}

fn of_capacity(capacity: &CapacityFigures) -> Vec<String> {
    let day = capacity.from.map(|from| from.to_string());
    let full = |full: Option<&Full>| {
        let per_hundred = full.map(|full| full.per_hundred.clone());
        [
            per_hundred.unwrap_or_default(),
            number(full.map(|full| full.over)),
        ]
    };
    let mut cells = vec![
        capacity.definition.clone(),
        capacity.title.clone(),
        number(capacity.places),
        day.unwrap_or_default(),
    ];
    cells.extend(full(capacity.by_stays.as_ref()));
    cells.extend(full(capacity.by_own_count.as_ref()));
    cells.extend([capacity.days_over, capacity.days_said].map(|days| days.to_string()));
    cells
}

/// One place: how many it held on each day, and how many will be left by the last days that are known.
pub(super) fn days(found: &Occupied) -> String {
    let mut text = DAYS.to_owned();
    let facility = &found.figures.facility;
    for Stock {
        day,
        held,
        came,
        left,
    } in &found.days
    {
        let numbers = [held, came, left].map(ToString::to_string);
        let start = [facility.clone(), "held".to_owned(), day.to_string()];
        line(&[start, numbers].concat(), &mut text);
    }
    for Remaining { day, ended, held } in &found.ahead.steps {
        let numbers = [held.to_string(), String::new(), ended.to_string()];
        let what = "left by known last days".to_owned();
        let start = [facility.clone(), what, day.to_string()];
        line(&[start, numbers].concat(), &mut text);
    }
    text
}

fn number(number: Option<u32>) -> String {
    number.map_or_else(String::new, |number| number.to_string())
}

fn line(cells: &[String], text: &mut String) {
    let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
    text.push_str(&cells.join(","));
    text.push('\n');
}
