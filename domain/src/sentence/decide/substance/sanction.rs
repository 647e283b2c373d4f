//! One sanction: whether the law knows it, how much of it there is, what it requires.

use super::Objections;
use crate::act::Objection;
use crate::jurisdiction::{Pack, RequirementRule, codes_of};
use crate::sentence::decision::{Component, CustodyTerm, RequirementTerms, Sanction, SanctionKind};
use crate::sentence::refusal::{CodeList, SentenceRefusal};
use crate::values::{Code, Consent, Length, Money, Quantity, Unit};

/// Everything of substance that stands against one component by itself.
pub(in crate::sentence::decide) fn check(
    component: &Component,
    law: &Pack,
    found: &mut Objections,
) {
    let (no, kind) = (component.no, component.sanction.kind());
    let allowed = &law.sentencing.sanctions;
    let known = if allowed.is_empty() {
        kind != SanctionKind::Death
    } else {
        allowed.contains(&kind)
    };
    if !known {
        found.push(Objection::hard(SentenceRefusal::UnknownSanction { kind }));
    }
    quantities(component, law, found);
    for length in lengths(&component.sanction) {
        if length.term().is_none() {
            found.push(Objection::hard(SentenceRefusal::NotACalendarTerm {
                component: no,
                length,
            }));
        }
    }
    limits(component, law, found);
    money(component, law, found);
    if let Some(code) = unlisted(&component.sanction, law) {
        let list = CodeList::Measures;
        let known = codes_of(&law.sentencing.measures);
        found.push(Objection::hard(SentenceRefusal::UnknownCode {
            list,
            code,
            known,
        }));
    }
    if let Some(code) = foreign(&component.sanction, law) {
        let list = CodeList::Currencies;
        let known = Code::parse(law.currency.as_str()).into_iter().collect();
        found.push(Objection::hard(SentenceRefusal::UnknownCode {
            list,
            code,
            known,
        }));
    }
    requirements(component, law, found);
}

/// S-18: it lasts no longer than the law allows its kind.
fn limits(component: &Component, law: &Pack, found: &mut Objections) {
    let (sanction, kind) = (&component.sanction, component.sanction.kind());
    let Some(limits) = law.sentencing.limits.get(&kind) else {
        return;
    };
    let limited = [
        (term(sanction), limits.longest),
        (period(sanction), limits.longest_period),
    ];
    for (length, longest) in limited {
        if let (Some(length), Some(longest)) = (length, longest)
            && length.exceeds(longest)
        {
            found.push(Objection::hard(SentenceRefusal::LastsTooLong {
                component: component.no,
                kind,
                length,
                longest,
            }));
        }
    }
}

/// From how many minor units on an amount is hardly possible where the law sets no limit: ten thousand million of the
/// currency, more than the largest fines that courts have imposed on anybody.
const HARDLY_POSSIBLE: u64 = 1_000_000_000_000;

/// S-18, S-19: it is no more money than the law allows, nor than anybody could be asked.
fn money(component: &Component, law: &Pack, found: &mut Objections) {
    let (no, kind) = (component.no, component.sanction.kind());
    let Some(amount) = amount_of_money(&component.sanction) else {
        return;
    };
    let limits = law.sentencing.limits.get(&kind);
    match limits.and_then(|limits| limits.most) {
        Some(most) if amount > most => {
            found.push(Objection::hard(SentenceRefusal::MoreThanAllowed {
                component: no,
                kind,
                amount,
                most,
            }));
        }
        None if amount >= HARDLY_POSSIBLE => {
            found.push(Objection::notice(SentenceRefusal::HardlyPossible {
                component: no,
                kind,
                amount,
            }));
        }
        Some(_) | None => {}
    }
}

/// What a sanction takes in all, in minor units.
fn amount_of_money(sanction: &Sanction) -> Option<u64> {
    match sanction {
        Sanction::Fine { amount } | Sanction::Compensation { amount } => {
            amount.as_ref().map(|amount| amount.minor)
        }
        Sanction::DayFine { units, unit_value } => {
            let each = unit_value.as_ref()?.minor;
            Some(each.saturating_mul(u64::from((*units)?)))
        }
        Sanction::Death {}
        | Sanction::Custody { .. }
        | Sanction::SuspendedCustody { .. }
        | Sanction::CommunityOrder { .. }
        | Sanction::Discharge { .. }
        | Sanction::Admonition {}
        | Sanction::Deferred { .. }
        | Sanction::Ancillary { .. }
        | Sanction::Other { .. } => None,
    }
}

