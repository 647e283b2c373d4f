//! Whether a step after a complaint may be, and what then happens. The complaint itself is never refused but for a
//! day that has not come.

use super::command::{
    AnswerComplaint, AssignComplaint, ComplaintCommand, EscalateComplaint, ReopenComplaint,
    ResolveComplaint, SubmitComplaint, SubmitWithoutPerson, Submitter, WithdrawComplaint,
};
use super::event::{ComplaintEvent, Inquiry, Withdrawal};
use super::refusal::ComplaintRefusal;
use super::state::{Complaint, Matter, Standing};
use crate::act::{Facts, Objection};
use crate::jurisdiction::{Coded, codes_of, knows};
use crate::safeguards::complaint as safeguards;
use crate::stream::entered;
use crate::values::{CivilDate, Code, Occurred, OfficeCode};

type Decided = Result<Vec<ComplaintEvent>, ComplaintRefusal>;
type Objections = Vec<Objection<ComplaintRefusal>>;

pub(super) fn decide(complaint: &Complaint, command: ComplaintCommand, facts: &Facts) -> Decided {
    use ComplaintCommand as Wish;
    match command {
        Wish::Submit(wish) => submit(complaint, wish, facts),
        Wish::SubmitWithoutPerson(wish) => submit_without_person(complaint, wish, facts),
        Wish::Assign(wish) => assign(complaint, wish, facts),
        Wish::Answer(wish) => answer(complaint, wish, facts),
        Wish::Escalate(wish) => escalate(complaint, wish, facts),
        Wish::Resolve(wish) => resolve(complaint, wish, facts),
        Wish::Reopen(wish) => reopen(complaint, wish, facts),
        Wish::Withdraw(wish) => withdraw(complaint, wish, facts),
    }
}

fn submit(complaint: &Complaint, wish: SubmitComplaint, facts: &Facts) -> Decided {
    under_a_new_id(complaint)?;
    let mut found = Objections::new();
    safeguards::submission(&wish.kind, wish.done, facts, &mut found)?;
    let door = facts.door(wish.done);
    let event = ComplaintEvent::Submitted(entered(wish, door, found)?);
    Ok(vec![event])
}

fn submit_without_person(
    complaint: &Complaint,
    wish: SubmitWithoutPerson,
    facts: &Facts,
) -> Decided {
    under_a_new_id(complaint)?;
    let mut found = Objections::new();
    safeguards::submission(&wish.kind, wish.done, facts, &mut found)?;
    let door = facts.door(wish.done);
    let event = ComplaintEvent::SubmittedWithoutPerson(entered(wish, door, found)?);
    Ok(vec![event])
}

fn assign(complaint: &Complaint, wish: AssignComplaint, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let matter = standing(complaint, &[Standing::Open], "naming who answers")?;
    after_the_submission(matter, wish.done, facts, &mut found)?;
    safeguards::impartial(matter, &wish.responder, facts)?;
    answers_complaints(matter, &wish.office, facts, &mut found);
    let door = facts.door(wish.done);
    Ok(vec![ComplaintEvent::Assigned(entered(wish, door, found)?)])
}

fn answer(complaint: &Complaint, wish: AnswerComplaint, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let matter = standing(complaint, &[Standing::Open], "answering")?;
    safeguards::by_people(facts)?;
    after_the_submission(matter, wish.done, facts, &mut found)?;
    safeguards::impartial(matter, &wish.responder, facts)?;
    safeguards::declared(matter, wish.declares)?;
    safeguards::under_the_own_name(&wish.responder, facts, &mut found);
    safeguards::not_of_itself(matter, facts, &mut found);
    safeguards::of_its_level(matter, facts, &mut found);
    of_somebody(matter, wish.reasons.is_some())?;
    came_to(&wish.outcome, wish.redress.as_ref(), facts, &mut found);
    safeguards::route(&wish, facts, &mut found);
    let door = facts.door(wish.done);
    Ok(vec![ComplaintEvent::Answered(entered(wish, door, found)?)])
}

