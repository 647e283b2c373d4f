//! Order: does the graver case get more? Counts of concordant and discordant pairs, and the
//! figures of association made of them (`docs/statistics.md` O1–O6, P3).
//!
//! Rows are levels of gravity, columns levels of severity, both ascending. Every count is an exact
//! integer; tables merge by addition and are retracted by subtraction, figures do neither.

use super::damage::CountError;
use super::exact::MOST_DECISIONS;
use schemars::JsonSchema;
use serde::Serialize;

/// Decisions by gravity (rows, ascending) and severity (columns, ascending).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    rows: usize,
    columns: usize,
    counts: Vec<u64>,
    total: u64,
}

/// The pairs of decisions in a table, by how their gravity and severity compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Pairs {
    /// Decisions.
    pub n: u64,
    /// C: the graver case got more.
    pub concordant: u64,
    /// D: the graver case got less.
    pub discordant: u64,
    /// `T_s`: different gravity, same severity.
    pub tied_severity_only: u64,
    /// `T_g`: same gravity, different severity.
    pub tied_gravity_only: u64,
    /// `T_b`: same gravity and same severity.
    pub tied_both: u64,
    /// n0 = n(n−1)/2.
    pub total_pairs: u64,
    /// `G = C + D + T_s`.
    pub pairs_differing_in_gravity: u64,
}

/// What one further decision in a cell adds to the pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Change {
    /// Pairs that become concordant.
    pub concordant: u64,
    /// Pairs that become discordant.
    pub discordant: u64,
    /// Pairs of different gravity and same severity.
    pub tied_severity_only: u64,
    /// Pairs of same gravity and different severity.
    pub tied_gravity_only: u64,
    /// Pairs of same gravity and same severity.
    pub tied_both: u64,
}

/// A cell with decisions in it, and how many decisions are in order and out of order with it.
pub(super) struct Cell {
    pub(super) count: u64,
    pub(super) row_total: u64,
    pub(super) column_total: u64,
    pub(super) in_order: u64,
    pub(super) out_of_order: u64,
}

impl Table {
    /// An empty table for so many levels of gravity and of severity.
    pub fn new(rows: usize, columns: usize) -> Self {
        Self {
            rows,
            columns,
            counts: vec![0; rows * columns],
            total: 0,
        }
    }

    /// A table from its rows. Refuses rows of different length and more decisions than
    /// [`MOST_DECISIONS`].
    pub fn from_rows(rows: &[Vec<u64>]) -> Result<Self, CountError> {
        let columns = rows.first().map_or(0, Vec::len);
        let mut table = Self::new(rows.len(), columns);
        for (row, counts) in rows.iter().enumerate() {
            if counts.len() != columns {
                return Err(CountError::Ragged {
                    row,
                    found: counts.len(),
                    expected: columns,
                });
            }
            for (column, count) in counts.iter().enumerate() {
                table.add(row, column, *count)?;
            }
        }
        Ok(table)
    }

    /// The rows, as they would be given to [`Table::from_rows`].
    pub fn to_rows(&self) -> Vec<Vec<u64>> {
        (0..self.rows).map(|row| self.row(row).to_vec()).collect()
    }

    /// All decisions counted.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// The count of a cell.
    pub fn count(&self, row: usize, column: usize) -> Result<u64, CountError> {
        self.position(row, column)
            .map(|position| self.counts[position])
    }

    /// Counts so many more decisions in a cell.
    pub fn add(&mut self, row: usize, column: usize, count: u64) -> Result<(), CountError> {
        let position = self.position(row, column)?;
        let total = self
            .total
            .checked_add(count)
            .filter(|total| *total <= MOST_DECISIONS);
        self.total = total.ok_or(CountError::TooMany {
            limit: MOST_DECISIONS,
        })?;
        self.counts[position] += count;
        Ok(())
    }

