//! Programmes: referred to, started, completed or ended.

use super::{Decided, Objections, in_force, listed, past, started, within_life};
use crate::act::{Facts, Objection, through};
use crate::safeguards::supervision::treatment;
use crate::supervision::command::{EndProgramme, Measured, MoveProgramme, ReferToProgramme};
use crate::supervision::event::SupervisionEvent;
use crate::supervision::refusal::SupervisionRefusal;
use crate::supervision::state::{Programme, ProgrammeStep, Started, Supervision};
use crate::values::ProgrammeNo;

pub(super) fn refer(supervision: &Supervision, wish: ReferToProgramme, facts: &Facts) -> Decided {
    let started = in_force(supervision, "a referral", wish.done, facts)?;
    past(wish.done, facts)?;
    let mut found = Objections::new();
    within_life(started, facts.date(wish.done), facts, &mut found);
    let programmes = &facts.law.supervision.programmes;
    listed("programme", programmes, &wish.programme, &mut found);
    if started.latest_assessment().is_none() {
        found.push(Objection::notice(SupervisionRefusal::NotAssessed));
    }
    treatment(&wish, &mut found);
    let door = facts.door(wish.done);
    let findings = through(door, found)?;
    let last = started.programmes.keys().next_back();
    Ok(vec![SupervisionEvent::ProgrammeReferred {
        programme: last.map_or(ProgrammeNo(1), |no| no.next()),
        referral: wish,
        door,
        findings,
    }])
}

/// A programme has a place for who starts it. Who is referred to a full one waits.
fn place(started: &Started, kept: &Programme, facts: &Facts, found: &mut Objections) {
    let rules = &facts.law.supervision;
    let places = rules.places(kept.programme.as_str(), started.office.as_str());
    if let Some((places, taken)) = places.zip(facts.taking_part)
        && taken >= places
    {
        let programme = kept.programme.clone();
        found.push(Objection::hard(SupervisionRefusal::NoPlaceFree {
            programme,
            places,
        }));
    }
}

/// What was measured is named by the list of the rules.
fn measures(measured: &[Measured], facts: &Facts, found: &mut Objections) {
    let known = &facts.law.supervision.measures;
    for measured in measured {
        listed("measure", known, &measured.measure, found);
    }
}

fn programme(started: &Started, programme: ProgrammeNo) -> Result<&Programme, SupervisionRefusal> {
    started
        .programmes
        .get(&programme)
        .ok_or(SupervisionRefusal::NoSuchProgramme { programme })
}

fn elsewhere(no: ProgrammeNo, programme: &Programme, wish: &'static str) -> SupervisionRefusal {
    SupervisionRefusal::ProgrammeElsewhere {
        programme: no,
        step: programme.step.title(),
        wish,
    }
}

pub(super) fn start(supervision: &Supervision, wish: MoveProgramme, facts: &Facts) -> Decided {
    let started = in_force(supervision, "starting a programme", wish.done, facts)?;
    past(wish.done, facts)?;
    let kept = programme(started, wish.programme)?;
    if kept.step != ProgrammeStep::Referred {
        return Err(elsewhere(wish.programme, kept, "starting it"));
    }
    let mut found = Objections::new();
    within_life(started, facts.date(wish.done), facts, &mut found);
    place(started, kept, facts, &mut found);
    measures(&wish.measured, facts, &mut found);
    let door = facts.door(wish.done);
    let findings = through(door, found)?;
    Ok(vec![SupervisionEvent::ProgrammeStarted {
        step: wish,
        door,
        findings,
    }])
}

pub(super) fn complete(supervision: &Supervision, wish: MoveProgramme, facts: &Facts) -> Decided {
    let started = started(supervision, "completing a programme")?;
    past(wish.done, facts)?;
    let kept = programme(started, wish.programme)?;
    if !matches!(kept.step, ProgrammeStep::Started(_)) {
        return Err(elsewhere(wish.programme, kept, "completing it"));
    }
    let mut found = Objections::new();
    within_life(started, facts.date(wish.done), facts, &mut found);
    measures(&wish.measured, facts, &mut found);
    let door = facts.door(wish.done);
    let findings = through(door, found)?;
    Ok(vec![SupervisionEvent::ProgrammeCompleted {
        step: wish,
        door,
        findings,
    }])
}

pub(super) fn end(supervision: &Supervision, wish: EndProgramme, facts: &Facts) -> Decided {
    let started = started(supervision, "ending a programme")?;
    past(wish.done, facts)?;
    let kept = programme(started, wish.programme)?;
    if matches!(
        kept.step,
        ProgrammeStep::Completed(_) | ProgrammeStep::Ended(..)
    ) {
        return Err(elsewhere(wish.programme, kept, "ending it"));
    }
    let mut found = Objections::new();
    let reasons = &facts.law.supervision.programme_reasons;
    listed("reason", reasons, &wish.reason, &mut found);
    measures(&wish.measured, facts, &mut found);
    let door = facts.door(wish.done);
    let findings = through(door, found)?;
    Ok(vec![SupervisionEvent::ProgrammeEnded {
        end: wish,
        door,
        findings,
    }])
}
