//! Whether a step of a release may be, and what then happens: a ladder of guards, one way out.

use super::command::{
    ConsiderRelease, CorrectEligibility, DeferRelease, EffectRelease, EndRelease, GrantRelease,
    RecordEligibility, RecordReleaseByLaw, RecordReturn, RefuseRelease, ReleaseCommand, ReleaseEnd,
};
use super::event::ReleaseEvent;
use super::refusal::ReleaseRefusal;
use super::state::{Course, Release, Standing};
use crate::act::{Door, Facts, Grade, Objection, Reference};
use crate::jurisdiction::{Coded, codes_of, knows};
use crate::safeguards::release as safeguards;
use crate::stream::entered;
use crate::values::{CivilDate, Code, Day, Occurred, OfficeCode, Return, SentenceId};

type Decided = Result<Vec<ReleaseEvent>, ReleaseRefusal>;
type Objections = Vec<Objection<ReleaseRefusal>>;

/// Where a decision is still to be taken.
const UNDECIDED: [Standing; 3] = [Standing::Eligible, Standing::Considered, Standing::Deferred];

pub(super) fn decide(release: &Release, command: ReleaseCommand, facts: &Facts) -> Decided {
    use ReleaseCommand as Wish;
    match command {
        Wish::RecordEligibility(wish) => eligibility(release, wish, facts),
        Wish::CorrectEligibility(wish) => correct(release, wish, facts),
        Wish::Consider(wish) => consider(release, wish, facts),
        Wish::Grant(wish) => grant(release, wish, facts),
        Wish::Refuse(wish) => refuse(release, wish, facts),
        Wish::Defer(wish) => defer(release, wish, facts),
        Wish::Effect(wish) => effect(release, wish, facts),
        Wish::RecordReturn(wish) => come_back(release, wish, facts),
        Wish::End(wish) => end(release, wish, facts),
        Wish::RecordReleaseByLaw(wish) => by_law(release, wish, facts),
    }
}

fn eligibility(release: &Release, wish: RecordEligibility, facts: &Facts) -> Decided {
    if release.recorded().is_some() {
        return Err(ReleaseRefusal::AlreadyRecorded);
    }
    past(wish.done, facts)?;
    let mut found = Objections::new();
    served(wish.sentence, facts, &mut found);
    listed("kinds", &facts.law.release.kinds, &wish.kind, &mut found);
    as_worked_out(wish.eligible_on, facts, &mut found);
    let door = facts.door(wish.done);
    let event = ReleaseEvent::EligibilityReached(entered(wish, door, found)?);
    Ok(vec![event])
}

/// The day that was recorded was another: the new one is recorded of the same person, sentence and kind, and the old one
/// stays in the history.
fn correct(release: &Release, wish: CorrectEligibility, facts: &Facts) -> Decided {
    let inside = [
        Standing::Eligible,
        Standing::Considered,
        Standing::Deferred,
        Standing::Refused,
        Standing::Granted,
    ];
    let course = standing(release, &inside, "correcting the day")?;
    past(wish.done, facts)?;
    let CorrectEligibility { eligible_on, done } = wish;
    if course.eligible_on == Some(eligible_on) {
        return Err(ReleaseRefusal::SameDay { eligible_on });
    }
    let told = RecordEligibility {
        person: course.person,
        sentence: course.sentence,
        kind: course.kind.clone(),
        eligible_on,
        done,
    };
    let mut found = Objections::new();
    as_worked_out(eligible_on, facts, &mut found);
    let door = facts.door(done);
    let event = ReleaseEvent::EligibilityReached(entered(told, door, found)?);
    Ok(vec![event])
}

/// A day that is not the one the register works out from the sentence: a later one would keep somebody waiting whom the
/// law does not.
fn as_worked_out(eligible: Day, facts: &Facts, found: &mut Objections) {
    let Some(worked_out) = facts.possible_from.filter(|day| *day != eligible) else {
        return;
    };
    let grade = if eligible > worked_out {
        Grade::Alarm
    } else {
        Grade::Notice
    };
    let refusal = ReleaseRefusal::NotAsWorkedOut {
        eligible,
        worked_out,
    };
    found.push(Objection { grade, refusal });
}

fn consider(release: &Release, wish: ConsiderRelease, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let may = [Standing::Eligible, Standing::Deferred, Standing::Refused];
    let course = standing(release, &may, "considering")?;
    safeguards::by_people(facts)?;
    next(course, wish.done, facts, &mut found)?;
    let door = facts.door(wish.done);
    let entered = entered(wish, door, found)?;
    Ok(vec![ReleaseEvent::Considered(entered)])
}

