//! Marks that several streams put on what they record.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Code, Known, Occurred};

/// What the person said to something that needs consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    /// Agreed, informed of the consequences.
    Given,
    /// Refused.
    Refused,
}

/// Whether a failure to keep an appointment may be enforced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Enforceable {
    /// A failure counts.
    Yes,
    /// It was offered, not required.
    No,
}

/// Whether somebody was told something they have to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// They were told.
    Yes,
    /// They were not told.
    No,
}

/// How legal aid stands (General Assembly resolution 67/187).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LegalAid {
    /// The person has counsel of their own choice.
    OwnCounsel,
    /// It was asked for.
    Requested,
    /// The person is entitled to it, and it is on its way.
    Eligible,
    /// Counsel was given.
    Granted,
    /// It was refused.
    Refused,
    /// The person wanted none, informed of what that means.
    Waived,
    /// There is no counsel.
    None,
}

impl LegalAid {
    /// Whether the person stands without counsel, and did not choose to.
    pub fn is_missing(self) -> bool {
        matches!(
            self,
            Self::Requested | Self::Eligible | Self::Refused | Self::None
        )
    }
}

/// Consent to an obligation before or instead of a trial (Tokyo Rules 3.4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InformedConsent {
    /// When it was given.
    pub given: Occurred,
    /// The language in which all was explained.
    pub language: Code,
    /// Whether the consequences of consenting and of refusing were told.
    pub consequences: Told,
    /// How legal aid stood.
    pub counsel: LegalAid,
    /// For a child: what the parent or guardian said.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub guardian: Known<Consent>,
}

impl InformedConsent {
    /// Whether it was informed: the consequences were told, and the person had counsel or wanted none.
    pub fn is_informed(&self) -> bool {
        self.consequences == Told::Yes && !self.counsel.is_missing()
    }
}

/// An answer to a plain question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
}
