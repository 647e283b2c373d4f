//! Whether an act in an emergency may be, and what then happens: a ladder of guards, one way out.

mod course;
mod releasing;
mod rights;

use super::command::EmergencyCommand;
use super::event::EmergencyEvent;
use super::refusal::EmergencyRefusal;
use super::state::{Declaration, Emergency};
use crate::act::{Facts, Objection};
use crate::jurisdiction::{Coded, codes_of, knows};
use crate::stream::entered;
use crate::values::{CivilDate, Code, Day, Occurred};

type Decided = Result<Vec<EmergencyEvent>, EmergencyRefusal>;
type Objections = Vec<Objection<EmergencyRefusal>>;

pub(super) fn decide(emergency: &Emergency, command: EmergencyCommand, facts: &Facts) -> Decided {
    use EmergencyCommand as Wish;
    match command {
        Wish::Declare(wish) => course::declare(emergency, wish, facts),
        Wish::PublishCriteria(wish) => releasing::publish(emergency, wish, facts),
        Wish::Extend(wish) => course::extend(emergency, wish, facts),
        Wish::Screen(wish) => releasing::screen(emergency, wish, facts),
        Wish::DecideRelease(wish) => releasing::decide(emergency, wish, facts),
        Wish::Effect(wish) => releasing::effect(emergency, wish, facts),
        Wish::RecordReturn(wish) => releasing::come_back(emergency, wish, facts),
        Wish::RecordBreach(wish) => releasing::breach(emergency, wish, facts),
        Wish::CutRight(wish) => rights::cut(emergency, wish, facts),
        Wish::RestoreRight(wish) => rights::restore(emergency, wish, facts),
        Wish::RecordMeasureClosed(wish) => course::close(emergency, wish, facts),
        Wish::End(wish) => course::end(emergency, wish, facts),
        Wish::RecordEndByLaw(wish) => course::end_by_law(emergency, wish, facts),
    }
}

fn not_possible(emergency: &Emergency, wish: &'static str) -> EmergencyRefusal {
    let state = emergency.title();
    EmergencyRefusal::NotPossible { state, wish }
}

/// The emergency, while it goes on.
fn running<'a>(
    emergency: &'a Emergency,
    wish: &'static str,
) -> Result<&'a Declaration, EmergencyRefusal> {
    emergency
        .declared()
        .filter(|declaration| declaration.ended.is_none())
        .ok_or_else(|| not_possible(emergency, wish))
}

/// The emergency, even after it ended: people come back, and rights are restored, later than that.
fn declared<'a>(
    emergency: &'a Emergency,
    wish: &'static str,
) -> Result<&'a Declaration, EmergencyRefusal> {
    emergency
        .declared()
        .ok_or_else(|| not_possible(emergency, wish))
}

fn past(done: Occurred, facts: &Facts) -> Result<(), EmergencyRefusal> {
    if facts.is_future(done) {
        Err(EmergencyRefusal::InTheFuture { done })
    } else {
        Ok(())
    }
}

/// Not in the future, and what stands against an act from before the emergency was declared.
fn since(
    declaration: &Declaration,
    done: Occurred,
    facts: &Facts,
    found: &mut Objections,
) -> Result<(), EmergencyRefusal> {
    past(done, facts)?;
    let declared = declaration.declared.done;
    if facts.is_before(done, declared) {
        found.push(Objection::hard(EmergencyRefusal::BeforeTheDeclaration {
            done: facts.date(done),
            declared: facts.date(declared),
        }));
    }
    Ok(())
}

fn ends_later(ends: Day, begins: CivilDate, found: &mut Objections) {
    if CivilDate::Day(ends).is_before(begins) {
        let refusal = EmergencyRefusal::EndsTooEarly { ends, begins };
        found.push(Objection::hard(refusal));
    }
}

/// A code outside its list; an empty list holds every code.
fn listed(list: &'static str, codes: &[Coded], code: &Code, found: &mut Objections) {
    if !knows(codes, code.as_str()) {
        let refusal = EmergencyRefusal::UnknownCode {
            list,
            code: code.clone(),
            known: codes_of(codes),
        };
        found.push(Objection::hard(refusal));
    }
}
