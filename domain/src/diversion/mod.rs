//! A case kept out of court.
//!
//! The prosecution or a court *offers* to keep a case out of court and says what it asks in return. The person agrees,
//! informed; then the obligations are *activated* and run. They end as *completed*, or the case is *returned* to the
//! prosecution. Consent can be withdrawn at any time: that closes the obligations and is no breach. A case that needs
//! neither a trial nor an obligation is *discharged* in one act.
//!
//! | rule | says |
//! |---|---|
//! | DV-1 | an offer or a discharge is recorded once, for an offence |
//! | DV-2 | nothing is recorded of the future, and no step from before what it follows |
//! | DV-3 | a step is possible only in the state that allows it |
//! | DV-4 | measures, obligations, criteria, reasons and discharges are those of the pack |
//! | DV-5 | an offer asks something, says it in words, and asks it for no longer than the law allows |
//! | DV-6 | the reason of a return fits what happened |
//! | TR-3.1 | a provision that is named is in force on the day |
//! | TR-3.3 | the prosecution decides on minor offences, a court on every one |
//! | TR-3.4 | obligations need informed consent before them, a child's guardian's too |
//! | TR-3.4w | consent can always be withdrawn, and that alone is no failure |
//! | TR-5.1 | an offer and a discharge name the published criteria, or say why |
//! | CRC-40 | nobody under the age of criminal responsibility is asked anything |
//! | CRC-AGE | whoever may be a child is treated as one |
//! | DP-7 | no software offers, discharges or returns |

mod aggregate;
mod command;
mod decide;
mod event;
mod refusal;
mod state;
#[cfg(test)]
mod tests;

pub use command::{
    Activate, CompleteDiversion, Decider, DischargeCase, DiversionCommand, Obligation,
    OfferDiversion, ReturnToProsecution, WithdrawConsent,
};
pub use event::DiversionEvent;
pub use refusal::DiversionRefusal;
pub use state::{Discharged, Diversion, DiversionStanding, Offered};
