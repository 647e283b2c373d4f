//! Findings: somebody has to look at what the register noticed.
//!
//! A finding is *raised* by the register itself when a clock ran out, or *taken up* by somebody from what an entry
//! carries. It is about one cause and stands under the id of that cause, so the same cause never stands twice. It is
//! *assigned* to somebody, *closed* with a disposition and reasons, and *reopened* when it was not over after all. Nothing
//! in the record that it is about is touched by any of this.
//!
//! | rule | says |
//! |---|---|
//! | FD-1 | a finding stands once, under the id of its cause |
//! | FD-2 | the register itself raises what a clock asks, and nobody else does |
//! | FD-3 | a clock raises a finding once its day has passed, and never about a finding |
//! | FD-4 | what is taken up is a finding that an entry carries |
//! | FD-5 | nothing is recorded of the future, nor of before the finding stood |
//! | FD-6 | a step is possible only in the state that allows it |
//! | FD-7 | dispositions, reasons and offices are those of the pack |
//! | FD-8 | whoever acted is neither given a critical finding about the act nor closes it |
//! | FD-9 | a finding is closed within the days of the policy, and a critical one with reasons in words |
//! | FD-10 | words are kept only where somebody is concerned under whose key they are sealed |
//! | DP-7 | people look, not software |

mod aggregate;
mod command;
mod decide;
mod event;
mod refusal;
mod state;
#[cfg(test)]
mod tests;

pub use command::{
    AssignFinding, CloseFinding, FindingCommand, RaiseFinding, ReopenFinding, TakeUpFinding,
};
pub use event::{FindingEvent, TakenUp};
pub use refusal::FindingRefusal;
pub use state::{Cause, Finding, Matter, Standing};
