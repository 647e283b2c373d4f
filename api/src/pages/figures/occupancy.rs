//! How full are the prisons? Every place of detention on a day, over time and beside its places.
//!
//! An average hides what single places hold too many, so both are shown: how many sites are over, and by how many people
//! all of them together.

use std::collections::BTreeMap;

use axum::extract::State;
use domain::values::{Code, Day};
use infra::registry::{PlaceByDay, PlaceFigures, PlacesByDay, PlacesFigures, Together};
use serde::Deserialize;

use super::questions::Question;
use crate::pages::casework::any_of;
use crate::pages::chart::{
    Bar, Bars, Datum, Level, Multiples, Series, SmallPanel, StepLine, Unit, Who,
};
use crate::pages::components::{Field, Figure, Filter, Link, SummaryList, Value};
use crate::pages::numbers::{count, decimal, real_count};
use crate::pages::page::{Page, PageError, Visitor, day_in_words};
use crate::pages::places;
use crate::pages::query::{Query, one_of};
use crate::state::AppState;
use crate::v1::occupancy::COUNTED;

/// How many days may be shown, in words.
const PERIODS: [(&str, &str); 3] = [("30", "30 days"), ("90", "90 days"), ("365", "A year")];
/// So many places have a panel of their own and stay readable; the table holds all.
const PANELS: usize = 24;
/// How those held are counted, by the word of the address.
const COUNTS: [(&str, &str); 2] = [
    ("own_count", "Their own last counts"),
    ("stays", "The stays in this register"),
];

/// What is asked, as the address says it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Asked {
    days: String,
    definition: String,
    by: String,
}

/// The page.
pub(super) async fn get(
    State(app): State<AppState>,
    Query(asked): Query<Asked>,
    visitor: Visitor,
) -> Result<Page, PageError> {
    one_of("by", &asked.by, &COUNTS.map(|(by, _)| by))?;
    one_of("days", &asked.days, &PERIODS.map(|(days, _)| days))?;
    let found = app.registry.places(&visitor.call, visitor.as_of).await?;
    let meanings = meanings(&found);
    let codes: Vec<&str> = meanings.keys().map(String::as_str).collect();
    one_of("definition", &asked.definition, &codes)?;
    let meaning = chosen(&found, &asked);
    let days = PERIODS.iter().find(|(days, _)| *days == asked.days);
    let days = days.map_or("90", |(days, _)| days);
    let code = meaning
        .as_ref()
        .and_then(|all| all.definition.parse::<Code>().ok());
    let back = days.parse().unwrap_or(90);
    let by_day = app
        .registry
        .places_by_day(&visitor.call, visitor.as_of, (code.as_ref(), back))
        .await?;
    let question = Question::Occupancy;
    let frame = visitor
        .frame(question.words().0)
        .kicker("Figures")
        .siblings(question.siblings(&visitor))
        .lede(finding(meaning.as_ref(), by_day.days.last().copied()));
    let page = Page::new(frame).part(&filter(&visitor, &asked, days, &meanings));
    if by_day.places.is_empty() {
        return Ok(page.text("No place of detention is recorded."));
    }
    let page = page
        .heading("By place, on the day")
        .part(&by_place(&found, meaning.as_ref()));
    let page = page
        .text("An average hides what single places hold too many: both are shown.")
        .part(&places::together(&found.together));
    let page = page
        .heading("Over time, all places together")
        .part(&over_time(&by_day))
        .heading("Over time, place by place")
        .part(&panels(&by_day));
    let meaning = meaning.map(|all| all.title);
    Ok(page
        .heading("About these figures")
        .part(&about(&visitor, &asked, meaning, &by_day)))
}

/// What a place can mean, by the codes of the rules, with its words.
fn meanings(found: &PlacesFigures) -> BTreeMap<String, String> {
    let capacities = found.places.iter().flat_map(|place| &place.capacities);
    let meanings = capacities.map(|own| (own.definition.clone(), own.title.clone()));
    meanings.collect()
}

/// All places by the meaning and the count that are asked for; otherwise by those that say most are too many, so that no
/// choice of ours hides them.
fn chosen(found: &PlacesFigures, asked: &Asked) -> Option<Together> {
    let fits = |wanted: &str, own: &str| wanted.is_empty() || wanted == own;
    let fitting = found
        .together
        .iter()
        .filter(|all| fits(&asked.definition, &all.definition) && fits(&asked.by, all.by));
    let most = fitting.max_by_key(|all| {
        let named = (
            std::cmp::Reverse(&all.definition),
            std::cmp::Reverse(all.by),
        );
        (all.over, all.of, named)
    });
    most.cloned()
}

fn many(n: u32) -> String {
    count(u64::from(n))
}

fn number(n: usize) -> String {
    count(u64::try_from(n).unwrap_or(u64::MAX))
}

