//! A restorative process between somebody who did harm and whoever suffered it.
//!
//! A case is *referred*. Each side *consents*, informed; each can *withdraw* at any time, which ends the process. With
//! both consents and a facilitator it *starts*. What the sides *agree* on is written down point by point and *fulfilled*
//! point by point. Without an agreement, or with one that is not kept, it ends, and nobody is the worse for that: taking
//! part is no confession, and failing is no ground for a heavier sentence.
//!
//! | rule | says |
//! |---|---|
//! | RS-1 | a process is referred once, and hangs on a sentence only while that is in force |
//! | RS-2 | nothing is recorded of the future, and no step from before what it follows |
//! | RS-3 | a step is possible only in the state that allows it |
//! | RS-4 | offices, kinds, points and reasons are those of the pack |
//! | RS-5 | an agreement has points, each in words, and none that ends before it is reached |
//! | RS-6 | a point that is fulfilled is one of the agreement, and is fulfilled once |
//! | RS-7 | nobody meets themselves: the sides are two |
//! | RJ-1 | a process starts with both informed consents, a child's guardian's too, and a facilitator who is no side |
//! | RJ-2 | no reason for an end blames whoever took part |
//! | CRC-AGE | whoever may be a child is treated as one |

mod aggregate;
mod command;
mod decide;
mod event;
mod refusal;
mod state;
#[cfg(test)]
mod tests;

pub use command::{
    ConsentToProcess, EndProcess, Fulfil, Origin, Point, ReachAgreement, ReferToProcess,
    RestorativeCommand, Side, StartProcess, WithdrawFromProcess,
};
pub use event::RestorativeEvent;
pub use refusal::RestorativeRefusal;
pub use state::{Agreed, Process, Restorative, RestorativeStanding};
