//! What the safeguards have against a change to a jurisdiction's rules.

use crate::policy::{Adopt, PolicyRefusal};

/// DP-2: nothing is adopted that leaves a class of personal data without a rule how long it is kept.
pub(crate) fn retention(wish: &Adopt) -> Result<(), PolicyRefusal> {
    if wish.unruled.is_empty() {
        Ok(())
    } else {
        Err(PolicyRefusal::NoRetention {
            classes: wish.unruled.clone(),
        })
    }
}
