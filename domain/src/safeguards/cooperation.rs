//! What the safeguards and the rules of international cooperation have against acts in a matter with another State.

use super::{Reasoned, objection};
use crate::act::{Door, Facts, Grade, Objection};
use crate::actor::Role;
use crate::childhood::is_child;
use crate::cooperation::{
    Authority, CooperationRefusal, Direction, EffectMatter, ForeignJudgment, GrantCooperation,
    HangsOn, Matter, Penalty, PenaltyKind, RefuseCooperation, RequestCooperation, Requested, Side,
};
use crate::jurisdiction::{Against, holds};
use crate::values::{Answer, CivilDate, Code, Consent, Known, Occurred};

type Found = Vec<Objection<CooperationRefusal>>;

/// What a request meets: TR-3.1, IC-5.
pub(crate) fn request(wish: &RequestCooperation, facts: &Facts, found: &mut Found) {
    basis(&wish.basis, facts.date(wish.done), facts, found);
    let matter = wish.matter;
    let sentence = matches!(wish.origin, Some(HangsOn::Sentence(_)));
    let judged = match (matter, wish.direction) {
        (Matter::Extradition, _) => true,
        (Matter::Transfer | Matter::Recognition, Direction::Outward) => sentence,
        (Matter::Transfer | Matter::Recognition, Direction::Inward) => wish.judgment.is_some(),
    };
    if !judged {
        found.push(Objection::hard(CooperationRefusal::JudgmentMissing {
            matter,
        }));
    }
}

/// What a grant meets: IC-3, TR-3.3, and of this State IC-5, IC-8, IC-9, IC-11.
pub(crate) fn grant(
    asked: &Requested,
    wish: &GrantCooperation,
    door: Door,
    facts: &Facts,
    found: &mut Found,
) {
    competent(wish.by, door, facts, found);
    if asked.is_granted_again(wish) {
        found.push(Objection::hard(CooperationRefusal::AlreadyGranted {
            by: wish.by,
        }));
    }
    if wish.by.side() == Side::OtherState {
        return;
    }
    examined(asked, wish, facts, found);
    let assurances = asked.assurances.iter().chain(&wish.assurances);
    // A court may find the person extraditable before the authority that surrenders has asked for assurances.
    let grade = match wish.by {
        Authority::Court => Grade::Alarm,
        Authority::CentralAuthority | Authority::OtherState => Grade::Hard,
    };
    unprotected(asked, assurances, grade, facts, found);
    if asked.is_served_here() {
        let judgment = asked.request.judgment.as_ref();
        if judgment.is_some_and(|judgment| judgment.final_since.is_none()) {
            found.push(Objection::hard(CooperationRefusal::JudgmentNotFinal));
        }
    }
    if asked.is_transfer() {
        consent(asked, wish.decided, facts, found);
    }
}

/// What a refusal meets: TR-3.3, and of this State IC-7. Why the other State refuses, it may not have said.
pub(crate) fn refusal(wish: &RefuseCooperation, door: Door, facts: &Facts, found: &mut Found) {
    competent(wish.by, door, facts, found);
    if wish.by.side() == Side::ThisState && wish.grounds.is_empty() {
        found.push(Objection::hard(CooperationRefusal::GroundMissing));
    }
}

/// What carrying it out meets: IC-6, IC-9, IC-10, IC-11.
pub(crate) fn effect(asked: &Requested, wish: &EffectMatter, facts: &Facts, found: &mut Found) {
    for side in asked.undecided() {
        found.push(Objection::hard(CooperationRefusal::GrantMissing { side }));
    }
    if asked.is_transfer() {
        consent(asked, wish.done, facts, found);
    }
    if asked.is_served_here() {
        served_here(asked, wish, found);
    }
    unprotected(asked, asked.assurances.iter(), Grade::Hard, facts, found);
}

/// IC-11: nobody is sent to face death or torture without an assurance against it (ICCPR, article 6; Convention against
/// Torture, article 3; Model Treaty on Extradition, articles 3(f) and 4(d)).
fn unprotected<'a>(
    asked: &Requested,
    assurances: impl Iterator<Item = &'a Code> + Clone,
    grade: Grade,
    facts: &Facts,
    found: &mut Found,
) {
    if !asked.is_sent_there() {
        return;
    }
    let (death, torture) = (asked.request.death_penalty, asked.request.torture_feared);
    for (feared, against, refusal) in [
        (death, Against::Death, CooperationRefusal::AssuranceMissing),
        (torture, Against::Torture, CooperationRefusal::TortureFeared),
    ] {
        let is_assured = |code: &Code| facts.law.cooperation.protects(code, against);
        if feared == Known::Value(Answer::Yes) && !assurances.clone().any(is_assured) {
            found.push(Objection { grade, refusal });
        }
    }
}

