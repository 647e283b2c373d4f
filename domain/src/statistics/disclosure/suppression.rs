//! Suppression where exact margins are printed (P4): hide the small cells, and for each enough
//! others that the margins no longer tell it.

use super::super::damage::CountError;
use super::super::ordinal::Table;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Row and column, from 0.
pub type Position = [usize; 2];

/// A table as it may be printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Suppression {
    /// Cells under the threshold.
    pub primary: Vec<Position>,
    /// Cells hidden to protect them.
    pub complementary: Vec<Position>,
    /// The table; null = hidden.
    pub published: Vec<Vec<Option<u64>>>,
    /// The row totals, where margins are published.
    pub row_totals: Option<Vec<u64>>,
    /// The column totals, where margins are published.
    pub col_totals: Option<Vec<u64>>,
    /// The least and the most that a reader can work out for each primary cell.
    pub feasible_intervals: Vec<[u64; 2]>,
    /// Whether every primary cell is protected. Where not, the table is not to be printed with
    /// its margins.
    pub protected: bool,
}

/// Hides the cells under the threshold, zeros included, and where margins are published complements
/// each to the rectangle with the smallest hidden total whose feasible interval is at least the
/// threshold wide.
pub fn suppress(
    rows: &[Vec<u64>],
    threshold: u64,
    margins_published: bool,
) -> Result<Suppression, CountError> {
    let table = Table::from_rows(rows)?;
    let primary: Vec<Position> = positions(rows)
        .filter(|at| rows[at[0]][at[1]] < threshold)
        .collect();
    let mut hidden: BTreeSet<Position> = primary.iter().copied().collect();
    if margins_published {
        for at in &primary {
            hidden.extend(rectangle(rows, *at, threshold).into_iter().flatten());
        }
    }
    let feasible_intervals: Vec<[u64; 2]> = primary
        .iter()
        .map(|at| {
            if margins_published {
                feasible(rows, &hidden, *at)
            } else {
                [0, threshold.saturating_sub(1)]
            }
        })
        .collect();
    let wide = |interval: &[u64; 2]| interval[1] - interval[0] >= threshold;
    Ok(Suppression {
        protected: !margins_published || feasible_intervals.iter().all(wide),
        complementary: hidden
            .iter()
            .filter(|at| !primary.contains(at))
            .copied()
            .collect(),
        published: published(rows, &hidden),
        row_totals: margins_published.then(|| table.row_totals()),
        col_totals: margins_published.then(|| table.column_totals()),
        primary,
        feasible_intervals,
    })
}

fn positions(rows: &[Vec<u64>]) -> impl Iterator<Item = Position> + '_ {
    rows.iter()
        .enumerate()
        .flat_map(|(row, counts)| (0..counts.len()).map(move |column| [row, column]))
}

fn published(rows: &[Vec<u64>], hidden: &BTreeSet<Position>) -> Vec<Vec<Option<u64>>> {
    rows.iter()
        .enumerate()
        .map(|(row, counts)| {
            counts
                .iter()
                .enumerate()
                .map(|(column, count)| (!hidden.contains(&[row, column])).then_some(*count))
                .collect()
        })
        .collect()
}

/// The other three corners of the best rectangle; the first in reading order among equals.
fn rectangle(rows: &[Vec<u64>], at: Position, threshold: u64) -> Option<[Position; 3]> {
    let [row, column] = at;
    let value = |at: Position| rows[at[0]][at[1]];
    positions(rows)
        .filter(|[other_row, other_column]| *other_row != row && *other_column != column)
        .map(|opposite| [[row, opposite[1]], [opposite[0], column], opposite])
        .filter(|[beside, under, opposite]| {
            // Within one rectangle a single number moves all four corners.
            let down = value(at).min(value(*opposite));
            let up = value(*beside).min(value(*under));
            down + up >= threshold
        })
        .min_by_key(|corners| corners.iter().map(|corner| value(*corner)).sum::<u64>())
}

