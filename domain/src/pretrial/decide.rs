//! Whether an act before judgment may be, and what then happens: a ladder of guards, one way out.

use super::command::{
    AppealTold, CaseEnd, DecideAppeal, EndCase, ExtendDetention, ImposeAlternative, Measure,
    OpenCase, OrderDetention, PretrialAppeal, PretrialCommand, RecordBreach, RecordLegalAid,
    ReleaseUnconditionally, Review, VaryAlternative,
};
use super::event::PretrialEvent;
use super::refusal::PretrialRefusal;
use super::state::{Case, Liberty, Pretrial};
use crate::act::{Facts, Objection, Reference};
use crate::actor::Role;
use crate::jurisdiction::{Coded, codes_of, knows};
use crate::safeguards::pretrial as safeguards;
use crate::stream::entered;
use crate::values::{CivilDate, Code, Day, Known, Occurred};

type Decided = Result<Vec<PretrialEvent>, PretrialRefusal>;
type Objections = Vec<Objection<PretrialRefusal>>;

pub(super) fn decide(pretrial: &Pretrial, command: PretrialCommand, facts: &Facts) -> Decided {
    use PretrialCommand as Wish;
    match command {
        Wish::Open(wish) => open(pretrial, wish, facts),
        Wish::ReleaseUnconditionally(wish) => release(pretrial, wish, facts),
        Wish::ImposeAlternative(wish) => impose(pretrial, wish, facts),
        Wish::OrderDetention(wish) => detain(pretrial, wish, facts),
        Wish::Review(wish) => review(pretrial, wish, facts),
        Wish::VaryAlternative(wish) => vary(pretrial, wish, facts),
        Wish::RecordBreach(wish) => breach(pretrial, wish, facts),
        Wish::Extend(wish) => extend(pretrial, wish, facts),
        Wish::RecordLegalAid(wish) => legal_aid(pretrial, wish, facts),
        Wish::RecordAppealTold(wish) => appeal_told(pretrial, wish, facts),
        Wish::LodgeAppeal(wish) => lodge(pretrial, wish, facts),
        Wish::DecideAppeal(wish) => decide_appeal(pretrial, wish, facts),
        Wish::End(wish) => end(pretrial, wish, facts),
    }
}

fn open(pretrial: &Pretrial, mut wish: OpenCase, facts: &Facts) -> Decided {
    if pretrial.opened().is_some() {
        return Err(PretrialRefusal::AlreadyOpened);
    }
    past(wish.done, facts)?;
    let mut found = Objections::new();
    if wish.offences.is_empty() {
        found.push(Objection::hard(PretrialRefusal::NoOffence));
    }
    let courts = &facts.law.courts;
    if !knows(courts, wish.court.as_str()) {
        let court = wish.court.clone();
        found.push(Objection::hard(PretrialRefusal::UnknownCourt { court }));
    }
    circumstances(&wish, facts, &mut found);
    safeguards::age(&wish, facts, &mut found);
    wish.minor = facts.minor(wish.minor, wish.done);
    let door = facts.door(wish.done);
    Ok(vec![PretrialEvent::Opened(entered(wish, door, found)?)])
}

/// Questions and answers that are not those of the jurisdiction: no rule would read them.
fn circumstances(wish: &OpenCase, facts: &Facts, found: &mut Objections) {
    let asked = &facts.law.sentencing;
    for (question, answer) in &wish.circumstances {
        match (asked.circumstance(question), answer.value()) {
            (Some(rule), Some(answer)) => listed("circumstances", &rule.values, answer, found),
            (None, _) if !asked.circumstances.is_empty() => {
                let questions = asked.circumstances.iter();
                found.push(Objection::hard(PretrialRefusal::UnknownCode {
                    list: "circumstances",
                    code: question.clone(),
                    known: questions.map(|asked| asked.code.clone()).collect(),
                }));
            }
            _ => {}
        }
    }
}

fn release(pretrial: &Pretrial, wish: ReleaseUnconditionally, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let case = running(pretrial, "releasing")?;
    by_people(facts)?;
    in_the_case(case, wish.decided, facts, &mut found)?;
    let door = facts.door(wish.decided);
    safeguards::court(door, facts, &mut found);
    let event = PretrialEvent::ReleasedUnconditionally(entered(wish, door, found)?);
    Ok(vec![event])
}

fn impose(pretrial: &Pretrial, wish: ImposeAlternative, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let case = running(pretrial, "imposing an alternative")?;
    by_people(facts)?;
    in_the_case(case, wish.decided, facts, &mut found)?;
    let door = facts.door(wish.decided);
    measures(&wish.measures, facts.date(wish.decided), facts, &mut found);
    safeguards::alternative(case, &wish, door, facts, &mut found);
    let event = PretrialEvent::AlternativeImposed(entered(wish, door, found)?);
    Ok(vec![event])
}

