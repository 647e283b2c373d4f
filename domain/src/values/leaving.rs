//! What somebody needs on leaving custody, and how somebody comes back who was let out for a while.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Known;

/// Whether something that is needed outside is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Provided {
    /// It is there.
    Yes,
    /// It is not there.
    No,
    /// It is not needed.
    NotNeeded,
}

/// What somebody needs on leaving custody (Nelson Mandela Rules 107 and 108; Bangkok Rules 46 and 47).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Readiness {
    /// Whether there is somewhere to live.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub housing: Known<Provided>,
    /// Whether health care goes on outside.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub health: Known<Provided>,
    /// Whether the papers needed outside are there.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub documents: Known<Provided>,
}

impl Readiness {
    /// Whether nothing is said of it.
    pub fn is_silent(&self) -> bool {
        *self == Self::default()
    }

    /// What is missing, or of which nothing is said, in words; nothing where all is there.
    pub fn missing(&self) -> Option<String> {
        let parts = [
            ("housing", self.housing),
            ("health care", self.health),
            ("papers", self.documents),
        ];
        let there = |part: Known<Provided>| match part {
            Known::Value(Provided::Yes | Provided::NotNeeded) => true,
            Known::Value(Provided::No) | Known::NotRecorded | Known::NotAsked | Known::Declined => {
                false
            }
        };
        let missing: Vec<&str> = parts
            .into_iter()
            .filter(|(_, part)| !there(*part))
            .map(|(name, _)| name)
            .collect();
        (!missing.is_empty()).then(|| missing.join(", "))
    }
}

/// How somebody came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Return {
    /// By themselves, in time.
    InTime,
    /// By themselves, late.
    Late,
    /// Brought back by somebody.
    BroughtBack,
}
