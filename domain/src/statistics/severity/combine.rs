//! Components of one sentence, combined into one severity.

use super::super::exact::{Exact, as_real};
use super::super::undefined::{Figure, Undefined};
use super::policy::{Combine, Conversion, Rule, ScalePolicy};
use super::{Amount, Component, Kind, Mode};
use num_traits::{CheckedAdd as _, CheckedMul as _, Zero as _};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// The severity of one sentence on one scale.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Severity {
    /// The number, exact. `None` where a quantity is not recorded, a component has no weight, or
    /// the sentence is death.
    pub exact: Option<Exact>,
    /// The rank among sentences of equal number.
    pub rank: u32,
    /// Whether the sentence lies above every number. A number beside it is a policy cap: a mean
    /// that holds it carries a flag.
    pub ordinal_top: bool,
    /// Death penalties among the components.
    pub death: u32,
    /// Components that the policy counts beside.
    pub unconverted: u32,
    /// Whether the quantity of a component is not recorded.
    pub missing: bool,
    /// Kinds that the policy says nothing of, or not in the unit given: a gap in the policy. Also
    /// kinds whose sum is beyond what can be held exactly.
    pub unpriced: Vec<Kind>,
    /// Whether the total that the court recorded differs from the sum of the terms: a finding on
    /// data quality.
    pub total_differs: bool,
}

impl Severity {
    /// The number as a figure, or why there is none.
    pub fn figure(&self) -> Figure {
        match self.exact {
            Some(exact) => Ok(as_real(&exact)).into(),
            None if self.death > 0 => Figure::Undefined(Undefined::DeathPenalty),
            None if self.missing => Figure::Undefined(Undefined::MissingQuantity),
            None => Figure::Undefined(Undefined::NoWeightInPolicy),
        }
    }

    /// What orders sentences: death over life over every number; among equal numbers the rank.
    /// `None` where the severity is not known.
    pub fn order(&self) -> Option<(bool, bool, Exact, u32)> {
        if self.death > 0 {
            return Some((true, true, Exact::zero(), 0));
        }
        self.exact.map(|exact| {
            let number = if self.ordinal_top {
                Exact::zero()
            } else {
                exact
            };
            (false, self.ordinal_top, number, self.rank)
        })
    }
}

/// The total that a court recorded for the terms of one kind: its totality adjustment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedTotal {
    /// The kind of the terms.
    pub kind: Kind,
    /// The total.
    pub amounts: Vec<Amount>,
}

/// The severity of a sentence under a policy. A sentence of no components weighs 0.
pub fn severity(policy: &ScalePolicy, components: &[Component]) -> Severity {
    combined(policy, components, None)
}

/// The same where the court recorded a total: the total wins over the sum of the terms.
pub fn severity_as_totalled(
    policy: &ScalePolicy,
    components: &[Component],
    total: &RecordedTotal,
) -> Severity {
    combined(policy, components, Some(total))
}

fn combined(
    policy: &ScalePolicy,
    components: &[Component],
    total: Option<&RecordedTotal>,
) -> Severity {
    let mut by_kind: BTreeMap<&Kind, Vec<&Component>> = BTreeMap::new();
    for component in components {
        by_kind.entry(&component.kind).or_default().push(component);
    }
    if let Some(total) = total {
        by_kind.entry(&total.kind).or_default();
    }
    let mut found = Severity {
        exact: Some(Exact::zero()),
        ..Severity::default()
    };
    for (kind, components) in by_kind {
        let total = total.filter(|total| total.kind == *kind);
        found.take_kind(policy, kind, &components, total);
    }
    if found.missing || found.death > 0 || !found.unpriced.is_empty() {
        found.exact = None;
    }
    found
}

impl Severity {
    fn take_kind(
        &mut self,
        policy: &ScalePolicy,
        kind: &Kind,
        components: &[&Component],
        total: Option<&RecordedTotal>,
    ) {
        let count = u32::try_from(components.len()).unwrap_or(u32::MAX);
        match policy.kinds.get(kind) {
            None => self.unpriced.push(kind.clone()),
            Some(Rule::NotConverted) => self.unconverted += count,
            Some(Rule::AboveAllNumbers) => {
                self.death += count;
                self.ordinal_top = true;
            }
            Some(Rule::Fixed { value, rank }) => {
                self.add(kind, value.0.checked_mul(&Exact::from(i128::from(count))));
                self.rank = self.rank.max(*rank);
            }
            Some(Rule::Converted(conversion)) => {
                self.take_terms(conversion, kind, components, total);
            }
        }
    }