fn detain(pretrial: &Pretrial, wish: OrderDetention, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let case = running(pretrial, "ordering detention")?;
    by_people(facts)?;
    in_the_case(case, wish.decided, facts, &mut found)?;
    if case.is_detained() {
        return Err(not_possible(pretrial, "ordering detention again"));
    }
    let door = facts.door(wish.decided);
    let rules = &facts.law.pretrial;
    for ground in &wish.grounds {
        listed("grounds", &rules.grounds, &ground.ground, &mut found);
    }
    for considered in &wish.alternatives {
        let list = &rules.alternatives;
        listed("alternatives", list, &considered.alternative, &mut found);
    }
    let decided = facts.date(wish.decided);
    ends_later(wish.until, decided, &mut found);
    reviewed(wish.next_review, Some(wish.until), decided, &mut found);
    safeguards::detention(case, &wish, door, facts, &mut found);
    let event = PretrialEvent::DetentionOrdered(entered(wish, door, found)?);
    Ok(vec![event])
}

fn review(pretrial: &Pretrial, wish: Review, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let case = running(pretrial, "reviewing")?;
    by_people(facts)?;
    in_the_case(case, wish.held, facts, &mut found)?;
    if matches!(case.liberty, Liberty::Undecided | Liberty::Free) {
        return Err(not_possible(pretrial, "reviewing"));
    }
    let door = facts.door(wish.held);
    safeguards::court(door, facts, &mut found);
    reviewed(wish.next_review, None, facts.date(wish.held), &mut found);
    safeguards::next_review(case, wish.next_review, wish.held, facts, &mut found);
    Ok(vec![PretrialEvent::Reviewed(entered(wish, door, found)?)])
}

fn vary(pretrial: &Pretrial, wish: VaryAlternative, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let case = running(pretrial, "varying an alternative")?;
    by_people(facts)?;
    in_the_case(case, wish.decided, facts, &mut found)?;
    let Liberty::Alternative(holds) = &case.liberty else {
        return Err(not_possible(pretrial, "varying an alternative"));
    };
    if *holds == wish.measures {
        return Err(PretrialRefusal::ChangesNothing);
    }
    let door = facts.door(wish.decided);
    measures(&wish.measures, facts.date(wish.decided), facts, &mut found);
    safeguards::variation(case, holds, &wish, door, facts, &mut found);
    let event = PretrialEvent::AlternativeVaried(entered(wish, door, found)?);
    Ok(vec![event])
}

fn breach(pretrial: &Pretrial, wish: RecordBreach, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let case = told_of(pretrial, "recording a breach", wish.done, facts, &mut found)?;
    in_the_case(case, wish.done, facts, &mut found)?;
    let list = &facts.law.pretrial.alternatives;
    listed("alternatives", list, &wish.alternative, &mut found);
    let door = facts.door(wish.done);
    let event = PretrialEvent::AlternativeBreached(entered(wish, door, found)?);
    Ok(vec![event])
}

fn extend(pretrial: &Pretrial, wish: ExtendDetention, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let case = running(pretrial, "extending detention")?;
    by_people(facts)?;
    in_the_case(case, wish.decided, facts, &mut found)?;
    let Liberty::Detained { until, .. } = case.liberty else {
        return Err(not_possible(pretrial, "extending detention"));
    };
    let door = facts.door(wish.decided);
    if wish.until <= until {
        found.push(Objection::hard(PretrialRefusal::NotLonger {
            until: wish.until,
            stands: until,
        }));
    }
    let decided = facts.date(wish.decided);
    reviewed(wish.next_review, Some(wish.until), decided, &mut found);
    safeguards::extension(case, &wish, door, facts, &mut found);
    Ok(vec![PretrialEvent::Extended(entered(wish, door, found)?)])
}

fn legal_aid(pretrial: &Pretrial, wish: RecordLegalAid, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let case = told_of(
        pretrial,
        "recording legal aid",
        wish.done,
        facts,
        &mut found,
    )?;
    in_the_case(case, wish.done, facts, &mut found)?;
    let door = facts.door(wish.done);
    let entered = entered(wish, door, found)?;
    Ok(vec![PretrialEvent::LegalAidRecorded(entered)])
}

/// TR-6.3: what the order of detention did not say is recorded later; the order and what was noticed of it stand.
fn appeal_told(pretrial: &Pretrial, wish: AppealTold, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let act = "recording what was told of the appeal";
    let case = told_of(pretrial, act, wish.done, facts, &mut found)?;
    in_the_case(case, wish.done, facts, &mut found)?;
    if case.detention.is_none() {
        return Err(not_possible(pretrial, act));
    }
    safeguards::appeal_told(Known::Value(wish.told), &facts.law, &mut found);
    let door = facts.door(wish.done);
    let entered = entered(wish, door, found)?;
    Ok(vec![PretrialEvent::AppealToldRecorded(entered)])
}

fn lodge(pretrial: &Pretrial, wish: PretrialAppeal, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let case = running(pretrial, "lodging an appeal")?;
    in_the_case(case, wish.lodged, facts, &mut found)?;
    if matches!(case.liberty, Liberty::Undecided | Liberty::Free) {
        return Err(not_possible(pretrial, "lodging an appeal"));
    }
    if case.appeal.is_some() {
        return Err(PretrialRefusal::AppealOpen);
    }
    let door = facts.door(wish.lodged);
    let entered = entered(wish, door, found)?;
    Ok(vec![PretrialEvent::AppealLodged(entered)])
}

