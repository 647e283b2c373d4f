//! The steps after a decision was imposed.

use super::{Decided, in_force, judged, not_possible, past, standing};
use crate::act::{Facts, Objection, through};
use crate::sentence::command::{
    ActivateSuspended, Commute, CorrectSlip, LodgeAppeal, MarkCustody, Resentence, Vary, WithReason,
};
use crate::sentence::decision::{Decision, Sanction};
use crate::sentence::event::SentenceEvent;
use crate::sentence::refusal::SentenceRefusal;
use crate::sentence::state::{Appeal, Imposed, Sentence};
use crate::values::{ComponentNo, Length, Occurred};

pub(super) fn withdraw(sentence: &Sentence, wish: WithReason, facts: &Facts) -> Decided {
    let Sentence::Proposed(_) = sentence else {
        return Err(not_possible(sentence, "withdrawing a proposal"));
    };
    past(wish.pronounced, facts)?;
    Ok(vec![SentenceEvent::ProposalWithdrawn(wish)])
}

pub(super) fn correct_slip(sentence: &Sentence, wish: CorrectSlip, facts: &Facts) -> Decided {
    let imposed = standing(sentence, "a correction")?;
    if wish.corrects == 0 || wish.corrects > facts.version {
        return Err(SentenceRefusal::NothingToCorrect {
            version: wish.corrects,
        });
    }
    let reasons = &facts.law.sentencing.correction_reasons;
    if !reasons.is_empty() && !reasons.iter().any(|r| r.code == wish.reason) {
        let list = "correction_reasons";
        return Err(SentenceRefusal::UnknownCode {
            list,
            code: wish.reason,
        });
    }
    let decision = keeping_reasons(imposed, wish.decision);
    let (door, findings) = judged(&decision, wish.pronounced, facts)?;
    Ok(vec![SentenceEvent::Corrected {
        corrects: wish.corrects,
        pronounced: wish.pronounced,
        door,
        reason: wish.reason,
        decision,
        findings,
    }])
}

/// Reasons in words stay as they were unless they are given anew.
fn keeping_reasons(imposed: &Imposed, mut decision: Decision) -> Decision {
    if decision.reasons.is_none() {
        decision.reasons.clone_from(&imposed.decision.reasons);
    }
    decision
}

pub(super) fn lodge_appeal(sentence: &Sentence, wish: LodgeAppeal, facts: &Facts) -> Decided {
    let imposed = standing(sentence, "an appeal")?;
    if matches!(imposed.appeal, Some(Appeal::Pending(_))) {
        return Err(SentenceRefusal::NotPossible {
            state: "under appeal",
            wish: "another appeal",
        });
    }
    past(wish.lodged, facts)?;
    Ok(vec![SentenceEvent::AppealLodged(wish)])
}

pub(super) fn dismiss_appeal(sentence: &Sentence, wish: WithReason, facts: &Facts) -> Decided {
    pending_appeal(sentence, "dismissing an appeal")?;
    past(wish.pronounced, facts)?;
    Ok(vec![SentenceEvent::AppealDismissed(wish)])
}

fn pending_appeal<'a>(
    sentence: &'a Sentence,
    wish: &'static str,
) -> Result<&'a Imposed, SentenceRefusal> {
    let imposed = standing(sentence, wish)?;
    match imposed.appeal {
        Some(Appeal::Pending(_)) => Ok(imposed),
        Some(Appeal::Dismissed | Appeal::Allowed) | None => Err(SentenceRefusal::NotPossible {
            state: "not under appeal",
            wish,
        }),
    }
}

pub(super) fn vary(sentence: &Sentence, wish: Vary, facts: &Facts) -> Decided {
    let imposed = pending_appeal(sentence, "varying on appeal")?;
    let decision = keeping_reasons(imposed, wish.decision);
    let (door, findings) = judged(&decision, wish.pronounced, facts)?;
    Ok(vec![SentenceEvent::VariedOnAppeal {
        pronounced: wish.pronounced,
        door,
        decision,
        findings,
    }])
}

pub(super) fn quash(sentence: &Sentence, wish: WithReason, facts: &Facts) -> Decided {
    standing(sentence, "quashing")?;
    past(wish.pronounced, facts)?;
    Ok(vec![SentenceEvent::Quashed(wish)])
}

pub(super) fn commute(sentence: &Sentence, wish: Commute, facts: &Facts) -> Decided {
    let imposed = in_force(sentence, "a commutation")?;
    past(wish.pronounced, facts)?;
    let component = wish.component;
    let Some(current) = imposed.decision.component(component) else {
        return Err(SentenceRefusal::NoSuchComponent { component });
    };
    let from = current.sanction.clone();
    let door = facts.door(wish.pronounced);
    let mut objections = Vec::new();
    if !is_lighter(&wish.to, &from) {
        objections.push(Objection::hard(SentenceRefusal::NotAReduction {
            component,
            from: said(&from),
            to: said(&wish.to),
        }));
    }
    let findings = through(door, objections)?;
    Ok(vec![SentenceEvent::Commuted {
        component,
        from,
        to: wish.to,
        pronounced: wish.pronounced,
        door,
        note: wish.note,
        findings,
    }])
}

