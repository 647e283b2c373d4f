//! Thresholds of publication (P3–P6) and marks of reliability (O3).

use super::super::exact::real;
use super::super::rate::Share;
use super::rounding::round_keyed;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The thresholds under which figures are published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DisclosurePolicy {
    /// Persons under which a count is hidden.
    pub threshold: u64,
    /// The base to which other counts are rounded.
    pub rounding_base: u64,
    /// Decisions that each group of a rate, a median or a gap needs.
    pub group_minimum: u64,
    /// Decisions that must have come or gone before a published cell changes.
    pub min_increment: u64,
}

impl Default for DisclosurePolicy {
    fn default() -> Self {
        Self {
            threshold: 10,
            rounding_base: 5,
            group_minimum: 30,
            min_increment: 10,
        }
    }
}

/// A disclosure policy that protects too little.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{field}` is {found}, under the least that protects people ({least}); raise it")]
pub struct PolicyError {
    /// The field.
    pub field: &'static str,
    /// Its value.
    pub found: u64,
    /// The least allowed.
    pub least: u64,
}

/// A count as the public sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ShownCount {
    /// Fewer than the threshold, an observed zero included.
    FewerThan(u64),
    /// Rounded to the base.
    Rounded(u64),
    /// Zero because it cannot be otherwise.
    StructuralZero,
    /// Not shown: one judge, panel or court alone decided.
    OneDecider,
}

impl std::fmt::Display for ShownCount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::FewerThan(threshold) => write!(f, "<{threshold}"),
            Self::Rounded(n) => write!(f, "{n}"),
            Self::StructuralZero => f.write_str("0"),
            Self::OneDecider => f.write_str("not shown"),
        }
    }
}

/// A share as the public sees it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ShownShare {
    /// Too few decisions, events or non-events.
    TooFew,
    /// Nearly everybody in a small group.
    MoreThan95Percent,
    /// Nearly nobody in a small group.
    FewerThan5Percent,
    /// In per cent; a whole number under 1,000 decisions, with one decimal place from there on.
    Percent(f64),
}

impl std::fmt::Display for ShownShare {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooFew => f.write_str("not shown"),
            Self::MoreThan95Percent => f.write_str(">95"),
            Self::FewerThan5Percent => f.write_str("<5"),
            Self::Percent(percent) => write!(f, "{percent}"),
        }
    }
}

/// How much weight a figure bears, whatever its secrecy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reliability {
    /// Under 10: counts only, no statistic.
    CountsOnly,
    /// 10 to 29: marked, for oversight.
    Marked,
    /// From 30.
    Full,
}

impl Reliability {
    /// The mark for so many decisions.
    pub fn of(n: u64) -> Self {
        match n {
            0..=9 => Self::CountsOnly,
            10..=29 => Self::Marked,
            _ => Self::Full,
        }
    }
}

impl DisclosurePolicy {
    /// The least threshold of any table, and of one that counts children.
    const LEAST: (u64, u64) = (5, 10);

    /// Refuses thresholds under 5, or under 10 where a table counts children.
    pub fn validate(&self, counts_children: bool) -> Result<(), PolicyError> {
        let (any, children) = Self::LEAST;
        let least = if counts_children { children } else { any };
        let fields = [
            ("threshold", self.threshold, least),
            ("rounding_base", self.rounding_base, 2),
            ("group_minimum", self.group_minimum, least),
            ("min_increment", self.min_increment, least),
        ];
        match fields.into_iter().find(|(_, found, least)| found < least) {
            None => Ok(()),
            Some((field, found, least)) => Err(PolicyError {
                field,
                found,
                least,
            }),
        }
    }

    /// A count of persons as the public sees it, by the key of its cell.
    pub fn count(&self, n: u64, cell_key: u64, zero_is_structural: bool) -> ShownCount {
        if n == 0 && zero_is_structural {
            ShownCount::StructuralZero
        } else if n < self.threshold {
            ShownCount::FewerThan(self.threshold)
        } else {
            ShownCount::Rounded(round_keyed(n, cell_key, self.rounding_base))
        }
    }

    /// Whether a gap between two groups may be shown (P5): enough decisions in each group, and
    /// enough events and non-events in both together.
    pub fn gap_may_show(&self, exposed: Share, reference: Share) -> bool {
        let n = exposed.n() + reference.n();
        let events = exposed.events() + reference.events();
        exposed.n().min(reference.n()) >= self.group_minimum
            && events.min(n - events) >= self.threshold
    }

