//! What may be asked of an emergency.
//!
//! Words are sealed under the key of the person whom a command names; a command that names nobody holds codes alone.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::screening::{Criterion, Outcome};
use crate::dated;
use crate::personal::{DataClass, PersonalText, Seal, Sealer};
use crate::values::{
    CaseReference, Code, Day, Known, LegalAid, Occurred, OfficeCode, PersonId, Readiness, Return,
    SubjectId, Told,
};

/// What may be asked of an emergency.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum EmergencyCommand {
    /// Declare an emergency.
    Declare(Declare),
    /// Publish criteria of release.
    PublishCriteria(PublishCriteria),
    /// Extend the emergency.
    Extend(ExtendEmergency),
    /// Record who meets the criteria.
    Screen(Screen),
    /// Decide on one person's release.
    DecideRelease(DecideRelease),
    /// Record that the person left.
    Effect(EffectEmergencyRelease),
    /// Record that the person came back.
    RecordReturn(RecordEmergencyReturn),
    /// Record that the person broke the terms of release.
    RecordBreach(RecordReleaseBreach),
    /// Cut a right.
    CutRight(CutRight),
    /// Restore a right that was cut.
    RestoreRight(RestoreRight),
    /// Record what became of a measure.
    RecordMeasureClosed(RecordMeasureClosed),
    /// End the emergency.
    End(EndEmergency),
    /// Record that the emergency ended by law.
    RecordEndByLaw(RecordEndByLaw),
}

impl EmergencyCommand {
    /// Whom the command names, under whose keys its words are sealed.
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Self::DecideRelease(wish) => Some(wish.person),
            Self::Effect(wish) => Some(wish.person),
            Self::RecordReturn(wish) => Some(wish.person),
            Self::RecordBreach(wish) => Some(wish.person),
            Self::CutRight(wish) => wish.person,
            Self::RestoreRight(wish) => wish.person,
            Self::RecordMeasureClosed(wish) => wish.item.person(),
            Self::Declare(_)
            | Self::PublishCriteria(_)
            | Self::Extend(_)
            | Self::Screen(_)
            | Self::End(_)
            | Self::RecordEndByLaw(_) => None,
        }
    }
}

/// The declaration of an emergency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Declare {
    /// When it was declared.
    pub done: Occurred,
    /// The provision it rests on.
    #[schemars(extend("x-list" = "emergency.bases"))]
    pub basis: Code,
    /// The justice authority that answers for it.
    #[schemars(extend("x-list" = "emergency.authorities"))]
    pub justice_authority: OfficeCode,
    /// The health authority that advises.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    #[schemars(extend("x-list" = "emergency.authorities"))]
    pub health_authority: Known<OfficeCode>,
    /// Its first day.
    pub from: Day,
    /// Its last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<Day>,
    /// How many releases were announced to the public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub announced: Option<u32>,
}

/// Criteria by which people are screened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishCriteria {
    /// When they were published.
    pub done: Occurred,
    /// The number of this version.
    pub version: Code,
    /// The criteria.
    pub criteria: Vec<Criterion>,
}

/// A longer emergency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtendEmergency {
    /// When it was extended.
    pub done: Occurred,
    /// The provision it rests on.
    #[schemars(extend("x-list" = "emergency.bases"))]
    pub basis: Code,
    /// Its last day from then on.
    pub ends: Day,
}

/// What the criteria say of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Screened {
    /// Who.
    pub person: PersonId,
    /// What the criteria say.
    pub outcome: Outcome,
}

/// How many people one list holds; more of them are screened in several.
pub const LONGEST_LIST: usize = 1000;

/// A list of people who were screened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Screen {
    /// When they were screened.
    pub done: Occurred,
    /// The version of the criteria.
    pub version: Code,
    /// What the criteria say of each person.
    pub results: Vec<Screened>,
}

/// How long somebody is released.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// For good.
    Final,
    /// For a while.
    Temporary(ForAWhile),
}

/// A release for a while.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ForAWhile {
    /// The day on which the person is back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Day>,
    /// How and where the person comes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub return_plan: Option<PersonalText>,
}

/// A release that is granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GrantEmergencyRelease {
    /// How long the person is released.
    pub period: Period,
    /// What the person needs outside.
    #[serde(default, skip_serializing_if = "Readiness::is_silent")]
    pub ready: Readiness,
}

/// A release that is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RefuseEmergencyRelease {
    /// Why it is refused.
    #[schemars(extend("x-list" = "emergency.grounds"))]
    pub ground: Code,
    /// The reasons in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasons: Option<PersonalText>,
    /// Whether the person was told how to have it reviewed.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub review_told: Known<Told>,
}

/// What is decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The person is released.
    Granted(GrantEmergencyRelease),
    /// The person is not released.
    Refused(RefuseEmergencyRelease),
}

/// A check of who the person is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IdentityCheck {
    /// Who checked, by the name used to sign in.
    pub by: SubjectId,
    /// What was compared.
    #[schemars(extend("x-list" = "emergency.identity"))]
    pub compared: Vec<Code>,
}

