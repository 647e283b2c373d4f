//! What changed between two moments: the decisions that are counted at one and not, or otherwise, at the other.

use std::collections::{BTreeMap, BTreeSet};

use domain::values::SentenceId;
use schemars::JsonSchema;
use serde::Serialize;

use super::Selection;
use super::cells::{UnknownDimension, passes};
use super::table::FactTable;

/// Which facts are counted at a moment.
#[derive(Debug, Clone)]
pub struct Counted<'a> {
    /// The conditions.
    pub selection: Selection,
    /// By penalty code, which penalties are kept, where not all are.
    pub penalties: Option<&'a [bool]>,
    /// The moment; none before the first entry.
    pub as_of: Option<u64>,
}

/// What became of a decision between two moments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Became {
    /// It is counted at the later moment only.
    Added,
    /// It is counted at both, otherwise than before.
    Revised,
    /// It is counted at the earlier moment only.
    Left,
}

/// A decision that changed, and the entries that changed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedFact {
    /// The decision.
    pub decision: SentenceId,
    /// What became of it.
    pub became: Became,
    /// The ledger indexes of the entries between the moments that changed its facts, in their order.
    pub entries: Vec<u64>,
}

/// What is known of one decision at both moments.
#[derive(Default)]
struct Versions {
    earlier: Option<usize>,
    later: Option<usize>,
    entries: BTreeSet<u32>,
}

impl FactTable {
    /// The decisions by which what is counted at two moments differs, in the order of their first change.
    pub fn changes(
        &self,
        earlier: &Counted<'_>,
        later: &Counted<'_>,
    ) -> Result<Vec<ChangedFact>, UnknownDimension> {
        let Some(until) = later.as_of else {
            return Ok(Vec::new());
        };
        let entry = |index: u64| u32::try_from(index).unwrap_or(u32::MAX - 1);
        let between = |index: u32| {
            earlier.as_of.is_none_or(|first| index > entry(first)) && index <= entry(until)
        };
        let counts = [self.is_counted(earlier)?, self.is_counted(later)?];
        let stands = |moment: &Counted<'_>, row: usize| {
            let (from, to) = (self.from.get(row), self.to.get(row));
            let at = moment.as_of.map(entry);
            at.zip(from.zip(to))
                .is_some_and(|(at, (from, to))| *from <= at && at < *to)
        };
        let mut found: BTreeMap<u32, Versions> = BTreeMap::new();
        let rows = self.from.iter().zip(&self.to).zip(&self.decision);
        for (row, ((from, to), decision)) in rows.enumerate() {
            if !between(*from) && !between(*to) {
                continue;
            }
            let versions = found.entry(*decision).or_default();
            versions
                .entries
                .extend([*from, *to].into_iter().filter(|index| between(*index)));
            if stands(earlier, row) && counts[0](row) {
                versions.earlier = Some(row);
            }
            if stands(later, row) && counts[1](row) {
                versions.later = Some(row);
            }
        }
        let changed = found.into_iter().filter_map(|(decision, versions)| {
            let became = match (versions.earlier, versions.later) {
                (None, None) => return None,
                (None, Some(_)) => Became::Added,
                (Some(_), None) => Became::Left,
                (Some(one), Some(other)) if self.says_the_same(one, other) => return None,
                (Some(_), Some(_)) => Became::Revised,
            };
            Some(ChangedFact {
                decision: SentenceId(*self.decisions.get(decision)?),
                became,
                entries: versions.entries.into_iter().map(u64::from).collect(),
            })
        });
        let mut changed: Vec<ChangedFact> = changed.collect();
        changed.sort_by(|one, other| one.entries.cmp(&other.entries));
        Ok(changed)
    }

    /// Whether a row is counted where it stands.
    fn is_counted<'a>(
        &'a self,
        moment: &'a Counted<'a>,
    ) -> Result<impl Fn(usize) -> bool + 'a, UnknownDimension> {
        let filters = self.filters(&moment.selection.filters)?;
        Ok(move |row: usize| {
            passes(&filters, row)
                && self.is_decided(&moment.selection, row)
                && self.is_kept(moment.penalties, row)
        })
    }

    /// Whether two versions of a decision say the same to every figure.
    fn says_the_same(&self, one: usize, other: usize) -> bool {
        let same = |column: &[u32]| column.get(one) == column.get(other);
        same(&self.person)
            && same(&self.date)
            && self.penalty.get(one) == self.penalty.get(other)
            && self
                .dimensions
                .values()
                .all(|column| column.codes.get(one) == column.codes.get(other))
    }
}
