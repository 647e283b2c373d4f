//! Whether a step may be taken, and what then happens: a ladder of guards, one way out.

mod commutation;
mod content;
mod steps;
mod substance;

use std::sync::Arc;

use super::command::{Impose, Propose, SentenceCommand};
use super::decision::{Decision, Shown};
use super::event::SentenceEvent;
use super::refusal::SentenceRefusal;
use super::state::{Imposed, Sentence, Standing};
use crate::act::{Door, Facts, Finding, Objection, through};
use crate::safeguards::sentence as safeguards;
use crate::values::{CivilDate, Known, Occurred};

type Decided = Result<Vec<SentenceEvent>, SentenceRefusal>;

pub(super) fn decide(sentence: &Sentence, command: SentenceCommand, facts: &Facts) -> Decided {
    safeguards::by_people(facts)?;
    match command {
        SentenceCommand::Propose(wish) => propose(sentence, wish, facts),
        SentenceCommand::WithdrawProposal(wish) => steps::withdraw(sentence, wish, facts),
        SentenceCommand::Impose(wish) => impose(sentence, wish, facts),
        SentenceCommand::ImposeProposed {
            pronounced,
            comparison,
        } => impose_proposed(sentence, pronounced, comparison, facts),
        SentenceCommand::CorrectSlip(wish) => steps::correct_slip(sentence, wish, facts),
        SentenceCommand::LodgeAppeal(wish) => steps::lodge_appeal(sentence, wish, facts),
        SentenceCommand::DismissAppeal(wish) => steps::dismiss_appeal(sentence, wish, facts),
        SentenceCommand::VaryOnAppeal(wish) => steps::vary(sentence, wish, facts),
        SentenceCommand::Quash(wish) => steps::quash(sentence, wish, facts),
        SentenceCommand::Commute(wish) => commutation::commute(sentence, wish, facts),
        SentenceCommand::Pardon(wish) => steps::pardon(sentence, wish, facts),
        SentenceCommand::CreditRemand { days, pronounced } => {
            steps::credit_remand(sentence, days, pronounced, facts)
        }
        SentenceCommand::CompareRemand(known) => steps::compare_remand(sentence, known, facts),
        SentenceCommand::StartCustody(wish) => steps::start_custody(sentence, wish, facts),
        SentenceCommand::EndCustody(wish) => steps::end_custody(sentence, wish, facts),
        SentenceCommand::ActivateSuspended(wish) => steps::activate(sentence, wish, facts),
        SentenceCommand::Resentence(wish) => steps::resentence(sentence, wish, facts),
        SentenceCommand::Complete { on } => steps::complete(sentence, on, facts),
    }
}

impl Decision {
    /// Everything of substance that stands against the decision, were it pronounced on this date and entered through
    /// this door: what a court should know while it drafts.
    pub fn objections(
        &self,
        door: Door,
        decided: CivilDate,
        facts: &Facts,
    ) -> Vec<Objection<SentenceRefusal>> {
        substance::objections(self, door, decided, facts)
    }
}

fn propose(sentence: &Sentence, wish: Propose, facts: &Facts) -> Decided {
    same_person_before_imposition(sentence, wish.person, "a proposal")?;
    content::check(&wish.decision, None, facts)?;
    // A draft is refused for nothing of substance: what would stand in its way today is shown while it is drafted.
    let today = CivilDate::Day(facts.today);
    let objections = substance::objections(&wish.decision, Door::Live, today, facts);
    let findings = through(Door::Existing, objections)?;
    Ok(vec![SentenceEvent::Proposed {
        person: wish.person,
        decision: Arc::new(aged(wish.decision, today, facts)),
        findings,
    }])
}

fn impose(sentence: &Sentence, wish: Impose, facts: &Facts) -> Decided {
    same_person_before_imposition(sentence, wish.person, "imposing a decision")?;
    let door = sentence.door(&wish.decision, wish.pronounced, facts);
    let findings = judged(&wish.decision, door, wish.pronounced, facts)?;
    Ok(vec![SentenceEvent::Imposed {
        person: wish.person,
        pronounced: wish.pronounced,
        door,
        decision: Arc::new(aged(wish.decision, facts.date(wish.pronounced), facts)),
        comparison: wish.comparison,
        findings,
    }])
}

