//! Courts against what their case-mix lets expect: funnel limits and over-dispersion
//! (`docs/statistics.md` §3.5). Spiegelhalter (2005). Never a ranking.

use std::collections::BTreeMap;

use super::damage::CountError;
use super::exact::{Exact, MOST_DECISIONS, Z95, real, sum, tally};
use super::normal::{binomial_cdf, binomial_pmf};
use super::rate::Share;
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

/// Where a share lies against the limits of its size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Under the lower limit at 99.8 %.
    FarBelow,
    /// Under the lower limit at 95 %, and not under that at 99.8 %.
    Below,
    /// Between the limits at 95 %, which belong to it.
    Within,
    /// Over the upper limit at 95 %, and not over that at 99.8 %.
    Above,
    /// Over the upper limit at 99.8 %.
    FarAbove,
}

impl Limits {
    /// Where a share lies against these limits. Null where there are none.
    pub fn place(&self, share: f64) -> Figure<Place> {
        let found = || -> Result<Place, Undefined> {
            Ok(if share < self.lo_99_8.result()? {
                Place::FarBelow
            } else if share > self.hi_99_8.result()? {
                Place::FarAbove
            } else if share < self.lo_95.result()? {
                Place::Below
            } else if share > self.hi_95.result()? {
                Place::Above
            } else {
                Place::Within
            })
        };
        match found() {
            Ok(place) => Figure::Value(place),
            Err(reason) => Figure::Undefined(reason),
        }
    }
}

/// The decisions of one court in one stratum of like cases, and how many of them have the outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// The court, by its place from 0.
    pub unit: usize,
    /// The stratum, by its place from 0.
    pub stratum: usize,
    /// The decisions with the outcome among all of the cell.
    pub share: Share,
}

/// A court beside what its mix of cases lets expect.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CaseMix {
    /// Its decisions in strata that another court has too, and those with the outcome.
    pub share: Share,
    /// The share that would have the outcome if in each stratum the court decided as all courts together do, itself
    /// included: Σ n·r ÷ Σ n, r being the share of all in a stratum. Null without decisions.
    pub expected: Figure,
    /// Its decisions in strata that no other court has: there is nothing to compare them with.
    pub left_out: u64,
}

/// Sets each of `units` courts beside what its mix of cases lets expect (indirect standardisation).
/// A cell of a unit beyond them is left out; a stratum of one court alone compares nothing.
pub fn case_mix(units: usize, cells: &[Cell]) -> Result<Vec<CaseMix>, CountError> {
    let mut strata: BTreeMap<usize, BTreeMap<usize, [u64; 2]>> = BTreeMap::new();
    for cell in cells.iter().filter(|cell| cell.share.n() > 0) {
        let held = strata.entry(cell.stratum).or_default();
        let [events, n] = held.entry(cell.unit).or_default();
        *events += cell.share.events();
        *n += cell.share.n();
    }
    let of_unit = |unit: usize| {
        let (mut events, mut n, mut left_out) = (0, 0, 0);
        let mut expected = Vec::new();
        for stratum in strata.values() {
            let Some([own_events, own]) = stratum.get(&unit) else {
                continue;
            };
            if stratum.len() < 2 {
                left_out += own;
                continue;
            }
            let all = stratum
                .values()
                .fold([0, 0], |[e, m], [events, n]| [e + events, m + n]);
            events += own_events;
            n += own;
            expected.push(real(*own) * real(all[0]) / real(all[1]));
        }
        Ok(CaseMix {
            share: Share::new(events, n)?,
            expected: quotient(sum(expected), real(n), Undefined::NoDecisions),
            left_out,
        })
    };
    (0..units).map(of_unit).collect()
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
    /// The share that is expected of it: one target for all, or what its mix of cases lets expect.
    pub target: f64,
}

impl Unit {
    /// θ(1−θ), θ being what is expected of it.
    fn spread(&self) -> f64 {
        self.target * (1.0 - self.target)
    }

    /// Whether it lies outside the limits at 95 % once they are widened by the variance between units:
    /// |y − θ| > z·√(θ(1−θ)/n + τ²). Null without decisions, and where nothing varies.
    pub fn is_outside_widened(&self, tau2: f64) -> Figure<bool> {
        if self.n == 0 {
            return Figure::Undefined(Undefined::NoDecisions);
        }
        let error = (self.spread() / real(self.n) + tau2).sqrt();
        let z = quotient(
            (self.share - self.target).abs(),
            error,
            Undefined::NoVariation,
        );
        z.map(|z| z > Z95)
    }
}

/// How much more the units differ than chance alone would make them.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Overdispersion {
    /// (y − θ)/√(θ(1−θ)/n), in the order given. Null for a unit without decisions, which is left
    /// out of what follows as is a unit of which 0 or 1 is expected.
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

/// Over-dispersion around what is expected of each unit, winsorising the share `winsorise` at either end.
/// Refuses a winsorised share of one half or more, and a target outside [0, 1].
pub fn overdispersion(units: &[Unit], winsorise: Exact) -> Result<Overdispersion, CountError> {
    for unit in units {
        within_unit("target", unit.target)?;
    }
    if winsorise < Exact::from(0) || winsorise >= Exact::new(1, 2) {
        let found = winsorise.to_string();
        return Err(CountError::OutOfRange {
            what: "winsorised share",
            found,
            rule: "at least 0 and under 1/2",
        });
    }
    let z: Vec<Figure> = units.iter().map(standing).collect();
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
    let used = units.iter().zip(&z).filter(|(_, z)| z.value().is_some());
    let tau2 = between(used.map(|(unit, _)| *unit).collect(), squares, count);
    Ok(Overdispersion {
        z,
        winsor_low: Ok(bounds.0).into(),
        winsor_high: Ok(bounds.1).into(),
        phi: Ok(squares / count).into(),
        tau2,
    })
}

