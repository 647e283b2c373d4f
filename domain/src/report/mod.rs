//! A report to a court about a person: a social inquiry report, a report before sentence.
//!
//! A court *requests* a report. *Statements* are filed one by one, each as what it is: a fact with its source, an
//! opinion with its author, or a recommendation. The report is *finalised* by its author, or *withdrawn*. Any statement
//! can be *contested*, before and after; it reads "contested" until the contest is *settled*. What was finalised stays as
//! it was filed: what a contest changed stands beside it.
//!
//! | rule | says |
//! |---|---|
//! | RP-1 | a report is requested once |
//! | RP-2 | nothing is recorded of the future, no act is of before the request, and no report is due before it |
//! | RP-3 | a step is possible only in the state that allows it |
//! | RP-4 | courts, offices, kinds, sources, routes and reasons are those of the pack |
//! | RP-5 | a statement says something, and so does a report |
//! | RP-6 | a statement that is contested exists and was not withdrawn |
//! | RP-7 | a statement is contested once until that is settled |
//! | RP-8 | a contest is settled in writing, with the new words of a correction, and with the way to a review where nothing changes |
//! | RP-9 | a report is finalised while something in it is contested only where it is said why |
//! | TR-7.1 | a fact has its source and an opinion its author, and no score is a fact |
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
    ContestOutcome, ContestStatement, Contester, FileStatement, FinaliseReport, ReportCommand,
    RequestReport, SettleStatement, StatementKind, WithdrawReport,
};
pub use event::ReportEvent;
pub use refusal::ReportRefusal;
pub use state::{Inquiry, Reading, Report, Statement};
