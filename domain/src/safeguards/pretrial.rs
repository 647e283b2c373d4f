//! What the safeguards have against acts before judgment.

use super::{Reasoned, objection};
use crate::act::{Door, Facts, Objection};
use crate::actor::Role;
use crate::childhood::is_child;
use crate::jurisdiction::{Meaning, Pack, holds};
use crate::pretrial::{
    Case, ExtendDetention, ImposeAlternative, Measure, OpenCase, OrderDetention, PretrialRefusal,
    VaryAlternative,
};
use crate::values::{CivilDate, Code, Consent, Day, InformedConsent, Known, Occurred, Told};

type Found = Vec<Objection<PretrialRefusal>>;

/// TR-3.3: a court decides. Whoever records a decision of the past need not be the one who took it.
pub(crate) fn court(door: Door, facts: &Facts, found: &mut Found) {
    let role = facts.actor.role;
    if door.is_live() && !matches!(role, Role::Judge | Role::Clerk) {
        found.push(Objection::hard(PretrialRefusal::NotCompetent { role }));
    }
}

/// What an alternative to detention meets: TR-3.1, TR-3.3, TR-3.4, TR-3.5, TR-12.2, CRC-40.
pub(crate) fn alternative(
    case: &Case,
    wish: &ImposeAlternative,
    door: Door,
    facts: &Facts,
    found: &mut Found,
) {
    court(door, facts, found);
    basis(&wish.basis, facts.date(wish.decided), facts, found);
    under_age(case, facts, found);
    terms(&wish.measures, facts, found);
    if wish.measures.iter().any(|m| needs_consent(m, facts)) {
        consent(case, wish.consent.as_ref(), wish.decided, facts, found);
    }
    if wish.review_told != Known::Value(Told::Yes) {
        found.extend(objection(
            PretrialRefusal::ReviewUntold,
            Reasoned::No,
            &facts.law,
        ));
    }
}

/// What a variation meets: TR-3.3, TR-3.4 where more is asked than before, TR-12.2.
pub(crate) fn variation(
    case: &Case,
    holds: &[Measure],
    wish: &VaryAlternative,
    door: Door,
    facts: &Facts,
    found: &mut Found,
) {
    court(door, facts, found);
    terms(&wish.measures, facts, found);
    let asked = |measure: &&Measure| holds.iter().any(|m| m.alternative == measure.alternative);
    let more = wish.measures.iter().filter(|measure| !asked(measure));
    if more
        .into_iter()
        .any(|measure| needs_consent(measure, facts))
    {
        consent(case, wish.consent.as_ref(), wish.decided, facts, found);
    }
}

/// TR-6.3: whoever is detained is told how to appeal.
pub(crate) fn appeal_told(told: Known<Told>, law: &Pack, found: &mut Found) {
    if told != Known::Value(Told::Yes) {
        found.extend(objection(PretrialRefusal::AppealUntold, Reasoned::No, law));
    }
}

/// What an order of detention meets: TR-3.1, TR-3.3, TR-6.1, TR-6.2, TR-6.3, BR-64, BJ-17, CRC-40, KD-LA.
pub(crate) fn detention(
    case: &Case,
    wish: &OrderDetention,
    door: Door,
    facts: &Facts,
    found: &mut Found,
) {
    court(door, facts, found);
    basis_of_detention(&wish.basis, wish.decided, facts, found);
    under_age(case, facts, found);
    last_resort(wish, facts, found);
    maximum(case, wish.until, wish.decided, facts, found);
    next_review(case, wish.next_review, wish.decided, facts, found);
    let law = &facts.law;
    appeal_told(wish.appeal_told, law, found);
    let circumstances = &case.opening.circumstances;
    let carer = [
        Meaning::Pregnant,
        Meaning::Breastfeeding,
        Meaning::DependentChild,
    ];
    if wish.carer.is_none() && law.sentencing.says(circumstances, &carer) {
        found.extend(objection(
            PretrialRefusal::CarerNotWeighed,
            Reasoned::No,
            law,
        ));
    }
    if wish.child.is_none() && may_be_a_child(case, facts) {
        found.extend(objection(
            PretrialRefusal::ChildNotWeighed,
            Reasoned::No,
            law,
        ));
    }
    counsel(case, wish, law, found);
}

/// KD-LA: nobody is held without counsel unless they waived it, or it is said why. What nobody recorded is no "no": the
/// question is asked.
fn counsel(case: &Case, wish: &OrderDetention, law: &Pack, found: &mut Found) {
    let reasoned = Reasoned::by(wish.reasons.as_ref());
    let refusal = match wish.counsel.value().copied().or(case.counsel) {
        None => PretrialRefusal::CounselNotRecorded,
        Some(aid) if aid.is_missing() => PretrialRefusal::NoCounsel { reasoned },
        Some(_) => return,
    };
    found.extend(objection(refusal, reasoned, law));
}

/// What an extension meets: TR-3.1, TR-3.3, TR-6.2, EM-5.
pub(crate) fn extension(
    case: &Case,
    wish: &ExtendDetention,
    door: Door,
    facts: &Facts,
    found: &mut Found,
) {
    court(door, facts, found);
    basis_of_detention(&wish.basis, wish.decided, facts, found);
    maximum(case, wish.until, wish.decided, facts, found);
    next_review(case, wish.next_review, wish.decided, facts, found);
    if wish.necessity.is_none() {
        let refusal = PretrialRefusal::NecessityMissing;
        found.extend(objection(refusal, Reasoned::No, &facts.law));
    }
}

