//! Whether an act in a stay may be, and what then happens: a ladder of guards, one way out.

mod course;
mod entry;

use super::command::CustodyCommand;
use super::event::CustodyEvent;
use super::refusal::CustodyRefusal;
use super::state::{Custody, Stay};
use crate::act::{Door, Facts, Objection};
use crate::actor::Role;
use crate::jurisdiction::{Coded, codes_of, knows};
use crate::stream::entered;
use crate::values::{Code, FacilityCode, Occurred};

type Decided = Result<Vec<CustodyEvent>, CustodyRefusal>;
type Objections = Vec<Objection<CustodyRefusal>>;

pub(super) fn decide(custody: &Custody, command: CustodyCommand, facts: &Facts) -> Decided {
    use CustodyCommand as Wish;
    by_people(&command, facts)?;
    let event = match command {
        Wish::Admit(wish) => entry::admit(custody, wish, facts),
        Wish::RecordIrregularHolding(wish) => entry::irregular(custody, wish, facts),
        Wish::Protect(wish) => entry::protect(custody, wish, facts),
        Wish::Regularise(wish) => entry::regularise(custody, wish, facts),
        Wish::ContinueOn(wish) => entry::go_on(custody, wish, facts),
        Wish::Classify(wish) => course::classify(custody, wish, facts),
        Wish::Isolate(wish) => course::isolate(custody, wish, facts),
        Wish::EndIsolation(wish) => course::end_isolation(custody, wish, facts),
        Wish::WithdrawProtection(wish) => course::withdraw(custody, wish, facts),
        Wish::PlaceChild(wish) => course::place(custody, wish, facts),
        Wish::SeparateChild(wish) => course::separate(custody, wish, facts),
        Wish::Transfer(wish) => course::transfer(custody, wish, facts),
        Wish::RecordContact(wish) => course::contact(custody, wish, facts),
        Wish::RecordAnswers(wish) => entry::answers(custody, wish, facts),
        Wish::RecordBasisFallen(wish) => course::basis_fallen(custody, wish, facts),
        Wish::Release(wish) => course::release(custody, wish, facts),
    };
    event.map(|event| vec![event])
}

/// DP-7: software decides nothing about a stay. It may record what is a fact, and what she said.
fn by_people(command: &CustodyCommand, facts: &Facts) -> Result<(), CustodyRefusal> {
    use CustodyCommand as Wish;
    let decides = match command {
        Wish::Admit(_)
        | Wish::Protect(_)
        | Wish::Regularise(_)
        | Wish::ContinueOn(_)
        | Wish::Classify(_)
        | Wish::Isolate(_)
        | Wish::EndIsolation(_)
        | Wish::PlaceChild(_)
        | Wish::SeparateChild(_)
        | Wish::Transfer(_)
        | Wish::Release(_) => true,
        Wish::RecordIrregularHolding(_)
        | Wish::WithdrawProtection(_)
        | Wish::RecordContact(_)
        | Wish::RecordAnswers(_)
        | Wish::RecordBasisFallen(_) => false,
    };
    if decides && facts.actor.role == Role::System {
        Err(CustodyRefusal::NotForSoftware)
    } else {
        Ok(())
    }
}

fn not_possible(state: &'static str, wish: &'static str) -> CustodyRefusal {
    CustodyRefusal::NotPossible { state, wish }
}

/// The stay, where it goes on, and what is recorded of it lies neither in the future nor before it: times in a place, alone
/// or with a child are counted in days, and none ends before it begins.
fn running<'a>(
    custody: &'a Custody,
    wish: &'static str,
    done: Occurred,
    facts: &Facts,
) -> Result<&'a Stay, CustodyRefusal> {
    let stay = on_going(custody, wish, done, facts)?;
    match before_the_stay(stay, done, facts) {
        Some(refusal) => Err(refusal),
        None => Ok(stay),
    }
}

/// The stay of which a fact is told that changes nothing in it: one that goes on, and of one that is over what is told late.
/// What is told of before or after it is seen.
fn told_late<'a>(
    custody: &'a Custody,
    wish: &'static str,
    done: Occurred,
    facts: &Facts,
    found: &mut Objections,
) -> Result<&'a Stay, CustodyRefusal> {
    let over = custody.begun().and_then(|stay| {
        let released = stay.released.as_ref()?.released;
        (facts.door(done) == Door::Existing).then_some((stay, released))
    });
    let Some((stay, released)) = over else {
        return told_of(custody, wish, done, facts, found);
    };
    past(done, facts)?;
    found.extend(before_the_stay(stay, done, facts).map(Objection::hard));
    if facts.is_before(released, done) {
        found.push(Objection::hard(not_possible(custody.title(), wish)));
    }
    Ok(stay)
}

/// The stay, where it goes on, of what is recorded of it and is counted in no days: what happened before it is seen.
fn told_of<'a>(
    custody: &'a Custody,
    wish: &'static str,
    done: Occurred,
    facts: &Facts,
    found: &mut Objections,
) -> Result<&'a Stay, CustodyRefusal> {
    let stay = on_going(custody, wish, done, facts)?;
    found.extend(before_the_stay(stay, done, facts).map(Objection::hard));
    Ok(stay)
}

fn on_going<'a>(
    custody: &'a Custody,
    wish: &'static str,
    done: Occurred,
    facts: &Facts,
) -> Result<&'a Stay, CustodyRefusal> {
    let stay = custody.begun().filter(|stay| stay.released.is_none());
    let stay = stay.ok_or_else(|| not_possible(custody.title(), wish))?;
    past(done, facts)?;
    Ok(stay)
}

fn before_the_stay(stay: &Stay, done: Occurred, facts: &Facts) -> Option<CustodyRefusal> {
    facts
        .is_before(done, stay.began)
        .then(|| CustodyRefusal::BeforeTheStay {
            done: facts.date(done),
            began: facts.date(stay.began),
        })
}

fn past(done: Occurred, facts: &Facts) -> Result<(), CustodyRefusal> {
    if facts.is_future(done) {
        Err(CustodyRefusal::InTheFuture { done })
    } else {
        Ok(())
    }
}

/// A place outside the list of the jurisdiction; an empty list holds every place.
fn known_place(facility: &FacilityCode, facts: &Facts, found: &mut Objections) {
    let places = &facts.law.facilities;
    let named = facility.as_str();
    if !knows(places, named) {
        let facility = facility.clone();
        found.push(Objection::hard(CustodyRefusal::UnknownPlace { facility }));
    }
}

/// A part of a place outside the list of the jurisdiction.
fn known_unit(unit: Option<&Code>, facts: &Facts, found: &mut Objections) {
    if let Some(unit) = unit {
        listed("units", &facts.law.facility.units, unit.as_str(), found);
    }
}

/// A code outside its list; an empty list holds every code.
fn listed(list: &'static str, codes: &[Coded], code: &str, found: &mut Objections) {
    if !knows(codes, code) {
        let refusal = CustodyRefusal::UnknownCode {
            list,
            code: code.to_owned(),
            known: codes_of(codes),
        };
        found.push(Objection::hard(refusal));
    }
}
