//! The steps after a decision was imposed.

use std::sync::Arc;

use super::{
    Decided, after_decision, aged, door_of_step, in_force, judged_again, not_possible, past,
    standing, substance,
};
use crate::act::{Door, Facts, Grade, Objection, through};
use crate::jurisdiction::{Coded, codes_of};
use crate::safeguards::sentence as safeguards;
use crate::sentence::command::{
    ActivateSuspended, CorrectSlip, KnownRemand, LodgeAppeal, MarkCustody, Resentence, Vary,
    WithReason,
};
use crate::sentence::decision::{Component, Decision, Sanction, SanctionKind};
use crate::sentence::event::{AppealEntered, CustodyEnd, CustodyStart, SentenceEvent, StepTaken};
use crate::sentence::refusal::{CodeList, SentenceRefusal};
use crate::sentence::state::{Appeal, Imposed, Sentence, Standing};
use crate::values::{Code, ComponentNo, Length, Occurred};

pub(super) fn withdraw(sentence: &Sentence, wish: WithReason, facts: &Facts) -> Decided {
    let Sentence::Proposed(_) = sentence else {
        return Err(not_possible(sentence, "withdrawing a proposal"));
    };
    past(wish.pronounced, facts)?;
    reasoned(&wish, facts)?;
    let taken = StepTaken::of(wish, Vec::new());
    Ok(vec![SentenceEvent::ProposalWithdrawn(taken)])
}

/// The decision of which a step is told, whatever stands against it: of what happened already it is noticed.
fn told_of<'a>(
    sentence: &'a Sentence,
    wish: &'static str,
    done: Occurred,
    facts: &Facts,
    found: &mut Vec<Objection<SentenceRefusal>>,
) -> Result<&'a Imposed, SentenceRefusal> {
    let Sentence::Imposed(imposed) = sentence else {
        return Err(not_possible(sentence, wish));
    };
    after_decision(done, imposed, facts, found)?;
    if imposed.standing == Standing::Quashed {
        found.push(Objection::hard(not_possible(sentence, wish)));
    }
    Ok(imposed)
}

/// What a step is not possible in, for what is not the standing of the whole.
fn impossible(state: &'static str, wish: &'static str) -> Objection<SentenceRefusal> {
    Objection::hard(SentenceRefusal::NotPossible { state, wish })
}

/// A reason outside its list; an empty list holds every reason.
fn listed(list: CodeList, reasons: &[Coded], code: &Code) -> Result<(), SentenceRefusal> {
    if reasons.is_empty() || reasons.iter().any(|reason| &reason.code == code) {
        Ok(())
    } else {
        Err(SentenceRefusal::UnknownCode {
            list,
            code: code.clone(),
            known: codes_of(reasons),
        })
    }
}

/// Why a step was taken, where that is said.
fn reasoned(step: &WithReason, facts: &Facts) -> Result<(), SentenceRefusal> {
    let reasons = &facts.law.sentencing.step_reasons;
    match &step.reason {
        Some(code) => listed(CodeList::Steps, reasons, code),
        None => Ok(()),
    }
}

pub(super) fn correct_slip(sentence: &Sentence, wish: CorrectSlip, facts: &Facts) -> Decided {
    let imposed = standing(sentence, "a correction")?;
    if wish.corrects == 0 || wish.corrects > facts.version {
        return Err(SentenceRefusal::NothingToCorrect {
            version: wish.corrects,
            last: facts.version,
        });
    }
    let reasons = &facts.law.sentencing.correction_reasons;
    listed(CodeList::Corrections, reasons, &wish.reason)?;
    let mut found = Vec::new();
    after_decision(wish.pronounced, imposed, facts, &mut found)?;
    let decision = keeping_reasons(imposed, wish.decision, facts);
    // What entered as an existing fact is corrected as one: a slip of the pen makes nobody decide it again.
    let door = match imposed.door {
        Door::Existing => Door::Existing,
        Door::Live | Door::Looked => door_of_step(wish.pronounced, facts),
    };
    found.extend(another_sanction(&imposed.decision, &decision));
    let mut findings = through(door, found)?;
    findings.extend(judged_again(&decision, imposed, door, facts)?);
    Ok(vec![SentenceEvent::Corrected {
        corrects: wish.corrects,
        pronounced: wish.pronounced,
        door,
        reason: wish.reason,
        decision: Arc::new(decision),
        findings,
    }])
}