/// TR-6.2: a review comes no later than the policy allows, a child's sooner.
pub(crate) fn next_review(
    case: &Case,
    next: Day,
    decided: Occurred,
    facts: &Facts,
    found: &mut Found,
) {
    let rules = &facts.law.pretrial;
    let within = if may_be_a_child(case, facts) {
        rules.child_review_days.or(rules.review_days)
    } else {
        rules.review_days
    };
    let latest = facts.date(decided).latest().zip(within);
    let latest = latest.map(|(decided, days)| decided.plus_days(days));
    if let Some(latest) = latest.filter(|latest| next > *latest) {
        let refusal = PretrialRefusal::ReviewTooLate { next, latest };
        found.extend(objection(refusal, Reasoned::No, &facts.law));
    }
}

/// TR-3.1: the provision is in force on the day.
fn basis(basis: &Code, on: CivilDate, facts: &Facts, found: &mut Found) {
    if !holds(&facts.law.pretrial.bases, basis, on) {
        let basis = basis.clone();
        found.push(Objection::hard(PretrialRefusal::NotInForce { basis, on }));
    }
}

/// TR-3.1: the provision is in force on the day, and allows detention.
fn basis_of_detention(named: &Code, decided: Occurred, facts: &Facts, found: &mut Found) {
    basis(named, facts.date(decided), facts, found);
    if facts.law.pretrial.for_measures.contains(named) {
        let basis = named.clone();
        found.push(Objection::hard(PretrialRefusal::ForMeasures { basis }));
    }
}

/// TR-6.1: detention is the last resort, and says why.
fn last_resort(wish: &OrderDetention, facts: &Facts, found: &mut Found) {
    let mut missing = Vec::new();
    if wish.grounds.is_empty() {
        missing.push(PretrialRefusal::NoGround);
    }
    for ground in wish.grounds.iter().filter(|ground| ground.facts.is_none()) {
        let ground = ground.ground.clone();
        missing.push(PretrialRefusal::FactsMissing { ground });
    }
    if wish.alternatives.is_empty() {
        missing.push(PretrialRefusal::AlternativesNotConsidered);
    }
    for considered in wish
        .alternatives
        .iter()
        .filter(|considered| considered.why.is_none())
    {
        let alternative = considered.alternative.clone();
        missing.push(PretrialRefusal::AlternativeUnreasoned { alternative });
    }
    let stand = missing.into_iter();
    found.extend(stand.filter_map(|refusal| objection(refusal, Reasoned::No, &facts.law)));
}

/// TR-6.2: all detention before judgment together lasts no longer than the law allows.
fn maximum(case: &Case, until: Day, decided: Occurred, facts: &Facts, found: &mut Found) {
    let Some((days, from)) = facts
        .law
        .pretrial
        .longest_days
        .zip(facts.date(decided).latest())
    else {
        return;
    };
    let held = case.days_held(|done| facts.date(done), from);
    // The day on which detention goes on counts once.
    let held = if case.is_detained() {
        held.saturating_sub(1)
    } else {
        held
    };
    let left = days.saturating_sub(held);
    let latest = from.plus_days(left).minus_days(1);
    if until > latest {
        found.push(Objection::hard(PretrialRefusal::AboveMaximum {
            until,
            latest,
        }));
    }
}

/// TR-12.2: a measure says what it asks, and there are no more than can be kept.
fn terms(measures: &[Measure], facts: &Facts, found: &mut Found) {
    let law = &facts.law;
    for measure in measures.iter().filter(|measure| measure.terms.is_none()) {
        let alternative = measure.alternative.clone();
        let refusal = PretrialRefusal::TermsMissing { alternative };
        found.extend(objection(refusal, Reasoned::No, law));
    }
    if let Some(most) = law
        .pretrial
        .most_measures
        .filter(|most| measures.len() > *most)
    {
        let refusal = PretrialRefusal::TooMany {
            measures: measures.len(),
            most,
        };
        found.extend(objection(refusal, Reasoned::No, law));
    }
}

fn needs_consent(measure: &Measure, facts: &Facts) -> bool {
    let rules = &facts.law.pretrial;
    !rules.without_consent.contains(&measure.alternative)
}

/// TR-3.4: informed consent, before the obligation; a child's guardian consents too.
fn consent(
    case: &Case,
    consent: Option<&InformedConsent>,
    decided: Occurred,
    facts: &Facts,
    found: &mut Found,
) {
    let Some(consent) =
        consent.filter(|consent| consent.is_informed() && !facts.is_before(decided, consent.given))
    else {
        found.push(Objection::hard(PretrialRefusal::ConsentMissing));
        return;
    };
    if may_be_a_child(case, facts) && consent.guardian != Known::Value(Consent::Given) {
        found.push(Objection::hard(PretrialRefusal::GuardianMissing));
    }
}

/// CRC-AGE: the age that is told and the date of birth do not agree.
pub(crate) fn age(wish: &OpenCase, facts: &Facts, found: &mut Found) {
    if facts.contradicts_earlier_age(wish.age_at_offence, wish.done) {
        let refusal = PretrialRefusal::AgeContradicted;
        found.extend(objection(refusal, Reasoned::No, &facts.law));
    }
}

/// CRC-40: nobody under the age of criminal responsibility is held or put under measures.
fn under_age(case: &Case, facts: &Facts, found: &mut Found) {
    let minimum = facts.law.ages.criminal_responsibility;
    let opening = &case.opening;
    if facts.is_under(minimum, opening.age_at_offence, opening.done) {
        found.push(Objection::hard(PretrialRefusal::UnderAge { minimum }));
    }
}

/// Whether the person is known to have been a child at the offence.
fn may_be_a_child(case: &Case, facts: &Facts) -> bool {
    let opening = &case.opening;
    let minor = facts.minor(opening.minor, opening.done);
    is_child(opening.age_at_offence, minor, &facts.law)
}