fn escalate(complaint: &Complaint, wish: EscalateComplaint, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let may = [Standing::Open, Standing::Answered];
    let matter = standing(complaint, &may, "taking it to a higher level")?;
    after_the_submission(matter, wish.done, facts, &mut found)?;
    safeguards::of_somebody_else(matter, facts)?;
    if matter
        .level
        .as_ref()
        .is_some_and(|(level, _)| *level == wish.level)
    {
        return Err(ComplaintRefusal::SameLevel { level: wish.level });
    }
    let rules = &facts.law.complaint;
    listed("levels", &rules.levels, &wish.level, &mut found);
    listed("reasons", &rules.reasons, &wish.reason, &mut found);
    answers_complaints(matter, &wish.to, facts, &mut found);
    let door = facts.door(wish.done);
    let event = ComplaintEvent::Escalated(entered(wish, door, found)?);
    Ok(vec![event])
}

fn resolve(complaint: &Complaint, wish: ResolveComplaint, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let may = [Standing::Open, Standing::Answered];
    let matter = standing(complaint, &may, "settling")?;
    safeguards::by_people(facts)?;
    after_the_submission(matter, wish.done, facts, &mut found)?;
    safeguards::impartial(matter, &wish.by, facts)?;
    safeguards::declared(matter, wish.declares)?;
    safeguards::under_the_own_name(&wish.by, facts, &mut found);
    safeguards::not_of_itself(matter, facts, &mut found);
    safeguards::of_its_level(matter, facts, &mut found);
    of_somebody(matter, wish.reasons.is_some())?;
    came_to(&wish.outcome, wish.redress.as_ref(), facts, &mut found);
    let door = facts.door(wish.done);
    Ok(vec![ComplaintEvent::Resolved(entered(wish, door, found)?)])
}

fn reopen(complaint: &Complaint, wish: ReopenComplaint, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let may = [Standing::Answered, Standing::Resolved, Standing::Withdrawn];
    let matter = standing(complaint, &may, "opening it again")?;
    after_the_submission(matter, wish.done, facts, &mut found)?;
    safeguards::of_somebody_else(matter, facts)?;
    let list = &facts.law.complaint.reasons;
    listed("reasons", list, &wish.reason, &mut found);
    let door = facts.door(wish.done);
    Ok(vec![ComplaintEvent::Reopened(entered(wish, door, found)?)])
}

/// Whoever complained can go no further, and it is recorded how that was declared; there is no second door, so that nobody
/// ends a complaint by dating its end back. What concerns torture is looked into all the same.
fn withdraw(complaint: &Complaint, wish: WithdrawComplaint, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let may = [Standing::Open, Standing::Answered];
    let matter = standing(complaint, &may, "withdrawing")?;
    if matter.withdrawn.is_some() {
        return Err(not_possible(complaint, "withdrawing again"));
    }
    after_the_submission(matter, wish.done, facts, &mut found)?;
    safeguards::of_somebody_else(matter, facts)?;
    let mut responders = matter.assigned.iter().map(|assigned| &assigned.responder);
    let mut answered = matter.answers.iter().map(|answer| &answer.responder);
    let own = &facts.actor.subject;
    if responders.any(|responder| responder == own) || answered.any(|responder| responder == own) {
        let responder = own.clone();
        return Err(ComplaintRefusal::RespondsToIt { responder });
    }
    let theirs = match wish.by {
        // Nobody can show to be whoever gave no name.
        Submitter::Anonymous => false,
        Submitter::Person => true,
        Submitter::Representative
        | Submitter::Family
        | Submitter::Lawyer
        | Submitter::Staff
        | Submitter::Anybody => matter.by == wish.by,
    };
    if !theirs {
        return Err(match (matter.by, wish.by) {
            (Submitter::Anonymous, Submitter::Anonymous) => ComplaintRefusal::SubmitterUnknown,
            (_, by) => ComplaintRefusal::NotTheSubmitter { by },
        });
    }
    let Some(declared) = &wish.declared else {
        return Err(ComplaintRefusal::NotDeclared);
    };
    if declared.on > facts.today {
        let done = Occurred::On(CivilDate::Day(declared.on));
        return Err(ComplaintRefusal::InTheFuture { done });
    }
    let inquiry = if facts.law.complaint.inquired.contains(&matter.kind) {
        Inquiry::GoesOn
    } else {
        Inquiry::Ends
    };
    let WithdrawComplaint { done, by, declared } = wish;
    let door = facts.door(done);
    let told = Withdrawal {
        done,
        by,
        inquiry,
        declared,
    };
    Ok(vec![ComplaintEvent::Withdrawn(entered(told, door, found)?)])
}

