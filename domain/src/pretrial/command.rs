//! What may be asked of a case before judgment.
//!
//! Each act says when it was done: an instant for what is done now, a date for what already happened. That chooses
//! the door.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::childhood::Minor;
use crate::dated;
use crate::personal::{DataClass, PersonalText, Seal, Sealer};
use crate::values::{
    CarerWeighed, CaseReference, ChildWeighed, Code, CourtCode, Day, InformedConsent, Known,
    LegalAid, Occurred, OffenceCode, PersonId, SentenceId, Told,
};

/// What may be asked of a case before judgment.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum PretrialCommand {
    /// Open a case before judgment.
    Open(OpenCase),
    /// Release without conditions.
    ReleaseUnconditionally(ReleaseUnconditionally),
    /// Impose an alternative to detention.
    ImposeAlternative(ImposeAlternative),
    /// Order detention.
    OrderDetention(OrderDetention),
    /// Review detention or an alternative.
    Review(Review),
    /// Vary an alternative.
    VaryAlternative(VaryAlternative),
    /// Record a breach of an alternative.
    RecordBreach(RecordBreach),
    /// Extend detention.
    Extend(ExtendDetention),
    /// Record how legal aid stands.
    RecordLegalAid(RecordLegalAid),
    /// Record that the person was told how to appeal, or was not.
    RecordAppealTold(AppealTold),
    /// Record an appeal against detention or an alternative.
    LodgeAppeal(PretrialAppeal),
    /// Decide on the appeal.
    DecideAppeal(DecideAppeal),
    /// End the case before judgment.
    End(EndCase),
}

/// The opening of a case before judgment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenCase {
    /// Whom it concerns.
    pub person: PersonId,
    /// When the person was brought before the court.
    pub done: Occurred,
    /// The court that decides.
    #[schemars(extend("x-list" = "courts"))]
    pub court: CourtCode,
    /// The reference of the case; never a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseReference>,
    /// The offences the person is suspected of.
    #[schemars(extend("x-list" = "offences"))]
    pub offences: Vec<OffenceCode>,
    /// When the person was arrested.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub arrested: Known<Occurred>,
    /// Age at the offence, in completed years.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub age_at_offence: Known<u16>,
    /// When the person was a child: at the offence, or still now. The date of birth says it, where the register keeps one;
    /// without it, whoever records this may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minor: Option<Minor>,
    /// What is known of the person's circumstances.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("x-list" = "sentencing.circumstances"))]
    pub circumstances: BTreeMap<Code, Known<Code>>,
}

/// A release without conditions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReleaseUnconditionally {
    /// When it was decided.
    pub decided: Occurred,
    /// The reasons in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasons: Option<PersonalText>,
}

/// A measure in place of detention.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Which.
    #[schemars(extend("x-list" = "pretrial.alternatives"))]
    pub alternative: Code,
    /// Its last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// What exactly is asked, where, and how it is seen whether it is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<PersonalText>,
}

/// An alternative to detention.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ImposeAlternative {
    /// When it was decided.
    pub decided: Occurred,
    /// The provision it rests on.
    #[schemars(extend("x-list" = "pretrial.bases"))]
    pub basis: Code,
    /// What is imposed.
    pub measures: Vec<Measure>,
    /// The person's consent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<InformedConsent>,
    /// Whether the person was told how to have it reviewed.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub review_told: Known<Told>,
    /// The reasons in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasons: Option<PersonalText>,
}

/// A ground for detention and the facts behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ground {
    /// Which.
    #[schemars(extend("x-list" = "pretrial.grounds"))]
    pub ground: Code,
    /// The facts that show it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts: Option<PersonalText>,
}

/// An alternative that was considered and does not suffice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Insufficient {
    /// Which.
    #[schemars(extend("x-list" = "pretrial.alternatives"))]
    pub alternative: Code,
    /// Why it does not suffice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<PersonalText>,
}

/// An order of detention.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderDetention {
    /// When it was decided.
    pub decided: Occurred,
    /// The provision it rests on.
    #[schemars(extend("x-list" = "pretrial.bases"))]
    pub basis: Code,
    /// The grounds, each with the facts that show it.
    pub grounds: Vec<Ground>,
    /// The alternatives considered, and why each does not suffice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<Insufficient>,
    /// By when it is reviewed.
    pub next_review: Day,
    /// Its last day.
    pub until: Day,
    /// How legal aid stands.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub counsel: Known<LegalAid>,
    /// Whether the person was told how to appeal.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub appeal_told: Known<Told>,
    /// What was weighed of a pregnancy or a dependent child.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carer: Option<CarerWeighed>,
    /// What was weighed of the person's being a child.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub child: Option<ChildWeighed>,
    /// The reasons in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasons: Option<PersonalText>,
}

