//! What a group of decisions received: counts, and severities as a histogram.

use std::collections::BTreeMap;

use domain::statistics::dispersion::{Histogram, Probability};
use domain::statistics::rate::Share;
use domain::statistics::severity::Severity;
use domain::statistics::{CountError, Undefined};
use schemars::JsonSchema;
use serde::Serialize;

use super::figure::{FEWEST, Gap, Quantity, Reliability, Shown, Why};
use super::frame::{Cell, Frame};
use super::request::{Quantile, ViewError};
use super::words::{Lexicon, Term};

/// The word of immediate custody in the column `disposal`.
pub(super) const CUSTODY: &str = "custody";

/// So many decisions of one disposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DisposalCount {
    /// The disposal.
    pub disposal: Term,
    /// Decisions.
    pub n: u64,
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

/// Severities as they are counted.
#[derive(Debug, Clone, Default)]
pub(super) struct Severe {
    pub(super) histogram: Histogram,
    capped: u64,
    not_known: BTreeMap<Why, u64>,
}

impl Severe {
    pub(super) fn add(&mut self, severity: Option<&Severity>, n: u64) -> Result<(), CountError> {
        let number = severity.map(|s| (s.exact, s.figure().undefined(), s.ordinal_top));
        match number {
            Some((Some(exact), _, top)) => {
                self.capped += if top { n } else { 0 };
                return self.histogram.add(exact, n);
            }
            Some((None, reason, _)) => {
                let why = Why::Counts(reason.unwrap_or(Undefined::MissingQuantity));
                *self.not_known.entry(why).or_default() += n;
            }
            None => {
                let why = Why::View(Gap::NoSeverityScale);
                *self.not_known.entry(why).or_default() += n;
            }
        }
        Ok(())
    }

    pub(super) fn spread(&self, quantile: Quantile) -> Result<Spread, CountError> {
        let n = self.histogram.n();
        let why = match n {
            0 => Why::Counts(Undefined::NoDecisions),
            _ => Why::View(Gap::FewerThanTen),
        };
        let taken = |p: Probability| {
            let value = self.histogram.quantile(p, quantile.into());
            Quantity::of(value.filter(|_| n >= FEWEST).ok_or(why))
        };
        Ok(Spread {
            n,
            not_known: self
                .not_known
                .iter()
                .map(|(reason, n)| NotKnown {
                    reason: *reason,
                    n: *n,
                })
                .collect(),
            capped: self.capped,
            lower_quartile: taken(Probability::FIRST_QUARTILE),
            median: taken(Probability::MEDIAN),
            upper_quartile: taken(Probability::THIRD_QUARTILE),
            mean: Shown::from(mean(&self.histogram)).of_at_least_ten(n),
            reliability: Reliability::of(n),
        })
    }
}

/// The mean of exact values; beyond what can be summed exactly there is none.
pub(super) fn mean(histogram: &Histogram) -> domain::statistics::Figure {
    let Ok((sums, denominator)) = histogram.sums() else {
        return domain::statistics::Figure::Undefined(Undefined::OutOfDomain);
    };
    let unit =
        domain::statistics::exact::as_real(&domain::statistics::exact::Exact::from(denominator));
    sums.mean().map(|mean| mean / unit)
}

/// What a group received.
#[derive(Debug, Clone, Default)]
pub(super) struct Group {
    pub(super) n: u64,
    pub(super) disposals: BTreeMap<String, u64>,
    pub(super) everybody: Severe,
    pub(super) given_custody: Severe,
}

impl Group {
    pub(super) fn add(
        &mut self,
        frame: &Frame<'_>,
        disposal: &str,
        cell: &Cell,
    ) -> Result<(), CountError> {
        self.n += cell.n;
        *self.disposals.entry(disposal.to_owned()).or_default() += cell.n;
        let weighed = frame.weighed(cell.penalty);
        self.everybody.add(weighed.map(|w| &w.severity), cell.n)?;
        if disposal == CUSTODY {
            self.given_custody
                .add(weighed.map(|w| &w.custody), cell.n)?;
        }
        Ok(())
    }

    /// Decisions with immediate custody among all.
    pub(super) fn share(&self) -> Result<Share, CountError> {
        let custody = self.disposals.get(CUSTODY).copied().unwrap_or_default();
        Share::new(custody, self.n)
    }

    /// The disposals in their order.
    pub(super) fn counts(&self, lexicon: &Lexicon) -> Vec<DisposalCount> {
        let mut counts: Vec<(&String, &u64)> = self.disposals.iter().collect();
        counts.sort_by_key(|(code, _)| lexicon.place(code));
        counts
            .into_iter()
            .map(|(code, n)| DisposalCount {
                disposal: lexicon.term(code),
                n: *n,
            })
            .collect()
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
        for mut cell in frame.cells(&asked)? {
            let disposal = cell.words.pop().unwrap_or_default();
            let words = std::mem::take(&mut cell.words);
            by_words
                .entry(words)
                .or_default()
                .add(frame, &disposal, &cell)?;
        }
        Ok(Self {
            lexicons: frame.lexicons(columns),
            by_words,
        })
    }

    /// The groups with the words of their columns.
    pub(super) fn sorted(&self) -> Vec<(Vec<Term>, &Group)> {
        let mut groups: Vec<(Vec<_>, &Vec<String>, &Group)> = self
            .by_words
            .iter()
            .map(|(words, group)| {
                let places = words.iter().zip(&self.lexicons);
                let places = places.map(|(word, lexicon)| (lexicon.place(word), word.clone()));
                (places.collect(), words, group)
            })
            .collect();
        groups.sort_by(|a, b| a.0.cmp(&b.0));
        groups
            .into_iter()
            .map(|(_, words, group)| {
                let terms = words.iter().zip(&self.lexicons);
                (terms.map(|(word, l)| l.term(word)).collect(), group)
            })
            .collect()
    }
}
