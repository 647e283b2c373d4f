//! The safeguards as they are listed for people and programs: each with where it acts and the tests that show it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Serialize;

use super::{Class, SAFEGUARDS, Safeguard};

/// The tests that name each safeguard, written by a test of the whole workspace.
static SHOWN: LazyLock<BTreeMap<String, Vec<String>>> =
    LazyLock::new(|| serde_json::from_str(include_str!("shown.json")).unwrap_or_default());

/// What a safeguard does where it is not met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// It refuses.
    Refusal,
    /// In one part it refuses, in the other it leaves a finding unless the policy says more.
    RefusalAndFinding,
    /// It asks for reasons, unless the policy says otherwise.
    Reasons,
    /// It leaves a finding, unless the policy says otherwise.
    Finding,
}

impl Kind {
    fn of(class: Class) -> Self {
        match class {
            Class::Hard => Self::Refusal,
            Class::HardAndPolicy => Self::RefusalAndFinding,
            Class::Policy => Self::Finding,
            Class::Reasons => Self::Reasons,
        }
    }

    /// The words that people read.
    pub fn title(self) -> &'static str {
        match self {
            Self::Refusal => "refusal",
            Self::RefusalAndFinding => "refusal and finding",
            Self::Reasons => "reasons",
            Self::Finding => "finding",
        }
    }
}

/// A safeguard in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// Its stable name.
    pub id: &'static str,
    /// What it says.
    pub title: &'static str,
    /// The instrument and the provision.
    pub source: String,
    /// What it does where it is not met.
    pub kind: Kind,
    /// The streams whose acts meet it.
    pub streams: Vec<&'static str>,
    /// The acts that meet it: commands, as `pretrial.order_detention`, or what the register itself does, as `read`.
    pub acts: &'static [&'static str],
    /// What happens where it is not met.
    pub effect: &'static str,
    /// The tests that show it.
    pub tests: &'static [String],
}

/// Every safeguard, in the order of the catalogue.
pub fn list() -> Vec<Listed> {
    SAFEGUARDS.iter().map(listed).collect()
}

fn listed(safeguard: &Safeguard) -> Listed {
    let of_streams = safeguard.acts.iter().filter_map(|act| act.split_once('.'));
    let mut streams: Vec<&str> = of_streams.map(|(stream, _)| stream).collect();
    streams.sort_unstable();
    streams.dedup();
    Listed {
        id: safeguard.id,
        title: safeguard.says,
        source: safeguard.source(),
        kind: Kind::of(safeguard.class),
        streams,
        acts: safeguard.acts,
        effect: safeguard.effect,
        tests: SHOWN.get(safeguard.id).map_or(&[], Vec::as_slice),
    }
}
