//! Complaints: always open, to anybody, about anything (Tokyo Rules 3.6; Nelson Mandela Rules 56 and 57).
//!
//! A complaint is *submitted*, on somebody who is named or on nobody. It is never refused and never deleted: what is odd
//! about it is noticed and kept with it. Somebody is *assigned* to it, who is never the official complained about. It is
//! *answered*, *escalated* to a higher level, *resolved*, *reopened*. Whoever complained can *withdraw* it; a complaint of
//! torture is looked into all the same.
//!
//! | rule | says |
//! |---|---|
//! | CO-1 | a complaint is submitted once under its id |
//! | CO-2 | no step is recorded of the future, and none is taken before the submission |
//! | CO-3 | a step is possible only in the state that allows it |
//! | CO-4 | kinds, outcomes, redress, levels, reasons and offices are those of the pack |
//! | CO-5 | only whoever complained, or the person it concerns, withdraws it, and it is said how it was declared |
//! | CO-6 | words are kept only where somebody is named under whose key they are sealed |
//! | CO-7 | an escalation goes to another level |
//! | CO-8 | whoever answers or settles a complaint records it under the own name |
//! | CO-9 | after a complaint was taken to a higher level only that level answers it |
//! | CO-10 | a complaint is given and taken only to a body that answers about what it is about |
//! | TR-3.5 | whoever complained is told where to go next |
//! | TR-3.6 | a complaint is never refused: what is odd about it is noticed |
//! | TR-3.7 | whoever is complained about neither answers nor takes another step in it; no place, office or court answers about itself |
//! | MR-57 | a complaint is answered within the days of the policy, an urgent one sooner, or goes to a higher level |
//! | DP-7 | people answer, not software |

mod aggregate;
mod command;
mod decide;
mod event;
mod refusal;
mod state;
#[cfg(test)]
mod tests;

pub use command::{
    About, AnswerComplaint, AssignComplaint, ComplaintCommand, Declared, DeclaredIn, Declares,
    EscalateComplaint, OnPaper, RecordNamed, ReopenComplaint, ResolveComplaint, SubmitComplaint,
    SubmitWithoutPerson, Submitter, WithdrawComplaint,
};
pub use event::{ComplaintEvent, Inquiry, Withdrawal};
pub use refusal::ComplaintRefusal;
pub use state::{Complaint, Described, Matter, Standing};
