//! What happened to a case kept out of court.

use super::command::{
    Activate, CompleteDiversion, DischargeCase, OfferDiversion, ReturnToProsecution,
    WithdrawConsent,
};
use crate::events;
use crate::values::InformedConsent;

events! {
    /// What happened to a case kept out of court.
    DiversionEvent of "diversion" {
        /// It was offered to keep the case out of court.
        Offered(OfferDiversion) = "offered",
        /// The case was discharged: neither a trial nor an obligation.
        Discharged(DischargeCase) = "discharged",
        /// The person agreed.
        ConsentGiven(InformedConsent) = "consent_given",
        /// The person agrees no longer; the obligations are closed, and nothing is breached by that.
        ConsentWithdrawn(WithdrawConsent) = "consent_withdrawn",
        /// The obligations began.
        Activated(Activate) = "activated",
        /// All was done.
        Completed(CompleteDiversion) = "completed",
        /// The case went back to the prosecution.
        Returned(ReturnToProsecution) = "returned",
    }
}
