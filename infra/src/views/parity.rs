//! Are like cases treated alike? Courts beside what their mix of cases lets expect, and how far the penalties of like cases
//! lie apart.
//!
//! A court is set against all courts together in each stratum of like cases, with limits of its own size. It is never
//! ranked: courts stand in the order of the rules. How penalties spread is told by quantiles, because a few very severe
//! ones move a standard deviation.

use std::collections::BTreeMap;

use domain::statistics::association::different_pairs;
use domain::statistics::dispersion::Probability;
use domain::statistics::exact::{Exact, real};
use domain::statistics::funnel::{self, Cell, Limits, Place, Unit, limits, overdispersion};
use domain::statistics::rate::Share;
use domain::statistics::{Figure, Interval, Undefined};
use schemars::JsonSchema;
use serde::Serialize;

use super::figure::{Gap, Quantity, Reliability, Shown, Why, per_100};
use super::frame::Frame;
use super::group::{CUSTODY, Group, Groups, NotKnown};
use super::header::{Header, Statement, header};
use super::request::ViewError;
use super::words::{Lexicon, Term};
use crate::facts::NOT_RECORDED;

/// How many of 100 courts lie outside the limits at 95 % by chance alone.
const BY_CHANCE: f64 = 0.05;

/// Courts beside their mix of cases, and how far the penalties of like cases lie apart.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Parity {
    /// What the view says of itself.
    pub header: Header,
    /// The columns that make cases alike.
    pub columns: Vec<Term>,
    /// The courts together.
    pub funnel: Funnel,
    /// The courts, in the order of the rules.
    pub courts: Vec<Court>,
    /// Of 100 pairs of like cases, in how many the two penalties differ in severity (parity-break rate).
    pub different_per_100: Shown<f64>,
    /// How far the penalties of each group of like cases lie apart.
    pub groups: Vec<Strip>,
    /// The same of everybody.
    pub total: Strip,
}

/// How the courts stand together.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Funnel {
    /// Decisions with a court whose cases another court has too.
    pub decisions: u64,
    /// Decisions whose cases no other court has: there is nothing to compare them with.
    pub left_out: u64,
    /// Decisions of which no court is recorded.
    pub court_not_recorded: u64,
    /// Courts with at least 10 decisions, for which limits are given.
    pub compared: u64,
    /// How many of them lie outside their limits at 95 %.
    pub outside_95: u64,
    /// How many of them lie outside their limits at 99.8 %.
    pub outside_99_8: u64,
    /// How many would lie outside their limits at 95 % by chance alone.
    pub outside_95_by_chance: f64,
    /// How much more the courts differ than chance alone would make them; about 1 where chance is all there is.
    pub phi: Shown<f64>,
    /// How many lie outside the limits at 95 % once these are widened by what all courts differ; null where courts differ
    /// no more than by chance.
    pub outside_95_widened: Shown<u64>,
    /// The same in one sentence, or null.
    pub sentence: Option<String>,
}

/// One court beside its mix of cases, of 100 decisions with immediate custody.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Court {
    /// The court.
    pub court: Term,
    /// Its decisions in cases that another court has too.
    pub n: u64,
    /// Its decisions in cases that no other court has.
    pub left_out: u64,
    /// Those of `n` with immediate custody.
    pub custody: u64,
    /// In how many of 100.
    pub per_100: Shown<f64>,
    /// In how many of 100 if it had decided as all courts together in each stratum.
    pub expected_per_100: Shown<f64>,
    /// The first less the second.
    pub difference_per_100: Shown<f64>,
    /// Between which differences it would lie by chance in 95 of 100 courts of its size and cases.
    pub limits_95: Shown<Interval>,
    /// The same in 998 of 1,000.
    pub limits_99_8: Shown<Interval>,
    /// Where it lies.
    pub place: Shown<Place>,
    /// How far the figures can be relied on.
    pub reliability: Reliability,
}

/// How far the penalties of a group lie apart, in the unit of the scale.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Strip {
    /// Its words, one for each column.
    pub key: Vec<Term>,
    /// Decisions with a severity.
    pub n: u64,
    /// Decisions without one.
    pub not_known: Vec<NotKnown>,
    /// Decisions with an ancillary order beside the penalty, which has no number and is in none of these figures.
    pub ancillary: u64,
    /// A tenth of the decisions received at most this.
    pub tenth: Quantity,
    /// A quarter of them.
    pub lower_quartile: Quantity,
    /// Half of them.
    pub median: Quantity,
    /// Three quarters of them.
    pub upper_quartile: Quantity,
    /// Nine tenths of them.
    pub ninetieth: Quantity,
    /// The median distance from the median (MAD, medians of type 7).
    pub median_distance: Shown<f64>,
    /// How far the figures can be relied on.
    pub reliability: Reliability,
}

