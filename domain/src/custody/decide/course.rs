//! What happens in a stay, and how it ends.

use super::super::command::{
    BasisFallen, Classify, EndIsolation, FamilyContact, Isolate, PlaceChild, ReleaseFromCustody,
    SeparateChild, TransferPerson, WithdrawProtection,
};
use super::super::event::CustodyEvent;
use super::super::refusal::CustodyRefusal;
use super::super::state::{Child, Custody, Footing, Stay};
use super::{
    Objections, entered, known_place, known_unit, listed, not_possible, running, told_late, told_of,
};
use crate::act::Facts;
use crate::safeguards::{apart, custody as safeguards};
use crate::values::{ChildNo, Occurred};

type Decided = Result<CustodyEvent, CustodyRefusal>;

pub(super) fn classify(custody: &Custody, wish: Classify, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let stay = told_of(custody, "classifying", wish.decided, facts, &mut found)?;
    let rules = &facts.law.custody;
    listed("levels", &rules.levels, wish.level.as_str(), &mut found);
    if let Some(instrument) = &wish.instrument {
        let instruments = &rules.instruments;
        listed("instruments", instruments, instrument.as_str(), &mut found);
    }
    safeguards::classification(&wish, facts, &mut found);
    known_unit(wish.unit.as_ref(), facts, &mut found);
    if wish.unit.is_some() {
        let with_adults = wish.with_adults.as_ref();
        apart::moved(stay, with_adults, wish.decided, facts, &mut found);
    }
    let door = facts.door(wish.decided);
    Ok(CustodyEvent::Classified(entered(wish, door, found)?))
}

pub(super) fn isolate(custody: &Custody, wish: Isolate, facts: &Facts) -> Decided {
    let act = "isolating";
    let stay = running(custody, act, wish.from, facts)?;
    if stay.isolated().is_some() {
        return Err(not_possible("isolated", act));
    }
    if wish.hours_a_day > 24 {
        let hours = wish.hours_a_day;
        return Err(CustodyRefusal::TooManyHours { hours });
    }
    let mut found = Objections::new();
    let grounds = &facts.law.custody.isolation_grounds;
    listed(
        "isolation_grounds",
        grounds,
        wish.ground.as_str(),
        &mut found,
    );
    safeguards::isolation(stay, &wish, facts, &mut found);
    let door = facts.door(wish.from);
    Ok(CustodyEvent::Isolated(entered(wish, door, found)?))
}

pub(super) fn end_isolation(custody: &Custody, wish: EndIsolation, facts: &Facts) -> Decided {
    let act = "ending an isolation";
    let stay = running(custody, act, wish.ended, facts)?;
    let isolation = stay
        .isolated()
        .ok_or_else(|| not_possible("not isolated", act))?;
    not_before(isolation.told.from, wish.ended, facts)?;
    let mut found = Objections::new();
    safeguards::alone(stay, wish.ended, facts, &mut found);
    let door = facts.door(wish.ended);
    Ok(CustodyEvent::IsolationEnded(entered(wish, door, found)?))
}

/// BR-59: nothing of substance may stand in the way of it.
pub(super) fn withdraw(custody: &Custody, wish: WithdrawProtection, facts: &Facts) -> Decided {
    let act = "withdrawing the request";
    let stay = running(custody, act, wish.withdrawn, facts)?;
    if !matches!(stay.footing, Footing::AtRequest { .. }) {
        return Err(not_possible(stay.title(), act));
    }
    let door = facts.door(wish.withdrawn);
    let entered = entered(wish, door, Objections::new())?;
    Ok(CustodyEvent::ProtectionWithdrawn(entered))
}

/// The stay goes on until somebody ends it or records another order; that it rests on nothing is a critical finding.
pub(super) fn basis_fallen(custody: &Custody, wish: BasisFallen, facts: &Facts) -> Decided {
    let act = "recording that its decision fell";
    let stay = running(custody, act, wish.fell, facts)?;
    if !stay.rests_on(wish.decision.reference()) {
        return Err(CustodyRefusal::RestsOnAnother);
    }
    if stay.fallen.is_some() {
        return Err(not_possible(stay.title(), act));
    }
    let mut found = Objections::new();
    safeguards::fallen(&wish, facts, &mut found);
    let door = facts.door(wish.fell);
    Ok(CustodyEvent::BasisFell(entered(wish, door, found)?))
}

