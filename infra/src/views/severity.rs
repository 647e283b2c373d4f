//! From what was imposed to a number: exact, under a scale of the rules.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::jurisdiction::{Counted, SeverityScale};
use domain::sentence::{Component, CustodyTerm, RequirementTerms, Runs, Sanction, SanctionKind};
use domain::statistics::exact::Exact;
use domain::statistics::severity::{
    Amount, Component as Weighable, Conversion, Mode, Rule, ScalePolicy, Severity, Unit, severity,
};
use domain::values::{Length, Quantity, TermUnit};

use crate::error::{Damage, StoreError};
use crate::facts::{Dictionary, NOT_RECORDED, Penalty};

/// A distinct penalty with its severity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weighed {
    penalty: Box<str>,
    /// The severity of what the scale counts.
    pub severity: Severity,
    /// The severity of its immediate custody alone.
    pub custody: Severity,
    /// Whether there is an ancillary order in it, which is in neither.
    pub ancillary: bool,
}

/// Weighed penalties by jurisdiction and scale.
type Kept = BTreeMap<(String, String), Arc<Vec<Weighed>>>;

/// The severities of the distinct penalties of a fact table, by their codes, kept per scale.
#[derive(Debug, Default)]
pub struct Severities {
    kept: Mutex<Kept>,
}

impl Severities {
    /// The severity of every penalty code under a scale of some rules.
    ///
    /// What is kept is checked against the table's own words, so a rebuilt table never meets another one's codes. A
    /// penalty that cannot be read is damage.
    pub fn of(
        &self,
        rules: &str,
        scale: &SeverityScale,
        penalties: &Dictionary,
    ) -> Result<Arc<Vec<Weighed>>, StoreError> {
        let key = (rules.to_owned(), scale.scale.version.clone());
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let held = kept.entry(key).or_default();
        let same = held
            .iter()
            .zip(penalties.words_from(0))
            .all(|(weighed, word)| &*weighed.penalty == word);
        if !same || held.len() > penalties.len() {
            *held = Arc::default();
        }
        if held.len() < penalties.len() {
            let from = held.len();
            let all = Arc::make_mut(held);
            for word in penalties.words_from(from) {
                all.push(Weighed::of(scale, word)?);
            }
        }
        Ok(Arc::clone(held))
    }
}

impl Weighed {
    fn of(scale: &SeverityScale, text: &str) -> Result<Self, StoreError> {
        let (all, custody, ancillary) = if text == NOT_RECORDED {
            (unrecorded(), unrecorded(), false)
        } else {
            let penalty: Penalty = serde_json::from_str(text).map_err(|e| {
                StoreError::from(Damage::new(format!(
                    "a penalty of the fact table cannot be read ({e}); rebuild the projection `facts`"
                )))
            })?;
            let mut kinds = penalty.components.iter().map(|own| own.sanction.kind());
            let ancillary = kinds.any(|kind| kind == SanctionKind::Ancillary);
            (
                weigh(scale, &penalty),
                weigh_custody(scale, &penalty),
                ancillary,
            )
        };
        Ok(Self {
            penalty: text.into(),
            severity: all,
            custody,
            ancillary,
        })
    }
}

impl Weighed {
    /// The same with numbers above a number counting as that number.
    pub(super) fn at_most(&self, most: Exact) -> Self {
        let capped = |severity: &Severity| Severity {
            exact: severity.exact.map(|exact| exact.min(most)),
            ..severity.clone()
        };
        Self {
            penalty: self.penalty.clone(),
            severity: capped(&self.severity),
            custody: capped(&self.custody),
            ancillary: self.ancillary,
        }
    }
}

fn unrecorded() -> Severity {
    Severity {
        missing: true,
        ..Severity::default()
    }
}

/// The severity of what was imposed.
pub fn weigh<C: Borrow<Component>>(scale: &SeverityScale, penalty: &Penalty<C>) -> Severity {
    weigh_those(scale, penalty, |_| true)
}

/// The severity of its immediate custody: how long, where the disposal is custody.
pub fn weigh_custody(scale: &SeverityScale, penalty: &Penalty) -> Severity {
    weigh_those(scale, penalty, |component| {
        component.sanction.kind() == SanctionKind::Custody
    })
}

fn weigh_those<C: Borrow<Component>>(
    scale: &SeverityScale,
    penalty: &Penalty<C>,
    counted: impl Fn(&Component) -> bool,
) -> Severity {
    if penalty.components.is_empty() {
        return unrecorded();
    }
    let weighable: Vec<Weighable> = match scale.counts {
        Counted::Principal => penalty
            .principal_component()
            .filter(|component| counted(component))
            .map(|component| own(&scale.scale, component))
            .unwrap_or_default(),
        Counted::All => penalty
            .components
            .iter()
            .map(C::borrow)
            .filter(|component| counted(component))
            .flat_map(|component| {
                let mut parts = own(&scale.scale, component);
                if let Sanction::SuspendedCustody {
                    operational_period,
                    requirements,
                    ..
                } = &component.sanction
                {
                    let required = requirements
                        .iter()
                        .map(|terms| required(&scale.scale, terms, *operational_period));
                    parts.extend(required);
                }
                parts
            })
            .collect(),
    };
    severity(&scale.scale, &weighable)
}

