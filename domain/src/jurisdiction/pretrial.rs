//! What a jurisdiction asks before judgment.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Coded, PackError, Provision, once};
use crate::values::Code;

/// How long detention may last at a stage of the proceedings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TimeLimit {
    /// The code.
    pub code: Code,
    /// The stage, in words.
    pub title: String,
    /// How many days.
    pub days: u32,
}

/// What a jurisdiction asks before judgment. An empty list holds every code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PretrialRules {
    /// Provisions on which detention and its alternatives rest.
    pub bases: Vec<Provision>,
    /// Provisions on which only measures in place of detention rest: detention, and its extension, name another.
    pub for_measures: Vec<Code>,
    /// Grounds for detention.
    pub grounds: Vec<Coded>,
    /// Alternatives to detention, lightest first.
    pub alternatives: Vec<Coded>,
    /// What makes it necessary to hold somebody who is pregnant or has a dependent child (Bangkok Rules 64).
    pub dangers: Vec<Coded>,
    /// On which grounds a child may be held (Beijing Rules 17.1(c)).
    pub child_grounds: Vec<Coded>,
    /// How many days detention may last in all before judgment.
    pub longest_days: Option<u32>,
    /// How long it may last at each stage, where the law tells stages apart.
    pub time_limits: Vec<TimeLimit>,
    /// Within how many days detention is reviewed.
    pub review_days: Option<u32>,
    /// Within how many days the detention of a child is reviewed (General Comment 24: about two weeks).
    pub child_review_days: Option<u32>,
    /// How many measures are thought to be kept at once.
    pub most_measures: Option<usize>,
    /// Whether the days from the arrest to the first decision on liberty count as detention, as those on an order do.
    pub counts_arrest: bool,
    /// Which alternatives need no consent; the others are imposed before a trial and need it.
    pub without_consent: Vec<Code>,
}

impl PretrialRules {
    pub(super) fn check(&self) -> Result<(), PackError> {
        once("pretrial.bases", self.bases.iter().map(|basis| &basis.code))?;
        let limits = self.time_limits.iter();
        once(
            "pretrial.time_limits",
            limits.clone().map(|limit| &limit.code),
        )?;
        let beyond = |limit: &&TimeLimit| self.longest_days.is_some_and(|most| limit.days > most);
        if let Some(limit) = limits.clone().find(beyond) {
            return Err(PackError::Unreadable(format!(
                "pretrial.time_limits.{} is longer than pretrial.longest_days",
                limit.code
            )));
        }
        for (at, list) in [
            ("pretrial.grounds", &self.grounds),
            ("pretrial.alternatives", &self.alternatives),
            ("pretrial.dangers", &self.dangers),
            ("pretrial.child_grounds", &self.child_grounds),
        ] {
            once(at, list.iter().map(|coded| &coded.code))?;
        }
        for code in &self.for_measures {
            if !self.bases.iter().any(|basis| &basis.code == code) {
                return Err(PackError::Dangling {
                    at: "pretrial.for_measures".to_owned(),
                    code: code.to_string(),
                });
            }
        }
        for code in &self.without_consent {
            if !self.alternatives.iter().any(|known| &known.code == code) {
                return Err(PackError::Dangling {
                    at: "pretrial.without_consent".to_owned(),
                    code: code.to_string(),
                });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::jurisdiction::{BUILT_IN, Pack};

    #[test]
    fn no_stage_lasts_longer_than_detention_may_in_all() {
        let text = BUILT_IN[2].1;
        let pack = Pack::parse(text).unwrap();
        let days = pack.pretrial.time_limits.iter().map(|limit| limit.days);
        assert_eq!(days.collect::<Vec<_>>(), [56, 56, 70, 112, 182]);
        let shorter = text.replacen("longest_days = 182", "longest_days = 181", 1);
        let error = Pack::parse(&shorter).unwrap_err().to_string();
        assert!(
            error.contains("pretrial.time_limits.sent-for-trial"),
            "{error}"
        );
    }
}
