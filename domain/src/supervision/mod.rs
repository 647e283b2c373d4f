//! The supervision: a period under a probation or parole authority.
//!
//! A supervision is *started* by what an order or a sentence states. An officer is assigned; needs and risks are
//! assessed with a named instrument, whose result is recorded and never computed here; a plan is agreed. Programmes are
//! referred to, started, then completed or ended. Contacts are recorded and corrected, the level changes, reviews are
//! held. A violation is a fact; recall is requested and then decided by people. After a recall, or its end, nothing more
//! is asked of the person here: a new release starts a new supervision.
//!
//! | rule | says |
//! |---|---|
//! | SU-1 | a supervision is started once, by an order or a sentence that is in force |
//! | SU-2 | nothing is recorded of the future |
//! | SU-3 | what is named exists in this supervision |
//! | SU-4 | it ends no earlier than it starts, and nothing lies before its start |
//! | SU-5 | an assessment says with which instrument, and its level once it is complete |
//! | SU-6 | a plan states its goals and rests on an assessment that was completed, as a referral does |
//! | SU-7 | a programme is referred to, then started, then completed or ended |
//! | SU-8 | a correction, a change or a transfer changes something |
//! | SU-9 | recall is requested on a ground, once at a time, and decided once |
//! | SU-10 | instruments, needs, levels, programmes, kinds and reasons are codes of the pack |
//! | SU-11 | a step is taken only in the state that allows it |
//! | SU-12 | nobody starts a programme in which all places of the office are taken |
//! | TR-3.8 | nobody is experimented on, and what speaks against a treatment is seen |
//! | TR-10.2 | the supervising office is one of those the law makes competent; recall is decided by a court or board |
//! | TR-10.3 | a review fixes a next one, which comes after it |
//! | TR-11.2 | a review sees when a supervision may end early |
//! | TR-13.5 | an officer has no more cases than the policy allows |
//! | TR-11.1 | nothing is asked of the person beyond the end |
//! | TR-19 | a volunteer is screened and insured |
//! | TR-14.3 | software decides no recall |
//! | TR-14.4 | a request for recall names what was tried before, or says why nothing was |

mod aggregate;
mod command;
mod decide;
mod event;
mod read;
mod refusal;
mod state;
#[cfg(test)]
mod tests;

pub use command::{
    AgreePlan, AssignOfficer, ChangeLevel, Completeness, ContactKind, ContactOutcome,
    CorrectContact, DecideRecall, EndProgramme, EndSupervision, HoldReview, Measured, MoveEnd,
    MoveProgramme, RecallOutcome, RecordAssessment, RecordContact, RecordViolation,
    ReferToProgramme, RequestRecall, StartSupervision, SupervisionCause, SupervisionCommand,
    TransferSupervision, TreatmentKind, Volunteer,
};
pub use event::SupervisionEvent;
pub use refusal::SupervisionRefusal;
pub use state::{
    Contact, Officer, Programme, ProgrammeStep, Recall, Started, Supervision, SupervisionStanding,
};
