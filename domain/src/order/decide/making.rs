//! Making an order; adding, varying and ending its requirements.

use super::{Decided, Objections, in_force, listed, past, requirement, since, terms};
use crate::act::{Facts, Grade, Objection, Reference, through};
use crate::order::command::{AddRequirement, EndRequirement, Make, VaryPeriod, VaryRequirement};
use crate::order::event::OrderEvent;
use crate::order::refusal::OrderRefusal;
use crate::order::state::{Made, Order, last_day};
use crate::safeguards::order as safeguards;
use crate::values::{OfficeCode, RequirementNo};

pub(super) fn make(order: &Order, wish: Make, facts: &Facts) -> Decided {
    if order.made().is_some() {
        return Err(OrderRefusal::AlreadyMade);
    }
    past(wish.made, facts)?;
    let law = facts.law.as_ref();
    let mut found = Objections::new();
    if !facts.found.contains(&Reference::Sentence(wish.sentence)) {
        let sentence = wish.sentence;
        found.push(Objection::hard(OrderRefusal::SentenceNotInForce {
            sentence,
        }));
    }
    if wish.requirements.is_empty() {
        found.push(Objection::notice(OrderRefusal::NoRequirement));
    }
    office(&wish.office, Grade::Notice, facts, &mut found);
    if !facts.stated {
        terms::order(&wish, law, &mut found);
    }
    let ends = last_day(wish.starts, wish.period, wish.ends);
    for asked in &wish.requirements {
        if !facts.stated {
            terms::requirement(asked, wish.starts, ends, law, &mut found);
        }
        terms::measured(asked, Grade::Notice, &mut found);
    }
    let door = facts.door(wish.made);
    let findings = through(door, found)?;
    Ok(vec![OrderEvent::Made {
        order: wish,
        door,
        findings,
    }])
}

/// An office outside the pack's list; an empty list holds every office.
pub(super) fn office(office: &OfficeCode, grade: Grade, facts: &Facts, found: &mut Objections) {
    let offices = &facts.law.offices;
    let known = offices.iter().any(|o| o.code.as_str() == office.as_str());
    if !offices.is_empty() && !known {
        let office = office.clone();
        let refusal = OrderRefusal::UnknownOffice { office };
        found.push(Objection { grade, refusal });
    }
}

pub(super) fn vary_period(order: &Order, wish: VaryPeriod, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let made = in_force(
        order,
        "varying its period",
        wish.pronounced,
        facts,
        &mut found,
    )?;
    safeguards::by_people("varying its period", facts)?;
    since(made, wish.pronounced, facts, &mut found)?;
    let ends = last_day(made.starts, Some(wish.period), None);
    if made.period == Some(wish.period) && made.ends == ends {
        return Err(OrderRefusal::ChangesNothing);
    }
    terms::period(made.starts, wish.period, &facts.law, &mut found);
    let running = made.requirements.values().filter(|r| r.ended.is_none());
    for requirement in running {
        terms::within(&requirement.terms.kind, requirement.ends, ends, &mut found);
    }
    let door = facts.door(wish.pronounced);
    let findings = through(door, found)?;
    Ok(vec![OrderEvent::PeriodVaried {
        variation: wish,
        door,
        findings,
    }])
}

pub(super) fn add(order: &Order, wish: AddRequirement, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let made = in_force(
        order,
        "adding a requirement",
        wish.pronounced,
        facts,
        &mut found,
    )?;
    safeguards::by_people("adding a requirement", facts)?;
    since(made, wish.pronounced, facts, &mut found)?;
    let law = facts.law.as_ref();
    terms::requirement(&wish.terms, made.starts, made.ends, law, &mut found);
    terms::measured(&wish.terms, Grade::Hard, &mut found);
    let door = facts.door(wish.pronounced);
    let findings = through(door, found)?;
    Ok(vec![OrderEvent::RequirementAdded {
        requirement: next_requirement(made),
        addition: wish,
        door,
        findings,
    }])
}

fn next_requirement(made: &Made) -> RequirementNo {
    let last = made.requirements.keys().next_back();
    last.map_or(RequirementNo(1), |no| no.next())
}

pub(super) fn vary(order: &Order, wish: VaryRequirement, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let made = in_force(
        order,
        "varying a requirement",
        wish.pronounced,
        facts,
        &mut found,
    )?;
    safeguards::by_people("varying a requirement", facts)?;
    since(made, wish.pronounced, facts, &mut found)?;
    let current = requirement(made, wish.requirement)?;
    if current.ended.is_some() {
        return Err(OrderRefusal::RequirementEnded {
            requirement: wish.requirement,
        });
    }
    if current.terms == wish.terms {
        return Err(OrderRefusal::ChangesNothing);
    }
    let law = facts.law.as_ref();
    terms::requirement(&wish.terms, made.starts, made.ends, law, &mut found);
    terms::measured(&wish.terms, Grade::Hard, &mut found);
    let door = facts.door(wish.pronounced);
    let findings = through(door, found)?;
    Ok(vec![OrderEvent::RequirementVaried {
        variation: wish,
        door,
        findings,
    }])
}

pub(super) fn end(order: &Order, wish: EndRequirement, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let made = in_force(
        order,
        "ending a requirement",
        wish.pronounced,
        facts,
        &mut found,
    )?;
    safeguards::by_people("ending a requirement", facts)?;
    since(made, wish.pronounced, facts, &mut found)?;
    if requirement(made, wish.requirement)?.ended.is_some() {
        return Err(OrderRefusal::RequirementEnded {
            requirement: wish.requirement,
        });
    }
    let reasons = &facts.law.orders.ending_reasons;
    listed("reason", reasons, &wish.reason, &mut found);
    let door = facts.door(wish.pronounced);
    let findings = through(door, found)?;
    Ok(vec![OrderEvent::RequirementEnded {
        end: wish,
        door,
        findings,
    }])
}
