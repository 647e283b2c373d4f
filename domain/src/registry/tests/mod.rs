//! The rules of the register itself, each with a case that passes and one that does not.

mod course;
mod opening;

use super::{
    AcknowledgeLoss, OpenRegister, Recipient, RecordBundleHandedOver, RecordConsultationsSealed,
    RecordKeyRotated, RecordReleasePublished, RecordReleaseWithdrawn, Register, RegistryCommand,
};
use crate::act::{Facts, Reference};
use crate::actor::Role;
use crate::testing::doors;
use crate::testing::samples::{code, on, person};
use crate::values::{Digest, JurisdictionCode, Occurred, OfficeCode, PublicationNo};

fn facts() -> Facts {
    doors::facts_of(Role::Administrator, [Reference::Person(person(1))])
}

fn jurisdiction(code: &str) -> JurisdictionCode {
    JurisdictionCode::parse(code).unwrap()
}

fn digest() -> Digest {
    "5a".repeat(32).parse().unwrap()
}

/// An opening with something changed, at any moment.
fn opening(change: impl Fn(&mut OpenRegister)) -> impl Fn(Occurred) -> RegistryCommand {
    move |done| {
        let mut wish = OpenRegister {
            done,
            name: code("register.midland/2026"),
            jurisdictions: vec![jurisdiction("midland")],
        };
        change(&mut wish);
        RegistryCommand::Open(wish)
    }
}

fn key(name: &'static str, reason: &'static str) -> impl Fn(Occurred) -> RegistryCommand {
    move |done| {
        RegistryCommand::RecordKeyRotated(RecordKeyRotated {
            done,
            key: code(name),
            valid_from: done,
            reason: code(reason),
        })
    }
}

fn seal(upto: u64) -> impl Fn(Occurred) -> RegistryCommand {
    move |done| {
        RegistryCommand::RecordConsultationsSealed(RecordConsultationsSealed {
            done,
            upto,
            digest: digest(),
        })
    }
}

/// A hand-over with something changed, at any moment.
fn handing_over(
    change: impl Fn(&mut RecordBundleHandedOver),
) -> impl Fn(Occurred) -> RegistryCommand {
    move |done| {
        let mut wish = RecordBundleHandedOver {
            done,
            recipient: Recipient::Office(OfficeCode::parse("inspectorate").unwrap()),
            basis: code("jra-9"),
            scope: code("one-person"),
            digest: digest(),
            person: Some(person(1)),
        };
        change(&mut wish);
        RegistryCommand::RecordBundleHandedOver(wish)
    }
}

fn publish(number: u16) -> impl Fn(Occurred) -> RegistryCommand {
    move |done| {
        RegistryCommand::RecordReleasePublished(RecordReleasePublished {
            done,
            number: PublicationNo(number),
            index: 4_711,
            method: code("figures/3"),
            digest: None,
        })
    }
}

fn withdraw(number: u16, reason: &'static str) -> impl Fn(Occurred) -> RegistryCommand {
    move |done| {
        RegistryCommand::RecordReleaseWithdrawn(RecordReleaseWithdrawn {
            done,
            number: PublicationNo(number),
            reason: code(reason),
        })
    }
}

/// A loss with something changed, at any moment.
fn losing(change: impl Fn(&mut AcknowledgeLoss)) -> impl Fn(Occurred) -> RegistryCommand {
    move |done| {
        let mut wish = AcknowledgeLoss {
            done,
            what: code("consultations"),
            from: on("2026-02-01"),
            to: on("2026-02-03"),
            reason: code("backup"),
        };
        change(&mut wish);
        RegistryCommand::AcknowledgeLoss(wish)
    }
}

/// The register, opened on 10 January 2026.
fn opened() -> Register {
    doors::after(&facts(), [opening(|_| {})(on("2026-01-10"))])
}

/// The register after some more.
fn after(wishes: impl IntoIterator<Item = RegistryCommand>) -> Register {
    let open = opening(|_| {})(on("2026-01-10"));
    doors::after(&facts(), [open].into_iter().chain(wishes))
}
