//! The safeguards of an emergency.

use std::collections::BTreeSet;

use super::{Reasoned, objection};
use crate::act::{Facts, Objection};
use crate::actor::Role;
use crate::emergency::{
    Asks, Criterion, CutRight, DecideRelease, Declaration, Declare, Effect, EmergencyRefusal,
    GrantEmergencyRelease, Outcome, Period, RefuseEmergencyRelease,
};
use crate::jurisdiction::{EmergencyRules, ReadFrom, holds};
use crate::values::{CivilDate, Code, Known, LegalAid, SubjectId, Told};

type Found = Vec<Objection<EmergencyRefusal>>;

/// The traits that Tokyo Rules 2.2 names, and nationality, which is of the same kind as origin: by none of them is anybody
/// set above or below others, whatever the effect of a criterion is called.
const NEVER_READ: [&str; 10] = [
    "race",
    "colour",
    "sex",
    "language",
    "religion",
    "opinion",
    "origin",
    "nationality",
    "property",
    "birth",
];
/// The trait that rule names and that may protect, as pregnancy, disability and health may: a jurisdiction names those.
const AGE: &str = "age";

/// What a declaration meets: EM-1.
pub(crate) fn declaration(wish: &Declare, facts: &Facts, found: &mut Found) {
    basis(&wish.basis, facts.date(wish.done), facts, found);
    if wish.ends.is_none() {
        found.push(Objection::hard(EmergencyRefusal::NoEnd));
    }
    if wish.health_authority.value().is_none() {
        let refusal = EmergencyRefusal::NoHealthAuthority;
        found.extend(objection(refusal, Reasoned::No, &facts.law));
    }
}

/// EM-1: the provision is in force on the day.
pub(crate) fn basis(basis: &Code, on: CivilDate, facts: &Facts, found: &mut Found) {
    if !holds(&facts.law.emergency.bases, basis, on) {
        let basis = basis.clone();
        found.push(Objection::hard(EmergencyRefusal::NotInForce { basis, on }));
    }
}

/// TR-2.2: a protected trait is read only to protect whoever needs it; there is no second door.
pub(crate) fn fair(criteria: &[Criterion], facts: &Facts) -> Result<(), EmergencyRefusal> {
    let rules = &facts.law.emergency;
    match criteria.iter().find(|c| is_adverse(c, rules)) {
        Some(criterion) => Err(EmergencyRefusal::AdverseUse {
            criterion: criterion.code.clone(),
            reads: criterion.reads.clone(),
        }),
        None => Ok(()),
    }
}

/// Whether a criterion works against people for a trait: by its effect, or because the trait is one by which nobody is
/// favoured, or because it asks that the need of protection is absent.
fn is_adverse(criterion: &Criterion, rules: &EmergencyRules) -> bool {
    let reads = &criterion.reads;
    let is_sex = rules.reading(reads) == Some(&ReadFrom::Sex);
    if is_sex || NEVER_READ.contains(&reads.as_str()) {
        return true;
    }
    let is_protected = reads.as_str() == AGE || rules.protected.contains(reads);
    is_protected && (criterion.effect != Effect::Protects || asks_for_its_absence(&criterion.asks))
}

/// Whether only those are asked for of whom an attribute is not so.
fn asks_for_its_absence(asks: &Asks) -> bool {
    match asks {
        Asks::OneOf(codes) => {
            let names = |word: &str| codes.iter().any(|code| code.as_str() == word);
            names("no") && !names("yes")
        }
        Asks::AtLeast(_) | Asks::AtMost(_) => false,
    }
}

/// What a release that is granted meets: EM-3, EM-4.
pub(crate) fn grant(
    declaration: &Declaration,
    wish: &DecideRelease,
    granted: &GrantEmergencyRelease,
    facts: &Facts,
    found: &mut Found,
) {
    if let Some(said) = not_eligible(declaration, wish) {
        found.push(Objection::hard(EmergencyRefusal::NotEligible {
            person: wish.person,
            version: wish.version.clone(),
            said,
        }));
    }
    let checked = wish.identity.iter().filter(|c| !c.compared.is_empty());
    let by: BTreeSet<&SubjectId> = checked.map(|check| &check.by).collect();
    if by.len() < 2 {
        let checks = by.len();
        let refusal = EmergencyRefusal::IdentityUnchecked { checks };
        found.push(Objection::hard(refusal));
    }
    if let Period::Temporary(while_) = &granted.period
        && while_.expires.is_none()
    {
        found.push(Objection::hard(EmergencyRefusal::NoExpiry));
    }
    if let Some(missing) = granted.ready.missing() {
        let refusal = EmergencyRefusal::NotReady { missing };
        found.extend(objection(refusal, Reasoned::No, &facts.law));
    }
}

/// TR-9.3: whoever is refused is told how to have it reviewed.
pub(crate) fn refusal(refused: &RefuseEmergencyRelease, facts: &Facts, found: &mut Found) {
    if refused.review_told != Known::Value(Told::Yes) {
        let refusal = EmergencyRefusal::ReviewUntold;
        found.extend(objection(refusal, Reasoned::No, &facts.law));
    }
}

/// EM-5: it is said why a right is cut, and nobody's is cut without counsel.
pub(crate) fn cut(wish: &CutRight, facts: &Facts, found: &mut Found) {
    let law = &facts.law;
    if wish.necessity.is_none() && wish.reasons.is_none() {
        let refusal = EmergencyRefusal::NecessityMissing;
        found.extend(objection(refusal, Reasoned::No, law));
    }
    let counsel = wish.counsel.value().copied();
    if wish.person.is_some() && counsel.is_none_or(LegalAid::is_missing) {
        let reasoned = Reasoned::by(wish.reasons.as_ref());
        found.extend(objection(EmergencyRefusal::NoCounsel, reasoned, law));
    }
}

/// EM-6: nothing of the emergency is open; there is no second door.
pub(crate) fn nothing_open(declaration: &Declaration) -> Result<(), EmergencyRefusal> {
    match declaration.open().len() {
        0 => Ok(()),
        open => Err(EmergencyRefusal::OpenItems { open }),
    }
}

/// EM-3: a person decides and opens the door, at both doors of the register.
pub(crate) fn decided_by_people(facts: &Facts) -> Result<(), EmergencyRefusal> {
    if facts.actor.role == Role::System {
        Err(EmergencyRefusal::NotForSoftware)
    } else {
        Ok(())
    }
}

/// DP-7: people declare an emergency and cut rights; there is no second door.
pub(crate) fn by_people(facts: &Facts) -> Result<(), EmergencyRefusal> {
    if facts.actor.role == Role::System {
        Err(EmergencyRefusal::BySoftware)
    } else {
        Ok(())
    }
}

/// Why the person is not eligible under the version that is cited; nothing where the person is.
fn not_eligible(declaration: &Declaration, wish: &DecideRelease) -> Option<&'static str> {
    let candidate = declaration.people.get(&wish.person);
    let screened = candidate.and_then(|candidate| candidate.screened.as_ref());
    match screened.filter(|(version, _)| *version == wish.version) {
        None => Some("not screened"),
        Some((_, Outcome::Eligible)) => None,
        Some((_, Outcome::Excluded(_))) => Some("excluded"),
        Some((_, Outcome::Unclear(_))) => Some("neither eligible nor excluded"),
    }
}
