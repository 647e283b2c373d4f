//! The rules of the restorative process, each with a case that passes and one that does not.

mod agreement;
mod course;
mod start;

use super::{
    ConsentToProcess, EndProcess, Fulfil, Point, ReachAgreement, ReferToProcess, Restorative,
    RestorativeCommand, Side, StartProcess, WithdrawFromProcess,
};
use crate::act::{Facts, Reference};
use crate::actor::Role;
use crate::personal::{DataClass, PersonalText};
use crate::testing::doors;
use crate::testing::samples::{self, code, on, person, sentence_id};
use crate::values::{Day, InformedConsent, Known, LegalAid, Occurred, PointNo, SubjectId, Told};

fn facts() -> Facts {
    facts_of(Role::Probation)
}

fn facts_of(role: Role) -> Facts {
    let found = [
        Reference::Person(person(1)),
        Reference::Person(person(2)),
        Reference::Sentence(sentence_id(7)),
    ];
    doors::facts_of(role, found)
}

fn text() -> PersonalText {
    samples::sealed(DataClass::Judgment)
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn whole(done: Occurred) -> ReferToProcess {
    ReferToProcess {
        person: person(1),
        done,
        office: "ashby-probation".parse().unwrap(),
        kind: code("mediation"),
        case: None,
        origin: None,
        victim: Some(person(2)),
        age: Known::Value(30),
        minor: None,
        victim_age: Known::Value(41),
        reasons: None,
    }
}

/// A referral with something changed, at any moment.
fn referring(change: impl Fn(&mut ReferToProcess)) -> impl Fn(Occurred) -> RestorativeCommand {
    move |done| {
        let mut wish = whole(done);
        change(&mut wish);
        RestorativeCommand::Refer(wish)
    }
}

fn refer(done: Occurred) -> RestorativeCommand {
    RestorativeCommand::Refer(whole(done))
}

fn informed() -> InformedConsent {
    InformedConsent {
        given: on("2026-01-12"),
        language: code("en"),
        consequences: Told::Yes,
        counsel: LegalAid::Waived,
        guardian: Known::NotRecorded,
    }
}

fn consent(side: Side) -> RestorativeCommand {
    let consent = informed();
    RestorativeCommand::GiveConsent(ConsentToProcess { side, consent })
}

/// A side's withdrawal, at any moment.
fn withdrawing(side: Side) -> impl Fn(Occurred) -> RestorativeCommand {
    move |done| {
        RestorativeCommand::WithdrawConsent(WithdrawFromProcess {
            side,
            done,
            said: None,
        })
    }
}

/// A start led by somebody, at any moment.
fn starting(facilitator: Option<&str>) -> impl Fn(Occurred) -> RestorativeCommand {
    let facilitator = facilitator.map(|name| SubjectId::parse(name).unwrap());
    move |done| {
        RestorativeCommand::Start(StartProcess {
            done,
            facilitator: facilitator.clone(),
        })
    }
}

fn start(done: Occurred) -> RestorativeCommand {
    starting(Some("facilitator-3"))(done)
}

fn point(kind: &str, until: Option<&str>) -> Point {
    Point {
        kind: code(kind),
        until: until.map(day),
        terms: Some(text()),
    }
}

/// An agreement with something changed, at any moment.
fn agreeing(change: impl Fn(&mut Vec<Point>)) -> impl Fn(Occurred) -> RestorativeCommand {
    move |done| {
        let mut points = vec![
            point("apology", None),
            point("compensation", Some("2026-08-31")),
        ];
        change(&mut points);
        RestorativeCommand::ReachAgreement(ReachAgreement { done, points })
    }
}

/// Points that were fulfilled, or all that are left, at any moment.
fn fulfilling(points: &[u16]) -> impl Fn(Occurred) -> RestorativeCommand {
    let points: Vec<PointNo> = points.iter().map(|no| PointNo(*no)).collect();
    move |done| {
        RestorativeCommand::Fulfil(Fulfil {
            done,
            points: points.clone(),
            note: None,
        })
    }
}

fn end(reason: &str, done: Occurred) -> EndProcess {
    EndProcess {
        done,
        reason: code(reason),
        note: None,
    }
}

/// An end without an agreement for a reason, at any moment.
fn ending(reason: &str) -> impl Fn(Occurred) -> RestorativeCommand {
    move |done| RestorativeCommand::EndWithoutAgreement(end(reason, done))
}

/// An end with an agreement that is not fulfilled, at any moment.
fn breaking_off(reason: &str) -> impl Fn(Occurred) -> RestorativeCommand {
    move |done| RestorativeCommand::EndUnfulfilled(end(reason, done))
}

/// A referral of 5 January 2026.
fn referred() -> Restorative {
    referred_and([])
}

/// A referral of 5 January 2026, and what happened after it.
fn referred_and(then: impl IntoIterator<Item = RestorativeCommand>) -> Restorative {
    let first = [refer(on("2026-01-05"))];
    doors::after(&facts(), first.into_iter().chain(then))
}

fn consents() -> [RestorativeCommand; 2] {
    [consent(Side::Offender), consent(Side::Victim)]
}

/// A referral to which both sides agreed a week later.
fn consented() -> Restorative {
    referred_and(consents())
}

/// A process under way since 20 January 2026, and what happened after that.
fn started_and(then: impl IntoIterator<Item = RestorativeCommand>) -> Restorative {
    let begun = [start(on("2026-01-20"))];
    referred_and(consents().into_iter().chain(begun).chain(then))
}

/// A process with an agreement of 1 February 2026.
fn agreed() -> Restorative {
    started_and([agreeing(|_| {})(on("2026-02-01"))])
}
