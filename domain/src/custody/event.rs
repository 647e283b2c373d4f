//! What happened in a stay.

use super::command::{
    Admit, AnswersLater, BasisFallen, Classify, EndIsolation, FamilyContact, IrregularHolding,
    Isolate, NewCommitment, PlaceChild, Protect, ReleaseFromCustody, SeparateChild, TransferPerson,
    WithdrawProtection,
};
use crate::events;

events! {
    /// What happened in a stay in a place of detention.
    CustodyEvent of "custody" {
        /// The person was admitted on an order.
        Admitted(Admit) = "admitted",
        /// The person is held without a valid order.
        IrregularHoldingRecorded(IrregularHolding) = "irregular_holding_recorded",
        /// She was taken in to protect her, at her own request.
        ProtectiveCustodyStarted(Protect) = "protective_custody_started",
        /// The order that was missing was recorded.
        Regularised(NewCommitment) = "regularised",
        /// The stay goes on, on another order.
        Continued(NewCommitment) = "continued",
        /// The person was classified.
        Classified(Classify) = "classified",
        /// The person was isolated.
        Isolated(Isolate) = "isolated",
        /// The isolation ended.
        IsolationEnded(EndIsolation) = "isolation_ended",
        /// She no longer wants to be held for her protection.
        ProtectionWithdrawn(WithdrawProtection) = "protection_withdrawn",
        /// A child came to live with its mother.
        ChildPlaced(PlaceChild) = "child_placed",
        /// A child left its mother.
        ChildSeparated(SeparateChild) = "child_separated",
        /// The person was moved to another place.
        Transferred(TransferPerson) = "transferred",
        /// There was a contact with the family.
        ContactRecorded(FamilyContact) = "contact_recorded",
        /// What was not asked or noted at the reception was asked, and the answers were recorded.
        AnswersRecorded(AnswersLater) = "answers_recorded",
        /// The decision fell on which the stay rests; nobody is released by that.
        BasisFell(BasisFallen) = "basis_fell",
        /// The person was released.
        Released(ReleaseFromCustody) = "released",
    }
}
