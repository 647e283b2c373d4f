//! The dates of a sentence of custody, worked out from its terms, step by step.
//!
//! Pure arithmetic on the calendar, every step of which a page can show. It decides nothing: what comes out is a
//! calculation to be certified by whoever answers for it.
//!
//! - A term ends on its first day plus its length, less one day: 18 months from 3 May 2024 end on 2 November 2025. Where
//!   the month has no such day it ends on the month's last: one month from 31 January ends on the last of February.
//! - A consecutive term begins on the day after the one it follows; the two are served as one.
//! - The part that is served before release is a part of the term's own days, from the first to the last. In a row of
//!   consecutive terms these parts are added up; or, where the law says so, the terms under the same rule are added up
//!   before their part is taken.
//! - Days already spent in detention count as served: they are taken off the day of release and off the end.
//! - Of several rows that run at the same time the latest day counts.

mod row;
mod step;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use self::row::{Member, Row};
pub use self::step::Step;
pub(crate) use self::step::Written;
use crate::jurisdiction::{Consecutive, Share};
use crate::values::{ComponentNo, Day, Length};

/// What stands beside every date that is worked out here.
pub const LABEL: &str = "calculation to be certified";

/// When a term begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Begins {
    /// On a day.
    On(Day),
    /// When another one ends.
    After(ComponentNo),
}

/// A term of custody, with all that its dates depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TermToServe {
    /// Which component of the decision it is.
    pub no: ComponentNo,
    /// When it begins.
    pub begins: Begins,
    /// How long it is.
    pub length: Length,
    /// How many days of earlier detention are credited to it.
    #[serde(default)]
    pub remand_days: u32,
    /// How much of it is served before release; all of it without that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<Share>,
}

/// Why no date can be worked out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DatesError {
    /// There is nothing to serve.
    #[error("no term of custody is given: give at least one")]
    None,
    /// A term that is no calendar term.
    #[error(
        "component {no} lasts {length}, which no calendar can count: give years, months and days"
    )]
    NotCalendar {
        /// Which component.
        no: ComponentNo,
        /// Its length.
        length: Length,
    },
    /// A term of no time.
    #[error("component {no} lasts no time: give its length")]
    Empty {
        /// Which component.
        no: ComponentNo,
    },
    /// A number that stands twice.
    #[error("component {no} is given twice: give each once")]
    Twice {
        /// Which component.
        no: ComponentNo,
    },
    /// A term that follows another that is not there, or itself.
    #[error(
        "component {no} follows {after}, and no first day can be found for it: give the day on which the row begins"
    )]
    NoFirstDay {
        /// Which component.
        no: ComponentNo,
        /// Which one it follows.
        after: ComponentNo,
    },
}

/// The dates of one term, together with all that goes before it in its row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TermDates {
    /// Which component of the decision it is.
    pub no: ComponentNo,
    /// Its first day.
    pub begins: Day,
    /// The day from which release is possible: the last that has to be served.
    pub eligible: Day,
    /// The last day of it.
    pub ends: Day,
    /// How they were worked out.
    pub steps: Vec<Step>,
}

/// The dates of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Dates {
    /// What has to stand beside them.
    pub label: &'static str,
    /// The day from which release is possible, of all terms together.
    pub eligible: Day,
    /// The last day of all terms together.
    pub ends: Day,
    /// The dates of each term, each after the one it follows.
    pub terms: Vec<TermDates>,
}

/// A term that has its place in a row.
struct Placed {
    no: ComponentNo,
    /// The terms of the row, up to and with it.
    row: Row,
}

/// Works out the dates of a sentence from its terms, and from how the law takes the part of terms that follow each other.
pub fn calculate(terms: &[TermToServe], consecutive: Consecutive) -> Result<Dates, DatesError> {
    for (at, term) in terms.iter().enumerate() {
        if terms.iter().take(at).any(|other| other.no == term.no) {
            return Err(DatesError::Twice { no: term.no });
        }
    }
    let mut placed: Vec<Placed> = Vec::new();
    let mut dates: Vec<TermDates> = Vec::new();
    let mut waiting: Vec<&TermToServe> = terms.iter().collect();
    while !waiting.is_empty() {
        let mut later = Vec::new();
        let before = waiting.len();
        for term in waiting {
            match gone_before(term, &placed) {
                Some(row) => {
                    let (place, worked) = serve(term, row, consecutive)?;
                    placed.push(place);
                    dates.push(worked);
                }
                None => later.push(term),
            }
        }
        if let (Some(stuck), true) = (later.first(), later.len() == before) {
            return Err(no_first_day(stuck));
        }
        waiting = later;
    }
    let is_last = |no| !terms.iter().any(|term| term.begins == Begins::After(no));
    let last = dates.iter().filter(|term| is_last(term.no));
    let latest = last.clone().map(|term| term.eligible).max();
    let ends = last.map(|term| term.ends).max();
    let (eligible, ends) = latest.zip(ends).ok_or(DatesError::None)?;
    Ok(Dates {
        label: LABEL,
        eligible,
        ends,
        terms: dates,
    })
}

fn no_first_day(term: &TermToServe) -> DatesError {
    let (no, after) = match term.begins {
        Begins::After(after) => (term.no, after),
        Begins::On(_) => (term.no, term.no),
    };
    DatesError::NoFirstDay { no, after }
}

/// What goes before a term in its row; nothing where that has no place yet.
fn gone_before(term: &TermToServe, placed: &[Placed]) -> Option<Row> {
    match term.begins {
        Begins::On(day) => Some(Row::begin(day)),
        Begins::After(no) => placed
            .iter()
            .find(|before| before.no == no)
            .map(|before| before.row.clone()),
    }
}

fn serve(
    term: &TermToServe,
    mut row: Row,
    consecutive: Consecutive,
) -> Result<(Placed, TermDates), DatesError> {
    let (no, length) = (term.no, term.length);
    let calendar = length
        .term()
        .ok_or(DatesError::NotCalendar { no, length })?;
    if calendar.is_zero() {
        return Err(DatesError::Empty { no });
    }
    let begins = row.next;
    let member = Member {
        length,
        calendar,
        share: term.share,
    };
    let mut steps = Vec::new();
    match consecutive {
        Consecutive::Together if !row.members.is_empty() => row.join(member, &mut steps),
        Consecutive::Together | Consecutive::Each => row.add(member, &mut steps),
    }
    row.remand = row.remand.saturating_add(term.remand_days);
    let (eligible, ends) = row.credited(&mut steps);
    let worked = TermDates {
        no,
        begins,
        eligible,
        ends,
        steps,
    };
    Ok((Placed { no, row }, worked))
}
