//! What the safeguards have against acts in a restorative process, and against a sentence that holds one against somebody.

use super::{Reasoned, objection};
use crate::act::{Facts, Objection};
use crate::childhood::is_child;
use crate::jurisdiction::Pack;
use crate::restorative::{
    EndProcess, Process, ReferToProcess, RestorativeRefusal, Side, StartProcess,
};
use crate::sentence::{CodeList, Decision, DepartureDirection, SentenceRefusal};
use crate::values::{Consent, Known, PersonId};

type Found = Vec<Objection<RestorativeRefusal>>;

/// What a start meets. RJ-1: both sides take part of their own free will, and somebody fair to both leads it.
pub(crate) fn start(process: &Process, wish: &StartProcess, facts: &Facts, found: &mut Found) {
    let referral = &process.referral;
    let law = &facts.law;
    let sides = [
        (Side::Offender, is_child(referral.age, referral.minor, law)),
        (Side::Victim, is_child(referral.victim_age, None, law)),
    ];
    for (side, is_child) in sides {
        consent(process, side, is_child, wish, facts, found);
    }
    let is_a_side = |person: PersonId| {
        let facilitator = wish.facilitator.as_ref();
        facilitator.is_some_and(|f| f.as_str() == person.to_string())
    };
    if wish.facilitator.is_none() {
        found.push(Objection::hard(RestorativeRefusal::FacilitatorMissing));
    } else if is_a_side(referral.person) || referral.victim.is_some_and(is_a_side) {
        found.push(Objection::hard(RestorativeRefusal::FacilitatorIsASide));
    }
}

fn consent(
    process: &Process,
    side: Side,
    is_child: bool,
    wish: &StartProcess,
    facts: &Facts,
    found: &mut Found,
) {
    let given = process.consent(side);
    let informed = given.filter(|c| c.is_informed() && !facts.is_before(wish.done, c.given));
    let Some(consent) = informed else {
        found.push(Objection::hard(RestorativeRefusal::ConsentMissing { side }));
        return;
    };
    if is_child && consent.guardian != Known::Value(Consent::Given) {
        found.push(Objection::hard(RestorativeRefusal::GuardianMissing {
            side,
        }));
    }
}

/// CRC-AGE: the age that is told and the date of birth do not agree.
pub(crate) fn age(wish: &ReferToProcess, facts: &Facts, found: &mut Found) {
    if facts.contradicts_age(wish.age, wish.done) {
        let refusal = RestorativeRefusal::AgeContradicted;
        found.extend(objection(refusal, Reasoned::No, &facts.law));
    }
}

/// What an end meets. RJ-2: its reason blames nobody who took part.
pub(crate) fn end(wish: &EndProcess, facts: &Facts, found: &mut Found) {
    if facts.law.restorative.blames(&wish.reason) {
        let reason = wish.reason.clone();
        found.push(Objection::hard(RestorativeRefusal::BlamingReason {
            reason,
        }));
    }
}

/// What a sentence meets. RJ-2: neither taking part nor failing makes it heavier, as a factor or as a reason to go above
/// the range.
pub(crate) fn grounds(decision: &Decision, law: &Pack) -> Vec<Objection<SentenceRefusal>> {
    let factors = decision.aggravating.iter();
    let factors = factors.map(|ground| (CodeList::Aggravating, ground));
    let departures = decision.counts.iter().filter_map(|c| c.departure.as_ref());
    let above = departures.filter(|departure| departure.direction == DepartureDirection::Above);
    let reasons = above.flat_map(|departure| &departure.reasons);
    let reasons = reasons.map(|ground| (CodeList::Departures, ground));
    let forbidden = &law.restorative.forbidden_grounds;
    factors
        .chain(reasons)
        .filter(|(_, ground)| forbidden.contains(ground))
        .map(|(list, ground)| {
            let ground = ground.clone();
            Objection::hard(SentenceRefusal::HeldAgainst { list, ground })
        })
        .collect()
}
