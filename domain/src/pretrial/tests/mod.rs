//! The rules of the case before judgment, each with a case that passes and one that does not.

mod alternative;
mod course;
mod detention;

use super::{
    Ground, ImposeAlternative, Insufficient, Measure, OpenCase, OrderDetention, Pretrial,
    PretrialCommand,
};
use crate::act::{Facts, Reference};
use crate::actor::Role;
use crate::personal::{DataClass, PersonalText};
use crate::testing::doors::{self, just_now};
use crate::testing::samples::{self, code, on, person, sentence_id};
use crate::values::{Day, InformedConsent, Known, LegalAid, Occurred, OffenceCode, Told};

fn facts() -> Facts {
    facts_of(Role::Judge)
}

fn facts_of(role: Role) -> Facts {
    let found = [
        Reference::Person(person(1)),
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

/// A case opened on 5 January 2026.
fn opening() -> OpenCase {
    OpenCase {
        person: person(1),
        done: on("2026-01-05"),
        court: "ashby".parse().unwrap(),
        case: None,
        offences: vec![OffenceCode::parse("M203").unwrap()],
        arrested: Known::NotRecorded,
        age_at_offence: Known::Value(30),
        minor: None,
        circumstances: std::collections::BTreeMap::new(),
    }
}

fn open() -> PretrialCommand {
    PretrialCommand::Open(opening())
}

/// Detention until the end of March, reviewed within four weeks, with everything said.
fn detention(decided: Occurred) -> OrderDetention {
    OrderDetention {
        decided,
        basis: code("pca-12"),
        grounds: vec![Ground {
            ground: code("flight"),
            facts: Some(text()),
        }],
        alternatives: vec![Insufficient {
            alternative: code("reporting"),
            why: Some(text()),
        }],
        next_review: day("2026-03-15"),
        until: day("2026-03-31"),
        counsel: Known::Value(LegalAid::Granted),
        appeal_told: Known::Value(Told::Yes),
        carer: None,
        child: None,
        reasons: Some(text()),
    }
}

fn detain(decided: Occurred) -> PretrialCommand {
    PretrialCommand::OrderDetention(detention(decided))
}

/// An order of detention with something changed, at any moment.
fn detaining(change: impl Fn(&mut OrderDetention)) -> impl Fn(Occurred) -> PretrialCommand {
    move |decided| {
        let mut order = detention(decided);
        change(&mut order);
        PretrialCommand::OrderDetention(order)
    }
}

fn consent() -> InformedConsent {
    InformedConsent {
        given: on("2026-02-01"),
        language: code("en"),
        consequences: Told::Yes,
        counsel: LegalAid::Granted,
        guardian: Known::NotRecorded,
    }
}

fn measure(alternative: &str) -> Measure {
    Measure {
        alternative: code(alternative),
        until: Some(day("2026-06-30")),
        terms: Some(text()),
    }
}

fn alternative(decided: Occurred) -> ImposeAlternative {
    ImposeAlternative {
        decided,
        basis: code("pca-20"),
        measures: vec![measure("curfew"), measure("reporting")],
        consent: Some(consent()),
        review_told: Known::Value(Told::Yes),
        reasons: None,
    }
}

/// An alternative with something changed, at any moment.
fn imposing(change: impl Fn(&mut ImposeAlternative)) -> impl Fn(Occurred) -> PretrialCommand {
    move |decided| {
        let mut wish = alternative(decided);
        change(&mut wish);
        PretrialCommand::ImposeAlternative(wish)
    }
}

fn opened() -> Pretrial {
    doors::after(&facts(), [open()])
}

/// An opening with something changed, at any moment.
fn opening_with(change: impl Fn(&mut OpenCase)) -> impl Fn(Occurred) -> PretrialCommand {
    move |done| {
        let mut wish = OpenCase { done, ..opening() };
        change(&mut wish);
        PretrialCommand::Open(wish)
    }
}

/// The case of somebody of whom something else is known.
fn opened_with(change: impl FnOnce(&mut OpenCase)) -> Pretrial {
    let mut wish = opening();
    change(&mut wish);
    doors::after(&facts(), [PretrialCommand::Open(wish)])
}

/// Somebody held since 10 February 2026.
fn detained() -> Pretrial {
    doors::after(&facts(), [open(), detain(on("2026-02-10"))])
}

/// Somebody under measures since 10 February 2026.
fn under_measures() -> Pretrial {
    let wish = alternative(on("2026-02-10"));
    doors::after(&facts(), [open(), PretrialCommand::ImposeAlternative(wish)])
}
