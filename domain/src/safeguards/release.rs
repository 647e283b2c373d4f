//! The safeguards of release.

use super::{Reasoned, objection};
use crate::act::{Door, Facts, Objection};
use crate::actor::Role;
use crate::jurisdiction::{Meaning, holds};
use crate::release::{Condition, Course, GrantRelease, RefuseRelease, ReleaseRefusal};
use crate::values::{CivilDate, Code, Day, Known, Occurred, Told};

type Found = Vec<Objection<ReleaseRefusal>>;

/// What a grant meets: TR-3.1, TR-3.3, TR-12.2.
pub(crate) fn grant(wish: &GrantRelease, door: Door, facts: &Facts, found: &mut Found) {
    competent(door, facts, found);
    basis(&wish.basis, facts.date(wish.decided), facts, found);
    terms(&wish.conditions, facts, found);
}

/// What a refusal meets: TR-3.3, TR-9.3, TR-9.4, BR-63.
pub(crate) fn refusal(
    course: &Course,
    wish: &RefuseRelease,
    door: Door,
    facts: &Facts,
    found: &mut Found,
) {
    competent(door, facts, found);
    again(wish.next_consideration, wish.decided, facts, found);
    let law = &facts.law;
    let is_mercy = law.release.clemency.contains(&course.kind);
    if !is_mercy && wish.review_told != Known::Value(Told::Yes) {
        let refusal = ReleaseRefusal::ReviewUntold;
        found.extend(objection(refusal, Reasoned::No, law));
    }
    if wish.caretaking.is_none() && cares_for_somebody(wish, facts) {
        let refusal = ReleaseRefusal::CarerNotWeighed;
        found.extend(objection(refusal, Reasoned::No, law));
    }
}

/// TR-3.1: the provision is in force on the day.
pub(crate) fn basis(basis: &Code, on: CivilDate, facts: &Facts, found: &mut Found) {
    if !holds(&facts.law.release.bases, basis, on) {
        let basis = basis.clone();
        found.push(Objection::hard(ReleaseRefusal::NotInForce { basis, on }));
    }
}

/// TR-9.4: release is considered again no later than the policy allows.
pub(crate) fn again(next: Day, decided: Occurred, facts: &Facts, found: &mut Found) {
    let decided = facts.date(decided).latest();
    let latest = decided.zip(facts.law.release.again_days);
    let latest = latest.map(|(decided, days)| decided.plus_days(days));
    if let Some(latest) = latest.filter(|latest| next > *latest) {
        let refusal = ReleaseRefusal::AgainTooLate { next, latest };
        found.extend(objection(refusal, Reasoned::No, &facts.law));
    }
}

/// DP-7: people decide, and people open the door; there is no second door.
pub(crate) fn by_people(facts: &Facts) -> Result<(), ReleaseRefusal> {
    if facts.actor.role == Role::System {
        Err(ReleaseRefusal::NotForSoftware)
    } else {
        Ok(())
    }
}

/// TR-3.3: a court or a board decides. Whoever records a decision of the past need not be the one who took it.
fn competent(door: Door, facts: &Facts, found: &mut Found) {
    let role = facts.actor.role;
    if door.is_live() && !matches!(role, Role::Judge | Role::Clerk | Role::ReleaseAuthority) {
        found.push(Objection::hard(ReleaseRefusal::NotCompetent { role }));
    }
}

/// TR-12.2: a condition says what it asks, and there are no more than can be kept.
fn terms(conditions: &[Condition], facts: &Facts, found: &mut Found) {
    let law = &facts.law;
    for condition in conditions.iter().filter(|c| c.terms.is_none()) {
        let condition = condition.condition.clone();
        let refusal = ReleaseRefusal::TermsMissing { condition };
        found.extend(objection(refusal, Reasoned::No, law));
    }
    let most = law.release.most_conditions;
    if let Some(most) = most.filter(|most| conditions.len() > *most) {
        let refusal = ReleaseRefusal::TooMany {
            conditions: conditions.len(),
            most,
        };
        found.extend(objection(refusal, Reasoned::No, law));
    }
}

/// BR-63: what the decision was told, or what the person's own record says.
fn cares_for_somebody(wish: &RefuseRelease, facts: &Facts) -> bool {
    let caring = [
        Meaning::Pregnant,
        Meaning::Breastfeeding,
        Meaning::DependentChild,
        Meaning::Carer,
    ];
    let rules = &facts.law.sentencing;
    let children = facts.about.dependent_children.value();
    rules.says(&wish.circumstances, &caring)
        || rules.says(&facts.about.circumstances, &caring)
        || children.is_some_and(|children| *children > 0)
}
