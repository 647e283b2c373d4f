//! When a conviction becomes spent.
//!
//! "Spent" is a view worked out for a day and never an event: the law may change, and its new periods reach back to old
//! convictions. What comes out is a calculation to be certified by whoever answers for it, with every step in words.
//!
//! - The day that is asked about chooses the table of the jurisdiction's pack; the first row of it that fits a disposal
//!   gives the period.
//! - Terms that are served one after the other are one term. Of several disposals of one conviction the longest period
//!   counts.
//! - A further conviction in a period that still runs may prolong both, as the pack says.
//! - A period that begins with a day ends on the day before the same day of a later month, and on the last of that month
//!   where it has no such day: a year that begins with 29 February ends on 28 February.
//! - What is sealed or expunged the person's own stream says; it only passes through here.

mod facts;
mod further;
mod outcome;
mod period;
mod recorded;
mod step;
#[cfg(test)]
mod tests;

pub use self::facts::{Conviction, ConvictionNo, Disposal, End};
pub use self::outcome::{Answer, Applied, Awaits, Gap, Held, Outcome, Standing};
pub use self::recorded::{OfDecision, Spent, SpentFrom, spent};
pub use self::step::Step;

use self::further::Period;
use self::outcome::Limit;
use crate::jurisdiction::{Pack, PeriodTable};
use crate::values::Day;

/// What stands beside every date that is worked out here.
pub const LABEL: &str = crate::release::dates::LABEL;

/// Works out for each conviction up to a day when it is spent, as the law stands on that day; the earliest first.
pub fn view(law: &Pack, convictions: &[Conviction], as_of: Day) -> Vec<Answer> {
    let table = law.rehabilitation.table(as_of);
    let known = |conviction: &&Conviction| !conviction.on.is_after(as_of);
    let mut periods: Vec<Period<'_>> = convictions
        .iter()
        .filter(known)
        .map(|conviction| own(law, table, conviction))
        .collect();
    periods.sort_by_key(|period| (period.conviction.on.earliest(), period.conviction.no));
    if let Some(rule) = &law.rehabilitation.further {
        further::prolong(rule, &mut periods);
    }
    let applied = table.map(Applied::of);
    let answer = |period: Period<'_>| Answer {
        label: LABEL,
        no: period.conviction.no,
        as_of,
        table: applied.clone(),
        outcome: period.all.outcome(),
        steps: period.steps,
    };
    periods.into_iter().map(answer).collect()
}

/// The period of a conviction that stands alone.
fn own<'a>(law: &'a Pack, table: Option<&PeriodTable>, conviction: &'a Conviction) -> Period<'a> {
    match (table, conviction.on.day()) {
        (None, _) => Period::unknown(conviction, Gap::NoTable),
        (Some(_), None) => Period::unknown(conviction, Gap::DayOfConviction),
        (Some(_), Some(_)) if conviction.disposals.is_empty() => {
            Period::unknown(conviction, Gap::NoDisposal)
        }
        (Some(table), Some(on)) => period::of(law, table, conviction, on),
    }
}

impl<'a> Period<'a> {
    fn unknown(conviction: &'a Conviction, gap: Gap) -> Self {
        Self {
            conviction,
            all: Limit::Unknown(gap.clone()),
            lent: Some(Limit::Unknown(gap)),
            alone: false,
            steps: Vec::new(),
        }
    }
}