    /// Whether the tenth and the ninetieth percentile may be shown (P5); the minimum and the
    /// maximum never may.
    pub fn outer_percentiles_may_show(n: u64) -> bool {
        n >= 100
    }

    /// Whether a cell has enough deciders (P3): two judges or panels, and two courts unless the
    /// table is broken down by court.
    pub fn has_enough_deciders(judges_or_panels: u64, courts: u64, by_court: bool) -> bool {
        judges_or_panels >= 2 && (by_court || courts >= 2)
    }

    /// A share as the public sees it (P5, P6).
    pub fn share(&self, share: Share) -> ShownShare {
        let (events, n) = (share.events(), share.n());
        if n < self.group_minimum {
            return ShownShare::TooFew;
        }
        // A lopsided small group is reported as such: the exact share would describe its members.
        if n < 50 && 100 * events > 95 * n {
            return ShownShare::MoreThan95Percent;
        }
        if n < 50 && 100 * events < 5 * n {
            return ShownShare::FewerThan5Percent;
        }
        if events < self.threshold || n - events < self.threshold {
            return ShownShare::TooFew;
        }
        let percent = 100.0 * real(events) / real(n);
        let places = if n < 1000 { 1.0 } else { 10.0 };
        ShownShare::Percent((percent * places).round() / places)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_observed_zero_is_hidden_and_a_structural_one_is_not() {
        let policy = DisclosurePolicy::default();
        assert_eq!(policy.count(0, 7, false), ShownCount::FewerThan(10));
        assert_eq!(policy.count(0, 7, true), ShownCount::StructuralZero);
        assert_eq!(policy.count(9, 7, false), ShownCount::FewerThan(10));
        assert_eq!(policy.count(13, 7, false), ShownCount::Rounded(15));
    }

    /// ST-1
    #[test]
    fn refuses_thresholds_that_protect_nobody() {
        let weak = DisclosurePolicy {
            threshold: 7,
            ..DisclosurePolicy::default()
        };
        assert_eq!(weak.validate(false), Ok(()));
        assert_eq!(
            weak.validate(true),
            Err(PolicyError {
                field: "threshold",
                found: 7,
                least: 10
            })
        );
    }

    #[test]
    fn shares_need_decisions_events_and_non_events() {
        let policy = DisclosurePolicy::default();
        let shown = |events, n| policy.share(Share::new(events, n).unwrap());
        assert_eq!(shown(15, 29), ShownShare::TooFew);
        assert_eq!(shown(9, 200), ShownShare::TooFew);
        assert_eq!(shown(40, 41), ShownShare::MoreThan95Percent);
        assert_eq!(shown(1, 40), ShownShare::FewerThan5Percent);
        assert_eq!(shown(100, 300), ShownShare::Percent(33.0));
        assert_eq!(shown(1_000, 3_000), ShownShare::Percent(33.3));
    }

    #[test]
    fn a_gap_needs_decisions_in_each_group_and_events_in_both_together() {
        let policy = DisclosurePolicy::default();
        let shown = |e1, n1, e0, n0| {
            policy.gap_may_show(Share::new(e1, n1).unwrap(), Share::new(e0, n0).unwrap())
        };
        assert!(shown(4, 30, 6, 200));
        assert!(!shown(4, 29, 6, 200));
        assert!(!shown(4, 30, 5, 200));
        assert!(!shown(30, 30, 195, 200));
    }

    #[test]
    fn a_cell_of_one_judge_or_one_court_is_not_shown() {
        assert!(!DisclosurePolicy::has_enough_deciders(1, 3, false));
        assert!(!DisclosurePolicy::has_enough_deciders(4, 1, false));
        assert!(DisclosurePolicy::has_enough_deciders(2, 1, true));
        assert!(!DisclosurePolicy::outer_percentiles_may_show(99));
    }

    #[test]
    fn small_numbers_bear_counts_only() {
        let marks: Vec<_> = [9, 10, 29, 30].into_iter().map(Reliability::of).collect();
        let expected = [
            Reliability::CountsOnly,
            Reliability::Marked,
            Reliability::Marked,
            Reliability::Full,
        ];
        assert_eq!(marks, expected);
    }
}
