//! What a pass counts: cells, totals, middles.

use std::collections::BTreeMap;

use super::cells::{Cells, Group};
use super::codes::Stretch;
use super::pass::{Pass, bits_of};
use super::table::index_of;

/// How many decisions, and the sum of their numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Total {
    /// Decisions that have a number.
    pub n: u64,
    /// The sum of the numbers.
    pub sum: u64,
}

/// The middle of numbers: one number where their count is odd, and two where it is even.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Middle {
    /// How many numbers there are.
    pub n: u64,
    /// The number of which half are lower or equal: the median of type 1.
    pub lower: u32,
    /// The next one where the count is even, the same where it is odd; the usual median lies halfway between the two.
    pub upper: u32,
}

impl Middle {
    /// Of numbers in ascending order, each with how often it occurs; none where there are none.
    pub(super) fn of<'a>(
        counted: impl IntoIterator<Item = (&'a u32, &'a u64), IntoIter: Clone>,
    ) -> Option<Self> {
        let counted = counted.into_iter();
        let n: u64 = counted.clone().map(|(_, n)| n).sum();
        let at = |rank: u64| {
            let mut passed = 0;
            let mut numbers = counted.clone();
            let found = numbers.find(|(_, n)| {
                passed += **n;
                passed > rank
            });
            found.map(|(number, _)| *number)
        };
        Some(Self {
            n,
            lower: at(n.checked_sub(1)? / 2)?,
            upper: at(n / 2)?,
        })
    }
}

/// The numbers of penalties that have one, with how many decisions have the penalty.
pub(super) fn numbered(
    cells: impl IntoIterator<Item = (u32, u64)>,
    numbers: &[Option<u32>],
) -> impl Iterator<Item = (u32, u64)> {
    let number = |code: u32| numbers.get(index_of(code)).copied().flatten();
    cells
        .into_iter()
        .filter_map(move |(code, n)| Some((number(code)?, n)))
}

/// Vectors of this length are counted in, however short the table is.
const ALWAYS: usize = 65_536;
/// The bits of a count in a number that holds a count and a sum.
const COUNT_AT: u32 = 40;

/// Counts and sums as they are added up: so many rows at most that neither runs over, then as two numbers.
struct Totals {
    packed: Vec<u64>,
    kept: Vec<Total>,
    rows: usize,
    most: usize,
}

impl Totals {
    fn new(groups: usize, largest: u32) -> Self {
        let most = (1_u64 << COUNT_AT) / (u64::from(largest) + 1);
        Self {
            packed: vec![0; groups],
            kept: vec![Total::default(); groups],
            rows: 0,
            most: usize::try_from(most)
                .unwrap_or(usize::MAX)
                .min((1 << 24) - 1),
        }
    }

    fn add<T: Copy + Into<u32>>(&mut self, groups: &[u32], penalties: &[T], numbers: &[u64]) {
        for (groups, penalties) in groups.chunks(256).zip(penalties.chunks(256)) {
            if self.rows + groups.len() > self.most {
                self.unpack();
            }
            self.rows += groups.len();
            for (group, penalty) in groups.iter().zip(penalties) {
                let number = numbers.get(index_of((*penalty).into()));
                if let Some(total) = self.packed.get_mut(index_of(*group)) {
                    *total += number.copied().unwrap_or_default();
                }
            }
        }
    }

    fn unpack(&mut self) {
        self.rows = 0;
        for (kept, packed) in self.kept.iter_mut().zip(&mut self.packed) {
            kept.n += *packed >> COUNT_AT;
            kept.sum += *packed & ((1 << COUNT_AT) - 1);
            *packed = 0;
        }
    }
}

/// Rows of each cell, a cell being a group and one class of penalties.
struct Counted {
    cells: Vec<u32>,
    bits: u32,
}

impl Counted {
    fn add<T: Copy + Into<u32>>(&mut self, groups: &[u32], penalties: &[T], classes: &[u32]) {
        for (group, penalty) in groups.iter().zip(penalties) {
            let class = classes.get(index_of((*penalty).into())).copied();
            let cell = (index_of(*group) << self.bits) + index_of(class.unwrap_or_default());
            if let Some(n) = self.cells.get_mut(cell) {
                *n += 1;
            }
        }
    }
}

