//! What a jurisdiction asks of release.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Coded, PackError, Provision, once};
use crate::values::{Code, OffenceCode};

/// A part of a whole, written `2/3`: more than nothing, and no more than all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", inline, extend("examples" = ["1/2"]))]
pub struct Fraction {
    part: u32,
    of: u32,
}

impl Fraction {
    /// The whole.
    pub const ALL: Self = Self { part: 1, of: 1 };

    /// That part of so many days, whole ones, with what is left of a day rounded.
    pub fn of_days(self, days: u32, rounding: Rounding) -> u32 {
        let product = u64::from(days).saturating_mul(u64::from(self.part));
        let of = u64::from(self.of);
        let part = match rounding {
            Rounding::Up => product.checked_next_multiple_of(of).unwrap_or(product),
            Rounding::Down => product,
        };
        let part = part.checked_div(of).unwrap_or_default();
        u32::try_from(part).unwrap_or(u32::MAX)
    }

    /// Whether that part of so many days is a whole number of days.
    pub fn divides(self, days: u32) -> bool {
        self.of_days(days, Rounding::Up) == self.of_days(days, Rounding::Down)
    }

    /// In words: "half", "two thirds".
    pub fn in_words(self) -> String {
        match (self.part, self.of) {
            (1, 2) => "half".to_owned(),
            (1, 3) => "a third".to_owned(),
            (2, 3) => "two thirds".to_owned(),
            (1, 4) => "a quarter".to_owned(),
            (3, 4) => "three quarters".to_owned(),
            (part, of) if part == of => "all".to_owned(),
            (part, of) => format!("{part}/{of}"),
        }
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.part, self.of)
    }
}

impl FromStr for Fraction {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let read = |(part, of): (&str, &str)| {
            let (part, of) = (part.parse().ok()?, of.parse().ok()?);
            (0 < part && part <= of).then_some(Self { part, of })
        };
        text.split_once('/').and_then(read).ok_or_else(|| {
            format!("{text:?} is not a part of a whole: write it as 1/2, no more than 1/1")
        })
    }
}

impl TryFrom<String> for Fraction {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Fraction> for String {
    fn from(fraction: Fraction) -> Self {
        fraction.to_string()
    }
}

/// What becomes of a part of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// It counts as a day to be served.
    Up,
    /// It is given to the person.
    Down,
}

/// How much of a term is served before a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// Which part of its days.
    pub fraction: Fraction,
    /// What becomes of a part of a day.
    pub rounding: Rounding,
    /// How many days at least, if the term is that long.
    #[serde(default)]
    pub least_days: u32,
}

/// Of which terms a rule is. Of several rules for a kind of release the first that fits holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Applies {
    /// The register does not hold what decides it: whoever certifies says so.
    #[default]
    Certified,
    /// Of any term.
    Any,
    /// Of terms of somebody who was no adult when the stay began.
    Children,
    /// Of terms for one of these offences.
    Offences(Vec<OffenceCode>),
}

/// For which terms earlier detention counts, where several run at the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Credited {
    /// For each of them, and once in a row of terms that follow each other.
    EveryRow,
}

/// How the part that is served is taken of terms that follow each other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Consecutive {
    /// Of each term by itself; the parts are added up.
    #[default]
    Each,
    /// Of those under the same rule together: they are added up first.
    Together,
}

/// How much of a kind of sentence is served before a kind of release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ServedRule {
    /// The code of the rule.
    pub code: Code,
    /// Of which sentences, in words, with the provision.
    pub title: String,
    /// The kind of release.
    pub kind: Code,
    /// Of which terms it is.
    #[serde(default)]
    pub applies: Applies,
    /// How much is served.
    pub share: Share,
}

/// What a jurisdiction asks of release. An empty list holds every code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ReleaseRules {
    /// Provisions on which releases rest.
    pub bases: Vec<Provision>,
    /// Kinds of release (Tokyo Rules 9.2).
    pub kinds: Vec<Coded>,
    /// Which kinds are for a while and end in custody again.
    pub temporary: Vec<Code>,
    /// Which kinds the law itself brings, without a decision.
    pub by_law: Vec<Code>,
    /// Which kinds are mercy, whose refusal is not reviewed (Tokyo Rules 9.3).
    pub clemency: Vec<Code>,
    /// Kinds of condition.
    pub conditions: Vec<Coded>,
    /// How many conditions are thought to be kept at once.
    pub most_conditions: Option<usize>,
    /// What may be missing where release is refused.
    pub criteria: Vec<Coded>,
    /// Why a decision is put off.
    pub deferrals: Vec<Coded>,
    /// Within how many days release is considered again after it was refused or put off.
    pub again_days: Option<u32>,
    /// Within how many days a decision follows once release is considered.
    pub decision_days: Option<u32>,
    /// Within how many days a release that was granted takes place.
    pub effect_days: Option<u32>,
    /// How much is served before a release.
    pub served: Vec<ServedRule>,
    /// For which of several terms at the same time earlier detention counts.
    pub credited: Option<Credited>,
    /// How the part that is served is taken of terms that follow each other.
    pub consecutive: Consecutive,
}

impl ReleaseRules {
    pub(super) fn check(&self) -> Result<(), PackError> {
        once("release.bases", self.bases.iter().map(|basis| &basis.code))?;
        once("release.served", self.served.iter().map(|rule| &rule.code))?;
        for (at, list) in [
            ("release.kinds", &self.kinds),
            ("release.conditions", &self.conditions),
            ("release.criteria", &self.criteria),
            ("release.deferrals", &self.deferrals),
        ] {
            once(at, list.iter().map(|coded| &coded.code))?;
        }
        let of_rules: Vec<Code> = self.served.iter().map(|rule| rule.kind.clone()).collect();
        for (at, codes) in [
            ("release.temporary", &self.temporary),
            ("release.by_law", &self.by_law),
            ("release.clemency", &self.clemency),
            ("release.served", &of_rules),
        ] {
            super::among(at, codes, &self.kinds)?;
        }
        Ok(())
    }
}
