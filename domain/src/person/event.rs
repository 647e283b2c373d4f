//! What happened to a person's record.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::command::{
    Circumstances, ContestData, CorrectAttributes, EraseData, RecordIdentity, Register,
    SettleContest, WithBasis,
};
use crate::act::Finding;
use crate::childhood::ChildNoted;
use crate::personal::PersonalText;
use crate::stream::StreamEvent;
use crate::values::{Code, Day, Known, Occurred, PersonId};

/// What happened to a person's record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum PersonEvent {
    /// A person was registered under a random pseudonym.
    Registered(Register),
    /// Answers about the person's circumstances were recorded.
    CircumstancesRecorded(Circumstances),
    /// The person's children were recorded, or that the person declined to say.
    ChildrenRecorded {
        /// How many depend on the person.
        dependent: Known<u8>,
        /// What else was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        details: Option<PersonalText>,
        /// What is known of each child; none of an entry that tells of no child by itself.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        each_child: Vec<ChildNoted>,
    },
    /// A consent was given.
    ConsentGiven {
        /// To what.
        to: Code,
    },
    /// A consent was withdrawn.
    ConsentWithdrawn {
        /// To what.
        to: Code,
    },
    /// Coded attributes were corrected; figures of today follow, those of yesterday do not.
    AttributesCorrected(CorrectAttributes),
    /// It was recorded who the person is, or put right; what was left out stays as it was.
    IdentityRecorded(RecordIdentity),
    /// The person contests something; it reads "contested" until settled.
    DataContested(ContestData),
    /// What was contested is settled.
    ContestSettled(SettleContest),
    /// The record was sealed.
    RecordSealed(WithBasis),
    /// The record was unsealed.
    RecordUnsealed(WithBasis),
    /// A legal hold was placed: nothing may be erased.
    HoldPlaced {
        /// Under which basis.
        basis: Code,
        /// When it is reviewed.
        review_on: Day,
    },
    /// The hold under this basis was lifted; others stand.
    HoldLifted(WithBasis),
    /// Keys were destroyed: the personal data of these classes can be read no more.
    DataErased(EraseData),
    /// The record was expunged: today's figures lose its decisions.
    Expunged(WithBasis),
    /// The record was merged into another of the same human being.
    Merged {
        /// The record that goes on.
        surviving: PersonId,
        /// Under which basis.
        basis: Code,
    },
}

impl StreamEvent for PersonEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Registered(_) => "person.registered",
            Self::CircumstancesRecorded(_) => "person.circumstances_recorded",
            Self::ChildrenRecorded { .. } => "person.children_recorded",
            Self::ConsentGiven { .. } => "person.consent_given",
            Self::ConsentWithdrawn { .. } => "person.consent_withdrawn",
            Self::AttributesCorrected(_) => "person.attributes_corrected",
            Self::IdentityRecorded(_) => "person.identity_recorded",
            Self::DataContested(_) => "person.data_contested",
            Self::ContestSettled(_) => "person.contest_settled",
            Self::RecordSealed(_) => "person.record_sealed",
            Self::RecordUnsealed(_) => "person.record_unsealed",
            Self::HoldPlaced { .. } => "person.hold_placed",
            Self::HoldLifted(_) => "person.hold_lifted",
            Self::DataErased(_) => "person.data_erased",
            Self::Expunged(_) => "person.expunged",
            Self::Merged { .. } => "person.merged",
        }
    }

    fn names() -> &'static [&'static str] {
        &[
            "person.registered",
            "person.circumstances_recorded",
            "person.children_recorded",
            "person.consent_given",
            "person.consent_withdrawn",
            "person.attributes_corrected",
            "person.identity_recorded",
            "person.data_contested",
            "person.contest_settled",
            "person.record_sealed",
            "person.record_unsealed",
            "person.hold_placed",
            "person.hold_lifted",
            "person.data_erased",
            "person.expunged",
            "person.merged",
        ]
    }

    fn occurred(&self) -> Option<Occurred> {
        None
    }

    fn findings(&self) -> &[Finding] {
        &[]
    }
}
