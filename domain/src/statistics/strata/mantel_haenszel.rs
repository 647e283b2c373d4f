//! Estimates pooled over strata, with their variances, and the test of association.
//!
//! Sources: Mantel & Haenszel (1959); Robins, Breslow & Greenland (1986) for the odds ratio;
//! Greenland & Robins (1985) for risk ratio and difference; Sato, Greenland & Robins (1989) for
//! the difference, valid in sparse strata as well.

use super::super::exact::{Sum, real, sum};
use super::super::normal::chi_squared_tail;
use super::super::undefined::{Figure, Interval, Undefined, quotient, root};
use super::Stratum;
use schemars::JsonSchema;
use serde::Serialize;

/// Mantel–Haenszel estimates over strata, with intervals at 95 %.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct MantelHaenszel {
    /// R/S. Null when R or S is 0.
    pub mh_or: Figure,
    /// Its logarithm.
    pub ln_mh_or: Figure,
    /// The Robins–Breslow–Greenland variance of the logarithm.
    pub ln_mh_or_var_rbg: Figure,
    /// Its root.
    pub ln_mh_or_se_rbg: Figure,
    /// The interval of the odds ratio.
    pub mh_or_ci95: Figure<Interval>,
    /// The sums behind the odds ratio.
    pub rbg_sums: RbgSums,
    /// Σ(a·n0/N) ÷ Σ(c·n1/N). Null when the reference has no event in a common stratum.
    pub mh_rr: Figure,
    /// The Greenland–Robins error of its logarithm. Null when either group has no event.
    pub ln_mh_rr_se_gr: Figure,
    /// The interval of the risk ratio.
    pub mh_rr_ci95: Figure<Interval>,
    /// Σ[(a·n0 − c·n1)/N] ÷ Σ[n1·n0/N]. Null when no stratum holds both groups.
    pub mh_rd: Figure,
    /// The Sato–Greenland–Robins error of the difference.
    pub mh_rd_se_sato: Figure,
    /// The Greenland–Robins error of the difference.
    pub mh_rd_se_greenland_robins: Figure,
    /// The interval of the difference, from the Sato–Greenland–Robins error.
    pub mh_rd_ci95_sato: Figure<Interval>,
    /// (ΣA − ΣE)²/ΣV, without continuity correction. Null when ΣV = 0.
    pub cmh_chi2: Figure,
    /// The same with ½ taken off |ΣA − ΣE|, not below 0.
    pub cmh_chi2_continuity: Figure,
    /// The upper tail of the statistic, one degree of freedom.
    pub cmh_p: Figure,
    /// The upper tail of the corrected statistic.
    pub cmh_p_continuity: Figure,
}

/// The sums of Robins, Breslow and Greenland; they add over shards of whole strata.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct RbgSums {
    /// R = Σad/N.
    #[serde(rename = "R")]
    pub r: f64,
    /// S = Σbc/N.
    #[serde(rename = "S")]
    pub s: f64,
    /// `ΣP_kR_k`, P = (a+d)/N.
    #[serde(rename = "PR")]
    pub pr: f64,
    /// `Σ(P_kS_k + Q_kR_k)`, Q = (b+c)/N.
    #[serde(rename = "PS_plus_QR")]
    pub ps_plus_qr: f64,
    /// `ΣQ_kS_k`.
    #[serde(rename = "QS")]
    pub qs: f64,
}

/// Pools over strata. O(strata).
pub fn mantel_haenszel(strata: &[Stratum]) -> MantelHaenszel {
    let occupied: Vec<Stratum> = strata.iter().copied().filter(|s| s.n() > 0).collect();
    let odds = Odds::of(&occupied);
    let ratio = Ratio::of(&occupied);
    let difference = Difference::of(&occupied);
    let (cmh, cmh_continuity) = association(&occupied);
    let tail = |statistic: Figure| -> Figure {
        statistic
            .result()
            .and_then(|x| chi_squared_tail(x, 1))
            .into()
    };
    MantelHaenszel {
        mh_or: odds.ratio,
        ln_mh_or: odds.ln,
        ln_mh_or_var_rbg: odds.variance,
        ln_mh_or_se_rbg: odds.variance.map(f64::sqrt),
        mh_or_ci95: limits_of_ratio(odds.ln, odds.variance.map(f64::sqrt)),
        rbg_sums: odds.sums,
        mh_rr: ratio.estimate,
        ln_mh_rr_se_gr: ratio.error,
        mh_rr_ci95: limits_of_ratio(ratio.ln, ratio.error),
        mh_rd: difference.estimate,
        mh_rd_se_sato: difference.sato,
        mh_rd_se_greenland_robins: difference.greenland_robins,
        mh_rd_ci95_sato: limits(difference.estimate, difference.sato),
        cmh_chi2: cmh,
        cmh_chi2_continuity: cmh_continuity,
        cmh_p: tail(cmh),
        cmh_p_continuity: tail(cmh_continuity),
    }
}

