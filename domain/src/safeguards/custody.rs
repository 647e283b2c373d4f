//! What the safeguards have against acts in a stay.

use super::{Reasoned, objection};
use crate::act::{Door, Facts, Grade, Objection};
use crate::custody::{
    Admit, Answer, BasisFallen, Classify, Commitment, CustodyRefusal, FallenDecision, HoldingBasis,
    IrregularHolding, Isolate, Protect, Reception, ReleaseFromCustody, SeparateChild, Stay,
};
use crate::jurisdiction::{Meaning, holds};
use crate::person::Sex;
use crate::values::{CivilDate, Known, Occurred, Told};

type Found = Vec<Objection<CustodyRefusal>>;

/// What an admission meets: TR-3.1, TR-3.10, TR-11.1, TR-14.5, BR-3, HR-20/MR-7, CU-9.
pub(crate) fn admission(wish: &Admit, door: Door, facts: &Facts, found: &mut Found) {
    commitment(&wish.commitment, wish.admitted, facts, found);
    if wish.reception.identity_checked != Known::Value(Answer::Yes) {
        found.push(Objection::hard(CustodyRefusal::IdentityUnchecked));
    }
    if wish.arrival.value().is_none() {
        found.push(Objection::hard(CustodyRefusal::ArrivalMissing));
    }
    // Of a past day the record may not know the hour; of today it does.
    if door.is_live() && matches!(wish.admitted, Occurred::On(_)) {
        found.push(Objection::hard(CustodyRefusal::HourMissing));
    }
    let asked = &wish.reception;
    let noted = [
        ("injuries", is_unasked(&asked.injuries)),
        ("property", is_unasked(&asked.property_listed)),
    ];
    let what: Vec<_> = unanswered(noted);
    if !what.is_empty() {
        found.push(Objection::notice(CustodyRefusal::NotNoted { what }));
    }
    reception(asked, facts, found);
}

/// What an order meets on which somebody is held: TR-3.1, TR-3.10, TR-11.1, TR-14.5, HR-20/MR-7.
pub(crate) fn commitment(wish: &Commitment, done: Occurred, facts: &Facts, found: &mut Found) {
    let on = facts.date(done);
    if let Some(reference) = wish.basis.reference()
        && !facts.found.contains(&reference)
    {
        let what = wish.basis.title();
        found.push(Objection::hard(CustodyRefusal::BasisNotFound { what }));
    }
    if let Some(provision) = wish.basis.provision()
        && !holds(&facts.law.custody.provisions, provision, on)
    {
        let provision = provision.clone();
        found.push(Objection::hard(CustodyRefusal::NotInForce {
            provision,
            on,
        }));
    }
    if let Some(until) = wish
        .until
        .filter(|until| CivilDate::Day(*until).is_before(on))
    {
        found.push(Objection::hard(CustodyRefusal::PastItsEnd { until, on }));
    }
    arrest(&wish.basis, on, facts, found);
    for (missing, refusal) in [
        (wish.order.is_none(), CustodyRefusal::NoOrder),
        (wish.authority.is_none(), CustodyRefusal::NoAuthority),
        (wish.reasons.is_none(), CustodyRefusal::ReasonsMissing),
    ] {
        if missing {
            found.push(Objection::hard(refusal));
        }
    }
}

/// TR-14.5: an arrest for a breach has a provision, and a hearing comes soon.
fn arrest(basis: &HoldingBasis, on: CivilDate, facts: &Facts, found: &mut Found) {
    let HoldingBasis::Breach(arrest) = basis else {
        return;
    };
    if arrest.provision.is_none() {
        found.push(Objection::hard(CustodyRefusal::NoProvision));
    }
    let latest = on.latest().zip(facts.law.custody.hearing_days);
    let latest = latest.map(|(on, days)| on.plus_days(days));
    if let Some((hearing, latest)) = arrest.hearing_by.zip(latest)
        && hearing > latest
    {
        let refusal = CustodyRefusal::HearingTooLate { hearing, latest };
        found.extend(objection(refusal, Reasoned::No, &facts.law));
    }
}

/// HR-20/MR-7: whoever is held without a valid order is seen, whatever the policy says. BR-3, CU-9.
pub(crate) fn irregular(wish: &IrregularHolding, facts: &Facts, found: &mut Found) {
    let missing = wish.missing.clone();
    found.push(Objection {
        grade: Grade::Alarm,
        refusal: CustodyRefusal::HeldIrregularly { missing },
    });
    reception(&wish.reception, facts, found);
}

