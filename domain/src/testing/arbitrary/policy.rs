//! Anything that can be said of a jurisdiction's rules.

use proptest::prelude::*;
use proptest::sample::select;

use super::days;
use crate::policy::{Adopt, PolicyCommand, PolicyEvent, Supersede};
use crate::values::PolicyVersion;

fn versions() -> impl Strategy<Value = PolicyVersion> {
    select(vec!["midland/1", "midland/2", "midland/3"]).prop_map(|v| v.parse().unwrap())
}

fn adoptions() -> impl Strategy<Value = Adopt> {
    (versions(), prop_oneof!["[0-9a-f]{64}", "[a-z]{4}"], days()).prop_map(
        |(version, hash, in_force_from)| Adopt {
            version,
            hash,
            in_force_from,
            unruled: Vec::new(),
        },
    )
}

fn supersessions() -> impl Strategy<Value = Supersede> {
    (versions(), versions(), days()).prop_map(|(version, by, from)| Supersede { version, by, from })
}

pub(crate) fn events() -> impl Strategy<Value = PolicyEvent> {
    prop_oneof![
        adoptions().prop_map(PolicyEvent::Adopted),
        supersessions().prop_map(PolicyEvent::Superseded),
    ]
}

pub(crate) fn commands() -> impl Strategy<Value = PolicyCommand> {
    prop_oneof![
        adoptions().prop_map(PolicyCommand::Adopt),
        supersessions().prop_map(PolicyCommand::Supersede),
    ]
}
