//! Where are departures from the guideline range, and are they reasoned?
//!
//! What lies outside is counted by how far it lies outside, as a part of the bound that was passed. What has no range, or no
//! length to set beside it, is left out and counted beside.

use std::collections::BTreeMap;

use domain::statistics::exact::{Exact, as_real, real};
use domain::statistics::rate::Share;
use domain::statistics::{Rational, Undefined};
use schemars::JsonSchema;
use serde::Serialize;

use super::figure::{Reliability, Shown, Why, per_100};
use super::frame::Frame;
use super::header::{Header, Statement, header};
use super::request::ViewError;
use super::words::{Term, standing, terms};

/// Where sentences leave the guideline range, how far, and whether with reasons.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Departures {
    /// What the view says of itself.
    pub header: Header,
    /// The columns of the groups.
    pub columns: Vec<Term>,
    /// The groups.
    pub groups: Vec<Departing>,
    /// Everybody.
    pub total: Departing,
    /// How far outside those lie that have an extent, in steps of a quarter of the bound.
    pub extents: Vec<ExtentBand>,
}

/// The decisions of one group against their ranges.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Departing {
    /// Its words, one for each column.
    pub key: Vec<Term>,
    /// Decisions that can be compared.
    pub n: u64,
    /// Decisions without a guideline range.
    pub without_range: u64,
    /// Decisions with a range and no length to set beside it.
    pub without_length: u64,
    /// Decisions under their range.
    pub below: u64,
    /// Those of them for which the court recorded reasons.
    pub below_reasoned: u64,
    /// Decisions within their range, bounds included.
    pub within: u64,
    /// Decisions over their range.
    pub above: u64,
    /// Those of them for which the court recorded reasons.
    pub above_reasoned: u64,
    /// Within, of 100 that can be compared.
    pub within_per_100: Shown<f64>,
    /// Of 100 departures, how many have reasons.
    pub reasoned_per_100: Shown<f64>,
    /// How far under the lower bound those below lie on average, of 100 of the bound; below zero.
    pub mean_below_per_100: Shown<f64>,
    /// How far over the upper bound those above lie on average, of 100 of the bound.
    pub mean_above_per_100: Shown<f64>,
    /// Of those below, the sentences without custody: their extent is the whole bound.
    pub without_custody: u64,
    /// Departures whose extent is no number: life, or a bound of zero.
    pub without_extent: u64,
    /// How far the figures can be relied on.
    pub reliability: Reliability,
}

/// So many departures between two extents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ExtentBand {
    /// Where it begins, of 100 of the bound that was passed; what lies there belongs to it.
    pub from_per_100: i32,
    /// Where it ends; what lies there belongs to the next. Null where it has no end.
    pub to_per_100: Option<i32>,
    /// Departures.
    pub n: u64,
}

/// Where the bands of the extent begin, of 100 of the bound. Nothing lies lower than 100 under a bound.
const BANDS: [i32; 9] = [-100, -75, -50, -25, 0, 25, 50, 75, 100];

/// What is counted of a group.
#[derive(Debug, Clone, Default)]
struct Counted {
    words: BTreeMap<String, u64>,
    /// Decisions by their extent.
    extents: BTreeMap<Exact, u64>,
}

impl Counted {
    fn add(&mut self, departure: &str, extent: Option<Exact>, n: u64) {
        *self.words.entry(departure.to_owned()).or_default() += n;
        if let Some(extent) = extent {
            *self.extents.entry(extent).or_default() += n;
        }
    }

    fn n(&self, words: &[&str]) -> u64 {
        words.iter().filter_map(|word| self.words.get(*word)).sum()
    }

    /// The mean extent of those on one side, of 100 of the bound.
    fn mean(&self, is_below: bool) -> Shown<f64> {
        let zero = Exact::from(0);
        let side = || {
            self.extents
                .iter()
                .filter(|(extent, _)| (**extent < zero) == is_below)
        };
        let n: u64 = side().map(|(_, n)| n).sum();
        if n == 0 {
            return Shown::none(Why::Counts(Undefined::NoSuchDecision));
        }
        let sum: f64 = side().map(|(extent, n)| as_real(extent) * real(*n)).sum();
        Shown::some(sum / real(n) * 100.0).of_at_least_ten(n)
    }

