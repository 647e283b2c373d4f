//! Whether an act on a case kept out of court may be, and what then happens: a ladder of guards, one way out.

use super::command::{
    Activate, CompleteDiversion, DischargeCase, DiversionCommand, Obligation, OfferDiversion,
    ReturnToProsecution, WithdrawConsent,
};
use super::event::DiversionEvent;
use super::refusal::DiversionRefusal;
use super::state::{Diversion, DiversionStanding as Standing, Offered};
use crate::act::{Facts, Objection};
use crate::actor::Role;
use crate::jurisdiction::{Coded, ReturnMeaning, knows};
use crate::safeguards::diversion as safeguards;
use crate::stream::entered;
use crate::values::{CivilDate, Code, InformedConsent, Occurred, OffenceCode};

type Decided = Result<Vec<DiversionEvent>, DiversionRefusal>;
type Objections = Vec<Objection<DiversionRefusal>>;

pub(super) fn decide(diversion: &Diversion, command: DiversionCommand, facts: &Facts) -> Decided {
    use DiversionCommand as Wish;
    match command {
        Wish::Offer(wish) => offer(diversion, wish, facts),
        Wish::Discharge(wish) => discharge(diversion, wish, facts),
        Wish::GiveConsent(wish) => give_consent(diversion, wish, facts),
        Wish::WithdrawConsent(wish) => withdraw_consent(diversion, wish, facts),
        Wish::Activate(wish) => activate(diversion, wish, facts),
        Wish::Complete(wish) => complete(diversion, wish, facts),
        Wish::ReturnToProsecution(wish) => give_back(diversion, wish, facts),
    }
}

fn offer(diversion: &Diversion, mut wish: OfferDiversion, facts: &Facts) -> Decided {
    opens(diversion, wish.decided, facts)?;
    let rules = &facts.law.diversion;
    let mut found = Objections::new();
    for_an_offence(&wish.offences, &mut found);
    listed("measures", &rules.kinds, &wish.kind, &mut found);
    for criterion in &wish.criteria {
        listed("criteria", &rules.criteria, criterion, &mut found);
    }
    let decided = facts.date(wish.decided);
    obligations(&wish.obligations, decided, facts, &mut found);
    let door = facts.door(wish.decided);
    safeguards::offer(&wish, door, facts, &mut found);
    wish.minor = facts.minor(wish.minor, wish.decided);
    Ok(vec![DiversionEvent::Offered(entered(wish, door, found)?)])
}

fn discharge(diversion: &Diversion, mut wish: DischargeCase, facts: &Facts) -> Decided {
    opens(diversion, wish.decided, facts)?;
    let rules = &facts.law.diversion;
    let mut found = Objections::new();
    for_an_offence(&wish.offences, &mut found);
    listed("discharges", &rules.discharges, &wish.kind, &mut found);
    for criterion in &wish.criteria {
        listed("criteria", &rules.criteria, criterion, &mut found);
    }
    let door = facts.door(wish.decided);
    safeguards::discharge(&wish, door, facts, &mut found);
    wish.minor = facts.minor(wish.minor, wish.decided);
    let event = DiversionEvent::Discharged(entered(wish, door, found)?);
    Ok(vec![event])
}

/// A consent may be given again while nothing has begun: once it is explained better, it counts anew.
fn give_consent(diversion: &Diversion, wish: InformedConsent, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let states = [Standing::Offered, Standing::Agreed];
    let offered = stands(diversion, &states, "consenting")?;
    after_the_offer(offered, wish.given, facts, &mut found)?;
    let door = facts.door(wish.given);
    let entered = entered(wish, door, found)?;
    Ok(vec![DiversionEvent::ConsentGiven(entered)])
}

/// TR-3.4w: whoever agreed, or of whom anything is asked, can always withdraw. Nobody's leave is needed for it.
fn withdraw_consent(diversion: &Diversion, wish: WithdrawConsent, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let states = [Standing::Agreed, Standing::Running];
    let offered = stands(diversion, &states, "withdrawing consent")?;
    after_the_offer(offered, wish.done, facts, &mut found)?;
    let door = facts.door(wish.done);
    let entered = entered(wish, door, found)?;
    Ok(vec![DiversionEvent::ConsentWithdrawn(entered)])
}

fn activate(diversion: &Diversion, wish: Activate, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let states = [Standing::Offered, Standing::Agreed];
    let offered = stands(diversion, &states, "letting the obligations begin")?;
    after_the_offer(offered, wish.done, facts, &mut found)?;
    safeguards::activation(offered, wish.done, facts, &mut found);
    let door = facts.door(wish.done);
    Ok(vec![DiversionEvent::Activated(entered(wish, door, found)?)])
}

fn complete(diversion: &Diversion, wish: CompleteDiversion, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let offered = stands(diversion, &[Standing::Running], "completing")?;
    after_the_offer(offered, wish.done, facts, &mut found)?;
    if let Some(began) = offered.activated {
        follows(
            wish.done,
            "beginning of the obligations",
            began,
            facts,
            &mut found,
        );
    }
    let door = facts.door(wish.done);
    let entered = entered(wish, door, found)?;
    Ok(vec![DiversionEvent::Completed(entered)])
}

