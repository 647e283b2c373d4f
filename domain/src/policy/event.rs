//! What happened to a jurisdiction's rules.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::command::{Adopt, Supersede};
use crate::act::Finding;
use crate::stream::StreamEvent;
use crate::values::Occurred;

/// What happened to a jurisdiction's rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum PolicyEvent {
    /// A version was adopted; the hash is that of its bytes.
    Adopted(Adopt),
    /// A version was superseded by another.
    Superseded(Supersede),
}

impl StreamEvent for PolicyEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Adopted(_) => "policy.adopted",
            Self::Superseded(_) => "policy.superseded",
        }
    }

    fn names() -> &'static [&'static str] {
        &["policy.adopted", "policy.superseded"]
    }

    fn occurred(&self) -> Option<Occurred> {
        match self {
            Self::Adopted(adopted) => Some(Occurred::On(adopted.in_force_from.into())),
            Self::Superseded(superseded) => Some(Occurred::On(superseded.from.into())),
        }
    }

    fn findings(&self) -> &[Finding] {
        &[]
    }
}
