//! Spacing: do the steps between levels fit (S1, S2, V27)? A ratio needs an interval scale, and
//! the view says which.

use super::exact::{real, sum, tally};
use super::undefined::{Figure, Undefined, quotient};
use schemars::JsonSchema;
use serde::Serialize;

/// The steps between neighbouring levels of gravity.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Spacing {
    /// `m_{k+1}/m_k`. Null where `m_k` is 0.
    pub step_ratio: Vec<Figure>,
    /// `ln(m_{k+1}/m_k)/ln(w_{k+1}/w_k)`. Null without ratio weights, where a median is 0, and where
    /// two weights are the same.
    pub elasticity: Vec<Figure>,
    /// Steps of ratio 1.
    pub flat_steps: usize,
    /// The largest ratio. Null when no step has one.
    pub max_step: Figure,
    /// Standard deviation (n−1) over mean of the log steps. Null under two steps with a logarithm,
    /// or when their mean is 0.
    pub log_step_cv: Figure,
}

/// Judges the steps of levels given by gravity ascending. `weights` are ratio weights of gravity;
/// without them elasticities are null.
pub fn spacing(medians: &[f64], weights: Option<&[f64]>) -> Spacing {
    let step_ratio: Vec<Figure> = medians
        .windows(2)
        .map(|pair| quotient(pair[1], pair[0], Undefined::ZeroDenominator))
        .collect();
    let elasticity = step_ratio
        .iter()
        .enumerate()
        .map(|(step, ratio)| elasticity(*ratio, weights, step))
        .collect();
    let ratios: Vec<f64> = step_ratio
        .iter()
        .filter_map(|ratio| ratio.value())
        .collect();
    let max_step = ratios
        .iter()
        .copied()
        .reduce(f64::max)
        .ok_or(if medians.len() < 2 {
            Undefined::FewerThanTwoLevels
        } else {
            Undefined::ZeroDenominator
        });
    Spacing {
        elasticity,
        flat_steps: ratios.iter().filter(|ratio| **ratio == 1.0).count(),
        max_step: max_step.into(),
        log_step_cv: cliff_index(&ratios),
        step_ratio,
    }
}

fn elasticity(ratio: Figure, weights: Option<&[f64]>, step: usize) -> Figure {
    let found = || {
        let weights = weights.ok_or(Undefined::NoWeights)?;
        let (low, high) = weights
            .get(step)
            .zip(weights.get(step + 1))
            .ok_or(Undefined::NoWeights)?;
        if *low <= 0.0 || *high <= 0.0 {
            return Err(Undefined::NoWeights);
        }
        let step = logarithm(ratio.result()?)?;
        quotient(step, (high / low).ln(), Undefined::ZeroDenominator).result()
    };
    found().into()
}

fn logarithm(ratio: f64) -> Result<f64, Undefined> {
    if ratio > 0.0 {
        Ok(ratio.ln())
    } else {
        Err(Undefined::LogarithmOfZero)
    }
}

fn cliff_index(ratios: &[f64]) -> Figure {
    let logs: Vec<f64> = ratios
        .iter()
        .filter_map(|ratio| logarithm(*ratio).ok())
        .collect();
    if logs.len() < 2 {
        return Figure::Undefined(Undefined::FewerThanTwoLevels);
    }
    let n = real(tally(logs.len()));
    let mean = sum(logs.iter().copied()) / n;
    let largest = logs
        .iter()
        .fold(0.0_f64, |largest, log| largest.max(log.abs()));
    // Steps that cancel, such as 2 then ½, leave a mean that is zero but for rounding.
    if mean.abs() <= 1e-15 * largest {
        return Figure::Undefined(Undefined::ZeroDenominator);
    }
    let variance = sum(logs.iter().map(|log| (log - mean) * (log - mean))) / (n - 1.0);
    quotient(variance.sqrt(), mean, Undefined::ZeroDenominator)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_median_of_zero_has_no_step_up_from_it() {
        let found = spacing(&[0.0, 3.0, 6.0], Some(&[1.0, 2.0, 4.0]));
        assert_eq!(
            found.step_ratio[0].undefined(),
            Some(Undefined::ZeroDenominator)
        );
        assert_eq!(
            found.elasticity[0].undefined(),
            Some(Undefined::ZeroDenominator)
        );
        assert_eq!(found.elasticity[1], Figure::Value(1.0));
        assert_eq!(
            found.log_step_cv.undefined(),
            Some(Undefined::FewerThanTwoLevels)
        );
    }

    #[test]
    fn without_ratio_weights_there_is_no_elasticity() {
        let found = spacing(&[2.0, 4.0], None);
        assert_eq!(found.elasticity[0].undefined(), Some(Undefined::NoWeights));
        assert_eq!(found.max_step, Figure::Value(2.0));
    }

    #[test]
    fn steps_that_cancel_have_no_cliff_index() {
        let found = spacing(&[3.0, 7.0, 3.0], None);
        assert_eq!(
            found.log_step_cv.undefined(),
            Some(Undefined::ZeroDenominator)
        );
    }

    #[test]
    fn one_level_has_no_steps() {
        let found = spacing(&[3.0], None);
        assert_eq!(
            found.max_step.undefined(),
            Some(Undefined::FewerThanTwoLevels)
        );
        assert!(found.step_ratio.is_empty());
    }
}
