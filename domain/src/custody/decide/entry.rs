//! How a stay begins, and on what it rests.

use super::super::command::{
    Admit, Answer, AnswersLater, Arrival, Beside, Commitment, IrregularHolding, NewCommitment,
    Protect, Reception,
};
use super::super::event::CustodyEvent;
use super::super::refusal::CustodyRefusal;
use super::super::state::{Custody, Footing, Stay};
use super::{
    Objections, entered, known_place, known_unit, listed, not_possible, past, told_late, told_of,
};
use crate::act::{Door, Facts, Objection};
use crate::safeguards::{apart, custody as safeguards};
use crate::values::{Known, Occurred};

type Decided = Result<CustodyEvent, CustodyRefusal>;

pub(super) fn admit(custody: &Custody, mut wish: Admit, facts: &Facts) -> Decided {
    begins(custody, wish.admitted, &wish.reception, facts)?;
    let mut found = Objections::new();
    let door = facts.door(wish.admitted);
    known_place(&wish.facility, facts, &mut found);
    if let Known::Value(Arrival::Arrested(arrest)) = &wish.arrival {
        if facts.is_before(wish.admitted, arrest.arrested) {
            found.push(Objection::hard(CustodyRefusal::ArrestedLater {
                arrested: facts.date(arrest.arrested),
                admitted: facts.date(wish.admitted),
            }));
        }
        let districts = &facts.law.custody.districts;
        listed("districts", districts, arrest.district.as_str(), &mut found);
    }
    authority(&wish.commitment, facts, &mut found);
    codes_of_reception(&wish.reception, facts, &mut found);
    aged(&mut wish.reception, wish.admitted, facts, &mut found);
    safeguards::admission(&wish, door, facts, &mut found);
    let basis = Some(&wish.commitment.basis);
    apart::received(&wish.reception, basis, wish.admitted, facts, &mut found);
    Ok(CustodyEvent::Admitted(entered(wish, door, found)?))
}

pub(super) fn irregular(custody: &Custody, mut wish: IrregularHolding, facts: &Facts) -> Decided {
    begins(custody, wish.since, &wish.reception, facts)?;
    if wish.missing.is_empty() {
        return Err(CustodyRefusal::NothingMissing);
    }
    if wish.note.is_none() {
        return Err(CustodyRefusal::NoteMissing);
    }
    // Nothing of substance may stand in the way: whoever is held has to be seen.
    let mut found = Objections::new();
    known_place(&wish.facility, facts, &mut found);
    for code in &wish.missing {
        let missing = &facts.law.custody.missing;
        listed("missing", missing, code.as_str(), &mut found);
    }
    codes_of_reception(&wish.reception, facts, &mut found);
    aged(&mut wish.reception, wish.since, facts, &mut found);
    safeguards::irregular(&wish, facts, &mut found);
    apart::received(&wish.reception, None, wish.since, facts, &mut found);
    let entered = entered(wish, Door::Existing, found)?;
    Ok(CustodyEvent::IrregularHoldingRecorded(entered))
}

pub(super) fn protect(custody: &Custody, mut wish: Protect, facts: &Facts) -> Decided {
    begins(custody, wish.taken_in, &wish.reception, facts)?;
    let mut found = Objections::new();
    known_place(&wish.facility, facts, &mut found);
    if let Some(court) = &wish.court {
        listed("courts", &facts.law.courts, court.as_str(), &mut found);
    }
    codes_of_reception(&wish.reception, facts, &mut found);
    aged(&mut wish.reception, wish.taken_in, facts, &mut found);
    safeguards::protection(&wish, facts, &mut found);
    apart::received(&wish.reception, None, wish.taken_in, facts, &mut found);
    let door = facts.door(wish.taken_in);
    let entered = entered(wish, door, found)?;
    Ok(CustodyEvent::ProtectiveCustodyStarted(entered))
}

pub(super) fn regularise(custody: &Custody, wish: NewCommitment, facts: &Facts) -> Decided {
    let act = "recording the order that was missing";
    let mut found = Objections::new();
    let stay = told_of(custody, act, wish.done, facts, &mut found)?;
    if !matches!(stay.footing, Footing::Irregular { .. }) {
        return Err(not_possible(stay.title(), act));
    }
    new_commitment(stay, &wish, facts, &mut found);
    let door = facts.door(wish.done);
    Ok(CustodyEvent::Regularised(entered(wish, door, found)?))
}

pub(super) fn go_on(custody: &Custody, wish: NewCommitment, facts: &Facts) -> Decided {
    let act = "going on on another order";
    let mut found = Objections::new();
    let stay = told_of(custody, act, wish.done, facts, &mut found)?;
    if matches!(stay.footing, Footing::Irregular { .. }) {
        return Err(not_possible(stay.title(), act));
    }
    new_commitment(stay, &wish, facts, &mut found);
    let door = facts.door(wish.done);
    Ok(CustodyEvent::Continued(entered(wish, door, found)?))
}

