//! Contacts and violations: facts about what happened.

use super::{Decided, Objections, listed, past, started, within_life};
use crate::act::{Facts, through};
use crate::supervision::command::{CorrectContact, RecordContact, RecordViolation};
use crate::supervision::event::SupervisionEvent;
use crate::supervision::refusal::SupervisionRefusal;
use crate::supervision::state::{Contact, Supervision};
use crate::values::{ContactNo, Occurred, ViolationNo};

pub(super) fn record(supervision: &Supervision, wish: RecordContact, facts: &Facts) -> Decided {
    let started = started(supervision, "recording a contact")?;
    past(wish.done, facts)?;
    past(Occurred::On(wish.on), facts)?;
    let mut found = Objections::new();
    within_life(started, wish.on, facts, &mut found);
    let door = facts.door(wish.done);
    let findings = through(door, found)?;
    let last = started.contacts.keys().next_back();
    Ok(vec![SupervisionEvent::ContactRecorded {
        contact: last.map_or(ContactNo(1), |no| no.next()),
        record: wish,
        door,
        findings,
    }])
}

pub(super) fn correct(supervision: &Supervision, wish: CorrectContact, facts: &Facts) -> Decided {
    let started = started(supervision, "correcting a contact")?;
    past(wish.done, facts)?;
    let contact = wish.contact;
    let kept = started
        .contacts
        .get(&contact)
        .ok_or(SupervisionRefusal::NoSuchContact { contact })?;
    if changes_nothing(kept, &wish) {
        return Err(SupervisionRefusal::ChangesNothing);
    }
    let mut found = Objections::new();
    let reasons = &facts.law.supervision.correction_reasons;
    listed("reason", reasons, &wish.reason, &mut found);
    let door = facts.door(wish.done);
    let findings = through(door, found)?;
    Ok(vec![SupervisionEvent::ContactCorrected {
        correction: wish,
        door,
        findings,
    }])
}

fn changes_nothing(kept: &Contact, wish: &CorrectContact) -> bool {
    kept.kind == wish.kind
        && kept.outcome == wish.outcome
        && (wish.enforceable.is_not_recorded() || kept.enforceable == wish.enforceable)
}

pub(super) fn violation(
    supervision: &Supervision,
    wish: RecordViolation,
    facts: &Facts,
) -> Decided {
    let started = started(supervision, "recording a violation")?;
    past(wish.done, facts)?;
    past(Occurred::On(wish.on), facts)?;
    let mut found = Objections::new();
    within_life(started, wish.on, facts, &mut found);
    let kinds = &facts.law.supervision.violations;
    listed("kind", kinds, &wish.kind, &mut found);
    let door = facts.door(wish.done);
    let findings = through(door, found)?;
    let last = started.violations.keys().next_back();
    Ok(vec![SupervisionEvent::ViolationRecorded {
        violation: last.map_or(ViolationNo(1), |no| no.next()),
        record: wish,
        door,
        findings,
    }])
}