    fn take_terms(
        &mut self,
        conversion: &Conversion,
        kind: &Kind,
        components: &[&Component],
        total: Option<&RecordedTotal>,
    ) {
        self.ordinal_top |= components.iter().any(|component| component.indeterminate);
        let terms: Result<Vec<Exact>, Gap> = components
            .iter()
            .map(|component| weigh(conversion, component))
            .collect();
        let summed = terms.map(|terms| sum_of_groups(conversion.combine, components, &terms));
        let counted = match total {
            None => summed,
            Some(total) => {
                let recorded = conversion.weigh(&total.amounts);
                self.total_differs |= summed.as_ref().is_ok_and(|summed| *summed != recorded);
                Ok(recorded)
            }
        };
        match counted {
            Ok(counted) => self.add(kind, counted),
            Err(Gap::Missing) => self.missing = true,
            Err(Gap::Unpriced) => self.unpriced.push(kind.clone()),
        }
    }

    /// Adds what a kind counts for; `None` where that is not known.
    fn add(&mut self, kind: &Kind, more: Option<Exact>) {
        let sum = self
            .exact
            .zip(more)
            .and_then(|(exact, more)| exact.checked_add(&more));
        if sum.is_none() {
            self.unpriced.push(kind.clone());
        }
        self.exact = sum.or(self.exact);
    }
}

enum Gap {
    Missing,
    Unpriced,
}

fn weigh(conversion: &Conversion, component: &Component) -> Result<Exact, Gap> {
    if component.indeterminate {
        return conversion.life.map(|life| life.0).ok_or(Gap::Unpriced);
    }
    if component.amounts.is_empty() {
        return Err(Gap::Missing);
    }
    conversion.weigh(&component.amounts).ok_or(Gap::Unpriced)
}

/// The group a term runs in.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Group<'a> {
    Default,
    Named(&'a str),
    Own(usize),
}

fn group(combine: Combine, at: usize, component: &Component) -> Group<'_> {
    let unstated = match combine {
        Combine::Add => return Group::Own(at),
        Combine::ConcurrentUnlessOrdered => Mode::Concurrent,
        Combine::ConsecutiveUnlessOrdered => Mode::Consecutive,
    };
    match (&component.group, component.mode.unwrap_or(unstated)) {
        (Some(name), _) => Group::Named(name),
        (None, Mode::Concurrent) => Group::Default,
        (None, Mode::Consecutive) => Group::Own(at),
    }
}

/// The longest term of each group, summed over groups; `None` beyond what can be held exactly.
fn sum_of_groups(combine: Combine, components: &[&Component], terms: &[Exact]) -> Option<Exact> {
    let mut longest: BTreeMap<Group<'_>, Exact> = BTreeMap::new();
    for (at, (component, term)) in components.iter().zip(terms).enumerate() {
        let held = longest
            .entry(group(combine, at, component))
            .or_insert(*term);
        *held = (*held).max(*term);
    }
    longest
        .values()
        .try_fold(Exact::zero(), |total, term| total.checked_add(term))
}

/// Under how many of the scales tried a difference keeps its sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SignStability {
    /// Scales under which the sign is that of the headline, the headline's own included.
    pub stable: usize,
    /// Scales under which the difference is defined, the headline's own included.
    pub scales: usize,
}

/// "Sign stable under k of 4 scales": the headline beside the same difference under other scales.
/// An undefined headline has no sign.
pub fn sign_stability(headline: Figure, others: &[Figure]) -> Figure<SignStability> {
    let sign = |value: f64| if value == 0.0 { 0.0 } else { value.signum() };
    match headline.result() {
        Err(reason) => Figure::Undefined(reason),
        Ok(headline) => {
            let defined: Vec<f64> = others.iter().filter_map(|other| other.value()).collect();
            let same = defined
                .iter()
                .filter(|other| sign(**other) == sign(headline))
                .count();
            Figure::Value(SignStability {
                stable: same + 1,
                scales: defined.len() + 1,
            })
        }
    }
}