/// S-6: the quantity that a sanction is measured by is there, and nothing in it is zero.
fn quantities(component: &Component, law: &Pack, found: &mut Objections) {
    let (component_no, kind) = (component.no, component.sanction.kind());
    let sanction = &component.sanction;
    let amounts = sanction.requirements().iter().filter_map(|r| r.quantity);
    let zero = lengths(sanction).iter().any(|length| length.is_zero())
        || amounts.clone().any(|quantity| quantity.amount() == 0)
        || is_nothing(sanction);
    if zero {
        found.push(Objection::hard(SentenceRefusal::QuantityZero {
            component: component_no,
            kind,
        }));
    }
    if lacks_measure(sanction)
        || sanction
            .requirements()
            .iter()
            .any(|r| unmeasured(r, sanction, law))
    {
        found.push(Objection::hard(SentenceRefusal::QuantityMissing {
            component: component_no,
            kind,
        }));
    }
}

/// Whether money or units of nothing are imposed.
fn is_nothing(sanction: &Sanction) -> bool {
    let no_money = |amount: &Option<Money>| amount.as_ref().is_some_and(|a| a.minor == 0);
    match sanction {
        Sanction::Fine { amount } | Sanction::Compensation { amount } => no_money(amount),
        Sanction::DayFine { units, unit_value } => *units == Some(0) || no_money(unit_value),
        Sanction::Death {}
        | Sanction::Custody { .. }
        | Sanction::SuspendedCustody { .. }
        | Sanction::CommunityOrder { .. }
        | Sanction::Discharge { .. }
        | Sanction::Admonition {}
        | Sanction::Deferred { .. }
        | Sanction::Ancillary { .. }
        | Sanction::Other { .. } => false,
    }
}

/// Whether the quantity is missing that the sanction itself is measured by.
fn lacks_measure(sanction: &Sanction) -> bool {
    match sanction {
        Sanction::Custody { term } => term.is_none(),
        Sanction::SuspendedCustody { term, .. } => term.is_none(),
        Sanction::CommunityOrder {
            period,
            requirements,
        } => {
            let measured = |r: &RequirementTerms| r.quantity.is_some() || r.length.is_some();
            period.is_none() && !requirements.iter().any(measured)
        }
        Sanction::Fine { amount } | Sanction::Compensation { amount } => amount.is_none(),
        Sanction::DayFine { units, unit_value } => units.is_none() || unit_value.is_none(),
        Sanction::Deferred { until } => until.is_none(),
        Sanction::Death {}
        | Sanction::Discharge { .. }
        | Sanction::Admonition {}
        | Sanction::Ancillary { .. }
        | Sanction::Other { .. } => false,
    }
}

/// Whether a requirement says neither how much nor how long. One that only lasts may last as long as its order.
fn unmeasured(terms: &RequirementTerms, sanction: &Sanction, law: &Pack) -> bool {
    match law.orders.requirement(&terms.kind) {
        Some(RequirementRule { unit: Some(_), .. }) => terms.quantity.is_none(),
        Some(_) => terms.length.is_none() && period(sanction).is_none(),
        None => false,
    }
}

/// The period of an order, of a suspension or of a condition.
fn period(sanction: &Sanction) -> Option<Length> {
    match sanction {
        Sanction::SuspendedCustody {
            operational_period, ..
        } => *operational_period,
        Sanction::CommunityOrder { period, .. } => *period,
        Sanction::Discharge { conditional_for } => *conditional_for,
        Sanction::Death {}
        | Sanction::Custody { .. }
        | Sanction::Fine { .. }
        | Sanction::DayFine { .. }
        | Sanction::Compensation { .. }
        | Sanction::Admonition {}
        | Sanction::Deferred { .. }
        | Sanction::Ancillary { .. }
        | Sanction::Other { .. } => None,
    }
}

/// How long the sanction itself lasts, where it is not told as a period.
fn term(sanction: &Sanction) -> Option<Length> {
    match sanction {
        Sanction::Custody {
            term: Some(CustodyTerm::Determinate(length)),
        } => Some(*length),
        Sanction::SuspendedCustody { term, .. } => *term,
        Sanction::Ancillary { length, .. } | Sanction::Other { length, .. } => *length,
        Sanction::Custody { .. }
        | Sanction::Death {}
        | Sanction::CommunityOrder { .. }
        | Sanction::Fine { .. }
        | Sanction::DayFine { .. }
        | Sanction::Compensation { .. }
        | Sanction::Discharge { .. }
        | Sanction::Admonition {}
        | Sanction::Deferred { .. } => None,
    }
}

