//! Anything that can be said of a person's record.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::{answers, codes, days, known, people, texts};
use crate::childhood::ChildNoted;
use crate::person::{
    Circumstances, ContestData, CorrectAttributes, EraseData, Identity, PersonCommand, PersonEvent,
    RecordIdentity, Register, SettleContest, Settlement, Sex, WithBasis,
};
use crate::personal::DataClass;
use crate::values::Known;

fn sexes() -> impl Strategy<Value = Known<Sex>> {
    known(select(vec![Sex::Female, Sex::Male, Sex::Another]))
}

fn identity() -> impl Strategy<Value = Identity> {
    let text = || option::of(texts());
    (text(), text(), text(), text()).prop_map(|(name, born, number, contact)| Identity {
        name,
        born,
        number,
        contact,
    })
}

fn registrations() -> impl Strategy<Value = Register> {
    (sexes(), option::of(identity())).prop_map(|(sex, identity)| Register { sex, identity })
}

fn identities() -> impl Strategy<Value = RecordIdentity> {
    (identity(), codes()).prop_map(|(identity, reason)| RecordIdentity { identity, reason })
}

fn circumstances() -> impl Strategy<Value = Circumstances> {
    (answers(), codes()).prop_map(|(answers, basis)| Circumstances { answers, basis })
}

fn corrections() -> impl Strategy<Value = CorrectAttributes> {
    (sexes(), codes()).prop_map(|(sex, reason)| CorrectAttributes { sex, reason })
}

fn contests() -> impl Strategy<Value = ContestData> {
    (codes(), option::of(texts()))
        .prop_map(|(subject, statement)| ContestData { subject, statement })
}

fn settlements() -> impl Strategy<Value = SettleContest> {
    let outcomes = select(vec![Settlement::Corrected, Settlement::Refused]);
    let route = option::of(codes());
    (codes(), outcomes, option::of(texts()), route).prop_map(
        |(subject, outcome, reasons, route)| SettleContest {
            subject,
            outcome,
            reasons,
            route,
        },
    )
}

fn children() -> impl Strategy<Value = ChildNoted> {
    (known(0_u16..18), known(codes())).prop_map(|(age, placement)| ChildNoted {
        age,
        placement,
        ..ChildNoted::default()
    })
}

fn bases() -> impl Strategy<Value = WithBasis> {
    codes().prop_map(|basis| WithBasis { basis })
}

fn erasures() -> impl Strategy<Value = EraseData> {
    let classes = vec(select(DataClass::ALL.to_vec()), 0..3);
    (classes, codes()).prop_map(|(classes, basis)| EraseData { classes, basis })
}

pub(crate) fn events() -> impl Strategy<Value = PersonEvent> {
    prop_oneof![
        3 => registrations().prop_map(PersonEvent::Registered),
        1 => circumstances().prop_map(PersonEvent::CircumstancesRecorded),
        1 => (known(0_u8..9), option::of(texts()), vec(children(), 0..3))
            .prop_map(|(dependent, details, each_child)| PersonEvent::ChildrenRecorded {
                dependent,
                details,
                each_child,
            }),
        1 => codes().prop_map(|to| PersonEvent::ConsentGiven { to }),
        1 => codes().prop_map(|to| PersonEvent::ConsentWithdrawn { to }),
        1 => corrections().prop_map(PersonEvent::AttributesCorrected),
        1 => identities().prop_map(PersonEvent::IdentityRecorded),
        1 => contests().prop_map(PersonEvent::DataContested),
        1 => settlements().prop_map(PersonEvent::ContestSettled),
        1 => bases().prop_map(PersonEvent::RecordSealed),
        1 => bases().prop_map(PersonEvent::RecordUnsealed),
        1 => (codes(), days())
            .prop_map(|(basis, review_on)| PersonEvent::HoldPlaced { basis, review_on }),
        1 => bases().prop_map(PersonEvent::HoldLifted),
        1 => erasures().prop_map(PersonEvent::DataErased),
        1 => bases().prop_map(PersonEvent::Expunged),
        1 => (people(), codes())
            .prop_map(|(surviving, basis)| PersonEvent::Merged { surviving, basis }),
    ]
}

pub(crate) fn commands() -> impl Strategy<Value = PersonCommand> {
    prop_oneof![
        3 => registrations().prop_map(PersonCommand::Register),
        1 => circumstances().prop_map(PersonCommand::RecordCircumstances),
        1 => (known(0_u8..9), option::of(texts()), vec(children(), 0..3))
            .prop_map(|(dependent, details, each_child)| PersonCommand::RecordChildren {
                dependent,
                details,
                each_child,
            }),
        1 => codes().prop_map(|to| PersonCommand::GiveConsent { to }),
        1 => codes().prop_map(|to| PersonCommand::WithdrawConsent { to }),
        1 => corrections().prop_map(PersonCommand::CorrectAttributes),
        1 => identities().prop_map(PersonCommand::RecordIdentity),
        1 => contests().prop_map(PersonCommand::ContestData),
        1 => settlements().prop_map(PersonCommand::SettleContest),
        1 => bases().prop_map(PersonCommand::SealRecord),
        1 => bases().prop_map(PersonCommand::UnsealRecord),
        1 => (codes(), days())
            .prop_map(|(basis, review_on)| PersonCommand::PlaceHold { basis, review_on }),
        1 => bases().prop_map(PersonCommand::LiftHold),
        1 => erasures().prop_map(PersonCommand::EraseData),
        1 => bases().prop_map(PersonCommand::Expunge),
        1 => (people(), codes())
            .prop_map(|(surviving, basis)| PersonCommand::MergeInto { surviving, basis }),
    ]
}