    /// Takes decisions out of a cell: an appeal, a correction, an erasure.
    pub fn retract(&mut self, row: usize, column: usize, count: u64) -> Result<(), CountError> {
        let position = self.position(row, column)?;
        let held = self.counts[position];
        self.counts[position] =
            held.checked_sub(count)
                .ok_or_else(|| CountError::RetractedMoreThanCounted {
                    cell: format!("row {row}, column {column}"),
                    held,
                    retracted: count,
                })?;
        self.total -= count;
        Ok(())
    }

    /// The sum of two tables of the same shape; an empty table of no cells changes nothing.
    pub fn merged(&self, other: &Self) -> Result<Self, CountError> {
        if self.counts.is_empty() {
            return Ok(other.clone());
        }
        self.combined(other, Self::add)
    }

    /// This table less another that is contained in it.
    pub fn without(&self, other: &Self) -> Result<Self, CountError> {
        self.combined(other, Self::retract)
    }

    fn combined(
        &self,
        other: &Self,
        step: impl Fn(&mut Self, usize, usize, u64) -> Result<(), CountError>,
    ) -> Result<Self, CountError> {
        if other.counts.is_empty() {
            return Ok(self.clone());
        }
        if (self.rows, self.columns) != (other.rows, other.columns) {
            return Err(CountError::ShapeMismatch {
                rows: self.rows,
                columns: self.columns,
                other_rows: other.rows,
                other_columns: other.columns,
            });
        }
        let mut combined = self.clone();
        for row in 0..other.rows {
            for (column, count) in other.row(row).iter().enumerate() {
                step(&mut combined, row, column, *count)?;
            }
        }
        Ok(combined)
    }

    /// All pairs by kind, in one pass over the cells: the rows are read by gravity ascending, with
    /// the columns of the rows already read as prefix sums.
    pub fn pairs(&self) -> Pairs {
        let mut less_grave = vec![0_u64; self.columns];
        let (mut read, mut concordant, mut discordant) = (0_u64, 0_u64, 0_u64);
        let (mut tied_gravity, mut tied_both) = (0_u64, 0_u64);
        for row in 0..self.rows {
            let mut below = 0_u64;
            for (count, earlier) in self.row(row).iter().zip(&less_grave) {
                concordant += count * below;
                discordant += count * (read - below - earlier);
                tied_both += pairs_among(*count);
                below += earlier;
            }
            for (count, earlier) in self.row(row).iter().zip(&mut less_grave) {
                *earlier += count;
            }
            let row_total: u64 = self.row(row).iter().sum();
            tied_gravity += pairs_among(row_total);
            read += row_total;
        }
        let tied_severity: u64 = less_grave.iter().copied().map(pairs_among).sum();
        let total_pairs = pairs_among(self.total);
        Pairs {
            n: self.total,
            concordant,
            discordant,
            tied_severity_only: tied_severity - tied_both,
            tied_gravity_only: tied_gravity - tied_both,
            tied_both,
            total_pairs,
            pairs_differing_in_gravity: total_pairs - tied_gravity,
        }
    }

    /// What one further decision in this cell would add to the pairs. Taking one away removes what
    /// adding it to the smaller table would add.
    pub fn change(&self, row: usize, column: usize) -> Result<Change, CountError> {
        let same_both = self.count(row, column)?;
        let (mut concordant, mut discordant, mut same_severity) = (0, 0, 0);
        for other in (0..self.rows).filter(|other| *other != row) {
            let counts = self.row(other);
            let (lower, rest) = counts.split_at(column);
            let lower: u64 = lower.iter().sum();
            let higher: u64 = rest[1..].iter().sum();
            let (agreeing, opposing) = if other < row {
                (lower, higher)
            } else {
                (higher, lower)
            };
            concordant += agreeing;
            discordant += opposing;
            same_severity += rest[0];
        }
        let row_total: u64 = self.row(row).iter().sum();
        Ok(Change {
            concordant,
            discordant,
            tied_severity_only: same_severity,
            tied_gravity_only: row_total - same_both,
            tied_both: same_both,
        })
    }

