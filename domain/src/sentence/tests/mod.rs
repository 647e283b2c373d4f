//! The rules of the sentence, each with a case that passes and one that does not.

mod activation;
mod carer;
mod chains;
mod codes;
mod commutation;
mod doors;
mod integrity;
mod late;
mod law;
mod properties;
mod range;
mod remand;
mod requirements;
mod sanctions;
mod steps;
mod weighed;

use crate::act::{Door, Facts};
use crate::sentence::{
    AppealEntered, Appellant, Commute, Component, CustodyEnd, CustodyStart, Decision, Impose,
    LodgeAppeal, MarkCustody, Propose, Sanction, Sentence, SentenceCommand, SentenceEvent,
    StepTaken, WithReason,
};
use crate::testing::samples::{decision, facts, just_now, long_ago, on, person};
use crate::testing::{Then, given};
use crate::values::{ComponentNo, Known, Occurred};

fn impose(decision: Decision, pronounced: Occurred) -> SentenceCommand {
    SentenceCommand::Impose(Impose {
        person: person(1),
        pronounced,
        decision,
        comparison: Known::NotRecorded,
    })
}

/// The decision, taken through the register.
fn live(decision: Decision) -> Then<Sentence> {
    given([]).when(impose(decision, just_now())).at(facts())
}

/// The decision, recorded long after it was pronounced.
fn existing(decision: Decision) -> Then<Sentence> {
    given([]).when(impose(decision, long_ago())).at(facts())
}

/// The decision, brought in by a file long after it was pronounced.
fn brought_in(decision: Decision) -> Then<Sentence> {
    let of_a_file = Facts {
        reported: true,
        ..facts()
    };
    given([]).when(impose(decision, long_ago())).at(of_a_file)
}

fn propose(decision: Decision) -> SentenceCommand {
    let person = person(1);
    SentenceCommand::Propose(Propose { person, decision })
}

fn proposed(decision: Decision) -> SentenceEvent {
    SentenceEvent::Proposed {
        person: person(1),
        decision: decision.into(),
        findings: Vec::new(),
    }
}

/// The decision, imposed live on 2 February 2026 at ten.
fn imposed(decision: Decision) -> SentenceEvent {
    imposed_through(Door::Live, decision)
}

fn imposed_through(door: Door, decision: Decision) -> SentenceEvent {
    SentenceEvent::Imposed {
        person: person(1),
        pronounced: on("2026-02-02T10:00:00Z"),
        door,
        decision: decision.into(),
        comparison: Known::NotRecorded,
        findings: Vec::new(),
    }
}

/// One component, imposed.
fn imposing(component: Component) -> SentenceEvent {
    imposed(decision([component]))
}

fn step(pronounced: Occurred) -> WithReason {
    WithReason {
        pronounced,
        reason: None,
        note: None,
    }
}

/// A step of which nothing was noticed.
fn taken(step: WithReason) -> StepTaken {
    StepTaken::of(step, Vec::new())
}

fn told(appeal: LodgeAppeal) -> AppealEntered {
    AppealEntered {
        lodged: appeal.lodged,
        by: appeal.by,
        findings: Vec::new(),
    }
}

fn ended(mark: MarkCustody) -> CustodyEnd {
    CustodyEnd {
        component: mark.component,
        on: mark.on,
        findings: Vec::new(),
    }
}

fn appeal(lodged: Occurred) -> LodgeAppeal {
    let by = Appellant::Person;
    LodgeAppeal { lodged, by }
}

fn appealed() -> SentenceEvent {
    SentenceEvent::AppealLodged(told(appeal(on("2026-02-10"))))
}

/// Custody under a component began.
fn held(component: u16, on: Occurred) -> SentenceEvent {
    SentenceEvent::CustodyStarted(CustodyStart {
        component: ComponentNo(component),
        on,
        findings: Vec::new(),
    })
}

fn mark(component: u16, on: Occurred) -> MarkCustody {
    let component = ComponentNo(component);
    MarkCustody { component, on }
}

fn commute(component: u16, to: Sanction, pronounced: Occurred) -> SentenceCommand {
    SentenceCommand::Commute(Commute {
        component: ComponentNo(component),
        to,
        pronounced,
        note: None,
    })
}
