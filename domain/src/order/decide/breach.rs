//! Enforcement: warnings, allegations of breach and what the court finds.

use super::{Decided, Objections, in_force, listed, made, requirement, since};
use crate::act::{Facts, Objection, through};
use crate::order::command::{
    AllegeBreach, BreachDecision, IssueWarning, ProveBreach, WithdrawWarning,
};
use crate::order::event::{NotProvenGround, OrderEvent};
use crate::order::refusal::OrderRefusal;
use crate::order::state::{Breach, BreachStep, Ending, Made, Order, Standing};
use crate::order::terms::Explanation;
use crate::safeguards::order as safeguards;
use crate::values::{AppointmentNo, BreachNo, Code, Known, Occurred, WarningNo};

const DECIDING: &str = "deciding a breach";

pub(super) fn warn(order: &Order, wish: IssueWarning, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let made = in_force(order, "a warning", wish.done, facts, &mut found)?;
    since(made, wish.done, facts, &mut found)?;
    if wish.appointments.is_empty() {
        found.push(Objection::hard(OrderRefusal::WarnsOfNothing));
    }
    failures(made, &wish.appointments, &mut found)?;
    let door = facts.door(wish.done);
    let findings = through(door, found)?;
    let last = made.warnings.keys().next_back();
    Ok(vec![OrderEvent::WarningIssued {
        warning: last.map_or(WarningNo(1), |no| no.next()),
        issue: wish,
        door,
        findings,
    }])
}

/// Appointments that exist; those that are no failure stand against what rests on them.
fn failures(
    made: &Made,
    appointments: &[AppointmentNo],
    found: &mut Objections,
) -> Result<(), OrderRefusal> {
    for no in appointments {
        let appointment = *no;
        let kept = made
            .appointments
            .get(no)
            .ok_or(OrderRefusal::NoSuchAppointment { appointment })?;
        if !kept.is_failure() {
            found.push(Objection::hard(OrderRefusal::NoFailure { appointment }));
        }
    }
    Ok(())
}

pub(super) fn withdraw(order: &Order, wish: WithdrawWarning, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let made = made(order, "withdrawing a warning")?;
    since(made, wish.done, facts, &mut found)?;
    let warning = wish.warning;
    if !made.open_warnings().any(|(no, _)| no == warning) {
        return Err(OrderRefusal::NoSuchWarning { warning });
    }
    let reasons = &facts.law.orders.correction_reasons;
    listed("reason", reasons, &wish.reason, &mut found);
    let door = facts.door(wish.done);
    let findings = through(door, found)?;
    Ok(vec![OrderEvent::WarningWithdrawn {
        withdrawal: wish,
        answers: None,
        door,
        findings,
    }])
}

pub(super) fn allege(order: &Order, wish: AllegeBreach, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let made = in_force(order, "alleging a breach", wish.alleged, facts, &mut found)?;
    safeguards::by_people("alleging a breach", facts)?;
    since(made, wish.alleged, facts, &mut found)?;
    if wish.requirements.is_empty() && wish.appointments.is_empty() {
        return Err(OrderRefusal::AllegesNothing);
    }
    for no in &wish.requirements {
        requirement(made, *no)?;
    }
    failures(made, &wish.appointments, &mut found)?;
    not_explained_to_come(wish.explained, facts)?;
    safeguards::explained_too_little(made, &wish, facts, &mut found);
    if let Some((breach, _)) = made.open_breaches().find(|(_, b)| same_facts(b, &wish)) {
        return Err(OrderRefusal::AllegedAlready { breach });
    }
    enough_failures(made, &wish, facts, &mut found);
    let door = facts.door(wish.alleged);
    let findings = through(door, found)?;
    let last = made.breaches.keys().next_back();
    Ok(vec![OrderEvent::BreachAlleged {
        breach: last.map_or(BreachNo(1), |no| no.next()),
        allegation: wish,
        door,
        findings,
    }])
}

/// An explanation that is yet to come explained nothing.
fn not_explained_to_come(said: Known<Explanation>, facts: &Facts) -> Result<(), OrderRefusal> {
    match said.value() {
        Some(said) if facts.is_future(Occurred::On(said.on)) => {
            Err(OrderRefusal::ExplainedToCome { on: said.on })
        }
        Some(_) | None => Ok(()),
    }
}

