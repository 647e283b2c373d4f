//! Ratios, for those who know when a pooled one misleads.

use domain::statistics::rate::e_value;
use domain::statistics::{Figure, Interval};
use schemars::JsonSchema;
use serde::Serialize;

use super::Compared;
use crate::views::figure::{Reliability, Shown};
use crate::views::words::Term;

/// Odds and risk ratios of custody, women against men.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Specialists {
    /// The odds ratio over all cases together.
    pub crude_odds_ratio: Shown<f64>,
    /// The odds ratio over strata, by Mantel and Haenszel.
    pub mantel_haenszel_odds_ratio: Shown<f64>,
    /// Its interval at 95 %, by the variance of Robins, Breslow and Greenland.
    pub mantel_haenszel_odds_ratio_interval: Shown<Interval>,
    /// The risk ratio over strata, by Mantel and Haenszel.
    pub mantel_haenszel_risk_ratio: Shown<f64>,
    /// Its interval at 95 %.
    pub mantel_haenszel_risk_ratio_interval: Shown<Interval>,
    /// The statistic of Cochran, Mantel and Haenszel: whether sex and custody go together within strata; without
    /// correction for continuity.
    pub cochran_mantel_haenszel_chi2: Shown<f64>,
    /// The same with the correction.
    pub cochran_mantel_haenszel_chi2_corrected: Shown<f64>,
    /// The probability of the uncorrected statistic by chance.
    pub cochran_mantel_haenszel_p: Shown<f64>,
    /// The statistic of Breslow and Day.
    pub breslow_day_chi2: Shown<f64>,
    /// The same with Tarone's correction.
    pub tarone_chi2: Shown<f64>,
    /// Degrees of freedom of both.
    pub degrees_of_freedom: Shown<u64>,
    /// The probability of the corrected statistic by chance.
    pub tarone_p: Shown<f64>,
    /// How strong an unobserved common cause would have to be to explain the standardised risk ratio away.
    pub e_value: Shown<f64>,
    /// The odds ratio of each stratum.
    pub strata: Vec<StratumRatio>,
}

/// The odds ratio of one stratum.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct StratumRatio {
    /// Its words, one for each column.
    pub key: Vec<Term>,
    /// The odds ratio.
    pub odds_ratio: Shown<f64>,
    /// How far it can be relied on, by the smaller group.
    pub reliability: Reliability,
}

pub(super) fn specialists(compared: &Compared<'_>) -> Specialists {
    let found = &compared.comparison;
    let (pooled, strata) = (&found.mantel_haenszel, &found.homogeneity);
    let n = compared.smaller();
    let shown = |figure: Figure| Shown::from(figure).of_at_least_ten(n);
    let limits = |figure: Figure<Interval>| Shown::from(figure).of_at_least_ten(n);
    let ratio = found.direct_standardisation_pooled_standard.ratio;
    let of_strata = compared.likes.iter().zip(&found.per_stratum_or);
    Specialists {
        crude_odds_ratio: shown(found.crude_or),
        mantel_haenszel_odds_ratio: shown(pooled.mh_or),
        mantel_haenszel_odds_ratio_interval: limits(pooled.mh_or_ci95),
        mantel_haenszel_risk_ratio: shown(pooled.mh_rr),
        mantel_haenszel_risk_ratio_interval: limits(pooled.mh_rr_ci95),
        cochran_mantel_haenszel_chi2: shown(pooled.cmh_chi2),
        cochran_mantel_haenszel_chi2_corrected: shown(pooled.cmh_chi2_continuity),
        cochran_mantel_haenszel_p: shown(pooled.cmh_p),
        breslow_day_chi2: shown(strata.breslow_day_chi2),
        tarone_chi2: shown(strata.tarone_chi2),
        degrees_of_freedom: Shown::from(strata.homogeneity_df).of_at_least_ten(n),
        tarone_p: shown(strata.tarone_p),
        e_value: shown(match ratio.result() {
            Ok(ratio) => e_value(ratio),
            Err(reason) => Figure::Undefined(reason),
        }),
        strata: of_strata
            .map(|(like, odds_ratio)| {
                let smaller = like.smaller();
                StratumRatio {
                    key: like.key.clone(),
                    odds_ratio: Shown::from(*odds_ratio).of_at_least_ten(smaller),
                    reliability: Reliability::of(smaller),
                }
            })
            .collect(),
    }
}