/// Whether one sanction is lighter than another: a lighter kind, or the same kind with less of it.
fn is_lighter(to: &Sanction, from: &Sanction) -> bool {
    match (to, from) {
        (Sanction::Fine { amount: Some(a) }, Sanction::Fine { amount: Some(b) }) => {
            a.currency == b.currency && a.minor < b.minor
        }
        (Sanction::DayFine { units: Some(a), .. }, Sanction::DayFine { units: Some(b), .. }) => {
            a < b
        }
        (a, b) if a.kind() == b.kind() => match (a.custody_length(), b.custody_length()) {
            (Some(shorter), Some(longer)) => longer.exceeds(shorter),
            // From life or an indeterminate term to a length.
            (Some(_), None) => true,
            (None, _) => false,
        },
        (a, b) => a.kind() > b.kind(),
    }
}

fn said(sanction: &Sanction) -> String {
    match (sanction, sanction.custody_length()) {
        (
            Sanction::Fine {
                amount: Some(amount),
            },
            _,
        ) => format!("a fine of {amount}"),
        (_, Some(length)) => format!("{} of {length}", sanction.kind()),
        (_, None) => sanction.kind().to_string(),
    }
}

pub(super) fn pardon(sentence: &Sentence, wish: WithReason, facts: &Facts) -> Decided {
    in_force(sentence, "a pardon")?;
    past(wish.pronounced, facts)?;
    Ok(vec![SentenceEvent::Pardoned(wish)])
}

pub(super) fn credit_remand(
    sentence: &Sentence,
    days: u32,
    pronounced: Occurred,
    facts: &Facts,
) -> Decided {
    standing(sentence, "crediting remand")?;
    past(pronounced, facts)?;
    Ok(vec![SentenceEvent::RemandCredited { days, pronounced }])
}

pub(super) fn start_custody(sentence: &Sentence, wish: MarkCustody, facts: &Facts) -> Decided {
    let imposed = in_force(sentence, "starting custody")?;
    component(imposed, wish.component)?;
    past(wish.on, facts)?;
    if imposed.in_custody.contains(&wish.component) {
        return Err(SentenceRefusal::NotPossible {
            state: "being served in custody",
            wish: "starting custody",
        });
    }
    Ok(vec![SentenceEvent::CustodyStarted(wish)])
}

pub(super) fn end_custody(sentence: &Sentence, wish: MarkCustody, facts: &Facts) -> Decided {
    let imposed = standing(sentence, "ending custody")?;
    component(imposed, wish.component)?;
    past(wish.on, facts)?;
    if !imposed.in_custody.contains(&wish.component) {
        return Err(SentenceRefusal::NotPossible {
            state: "not being served in custody",
            wish: "ending custody",
        });
    }
    Ok(vec![SentenceEvent::CustodyEnded(wish)])
}

fn component(imposed: &Imposed, component: ComponentNo) -> Result<(), SentenceRefusal> {
    match imposed.decision.component(component) {
        Some(_) => Ok(()),
        None => Err(SentenceRefusal::NoSuchComponent { component }),
    }
}

pub(super) fn activate(sentence: &Sentence, wish: ActivateSuspended, facts: &Facts) -> Decided {
    let imposed = in_force(sentence, "activating a suspended term")?;
    past(wish.pronounced, facts)?;
    let component = wish.component;
    let suspended = suspended_term(imposed, component)?;
    let door = facts.door(wish.pronounced);
    let mut objections = Vec::new();
    if let (Some(part), Some(suspended)) = (wish.part, suspended)
        && part.exceeds(suspended)
    {
        let refusal = SentenceRefusal::MoreThanSuspended {
            component,
            part,
            suspended,
        };
        objections.push(Objection::hard(refusal));
    }
    let findings = through(door, objections)?;
    Ok(vec![SentenceEvent::SuspendedTermActivated {
        activation: wish,
        door,
        findings,
    }])
}

/// The term that is still suspended; `None` inside when its length is not recorded.
fn suspended_term(
    imposed: &Imposed,
    component: ComponentNo,
) -> Result<Option<Length>, SentenceRefusal> {
    match imposed.decision.component(component).map(|c| &c.sanction) {
        Some(Sanction::SuspendedCustody { term, .. })
            if !imposed.activated.contains_key(&component) =>
        {
            Ok(*term)
        }
        _ => Err(SentenceRefusal::NothingSuspended { component }),
    }
}

pub(super) fn resentence(sentence: &Sentence, wish: Resentence, facts: &Facts) -> Decided {
    let imposed = in_force(sentence, "resentencing")?;
    let decision = keeping_reasons(imposed, wish.decision);
    let (door, findings) = judged(&decision, wish.pronounced, facts)?;
    Ok(vec![SentenceEvent::Resentenced {
        pronounced: wish.pronounced,
        door,
        decision,
        order: wish.order,
        findings,
    }])
}

pub(super) fn complete(sentence: &Sentence, on: Occurred, facts: &Facts) -> Decided {
    in_force(sentence, "completion")?;
    past(on, facts)?;
    Ok(vec![SentenceEvent::Completed { on }])
}