    fn shown(&self, key: Vec<Term>) -> Result<Departing, ViewError> {
        let (below_reasoned, above_reasoned) = (self.n(&["below"]), self.n(&["above"]));
        let below = below_reasoned + self.n(&["below_unreasoned"]);
        let above = above_reasoned + self.n(&["above_unreasoned"]);
        let within = self.n(&["within"]);
        let (n, departures) = (below + within + above, below + above);
        let without_length = self.n(&["not_comparable"]);
        let all: u64 = self.words.values().sum();
        let reasoned = Share::new(below_reasoned + above_reasoned, departures)?;
        let measured: u64 = self.extents.values().sum();
        Ok(Departing {
            key,
            n,
            without_range: all - n - without_length,
            without_length,
            below,
            below_reasoned,
            within,
            above,
            above_reasoned,
            within_per_100: per_100(Share::new(within, n)?.rate()).of_at_least_ten(n),
            reasoned_per_100: per_100(reasoned.rate()).of_at_least_ten(departures),
            mean_below_per_100: self.mean(true),
            mean_above_per_100: self.mean(false),
            without_custody: self
                .extents
                .get(&Exact::from(-1))
                .copied()
                .unwrap_or_default(),
            without_extent: departures.saturating_sub(measured),
            reliability: Reliability::of(n),
        })
    }

    /// The departures by band: what lies at its beginning belongs to it, what lies at its end to the next.
    fn bands(&self) -> Vec<ExtentBand> {
        let mut bands: Vec<ExtentBand> = BANDS
            .iter()
            .zip(BANDS.iter().skip(1).map(|to| Some(*to)).chain([None]))
            .map(|(from, to)| ExtentBand {
                from_per_100: *from,
                to_per_100: to,
                n: 0,
            })
            .collect();
        let part = |of_100: i32| Exact::new(i128::from(of_100), 100);
        for (extent, n) in &self.extents {
            let holds = |band: &ExtentBand| {
                let (from, to) = (part(band.from_per_100), band.to_per_100.map(part));
                *extent >= from && to.is_none_or(|to| *extent < to)
            };
            if let Some(band) = bands.iter_mut().find(|band| holds(band)) {
                band.n += n;
            }
        }
        bands
    }
}

pub(super) fn departures(frame: &Frame<'_>) -> Result<Departures, ViewError> {
    let columns = frame.columns("category")?;
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    let mut asked = columns.clone();
    asked.extend(["departure", "departure_extent"]);
    let mut all = Counted::default();
    let mut groups: BTreeMap<Vec<String>, Counted> = BTreeMap::new();
    for (mut words, n) in frame.counts(&asked)? {
        let extent = words.pop().unwrap_or_default();
        let departure = words.pop().unwrap_or_default();
        let extent = extent.parse::<Rational>().ok().map(|read| read.0);
        all.add(&departure, extent, n);
        groups.entry(words).or_default().add(&departure, extent, n);
    }
    let lexicons = frame.lexicons(&columns);
    let mut sorted: Vec<_> = groups.iter().collect();
    sorted.sort_by_cached_key(|(words, _)| standing(&lexicons, words));
    let groups = sorted.into_iter();
    let groups = groups.map(|(words, counted)| counted.shown(terms(&lexicons, words)));
    let groups: Vec<Departing> = groups.collect::<Result<_, _>>()?;
    let total = all.shown(Vec::new())?;
    let mut head = header(frame)?;
    head.statements.extend(statements());
    Ok(Departures {
        header: head,
        columns: frame.titles(&columns),
        groups,
        total,
        extents: all.bands(),
    })
}

fn statements() -> [Statement; 3] {
    [
        Statement::new(
            "range",
            "A sentence is set beside the guideline range of its gravest count, bounds included, as it was imposed. What has no \
             range, and what has no length to set beside it, is left out and counted beside.",
        ),
        Statement::new(
            "reasoned",
            "Reasoned is a departure for which the court recorded a coded reason that it gave for leaving the range that way. \
             A departure is no error: the law leaves the court free to depart and asks it to say why.",
        ),
        Statement::new(
            "extent",
            "The extent is how far the sentence lies outside, as a part of the bound that it passed; a month counts as 487/16 \
             days. A sentence without custody under a range of custody lies the whole bound below it.",
        ),
    ]
}
