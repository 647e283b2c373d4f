//! The figures of rank order, from the pairs of a table (O1–O6, P3), with asymptotic errors.
//!
//! Sources: Kendall (1945); Goodman & Kruskal (1954, 1963); Somers (1962); Stuart (1953); errors as
//! in Brown & Benedetti (1977) and Agresti, *Analysis of Ordinal Categorical Data*.

use super::exact::{real, sum};
use super::ordinal::{Cell, Pairs, Table, pairs_among};
use super::undefined::{Figure, Undefined, quotient};
use schemars::JsonSchema;
use serde::Serialize;

/// Rank order of a table, in figures. Inversion rate, flat rate and tau-b are shown together.
///
/// With `single_gravity` or `single_severity` the figures that compare across that axis are null;
/// a single tariff has inversion 0 and a null tau-b, and only flat rate 1 exposes it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Association {
    /// The exact pair counts.
    #[serde(flatten)]
    pub pairs: Pairs,
    /// D/G: of two cases of different gravity, how often the graver got less. Null when G = 0.
    pub inversion_rate_strict: Figure,
    /// `T_s/G`: of two cases of different gravity, how often both got the same. Null when G = 0.
    pub flat_rate: Figure,
    /// `(D + ½T_s)/G`. Null when G = 0.
    pub inversion_rate_half_ties: Figure,
    /// `(C + ½T_s)/G`. Null when G = 0.
    pub concordance_half_ties: Figure,
    /// `T_g/(T_g + T_b)`: same-gravity pairs with different severity. Null without such pairs.
    pub parity_break_rate: Figure,
    /// `(C−D)/√((n0−T_row)(n0−T_col))`. Null with one level on either axis.
    pub tau_b: Figure,
    /// (C−D)/n0. Null under two decisions.
    pub tau_a: Figure,
    /// 2m(C−D)/(n²(m−1)), m the lesser number of occurring levels. Null when m < 2.
    pub tau_c: Figure,
    /// (C−D)/(C+D); oversight only, for it ignores ties. Null when C + D = 0.
    pub gamma: Figure,
    /// (C−D)/G. Null when G = 0.
    pub somers_d_severity_given_gravity: Figure,
    /// `(C−D)/(C+D+T_g)`. Null when all decisions have the same severity.
    pub somers_d_gravity_given_severity: Figure,
    /// Asymptotic standard error of gamma.
    pub gamma_ase1: Figure,
    /// The same under no association; views do not use it.
    pub gamma_ase0: Figure,
    /// Asymptotic standard error of tau-b.
    pub tau_b_ase1: Figure,
    /// The same under no association; views do not use it.
    pub tau_b_ase0: Figure,
    /// Asymptotic standard error of Somers' d (severity given gravity).
    pub somers_d_severity_given_gravity_ase1: Figure,
    /// Asymptotic standard error of the inversion rate with half ties: half that of d.
    pub inversion_rate_half_ties_ase1: Figure,
}