fn same_facts(open: &Breach, wish: &AllegeBreach) -> bool {
    if open.appointments.is_empty() && wish.appointments.is_empty() {
        let mut requirements = wish.requirements.iter();
        requirements.any(|no| open.requirements.contains(no))
    } else {
        let mut appointments = wish.appointments.iter();
        appointments.any(|no| open.appointments.contains(no))
    }
}

fn enough_failures(made: &Made, wish: &AllegeBreach, facts: &Facts, found: &mut Objections) {
    let enforcement = &facts.law.orders.enforcement;
    let day = facts.date(wish.alleged).latest().unwrap_or(facts.today);
    let counted = made.failures(day, enforcement.within_months).len();
    let failures = u32::try_from(counted).unwrap_or(u32::MAX);
    if failures >= enforcement.failures_before_breach {
        return;
    }
    let refusal = OrderRefusal::TooFewFailures {
        failures,
        asked: enforcement.failures_before_breach,
        months: enforcement.within_months,
    };
    let silent = wish.statement.is_none();
    found.push(if silent {
        Objection::reasons(refusal)
    } else {
        Objection::notice(refusal)
    });
}

/// A breach that waits for a decision. Once the order ended with its sentence none is decided; that one was is recorded.
fn open_breach<'a>(
    order: &'a Order,
    no: BreachNo,
    wish: &'static str,
    done: Occurred,
    facts: &Facts,
    found: &mut Objections,
) -> Result<(&'a Made, &'a Breach), OrderRefusal> {
    let made = made(order, wish)?;
    if let Standing::Over(Ending::WithSentence(_)) = made.standing {
        in_force(order, wish, done, facts, found)?;
    }
    made.breaches
        .get(&no)
        .filter(|breach| breach.step == BreachStep::Alleged)
        .map(|breach| (made, breach))
        .ok_or(OrderRefusal::NoSuchBreach { breach: no })
}

fn after_allegation(
    made: &Made,
    breach: &Breach,
    done: Occurred,
    facts: &Facts,
    found: &mut Objections,
) -> Result<(), OrderRefusal> {
    since(made, done, facts, found)?;
    if facts.is_before(done, breach.alleged) {
        let alleged = breach.alleged;
        found.push(Objection::hard(OrderRefusal::BeforeTheAllegation {
            done,
            alleged,
        }));
    }
    Ok(())
}

pub(super) fn prove(order: &Order, wish: ProveBreach, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let (no, done) = (wish.breach, wish.pronounced);
    let (made, breach) = open_breach(order, no, DECIDING, done, facts, &mut found)?;
    safeguards::by_people(DECIDING, facts)?;
    not_explained_to_come(wish.explained, facts)?;
    after_allegation(made, breach, done, facts, &mut found)?;
    let door = facts.door(wish.pronounced);
    safeguards::proof(made, breach, &wish, door, facts, &mut found);
    responses(&wish, facts, &mut found);
    let findings = through(door, found)?;
    Ok(vec![OrderEvent::BreachProven {
        decision: wish,
        door,
        findings,
    }])
}

fn responses(wish: &ProveBreach, facts: &Facts, found: &mut Objections) {
    let rules = &facts.law.orders;
    if wish.responses.is_empty() {
        found.push(Objection::reasons(OrderRefusal::NoResponse));
    }
    for response in &wish.responses {
        listed("responses", &rules.breach_responses, response, found);
    }
    let known = |code: &Code| {
        let mut alternatives = facts.law.sentencing.alternatives.iter();
        alternatives.any(|a| &a.code == code)
    };
    for code in wish.alternatives_considered.iter().filter(|c| !known(c)) {
        let list = "alternatives_considered";
        listed(list, &rules.breach_responses, code, found);
    }
}

pub(super) fn not_proven(order: &Order, wish: BreachDecision, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let (no, done) = (wish.breach, wish.pronounced);
    let (made, breach) = open_breach(order, no, DECIDING, done, facts, &mut found)?;
    safeguards::by_people(DECIDING, facts)?;
    after_allegation(made, breach, done, facts, &mut found)?;
    let door = facts.door(done);
    Ok(vec![OrderEvent::BreachNotProven {
        breach: no,
        done,
        ground: NotProvenGround::Court,
        door,
        note: wish.note,
        findings: through(door, found)?,
    }])
}
