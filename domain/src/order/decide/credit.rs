//! Crediting and reversing: in the unit of the requirement, within its ceiling, never below zero.

use super::terms::unit_title;
use super::{Decided, Objections, in_force, listed, made, requirement, since};
use crate::act::{Facts, Objection, through};
use crate::jurisdiction::Pack;
use crate::order::command::{CreditHours, ReverseHours};
use crate::order::event::OrderEvent;
use crate::order::refusal::OrderRefusal;
use crate::order::state::{Order, Requirement};
use crate::values::{Quantity, RequirementNo, Unit};

pub(super) fn credit(order: &Order, wish: CreditHours, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let made = in_force(order, "crediting", wish.done, facts, &mut found)?;
    since(made, wish.done, facts, &mut found)?;
    let to = requirement(made, wish.requirement)?;
    if to.ended.is_some() {
        return Err(OrderRefusal::RequirementEnded {
            requirement: wish.requirement,
        });
    }
    countable(to, wish.quantity, &facts.law)?;
    ceilings(
        wish.requirement,
        to,
        wish.quantity,
        0,
        &facts.law,
        &mut found,
    );
    let reasons = &facts.law.orders.credit_reasons;
    listed("reason", reasons, &wish.reason, &mut found);
    let door = facts.door(wish.done);
    let findings = through(door, found)?;
    Ok(vec![OrderEvent::HoursCredited {
        requirement: wish.requirement,
        quantity: wish.quantity,
        appointment: None,
        reason: Some(wish.reason),
        done: wish.done,
        door,
        note: wish.note,
        findings,
    }])
}

/// Refuses an amount that means nothing for a requirement, at either door: it could not be added up.
pub(super) fn countable(
    to: &Requirement,
    quantity: Quantity,
    law: &Pack,
) -> Result<(), OrderRefusal> {
    if quantity.amount() == 0 {
        return Err(OrderRefusal::CreditZero);
    }
    let kind = to.terms.kind.clone();
    let rule = law.orders.requirement(&to.terms.kind);
    match unit(to, law) {
        Some(unit) if unit == quantity.unit() => Ok(()),
        Some(unit) => Err(OrderRefusal::WrongUnit {
            kind,
            unit: unit_title(unit),
        }),
        None if rule.is_some() => Err(OrderRefusal::NotCounted { kind }),
        None => Ok(()),
    }
}

/// The unit of a requirement: that of what is owed, of the pack, or of what was credited first.
pub(super) fn unit(to: &Requirement, law: &Pack) -> Option<Unit> {
    let owed = to.terms.quantity.map(Quantity::unit);
    let ruled = || law.orders.requirement(&to.terms.kind)?.unit;
    owed.or_else(ruled).or_else(|| to.unit())
}

/// What stands against a credit of substance; `freed` is reversed in the same breath.
pub(super) fn ceilings(
    requirement: RequirementNo,
    to: &Requirement,
    credit: Quantity,
    freed: u32,
    law: &Pack,
    found: &mut Objections,
) {
    if let (Quantity::Minutes(minutes), Some(most)) = (credit, law.orders.most_minutes_a_credit)
        && minutes > most
    {
        let most = Quantity::Minutes(most);
        found.push(Objection::hard(OrderRefusal::AboveCeiling { credit, most }));
    }
    let Some(owed) = to.terms.quantity else {
        return;
    };
    let credited = to.credited_in(owed.unit()).saturating_sub(freed);
    let left = owed.amount().saturating_sub(credited);
    if credit.amount() > left {
        found.push(Objection::hard(OrderRefusal::MoreThanOwed {
            requirement,
            credit,
            owed: Quantity::of(left, owed.unit()),
        }));
    }
}

pub(super) fn reverse(order: &Order, wish: ReverseHours, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let made = made(order, "reversing a credit")?;
    since(made, wish.done, facts, &mut found)?;
    let from = requirement(made, wish.requirement)?;
    countable(from, wish.quantity, &facts.law)?;
    let unit = wish.quantity.unit();
    let mut most = from.credited_in(unit);
    if let Some(appointment) = wish.appointment {
        let at = made
            .appointments
            .get(&appointment)
            .filter(|a| a.requirement == wish.requirement)
            .ok_or(OrderRefusal::NoSuchAppointment { appointment })?;
        let hangs = at.credited.filter(|c| c.unit() == unit);
        most = most.min(hangs.map_or(0, Quantity::amount));
    }
    if wish.quantity.amount() > most {
        return Err(OrderRefusal::MoreThanCredited {
            quantity: wish.quantity,
            credited: Quantity::of(most, unit),
        });
    }
    let reasons = &facts.law.orders.credit_reasons;
    listed("reason", reasons, &wish.reason, &mut found);
    let door = facts.door(wish.done);
    let findings = through(door, found)?;
    Ok(vec![OrderEvent::HoursReversed {
        requirement: wish.requirement,
        quantity: wish.quantity,
        appointment: wish.appointment,
        reason: wish.reason,
        done: wish.done,
        door,
        note: wish.note,
        findings,
    }])
}