/// A decision on one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideRelease {
    /// When it was decided.
    pub decided: Occurred,
    /// On whom it is decided.
    pub person: PersonId,
    /// The version of the criteria.
    pub version: Code,
    /// What is decided.
    pub verdict: Verdict,
    /// The checks of who the person is, by two people.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identity: Vec<IdentityCheck>,
}

/// The person leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EffectEmergencyRelease {
    /// When the person left.
    pub done: Occurred,
    /// Who left.
    pub person: PersonId,
}

/// The person comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordEmergencyReturn {
    /// When the person was back.
    pub done: Occurred,
    /// Who came back.
    pub person: PersonId,
    /// How the person came back.
    pub how: Return,
}

/// A breach of the terms of release: a fact, apart from any decision on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordReleaseBreach {
    /// When it was.
    pub done: Occurred,
    /// Whose terms were broken.
    pub person: PersonId,
    /// The facts in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts: Option<PersonalText>,
}

/// A right that is cut, for everybody or for one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CutRight {
    /// When it was decided.
    pub decided: Occurred,
    /// The right.
    #[schemars(extend("x-list" = "emergency.rights"))]
    pub right: Code,
    /// The provision it rests on.
    #[schemars(extend("x-list" = "emergency.bases"))]
    pub basis: Code,
    /// Whose right it is, where it is not everybody's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// What makes it necessary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-list" = "emergency.necessities"))]
    pub necessity: Option<Code>,
    /// Why this case needs it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasons: Option<PersonalText>,
    /// How legal aid stands, where it is one person's right.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub counsel: Known<LegalAid>,
    /// Its last day.
    pub until: Day,
}

/// A right that is given back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RestoreRight {
    /// When it was restored.
    pub done: Occurred,
    /// The right.
    #[schemars(extend("x-list" = "emergency.rights"))]
    pub right: Code,
    /// Whose right it is, where it is not everybody's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
}

/// A right of somebody or of everybody.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RightOf {
    /// The right.
    #[schemars(extend("x-list" = "emergency.rights"))]
    pub right: Code,
    /// Whose right it is, where it is not everybody's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
}

/// Something that the emergency brought and that has to come to an end.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// A version of the criteria.
    Criteria(Code),
    /// The release of a person.
    Release(PersonId),
    /// A right that was cut.
    Right(RightOf),
}

impl Item {
    /// Whom it concerns, if it is one person.
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Self::Criteria(_) => None,
            Self::Release(person) => Some(*person),
            Self::Right(right) => right.person,
        }
    }
}

/// What becomes of something that the emergency brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Closing {
    /// It goes on for now, under ordinary law.
    Kept,
    /// It ended.
    Ended,
    /// It became permanent.
    MadePermanent,
}

/// What became of a measure, and what was learnt of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordMeasureClosed {
    /// When.
    pub done: Occurred,
    /// Which measure.
    pub item: Item,
    /// What became of it.
    pub closing: Closing,
    /// What stood in its way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-list" = "emergency.obstacles"))]
    pub obstacle: Option<Code>,
    /// What was learnt of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-list" = "emergency.lessons"))]
    pub lesson: Option<Code>,
    /// The number of the paper that tells more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<CaseReference>,
}

/// The end of an emergency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndEmergency {
    /// When it ended.
    pub done: Occurred,
}

/// The end of an emergency that the law itself brings, whatever is still open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordEndByLaw {
    /// When it ended.
    pub done: Occurred,
    /// The provision that ends it.
    #[schemars(extend("x-list" = "emergency.bases"))]
    pub basis: Code,
}

dated! {
    Declare: done,
    PublishCriteria: done,
    ExtendEmergency: done,
    Screen: done,
    DecideRelease: decided,
    EffectEmergencyRelease: done,
    RecordEmergencyReturn: done,
    RecordReleaseBreach: done,
    CutRight: decided,
    RestoreRight: done,
    RecordMeasureClosed: done,
    EndEmergency: done,
}

impl Seal for EmergencyCommand {
    fn seal<S: Sealer>(&mut self, sealer: &mut S) -> Result<(), S::Error> {
        let mut said =
            |text: &mut Option<PersonalText>, class| PersonalText::seal_said(text, class, sealer);
        match self {
            Self::DecideRelease(c) => match &mut c.verdict {
                Verdict::Granted(granted) => match &mut granted.period {
                    Period::Final => Ok(()),
                    Period::Temporary(while_) => {
                        said(&mut while_.return_plan, DataClass::Supervision)
                    }
                },
                Verdict::Refused(refused) => said(&mut refused.reasons, DataClass::Judgment),
            },
            Self::RecordBreach(c) => said(&mut c.facts, DataClass::Supervision),
            Self::CutRight(c) => said(&mut c.reasons, DataClass::Judgment),
            Self::Declare(_)
            | Self::PublishCriteria(_)
            | Self::Extend(_)
            | Self::Screen(_)
            | Self::Effect(_)
            | Self::RecordReturn(_)
            | Self::RestoreRight(_)
            | Self::RecordMeasureClosed(_)
            | Self::End(_)
            | Self::RecordEndByLaw(_) => Ok(()),
        }
    }
}
