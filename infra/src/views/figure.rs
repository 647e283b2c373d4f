//! Figures as views show them: a value, or null with a reason; and how far a value can be relied on.

use std::fmt;

use domain::statistics::exact::{Exact, as_real};
use domain::statistics::rate::{Share, difference, newcombe};
use domain::statistics::{Figure, Interval, Undefined};
use schemars::JsonSchema;
use serde::Serialize;

/// Under so many decisions a view shows counts and no statistic.
pub const FEWEST: u64 = 10;
/// Under so many decisions a figure is marked.
pub const FEW: u64 = 30;

/// Why a view has no figure, beyond what the figure itself needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Gap {
    /// Counts are shown and nothing is computed from so few.
    FewerThanTen,
    /// No ranking of offences that cites a source is in force; gravity is never made from sentences.
    NoGravityPolicy,
    /// No severity scale is in force.
    NoSeverityScale,
    /// Fewer than two courts can be compared.
    OneCourt,
    /// The courts differ no more than chance alone would make them.
    NoMoreThanChance,
}

/// Why a figure is null.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Why {
    /// The figure is not defined for these counts.
    Counts(Undefined),
    /// The view does not show it.
    View(Gap),
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Counts(undefined) => undefined.fmt(f),
            Self::View(Gap::FewerThanTen) => f.write_str("fewer than 10 decisions"),
            Self::View(Gap::NoGravityPolicy) => f.write_str("no gravity policy"),
            Self::View(Gap::NoSeverityScale) => f.write_str("no severity scale"),
            Self::View(Gap::OneCourt) => f.write_str("fewer than two courts to compare"),
            Self::View(Gap::NoMoreThanChance) => f.write_str("no more than by chance"),
        }
    }
}

/// A value, or null with the reason.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Shown<T> {
    /// The value, or null.
    pub value: Option<T>,
    /// Why there is none, or null.
    pub undefined: Option<Why>,
}

impl<T> Shown<T> {
    /// A value.
    pub fn some(value: T) -> Self {
        Self {
            value: Some(value),
            undefined: None,
        }
    }

    /// No value.
    pub fn none(why: Why) -> Self {
        Self {
            value: None,
            undefined: Some(why),
        }
    }

    /// The same, withheld where it rests on too few decisions.
    #[must_use]
    pub fn of_at_least_ten(self, n: u64) -> Self {
        if n < FEWEST && self.value.is_some() {
            Self::none(Why::View(Gap::FewerThanTen))
        } else {
            self
        }
    }

    /// The value carried through a function.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Shown<U> {
        Shown {
            value: self.value.map(change),
            undefined: self.undefined,
        }
    }
}

impl<T> From<Figure<T>> for Shown<T> {
    fn from(figure: Figure<T>) -> Self {
        match figure {
            Figure::Value(value) => Self::some(value),
            Figure::Undefined(reason) => Self::none(Why::Counts(reason)),
        }
    }
}

/// A share or a difference of shares, in so many of 100.
pub fn per_100(figure: Figure) -> Shown<f64> {
    Shown::from(figure).map(|share| share * 100.0)
}

/// An interval of shares, in so many of 100.
pub fn interval_per_100(figure: Figure<Interval>) -> Shown<Interval> {
    Shown::from(figure).map(|limits| Interval {
        low: limits.low * 100.0,
        high: limits.high * 100.0,
    })
}

/// How far a figure can be relied on, by the decisions it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reliability {
    /// Under 10: counts only.
    CountsOnly,
    /// 10 to 29: shown with a mark.
    Few,
    /// 30 and more.
    Enough,
}

impl Reliability {
    /// Of so many decisions; of two groups, the smaller.
    pub fn of(n: u64) -> Self {
        match n {
            0..FEWEST => Self::CountsOnly,
            FEWEST..FEW => Self::Few,
            FEW.. => Self::Enough,
        }
    }
}

/// An exact quantity in the unit of a scale, or null with the reason.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Quantity {
    /// The value, or null.
    pub value: Option<f64>,
    /// The same as an exact fraction, for example `14/9`.
    pub exact: Option<String>,
    /// Why there is none, or null.
    pub undefined: Option<Why>,
}

impl Quantity {
    /// An exact value, or the reason why not.
    pub fn of(value: Result<Exact, Why>) -> Self {
        match value {
            Ok(exact) => Self {
                value: Some(as_real(&exact)),
                exact: Some(exact.to_string()),
                undefined: None,
            },
            Err(why) => Self {
                value: None,
                exact: None,
                undefined: Some(why),
            },
        }
    }
}

/// So many of so many decisions received immediate custody, and in how many of 100.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Rate {
    /// Decisions with immediate custody.
    pub custody: u64,
    /// Decisions.
    pub n: u64,
    /// In how many of 100.
    pub per_100: Shown<f64>,
    /// The Wilson interval at 95 %, of 100.
    pub interval_per_100: Shown<Interval>,
    /// How far it can be relied on.
    pub reliability: Reliability,
}

impl Rate {
    /// The rate of a share.
    pub fn of(share: Share) -> Self {
        let n = share.n();
        Self {
            custody: share.events(),
            n,
            per_100: per_100(share.rate()).of_at_least_ten(n),
            interval_per_100: interval_per_100(share.wilson()).of_at_least_ten(n),
            reliability: Reliability::of(n),
        }
    }
}

/// Women's rate less men's, in so many of 100.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Difference {
    /// The risk difference of 100.
    pub per_100: Shown<f64>,
    /// Its interval at 95 %, of 100.
    pub interval_per_100: Shown<Interval>,
    /// Decisions of the smaller group.
    pub smaller: u64,
    /// How far it can be relied on, by the smaller group.
    pub reliability: Reliability,
}

impl Difference {
    /// The difference of two shares, with Newcombe's interval.
    pub fn of(women: Share, men: Share) -> Self {
        Self::estimated(
            difference(women, men),
            newcombe(women, men),
            women.n().min(men.n()),
        )
    }

    /// An estimate with its interval, resting on the smaller group of so many.
    pub fn estimated(estimate: Figure, interval: Figure<Interval>, smaller: u64) -> Self {
        Self {
            per_100: per_100(estimate).of_at_least_ten(smaller),
            interval_per_100: interval_per_100(interval).of_at_least_ten(smaller),
            smaller,
            reliability: Reliability::of(smaller),
        }
    }
}
