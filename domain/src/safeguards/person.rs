//! What the safeguards have against a change to a person's record.

use crate::act::{Facts, Reference};
use crate::person::{PersonRefusal, Registered};
use crate::values::PersonId;

/// DP-16x: nothing is erased, and nobody expunged, while a legal hold stands on the record.
pub(crate) fn unheld(person: &Registered) -> Result<(), PersonRefusal> {
    match person.held.first() {
        Some(basis) => Err(PersonRefusal::OnHold {
            basis: basis.clone(),
        }),
        None => Ok(()),
    }
}

/// DP-16x: what was merged away is erased only while no legal hold stands on the record that goes on.
pub(crate) fn unheld_elsewhere(surviving: PersonId, facts: &Facts) -> Result<(), PersonRefusal> {
    if facts.found.contains(&Reference::Unheld(surviving)) {
        Ok(())
    } else {
        Err(PersonRefusal::HeldElsewhere { surviving })
    }
}
