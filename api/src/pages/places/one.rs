//! One place of detention: how full it is day by day, and how many will be left by the last days that are known.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::facility::{RunDown, Stock};
use domain::values::Day;
use infra::access::{Action, allow};
use infra::registry::{CapacityFigures, Occupied};
use serde::Deserialize;

use super::{days_over, file, full, places_of, words};
use crate::pages::casework::any_of;
use crate::pages::chart::{Datum, Level, Series, StepLine, Unit, Who};
use crate::pages::components::{
    Column, Field, Figure, Filter, Inset, Link, SummaryList, Table, Value,
};
use crate::pages::numbers::{count, real_count};
use crate::pages::page::{Page, PageError, Visitor, day_in_words};
use crate::pages::query::{Query, one_of};
use crate::state::AppState;
use crate::v1::occupancy::{ARITHMETIC, COUNTED};

/// How many days may be shown, in words.
const PERIODS: [(&str, &str); 3] = [("30", "30 days"), ("90", "90 days"), ("365", "A year")];
/// How many last days are shown; the file has them all.
const SHOWN: usize = 40;

/// Which days, as the address says it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Which {
    #[serde(default)]
    days: String,
}

impl Which {
    /// A period that is offered; the usual one where none is asked.
    fn days(&self) -> Result<&'static str, PageError> {
        one_of("days", &self.days, &PERIODS.map(|(days, _)| days))?;
        let offered = PERIODS.iter().find(|(days, _)| *days == self.days);
        Ok(offered.map_or("90", |(days, _)| days))
    }
}

