//! Transfer, and the ways in which an order ends.

use super::making::office;
use super::{Decided, Objections, in_force, is_told, listed, made, since};
use crate::act::{Door, Facts, Grade, Objection, through};
use crate::order::command::{Complete, CourtStep, EndBySentence, TransferOrder};
use crate::order::event::OrderEvent;
use crate::order::refusal::OrderRefusal;
use crate::order::state::{Made, Order, Requirement, Standing};
use crate::safeguards::order as safeguards;
use crate::values::{Day, Occurred, RequirementNo};

pub(super) fn revoke(order: &Order, wish: CourtStep, facts: &Facts) -> Decided {
    let (door, mut found) = court_step(order, &wish, "revoking the order", facts)?;
    safeguards::appeal_told(wish.appeal_told, door, &facts.law, &mut found);
    let findings = through(door, found)?;
    Ok(vec![OrderEvent::Revoked {
        step: wish,
        door,
        findings,
    }])
}

pub(super) fn discharge(order: &Order, wish: CourtStep, facts: &Facts) -> Decided {
    let (door, found) = court_step(order, &wish, "discharging the order", facts)?;
    let findings = through(door, found)?;
    Ok(vec![OrderEvent::DischargedEarly {
        step: wish,
        door,
        findings,
    }])
}

/// An order that ends: one in force. That one ended otherwise than it is recorded is told, and somebody looks which of the two
/// is right; until then it goes on standing as it did.
fn ending<'a>(
    order: &'a Order,
    wish: &'static str,
    done: Occurred,
    facts: &Facts,
    found: &mut Objections,
) -> Result<&'a Made, OrderRefusal> {
    let made = made(order, wish)?;
    if let Some(over) = made.over {
        is_told(order, wish, done, facts)?;
        found.push(Objection::hard(OrderRefusal::EndedAlready {
            state: order.title(),
            ended: facts.date(over),
            wish,
            done: facts.date(done),
        }));
    }
    Ok(made)
}

fn court_step(
    order: &Order,
    wish: &CourtStep,
    what: &'static str,
    facts: &Facts,
) -> Result<(Door, Objections), OrderRefusal> {
    let mut found = Objections::new();
    let made = ending(order, what, wish.pronounced, facts, &mut found)?;
    safeguards::by_people(what, facts)?;
    since(made, wish.pronounced, facts, &mut found)?;
    let reasons = &facts.law.orders.ending_reasons;
    listed("reason", reasons, &wish.reason, &mut found);
    Ok((facts.door(wish.pronounced), found))
}

pub(super) fn transfer(order: &Order, wish: TransferOrder, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let made = in_force(order, "a transfer", wish.done, facts, &mut found)?;
    since(made, wish.done, facts, &mut found)?;
    if made.office == wish.to {
        return Err(OrderRefusal::ChangesNothing);
    }
    office(&wish.to, Grade::Hard, facts, &mut found);
    let door = facts.door(wish.done);
    let findings = through(door, found)?;
    Ok(vec![OrderEvent::Transferred {
        from: made.office.clone(),
        transfer: wish,
        door,
        findings,
    }])
}

pub(super) fn complete(order: &Order, wish: Complete, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let made = ending(order, "completion", wish.done, facts, &mut found)?;
    since(made, wish.done, facts, &mut found)?;
    let grade = if wish.reason.is_some() {
        Grade::Notice
    } else {
        Grade::Reasons
    };
    let day = facts.date(wish.done).latest().unwrap_or(facts.today);
    let open = open_matters(made, day).into_iter();
    found.extend(open.map(|refusal| Objection { grade, refusal }));
    if let Some(reason) = &wish.reason {
        let reasons = &facts.law.orders.ending_reasons;
        listed("reason", reasons, reason, &mut found);
    }
    let door = facts.door(wish.done);
    let findings = through(door, found)?;
    Ok(vec![OrderEvent::Completed {
        completion: wish,
        door,
        findings,
    }])
}

/// What is open on a day: hours that are owed, lengths that have not passed, breaches that wait.
fn open_matters(made: &Made, day: Day) -> Vec<OrderRefusal> {
    let running = made.requirements.iter().filter(|(_, r)| r.ended.is_none());
    let owed = running.filter_map(|(no, r)| still_open(*no, r, made, day));
    let waiting = made.open_breaches();
    owed.chain(waiting.map(|(breach, _)| OrderRefusal::BreachOpen { breach }))
        .collect()
}

/// A counted requirement is done when all is credited; one that only lasts, when its last day has come.
fn still_open(
    no: RequirementNo,
    requirement: &Requirement,
    made: &Made,
    day: Day,
) -> Option<OrderRefusal> {
    if let Some(owed) = requirement.remaining() {
        let refusal = OrderRefusal::StillOwed {
            requirement: no,
            owed,
        };
        return (owed.amount() > 0).then_some(refusal);
    }
    let ends = requirement.ends.or(made.ends)?;
    (ends > day).then(|| OrderRefusal::StillLasts {
        what: requirement.terms.kind.to_string(),
        ends,
    })
}

pub(super) fn end_by_sentence(order: &Order, wish: EndBySentence, facts: &Facts) -> Decided {
    let act = "ending it with its sentence";
    let made = made(order, act)?;
    if made.standing != Standing::InForce {
        let state = order.title();
        return Err(OrderRefusal::NotPossible { state, wish: act });
    }
    // It is carried out by the register itself, keeps no findings, and has no second door.
    let mut found = Objections::new();
    since(made, wish.done, facts, &mut found)?;
    through(Door::Live, found)?;
    Ok(vec![OrderEvent::Ended(wish)])
}
