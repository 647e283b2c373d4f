//! Invented people: who acts, and who is sentenced. Names are put together from invented syllables.

use domain::actor::{Actor, Purpose, Role};
use domain::person::{Identity, Register, Sex};
use domain::personal::{Personal, PersonalText};
use domain::values::{Code, Known, OfficeCode, SubjectId};

use super::chance::Chance;
use super::decision::Sketch;
use crate::access::Call;

const BEGINNINGS: [&str; 12] = [
    "Ar", "Bel", "Cor", "Dal", "Eli", "Fen", "Gal", "Hol", "Iri", "Jor", "Mar", "Tol",
];
const MIDDLES: [&str; 8] = ["a", "e", "i", "o", "un", "il", "an", "ev"];
const ENDS: [&str; 10] = [
    "dis", "lor", "mek", "nith", "ova", "quen", "ris", "sael", "tham", "vex",
];
const HOMES: [&str; 6] = ["holt", "mere", "wick", "stead", "combe", "thwaite"];

/// A code that is written in this source.
pub(super) fn code(text: &str) -> Code {
    match Code::parse(text) {
        Ok(code) => code,
        Err(error) => unreachable!("{text}: {error}"),
    }
}

pub(super) fn subject(text: &str) -> SubjectId {
    match SubjectId::parse(text) {
        Ok(subject) => subject,
        Err(error) => unreachable!("{text}: {error}"),
    }
}

pub(super) fn office(text: &str) -> OfficeCode {
    match OfficeCode::parse(text) {
        Ok(office) => office,
        Err(error) => unreachable!("{text}: {error}"),
    }
}

pub(super) fn words(text: impl Into<String>) -> PersonalText {
    Personal::Clear(text.into())
}

fn call(who: &str, role: Role, at: &str, purpose: Purpose) -> Call {
    let actor = Actor {
        subject: subject(who),
        role,
        office: office(at),
    };
    Call::new(actor, purpose)
}

/// A judge of a court; in Ashby often the sample identity.
pub(super) fn judge(court: &str, chance: &mut Chance) -> Call {
    let who = if court == "ashby" && chance.happens(400) {
        "sample-judge".to_owned()
    } else {
        format!("judge-{court}-{}", chance.between(1, 5))
    };
    call(&who, Role::Judge, court, Purpose::Hearing)
}

/// The clerk of a court.
pub(super) fn clerk(court: &str) -> Call {
    official(Role::Clerk, court)
}

/// Whoever acts in a role at a place: the sample identity where it sits, somebody named after the place elsewhere.
pub(super) fn official(role: Role, at: &str) -> Call {
    let (who, seat, purpose) = match role {
        Role::Judge => ("judge", "ashby", Purpose::Hearing),
        Role::Clerk => ("clerk", "ashby", Purpose::Hearing),
        Role::Prosecutor => ("prosecutor", "ashby-prosecution", Purpose::Hearing),
        Role::Probation => ("probation", "ashby-probation", Purpose::Supervision),
        Role::Prison => ("prison", "ashby-remand", Purpose::Supervision),
        Role::ReleaseAuthority => ("release", "release-board", Purpose::Release),
        Role::Oversight => ("oversight", "oversight", Purpose::Inspection),
        Role::Statistician => ("statistician", "statistics", Purpose::Research),
        Role::Administrator | Role::System => {
            ("administrator", "registry", Purpose::Administration)
        }
    };
    let who = if at == seat {
        format!("sample-{who}")
    } else {
        format!("{who}-{at}")
    };
    call(&who, role, at, purpose)
}

/// An officer of an office; in Ashby often the sample identity.
pub(super) fn officer(office: &str, chance: &mut Chance) -> Call {
    let who = if office == "ashby-probation" && chance.happens(150) {
        "sample-probation".to_owned()
    } else {
        format!("officer-{office}-{}", chance.between(1, 12))
    };
    call(&who, Role::Probation, office, Purpose::Supervision)
}

/// The administrator who sets the demonstration up.
pub(super) fn administrator() -> Call {
    official(Role::Administrator, "registry")
}

/// 140 women in a thousand. In more and more entries of each year nobody recorded the sex.
pub(super) fn sex(year: i32, chance: &mut Chance) -> Known<Sex> {
    let years = u32::try_from(year.saturating_sub(2021)).unwrap_or(0);
    if chance.happens(12 + 9 * years) {
        return Known::NotRecorded;
    }
    chance.weighed(&[
        (Known::Value(Sex::Male), 854),
        (Known::Value(Sex::Female), 143),
        (Known::Value(Sex::Another), 3),
    ])
}

/// A registration; with a name where the person is one of those that the demonstration shows closely.
pub(super) fn registration(sketch: &Sketch, chance: &mut Chance) -> Register {
    let identity = sketch.named.then(|| Identity {
        name: Some(words(name(chance))),
        born: Some(words(sketch.born.to_string())),
        number: None,
        contact: None,
    });
    Register {
        sex: sketch.sex,
        identity,
    }
}

/// An invented name.
pub(super) fn name(chance: &mut Chance) -> String {
    let mut one = || {
        let parts = [
            chance.pick(&BEGINNINGS),
            chance.pick(&MIDDLES),
            chance.pick(&ENDS),
        ];
        parts.concat()
    };
    let (given, family) = (one(), one());
    format!("{given} {family}{}", chance.pick(&HOMES))
}
