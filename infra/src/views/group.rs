//! What a group of decisions received: counts, and the spread of severities.

use std::collections::BTreeMap;

use domain::statistics::dispersion::{Histogram, Probability};
use domain::statistics::exact::{Exact, as_real, real, thousandths};
use domain::statistics::missing::median_ranks;
use domain::statistics::moments::Sums;
use domain::statistics::rate::Share;
use domain::statistics::severity::Severity;
use domain::statistics::{CountError, Figure, Undefined};
use schemars::JsonSchema;
use serde::Serialize;

use super::bands::Band;
use super::figure::{FEWEST, Gap, Quantity, Reliability, Shown, Why, per_100};
use super::frame::Frame;
use super::request::{Quantile, ViewError};
use super::words::{Lexicon, Term, standing, terms};

/// The word of immediate custody in the column `disposal`.
pub(super) const CUSTODY: &str = "custody";

/// So many decisions of one disposal.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct DisposalCount {
    /// The disposal.
    pub disposal: Term,
    /// Decisions.
    pub n: u64,
    /// In how many of 100 decisions of the group.
    pub per_100: Shown<f64>,
}

/// Decisions whose severity is not known, by the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct NotKnown {
    /// Why.
    pub reason: Why,
    /// Decisions.
    pub n: u64,
}

/// The severity of the decisions of a group, in the unit of the scale.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Spread {
    /// Decisions with a severity.
    pub n: u64,
    /// Decisions without one.
    pub not_known: Vec<NotKnown>,
    /// Of 100 decisions, how many have one.
    pub known_per_100: Shown<f64>,
    /// The median (type 1) if every decision without a severity lay below all others; null where it would be one of them.
    pub median_at_least: Quantity,
    /// The median (type 1) if every one of them lay above all others; null where it would be one of them.
    pub median_at_most: Quantity,
    /// Decisions at the top of the scale, whose number is a cap.
    pub capped: u64,
    /// A quarter of the decisions received at most this.
    pub lower_quartile: Quantity,
    /// Half of them received at most this.
    pub median: Quantity,
    /// Three quarters of them received at most this.
    pub upper_quartile: Quantity,
    /// The mean.
    pub mean: Shown<f64>,
    /// How far the figures can be relied on.
    pub reliability: Reliability,
}

/// Severities as they are counted: exact values, each with how often it occurs.
///
/// Sources hold terms of fifteen decimals, so the values of a country have no common denominator that fits; they are
/// ordered and counted as they are.
#[derive(Debug, Clone, Default)]
pub(super) struct Severe {
    values: BTreeMap<Exact, u64>,
    n: u64,
    /// Those among the values that are a cap.
    capped: BTreeMap<Exact, u64>,
    not_known: BTreeMap<Why, u64>,
}

/// In which part of the unit whole numbers are summed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Thousandths, as the adjusted difference of means is defined.
    Thousandths,
    /// Billionths, for means that are compared as they are.
    Billionths,
}

impl Part {
    fn of_one(self) -> i128 {
        match self {
            Self::Thousandths => 1_000,
            Self::Billionths => 1_000_000_000,
        }
    }

    fn whole(self, value: &Exact) -> i128 {
        match self {
            Self::Thousandths => thousandths(value),
            Self::Billionths => (*value * Exact::from(self.of_one())).round().to_integer(),
        }
    }

    /// So many parts, in the unit.
    pub(super) fn in_units(self, parts: f64) -> f64 {
        parts / as_real(&Exact::from(self.of_one()))
    }
}

impl Severe {
    pub(super) fn add(&mut self, severity: Option<&Severity>, n: u64) {
        let why = match severity {
            Some(Severity {
                exact: Some(exact),
                ordinal_top,
                ..
            }) => {
                if *ordinal_top {
                    *self.capped.entry(*exact).or_default() += n;
                }
                *self.values.entry(*exact).or_default() += n;
                self.n += n;
                return;
            }
            Some(severity) => {
                let reason = severity.figure().undefined();
                Why::Counts(reason.unwrap_or(Undefined::MissingQuantity))
            }
            None => Why::View(Gap::NoSeverityScale),
        };
        *self.not_known.entry(why).or_default() += n;
    }

    /// Decisions with a severity.
    pub(super) fn n(&self) -> u64 {
        self.n
    }

