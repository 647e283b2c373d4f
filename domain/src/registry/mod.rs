//! The register itself: what is done with it, beside what it holds.
//!
//! A register is *opened* for its jurisdictions. Its keys are rotated, its log of consultations is sealed, bundles of
//! records are handed over, figures are published and withdrawn, and what was lost is acknowledged. Each of these is a
//! fact that whoever checks the register has to find in it. None names a human being.
//!
//! | rule | says |
//! |---|---|
//! | RG-1 | a register is opened once, for at least one jurisdiction, and before anything else |
//! | RG-2 | nothing is recorded of the future, nor of before the opening |
//! | RG-3 | a seal on consultations reaches further than the one before it |
//! | RG-4 | publications are numbered from 1 without a gap |
//! | RG-5 | what is withdrawn was published, and is withdrawn once |
//! | RG-6 | reasons, provisions, scopes and losses are those of the pack |
//! | RG-7 | a loss ends no earlier than it begins |
//! | RG-8 | a key takes the place of another once |

mod aggregate;
mod command;
mod decide;
mod event;
mod refusal;
mod state;
#[cfg(test)]
mod tests;

pub use command::{
    AcknowledgeLoss, OpenRegister, Recipient, RecordBundleHandedOver, RecordConsultationsSealed,
    RecordKeyRotated, RecordReleasePublished, RecordReleaseWithdrawn, RegistryCommand,
};
pub use event::RegistryEvent;
pub use refusal::RegistryRefusal;
pub use state::{Opened, Publication, Register};