pub(super) fn parity(frame: &Frame<'_>) -> Result<Parity, ViewError> {
    let columns = frame.columns("offence")?;
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    let (funnel, courts) = courts(frame, &columns)?;
    let groups = Groups::by(frame, &columns)?;
    let everybody = Groups::by(frame, &[])?;
    let often = |(_, group): (_, &Group)| group.everybody.counts().collect::<Vec<u64>>();
    let different = different_pairs(groups.sorted().into_iter().map(often));
    let known = groups
        .sorted()
        .iter()
        .map(|(_, group)| group.everybody.n())
        .sum();
    let strips = groups.sorted().into_iter();
    let total = match everybody.sorted().into_iter().next() {
        Some((_, group)) => strip(frame, Vec::new(), group)?,
        None => strip(frame, Vec::new(), &Group::default())?,
    };
    let mut head = header(frame)?;
    head.statements.extend(statements(&funnel));
    Ok(Parity {
        header: head,
        columns: frame.titles(&columns),
        funnel,
        courts,
        different_per_100: per_100(different).of_at_least_ten(known),
        groups: strips
            .map(|(key, group)| strip(frame, key, group))
            .collect::<Result<_, _>>()?,
        total,
    })
}

fn statements(funnel: &Funnel) -> Vec<Statement> {
    let mut statements = vec![
        Statement::new(
            "case_mix",
            "Expected is what a court would have done if in each group of like cases it had decided as all courts together \
             do. Groups that only one court has compare nothing and are left out.",
        ),
        Statement::new(
            "no_ranking",
            "Courts are not ranked: a court outside its limits has cases, or a practice, to be looked at, and the figures do \
             not say which.",
        ),
        Statement::new(
            "limits",
            "Limits are those of an exact binomial distribution around what is expected of each court, interpolated \
             (Spiegelhalter 2005).",
        ),
    ];
    if let Some(phi) = funnel.phi.value {
        let text = if funnel.outside_95_widened.value.is_some() {
            format!(
                "The courts together differ more than is expected by chance (φ = {phi:.2}, where 1 is chance), as they do where \
                 something that is not in the groups of like cases sets them apart. With few courts φ itself is uncertain."
            )
        } else {
            format!(
                "The courts together differ no more than chance alone would make them (φ = {phi:.2}, where 1 is chance)."
            )
        };
        statements.push(Statement::new("over_dispersion", text));
    }
    statements
}

/// The courts beside their mix of cases.
fn courts(frame: &Frame<'_>, columns: &[&str]) -> Result<(Funnel, Vec<Court>), ViewError> {
    let mut asked = columns.to_vec();
    asked.extend(["court", "disposal"]);
    let mut counted: BTreeMap<(String, Vec<String>), [u64; 2]> = BTreeMap::new();
    let mut court_not_recorded = 0_u64;
    for (mut words, n) in frame.counts(&asked)? {
        let (disposal, court) = (
            words.pop().unwrap_or_default(),
            words.pop().unwrap_or_default(),
        );
        if court == NOT_RECORDED {
            court_not_recorded += n;
            continue;
        }
        let [custody, all] = counted.entry((court, words)).or_default();
        *all += n;
        *custody += if disposal == CUSTODY { n } else { 0 };
    }
    let (mut names, mut strata) = (Vec::new(), BTreeMap::new());
    let lexicon = Lexicon::of(frame.packs, "court");
    names.extend(counted.keys().map(|(court, _)| court.clone()));
    names.dedup();
    names.sort_by(|a, b| (lexicon.place(a), a).cmp(&(lexicon.place(b), b)));
    let mut cells = Vec::new();
    for ((court, words), [custody, n]) in counted {
        let next = strata.len();
        let stratum = *strata.entry(words).or_insert(next);
        let unit = names.iter().position(|name| *name == court);
        cells.push(Cell {
            unit: unit.unwrap_or(usize::MAX),
            stratum,
            share: Share::new(custody, n)?,
        });
    }
    let found = funnel::case_mix(names.len(), &cells)?;
    let courts = names.iter().zip(found);
    let courts = courts.map(|(name, found)| court(lexicon.term(name), found));
    let courts: Vec<Court> = courts.collect::<Result<_, _>>()?;
    Ok((together(&courts, court_not_recorded)?, courts))
}