/// S-16: a slip of the pen leaves the kinds of what was imposed as they were. It may be one of the pen all the same, so that
/// nobody is refused; but somebody looks at it.
fn another_sanction(was: &Decision, now: &Decision) -> Option<Objection<SentenceRefusal>> {
    let kinds = |decision: &Decision| {
        let kinds = decision.components().map(|(_, c)| c.sanction.kind());
        let mut kinds: Vec<SanctionKind> = kinds.collect();
        kinds.sort_unstable();
        kinds
    };
    let (was, now) = (kinds(was), kinds(now));
    let words = |kinds: &[SanctionKind]| {
        let kinds: Vec<String> = kinds.iter().map(ToString::to_string).collect();
        kinds.join(", ")
    };
    (was != now).then(|| Objection {
        grade: Grade::Alarm,
        refusal: SentenceRefusal::AnotherSanction {
            was: words(&was),
            now: words(&now),
        },
    })
}

/// Reasons in words, what was weighed, what exactly a requirement asks, and what a date of birth said that is kept no longer,
/// stay as they were unless they are given anew.
fn keeping_reasons(imposed: &Imposed, mut decision: Decision, facts: &Facts) -> Decision {
    if facts.born.is_none() {
        decision.minor = decision.minor.or(imposed.decision.minor);
    }
    if decision.reasons.is_none() {
        decision.reasons.clone_from(&imposed.decision.reasons);
    }
    decision.weighed = decision.weighed.or(&imposed.decision.weighed);
    for component in decision.counts.iter_mut().flat_map(|c| &mut c.components) {
        if let Some(before) = imposed.decision.component(component.no) {
            let stood = before.sanction.requirements();
            for (required, stood) in component.sanction.requirements_mut().iter_mut().zip(stood) {
                if required.terms.is_none() && required.kind == stood.kind {
                    required.terms.clone_from(&stood.terms);
                }
            }
        }
    }
    aged(decision, facts.date(imposed.pronounced), facts)
}

pub(super) fn lodge_appeal(sentence: &Sentence, wish: LodgeAppeal, facts: &Facts) -> Decided {
    let mut found = Vec::new();
    let imposed = told_of(sentence, "an appeal", wish.lodged, facts, &mut found)?;
    if matches!(imposed.appeal, Some(Appeal::Pending(_))) {
        found.push(impossible("under appeal", "another appeal"));
    }
    let findings = through(door_of_step(wish.lodged, facts), found)?;
    Ok(vec![SentenceEvent::AppealLodged(AppealEntered {
        lodged: wish.lodged,
        by: wish.by,
        findings,
    })])
}

pub(super) fn dismiss_appeal(sentence: &Sentence, wish: WithReason, facts: &Facts) -> Decided {
    let act = "dismissing an appeal";
    let mut found = Vec::new();
    let imposed = told_of(sentence, act, wish.pronounced, facts, &mut found)?;
    match &imposed.appeal {
        Some(Appeal::Pending(appeal)) => {
            found.extend(before(wish.pronounced, "appeal", appeal.lodged, facts));
        }
        Some(Appeal::Dismissed | Appeal::Allowed) | None => {
            found.push(impossible("not under appeal", act));
        }
    }
    reasoned(&wish, facts)?;
    let findings = through(door_of_step(wish.pronounced, facts), found)?;
    let taken = StepTaken::of(wish, findings);
    Ok(vec![SentenceEvent::AppealDismissed(taken)])
}

/// What ends something and lies certainly before that began.
fn before(
    given: Occurred,
    what: &'static str,
    happened: Occurred,
    facts: &Facts,
) -> Option<Objection<SentenceRefusal>> {
    let refusal = SentenceRefusal::BeforeItBegan {
        given,
        what,
        happened,
    };
    facts
        .is_before(given, happened)
        .then(|| Objection::hard(refusal))
}

pub(super) fn vary(sentence: &Sentence, wish: Vary, facts: &Facts) -> Decided {
    let act = "varying on appeal";
    let imposed = standing(sentence, act)?;
    let Some(Appeal::Pending(appeal)) = &imposed.appeal else {
        return Err(SentenceRefusal::NotPossible {
            state: "not under appeal",
            wish: act,
        });
    };
    let mut found = Vec::new();
    after_decision(wish.pronounced, imposed, facts, &mut found)?;
    found.extend(before(wish.pronounced, "appeal", appeal.lodged, facts));
    let decision = keeping_reasons(imposed, wish.decision, facts);
    let door = door_of_step(wish.pronounced, facts);
    let mut findings = through(door, found)?;
    findings.extend(judged_again(&decision, imposed, door, facts)?);
    Ok(vec![SentenceEvent::VariedOnAppeal {
        pronounced: wish.pronounced,
        door,
        decision: Arc::new(decision),
        findings,
    }])
}