struct Odds {
    sums: RbgSums,
    ratio: Figure,
    ln: Figure,
    variance: Figure,
}

impl Odds {
    fn of(strata: &[Stratum]) -> Self {
        let over = |numerator: fn(&Stratum) -> i128, power: i32| {
            sum(strata
                .iter()
                .map(|s| real(numerator(s)) / real(s.n()).powi(power)))
        };
        let sums = RbgSums {
            r: over(|s| s.a * s.d, 1),
            s: over(|s| s.b * s.c, 1),
            pr: over(|s| (s.a + s.d) * s.a * s.d, 2),
            ps_plus_qr: over(|s| (s.a + s.d) * s.b * s.c + (s.b + s.c) * s.a * s.d, 2),
            qs: over(|s| (s.b + s.c) * s.b * s.c, 2),
        };
        if sums.r == 0.0 || sums.s == 0.0 {
            let null = Figure::Undefined(Undefined::ZeroDenominator);
            return Self {
                sums,
                ratio: null,
                ln: null,
                variance: null,
            };
        }
        let RbgSums {
            r,
            s,
            pr,
            ps_plus_qr,
            qs,
        } = sums;
        // Near 1 the logarithm comes from the exact difference R − S, which keeps its digits.
        let excess = over(|s| s.a * s.d - s.b * s.c, 1) / s;
        let ln = if excess.abs() < 0.5 {
            excess.ln_1p()
        } else {
            (r / s).ln()
        };
        let variance = pr / (2.0 * r * r) + ps_plus_qr / (2.0 * r * s) + qs / (2.0 * s * s);
        Self {
            sums,
            ratio: Ok(r / s).into(),
            ln: Ok(ln).into(),
            variance: Ok(variance).into(),
        }
    }
}

struct Ratio {
    estimate: Figure,
    ln: Figure,
    error: Figure,
}

impl Ratio {
    fn of(strata: &[Stratum]) -> Self {
        let exposed = sum(strata.iter().map(|s| real(s.a * s.n0()) / real(s.n())));
        let reference = sum(strata.iter().map(|s| real(s.c * s.n1()) / real(s.n())));
        let spread = strata.iter().map(|s| {
            real(s.m1() * s.n1() * s.n0() - s.a * s.c * s.n()) / (real(s.n()) * real(s.n()))
        });
        let reason = if strata.iter().any(|s| s.has_both_groups()) {
            Undefined::ZeroDenominator
        } else {
            Undefined::NoCommonStratum
        };
        let estimate = quotient(exposed, reference, reason);
        let variance = quotient(
            spread.collect::<Sum>().variance(),
            exposed * reference,
            if reference == 0.0 {
                reason
            } else {
                Undefined::LogarithmOfZero
            },
        );
        let ln = match estimate.result() {
            Ok(0.0) => Err(Undefined::LogarithmOfZero),
            other => other.map(f64::ln),
        };
        Self {
            estimate,
            ln: ln.into(),
            error: variance.result().and_then(root).into(),
        }
    }
}

struct Difference {
    estimate: Figure,
    sato: Figure,
    greenland_robins: Figure,
}

impl Difference {
    fn of(strata: &[Stratum]) -> Self {
        let weight = sum(strata.iter().map(|s| real(s.n1() * s.n0()) / real(s.n())));
        let net = sum(strata.iter().map(|s| real(s.net()) / real(s.n())));
        let estimate = quotient(net, weight, Undefined::NoCommonStratum);
        let error = |spread: fn(&Stratum, f64) -> f64| -> Figure {
            let delta = match estimate.result() {
                Ok(delta) => delta,
                Err(reason) => return Figure::Undefined(reason),
            };
            let total: Sum = strata
                .iter()
                .filter(|s| s.has_both_groups())
                .map(|s| spread(s, delta))
                .collect();
            root(total.variance() / (weight * weight)).into()
        };
        Self {
            estimate,
            sato: error(sato),
            greenland_robins: error(greenland_robins),
        }
    }
}

