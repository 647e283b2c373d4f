//! Every copy of every story with its days, in the order in which they are played.

use std::collections::VecDeque;
use std::sync::Arc;

use domain::values::{Day, Instant};

use super::super::chance::Chance;
use super::super::tale::Present;
use super::story::{Begins, Story};
use super::teller::Teller;
use super::{STORIES, Untold};

const MINUTE: i64 = 60_000_000;
/// Between one act of a day and the next: together they fit between two entries of anybody else, which lie on whole
/// minutes.
const BETWEEN: i64 = 50_000;
/// Sets the chance of the lives apart from that of the sentences.
const APART: u64 = 1 << 40;

/// A copy of a story.
pub(super) struct Life {
    pub(super) name: &'static str,
    pub(super) story: Arc<Story>,
    pub(super) teller: Teller,
}

/// A step of a life, at its moment.
pub(super) struct Act {
    pub(super) at: Instant,
    pub(super) day: Day,
    pub(super) life: usize,
    pub(super) step: usize,
    pub(super) number: Option<u32>,
}

/// The lives of the demonstration up to its present.
pub(in super::super) struct Lives {
    pub(super) told: Vec<Life>,
    pub(super) acts: VecDeque<Act>,
}

impl Lives {
    pub(in super::super) fn plan(seed: u64, present: Present) -> Result<Self, Untold> {
        let (mut told, mut acts) = (Vec::new(), Vec::new());
        for (at, (name, text)) in (0_u64..).zip(STORIES) {
            let story = Arc::new(Story::read(name, text)?);
            for copy in 0..story.copies {
                let n = at.saturating_mul(1_000).saturating_add(copy);
                let mut chance = Chance::of(seed ^ APART, n);
                let first = first_day(story.begins, present.today, &mut chance);
                acts.extend(of_life(&story, told.len(), first));
                let teller = Teller::new(&story, first, chance);
                told.push(Life {
                    name,
                    story: Arc::clone(&story),
                    teller: teller.map_err(|said| Untold::of(name, said))?,
                });
            }
        }
        acts.sort_by_key(|act| (act.day, act.life, act.step, act.number));
        timed(&mut acts);
        acts.retain(|act| act.at <= present.now);
        let acts = acts.into();
        Ok(Self { told, acts })
    }

    /// How many people, places and emergencies they tell of.
    pub(in super::super) fn count(&self) -> u64 {
        u64::try_from(self.told.len()).unwrap_or(u64::MAX)
    }

    /// When the next act is played.
    pub(in super::super) fn next(&self) -> Option<i64> {
        self.acts.front().map(|act| act.at.micros())
    }

    /// The day of the next act.
    pub(super) fn next_day(&self) -> Option<Day> {
        self.acts.front().map(|act| act.day)
    }

    /// The next act, where it is played on that day.
    pub(super) fn take_on(&mut self, day: Day) -> Option<Act> {
        self.acts.pop_front_if(|act| act.day == day)
    }
}

fn first_day(begins: Begins, today: Day, chance: &mut Chance) -> Day {
    match begins {
        Begins::On(day) => day,
        Begins::Ago(least, most) => today.minus_days(chance.between(least, most)),
    }
}

fn of_life(story: &Story, life: usize, first: Day) -> Vec<Act> {
    let mut acts = Vec::new();
    for (step, what) in story.steps.iter().enumerate() {
        let day = working_day(first.plus_days(what.day));
        acts.extend(what.numbers().into_iter().map(|number| Act {
            at: Instant::start_of(day),
            day,
            life,
            step,
            number,
        }));
    }
    acts
}

/// The Monday after, for what falls on a weekend.
fn working_day(day: Day) -> Day {
    let monday = Day::of(2021, 1, 4).map_or(0, |monday| monday.days_until(day));
    match monday.rem_euclid(7) {
        5 => day.plus_days(2),
        6 => day.plus_days(1),
        _ => day,
    }
}

/// The acts of a day follow each other from a time of the day that differs from day to day, in working hours.
fn timed(acts: &mut [Act]) {
    let mut last: Option<(Day, i64)> = None;
    for act in acts {
        let at = match last {
            Some((day, at)) if day == act.day => at,
            _ => begins_at(act.day),
        };
        let at = at.saturating_add(BETWEEN);
        act.at = Instant::from_micros(at);
        last = Some((act.day, at));
    }
}

/// A whole minute between a quarter to nine and half past three.
fn begins_at(day: Day) -> i64 {
    let opens = 8 * 60 + 45;
    let later = i64::from(day.day()).saturating_mul(37) % 400;
    let minutes = (opens + later).saturating_mul(MINUTE);
    Instant::start_of(day).micros().saturating_add(minutes)
}