fn grant(release: &Release, wish: GrantRelease, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let course = standing(release, &UNDECIDED, "granting")?;
    safeguards::by_people(facts)?;
    next(course, wish.decided, facts, &mut found)?;
    let door = facts.door(wish.decided);
    let decided = facts.date(wish.decided);
    let rules = &facts.law.release;
    decided_by_somebody(course, facts, &mut found);
    for condition in &wish.conditions {
        let list = &rules.conditions;
        listed("conditions", list, &condition.condition, &mut found);
        if let Some(until) = condition.until {
            later(until, decided, &mut found);
        }
    }
    match wish.expires {
        Some(expires) => later(expires, decided, &mut found),
        None if rules.temporary.contains(&course.kind) => {
            let kind = course.kind.clone();
            found.push(Objection::hard(ReleaseRefusal::NoEnd { kind }));
        }
        None => {}
    }
    if let Some(office) = &wish.supervision {
        supervises(office, facts, &mut found);
    }
    safeguards::grant(&wish, door, facts, &mut found);
    Ok(vec![ReleaseEvent::Granted(entered(wish, door, found)?)])
}

fn refuse(release: &Release, wish: RefuseRelease, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let course = standing(release, &UNDECIDED, "refusing")?;
    safeguards::by_people(facts)?;
    next(course, wish.decided, facts, &mut found)?;
    let door = facts.door(wish.decided);
    decided_by_somebody(course, facts, &mut found);
    let list = &facts.law.release.criteria;
    listed("criteria", list, &wish.criterion, &mut found);
    let decided = facts.date(wish.decided);
    later(wish.next_consideration, decided, &mut found);
    if wish.reasons.is_none() {
        found.push(Objection::reasons(ReleaseRefusal::ReasonsMissing));
    }
    safeguards::refusal(course, &wish, door, facts, &mut found);
    Ok(vec![ReleaseEvent::Refused(entered(wish, door, found)?)])
}

fn defer(release: &Release, wish: DeferRelease, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let course = standing(release, &UNDECIDED, "putting it off")?;
    safeguards::by_people(facts)?;
    next(course, wish.decided, facts, &mut found)?;
    let door = facts.door(wish.decided);
    let list = &facts.law.release.deferrals;
    listed("deferrals", list, &wish.reason, &mut found);
    later(wish.until, facts.date(wish.decided), &mut found);
    safeguards::again(wish.until, wish.decided, facts, &mut found);
    Ok(vec![ReleaseEvent::Deferred(entered(wish, door, found)?)])
}

fn effect(release: &Release, wish: EffectRelease, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let course = standing(release, &[Standing::Granted], "carrying it out")?;
    safeguards::by_people(facts)?;
    next(course, wish.done, facts, &mut found)?;
    let done = facts.date(wish.done);
    if let Some(eligible) = course.eligible_on
        && done.is_before(CivilDate::Day(eligible))
    {
        found.push(Objection::hard(ReleaseRefusal::TooEarly { done, eligible }));
    }
    if let Some(missing) = wish.ready.missing() {
        found.push(Objection::notice(ReleaseRefusal::NotReady { missing }));
    }
    let door = facts.door(wish.done);
    Ok(vec![ReleaseEvent::Effected(entered(wish, door, found)?)])
}

fn come_back(release: &Release, wish: RecordReturn, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let act = "recording a return";
    let course = if wish.how == Return::BroughtBack {
        called_back(release, &[Standing::Out], act, wish.done, facts, &mut found)?
    } else {
        standing(release, &[Standing::Out], act)?
    };
    next(course, wish.done, facts, &mut found)?;
    let door = facts.door(wish.done);
    let entered = entered(wish, door, found)?;
    Ok(vec![ReleaseEvent::Returned(entered)])
}

fn end(release: &Release, wish: EndRelease, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let not_ended = [
        Standing::Eligible,
        Standing::Considered,
        Standing::Deferred,
        Standing::Refused,
        Standing::Granted,
        Standing::Out,
        Standing::Back,
    ];
    let act = "ending it";
    let course = if wish.how == ReleaseEnd::Revoked {
        called_back(release, &not_ended, act, wish.done, facts, &mut found)?
    } else {
        standing(release, &not_ended, act)?
    };
    next(course, wish.done, facts, &mut found)?;
    let door = facts.door(wish.done);
    let entered = entered(wish, door, found)?;
    Ok(vec![ReleaseEvent::Ended(entered)])
}

