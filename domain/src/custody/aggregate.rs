//! A stay as a stream, and as a cqrs-es aggregate.

use super::command::{CustodyCommand, HoldingBasis};
use super::decide;
use super::event::CustodyEvent;
use super::refusal::CustodyRefusal;
use super::state::{Custody, Footing, Stay};
use crate::act::{Facts, PersonAsked, PlaceAsked, Reference, Weight};
use crate::actor::Role;
use crate::childhood::Childhood;
use crate::jurisdiction::Pack;
use crate::stream::{Clock, Goes, Listed, Stream};
use crate::values::{Code, Day, FacilityCode, Known, Occurred, PretrialId};

impl Stream for Custody {
    const TYPE: &'static str = "custody";
    type Command = CustodyCommand;
    type Event = CustodyEvent;
    type Refusal = CustodyRefusal;

    fn refers(&self, command: &CustodyCommand) -> Vec<Reference> {
        match command {
            CustodyCommand::Admit(admit) => {
                let person = Reference::Person(admit.person);
                let basis = admit.commitment.basis.reference();
                [person].into_iter().chain(basis).collect()
            }
            CustodyCommand::RecordIrregularHolding(held) => vec![Reference::Person(held.person)],
            CustodyCommand::Protect(protect) => vec![Reference::Person(protect.person)],
            CustodyCommand::Regularise(new) | CustodyCommand::ContinueOn(new) => {
                new.commitment.basis.reference().into_iter().collect()
            }
            CustodyCommand::Classify(_)
            | CustodyCommand::Isolate(_)
            | CustodyCommand::EndIsolation(_)
            | CustodyCommand::WithdrawProtection(_)
            | CustodyCommand::PlaceChild(_)
            | CustodyCommand::SeparateChild(_)
            | CustodyCommand::Transfer(_)
            | CustodyCommand::RecordContact(_)
            | CustodyCommand::RecordAnswers(_)
            | CustodyCommand::RecordBasisFallen(_)
            | CustodyCommand::Release(_) => Vec::new(),
        }
    }

    fn asks_of_place(&self, command: &CustodyCommand) -> Option<PlaceAsked> {
        let asked = |facility: &FacilityCode, unit: Option<&Code>, from| {
            Some(PlaceAsked {
                facility: facility.clone(),
                unit: unit.cloned(),
                from,
            })
        };
        let stay = self.begun();
        let here = stay.and_then(Stay::facility);
        match command {
            CustodyCommand::Admit(wish) => {
                asked(&wish.facility, wish.reception.unit.as_ref(), wish.admitted)
            }
            CustodyCommand::RecordIrregularHolding(wish) => {
                asked(&wish.facility, wish.reception.unit.as_ref(), wish.since)
            }
            CustodyCommand::Protect(wish) => {
                asked(&wish.facility, wish.reception.unit.as_ref(), wish.taken_in)
            }
            CustodyCommand::Transfer(wish) => asked(&wish.to, wish.unit.as_ref(), wish.moved),
            CustodyCommand::Classify(wish) => asked(here?, wish.unit.as_ref(), wish.decided),
            CustodyCommand::Regularise(wish) | CustodyCommand::ContinueOn(wish) => {
                asked(here?, stay?.unit.as_ref(), wish.done)
            }
            CustodyCommand::Isolate(_)
            | CustodyCommand::EndIsolation(_)
            | CustodyCommand::WithdrawProtection(_)
            | CustodyCommand::PlaceChild(_)
            | CustodyCommand::SeparateChild(_)
            | CustodyCommand::RecordContact(_)
            | CustodyCommand::RecordAnswers(_)
            | CustodyCommand::RecordBasisFallen(_)
            | CustodyCommand::Release(_) => None,
        }
    }

    fn rests_on_case(&self) -> Option<PretrialId> {
        match &self.begun()?.footing {
            Footing::Order { commitment, .. } => match commitment.basis {
                HoldingBasis::Pretrial(case) => Some(case),
                HoldingBasis::Sentence(_) | HoldingBasis::Breach(_) | HoldingBasis::Other(_) => {
                    None
                }
            },
            Footing::Irregular { .. } | Footing::AtRequest { .. } | Footing::Withdrawn { .. } => {
                None
            }
        }
    }

