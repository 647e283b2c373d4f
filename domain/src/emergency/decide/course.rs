//! Declaring, extending and ending an emergency; closing its measures.

use super::{Decided, Objections, declared, ends_later, entered, listed, past, running, since};
use crate::act::{Facts, Objection};
use crate::emergency::command::{
    Declare, EndEmergency, ExtendEmergency, RecordEndByLaw, RecordMeasureClosed,
};
use crate::emergency::event::{EmergencyEvent, EndByLaw};
use crate::emergency::refusal::EmergencyRefusal;
use crate::emergency::state::Emergency;
use crate::jurisdiction::knows;
use crate::safeguards::emergency as safeguards;
use crate::values::{CivilDate, OfficeCode};

pub(super) fn declare(emergency: &Emergency, wish: Declare, facts: &Facts) -> Decided {
    if emergency.declared().is_some() {
        return Err(EmergencyRefusal::AlreadyDeclared);
    }
    safeguards::by_people(facts)?;
    past(wish.done, facts)?;
    let mut found = Objections::new();
    authority(&wish.justice_authority, facts, &mut found);
    if let Some(health) = wish.health_authority.value() {
        authority(health, facts, &mut found);
    }
    if let Some(ends) = wish.ends {
        ends_later(ends, CivilDate::Day(wish.from), &mut found);
    }
    safeguards::declaration(&wish, facts, &mut found);
    let door = facts.door(wish.done);
    Ok(vec![EmergencyEvent::Declared(entered(wish, door, found)?)])
}

pub(super) fn extend(emergency: &Emergency, wish: ExtendEmergency, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let declaration = running(emergency, "extending it")?;
    safeguards::by_people(facts)?;
    since(declaration, wish.done, facts, &mut found)?;
    let on = facts.date(wish.done);
    if let Some(stands) = declaration.ends {
        if on.is_after(stands) {
            found.push(Objection::hard(EmergencyRefusal::Lapsed { stands }));
        }
        if wish.ends <= stands {
            let ends = wish.ends;
            let refusal = EmergencyRefusal::NotLonger { ends, stands };
            found.push(Objection::hard(refusal));
        }
    }
    safeguards::basis(&wish.basis, on, facts, &mut found);
    let door = facts.door(wish.done);
    Ok(vec![EmergencyEvent::Extended(entered(wish, door, found)?)])
}

pub(super) fn close(emergency: &Emergency, wish: RecordMeasureClosed, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let declaration = declared(emergency, "closing a measure")?;
    since(declaration, wish.done, facts, &mut found)?;
    if !declaration.open().contains(&wish.item) {
        return Err(EmergencyRefusal::NotOpen);
    }
    let rules = &facts.law.emergency;
    if let Some(obstacle) = &wish.obstacle {
        listed("obstacles", &rules.obstacles, obstacle, &mut found);
    }
    if let Some(lesson) = &wish.lesson {
        listed("lessons", &rules.lessons, lesson, &mut found);
    }
    let door = facts.door(wish.done);
    let event = EmergencyEvent::MeasureClosed(entered(wish, door, found)?);
    Ok(vec![event])
}

pub(super) fn end(emergency: &Emergency, wish: EndEmergency, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let declaration = running(emergency, "ending it")?;
    since(declaration, wish.done, facts, &mut found)?;
    safeguards::nothing_open(declaration)?;
    let door = facts.door(wish.done);
    let entered = entered(wish, door, found)?;
    Ok(vec![EmergencyEvent::Ended(entered)])
}

pub(super) fn end_by_law(emergency: &Emergency, wish: RecordEndByLaw, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let declaration = running(emergency, "an end by law")?;
    since(declaration, wish.done, facts, &mut found)?;
    safeguards::basis(&wish.basis, facts.date(wish.done), facts, &mut found);
    let RecordEndByLaw { done, basis } = wish;
    let open = declaration.open();
    let door = facts.door(done);
    let told = EndByLaw { done, basis, open };
    Ok(vec![EmergencyEvent::EndedByLaw(entered(
        told, door, found,
    )?)])
}

fn authority(office: &OfficeCode, facts: &Facts, found: &mut Objections) {
    let known = &facts.law.emergency.authorities;
    if !knows(known, office.as_str()) {
        let office = office.clone();
        let refusal = EmergencyRefusal::UnknownAuthority { office };
        found.push(Objection::hard(refusal));
    }
}