/// HR-20/MR-7: whoever is held on a decision that fell is seen, whatever the policy says. Nobody is released by it. Where a
/// sentence with custody took the place of detention, the committal on it is asked for.
pub(crate) fn fallen(wish: &BasisFallen, facts: &Facts, found: &mut Found) {
    let (what, fell) = (wish.decision.title(), facts.date(wish.fell));
    let refusal = match wish.decision {
        FallenDecision::Sentenced(_) => CustodyRefusal::CommittalMissing { ended: fell },
        FallenDecision::CaseEnded(_)
        | FallenDecision::SentencedWithoutCustody(_)
        | FallenDecision::DetentionEnded(_)
        | FallenDecision::Quashed(_)
        | FallenDecision::Pardoned(_)
        | FallenDecision::Completed(_)
        | FallenDecision::NoCustodyLeft(_) => CustodyRefusal::HeldOnWhatFell { what, fell },
    };
    let grade = Grade::Alarm;
    found.push(Objection { grade, refusal });
}

/// BR-59: she asked, and a court watches. BR-3, CU-9.
pub(crate) fn protection(wish: &Protect, facts: &Facts, found: &mut Found) {
    if wish.requested != Known::Value(Answer::Yes) {
        found.push(Objection::hard(CustodyRefusal::NotRequested));
    }
    if wish.court.is_none() {
        found.push(Objection::hard(CustodyRefusal::NoCourt));
    }
    reception(&wish.reception, facts, found);
}

/// BR-3: whoever enters is asked about her children, here or before. CU-9: the family is told.
fn reception(asked: &Reception, facts: &Facts, found: &mut Found) {
    if is_unasked(&asked.children) && is_unasked(&facts.about.dependent_children) {
        let refusal = CustodyRefusal::ChildrenNotAsked;
        found.extend(objection(refusal, Reasoned::No, &facts.law));
    }
    family(asked.family_told, found);
    injuries(asked, found);
}

/// CU-15: signs of ill-treatment are documented by a doctor and reported to the competent authority (Nelson Mandela Rules
/// 30(b) and 34, Istanbul Protocol).
pub(crate) fn injuries(told: &Reception, found: &mut Found) {
    if told.waits_for_report() {
        found.push(Objection::notice(CustodyRefusal::InjuriesSeen));
    }
}

/// CU-15: what was seen once is documented and reported, also where another answer takes the place of it later.
pub(crate) fn injuries_taken_back(was: &Reception, now: &Reception, found: &mut Found) {
    let seen = Known::Value(Answer::Yes);
    if was.injuries == seen && now.injuries != seen {
        found.push(Objection {
            grade: Grade::Alarm,
            refusal: CustodyRefusal::InjuriesTakenBack,
        });
    }
}

/// CU-9: the family is told, unless the person does not want it.
pub(crate) fn family(told: Known<Told>, found: &mut Found) {
    if !matches!(told, Known::Value(Told::Yes) | Known::Declined) {
        found.push(Objection::notice(CustodyRefusal::FamilyUntold));
    }
}

/// BR-41: a woman is classified by what is true of women. A level outside the list counts as above the lowest.
pub(crate) fn classification(wish: &Classify, facts: &Facts, found: &mut Found) {
    let lowest = facts.law.custody.levels.first();
    let is_lowest = lowest.is_some_and(|lowest| lowest.code == wish.level);
    if is_lowest || facts.about.sex != Known::Value(Sex::Female) {
        return;
    }
    let missing = unanswered([
        ("violence suffered", is_unasked(&wish.violence_suffered)),
        ("mental health", is_unasked(&wish.mental_health)),
        ("substance use", is_unasked(&wish.substance_use)),
        ("caretaking", is_unasked(&wish.caretaking)),
    ]);
    if !missing.is_empty() {
        let level = wish.level.clone();
        let refusal = CustodyRefusal::FactorsMissing { level, missing };
        let reasoned = Reasoned::by(wish.reasons.as_ref());
        found.extend(objection(refusal, reasoned, &facts.law));
    }
}

/// What an isolation meets: BR-22, MR-44.
pub(crate) fn isolation(stay: &Stay, wish: &Isolate, facts: &Facts, found: &mut Found) {
    let law = &facts.law;
    let carer = [Meaning::Pregnant, Meaning::Breastfeeding];
    let says = |answers| law.sentencing.says(answers, &carer);
    let at_reception = &stay.reception.circumstances;
    if stay.has_a_child_here() || says(at_reception) || says(&facts.about.circumstances) {
        found.extend(alarm(CustodyRefusal::CarerIsolated, facts));
    }
    if wish.health_checked != Known::Value(Answer::Yes) {
        let refusal = CustodyRefusal::HealthUnchecked;
        found.extend(objection(refusal, Reasoned::No, law));
    }
}

