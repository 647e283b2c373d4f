//! Whether an act in a restorative process may be, and what then happens: a ladder of guards, one way out.

use std::collections::BTreeSet;

use super::command::{
    ConsentToProcess, EndProcess, Fulfil, Origin, Point, ReachAgreement, ReferToProcess,
    RestorativeCommand, StartProcess, WithdrawFromProcess,
};
use super::event::RestorativeEvent;
use super::refusal::RestorativeRefusal;
use super::state::{Process, Restorative, RestorativeStanding as Standing};
use crate::act::{Facts, Objection, Reference};
use crate::jurisdiction::{Coded, codes_of, knows};
use crate::safeguards::restorative as safeguards;
use crate::stream::{Entered, entered};
use crate::values::{CivilDate, Code, Occurred, PointNo};

type Decided = Result<Vec<RestorativeEvent>, RestorativeRefusal>;
type Objections = Vec<Objection<RestorativeRefusal>>;

pub(super) fn decide(process: &Restorative, command: RestorativeCommand, facts: &Facts) -> Decided {
    use RestorativeCommand as Wish;
    match command {
        Wish::Refer(wish) => refer(process, wish, facts),
        Wish::GiveConsent(wish) => give_consent(process, wish, facts),
        Wish::WithdrawConsent(wish) => withdraw_consent(process, wish, facts),
        Wish::Start(wish) => start(process, wish, facts),
        Wish::ReachAgreement(wish) => agree(process, wish, facts),
        Wish::Fulfil(wish) => fulfil(process, wish, facts),
        Wish::EndWithoutAgreement(wish) => end_without_agreement(process, wish, facts),
        Wish::EndUnfulfilled(wish) => end_unfulfilled(process, wish, facts),
    }
}

fn refer(restorative: &Restorative, mut wish: ReferToProcess, facts: &Facts) -> Decided {
    if restorative.referred().is_some() {
        return Err(RestorativeRefusal::AlreadyReferred);
    }
    past(wish.done, facts)?;
    if wish.victim == Some(wish.person) {
        return Err(RestorativeRefusal::SamePerson);
    }
    if let Some(Origin::Sentence(sentence)) = wish.origin
        && !facts.found.contains(&Reference::Sentence(sentence))
    {
        return Err(RestorativeRefusal::SentenceNotInForce { sentence });
    }
    let mut found = Objections::new();
    let law = &facts.law;
    let office = wish.office.as_str();
    if !knows(&law.offices, office) && !law.courts.iter().any(|c| c.code.as_str() == office) {
        let office = wish.office.clone();
        found.push(Objection::hard(RestorativeRefusal::UnknownOffice {
            office,
        }));
    }
    listed("kinds", &law.restorative.kinds, &wish.kind, &mut found);
    safeguards::age(&wish, facts, &mut found);
    wish.minor = facts.minor(wish.minor, wish.done);
    let door = facts.door(wish.done);
    Ok(vec![RestorativeEvent::Referred(entered(
        wish, door, found,
    )?)])
}

/// A consent may be given again while nothing has started: once it is explained better, it counts anew.
fn give_consent(restorative: &Restorative, wish: ConsentToProcess, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let process = stands(restorative, &[Standing::Referred], "consenting")?;
    let given = wish.consent.given;
    after_the_referral(process, given, facts, &mut found)?;
    let door = facts.door(given);
    let entered = entered(wish, door, found)?;
    Ok(vec![RestorativeEvent::ConsentGiven(entered)])
}

/// Each side can leave until everything is fulfilled, whether or not it had agreed before.
fn withdraw_consent(
    restorative: &Restorative,
    wish: WithdrawFromProcess,
    facts: &Facts,
) -> Decided {
    let mut found = Objections::new();
    let states = [Standing::Referred, Standing::Started, Standing::Agreed];
    let process = stands(restorative, &states, "withdrawing consent")?;
    after_the_referral(process, wish.done, facts, &mut found)?;
    let door = facts.door(wish.done);
    let entered = entered(wish, door, found)?;
    Ok(vec![RestorativeEvent::ConsentWithdrawn(entered)])
}

fn start(restorative: &Restorative, wish: StartProcess, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let process = stands(restorative, &[Standing::Referred], "starting")?;
    after_the_referral(process, wish.done, facts, &mut found)?;
    safeguards::start(process, &wish, facts, &mut found);
    let door = facts.door(wish.done);
    Ok(vec![RestorativeEvent::Started(entered(wish, door, found)?)])
}

fn agree(restorative: &Restorative, wish: ReachAgreement, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let process = stands(restorative, &[Standing::Started], "reaching an agreement")?;
    after_the_start(process, wish.done, facts, &mut found)?;
    let reached = facts.date(wish.done);
    points(&wish.points, reached, facts, &mut found)?;
    let door = facts.door(wish.done);
    let event = RestorativeEvent::AgreementReached(entered(wish, door, found)?);
    Ok(vec![event])
}

fn fulfil(restorative: &Restorative, wish: Fulfil, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let process = stands(restorative, &[Standing::Agreed], "fulfilling")?;
    after_the_agreement(process, wish.done, facts, &mut found)?;
    let mut seen = BTreeSet::new();
    for point in &wish.points {
        left(process, *point)?;
        if !seen.insert(*point) {
            return Err(RestorativeRefusal::FulfilledAlready { point: *point });
        }
    }
    let door = facts.door(wish.done);
    let entered = entered(wish, door, found)?;
    Ok(vec![RestorativeEvent::Fulfilled(entered)])
}

