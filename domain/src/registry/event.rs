//! What happened to the register itself.

use super::command::{
    AcknowledgeLoss, OpenRegister, RecordBundleHandedOver, RecordConsultationsSealed,
    RecordKeyRotated, RecordReleasePublished, RecordReleaseWithdrawn,
};
use crate::events;

events! {
    /// What happened to the register itself.
    RegistryEvent of "registry" {
        /// The register was opened.
        Opened(OpenRegister) = "opened",
        /// A key took the place of another.
        KeyRotated(RecordKeyRotated) = "key_rotated",
        /// Consultations were sealed.
        ConsultationsSealed(RecordConsultationsSealed) = "consultations_sealed",
        /// Records were handed over.
        BundleHandedOver(RecordBundleHandedOver) = "bundle_handed_over",
        /// Figures were published.
        ReleasePublished(RecordReleasePublished) = "release_published",
        /// Published figures were withdrawn.
        ReleaseWithdrawn(RecordReleaseWithdrawn) = "release_withdrawn",
        /// A loss was acknowledged.
        LossAcknowledged(AcknowledgeLoss) = "loss_acknowledged",
    }
}
