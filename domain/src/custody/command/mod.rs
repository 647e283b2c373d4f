//! What may be asked of a stay in a place of detention.
//!
//! What somebody has to tell on the way in is asked and may be declined. Names of children, health in words and reasons
//! are sealed; what a rule or a figure needs is coded.

mod entry;
mod seal;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(in crate::custody) use entry::Beside;
pub use entry::{
    Admit, AnswersLater, Arrest, Arrival, BreachArrest, Commitment, HoldingBasis, IrregularHolding,
    NewCommitment, OtherBasis, Protect, Reception,
};

use crate::act::Reference;
use crate::dated;
use crate::personal::PersonalText;
pub use crate::values::Answer;
use crate::values::{
    ChildNo, Code, Day, FacilityCode, Known, Occurred, PretrialId, SentenceId, Told,
};

/// What may be asked of a stay in a place of detention.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum CustodyCommand {
    /// Admit somebody on an order.
    Admit(Admit),
    /// Record that somebody is held without a valid order.
    RecordIrregularHolding(IrregularHolding),
    /// Take somebody in to protect her, at her own request.
    Protect(Protect),
    /// Record the order that was missing.
    Regularise(NewCommitment),
    /// Record the order on which the stay goes on.
    ContinueOn(NewCommitment),
    /// Classify the person.
    Classify(Classify),
    /// Isolate the person.
    Isolate(Isolate),
    /// End the isolation.
    EndIsolation(EndIsolation),
    /// Record that she no longer wants to be held for her protection.
    WithdrawProtection(WithdrawProtection),
    /// Place a child with its mother.
    PlaceChild(PlaceChild),
    /// Separate a child from its mother.
    SeparateChild(SeparateChild),
    /// Move the person to another place.
    Transfer(TransferPerson),
    /// Record a visit, a call or a letter.
    RecordContact(FamilyContact),
    /// Ask, and record the answer: what was not asked or noted at the reception.
    RecordAnswers(AnswersLater),
    /// Record that the decision on which the stay rests fell.
    RecordBasisFallen(BasisFallen),
    /// Release the person.
    Release(ReleaseFromCustody),
}

/// A decision on which a stay rested, and how it fell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FallenDecision {
    /// The case before judgment ended without a sentence.
    CaseEnded(PretrialId),
    /// The case before judgment ended with a sentence, and the committal on it is not recorded.
    Sentenced(PretrialId),
    /// The case before judgment ended with a sentence that holds no custody.
    SentencedWithoutCustody(PretrialId),
    /// The court ended the detention in the case before judgment.
    DetentionEnded(PretrialId),
    /// The sentence was quashed.
    Quashed(SentenceId),
    /// The person was pardoned.
    Pardoned(SentenceId),
    /// The sentence is completed.
    Completed(SentenceId),
    /// The sentence was corrected, varied, commuted or imposed anew, and holds no custody any more.
    NoCustodyLeft(SentenceId),
}

impl FallenDecision {
    /// What fell, in another stream.
    pub fn reference(self) -> Reference {
        match self {
            Self::CaseEnded(case)
            | Self::Sentenced(case)
            | Self::SentencedWithoutCustody(case)
            | Self::DetentionEnded(case) => Reference::Pretrial(case),
            Self::Quashed(sentence)
            | Self::Pardoned(sentence)
            | Self::Completed(sentence)
            | Self::NoCustodyLeft(sentence) => Reference::Sentence(sentence),
        }
    }

    /// The words that people read.
    pub fn title(self) -> &'static str {
        match self {
            Self::CaseEnded(_) => "the case before judgment ended without a sentence",
            Self::Sentenced(_) => "the case before judgment ended with a sentence",
            Self::SentencedWithoutCustody(_) => {
                "the case before judgment ended with a sentence that holds no custody"
            }
            Self::DetentionEnded(_) => "the court ended the detention",
            Self::Quashed(_) => "the sentence was quashed",
            Self::Pardoned(_) => "the person was pardoned",
            Self::Completed(_) => "the sentence is completed",
            Self::NoCustodyLeft(_) => "the sentence holds no custody any more",
        }
    }
}

/// That the decision fell on which a stay rests. It releases nobody: somebody has to record another order, or the release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BasisFallen {
    /// When the decision fell.
    pub fell: Occurred,
    /// Which decision it is, and how it fell.
    pub decision: FallenDecision,
}

