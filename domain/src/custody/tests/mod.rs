//! The rules of a stay, each with a case that passes and one that does not.

mod apart;
mod children;
mod clocks;
mod course;
mod entry;
mod footing;
mod isolation;

use uuid::Uuid;

use super::{
    Admit, Answer, Arrest, Arrival, BreachArrest, Commitment, Custody, CustodyCommand,
    CustodyRefusal, HoldingBasis, IrregularHolding, Isolate, IsolationPurpose, Protect, Reception,
    ReleaseFromCustody, TransferPerson,
};
use crate::act::{Door, Facts, Objection, Reference, through};
use crate::actor::Role;
use crate::personal::{DataClass, PersonalText};
use crate::testing::doors::{self, after, noticed};
use crate::testing::samples::{self, code, on, order_id, person, sentence_id};
use crate::values::{Known, Occurred, PretrialId, Told};

fn facts() -> Facts {
    facts_of(Role::Clerk)
}

fn facts_of(role: Role) -> Facts {
    let found = [
        Reference::Person(person(1)),
        Reference::Sentence(sentence_id(7)),
        Reference::Pretrial(case_id()),
        Reference::Order(order_id(9)),
    ];
    doors::facts_of(role, found)
}

fn case_id() -> PretrialId {
    PretrialId(Uuid::from_u128(3))
}

fn text() -> PersonalText {
    samples::sealed(DataClass::Judgment)
}

/// What is noted of a grown man without children.
fn reception() -> Reception {
    Reception {
        identity_checked: Known::Value(Answer::Yes),
        age: Known::Value(30),
        group: Known::Value(code("sentenced")),
        injuries: Known::Value(Answer::No),
        property_listed: Known::Value(Answer::Yes),
        family_told: Known::Value(Told::Yes),
        children: Known::Value(0),
        ..Reception::default()
    }
}

fn commitment(basis: HoldingBasis) -> Commitment {
    Commitment {
        basis,
        order: Some("A-2026-17".parse().unwrap()),
        authority: Some("ashby".parse().unwrap()),
        until: None,
        reasons: Some(text()),
    }
}

fn on_a_sentence() -> Commitment {
    commitment(HoldingBasis::Sentence(sentence_id(7)))
}

fn for_a_breach() -> BreachArrest {
    BreachArrest {
        order: order_id(9),
        provision: Some(code("mca-31")),
        hearing_by: None,
    }
}

/// An admission on a sentence, with everything said.
fn admission(admitted: Occurred) -> Admit {
    Admit {
        person: person(1),
        admitted,
        facility: "calder-prison".parse().unwrap(),
        commitment: on_a_sentence(),
        arrival: Known::Value(Arrival::Arrested(Arrest {
            arrested: on("2026-01-02"),
            district: code("ashby"),
        })),
        reception: reception(),
    }
}

/// An admission with something changed, at any moment.
fn admitting(change: impl Fn(&mut Admit)) -> impl Fn(Occurred) -> CustodyCommand {
    move |admitted| {
        let mut wish = admission(admitted);
        change(&mut wish);
        CustodyCommand::Admit(wish)
    }
}

fn admit(admitted: Occurred) -> CustodyCommand {
    CustodyCommand::Admit(admission(admitted))
}

/// Somebody held on a sentence since 10 January 2026.
fn held() -> Custody {
    after(&facts(), [admit(on("2026-01-10"))])
}

/// Somebody of whom something else is known.
fn held_with(change: impl Fn(&mut Admit)) -> Custody {
    after(&facts(), [admitting(change)(on("2026-01-10"))])
}

/// Somebody held without an order.
fn irregular(since: Occurred) -> IrregularHolding {
    IrregularHolding {
        person: person(1),
        since,
        facility: "ashby-police".parse().unwrap(),
        missing: vec![code("order"), code("reasons")],
        note: Some(text()),
        reception: reception(),
    }
}

/// Somebody held without an order since 10 January 2026.
fn held_irregularly() -> Custody {
    let wish = irregular(on("2026-01-10"));
    after(&facts(), [CustodyCommand::RecordIrregularHolding(wish)])
}

/// Somebody who asked for protection.
fn protection(taken_in: Occurred) -> Protect {
    Protect {
        person: person(1),
        taken_in,
        facility: "dunmore-women".parse().unwrap(),
        requested: Known::Value(Answer::Yes),
        request: Some(text()),
        court: Some("ashby".parse().unwrap()),
        reception: reception(),
    }
}

/// Somebody protected at her own request since 10 January 2026.
fn protected() -> Custody {
    let wish = protection(on("2026-01-10"));
    after(&facts(), [CustodyCommand::Protect(wish)])
}

/// Twenty-two hours a day alone, as a sanction.
fn isolation(from: Occurred) -> Isolate {
    Isolate {
        from,
        hours_a_day: 22,
        purpose: IsolationPurpose::Sanction,
        ground: code("violence"),
        health_checked: Known::Value(Answer::Yes),
    }
}

fn isolate(from: Occurred) -> CustodyCommand {
    CustodyCommand::Isolate(isolation(from))
}

fn transfer(moved: Occurred) -> CustodyCommand {
    CustodyCommand::Transfer(TransferPerson {
        moved,
        to: "elmet-open".parse().unwrap(),
        reason: code("nearer-family"),
        unit: None,
        with_adults: None,
        family_told: Known::Value(Told::Yes),
    })
}

fn release(released: Occurred) -> CustodyCommand {
    CustodyCommand::Release(ReleaseFromCustody {
        released,
        ground: code("served"),
        copy_offered: Known::Value(Answer::Yes),
        plan: None,
    })
}

/// Exactly this is noticed, and nothing is refused.
#[track_caller]
fn noticed_once(
    state: &Custody,
    wish: CustodyCommand,
    facts: &Facts,
    objection: Objection<CustodyRefusal>,
) {
    let expected = through(Door::Existing, vec![objection]).unwrap();
    assert_eq!(noticed(state, wish, facts), expected);
}