/// What a component weighs by itself; a suspended term without the requirements beside it.
fn own(scale: &ScalePolicy, component: &Component) -> Vec<Weighable> {
    let plain = |kind: &str| Weighable::without_amount(kind);
    let term = |kind: &str, length: Option<Length>| Weighable {
        amounts: length.map_or_else(Vec::new, |length| amounts(scale, kind, length)),
        mode: mode(component.runs),
        ..plain(kind)
    };
    let money = |kind: &str, amount: &Option<domain::values::Money>| Weighable {
        amounts: amount.iter().map(minor).collect(),
        ..plain(kind)
    };
    let one = match &component.sanction {
        Sanction::CommunityOrder {
            period,
            requirements,
        } if !requirements.is_empty() => {
            let required = requirements
                .iter()
                .map(|terms| required(scale, terms, *period));
            return required.collect();
        }
        Sanction::CommunityOrder { .. } => plain("community_order"),
        Sanction::Death {} => plain("death"),
        Sanction::Custody { term: length } => match length {
            Some(CustodyTerm::Determinate(length)) => term("custody", Some(*length)),
            Some(CustodyTerm::Life | CustodyTerm::Indeterminate) => Weighable {
                indeterminate: true,
                ..term("custody", None)
            },
            None => term("custody", None),
        },
        Sanction::SuspendedCustody { term: length, .. } => term("suspended_custody", *length),
        Sanction::Fine { amount } => money("fine", amount),
        Sanction::DayFine { units, .. } => Weighable {
            amounts: units.iter().map(|n| whole(*n, Unit::Units)).collect(),
            ..plain("day_fine")
        },
        Sanction::Compensation { amount } => money("compensation", amount),
        Sanction::Discharge {
            conditional_for: Some(_),
        } => plain("conditional_discharge"),
        Sanction::Discharge {
            conditional_for: None,
        } => plain("absolute_discharge"),
        Sanction::Admonition {} => plain("admonition"),
        Sanction::Deferred { .. } => plain("deferred"),
        Sanction::Ancillary { kind, length } => {
            term(&named(scale, "ancillary", kind.as_str()), *length)
        }
        Sanction::Other { kind, length } => term(&named(scale, "other", kind.as_str()), *length),
    };
    vec![one]
}

/// A requirement: its quantity, or its length, or as long as the order where the scale weighs time.
fn required(scale: &ScalePolicy, terms: &RequirementTerms, period: Option<Length>) -> Weighable {
    let kind = named(scale, "requirement", terms.kind.as_str());
    let lasts = terms
        .length
        .or_else(|| period.filter(|_| weighs_time(scale, &kind)));
    let amounts = match (terms.quantity, lasts) {
        (Some(quantity), _) => vec![match quantity {
            Quantity::Minutes(n) => whole(n, Unit::Minutes),
            Quantity::Days(n) => whole(n, Unit::Days),
            Quantity::Sessions(n) => whole(n, Unit::Units),
        }],
        (None, Some(length)) => amounts(scale, &kind, length),
        (None, None) => Vec::new(),
    };
    Weighable {
        amounts,
        ..Weighable::without_amount(&kind)
    }
}

/// The scale's own kind for a code of the pack, or the general one.
fn named(scale: &ScalePolicy, general: &str, code: &str) -> String {
    let own = format!("{general}/{code}");
    if scale.kinds.contains_key(&own.as_str().into()) {
        own
    } else {
        general.to_owned()
    }
}

fn conversion<'a>(scale: &'a ScalePolicy, kind: &str) -> Option<&'a Conversion> {
    match scale.kinds.get(&kind.into()) {
        Some(Rule::Converted(conversion)) => Some(conversion),
        Some(Rule::Fixed { .. } | Rule::NotConverted | Rule::AboveAllNumbers) | None => None,
    }
}

fn weighs_time(scale: &ScalePolicy, kind: &str) -> bool {
    conversion(scale, kind).is_some_and(|conversion| {
        conversion.weights.contains_key(&Unit::Days)
            || conversion.weights.contains_key(&Unit::Months)
    })
}

/// A length in its own units; no time at all is zero of any unit that the scale weighs.
fn amounts(scale: &ScalePolicy, kind: &str, length: Length) -> Vec<Amount> {
    match length {
        Length::Decimal { amount, unit } => vec![Amount {
            value: amount.ratio(),
            unit: match unit {
                TermUnit::Years => Unit::Years,
                TermUnit::Months => Unit::Months,
                TermUnit::Weeks => Unit::Weeks,
                TermUnit::Days => Unit::Days,
            },
        }],
        Length::Calendar(term) if term.is_zero() => {
            let unit = conversion(scale, kind).and_then(|c| c.weights.keys().next().cloned());
            vec![whole(0, unit.unwrap_or(Unit::Days))]
        }
        Length::Calendar(term) => [
            whole(u32::from(term.years), Unit::Years),
            whole(u32::from(term.months), Unit::Months),
            whole(term.days, Unit::Days),
        ]
        .into_iter()
        .filter(|amount| amount.value != Exact::from(0))
        .collect(),
    }
}

fn whole(amount: u32, unit: Unit) -> Amount {
    Amount {
        value: Exact::from(i128::from(amount)),
        unit,
    }
}

fn minor(money: &domain::values::Money) -> Amount {
    Amount {
        value: Exact::from(i128::from(money.minor)),
        unit: Unit::MoneyMinor(money.currency.as_str().to_owned()),
    }
}

fn mode(runs: Option<Runs>) -> Option<Mode> {
    runs.map(|runs| match runs {
        Runs::Concurrent => Mode::Concurrent,
        Runs::ConsecutiveTo(_) | Runs::ConsecutiveToEarlier(_) => Mode::Consecutive,
    })
}
