//! What may be recorded of the register itself.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::dated;
use crate::personal::{Seal, Sealer};
use crate::values::{
    Code, Digest, JurisdictionCode, Occurred, OfficeCode, PersonId, PublicationNo, SubjectId,
};

/// What may be recorded of the register itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum RegistryCommand {
    /// Open the register.
    Open(OpenRegister),
    /// Record that a key took the place of another.
    RecordKeyRotated(RecordKeyRotated),
    /// Record that consultations were sealed.
    RecordConsultationsSealed(RecordConsultationsSealed),
    /// Record that records were handed over.
    RecordBundleHandedOver(RecordBundleHandedOver),
    /// Record that figures were published.
    RecordReleasePublished(RecordReleasePublished),
    /// Record that published figures were withdrawn.
    RecordReleaseWithdrawn(RecordReleaseWithdrawn),
    /// Acknowledge that something was lost.
    AcknowledgeLoss(AcknowledgeLoss),
}

/// A register that begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenRegister {
    /// When it was opened.
    pub done: Occurred,
    /// The name under which its proofs are published.
    pub name: Code,
    /// The jurisdictions whose decisions it holds.
    pub jurisdictions: Vec<JurisdictionCode>,
}

/// A key that took the place of another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordKeyRotated {
    /// When it was done.
    pub done: Occurred,
    /// The id of the new key.
    pub key: Code,
    /// From when the new key holds.
    pub valid_from: Occurred,
    /// Why the key was replaced.
    #[schemars(extend("x-list" = "registry.rotations"))]
    pub reason: Code,
}

/// A seal on the log of consultations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordConsultationsSealed {
    /// When they were sealed.
    pub done: Occurred,
    /// Up to which consultation.
    pub upto: u64,
    /// Their digest.
    pub digest: Digest,
}

/// Who was given records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Recipient {
    /// Somebody who signs in here.
    Official(SubjectId),
    /// An office.
    Office(OfficeCode),
}

/// Records that were handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordBundleHandedOver {
    /// When they were handed over.
    pub done: Occurred,
    /// Who was given them.
    pub recipient: Recipient,
    /// The provision that allows it.
    #[schemars(extend("x-list" = "registry.bases"))]
    pub basis: Code,
    /// How much was handed over.
    #[schemars(extend("x-list" = "registry.scopes"))]
    pub scope: Code,
    /// The digest of what was handed over.
    pub digest: Digest,
    /// Whom the records concern, where it is one person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
}

/// Figures that were published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordReleasePublished {
    /// When they were published.
    pub done: Occurred,
    /// The number of the publication.
    pub number: PublicationNo,
    /// As of which entry of the ledger the figures are.
    pub index: u64,
    /// The version of the method by which they were computed.
    pub method: Code,
    /// The digest of what was published; absent where the register did not make it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
}

/// Published figures that were withdrawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordReleaseWithdrawn {
    /// When they were withdrawn.
    pub done: Occurred,
    /// The number of the publication.
    pub number: PublicationNo,
    /// Why they were withdrawn.
    #[schemars(extend("x-list" = "registry.withdrawals"))]
    pub reason: Code,
}

/// Something that was lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AcknowledgeLoss {
    /// When the loss was acknowledged.
    pub done: Occurred,
    /// What was lost.
    #[schemars(extend("x-list" = "registry.losses"))]
    pub what: Code,
    /// From when on it is missing.
    pub from: Occurred,
    /// Until when it is missing.
    pub to: Occurred,
    /// Why it was lost.
    #[schemars(extend("x-list" = "registry.causes"))]
    pub reason: Code,
}

dated! {
    OpenRegister: done,
    RecordKeyRotated: done,
    RecordConsultationsSealed: done,
    RecordBundleHandedOver: done,
    RecordReleasePublished: done,
    RecordReleaseWithdrawn: done,
    AcknowledgeLoss: done,
}

impl Seal for RegistryCommand {
    fn seal<S: Sealer>(&mut self, _sealer: &mut S) -> Result<(), S::Error> {
        Ok(())
    }
}
