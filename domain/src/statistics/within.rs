//! The adjusted difference of means: least squares with stratum fixed effects, exactly from sums
//! (`docs/statistics.md` §3.2.10).
//!
//! Values come in as integers. Severities are counted in whole thousandths of the unit of their scale
//! ([`super::exact::thousandths`]), so that sums are exact, whatever the denominators; the figure is then off by no more
//! than half a thousandth of the unit.
//!
//! The regressor within a stratum takes one value per group, so the sums of each cell are all that
//! homoskedastic, HC0, HC1 and cluster errors need.

use super::damage::CountError;
use super::exact::{Sum, real, sum};
use super::moments::Sums;
use super::undefined::{Figure, Undefined, quotient};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// One stratum: the sums of both groups, in the same unit everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cell {
    /// The exposed group: women, in the gender view.
    pub exposed: Sums,
    /// The reference group.
    pub reference: Sums,
}

/// The difference within strata, exposed less reference, in the unit of the sums.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Within {
    /// Σω(x̄1−x̄0)/Σω, ω = n1n0/N. Null when no stratum holds both groups.
    pub beta: Figure,
    /// Decisions.
    pub n: u64,
    /// Strata that hold any decision; each costs a degree of freedom.
    pub strata: u64,
    /// n − strata − 1; negative when there are more parameters than decisions.
    pub df: i64,
    /// The residual sum of squares.
    pub rss: Figure,
    /// √(RSS/df/W). Null when df < 1.
    pub se_homoskedastic: Figure,
    /// `√(Σ(x_sex − n1/N)²e²)/W`.
    pub se_hc0: Figure,
    /// HC0·√(n/df). Null when df < 1.
    pub se_hc1: Figure,
}

/// A stratum as the regression sees it.
#[derive(Clone, Copy)]
struct Reduced {
    exposed: Sums,
    reference: Sums,
    n1: f64,
    n0: f64,
    n: f64,
    gap: f64,
}

impl Reduced {
    fn of(cell: &Cell) -> Option<Self> {
        let (n1, n0) = (cell.exposed.n(), cell.reference.n());
        if n1 + n0 == 0 {
            return None;
        }
        let gap = if n1 > 0 && n0 > 0 { gap(cell) } else { 0.0 };
        Some(Self {
            exposed: cell.exposed,
            reference: cell.reference,
            n1: real(n1),
            n0: real(n0),
            n: real(n1 + n0),
            gap,
        })
    }

    fn weight(&self) -> f64 {
        self.n1 * self.n0 / self.n
    }

    /// SS within both groups + ω(gap − β)².
    fn residual(&self, beta: f64) -> f64 {
        let off = self.gap - beta;
        self.exposed.squares_about_mean()
            + self.reference.squares_about_mean()
            + self.weight() * off * off
    }

    /// `Σ(x_sex − n1/N)²e²` over both groups.
    fn robust(&self, beta: f64) -> f64 {
        let off = self.gap - beta;
        let (share1, share0) = (self.n1 / self.n, self.n0 / self.n);
        let exposed = self.exposed.squares_about_mean() + self.n1 * (share0 * off) * (share0 * off);
        let reference =
            self.reference.squares_about_mean() + self.n0 * (share1 * off) * (share1 * off);
        share0 * share0 * exposed + share1 * share1 * reference
    }
}

/// x̄1 − x̄0 from exact integers, where they fit.
fn gap(cell: &Cell) -> f64 {
    let (one, other) = (cell.exposed, cell.reference);
    let (n1, n0) = (i128::from(one.n()), i128::from(other.n()));
    let scaled = one
        .sum()
        .checked_mul(n0)
        .zip(other.sum().checked_mul(n1))
        .and_then(|(first, second)| first.checked_sub(second));
    match scaled {
        Some(net) => real(net) / real(n1 * n0),
        None => real(one.sum()) / real(n1) - real(other.sum()) / real(n0),
    }
}

/// The difference of means within strata. O(strata).
pub fn within(cells: &[Cell]) -> Within {
    let strata: Vec<Reduced> = cells.iter().filter_map(Reduced::of).collect();
    let n: u64 = cells
        .iter()
        .map(|cell| cell.exposed.n() + cell.reference.n())
        .sum();
    let count = super::exact::tally(strata.len());
    let signed = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let df = signed(n) - signed(count) - 1;
    let weight = sum(strata.iter().map(Reduced::weight));
    let beta = quotient(
        sum(strata.iter().map(|stratum| stratum.weight() * stratum.gap)),
        weight,
        if n == 0 {
            Undefined::NoDecisions
        } else {
            Undefined::NoCommonStratum
        },
    );
    let rss = beta.map(|beta| sum(strata.iter().map(|stratum| stratum.residual(beta))));
    let hc0 =
        beta.map(|beta| sum(strata.iter().map(|stratum| stratum.robust(beta))).sqrt() / weight);
    let left = if df > 0 {
        Ok(real(df))
    } else {
        Err(Undefined::NoDegreesOfFreedom)
    };
    let homoskedastic = || Ok((rss.result()? / left? / weight).sqrt());
    let hc1 = || Ok(hc0.result()? * (real(n) / left?).sqrt());
    Within {
        beta,
        n,
        strata: count,
        df,
        rss,
        se_homoskedastic: homoskedastic().into(),
        se_hc0: hc0,
        se_hc1: hc1().into(),
    }
}

