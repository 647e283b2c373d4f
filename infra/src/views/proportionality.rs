//! What was imposed by gravity, and whether the graver case gets more.
//!
//! Three figures stand together: how often the graver of two cases got less, how often both got the same, and tau-b.
//! One tariff for everything has inversion 0, and only a flat rate of 100 exposes it. Without a policy that ranks
//! offences and cites its source there is no gravity, and disposals are shown by category and offence.

use std::collections::BTreeMap;

use domain::statistics::exact::Exact;
use domain::statistics::ordinal::{Pairs, Table};
use domain::statistics::{Figure, Undefined};
use schemars::JsonSchema;
use serde::Serialize;

use super::bands::{Band, bands};
use super::figure::{Gap, Rate, Reliability, Shown, Why, per_100};
use super::frame::Frame;
use super::group::{DisposalCount, Group, Groups, Spread};
use super::header::{Header, Statement, header};
use super::request::ViewError;
use super::sensitivity::{Sensitivity, sensitivity};
use super::steps::{Steps, steps};
use super::words::{Lexicon, Term};

/// What was imposed by gravity.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Proportionality {
    /// What the view says of itself.
    pub header: Header,
    /// The columns of the groups: gravity, or what was asked for, or the category of the offence.
    pub columns: Vec<Term>,
    /// The bands of severity by which each group is counted; empty where the scale is no measure of time.
    pub bands: Vec<Band>,
    /// The groups, gravity ascending.
    pub groups: Vec<Level>,
    /// Everybody.
    pub total: Level,
    /// The same by category and offence, where there is no gravity policy and no columns were asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub offences: Vec<Level>,
    /// Whether the graver case gets more.
    pub order: Order,
    /// Whether the medians rise from level to level, and by how much; null without gravity or scale.
    pub steps: Shown<Steps>,
    /// Tau-b under each scale of the rules; null without gravity.
    pub sensitivity: Option<Sensitivity>,
}

/// What one group received.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Level {
    /// Its words, one for each column.
    pub key: Vec<Term>,
    /// Decisions.
    pub n: u64,
    /// Decisions by disposal.
    pub disposals: Vec<DisposalCount>,
    /// The same by sex.
    pub sexes: Vec<SexDisposals>,
    /// How many of 100 received immediate custody.
    pub custody: Rate,
    /// Decisions by the bands of the view.
    pub bands: Vec<u64>,
    /// The severity of everything imposed, over everybody.
    pub severity: Spread,
    /// How long, of those who received immediate custody.
    pub given_custody: Spread,
    /// How far the figures can be relied on.
    pub reliability: Reliability,
}

/// What those of one sex received.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SexDisposals {
    /// The sex as recorded.
    pub sex: Term,
    /// Decisions.
    pub n: u64,
    /// Decisions by disposal.
    pub disposals: Vec<DisposalCount>,
    /// How many of 100 received immediate custody.
    pub custody: Rate,
}

/// Whether the graver case gets more: three figures that are read together.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Order {
    /// Of 100 pairs of different gravity, in how many the graver case got less.
    pub inversion_per_100: Shown<f64>,
    /// In how many both got the same.
    pub flat_per_100: Shown<f64>,
    /// Kendall's tau-b: 1 where the order agrees everywhere, −1 where it is reversed.
    pub tau_b: Shown<f64>,
    /// The pairs behind them.
    pub pairs: Shown<Pairs>,
    /// Decisions without a gravity level or without a severity, which are not compared.
    pub not_compared: u64,
    /// The figures in one sentence, or null.
    pub sentence: Option<String>,
}

pub(super) fn proportionality(frame: &Frame<'_>) -> Result<Proportionality, ViewError> {
    let graded = frame.gravity().is_some();
    let columns = frame.columns(if graded { "gravity" } else { "category" })?;
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    let offences = if frame.request.by.is_empty() && !graded {
        levels(frame, &["category", "offence"])?
    } else {
        Vec::new()
    };
    let mut head = header(frame)?;
    if !graded {
        head.statements.push(Statement::new(
            "no_gravity_policy",
            "No gravity policy: no ranking of these offences that cites a source is in force. Disposals are shown by \
             offence; gravity is never made from sentences.",
        ));
    }
    head.statements.push(Statement::new(
        "three_figures",
        "Inversion rate, flat rate and tau-b are read together: one tariff for all has no inversions, and only its \
         flat rate shows it.",
    ));
    Ok(Proportionality {
        header: head,
        columns: frame.titles(&columns),
        groups: levels(frame, &columns)?,
        total: total(frame)?,
        offences,
        order: order(frame)?,
        steps: steps(frame)?,
        sensitivity: under_scales(frame)?,
        bands: frame.scale().map(bands).unwrap_or_default(),
    })
}

/// Tau-b under each scale of the rules.
fn under_scales(frame: &Frame<'_>) -> Result<Option<Sensitivity>, ViewError> {
    let (Some(own), Some(_)) = (frame.scale(), frame.gravity()) else {
        return Ok(None);
    };
    let mut others = Vec::new();
    for (scale, frame) in frame.under_other_scales()? {
        others.push((scale, order(&frame)?.tau_b));
    }
    let own = (own, order(frame)?.tau_b);
    Ok(Some(sensitivity("The order of penalties", own, others)))
}

