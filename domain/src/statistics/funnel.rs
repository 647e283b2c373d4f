//! Courts against what their case-mix lets expect: funnel limits and over-dispersion
//! (`docs/statistics.md` §3.5). Spiegelhalter (2005). Never a ranking.

use super::damage::CountError;
use super::exact::{Exact, MOST_DECISIONS, real, sum, tally};
use super::normal::{binomial_cdf, binomial_pmf};
use super::undefined::{Figure, Undefined, quotient};
use schemars::JsonSchema;
use serde::Serialize;

/// The interpolated exact binomial limit at which the tail `q` begins, as a share of n.
///
/// r is the smallest count with CDF(r) > q, α = (CDF(r) − q)/pmf(r); the limit is (r − α)/n, not
/// below 0. Null when n = 0. Refuses a target or a tail outside [0, 1].
pub fn limit(target: f64, n: u64, tail: f64) -> Result<Figure, CountError> {
    within_unit("target", target)?;
    within_unit("tail", tail)?;
    if n > MOST_DECISIONS {
        return Err(CountError::TooMany {
            limit: MOST_DECISIONS,
        });
    }
    if n == 0 {
        return Ok(Figure::Undefined(Undefined::NoDecisions));
    }
    let (mut low, mut high) = (0, n);
    while low < high {
        let middle = low.midpoint(high);
        if binomial_cdf(middle, n, target) > tail {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    let over = binomial_cdf(low, n, target) - tail;
    // Where the CDF has reached 1 in the last digit, the count itself is the limit.
    let part = quotient(over, binomial_pmf(low, n, target), Undefined::OutOfDomain);
    let part = part.value().unwrap_or(0.0).clamp(0.0, 1.0);
    Ok(Ok(((real(low) - part) / real(n)).max(0.0)).into())
}

/// The limits of a funnel at one size.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Limits {
    /// Decisions.
    pub n: u64,
    /// The lower limit at 99.8 %.
    pub lo_99_8: Figure,
    /// The lower limit at 95 %.
    pub lo_95: Figure,
    /// The upper limit at 95 %.
    pub hi_95: Figure,
    /// The upper limit at 99.8 %.
    pub hi_99_8: Figure,
}

/// The limits at 95 and 99.8 % around the expected share, for a court of n decisions.
pub fn limits(target: f64, n: u64) -> Result<Limits, CountError> {
    Ok(Limits {
        n,
        lo_99_8: limit(target, n, 0.001)?,
        lo_95: limit(target, n, 0.025)?,
        hi_95: limit(target, n, 0.975)?,
        hi_99_8: limit(target, n, 0.999)?,
    })
}

fn within_unit(what: &'static str, value: f64) -> Result<(), CountError> {
    if (0.0..=1.0).contains(&value) {
        return Ok(());
    }
    Err(CountError::OutOfRange {
        what,
        found: value.to_string(),
        rule: "between 0 and 1",
    })
}

/// One court, or another unit of a funnel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit {
    /// The observed share.
    pub share: f64,
    /// Its decisions.
    pub n: u64,
}

/// How much more the units differ than chance alone would make them.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Overdispersion {
    /// (y − θ)/√(θ(1−θ)/n), in the order given. Null for a unit without decisions, which is left
    /// out of what follows, and where θ is 0 or 1.
    pub z: Vec<Figure>,
    /// The value up to which the smallest are pulled.
    pub winsor_low: Figure,
    /// The value down to which the largest are pulled.
    pub winsor_high: Figure,
    /// The mean of the squared winsorised z.
    pub phi: Figure,
    /// The additive variance between units; 0 where φ ≤ (I−1)/I.
    pub tau2: Figure,
}