pub(super) fn quash(sentence: &Sentence, wish: WithReason, facts: &Facts) -> Decided {
    let mut found = Vec::new();
    told_of(sentence, "quashing", wish.pronounced, facts, &mut found)?;
    reasoned(&wish, facts)?;
    let findings = through(door_of_step(wish.pronounced, facts), found)?;
    let taken = StepTaken::of(wish, findings);
    Ok(vec![SentenceEvent::Quashed(taken)])
}

pub(super) fn pardon(sentence: &Sentence, wish: WithReason, facts: &Facts) -> Decided {
    // A pardon often comes when everything has been served.
    let act = "a pardon";
    let mut found = Vec::new();
    let imposed = told_of(sentence, act, wish.pronounced, facts, &mut found)?;
    if imposed.standing == Standing::Pardoned {
        found.push(Objection::hard(not_possible(sentence, act)));
    }
    reasoned(&wish, facts)?;
    let findings = through(door_of_step(wish.pronounced, facts), found)?;
    let taken = StepTaken::of(wish, findings);
    Ok(vec![SentenceEvent::Pardoned(taken)])
}

pub(super) fn credit_remand(
    sentence: &Sentence,
    days: u32,
    pronounced: Occurred,
    facts: &Facts,
) -> Decided {
    let mut found = Vec::new();
    let imposed = told_of(sentence, "crediting remand", pronounced, facts, &mut found)?;
    let decided = facts.date(imposed.pronounced);
    substance::remand(&imposed.decision, days, decided, &mut found);
    found.extend(substance::remand_differs(days, imposed.remand_in_all()));
    let findings = through(door_of_step(pronounced, facts), found)?;
    Ok(vec![SentenceEvent::RemandCredited {
        days,
        pronounced,
        findings,
    }])
}

/// What the register knows is credited where the court has said nothing; where it has, somebody looks why it differs.
pub(super) fn compare_remand(sentence: &Sentence, known: KnownRemand, facts: &Facts) -> Decided {
    if !facts.reported {
        return Err(SentenceRefusal::SaidByTheCase);
    }
    let imposed = standing(sentence, "comparing remand")?;
    past(known.ended, facts)?;
    let mut after = imposed.clone();
    after.remand_known.insert(known.case, known.held.clone());
    let days = after.remand_in_all().unwrap_or_default();
    let said = imposed.remand_days.value().copied();
    if days == 0 && said.unwrap_or_default() == 0 {
        return Ok(Vec::new());
    }
    let differs = said.and_then(|credited| substance::remand_differs(credited, Some(days)));
    let pronounced = known.ended;
    let mut events = vec![SentenceEvent::RemandKnown {
        known,
        findings: differs.iter().map(Objection::finding).collect(),
    }];
    if said.is_none() {
        let mut found = Vec::new();
        let decided = facts.date(imposed.pronounced);
        substance::remand(&imposed.decision, days, decided, &mut found);
        events.push(SentenceEvent::RemandCredited {
            days,
            pronounced,
            findings: found.iter().map(Objection::finding).collect(),
        });
    }
    Ok(events)
}

pub(super) fn start_custody(sentence: &Sentence, wish: MarkCustody, facts: &Facts) -> Decided {
    let act = "starting custody";
    let mut found = Vec::new();
    let imposed = told_of(sentence, act, wish.on, facts, &mut found)?;
    let under = component(imposed, wish.component)?;
    if matches!(imposed.standing, Standing::Completed | Standing::Pardoned) {
        found.push(Objection::hard(not_possible(sentence, act)));
    }
    if imposed.in_custody.contains_key(&under.no) {
        found.push(impossible("being served in custody", act));
    }
    let activated = imposed.activated.contains_key(&under.no);
    safeguards::held_under(under, activated, &mut found);
    let findings = through(door_of_step(wish.on, facts), found)?;
    Ok(vec![SentenceEvent::CustodyStarted(CustodyStart {
        component: wish.component,
        on: wish.on,
        findings,
    })])
}

/// The end of custody is recorded even where the decision was quashed or no longer holds the component.
pub(super) fn end_custody(sentence: &Sentence, wish: MarkCustody, facts: &Facts) -> Decided {
    let Sentence::Imposed(imposed) = sentence else {
        return Err(not_possible(sentence, "ending custody"));
    };
    let started = imposed.in_custody.get(&wish.component).copied();
    if started.is_none() {
        component(imposed, wish.component)?;
    }
    past(wish.on, facts)?;
    let mut found = Vec::new();
    match started {
        Some(started) => found.extend(before(wish.on, "custody", started, facts)),
        None => found.push(impossible("not being served in custody", "ending custody")),
    }
    let findings = through(door_of_step(wish.on, facts), found)?;
    Ok(vec![SentenceEvent::CustodyEnded(CustodyEnd {
        component: wish.component,
        on: wish.on,
        findings,
    })])
}

