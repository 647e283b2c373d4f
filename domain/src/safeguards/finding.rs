//! The safeguards of findings.

use crate::act::Facts;
use crate::actor::Role;
use crate::finding::FindingRefusal;

/// DP-7: people look at what was noticed; there is no second door.
pub(crate) fn by_people(facts: &Facts) -> Result<(), FindingRefusal> {
    if facts.actor.role == Role::System {
        Err(FindingRefusal::NotForSoftware)
    } else {
        Ok(())
    }
}