/// How many sites are over and by how many people, then the average, with the day.
fn finding(meaning: Option<&Together>, day: Option<Day>) -> String {
    let on = day.map_or_else(String::new, |day| {
        format!(" at the end of {}", day_in_words(day.into()))
    });
    let Some(all) = meaning else {
        return format!(
            "It cannot be said how full they are{on}: of no place both the places and those held are known."
        );
    };
    let sites = match all.overcrowded {
        0 => format!("None of {} places of detention holds", many(all.of)),
        1 => format!("1 of {} places of detention holds", many(all.of)),
        several => format!(
            "{} of {} places of detention hold",
            many(several),
            many(all.of)
        ),
    };
    let over = match (all.over, all.overcrowded) {
        (0, _) => String::new(),
        (over, 1) => format!(", {} too many in it", many(over)),
        (over, _) => format!(", {} too many in them", many(over)),
    };
    let average = match all.places {
        0 => String::new(),
        places => format!(
            " All together hold {} for {} places, {} for each 100.",
            many(all.held),
            many(places),
            decimal(f64::from(all.held) / f64::from(places) * 100.0, 1)
        ),
    };
    let by = match all.by {
        "stays" => "by the stays in this register",
        _ => "by their own last counts",
    };
    format!("{sites} more people than there are places for{on}{over}, {by}.{average}")
}

fn filter(
    visitor: &Visitor,
    asked: &Asked,
    days: &str,
    meanings: &BTreeMap<String, String>,
) -> Filter {
    let periods = PERIODS.into_iter().filter(|(days, _)| *days != "90");
    let periods = periods.map(|(days, title)| (days.to_owned(), title.to_owned()));
    let mut fields = vec![Field::select(
        "days",
        "How far back",
        any_of(days, "90 days", periods),
    )];
    if meanings.len() > 1 {
        let all = meanings.clone();
        let options = any_of(&asked.definition, "Whichever says most", all);
        fields.push(Field::select(
            "definition",
            "What counts as a place",
            options,
        ));
    }
    let counts = COUNTS.map(|(by, title)| (by.to_owned(), title.to_owned()));
    let options = any_of(&asked.by, "Whichever says most", counts);
    fields.push(Field::select("by", "Counted by", options));
    Filter {
        action: "/figures/occupancy".to_owned(),
        fields,
        rows: Vec::new(),
        submit: "Show".to_owned(),
        applied: Vec::new(),
        clear: visitor.to("/figures/occupancy"),
        carried: visitor.carried(),
    }
}

/// How full each place is on the last day; those that hold too many are marked and say so.
fn by_place(found: &PlacesFigures, meaning: Option<&Together>) -> Figure {
    let full = |place: &PlaceFigures| {
        let meaning = meaning?;
        let mut capacities = place.capacities.iter();
        let own = capacities.find(|own| own.definition == meaning.definition)?;
        let full = match meaning.by {
            "stays" => own.by_stays.as_ref(),
            _ => own.by_own_count.as_ref(),
        };
        own.places.zip(full.cloned())
    };
    let is_own = meaning.is_some_and(|meaning| meaning.by != "stays");
    let bar = |place: &PlaceFigures| match full(place) {
        Some((places, full)) if places > 0 => {
            let share = f64::from(full.held) / f64::from(places) * 100.0;
            let label = if full.over > 0 {
                format!("{}: too full", place.title)
            } else {
                place.title.clone()
            };
            let bar = Bar::new(label, Datum::Value(share));
            let counted = place.own_count.as_ref().filter(|_| is_own);
            let on = counted.map_or_else(String::new, |own| {
                format!(", {}", abridged(&day_in_words(own.on)))
            });
            let bar = bar.note(format!("{} for {}{on}", many(full.held), many(places)));
            if full.over > 0 { bar.marked() } else { bar }
        }
        _ => Bar::new(
            place.title.clone(),
            Datum::Undefined("places or those held are not known".to_owned()),
        ),
    };
    let mut places: Vec<&PlaceFigures> = found.places.iter().collect();
    places.sort_by(|a, b| a.title.cmp(&b.title));
    let over = places
        .iter()
        .filter_map(|place| full(place))
        .filter(|(_, full)| full.over > 0);
    let finding = match over.count() {
        0 => "No place holds more people than it has places for.".to_owned(),
        1 => "One place holds more people than it has places for.".to_owned(),
        several => format!(
            "{} places hold more people than they have places for.",
            number(several)
        ),
    };
    let bars = Bars {
        title: "Held for each 100 places".to_owned(),
        of: "Place of detention".to_owned(),
        unit: Unit::Percent,
        bars: places.into_iter().map(bar).collect(),
    };
    Figure::of("by-place", finding, &bars)
}

