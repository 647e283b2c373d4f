//! Start, officer, transfer and end.

use super::{Decided, Objections, listed, not_before_start, not_ended, past};
use crate::act::{Facts, Grade, Objection, through};
use crate::safeguards::supervision::{caseload, competent, volunteer};
use crate::supervision::command::{
    AssignOfficer, EndSupervision, MoveEnd, StartSupervision, TransferSupervision,
};
use crate::supervision::event::SupervisionEvent;
use crate::supervision::refusal::SupervisionRefusal;
use crate::supervision::state::Supervision;
use crate::values::{CivilDate, Day};

pub(super) fn start(supervision: &Supervision, wish: StartSupervision, facts: &Facts) -> Decided {
    if supervision.started().is_some() {
        return Err(SupervisionRefusal::AlreadyStarted);
    }
    past(wish.done, facts)?;
    let mut found = Objections::new();
    if !facts.found.contains(&wish.cause.reference()) {
        found.push(Objection::hard(SupervisionRefusal::CauseNotInForce));
    }
    ends_after_start(wish.starts, wish.expected_end, &mut found);
    // The office was chosen with the decision that starts the supervision: here it is only noticed.
    competent(&wish.office, Grade::Notice, &facts.law, &mut found);
    let door = facts.door(wish.done);
    let findings = through(door, found)?;
    Ok(vec![SupervisionEvent::Started {
        start: wish,
        door,
        findings,
    }])
}

fn ends_after_start(starts: CivilDate, ends: Option<Day>, found: &mut Objections) {
    if let Some(ends) = ends
        && starts.is_after(ends)
    {
        let refusal = SupervisionRefusal::EndsBeforeStart { ends, starts };
        found.push(Objection::hard(refusal));
    }
}

pub(super) fn assign(supervision: &Supervision, wish: AssignOfficer, facts: &Facts) -> Decided {
    let started = not_ended(supervision, "assigning an officer")?;
    past(wish.done, facts)?;
    let same = started
        .officer
        .as_ref()
        .is_some_and(|o| o.subject == wish.officer && o.office == wish.office);
    if same {
        return Err(SupervisionRefusal::ChangesNothing);
    }
    let mut found = Objections::new();
    not_before_start(started, facts.date(wish.done), &mut found);
    competent(&wish.office, Grade::Hard, &facts.law, &mut found);
    volunteer(&wish, &facts.law, &mut found);
    caseload(facts, &mut found);
    let door = facts.door(wish.done);
    let findings = through(door, found)?;
    Ok(vec![SupervisionEvent::OfficerAssigned {
        assignment: wish,
        door,
        findings,
    }])
}

pub(super) fn transfer(
    supervision: &Supervision,
    wish: TransferSupervision,
    facts: &Facts,
) -> Decided {
    let started = not_ended(supervision, "a transfer")?;
    past(wish.done, facts)?;
    if started.office == wish.to {
        return Err(SupervisionRefusal::ChangesNothing);
    }
    let mut found = Objections::new();
    not_before_start(started, facts.date(wish.done), &mut found);
    competent(&wish.to, Grade::Hard, &facts.law, &mut found);
    let door = facts.door(wish.done);
    let findings = through(door, found)?;
    Ok(vec![SupervisionEvent::Transferred {
        from: started.office.clone(),
        transfer: wish,
        door,
        findings,
    }])
}

pub(super) fn move_end(supervision: &Supervision, wish: MoveEnd, facts: &Facts) -> Decided {
    let started = not_ended(supervision, "moving its end")?;
    past(wish.done, facts)?;
    if started.expected_end == Some(wish.expected_end) {
        return Err(SupervisionRefusal::ChangesNothing);
    }
    let mut found = Objections::new();
    ends_after_start(started.starts, Some(wish.expected_end), &mut found);
    let door = facts.door(wish.done);
    let findings = through(door, found)?;
    Ok(vec![SupervisionEvent::EndMoved {
        movement: wish,
        from: started.expected_end,
        door,
        findings,
    }])
}

pub(super) fn end(supervision: &Supervision, wish: EndSupervision, facts: &Facts) -> Decided {
    let started = not_ended(supervision, "ending it")?;
    past(wish.done, facts)?;
    let mut found = Objections::new();
    not_before_start(started, facts.date(wish.done), &mut found);
    let reasons = &facts.law.supervision.ending_reasons;
    listed("reason", reasons, &wish.reason, &mut found);
    let door = facts.door(wish.done);
    let findings = through(door, found)?;
    Ok(vec![SupervisionEvent::Ended {
        end: wish,
        door,
        findings,
    }])
}