/// The page.
pub(super) async fn get(
    State(_): State<AppState>,
    Query(which): Query<Which>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Page, PageError> {
    let found = read(&visitor, &id, which.days()?).await?;
    let home = format!("/facilities/{id}");
    let back = if allow(&visitor.call, Action::ReadCase).is_ok() {
        Link::new(visitor.to(&home), found.figures.title.clone())
    } else {
        Link::new(visitor.to("/places"), "How full places are")
    };
    let frame = visitor
        .frame(format!("How full: {}", found.figures.title))
        .kicker("Place of detention")
        .lede(lede(&found))
        .trail(vec![back]);
    let address = format!("{home}/occupancy");
    let filter = Filter {
        action: address.clone(),
        fields: vec![Field::select(
            "days",
            "How far back",
            any_of(
                which.days()?,
                "90 days",
                PERIODS
                    .into_iter()
                    .filter(|(days, _)| *days != "90")
                    .map(|(days, title)| (days.to_owned(), title.to_owned())),
            ),
        )],
        rows: Vec::new(),
        submit: "Show".to_owned(),
        applied: Vec::new(),
        clear: visitor.to(&address),
        carried: visitor.carried(),
    };
    let page = parts(Page::new(frame).part(&filter), &visitor, &id, &found);
    Ok(page)
}

/// The days of a place as a file.
pub(super) async fn download(
    State(_): State<AppState>,
    Query(which): Query<Which>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let found = read(&visitor, &id, which.days()?).await?;
    let name = format!("occupancy-{}", found.figures.facility);
    Ok(file(&name, found.moment, super::csv::days(&found)))
}

/// What the page of a place says of how full it is.
pub(in crate::pages) async fn section(
    page: Page,
    visitor: &Visitor,
    id: &str,
) -> Result<Page, PageError> {
    let found = read(visitor, id, "90").await?;
    let page = page.heading("How full it is").text(lede(&found));
    Ok(parts(page, visitor, id, &found))
}

async fn read(visitor: &Visitor, id: &str, days: &str) -> Result<Occupied, PageError> {
    let registry = &visitor.app.registry;
    let today = registry.today(visitor.as_of).await?;
    let back = days.parse::<u32>().unwrap_or(90).saturating_sub(1);
    let period = (Some(today.minus_days(back)), None);
    let found = registry
        .occupied(&visitor.call, id, visitor.as_of, period)
        .await?;
    Ok(found)
}

fn lede(found: &Occupied) -> String {
    let held = people(found.figures.held);
    let own = match &found.figures.own_count {
        Some(own) => format!(
            "its own last count, {}, was {}",
            day_in_words(own.on),
            count(u64::from(own.held))
        ),
        None => "it has recorded no count of its own".to_owned(),
    };
    format!(
        "At the end of {} it holds {held} by the stays in this register; {own}.",
        words(found.figures.day)
    )
}

fn people(number: u32) -> String {
    match number {
        0 => "nobody".to_owned(),
        1 => "1 person".to_owned(),
        several => format!("{} people", count(u64::from(several))),
    }
}

fn parts(page: Page, visitor: &Visitor, id: &str, found: &Occupied) -> Page {
    let address = format!("/facilities/{id}/occupancy");
    let links = vec![
        Value::link(visitor.to(&address), "More or fewer days"),
        Value::link(visitor.to(&format!("/v1{address}")), "Show as JSON"),
        Value::link(visitor.to("/places"), "All places"),
    ];
    page.part(&capacities(found))
        .part(&figure(visitor, id, found))
        .heading("How many will be left")
        .part(&Inset {
            text: ARITHMETIC.to_owned(),
            source: None,
        })
        .text(known(&found.ahead, found.figures.day))
        .part(&ahead(&found.ahead))
        .part(&SummaryList::default().row("Also", Value::Many(links)))
}

/// How full it is by each meaning of a number of places.
fn capacities(found: &Occupied) -> Table {
    let days = format!("Days over by the stays, of the last {}", found.days.len());
    let columns = vec![
        Column::text("What counts as a place"),
        Column::text("Places"),
        Column::text("Held, by stays"),
        Column::text("Held, by its own count"),
        Column::text(days),
    ];
    let table = Table::new("How full it is", columns)
        .quiet_caption()
        .empty("How many places it has is not declared: how full it is cannot be said.");
    found
        .figures
        .capacities
        .iter()
        .fold(table, |table, capacity| {
            table.row(vec![
                Value::text(&capacity.title),
                places_of(capacity),
                full(capacity.by_stays.as_ref()),
                full(capacity.by_own_count.as_ref()),
                days_over(capacity),
            ])
        })
}

/// The days as steps, with the places to compare with, and those days on which something changed as a table.
fn figure(visitor: &Visitor, id: &str, found: &Occupied) -> Figure {
    let most = found.days.iter().map(|stock| stock.held).max().unwrap_or(0);
    let least = found.days.iter().map(|stock| stock.held).min().unwrap_or(0);
    let finding = if most == least {
        format!("It held {} on each of the days shown.", people(most))
    } else {
        format!(
            "On the days shown it held between {} and {}.",
            people(least),
            people(most)
        )
    };
    let figures = &found.figures.capacities;
    let line = StepLine {
        title: "Held at the end of each day, by the stays in this register".to_owned(),
        unit: Unit::Persons,
        periods: found.days.iter().map(|stock| short(stock.day)).collect(),
        series: vec![Series {
            who: Who::All,
            values: found
                .days
                .iter()
                .map(|stock| Datum::from(u64::from(stock.held)))
                .collect(),
        }],
        levels: letters()
            .zip(figures)
            .map(|(letter, c)| level(letter, c, found))
            .collect(),
        changes: Vec::new(),
    };
    let mut figure = Figure::of("occupancy", finding, &line).note(COUNTED);
    if found.undated > 0 {
        let undated = count(u64::from(found.undated));
        figure = figure.note(format!(
            "Not in it, as the day on which they began is not known: {undated}."
        ));
    }
    figure.table = changes(found);
    let days = found.days.len();
    let address = format!("/facilities/{id}/occupancy/csv?days={days}");
    figure.download(visitor.to(&address), "Download every day (CSV)")
}

fn letters() -> impl Iterator<Item = String> {
    ('A'..='Z').map(String::from)
}

fn level(letter: String, capacity: &CapacityFigures, found: &Occupied) -> Level {
    let places = |day: Day| {
        let place = found.place.as_ref()?;
        let definition = capacity.definition.parse().ok()?;
        place.capacity(&definition, day)
    };
    let values = found.days.iter().map(|stock| {
        let places = places(stock.day)?;
        Some(real_count(u64::from(places)))
    });
    Level {
        letter,
        title: capacity.title.clone(),
        values: values.collect(),
    }
}

/// *3 Mar*, for the axis.
fn short(day: Day) -> String {
    let words = words(day);
    let mut parts = words.split(' ');
    let (number, month) = (parts.next(), parts.next());
    let month: String = month.unwrap_or_default().chars().take(3).collect();
    format!("{} {month}", number.unwrap_or_default())
}

/// The first day, the last, and those on which somebody came or left.
fn changes(found: &Occupied) -> Table {
    let columns = vec![
        Column::text("Day"),
        Column::number("Held at its end"),
        Column::number("Came"),
        Column::number("Left"),
    ];
    let caption = "The first day, the last, and each on which somebody came or left";
    let table = Table::new(caption, columns);
    let last = found.days.len().saturating_sub(1);
    let told = found.days.iter().enumerate().filter(|(place, stock)| {
        let changed = stock.came > 0 || stock.left > 0;
        changed || *place == 0 || *place == last
    });
    told.fold(table, |table, (_, stock)| table.row(row(stock)))
}

fn row(stock: &Stock) -> Vec<Value> {
    let number = |number: u32| Value::count(u64::from(number));
    vec![
        Value::text(words(stock.day)),
        number(stock.held),
        number(stock.came),
        number(stock.left),
    ]
}

/// Of how many the last day is known.
fn known(ahead: &RunDown, day: Day) -> String {
    if ahead.held == 0 {
        return format!("Nobody is held at the end of {}.", words(day));
    }
    let without = ahead.without_last_day;
    let past = ahead.past_last_day;
    let dated = ahead.held.saturating_sub(without).saturating_sub(past);
    let mut said = format!(
        "Of {} held at the end of {}, the last day is known of {}; of {} it is not known, and they stay counted.",
        people(ahead.held),
        words(day),
        count(u64::from(dated)),
        count(u64::from(without))
    );
    match past {
        0 => {}
        1 => said.push_str(" 1 is held although the last day is over, and stays counted."),
        several => said.push_str(&format!(
            " {} are held although their last day is over, and stay counted.",
            count(u64::from(several))
        )),
    }
    said
}

fn ahead(ahead: &RunDown) -> Table {
    let columns = vec![
        Column::text("First day without them"),
        Column::number("Whose last day was the day before"),
        Column::number("Left"),
    ];
    let caption = if ahead.steps.len() > SHOWN {
        format!("The first {SHOWN} last days that are known; the file has them all")
    } else {
        "After each last day that is known".to_owned()
    };
    let table =
        Table::new(caption, columns).empty("Of nobody is a last day known that is to come.");
    ahead.steps.iter().take(SHOWN).fold(table, |table, left| {
        table.row(vec![
            Value::text(words(left.day)),
            Value::count(u64::from(left.ended)),
            Value::count(u64::from(left.held)),
        ])
    })
}