fn impose_proposed(
    sentence: &Sentence,
    pronounced: Occurred,
    comparison: Known<Shown>,
    facts: &Facts,
) -> Decided {
    let Sentence::Proposed(proposed) = sentence else {
        return Err(not_possible(sentence, "imposing a proposal"));
    };
    let door = sentence.door(&proposed.decision, pronounced, facts);
    let findings = judged(&proposed.decision, door, pronounced, facts)?;
    Ok(vec![SentenceEvent::Imposed {
        person: proposed.person,
        pronounced,
        door,
        decision: Arc::new(aged(
            Decision::clone(&proposed.decision),
            facts.date(pronounced),
            facts,
        )),
        comparison,
        findings,
    }])
}

impl Sentence {
    /// The door of an imposition: a proposal makes it live only while it stands, and only for its own hearing.
    pub fn door(&self, decision: &Decision, pronounced: Occurred, facts: &Facts) -> Door {
        let drafted = match self {
            Self::Proposed(proposed) => match (&proposed.decision.hearing, &decision.hearing) {
                (Some(drafted), Some(held)) => drafted == held,
                (None, _) | (_, None) => true,
            },
            Self::Unrecorded | Self::Withdrawn | Self::Imposed(_) => false,
        };
        facts.door_after(facts.proposed.filter(|_| drafted), pronounced)
    }
}

/// The door of a step after the imposition: the proposal was for the imposition and chooses no later door.
fn door_of_step(pronounced: Occurred, facts: &Facts) -> Door {
    facts.door_after(None, pronounced)
}

/// What the register notices about a decision on the date it was pronounced; a refusal where it may not be.
fn judged(
    decision: &Decision,
    door: Door,
    pronounced: Occurred,
    facts: &Facts,
) -> Result<Vec<Finding>, SentenceRefusal> {
    past(pronounced, facts)?;
    let date = facts.date(pronounced);
    content::check(decision, Some(date), facts)?;
    let mut found = substance::objections(decision, door, date, facts);
    safeguards::court(door, facts, &mut found);
    through(door, found)
}

/// A decision with what the date of birth says of it.
fn aged(mut decision: Decision, decided: CivilDate, facts: &Facts) -> Decision {
    decision.minor = decision.minor_on(decided, facts);
    decision
}

/// A later decision on the same offences: it is judged by the date of the first.
fn judged_again(
    decision: &Decision,
    imposed: &Imposed,
    door: Door,
    facts: &Facts,
) -> Result<Vec<Finding>, SentenceRefusal> {
    let mut findings = judged(decision, door, imposed.pronounced, facts)?;
    if let Some(credited) = decision.remand_days.value() {
        let differs = substance::remand_differs(*credited, imposed.remand_in_all());
        findings.extend(differs.map(|objection| objection.finding()));
    }
    Ok(findings)
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

/// Nobody who was sentenced before this year is alive: an earlier one is a slip of the pen.
const FIRST_YEAR: i32 = 1900;

fn past(pronounced: Occurred, facts: &Facts) -> Result<(), SentenceRefusal> {
    let latest = facts.date(pronounced).latest();
    if facts.is_future(pronounced) {
        Err(SentenceRefusal::InTheFuture { pronounced })
    } else if latest.is_some_and(|day| day.year() < FIRST_YEAR) {
        Err(SentenceRefusal::OfAnotherAge { pronounced })
    } else {
        Ok(())
    }
}

/// A step after the imposition lies in no future; that it lies certainly before the decision stands against it.
fn after_decision(
    step: Occurred,
    imposed: &Imposed,
    facts: &Facts,
    found: &mut Vec<Objection<SentenceRefusal>>,
) -> Result<(), SentenceRefusal> {
    past(step, facts)?;
    if facts.is_before(step, imposed.pronounced) {
        found.push(Objection::hard(SentenceRefusal::BeforeTheDecision {
            given: step,
            decided: imposed.pronounced,
        }));
    }
    Ok(())
}
