//! Sentences against the guideline range (G1–G3, V28). Bounds are inclusive.

use super::exact::{Exact, as_real, real, sum, tally};
use super::undefined::{Figure, Undefined, quotient};
use num_traits::Zero;
use schemars::JsonSchema;
use serde::Serialize;

/// The range that the guideline gives for a case, in the unit of the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// The lower bound, inclusive.
    pub low: Exact,
    /// The upper bound, inclusive.
    pub high: Exact,
}

/// One decision beside its range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Case {
    /// The sentence; `None` where it cannot be compared, for instance a non-custodial one.
    pub sentence: Option<Exact>,
    /// The range; `None` where the guideline gives none.
    pub range: Option<Range>,
    /// Whether the court gave reasons.
    pub reasoned: bool,
}

/// Where a sentence lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Under the lower bound.
    Below,
    /// In the range, bounds included.
    Within,
    /// Over the upper bound.
    Above,
    /// No range, or nothing to compare with it.
    NotComparable,
}

impl Case {
    /// Where this sentence lies.
    pub fn place(&self) -> Place {
        match self.sentence.zip(self.range) {
            None => Place::NotComparable,
            Some((sentence, range)) if sentence < range.low => Place::Below,
            Some((sentence, range)) if sentence > range.high => Place::Above,
            Some(_) => Place::Within,
        }
    }

    /// The extent of a departure as a share of the bound passed: (s−L)/L or (s−U)/U. Null within
    /// the range, and where the bound is 0: the view then shows days.
    pub fn extent(&self) -> Figure {
        self.outside().map(|exact| as_real(&exact)).into()
    }

    /// The same as an exact number; none where it has no value.
    pub fn extent_exact(&self) -> Option<Exact> {
        self.outside().ok()
    }

    fn outside(&self) -> Result<Exact, Undefined> {
        let (sentence, range) = self.sentence.zip(self.range).ok_or(Undefined::NoRange)?;
        let bound = match self.place() {
            Place::Below => range.low,
            Place::Above => range.high,
            Place::Within | Place::NotComparable => return Err(Undefined::NoSuchDecision),
        };
        if bound.is_zero() {
            return Err(Undefined::ZeroDenominator);
        }
        Ok((sentence - bound) / bound)
    }

    /// (s−L)/(U−L), for a sentence within a range that has width.
    pub fn position(&self) -> Figure {
        match self.sentence.zip(self.range) {
            None => Figure::Undefined(Undefined::NoRange),
            Some((sentence, range)) if self.place() == Place::Within && range.high > range.low => {
                Ok(as_real(
                    &((sentence - range.low) / (range.high - range.low)),
                ))
                .into()
            }
            Some(_) => Figure::Undefined(Undefined::NoSuchDecision),
        }
    }
}

/// Sentences against their ranges, in figures.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Departures {
    /// Decisions that can be compared.
    pub n: usize,
    /// Decisions that cannot; shown beside.
    pub excluded: usize,
    /// Decisions under their range.
    pub below: usize,
    /// Decisions over their range.
    pub above: usize,
    /// Decisions within their range.
    pub within: usize,
    /// Decisions under their range for which the court gave reasons.
    pub below_reasoned: usize,
    /// Decisions over their range for which the court gave reasons.
    pub above_reasoned: usize,
    /// within/n. Null when nothing can be compared.
    pub pct_within: Figure,
    /// The extent of each departure, in the order given.
    pub signed_extent: Vec<Figure>,
    /// The mean extent of those below. Null when there is none.
    pub mean_below_extent: Figure,
    /// The mean extent of those above. Null when there is none.
    pub mean_above_extent: Figure,
    /// The mean position in a range with width. Null when there is none.
    pub mean_position_in_range: Figure,
}

/// Summarises decisions against their ranges.
pub fn departures(cases: &[Case]) -> Departures {
    let at = |place: Place| cases.iter().filter(move |case| case.place() == place);
    let excluded = at(Place::NotComparable).count();
    let n = cases.len() - excluded;
    let within = at(Place::Within).count();
    let outside = |case: &&Case| matches!(case.place(), Place::Below | Place::Above);
    let mean = |figures: Vec<f64>| {
        quotient(
            sum(figures.iter().copied()),
            real(tally(figures.len())),
            Undefined::NoSuchDecision,
        )
    };
    let extents = |place: Place| at(place).filter_map(|case| case.extent().value()).collect();
    Departures {
        n,
        excluded,
        below: at(Place::Below).count(),
        above: at(Place::Above).count(),
        within,
        below_reasoned: at(Place::Below).filter(|case| case.reasoned).count(),
        above_reasoned: at(Place::Above).filter(|case| case.reasoned).count(),
        pct_within: quotient(real(tally(within)), real(tally(n)), Undefined::NoDecisions),
        signed_extent: cases.iter().filter(outside).map(Case::extent).collect(),
        mean_below_extent: mean(extents(Place::Below)),
        mean_above_extent: mean(extents(Place::Above)),
        mean_position_in_range: mean(
            cases
                .iter()
                .filter_map(|case| case.position().value())
                .collect(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(sentence: i128, low: i128, high: i128) -> Case {
        let range = Range {
            low: Exact::from(low),
            high: Exact::from(high),
        };
        Case {
            sentence: Some(Exact::from(sentence)),
            range: Some(range),
            reasoned: false,
        }
    }

    #[test]
    fn bounds_belong_to_the_range() {
        assert_eq!(case(18, 18, 24).place(), Place::Within);
        assert_eq!(case(24, 18, 24).place(), Place::Within);
        assert_eq!(case(25, 18, 24).place(), Place::Above);
    }

    #[test]
    fn a_departure_from_a_bound_of_zero_is_no_share() {
        let found = departures(&[case(3, 0, 0)]);
        assert_eq!((found.above, found.signed_extent.len()), (1, 1));
        assert_eq!(
            found.signed_extent[0].undefined(),
            Some(Undefined::ZeroDenominator)
        );
        assert_eq!(
            found.mean_above_extent.undefined(),
            Some(Undefined::NoSuchDecision)
        );
    }

    #[test]
    fn what_cannot_be_compared_is_counted_beside() {
        let none = Case {
            sentence: None,
            ..case(0, 18, 24)
        };
        let no_range = Case {
            range: None,
            ..case(20, 18, 24)
        };
        let found = departures(&[none, no_range]);
        assert_eq!((found.n, found.excluded), (0, 2));
        assert_eq!(found.pct_within.undefined(), Some(Undefined::NoDecisions));
    }

    #[test]
    fn reasons_are_counted_for_departures_only() {
        let reasoned = |case: Case| Case {
            reasoned: true,
            ..case
        };
        let found = departures(&[
            reasoned(case(20, 18, 24)),
            reasoned(case(12, 18, 24)),
            case(11, 18, 24),
        ]);
        assert_eq!(
            (found.below, found.below_reasoned, found.above_reasoned),
            (2, 1, 0)
        );
    }
}
