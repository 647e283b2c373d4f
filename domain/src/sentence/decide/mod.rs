//! Whether a step may be taken, and what then happens: a ladder of guards, one way out.

mod content;
mod steps;
mod substance;

use super::command::{Impose, Propose, SentenceCommand};
use super::decision::Decision;
use super::event::SentenceEvent;
use super::refusal::SentenceRefusal;
use super::state::{Imposed, Sentence, Standing};
use crate::act::{Door, Facts, Finding, through};
use crate::values::Occurred;

type Decided = Result<Vec<SentenceEvent>, SentenceRefusal>;

pub(super) fn decide(sentence: &Sentence, command: SentenceCommand, facts: &Facts) -> Decided {
    match command {
        SentenceCommand::Propose(wish) => propose(sentence, wish, facts),
        SentenceCommand::WithdrawProposal(wish) => steps::withdraw(sentence, wish, facts),
        SentenceCommand::Impose(wish) => impose(sentence, wish, facts),
        SentenceCommand::ImposeProposed { pronounced } => {
            impose_proposed(sentence, pronounced, facts)
        }
        SentenceCommand::CorrectSlip(wish) => steps::correct_slip(sentence, wish, facts),
        SentenceCommand::LodgeAppeal(wish) => steps::lodge_appeal(sentence, wish, facts),
        SentenceCommand::DismissAppeal(wish) => steps::dismiss_appeal(sentence, wish, facts),
        SentenceCommand::VaryOnAppeal(wish) => steps::vary(sentence, wish, facts),
        SentenceCommand::Quash(wish) => steps::quash(sentence, wish, facts),
        SentenceCommand::Commute(wish) => steps::commute(sentence, wish, facts),
        SentenceCommand::Pardon(wish) => steps::pardon(sentence, wish, facts),
        SentenceCommand::CreditRemand { days, pronounced } => {
            steps::credit_remand(sentence, days, pronounced, facts)
        }
        SentenceCommand::StartCustody(wish) => steps::start_custody(sentence, wish, facts),
        SentenceCommand::EndCustody(wish) => steps::end_custody(sentence, wish, facts),
        SentenceCommand::ActivateSuspended(wish) => steps::activate(sentence, wish, facts),
        SentenceCommand::Resentence(wish) => steps::resentence(sentence, wish, facts),
        SentenceCommand::Complete { on } => steps::complete(sentence, on, facts),
    }
}

fn propose(sentence: &Sentence, wish: Propose, facts: &Facts) -> Decided {
    same_person_before_imposition(sentence, wish.person, "a proposal")?;
    content::check(&wish.decision, None)?;
    // A draft is refused for nothing of substance: what would stand in its way is shown while it is drafted.
    let objections = substance::objections(&wish.decision, Door::Live, None, facts);
    let findings = through(Door::Existing, objections)?;
    Ok(vec![SentenceEvent::Proposed {
        person: wish.person,
        entered: facts.entered,
        decision: wish.decision,
        findings,
    }])
}

fn impose(sentence: &Sentence, wish: Impose, facts: &Facts) -> Decided {
    same_person_before_imposition(sentence, wish.person, "imposing a decision")?;
    let facts = &after_proposal(sentence, facts);
    let (door, findings) = judged(&wish.decision, wish.pronounced, facts)?;
    Ok(vec![SentenceEvent::Imposed {
        person: wish.person,
        pronounced: wish.pronounced,
        door,
        decision: wish.decision,
        comparison: wish.comparison,
        findings,
    }])
}

fn impose_proposed(sentence: &Sentence, pronounced: Occurred, facts: &Facts) -> Decided {
    let Sentence::Proposed(proposed) = sentence else {
        return Err(not_possible(sentence, "imposing a proposal"));
    };
    let facts = &after_proposal(sentence, facts);
    let (door, findings) = judged(&proposed.decision, pronounced, facts)?;
    Ok(vec![SentenceEvent::Imposed {
        person: proposed.person,
        pronounced,
        door,
        decision: proposed.decision.clone(),
        comparison: crate::values::Known::NotRecorded,
        findings,
    }])
}

/// The facts with the time of the proposal that the sentence holds.
fn after_proposal(sentence: &Sentence, facts: &Facts) -> Facts {
    let mut facts = facts.clone();
    if let Sentence::Proposed(proposed) = sentence {
        facts.proposed = Some(proposed.entered);
    }
    facts
}

/// Lets a decision through the door that its pronouncement chooses.
fn judged(
    decision: &Decision,
    pronounced: Occurred,
    facts: &Facts,
) -> Result<(Door, Vec<Finding>), SentenceRefusal> {
    if facts.is_future(pronounced) {
        return Err(SentenceRefusal::InTheFuture { pronounced });
    }
    let date = facts.date(pronounced);
    content::check(decision, Some(date))?;
    let door = facts.door(pronounced);
    let objections = substance::objections(decision, door, Some(date), facts);
    Ok((door, through(door, objections)?))
}

fn same_person_before_imposition(
    sentence: &Sentence,
    person: crate::values::PersonId,
    wish: &'static str,
) -> Result<(), SentenceRefusal> {
    match sentence {
        Sentence::Unrecorded | Sentence::Withdrawn => Ok(()),
        Sentence::Proposed(proposed) if proposed.person == person => Ok(()),
        Sentence::Proposed(_) => Err(SentenceRefusal::AnotherPerson),
        Sentence::Imposed(_) => Err(not_possible(sentence, wish)),
    }
}

fn not_possible(sentence: &Sentence, wish: &'static str) -> SentenceRefusal {
    SentenceRefusal::NotPossible {
        state: sentence.title(),
        wish,
    }
}

/// The imposed decision, as long as it is not quashed.
fn standing<'a>(
    sentence: &'a Sentence,
    wish: &'static str,
) -> Result<&'a Imposed, SentenceRefusal> {
    match sentence {
        Sentence::Imposed(imposed) if imposed.standing != Standing::Quashed => Ok(imposed),
        Sentence::Imposed(_)
        | Sentence::Unrecorded
        | Sentence::Proposed(_)
        | Sentence::Withdrawn => Err(not_possible(sentence, wish)),
    }
}

/// The imposed decision, in force.
fn in_force<'a>(
    sentence: &'a Sentence,
    wish: &'static str,
) -> Result<&'a Imposed, SentenceRefusal> {
    let imposed = standing(sentence, wish)?;
    if imposed.standing == Standing::InForce {
        Ok(imposed)
    } else {
        Err(not_possible(sentence, wish))
    }
}

fn past(pronounced: Occurred, facts: &Facts) -> Result<(), SentenceRefusal> {
    if facts.is_future(pronounced) {
        Err(SentenceRefusal::InTheFuture { pronounced })
    } else {
        Ok(())
    }
}
