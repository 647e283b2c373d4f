//! The rules of an emergency, each with a case that passes and one that does not.

mod cohort;
mod course;
mod releasing;
mod rights;
mod screening;

use super::{
    Asks, Closing, Criterion, CutRight, DecideRelease, Declare, Effect, EffectEmergencyRelease,
    Emergency, EmergencyCommand, EndEmergency, ExtendEmergency, ForAWhile, GrantEmergencyRelease,
    IdentityCheck, Item, Outcome, Period, PublishCriteria, RecordEmergencyReturn, RecordEndByLaw,
    RecordMeasureClosed, RecordReleaseBreach, RefuseEmergencyRelease, RestoreRight, Screen,
    Screened, Verdict,
};
use crate::act::{Facts, Reference};
use crate::actor::Role;
use crate::personal::{DataClass, PersonalText};
use crate::testing::doors;
use crate::testing::samples::{self, code, on, person};
use crate::values::{
    Day, Known, LegalAid, Occurred, OfficeCode, PersonId, Provided, Readiness, Return, SubjectId,
    Told,
};

fn facts() -> Facts {
    facts_of(Role::Judge)
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

fn office(code: &str) -> OfficeCode {
    OfficeCode::parse(code).unwrap()
}

/// A declaration with something changed, at any moment.
fn declaring(change: impl Fn(&mut Declare)) -> impl Fn(Occurred) -> EmergencyCommand {
    move |done| {
        let mut wish = Declare {
            done,
            basis: code("mea-4"),
            justice_authority: office("justice-ministry"),
            health_authority: Known::Value(office("health-institute")),
            from: day("2026-02-02"),
            ends: Some(day("2026-04-30")),
            announced: Some(400),
        };
        change(&mut wish);
        EmergencyCommand::Declare(wish)
    }
}

/// Declared on 1 February 2026, until the end of April.
fn declare() -> EmergencyCommand {
    declaring(|_| {})(on("2026-02-01"))
}

fn criterion(name: &str, reads: &str, asks: Asks, effect: Effect) -> Criterion {
    Criterion {
        code: code(name),
        reads: code(reads),
        asks,
        effect,
    }
}

/// Five years at most, ninety days left at most; nobody dangerous; a way of their own for whoever is pregnant.
fn criteria() -> Vec<Criterion> {
    let yes = || Asks::OneOf(vec![code("yes")]);
    vec![
        criterion(
            "short-term",
            "term-days",
            Asks::AtMost(1826),
            Effect::Requires,
        ),
        criterion(
            "near-the-end",
            "days-left",
            Asks::AtMost(90),
            Effect::Requires,
        ),
        criterion("dangerous", "danger", yes(), Effect::Excludes),
        criterion("expecting", "pregnant", yes(), Effect::Protects),
    ]
}

/// Criteria with something changed, at any moment.
fn publishing(change: impl Fn(&mut PublishCriteria)) -> impl Fn(Occurred) -> EmergencyCommand {
    move |done| {
        let mut wish = PublishCriteria {
            done,
            version: code("1"),
            criteria: criteria(),
        };
        change(&mut wish);
        EmergencyCommand::PublishCriteria(wish)
    }
}

fn publish() -> EmergencyCommand {
    publishing(|_| {})(on("2026-02-03"))
}

fn screening(results: Vec<Screened>) -> impl Fn(Occurred) -> EmergencyCommand {
    move |done| {
        EmergencyCommand::Screen(Screen {
            done,
            version: code("1"),
            results: results.clone(),
        })
    }
}

fn screened(who: u128, outcome: Outcome) -> Screened {
    let person = person(who);
    Screened { person, outcome }
}

/// The first is eligible, the second excluded, of the third nobody can say.
fn screen() -> EmergencyCommand {
    screening(vec![
        screened(1, Outcome::Eligible),
        screened(2, Outcome::Excluded(vec![code("dangerous")])),
        screened(3, Outcome::Unclear(vec![code("near-the-end")])),
    ])(on("2026-02-05"))
}

fn check(by: &str) -> IdentityCheck {
    IdentityCheck {
        by: SubjectId::parse(by).unwrap(),
        compared: vec![code("photo"), code("file-number")],
    }
}

fn ready() -> Readiness {
    Readiness {
        housing: Known::Value(Provided::Yes),
        health: Known::Value(Provided::Yes),
        documents: Known::Value(Provided::Yes),
    }
}

fn until(expires: Option<&str>) -> Period {
    Period::Temporary(ForAWhile {
        expires: expires.map(day),
        return_plan: Some(text()),
    })
}

/// A grant with something changed, at any moment.
fn granting(
    change: impl Fn(&mut DecideRelease, &mut GrantEmergencyRelease),
) -> impl Fn(Occurred) -> EmergencyCommand {
    move |decided| {
        let mut granted = GrantEmergencyRelease {
            period: until(Some("2026-04-01")),
            ready: ready(),
        };
        let mut wish = DecideRelease {
            decided,
            person: person(1),
            version: code("1"),
            verdict: Verdict::Granted(granted.clone()),
            identity: vec![check("officer-1"), check("officer-2")],
        };
        change(&mut wish, &mut granted);
        wish.verdict = Verdict::Granted(granted);
        EmergencyCommand::DecideRelease(wish)
    }
}

/// The first is released until 1 April 2026.
fn grant(decided: Occurred) -> EmergencyCommand {
    granting(|_, _| {})(decided)
}

fn grant_for_good(decided: Occurred) -> EmergencyCommand {
    granting(|_, granted| granted.period = Period::Final)(decided)
}

/// A refusal with something changed, at any moment.
fn refusing(change: impl Fn(&mut RefuseEmergencyRelease)) -> impl Fn(Occurred) -> EmergencyCommand {
    move |decided| {
        let mut refused = RefuseEmergencyRelease {
            ground: code("criteria"),
            reasons: Some(text()),
            review_told: Known::Value(Told::Yes),
        };
        change(&mut refused);
        EmergencyCommand::DecideRelease(DecideRelease {
            decided,
            person: person(2),
            version: code("1"),
            verdict: Verdict::Refused(refused),
            identity: Vec::new(),
        })
    }
}

fn effect(who: u128) -> impl Fn(Occurred) -> EmergencyCommand {
    let person = person(who);
    move |done| EmergencyCommand::Effect(EffectEmergencyRelease { done, person })
}

fn come_back(done: Occurred) -> EmergencyCommand {
    EmergencyCommand::RecordReturn(RecordEmergencyReturn {
        done,
        person: person(1),
        how: Return::Late,
    })
}

fn breach(done: Occurred) -> EmergencyCommand {
    EmergencyCommand::RecordBreach(RecordReleaseBreach {
        done,
        person: person(1),
        facts: Some(text()),
    })
}

/// A cut with something changed, at any moment.
fn cutting(change: impl Fn(&mut CutRight)) -> impl Fn(Occurred) -> EmergencyCommand {
    move |decided| {
        let mut wish = CutRight {
            decided,
            right: code("visits"),
            basis: code("mea-12"),
            person: None,
            necessity: Some(code("infection")),
            reasons: None,
            counsel: Known::NotRecorded,
            until: day("2026-03-31"),
        };
        change(&mut wish);
        EmergencyCommand::CutRight(wish)
    }
}

/// One person's right to be at the hearing is cut.
fn of_one(wish: &mut CutRight) {
    wish.right = code("presence");
    wish.person = Some(person(1));
    wish.reasons = Some(text());
    wish.counsel = Known::Value(LegalAid::Granted);
}

fn cut(decided: Occurred) -> EmergencyCommand {
    cutting(|_| {})(decided)
}

fn restore(right: &'static str, person: Option<PersonId>) -> impl Fn(Occurred) -> EmergencyCommand {
    move |done| {
        EmergencyCommand::RestoreRight(RestoreRight {
            done,
            right: code(right),
            person,
        })
    }
}

fn close(item: Item) -> impl Fn(Occurred) -> EmergencyCommand {
    move |done| {
        EmergencyCommand::RecordMeasureClosed(RecordMeasureClosed {
            done,
            item: item.clone(),
            closing: Closing::Ended,
            obstacle: Some(code("funding")),
            lesson: Some(code("prepare")),
            paper: None,
        })
    }
}

fn extend(ends: &'static str) -> impl Fn(Occurred) -> EmergencyCommand {
    move |done| {
        EmergencyCommand::Extend(ExtendEmergency {
            done,
            basis: code("mea-4"),
            ends: day(ends),
        })
    }
}

fn end(done: Occurred) -> EmergencyCommand {
    EmergencyCommand::End(EndEmergency { done })
}

fn end_by_law(done: Occurred) -> EmergencyCommand {
    let basis = code("mea-20");
    EmergencyCommand::RecordEndByLaw(RecordEndByLaw { done, basis })
}

/// The emergency, declared.
fn declared() -> Emergency {
    doors::after(&facts(), [declare()])
}

/// The emergency with criteria and three people screened, after some more.
fn after(commands: impl IntoIterator<Item = EmergencyCommand>) -> Emergency {
    let first = [declare(), publish(), screen()];
    doors::after(&facts(), first.into_iter().chain(commands))
}
