//! Recall: requested by the service, decided by a court or board, never by software.

use super::{Decided, Objections, in_force, listed, past, within_life};
use crate::act::{Facts, Objection, through};
use crate::safeguards::supervision::{by_people, court, tried};
use crate::supervision::command::{DecideRecall, RecallOutcome, RequestRecall};
use crate::supervision::event::SupervisionEvent;
use crate::supervision::refusal::SupervisionRefusal;
use crate::supervision::state::{Started, Supervision};
use crate::values::{Occurred, RecallNo};

pub(super) fn request(supervision: &Supervision, wish: RequestRecall, facts: &Facts) -> Decided {
    let started = in_force(supervision, "requesting recall", wish.done, facts)?;
    // A request is the first step of a recall, and no process takes it either (Tokyo Rules 14.3).
    by_people(facts)?;
    past(wish.done, facts)?;
    if let Some((recall, _)) = started.open_recall() {
        return Err(SupervisionRefusal::RecallOpen { recall });
    }
    let mut found = Objections::new();
    beyond(started, wish.done, facts, &mut found);
    grounds(&wish, facts, &mut found);
    let door = facts.door(wish.done);
    let findings = through(door, found)?;
    let last = started.recalls.keys().next_back();
    Ok(vec![SupervisionEvent::RecallRequested {
        recall: last.map_or(RecallNo(1), |no| no.next()),
        request: wish,
        door,
        findings,
    }])
}

/// TR-11.1: what stands against a recall after a recall or the end. One of the day on which a supervision was over counts
/// as later.
fn beyond(started: &Started, done: Occurred, facts: &Facts, found: &mut Objections) {
    let on = facts.date(done);
    within_life(started, on, facts, found);
    let is_found = |o: &Objection<_>| matches!(o.refusal, SupervisionRefusal::AfterTheEnd { .. });
    if let Some(over) = started.standing.over()
        && !facts.is_before(done, over)
        && !found.iter().any(is_found)
    {
        let ends = facts.date(over);
        found.push(Objection::hard(SupervisionRefusal::AfterTheEnd {
            on,
            ends,
        }));
    }
}

fn grounds(wish: &RequestRecall, facts: &Facts, found: &mut Objections) {
    let rules = &facts.law.supervision;
    if wish.grounds.is_empty() {
        found.push(Objection::hard(SupervisionRefusal::GroundMissing));
    }
    for ground in &wish.grounds {
        listed("grounds", &rules.recall_grounds, ground, found);
    }
    let alternatives = &rules.recall_alternatives;
    for tried in &wish.alternatives_tried {
        listed("alternatives_tried", alternatives, tried, found);
    }
    tried(wish, &facts.law, found);
}

pub(super) fn decide(supervision: &Supervision, wish: DecideRecall, facts: &Facts) -> Decided {
    let started = in_force(supervision, "deciding on recall", wish.pronounced, facts)?;
    by_people(facts)?;
    past(wish.pronounced, facts)?;
    let recall = wish.recall;
    let open = started.open_recall();
    if open.is_none_or(|(no, _)| no != recall) {
        return Err(SupervisionRefusal::NoSuchRecall { recall });
    }
    let door = facts.door(wish.pronounced);
    let mut found = Objections::new();
    court(door, facts, &mut found);
    if wish.outcome == RecallOutcome::Granted {
        beyond(started, wish.pronounced, facts, &mut found);
    }
    let silent = wish.reasons.is_none();
    if wish.outcome == RecallOutcome::Granted && silent {
        found.push(Objection::reasons(SupervisionRefusal::ReasonsMissing));
    }
    let findings = through(door, found)?;
    Ok(vec![SupervisionEvent::RecallDecided {
        decision: wish,
        door,
        findings,
    }])
}
