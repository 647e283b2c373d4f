//! Whether an act in a matter with another State may be, and what then happens: a ladder of guards, one way out.

use super::command::{
    ArrestProvisionally, Authority, CooperationCommand, EffectMatter, EndMatter, GrantCooperation,
    HangsOn, NotifyJudgment, PostponeMatter, RefuseCooperation, ReopenMatter, RequestCooperation,
    WithdrawConsent,
};
use super::event::CooperationEvent;
use super::refusal::{CooperationRefusal, UNAGREED};
use super::state::{Cooperation, CooperationStanding as Standing, Requested};
use crate::act::{Facts, Objection, Reference};
use crate::jurisdiction::{Coded, codes_of, knows};
use crate::safeguards::cooperation as safeguards;
use crate::stream::entered;
use crate::values::{Code, CourtCode, Day, InformedConsent, Occurred, OfficeCode};

type Decided = Result<Vec<CooperationEvent>, CooperationRefusal>;
type Objections = Vec<Objection<CooperationRefusal>>;

pub(super) fn decide(matter: &Cooperation, command: CooperationCommand, facts: &Facts) -> Decided {
    use CooperationCommand as Wish;
    match command {
        Wish::ArrestProvisionally(wish) => arrest(matter, wish, facts),
        Wish::Request(wish) => request(matter, wish, facts),
        Wish::NotifyJudgment(wish) => notify(matter, wish, facts),
        Wish::GiveConsent(wish) => give_consent(matter, wish, facts),
        Wish::WithdrawConsent(wish) => withdraw_consent(matter, wish, facts),
        Wish::Grant(wish) => grant(matter, wish, facts),
        Wish::Refuse(wish) => refuse(matter, wish, facts),
        Wish::Reopen(wish) => reopen(matter, wish, facts),
        Wish::Postpone(wish) => postpone(matter, wish, facts),
        Wish::Effect(wish) => effect(matter, wish, facts),
        Wish::End(wish) => end(matter, wish, facts),
    }
}

fn arrest(matter: &Cooperation, mut wish: ArrestProvisionally, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    opens(matter, wish.done, facts)?;
    due(wish.request_by, wish.done, facts, &mut found);
    if wish.offences.is_empty() {
        found.push(Objection::hard(CooperationRefusal::NoOffence));
    }
    office(&wish.office, facts, &mut found);
    court(wish.court.as_ref(), facts, &mut found);
    safeguards::basis(&wish.basis, facts.date(wish.done), facts, &mut found);
    safeguards::age(wish.age, wish.done, facts, &mut found);
    wish.minor = facts.minor(wish.minor, wish.done);
    let door = facts.door(wish.done);
    let event = CooperationEvent::ProvisionallyArrested(entered(wish, door, found)?);
    Ok(vec![event])
}

fn request(matter: &Cooperation, mut wish: RequestCooperation, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    if let Some(arrest) = matter.arrested() {
        by_people(facts)?;
        past(wish.done, facts)?;
        if wish.person != arrest.person {
            return Err(CooperationRefusal::AnotherPerson);
        }
        follows(wish.done, "arrest", arrest.done, facts, &mut found);
    } else {
        opens(matter, wish.done, facts)?;
    }
    stands_there(wish.origin, facts)?;
    due(wish.decide_by, wish.done, facts, &mut found);
    let judged = wish.judgment.as_ref();
    let judged = judged.is_some_and(|judgment| !judgment.offences.is_empty());
    // A sentence or a case of this register names its offences itself.
    if wish.offences.is_empty() && !judged && wish.origin.is_none() {
        found.push(Objection::hard(CooperationRefusal::NoOffence));
    }
    office(&wish.office, facts, &mut found);
    court(wish.court.as_ref(), facts, &mut found);
    safeguards::request(&wish, facts, &mut found);
    safeguards::age(wish.age, wish.done, facts, &mut found);
    wish.minor = facts.minor(wish.minor, wish.done);
    let door = facts.door(wish.done);
    Ok(vec![CooperationEvent::Requested(entered(
        wish, door, found,
    )?)])
}

fn notify(matter: &Cooperation, mut wish: NotifyJudgment, facts: &Facts) -> Decided {
    opens(matter, wish.done, facts)?;
    let mut found = Objections::new();
    if wish.judgment.offences.is_empty() {
        found.push(Objection::hard(CooperationRefusal::NoOffence));
    }
    office(&wish.office, facts, &mut found);
    safeguards::basis(&wish.basis, facts.date(wish.done), facts, &mut found);
    let judged = Occurred::On(wish.judgment.pronounced);
    safeguards::age(wish.age, judged, facts, &mut found);
    wish.minor = facts.minor(wish.minor, judged);
    let door = facts.door(wish.done);
    let event = CooperationEvent::JudgmentNotified(entered(wish, door, found)?);
    Ok(vec![event])
}

