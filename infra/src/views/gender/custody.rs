//! First panel: who receives immediate custody.

use domain::statistics::missing::gap_bounds;
use domain::statistics::rate::Share;
use domain::statistics::strata::{Adjustment, Kitagawa, Stratum, kitagawa_in_common};
use domain::statistics::{Figure, Interval};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Compared, Like, MEN, WOMEN};
use crate::facts::NOT_RECORDED;
use crate::views::figure::{Difference, FEWEST, Rate, Shown, interval_per_100, per_100};
use crate::views::header::Statement;
use crate::views::request::ViewError;
use crate::views::words::Term;

/// Below this probability the strata are said to differ.
const ALPHA: f64 = 0.05;

/// Who receives immediate custody.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CustodyPanel {
    /// The rate of each sex, over everybody.
    pub sexes: Vec<SexRate>,
    /// Women less men, all cases together.
    pub crude: Difference,
    /// Between which values the crude difference would lie, of 100, whatever the sex of the decisions without one recorded.
    pub crude_bounds_per_100: Shown<Interval>,
    /// Women less men, among like cases, by the method that the agreement of the strata calls for.
    pub adjusted: Headline,
    /// Both with the mix of cases they have in common.
    pub standardised: StandardisedRates,
    /// Women less men, by Mantel and Haenszel, with the interval of Sato.
    pub mantel_haenszel: Difference,
    /// Whether the strata agree.
    pub agreement: Agreement,
    /// How much of the crude difference lies in the mix of cases; null where a stratum lacks a sex.
    pub case_mix: Shown<CaseMix>,
    /// The same over the strata that hold both sexes, with what the others add as one part.
    pub in_common: Shown<MixInCommon>,
    /// The strata of like cases.
    pub strata: Vec<CustodyStratum>,
}

/// The custody rate of one sex.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SexRate {
    /// The sex as recorded.
    pub sex: Term,
    /// Its rate.
    #[serde(flatten)]
    pub rate: Rate,
}

/// The adjusted difference, and by which method.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Headline {
    /// The method.
    pub method: Adjustment,
    /// Women less men.
    #[serde(flatten)]
    pub difference: Difference,
}

/// Both sexes with the pooled mix of cases of the strata that hold both.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct StandardisedRates {
    /// Of 100 women.
    pub women_per_100: Shown<f64>,
    /// Of 100 men.
    pub men_per_100: Shown<f64>,
    /// Women less men.
    #[serde(flatten)]
    pub difference: Difference,
}

/// Whether the differences of the strata are the same, by the test of Breslow and Day with Tarone's correction.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Agreement {
    /// Whether they differ more than chance makes likely.
    pub strata_differ: Shown<bool>,
    /// The probability of such differences by chance.
    pub p: Shown<f64>,
}

impl Agreement {
    /// What to read with a pooled figure.
    pub(super) fn statement(&self) -> Option<Statement> {
        let text = if self.strata_differ.value? {
            "The strata differ from each other more than chance makes likely: read the difference of each stratum \
             first; one figure for all of them hides that."
        } else {
            "No clear difference between the strata was found; with few cases in a stratum one may be missed."
        };
        Some(Statement::new("agreement", text))
    }
}

/// The crude difference in two parts that add up to it, of 100.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CaseMix {
    /// The difference in like cases.
    pub like_cases_per_100: f64,
    /// The difference in the mix of cases.
    pub mix_per_100: f64,
    /// What each stratum with at least 10 decisions of each sex adds to both, in the order of the strata.
    pub strata: Vec<MixPart>,
    /// What the others add together.
    pub few: FewParts,
}

/// What strata with fewer than 10 decisions of a sex add together, of 100.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct FewParts {
    /// How many strata.
    pub strata: u32,
    /// Through the difference in like cases.
    pub like_cases_per_100: f64,
    /// Through how often women and men have such cases.
    pub mix_per_100: f64,
}

/// The crude difference over the strata that hold both sexes, and what the others add to it, of 100.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct MixInCommon {
    /// The strata that hold both sexes.
    #[serde(flatten)]
    pub mix: CaseMix,
    /// What cases add that only women or only men have.
    pub one_sex_alone_per_100: f64,
}

/// What one stratum adds to the crude difference, of 100.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct MixPart {
    /// Its words, one for each column.
    pub key: Vec<Term>,
    /// Through the difference in like cases.
    pub like_cases_per_100: f64,
    /// Through how often women and men have such cases.
    pub mix_per_100: f64,
}

/// One stratum of like cases.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CustodyStratum {
    /// Its words, one for each column.
    pub key: Vec<Term>,
    /// The rate of each sex.
    pub sexes: Vec<SexRate>,
    /// Women less men, with Newcombe's interval.
    pub gap: Difference,
}

