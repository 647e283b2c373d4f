//! Assessment, plan, level and review. No score is computed and none is asked for.

use super::{Decided, Objections, in_force, listed, past, started, within_life};
use crate::act::{Facts, Objection, through};
use crate::safeguards::supervision::{early_end, next_review};
use crate::supervision::command::{
    AgreePlan, ChangeLevel, Completeness, HoldReview, RecordAssessment,
};
use crate::supervision::event::SupervisionEvent;
use crate::supervision::refusal::SupervisionRefusal;
use crate::supervision::state::{Started, Supervision};
use crate::values::{AssessmentNo, Occurred};

pub(super) fn assess(supervision: &Supervision, wish: RecordAssessment, facts: &Facts) -> Decided {
    let started = started(supervision, "an assessment")?;
    past(wish.done, facts)?;
    past(Occurred::On(wish.on), facts)?;
    let mut found = Objections::new();
    let rules = &facts.law.supervision;
    listed(
        "instrument",
        &rules.instruments,
        &wish.instrument,
        &mut found,
    );
    for need in &wish.needs {
        listed("needs", &rules.needs, need, &mut found);
    }
    match &wish.level {
        Some(level) => listed("level", &rules.levels, level, &mut found),
        None if wish.completeness == Completeness::Complete => {
            found.push(Objection::hard(SupervisionRefusal::LevelMissing));
        }
        None => {}
    }
    let door = facts.door(wish.done);
    let findings = through(door, found)?;
    let last = started.assessments.keys().next_back();
    Ok(vec![SupervisionEvent::NeedsAssessed {
        assessment: last.map_or(AssessmentNo(1), |no| no.next()),
        record: wish,
        door,
        findings,
    }])
}

pub(super) fn agree(supervision: &Supervision, wish: AgreePlan, facts: &Facts) -> Decided {
    let started = in_force(supervision, "agreeing a plan", wish.done, facts)?;
    past(wish.done, facts)?;
    let mut found = Objections::new();
    within_life(started, facts.date(wish.done), facts, &mut found);
    if wish.goals.is_none() {
        found.push(Objection::hard(SupervisionRefusal::GoalsMissing));
    }
    rests_on(started, &wish, &mut found)?;
    let door = facts.door(wish.done);
    let findings = through(door, found)?;
    Ok(vec![SupervisionEvent::PlanAgreed {
        plan: wish,
        door,
        findings,
    }])
}

fn rests_on(
    started: &Started,
    wish: &AgreePlan,
    found: &mut Objections,
) -> Result<(), SupervisionRefusal> {
    let Some(assessment) = wish.assessment else {
        found.push(Objection::notice(SupervisionRefusal::AssessmentMissing));
        return Ok(());
    };
    let kept = started
        .assessments
        .get(&assessment)
        .ok_or(SupervisionRefusal::NoSuchAssessment { assessment })?;
    if kept.completeness == Completeness::LockedIncomplete {
        let refusal = SupervisionRefusal::AssessmentIncomplete { assessment };
        found.push(Objection::hard(refusal));
    }
    Ok(())
}

pub(super) fn change_level(supervision: &Supervision, wish: ChangeLevel, facts: &Facts) -> Decided {
    let started = in_force(supervision, "another level", wish.done, facts)?;
    past(wish.done, facts)?;
    if started.level.as_ref() == Some(&wish.level) {
        return Err(SupervisionRefusal::ChangesNothing);
    }
    let mut found = Objections::new();
    let rules = &facts.law.supervision;
    within_life(started, facts.date(wish.done), facts, &mut found);
    listed("level", &rules.levels, &wish.level, &mut found);
    listed("reason", &rules.level_reasons, &wish.reason, &mut found);
    let door = facts.door(wish.done);
    let findings = through(door, found)?;
    Ok(vec![SupervisionEvent::LevelChanged {
        change: wish,
        door,
        findings,
    }])
}

pub(super) fn review(supervision: &Supervision, wish: HoldReview, facts: &Facts) -> Decided {
    let started = in_force(supervision, "a review", wish.done, facts)?;
    past(wish.done, facts)?;
    let mut found = Objections::new();
    within_life(started, facts.date(wish.done), facts, &mut found);
    next_review(&wish, facts, &mut found);
    early_end(started, &wish, facts, &mut found);
    let door = facts.door(wish.done);
    let findings = through(door, found)?;
    Ok(vec![SupervisionEvent::ReviewHeld {
        review: wish,
        door,
        findings,
    }])
}
