//! What the safeguards ask of the choice of a sentence: what was considered, by which criteria, who was heard.

use std::collections::BTreeSet;

use super::super::{Reasoned, objection};
use super::{Found, person};
use crate::act::{Door, Facts};
use crate::jurisdiction::{Ask, Meaning, Pack};
use crate::sentence::{Decision, SanctionKind, SentenceRefusal};
use crate::values::{CivilDate, Known, Told};

/// TR-8.2: custody only after non-custodial options were considered. Reasons overcome it, so an existing fact gets a
/// finding that is no more than a notice. Of what a file brings it is asked only where its record holds the court's
/// reasoning at all: a source that is silent on every reason does not say that none was considered.
pub(crate) fn alternatives(decision: &Decision, door: Door, facts: &Facts, found: &mut Found) {
    let law = facts.law.as_ref();
    if facts.is_brought_in(door) && !is_reasoned(decision) {
        return;
    }
    let asks = law
        .sentencing
        .asks(SanctionKind::Custody, Ask::Alternatives);
    if is_custodial(decision) && asks && decision.alternatives_considered.is_empty() {
        let refusal = SentenceRefusal::AlternativesNotConsidered;
        found.extend(objection(refusal, Reasoned::No, law));
    }
}

fn is_reasoned(decision: &Decision) -> bool {
    decision.reasons.is_some()
        || !decision.aggravating.is_empty()
        || !decision.mitigating.is_empty()
}

/// Whether somebody is held at once.
pub(super) fn is_custodial(decision: &Decision) -> bool {
    let mut components = decision.components();
    components.any(|(_, c)| c.sanction.kind() == SanctionKind::Custody)
}

/// What a sentence meets that reasons in words overcome, and what is only seen: TR-2.6, TR-3.2, TR-3.5, TR-8.1, KD-LA, and what protects carers and
/// children. Of what a file brings it is asked only where the record holds the court's words.
pub(crate) fn weighed(
    decision: &Decision,
    door: Door,
    decided: CivilDate,
    facts: &Facts,
    found: &mut Found,
) {
    let law = facts.law.as_ref();
    let silent = decision.reasons.is_none() && decision.weighed.is_empty();
    if facts.is_brought_in(door) && silent {
        return;
    }
    lighter(decision, law, found);
    criteria(decision, law, found);
    victim(decision, law, found);
    review(decision, law, found);
    counsel(decision, law, found);
    person::carer(decision, facts, found);
    person::child(decision, decided, facts, found);
}

/// Whether the policy asks something for one of the sanctions of a decision.
fn asks(decision: &Decision, ask: Ask, law: &Pack) -> bool {
    let mut components = decision.components();
    components.any(|(_, c)| law.sentencing.asks(c.sanction.kind(), ask))
}

/// TR-2.6: no more is imposed than is needed: a lighter option was considered. For custody it is TR-8.2.
fn lighter(decision: &Decision, law: &Pack, found: &mut Found) {
    let asked = asks(decision, Ask::Lighter, law) && !is_custodial(decision);
    if asked && decision.alternatives_considered.is_empty() {
        let reasoned = Reasoned::by(decision.reasons.as_ref());
        let refusal = SentenceRefusal::LighterNotConsidered;
        found.extend(objection(refusal, reasoned, law));
    }
}

/// TR-3.2: the offence, what speaks for and against the person, the background, the purposes and the victim are each
/// looked at.
fn criteria(decision: &Decision, law: &Pack, found: &mut Found) {
    if !asks(decision, Ask::Criteria, law) {
        return;
    }
    let weighed = &decision.weighed;
    let offence = decision
        .counts
        .iter()
        .all(|count| count.gravity.is_some() || count.range.is_some());
    let factors = !decision.aggravating.is_empty() || !decision.mitigating.is_empty();
    let blocks = [
        (offence, "the gravity of the offence"),
        (factors, "what speaks for and against the person"),
        (!decision.circumstances.is_empty(), "the background"),
        (!weighed.purposes.is_empty(), "the purposes"),
        (!weighed.victim.is_not_recorded(), "the victim"),
    ];
    let missing = blocks.into_iter().filter(|(there, _)| !there);
    let missing: BTreeSet<&str> = missing.map(|(_, what)| what).collect();
    if !missing.is_empty() {
        let what = missing.into_iter().collect();
        let reasoned = Reasoned::by(decision.reasons.as_ref());
        let refusal = SentenceRefusal::CriteriaMissing { what };
        found.extend(objection(refusal, reasoned, law));
    }
}

/// TR-8.1: the victim is heard where that is right.
fn victim(decision: &Decision, law: &Pack, found: &mut Found) {
    if asks(decision, Ask::Victim, law) && decision.weighed.victim.value().is_none() {
        let refusal = SentenceRefusal::VictimNotHeard;
        found.extend(objection(refusal, Reasoned::No, law));
    }
}

/// TR-3.5: the person is told how the decision can be reviewed. What nobody recorded says nothing.
fn review(decision: &Decision, law: &Pack, found: &mut Found) {
    if decision.weighed.review_told == Known::Value(Told::No) {
        let refusal = SentenceRefusal::ReviewUntold;
        found.extend(objection(refusal, Reasoned::No, law));
    }
}

/// KD-LA: nobody goes into custody without counsel unless they waived it. What nobody recorded says nothing.
fn counsel(decision: &Decision, law: &Pack, found: &mut Found) {
    let denied = law
        .sentencing
        .denies(&decision.circumstances, Meaning::Counsel);
    if denied && is_custodial(decision) {
        let reasoned = Reasoned::by(decision.reasons.as_ref());
        let refusal = SentenceRefusal::NoCounsel;
        found.extend(objection(refusal, reasoned, law));
    }
}
