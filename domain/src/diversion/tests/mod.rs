//! The rules of the case kept out of court, each with a case that passes and one that does not.

mod course;
mod offer;

use super::{
    Activate, CompleteDiversion, Decider, DischargeCase, Diversion, DiversionCommand, Obligation,
    OfferDiversion, ReturnToProsecution, WithdrawConsent,
};
use crate::act::{Facts, Reference};
use crate::actor::Role;
use crate::personal::{DataClass, PersonalText};
use crate::testing::doors;
use crate::testing::samples::{self, code, on, person};
use crate::values::{Day, InformedConsent, Known, LegalAid, Occurred, OffenceCode, Told};

fn facts() -> Facts {
    facts_of(Role::Prosecutor)
}

fn facts_of(role: Role) -> Facts {
    doors::facts_of(role, [Reference::Person(person(1))])
}

fn text() -> PersonalText {
    samples::sealed(DataClass::Judgment)
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn obligation(kind: &str) -> Obligation {
    Obligation {
        kind: code(kind),
        until: Some(day("2026-08-31")),
        terms: Some(text()),
    }
}

/// An offer in a case of theft from a shop, with everything said.
fn whole(decided: Occurred) -> OfferDiversion {
    OfferDiversion {
        person: person(1),
        decided,
        by: Decider::Prosecution,
        case: None,
        offences: vec![OffenceCode::parse("M101").unwrap()],
        age_at_offence: Known::Value(30),
        minor: None,
        kind: code("prosecutors-measure"),
        basis: Some(code("cda-8")),
        criteria: vec![code("minor")],
        obligations: vec![obligation("compensation"), obligation("no-offence")],
        reasons: None,
    }
}

/// An offer with something changed, at any moment.
fn offering(change: impl Fn(&mut OfferDiversion)) -> impl Fn(Occurred) -> DiversionCommand {
    move |decided| {
        let mut wish = whole(decided);
        change(&mut wish);
        DiversionCommand::Offer(wish)
    }
}

fn offer(decided: Occurred) -> DiversionCommand {
    DiversionCommand::Offer(whole(decided))
}

/// A discharge with something changed, at any moment.
fn discharging(change: impl Fn(&mut DischargeCase)) -> impl Fn(Occurred) -> DiversionCommand {
    move |decided| {
        let mut wish = DischargeCase {
            person: person(1),
            decided,
            by: Decider::Prosecution,
            case: None,
            offences: vec![OffenceCode::parse("M101").unwrap()],
            age_at_offence: Known::Value(30),
            minor: None,
            kind: code("unconditional"),
            basis: Some(code("cda-5")),
            criteria: vec![code("minor"), code("no-record")],
            reasons: None,
        };
        change(&mut wish);
        DiversionCommand::Discharge(wish)
    }
}

fn informed() -> InformedConsent {
    InformedConsent {
        given: on("2026-01-12"),
        language: code("en"),
        consequences: Told::Yes,
        counsel: LegalAid::Granted,
        guardian: Known::NotRecorded,
    }
}

fn consent() -> DiversionCommand {
    DiversionCommand::GiveConsent(informed())
}

fn withdraw(done: Occurred) -> DiversionCommand {
    DiversionCommand::WithdrawConsent(WithdrawConsent { done, said: None })
}

fn activate(done: Occurred) -> DiversionCommand {
    DiversionCommand::Activate(Activate { done })
}

fn complete(done: Occurred) -> DiversionCommand {
    DiversionCommand::Complete(CompleteDiversion { done, note: None })
}

/// A return of the case for a reason, at any moment.
fn returning(reason: &str) -> impl Fn(Occurred) -> DiversionCommand {
    let reason = code(reason);
    move |decided| {
        DiversionCommand::ReturnToProsecution(ReturnToProsecution {
            decided,
            by: Decider::Prosecution,
            reason: reason.clone(),
            facts: Some(text()),
        })
    }
}

/// An offer of 5 January 2026.
fn offered() -> Diversion {
    doors::after(&facts(), [offer(on("2026-01-05"))])
}

/// An offer that the person agreed to a week later.
fn agreed() -> Diversion {
    doors::after(&facts(), [offer(on("2026-01-05")), consent()])
}

/// Obligations that run since 15 January 2026.
fn running() -> Diversion {
    let began = activate(on("2026-01-15"));
    doors::after(&facts(), [offer(on("2026-01-05")), consent(), began])
}

/// Obligations that a withdrawal of 1 February 2026 closed.
fn withdrawn() -> Diversion {
    let history = [
        offer(on("2026-01-05")),
        consent(),
        activate(on("2026-01-15")),
        withdraw(on("2026-02-01")),
    ];
    doors::after(&facts(), history)
}
