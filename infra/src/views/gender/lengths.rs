//! Second and third panel: how long those in custody received, and the severity over everybody.

use domain::statistics::exact::Z95;
use domain::statistics::moments::{Sums, compare_means};
use domain::statistics::within::{Cell, Within, within};
use domain::statistics::{CountError, Figure, Interval, Undefined};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Compared, Like, MEN, WOMEN};
use crate::views::figure::{Gap, Reliability, Shown, Why};
use crate::views::group::{Group, Part, Severe, Spread};
use crate::views::request::{Quantile, ViewError};
use crate::views::words::Term;

/// Severities of women and men, in the unit of the scale.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SeverityPanel {
    /// The unit, in words; null without a severity scale.
    pub unit: Shown<String>,
    /// Each sex, over all cases.
    pub sexes: Vec<SexSpread>,
    /// Women's mean less men's, all cases together.
    pub crude: MeanGap,
    /// Women's mean less men's, among like cases: the difference of means within strata, by least squares with a
    /// level for each stratum, of severities in whole thousandths of the unit.
    pub adjusted: MeanGap,
    /// Men's mean less women's, all cases together, tested as studies publish it.
    pub student: Student,
    /// The strata of like cases.
    pub strata: Vec<SeverityStratum>,
}

/// The severities of one sex.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SexSpread {
    /// The sex as recorded.
    pub sex: Term,
    /// Its severities.
    #[serde(flatten)]
    pub spread: Spread,
}

/// A difference of means.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct MeanGap {
    /// Women less men.
    pub difference: Shown<f64>,
    /// Its standard error HC1, which allows groups to spread differently.
    pub error_hc1: Shown<f64>,
    /// Its interval at 95 %, by that error.
    pub interval: Shown<Interval>,
    /// Decisions of the sex that has fewer.
    pub smaller: u64,
    /// How far it can be relied on, by the smaller group.
    pub reliability: Reliability,
}

/// Men's mean less women's by Student's t with pooled variance, two-sided. A probability says how likely chance alone
/// makes such a difference, and nothing of its size.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Student {
    /// Student's t: the difference by its standard error.
    pub t: Shown<f64>,
    /// Its degrees of freedom: decisions less two.
    pub degrees_of_freedom: Shown<u64>,
    /// The probability of a t so far from zero by chance.
    pub p: Shown<f64>,
}

/// One stratum of like cases.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SeverityStratum {
    /// Its words, one for each column.
    pub key: Vec<Term>,
    /// Each sex.
    pub sexes: Vec<SexSpread>,
    /// Women's median less men's.
    pub gap_of_medians: Shown<f64>,
    /// Women's mean less men's.
    pub gap_of_means: Shown<f64>,
    /// How far the gaps can be relied on, by the smaller group.
    pub reliability: Reliability,
}

pub(super) fn panel(
    compared: &Compared<'_>,
    of: fn(&Group) -> &Severe,
) -> Result<SeverityPanel, ViewError> {
    let quantile = compared.frame.request.quantile;
    let strata = compared
        .likes
        .iter()
        .map(|like| stratum(like, of, quantile));
    let unit = match compared.frame.scale() {
        Some(scale) => Shown::some(scale.unit_title.clone()),
        None => Shown::none(Why::View(Gap::NoSeverityScale)),
    };
    Ok(SeverityPanel {
        unit,
        sexes: spreads(&compared.crude, of, quantile)?,
        crude: within_strata(std::slice::from_ref(&compared.crude), of, Part::Billionths),
        adjusted: within_strata(&compared.likes, of, Part::Thousandths),
        student: student(&compared.crude, of),
        strata: strata.collect::<Result<_, _>>()?,
    })
}

fn stratum(
    like: &Like<'_>,
    of: fn(&Group) -> &Severe,
    quantile: Quantile,
) -> Result<SeverityStratum, ViewError> {
    let sexes = spreads(like, of, quantile)?;
    let median = |sex: &str| {
        let found = sexes.iter().find(|s| s.sex.code == sex);
        match found.map(|s| &s.spread.median) {
            Some(quantity) => quantity.value.ok_or(quantity.undefined),
            None => Err(None),
        }
    };
    let gap_of_medians = match (median(WOMEN), median(MEN)) {
        (Ok(women), Ok(men)) => Shown::some(women - men),
        (Err(why), _) | (_, Err(why)) => {
            Shown::none(why.unwrap_or(Why::Counts(Undefined::EmptyGroup)))
        }
    };
    Ok(SeverityStratum {
        key: like.key.clone(),
        gap_of_medians,
        gap_of_means: gap_of_means(like, of),
        reliability: Reliability::of(smaller(like, of)),
        sexes,
    })
}