/// A review: what stands goes on. Anything else is a decision of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// When it was held.
    pub held: Occurred,
    /// By when the next one is held.
    pub next_review: Day,
    /// Why what stands goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasons: Option<PersonalText>,
}

/// Another set of measures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VaryAlternative {
    /// When it was decided.
    pub decided: Occurred,
    /// What holds from then on.
    pub measures: Vec<Measure>,
    /// The person's consent, where more is asked than before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<InformedConsent>,
    /// The reasons in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasons: Option<PersonalText>,
}

/// A breach of an alternative: a fact, apart from any decision on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordBreach {
    /// When it was.
    pub done: Occurred,
    /// Of which measure.
    #[schemars(extend("x-list" = "pretrial.alternatives"))]
    pub alternative: Code,
    /// The facts in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts: Option<PersonalText>,
}

/// An extension of detention by somebody who may decide it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtendDetention {
    /// When it was decided.
    pub decided: Occurred,
    /// The provision it rests on.
    #[schemars(extend("x-list" = "pretrial.bases"))]
    pub basis: Code,
    /// Its last day from then on.
    pub until: Day,
    /// By when it is reviewed.
    pub next_review: Day,
    /// Why this case needs it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub necessity: Option<PersonalText>,
}

/// How legal aid stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordLegalAid {
    /// Since when.
    pub done: Occurred,
    /// How it stands.
    pub counsel: LegalAid,
}

/// Whether the person was told how to appeal against the detention, where that was recorded after the decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AppealTold {
    /// When it was told, or asked whether it was.
    pub done: Occurred,
    /// Whether the person was told.
    pub told: Told,
}

/// An appeal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PretrialAppeal {
    /// When it was lodged.
    pub lodged: Occurred,
}

/// What an appeal came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AppealOutcome {
    /// What stands goes on.
    Dismissed,
    /// What stands is lifted: the person is free without conditions.
    Allowed,
    /// It was withdrawn.
    Withdrawn,
}

/// A decision on an appeal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideAppeal {
    /// When it was decided.
    pub decided: Occurred,
    /// What it came to.
    pub outcome: AppealOutcome,
    /// The reasons in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasons: Option<PersonalText>,
}

/// How a case before judgment ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CaseEnd {
    /// The person was sentenced, by this sentence.
    Sentenced(SentenceId),
    /// The person was acquitted.
    Acquitted,
    /// The prosecution goes no further.
    Discontinued,
    /// The case is kept out of court.
    Diverted,
    /// The person died.
    Died,
}

/// The end of a case before judgment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndCase {
    /// When.
    pub done: Occurred,
    /// How.
    pub how: CaseEnd,
}

dated! {
    OpenCase: done,
    ReleaseUnconditionally: decided,
    ImposeAlternative: decided,
    OrderDetention: decided,
    Review: held,
    VaryAlternative: decided,
    RecordBreach: done,
    ExtendDetention: decided,
    RecordLegalAid: done,
    AppealTold: done,
    PretrialAppeal: lodged,
    DecideAppeal: decided,
    EndCase: done,
}

impl Seal for PretrialCommand {
    fn seal<S: Sealer>(&mut self, sealer: &mut S) -> Result<(), S::Error> {
        let mut said = |text: &mut Option<PersonalText>| {
            PersonalText::seal_said(text, DataClass::Judgment, sealer)
        };
        match self {
            Self::ReleaseUnconditionally(c) => said(&mut c.reasons),
            Self::ImposeAlternative(c) => {
                c.measures.iter_mut().try_for_each(|m| said(&mut m.terms))?;
                said(&mut c.reasons)
            }
            Self::OrderDetention(c) => {
                c.grounds.iter_mut().try_for_each(|g| said(&mut g.facts))?;
                c.alternatives
                    .iter_mut()
                    .try_for_each(|a| said(&mut a.why))?;
                said(&mut c.reasons)?;
                if let Some(carer) = &mut c.carer {
                    carer.seal(sealer)?;
                }
                match &mut c.child {
                    Some(child) => child.seal(sealer),
                    None => Ok(()),
                }
            }
            Self::Review(c) => said(&mut c.reasons),
            Self::VaryAlternative(c) => {
                c.measures.iter_mut().try_for_each(|m| said(&mut m.terms))?;
                said(&mut c.reasons)
            }
            Self::RecordBreach(c) => said(&mut c.facts),
            Self::Extend(c) => said(&mut c.necessity),
            Self::DecideAppeal(c) => said(&mut c.reasons),
            Self::Open(_)
            | Self::RecordLegalAid(_)
            | Self::RecordAppealTold(_)
            | Self::LodgeAppeal(_)
            | Self::End(_) => Ok(()),
        }
    }
}
