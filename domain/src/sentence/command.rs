//! What may be asked of a sentence.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::decision::{Decision, Shown};
use crate::personal::{DataClass, PersonalText, Seal, Sealer};
use crate::values::{Code, ComponentNo, DaysHeld, Known, Length, Occurred, PersonId, PretrialId};

/// What may be asked of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum SentenceCommand {
    /// Draft a decision before it is pronounced, or revise the draft.
    Propose(Propose),
    /// Take the draft back.
    WithdrawProposal(WithReason),
    /// Impose a decision, or record one that was imposed already: the time of pronouncement tells which.
    Impose(Impose),
    /// Impose the draft unchanged.
    ImposeProposed {
        /// When it was pronounced.
        pronounced: Occurred,
        /// Comparable cases that were shown before it was final.
        #[serde(default)]
        comparison: Known<Shown>,
    },
    /// Correct a slip of the pen.
    CorrectSlip(CorrectSlip),
    /// Record that an appeal was lodged.
    LodgeAppeal(LodgeAppeal),
    /// Record that the appeal was dismissed or withdrawn.
    DismissAppeal(WithReason),
    /// Vary the decision on appeal.
    VaryOnAppeal(Vary),
    /// Quash the decision.
    Quash(WithReason),
    /// Commute a component to something lighter.
    Commute(Commute),
    /// Pardon.
    Pardon(WithReason),
    /// Credit days already spent in custody.
    CreditRemand {
        /// Days credited in all.
        days: u32,
        /// When it was decided.
        pronounced: Occurred,
    },
    /// Record how many days of detention the register knows of a case before judgment that ended with this sentence: they
    /// are credited, unless the court has said itself how many it credits.
    CompareRemand(KnownRemand),
    /// Record that a term began to be served in custody.
    StartCustody(MarkCustody),
    /// Record that the serving of a term in custody ended.
    EndCustody(MarkCustody),
    /// Activate a suspended term, in whole or in part.
    ActivateSuspended(ActivateSuspended),
    /// Sentence anew after a breach.
    Resentence(Resentence),
    /// Record that everything imposed is done.
    Complete {
        /// When.
        on: Occurred,
    },
}

/// A draft of a decision.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Propose {
    /// Whom it concerns.
    pub person: PersonId,
    /// The draft.
    pub decision: Decision,
}

/// A decision as pronounced.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Impose {
    /// Whom it concerns.
    pub person: PersonId,
    /// When it was pronounced: an instant, or a date as exactly as it is known.
    pub pronounced: Occurred,
    /// The decision.
    pub decision: Decision,
    /// Comparable cases that were shown before it was final.
    #[serde(default)]
    pub comparison: Known<Shown>,
}

/// A step with its time and, where known, a coded reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithReason {
    /// When it was decided.
    pub pronounced: Occurred,
    /// Why, coded by the pack.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-list" = "sentencing.step_reasons"))]
    pub reason: Option<Code>,
    /// Why, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<PersonalText>,
}

/// A correction of a slip: the whole decision as it should have read.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectSlip {
    /// The version of the event that is corrected.
    pub corrects: u64,
    /// When the correction was made.
    pub pronounced: Occurred,
    /// Why, coded by the pack.
    #[schemars(extend("x-list" = "sentencing.correction_reasons"))]
    pub reason: Code,
    /// The decision as it should have read; reasons in words stay as they were unless given anew.
    pub decision: Decision,
}

/// An appeal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LodgeAppeal {
    /// When.
    pub lodged: Occurred,
    /// By whom.
    pub by: Appellant,
}

/// Who appeals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Appellant {
    /// The person sentenced.
    Person,
    /// The prosecution.
    Prosecution,
    /// Another party.
    Other,
}

/// What the register knows of the detention in a case before judgment that ended with a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KnownRemand {
    /// The case before judgment.
    pub case: PretrialId,
    /// When it ended with this sentence.
    pub ended: Occurred,
    /// The times in detention that are known to the day.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub held: Vec<DaysHeld>,
}

/// A variation on appeal.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Vary {
    /// When it was pronounced.
    pub pronounced: Occurred,
    /// The decision as varied.
    pub decision: Decision,
}

/// A commutation of one component.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Commute {
    /// Which component.
    pub component: ComponentNo,
    /// What it becomes.
    pub to: super::decision::Sanction,
    /// When it was decided.
    pub pronounced: Occurred,
    /// Why, in words.
    #[serde(default)]
    pub note: Option<PersonalText>,
}

/// The beginning or end of serving in custody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkCustody {
    /// Which component.
    pub component: ComponentNo,
    /// When.
    pub on: Occurred,
}

/// The activation of a suspended term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ActivateSuspended {
    /// Which suspended component.
    pub component: ComponentNo,
    /// The part activated; absent for the whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<Length>,
    /// When it was pronounced.
    pub pronounced: Occurred,
    /// Why, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<PersonalText>,
}

/// A new sentence after a breach.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Resentence {
    /// When it was pronounced.
    pub pronounced: Occurred,
    /// The decision that replaces the earlier one.
    pub decision: Decision,
    /// The order in which the breach was proven.
    #[serde(default)]
    pub order: Option<crate::values::OrderId>,
}

impl Seal for SentenceCommand {
    fn seal<S: Sealer>(&mut self, sealer: &mut S) -> Result<(), S::Error> {
        let said = match self {
            Self::Propose(c) => return c.decision.seal(sealer),
            Self::Impose(c) => return c.decision.seal(sealer),
            Self::CorrectSlip(c) => return c.decision.seal(sealer),
            Self::VaryOnAppeal(c) => return c.decision.seal(sealer),
            Self::Resentence(c) => return c.decision.seal(sealer),
            Self::WithdrawProposal(c)
            | Self::DismissAppeal(c)
            | Self::Quash(c)
            | Self::Pardon(c) => &mut c.note,
            Self::Commute(c) => {
                c.to.seal(sealer)?;
                &mut c.note
            }
            Self::ActivateSuspended(c) => &mut c.note,
            Self::ImposeProposed { .. }
            | Self::LodgeAppeal(_)
            | Self::CreditRemand { .. }
            | Self::CompareRemand(_)
            | Self::StartCustody(_)
            | Self::EndCustody(_)
            | Self::Complete { .. } => return Ok(()),
        };
        PersonalText::seal_said(said, DataClass::Judgment, sealer)
    }
}
