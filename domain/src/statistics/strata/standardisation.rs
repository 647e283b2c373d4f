//! What the gap would be with a common case-mix, and how much of it the case-mix makes.
//!
//! Direct standardisation uses the same weights for every court and period, so numbers compare
//! across views. The decomposition is Kitagawa's (1955), the categorical form of Oaxaca–Blinder.

use super::super::exact::{Sum, real, sum};
use super::super::undefined::{Figure, Interval, Undefined, quotient};
use super::mantel_haenszel::limits;
use super::{Stratum, coverage};
use schemars::JsonSchema;
use serde::Serialize;

/// Both groups with the pooled case-mix of the strata that hold both.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Standardised {
    /// `Σw_k·r_k` of the exposed group. Null when no stratum holds both groups.
    pub rate_exposed: Figure,
    /// The same for the reference group.
    pub rate_reference: Figure,
    /// The difference of the two rates.
    pub difference: Figure,
    /// The ratio of the two rates. Null when the reference rate is 0.
    pub ratio: Figure,
    /// The error of the difference, `√Σw_k²·p(1−p)/n` over both groups.
    pub se: Figure,
    /// The interval of the difference at 95 %.
    pub ci95: Figure<Interval>,
    /// Strata that hold both groups.
    pub strata_used: usize,
    /// Strata that do not.
    pub strata_dropped: usize,
    /// The share of the exposed group in the strata used. Null when the group is empty.
    pub coverage_exposed: Figure,
    /// The share of the reference group in the strata used. Null when the group is empty.
    pub coverage_reference: Figure,
}

/// Standardises both groups directly to the pooled case-mix.
pub fn standardise(strata: &[Stratum]) -> Standardised {
    let used: Vec<Stratum> = strata
        .iter()
        .copied()
        .filter(|s| s.has_both_groups())
        .collect();
    let total = real(used.iter().map(|s| s.n()).sum::<i128>());
    let weighted = |term: fn(&Stratum) -> f64| -> Figure {
        let value = sum(used.iter().map(|s| real(s.n()) * term(s)));
        quotient(value, total, Undefined::NoCommonStratum)
    };
    let rate_exposed = weighted(|s| real(s.a) / real(s.n1()));
    let rate_reference = weighted(|s| real(s.c) / real(s.n0()));
    let difference = weighted(|s| real(s.net()) / (real(s.n1()) * real(s.n0())));
    let spread: Sum = used
        .iter()
        .map(|s| {
            let weight = real(s.n()) / total;
            let exposed = real(s.a * s.b) / real(s.n1()).powi(3);
            let reference = real(s.c * s.d) / real(s.n0()).powi(3);
            weight * weight * (exposed + reference)
        })
        .collect();
    let se = difference.map(|_| spread.value().sqrt());
    let ratio = match (rate_exposed.result(), rate_reference.result()) {
        (Ok(exposed), Ok(reference)) => quotient(exposed, reference, Undefined::ZeroDenominator),
        (Err(reason), _) | (_, Err(reason)) => Figure::Undefined(reason),
    };
    let covered = coverage(strata);
    Standardised {
        rate_exposed,
        rate_reference,
        difference,
        ratio,
        se,
        ci95: limits(difference, se),
        strata_used: used.len(),
        strata_dropped: strata.len() - used.len(),
        coverage_exposed: covered.exposed_covered,
        coverage_reference: covered.reference_covered,
    }
}

/// The crude gap taken apart; the two components add exactly to it, and so do the three.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Kitagawa {
    /// The crude risk difference.
    pub total_gap: f64,
    /// Σ½(w1+w0)(r1−r0): the difference in like cases.
    pub rate_component: f64,
    /// Σ½(r1+r0)(w1−w0): the difference in case-mix.
    pub composition_component: f64,
    /// The rate component of each stratum.
    pub rate_by_stratum: Vec<f64>,
    /// The composition component of each stratum.
    pub composition_by_stratum: Vec<f64>,
    /// Σ(w1−w0)r0.
    pub threefold_endowments: f64,
    /// Σw0(r1−r0).
    pub threefold_coefficients: f64,
    /// Σ(w1−w0)(r1−r0).
    pub threefold_interaction: f64,
}

/// What one stratum brings to the decomposition.
struct Part {
    rates: f64,
    shares: f64,
    mean_rate: f64,
    mean_share: f64,
    reference_rate: f64,
    reference_share: f64,
}

/// Takes the crude gap apart. Absent when a stratum lacks a group, for its rate is unknown.
pub fn kitagawa(strata: &[Stratum], crude: Stratum) -> Figure<Kitagawa> {
    let total_gap = match crude.risk_difference().result() {
        Ok(gap) => gap,
        Err(reason) => return Figure::Undefined(reason),
    };
    if !strata.iter().all(|s| s.has_both_groups()) {
        return Figure::Undefined(Undefined::StratumLacksGroup);
    }
    let (n1, n0) = (crude.n1(), crude.n0());
    let parts: Vec<Part> = strata
        .iter()
        .map(|s| Part {
            rates: real(s.net()) / real(s.n1() * s.n0()),
            shares: real(s.n1() * n0 - s.n0() * n1) / real(n1 * n0),
            mean_rate: real(s.a * s.n0() + s.c * s.n1()) / (2.0 * real(s.n1() * s.n0())),
            mean_share: real(s.n1() * n0 + s.n0() * n1) / (2.0 * real(n1 * n0)),
            reference_rate: real(s.c) / real(s.n0()),
            reference_share: real(s.n0()) / real(n0),
        })
        .collect();
    let rate_by_stratum: Vec<f64> = parts.iter().map(|p| p.mean_share * p.rates).collect();
    let composition_by_stratum: Vec<f64> = parts.iter().map(|p| p.mean_rate * p.shares).collect();
    Figure::Value(Kitagawa {
        total_gap,
        rate_component: sum(rate_by_stratum.iter().copied()),
        composition_component: sum(composition_by_stratum.iter().copied()),
        rate_by_stratum,
        composition_by_stratum,
        threefold_endowments: sum(parts.iter().map(|p| p.shares * p.reference_rate)),
        threefold_coefficients: sum(parts.iter().map(|p| p.reference_share * p.rates)),
        threefold_interaction: sum(parts.iter().map(|p| p.shares * p.rates)),
    })
}