/// A consent may be given again while nothing is carried out: once it is explained better, it counts anew.
fn give_consent(matter: &Cooperation, wish: InformedConsent, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let asked = stands(matter, &[Standing::Asked, Standing::Granted], "consenting")?;
    after_the_request(asked, wish.given, facts, &mut found)?;
    let door = facts.door(wish.given);
    let entered = entered(wish, door, found)?;
    Ok(vec![CooperationEvent::ConsentGiven(entered)])
}

/// TR-3.4w: until it is carried out, consent can always be withdrawn. Nobody's leave is needed for it. Where none is recorded
/// there is none to withdraw; that somebody did all the same is told, and the consent before it is missing.
fn withdraw_consent(matter: &Cooperation, wish: WithdrawConsent, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let states = [Standing::Asked, Standing::Granted];
    let act = "withdrawing consent";
    let asked = stands(matter, &states, act)?;
    after_the_request(asked, wish.done, facts, &mut found)?;
    if asked.consent.is_none() {
        let (state, wish) = (UNAGREED, act);
        found.push(Objection::hard(CooperationRefusal::NotPossible {
            state,
            wish,
        }));
    }
    let door = facts.door(wish.done);
    let entered = entered(wish, door, found)?;
    Ok(vec![CooperationEvent::ConsentWithdrawn(entered)])
}

/// A court may grant first, and the central authority after it: the last grant says by when it is carried out.
fn grant(matter: &Cooperation, wish: GrantCooperation, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let asked = stands(matter, &[Standing::Asked, Standing::Granted], "granting")?;
    decides(asked, wish.by, wish.decided, facts, &mut found)?;
    due(wish.carry_out_by, wish.decided, facts, &mut found);
    let rules = &facts.law.cooperation;
    let grounds = rules.grounds_of(asked.request.matter);
    for ground in &wish.examined {
        listed("grounds", &grounds, ground, &mut found);
    }
    let assurances = rules.assured();
    for assurance in &wish.assurances {
        listed("assurances", &assurances, assurance, &mut found);
    }
    let door = facts.door(wish.decided);
    safeguards::grant(asked, &wish, door, facts, &mut found);
    Ok(vec![CooperationEvent::Granted(entered(wish, door, found)?)])
}

fn refuse(matter: &Cooperation, wish: RefuseCooperation, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let asked = stands(matter, &[Standing::Asked, Standing::Granted], "refusing")?;
    decides(asked, wish.by, wish.decided, facts, &mut found)?;
    let grounds = facts.law.cooperation.grounds_of(asked.request.matter);
    for ground in &wish.grounds {
        listed("grounds", &grounds, ground, &mut found);
    }
    let door = facts.door(wish.decided);
    safeguards::refusal(&wish, door, facts, &mut found);
    Ok(vec![CooperationEvent::Refused(entered(wish, door, found)?)])
}

fn reopen(matter: &Cooperation, wish: ReopenMatter, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let asked = stands(matter, &[Standing::Refused], "setting the refusal aside")?;
    decides(asked, wish.by, wish.decided, facts, &mut found)?;
    let door = facts.door(wish.decided);
    safeguards::competent(wish.by, door, facts, &mut found);
    let entered = entered(wish, door, found)?;
    Ok(vec![CooperationEvent::Reopened(entered)])
}

fn postpone(matter: &Cooperation, wish: PostponeMatter, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let asked = stands(matter, &[Standing::Granted], "carrying it out later")?;
    by_people(facts)?;
    after_the_decision(asked, wish.decided, facts, &mut found)?;
    due(Some(wish.until), wish.decided, facts, &mut found);
    let reasons = &facts.law.cooperation.postponements;
    listed("postponements", reasons, &wish.reason, &mut found);
    let door = facts.door(wish.decided);
    let entered = entered(wish, door, found)?;
    Ok(vec![CooperationEvent::Postponed(entered)])
}

fn effect(matter: &Cooperation, wish: EffectMatter, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let states = [Standing::Asked, Standing::Granted];
    let asked = stands(matter, &states, "carrying it out")?;
    by_people(facts)?;
    after_the_decision(asked, wish.done, facts, &mut found)?;
    safeguards::effect(asked, &wish, facts, &mut found);
    let door = facts.door(wish.done);
    let entered = entered(wish, door, found)?;
    Ok(vec![CooperationEvent::Effected(entered)])
}

fn end(matter: &Cooperation, wish: EndMatter, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    if let Some(notice) = matter.told() {
        past(wish.done, facts)?;
        follows(wish.done, "notice", notice.done, facts, &mut found);
    } else if let Some(arrest) = matter.arrested() {
        past(wish.done, facts)?;
        follows(wish.done, "arrest", arrest.done, facts, &mut found);
    } else {
        let states = [Standing::Asked, Standing::Granted];
        let asked = stands(matter, &states, "ending it")?;
        after_the_decision(asked, wish.done, facts, &mut found)?;
    }
    let reasons = &facts.law.cooperation.end_reasons;
    listed("end reasons", reasons, &wish.reason, &mut found);
    let door = facts.door(wish.done);
    Ok(vec![CooperationEvent::Ended(entered(wish, door, found)?)])
}

