//! Figures that may be undefined. An undefined figure is null with a reason, never 0 and never NaN.

use super::exact::Z95;
use schemars::JsonSchema;
use serde::Serialize;

/// Why a figure has no value. The codes are stable: pages and exports translate them.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema, thiserror::Error,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Undefined {
    /// Nothing is counted here.
    #[error("no decisions are counted")]
    NoDecisions,
    /// One decision only, and the figure compares decisions.
    #[error("only one decision is counted")]
    SingleDecision,
    /// All decisions have the same gravity.
    #[error("only one level of gravity occurs")]
    SingleGravity,
    /// All decisions have the same severity.
    #[error("only one level of severity occurs")]
    SingleSeverity,
    /// Every pair of decisions is tied on gravity or on severity.
    #[error("every pair is tied on gravity or on severity")]
    NoUntiedPair,
    /// No two decisions have the same gravity.
    #[error("no two decisions have the same gravity")]
    NoPairOfSameGravity,
    /// No two decisions are in like cases.
    #[error("no two cases are alike")]
    NoLikeCases,
    /// One of the two groups compared is empty.
    #[error("one of the groups compared is empty")]
    EmptyGroup,
    /// The ratio would divide by zero.
    #[error("the figure would divide by zero")]
    ZeroDenominator,
    /// The logarithm of zero does not exist.
    #[error("the ratio is zero, its logarithm does not exist")]
    LogarithmOfZero,
    /// No stratum holds both groups.
    #[error("no stratum holds both groups")]
    NoCommonStratum,
    /// A stratum lacks one of the groups.
    #[error("a stratum lacks one of the groups")]
    StratumLacksGroup,
    /// An empty margin: everybody, or nobody, has the event or belongs to the group.
    #[error("a margin of the table is empty")]
    EmptyMargin,
    /// Fewer than two strata can be compared with each other.
    #[error("fewer than two strata can be compared")]
    FewerThanTwoStrata,
    /// Fewer than two levels carry a value.
    #[error("fewer than two levels carry a value")]
    FewerThanTwoLevels,
    /// All values are the same, so there is no variation to share out or divide by.
    #[error("the values do not vary")]
    NoVariation,
    /// As many parameters as decisions: nothing is left to estimate the spread from.
    #[error("no degrees of freedom are left")]
    NoDegreesOfFreedom,
    /// The estimated variance is below zero, so it has no root.
    #[error("the variance estimate is negative")]
    NegativeVariance,
    /// Gravity carries no ratio weights.
    #[error("gravity has no ratio weights")]
    NoWeights,
    /// The guideline gives no range.
    #[error("no guideline range applies")]
    NoRange,
    /// No decision departs in this direction, or none lies in a range with width.
    #[error("no decision falls under the figure")]
    NoSuchDecision,
    /// The quantity of a component is not recorded.
    #[error("the quantity of a component is not recorded")]
    MissingQuantity,
    /// The severity policy gives a component no weight.
    #[error("the severity policy gives a component no weight")]
    NoWeightInPolicy,
    /// A death penalty is never a number.
    #[error("a death penalty is never a number")]
    DeathPenalty,
    /// The arguments lie outside the domain of the figure, or beyond what can be represented.
    #[error("the figure lies outside what can be represented")]
    OutOfDomain,
}

/// A figure, or the reason why there is none.
///
/// Serialised as `{"value": x, "undefined": null}` or `{"value": null, "undefined": "reason"}`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
#[serde(into = "Shown<T>", bound = "T: Clone + Serialize")]
#[schemars(with = "Shown<T>")]
pub enum Figure<T = f64> {
    /// The figure has this value.
    Value(T),
    /// The figure has no value, for this reason.
    Undefined(Undefined),
}

/// The outward shape of a [`Figure`].
#[derive(Serialize, JsonSchema)]
struct Shown<T> {
    /// The value, or null.
    value: Option<T>,
    /// Why there is no value, or null.
    undefined: Option<Undefined>,
}

impl<T> From<Figure<T>> for Shown<T> {
    fn from(figure: Figure<T>) -> Self {
        match figure {
            Figure::Value(value) => Self {
                value: Some(value),
                undefined: None,
            },
            Figure::Undefined(reason) => Self {
                value: None,
                undefined: Some(reason),
            },
        }
    }
}

impl<T> Figure<T> {
    /// The value, where there is one.
    pub fn value(self) -> Option<T> {
        self.result().ok()
    }

    /// Why there is no value.
    pub fn undefined(&self) -> Option<Undefined> {
        match self {
            Self::Value(_) => None,
            Self::Undefined(reason) => Some(*reason),
        }
    }

    /// The figure as a result, for `?`.
    pub fn result(self) -> Result<T, Undefined> {
        match self {
            Self::Value(value) => Ok(value),
            Self::Undefined(reason) => Err(reason),
        }
    }

    /// The figure carried through a function that is defined wherever the figure is.
    #[must_use]
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Figure<U> {
        self.result()
            .map(f)
            .map_or_else(Figure::Undefined, Figure::Value)
    }
}

impl From<Result<f64, Undefined>> for Figure {
    fn from(result: Result<f64, Undefined>) -> Self {
        match result {
            Ok(value) if value.is_finite() => Self::Value(value),
            Ok(_) => Self::Undefined(Undefined::OutOfDomain),
            Err(reason) => Self::Undefined(reason),
        }
    }
}

impl From<Result<Interval, Undefined>> for Figure<Interval> {
    fn from(result: Result<Interval, Undefined>) -> Self {
        match result {
            Ok(limits) if limits.low.is_finite() && limits.high.is_finite() => Self::Value(limits),
            Ok(_) => Self::Undefined(Undefined::OutOfDomain),
            Err(reason) => Self::Undefined(reason),
        }
    }
}

/// Two limits, at 95 % unless the name says otherwise.
///
/// A registry is close to a census: an interval says how far the number would move if the same
/// process produced another year of cases.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Interval {
    /// The lower limit.
    pub low: f64,
    /// The upper limit.
    pub high: f64,
}

impl Interval {
    /// Estimate ± z·error, at 95 %.
    pub(super) fn around(estimate: f64, error: f64) -> Self {
        Self {
            low: estimate - Z95 * error,
            high: estimate + Z95 * error,
        }
    }
}

/// `numerator / denominator`, or the reason why not.
pub(super) fn quotient(numerator: f64, denominator: f64, reason: Undefined) -> Figure {
    if denominator == 0.0 {
        return Figure::Undefined(reason);
    }
    Ok(numerator / denominator).into()
}

/// The root of a variance.
pub(super) fn root(variance: f64) -> Result<f64, Undefined> {
    if variance < 0.0 {
        Err(Undefined::NegativeVariance)
    } else {
        Ok(variance.sqrt())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_undefined_figure_is_null_with_its_reason() {
        let figure: Figure = Figure::Undefined(Undefined::SingleGravity);
        assert_eq!(
            serde_json::to_string(&figure).unwrap(),
            r#"{"value":null,"undefined":"single_gravity"}"#
        );
    }

    #[test]
    fn what_is_not_a_number_never_becomes_a_value() {
        assert_eq!(
            Figure::from(Ok(f64::NAN)).undefined(),
            Some(Undefined::OutOfDomain)
        );
        assert_eq!(Figure::from(Ok(f64::INFINITY)).value(), None);
    }
}
