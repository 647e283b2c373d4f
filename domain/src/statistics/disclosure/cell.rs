//! A cell of a public table: what is counted in it, and what of that is shown (`docs/statistics.md` §4.2).

use super::super::rate::Share;
use super::rounding::CellKey;
use super::rules::{DisclosurePolicy, ShownCount, ShownShare};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a cell counts, before it is protected. Nothing of it is published as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountedCell {
    /// Decisions.
    pub decisions: u64,
    /// Persons on whom they were taken.
    pub persons: u64,
    /// Courts that took them.
    pub courts: u64,
    /// Decisions for immediate custody.
    pub custody: u64,
    /// The sum of the keys of the decisions.
    pub key: CellKey,
}

/// A cell as the public sees it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShownCell {
    /// Decisions.
    pub n: ShownCount,
    /// How many of 100 were for immediate custody; absent in a cell of one disposal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custody: Option<ShownShare>,
}

impl DisclosurePolicy {
    /// A cell as the public sees it: hidden under the threshold of persons (P3) and where one court alone decided, rounded by
    /// its key otherwise (P4). The share of custody is computed from true counts and then rounded (P5, P6); it is shown
    /// only where the count is, and only if `with_share`.
    pub fn cell(&self, counted: &CountedCell, with_share: bool) -> ShownCell {
        let n = if counted.persons >= self.threshold
            // Two courts are two deciders at the least; how many judges sit in one is not known.
            && !Self::has_enough_deciders(counted.courts, counted.courts, false)
        {
            ShownCount::OneDecider
        } else if counted.persons < self.threshold {
            ShownCount::FewerThan(self.threshold)
        } else {
            self.count(counted.decisions, counted.key.value(), false)
        };
        let share = || match (n, Share::new(counted.custody, counted.decisions)) {
            (ShownCount::Rounded(_), Ok(share)) => self.share(share),
            _ => ShownShare::TooFew,
        };
        ShownCell {
            n,
            custody: with_share.then(share),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(decisions: u64, persons: u64, courts: u64) -> CountedCell {
        CountedCell {
            decisions,
            persons,
            courts,
            custody: decisions / 3,
            key: CellKey::empty(CellKey::PUBLISHED_MODULUS).with(7),
        }
    }

    /// ST-1
    #[test]
    fn few_persons_are_hidden_however_many_decisions_were_taken_on_them() {
        let policy = DisclosurePolicy::default();
        let shown = policy.cell(&cell(60, 9, 3), true);
        assert_eq!(shown.n, ShownCount::FewerThan(10));
        assert_eq!(shown.custody, Some(ShownShare::TooFew));
        assert_eq!(
            policy.cell(&cell(0, 0, 0), false).n,
            ShownCount::FewerThan(10)
        );
    }

    /// ST-1
    #[test]
    fn what_one_court_alone_decided_is_not_shown() {
        let policy = DisclosurePolicy::default();
        let shown = policy.cell(&cell(60, 55, 1), true);
        assert_eq!(shown.n, ShownCount::OneDecider);
        assert_eq!(shown.custody, Some(ShownShare::TooFew));
    }

    #[test]
    fn what_is_shown_is_rounded_and_its_share_computed_before() {
        let policy = DisclosurePolicy::default();
        let shown = policy.cell(&cell(63, 55, 2), true);
        assert_eq!(shown.n, ShownCount::Rounded(65));
        assert_eq!(shown.custody, Some(ShownShare::Percent(33.0)));
        assert_eq!(policy.cell(&cell(63, 55, 2), false).custody, None);
    }
}
