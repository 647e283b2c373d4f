//! What a jurisdiction asks of cases kept out of court.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Coded, PackError, Provision, once};
use crate::values::{Code, OffenceCode};

/// What a reason for a return says of the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReturnMeaning {
    /// The person did not do what was asked.
    Failed,
    /// The person withdrew consent, which is no failure.
    Withdrawn,
}

/// A reason why a case goes back to the prosecution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnReason {
    /// The code.
    pub code: Code,
    /// The words.
    pub title: String,
    /// What it says of the person, where it says anything.
    #[serde(default)]
    pub means: Option<ReturnMeaning>,
}

/// What a jurisdiction asks of cases kept out of court. An empty list holds every code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DiversionRules {
    /// Provisions on which offers and discharges rest.
    pub bases: Vec<Provision>,
    /// Measures that ask something of the person, lightest first.
    pub kinds: Vec<Coded>,
    /// Discharges, which ask nothing.
    pub discharges: Vec<Coded>,
    /// What may be asked of the person.
    pub obligations: Vec<Coded>,
    /// The published criteria (Tokyo Rules 5.1).
    pub criteria: Vec<Coded>,
    /// Reasons why a case goes back to the prosecution.
    pub return_reasons: Vec<ReturnReason>,
    /// The minor offences, in which the prosecution may ask something without a court; every one where none is named.
    pub minor: Vec<OffenceCode>,
    /// How many days obligations may last.
    pub longest_days: Option<u32>,
    /// For how many days an offer waits for the person's consent.
    pub consent_days: Option<u32>,
}

impl DiversionRules {
    /// What a reason says of the person.
    pub fn meaning(&self, reason: &Code) -> Option<ReturnMeaning> {
        let mut reasons = self.return_reasons.iter();
        reasons.find(|known| &known.code == reason)?.means
    }

    /// The reasons for a return, as a list of codes.
    pub(crate) fn reasons(&self) -> Vec<Coded> {
        let coded = |reason: &ReturnReason| Coded {
            code: reason.code.clone(),
            title: reason.title.clone(),
        };
        self.return_reasons.iter().map(coded).collect()
    }

    pub(super) fn check(&self) -> Result<(), PackError> {
        once("diversion.bases", self.bases.iter().map(|b| &b.code))?;
        let reasons = self.reasons();
        for (at, list) in [
            ("diversion.kinds", &self.kinds),
            ("diversion.discharges", &self.discharges),
            ("diversion.obligations", &self.obligations),
            ("diversion.criteria", &self.criteria),
            ("diversion.return_reasons", &reasons),
        ] {
            once(at, list.iter().map(|coded| &coded.code))?;
        }
        once("diversion.minor", self.minor.iter())
    }
}