/// Nothing is recorded under the id, the day has come, and the children add up.
fn begins(
    custody: &Custody,
    began: Occurred,
    reception: &Reception,
    facts: &Facts,
) -> Result<(), CustodyRefusal> {
    if custody.begun().is_some() {
        return Err(CustodyRefusal::AlreadyBegun);
    }
    past(began, facts)?;
    counted(reception.each_child.len(), reception.children)
}

/// CRC-AGE: what the date of birth says of a reception, and whether what was told agrees with it.
fn aged(reception: &mut Reception, began: Occurred, facts: &Facts, found: &mut Objections) {
    safeguards::age(reception.age, began, facts, found);
    reception.minor = facts.minor(reception.minor, began);
}

/// What was not asked at the reception is asked later: also of a stay that is over, where it is told late.
pub(super) fn answers(custody: &Custody, wish: AnswersLater, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let act = "recording answers";
    let stay = told_late(custody, act, wish.asked, facts, &mut found)?;
    if wish.is_empty() {
        return Err(CustodyRefusal::NothingAnswered);
    }
    against_what_is_recorded(stay, &wish)?;
    let noted = stay.children.len().saturating_add(wish.each_child.len());
    let counted_now = if wish.children.is_not_recorded() {
        stay.reception.children
    } else {
        wish.children
    };
    counted(noted, counted_now)?;
    let told = Reception {
        each_child: wish.each_child.clone(),
        circumstances: wish.circumstances.clone(),
        ..Reception::default()
    };
    codes_of_reception(&told, facts, &mut found);
    if !wish.family_told.is_not_recorded() {
        safeguards::family(wish.family_told, &mut found);
    }
    if !wish.injuries.is_not_recorded() {
        let mut now = stay.reception.clone();
        now.renewed_by(&wish);
        safeguards::injuries(&now, &mut found);
        safeguards::injuries_taken_back(&stay.reception, &now, &mut found);
    }
    let door = facts.door(wish.asked);
    Ok(CustodyEvent::AnswersRecorded(entered(wish, door, found)?))
}

/// CU-14: what is recorded already is not recorded again, and another answer says that it takes the place of the first.
fn against_what_is_recorded(stay: &Stay, wish: &AnswersLater) -> Result<(), CustodyRefusal> {
    let beside = stay.reception.beside(wish);
    let is_news =
        |(_, beside): &(String, Beside)| matches!(beside, Beside::Further | Beside::Otherwise);
    if !beside.iter().any(is_news) {
        return Err(CustodyRefusal::AnsweredAlready);
    }
    if wish.revises == Known::Value(Answer::Yes) {
        return Ok(());
    }
    let otherwise = beside.into_iter();
    let otherwise = otherwise.filter(|(_, beside)| *beside == Beside::Otherwise);
    let what: Vec<String> = otherwise.map(|(what, _)| what).collect();
    if what.is_empty() {
        Ok(())
    } else {
        Err(CustodyRefusal::AnsweredOtherwise { what })
    }
}

/// CU-7: no more children are described than there are.
fn counted(described: usize, children: Known<u8>) -> Result<(), CustodyRefusal> {
    match children {
        Known::Value(children) if described > usize::from(children) => {
            Err(CustodyRefusal::Miscounted {
                described,
                children,
            })
        }
        Known::Value(_) | Known::NotRecorded | Known::NotAsked | Known::Declined => Ok(()),
    }
}

fn new_commitment(stay: &Stay, wish: &NewCommitment, facts: &Facts, found: &mut Objections) {
    authority(&wish.commitment, facts, found);
    if let Some(group) = wish.group.value() {
        let groups = &facts.law.custody.groups;
        listed("groups", groups, group.as_str(), found);
    }
    safeguards::commitment(&wish.commitment, wish.done, facts, found);
    apart::stands_otherwise(stay, wish, facts, found);
}

fn authority(commitment: &Commitment, facts: &Facts, found: &mut Objections) {
    if let Some(authority) = &commitment.authority {
        let authorities = &facts.law.custody.authorities;
        listed("authorities", authorities, authority.as_str(), found);
    }
}

fn codes_of_reception(reception: &Reception, facts: &Facts, found: &mut Objections) {
    let rules = &facts.law.custody;
    if let Some(group) = reception.group.value() {
        listed("groups", &rules.groups, group.as_str(), found);
    }
    known_unit(reception.unit.as_ref(), facts, found);
    for child in &reception.each_child {
        if let Some(placement) = child.placement.value() {
            listed("placements", &rules.placements, placement.as_str(), found);
        }
    }
    let questions = &facts.law.sentencing.circumstances;
    for (question, answer) in &reception.circumstances {
        let Some(rule) = questions.iter().find(|rule| &rule.code == question) else {
            let known = questions.iter().map(|rule| rule.code.clone()).collect();
            found.push(Objection::hard(CustodyRefusal::UnknownCode {
                list: "circumstances",
                code: question.to_string(),
                known,
            }));
            continue;
        };
        if let Some(answer) = answer.value() {
            listed("circumstances", &rule.values, answer.as_str(), found);
        }
    }
}
