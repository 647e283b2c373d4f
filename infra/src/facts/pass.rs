//! One pass over the rows that stand at an index: blocks of rows, each row's group as one small number.
//!
//! The codes of the columns asked for stand side by side in the bits of the number, so that groups are counted in flat
//! vectors. A row that is not counted, because it does not stand or a condition leaves it out, has the number that no
//! group has: nothing is skipped row by row. Long tables are passed by every core, each over its own part.

use std::ops::Range;

use super::cells::{Selection, UnknownDimension, last_day};
use super::codes::{Codes, Stretch};
use super::counting::Total;
use super::table::{Dimension, FactTable, index_of, number};

/// Rows of one block: their numbers stay in the nearest cache.
const BLOCK: usize = 2_048;
/// Fewer rows than this are passed by one core.
const PART: usize = 131_072;
/// The most bits that a group may take.
const BITS: u32 = 31;

/// What one pass looks at.
pub(super) struct Pass<'a> {
    facts: &'a FactTable,
    columns: Vec<(&'a Dimension, u32)>,
    filters: Vec<(&'a Codes, Vec<bool>)>,
    until: Option<u32>,
    at: u32,
    end: usize,
    bits: u32,
}

/// How many bits so many codes take.
pub(super) fn bits_of(codes: usize) -> u32 {
    usize::BITS - codes.saturating_sub(1).leading_zeros()
}

impl<'a> Pass<'a> {
    /// The pass for a selection as of an index; none where the words of its columns are too many for one number.
    pub(super) fn of(
        facts: &'a FactTable,
        selection: &Selection,
        as_of: u64,
    ) -> Result<Option<Self>, UnknownDimension> {
        let columns = selection.by.iter().map(|name| facts.column(name));
        let columns = columns.collect::<Result<Vec<_>, _>>()?;
        let sized = columns.iter().map(|column| bits_of(column.words.len()));
        let columns: Vec<_> = columns.iter().copied().zip(sized).collect();
        let bits: u32 = columns.iter().map(|(_, bits)| bits).sum();
        let filters = facts.filters(&selection.filters)?;
        let at = u32::try_from(as_of).unwrap_or(u32::MAX - 1);
        Ok((bits <= BITS).then(|| Self {
            facts,
            columns,
            filters,
            until: selection.decided_until.map(|day| number(day.into())),
            at,
            // Rows open in ledger order: those that opened later are cut off by a search.
            end: facts.from.partition_point(|from| *from <= at),
            bits,
        }))
    }

    /// The pass over all rows that ever opened, whether they still stand or not.
    pub(super) fn ever(
        facts: &'a FactTable,
        selection: &Selection,
    ) -> Result<Option<Self>, UnknownDimension> {
        let pass = Self::of(facts, selection, u64::from(u32::MAX - 1))?;
        // Every row closes after the beginning.
        Ok(pass.map(|pass| Self { at: 0, ..pass }))
    }

    /// How many bits each column takes.
    pub(super) fn column_bits(&self) -> Vec<u32> {
        self.columns.iter().map(|(_, bits)| *bits).collect()
    }

    /// How many numbers of groups there are.
    pub(super) fn groups(&self) -> usize {
        index_of(self.nobody())
    }

    /// Adds some rows to counts and sums by group.
    pub(super) fn add(&self, rows: Range<usize>, numbers: &[Option<u32>], to: &mut [Total]) {
        let mut at = rows.start;
        self.blocks(rows, |groups, _| {
            for group in groups {
                self.add_one(*group, at, numbers, to);
                at += 1;
            }
        });
    }

    /// Adds rows here and there.
    pub(super) fn add_each(&self, rows: &[u32], numbers: &[Option<u32>], to: &mut [Total]) {
        for row in rows {
            let row = index_of(*row);
            let codes = self.columns.iter();
            let group = codes.fold(0, |group, (column, bits)| {
                (group << bits) | column.codes.at(row)
            });
            self.add_one(group, row, numbers, to);
        }
    }

    fn add_one(&self, group: u32, row: usize, numbers: &[Option<u32>], to: &mut [Total]) {
        let number = numbers.get(index_of(self.facts.penalty.at(row)));
        let total = to.get_mut(index_of(group));
        if let Some((total, number)) = total.zip(number.copied().flatten()) {
            total.n += 1;
            total.sum += u64::from(number);
        }
    }

    /// The rows that had opened.
    pub(super) fn rows(&self) -> usize {
        self.end
    }

    /// How many bits a group takes.
    pub(super) fn bits(&self) -> u32 {
        self.bits
    }

    /// The number of rows that are not counted, one above that of the last group.
    pub(super) fn nobody(&self) -> u32 {
        1 << self.bits
    }

    /// The words of a group.
    pub(super) fn words(&self, group: u32) -> Vec<String> {
        let mut below = self.bits;
        let words = self.columns.iter().map(|(column, bits)| {
            below = below.saturating_sub(*bits);
            let code = (group >> below) & ((1 << bits) - 1);
            column.words.word(code).to_owned()
        });
        words.collect()
    }

    /// Passes all rows, by every core; the parts come in the order of the rows.
    pub(super) fn parts<A: Send>(
        &self,
        new: impl Fn() -> A + Sync,
        add: impl Fn(&mut A, &[u32], Stretch<'_>) + Sync,
    ) -> Vec<A> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let parts = cores.min(self.end / PART + 1);
        let long = self.end.div_ceil(parts);
        let part = |no: usize| {
            let mut kept = new();
            let rows = no * long..((no + 1) * long).min(self.end);
            self.blocks(rows, |groups, penalties| add(&mut kept, groups, penalties));
            kept
        };
        std::thread::scope(|scope| {
            let part = &part;
            let others: Vec<_> = (1..parts).map(|no| scope.spawn(move || part(no))).collect();
            let mut all = vec![part(0)];
            for other in others {
                match other.join() {
                    Ok(part) => all.push(part),
                    Err(fault) => std::panic::resume_unwind(fault),
                }
            }
            all
        })
    }

    fn blocks(&self, rows: Range<usize>, mut each: impl FnMut(&[u32], Stretch<'_>)) {
        let mut groups = [0_u32; BLOCK];
        for start in rows.clone().step_by(BLOCK) {
            let rows = start..(start + BLOCK).min(rows.end);
            let Some(groups) = groups.get_mut(..rows.len()) else {
                continue;
            };
            self.group(rows.clone(), groups);
            each(groups, self.facts.penalty.of(rows));
        }
    }

    /// The groups of some rows.
    fn group(&self, rows: Range<usize>, groups: &mut [u32]) {
        let mut columns = self.columns.iter();
        match columns
            .next()
            .map(|(column, _)| column.codes.of(rows.clone()))
        {
            Some(Stretch::Ones(codes)) => begin(groups, codes),
            Some(Stretch::Twos(codes)) => begin(groups, codes),
            Some(Stretch::Fours(codes)) => begin(groups, codes),
            None => groups.fill(0),
        }
        for (column, bits) in columns {
            match column.codes.of(rows.clone()) {
                Stretch::Ones(codes) => append(groups, codes, *bits),
                Stretch::Twos(codes) => append(groups, codes, *bits),
                Stretch::Fours(codes) => append(groups, codes, *bits),
            }
        }
        let nobody = self.nobody();
        for (codes, kept) in &self.filters {
            match codes.of(rows.clone()) {
                Stretch::Ones(codes) => leave_out(groups, codes, kept, nobody),
                Stretch::Twos(codes) => leave_out(groups, codes, kept, nobody),
                Stretch::Fours(codes) => leave_out(groups, codes, kept, nobody),
            }
        }
        let dates = self.facts.date.get(rows.clone()).unwrap_or_default();
        if let Some(until) = self.until {
            for (group, date) in groups.iter_mut().zip(dates) {
                // No date is later than the last day it may be.
                if *date > until || last_day(*date) > until {
                    *group = nobody;
                }
            }
        }
        let ends = self.facts.to.get(rows).unwrap_or_default();
        for (group, to) in groups.iter_mut().zip(ends) {
            *group = if *to > self.at { *group } else { nobody };
        }
    }
}

/// The codes of the first column.
fn begin<T: Copy + Into<u32>>(groups: &mut [u32], codes: &[T]) {
    for (group, code) in groups.iter_mut().zip(codes) {
        *group = (*code).into();
    }
}

/// The codes of one more column behind those before.
fn append<T: Copy + Into<u32>>(groups: &mut [u32], codes: &[T], bits: u32) {
    for (group, code) in groups.iter_mut().zip(codes) {
        *group = (*group << bits) | (*code).into();
    }
}

fn leave_out<T: Copy + Into<u32>>(groups: &mut [u32], codes: &[T], kept: &[bool], nobody: u32) {
    for (group, code) in groups.iter_mut().zip(codes) {
        let kept = kept.get(index_of((*code).into())).copied();
        *group = if kept == Some(true) { *group } else { nobody };
    }
}
