//! One case told day by day: what happens, who enters it, and when.

use std::collections::BTreeMap;

use domain::values::{Day, Instant};

use super::chance::Chance;
use super::decision::Sketch;
use super::order::Life;
use super::{course, order, supervision};
use crate::access::Call;
use crate::bulk::{Block, Case, Refused};

const MINUTE: i64 = 60_000_000;

/// What is to happen on some day.
pub(super) enum Step {
    /// To the sentence or the person.
    Course(course::Step),
    /// To the order.
    Order(order::Step),
    /// To the supervision.
    Supervision(supervision::Step),
}

/// The demonstration's present: nothing is entered after it.
#[derive(Clone, Copy)]
pub(super) struct Present {
    pub(super) now: Instant,
    pub(super) today: Day,
}

/// A case on its way, up to the present.
pub(super) struct Tale<'a> {
    pub(super) case: Case<'a>,
    pub(super) sketch: Sketch,
    pub(super) chance: Chance,
    pub(super) present: Present,
    /// Of the order and its supervision, once there is one.
    pub(super) life: Option<Life>,
    diary: BTreeMap<(Day, u32), Step>,
    noted: u32,
    entered: Instant,
}

impl<'a> Tale<'a> {
    pub(super) fn new(case: Case<'a>, sketch: Sketch, chance: Chance, present: Present) -> Self {
        Self {
            case,
            sketch,
            chance,
            present,
            life: None,
            diary: BTreeMap::new(),
            noted: 0,
            entered: Instant::from_micros(0),
        }
    }

    /// Notes what is to happen on a day, after whatever is noted for it already.
    pub(super) fn note(&mut self, day: Day, step: Step) {
        self.noted = self.noted.saturating_add(1);
        self.diary.insert((day, self.noted), step);
    }

    /// Notes what is to happen some days after a day.
    pub(super) fn note_after(&mut self, day: Day, (least, most): (u32, u32), step: Step) {
        let day = day.plus_days(self.chance.between(least, most));
        self.note(day, step);
    }

    /// Tells what is noted, day by day, with whatever that leads to.
    pub(super) fn tell(mut self) -> Result<Block, Refused> {
        while let Some(((day, _), step)) = self.diary.pop_first() {
            if day > self.present.today {
                break;
            }
            match step {
                Step::Course(step) => self.course(day, step)?,
                Step::Order(step) => self.order(day, step)?,
                Step::Supervision(step) => self.supervision(day, step)?,
            }
        }
        Ok(self.case.finish())
    }

    /// Does what was done on a day, as it is entered some days later. What the register refuses on the day itself is
    /// entered on the next, as something that has happened; what it refuses then too does not happen. False where it
    /// did not, or where that moment has not come.
    pub(super) fn act(
        &mut self,
        day: Day,
        later: u32,
        act: impl Fn(&mut Case<'a>) -> Result<(), Refused>,
    ) -> Result<bool, Refused> {
        if !self.enter(day, later) {
            return Ok(false);
        }
        match act(&mut self.case) {
            Err(Refused::Rule { .. }) if later == 0 && self.enter(day, 1) => {}
            other => return happened(other),
        }
        happened(act(&mut self.case))
    }

    /// Lets what follows be entered some days after a day, in working hours and after all that was entered before.
    pub(super) fn enter(&mut self, day: Day, later: u32) -> bool {
        let opens = 8 * 60 + 30;
        let minutes = i64::from(self.chance.between(opens, opens + 8 * 60));
        let at = Instant::start_of(day.plus_days(later)).micros() + minutes * MINUTE;
        let at = at.max(self.entered.micros().saturating_add(MINUTE));
        if at > self.present.now.micros() {
            return false;
        }
        self.entered = Instant::from_micros(at);
        self.case.enter_at(self.entered);
        true
    }

    /// When the last entry was made.
    pub(super) fn entered(&self) -> Instant {
        self.entered
    }

    /// How many days an entry waits: most often none.
    pub(super) fn delay(&mut self) -> u32 {
        self.chance
            .weighed(&[(0, 62), (1, 22), (2, 8), (3, 5), (5, 3)])
    }

    /// The officer of the order's office who keeps this case.
    pub(super) fn officer(&self) -> Option<Call> {
        self.life.as_ref().map(|life| life.officer.clone())
    }
}

/// Whether something happened; a refusal is an answer.
fn happened(tried: Result<(), Refused>) -> Result<bool, Refused> {
    match tried {
        Ok(()) => Ok(true),
        Err(Refused::Rule { .. }) => Ok(false),
        Err(failure) => Err(failure),
    }
}
