//! Differencing over time (P7): a published cell changes only when enough decisions came or went
//! since its last published value, so that no single appeal, correction or erasure is ever visible.

use schemars::JsonSchema;
use serde::Serialize;

/// Whether a cell may show a new value: at least `min_increment` decisions were added or removed
/// since the value last published.
pub fn change_may_show(added: u64, removed: u64, min_increment: u64) -> bool {
    added.saturating_add(removed) >= min_increment
}

/// A cell at one point in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// The count.
    pub n: u64,
    /// Decisions added since the value last published.
    pub added: u64,
    /// Decisions removed since then.
    pub removed: u64,
}

/// What a release shows in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Release {
    /// The true count that the shown value is made of.
    pub n: u64,
    /// Whether it is the value of an earlier release, shown with its date.
    pub carried_forward: bool,
}

/// What the next release shows: the new count, or the one last published carried forward. A cell
/// without an earlier value is published as it is.
pub fn release(last_published: Option<u64>, cell: Cell, min_increment: u64) -> Release {
    match last_published {
        Some(n) if !change_may_show(cell.added, cell.removed, min_increment) => Release {
            n,
            carried_forward: true,
        },
        _ => Release {
            n: cell.n,
            carried_forward: false,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_decision_is_never_visible() {
        let cell = Cell {
            n: 42,
            added: 1,
            removed: 0,
        };
        assert_eq!(
            release(Some(41), cell, 10),
            Release {
                n: 41,
                carried_forward: true
            }
        );
    }

    #[test]
    fn ten_that_left_show_as_much_as_ten_that_came() {
        let left = Cell {
            n: 31,
            added: 0,
            removed: 10,
        };
        assert_eq!(
            release(Some(41), left, 10),
            Release {
                n: 31,
                carried_forward: false
            }
        );
        assert!(change_may_show(10, 0, 10) && !change_may_show(4, 5, 10));
    }

    #[test]
    fn the_first_release_carries_nothing_forward() {
        let cell = Cell {
            n: 3,
            added: 3,
            removed: 0,
        };
        assert_eq!(
            release(None, cell, 10),
            Release {
                n: 3,
                carried_forward: false
            }
        );
    }
}