fn decide_appeal(pretrial: &Pretrial, wish: DecideAppeal, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let case = running(pretrial, "deciding on an appeal")?;
    by_people(facts)?;
    in_the_case(case, wish.decided, facts, &mut found)?;
    if case.appeal.is_none() {
        return Err(not_possible(pretrial, "deciding on an appeal"));
    }
    let door = facts.door(wish.decided);
    safeguards::court(door, facts, &mut found);
    let event = PretrialEvent::AppealDecided(entered(wish, door, found)?);
    Ok(vec![event])
}

fn end(pretrial: &Pretrial, wish: EndCase, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let case = running(pretrial, "ending the case")?;
    in_the_case(case, wish.done, facts, &mut found)?;
    if let CaseEnd::Sentenced(sentence) = wish.how
        && !facts.found.contains(&Reference::Sentence(sentence))
    {
        let refusal = PretrialRefusal::SentenceNotInForce { sentence };
        found.push(Objection::hard(refusal));
    }
    let door = facts.door(wish.done);
    let entered = entered(wish, door, found)?;
    Ok(vec![PretrialEvent::Ended(entered)])
}

fn not_possible(pretrial: &Pretrial, wish: &'static str) -> PretrialRefusal {
    let state = pretrial.title();
    PretrialRefusal::NotPossible { state, wish }
}

fn running<'a>(pretrial: &'a Pretrial, wish: &'static str) -> Result<&'a Case, PretrialRefusal> {
    pretrial
        .opened()
        .filter(|case| case.ended.is_none())
        .ok_or_else(|| not_possible(pretrial, wish))
}

/// The case of which a fact is told that decides nothing: one that goes on, and of one that ended what is told late. What
/// is told of after the end is seen.
fn told_of<'a>(
    pretrial: &'a Pretrial,
    wish: &'static str,
    done: Occurred,
    facts: &Facts,
    found: &mut Objections,
) -> Result<&'a Case, PretrialRefusal> {
    let case = pretrial.opened();
    let case = case.ok_or_else(|| not_possible(pretrial, wish))?;
    if let Some(end) = &case.ended {
        if facts.door(done).is_live() {
            return Err(not_possible(pretrial, wish));
        }
        if facts.is_before(end.done, done) {
            found.push(Objection::hard(not_possible(pretrial, wish)));
        }
    }
    Ok(case)
}

fn by_people(facts: &Facts) -> Result<(), PretrialRefusal> {
    if facts.actor.role == Role::System {
        Err(PretrialRefusal::NotForSoftware)
    } else {
        Ok(())
    }
}

fn past(done: Occurred, facts: &Facts) -> Result<(), PretrialRefusal> {
    if facts.is_future(done) {
        Err(PretrialRefusal::InTheFuture { done })
    } else {
        Ok(())
    }
}

/// Not in the future, and what stands against an act from before the case was opened.
fn in_the_case(
    case: &Case,
    done: Occurred,
    facts: &Facts,
    found: &mut Objections,
) -> Result<(), PretrialRefusal> {
    past(done, facts)?;
    if facts.is_before(done, case.opening.done) {
        found.push(Objection::hard(PretrialRefusal::BeforeTheOpening {
            done: facts.date(done),
            opened: facts.date(case.opening.done),
        }));
    }
    Ok(())
}

fn measures(measures: &[Measure], decided: CivilDate, facts: &Facts, found: &mut Objections) {
    if measures.is_empty() {
        found.push(Objection::hard(PretrialRefusal::NothingImposed));
    }
    let list = &facts.law.pretrial.alternatives;
    for measure in measures {
        listed("alternatives", list, &measure.alternative, found);
        if let Some(until) = measure.until {
            ends_later(until, decided, found);
        }
    }
}

fn ends_later(until: Day, decided: CivilDate, found: &mut Objections) {
    if CivilDate::Day(until).is_before(decided) {
        let refusal = PretrialRefusal::EndsTooEarly { until, decided };
        found.push(Objection::hard(refusal));
    }
}

/// The next review comes after the decision, and by the last day where one is decided with it.
fn reviewed(next: Day, until: Option<Day>, decided: CivilDate, found: &mut Objections) {
    if CivilDate::Day(next).is_before(decided) {
        let refusal = PretrialRefusal::ReviewTooEarly { next, decided };
        found.push(Objection::hard(refusal));
    }
    if let Some(until) = until.filter(|until| *until < next) {
        let refusal = PretrialRefusal::EndsBeforeReview { until, next };
        found.push(Objection::hard(refusal));
    }
}

/// A code outside its list; an empty list holds every code.
fn listed(list: &'static str, codes: &[Coded], code: &Code, found: &mut Objections) {
    if !knows(codes, code.as_str()) {
        let refusal = PretrialRefusal::UnknownCode {
            list,
            code: code.clone(),
            known: codes_of(codes),
        };
        found.push(Objection::hard(refusal));
    }
}
