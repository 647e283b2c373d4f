//! What the gap would be with a common case-mix, and how much of it the case-mix makes.
//!
//! Direct standardisation uses the same weights for every court and period, so numbers compare
//! across views. The decomposition is Kitagawa's (1955), the categorical form of Oaxaca–Blinder.

use super::super::damage::CountError;
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

/// The crude gap taken apart over the strata that hold both groups, and what the others leave of it.
#[derive(Debug, Clone, PartialEq)]
pub struct InCommon {
    /// The places of the strata that hold both groups, from 0, in the order of the parts.
    pub strata: Vec<usize>,
    /// The gap of these strata taken apart.
    pub parts: Kitagawa,
    /// The crude gap less that of these strata: what cases add that only one of the groups has. Nothing where every stratum
    /// holds both.
    pub alone: f64,
}

/// Takes the crude gap apart where strata lack a group: over the others, with the rest as one part, so that all parts
/// still add up to it. Null when no stratum holds both.
pub fn kitagawa_in_common(
    strata: &[Stratum],
    crude: Stratum,
) -> Result<Figure<InCommon>, CountError> {
    let held = strata
        .iter()
        .enumerate()
        .filter(|(_, s)| s.has_both_groups());
    let (places, common): (Vec<usize>, Vec<Stratum>) = held.unzip();
    let mut all = Stratum::default();
    for stratum in &common {
        all = all.merged(*stratum)?;
    }
    if common.is_empty() {
        return Ok(Figure::Undefined(Undefined::NoCommonStratum));
    }
    let alone = match crude.risk_difference().result() {
        Ok(gap) => gap,
        Err(reason) => return Ok(Figure::Undefined(reason)),
    };
    Ok(kitagawa(&common, all).map(|parts| InCommon {
        strata: places,
        alone: if common.len() == strata.len() {
            0.0
        } else {
            alone - parts.total_gap
        },
        parts,
    }))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn strata(tables: &[[u64; 4]]) -> (Vec<Stratum>, Stratum) {
        let strata: Vec<Stratum> = tables.iter().map(|t| Stratum::new(*t).unwrap()).collect();
        let all = strata
            .iter()
            .fold(Stratum::default(), |all, s| all.merged(*s).unwrap());
        (strata, all)
    }

    #[test]
    fn what_one_group_alone_has_is_one_part_of_the_crude_gap() {
        let (held, crude) = strata(&[[4, 6, 9, 11], [0, 0, 7, 3], [2, 8, 1, 9]]);
        let found = kitagawa_in_common(&held, crude).unwrap().value().unwrap();
        assert_eq!(found.strata, [0, 2]);
        let total = found.parts.rate_component + found.parts.composition_component + found.alone;
        let gap = crude.risk_difference().value().unwrap();
        assert!((total - gap).abs() < 1e-15, "{total} is not {gap}");
        assert!(kitagawa(&held, crude).undefined().is_some());
    }

    #[test]
    fn where_every_stratum_holds_both_groups_nothing_is_left() {
        let (held, crude) = strata(&[[4, 6, 9, 11], [2, 8, 1, 9]]);
        let found = kitagawa_in_common(&held, crude).unwrap().value().unwrap();
        assert_eq!(found.alone, 0.0);
        assert_eq!(Figure::Value(found.parts), kitagawa(&held, crude));
        let (apart, crude) = strata(&[[1, 2, 0, 0], [0, 0, 3, 4]]);
        let none = kitagawa_in_common(&apart, crude).unwrap();
        assert_eq!(none.undefined(), Some(Undefined::NoCommonStratum));
    }
}