/// (y − θ)/√(θ(1−θ)/n) of one unit.
fn standing(unit: &Unit) -> Figure {
    if unit.n == 0 {
        return Figure::Undefined(Undefined::NoDecisions);
    }
    quotient(
        (unit.share - unit.target) * real(unit.n).sqrt(),
        unit.spread().sqrt(),
        Undefined::NoVariation,
    )
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
fn between(units: Vec<Unit>, squares: f64, count: f64) -> Figure {
    if squares <= count - 1.0 {
        return Figure::Value(0.0);
    }
    let weights = || units.iter().map(|unit| real(unit.n) / unit.spread());
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

    fn unit(share: f64, n: u64) -> Unit {
        Unit {
            share,
            n,
            target: 0.2,
        }
    }

    fn cell(unit: usize, stratum: usize, events: u64, n: u64) -> Cell {
        Cell {
            unit,
            stratum,
            share: Share::new(events, n).unwrap(),
        }
    }

    #[test]
    fn a_court_with_graver_cases_is_expected_to_do_more() {
        // Light cases: 4 of 40 everywhere; grave ones 24 of 40. The second court has mostly grave ones.
        let cells = [
            cell(0, 0, 3, 30),
            cell(0, 1, 6, 10),
            cell(1, 0, 1, 10),
            cell(1, 1, 18, 30),
        ];
        let found = case_mix(2, &cells).unwrap();
        let expected = |at: usize| found[at].expected.value().unwrap();
        assert!((expected(0) - 9.0 / 40.0).abs() < 1e-15);
        assert!((expected(1) - 19.0 / 40.0).abs() < 1e-15);
        // Both decide exactly as all do: nothing is left once the mix is allowed for.
        for court in &found {
            assert!(
                (court.expected.value().unwrap() - court.share.rate().value().unwrap()).abs()
                    < 1e-15
            );
        }
    }

    #[test]
    fn a_stratum_of_one_court_alone_compares_nothing() {
        let cells = [cell(0, 0, 5, 10), cell(1, 0, 1, 10), cell(1, 1, 7, 7)];
        let found = case_mix(3, &cells).unwrap();
        assert_eq!((found[1].share.n(), found[1].left_out), (10, 7));
        assert_eq!(found[2].expected.undefined(), Some(Undefined::NoDecisions));
    }

    #[test]
    fn limits_belong_to_what_lies_within() {
        let limits = limits(0.2, 50).unwrap();
        let edge = limits.hi_95.value().unwrap();
        let place = |share: f64| limits.place(share).value().unwrap();
        assert_eq!(place(edge), Place::Within);
        assert_eq!(place(edge + 1e-9), Place::Above);
        assert_eq!(place(0.9), Place::FarAbove);
        assert_eq!(place(limits.lo_95.value().unwrap() - 1e-9), Place::Below);
        assert_eq!(place(0.0), Place::FarBelow);
    }

    #[test]
    fn variance_between_units_widens_the_limits() {
        let far = unit(0.4, 100);
        assert_eq!(far.is_outside_widened(0.0), Figure::Value(true));
        assert_eq!(far.is_outside_widened(0.04), Figure::Value(false));
    }

    #[test]
    fn each_unit_is_held_against_what_is_expected_of_it() {
        let own = [
            Unit {
                target: 0.4,
                ..unit(0.4, 50)
            },
            unit(0.2, 50),
        ];
        let found = overdispersion(&own, Exact::from(0)).unwrap();
        assert_eq!(found.phi, Figure::Value(0.0));
        let sure = Unit {
            target: 1.0,
            ..unit(1.0, 9)
        };
        let with = overdispersion(&[own[0], own[1], sure], Exact::from(0)).unwrap();
        assert_eq!(with.z[2].undefined(), Some(Undefined::NoVariation));
        assert_eq!((with.phi, with.tau2), (found.phi, found.tau2));
    }

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
        let units = [unit(0.3, 10)];
        assert!(overdispersion(&units, Exact::new(1, 2)).is_err());
    }

    #[test]
    fn limits_close_on_the_target_as_courts_grow() {
        let wide = limit(0.3, 1_000, 0.975).unwrap().value().unwrap();
        let narrow = limit(0.3, 40_000_000, 0.975).unwrap().value().unwrap();
        assert!(wide > narrow && narrow > 0.3 && narrow < 0.301);
    }

    #[test]
    fn a_unit_without_decisions_is_left_out() {
        let units = [unit(0.4, 50), unit(0.0, 0), unit(0.1, 50)];
        let kept = [units[0], units[2]];
        let share = Exact::new(1, 10);
        let (all, some) = (
            overdispersion(&units, share).unwrap(),
            overdispersion(&kept, share).unwrap(),
        );
        assert_eq!(all.z[1].undefined(), Some(Undefined::NoDecisions));
        assert_eq!((all.phi, all.tau2), (some.phi, some.tau2));
    }

    #[test]
    fn units_that_agree_have_no_variance_between_them() {
        let units = [unit(0.2, 50), unit(0.2, 70)];
        let found = overdispersion(&units, Exact::new(1, 10)).unwrap();
        assert_eq!(
            (found.phi, found.tau2),
            (Figure::Value(0.0), Figure::Value(0.0))
        );
    }
}