fn give_back(diversion: &Diversion, wish: ReturnToProsecution, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let states = [
        Standing::Offered,
        Standing::Agreed,
        Standing::Running,
        Standing::Withdrawn,
    ];
    let offered = stands(diversion, &states, "returning")?;
    by_people(facts)?;
    after_the_offer(offered, wish.decided, facts, &mut found)?;
    if let Some(withdrawn) = offered.withdrawn {
        follows(
            wish.decided,
            "withdrawal of consent",
            withdrawn,
            facts,
            &mut found,
        );
    }
    fits(offered, &wish.reason, facts)?;
    let rules = &facts.law.diversion;
    listed("reasons", &rules.reasons(), &wish.reason, &mut found);
    let door = facts.door(wish.decided);
    safeguards::competent(wish.by, door, facts, &mut found);
    Ok(vec![DiversionEvent::Returned(entered(wish, door, found)?)])
}

/// DV-6, TR-3.4w: a failure needs an obligation that ran, and a withdrawal is none.
fn fits(offered: &Offered, reason: &Code, facts: &Facts) -> Result<(), DiversionRefusal> {
    let reason = || reason.clone();
    match facts.law.diversion.meaning(&reason()) {
        Some(ReturnMeaning::Failed) if offered.withdrawn.is_some() => {
            Err(DiversionRefusal::WithdrawalIsNoFailure { reason: reason() })
        }
        Some(ReturnMeaning::Failed) if offered.activated.is_none() => {
            Err(DiversionRefusal::NothingRan { reason: reason() })
        }
        Some(ReturnMeaning::Withdrawn) if offered.withdrawn.is_none() => {
            Err(DiversionRefusal::NothingWithdrawn { reason: reason() })
        }
        Some(ReturnMeaning::Failed | ReturnMeaning::Withdrawn) | None => Ok(()),
    }
}

fn opens(diversion: &Diversion, decided: Occurred, facts: &Facts) -> Result<(), DiversionRefusal> {
    if *diversion != Diversion::Unrecorded {
        return Err(DiversionRefusal::AlreadyRecorded);
    }
    by_people(facts)?;
    past(decided, facts)
}

fn stands<'a>(
    diversion: &'a Diversion,
    states: &[Standing],
    wish: &'static str,
) -> Result<&'a Offered, DiversionRefusal> {
    let offered = diversion.offered();
    let state = diversion.title();
    offered
        .filter(|offered| states.contains(&offered.standing))
        .ok_or(DiversionRefusal::NotPossible { state, wish })
}

fn by_people(facts: &Facts) -> Result<(), DiversionRefusal> {
    if facts.actor.role == Role::System {
        Err(DiversionRefusal::NotForSoftware)
    } else {
        Ok(())
    }
}

fn past(done: Occurred, facts: &Facts) -> Result<(), DiversionRefusal> {
    if facts.is_future(done) {
        Err(DiversionRefusal::InTheFuture { done })
    } else {
        Ok(())
    }
}

fn after_the_offer(
    offered: &Offered,
    done: Occurred,
    facts: &Facts,
    found: &mut Objections,
) -> Result<(), DiversionRefusal> {
    past(done, facts)?;
    follows(done, "offer", offered.offer.decided, facts, found);
    Ok(())
}

/// What stands against an act from before what it follows.
fn follows(
    done: Occurred,
    what: &'static str,
    earlier: Occurred,
    facts: &Facts,
    found: &mut Objections,
) {
    if facts.is_before(done, earlier) {
        found.push(Objection::hard(DiversionRefusal::TooEarly {
            done: facts.date(done),
            follows: what,
            on: facts.date(earlier),
        }));
    }
}

fn for_an_offence(offences: &[OffenceCode], found: &mut Objections) {
    if offences.is_empty() {
        found.push(Objection::hard(DiversionRefusal::NoOffence));
    }
}

/// DV-5: something is asked, in words, for no longer than the law allows.
fn obligations(asked: &[Obligation], decided: CivilDate, facts: &Facts, found: &mut Objections) {
    if asked.is_empty() {
        found.push(Objection::hard(DiversionRefusal::NothingAsked));
    }
    let rules = &facts.law.diversion;
    let latest = decided.latest().zip(rules.longest_days);
    let latest = latest.map(|(decided, days)| decided.plus_days(days));
    for obligation in asked {
        listed("obligations", &rules.obligations, &obligation.kind, found);
        if obligation.terms.is_none() {
            let kind = obligation.kind.clone();
            found.push(Objection::hard(DiversionRefusal::TermsMissing { kind }));
        }
        let Some(until) = obligation.until else {
            continue;
        };
        if CivilDate::Day(until).is_before(decided) {
            let refusal = DiversionRefusal::EndsTooEarly { until, decided };
            found.push(Objection::hard(refusal));
        }
        if let Some(latest) = latest.filter(|latest| until > *latest) {
            let refusal = DiversionRefusal::TooLong { until, latest };
            found.push(Objection::hard(refusal));
        }
    }
}

/// A code outside its list; an empty list holds every code.
fn listed(list: &'static str, codes: &[Coded], code: &Code, found: &mut Objections) {
    if !knows(codes, code.as_str()) {
        let refusal = DiversionRefusal::UnknownCode {
            list,
            code: code.clone(),
            known: crate::jurisdiction::codes_of(codes),
        };
        found.push(Objection::hard(refusal));
    }
}
