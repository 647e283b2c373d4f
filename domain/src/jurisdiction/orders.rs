//! What a jurisdiction asks of community orders and their enforcement.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Coded, Fraction, PackError, once};
use crate::values::{Code, Day, Length, Unit};

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

impl Enforcement {
    /// The last day on which evidence of an acceptable reason is in time, counted from the day after the absence over the
    /// days from Monday to Friday. Public holidays stand in no pack, so an office that was closed on one counts later.
    pub fn evidence_until(&self, absence: Day) -> Day {
        let weeks = self.days_for_evidence.checked_div(5).unwrap_or_default();
        let rest = self.days_for_evidence.checked_rem(5).unwrap_or_default();
        // An absence at a weekend counts from its Friday.
        let absence = match weekday(absence) {
            day @ (SATURDAY | SUNDAY) => absence.minus_days(day.saturating_sub(FRIDAY)),
            _ => absence,
        };
        let last = absence.plus_days(weeks.saturating_mul(7));
        let beyond = weekday(last).saturating_add(rest);
        last.plus_days(if beyond > FRIDAY {
            rest.saturating_add(2)
        } else {
            rest
        })
    }
}

const FRIDAY: u32 = 4;
const SATURDAY: u32 = 5;
const SUNDAY: u32 = 6;

/// The day of the week, from 0, a Monday.
fn weekday(day: Day) -> u32 {
    let monday = Day::of(2021, 1, 4).map_or(0, |monday| monday.days_until(day));
    u32::try_from(monday.rem_euclid(7)).unwrap_or_default()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_is_in_time_until_so_many_working_days_after_the_absence() {
        let until = |days_for_evidence: u32, absence: &str| {
            let rule = Enforcement {
                days_for_evidence,
                ..Enforcement::default()
            };
            rule.evidence_until(absence.parse().unwrap()).to_string()
        };
        // 2 March 2026 is a Monday.
        assert_eq!(until(5, "2026-03-02"), "2026-03-09");
        assert_eq!(until(3, "2026-03-02"), "2026-03-05");
        assert_eq!(until(3, "2026-03-05"), "2026-03-10");
        assert_eq!(until(7, "2026-03-06"), "2026-03-17");
        assert_eq!(until(5, "2026-03-07"), "2026-03-13", "a Saturday");
        assert_eq!(until(1, "2026-03-08"), "2026-03-09", "a Sunday");
        assert_eq!(until(0, "2026-03-04"), "2026-03-04");
    }
}