impl Pass<'_> {
    /// Counts by group and penalty code.
    pub(super) fn cells(&self, penalties: usize) -> Cells {
        let codes: Vec<u32> = (0_u32..).take(penalties).collect();
        let Some(counted) = self.by_class(&codes, penalties) else {
            return self.sorted_cells();
        };
        let size = 1 << bits_of(penalties);
        let groups = (0_u32..self.nobody()).zip(counted.chunks(size));
        let groups = groups.filter_map(|(group, cells)| {
            let cells = (0_u32..).zip(cells).filter(|(_, n)| **n > 0);
            let cells: BTreeMap<u32, u64> = cells.map(|(code, n)| (code, u64::from(*n))).collect();
            (!cells.is_empty()).then(|| (self.words(group), cells))
        });
        Cells {
            groups: groups.collect(),
        }
    }

    /// The same where most combinations of group and penalty do not occur.
    fn sorted_cells(&self) -> Cells {
        let nobody = self.nobody();
        let parts = self.parts(Vec::new, |rows: &mut Vec<u64>, groups, penalties| {
            let mut add = |group: u32, penalty: u32| {
                if group != nobody {
                    rows.push((u64::from(group) << u32::BITS) | u64::from(penalty));
                }
            };
            match penalties {
                Stretch::Ones(codes) => groups
                    .iter()
                    .zip(codes)
                    .for_each(|(g, c)| add(*g, u32::from(*c))),
                Stretch::Twos(codes) => groups
                    .iter()
                    .zip(codes)
                    .for_each(|(g, c)| add(*g, u32::from(*c))),
                Stretch::Fours(codes) => groups.iter().zip(codes).for_each(|(g, c)| add(*g, *c)),
            }
        });
        let mut rows = parts.concat();
        rows.sort_unstable();
        let half = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        let groups = rows.chunk_by(|a, b| a >> u32::BITS == b >> u32::BITS);
        let groups = groups.map(|rows| {
            let cells = rows.chunk_by(|a, b| a == b).filter_map(|alike| {
                let code = half(alike.first()? & u64::from(u32::MAX));
                Some((code, u64::try_from(alike.len()).unwrap_or(u64::MAX)))
            });
            let group = rows.first().map_or(nobody, |row| half(row >> u32::BITS));
            (self.words(group), cells.collect())
        });
        Cells {
            groups: groups.collect(),
        }
    }

    /// Counts and sums by group; the numbers are given by penalty code. None where there may be far more groups than rows.
    pub(super) fn totals(&self, numbers: &[Option<u32>]) -> Option<BTreeMap<Group, Total>> {
        let groups = index_of(self.nobody()) + 1;
        if groups > ALWAYS.max(self.rows()) {
            return None;
        }
        let largest = numbers.iter().flatten().max().copied().unwrap_or_default();
        // A penalty without a number adds nothing to either.
        let packed = numbers
            .iter()
            .map(|number| number.map_or(0, |number| (1 << COUNT_AT) | u64::from(number)));
        let packed: Vec<u64> = packed.collect();
        let parts = self.parts(
            || Totals::new(groups, largest),
            |totals, groups, penalties| match penalties {
                Stretch::Ones(codes) => totals.add(groups, codes, &packed),
                Stretch::Twos(codes) => totals.add(groups, codes, &packed),
                Stretch::Fours(codes) => totals.add(groups, codes, &packed),
            },
        );
        let mut all = vec![Total::default(); groups];
        for mut part in parts {
            part.unpack();
            for (all, part) in all.iter_mut().zip(part.kept) {
                all.n += part.n;
                all.sum += part.sum;
            }
        }
        let groups = (0_u32..self.nobody()).zip(all);
        let groups = groups.filter(|(_, total)| total.n > 0);
        let groups = groups.map(|(group, total)| (self.words(group), total));
        Some(groups.collect())
    }

    /// The middle of the numbers by group; none where group and number have too many combinations.
    pub(super) fn middles(&self, numbers: &[Option<u32>]) -> Option<BTreeMap<Group, Middle>> {
        let mut values: Vec<u32> = numbers.iter().flatten().copied().collect();
        values.sort_unstable();
        values.dedup();
        // The class behind the last number is that of penalties without one.
        let class = |number: &Option<u32>| {
            let place = number.and_then(|number| values.binary_search(&number).ok());
            u32::try_from(place.unwrap_or(values.len())).unwrap_or(u32::MAX)
        };
        let classes: Vec<u32> = numbers.iter().map(class).collect();
        let counted = self.by_class(&classes, values.len() + 1)?;
        let size = 1 << bits_of(values.len() + 1);
        let groups = (0_u32..self.nobody()).zip(counted.chunks(size));
        let groups = groups.filter_map(|(group, counts)| {
            let counts: Vec<u64> = counts.iter().copied().map(u64::from).collect();
            let middle = Middle::of(values.iter().zip(&counts))?;
            Some((self.words(group), middle))
        });
        Some(groups.collect())
    }

    /// Rows by group and class of penalty, in one vector; none where it would be far longer than the table.
    fn by_class(&self, classes: &[u32], distinct: usize) -> Option<Vec<u32>> {
        let bits = bits_of(distinct);
        if self.bits() + bits > u32::BITS {
            return None;
        }
        // One group more, of rows that are not counted.
        let size = (index_of(self.nobody()) + 1) << bits;
        if size > ALWAYS.max(self.rows()) {
            return None;
        }
        let new = || Counted {
            cells: vec![0; size],
            bits,
        };
        let parts = self.parts(new, |counted, groups, penalties| match penalties {
            Stretch::Ones(codes) => counted.add(groups, codes, classes),
            Stretch::Twos(codes) => counted.add(groups, codes, classes),
            Stretch::Fours(codes) => counted.add(groups, codes, classes),
        });
        let mut parts = parts.into_iter();
        let mut all = parts.next()?.cells;
        for part in parts {
            for (all, n) in all.iter_mut().zip(part.cells) {
                *all += n;
            }
        }
        Some(all)
    }
}