    /// How many levels occur: rows and columns that are not empty.
    pub fn occurring_levels(&self) -> (u64, u64) {
        let occurring = |totals: Vec<u64>| totals.into_iter().map(|t| u64::from(t > 0)).sum();
        (
            occurring(self.row_totals()),
            occurring(self.column_totals()),
        )
    }

    pub(super) fn row_totals(&self) -> Vec<u64> {
        (0..self.rows)
            .map(|row| self.row(row).iter().sum())
            .collect()
    }

    pub(super) fn column_totals(&self) -> Vec<u64> {
        let mut totals = vec![0; self.columns];
        for row in 0..self.rows {
            for (total, count) in totals.iter_mut().zip(self.row(row)) {
                *total += count;
            }
        }
        totals
    }

    /// Every cell that holds decisions, with A (in order with it) and D (out of order with it).
    pub(super) fn cells(&self) -> Vec<Cell> {
        let column_totals = self.column_totals();
        let mut less_grave = vec![0_u64; self.columns];
        let mut read = 0_u64;
        let mut cells = Vec::new();
        for row in 0..self.rows {
            let counts = self.row(row);
            let row_total: u64 = counts.iter().sum();
            let graver_total = self.total - read - row_total;
            let (mut lower_before, mut lower_after) = (0_u64, 0_u64);
            for (column, count) in counts.iter().enumerate() {
                let before = less_grave[column];
                let after = column_totals[column] - before - count;
                let higher_before = read - lower_before - before;
                let higher_after = graver_total - lower_after - after;
                if *count > 0 {
                    cells.push(Cell {
                        count: *count,
                        row_total,
                        column_total: column_totals[column],
                        in_order: lower_before + higher_after,
                        out_of_order: higher_before + lower_after,
                    });
                }
                lower_before += before;
                lower_after += after;
            }
            for (earlier, count) in less_grave.iter_mut().zip(counts) {
                *earlier += count;
            }
            read += row_total;
        }
        cells
    }

    fn row(&self, row: usize) -> &[u64] {
        &self.counts[row * self.columns..(row + 1) * self.columns]
    }

    fn position(&self, row: usize, column: usize) -> Result<usize, CountError> {
        if row < self.rows && column < self.columns {
            return Ok(row * self.columns + column);
        }
        Err(CountError::OutsideTable {
            row,
            column,
            rows: self.rows,
            columns: self.columns,
        })
    }
}