/// All places together, and how many there are places for in those that declare a number.
fn over_time(found: &PlacesByDay) -> Figure {
    let at = |day: usize| -> u64 {
        let held = found.places.iter().filter_map(|place| place.held.get(day));
        held.map(|held| u64::from(*held)).sum()
    };
    let room = |day: usize| {
        let declared = found
            .places
            .iter()
            .filter_map(|place| place.places.get(day).copied().flatten());
        let all: Vec<u64> = declared.map(u64::from).collect();
        (all.len() == found.places.len()).then(|| real_count(all.iter().sum()))
    };
    let held: Vec<u64> = (0..found.days.len()).map(at).collect();
    let rooms: Vec<Option<f64>> = (0..found.days.len()).map(room).collect();
    let has_level = rooms.iter().any(Option::is_some);
    let level = Level {
        letter: "A".to_owned(),
        title: "Places".to_owned(),
        values: rooms,
    };
    let line = StepLine {
        title: "Held at the end of each day in all places".to_owned(),
        unit: Unit::Persons,
        periods: found.days.iter().map(|day| short(*day)).collect(),
        series: vec![Series {
            who: Who::All,
            values: held.iter().map(|held| Datum::from(*held)).collect(),
        }],
        levels: if has_level { vec![level] } else { Vec::new() },
        changes: Vec::new(),
    };
    let (least, most) = (
        held.iter().min().copied().unwrap_or(0),
        held.iter().max().copied().unwrap_or(0),
    );
    let finding = format!(
        "On the days shown all places together held between {} and {} people.",
        count(least),
        count(most)
    );
    let figure = Figure::of("all-places", finding, &line).note(COUNTED);
    let figure = if has_level {
        figure
    } else {
        figure.note("How many places there are in all cannot be drawn: not every place has declared a number.")
    };
    if found.undated > 0 {
        let undated = many(found.undated);
        return figure.note(format!(
            "Not in it, as the day on which they began is not known: {undated}."
        ));
    }
    figure
}

/// A day under the axis: short, since several stand in a row.
fn short(day: Day) -> String {
    abridged(&day_in_words(day.into()))
}

/// The day and the month's first letters: *1 Dec*.
fn abridged(words: &str) -> String {
    let mut parts = words.split(' ');
    let (number, month) = (parts.next(), parts.next());
    let month: String = month.unwrap_or_default().chars().take(3).collect();
    format!("{} {month}", number.unwrap_or_default())
}

/// Each place in a panel of its own, all on one scale.
fn panels(found: &PlacesByDay) -> Figure {
    let panel = |place: &PlaceByDay| SmallPanel {
        label: place.title.clone(),
        held: place.held.iter().map(|held| u64::from(*held)).collect(),
        room_for: place
            .places
            .iter()
            .map(|places| places.map(u64::from))
            .collect(),
    };
    let multiples = |panels: Vec<SmallPanel>| Multiples {
        title: "Held at the end of each day, place by place".to_owned(),
        of: "Place of detention".to_owned(),
        unit: Unit::Persons,
        periods: found
            .days
            .iter()
            .map(|day| day_in_words((*day).into()))
            .collect(),
        changes: Vec::new(),
        panels,
    };
    let days_over = |place: &&PlaceByDay| {
        let mut days = place.held.iter().zip(&place.places);
        days.any(|(held, places)| places.is_some_and(|places| *held > places))
    };
    let over = found.places.iter().filter(days_over).count();
    let of = number(found.places.len());
    let finding = match over {
        0 => format!(
            "None of {of} places held more people than it has places for on any of these days, by the stays."
        ),
        over => format!(
            "{} of {of} places held more people than they have places for on some of these days, by the stays.",
            number(over)
        ),
    };
    let all: Vec<SmallPanel> = found.places.iter().map(panel).collect();
    let mut drawn = all.clone();
    drawn.truncate(PANELS);
    let mut figure = Figure::of("panels", finding, &multiples(drawn));
    figure.table = crate::pages::chart::Chart::table(&multiples(all));
    if found.places.len() > PANELS {
        figure = figure.note(format!(
            "The first {PANELS} by name are drawn; the table holds all."
        ));
    }
    figure
}

/// What was counted, where the same numbers are, and the address under which the page stays as it is.
fn about(
    visitor: &Visitor,
    asked: &Asked,
    meaning: Option<String>,
    found: &PlacesByDay,
) -> SummaryList {
    let mut list = SummaryList::default();
    if let Some(day) = found.days.last() {
        list = list.row("Day", Value::text(day_in_words((*day).into())));
    }
    let meaning = meaning.unwrap_or_else(|| "not declared by any place".to_owned());
    list = list.row("What counts as a place", Value::text(meaning));
    list = list.row("How those held are counted", Value::text(COUNTED));
    if let Some(entry) = visitor.moment.index {
        let said = [
            ("days", &asked.days),
            ("definition", &asked.definition),
            ("by", &asked.by),
        ];
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in said.into_iter().filter(|(_, value)| !value.is_empty()) {
            query.append_pair(name, value);
        }
        query.append_pair("as_of", &entry.to_string());
        let address = format!("/figures/occupancy?{}", query.finish());
        let words = format!(
            "This page as of entry {}, whenever it is opened",
            count(entry)
        );
        list = list.row("Lasting address", Value::link(address, words));
    }
    let numbers = vec![
        Value::Link(Link::new(
            visitor.to("/places"),
            "Every count of every place",
        )),
        Value::link(visitor.to("/places/csv"), "Download as CSV"),
        Value::link(visitor.to("/v1/places"), "Show as JSON"),
    ];
    list.row("The same numbers", Value::Many(numbers))
}
