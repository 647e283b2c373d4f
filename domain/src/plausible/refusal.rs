//! What is noticed of what is hardly possible.

use super::LONGEST_LIFE;
use crate::refusals;
use crate::values::CivilDate;

refusals! {
    /// What is hardly possible, with its values.
    PlausibleRefusal {
        "PL-1" "plausible.too-old" at "": TooOld { age: u16 }, "an age of {age} years is hardly possible, since nobody lived {LONGEST_LIFE}: look whether it is right, and correct it";
        "PL-1" "plausible.long-ago" at "": LongAgo { done: CivilDate }, "{done} is {LONGEST_LIFE} years ago or more, longer than anybody lived: look whether the year is right, and correct it";
    }
}