    /// How often each value occurs, in their order.
    pub(super) fn counts(&self) -> impl Iterator<Item = u64> + '_ {
        self.values.values().copied()
    }

    /// What so large a part of the decisions received at most; null under 10.
    pub(super) fn part(&self, p: Probability, kind: Quantile) -> Result<Quantity, CountError> {
        let value = self.quantile(&self.places()?, p, kind);
        Ok(Quantity::of(
            value.filter(|_| self.n >= FEWEST).ok_or(self.why_none()),
        ))
    }

    fn why_none(&self) -> Why {
        match self.n {
            0 => Why::Counts(Undefined::NoDecisions),
            _ => Why::View(Gap::FewerThanTen),
        }
    }

    /// The median of the distances from the median, both of type 7.
    pub(super) fn median_distance(&self) -> Result<Figure, CountError> {
        let places = self.places()?;
        let Some(median) = self.quantile(&places, Probability::MEDIAN, Quantile::Linear) else {
            return Ok(Figure::Undefined(Undefined::NoDecisions));
        };
        // As real numbers, which need no common denominator.
        let median = as_real(&median);
        let distance = |(value, n): (&Exact, &u64)| ((as_real(value) - median).abs(), *n);
        let mut distances: Vec<(f64, u64)> = self.values.iter().map(distance).collect();
        distances.sort_by(|a, b| a.0.total_cmp(&b.0));
        let at = |rank: u64| {
            let mut passed = 0;
            let found = distances.iter().find(|(_, n)| {
                passed += n;
                passed >= rank
            });
            found.map_or(0.0, |(distance, _)| *distance)
        };
        // The middle one, or the mean of the two in the middle.
        let (low, high) = (self.n.div_ceil(2), self.n / 2 + 1);
        Ok(Figure::Value(f64::midpoint(at(low), at(high))))
    }

    /// Decisions without a severity, by the reason.
    pub(super) fn not_known(&self) -> Vec<NotKnown> {
        let not_known = self.not_known.iter().map(|(reason, n)| NotKnown {
            reason: *reason,
            n: *n,
        });
        not_known.collect()
    }

    /// The mean of the values.
    pub(super) fn mean(&self) -> Figure {
        let total: f64 = self.values.iter().map(|(v, n)| as_real(v) * real(*n)).sum();
        let mean = if self.n == 0 {
            Err(Undefined::NoDecisions)
        } else {
            Ok(total / real(self.n))
        };
        mean.into()
    }

    /// The value at a rank, counted from 1.
    fn at(&self, rank: u64) -> Option<Exact> {
        let mut passed = 0;
        let mut values = self.values.iter();
        let found = values.find(|(_, n)| {
            passed += **n;
            passed >= rank
        });
        found.map(|(value, _)| *value)
    }

    /// How often the value of each place occurs.
    fn places(&self) -> Result<Histogram, CountError> {
        let counts = self.values.values().copied();
        Histogram::from_counts((0_i128..).map(Exact::from).zip(counts))
    }

    /// A quantile of the values: the quantile of their places, and between two places as far between their values.
    fn quantile(&self, places: &Histogram, p: Probability, kind: Quantile) -> Option<Exact> {
        let place = places.quantile(p, kind.into())?;
        let value = |place: Exact| {
            let at = usize::try_from(place.to_integer()).ok()?;
            self.values.keys().nth(at).copied()
        };
        match (value(place.floor()), value(place.ceil())) {
            (Some(low), Some(high)) if low != high => Some(low + (high - low) * place.fract()),
            (low, _) => low,
        }
    }

    /// Count, sum and sum of squares, in parts of the unit.
    pub(super) fn sums(&self, part: Part) -> Result<Sums, CountError> {
        let mut sums = Sums::default();
        for (value, n) in &self.values {
            sums.add(part.whole(value), *n)?;
        }
        Ok(sums)
    }

    /// Decisions by band: numbers in the first that reaches them, life and death in the last of all.
    pub(super) fn banded(&self, bands: &[Band]) -> Vec<u64> {
        let mut counts = vec![0; bands.len()];
        for (value, n) in &self.values {
            let numbers = n - self.capped.get(value).copied().unwrap_or_default();
            let at = bands.iter().position(|band| band.reaches(value));
            if let Some(count) = at.and_then(|at| counts.get_mut(at)) {
                *count += numbers;
            }
        }
        let death = Why::Counts(Undefined::DeathPenalty);
        let deaths = self.not_known.get(&death).copied().unwrap_or_default();
        if let Some(top) = counts.last_mut() {
            *top += self.capped.values().sum::<u64>() + deaths;
        }
        counts
    }

    pub(super) fn spread(&self, quantile: Quantile) -> Result<Spread, CountError> {
        let n = self.n;
        let why = self.why_none();
        let places = self.places()?;
        let taken = |p: Probability| {
            let value = self.quantile(&places, p, quantile);
            Quantity::of(value.filter(|_| n >= FEWEST).ok_or(why))
        };
        let silent: u64 = self.not_known.values().sum();
        let (below, above) = median_ranks(n, silent);
        let at_rank = |rank: Option<u64>| match rank {
            Some(rank) if n >= FEWEST => Quantity::of(self.at(rank).ok_or(why)),
            Some(_) => Quantity::of(Err(why)),
            None => Quantity::of(Err(Why::Counts(Undefined::MissingQuantity))),
        };
        Ok(Spread {
            n,
            known_per_100: per_100(Share::new(n, n + silent)?.rate()).of_at_least_ten(n + silent),
            median_at_least: at_rank(below),
            median_at_most: at_rank(above),
            not_known: self.not_known(),
            capped: self.capped.values().sum(),
            lower_quartile: taken(Probability::FIRST_QUARTILE),
            median: taken(Probability::MEDIAN),
            upper_quartile: taken(Probability::THIRD_QUARTILE),
            mean: Shown::from(self.mean()).of_at_least_ten(n),
            reliability: Reliability::of(n),
        })
    }
}

