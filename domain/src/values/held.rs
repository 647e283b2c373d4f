//! Days on which somebody was held.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Day;

/// A time in detention that is known to the day, first and last day included.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(deny_unknown_fields)]
pub struct DaysHeld {
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
}

impl DaysHeld {
    /// How many days some times have together, each day once.
    pub fn counted(times: impl IntoIterator<Item = Self>) -> u32 {
        let mut times: Vec<Self> = times.into_iter().collect();
        times.sort_unstable();
        let mut counted: Option<Day> = None;
        let mut days = 0_u32;
        for Self { from, to } in times {
            let from = match counted {
                Some(last) if from <= last => last.plus_days(1),
                _ => from,
            };
            let more = from.days_until(to).saturating_add(1).max(0);
            days = days.saturating_add(u32::try_from(more).unwrap_or(u32::MAX));
            counted = counted.max(Some(to));
        }
        days
    }
}
