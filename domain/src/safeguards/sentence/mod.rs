//! What the safeguards have against a sentence: the law it rests on, its measure, who decides.

mod choice;
mod person;

pub(crate) use self::choice::{alternatives, weighed};
pub(crate) use self::person::{children, oldest};

use super::{Reasoned, objection};
use crate::act::{Door, Facts, Objection};
use crate::actor::Role;
use crate::jurisdiction::Pack;
use crate::sentence::{
    ActivateSuspended, Component, Count, Custody, Decision, Sanction, SanctionKind,
    SentenceRefusal, is_term_of_custody, stays,
};
use crate::values::CivilDate;

type Found = Vec<Objection<SentenceRefusal>>;

/// DP-7: no software decides on a sentence, at any door.
pub(crate) fn by_people(facts: &Facts) -> Result<(), SentenceRefusal> {
    if facts.actor.role == Role::System {
        Err(SentenceRefusal::NotForSoftware)
    } else {
        Ok(())
    }
}

/// TR-3.3: a court decides. Whoever records a decision of the past need not be the one who took it.
pub(crate) fn court(door: Door, facts: &Facts, found: &mut Found) {
    let role = facts.actor.role;
    if door == Door::Live && !matches!(role, Role::Judge | Role::Clerk) {
        found.push(Objection::hard(SentenceRefusal::NotCompetent { role }));
    }
}

/// TR-3.1: the offence is named, and was law when it was committed or, where that is not recorded, decided.
pub(crate) fn offence(count: &Count, decided: CivilDate, law: &Pack, found: &mut Found) {
    let Some(code) = count.offence.code.value() else {
        found.push(Objection::hard(SentenceRefusal::OffenceMissing {
            count: count.no,
        }));
        return;
    };
    let on = count.offence.committed.value().copied().unwrap_or(decided);
    let in_force = law
        .catalogue
        .offence(code)
        .map_or(!law.catalogue.complete, |entry| {
            let begun = entry.from.is_none_or(|from| on.latest() >= Some(from));
            let ended = entry.until.is_some_and(|until| on.earliest() > Some(until));
            begun && !ended
        });
    if !in_force {
        found.push(Objection::hard(SentenceRefusal::NotAnOffence {
            count: count.no,
            offence: code.clone(),
            on,
        }));
    }
}

/// PR-1: no custody above what the statute allows for the offence, unless a rule is cited that allows it.
pub(crate) fn maximum(count: &Count, law: &Pack, found: &mut Found) {
    let code = count.offence.code.value();
    let Some(entry) = code.and_then(|code| law.catalogue.offence(code)) else {
        return;
    };
    // For life is as long as custody can be.
    if entry.life {
        return;
    }
    let components: Vec<&Component> = count.components.iter().collect();
    for (component, stay) in stays(&components) {
        if !is_term_of_custody(component) || component.uplift.is_some() {
            continue;
        }
        let Some(maximum) = entry.longest_custody else {
            found.push(Objection::hard(SentenceRefusal::NotImprisonable {
                component: component.no,
                offence: entry.code.clone(),
            }));
            continue;
        };
        let term = match stay {
            Custody::Endless => said(&component.sanction),
            Custody::For(length) if length.exceeds(maximum) => {
                let suspended = component.sanction.kind() == SanctionKind::SuspendedCustody;
                let kind = if suspended {
                    "suspended custody"
                } else {
                    "custody"
                };
                format!("{kind} of {}", length.in_words())
            }
            Custody::For(_) | Custody::No | Custody::Unrecorded => continue,
        };
        found.push(Objection::hard(SentenceRefusal::AboveMaximum {
            component: component.no,
            term,
            maximum,
        }));
    }
}

fn said(sanction: &Sanction) -> String {
    match sanction {
        Sanction::Custody { term: Some(term) } => term.in_words(),
        Sanction::Custody { term: None }
        | Sanction::Death {}
        | Sanction::SuspendedCustody { .. }
        | Sanction::CommunityOrder { .. }
        | Sanction::Fine { .. }
        | Sanction::DayFine { .. }
        | Sanction::Compensation { .. }
        | Sanction::Discharge { .. }
        | Sanction::Admonition {}
        | Sanction::Deferred { .. }
        | Sanction::Ancillary { .. }
        | Sanction::Other { .. } => sanction.kind().to_string(),
    }
}

/// TR-8.2m: the parts of a sentence that follow each other stay under the cap of the law together.
pub(crate) fn cap(decision: &Decision, law: &Pack, found: &mut Found) {
    let Some(cap) = law.sentencing.longest_together else {
        return;
    };
    let components: Vec<&Component> = decision.components().map(|(_, c)| c).collect();
    for (component, stay) in stays(&components) {
        if let Custody::For(total) = stay
            && total.exceeds(cap)
        {
            found.push(Objection::hard(SentenceRefusal::AboveCap {
                component: component.no,
                total,
                cap,
            }));
        }
    }
}

/// TR-3.10: nobody is held under what imposes no custody. `activated` says whether a suspended term was.
pub(crate) fn held_under(component: &Component, activated: bool, found: &mut Found) {
    if !allows_custody(component, activated) {
        found.push(Objection::hard(SentenceRefusal::NoCustodyImposed {
            component: component.no,
            kind: component.sanction.kind(),
        }));
    }
}

/// Whether the decision lets the person be held under a component. What a measure of the pack brings is the pack's.
pub(crate) fn allows_custody(component: &Component, activated: bool) -> bool {
    match component.sanction.kind() {
        SanctionKind::Death | SanctionKind::Custody | SanctionKind::Other => true,
        SanctionKind::SuspendedCustody => activated,
        SanctionKind::CommunityOrder
        | SanctionKind::Fine
        | SanctionKind::DayFine
        | SanctionKind::Deferred
        | SanctionKind::Discharge
        | SanctionKind::Admonition
        | SanctionKind::Compensation
        | SanctionKind::Ancillary => false,
    }
}

/// TR-14.4: a suspended term is activated with reasons.
pub(crate) fn activation(wish: &ActivateSuspended, law: &Pack, found: &mut Found) {
    if wish.note.is_none() {
        let component = wish.component;
        let refusal = SentenceRefusal::ActivationUnreasoned { component };
        found.extend(objection(refusal, Reasoned::No, law));
    }
}
