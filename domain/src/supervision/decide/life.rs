//! Start, officer, transfer and end.

use super::{Decided, Objections, is_told, listed, not_before_start, not_ended, past, started};
use crate::act::{Facts, Grade, Objection, through};
use crate::actor::Role;
use crate::safeguards::supervision::{caseload, competent, volunteer};
use crate::supervision::command::{
    AssignOfficer, EndSupervision, MoveEnd, StartSupervision, TransferSupervision,
};
use crate::supervision::event::SupervisionEvent;
use crate::supervision::refusal::SupervisionRefusal;
use crate::supervision::state::{Started, Supervision, SupervisionStanding};
use crate::values::{CivilDate, Day, Occurred};

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
    let mut found = Objections::new();
    let started = not_ended(
        supervision,
        "assigning an officer",
        wish.done,
        facts,
        &mut found,
    )?;
    past(wish.done, facts)?;
    let same = started
        .officer
        .as_ref()
        .is_some_and(|o| o.subject == wish.officer && o.office == wish.office);
    if same {
        return Err(SupervisionRefusal::ChangesNothing);
    }
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
    let mut found = Objections::new();
    let started = not_ended(supervision, "a transfer", wish.done, facts, &mut found)?;
    past(wish.done, facts)?;
    if started.office == wish.to {
        return Err(SupervisionRefusal::ChangesNothing);
    }
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
    let mut found = Objections::new();
    let started = not_ended(supervision, "moving its end", wish.done, facts, &mut found)?;
    past(wish.done, facts)?;
    if started.expected_end == Some(wish.expected_end) {
        return Err(SupervisionRefusal::ChangesNothing);
    }
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

/// A supervision that ends: one that has not ended. That one ended otherwise than it is recorded is told by people, and
/// somebody looks which of the two is right; until then it goes on standing as it did.
fn ending<'a>(
    supervision: &'a Supervision,
    done: Occurred,
    facts: &Facts,
    found: &mut Objections,
) -> Result<&'a Started, SupervisionRefusal> {
    let wish = "ending it";
    let started = started(supervision, wish)?;
    if let SupervisionStanding::Ended { done: ended, .. } = started.standing {
        if facts.actor.role == Role::System {
            let state = supervision.title();
            return Err(SupervisionRefusal::NotPossible { state, wish });
        }
        is_told(supervision, wish, done, facts)?;
        let (ended, done) = (facts.date(ended), facts.date(done));
        let refusal = SupervisionRefusal::EndedAlready { ended, done };
        found.push(Objection::hard(refusal));
    }
    Ok(started)
}

pub(super) fn end(supervision: &Supervision, wish: EndSupervision, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let started = ending(supervision, wish.done, facts, &mut found)?;
    past(wish.done, facts)?;
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
