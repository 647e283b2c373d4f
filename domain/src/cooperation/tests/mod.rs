//! The rules of matters with another State, each with a case that passes and one that does not.

mod arrest;
mod decision;
mod effect;
mod request;
mod told;

use super::{
    Authority, Cooperation, CooperationCommand, Direction, EffectMatter, EndMatter, Enforcement,
    ForeignJudgment, ForeignOffence, GrantCooperation, HangsOn, Matter, NotifyJudgment, Penalty,
    PenaltyKind, PostponeMatter, RefuseCooperation, ReopenMatter, RequestCooperation,
    WithdrawConsent,
};
use crate::act::{Facts, Reference};
use crate::actor::Role;
use crate::personal::{DataClass, PersonalText};
use crate::testing::doors;
use crate::testing::samples::{self, code, length, midland, on, person, sentence_id};
use crate::values::{
    Answer, Code, CourtCode, Day, IccsCode, InformedConsent, Known, LegalAid, Occurred,
    OffenceCode, OfficeCode, PretrialId, Told,
};

fn facts() -> Facts {
    facts_of(Role::Judge)
}

fn facts_of(role: Role) -> Facts {
    let found = [
        Reference::Person(person(1)),
        Reference::Sentence(sentence_id(7)),
        Reference::Pretrial(case(7)),
    ];
    doors::facts_of(role, found)
}

fn case(no: u128) -> PretrialId {
    PretrialId(uuid::Uuid::from_u128(no))
}

fn text() -> PersonalText {
    samples::sealed(DataClass::Judgment)
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn theft() -> ForeignOffence {
    ForeignOffence {
        code: Known::Value(OffenceCode::parse("311-1").unwrap()),
        iccs: Some(IccsCode::parse("0502").unwrap()),
        here: Some(OffenceCode::parse("M102").unwrap()),
        committed: Known::Value("2024-06-02".parse().unwrap()),
    }
}

fn penalty(kind: PenaltyKind, term: Option<&str>) -> Penalty {
    Penalty {
        kind,
        length: term.map(length),
        suspended_for: None,
        amount: None,
    }
}

fn custody(term: &str) -> Penalty {
    penalty(PenaltyKind::Custody, Some(term))
}

/// A judgment of a French court: two years of custody for theft.
fn judgment() -> ForeignJudgment {
    ForeignJudgment {
        court: CourtCode::parse("tj-lille").unwrap(),
        reference: None,
        pronounced: "2025-03-10".parse().unwrap(),
        final_since: Some("2025-03-21".parse().unwrap()),
        present: Known::Value(Answer::Yes),
        offences: vec![theft()],
        penalties: vec![custody("P2Y")],
    }
}

/// A request that this State receives a person who was sentenced in France.
fn whole(done: Occurred) -> RequestCooperation {
    RequestCooperation {
        person: person(1),
        done,
        matter: Matter::Transfer,
        direction: Direction::Inward,
        state: "FR".parse().unwrap(),
        authority: Some(OfficeCode::parse("bepi").unwrap()),
        basis: code("transfer-treaty-4"),
        office: OfficeCode::parse("central-authority").unwrap(),
        case: None,
        their_case: None,
        origin: None,
        offences: Vec::new(),
        judgment: Some(judgment()),
        age: Known::Value(34),
        minor: None,
        court: None,
        torture_feared: Known::NotRecorded,
        death_penalty: Known::NotRecorded,
        decide_by: None,
        reasons: Some(text()),
    }
}

/// A request with something changed, at any moment.
fn requesting(change: impl Fn(&mut RequestCooperation)) -> impl Fn(Occurred) -> CooperationCommand {
    move |done| {
        let mut wish = whole(done);
        change(&mut wish);
        CooperationCommand::Request(wish)
    }
}

fn request(done: Occurred) -> CooperationCommand {
    CooperationCommand::Request(whole(done))
}

/// France asks for the surrender of somebody who is to be tried.
fn surrender(wish: &mut RequestCooperation) {
    wish.matter = Matter::Extradition;
    wish.direction = Direction::Outward;
    wish.basis = code("extradition-treaty-2");
    wish.judgment = None;
    wish.offences = vec![theft()];
}

/// Somebody sentenced here goes to France to serve there.
fn homeward(wish: &mut RequestCooperation) {
    wish.direction = Direction::Outward;
    wish.judgment = None;
    wish.origin = Some(HangsOn::Sentence(sentence_id(7)));
}

fn notice(done: Occurred) -> NotifyJudgment {
    NotifyJudgment {
        person: person(1),
        done,
        state: "FR".parse().unwrap(),
        authority: None,
        basis: code("ica-20"),
        office: OfficeCode::parse("central-authority").unwrap(),
        judgment: judgment(),
        age: Known::Value(33),
        minor: None,
    }
}

/// A notice with something changed, at any moment.
fn notifying(change: impl Fn(&mut NotifyJudgment)) -> impl Fn(Occurred) -> CooperationCommand {
    move |done| {
        let mut wish = notice(done);
        change(&mut wish);
        CooperationCommand::NotifyJudgment(wish)
    }
}

fn informed() -> InformedConsent {
    InformedConsent {
        given: on("2026-01-12"),
        language: code("fr"),
        consequences: Told::Yes,
        counsel: LegalAid::Granted,
        guardian: Known::NotRecorded,
    }
}

fn consent() -> CooperationCommand {
    CooperationCommand::GiveConsent(informed())
}

fn withdraw(done: Occurred) -> CooperationCommand {
    CooperationCommand::WithdrawConsent(WithdrawConsent { done, said: None })
}

/// Every ground that has to be examined in a matter.
fn mandatory(matter: Matter) -> Vec<Code> {
    midland().cooperation.mandatory(matter).cloned().collect()
}

/// A grant with everything examined, and something changed, at any moment.
fn granting(
    matter: Matter,
    by: Authority,
    change: impl Fn(&mut GrantCooperation),
) -> impl Fn(Occurred) -> CooperationCommand {
    move |decided| {
        let mut wish = GrantCooperation {
            decided,
            by,
            examined: mandatory(matter),
            assurances: Vec::new(),
            carry_out_by: None,
            reasons: Some(text()),
        };
        change(&mut wish);
        CooperationCommand::Grant(wish)
    }
}

fn granted_by(by: Authority, decided: &str) -> CooperationCommand {
    granting(Matter::Transfer, by, |_| {})(on(decided))
}

/// A refusal on some grounds, at any moment.
fn refusing(
    by: Authority,
    grounds: &'static [&'static str],
) -> impl Fn(Occurred) -> CooperationCommand {
    move |decided| {
        CooperationCommand::Refuse(RefuseCooperation {
            decided,
            by,
            grounds: grounds.iter().copied().map(code).collect(),
            reasons: Some(text()),
            review_told: Known::Value(Told::Yes),
        })
    }
}