fn component(imposed: &Imposed, component: ComponentNo) -> Result<&Component, SentenceRefusal> {
    let kept = imposed.decision.component(component);
    kept.ok_or(SentenceRefusal::NoSuchComponent { component })
}

pub(super) fn activate(sentence: &Sentence, wish: ActivateSuspended, facts: &Facts) -> Decided {
    let imposed = in_force(sentence, "activating a suspended term")?;
    let mut objections = Vec::new();
    after_decision(wish.pronounced, imposed, facts, &mut objections)?;
    let suspended = suspended_term(imposed, wish.component)?;
    let door = door_of_step(wish.pronounced, facts);
    if let Some(part) = wish.part {
        objections.extend(against_part(wish.component, part, suspended));
    }
    safeguards::activation(&wish, &facts.law, &mut objections);
    let findings = through(door, objections)?;
    Ok(vec![SentenceEvent::SuspendedTermActivated {
        activation: wish,
        door,
        findings,
    }])
}

/// A part is a calendar term above zero and no more than is suspended.
fn against_part(
    component: ComponentNo,
    part: Length,
    suspended: Option<Length>,
) -> Vec<Objection<SentenceRefusal>> {
    let mut objections = Vec::new();
    if part.is_zero() {
        objections.push(Objection::hard(SentenceRefusal::QuantityZero {
            component,
            kind: SanctionKind::SuspendedCustody,
        }));
    }
    if part.term().is_none() {
        objections.push(Objection::hard(SentenceRefusal::NotACalendarTerm {
            component,
            length: part,
        }));
    }
    if let Some(suspended) = suspended
        && part.exceeds(suspended)
    {
        objections.push(Objection::hard(SentenceRefusal::MoreThanSuspended {
            component,
            part,
            suspended,
        }));
    }
    objections
}

/// The term that is still suspended; `None` inside when its length is not recorded.
fn suspended_term(
    imposed: &Imposed,
    component: ComponentNo,
) -> Result<Option<Length>, SentenceRefusal> {
    if let Some(Sanction::SuspendedCustody { term, .. }) =
        imposed.decision.component(component).map(|c| &c.sanction)
        && !imposed.activated.contains_key(&component)
    {
        Ok(*term)
    } else {
        Err(SentenceRefusal::NothingSuspended { component })
    }
}

pub(super) fn resentence(sentence: &Sentence, wish: Resentence, facts: &Facts) -> Decided {
    let imposed = in_force(sentence, "resentencing")?;
    let mut found = Vec::new();
    after_decision(wish.pronounced, imposed, facts, &mut found)?;
    numbered_anew(&imposed.decision, &wish.decision)?;
    let decision = keeping_reasons(imposed, wish.decision, facts);
    let door = door_of_step(wish.pronounced, facts);
    let mut findings = through(door, found)?;
    findings.extend(judged_again(&decision, imposed, door, facts)?);
    Ok(vec![SentenceEvent::Resentenced {
        pronounced: wish.pronounced,
        door,
        decision: Arc::new(decision),
        order: wish.order,
        findings,
    }])
}

/// The order of a new sentence is another one than the order it replaces, and its number tells them apart.
fn numbered_anew(replaced: &Decision, new: &Decision) -> Result<(), SentenceRefusal> {
    let orders = |decision: &Decision, no: ComponentNo| {
        let component = decision.component(no);
        component.is_some_and(|c| c.sanction.makes_an_order())
    };
    for (_, component) in new.components() {
        let component = component.no;
        if orders(replaced, component) && orders(new, component) {
            return Err(SentenceRefusal::NumberedAsReplaced { component });
        }
    }
    Ok(())
}

pub(super) fn complete(sentence: &Sentence, on: Occurred, facts: &Facts) -> Decided {
    let act = "completion";
    let mut found = Vec::new();
    let imposed = told_of(sentence, act, on, facts, &mut found)?;
    if matches!(imposed.standing, Standing::Completed | Standing::Pardoned) {
        found.push(Objection::hard(not_possible(sentence, act)));
    }
    if !imposed.in_custody.is_empty() {
        found.push(impossible("being served in custody", act));
    }
    let findings = through(door_of_step(on, facts), found)?;
    Ok(vec![SentenceEvent::Completed { on, findings }])
}