fn under_a_new_id(complaint: &Complaint) -> Result<(), ComplaintRefusal> {
    match complaint {
        Complaint::Unsubmitted => Ok(()),
        Complaint::Submitted(_) => Err(ComplaintRefusal::AlreadySubmitted),
    }
}

fn not_possible(complaint: &Complaint, wish: &'static str) -> ComplaintRefusal {
    let state = complaint.title();
    ComplaintRefusal::NotPossible { state, wish }
}

fn standing<'a>(
    complaint: &'a Complaint,
    may: &[Standing],
    wish: &'static str,
) -> Result<&'a Matter, ComplaintRefusal> {
    complaint
        .submitted()
        .filter(|matter| may.contains(&matter.standing))
        .ok_or_else(|| not_possible(complaint, wish))
}

/// Neither in the future nor before the complaint was submitted.
fn after_the_submission(
    matter: &Matter,
    done: Occurred,
    facts: &Facts,
    found: &mut Objections,
) -> Result<(), ComplaintRefusal> {
    if facts.is_future(done) {
        return Err(ComplaintRefusal::InTheFuture { done });
    }
    if facts.is_before(done, matter.submitted) {
        found.push(Objection::hard(ComplaintRefusal::BeforeTheSubmission {
            done: facts.date(done),
            submitted: facts.date(matter.submitted),
        }));
    }
    Ok(())
}

/// Words are sealed under somebody's key.
fn of_somebody(matter: &Matter, has_words: bool) -> Result<(), ComplaintRefusal> {
    if has_words && matter.person.is_none() {
        Err(ComplaintRefusal::WordsOfNobody)
    } else {
        Ok(())
    }
}

fn came_to(outcome: &Code, redress: Option<&Code>, facts: &Facts, found: &mut Objections) {
    let rules = &facts.law.complaint;
    listed("outcomes", &rules.outcomes, outcome, found);
    if let Some(redress) = redress {
        listed("redress", &rules.redress, redress, found);
    }
}

/// A body outside the list, or one that answers about something else; an empty list holds every body.
fn answers_complaints(matter: &Matter, office: &OfficeCode, facts: &Facts, found: &mut Objections) {
    let rules = &facts.law.complaint;
    let (about, office) = (matter.about.sort(), office.clone());
    match rules.body(&office) {
        Some(body) if body.answers_about(about) => {}
        Some(_) => found.push(Objection::hard(ComplaintRefusal::DoesNotFit {
            office,
            about,
        })),
        None if rules.bodies.is_empty() => {}
        None => found.push(Objection::hard(ComplaintRefusal::UnknownOffice { office })),
    }
}

/// A code outside its list; an empty list holds every code.
fn listed(list: &'static str, codes: &[Coded], code: &Code, found: &mut Objections) {
    if !knows(codes, code.as_str()) {
        let refusal = ComplaintRefusal::UnknownCode {
            list,
            code: code.clone(),
            known: codes_of(codes),
        };
        found.push(Objection::hard(refusal));
    }
}