fn reopen(decided: Occurred) -> CooperationCommand {
    CooperationCommand::Reopen(ReopenMatter {
        decided,
        by: Authority::Court,
        reasons: None,
    })
}

/// Carried out later for a reason, until a day, at any moment.
fn postponing(
    reason: &'static str,
    until: &'static str,
) -> impl Fn(Occurred) -> CooperationCommand {
    move |decided| {
        CooperationCommand::Postpone(PostponeMatter {
            decided,
            reason: code(reason),
            until: day(until),
            facts: None,
        })
    }
}

/// Carried out with something changed, at any moment: the rest of the sentence is continued.
fn effecting(change: impl Fn(&mut EffectMatter)) -> impl Fn(Occurred) -> CooperationCommand {
    move |done| {
        let mut wish = EffectMatter {
            done,
            enforcement: Some(Enforcement::Continued),
            left: Some(custody("P1Y")),
            served_days: Known::Value(330),
            note: None,
        };
        change(&mut wish);
        CooperationCommand::Effect(wish)
    }
}

fn effect(done: Occurred) -> CooperationCommand {
    effecting(|_| {})(done)
}

/// An end for a reason, at any moment.
fn ending(reason: &'static str) -> impl Fn(Occurred) -> CooperationCommand {
    move |done| {
        CooperationCommand::End(EndMatter {
            done,
            reason: code(reason),
            note: None,
        })
    }
}

/// A request of 5 January 2026, and what followed it.
fn asked_and(
    change: impl Fn(&mut RequestCooperation),
    then: impl IntoIterator<Item = CooperationCommand>,
) -> Cooperation {
    let first = requesting(change)(on("2026-01-05"));
    doors::after(&facts(), std::iter::once(first).chain(then))
}

/// A request of 5 January 2026.
fn asked() -> Cooperation {
    asked_and(|_| {}, [])
}

/// A transfer to which the person agreed and both States, the last on 2 February 2026.
fn granted() -> Cooperation {
    let both = [
        consent(),
        granted_by(Authority::OtherState, "2026-01-20"),
        granted_by(Authority::Court, "2026-02-02"),
    ];
    asked_and(|_| {}, both)
}
