//! Whether a finding may stand and be closed, and what then happens.

use super::command::{
    AssignFinding, CloseFinding, FindingCommand, RaiseFinding, ReopenFinding, TakeUpFinding,
};
use super::event::{FindingEvent, TakenUp};
use super::refusal::FindingRefusal;
use super::state::{Finding, Matter, Standing};
use crate::act::{Facts, Objection, Weight};
use crate::actor::Role;
use crate::jurisdiction::{Coded, codes_of, knows};
use crate::safeguards::finding as safeguards;
use crate::stream::{Stream, entered};
use crate::values::{Code, Occurred, OfficeCode, SubjectId};

type Decided = Result<Vec<FindingEvent>, FindingRefusal>;
type Objections = Vec<Objection<FindingRefusal>>;

pub(super) fn decide(finding: &Finding, command: FindingCommand, facts: &Facts) -> Decided {
    use FindingCommand as Wish;
    match command {
        Wish::Raise(wish) => raise(finding, wish, facts),
        Wish::TakeUp(wish) => take_up(finding, wish, facts),
        Wish::Assign(wish) => assign(finding, wish, facts),
        Wish::Close(wish) => close(finding, wish, facts),
        Wish::Reopen(wish) => reopen(finding, wish, facts),
    }
}

fn raise(finding: &Finding, wish: RaiseFinding, facts: &Facts) -> Decided {
    stands_not_yet(finding)?;
    by_the_register(facts)?;
    not_in_the_future(wish.done, facts)?;
    if wish.kind.as_str() == Finding::TYPE {
        return Err(FindingRefusal::AboutAFinding);
    }
    if wish.due >= facts.today {
        let (due, today) = (wish.due, facts.today);
        return Err(FindingRefusal::NotYetDue { due, today });
    }
    let door = facts.door(wish.done);
    let event = FindingEvent::Raised(entered(wish, door, Objections::new())?);
    Ok(vec![event])
}

/// What is told of the entry is what the register holds of it, and nothing of what somebody says of it.
fn take_up(finding: &Finding, wish: TakeUpFinding, facts: &Facts) -> Decided {
    stands_not_yet(finding)?;
    safeguards::by_people(facts)?;
    not_in_the_future(wish.done, facts)?;
    let TakeUpFinding { done, entry, nth } = wish;
    let not_carried = FindingRefusal::NotCarried { entry, nth };
    let held = facts.entry.as_ref().filter(|held| held.index == entry);
    let held = held.ok_or_else(|| not_carried.clone())?;
    let noticed = held.findings.get(usize::from(nth)).ok_or(not_carried)?;
    let told = TakenUp {
        done,
        entry,
        event: held.event,
        nth,
        recorded: held.recorded,
        happened: held.happened.clone(),
        kind: held.kind.clone(),
        record: held.record.clone(),
        noticed: noticed.clone(),
        person: held.person,
        by_whom: held.by.clone(),
        role: facts.actor.role,
    };
    let door = facts.door(done);
    let event = FindingEvent::TakenUp(entered(told, door, Objections::new())?);
    Ok(vec![event])
}

fn assign(finding: &Finding, wish: AssignFinding, facts: &Facts) -> Decided {
    let matter = not_closed(finding, "giving it to somebody")?;
    safeguards::by_people(facts)?;
    since_it_stood(matter, wish.done, facts)?;
    by_somebody_else(matter, &wish.to)?;
    let mut found = Objections::new();
    an_office(&wish.office, facts, &mut found);
    let door = facts.door(wish.done);
    Ok(vec![FindingEvent::Assigned(entered(wish, door, found)?)])
}

fn close(finding: &Finding, wish: CloseFinding, facts: &Facts) -> Decided {
    let matter = not_closed(finding, "closing")?;
    safeguards::by_people(facts)?;
    since_it_stood(matter, wish.done, facts)?;
    by_somebody_else(matter, &facts.actor.subject)?;
    if wish.reasons.is_some() && matter.cause.person().is_none() {
        return Err(FindingRefusal::WordsOfNobody);
    }
    let mut found = Objections::new();
    let rules = &facts.law.finding;
    listed(
        "dispositions",
        &rules.dispositions,
        &wish.disposition,
        &mut found,
    );
    in_words(matter, &wish, &mut found);
    let door = facts.door(wish.done);
    Ok(vec![FindingEvent::Closed(entered(wish, door, found)?)])
}

