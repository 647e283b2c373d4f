//! How many people are held before, during and after an emergency, and where.

use domain::values::Day;
use infra::registry::{EmergencyCohort, HeldIn, HeldOn, Phase};

use crate::pages::chart::{Multiples, Series, SmallPanel, StepLine, Unit, Who};
use crate::pages::components::{Column, Figure, Table, Tag, Tone, Value};
use crate::pages::numbers::{count, decimal};
use crate::pages::page::day_in_words;

/// How many are held on the days that are told.
pub(in crate::pages) fn figure(told: &EmergencyCohort) -> Figure {
    let days = &told.stock.days;
    let first_of = |phase| days.iter().position(|held| held.phase == phase);
    let changes = [(Phase::During, "Declared"), (Phase::After, "Ended")];
    let changes = changes
        .into_iter()
        .filter_map(|(phase, words)| Some((first_of(phase)?, words.to_owned())));
    let chart = StepLine {
        levels: Vec::new(),
        title: "People held at the end of a day".to_owned(),
        unit: Unit::Persons,
        periods: days.iter().map(|held| short(held.day)).collect(),
        series: vec![Series {
            who: Who::All,
            values: days
                .iter()
                .map(|held| u64::from(held.held).into())
                .collect(),
        }],
        changes: changes.collect(),
    };
    let mut figure = Figure::of("held", finding(days), &chart);
    figure.table = table(chart.title, days);
    figure.note(definition(told))
}

/// A day under a step: short, since several stand in a row.
fn short(day: Day) -> String {
    let words = day_in_words(day.into());
    let mut parts = words.split(' ');
    let (number, month) = (parts.next(), parts.next());
    let month: String = month.unwrap_or_default().chars().take(3).collect();
    format!("{} {month} {}", number.unwrap_or_default(), day.year())
}

fn finding(days: &[HeldOn]) -> String {
    let Some((before, last)) = days.first().zip(days.last()) else {
        return "Nothing is recorded of who was held.".to_owned();
    };
    let on = day_in_words(last.day.into());
    let held = count(last.held.into());
    let change = match last.held.cmp(&before.held) {
        std::cmp::Ordering::Less => {
            let fewer = before.held.saturating_sub(last.held);
            format!("{} fewer than", count(fewer.into()))
        }
        std::cmp::Ordering::Equal => "as many as".to_owned(),
        std::cmp::Ordering::Greater => {
            let more = last.held.saturating_sub(before.held);
            format!("{} more than", count(more.into()))
        }
    };
    format!("{held} people were held on {on}, {change} on the day before the declaration.")
}

fn definition(told: &EmergencyCohort) -> String {
    match &told.stock.definition {
        Some(code) => {
            let title = told.law.titled("facility.definitions", code.as_str());
            format!(
                "Places are counted by one definition: {title}. A place of detention that declared none is in no share."
            )
        }
        None => "No place of detention has declared how many places it has.".to_owned(),
    }
}

fn table(title: String, days: &[HeldOn]) -> Table {
    let columns = vec![
        Column::text("Day"),
        Column::text("When"),
        Column::number("Held"),
        Column::number("For each 100 held before"),
        Column::number("Came and left since"),
        Column::number("For each 100 places"),
    ];
    let table = Table::new(title, columns).empty("No day is told.");
    days.iter().fold(table, |table, held| {
        let when = match held.phase {
            Phase::Before => "Before",
            Phase::During => "During",
            Phase::After => "After",
        };
        let moved = held
            .admitted
            .zip(held.left)
            .map_or(Value::None, |(came, left)| {
                let words = format!("{} and {}", count(came.into()), count(left.into()));
                Value::Number(words)
            });
        table.row(vec![
            Value::moment(held.day.to_string(), day_in_words(held.day.into())),
            Value::text(when),
            Value::count(held.held.into()),
            share(held.for_a_hundred_before, "nobody was held before"),
            moved,
            share(held.for_a_hundred_places, "no capacity is declared"),
        ])
    })
}

fn share(share: Option<f64>, why_none: &str) -> Value {
    match share {
        Some(share) => Value::Number(decimal(share, 1)),
        None => Value::Undefined(why_none.to_owned()),
    }
}

/// Each place of detention day by day, all on one scale.
pub(in crate::pages) fn by_place(told: &EmergencyCohort) -> Figure {
    let days = &told.stock.days;
    let first_of = |phase| days.iter().position(|held| held.phase == phase);
    let changes = [(Phase::During, "D"), (Phase::After, "E")];
    let changes = changes
        .into_iter()
        .filter_map(|(phase, letter)| Some((first_of(phase)?, letter)));
    let panel = |held: &HeldIn| SmallPanel {
        label: told.law.office_title(held.facility.as_str()).to_owned(),
        held: held.held.iter().map(|held| u64::from(*held)).collect(),
        room_for: held
            .capacities
            .iter()
            .map(|room| room.map(u64::from))
            .collect(),
    };
    let chart = Multiples {
        title: "People held at the end of a day, place by place".to_owned(),
        of: "Place of detention".to_owned(),
        unit: Unit::Persons,
        periods: days.iter().map(|held| short(held.day)).collect(),
        changes: changes.collect(),
        panels: told.stock.facilities.iter().map(panel).collect(),
    };
    let places = &told.stock.facilities;
    let before = too_full(places, 0);
    let after = too_full(places, days.len().saturating_sub(1));
    let finding = format!(
        "On the day before the declaration {before} held more people than there are places for, on the last day told {after} did."
    );
    Figure::of("by-place", finding, &chart)
        .note("D is the day of the declaration, E the first day after the end.")
}

/// How many places held more on a day that is told than they had places for.
fn too_full(places: &[HeldIn], day: usize) -> String {
    let over = |place: &&HeldIn| {
        let room = place.capacities.get(day).copied().flatten();
        let held = place.held.get(day);
        held.zip(room).is_some_and(|(held, room)| *held > room)
    };
    match places.iter().filter(over).count() {
        0 => "no place".to_owned(),
        1 => "one place".to_owned(),
        several => {
            let several = u64::try_from(several).unwrap_or(u64::MAX);
            format!("{} places", count(several))
        }
    }
}

/// Each place of detention: before, and on the last day that is told.
pub(super) fn places(told: &EmergencyCohort) -> Table {
    let columns = vec![
        Column::text("Place of detention"),
        Column::number("Held the day before"),
        Column::number("Held on the last day told"),
        Column::number("Places"),
        Column::number("For each 100 places"),
    ];
    let table = Table::new("By place of detention", columns).empty("Nobody is held anywhere.");
    told.stock.facilities.iter().fold(table, |table, held| {
        let places = match held.places {
            Some(places) => Value::count(places.into()),
            None => Value::Undefined("none are declared".to_owned()),
        };
        table.row(vec![
            Value::text(told.law.office_title(held.facility.as_str())),
            Value::count(held.before.into()),
            Value::count(held.last.into()),
            places,
            full(held),
        ])
    })
}

fn full(held: &HeldIn) -> Value {
    let share = share(held.for_a_hundred_places, "none are declared");
    if held.places.is_some_and(|places| held.last > places) {
        let tag = Tag::new("overcrowded", Tone::Grave);
        return Value::Many(vec![share, Value::Tag(tag)]);
    }
    share
}
