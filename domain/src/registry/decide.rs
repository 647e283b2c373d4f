//! Whether something may be recorded of the register itself, and what then stands in it.

use std::collections::BTreeSet;

use super::command::{
    AcknowledgeLoss, OpenRegister, RecordBundleHandedOver, RecordConsultationsSealed,
    RecordKeyRotated, RecordReleasePublished, RecordReleaseWithdrawn, RegistryCommand,
};
use super::event::RegistryEvent;
use super::refusal::RegistryRefusal;
use super::state::{Opened, Register};
use crate::act::{Facts, Objection};
use crate::jurisdiction::{Coded, codes_of, holds, knows};
use crate::stream::entered;
use crate::values::{Code, Occurred};

type Decided = Result<RegistryEvent, RegistryRefusal>;
type Objections = Vec<Objection<RegistryRefusal>>;

pub(super) fn decide(
    register: &Register,
    command: RegistryCommand,
    facts: &Facts,
) -> Result<Vec<RegistryEvent>, RegistryRefusal> {
    use RegistryCommand as Wish;
    let event = match command {
        Wish::Open(wish) => open(register, wish, facts),
        Wish::RecordKeyRotated(wish) => key_rotated(register, wish, facts),
        Wish::RecordConsultationsSealed(wish) => consultations_sealed(register, wish, facts),
        Wish::RecordBundleHandedOver(wish) => bundle_handed_over(register, wish, facts),
        Wish::RecordReleasePublished(wish) => release_published(register, wish, facts),
        Wish::RecordReleaseWithdrawn(wish) => release_withdrawn(register, wish, facts),
        Wish::AcknowledgeLoss(wish) => loss_acknowledged(register, wish, facts),
    }?;
    Ok(vec![event])
}

fn open(register: &Register, wish: OpenRegister, facts: &Facts) -> Decided {
    if register.opened().is_some() {
        return Err(RegistryRefusal::AlreadyOpened);
    }
    if wish.jurisdictions.is_empty() {
        return Err(RegistryRefusal::NoJurisdiction);
    }
    let mut named = BTreeSet::new();
    if let Some(twice) = wish.jurisdictions.iter().find(|one| !named.insert(*one)) {
        let jurisdiction = twice.clone();
        return Err(RegistryRefusal::JurisdictionTwice { jurisdiction });
    }
    not_in_the_future(wish.done, facts)?;
    let door = facts.door(wish.done);
    Ok(RegistryEvent::Opened(entered(
        wish,
        door,
        Objections::new(),
    )?))
}

fn key_rotated(register: &Register, wish: RecordKeyRotated, facts: &Facts) -> Decided {
    let opened = running(register, wish.done, facts)?;
    if opened.keys.contains(&wish.key) {
        return Err(RegistryRefusal::KeyKnown { key: wish.key });
    }
    let mut found = Objections::new();
    let list = &facts.law.registry.rotations;
    listed("rotations", list, &wish.reason, &mut found);
    let door = facts.door(wish.done);
    Ok(RegistryEvent::KeyRotated(entered(wish, door, found)?))
}

fn consultations_sealed(
    register: &Register,
    wish: RecordConsultationsSealed,
    facts: &Facts,
) -> Decided {
    let opened = running(register, wish.done, facts)?;
    if let Some(last) = &opened.sealed
        && wish.upto <= last.upto
    {
        let (upto, sealed) = (wish.upto, last.upto);
        return Err(RegistryRefusal::SealedAlready { upto, sealed });
    }
    let door = facts.door(wish.done);
    let event = entered(wish, door, Objections::new())?;
    Ok(RegistryEvent::ConsultationsSealed(event))
}

fn bundle_handed_over(register: &Register, wish: RecordBundleHandedOver, facts: &Facts) -> Decided {
    running(register, wish.done, facts)?;
    let mut found = Objections::new();
    let rules = &facts.law.registry;
    let on = facts.date(wish.done);
    if !holds(&rules.bases, &wish.basis, on) {
        let basis = wish.basis.clone();
        found.push(Objection::hard(RegistryRefusal::NoSuchBasis { basis, on }));
    }
    listed("scopes", &rules.scopes, &wish.scope, &mut found);
    let door = facts.door(wish.done);
    Ok(RegistryEvent::BundleHandedOver(entered(wish, door, found)?))
}

fn release_published(register: &Register, wish: RecordReleasePublished, facts: &Facts) -> Decided {
    let next = running(register, wish.done, facts)?.next_publication();
    if wish.number != next {
        let number = wish.number;
        return Err(RegistryRefusal::NotTheNext { number, next });
    }
    let door = facts.door(wish.done);
    let event = entered(wish, door, Objections::new())?;
    Ok(RegistryEvent::ReleasePublished(event))
}

fn release_withdrawn(register: &Register, wish: RecordReleaseWithdrawn, facts: &Facts) -> Decided {
    let opened = running(register, wish.done, facts)?;
    let number = wish.number;
    match opened.publications.get(&number) {
        None => return Err(RegistryRefusal::NotPublished { number }),
        Some(publication) if publication.withdrawn.is_some() => {
            return Err(RegistryRefusal::WithdrawnAlready { number });
        }
        Some(_) => {}
    }
    let mut found = Objections::new();
    let list = &facts.law.registry.withdrawals;
    listed("withdrawals", list, &wish.reason, &mut found);
    let door = facts.door(wish.done);
    Ok(RegistryEvent::ReleaseWithdrawn(entered(wish, door, found)?))
}

/// What was lost may have begun before the register did.
fn loss_acknowledged(register: &Register, wish: AcknowledgeLoss, facts: &Facts) -> Decided {
    running(register, wish.done, facts)?;
    let AcknowledgeLoss { from, to, .. } = wish;
    not_in_the_future(to, facts)?;
    if facts.is_before(to, from) {
        return Err(RegistryRefusal::EndsBeforeItBegins { from, to });
    }
    let mut found = Objections::new();
    let rules = &facts.law.registry;
    listed("losses", &rules.losses, &wish.what, &mut found);
    listed("causes", &rules.causes, &wish.reason, &mut found);
    let door = facts.door(wish.done);
    Ok(RegistryEvent::LossAcknowledged(entered(wish, door, found)?))
}

/// The register that runs, of whose life something is recorded: neither of the future nor of before it.
fn running<'a>(
    register: &'a Register,
    done: Occurred,
    facts: &Facts,
) -> Result<&'a Opened, RegistryRefusal> {
    let opened = register.opened().ok_or(RegistryRefusal::NotOpened)?;
    not_in_the_future(done, facts)?;
    if facts.is_before(done, opened.opening.done) {
        return Err(RegistryRefusal::BeforeTheOpening {
            done: facts.date(done),
            opened: facts.date(opened.opening.done),
        });
    }
    Ok(opened)
}

fn not_in_the_future(done: Occurred, facts: &Facts) -> Result<(), RegistryRefusal> {
    if facts.is_future(done) {
        Err(RegistryRefusal::InTheFuture { done })
    } else {
        Ok(())
    }
}

/// A code outside its list; an empty list holds every code.
fn listed(list: &'static str, codes: &[Coded], code: &Code, found: &mut Objections) {
    if !knows(codes, code.as_str()) {
        let refusal = RegistryRefusal::UnknownCode {
            list,
            code: code.clone(),
            known: codes_of(codes),
        };
        found.push(Objection::hard(refusal));
    }
}
