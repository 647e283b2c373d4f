//! What may be asked of a release.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::dated;
use crate::personal::{DataClass, PersonalText, Seal, Sealer};
use crate::values::{
    Code, Day, Known, Occurred, OfficeCode, PersonId, Readiness, Return, SentenceId, Told,
};

/// What may be asked of a release.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ReleaseCommand {
    /// Record from which day release is possible.
    RecordEligibility(RecordEligibility),
    /// Correct from which day release is possible.
    CorrectEligibility(CorrectEligibility),
    /// Record that release is considered.
    Consider(ConsiderRelease),
    /// Grant release.
    Grant(GrantRelease),
    /// Refuse release.
    Refuse(RefuseRelease),
    /// Put the decision off.
    Defer(DeferRelease),
    /// Record that the person left.
    Effect(EffectRelease),
    /// Record that the person came back.
    RecordReturn(RecordReturn),
    /// End the release.
    End(EndRelease),
    /// Record a release that the law itself brings.
    RecordReleaseByLaw(RecordReleaseByLaw),
}

/// From which day a release is possible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordEligibility {
    /// Whom it concerns.
    pub person: PersonId,
    /// The sentence that is served.
    pub sentence: SentenceId,
    /// What kind of release it is.
    #[schemars(extend("x-list" = "release.kinds"))]
    pub kind: Code,
    /// The first day on which it is possible.
    pub eligible_on: Day,
    /// When that was worked out.
    pub done: Occurred,
}

/// Another first day of a release, where the one that was recorded was mistaken or the sentence became another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectEligibility {
    /// The first day on which it is possible.
    pub eligible_on: Day,
    /// When that was worked out.
    pub done: Occurred,
}

/// Somebody looks at the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsiderRelease {
    /// When it was considered.
    pub done: Occurred,
}

/// A condition of release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// Which.
    #[schemars(extend("x-list" = "release.conditions"))]
    pub condition: Code,
    /// Its last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// What exactly is asked, where, and how it is seen whether it is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<PersonalText>,
}

/// A release that is granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GrantRelease {
    /// When it was decided.
    pub decided: Occurred,
    /// The provision it rests on.
    #[schemars(extend("x-list" = "release.bases"))]
    pub basis: Code,
    /// The conditions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// The day on which the person is back, where it is for a while.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Day>,
    /// The office that supervises.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-list" = "offices"))]
    pub supervision: Option<OfficeCode>,
    /// The reasons in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasons: Option<PersonalText>,
}

/// A release that is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RefuseRelease {
    /// When it was decided.
    pub decided: Occurred,
    /// What is missing.
    #[schemars(extend("x-list" = "release.criteria"))]
    pub criterion: Code,
    /// The reasons in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasons: Option<PersonalText>,
    /// Whether the person was told how to have it reviewed.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub review_told: Known<Told>,
    /// What is known of the person's circumstances.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("x-list" = "sentencing.circumstances"))]
    pub circumstances: BTreeMap<Code, Known<Code>>,
    /// How the person's care for a child or somebody else was weighed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caretaking: Option<PersonalText>,
    /// By when it is considered again.
    pub next_consideration: Day,
}

/// A decision that is put off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeferRelease {
    /// When it was put off.
    pub decided: Occurred,
    /// Why it is put off.
    #[schemars(extend("x-list" = "release.deferrals"))]
    pub reason: Code,
    /// By when it is considered again.
    pub until: Day,
}

/// The person leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EffectRelease {
    /// When the person left.
    pub done: Occurred,
    /// What the person needs outside.
    #[serde(default, skip_serializing_if = "Readiness::is_silent")]
    pub ready: Readiness,
}

/// The person comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordReturn {
    /// When the person was back.
    pub done: Occurred,
    /// How the person came back.
    pub how: Return,
}

/// How a release ends, or what there was of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReleaseEnd {
    /// The sentence is served.
    Served,
    /// The release was for a while, and the person is back.
    CameBack,
    /// It was revoked, by a decision of its own.
    Revoked,
    /// The person wants it no longer.
    Declined,
    /// The sentence stands no longer.
    SentenceLifted,
    /// The person died.
    Died,
}

/// The end of a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndRelease {
    /// When.
    pub done: Occurred,
    /// How.
    pub how: ReleaseEnd,
}

/// A release that the law itself brings: nobody decided on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordReleaseByLaw {
    /// Whom it concerns.
    pub person: PersonId,
    /// The sentence that was served.
    pub sentence: SentenceId,
    /// What kind of release it is.
    #[schemars(extend("x-list" = "release.kinds"))]
    pub kind: Code,
    /// The provision that brings it.
    #[schemars(extend("x-list" = "release.bases"))]
    pub basis: Code,
    /// When the person left.
    pub done: Occurred,
}

dated! {
    RecordEligibility: done,
    CorrectEligibility: done,
    ConsiderRelease: done,
    GrantRelease: decided,
    RefuseRelease: decided,
    DeferRelease: decided,
    EffectRelease: done,
    RecordReturn: done,
    EndRelease: done,
    RecordReleaseByLaw: done,
}

impl Seal for ReleaseCommand {
    fn seal<S: Sealer>(&mut self, sealer: &mut S) -> Result<(), S::Error> {
        let mut said =
            |text: &mut Option<PersonalText>, class| PersonalText::seal_said(text, class, sealer);
        match self {
            Self::Grant(c) => {
                c.conditions
                    .iter_mut()
                    .try_for_each(|c| said(&mut c.terms, DataClass::Supervision))?;
                said(&mut c.reasons, DataClass::Judgment)
            }
            Self::Refuse(c) => {
                said(&mut c.reasons, DataClass::Judgment)?;
                said(&mut c.caretaking, DataClass::Children)
            }
            Self::RecordEligibility(_)
            | Self::CorrectEligibility(_)
            | Self::Consider(_)
            | Self::Defer(_)
            | Self::Effect(_)
            | Self::RecordReturn(_)
            | Self::End(_)
            | Self::RecordReleaseByLaw(_) => Ok(()),
        }
    }
}
