//! What is hardly possible: a slip of the pen that breaks no rule of its stream, such as 1024 for 2024.
//!
//! Nothing is refused for it: an old book may hold what nobody expects. Somebody looks at it.
//!
//! | rule | what it says |
//! |---|---|
//! | PL-1 | a date or an age that is hardly possible is seen by somebody |

mod refusal;
#[cfg(test)]
mod tests;

pub use refusal::PlausibleRefusal;

use crate::act::{Facts, Finding, Objection};
use crate::stream::{Stream, StreamEvent};
use crate::values::Known;

/// Longer than anybody is known to have lived, in years: the longest life that is documented ended in its 123rd year.
pub const LONGEST_LIFE: u16 = 123;

/// What is hardly possible of some ages and events.
pub fn look<S: Stream>(ages: &[Known<u16>], events: &[S::Event], facts: &Facts) -> Vec<Finding> {
    let told = ages.iter().filter_map(|age| age.value().copied());
    let ages = told.filter(|age| *age >= LONGEST_LIFE);
    let ages = ages.map(|age| PlausibleRefusal::TooOld { age });
    let done = events.iter().filter_map(StreamEvent::occurred);
    let done = done
        .filter(|_| S::OF_PEOPLE)
        .map(|done| facts.date(done))
        .find(|done| {
            let latest = done.latest();
            latest.is_some_and(|day| day.years_until(facts.today) >= LONGEST_LIFE)
        });
    let done = done.map(|done| PlausibleRefusal::LongAgo { done });
    let found = ages.chain(done);
    found
        .map(|refusal| Objection::notice(refusal).finding())
        .collect()
}