/// The law itself releases: where nothing was recorded, and where a decision was awaited or carried out by nobody.
fn by_law(release: &Release, wish: RecordReleaseByLaw, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    safeguards::by_people(facts)?;
    match release {
        Release::Unrecorded => past(wish.done, facts)?,
        Release::Recorded(_) => {
            let held = [
                Standing::Eligible,
                Standing::Considered,
                Standing::Deferred,
                Standing::Refused,
                Standing::Granted,
            ];
            let course = standing(release, &held, "a release by law")?;
            next(course, wish.done, facts, &mut found)?;
            if (course.person, course.sentence) != (wish.person, wish.sentence) {
                return Err(ReleaseRefusal::SomebodyElse);
            }
        }
    }
    let rules = &facts.law.release;
    served(wish.sentence, facts, &mut found);
    listed("kinds", &rules.kinds, &wish.kind, &mut found);
    if !rules.by_law.is_empty() && !rules.by_law.contains(&wish.kind) {
        let kind = wish.kind.clone();
        found.push(Objection::hard(ReleaseRefusal::NotByLaw { kind }));
    }
    safeguards::basis(&wish.basis, facts.date(wish.done), facts, &mut found);
    let door = facts.door(wish.done);
    let event = ReleaseEvent::ReleasedByLaw(entered(wish, door, found)?);
    Ok(vec![event])
}

fn standing<'a>(
    release: &'a Release,
    may: &[Standing],
    wish: &'static str,
) -> Result<&'a Course, ReleaseRefusal> {
    let state = release.title();
    release
        .recorded()
        .filter(|course| may.contains(&course.standing))
        .ok_or(ReleaseRefusal::NotPossible { state, wish })
}

/// A release from which somebody may be called back. That somebody was, although it had ended, is a fact that is recorded
/// when it has happened, and never an act that is taken (TR-11.1).
fn called_back<'a>(
    release: &'a Release,
    may: &[Standing],
    wish: &'static str,
    done: Occurred,
    facts: &Facts,
    found: &mut Objections,
) -> Result<&'a Course, ReleaseRefusal> {
    let ended = release
        .recorded()
        .and_then(|course| Some((course, course.ended.as_ref()?.done)));
    let Some((course, ended)) = ended else {
        return standing(release, may, wish);
    };
    if facts.door(done) != Door::Existing {
        return standing(release, may, wish);
    }
    let (done, ended) = (facts.date(done), facts.date(ended));
    found.push(Objection::hard(ReleaseRefusal::AfterTheEnd { done, ended }));
    Ok(course)
}

fn past(done: Occurred, facts: &Facts) -> Result<(), ReleaseRefusal> {
    if facts.is_future(done) {
        Err(ReleaseRefusal::InTheFuture { done })
    } else {
        Ok(())
    }
}

/// Not in the future, and what stands against a step from before the one it follows.
fn next(
    course: &Course,
    done: Occurred,
    facts: &Facts,
    found: &mut Objections,
) -> Result<(), ReleaseRefusal> {
    past(done, facts)?;
    if facts.is_before(done, course.last) {
        found.push(Objection::hard(ReleaseRefusal::BeforeTheLastStep {
            done: facts.date(done),
            last: facts.date(course.last),
        }));
    }
    Ok(())
}

fn served(sentence: SentenceId, facts: &Facts, found: &mut Objections) {
    if !facts.found.contains(&Reference::Sentence(sentence)) {
        let refusal = ReleaseRefusal::SentenceNotInForce { sentence };
        found.push(Objection::hard(refusal));
    }
}

/// What the law itself brings, nobody grants or refuses.
fn decided_by_somebody(course: &Course, facts: &Facts, found: &mut Objections) {
    if facts.law.release.by_law.contains(&course.kind) {
        let kind = course.kind.clone();
        found.push(Objection::hard(ReleaseRefusal::ByLaw { kind }));
    }
}

fn later(until: Day, decided: CivilDate, found: &mut Objections) {
    if CivilDate::Day(until).is_before(decided) {
        let refusal = ReleaseRefusal::EndsTooEarly { until, decided };
        found.push(Objection::hard(refusal));
    }
}

fn supervises(office: &OfficeCode, facts: &Facts, found: &mut Objections) {
    let offices = &facts.law.offices;
    if !knows(offices, office.as_str()) {
        let office = office.clone();
        found.push(Objection::hard(ReleaseRefusal::UnknownOffice { office }));
    }
}

/// A code outside its list; an empty list holds every code.
fn listed(list: &'static str, codes: &[Coded], code: &Code, found: &mut Objections) {
    if !knows(codes, code.as_str()) {
        let refusal = ReleaseRefusal::UnknownCode {
            list,
            code: code.clone(),
            known: codes_of(codes),
        };
        found.push(Objection::hard(refusal));
    }
}