fn spreads(
    like: &Like<'_>,
    of: fn(&Group) -> &Severe,
    quantile: Quantile,
) -> Result<Vec<SexSpread>, ViewError> {
    let spreads = like.sexes.iter().map(|(sex, group)| {
        Ok(SexSpread {
            sex: sex.clone(),
            spread: of(group).spread(quantile)?,
        })
    });
    spreads.collect()
}

/// Decisions with a severity, of the sex that has fewer.
fn smaller(like: &Like<'_>, of: fn(&Group) -> &Severe) -> u64 {
    let n = |sex| like.of(sex).map_or(0, |group| of(group).n());
    n(WOMEN).min(n(MEN))
}

fn gap_of_means(like: &Like<'_>, of: fn(&Group) -> &Severe) -> Shown<f64> {
    let of_sex = |sex| match like.of(sex) {
        Some(group) if of(group).n() > 0 => of(group).mean().result(),
        Some(_) | None => Err(Undefined::EmptyGroup),
    };
    let gap = of_sex(WOMEN).and_then(|women| Ok(women - of_sex(MEN)?));
    Shown::from(Figure::from(gap)).of_at_least_ten(smaller(like, of))
}

fn student(all: &Like<'_>, of: fn(&Group) -> &Severe) -> Student {
    let sums = |sex| match all.of(sex) {
        Some(group) => of(group).sums(Part::Billionths),
        None => Ok(Sums::default()),
    };
    let found = sums(MEN).and_then(|men| Ok(compare_means(men, sums(WOMEN)?)));
    let n = smaller(all, of);
    let beyond = Figure::Undefined(Undefined::OutOfDomain);
    let shown = |figure: Figure| Shown::from(figure).of_at_least_ten(n);
    Student {
        t: shown(found.as_ref().map_or(beyond, |found| found.t)),
        degrees_of_freedom: match &found {
            Ok(found) => Shown::from(found.df).of_at_least_ten(n),
            Err(_) => Shown::none(Why::Counts(Undefined::OutOfDomain)),
        },
        p: shown(found.as_ref().map_or(beyond, |found| found.p)),
    }
}

/// Women's mean less men's within strata, of severities in whole parts of the unit.
pub(super) fn within_strata(likes: &[Like<'_>], of: fn(&Group) -> &Severe, part: Part) -> MeanGap {
    let of_sex = |sex| {
        likes
            .iter()
            .filter_map(|like| like.of(sex))
            .map(|g| of(g).n())
            .sum::<u64>()
    };
    let n = u64::min(of_sex(WOMEN), of_sex(MEN));
    let in_units = |parts| part.in_units(parts);
    let (difference, error) = match fitted(likes, of, part) {
        Ok(found) => (found.beta.map(in_units), found.se_hc1.map(in_units)),
        // Sums beyond what can be held exactly: the figure has no value rather than a wrong one.
        Err(_) => (
            Figure::Undefined(Undefined::OutOfDomain),
            Figure::Undefined(Undefined::OutOfDomain),
        ),
    };
    let limits = || {
        let (difference, error) = (difference.result()?, error.result()?);
        Ok(Interval {
            low: difference - Z95 * error,
            high: difference + Z95 * error,
        })
    };
    MeanGap {
        difference: Shown::from(difference).of_at_least_ten(n),
        error_hc1: Shown::from(error).of_at_least_ten(n),
        interval: Shown::from(Figure::from(limits())).of_at_least_ten(n),
        smaller: n,
        reliability: Reliability::of(n),
    }
}

/// The fit over all strata, in parts of the unit.
fn fitted(likes: &[Like<'_>], of: fn(&Group) -> &Severe, part: Part) -> Result<Within, CountError> {
    let cells = likes.iter().map(|like| {
        let of_sex = |sex| match like.of(sex) {
            Some(group) => of(group).sums(part),
            None => Ok(Sums::default()),
        };
        Ok(Cell {
            exposed: of_sex(WOMEN)?,
            reference: of_sex(MEN)?,
        })
    });
    Ok(within(&cells.collect::<Result<Vec<_>, CountError>>()?))
}
