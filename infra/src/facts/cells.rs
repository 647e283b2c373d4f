//! Contingency tables: one pass over the facts that stand at an index.

use std::collections::BTreeMap;

use domain::values::{CivilDate, Day, SentenceId};

use super::codes::Codes;
use super::counting::{Middle, Total, numbered};
use super::pass::Pass;
use super::table::{FactTable, index_of, number};

/// A column that no fact has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{name:?} is no column of the figures: one of {known}")]
pub struct UnknownDimension {
    /// The name given.
    pub name: String,
    /// The names there are.
    pub known: String,
}

/// A condition on one column: the word is, or is not, one of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// The column.
    pub dimension: String,
    /// The words.
    pub words: Vec<String>,
    /// Whether the words are kept or left out.
    pub keep: bool,
}

/// Which facts are counted, and by what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// The columns of the groups.
    pub by: Vec<String>,
    /// The conditions, all of which hold.
    pub filters: Vec<Filter>,
    /// Only decisions taken by this day; those of which it is not known to the day whether they were are left out.
    pub decided_until: Option<Day>,
}

/// The words of a group, one per column of the selection.
pub type Group = Vec<String>;

/// Counts by group and penalty code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cells {
    /// For each group the count of decisions by the code of what was imposed.
    pub groups: BTreeMap<Group, BTreeMap<u32, u64>>,
}

impl FactTable {
    /// Counts the decisions that stand at a ledger index, by the columns of a selection.
    pub fn cells(&self, selection: &Selection, as_of: u64) -> Result<Cells, UnknownDimension> {
        match Pass::of(self, selection, as_of)? {
            Some(pass) => Ok(pass.cells(self.penalties.len())),
            None => self.cells_of_many_words(selection, as_of),
        }
    }

    /// Counts the decisions that stand at a ledger index, by the columns of a selection, whatever was imposed.
    pub fn counts(
        &self,
        selection: &Selection,
        as_of: u64,
    ) -> Result<BTreeMap<Group, u64>, UnknownDimension> {
        if let Some(counts) = self.known.counts(self, selection, as_of)? {
            return Ok(counts);
        }
        // Each decision weighs nothing.
        let weights = vec![Some(0); self.penalties.len()];
        let totals = self.totals(selection, &weights, as_of)?.into_iter();
        Ok(totals.map(|(group, total)| (group, total.n)).collect())
    }

    /// Counts the decisions whose penalty has a number, and adds the numbers up, by the columns of a selection; the
    /// numbers are given by penalty code.
    pub fn totals(
        &self,
        selection: &Selection,
        numbers: &[Option<u32>],
        as_of: u64,
    ) -> Result<BTreeMap<Group, Total>, UnknownDimension> {
        let pass = Pass::of(self, selection, as_of)?;
        if let Some(totals) = pass.and_then(|pass| pass.totals(numbers)) {
            return Ok(totals);
        }
        let cells = self.cells(selection, as_of)?.groups;
        let totals = cells.into_iter().map(|(group, cells)| {
            let numbered = numbered(cells, numbers);
            let total = numbered.fold(Total::default(), |total, (value, n)| Total {
                n: total.n + n,
                sum: total.sum + u64::from(value) * n,
            });
            (group, total)
        });
        Ok(totals.filter(|(_, total)| total.n > 0).collect())
    }

    /// The middle of the numbers of each group, exactly; the numbers are given by penalty code, and decisions whose
    /// penalty has none are left out.
    pub fn middles(
        &self,
        selection: &Selection,
        numbers: &[Option<u32>],
        as_of: u64,
    ) -> Result<BTreeMap<Group, Middle>, UnknownDimension> {
        let pass = Pass::of(self, selection, as_of)?;
        if let Some(middles) = pass.and_then(|pass| pass.middles(numbers)) {
            return Ok(middles);
        }
        let cells = self.cells(selection, as_of)?;
        let middles = cells.groups.into_iter().filter_map(|(group, cells)| {
            let mut counted: BTreeMap<u32, u64> = BTreeMap::new();
            for (value, n) in numbered(cells, numbers) {
                *counted.entry(value).or_default() += n;
            }
            Some((group, Middle::of(&counted)?))
        });
        Ok(middles.collect())
    }

    /// Counts by group and penalty where the words of the columns are too many for one number.
    fn cells_of_many_words(
        &self,
        selection: &Selection,
        as_of: u64,
    ) -> Result<Cells, UnknownDimension> {
        let by = selection.by.iter().map(|name| self.column(name));
        let by = by.collect::<Result<Vec<_>, _>>()?;
        let filters = self.filters(&selection.filters)?;
        let mut counted: BTreeMap<Vec<u32>, BTreeMap<u32, u64>> = BTreeMap::new();
        let mut key = vec![0_u32; by.len()];
        let standing = self.standing(as_of);
        let counted_rows =
            standing.filter(|row| passes(&filters, *row) && self.is_decided(selection, *row));
        for row in counted_rows {
            for (slot, column) in key.iter_mut().zip(&by) {
                *slot = column.codes.at(row);
            }
            let group = match counted.get_mut(&key) {
                Some(group) => group,
                None => counted.entry(key.clone()).or_default(),
            };
            *group.entry(self.penalty.at(row)).or_default() += 1;
        }
        let groups = counted.into_iter().map(|(codes, cells)| {
            let words = codes.iter().zip(&by);
            let words = words.map(|(code, column)| column.words.word(*code).to_owned());
            (words.collect(), cells)
        });
        Ok(Cells {
            groups: groups.collect(),
        })
    }

