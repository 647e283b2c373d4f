//! What followed a decision: of each person the first that meets the conditions, and the next one after it.

use std::collections::BTreeMap;

use domain::statistics::CountError;
use domain::statistics::reconviction::Followed;
use domain::values::Day;

use super::Selection;
use super::cells::{Group, UnknownDimension, passes};
use super::table::FactTable;

/// Persons followed from a decision, by the words of the group it belongs to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Courses {
    /// The groups.
    pub groups: BTreeMap<Group, Followed>,
    /// The last day of which anything is known: the latest day of a decision.
    pub until: Option<Day>,
    /// Persons whose first decision has no known day, and who can not be followed.
    pub without_day: u64,
}

/// Why persons cannot be followed.
#[derive(Debug, thiserror::Error)]
pub enum Unfollowed {
    /// No such column.
    #[error(transparent)]
    Unknown(#[from] UnknownDimension),
    /// More persons than figures are exact for.
    #[error(transparent)]
    Count(#[from] CountError),
}

impl FactTable {
    /// Follows each person from the first decision that meets the conditions to the person's next decision of a later day,
    /// whatever that is about, or to the last day of which anything is known.
    pub fn courses(
        &self,
        selection: &Selection,
        penalties: Option<&[bool]>,
        as_of: u64,
    ) -> Result<Courses, Unfollowed> {
        let by = selection.by.iter().map(|name| self.column(name));
        let by = by.collect::<Result<Vec<_>, _>>()?;
        let filters: Vec<_> = self.filters(&selection.filters)?;
        let mut rows: Vec<(u32, u32, usize)> = self
            .standing(as_of)
            .filter(|row| self.is_decided(selection, *row))
            .filter_map(|row| Some((*self.person.get(row)?, *self.date.get(row)?, row)))
            .collect();
        rows.sort_unstable();
        let until = rows.iter().filter_map(|(_, date, _)| day(*date)).max();
        let mut found = Courses {
            until,
            ..Courses::default()
        };
        let mut groups: BTreeMap<Vec<u32>, Followed> = BTreeMap::new();
        for of_person in rows.chunk_by(|a, b| a.0 == b.0) {
            let mut meeting = of_person
                .iter()
                .filter(|(_, _, row)| passes(&filters, *row) && self.is_kept(penalties, *row));
            let Some((_, date, row)) = meeting.next() else {
                continue;
            };
            let Some((first, until)) = day(*date).zip(until) else {
                found.without_day += 1;
                continue;
            };
            let days = of_person.iter().filter_map(|(_, date, _)| day(*date));
            let next = days.filter(|day| *day > first).min();
            let lasted = u32::try_from(first.days_until(next.unwrap_or(until))).unwrap_or_default();
            let key = by.iter().map(|column| column.codes.at(*row));
            groups
                .entry(key.collect())
                .or_default()
                .add(lasted, next.is_some(), 1)?;
        }
        let worded = groups.into_iter().map(|(codes, followed)| {
            let words = codes.iter().zip(&by);
            let words = words.map(|(code, column)| column.words.word(*code).to_owned());
            (words.collect(), followed)
        });
        found.groups = worded.collect();
        Ok(found)
    }
}

/// A date as one number, where it is known to the day.
fn day(number: u32) -> Option<Day> {
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    Day::of(i32::try_from(year).ok()?, month, day)
}