/// The least and the most that a cell can be, given the margins and the cells that are shown: how
/// far its value can be moved along closed paths through hidden cells.
fn feasible(rows: &[Vec<u64>], hidden: &BTreeSet<Position>, at: Position) -> [u64; 2] {
    let value = rows[at[0]][at[1]];
    let others: Vec<Position> = hidden
        .iter()
        .copied()
        .filter(|other| *other != at)
        .collect();
    let (row, column) = (Node::Row(at[0]), Node::Column(at[1]));
    let up = largest_flow(rows, &others, column, row);
    let down = largest_flow(rows, &others, row, column).min(value);
    [value - down, value.saturating_add(up)]
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Node {
    Row(usize),
    Column(usize),
}

/// The largest flow from one node to another, where row → column raises a hidden cell (without
/// bound) and column → row lowers it (to zero). Shortest augmenting paths.
fn largest_flow(rows: &[Vec<u64>], hidden: &[Position], from: Node, to: Node) -> u64 {
    let mut capacity: BTreeMap<(Node, Node), u64> = BTreeMap::new();
    for [row, column] in hidden {
        capacity.insert((Node::Row(*row), Node::Column(*column)), u64::MAX / 2);
        capacity.insert(
            (Node::Column(*column), Node::Row(*row)),
            rows[*row][*column],
        );
    }
    let mut total = 0_u64;
    while let Some(path) = augmenting_path(&capacity, from, to) {
        let step = path
            .iter()
            .filter_map(|edge| capacity.get(edge))
            .min()
            .copied()
            .unwrap_or(0);
        for edge in path {
            let back = (edge.1, edge.0);
            capacity.entry(edge).and_modify(|left| *left -= step);
            capacity
                .entry(back)
                .and_modify(|left| *left = left.saturating_add(step));
        }
        total = total.saturating_add(step);
    }
    total
}

fn augmenting_path(
    capacity: &BTreeMap<(Node, Node), u64>,
    from: Node,
    to: Node,
) -> Option<Vec<(Node, Node)>> {
    let mut came_from: BTreeMap<Node, Node> = BTreeMap::from([(from, from)]);
    let mut queue = VecDeque::from([from]);
    while let Some(node) = queue.pop_front() {
        let least = (node, Node::Row(0));
        for (edge, left) in capacity
            .range(least..)
            .take_while(|(edge, _)| edge.0 == node)
        {
            if *left > 0 && !came_from.contains_key(&edge.1) {
                came_from.insert(edge.1, node);
                queue.push_back(edge.1);
            }
        }
    }
    let mut path = Vec::new();
    let mut node = to;
    while node != from {
        let earlier = *came_from.get(&node)?;
        path.push((earlier, node));
        node = earlier;
    }
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Every table of the same margins and shown cells, by trying all values.
    fn range_by_trying(rows: &[Vec<u64>], hidden: &BTreeSet<Position>, at: Position) -> [u64; 2] {
        let cells: Vec<Position> = hidden.iter().copied().collect();
        let table = Table::from_rows(rows).unwrap();
        let (by_row, by_column) = (table.row_totals(), table.column_totals());
        let most = by_row.iter().copied().max().unwrap_or(0);
        let mut found: Option<[u64; 2]> = None;
        let mut values = vec![0_u64; cells.len()];
        loop {
            let mut trial = rows.to_vec();
            for ([row, column], value) in cells.iter().zip(&values) {
                trial[*row][*column] = *value;
            }
            let trial = Table::from_rows(&trial).unwrap();
            if trial.row_totals() == by_row && trial.column_totals() == by_column {
                let value = trial.count(at[0], at[1]).unwrap();
                let [low, high] = found.unwrap_or([value, value]);
                found = Some([low.min(value), high.max(value)]);
            }
            let Some(digit) = values.iter().position(|value| *value < most) else {
                break;
            };
            values[digit] += 1;
            values[..digit].fill(0);
        }
        found.unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]
        #[test]
        fn the_feasible_interval_is_that_of_every_table_with_these_margins(
            rows in prop::collection::vec(prop::collection::vec(0_u64..3, 2), 2..=3),
            pattern in prop::collection::vec(any::<bool>(), 6),
        ) {
            let hidden: BTreeSet<Position> = positions(&rows)
                .zip(pattern)
                .filter(|(at, hide)| *hide || *at == [0, 0])
                .map(|(at, _)| at)
                .collect();
            prop_assert_eq!(
                feasible(&rows, &hidden, [0, 0]), range_by_trying(&rows, &hidden, [0, 0]));
        }
    }

    /// ST-1
    #[test]
    fn nothing_small_hides_nothing() {
        let found = suppress(&[vec![12, 30], vec![40, 17]], 5, true).unwrap();
        assert!(found.primary.is_empty() && found.complementary.is_empty() && found.protected);
        assert_eq!(
            suppress(&[], 5, true).unwrap().published,
            Vec::<Vec<Option<u64>>>::new()
        );
    }

    /// ST-1
    #[test]
    fn without_margins_only_the_small_cells_are_hidden() {
        let found = suppress(&[vec![12, 3], vec![40, 17]], 5, false).unwrap();
        assert_eq!(found.published, [[Some(12), None], [Some(40), Some(17)]]);
        assert_eq!(
            (found.row_totals, found.feasible_intervals),
            (None, vec![[0, 4]])
        );
    }

    #[test]
    fn a_single_row_cannot_be_protected_beside_its_margins() {
        let found = suppress(&[vec![12, 3]], 5, true).unwrap();
        assert_eq!(
            (found.protected, found.feasible_intervals),
            (false, vec![[3, 3]])
        );
    }

    #[test]
    fn an_observed_zero_is_a_small_cell() {
        let found = suppress(&[vec![0, 30], vec![40, 17]], 5, true).unwrap();
        assert_eq!(found.primary, [[0, 0]]);
    }
}