pub(super) fn panel(compared: &Compared<'_>) -> Result<CustodyPanel, ViewError> {
    let found = &compared.comparison;
    let smaller = compared.smaller();
    let estimated = |estimate: Figure, limits: Figure<Interval>| {
        Difference::estimated(estimate, limits, smaller)
    };
    let adjusted = found.adjusted(ALPHA);
    let standard = &found.direct_standardisation_pooled_standard;
    let rate = |figure| per_100(figure).of_at_least_ten(smaller);
    let kitagawa = Shown::from(found.kitagawa.clone()).of_at_least_ten(smaller);
    let p = found.homogeneity.tarone_p;
    Ok(CustodyPanel {
        sexes: rates(&compared.crude)?,
        crude: gap(&compared.crude)?,
        crude_bounds_per_100: bounds(&compared.crude)?.of_at_least_ten(smaller),
        adjusted: Headline {
            method: adjusted.method,
            difference: estimated(adjusted.difference, adjusted.ci95),
        },
        standardised: StandardisedRates {
            women_per_100: rate(standard.rate_exposed),
            men_per_100: rate(standard.rate_reference),
            difference: estimated(standard.difference, standard.ci95),
        },
        mantel_haenszel: estimated(
            found.mantel_haenszel.mh_rd,
            found.mantel_haenszel.mh_rd_ci95_sato,
        ),
        agreement: Agreement {
            strata_differ: Shown::from(p).map(|p| p <= ALPHA).of_at_least_ten(smaller),
            p: Shown::from(p).of_at_least_ten(smaller),
        },
        case_mix: kitagawa.map(|parts| case_mix(&parts, compared.likes.iter())),
        in_common: in_common(compared)?,
        strata: compared
            .likes
            .iter()
            .map(stratum)
            .collect::<Result<_, _>>()?,
    })
}

/// The crude difference taken apart over the strata that hold both sexes.
fn in_common(compared: &Compared<'_>) -> Result<Shown<MixInCommon>, ViewError> {
    let strata = compared.likes.iter().map(Like::stratum);
    let strata: Vec<Stratum> = strata.collect::<Result<_, _>>()?;
    let found = kitagawa_in_common(&strata, compared.crude.stratum()?)?;
    let shown = Shown::from(found).map(|found| {
        let likes = found.strata.iter().filter_map(|at| compared.likes.get(*at));
        MixInCommon {
            mix: case_mix(&found.parts, likes),
            one_sex_alone_per_100: found.alone * 100.0,
        }
    });
    Ok(shown.of_at_least_ten(compared.smaller()))
}

fn case_mix<'l, 'g: 'l>(parts: &Kitagawa, likes: impl Iterator<Item = &'l Like<'g>>) -> CaseMix {
    let mut strata = Vec::new();
    let mut few = FewParts::default();
    let found = parts
        .rate_by_stratum
        .iter()
        .zip(&parts.composition_by_stratum);
    for ((rate, mix), like) in found.zip(likes) {
        let (like_cases_per_100, mix_per_100) = (rate * 100.0, mix * 100.0);
        if like.smaller() < FEWEST {
            few.strata += 1;
            few.like_cases_per_100 += like_cases_per_100;
            few.mix_per_100 += mix_per_100;
            continue;
        }
        strata.push(MixPart {
            key: like.key.clone(),
            like_cases_per_100,
            mix_per_100,
        });
    }
    CaseMix {
        like_cases_per_100: parts.rate_component * 100.0,
        mix_per_100: parts.composition_component * 100.0,
        strata,
        few,
    }
}

fn stratum(like: &Like<'_>) -> Result<CustodyStratum, ViewError> {
    Ok(CustodyStratum {
        key: like.key.clone(),
        sexes: rates(like)?,
        gap: gap(like)?,
    })
}

fn rates(like: &Like<'_>) -> Result<Vec<SexRate>, ViewError> {
    let rates = like.sexes.iter().map(|(sex, group)| {
        Ok(SexRate {
            sex: sex.clone(),
            rate: Rate::of(group.share()?),
        })
    });
    rates.collect()
}

fn gap(like: &Like<'_>) -> Result<Difference, ViewError> {
    Ok(Difference::of(share(like, WOMEN)?, share(like, MEN)?))
}

fn bounds(like: &Like<'_>) -> Result<Shown<Interval>, ViewError> {
    let (women, men) = (share(like, WOMEN)?, share(like, MEN)?);
    Ok(interval_per_100(gap_bounds(
        women,
        men,
        share(like, NOT_RECORDED)?,
    )?))
}

fn share(like: &Like<'_>, sex: &str) -> Result<Share, ViewError> {
    Ok(match like.of(sex) {
        Some(group) => group.share()?,
        None => Share::new(0, 0)?,
    })
}
