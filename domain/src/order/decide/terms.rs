//! What stands against the length of an order and the terms of its requirements.

use super::Objections;
use crate::act::{Grade, Objection};
use crate::jurisdiction::{Pack, RequirementRule};
use crate::order::command::Make;
use crate::order::refusal::OrderRefusal;
use crate::order::state::last_day;
use crate::order::terms::Terms;
use crate::values::{CivilDate, Code, Consent, Day, Length, Quantity, Unit};

pub(super) fn unit_title(unit: Unit) -> &'static str {
    match unit {
        Unit::Minutes => "minutes",
        Unit::Days => "days",
        Unit::Sessions => "sessions",
    }
}

const ORDER: &str = "the order";

/// What stands against the life of an order.
pub(super) fn order(order: &Make, law: &Pack, found: &mut Objections) {
    span(ORDER, order.starts, order.period, order.ends, found);
    longest(ORDER, order.period, law.orders.longest, found);
}

/// What stands against an order that lasts so long from its first day.
pub(super) fn period(starts: CivilDate, period: Length, law: &Pack, found: &mut Objections) {
    span(ORDER, starts, Some(period), None, found);
    longest(ORDER, Some(period), law.orders.longest, found);
}

/// What stands against a requirement that ends on a day, in an order that ends on another.
pub(super) fn within(
    kind: &Code,
    requirement_ends: Option<Day>,
    order_ends: Option<Day>,
    found: &mut Objections,
) {
    if let (Some(order), Some(requirement)) = (order_ends, requirement_ends)
        && requirement > order
    {
        found.push(Objection::hard(OrderRefusal::OrderEndsFirst {
            order,
            kind: kind.clone(),
            requirement,
        }));
    }
}

/// What stands against a requirement in an order that ends on a day.
pub(super) fn requirement(
    terms: &Terms,
    order_starts: CivilDate,
    order_ends: Option<Day>,
    law: &Pack,
    found: &mut Objections,
) {
    let kind = terms.kind.as_str();
    let starts = terms.starts.unwrap_or(order_starts);
    span(kind, starts, terms.length, terms.ends, found);
    if starts.is_before(order_starts) {
        found.push(Objection::hard(OrderRefusal::BeforeTheStart {
            on: starts,
            starts: order_starts,
        }));
    }
    let ends = last_day(starts, terms.length, terms.ends);
    within(&terms.kind, ends, order_ends, found);
    match law.orders.requirement(&terms.kind) {
        Some(rule) => by_rule(terms, rule, found),
        None => found.push(Objection::hard(OrderRefusal::UnknownKind {
            kind: terms.kind.clone(),
        })),
    }
}

fn by_rule(terms: &Terms, rule: &RequirementRule, found: &mut Objections) {
    let kind = || terms.kind.clone();
    longest(terms.kind.as_str(), terms.length, rule.longest, found);
    if terms.quantity.is_some_and(|q| q.amount() == 0) {
        let what = terms.kind.to_string();
        found.push(Objection::hard(OrderRefusal::Nothing { what }));
    } else if let (Some(unit), Some(quantity)) = (rule.unit, terms.quantity) {
        limits(terms, rule, unit, quantity, found);
    } else if rule.unit.is_none() && terms.quantity.is_some() {
        found.push(Objection::hard(OrderRefusal::NotCounted { kind: kind() }));
    }
    if rule.consent && terms.consent.value() != Some(&Consent::Given) {
        found.push(Objection::hard(OrderRefusal::ConsentMissing {
            kind: kind(),
        }));
    }
}

fn limits(
    terms: &Terms,
    rule: &RequirementRule,
    unit: Unit,
    quantity: Quantity,
    found: &mut Objections,
) {
    let (kind, amount) = (terms.kind.clone(), quantity.amount());
    let (least, most) = (rule.least.unwrap_or(0), rule.most.unwrap_or(u32::MAX));
    let title = unit_title(unit);
    if quantity.unit() != unit {
        let refusal = OrderRefusal::WrongUnit { kind, unit: title };
        found.push(Objection::hard(refusal));
    } else if !(least..=most).contains(&amount) {
        found.push(Objection::hard(OrderRefusal::OutsideLimits {
            kind,
            amount: quantity,
            least: Quantity::of(least, unit),
            most: Quantity::of(most, unit),
        }));
    }
}

/// A requirement that says neither how much nor how long; a sentence may have left it to the length of the order.
pub(super) fn measured(terms: &Terms, grade: Grade, found: &mut Objections) {
    if terms.quantity.is_none() && terms.length.is_none() && terms.ends.is_none() {
        let kind = terms.kind.clone();
        found.push(Objection {
            grade,
            refusal: OrderRefusal::QuantityMissing { kind },
        });
    }
}

fn longest(what: &str, length: Option<Length>, longest: Option<Length>, found: &mut Objections) {
    if let (Some(length), Some(longest)) = (length, longest)
        && length.exceeds(longest)
    {
        found.push(Objection::hard(OrderRefusal::TooLong {
            what: what.to_owned(),
            length,
            longest,
        }));
    }
}

fn span(
    what: &str,
    starts: CivilDate,
    length: Option<Length>,
    fixed: Option<Day>,
    found: &mut Objections,
) {
    let what = || what.to_owned();
    if let Some(length) = length {
        if length.is_zero() {
            found.push(Objection::hard(OrderRefusal::Nothing { what: what() }));
            return;
        }
        if length.term().is_none() {
            let refusal = OrderRefusal::NotACalendarTerm {
                what: what(),
                length,
            };
            found.push(Objection::hard(refusal));
        }
    }
    let Some(given) = fixed else { return };
    if starts.is_after(given) {
        found.push(Objection::hard(OrderRefusal::EndsBeforeStart {
            what: what(),
            ends: given,
            starts,
        }));
    } else if let Some(counted) = last_day(starts, length, None)
        && counted != given
    {
        found.push(Objection::hard(OrderRefusal::EndsElsewhere {
            what: what(),
            given,
            counted,
        }));
    }
}
