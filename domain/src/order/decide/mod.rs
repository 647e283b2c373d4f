//! Whether a step may be taken, and what then happens: a ladder of guards, one way out.

mod attendance;
mod breach;
mod correction;
mod credit;
mod ending;
mod making;
mod terms;

use super::command::OrderCommand;
use super::event::OrderEvent;
use super::refusal::OrderRefusal;
use super::state::{Made, Order, Requirement, Standing};
use crate::act::{Door, Facts, Objection};
use crate::jurisdiction::{Coded, codes_of, knows};
use crate::safeguards::order as safeguards;
use crate::values::{Code, Occurred, RequirementNo};

type Decided = Result<Vec<OrderEvent>, OrderRefusal>;
type Objections = Vec<Objection<OrderRefusal>>;

pub(super) fn decide(order: &Order, command: OrderCommand, facts: &Facts) -> Decided {
    match command {
        OrderCommand::Make(wish) => making::make(order, wish, facts),
        OrderCommand::VaryPeriod(wish) => making::vary_period(order, wish, facts),
        OrderCommand::AddRequirement(wish) => making::add(order, wish, facts),
        OrderCommand::VaryRequirement(wish) => making::vary(order, wish, facts),
        OrderCommand::EndRequirement(wish) => making::end(order, wish, facts),
        OrderCommand::ScheduleAppointment(wish) => attendance::schedule(order, wish, facts),
        OrderCommand::RecordAttendance(wish) => attendance::record(order, wish, facts),
        OrderCommand::CorrectAttendance(wish) => correction::correct(order, wish, facts),
        OrderCommand::CreditHours(wish) => credit::credit(order, wish, facts),
        OrderCommand::ReverseHours(wish) => credit::reverse(order, wish, facts),
        OrderCommand::IssueWarning(wish) => breach::warn(order, wish, facts),
        OrderCommand::WithdrawWarning(wish) => breach::withdraw(order, wish, facts),
        OrderCommand::AllegeBreach(wish) => breach::allege(order, wish, facts),
        OrderCommand::ProveBreach(wish) => breach::prove(order, wish, facts),
        OrderCommand::FindBreachNotProven(wish) => breach::not_proven(order, wish, facts),
        OrderCommand::Revoke(wish) => ending::revoke(order, wish, facts),
        OrderCommand::Transfer(wish) => ending::transfer(order, wish, facts),
        OrderCommand::DischargeEarly(wish) => ending::discharge(order, wish, facts),
        OrderCommand::Complete(wish) => ending::complete(order, wish, facts),
        OrderCommand::EndBySentence(wish) => ending::end_by_sentence(order, wish, facts),
    }
}

fn made<'a>(order: &'a Order, wish: &'static str) -> Result<&'a Made, OrderRefusal> {
    order.made().ok_or(OrderRefusal::NotPossible {
        state: order.title(),
        wish,
    })
}

/// The order that a step belongs to: one in force. What was done while it was in force, or although it was over, is
/// recorded when it has happened; it is never an act that is taken.
fn in_force<'a>(
    order: &'a Order,
    wish: &'static str,
    done: Occurred,
    facts: &Facts,
    found: &mut Objections,
) -> Result<&'a Made, OrderRefusal> {
    let made = made(order, wish)?;
    if made.standing != Standing::InForce {
        is_told(order, wish, done, facts)?;
        safeguards::after_the_end(made, done, facts, found);
    }
    Ok(made)
}

/// Refuses an act on an order that is over; what has happened is told.
fn is_told(
    order: &Order,
    wish: &'static str,
    done: Occurred,
    facts: &Facts,
) -> Result<(), OrderRefusal> {
    match facts.door(done) {
        Door::Existing => Ok(()),
        Door::Live | Door::Looked => Err(OrderRefusal::NotPossible {
            state: order.title(),
            wish,
        }),
    }
}

fn past(done: Occurred, facts: &Facts) -> Result<(), OrderRefusal> {
    if facts.is_future(done) {
        Err(OrderRefusal::InTheFuture { done })
    } else {
        Ok(())
    }
}

/// A step after the making: it does not lie in the future, and what stands against one from certainly before the order
/// was made.
fn since(
    made: &Made,
    done: Occurred,
    facts: &Facts,
    found: &mut Objections,
) -> Result<(), OrderRefusal> {
    past(done, facts)?;
    if facts.is_before(done, made.made) {
        let made = made.made;
        found.push(Objection::hard(OrderRefusal::BeforeTheMaking {
            done,
            made,
        }));
    }
    Ok(())
}

fn requirement(made: &Made, requirement: RequirementNo) -> Result<&Requirement, OrderRefusal> {
    made.requirements
        .get(&requirement)
        .ok_or(OrderRefusal::NoSuchRequirement { requirement })
}

/// A code outside its list; an empty list holds every code.
fn listed(list: &'static str, codes: &[Coded], code: &Code, found: &mut Objections) {
    if !knows(codes, code.as_str()) {
        found.push(Objection::hard(OrderRefusal::UnknownCode {
            list,
            code: code.clone(),
            known: codes_of(codes),
        }));
    }
}
