//! A declared emergency: who leaves custody in it, which rights are cut, and how all of that comes to an end.
//!
//! An emergency is *declared* with its basis, its authorities and its last day. *Criteria are published*, numbered and
//! fair. People are *screened* by them ([`screening`]); then a person decides on each of them, and two others check who it
//! is. Whoever is released for a while says how they come *back*. A *right* that is *cut* stands in a list until it is
//! *restored*. The emergency *ends* when it is said of each of its measures what became of it; where the law itself ends
//! it before that, what was still open is kept with the end.
//!
//! | rule | says |
//! |---|---|
//! | EG-1 | an emergency is declared once under its id |
//! | EG-2 | nothing is recorded of the future, and no act is of before the declaration |
//! | EG-3 | an act is possible only in the state that allows it |
//! | EG-4 | attributes, rights, grounds, what is compared and authorities are those of the pack |
//! | EG-5 | nothing ends before it begins, an extension comes in time and is longer, and no cut outlasts the emergency |
//! | EG-6 | a version is published once, names each criterion once, and says who can be released |
//! | EG-7 | a list of people who were screened names each once, a thousand at most |
//! | EG-8 | words are kept only where somebody is named under whose key they are sealed |
//! | EG-9 | what is cut, restored or closed stands as it has to before it |
//! | EG-10 | a criterion asks for what the attribute it reads can be |
//! | TR-2.2 | no criterion uses a protected trait against anybody |
//! | TR-9.3 | whoever is refused is told how to have it reviewed |
//! | EM-1 | an emergency and its cuts rest on a law in force; it has an end and a health authority |
//! | EM-2 | people are screened and decided on by criteria that are published |
//! | EM-3 | a person decides on each release of somebody who is eligible, and two people check who it is |
//! | EM-4 | a release for a while says until when, and nobody is released into nothing |
//! | EM-5 | a right is cut only where it is said why, and not without counsel |
//! | EM-6 | an emergency ends when nothing of it is open |
//! | DP-7 | people declare it and cut rights, not software |

mod aggregate;
mod command;
mod concerns;
mod decide;
mod event;
mod read;
mod refusal;
pub mod screening;
mod state;
#[cfg(test)]
mod tests;

pub use command::{
    Closing, CutRight, DecideRelease, Declare, EffectEmergencyRelease, EmergencyCommand,
    EndEmergency, ExtendEmergency, ForAWhile, GrantEmergencyRelease, IdentityCheck, Item,
    LONGEST_LIST, Period, PublishCriteria, RecordEmergencyReturn, RecordEndByLaw,
    RecordMeasureClosed, RecordReleaseBreach, RefuseEmergencyRelease, RestoreRight, RightOf,
    Screen, Screened, Verdict,
};
pub use event::{EmergencyEvent, EndByLaw};
pub use read::{Cohort, CutTold, Whose, rights_cut};
pub use refusal::EmergencyRefusal;
pub use screening::{Asks, Attribute, Attributes, Criterion, Effect, Outcome, Rehearsal, Tried};
pub use state::{Candidate, Cut, Declaration, Emergency, Ended, Stage};