/// TR-3.1: the treaty or statute is in force on the day.
pub(crate) fn basis(basis: &Code, on: CivilDate, facts: &Facts, found: &mut Found) {
    if !holds(&facts.law.cooperation.bases, basis, on) {
        let basis = basis.clone();
        found.push(Objection::hard(CooperationRefusal::NotInForce {
            basis,
            on,
        }));
    }
}

/// TR-3.3: whoever is named as deciding decides. Whoever records a decision of the past, or of the other State, need
/// not have taken it.
pub(crate) fn competent(by: Authority, door: Door, facts: &Facts, found: &mut Found) {
    let role = facts.actor.role;
    let decides = match by {
        Authority::Court => matches!(role, Role::Judge | Role::Clerk),
        Authority::CentralAuthority => role == Role::Prosecutor,
        Authority::OtherState => true,
    };
    if door.is_live() && !decides {
        found.push(Objection::hard(CooperationRefusal::NotCompetent { role }));
    }
}

/// CRC-AGE: the age that is told of a time and the date of birth do not agree.
pub(crate) fn age(told: Known<u16>, at: Occurred, facts: &Facts, found: &mut Found) {
    if facts.contradicts_age(told, at) {
        let refusal = CooperationRefusal::AgeContradicted;
        found.extend(objection(refusal, Reasoned::No, &facts.law));
    }
}

/// DP-7: software asks, decides and carries out nothing.
pub(crate) fn is_software(facts: &Facts) -> bool {
    facts.actor.role == Role::System
}

/// IC-8: each mandatory ground was examined, in this grant or an earlier one.
fn examined(asked: &Requested, wish: &GrantCooperation, facts: &Facts, found: &mut Found) {
    let mandatory = facts.law.cooperation.mandatory(asked.request.matter);
    let missing = mandatory
        .filter(|ground| !wish.examined.contains(ground) && !asked.examined.contains(ground));
    let grounds: Vec<Code> = missing.cloned().collect();
    if !grounds.is_empty() {
        let refusal = CooperationRefusal::NotExamined { grounds };
        found.push(Objection::reasons(refusal));
    }
}

/// IC-9: informed consent before it; a child's guardian consents too.
fn consent(asked: &Requested, done: Occurred, facts: &Facts, found: &mut Found) {
    let consent = asked.consent.as_ref();
    let informed = consent.filter(|c| c.is_informed() && !facts.is_before(done, c.given));
    let Some(consent) = informed else {
        found.push(Objection::hard(CooperationRefusal::ConsentMissing));
        return;
    };
    let (age, minor) = (asked.request.age, asked.request.minor);
    if is_child(age, minor, &facts.law) && consent.guardian != Known::Value(Consent::Given) {
        found.push(Objection::hard(CooperationRefusal::GuardianMissing));
    }
}

/// IC-10: what is left of a judgment of the other State, once it is served here.
fn served_here(asked: &Requested, wish: &EffectMatter, found: &mut Found) {
    let Some(judgment) = asked.request.judgment.as_ref() else {
        return;
    };
    if wish.enforcement.is_none() {
        found.push(Objection::hard(CooperationRefusal::EnforcementMissing));
    }
    match &wish.left {
        Some(left) => no_heavier(judgment, left, wish.served_days, found),
        None => found.push(Objection::hard(CooperationRefusal::LeftMissing)),
    }
}

fn no_heavier(
    judgment: &ForeignJudgment,
    left: &Penalty,
    served_days: Known<u32>,
    found: &mut Found,
) {
    if judgment.is_aggravated_by(left) {
        found.push(Objection::hard(CooperationRefusal::Aggravated));
        return;
    }
    let is_money = left.kind == PenaltyKind::Fine;
    if is_money && judgment.is_custodial() {
        found.push(Objection::hard(CooperationRefusal::IntoMoney));
    }
    if let (Some(served), Some(length)) = (served_days.value().copied(), left.length)
        && judgment.is_left_undeducted(left, served)
    {
        found.push(Objection::hard(CooperationRefusal::NotDeducted {
            left: length,
            served,
        }));
    }
}