/// Every length that a sanction holds.
fn lengths(sanction: &Sanction) -> Vec<Length> {
    let requirements = sanction.requirements().iter().filter_map(|r| r.length);
    term(sanction)
        .into_iter()
        .chain(period(sanction))
        .chain(requirements)
        .collect()
}

/// The measure that a sanction names, where the pack lists its measures and this is none of them.
fn unlisted(sanction: &Sanction, law: &Pack) -> Option<Code> {
    let (Sanction::Ancillary { kind, .. } | Sanction::Other { kind, .. }) = sanction else {
        return None;
    };
    let measures = &law.sentencing.measures;
    let known = measures.is_empty() || measures.iter().any(|m| &m.code == kind);
    (!known).then(|| kind.clone())
}

/// The currency of a sanction, where it is not that of the jurisdiction.
fn foreign(sanction: &Sanction, law: &Pack) -> Option<Code> {
    let money = match sanction {
        Sanction::Fine { amount } | Sanction::Compensation { amount } => amount.as_ref(),
        Sanction::DayFine { unit_value, .. } => unit_value.as_ref(),
        Sanction::Death {}
        | Sanction::Custody { .. }
        | Sanction::SuspendedCustody { .. }
        | Sanction::CommunityOrder { .. }
        | Sanction::Discharge { .. }
        | Sanction::Admonition {}
        | Sanction::Deferred { .. }
        | Sanction::Ancillary { .. }
        | Sanction::Other { .. } => None,
    };
    let currency = &money
        .filter(|money| money.currency != law.currency)?
        .currency;
    Code::parse(currency.as_str()).ok()
}

/// S-9 and S-10: what the order requires, and that it lasts as long as its requirements.
fn requirements(component: &Component, law: &Pack, found: &mut Objections) {
    let no = component.no;
    let period = period(&component.sanction);
    if let (Some(order), Some(longest)) = (period, law.orders.longest)
        && component.sanction.kind() == SanctionKind::CommunityOrder
        && order.exceeds(longest)
    {
        found.push(Objection::hard(SentenceRefusal::OrderTooLong {
            component: no,
            order,
            longest,
        }));
    }
    for terms in component.sanction.requirements() {
        requirement(component, terms, law, found);
        if let (Some(order), Some(requirement)) = (period, terms.length)
            && requirement.exceeds(order)
        {
            found.push(Objection::hard(SentenceRefusal::OrderEndsFirst {
                component: no,
                order,
                kind: terms.kind.clone(),
                requirement,
            }));
        }
    }
}

fn requirement(
    component: &Component,
    terms: &RequirementTerms,
    law: &Pack,
    found: &mut Objections,
) {
    let component_no = component.no;
    let kind = terms.kind.clone();
    let Some(rule) = law.orders.requirement(&kind) else {
        found.push(Objection::hard(SentenceRefusal::UnknownRequirement {
            component: component_no,
            kind,
        }));
        return;
    };
    amount(component, terms, rule, found);
    if let (Some(length), Some(longest)) = (terms.length, rule.longest)
        && length.exceeds(longest)
    {
        found.push(Objection::hard(SentenceRefusal::RequirementTooLong {
            component: component_no,
            kind: kind.clone(),
            length,
            longest,
        }));
    }
    if rule.consent && terms.consent.value() != Some(&Consent::Given) {
        found.push(Objection::hard(SentenceRefusal::ConsentMissing {
            component: component_no,
            kind,
        }));
    }
}

/// Whether the amount of a requirement is in its unit and within its limits.
fn amount(
    component: &Component,
    terms: &RequirementTerms,
    rule: &RequirementRule,
    found: &mut Objections,
) {
    let Some(quantity) = terms.quantity else {
        return;
    };
    let (least, most) = (rule.least.unwrap_or(0), rule.most.unwrap_or(u32::MAX));
    if rule.unit != Some(quantity.unit()) {
        found.push(Objection::hard(SentenceRefusal::WrongUnit {
            component: component.no,
            kind: terms.kind.clone(),
            unit: unit_title(rule.unit).to_owned(),
        }));
    } else if !(least..=most).contains(&quantity.amount()) {
        found.push(Objection::hard(SentenceRefusal::OutsideLimits {
            component: component.no,
            kind: terms.kind.clone(),
            amount: quantity,
            least: Quantity::of(least, quantity.unit()),
            most: Quantity::of(most, quantity.unit()),
        }));
    }
}

fn unit_title(unit: Option<Unit>) -> &'static str {
    match unit {
        Some(Unit::Minutes) => "minutes",
        Some(Unit::Days) => "days",
        Some(Unit::Sessions) => "sessions",
        None => "years, months and days",
    }
}
