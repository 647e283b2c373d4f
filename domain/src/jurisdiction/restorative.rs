//! What a jurisdiction asks of restorative processes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Coded, PackError, once};
use crate::values::Code;

/// A reason why a process ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndReason {
    /// The code.
    pub code: Code,
    /// The words.
    pub title: String,
    /// Whether it blames somebody who took part; such a reason is known only to be refused.
    #[serde(default)]
    pub blames: bool,
}

/// What a jurisdiction asks of restorative processes. An empty list of codes holds every code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RestorativeRules {
    /// Kinds of process.
    pub kinds: Vec<Coded>,
    /// What may be agreed on.
    pub points: Vec<Coded>,
    /// Reasons why a process ended.
    pub end_reasons: Vec<EndReason>,
    /// Grounds of a sentence that would hold a process against somebody; no sentence may name one.
    pub forbidden_grounds: Vec<Code>,
    /// For how many days a referral waits for its start.
    pub waiting_days: Option<u32>,
}

impl RestorativeRules {
    /// Whether a reason blames somebody who took part.
    pub fn blames(&self, reason: &Code) -> bool {
        let mut reasons = self.end_reasons.iter();
        reasons.any(|known| known.blames && &known.code == reason)
    }

    /// The reasons for an end that blame nobody, as a list of codes.
    pub(crate) fn reasons(&self) -> Vec<Coded> {
        let coded = |reason: &EndReason| Coded {
            code: reason.code.clone(),
            title: reason.title.clone(),
        };
        let reasons = self.end_reasons.iter();
        reasons.filter(|r| !r.blames).map(coded).collect()
    }

    pub(super) fn check(&self) -> Result<(), PackError> {
        for (at, list) in [
            ("restorative.kinds", &self.kinds),
            ("restorative.points", &self.points),
        ] {
            once(at, list.iter().map(|coded| &coded.code))?;
        }
        let reasons = self.end_reasons.iter().map(|reason| &reason.code);
        once("restorative.end_reasons", reasons)?;
        once(
            "restorative.forbidden_grounds",
            self.forbidden_grounds.iter(),
        )
    }
}