fn reopen(finding: &Finding, wish: ReopenFinding, facts: &Facts) -> Decided {
    let closed = |matter: &&Matter| matter.standing == Standing::Closed;
    let matter = finding.stands().filter(closed);
    let matter = matter.ok_or_else(|| not_possible(finding, "opening it again"))?;
    safeguards::by_people(facts)?;
    since_it_stood(matter, wish.done, facts)?;
    let mut found = Objections::new();
    let list = &facts.law.finding.reasons;
    listed("reasons", list, &wish.reason, &mut found);
    let door = facts.door(wish.done);
    Ok(vec![FindingEvent::Reopened(entered(wish, door, found)?)])
}

fn stands_not_yet(finding: &Finding) -> Result<(), FindingRefusal> {
    match finding {
        Finding::Unraised => Ok(()),
        Finding::Stands(_) => Err(FindingRefusal::StandsAlready),
    }
}

fn not_possible(finding: &Finding, wish: &'static str) -> FindingRefusal {
    let state = finding.title();
    FindingRefusal::NotPossible { state, wish }
}

fn not_closed<'a>(finding: &'a Finding, wish: &'static str) -> Result<&'a Matter, FindingRefusal> {
    finding
        .stands()
        .filter(|matter| matter.standing != Standing::Closed)
        .ok_or_else(|| not_possible(finding, wish))
}

/// Nobody says in the register's place that a clock ran out.
fn by_the_register(facts: &Facts) -> Result<(), FindingRefusal> {
    if facts.actor.role == Role::System {
        Ok(())
    } else {
        Err(FindingRefusal::NotByPeople)
    }
}

/// Nobody settles a critical finding about what they did themselves.
fn by_somebody_else(matter: &Matter, who: &SubjectId) -> Result<(), FindingRefusal> {
    match matter.cause.weight() {
        Weight::Critical if matter.cause.by_whom() == Some(who) => {
            let who = who.clone();
            Err(FindingRefusal::OnesOwnAct { who })
        }
        Weight::Critical | Weight::Notice => Ok(()),
    }
}

/// A critical finding is closed with words. Where it concerns nobody they stand on paper.
fn in_words(matter: &Matter, wish: &CloseFinding, found: &mut Objections) {
    let worded = match matter.cause.person() {
        Some(_) => wish.reasons.is_some(),
        None => wish.paper.is_some(),
    };
    if matter.cause.weight() == Weight::Critical && !worded {
        found.push(Objection::reasons(FindingRefusal::WordsMissing));
    }
}

fn not_in_the_future(done: Occurred, facts: &Facts) -> Result<(), FindingRefusal> {
    if facts.is_future(done) {
        Err(FindingRefusal::InTheFuture { done })
    } else {
        Ok(())
    }
}

fn since_it_stood(matter: &Matter, done: Occurred, facts: &Facts) -> Result<(), FindingRefusal> {
    not_in_the_future(done, facts)?;
    if facts.is_before(done, matter.since) {
        return Err(FindingRefusal::BeforeItStood {
            done: facts.date(done),
            since: facts.date(matter.since),
        });
    }
    Ok(())
}

/// A court or an office of the jurisdiction; where the pack lists neither, every code.
fn an_office(office: &OfficeCode, facts: &Facts, found: &mut Objections) {
    let (courts, offices) = (&facts.law.courts, &facts.law.offices);
    let mut listed = courts.iter().chain(offices);
    let unlisted = courts.is_empty() && offices.is_empty();
    if !unlisted && !listed.any(|coded| coded.code.as_str() == office.as_str()) {
        let office = office.clone();
        found.push(Objection::hard(FindingRefusal::UnknownOffice { office }));
    }
}

/// A code outside its list; an empty list holds every code.
fn listed(list: &'static str, codes: &[Coded], code: &Code, found: &mut Objections) {
    if !knows(codes, code.as_str()) {
        let refusal = FindingRefusal::UnknownCode {
            list,
            code: code.clone(),
            known: codes_of(codes),
        };
        found.push(Objection::hard(refusal));
    }
}