fn total(frame: &Frame<'_>) -> Result<Level, ViewError> {
    match levels(frame, &[])?.into_iter().next() {
        Some(level) => Ok(level),
        None => level(frame, Vec::new(), &Group::default(), Vec::new()),
    }
}

/// The levels of columns, each with its disposals by sex.
fn levels(frame: &Frame<'_>, columns: &[&str]) -> Result<Vec<Level>, ViewError> {
    let groups = Groups::by(frame, columns)?;
    let mut crossed = columns.to_vec();
    crossed.push("sex");
    let crossed = Groups::by(frame, &crossed)?;
    let lexicon = Lexicon::of(frame.packs, "disposal");
    let mut by_key: BTreeMap<Vec<String>, Vec<SexDisposals>> = BTreeMap::new();
    for (mut key, group) in crossed.sorted() {
        let Some(sex) = key.pop() else { continue };
        let codes = key.into_iter().map(|term| term.code).collect();
        by_key.entry(codes).or_default().push(SexDisposals {
            sex,
            n: group.n,
            disposals: group.counts(&lexicon)?,
            custody: Rate::of(group.share()?),
        });
    }
    let sorted = groups.sorted();
    let levels = sorted.into_iter().map(|(key, group)| {
        let codes: Vec<String> = key.iter().map(|term| term.code.clone()).collect();
        let sexes = by_key.remove(&codes).unwrap_or_default();
        level(frame, key, group, sexes)
    });
    levels.collect()
}

fn level(
    frame: &Frame<'_>,
    key: Vec<Term>,
    group: &Group,
    sexes: Vec<SexDisposals>,
) -> Result<Level, ViewError> {
    let quantile = frame.request.quantile;
    let bands = frame.scale().map(bands).unwrap_or_default();
    Ok(Level {
        bands: group.everybody.banded(&bands),
        key,
        n: group.n,
        disposals: group.counts(&Lexicon::of(frame.packs, "disposal"))?,
        sexes,
        custody: Rate::of(group.share()?),
        severity: group.everybody.spread(quantile)?,
        given_custody: group.given_custody.spread(quantile)?,
        reliability: Reliability::of(group.n),
    })
}

/// What orders sentences: death over life over every number; among equal numbers the rank.
type Weight = (bool, bool, Exact, u32);

fn order(frame: &Frame<'_>) -> Result<Order, ViewError> {
    let (Some(policy), Some(_)) = (frame.gravity(), frame.scale()) else {
        let gap = match frame.gravity() {
            None => Gap::NoGravityPolicy,
            Some(_) => Gap::NoSeverityScale,
        };
        return Ok(without_order(Why::View(gap)));
    };
    let ranks: BTreeMap<String, usize> = policy
        .levels
        .iter()
        .zip(0..)
        .map(|(level, rank)| (format!("{} {}", policy.policy, level.code), rank))
        .collect();
    let mut counted: BTreeMap<(usize, Weight), u64> = BTreeMap::new();
    let mut not_compared = 0_u64;
    for (words, penalties) in frame.groups(&["gravity"])? {
        let rank = words.first().and_then(|word| ranks.get(word));
        for (penalty, n) in penalties {
            let weight = frame.weighed(penalty).and_then(|w| w.severity.order());
            match rank.zip(weight) {
                Some((rank, weight)) => *counted.entry((*rank, weight)).or_default() += n,
                None => not_compared += n,
            }
        }
    }
    let mut weights: Vec<Weight> = counted.keys().map(|(_, weight)| *weight).collect();
    weights.sort_unstable();
    weights.dedup();
    let mut table = Table::new(policy.levels.len(), weights.len());
    for ((rank, weight), n) in counted {
        if let Ok(column) = weights.binary_search(&weight) {
            table.add(rank, column, n)?;
        }
    }
    Ok(shown(&table, not_compared))
}

fn shown(table: &Table, not_compared: u64) -> Order {
    let found = table.association();
    let n = table.total();
    let nothing = Figure::Undefined(Undefined::NoDecisions);
    let some = |figure: Figure| if n == 0 { nothing } else { figure };
    let inversion = per_100(some(found.inversion_rate_strict)).of_at_least_ten(n);
    let flat = per_100(some(found.flat_rate)).of_at_least_ten(n);
    let sentence = inversion.value.zip(flat.value).map(|(less, same)| {
        let more = 100.0 - less - same;
        format!(
            "In 100 comparisons of two cases of different gravity the graver one got less in {less:.0}, the same in \
             {same:.0} and more in {more:.0}."
        )
    });
    Order {
        inversion_per_100: inversion,
        flat_per_100: flat,
        tau_b: Shown::from(some(found.tau_b)).of_at_least_ten(n),
        pairs: Shown::some(found.pairs),
        not_compared,
        sentence,
    }
}

fn without_order(why: Why) -> Order {
    Order {
        inversion_per_100: Shown::none(why),
        flat_per_100: Shown::none(why),
        tau_b: Shown::none(why),
        pairs: Shown::none(why),
        not_compared: 0,
        sentence: None,
    }
}