    /// Where somebody is received or moved it is asked who may be held with whom.
    fn asks_of_birth(&self, command: &CustodyCommand) -> bool {
        self.asks_of_place(command).is_some()
    }

    fn decide(
        &self,
        command: CustodyCommand,
        facts: &Facts,
    ) -> Result<Vec<CustodyEvent>, CustodyRefusal> {
        decide::decide(self, command, facts)
    }

    /// By the age at the reception; where none was told, as the case on which the person is held.
    fn childhood(&self, law: &Pack) -> Childhood {
        let Some(stay) = self.begun() else {
            return Childhood::Untold;
        };
        let basis = match &stay.footing {
            Footing::Order { commitment, .. } => commitment.basis.reference(),
            Footing::Irregular { .. } | Footing::AtRequest { .. } | Footing::Withdrawn { .. } => {
                None
            }
        };
        let told = Childhood::told(stay.reception.age, stay.reception.minor, law);
        match stay.reception.age {
            Known::Value(_) => told,
            Known::NotRecorded | Known::NotAsked | Known::Declined => told.or_as(basis),
        }
    }

    /// A place of detention acts on the stays in it; a move may be recorded by the one that takes somebody in.
    fn offices<'a>(&'a self, command: &'a CustodyCommand, facts: &Facts) -> Vec<&'a str> {
        if facts.actor.role != Role::Prison {
            return Vec::new();
        }
        let here = self.begun().and_then(Stay::facility);
        let named = match command {
            CustodyCommand::Admit(wish) => Some(&wish.facility),
            CustodyCommand::RecordIrregularHolding(wish) => Some(&wish.facility),
            CustodyCommand::Protect(wish) => Some(&wish.facility),
            CustodyCommand::Transfer(wish) => Some(&wish.to),
            CustodyCommand::Regularise(_)
            | CustodyCommand::ContinueOn(_)
            | CustodyCommand::Classify(_)
            | CustodyCommand::Isolate(_)
            | CustodyCommand::EndIsolation(_)
            | CustodyCommand::WithdrawProtection(_)
            | CustodyCommand::PlaceChild(_)
            | CustodyCommand::SeparateChild(_)
            | CustodyCommand::RecordContact(_)
            | CustodyCommand::RecordAnswers(_)
            | CustodyCommand::RecordBasisFallen(_)
            | CustodyCommand::Release(_) => None,
        };
        here.into_iter()
            .chain(named)
            .map(FacilityCode::as_str)
            .collect()
    }

    fn ages(&self, command: &CustodyCommand) -> Vec<Known<u16>> {
        let reception = if let CustodyCommand::Admit(wish) = command {
            &wish.reception
        } else if let CustodyCommand::RecordIrregularHolding(wish) = command {
            &wish.reception
        } else if let CustodyCommand::Protect(wish) = command {
            &wish.reception
        } else {
            return Vec::new();
        };
        let children = reception.each_child.iter().map(|child| child.age);
        [reception.age].into_iter().chain(children).collect()
    }

    fn asks_of_person(&self, _command: &CustodyCommand) -> Option<PersonAsked> {
        Some(PersonAsked::Now)
    }

    fn evolve(self, event: &CustodyEvent) -> Self {
        self.after(event)
    }

    fn listed(&self) -> Option<Listed> {
        let stay = self.begun()?;
        Some(Listed {
            person: Some(stay.person),
            kind: None,
            place: stay.places.last().map(|at| at.facility.to_string()),
            state: stay.title(),
            goes: Goes::until(stay.released.is_some()),
            since: stay.began,
            findings: stay.findings.len(),
        })
    }

    /// What a person has to see to: none of it ends a stay.
    fn clocks(&self, law: &Pack) -> Vec<Clock> {
        match self.begun() {
            None => Vec::new(),
            Some(stay) if stay.released.is_some() => sealing(stay, law).into_iter().collect(),
            Some(stay) => {
                let mut clocks: Vec<Clock> = footing(stay, law).into_iter().collect();
                clocks.extend(isolation(stay, law));
                clocks.extend(children(stay));
                clocks.extend(contact(stay, law));
                clocks.extend(injuries(stay, law));
                clocks
            }
        }
    }
}