/// n(n−1)/2.
pub(super) fn pairs_among(n: u64) -> u64 {
    if n.is_multiple_of(2) {
        (n / 2) * n.saturating_sub(1)
    } else {
        n * ((n - 1) / 2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tables() -> impl Strategy<Value = Table> {
        (1_usize..5, 1_usize..5)
            .prop_flat_map(|(rows, columns)| {
                prop::collection::vec(prop::collection::vec(0_u64..5, columns), rows)
            })
            .prop_map(|rows| Table::from_rows(&rows).unwrap())
    }

    fn pairs_one_by_one(table: &Table) -> Pairs {
        let decisions: Vec<(usize, usize)> = (0..table.rows)
            .flat_map(|row| (0..table.columns).map(move |column| (row, column)))
            .flat_map(|cell| {
                let count = usize::try_from(table.count(cell.0, cell.1).unwrap()).unwrap();
                std::iter::repeat_n(cell, count)
            })
            .collect();
        let mut pairs = Pairs {
            n: table.total(),
            ..Pairs::default()
        };
        for (at, a) in decisions.iter().enumerate() {
            for b in &decisions[at + 1..] {
                pairs.total_pairs += 1;
                pairs.pairs_differing_in_gravity += u64::from(a.0 != b.0);
                let kind = match (a.0.cmp(&b.0), a.1.cmp(&b.1)) {
                    (x, y) if x.is_eq() && y.is_eq() => &mut pairs.tied_both,
                    (x, _) if x.is_eq() => &mut pairs.tied_gravity_only,
                    (_, y) if y.is_eq() => &mut pairs.tied_severity_only,
                    (x, y) if x == y => &mut pairs.concordant,
                    _ => &mut pairs.discordant,
                };
                *kind += 1;
            }
        }
        pairs
    }

    proptest! {
        #[test]
        fn the_one_pass_counts_what_comparing_every_pair_counts(table in tables()) {
            prop_assert_eq!(table.pairs(), pairs_one_by_one(&table));
        }

        #[test]
        fn every_decision_sees_each_ordered_pair_once(table in tables()) {
            let twice: u64 = table.cells().iter().map(|cell| cell.count * cell.in_order).sum();
            let against: u64 = table.cells().iter().map(|cell| cell.count * cell.out_of_order).sum();
            prop_assert_eq!(twice, 2 * table.pairs().concordant);
            prop_assert_eq!(against, 2 * table.pairs().discordant);
        }

        #[test]
        fn retracting_undoes_adding(table in tables(), row in 0_usize..9, column in 0_usize..9) {
            let (row, column) = (row % table.rows, column % table.columns);
            let mut changed = table.clone();
            changed.add(row, column, 3).unwrap();
            changed.retract(row, column, 3).unwrap();
            prop_assert_eq!(&changed, &table);
        }

        #[test]
        fn taking_a_shard_away_undoes_merging_it(rows in prop::collection::vec(
            (prop::collection::vec(0_u64..9, 3), prop::collection::vec(0_u64..9, 3)), 1..5)) {
            let (a, b): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
            let (a, b) = (Table::from_rows(&a).unwrap(), Table::from_rows(&b).unwrap());
            let both = a.merged(&b).unwrap();
            prop_assert_eq!(both.total(), a.total() + b.total());
            prop_assert_eq!(both.without(&b).unwrap(), a);
        }

        #[test]
        fn a_decision_adds_the_pairs_that_the_change_announces(
            table in tables(), row in 0_usize..9, column in 0_usize..9,
        ) {
            let (row, column) = (row % table.rows, column % table.columns);
            let change = table.change(row, column).unwrap();
            let mut after = table.clone();
            after.add(row, column, 1).unwrap();
            let (before, after) = (table.pairs(), after.pairs());
            prop_assert_eq!(after.concordant - before.concordant, change.concordant);
            prop_assert_eq!(after.discordant - before.discordant, change.discordant);
            prop_assert_eq!(
                after.tied_severity_only - before.tied_severity_only, change.tied_severity_only);
            prop_assert_eq!(
                after.tied_gravity_only - before.tied_gravity_only, change.tied_gravity_only);
            prop_assert_eq!(after.tied_both - before.tied_both, change.tied_both);
        }
    }

    #[test]
    fn refuses_to_retract_more_than_is_counted() {
        let mut table = Table::from_rows(&[vec![1, 2]]).unwrap();
        assert!(matches!(
            table.retract(0, 0, 2),
            Err(CountError::RetractedMoreThanCounted {
                held: 1,
                retracted: 2,
                ..
            })
        ));
        assert_eq!(table.to_rows(), [[1, 2]]);
    }

    #[test]
    fn refuses_ragged_rows_other_shapes_and_too_many_decisions() {
        assert!(matches!(
            Table::from_rows(&[vec![1, 2], vec![1]]),
            Err(CountError::Ragged {
                row: 1,
                found: 1,
                expected: 2
            })
        ));
        let (square, row) = (Table::new(2, 2), Table::new(1, 2));
        assert!(matches!(
            square.merged(&row),
            Err(CountError::ShapeMismatch { .. })
        ));
        assert!(matches!(
            Table::from_rows(&[vec![MOST_DECISIONS, 1]]),
            Err(CountError::TooMany { .. })
        ));
    }

    #[test]
    fn the_largest_table_still_counts_exactly() {
        let half = MOST_DECISIONS / 2;
        let pairs = Table::from_rows(&[vec![half, 0], vec![0, half]])
            .unwrap()
            .pairs();
        assert_eq!(pairs.concordant, half * half);
        assert_eq!(pairs.total_pairs, half * (MOST_DECISIONS - 1));
    }
}
