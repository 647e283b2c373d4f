//! Rights that are cut, and given back.

use super::{Decided, Objections, declared, ends_later, entered, listed, running, since};
use crate::act::{Facts, Objection};
use crate::emergency::command::{CutRight, RestoreRight};
use crate::emergency::event::EmergencyEvent;
use crate::emergency::refusal::EmergencyRefusal;
use crate::emergency::state::Emergency;
use crate::safeguards::emergency as safeguards;

pub(super) fn cut(emergency: &Emergency, wish: CutRight, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let declaration = running(emergency, "cutting a right")?;
    safeguards::by_people(facts)?;
    since(declaration, wish.decided, facts, &mut found)?;
    if wish.person.is_none() && wish.reasons.is_some() {
        return Err(EmergencyRefusal::WordsOfNobody);
    }
    if declaration.cut(&wish.right, wish.person).is_some() {
        let right = wish.right;
        return Err(EmergencyRefusal::RightCutAlready { right });
    }
    let rules = &facts.law.emergency;
    let decided = facts.date(wish.decided);
    listed("rights", &rules.rights, &wish.right, &mut found);
    if let Some(necessity) = &wish.necessity {
        listed("necessities", &rules.necessities, necessity, &mut found);
    }
    ends_later(wish.until, decided, &mut found);
    if let Some(ends) = declaration.ends.filter(|ends| wish.until > *ends) {
        let until = wish.until;
        let refusal = EmergencyRefusal::BeyondTheEmergency { until, ends };
        found.push(Objection::hard(refusal));
    }
    safeguards::basis(&wish.basis, decided, facts, &mut found);
    safeguards::cut(&wish, facts, &mut found);
    let door = facts.door(wish.decided);
    Ok(vec![EmergencyEvent::RightCut(entered(wish, door, found)?)])
}

pub(super) fn restore(emergency: &Emergency, wish: RestoreRight, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let declaration = declared(emergency, "restoring a right")?;
    since(declaration, wish.done, facts, &mut found)?;
    if declaration.cut(&wish.right, wish.person).is_none() {
        let right = wish.right;
        return Err(EmergencyRefusal::RightNotCut { right });
    }
    let door = facts.door(wish.done);
    let entered = entered(wish, door, found)?;
    Ok(vec![EmergencyEvent::RightRestored(entered)])
}