/// A level of security, and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Classify {
    /// When it was decided.
    pub decided: Occurred,
    /// The level of security.
    #[schemars(extend("x-list" = "custody.levels"))]
    pub level: Code,
    /// With which instrument it was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-list" = "custody.instruments"))]
    pub instrument: Option<Code>,
    /// Whether the person has suffered violence.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub violence_suffered: Known<Answer>,
    /// Whether the person's mental health needs care.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub mental_health: Known<Answer>,
    /// Whether the person uses alcohol or drugs.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub substance_use: Known<Answer>,
    /// Whether the person cares for somebody.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub caretaking: Known<Answer>,
    /// The part of the place to which the person is assigned, where that is decided with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-list" = "facility.units"))]
    pub unit: Option<Code>,
    /// The provision that allows a child to be held with adults, where the child is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-list" = "custody.child_with_adults"))]
    pub with_adults: Option<Code>,
    /// The reasons in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasons: Option<PersonalText>,
}

/// What an isolation is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum IsolationPurpose {
    /// To punish.
    Sanction,
    /// To protect.
    Protection,
    /// To keep an illness from spreading.
    Health,
}

/// An isolation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Isolate {
    /// Since when.
    pub from: Occurred,
    /// How many hours a day the person is alone.
    pub hours_a_day: u8,
    /// What it is for.
    pub purpose: IsolationPurpose,
    /// On what ground.
    #[schemars(extend("x-list" = "custody.isolation_grounds"))]
    pub ground: Code,
    /// Whether the person's health was checked before it.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub health_checked: Known<Answer>,
}

/// The end of an isolation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndIsolation {
    /// When it ended.
    pub ended: Occurred,
}

/// The end of her wish to be protected in custody. It is never refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawProtection {
    /// When she said so.
    pub withdrawn: Occurred,
}

/// A child that lives with its mother in the place of detention. It is no prisoner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceChild {
    /// When the child came.
    pub placed: Occurred,
    /// The number of the child, if it was noted before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub child: Option<ChildNo>,
    /// Age of a child that was not noted before, in completed years.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub age: Known<u16>,
    /// By when it is decided where the child lives from then on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// Why it is best for the child.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub best_interests: Option<PersonalText>,
}

/// A child that leaves its mother.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SeparateChild {
    /// When the child left.
    pub separated: Occurred,
    /// The number of the child.
    pub child: ChildNo,
    /// Why it is best for the child.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub best_interests: Option<PersonalText>,
    /// Where the child goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-list" = "custody.placements"))]
    pub placement: Option<Code>,
    /// The reasons in words, where one of the two is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasons: Option<PersonalText>,
}

/// A transfer to another place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TransferPerson {
    /// When the person was moved.
    pub moved: Occurred,
    /// Where to.
    #[schemars(extend("x-list" = "facilities"))]
    pub to: FacilityCode,
    /// Why.
    #[schemars(extend("x-list" = "custody.transfer_reasons"))]
    pub reason: Code,
    /// In which part of the place, where one is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-list" = "facility.units"))]
    pub unit: Option<Code>,
    /// The provision that allows a child to be held with adults, where the child is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-list" = "custody.child_with_adults"))]
    pub with_adults: Option<Code>,
    /// Whether the family was told.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub family_told: Known<Told>,
}

/// A contact with the family.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FamilyContact {
    /// When it was.
    pub held: Occurred,
    /// What it was.
    #[schemars(extend("x-list" = "custody.contacts"))]
    pub kind: Code,
}

/// A release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReleaseFromCustody {
    /// When the person left.
    pub released: Occurred,
    /// On what ground.
    #[schemars(extend("x-list" = "custody.release_grounds"))]
    pub ground: Code,
    /// Whether a copy of the file was offered.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub copy_offered: Known<Answer>,
    /// What was arranged for the time after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<PersonalText>,
}

dated! {
    Admit: admitted,
    IrregularHolding: since,
    Protect: taken_in,
    NewCommitment: done,
    Classify: decided,
    Isolate: from,
    EndIsolation: ended,
    WithdrawProtection: withdrawn,
    PlaceChild: placed,
    SeparateChild: separated,
    TransferPerson: moved,
    FamilyContact: held,
    AnswersLater: asked,
    BasisFallen: fell,
    ReleaseFromCustody: released,
}