fn opens(matter: &Cooperation, done: Occurred, facts: &Facts) -> Result<(), CooperationRefusal> {
    if *matter != Cooperation::Unrecorded {
        return Err(CooperationRefusal::AlreadyRecorded);
    }
    by_people(facts)?;
    past(done, facts)
}

/// IC-5: what it hangs on in this register stands there, of the same person.
fn stands_there(origin: Option<HangsOn>, facts: &Facts) -> Result<(), CooperationRefusal> {
    match origin {
        Some(HangsOn::Sentence(sentence))
            if !facts.found.contains(&Reference::Sentence(sentence)) =>
        {
            Err(CooperationRefusal::SentenceNotInForce { sentence })
        }
        Some(HangsOn::Pretrial(case)) if !facts.found.contains(&Reference::Pretrial(case)) => {
            Err(CooperationRefusal::CaseNotOpen { case })
        }
        Some(HangsOn::Sentence(_) | HangsOn::Pretrial(_)) | None => Ok(()),
    }
}

fn stands<'a>(
    matter: &'a Cooperation,
    states: &[Standing],
    wish: &'static str,
) -> Result<&'a Requested, CooperationRefusal> {
    let state = matter.title();
    matter
        .requested()
        .filter(|asked| states.contains(&asked.standing))
        .ok_or(CooperationRefusal::NotPossible { state, wish })
}

/// People decide, of the State that has to, after what was decided before.
fn decides(
    asked: &Requested,
    by: Authority,
    decided: Occurred,
    facts: &Facts,
    found: &mut Objections,
) -> Result<(), CooperationRefusal> {
    by_people(facts)?;
    let (matter, direction) = (asked.request.matter, asked.request.direction);
    let side = by.side();
    if !matter.needs(direction).contains(&side) {
        return Err(CooperationRefusal::NotTheirs { side, matter });
    }
    after_the_decision(asked, decided, facts, found)
}

fn by_people(facts: &Facts) -> Result<(), CooperationRefusal> {
    if safeguards::is_software(facts) {
        Err(CooperationRefusal::NotForSoftware)
    } else {
        Ok(())
    }
}

fn past(done: Occurred, facts: &Facts) -> Result<(), CooperationRefusal> {
    if facts.is_future(done) {
        Err(CooperationRefusal::InTheFuture { done })
    } else {
        Ok(())
    }
}

fn after_the_request(
    asked: &Requested,
    done: Occurred,
    facts: &Facts,
    found: &mut Objections,
) -> Result<(), CooperationRefusal> {
    past(done, facts)?;
    follows(done, "request", asked.request.done, facts, found);
    Ok(())
}

fn after_the_decision(
    asked: &Requested,
    done: Occurred,
    facts: &Facts,
    found: &mut Objections,
) -> Result<(), CooperationRefusal> {
    after_the_request(asked, done, facts, found)?;
    if let Some(decided) = asked.decided {
        follows(done, "last decision", decided, facts, found);
    }
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
        found.push(Objection::hard(CooperationRefusal::TooEarly {
            done: facts.date(done),
            follows: what,
            on: facts.date(earlier),
        }));
    }
}

/// IC-12: no day that is set lies before the act that sets it.
fn due(due: Option<Day>, set: Occurred, facts: &Facts, found: &mut Objections) {
    let on = facts.date(set);
    if let Some(due) = due.filter(|due| on.is_after(*due)) {
        found.push(Objection::hard(CooperationRefusal::DueTooEarly { due, on }));
    }
}

/// An empty list of offices holds every code.
fn office(office: &OfficeCode, facts: &Facts, found: &mut Objections) {
    let law = &facts.law;
    let is_it = |coded: &Coded| coded.code.as_str() == office.as_str();
    let mut others = law.cooperation.authorities.iter().chain(&law.courts);
    if !knows(&law.offices, office.as_str()) && !others.any(is_it) {
        let office = office.clone();
        found.push(Objection::hard(CooperationRefusal::UnknownOffice {
            office,
        }));
    }
}

/// A court outside the list; an empty list holds every court.
fn court(court: Option<&CourtCode>, facts: &Facts, found: &mut Objections) {
    if let Some(court) = court.filter(|court| !knows(&facts.law.courts, court.as_str())) {
        let court = court.clone();
        found.push(Objection::hard(CooperationRefusal::UnknownCourt { court }));
    }
}

/// A code outside its list; an empty list holds every code.
fn listed(list: &'static str, codes: &[Coded], code: &Code, found: &mut Objections) {
    if !knows(codes, code.as_str()) {
        found.push(Objection::hard(CooperationRefusal::UnknownCode {
            list,
            code: code.clone(),
            known: codes_of(codes),
        }));
    }
}