/// A clock that stands for an act that the law would not have let pass.
fn critical(safeguard: &'static str, code: &'static str, due: Day, role: Role) -> Clock {
    Clock {
        safeguard,
        code,
        nth: 1,
        due,
        weight: Weight::Critical,
        role,
    }
}

/// A clock of which somebody takes notice.
fn noticed(safeguard: &'static str, code: &'static str, due: Day, role: Role) -> Clock {
    Clock {
        weight: Weight::Notice,
        ..critical(safeguard, code, due, role)
    }
}

/// The last day of the order and the hearing after an arrest; the order that is missing or that fell; the wish that was
/// withdrawn.
fn footing(stay: &Stay, law: &Pack) -> Vec<Clock> {
    let day = |done: Occurred| law.date(done).latest();
    let prison = Role::Prison;
    let last = stay.until();
    let last = last.map(|due| critical("TR-11.1", "custody.last-day", due, prison));
    let hearing = stay.hearing(law.custody.hearing_days, |done| law.date(done));
    let hearing = hearing.map(|due| noticed("TR-14.5", "custody.hearing", due, Role::Judge));
    let freedom = match &stay.footing {
        Footing::Irregular { .. } => {
            day(stay.began).map(|due| critical("HR-20/MR-7", "custody.irregular", due, prison))
        }
        Footing::Withdrawn { since } => {
            day(*since).map(|due| critical("BR-59", "custody.end-protection", due, prison))
        }
        Footing::Order { .. } | Footing::AtRequest { .. } => None,
    };
    let fallen = stay.fallen.and_then(|fallen| day(fallen.fell));
    let code = if stay.lacks_committal() {
        "custody.committal"
    } else {
        "custody.basis-fallen"
    };
    let fallen = fallen.map(|due| critical("HR-20/MR-7", code, due, prison));
    let all = last.into_iter().chain(hearing);
    all.chain(freedom).chain(fallen).collect()
}

/// The days of isolation on which somebody has to look. A clock is noticed on the day after it was due, so that it stands
/// on the twelfth day when the eleventh was the last without it.
fn isolation(stay: &Stay, law: &Pack) -> Vec<Clock> {
    let rules = &law.custody;
    let since = stay.alone_since(rules.isolation_hours, |done| law.date(done));
    let days = since.into_iter().flat_map(|since| {
        let before = move |nth: &u32| since.plus_days(nth.saturating_sub(1)).minus_days(1);
        rules.isolation_watch.iter().map(before)
    });
    days.zip(1..)
        .map(|(due, nth)| Clock {
            nth,
            ..critical("MR-44", "custody.isolation", due, Role::Prison)
        })
        .collect()
}

/// By when it is decided where a child lives that is with its mother.
fn children(stay: &Stay) -> Vec<Clock> {
    let here = stay.children.iter().filter_map(|child| {
        let until = child.with_her.as_ref()?.until?;
        let clock = noticed("BR-52", "custody.child-stay", until, Role::Prison);
        Some(Clock {
            nth: child.no.0,
            ..clock
        })
    });
    here.collect()
}

/// Injuries that were seen are documented and reported from the day on which they were.
fn injuries(stay: &Stay, law: &Pack) -> Option<Clock> {
    let due = stay.injuries_wait();
    let due = due.and_then(|seen| law.date(seen).latest())?;
    Some(noticed("CU-15", "custody.injuries", due, Role::Prison))
}

/// The next contact of a child who is held with its family.
fn contact(stay: &Stay, law: &Pack) -> Option<Clock> {
    if !stay.is_of_a_child(law) {
        return None;
    }
    let last = stay.last_contact(|done| law.date(done))?;
    let due = last.plus_days(law.custody.contact_days?);
    Some(noticed("CU-10", "custody.contact", due, Role::Prison))
}

/// The sealing of a child's file after its release.
fn sealing(stay: &Stay, law: &Pack) -> Option<Clock> {
    if !stay.is_of_a_child(law) {
        return None;
    }
    let released = law.date(stay.released.as_ref()?.released).latest()?;
    let due = released.plus_days(law.custody.seal_days);
    Some(noticed("HR-19", "custody.seal", due, Role::Clerk))
}

crate::adapt_to_cqrs_es!(Custody, CustodyEvent, CustodyRefusal, CustodyCommand);