impl Table {
    /// The figures of rank order. O(rows × columns).
    pub fn association(&self) -> Association {
        let pairs = self.pairs();
        let gaps = Gaps::of(&pairs);
        let errors = Errors::of(self, &pairs);
        let net = net(&pairs);
        let g = real(pairs.pairs_differing_in_gravity);
        let same_gravity = pairs.tied_gravity_only + pairs.tied_both;
        let untied = pairs.concordant + pairs.discordant;
        let severity_differs = untied + pairs.tied_gravity_only;
        let half_ties = |count: u64| {
            quotient(
                real(2 * count + pairs.tied_severity_only),
                2.0 * g,
                gaps.gravity,
            )
        };
        Association {
            inversion_rate_strict: quotient(real(pairs.discordant), g, gaps.gravity),
            flat_rate: quotient(real(pairs.tied_severity_only), g, gaps.gravity),
            inversion_rate_half_ties: half_ties(pairs.discordant),
            concordance_half_ties: half_ties(pairs.concordant),
            parity_break_rate: quotient(
                real(pairs.tied_gravity_only),
                real(same_gravity),
                gaps.same_gravity,
            ),
            tau_b: quotient(net, root_product(&pairs), gaps.both),
            tau_a: quotient(net, real(pairs.total_pairs), gaps.pairs),
            tau_c: self.tau_c(net, gaps.both),
            gamma: quotient(net, real(untied), gaps.untied),
            somers_d_severity_given_gravity: quotient(net, g, gaps.gravity),
            somers_d_gravity_given_severity: quotient(net, real(severity_differs), gaps.severity),
            gamma_ase1: figure(errors.gamma, gaps.untied),
            gamma_ase0: figure(errors.gamma_none, gaps.untied),
            tau_b_ase1: figure(errors.tau_b, gaps.both),
            tau_b_ase0: figure(errors.tau_b_none, gaps.both),
            somers_d_severity_given_gravity_ase1: figure(errors.somers, gaps.gravity),
            inversion_rate_half_ties_ase1: figure(errors.somers.map(|ase| ase / 2.0), gaps.gravity),
            pairs,
        }
    }

    fn tau_c(&self, net: f64, reason: Undefined) -> Figure {
        let (rows, columns) = self.occurring_levels();
        let m = rows.min(columns);
        if m < 2 {
            return Figure::Undefined(reason);
        }
        let n = real(self.total());
        quotient(2.0 * real(m) * net, n * n * real(m - 1), reason)
    }
}

/// Why each family of figures is null, where it is.
struct Gaps {
    gravity: Undefined,
    severity: Undefined,
    both: Undefined,
    untied: Undefined,
    pairs: Undefined,
    same_gravity: Undefined,
}

impl Gaps {
    fn of(pairs: &Pairs) -> Self {
        let too_few = match pairs.n {
            0 => Some(Undefined::NoDecisions),
            1 => Some(Undefined::SingleDecision),
            _ => None,
        };
        let gravity = too_few.unwrap_or(Undefined::SingleGravity);
        let severity = too_few.unwrap_or(Undefined::SingleSeverity);
        let one_severity = pairs.concordant + pairs.discordant + pairs.tied_gravity_only == 0;
        let both = if pairs.pairs_differing_in_gravity == 0 {
            gravity
        } else {
            severity
        };
        let untied = if pairs.pairs_differing_in_gravity == 0 || one_severity {
            both
        } else {
            Undefined::NoUntiedPair
        };
        Self {
            gravity,
            severity,
            both,
            untied,
            pairs: too_few.unwrap_or(Undefined::NoDecisions),
            same_gravity: too_few.unwrap_or(Undefined::NoPairOfSameGravity),
        }
    }
}

/// Asymptotic errors, on proportions: the sums of squares reach 10⁵² on counts.
struct Errors {
    gamma: Option<f64>,
    gamma_none: Option<f64>,
    tau_b: Option<f64>,
    tau_b_none: Option<f64>,
    somers: Option<f64>,
}

impl Errors {
    fn of(table: &Table, pairs: &Pairs) -> Self {
        let cells = table.cells();
        let untied = pairs.concordant + pairs.discordant > 0;
        let gravity = pairs.pairs_differing_in_gravity > 0;
        let both = root_product(pairs) > 0.0;
        let scale = Scale::of(table, pairs);
        let none = scale.root_of_null_variance(&cells);
        Self {
            gamma: untied.then(|| scale.gamma(&cells)),
            gamma_none: untied.then(|| none / scale.untied),
            tau_b: both.then(|| scale.tau_b(&cells)),
            tau_b_none: both.then(|| none / (scale.w_r * scale.w_c).sqrt()),
            somers: gravity.then(|| scale.somers(&cells)),
        }
    }
}

/// The integers that the errors need, and the same as proportions of n².
struct Scale {
    n: i128,
    net_pairs: i128,
    p: i128,
    q: i128,
    rows_differ: i128,
    w_r: f64,
    w_c: f64,
    untied: f64,
}

