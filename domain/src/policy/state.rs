//! Which versions of a jurisdiction's rules exist.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::command::Adopt;
use super::event::PolicyEvent;
use crate::values::PolicyVersion;

/// A jurisdiction's rules: every version adopted, and those that ended.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// Versions by name.
    pub adopted: BTreeMap<PolicyVersion, Adopt>,
    /// Versions that ended, with what followed.
    pub superseded: BTreeMap<PolicyVersion, PolicyVersion>,
}

impl Policy {
    /// The version in force: adopted, not superseded, the latest by its day.
    pub fn in_force(&self) -> Option<&Adopt> {
        self.adopted
            .values()
            .filter(|adopted| !self.superseded.contains_key(&adopted.version))
            .max_by_key(|adopted| (adopted.in_force_from, adopted.version.clone()))
    }

    pub(super) fn after(mut self, event: &PolicyEvent) -> Self {
        match event {
            PolicyEvent::Adopted(adopted) => {
                self.adopted
                    .insert(adopted.version.clone(), adopted.clone());
            }
            PolicyEvent::Superseded(superseded) => {
                self.superseded
                    .insert(superseded.version.clone(), superseded.by.clone());
            }
        }
        self
    }
}
