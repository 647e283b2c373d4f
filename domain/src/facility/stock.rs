//! How many a place held, day by day, and how many it will hold by the last days that are known.
//!
//! A stock is counted at the end of a day: who came counts, who left does not.

use std::collections::BTreeMap;

use super::state::Place;
use crate::values::{Code, Day};

/// Somebody's time in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeHeld {
    /// The day on which it began.
    pub from: Day,
    /// The day on which the person left, for another place or for good.
    pub left: Option<Day>,
    /// The last day on which the person may be held, where the order fixes one.
    pub until: Option<Day>,
}

impl TimeHeld {
    /// Whether the person was there at the end of a day.
    pub fn holds_on(&self, day: Day) -> bool {
        self.from <= day && self.left.is_none_or(|left| left > day)
    }
}

/// How many were held at the end of a day, and who came and left on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stock {
    /// The day.
    pub day: Day,
    /// How many were held at its end.
    pub held: u32,
    /// How many came on it.
    pub came: u32,
    /// How many left on it.
    pub left: u32,
}

/// The stock on every day of a period, the first and the last included.
pub fn stock(times: &[TimeHeld], first: Day, last: Day) -> Vec<Stock> {
    let mut came: BTreeMap<Day, u32> = BTreeMap::new();
    let mut left: BTreeMap<Day, u32> = BTreeMap::new();
    let before = first.minus_days(1);
    let mut held = 0_u32;
    // Who came and left on one day was in no stock, and is counted among neither.
    let stayed = |time: &&TimeHeld| time.left.is_none_or(|left| left > time.from);
    for time in times.iter().filter(stayed) {
        if time.holds_on(before) {
            held = held.saturating_add(1);
        }
        add(&mut came, time.from);
        if let Some(day) = time.left {
            add(&mut left, day);
        }
    }
    let mut days = Vec::new();
    let mut day = first;
    while day <= last {
        let [came, left] = [&came, &left].map(|moved| moved.get(&day).copied().unwrap_or(0));
        held = held.saturating_add(came).saturating_sub(left);
        days.push(Stock {
            day,
            held,
            came,
            left,
        });
        day = day.plus_days(1);
    }
    days
}

fn add(days: &mut BTreeMap<Day, u32>, day: Day) {
    let count = days.entry(day).or_insert(0);
    *count = count.saturating_add(1);
}

/// What is left of a stock after the last days that are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Remaining {
    /// The first day without them.
    pub day: Day,
    /// For how many the day before was the last.
    pub ended: u32,
    /// How many are left.
    pub held: u32,
}

/// A stock as it runs down: arithmetic on known last days. Whoever will come is not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunDown {
    /// How many are held on the day it starts from.
    pub held: u32,
    /// What is left after each last day that is known, the earliest first.
    pub steps: Vec<Remaining>,
    /// How many have no last day that is known. They stay counted.
    pub without_last_day: u32,
    /// How many are held although their last day is over. They stay counted.
    pub past_last_day: u32,
}

/// How the stock of a day runs down.
pub fn run_down(times: &[TimeHeld], on: Day) -> RunDown {
    let mut ends: BTreeMap<Day, u32> = BTreeMap::new();
    let mut found = RunDown {
        held: 0,
        steps: Vec::new(),
        without_last_day: 0,
        past_last_day: 0,
    };
    for time in times.iter().filter(|time| time.holds_on(on)) {
        found.held = found.held.saturating_add(1);
        match time.until {
            None => found.without_last_day = found.without_last_day.saturating_add(1),
            Some(last) if last < on => {
                found.past_last_day = found.past_last_day.saturating_add(1);
            }
            Some(last) => add(&mut ends, last.plus_days(1)),
        }
    }
    let mut held = found.held;
    found.steps = ends
        .into_iter()
        .map(|(day, ended)| {
            held = held.saturating_sub(ended);
            Remaining { day, ended, held }
        })
        .collect();
    found
}

impl Place {
    /// On how many days more were held than it had places for by a definition, and on how many that can be said.
    pub fn days_over(&self, definition: &Code, days: &[Stock]) -> (u32, u32) {
        let mut over = 0_u32;
        let mut said = 0_u32;
        for stock in days {
            if let Some(full) = self.occupancy(definition, stock.held, stock.day) {
                said = said.saturating_add(1);
                over = over.saturating_add(u32::from(full.is_overcrowded()));
            }
        }
        (over, said)
    }
}