impl Scale {
    fn of(table: &Table, pairs: &Pairs) -> Self {
        let n = i128::from(table.total());
        let differ = |totals: Vec<u64>| {
            n * n
                - totals
                    .into_iter()
                    .map(|t| i128::from(t) * i128::from(t))
                    .sum::<i128>()
        };
        let rows_differ = differ(table.row_totals());
        let (p, q) = (
            2 * i128::from(pairs.concordant),
            2 * i128::from(pairs.discordant),
        );
        let square = real(n) * real(n);
        Self {
            n,
            net_pairs: p - q,
            p,
            q,
            rows_differ,
            w_r: real(rows_differ) / square,
            w_c: real(differ(table.column_totals())) / square,
            untied: real(p + q) / square,
        }
    }

    /// √(Σ count·term²/n), the terms being integers divided by n^power.
    fn root_mean_square(&self, cells: &[Cell], power: i32, term: impl Fn(&Cell) -> i128) -> f64 {
        let n = real(self.n);
        let unit = n.powi(power);
        sum(cells.iter().map(|cell| {
            let deviation = real(term(cell)) / unit;
            real(cell.count) / n * deviation * deviation
        }))
        .sqrt()
    }

    /// `4/(P+Q)²·√Σn_ij(Q·A − P·D)²`.
    fn gamma(&self, cells: &[Cell]) -> f64 {
        let root = self.root_mean_square(cells, 3, |cell| {
            self.q * i128::from(cell.in_order) - self.p * i128::from(cell.out_of_order)
        });
        4.0 * root / (self.untied * self.untied) / real(self.n).sqrt()
    }

    /// `2/w_r²·√Σn_ij(w_r(A−D) − (P−Q)(n−n_i.))²`.
    fn somers(&self, cells: &[Cell]) -> f64 {
        let root = self.root_mean_square(cells, 3, |cell| {
            self.rows_differ * difference(cell)
                - self.net_pairs * (self.n - i128::from(cell.row_total))
        });
        2.0 * root / (self.w_r * self.w_r) / real(self.n).sqrt()
    }

    /// `2√v0/n², v0 = Σn_ij(A−D)² − (P−Q)²/n`, taken about the mean so that nothing cancels.
    fn root_of_null_variance(&self, cells: &[Cell]) -> f64 {
        let root =
            self.root_mean_square(cells, 2, |cell| self.n * difference(cell) - self.net_pairs);
        2.0 * root / real(self.n).sqrt()
    }

    /// The error of tau-b. The subtrahend `n³t_b²(w_r+w_c)²` is n times the squared mean of the
    /// terms, so the sum is taken about that mean: a perfect order then has an error of exactly 0.
    fn tau_b(&self, cells: &[Cell]) -> f64 {
        let n = real(self.n);
        let w = (self.w_r * self.w_c).sqrt();
        let net = real(self.net_pairs) / (n * n);
        let t_b = net / w;
        let mean = t_b * (self.w_r + self.w_c);
        let spread = sum(cells.iter().map(|cell| {
            let term = 2.0 * w * real(difference(cell)) / n
                + t_b * (real(cell.row_total) * self.w_c + real(cell.column_total) * self.w_r) / n;
            real(cell.count) / n * (term - mean) * (term - mean)
        }));
        (spread / n).sqrt() / (w * w)
    }
}

fn difference(cell: &Cell) -> i128 {
    i128::from(cell.in_order) - i128::from(cell.out_of_order)
}

fn figure(value: Option<f64>, reason: Undefined) -> Figure {
    value.ok_or(reason).into()
}