/// MR-44: nobody was alone for more than fifteen days.
pub(crate) fn alone(stay: &Stay, ended: Occurred, facts: &Facts, found: &mut Found) {
    let rules = &facts.law.custody;
    let (hours, most) = (rules.isolation_hours, rules.isolation_longest);
    let last = facts.date(ended).latest();
    let days = last.and_then(|last| stay.days_alone(hours, last, |done| facts.date(done)));
    if let Some(days) = days.filter(|days| *days > most) {
        // It is over: whatever the policy says, its end is not refused.
        let refusal = CustodyRefusal::AloneTooLong { days, most };
        let objection = objection(refusal, Reasoned::No, &facts.law);
        found.extend(objection.map(|objection| Objection {
            grade: Grade::Alarm,
            ..objection
        }));
    }
}

/// BR-52: a child leaves its mother in its own best interests, and to a place.
pub(crate) fn separation(wish: &SeparateChild, facts: &Facts, found: &mut Found) {
    let reasoned = Reasoned::by(wish.reasons.as_ref());
    let interests = wish.best_interests.is_none();
    let placement = wish.placement.is_none();
    for (missing, refusal) in [
        (interests, CustodyRefusal::InterestsNotAssessed),
        (placement, CustodyRefusal::PlacementMissing),
    ] {
        if missing {
            found.extend(objection(refusal, reasoned, &facts.law));
        }
    }
}

/// CRC-AGE: the age that is told and the date of birth do not agree.
pub(crate) fn age(told: Known<u16>, began: Occurred, facts: &Facts, found: &mut Found) {
    if facts.contradicts_age(told, began) {
        let refusal = CustodyRefusal::AgeContradicted;
        found.extend(objection(refusal, Reasoned::No, &facts.law));
    }
}

/// CU-10: a child who is held is in touch with its family.
pub(crate) fn contact(stay: &Stay, held: Occurred, facts: &Facts, found: &mut Found) {
    if !stay.is_of_a_child(&facts.law) {
        return;
    }
    let last = stay.last_contact(|done| facts.date(done));
    let days = last.zip(facts.date(held).earliest());
    let days = days.map(|(last, held)| last.days_until(held));
    if let Some((days, most)) = days.zip(facts.law.custody.contact_days)
        && days > i64::from(most)
    {
        found.push(Objection::notice(CustodyRefusal::NoContact { days, most }));
    }
}

/// What a release meets: TR-11.1, MR-9, MR-44. What went wrong before holds nobody back.
pub(crate) fn release(stay: &Stay, wish: &ReleaseFromCustody, facts: &Facts, found: &mut Found) {
    let released = facts.date(wish.released);
    if let Some(until) = stay.until().filter(|until| released.is_after(*until)) {
        found.push(Objection {
            grade: Grade::Alarm,
            refusal: CustodyRefusal::HeldTooLong { until, released },
        });
    }
    if !matches!(
        wish.copy_offered,
        Known::Value(Answer::Yes) | Known::Declined
    ) {
        let refusal = CustodyRefusal::CopyNotOffered;
        found.extend(objection(refusal, Reasoned::No, &facts.law));
    }
    alone(stay, wish.released, facts, found);
}

/// A critical finding, where the policy neither switches it off nor refuses.
fn alarm(refusal: CustodyRefusal, facts: &Facts) -> Option<Objection<CustodyRefusal>> {
    let objection = objection(refusal, Reasoned::No, &facts.law)?;
    Some(match objection.grade {
        Grade::Notice => Objection {
            grade: Grade::Alarm,
            ..objection
        },
        Grade::Hard | Grade::Reasons | Grade::Alarm => objection,
    })
}

/// Whether nobody asked. Who declined was asked.
fn is_unasked<T>(answer: &Known<T>) -> bool {
    matches!(answer, Known::NotRecorded | Known::NotAsked)
}

/// What nobody asked about, by its name.
fn unanswered<const N: usize>(asked: [(&'static str, bool); N]) -> Vec<&'static str> {
    let missing = asked.into_iter().filter(|(_, missing)| *missing);
    missing.map(|(name, _)| name).collect()
}
