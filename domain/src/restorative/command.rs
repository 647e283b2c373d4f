//! What may be asked of a restorative process.
//!
//! Each act says when it was done: an instant for what is done now, a date for what already happened. That chooses
//! the door.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::childhood::Minor;
use crate::dated;
use crate::personal::{DataClass, PersonalText, Seal, Sealer};
use crate::stream::Dated;
use crate::values::{
    CaseReference, Code, Day, DiversionId, InformedConsent, Known, Occurred, OfficeCode, PersonId,
    PointNo, SentenceId, SubjectId,
};

/// What may be asked of a restorative process.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum RestorativeCommand {
    /// Refer a case.
    Refer(ReferToProcess),
    /// Record that a side consents.
    GiveConsent(ConsentToProcess),
    /// Record that a side consents no longer.
    WithdrawConsent(WithdrawFromProcess),
    /// Start the process.
    Start(StartProcess),
    /// Record what the sides agreed on.
    ReachAgreement(ReachAgreement),
    /// Record that points of the agreement are fulfilled.
    Fulfil(Fulfil),
    /// End the process without an agreement.
    EndWithoutAgreement(EndProcess),
    /// End the process with an agreement that is not fulfilled.
    EndUnfulfilled(EndProcess),
}

/// What a process hangs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// A sentence.
    Sentence(SentenceId),
    /// A case kept out of court.
    Diversion(DiversionId),
}

/// A referral.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReferToProcess {
    /// Who is held to have done the harm.
    pub person: PersonId,
    /// When it was referred.
    pub done: Occurred,
    /// Which office refers it.
    #[schemars(extend("x-list" = "offices"))]
    pub office: OfficeCode,
    /// Which kind of process.
    #[schemars(extend("x-list" = "restorative.kinds"))]
    pub kind: Code,
    /// The reference of the case; never a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseReference>,
    /// What it hangs on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// Who suffered the harm, where that person is in the register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub victim: Option<PersonId>,
    /// Age of the person now, in completed years.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub age: Known<u16>,
    /// When the person was a child: at the offence, or still now. The date of birth says it, where the register keeps one;
    /// without it, whoever records this may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minor: Option<Minor>,
    /// Age of the victim now, in completed years.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub victim_age: Known<u16>,
    /// Why it is referred.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasons: Option<PersonalText>,
}

/// A side of a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Who is held to have done the harm.
    Offender,
    /// Who suffered it.
    Victim,
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Offender => "offender",
            Self::Victim => "victim",
        })
    }
}

/// The consent of a side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsentToProcess {
    /// Who consents.
    pub side: Side,
    /// How it was given.
    pub consent: InformedConsent,
}

/// A withdrawal of consent. Nothing has to be said for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawFromProcess {
    /// Who withdraws.
    pub side: Side,
    /// When it was withdrawn.
    pub done: Occurred,
    /// What that side wants to say about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<PersonalText>,
}

/// The start of a process.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StartProcess {
    /// When the sides first met, or first spoke through somebody.
    pub done: Occurred,
    /// Who leads it, fair to both sides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facilitator: Option<SubjectId>,
}

/// A point of an agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// Of which kind.
    #[schemars(extend("x-list" = "restorative.points"))]
    pub kind: Code,
    /// The last day to fulfil it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// What exactly was agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<PersonalText>,
}

/// An agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReachAgreement {
    /// When it was reached.
    pub done: Occurred,
    /// What was agreed, point by point.
    pub points: Vec<Point>,
}

/// What was fulfilled of an agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fulfil {
    /// When it was fulfilled.
    pub done: Occurred,
    /// Which points, by their numbers; all that are left where none is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<PointNo>,
    /// A note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<PersonalText>,
}

/// An end that is nobody's fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndProcess {
    /// When it ended.
    pub done: Occurred,
    /// Why.
    #[schemars(extend("x-list" = "restorative.end_reasons"))]
    pub reason: Code,
    /// A note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<PersonalText>,
}

dated! {
    ReferToProcess: done,
    WithdrawFromProcess: done,
    StartProcess: done,
    ReachAgreement: done,
    Fulfil: done,
    EndProcess: done,
}

impl Dated for ConsentToProcess {
    fn done(&self) -> Occurred {
        self.consent.given
    }
}

impl Seal for RestorativeCommand {
    fn seal<S: Sealer>(&mut self, sealer: &mut S) -> Result<(), S::Error> {
        let mut said = |text: &mut Option<PersonalText>| {
            PersonalText::seal_said(text, DataClass::Judgment, sealer)
        };
        match self {
            Self::Refer(c) => said(&mut c.reasons),
            Self::WithdrawConsent(c) => said(&mut c.said),
            Self::ReachAgreement(c) => {
                let mut points = c.points.iter_mut();
                points.try_for_each(|point| said(&mut point.terms))
            }
            Self::Fulfil(c) => said(&mut c.note),
            Self::EndWithoutAgreement(c) | Self::EndUnfulfilled(c) => said(&mut c.note),
            Self::GiveConsent(_) | Self::Start(_) => Ok(()),
        }
    }
}