fn court(court: Term, found: funnel::CaseMix) -> Result<Court, ViewError> {
    let n = found.share.n();
    let around = |limits: &Limits| -> [Figure<Interval>; 2] {
        let between = |low: Figure, high: Figure| {
            let ends = || -> Result<Interval, Undefined> {
                let expected = found.expected.result()?;
                Ok(Interval {
                    low: (low.result()? - expected) * 100.0,
                    high: (high.result()? - expected) * 100.0,
                })
            };
            ends().into()
        };
        [
            between(limits.lo_95, limits.hi_95),
            between(limits.lo_99_8, limits.hi_99_8),
        ]
    };
    let limits = limits(
        found.expected.value().unwrap_or_default().clamp(0.0, 1.0),
        n,
    )?;
    let [limits_95, limits_99_8] = around(&limits);
    let rate = found.share.rate();
    let place = match rate.result() {
        Ok(rate) => limits.place(rate),
        Err(reason) => Figure::Undefined(reason),
    };
    let difference = || Ok(rate.result()? - found.expected.result()?);
    Ok(Court {
        court,
        n,
        left_out: found.left_out,
        custody: found.share.events(),
        per_100: per_100(rate).of_at_least_ten(n),
        expected_per_100: per_100(found.expected).of_at_least_ten(n),
        difference_per_100: per_100(Figure::from(difference())).of_at_least_ten(n),
        limits_95: Shown::from(limits_95).of_at_least_ten(n),
        limits_99_8: Shown::from(limits_99_8).of_at_least_ten(n),
        place: Shown::from(place).of_at_least_ten(n),
        reliability: Reliability::of(n),
    })
}

/// The courts together: how many lie outside their limits, and whether all differ more than by chance.
fn together(courts: &[Court], court_not_recorded: u64) -> Result<Funnel, ViewError> {
    let placed = || courts.iter().filter_map(|court| court.place.value);
    let count = |many: usize| u64::try_from(many).unwrap_or(u64::MAX);
    let compared = count(placed().count());
    let far = |place: &Place| matches!(place, Place::FarBelow | Place::FarAbove);
    let outside_95 = count(placed().filter(|place| *place != Place::Within).count());
    let units: Vec<Unit> = courts
        .iter()
        .filter_map(|court| {
            Some(Unit {
                share: court.per_100.value? / 100.0,
                n: court.n,
                target: (court.expected_per_100.value? / 100.0).clamp(0.0, 1.0),
            })
        })
        .collect();
    // A tenth of the courts at either end does not decide whether all of them differ.
    let spread = overdispersion(&units, Exact::new(1, 10))?;
    let few = Why::View(Gap::OneCourt);
    let (phi, widened) = match (compared, spread.phi.value(), spread.tau2.value()) {
        (2.., Some(phi), Some(tau2)) if phi > 1.0 && tau2 > 0.0 => {
            let outside = units
                .iter()
                .filter_map(|unit| unit.is_outside_widened(tau2).value());
            let outside = count(outside.filter(|outside| *outside).count());
            (Shown::from(spread.phi), Shown::some(outside))
        }
        (2.., Some(_), _) => (
            Shown::from(spread.phi),
            Shown::none(Why::View(Gap::NoMoreThanChance)),
        ),
        _ => (Shown::none(few), Shown::none(few)),
    };
    let outside_95_by_chance = BY_CHANCE * real(compared);
    let sentence = (compared > 1).then(|| {
        let widened = widened.value.map(|outside| {
            format!("; {outside} once the limits allow for how much all courts differ")
        });
        format!(
            "{outside_95} of {compared} courts lie outside the limits at 95 %, where {outside_95_by_chance:.1} would by \
             chance{}.",
            widened.unwrap_or_default()
        )
    });
    Ok(Funnel {
        decisions: courts.iter().map(|court| court.n).sum(),
        left_out: courts.iter().map(|court| court.left_out).sum(),
        court_not_recorded,
        compared,
        outside_95,
        outside_99_8: count(placed().filter(far).count()),
        outside_95_by_chance,
        phi,
        outside_95_widened: widened,
        sentence,
    })
}

fn strip(frame: &Frame<'_>, key: Vec<Term>, group: &Group) -> Result<Strip, ViewError> {
    let (severe, quantile) = (&group.everybody, frame.request.quantile);
    let n = severe.n();
    let percent = |percent| -> Result<Quantity, ViewError> {
        Ok(severe.part(Probability::percent(percent)?, quantile)?)
    };
    Ok(Strip {
        key,
        n,
        not_known: severe.not_known(),
        ancillary: group.ancillary,
        tenth: percent(10)?,
        lower_quartile: percent(25)?,
        median: percent(50)?,
        upper_quartile: percent(75)?,
        ninetieth: percent(90)?,
        median_distance: Shown::from(severe.median_distance()?).of_at_least_ten(n),
        reliability: Reliability::of(n),
    })
}