/// One stratum of Δ·P + Q, over the common denominator 2N² so that exact zeros stay zero.
fn sato(s: &Stratum, delta: f64) -> f64 {
    let (n1, n0) = (s.n1(), s.n0());
    let p = 2 * (n1 * n1 * s.c - n0 * n0 * s.a) + n1 * n0 * (n0 - n1);
    let q = (s.a * (n0 - s.c) + s.c * (n1 - s.a)) * s.n();
    (delta * real(p) + real(q)) / (2.0 * real(s.n()) * real(s.n()))
}

/// (ab·n0³ + cd·n1³)/(n1·n0·N²).
fn greenland_robins(s: &Stratum, _delta: f64) -> f64 {
    let (n1, n0, n) = (real(s.n1()), real(s.n0()), real(s.n()));
    let exposed = real(s.a * s.b) / n1 * (n0 / n) * (n0 / n);
    let reference = real(s.c * s.d) / n0 * (n1 / n) * (n1 / n);
    exposed + reference
}

/// The statistic without and with continuity correction.
fn association(strata: &[Stratum]) -> (Figure, Figure) {
    let excess = sum(strata.iter().map(|s| real(s.net()) / real(s.n()))).abs();
    let variance = sum(strata.iter().filter(|s| s.n() > 1).map(|s| {
        let n = real(s.n());
        real(s.n1() * s.n0()) / n * (real(s.m1() * s.m0()) / n) / (n - 1.0)
    }));
    let corrected = (excess - 0.5).max(0.0);
    (
        quotient(excess * excess, variance, Undefined::EmptyMargin),
        quotient(corrected * corrected, variance, Undefined::EmptyMargin),
    )
}

pub(super) fn limits(estimate: Figure, error: Figure) -> Figure<Interval> {
    let around = || Ok(Interval::around(estimate.result()?, error.result()?));
    around().into()
}

fn limits_of_ratio(ln: Figure, error: Figure) -> Figure<Interval> {
    let around = || {
        let limits = Interval::around(ln.result()?, error.result()?);
        Ok(Interval {
            low: limits.low.exp(),
            high: limits.high.exp(),
        })
    };
    around().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pooled(tables: &[[u64; 4]]) -> MantelHaenszel {
        let strata: Vec<_> = tables.iter().map(|t| Stratum::new(*t).unwrap()).collect();
        mantel_haenszel(&strata)
    }

    #[test]
    fn a_group_without_events_has_a_difference_but_no_odds() {
        let found = pooled(&[[0, 10, 3, 7], [0, 5, 2, 8]]);
        assert_eq!(found.mh_or.undefined(), Some(Undefined::ZeroDenominator));
        assert_eq!(
            found.mh_or_ci95.undefined(),
            Some(Undefined::ZeroDenominator)
        );
        assert_eq!(found.mh_rr, Figure::Value(0.0));
        assert_eq!(
            found.ln_mh_rr_se_gr.undefined(),
            Some(Undefined::LogarithmOfZero)
        );
        assert!(found.mh_rd.value().unwrap() < 0.0);
    }

    #[test]
    fn all_against_none_has_a_difference_of_one_without_error() {
        let found = pooled(&[[7, 0, 0, 9], [3, 0, 0, 2]]);
        assert_eq!(found.mh_rd, Figure::Value(1.0));
        assert_eq!(found.mh_rd_se_sato, Figure::Value(0.0));
        assert_eq!(found.mh_rd_se_greenland_robins, Figure::Value(0.0));
    }

    #[test]
    fn a_stratum_of_one_decision_adds_nothing_to_the_variance() {
        assert_eq!(
            pooled(&[[1, 0, 0, 0]]).cmh_chi2.undefined(),
            Some(Undefined::EmptyMargin)
        );
        let (with, without) = (
            pooled(&[[4, 6, 5, 5], [1, 0, 0, 0]]),
            pooled(&[[4, 6, 5, 5]]),
        );
        assert_eq!(with.cmh_chi2, without.cmh_chi2);
    }

    #[test]
    fn the_continuity_correction_never_goes_below_zero() {
        let found = pooled(&[[5, 5, 5, 5]]);
        assert_eq!(found.cmh_chi2_continuity, Figure::Value(0.0));
        assert_eq!(found.cmh_p_continuity, Figure::Value(1.0));
    }
}