/// What a group received.
#[derive(Debug, Clone, Default)]
pub(super) struct Group {
    pub(super) n: u64,
    pub(super) disposals: BTreeMap<String, u64>,
    pub(super) everybody: Severe,
    pub(super) given_custody: Severe,
    /// Decisions with an ancillary order, which has no severity.
    pub(super) ancillary: u64,
}

impl Group {
    /// Adds decisions of one disposal, by penalty.
    pub(super) fn add(&mut self, frame: &Frame<'_>, disposal: &str, penalties: &[(usize, u64)]) {
        let n: u64 = penalties.iter().map(|(_, n)| n).sum();
        self.n += n;
        *self.disposals.entry(disposal.to_owned()).or_default() += n;
        for (penalty, n) in penalties {
            let weighed = frame.weighed(*penalty);
            self.everybody.add(weighed.map(|w| &w.severity), *n);
            if weighed.is_some_and(|w| w.ancillary) {
                self.ancillary += n;
            }
            if disposal == CUSTODY {
                self.given_custody.add(weighed.map(|w| &w.custody), *n);
            }
        }
    }

    /// Decisions with immediate custody among all.
    pub(super) fn share(&self) -> Result<Share, CountError> {
        let custody = self.disposals.get(CUSTODY).copied().unwrap_or_default();
        Share::new(custody, self.n)
    }

    /// The disposals in their order.
    pub(super) fn counts(&self, lexicon: &Lexicon) -> Result<Vec<DisposalCount>, CountError> {
        let mut counts: Vec<(&String, &u64)> = self.disposals.iter().collect();
        counts.sort_by_key(|(code, _)| lexicon.place(code));
        let counts = counts.into_iter().map(|(code, n)| {
            Ok(DisposalCount {
                disposal: lexicon.term(code),
                n: *n,
                per_100: per_100(Share::new(*n, self.n)?.rate()).of_at_least_ten(self.n),
            })
        });
        counts.collect()
    }
}

/// Groups by the words of columns, in the order of the words.
pub(super) struct Groups {
    lexicons: Vec<Lexicon>,
    by_words: BTreeMap<Vec<String>, Group>,
}

impl Groups {
    /// Counts by columns; the disposal is told for each.
    pub(super) fn by(frame: &Frame<'_>, columns: &[&str]) -> Result<Self, ViewError> {
        let mut asked = columns.to_vec();
        asked.push("disposal");
        let mut by_words: BTreeMap<Vec<String>, Group> = BTreeMap::new();
        for (mut words, penalties) in frame.groups(&asked)? {
            let disposal = words.pop().unwrap_or_default();
            // What no decision of a group has is no group.
            if !penalties.is_empty() {
                let group = by_words.entry(words).or_default();
                group.add(frame, &disposal, &penalties);
            }
        }
        Ok(Self {
            lexicons: frame.lexicons(columns),
            by_words,
        })
    }

    /// The groups with the words of their columns.
    pub(super) fn sorted(&self) -> Vec<(Vec<Term>, &Group)> {
        let mut groups: Vec<(&Vec<String>, &Group)> = self.by_words.iter().collect();
        groups.sort_by_cached_key(|(words, _)| standing(&self.lexicons, words));
        let groups = groups.into_iter();
        groups
            .map(|(words, group)| (terms(&self.lexicons, words), group))
            .collect()
    }
}
