//! The person: a random pseudonym, coded attributes that figures need, and identity under the person's own keys.
//!
//! A person is *registered*; circumstances, children and consents are recorded, each answer also as "declined" or
//! "not asked"; identity and attributes are corrected, contested and settled; the record may be sealed, held, erased
//! (keys are destroyed, history stays), expunged, or merged into the record of the same human being. Its keys stay its
//! own: a merged or expunged record can still be erased.
//!
//! | rule | says |
//! |---|---|
//! | P-1 | a person is registered once, and before anything else |
//! | P-2 | nothing is added to a record that was merged or expunged |
//! | P-3 | an erasure names what it erases |
//! | P-4 | a seal, a hold or a consent is lifted only where one stands |
//! | P-5 | a record is merged into another that is registered, and nothing that stands on it is lost by that |
//! | P-6 | circumstances are codes of the pack |
//! | P-7 | a correction changes something and gives a coded reason |
//! | P-8 | data are contested once until settled |
//! | P-9 | a correction is refused in writing, with reasons and a route of review |
//! | P-10 | nobody is born after the day on which it is recorded, nor longer ago than people live |
//! | P-11 | a name, a number and an address are no longer than a record keeps |
//! | DP-16x | nothing is erased while a legal hold stands |

mod aggregate;
mod command;
mod decide;
mod event;
mod refusal;
mod state;
#[cfg(test)]
mod tests;

pub use command::{
    Circumstances, ContestData, CorrectAttributes, EraseData, Identity, PersonCommand,
    RecordIdentity, Register, SettleContest, Settlement, Sex, WithBasis,
};
pub use event::PersonEvent;
pub use refusal::PersonRefusal;
pub use state::{Person, Registered, subject_of};