    /// The decisions that stand at a ledger index under conditions, the newest version first, after leaving some out; by
    /// penalty code it is said which penalties are kept, where not all are.
    pub fn decisions(
        &self,
        selection: &Selection,
        penalties: Option<&[bool]>,
        as_of: u64,
        (skipped, most): (usize, usize),
    ) -> Result<Vec<SentenceId>, UnknownDimension> {
        let filters = self.filters(&selection.filters)?;
        let kept = |row: &usize| self.is_decided(selection, *row) && self.is_kept(penalties, *row);
        let rows = self.standing(as_of).rev();
        let rows = rows.filter(|row| passes(&filters, *row)).filter(kept);
        let decisions = rows.skip(skipped).take(most).filter_map(|row| {
            let code = *self.decision.get(row)?;
            self.decisions.get(code).copied().map(SentenceId)
        });
        Ok(decisions.collect())
    }

    /// The words that decisions standing at a ledger index use, by column.
    pub fn words_at(&self, as_of: u64) -> BTreeMap<&str, Vec<&str>> {
        let words = self.dimensions.iter().map(|(name, column)| {
            let mut used = vec![false; column.words.len()];
            for row in self.standing(as_of) {
                if let Some(used) = used.get_mut(index_of(column.codes.at(row))) {
                    *used = true;
                }
            }
            let words = column.words.words_from(0).zip(used);
            let words = words.filter_map(|(word, used)| used.then_some(word));
            (name.as_str(), words.collect())
        });
        words.collect()
    }

    /// Whether a row was decided by the day of the selection, for certain.
    pub(super) fn is_decided(&self, selection: &Selection, row: usize) -> bool {
        let Some(until) = selection.decided_until else {
            return true;
        };
        let date = self.date.get(row).copied().unwrap_or_default();
        last_day(date) <= number(until.into())
    }

    /// How many of the decisions that stand may or may not have been taken by the day of the selection: only the month or
    /// the year is known.
    pub fn undated(&self, selection: &Selection, as_of: u64) -> Result<u64, UnknownDimension> {
        let Some(until) = selection.decided_until.map(|day| number(day.into())) else {
            return Ok(0);
        };
        let filters = self.filters(&selection.filters)?;
        let standing = self.standing(as_of);
        let dates = standing
            .filter(|row| passes(&filters, *row))
            .filter_map(|row| self.date.get(row).copied());
        let unclear = dates.filter(|date| *date <= until && last_day(*date) > until);
        Ok(u64::try_from(unclear.count()).unwrap_or(u64::MAX))
    }

    /// Whether the penalty of a row is kept, where by penalty code it is said which are.
    pub(super) fn is_kept(&self, penalties: Option<&[bool]>, row: usize) -> bool {
        let code = self.penalty.get(row).map(index_of);
        penalties.is_none_or(|kept| code.and_then(|code| kept.get(code)) == Some(&true))
    }

    /// The rows that stand at a ledger index.
    pub(super) fn standing(&self, as_of: u64) -> impl DoubleEndedIterator<Item = usize> + '_ {
        let at = u32::try_from(as_of).unwrap_or(u32::MAX - 1);
        // Rows open in ledger order: those that opened later are cut off by a search.
        let end = self.from.partition_point(|from| *from <= at);
        (0..end).filter(move |row| self.to.get(*row).is_some_and(|to| *to > at))
    }

    pub(super) fn column(&self, name: &str) -> Result<&super::table::Dimension, UnknownDimension> {
        self.dimensions.get(name).ok_or_else(|| UnknownDimension {
            name: name.to_owned(),
            known: self
                .dimensions
                .keys()
                .map(String::as_str)
                .collect::<Vec<_>>()
                .join(", "),
        })
    }

    /// For each filter the column's codes and, by code, whether it is kept.
    pub(super) fn filters(&self, filters: &[Filter]) -> Result<Vec<Kept<'_>>, UnknownDimension> {
        filters
            .iter()
            .map(|filter| {
                let column = self.column(&filter.dimension)?;
                let mut kept = vec![!filter.keep; column.words.len()];
                for code in filter
                    .words
                    .iter()
                    .filter_map(|word| column.words.find(word))
                {
                    if let Some(slot) = kept.get_mut(index_of(code)) {
                        *slot = filter.keep;
                    }
                }
                Ok((&column.codes, kept))
            })
            .collect()
    }
}

/// The last day that a date may be, as one number.
pub(super) fn last_day(date: u32) -> u32 {
    let year = i16::try_from(date / 10_000).unwrap_or_default();
    let latest = match (date / 100 % 100, date % 100) {
        (0, _) => CivilDate::Year(year).latest(),
        (month, 0) => u8::try_from(month)
            .ok()
            .and_then(|month| CivilDate::Month { year, month }.latest()),
        _ => return date,
    };
    latest.map_or(u32::MAX, |day| number(day.into()))
}

/// A column's codes and, by code, whether it is kept.
pub(super) type Kept<'a> = (&'a Codes, Vec<bool>);

/// Whether a row meets every condition.
pub(super) fn passes(filters: &[Kept<'_>], row: usize) -> bool {
    filters.iter().all(|(codes, kept)| {
        let code = index_of(codes.at(row));
        kept.get(code).copied().unwrap_or_default()
    })
}
