//! What the safeguards have against steps of an order.

use super::{Reasoned, objection};
use crate::act::{Door, Facts, Objection};
use crate::actor::Role;
use crate::jurisdiction::Pack;
use crate::order::{
    Account, AllegeBreach, Appointment, Breach, Explanation, ExplanationForm, Made, OrderRefusal,
    ProveBreach, Requirement,
};
use crate::values::{AppointmentNo, CivilDate, Known, Occurred, Told};

type Found = Vec<Objection<OrderRefusal>>;

/// TR-14.3: what only people decide has no second door for software.
pub(crate) fn by_people(wish: &'static str, facts: &Facts) -> Result<(), OrderRefusal> {
    if facts.actor.role == Role::System {
        Err(OrderRefusal::NotForSoftware { wish })
    } else {
        Ok(())
    }
}

/// TR-11.1: nothing is asked of the person after the order, or the requirement, is over.
pub(crate) fn beyond_the_end(
    made: &Made,
    under: &Requirement,
    on: CivilDate,
    facts: &Facts,
    found: &mut Found,
) {
    let ended = under.ended.as_ref().map(|(done, _)| facts.date(*done));
    let over = made.over.map(|done| facts.date(done));
    let last_days = [under.ends, made.ends].into_iter().flatten();
    let ends = last_days.map(CivilDate::from).chain(ended).chain(over);
    if let Some(ends) = ends.into_iter().find(|ends| ends.is_before(on)) {
        found.push(Objection::hard(OrderRefusal::AfterTheEnd { on, ends }));
    }
}

/// TR-11.1: what stands against a step from certainly after the end of the order.
pub(crate) fn after_the_end(made: &Made, done: Occurred, facts: &Facts, found: &mut Found) {
    if let Some(over) = made.over
        && facts.is_before(over, done)
    {
        let (on, ends) = (facts.date(done), facts.date(over));
        found.push(Objection::hard(OrderRefusal::AfterTheEnd { on, ends }));
    }
}

/// What the finding that a breach is proven meets: TR-12.3, TR-14.2, TR-14.4, TR-14.6.
pub(crate) fn proof(
    made: &Made,
    breach: &Breach,
    wish: &ProveBreach,
    door: Door,
    facts: &Facts,
    found: &mut Found,
) {
    explained(made, breach, wish, facts, found);
    accounts(wish, found);
    alternatives(wish, &facts.law, found);
    appeal_told(wish.appeal_told, door, &facts.law, found);
}

/// TR-12.3: the conditions were explained, orally and in writing, before the facts.
fn explained(made: &Made, breach: &Breach, wish: &ProveBreach, facts: &Facts, found: &mut Found) {
    let failures = made.failures_of(breach);
    let said = wish.explained.value().or(breach.explained.value());
    let alleged = facts.date(breach.alleged);
    if !said.is_some_and(|said| is_enough(made, &failures, alleged, *said)) {
        found.push(Objection::hard(OrderRefusal::NotExplained));
    }
}

/// Whether conditions were explained orally and in writing before the failures, or before the allegation where none is cited.
fn is_enough(
    made: &Made,
    failures: &[AppointmentNo],
    alleged: CivilDate,
    said: Explanation,
) -> bool {
    let facts_on = |no: &AppointmentNo| made.appointments.get(no).map(|a: &Appointment| a.on);
    let cited: Vec<CivilDate> = failures.iter().filter_map(facts_on).collect();
    let happened = if cited.is_empty() {
        vec![alleged]
    } else {
        cited
    };
    let late = happened.iter().any(|fact| fact.is_before(said.on));
    said.form == ExplanationForm::OralAndWritten && !late
}

/// TR-12.3: whoever alleges a breach learns at once that it cannot be proven on the explanation that is told.
pub(crate) fn explained_too_little(
    made: &Made,
    wish: &AllegeBreach,
    facts: &Facts,
    found: &mut Found,
) {
    let alleged = facts.date(wish.alleged);
    let said = wish.explained.value();
    if said.is_some_and(|said| !is_enough(made, &wish.appointments, alleged, *said)) {
        found.push(Objection::notice(OrderRefusal::ExplainedTooLittle));
    }
}

/// TR-14.2: both the officer and the person are heard, or did not use the chance.
fn accounts(wish: &ProveBreach, found: &mut Found) {
    let officer = wish.officer_account == Known::Value(Account::Given);
    let heard = [
        (officer, "the officer"),
        (wish.person_account.value().is_some(), "the person"),
    ];
    for (_, whose) in heard.into_iter().filter(|(given, _)| !given) {
        found.push(Objection::hard(OrderRefusal::AccountMissing { whose }));
    }
}

/// TR-14.4: custody for a breach only where no alternative suits.
fn alternatives(wish: &ProveBreach, law: &Pack, found: &mut Found) {
    let mut responses = wish.responses.iter();
    let custody = responses.any(|code| law.orders.is_custodial(code));
    if custody && wish.alternatives_considered.is_empty() {
        let refusal = OrderRefusal::AlternativesNotConsidered;
        found.extend(objection(refusal, Reasoned::No, law));
    }
}

/// TR-14.6: the person is told how to appeal. Of an existing fact only what is known not to have happened is a finding.
pub(crate) fn appeal_told(told: Known<Told>, door: Door, law: &Pack, found: &mut Found) {
    let untold = match door {
        Door::Live | Door::Looked => told != Known::Value(Told::Yes),
        Door::Existing => told == Known::Value(Told::No),
    };
    if untold {
        found.extend(objection(OrderRefusal::AppealUntold, Reasoned::No, law));
    }
}
