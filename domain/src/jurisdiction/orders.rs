//! What a jurisdiction asks of community orders and their enforcement.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Coded, Fraction, PackError, once};
use crate::values::{Code, Length, Unit};

/// A kind of requirement that an order may hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequirementRule {
    /// The code, for example `unpaid-work`.
    pub kind: Code,
    /// The words.
    pub title: String,
    /// The unit in which it is fulfilled; absent when it only lasts.
    #[serde(default)]
    pub unit: Option<Unit>,
    /// The least amount, in that unit.
    #[serde(default)]
    pub least: Option<u32>,
    /// The greatest amount, in that unit.
    #[serde(default)]
    pub most: Option<u32>,
    /// The longest it may last.
    #[serde(default)]
    pub longest: Option<Length>,
    /// Whether it needs the person's informed consent, as treatment does.
    #[serde(default)]
    pub consent: bool,
    /// Whether it starts a supervision.
    #[serde(default)]
    pub supervision: bool,
}

/// What an outcome of an appointment counts as.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeKind {
    /// The person came and complied.
    Attended,
    /// The person came and failed to comply.
    Failed,
    /// The person was absent for an acceptable reason.
    AcceptableAbsence,
    /// The person was absent without one.
    UnacceptableAbsence,
    /// Moved to another day.
    Moved,
    /// Evidence is awaited.
    Awaiting,
}

impl OutcomeKind {
    /// Whether time or sessions may be credited for it.
    pub fn gives_credit(self) -> bool {
        matches!(self, Self::Attended)
    }

    /// Whether it is a failure that may be enforced.
    pub fn is_failure(self) -> bool {
        matches!(self, Self::Failed | Self::UnacceptableAbsence)
    }
}

/// An outcome that may be recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OutcomeRule {
    /// The code.
    pub code: Code,
    /// The words.
    pub title: String,
    /// What it counts as.
    pub kind: OutcomeKind,
}

/// When failures lead on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Enforcement {
    /// So many unacceptable failures may be put before the court.
    pub failures_before_breach: u32,
    /// Counted over so many months.
    pub within_months: u32,
    /// Working days for evidence of an acceptable reason.
    pub days_for_evidence: u32,
}

impl Default for Enforcement {
    fn default() -> Self {
        Self {
            failures_before_breach: 2,
            within_months: 12,
            days_for_evidence: 5,
        }
    }
}

/// What a jurisdiction asks of community orders.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct OrderRules {
    /// The longest an order may last.
    pub longest: Option<Length>,
    /// The kinds of requirement.
    pub requirements: Vec<RequirementRule>,
    /// The outcomes of appointments.
    pub outcomes: Vec<OutcomeRule>,
    /// Enforcement.
    pub enforcement: Enforcement,
    /// The most minutes that one entry may credit.
    pub most_minutes_a_credit: Option<u32>,
    /// The part of an order after which it may end early when it has done its work.
    pub early_end: Option<Fraction>,
    /// Reasons for reversing or adjusting a credit.
    pub credit_reasons: Vec<Coded>,
    /// Reasons for correcting an attendance or withdrawing a warning.
    pub correction_reasons: Vec<Coded>,
    /// Reasons for ending a requirement or an order.
    pub ending_reasons: Vec<Coded>,
    /// Responses that a court may give to a proven breach.
    pub breach_responses: Vec<Coded>,
    /// The responses among them that bring custody (Tokyo Rules 14.4 asks for the alternatives).
    pub custodial_responses: Vec<Code>,
}

impl OrderRules {
    /// The rule of a kind of requirement.
    pub fn requirement(&self, kind: &Code) -> Option<&RequirementRule> {
        self.requirements.iter().find(|r| &r.kind == kind)
    }

    /// The rule of an outcome.
    pub fn outcome(&self, code: &Code) -> Option<&OutcomeRule> {
        self.outcomes.iter().find(|o| &o.code == code)
    }

    /// Whether a response brings custody.
    pub fn is_custodial(&self, response: &Code) -> bool {
        self.custodial_responses.contains(response)
    }

    pub(super) fn check(&self) -> Result<(), PackError> {
        once(
            "orders.requirements",
            self.requirements.iter().map(|r| &r.kind),
        )?;
        once("orders.outcomes", self.outcomes.iter().map(|o| &o.code))?;
        for (at, list) in [
            ("orders.credit_reasons", &self.credit_reasons),
            ("orders.correction_reasons", &self.correction_reasons),
            ("orders.ending_reasons", &self.ending_reasons),
            ("orders.breach_responses", &self.breach_responses),
        ] {
            once(at, list.iter().map(|coded| &coded.code))?;
        }
        let listed = |code: &&Code| self.breach_responses.iter().any(|r| &r.code == *code);
        match self.custodial_responses.iter().find(|c| !listed(c)) {
            Some(code) => Err(PackError::Dangling {
                at: "orders.custodial_responses".to_owned(),
                code: code.to_string(),
            }),
            None => Ok(()),
        }
    }
}
