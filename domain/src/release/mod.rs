//! Release after sentence (Tokyo Rules 9).
//!
//! A release begins with the day from which it is possible, worked out by [`dates`]. It is *considered*, *granted* with
//! few and precise conditions, *refused* with what is missing and the day on which it is considered again, or *deferred*.
//! When the person leaves it is *effected*; from a release for a while the person *returned*. What the law itself brings,
//! an amnesty or the last part of a term, is *released by law*: no decision is pretended that nobody took.
//!
//! | rule | says |
//! |---|---|
//! | RL-1 | a release is recorded once under its id, of a sentence that is in force |
//! | RL-2 | nothing is recorded of the future, and no step from before the one it follows |
//! | RL-3 | a step is possible only in the state that allows it |
//! | RL-4 | kinds, conditions, criteria, reasons and offices are those of the pack |
//! | RL-5 | a release for a while says when the person is back |
//! | RL-6 | what the law itself brings nobody decides, and what somebody decides the law does not bring |
//! | RL-7 | a condition, a release for a while and the next consideration end no earlier than they are decided |
//! | RL-8 | nobody leaves before the day on which the law allows it |
//! | RL-9 | a refusal gives its reasons |
//! | RL-10 | a release by law is of the person and the sentence of which it was recorded |
//! | RL-11 | whoever leaves has somewhere to live, health care and papers |
//! | RL-12 | a day that is not the one the register works out is seen, and can be corrected until the person leaves |
//! | TR-3.1 | the provision is in force on the day |
//! | TR-3.3 | a court or a board decides |
//! | TR-9.3 | whoever is refused is told how to have it reviewed, pardon excepted |
//! | TR-9.4 | release is considered on the day it is possible, and again within the days of the policy |
//! | TR-11.1 | nobody is called back from a release that has ended; where somebody was, it is seen |
//! | TR-12.2 | a condition says what it asks, and there are not too many |
//! | BR-63 | care for a child or somebody else is weighed before a refusal |
//! | DP-7 | people decide and carry it out, not software |

mod aggregate;
mod command;
pub mod dates;
mod decide;
mod event;
mod refusal;
mod state;
#[cfg(test)]
mod tests;

pub use command::{
    Condition, ConsiderRelease, CorrectEligibility, DeferRelease, EffectRelease, EndRelease,
    GrantRelease, RecordEligibility, RecordReleaseByLaw, RecordReturn, RefuseRelease,
    ReleaseCommand, ReleaseEnd,
};
pub use event::ReleaseEvent;
pub use refusal::ReleaseRefusal;
pub use state::{Course, Release, Standing};
