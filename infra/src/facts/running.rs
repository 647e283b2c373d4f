//! A table that is known before it is asked for: kept as rows open and close, and answered as of any index.
//!
//! What stands at an index is what has opened so far less what has closed so far. Both are kept at every so many rows,
//! one in the order of opening and one in that of closing, so that any index is at most two parts of blocks away.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::cells::{Group, Selection, UnknownDimension};
use super::counting::Total;
use super::pass::Pass;
use super::table::{FactTable, index_of};

/// Rows between two kept states in the order of opening.
const OPENED: usize = 32_768;
/// The same in the order of closing, whose rows lie far from one another.
const CLOSED: usize = 8_192;
/// A table with more groups than this, in bits, is counted when it is asked for.
const MOST: u32 = 12;

/// Counts and sums of a table, kept as the facts grow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Running {
    by: Selection,
    numbers: Vec<Option<u32>>,
    bits: Vec<u32>,
    opened: Kept,
    closed: Kept,
}

/// The tables of counts that views ask for without being told to, by their columns: the head of every view, whose decisions
/// it counts, and what was imposed.
const KNOWN: [&[&str]; 4] = [
    &["year", "sex", "jurisdiction"],
    &["jurisdiction"],
    &["disposal"],
    &["sex", "disposal"],
];

/// Those tables, kept from the first time that each is asked for.
#[derive(Debug, Default)]
pub(super) struct Known(Mutex<Vec<Running>>);

/// What is kept follows from the facts: a copy begins without it, and tables that say the same are equal.
impl Clone for Known {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl PartialEq for Known {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Known {}

impl Known {
    /// The counts as of an index, whatever was imposed; none where the table is not one of these.
    pub(super) fn counts(
        &self,
        facts: &FactTable,
        selection: &Selection,
        as_of: u64,
    ) -> Result<Option<BTreeMap<Group, u64>>, UnknownDimension> {
        let is_plain = selection.filters.is_empty() && selection.decided_until.is_none();
        let by = KNOWN.iter().find(|by| selection.by == **by);
        let Some(by) = by.filter(|_| is_plain) else {
            return Ok(None);
        };
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = kept.iter().position(|running| running.by.by == **by);
        let at = at.unwrap_or_else(|| {
            kept.push(Running::by(by));
            kept.len() - 1
        });
        let Some(running) = kept.get_mut(at) else {
            return Ok(None);
        };
        // Each decision weighs nothing.
        running.keep(facts, &vec![Some(0); facts.penalties.len()])?;
        let totals = running.as_of(facts, as_of)?.into_iter();
        Ok(Some(
            totals.map(|(group, total)| (group, total.n)).collect(),
        ))
    }
}

/// What had opened, or closed, before each block of rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Kept(Vec<Vec<Total>>);

impl Running {
    /// A table by columns, whatever the other columns say. Before it is kept it answers like any other.
    pub fn by(columns: &[&str]) -> Self {
        let by = columns.iter().map(|name| (*name).to_owned()).collect();
        Self {
            by: Selection {
                by,
                ..Selection::default()
            },
            ..Self::default()
        }
    }

    /// Takes in what the facts gained; the numbers are given by penalty code. Where a column has gained so many words
    /// that its groups lie elsewhere, or a number is another one, everything is taken in anew.
    pub fn keep(
        &mut self,
        facts: &FactTable,
        numbers: &[Option<u32>],
    ) -> Result<(), UnknownDimension> {
        let pass = Pass::ever(facts, &self.by)?;
        let Some(pass) = pass.filter(|pass| pass.bits() <= MOST) else {
            self.begin_anew(&[]);
            numbers.clone_into(&mut self.numbers);
            return Ok(());
        };
        if pass.column_bits() != self.bits || !numbers.starts_with(&self.numbers) {
            self.begin_anew(&pass.column_bits());
        }
        numbers.clone_into(&mut self.numbers);
        while (self.opened.0.len() + 1) * OPENED <= facts.len() {
            let mut totals = self.opened.last(pass.groups());
            let first = self.opened.0.len() * OPENED;
            pass.add(first..first + OPENED, &self.numbers, &mut totals);
            self.opened.0.push(totals);
        }
        while let Some(rows) = facts.closings.chunks_exact(CLOSED).nth(self.closed.0.len()) {
            let mut totals = self.closed.last(pass.groups());
            pass.add_each(rows, &self.numbers, &mut totals);
            self.closed.0.push(totals);
        }
        Ok(())
    }

    /// The table as of an index, exactly.
    pub fn as_of(
        &self,
        facts: &FactTable,
        as_of: u64,
    ) -> Result<BTreeMap<Group, Total>, UnknownDimension> {
        let pass = Pass::ever(facts, &self.by)?;
        let Some(pass) = pass.filter(|pass| {
            pass.column_bits() == self.bits && self.numbers.len() == facts.penalties.len()
        }) else {
            return facts.totals(&self.by, &self.numbers, as_of);
        };
        let at = u32::try_from(as_of).unwrap_or(u32::MAX - 1);
        let opened = facts.from.partition_point(|from| *from <= at);
        let to = |row: &u32| facts.to.get(index_of(*row)).is_some_and(|to| *to <= at);
        let closed = facts.closings.partition_point(to);
        let (known, mut totals) = self.opened.before(opened / OPENED, pass.groups());
        pass.add(known * OPENED..opened, &self.numbers, &mut totals);
        let (known, mut gone) = self.closed.before(closed / CLOSED, pass.groups());
        let rows = facts.closings.get(known * CLOSED..closed);
        pass.add_each(rows.unwrap_or_default(), &self.numbers, &mut gone);
        let standing = totals.into_iter().zip(gone).map(|(all, gone)| Total {
            n: all.n - gone.n,
            sum: all.sum - gone.sum,
        });
        let groups = (0_u32..).zip(standing).filter(|(_, total)| total.n > 0);
        Ok(groups
            .map(|(group, total)| (pass.words(group), total))
            .collect())
    }

    fn begin_anew(&mut self, bits: &[u32]) {
        *self = Self {
            by: std::mem::take(&mut self.by),
            bits: bits.to_vec(),
            ..Self::default()
        };
    }
}

impl Kept {
    fn last(&self, groups: usize) -> Vec<Total> {
        let last = self.0.last().cloned();
        last.unwrap_or_else(|| vec![Total::default(); groups])
    }

    /// What is kept of so many blocks, or of fewer where fewer are kept.
    fn before(&self, blocks: usize, groups: usize) -> (usize, Vec<Total>) {
        let known = blocks.min(self.0.len());
        let kept = known.checked_sub(1).and_then(|last| self.0.get(last));
        (
            known,
            kept.cloned()
                .unwrap_or_else(|| vec![Total::default(); groups]),
        )
    }
}
