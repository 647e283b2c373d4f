//! The order: a community order, or a suspended term with requirements, as it is carried out.
//!
//! An order is *made* by what a sentence states. Its requirements are entities of their own, each with its unit, what
//! is owed and what is credited; the court adds, varies and ends them, and lengthens or shortens the order. Appointments are *scheduled*, attendance is
//! *recorded* once and afterwards *corrected*; time is *credited* and *reversed*. Warnings are issued and withdrawn. A
//! breach is alleged, then proven, with the court's response, or not proven. The order ends in one of five ways:
//! completed, discharged early, revoked, ended with its sentence; past its last day it reads as expired, and no entry
//! is needed for that.
//!
//! A later acceptable reason reverses whatever hung on a failure, by events of its own: the correction lists them.
//!
//! | rule | says |
//! |---|---|
//! | O-1 | an order is made once, of a sentence that is in force |
//! | O-2 | nothing is recorded of the future, and no step from before what it follows |
//! | O-3 | what is named exists in this order and goes on |
//! | O-4 | an order, and a requirement, ends on its start plus its length less one day |
//! | O-5 | an order ends no earlier than each of its requirements, and lasts no longer than the law allows |
//! | O-6 | a requirement is of a known kind, in its unit, within its limits, with consent where needed |
//! | O-7 | an appointment and an attendance lie within the life of the order |
//! | O-8 | an appointment is recorded once; then it is corrected |
//! | O-9 | an outcome is a code of the pack, and only attendance gives credit |
//! | O-10 | a credit is above zero, in the unit of its requirement, within the ceiling of an entry and what is owed |
//! | O-11 | no more is reversed than is credited |
//! | O-12 | a correction lists everything that hangs on it |
//! | O-13 | a warning names the failures it is for |
//! | O-14 | a breach rests on as many failures as the policy asks, or on a statement; one open allegation per fact |
//! | O-15 | an order is complete when all is credited, has lasted and is settled, or a reason is given |
//! | O-16 | outcomes, reasons, responses and offices are codes of the pack |
//! | O-17 | a step is taken only in the state that allows it |
//! | TR-11.1 | nothing is asked of the person beyond the end |
//! | TR-12.3 | no breach is decided on what was not explained, orally and in writing, before the facts |
//! | TR-14.2 | no breach is decided before both accounts are there, or the chance to give one was not used |
//! | TR-14.3 | software decides no breach and no revocation |
//! | TR-14.6 | whoever is found in breach is told how to appeal |
//! | TR-14.4 | custody for a breach names the alternatives considered |

mod aggregate;
mod command;
mod consequences;
mod decide;
mod event;
mod progress;
mod refusal;
mod state;
mod terms;
#[cfg(test)]
mod tests;

pub use command::{
    AddRequirement, AllegeBreach, BreachDecision, Complete, CorrectAttendance, CourtStep,
    CreditHours, EndBySentence, EndRequirement, IssueWarning, Make, OrderCommand, ProveBreach,
    RecordAttendance, ReverseHours, ScheduleAppointment, TransferOrder, VaryPeriod,
    VaryRequirement, WithdrawWarning,
};
pub use consequences::{Becomes, BreachTouched, Consequences, CreditMoved, Then, WarningTouched};
pub use event::{NotProvenGround, OrderEvent};
pub use progress::Progress;
pub use refusal::OrderRefusal;
pub use state::{
    Appointment, Attendance, Breach, BreachStep, Ending, Made, Order, Requirement, Standing,
    Warning,
};
pub use terms::{
    Account, ClockTime, ClockTimeError, EndCause, Explanation, ExplanationForm, Meeting, Terms,
    WarningKind,
};