pub(super) fn place(custody: &Custody, wish: PlaceChild, facts: &Facts) -> Decided {
    let stay = running(custody, "placing a child", wish.placed, facts)?;
    if let Some(no) = wish.child
        && child(stay, no)?.with_her.is_some()
    {
        return Err(CustodyRefusal::ChildThere { child: no });
    }
    let door = facts.door(wish.placed);
    let entered = entered(wish, door, Objections::new())?;
    Ok(CustodyEvent::ChildPlaced(entered))
}

pub(super) fn separate(custody: &Custody, wish: SeparateChild, facts: &Facts) -> Decided {
    let stay = running(custody, "separating a child", wish.separated, facts)?;
    let Some(placed) = &child(stay, wish.child)?.with_her else {
        let child = wish.child;
        return Err(CustodyRefusal::ChildElsewhere { child });
    };
    not_before(placed.placed, wish.separated, facts)?;
    let mut found = Objections::new();
    if let Some(placement) = &wish.placement {
        let placements = &facts.law.custody.placements;
        listed("placements", placements, placement.as_str(), &mut found);
    }
    safeguards::separation(&wish, facts, &mut found);
    let door = facts.door(wish.separated);
    Ok(CustodyEvent::ChildSeparated(entered(wish, door, found)?))
}

pub(super) fn transfer(custody: &Custody, wish: TransferPerson, facts: &Facts) -> Decided {
    let stay = running(custody, "moving the person", wish.moved, facts)?;
    if stay.facility() == Some(&wish.to) {
        let facility = wish.to;
        return Err(CustodyRefusal::SamePlace { facility });
    }
    let mut found = Objections::new();
    known_place(&wish.to, facts, &mut found);
    let reasons = &facts.law.custody.transfer_reasons;
    listed(
        "transfer_reasons",
        reasons,
        wish.reason.as_str(),
        &mut found,
    );
    safeguards::family(wish.family_told, &mut found);
    known_unit(wish.unit.as_ref(), facts, &mut found);
    let with_adults = wish.with_adults.as_ref();
    apart::moved(stay, with_adults, wish.moved, facts, &mut found);
    let door = facts.door(wish.moved);
    Ok(CustodyEvent::Transferred(entered(wish, door, found)?))
}

pub(super) fn contact(custody: &Custody, wish: FamilyContact, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let act = "recording a contact";
    let stay = told_late(custody, act, wish.held, facts, &mut found)?;
    let contacts = &facts.law.custody.contacts;
    listed("contacts", contacts, wish.kind.as_str(), &mut found);
    safeguards::contact(stay, wish.held, facts, &mut found);
    let door = facts.door(wish.held);
    Ok(CustodyEvent::ContactRecorded(entered(wish, door, found)?))
}

pub(super) fn release(custody: &Custody, wish: ReleaseFromCustody, facts: &Facts) -> Decided {
    let stay = running(custody, "releasing", wish.released, facts)?;
    let mut found = Objections::new();
    let grounds = &facts.law.custody.release_grounds;
    listed("release_grounds", grounds, wish.ground.as_str(), &mut found);
    safeguards::release(stay, &wish, facts, &mut found);
    let door = facts.door(wish.released);
    Ok(CustodyEvent::Released(entered(wish, door, found)?))
}

fn child(stay: &Stay, no: ChildNo) -> Result<&Child, CustodyRefusal> {
    let child = stay.child(no);
    child.ok_or(CustodyRefusal::NoSuchChild { child: no })
}

fn not_before(began: Occurred, ended: Occurred, facts: &Facts) -> Result<(), CustodyRefusal> {
    if facts.is_before(ended, began) {
        return Err(CustodyRefusal::EndsTooEarly {
            ended: facts.date(ended),
            began: facts.date(began),
        });
    }
    Ok(())
}