/// P3 over any groups of like cases, each with how often every severity occurs in it: of the pairs of the same group, the
/// share that differ in severity. Null without such pairs.
pub fn different_pairs<C: IntoIterator<Item = u64>>(groups: impl IntoIterator<Item = C>) -> Figure {
    let (mut alike, mut same) = (0_u64, 0_u64);
    for group in groups {
        let mut n = 0_u64;
        for count in group {
            same += pairs_among(count);
            n += count;
        }
        alike += pairs_among(n);
    }
    quotient(real(alike - same), real(alike), Undefined::NoLikeCases)
}

/// C − D.
fn net(pairs: &Pairs) -> f64 {
    real(i128::from(pairs.concordant) - i128::from(pairs.discordant))
}

/// `√((n0−T_row)(n0−T_col))`, the product in 128 bits, which 64 do not hold. One root of the whole
/// makes a perfect order exactly 1.
fn root_product(pairs: &Pairs) -> f64 {
    let severity_differs = pairs.concordant + pairs.discordant + pairs.tied_gravity_only;
    real(u128::from(pairs.pairs_differing_in_gravity) * u128::from(severity_differs)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn association(rows: &[Vec<u64>]) -> Association {
        Table::from_rows(rows).unwrap().association()
    }

    #[test]
    fn pairs_of_like_cases_that_differ_are_counted_within_each_group() {
        // Of 3 + 3 pairs of like cases 2 + 3 differ.
        let found = different_pairs([vec![2, 1], vec![1, 1, 1]]);
        assert_eq!(found, Figure::Value(5.0 / 6.0));
        let none = different_pairs([vec![1], vec![]]);
        assert_eq!(none.undefined(), Some(Undefined::NoLikeCases));
        // The same as in a table whose rows are the groups.
        let table = association(&[vec![2, 1, 0], vec![1, 1, 1]]);
        assert_eq!(table.parity_break_rate, found);
    }

    #[test]
    fn one_gravity_level_leaves_order_undefined() {
        let found = association(&[vec![4, 2, 1]]);
        assert_eq!(found.tau_b.undefined(), Some(Undefined::SingleGravity));
        assert_eq!(found.gamma.undefined(), Some(Undefined::SingleGravity));
        assert_eq!(
            found.inversion_rate_strict.undefined(),
            Some(Undefined::SingleGravity)
        );
        assert_eq!(found.parity_break_rate, Figure::Value(14.0 / 21.0));
    }

    #[test]
    fn one_tariff_is_exposed_by_the_flat_rate_alone() {
        let found = association(&[vec![0, 5, 0], vec![0, 7, 0]]);
        assert_eq!(found.tau_b.undefined(), Some(Undefined::SingleSeverity));
        assert_eq!(found.inversion_rate_strict, Figure::Value(0.0));
        assert_eq!(found.flat_rate, Figure::Value(1.0));
    }

    #[test]
    fn every_figure_of_an_empty_table_is_undefined() {
        for rows in [vec![], vec![vec![]], vec![vec![0, 0], vec![0, 0]]] {
            let found = association(&rows);
            assert_eq!(found.tau_a.undefined(), Some(Undefined::NoDecisions));
            assert_eq!(found.tau_c.undefined(), Some(Undefined::NoDecisions));
            assert_eq!(found.gamma_ase1.undefined(), Some(Undefined::NoDecisions));
        }
    }

    #[test]
    fn empty_levels_change_nothing() {
        let plain = association(&[vec![2, 1], vec![1, 3]]);
        let padded = association(&[vec![2, 0, 1], vec![0, 0, 0], vec![1, 0, 3]]);
        assert_eq!(plain, padded);
    }

    #[test]
    fn a_perfect_order_of_uneven_levels_has_no_error() {
        let found = association(&[vec![50_000, 0, 0], vec![0, 300, 0], vec![0, 0, 7]]);
        assert!(found.tau_b_ase1.value().unwrap() < 1e-12);
        assert_eq!(found.gamma_ase1, Figure::Value(0.0));
        assert_eq!(
            found.somers_d_severity_given_gravity_ase1,
            Figure::Value(0.0)
        );
    }
}
