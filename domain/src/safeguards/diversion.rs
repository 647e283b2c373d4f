//! What the safeguards have against acts on a case kept out of court.

use super::{Reasoned, objection};
use crate::act::{Door, Facts, Objection};
use crate::actor::Role;
use crate::childhood::is_child;
use crate::diversion::{Decider, DischargeCase, DiversionRefusal, OfferDiversion, Offered};
use crate::jurisdiction::holds;
use crate::values::{CivilDate, Code, Consent, Known, Occurred};

type Found = Vec<Objection<DiversionRefusal>>;

/// TR-3.3: whoever is named as deciding decides. Whoever records a decision of the past need not have taken it.
pub(crate) fn competent(by: Decider, door: Door, facts: &Facts, found: &mut Found) {
    let role = facts.actor.role;
    let decides = match by {
        Decider::Prosecution => role == Role::Prosecutor,
        Decider::Court => matches!(role, Role::Judge | Role::Clerk),
    };
    if door.is_live() && !decides {
        found.push(Objection::hard(DiversionRefusal::NotCompetent { role }));
    }
}

/// What an offer meets: TR-3.1, TR-3.3, TR-5.1, CRC-40, CRC-AGE.
pub(crate) fn offer(wish: &OfferDiversion, door: Door, facts: &Facts, found: &mut Found) {
    competent(wish.by, door, facts, found);
    minor(wish, facts, found);
    let on = facts.date(wish.decided);
    basis(wish.basis.as_ref(), on, facts, found);
    under_age(wish, facts, found);
    age(wish.age_at_offence, wish.decided, facts, found);
    let reasoned = Reasoned::by(wish.reasons.as_ref());
    criteria(&wish.criteria, reasoned, facts, found);
}

/// What a discharge meets: TR-3.1, TR-3.3, TR-5.1, CRC-AGE.
pub(crate) fn discharge(wish: &DischargeCase, door: Door, facts: &Facts, found: &mut Found) {
    competent(wish.by, door, facts, found);
    age(wish.age_at_offence, wish.decided, facts, found);
    let on = facts.date(wish.decided);
    basis(wish.basis.as_ref(), on, facts, found);
    let reasoned = Reasoned::by(wish.reasons.as_ref());
    criteria(&wish.criteria, reasoned, facts, found);
}

/// What the beginning of obligations meets. TR-3.4: informed consent before it; a child's guardian consents too.
pub(crate) fn activation(offered: &Offered, done: Occurred, facts: &Facts, found: &mut Found) {
    let consent = offered.consent.as_ref();
    let informed = consent.filter(|c| c.is_informed() && !facts.is_before(done, c.given));
    let Some(consent) = informed else {
        found.push(Objection::hard(DiversionRefusal::ConsentMissing));
        return;
    };
    let (age, minor) = (offered.offer.age_at_offence, offered.offer.minor);
    if is_child(age, minor, &facts.law) && consent.guardian != Known::Value(Consent::Given) {
        found.push(Objection::hard(DiversionRefusal::GuardianMissing));
    }
}

/// TR-3.3: on its own the prosecution asks something of a person only in minor cases.
fn minor(wish: &OfferDiversion, facts: &Facts, found: &mut Found) {
    let minor = &facts.law.diversion.minor;
    if wish.by == Decider::Court || minor.is_empty() {
        return;
    }
    if let Some(offence) = wish.offences.iter().find(|code| !minor.contains(code)) {
        let offence = offence.clone();
        found.push(Objection::hard(DiversionRefusal::NotMinor { offence }));
    }
}

/// TR-3.1: the provision that is named is in force on the day.
fn basis(basis: Option<&Code>, on: CivilDate, facts: &Facts, found: &mut Found) {
    let lapsed = basis.filter(|basis| !holds(&facts.law.diversion.bases, basis, on));
    if let Some(basis) = lapsed {
        let basis = basis.clone();
        found.push(Objection::hard(DiversionRefusal::NotInForce { basis, on }));
    }
}

/// TR-5.1: by published criteria, or with reasons.
fn criteria(named: &[Code], reasoned: Reasoned, facts: &Facts, found: &mut Found) {
    if named.is_empty() {
        let refusal = DiversionRefusal::CriteriaMissing;
        found.extend(objection(refusal, reasoned, &facts.law));
    }
}

/// CRC-40: nothing is asked of whoever is under the age of criminal responsibility.
fn under_age(wish: &OfferDiversion, facts: &Facts, found: &mut Found) {
    let minimum = facts.law.ages.criminal_responsibility;
    if facts.is_under(minimum, wish.age_at_offence, wish.decided) {
        found.push(Objection::hard(DiversionRefusal::UnderAge { minimum }));
    }
}

/// CRC-AGE: the age that is told and the date of birth do not agree.
fn age(told: Known<u16>, decided: Occurred, facts: &Facts, found: &mut Found) {
    if facts.contradicts_earlier_age(told, decided) {
        let refusal = DiversionRefusal::AgeContradicted;
        found.extend(objection(refusal, Reasoned::No, &facts.law));
    }
}
