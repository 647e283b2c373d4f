//! Commutation: a component becomes something lighter.

use std::cmp::Ordering;

use super::{Decided, after_decision, door_of_step, in_force, substance};
use crate::act::{Facts, Objection, through};
use crate::sentence::command::Commute;
use crate::sentence::decision::{Component, CustodyTerm, RequirementTerms, Sanction, SanctionKind};
use crate::sentence::event::SentenceEvent;
use crate::sentence::refusal::SentenceRefusal;
use crate::sentence::state::Sentence;
use crate::values::{Code, Length, Money};

pub(super) fn commute(sentence: &Sentence, wish: Commute, facts: &Facts) -> Decided {
    let imposed = in_force(sentence, "a commutation")?;
    let mut objections = Vec::new();
    after_decision(wish.pronounced, imposed, facts, &mut objections)?;
    let component = wish.component;
    let Some(current) = imposed.decision.component(component) else {
        return Err(SentenceRefusal::NoSuchComponent { component });
    };
    let from = current.sanction.clone();
    if !is_lighter(&wish.to, &from) {
        objections.push(Objection::hard(SentenceRefusal::NotAReduction {
            component,
            from: said(&from),
            to: said(&wish.to),
        }));
    }
    let becomes = Component {
        sanction: wish.to.clone(),
        ..current.clone()
    };
    substance::one_sanction(&becomes, &facts.law, &mut objections);
    let door = door_of_step(wish.pronounced, facts);
    let findings = through(door, objections)?;
    Ok(vec![SentenceEvent::Commuted {
        component,
        from,
        to: wish.to,
        pronounced: wish.pronounced,
        door,
        note: wish.note,
        findings,
    }])
}

/// Whether one sanction is certainly lighter than another: a lighter kind, or the same kind with less of something
/// and more of nothing. A suspended term may not be longer than the custody it replaces.
fn is_lighter(to: &Sanction, from: &Sanction) -> bool {
    if let (Some(to), Some(from)) = (total(to), total(from)) {
        return less_money(to, from);
    }
    let money = |kind| matches!(kind, SanctionKind::Fine | SanctionKind::DayFine);
    if to.kind() == from.kind() || (money(to.kind()) && money(from.kind())) {
        return less_of_the_same(to, from);
    }
    let suspends =
        (from.kind(), to.kind()) == (SanctionKind::Custody, SanctionKind::SuspendedCustody);
    let longer = suspends
        && matches!(
            (to.custody_length(), from.custody_length()),
            (Some(to), Some(from)) if to.exceeds(from)
        );
    to.kind() > from.kind() && !longer
}

/// What a fine or day-fine comes to, in minor units and currency.
fn total(sanction: &Sanction) -> Option<(u128, &Money)> {
    match sanction {
        Sanction::Fine { amount } => amount.as_ref().map(|a| (u128::from(a.minor), a)),
        Sanction::DayFine { units, unit_value } => {
            let value = unit_value.as_ref()?;
            Some((
                u128::from((*units)?).checked_mul(value.minor.into())?,
                value,
            ))
        }
        Sanction::Death {}
        | Sanction::Custody { .. }
        | Sanction::SuspendedCustody { .. }
        | Sanction::CommunityOrder { .. }
        | Sanction::Compensation { .. }
        | Sanction::Discharge { .. }
        | Sanction::Admonition {}
        | Sanction::Deferred { .. }
        | Sanction::Ancillary { .. }
        | Sanction::Other { .. } => None,
    }
}

fn less_money(to: (u128, &Money), from: (u128, &Money)) -> bool {
    to.1.currency == from.1.currency && to.0 < from.0
}

/// Two sanctions of one kind: something is less and nothing is more; what is not recorded shows nothing.
fn less_of_the_same(to: &Sanction, from: &Sanction) -> bool {
    let (to, from) = (Measures::of(to), Measures::of(from));
    let length = if to.conditional {
        lasting(to.length, from.length)
    } else {
        lengths(to.length, from.length)
    };
    let compared = [
        (to.what == from.what).then_some(Ordering::Equal),
        terms(to.term, from.term),
        length,
        amounts(to.money, from.money),
        requirements(to.requirements, from.requirements),
    ];
    compared.contains(&Some(Ordering::Less))
        && compared
            .iter()
            .all(|c| matches!(c, Some(Ordering::Less | Ordering::Equal)))
}

/// What a sanction is measured by.
#[derive(Default)]
struct Measures<'a> {
    what: Option<&'a Code>,
    term: Option<CustodyTerm>,
    length: Option<Length>,
    /// The length is that of a condition: without it there is none.
    conditional: bool,
    money: Option<&'a Money>,
    requirements: &'a [RequirementTerms],
}