/// The sums of one stratum in one cluster, for instance a court.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClusteredCell {
    /// The stratum, numbered by the caller.
    pub stratum: u32,
    /// The cluster, numbered by the caller.
    pub cluster: u32,
    /// The sums of both groups.
    pub cell: Cell,
}

/// The cluster-robust error of the difference within strata (Liang & Zeger 1986), without a
/// small-sample factor: `√Σ_g(Σ(x_sex − n1/N)e)²/W`. Null under two clusters.
pub fn cluster_error(cells: &[ClusteredCell]) -> Result<Figure, CountError> {
    let mut strata: BTreeMap<u32, Cell> = BTreeMap::new();
    for clustered in cells {
        let whole = strata.entry(clustered.stratum).or_default();
        whole.exposed = whole.exposed.merged(clustered.cell.exposed)?;
        whole.reference = whole.reference.merged(clustered.cell.reference)?;
    }
    let whole: Vec<Cell> = strata.values().copied().collect();
    let beta = match within(&whole).beta.result() {
        Ok(beta) => beta,
        Err(reason) => return Ok(Figure::Undefined(reason)),
    };
    let mut scores: BTreeMap<u32, Sum> = BTreeMap::new();
    for clustered in cells {
        let score = scores.entry(clustered.cluster).or_default();
        if let Some(reduced) = strata.get(&clustered.stratum).and_then(Reduced::of) {
            score.add(score_of(&clustered.cell, &reduced, beta));
        }
    }
    if scores.len() < 2 {
        return Ok(Figure::Undefined(Undefined::NoDegreesOfFreedom));
    }
    let weight = sum(whole
        .iter()
        .filter_map(Reduced::of)
        .map(|stratum| stratum.weight()));
    let meat = sum(scores.values().map(|score| score.value() * score.value()));
    Ok(Ok(meat.sqrt() / weight).into())
}

/// `Σ(x_sex − n1/N)e` over the decisions of a cluster in a stratum.
fn score_of(cell: &Cell, stratum: &Reduced, beta: f64) -> f64 {
    let total = real(stratum.exposed.sum()) + real(stratum.reference.sum());
    let intercept = (total - beta * stratum.n1) / stratum.n;
    let residual = |sums: Sums, fit: f64| real(sums.sum()) - real(sums.n()) * fit;
    stratum.n0 / stratum.n * residual(cell.exposed, intercept + beta)
        - stratum.n1 / stratum.n * residual(cell.reference, intercept)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sums(values: &[i128]) -> Sums {
        let mut sums = Sums::default();
        for value in values {
            sums.add(*value, 1).unwrap();
        }
        sums
    }

    fn cell(exposed: &[i128], reference: &[i128]) -> Cell {
        Cell {
            exposed: sums(exposed),
            reference: sums(reference),
        }
    }

    #[test]
    fn one_stratum_gives_the_plain_difference_of_means() {
        let found = within(&[cell(&[1, 3], &[4, 6, 8])]);
        assert_eq!(found.beta, Figure::Value(-4.0));
        assert_eq!((found.n, found.strata, found.df), (5, 1, 3));
        assert_eq!(found.rss, Figure::Value(10.0));
    }

    #[test]
    fn a_stratum_of_one_group_costs_a_degree_of_freedom_and_nothing_else() {
        let (one, two) = (cell(&[1, 3], &[4, 6, 8]), cell(&[], &[5, 7]));
        let (short, long) = (within(&[one]), within(&[one, two]));
        assert_eq!(short.beta, long.beta);
        assert_eq!((long.strata, long.df), (2, 4));
        assert_eq!(long.rss, Figure::Value(12.0));
    }

    #[test]
    fn as_many_parameters_as_decisions_leave_no_error() {
        let found = within(&[cell(&[2], &[5])]);
        assert_eq!((found.beta, found.df), (Figure::Value(-3.0), 0));
        assert_eq!(
            found.se_homoskedastic.undefined(),
            Some(Undefined::NoDegreesOfFreedom)
        );
        assert_eq!(
            found.se_hc1.undefined(),
            Some(Undefined::NoDegreesOfFreedom)
        );
        assert_eq!(within(&[]).beta.undefined(), Some(Undefined::NoDecisions));
        let women = within(&[cell(&[2, 3], &[])]);
        assert_eq!(women.beta.undefined(), Some(Undefined::NoCommonStratum));
    }

    #[test]
    fn a_cluster_for_every_decision_gives_hc0() {
        let rows = [
            (0, true, 1),
            (0, true, 4),
            (0, false, 3),
            (0, false, 8),
            (1, true, 9),
            (1, false, 2),
            (1, false, 6),
        ];
        let mut clustered = Vec::new();
        let mut strata = BTreeMap::<u32, Cell>::new();
        for (cluster, (stratum, woman, value)) in rows.into_iter().enumerate() {
            let one = if woman {
                cell(&[value], &[])
            } else {
                cell(&[], &[value])
            };
            let whole = strata.entry(stratum).or_default();
            whole.exposed = whole.exposed.merged(one.exposed).unwrap();
            whole.reference = whole.reference.merged(one.reference).unwrap();
            let cluster = u32::try_from(cluster).unwrap();
            clustered.push(ClusteredCell {
                stratum,
                cluster,
                cell: one,
            });
        }
        let cells: Vec<Cell> = strata.values().copied().collect();
        let hc0 = within(&cells).se_hc0.value().unwrap();
        let found = cluster_error(&clustered).unwrap().value().unwrap();
        assert!((hc0 - found).abs() < 1e-12);
    }
}
