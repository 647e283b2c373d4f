//! What happened in a restorative process.

use super::command::{
    ConsentToProcess, EndProcess, Fulfil, ReachAgreement, ReferToProcess, StartProcess,
    WithdrawFromProcess,
};
use crate::events;

events! {
    /// What happened in a restorative process.
    RestorativeEvent of "restorative" {
        /// A case was referred.
        Referred(ReferToProcess) = "referred",
        /// A side consented.
        ConsentGiven(ConsentToProcess) = "consent_given",
        /// A side consents no longer, and the process ended with that.
        ConsentWithdrawn(WithdrawFromProcess) = "consent_withdrawn",
        /// The process started.
        Started(StartProcess) = "started",
        /// The sides agreed; the points are numbered as they are listed.
        AgreementReached(ReachAgreement) = "agreement_reached",
        /// Points of the agreement were fulfilled.
        Fulfilled(Fulfil) = "fulfilled",
        /// The process ended without an agreement.
        EndedWithoutAgreement(EndProcess) = "ended_without_agreement",
        /// The process ended with an agreement that is not fulfilled.
        EndedUnfulfilled(EndProcess) = "ended_unfulfilled",
    }
}
