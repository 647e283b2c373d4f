//! What may be asked about what the register noticed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::act::Weight;
use crate::actor::Role;
use crate::dated;
use crate::personal::{DataClass, PersonalText, Seal, Sealer};
use crate::values::{CaseReference, Code, Day, Occurred, OfficeCode, PersonId, SubjectId};

/// What may be asked about what the register noticed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum FindingCommand {
    /// Raise what a clock that ran out asks.
    Raise(RaiseFinding),
    /// Take up what an entry carries.
    TakeUp(TakeUpFinding),
    /// Give the finding to somebody.
    Assign(AssignFinding),
    /// Close the finding.
    Close(CloseFinding),
    /// Open the finding again.
    Reopen(ReopenFinding),
}

/// A clock that ran out, as the record in which it waits tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RaiseFinding {
    /// When it was noticed.
    pub done: Occurred,
    /// The kind of record in which it waits, such as pretrial.
    pub kind: Code,
    /// The id of the record.
    pub record: Code,
    /// Whom the record concerns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// The safeguard behind it.
    pub safeguard: Code,
    /// What it waits for, such as pretrial.review.
    pub code: Code,
    /// Which of several it is.
    pub nth: u16,
    /// The last day on which it could have happened in time.
    pub due: Day,
    /// How much it weighs.
    pub weight: Weight,
    /// Whose task it is.
    pub role: Role,
}

/// The wish to look at what the register noticed about an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeUpFinding {
    /// When it was taken up.
    pub done: Occurred,
    /// The number of the entry that carries it.
    pub entry: u64,
    /// Which of the findings of the entry it is, counted from 0.
    pub nth: u16,
}

/// Who looks at it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignFinding {
    /// When it was given to them.
    pub done: Occurred,
    /// Who looks at it, by the name used to sign in.
    pub to: SubjectId,
    /// The office for which they look at it.
    #[schemars(extend("x-list" = "offices"))]
    pub office: OfficeCode,
}

/// The end of a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseFinding {
    /// When it was closed.
    pub done: Occurred,
    /// What came of it.
    #[schemars(extend("x-list" = "finding.dispositions"))]
    pub disposition: Code,
    /// The reasons in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasons: Option<PersonalText>,
    /// The number of the paper that holds more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<CaseReference>,
}

/// A finding that is not over after all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReopenFinding {
    /// When it was opened again.
    pub done: Occurred,
    /// Why it is opened again.
    #[schemars(extend("x-list" = "finding.reasons"))]
    pub reason: Code,
}

dated! {
    RaiseFinding: done,
    AssignFinding: done,
    CloseFinding: done,
    ReopenFinding: done,
}

impl Seal for FindingCommand {
    fn seal<S: Sealer>(&mut self, sealer: &mut S) -> Result<(), S::Error> {
        match self {
            Self::Close(c) => {
                PersonalText::seal_said(&mut c.reasons, DataClass::Supervision, sealer)
            }
            Self::Raise(_) | Self::TakeUp(_) | Self::Assign(_) | Self::Reopen(_) => Ok(()),
        }
    }
}
