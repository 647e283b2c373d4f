//! What is noticed of an act of another office.

use crate::refusals;

refusals! {
    /// What is noticed of who acted.
    OfficeRefusal {
        "OF-1" "office.not-its-own" at "": NotItsOwn { office: String, has: String }, "{office} acted on what {has} has in hand: look whether it was asked to, or transfer the case";
    }
}
