//! How often a measure without custody was chosen (`docs/statistics.md` §5, view `alternatives`).
//!
//! The Tokyo Rules (General Assembly resolution 45/110) ask for such measures before, at and after sentence (rules 5, 6, 8
//! and 9). At sentence everything but immediate custody and death is one, a suspended term included (rule 8.2 f).

use super::damage::CountError;
use super::rate::Share;
use super::undefined::{Figure, Interval, Undefined};
use schemars::JsonSchema;
use serde::Serialize;

/// Decisions of one stage by what was chosen. Counts merge by addition.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Chosen {
    /// Decisions for custody.
    pub custodial: u64,
    /// Decisions for a measure without custody.
    pub non_custodial: u64,
    /// Cases of which it is not recorded, or not decided yet.
    pub not_recorded: u64,
}

impl Chosen {
    /// Both counts together.
    #[must_use]
    pub fn merged(self, other: Self) -> Self {
        Self {
            custodial: self.custodial + other.custodial,
            non_custodial: self.non_custodial + other.non_custodial,
            not_recorded: self.not_recorded + other.not_recorded,
        }
    }

    /// Decisions of which it is known.
    pub fn known(self) -> u64 {
        self.custodial + self.non_custodial
    }

    /// All of them.
    pub fn n(self) -> u64 {
        self.known() + self.not_recorded
    }

    /// The non-custodial share: non-custodial ÷ known, from 0 to 1. Undefined where nothing is known.
    pub fn share(self) -> Result<Share, CountError> {
        Share::new(self.non_custodial, self.known())
    }

    /// Coverage: known ÷ all, from 0 to 1. Undefined where nothing is counted.
    pub fn coverage(self) -> Result<Share, CountError> {
        Share::new(self.known(), self.n())
    }

    /// Between which values the share would lie if everything that is not recorded were custody, or none of it:
    /// non-custodial ÷ all, and (non-custodial + not recorded) ÷ all. Undefined where nothing is counted.
    pub fn bounds(self) -> Result<Figure<Interval>, CountError> {
        let low = Share::new(self.non_custodial, self.n())?.rate().result();
        let high = Share::new(self.non_custodial + self.not_recorded, self.n())?;
        let limits = |low, high| Interval { low, high };
        Ok(match (low, high.rate().result()) {
            (Ok(low), Ok(high)) => Figure::Value(limits(low, high)),
            (Err(_), _) | (_, Err(_)) => Figure::Undefined(Undefined::NoDecisions),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOME: Chosen = Chosen {
        custodial: 10,
        non_custodial: 30,
        not_recorded: 60,
    };

    #[test]
    fn the_share_is_of_what_is_known_and_its_bounds_are_of_all() {
        assert_eq!(SOME.share().unwrap().rate(), Figure::Value(0.75));
        assert_eq!(SOME.coverage().unwrap().rate(), Figure::Value(0.4));
        let bounds = Interval {
            low: 0.3,
            high: 0.9,
        };
        assert_eq!(SOME.bounds().unwrap(), Figure::Value(bounds));
    }

    #[test]
    fn where_all_is_known_the_bounds_are_the_share() {
        let known = Chosen {
            not_recorded: 0,
            ..SOME
        };
        let share = known.share().unwrap().rate().result().unwrap();
        let bounds = known.bounds().unwrap().result().unwrap();
        assert_eq!([bounds.low, bounds.high], [share, share]);
    }

    #[test]
    fn of_nothing_there_is_no_share_no_coverage_and_no_bounds() {
        let none = Chosen::default();
        assert!(none.share().unwrap().rate().undefined().is_some());
        assert!(none.coverage().unwrap().rate().undefined().is_some());
        assert!(none.bounds().unwrap().undefined().is_some());
        let silent = Chosen {
            not_recorded: 5,
            ..none
        };
        assert!(silent.share().unwrap().rate().undefined().is_some());
        assert_eq!(silent.coverage().unwrap().rate(), Figure::Value(0.0));
    }

    #[test]
    fn counts_merge_by_addition() {
        let twice = SOME.merged(SOME);
        assert_eq!((twice.n(), twice.known()), (200, 80));
        assert_eq!(twice.share().unwrap().rate(), SOME.share().unwrap().rate());
    }
}
