//! Whether a step may be taken, and what then happens: a ladder of guards, one way out.

mod contact;
mod life;
mod plan;
mod programme;
mod recall;

use super::command::SupervisionCommand;
use super::event::SupervisionEvent;
use super::refusal::SupervisionRefusal;
use super::state::{Started, Supervision, SupervisionStanding};
use crate::act::{Door, Facts, Objection};
use crate::jurisdiction::{Coded, codes_of, knows};
use crate::safeguards::supervision as safeguards;
use crate::values::{CivilDate, Code, Occurred};

type Decided = Result<Vec<SupervisionEvent>, SupervisionRefusal>;
type Objections = Vec<Objection<SupervisionRefusal>>;

pub(super) fn decide(
    supervision: &Supervision,
    command: SupervisionCommand,
    facts: &Facts,
) -> Decided {
    use SupervisionCommand as Wish;
    match command {
        Wish::Start(wish) => life::start(supervision, wish, facts),
        Wish::AssignOfficer(wish) => life::assign(supervision, wish, facts),
        Wish::RecordAssessment(wish) => plan::assess(supervision, wish, facts),
        Wish::AgreePlan(wish) => plan::agree(supervision, wish, facts),
        Wish::ReferToProgramme(wish) => programme::refer(supervision, wish, facts),
        Wish::StartProgramme(wish) => programme::start(supervision, wish, facts),
        Wish::CompleteProgramme(wish) => programme::complete(supervision, wish, facts),
        Wish::EndProgramme(wish) => programme::end(supervision, wish, facts),
        Wish::RecordContact(wish) => contact::record(supervision, wish, facts),
        Wish::CorrectContact(wish) => contact::correct(supervision, wish, facts),
        Wish::ChangeLevel(wish) => plan::change_level(supervision, wish, facts),
        Wish::HoldReview(wish) => plan::review(supervision, wish, facts),
        Wish::RecordViolation(wish) => contact::violation(supervision, wish, facts),
        Wish::RequestRecall(wish) => recall::request(supervision, wish, facts),
        Wish::DecideRecall(wish) => recall::decide(supervision, wish, facts),
        Wish::Transfer(wish) => life::transfer(supervision, wish, facts),
        Wish::MoveEnd(wish) => life::move_end(supervision, wish, facts),
        Wish::End(wish) => life::end(supervision, wish, facts),
    }
}

fn started<'a>(
    supervision: &'a Supervision,
    wish: &'static str,
) -> Result<&'a Started, SupervisionRefusal> {
    supervision
        .started()
        .ok_or(SupervisionRefusal::NotPossible {
            state: supervision.title(),
            wish,
        })
}

/// A supervision in force. What was done while it was, or although it was over, is recorded when it has happened; it is
/// never an act that is taken.
fn in_force<'a>(
    supervision: &'a Supervision,
    wish: &'static str,
    done: Occurred,
    facts: &Facts,
) -> Result<&'a Started, SupervisionRefusal> {
    let started = started(supervision, wish)?;
    if started.standing != SupervisionStanding::InForce {
        is_told(supervision, wish, done, facts)?;
    }
    Ok(started)
}

/// A supervision that has not ended: a recalled one still passes from office to office. What was done although it had
/// ended is recorded when it has happened, and what is of after the end is seen.
fn not_ended<'a>(
    supervision: &'a Supervision,
    wish: &'static str,
    done: Occurred,
    facts: &Facts,
    found: &mut Objections,
) -> Result<&'a Started, SupervisionRefusal> {
    let started = started(supervision, wish)?;
    if let SupervisionStanding::Ended { done: ended, .. } = started.standing {
        is_told(supervision, wish, done, facts)?;
        if facts.is_before(ended, done) {
            let (on, ends) = (facts.date(done), facts.date(ended));
            let refusal = SupervisionRefusal::AfterTheEnd { on, ends };
            found.push(Objection::hard(refusal));
        }
    }
    Ok(started)
}

/// Refuses an act on a supervision that is over; what has happened is told.
fn is_told(
    supervision: &Supervision,
    wish: &'static str,
    done: Occurred,
    facts: &Facts,
) -> Result<(), SupervisionRefusal> {
    match facts.door(done) {
        Door::Existing => Ok(()),
        Door::Live | Door::Looked => Err(SupervisionRefusal::NotPossible {
            state: supervision.title(),
            wish,
        }),
    }
}

fn past(done: Occurred, facts: &Facts) -> Result<(), SupervisionRefusal> {
    if facts.is_future(done) {
        Err(SupervisionRefusal::InTheFuture { done })
    } else {
        Ok(())
    }
}

fn not_before_start(started: &Started, on: CivilDate, found: &mut Objections) {
    let starts = started.starts;
    if on.is_before(starts) {
        let refusal = SupervisionRefusal::BeforeTheStart { on, starts };
        found.push(Objection::hard(refusal));
    }
}

/// What stands against asking something of the person on a date.
fn within_life(started: &Started, on: CivilDate, facts: &Facts, found: &mut Objections) {
    not_before_start(started, on, found);
    safeguards::beyond_the_end(started, on, facts, found);
}

/// A code outside its list; an empty list holds every code.
fn listed(list: &'static str, codes: &[Coded], code: &Code, found: &mut Objections) {
    if !knows(codes, code.as_str()) {
        let refusal = SupervisionRefusal::UnknownCode {
            list,
            code: code.clone(),
            known: codes_of(codes),
        };
        found.push(Objection::hard(refusal));
    }
}