impl<'a> Measures<'a> {
    fn of(sanction: &'a Sanction) -> Self {
        let mut measures = Self {
            requirements: sanction.requirements(),
            ..Self::default()
        };
        match sanction {
            Sanction::Custody { term } => measures.term = *term,
            Sanction::SuspendedCustody {
                term,
                operational_period,
                ..
            } => {
                measures.term = term.map(CustodyTerm::Determinate);
                measures.length = *operational_period;
            }
            Sanction::CommunityOrder { period, .. } => measures.length = *period,
            Sanction::Discharge { conditional_for } => {
                measures.length = *conditional_for;
                measures.conditional = true;
            }
            Sanction::Compensation { amount } => measures.money = amount.as_ref(),
            Sanction::Ancillary { kind, length } | Sanction::Other { kind, length } => {
                measures.what = Some(kind);
                measures.length = *length;
            }
            Sanction::Death {}
            | Sanction::Fine { .. }
            | Sanction::DayFine { .. }
            | Sanction::Admonition {}
            | Sanction::Deferred { .. } => {}
        }
        measures
    }
}

fn terms(to: Option<CustodyTerm>, from: Option<CustodyTerm>) -> Option<Ordering> {
    use CustodyTerm::{Determinate, Indeterminate, Life};
    match (to, from) {
        (Some(Determinate(to)), Some(Determinate(from))) => lengths(Some(to), Some(from)),
        (Some(Determinate(_)), Some(Life | Indeterminate)) => Some(Ordering::Less),
        (None, None) => Some(Ordering::Equal),
        (Some(Life | Indeterminate) | None, Some(_)) | (Some(_), None) => None,
    }
}

fn lengths(to: Option<Length>, from: Option<Length>) -> Option<Ordering> {
    match (to, from) {
        (Some(to), Some(from)) if from.exceeds(to) => Some(Ordering::Less),
        (Some(to), Some(from)) if to.exceeds(from) => Some(Ordering::Greater),
        (Some(_), Some(_)) | (None, None) => Some(Ordering::Equal),
        (None, Some(_)) | (Some(_), None) => None,
    }
}

/// Lengths of a condition: none at all is less than any.
fn lasting(to: Option<Length>, from: Option<Length>) -> Option<Ordering> {
    match (to, from) {
        (None, Some(_)) => Some(Ordering::Less),
        (Some(_), None) => Some(Ordering::Greater),
        (Some(_), Some(_)) | (None, None) => lengths(to, from),
    }
}

fn amounts(to: Option<&Money>, from: Option<&Money>) -> Option<Ordering> {
    match (to, from) {
        (Some(to), Some(from)) => (to.currency == from.currency).then(|| to.minor.cmp(&from.minor)),
        (None, None) => Some(Ordering::Equal),
        (None, Some(_)) | (Some(_), None) => None,
    }
}

/// Requirements: none is new and none is more; fewer, or less of one, is less.
fn requirements(to: &[RequirementTerms], from: &[RequirementTerms]) -> Option<Ordering> {
    let mut less = to.len() < from.len();
    for asks in to {
        let asked = from.iter().find(|asked| asked.kind == asks.kind)?;
        let amount = match (asks.quantity, asked.quantity) {
            (Some(to), Some(from)) if to.unit() == from.unit() => to.amount().cmp(&from.amount()),
            (None, None) => Ordering::Equal,
            (Some(_) | None, Some(_)) | (Some(_), None) => return None,
        };
        let length = lengths(asks.length, asked.length)?;
        if amount == Ordering::Greater || length == Ordering::Greater {
            return Some(Ordering::Greater);
        }
        less |= amount == Ordering::Less || length == Ordering::Less;
    }
    Some(if less {
        Ordering::Less
    } else {
        Ordering::Equal
    })
}

fn said(sanction: &Sanction) -> String {
    let kind = sanction.kind();
    match (sanction, total(sanction)) {
        (Sanction::Fine { .. }, Some((_, amount))) => format!("a fine of {amount}"),
        (
            Sanction::DayFine {
                units: Some(units), ..
            },
            Some((_, value)),
        ) => format!("{units} day-fines of {value}"),
        (Sanction::Custody { term: Some(term) }, _) => term.in_words(),
        (_, _) => match sanction.custody_length() {
            Some(length) => format!("{kind} of {}", length.in_words()),
            None => kind.to_string(),
        },
    }
}
