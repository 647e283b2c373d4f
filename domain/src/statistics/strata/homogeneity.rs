//! Do the strata agree? Breslow & Day (1980) at the Mantel–Haenszel odds ratio, with Tarone's
//! correction (1985). Power is low in sparse strata: the dots of the strata are shown too.

use super::super::exact::{real, sum, tally};
use super::super::normal::chi_squared_tail;
use super::super::undefined::{Figure, Undefined};
use super::Stratum;
use schemars::JsonSchema;
use serde::Serialize;

/// The test that the odds ratio is the same in all strata.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Homogeneity {
    /// Σ(a−e)²/v. Null under two strata, or without an odds ratio.
    pub breslow_day_chi2: Figure,
    /// The statistic less (Σ(a−e))²/Σv.
    pub tarone_chi2: Figure,
    /// Strata used − 1; strata with an empty margin drop out. Null under two.
    pub homogeneity_df: Figure<u64>,
    /// The upper tail of the uncorrected statistic.
    pub breslow_day_p: Figure,
    /// The upper tail of the corrected statistic.
    pub tarone_p: Figure,
    /// The fitted e of each stratum; null for one that drops out.
    pub breslow_day_expected_a: Vec<Figure>,
}

struct Fit {
    excess: f64,
    variance: f64,
}

pub(super) fn breslow_day(strata: &[Stratum], odds_ratio: Figure) -> Homogeneity {
    let expected: Vec<Figure> = strata
        .iter()
        .map(|stratum| expected_events(*stratum, odds_ratio))
        .collect();
    let fits: Vec<Fit> = strata
        .iter()
        .zip(&expected)
        .filter_map(|(stratum, e)| e.value().map(|e| fit(*stratum, e)))
        .collect();
    let used = tally(fits.len());
    let gap = match odds_ratio.undefined() {
        Some(reason) => Some(reason),
        None if used < 2 => Some(Undefined::FewerThanTwoStrata),
        None => None,
    };
    if let Some(reason) = gap {
        let null = Figure::Undefined(reason);
        return Homogeneity {
            breslow_day_chi2: null,
            tarone_chi2: null,
            homogeneity_df: Figure::Undefined(reason),
            breslow_day_p: null,
            tarone_p: null,
            breslow_day_expected_a: expected,
        };
    }
    let plain = sum(fits
        .iter()
        .map(|fit| fit.excess * fit.excess / fit.variance));
    let excess = sum(fits.iter().map(|fit| fit.excess));
    let corrected = (plain - excess * excess / sum(fits.iter().map(|fit| fit.variance))).max(0.0);
    let df = used - 1;
    Homogeneity {
        breslow_day_chi2: Ok(plain).into(),
        tarone_chi2: Ok(corrected).into(),
        homogeneity_df: Figure::Value(df),
        breslow_day_p: chi_squared_tail(plain, df).into(),
        tarone_p: chi_squared_tail(corrected, df).into(),
        breslow_day_expected_a: expected,
    }
}

/// The e inside the margins at which the stratum has the odds ratio ψ:
/// e(n0−m1+e) = ψ(n1−e)(m1−e).
fn expected_events(s: Stratum, odds_ratio: Figure) -> Figure {
    if [s.n1(), s.n0(), s.m1(), s.m0()].contains(&0) {
        return Figure::Undefined(Undefined::EmptyMargin);
    }
    let psi = match odds_ratio.result() {
        Ok(psi) => psi,
        Err(reason) => return Figure::Undefined(reason),
    };
    let (low, high) = ((s.m1() - s.n0()).max(0), s.n1().min(s.m1()));
    let square = 1.0 - psi;
    let linear = real(s.n0() - s.m1()) + psi * real(s.n1() + s.m1());
    let product = psi * real(s.n1() * s.m1());
    let spread = (linear * linear + 4.0 * square * product).max(0.0).sqrt();
    // Of the two equal forms of the root, the one in which nothing cancels.
    let e = if linear >= 0.0 {
        2.0 * product / (linear + spread)
    } else {
        (spread - linear) / (2.0 * square)
    };
    Ok(polished(s, psi, e).clamp(real(low), real(high))).into()
}

/// One Newton step on the defining equation, which restores the last digits of the root.
fn polished(s: Stratum, psi: f64, e: f64) -> f64 {
    let gap = real(s.n0() - s.m1());
    let (n1, m1) = (real(s.n1()), real(s.m1()));
    let value = e * (gap + e) - psi * (n1 - e) * (m1 - e);
    let slope = gap + 2.0 * e + psi * (n1 + m1 - 2.0 * e);
    if slope > 0.0 { e - value / slope } else { e }
}

fn fit(s: Stratum, e: f64) -> Fit {
    let (n1, m1) = (real(s.n1()), real(s.m1()));
    let rest = real(s.n0() - s.m1()) + e;
    let precision = 1.0 / e + 1.0 / (n1 - e) + 1.0 / (m1 - e) + 1.0 / rest;
    Fit {
        excess: real(s.a) - e,
        variance: 1.0 / precision,
    }
}

#[cfg(test)]
mod tests {
    use super::super::mantel_haenszel;
    use super::*;

    fn tested(tables: &[[u64; 4]]) -> Homogeneity {
        let strata: Vec<_> = tables.iter().map(|t| Stratum::new(*t).unwrap()).collect();
        breslow_day(&strata, mantel_haenszel(&strata).mh_or)
    }

    #[test]
    fn strata_of_the_same_odds_agree_perfectly() {
        let found = tested(&[[10, 20, 30, 40], [20, 40, 60, 80]]);
        assert!(found.breslow_day_chi2.value().unwrap() < 1e-20);
        assert!((found.tarone_p.value().unwrap() - 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_stratum_with_an_empty_margin_drops_out() {
        let found = tested(&[[10, 20, 30, 40], [0, 7, 0, 9], [20, 30, 70, 80]]);
        assert_eq!(found.homogeneity_df, Figure::Value(1));
        assert_eq!(
            found.breslow_day_expected_a[1].undefined(),
            Some(Undefined::EmptyMargin)
        );
    }

    #[test]
    fn one_stratum_cannot_disagree() {
        let found = tested(&[[10, 20, 30, 40]]);
        assert_eq!(
            found.homogeneity_df.undefined(),
            Some(Undefined::FewerThanTwoStrata)
        );
        assert_eq!(found.breslow_day_p.value(), None);
        assert!((found.breslow_day_expected_a[0].value().unwrap() - 10.0).abs() < 1e-12);
    }
}