fn end_without_agreement(restorative: &Restorative, wish: EndProcess, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let states = [Standing::Referred, Standing::Started];
    let process = stands(restorative, &states, "ending without agreement")?;
    after_the_start(process, wish.done, facts, &mut found)?;
    let entered = ending(wish, facts, found)?;
    Ok(vec![RestorativeEvent::EndedWithoutAgreement(entered)])
}

fn end_unfulfilled(restorative: &Restorative, wish: EndProcess, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let process = stands(restorative, &[Standing::Agreed], "ending unfulfilled")?;
    after_the_agreement(process, wish.done, facts, &mut found)?;
    let entered = ending(wish, facts, found)?;
    Ok(vec![RestorativeEvent::EndedUnfulfilled(entered)])
}

fn ending(
    wish: EndProcess,
    facts: &Facts,
    mut found: Objections,
) -> Result<Entered<EndProcess>, RestorativeRefusal> {
    let so_far = found.len();
    safeguards::end(&wish, facts, &mut found);
    // A reason that blames is known, and is no choice.
    if found.len() == so_far {
        let reasons = facts.law.restorative.reasons();
        listed("reasons", &reasons, &wish.reason, &mut found);
    }
    let door = facts.door(wish.done);
    entered(wish, door, found)
}

fn stands<'a>(
    restorative: &'a Restorative,
    states: &[Standing],
    wish: &'static str,
) -> Result<&'a Process, RestorativeRefusal> {
    let state = restorative.title();
    let process = restorative.referred();
    process
        .filter(|process| states.contains(&process.standing))
        .ok_or(RestorativeRefusal::NotPossible { state, wish })
}

fn past(done: Occurred, facts: &Facts) -> Result<(), RestorativeRefusal> {
    if facts.is_future(done) {
        Err(RestorativeRefusal::InTheFuture { done })
    } else {
        Ok(())
    }
}

fn after_the_referral(
    process: &Process,
    done: Occurred,
    facts: &Facts,
    found: &mut Objections,
) -> Result<(), RestorativeRefusal> {
    past(done, facts)?;
    follows(done, "referral", Some(process.referral.done), facts, found);
    Ok(())
}

fn after_the_start(
    process: &Process,
    done: Occurred,
    facts: &Facts,
    found: &mut Objections,
) -> Result<(), RestorativeRefusal> {
    after_the_referral(process, done, facts, found)?;
    let started = process.started.as_ref().map(|start| start.done);
    follows(done, "start", started, facts, found);
    Ok(())
}

fn after_the_agreement(
    process: &Process,
    done: Occurred,
    facts: &Facts,
    found: &mut Objections,
) -> Result<(), RestorativeRefusal> {
    after_the_start(process, done, facts, found)?;
    follows(done, "agreement", process.reached, facts, found);
    Ok(())
}

/// What stands against an act from before what it follows.
fn follows(
    done: Occurred,
    what: &'static str,
    earlier: Option<Occurred>,
    facts: &Facts,
    found: &mut Objections,
) {
    if let Some(earlier) = earlier.filter(|earlier| facts.is_before(done, *earlier)) {
        found.push(Objection::hard(RestorativeRefusal::TooEarly {
            done: facts.date(done),
            follows: what,
            on: facts.date(earlier),
        }));
    }
}

/// RS-5: an agreement has points, each in words, and none that ends before it is reached.
fn points(
    points: &[Point],
    reached: CivilDate,
    facts: &Facts,
    found: &mut Objections,
) -> Result<(), RestorativeRefusal> {
    if points.is_empty() {
        return Err(RestorativeRefusal::NothingAgreed);
    }
    let numbers = std::iter::successors(Some(PointNo(1)), |no| Some(no.next()));
    for (no, point) in numbers.zip(points) {
        listed("points", &facts.law.restorative.points, &point.kind, found);
        if point.terms.is_none() {
            let refusal = RestorativeRefusal::TermsMissing { point: no };
            found.push(Objection::hard(refusal));
        }
        if let Some(until) = point.until
            && CivilDate::Day(until).is_before(reached)
        {
            let refusal = RestorativeRefusal::EndsTooEarly { until, reached };
            found.push(Objection::hard(refusal));
        }
    }
    Ok(())
}

/// RS-6: a point of the agreement that is left to be fulfilled.
fn left(process: &Process, point: PointNo) -> Result<(), RestorativeRefusal> {
    let mut points = process.points.iter();
    match points.find(|agreed| agreed.no == point) {
        None => Err(RestorativeRefusal::NoSuchPoint { point }),
        Some(agreed) if agreed.fulfilled.is_some() => {
            Err(RestorativeRefusal::FulfilledAlready { point })
        }
        Some(_) => Ok(()),
    }
}

/// A code outside its list.
fn listed(list: &'static str, codes: &[Coded], code: &Code, found: &mut Objections) {
    if !knows(codes, code.as_str()) {
        let refusal = RestorativeRefusal::UnknownCode {
            list,
            code: code.clone(),
            known: codes_of(codes),
        };
        found.push(Objection::hard(refusal));
    }
}