/// Over-dispersion around a target, winsorising the share `winsorise` at either end.
/// Refuses a winsorised share of one half or more, and a target outside [0, 1].
pub fn overdispersion(
    units: &[Unit],
    target: f64,
    winsorise: Exact,
) -> Result<Overdispersion, CountError> {
    within_unit("target", target)?;
    if winsorise < Exact::from(0) || winsorise >= Exact::new(1, 2) {
        let found = winsorise.to_string();
        return Err(CountError::OutOfRange {
            what: "winsorised share",
            found,
            rule: "at least 0 and under 1/2",
        });
    }
    let spread = target * (1.0 - target);
    let z: Vec<Figure> = units
        .iter()
        .map(|unit| {
            let reason = if unit.n == 0 {
                Undefined::NoDecisions
            } else {
                Undefined::NoVariation
            };
            quotient(
                (unit.share - target) * real(unit.n).sqrt(),
                spread.sqrt(),
                reason,
            )
        })
        .zip(units)
        .map(|(z, unit)| {
            if unit.n == 0 {
                Figure::Undefined(Undefined::NoDecisions)
            } else {
                z
            }
        })
        .collect();
    let mut sorted: Vec<f64> = z.iter().filter_map(|z| z.value()).collect();
    sorted.sort_by(f64::total_cmp);
    let Some(bounds) = winsor_bounds(&sorted, winsorise) else {
        let reason = z
            .iter()
            .find_map(Figure::undefined)
            .unwrap_or(Undefined::NoDecisions);
        let null = Figure::Undefined(reason);
        return Ok(Overdispersion {
            z,
            winsor_low: null,
            winsor_high: null,
            phi: null,
            tau2: null,
        });
    };
    let count = real(tally(sorted.len()));
    let squares = sum(sorted.iter().map(|z| z.clamp(bounds.0, bounds.1).powi(2)));
    Ok(Overdispersion {
        z,
        winsor_low: Ok(bounds.0).into(),
        winsor_high: Ok(bounds.1).into(),
        phi: Ok(squares / count).into(),
        tau2: between(units, spread, squares, count),
    })
}

fn winsor_bounds(sorted: &[f64], winsorise: Exact) -> Option<(f64, f64)> {
    let count = i128::from(tally(sorted.len()));
    let pulled = usize::try_from((winsorise * Exact::from(count)).floor().to_integer()).ok()?;
    let last = sorted.len().checked_sub(1)?;
    Some((
        *sorted.get(pulled)?,
        *sorted.get(last.checked_sub(pulled)?)?,
    ))
}

/// τ² = (Iφ − (I−1))/(Σω − Σω²/Σω), ω = n/(θ(1−θ)).
fn between(units: &[Unit], spread: f64, squares: f64, count: f64) -> Figure {
    if squares <= count - 1.0 {
        return Figure::Value(0.0);
    }
    let weights = || units.iter().map(|unit| real(unit.n) / spread);
    let total = sum(weights());
    let denominator = total - sum(weights().map(|weight| weight * weight)) / total;
    if count < 2.0 {
        return Figure::Undefined(Undefined::SingleDecision);
    }
    quotient(
        squares - (count - 1.0),
        denominator,
        Undefined::ZeroDenominator,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_court_without_decisions_has_no_limits() {
        assert_eq!(
            limit(0.2, 0, 0.025).unwrap().undefined(),
            Some(Undefined::NoDecisions)
        );
    }

    #[test]
    fn limits_of_a_certain_share_lie_at_the_share() {
        assert_eq!(limit(0.0, 10, 0.975).unwrap(), Figure::Value(0.0));
        let low = limit(1.0, 10, 0.025).unwrap().value().unwrap();
        assert!((low - 0.9025).abs() < 1e-12);
    }

    #[test]
    fn refuses_shares_outside_the_unit_interval() {
        assert!(limit(1.2, 10, 0.5).is_err());
        let units = [Unit { share: 0.3, n: 10 }];
        assert!(overdispersion(&units, 0.2, Exact::new(1, 2)).is_err());
    }

    #[test]
    fn limits_close_on_the_target_as_courts_grow() {
        let wide = limit(0.3, 1_000, 0.975).unwrap().value().unwrap();
        let narrow = limit(0.3, 40_000_000, 0.975).unwrap().value().unwrap();
        assert!(wide > narrow && narrow > 0.3 && narrow < 0.301);
    }

    #[test]
    fn a_unit_without_decisions_is_left_out() {
        let units = [
            Unit { share: 0.4, n: 50 },
            Unit { share: 0.0, n: 0 },
            Unit { share: 0.1, n: 50 },
        ];
        let kept = [units[0], units[2]];
        let share = Exact::new(1, 10);
        let (all, some) = (
            overdispersion(&units, 0.2, share).unwrap(),
            overdispersion(&kept, 0.2, share).unwrap(),
        );
        assert_eq!(all.z[1].undefined(), Some(Undefined::NoDecisions));
        assert_eq!((all.phi, all.tau2), (some.phi, some.tau2));
    }

    #[test]
    fn units_that_agree_have_no_variance_between_them() {
        let units = [Unit { share: 0.2, n: 50 }, Unit { share: 0.2, n: 70 }];
        let found = overdispersion(&units, 0.2, Exact::new(1, 10)).unwrap();
        assert_eq!(
            (found.phi, found.tau2),
            (Figure::Value(0.0), Figure::Value(0.0))
        );
    }
}
