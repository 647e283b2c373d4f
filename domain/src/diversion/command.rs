//! What may be asked of a case kept out of court.
//!
//! Each act says when it was done: an instant for what is done now, a date for what already happened. That chooses
//! the door.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::childhood::Minor;
use crate::dated;
use crate::personal::{DataClass, PersonalText, Seal, Sealer};
use crate::values::{
    CaseReference, Code, Day, InformedConsent, Known, Occurred, OffenceCode, PersonId,
};

/// What may be asked of a case kept out of court.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum DiversionCommand {
    /// Offer to keep a case out of court.
    Offer(OfferDiversion),
    /// Discharge: neither a trial nor an obligation.
    Discharge(DischargeCase),
    /// Record that the person agrees.
    GiveConsent(InformedConsent),
    /// Record that the person agrees no longer.
    WithdrawConsent(WithdrawConsent),
    /// Let the obligations begin.
    Activate(Activate),
    /// Record that all was done.
    Complete(CompleteDiversion),
    /// Return the case to the prosecution.
    ReturnToProsecution(ReturnToProsecution),
}

/// Who decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Decider {
    /// The prosecution.
    Prosecution,
    /// A court.
    Court,
}

/// Something that is asked of the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Obligation {
    /// Of which kind.
    #[schemars(extend("x-list" = "diversion.obligations"))]
    pub kind: Code,
    /// Its last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// What exactly is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<PersonalText>,
}

/// An offer to keep a case out of court.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfferDiversion {
    /// Whom it concerns.
    pub person: PersonId,
    /// When it was decided.
    pub decided: Occurred,
    /// Who decided.
    pub by: Decider,
    /// The reference of the case; never a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseReference>,
    /// The offences the person is suspected of.
    #[schemars(extend("x-list" = "offences"))]
    pub offences: Vec<OffenceCode>,
    /// Age at the offence, in completed years.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub age_at_offence: Known<u16>,
    /// When the person was a child: at the offence, or still now. The date of birth says it, where the register keeps one;
    /// without it, whoever records this may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minor: Option<Minor>,
    /// What is offered in place of a trial.
    #[schemars(extend("x-list" = "diversion.kinds"))]
    pub kind: Code,
    /// The provision it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-list" = "diversion.bases"))]
    pub basis: Option<Code>,
    /// The published criteria that are met.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-list" = "diversion.criteria"))]
    pub criteria: Vec<Code>,
    /// What is asked of the person.
    pub obligations: Vec<Obligation>,
    /// The reasons in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasons: Option<PersonalText>,
}

/// A discharge: the case ends without a trial and without an obligation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DischargeCase {
    /// Whom it concerns.
    pub person: PersonId,
    /// When it was decided.
    pub decided: Occurred,
    /// Who decided.
    pub by: Decider,
    /// The reference of the case; never a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseReference>,
    /// The offences the person was suspected of.
    #[schemars(extend("x-list" = "offences"))]
    pub offences: Vec<OffenceCode>,
    /// Age at the offence, in completed years.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub age_at_offence: Known<u16>,
    /// When the person was a child: at the offence, or still now. The date of birth says it, where the register keeps one;
    /// without it, whoever records this may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minor: Option<Minor>,
    /// How the case is discharged.
    #[schemars(extend("x-list" = "diversion.discharges"))]
    pub kind: Code,
    /// The provision it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-list" = "diversion.bases"))]
    pub basis: Option<Code>,
    /// The published criteria that are met.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-list" = "diversion.criteria"))]
    pub criteria: Vec<Code>,
    /// The reasons in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasons: Option<PersonalText>,
}

/// A withdrawal of consent. Nothing has to be said for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawConsent {
    /// When it was withdrawn.
    pub done: Occurred,
    /// What the person wants to say about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<PersonalText>,
}

/// The beginning of the obligations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Activate {
    /// When the obligations began.
    pub done: Occurred,
}

/// The end of obligations that were met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CompleteDiversion {
    /// When all was done.
    pub done: Occurred,
    /// A note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<PersonalText>,
}

/// A return of the case: the prosecution decides anew whether it charges.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnToProsecution {
    /// When it was decided.
    pub decided: Occurred,
    /// Who decided.
    pub by: Decider,
    /// Why.
    #[schemars(extend("x-list" = "diversion.return_reasons"))]
    pub reason: Code,
    /// The facts in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts: Option<PersonalText>,
}

dated! {
    OfferDiversion: decided,
    DischargeCase: decided,
    InformedConsent: given,
    WithdrawConsent: done,
    Activate: done,
    CompleteDiversion: done,
    ReturnToProsecution: decided,
}

impl Seal for DiversionCommand {
    fn seal<S: Sealer>(&mut self, sealer: &mut S) -> Result<(), S::Error> {
        let mut said = |text: &mut Option<PersonalText>| {
            PersonalText::seal_said(text, DataClass::Judgment, sealer)
        };
        match self {
            Self::Offer(c) => {
                let mut asked = c.obligations.iter_mut();
                asked.try_for_each(|obligation| said(&mut obligation.terms))?;
                said(&mut c.reasons)
            }
            Self::Discharge(c) => said(&mut c.reasons),
            Self::WithdrawConsent(c) => said(&mut c.said),
            Self::Complete(c) => said(&mut c.note),
            Self::ReturnToProsecution(c) => said(&mut c.facts),
            Self::GiveConsent(_) | Self::Activate(_) => Ok(()),
        }
    }
}
