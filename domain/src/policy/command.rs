//! What may be asked of a jurisdiction's rules.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::personal::{DataClass, Seal, Sealer};
use crate::values::{Day, PolicyVersion};

/// What may be asked of a jurisdiction's rules.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum PolicyCommand {
    /// Adopt a version.
    Adopt(Adopt),
    /// Supersede a version by another.
    Supersede(Supersede),
}

/// The adoption of a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Adopt {
    /// The version.
    pub version: PolicyVersion,
    /// SHA-256 of the pack's bytes, in hexadecimal.
    pub hash: String,
    /// From when it applies.
    pub in_force_from: Day,
    /// Classes of personal data of which it does not say how long they are kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unruled: Vec<DataClass>,
}

/// The end of a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Supersede {
    /// The version that ends.
    pub version: PolicyVersion,
    /// The version that follows.
    pub by: PolicyVersion,
    /// From when the other applies.
    pub from: Day,
}

impl Seal for PolicyCommand {
    fn seal<S: Sealer>(&mut self, _sealer: &mut S) -> Result<(), S::Error> {
        Ok(())
    }
}
