//! The offence catalogue and the gravity policies.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{PackError, once};
use crate::values::{
    CatalogueVersion, Code, Day, Gravity, GuidelineRange, IccsCode, Length, OffenceCode,
    PolicyVersion,
};

/// An offence of national law.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OffenceEntry {
    /// The code of the statute.
    pub code: OffenceCode,
    /// Its name.
    pub title: String,
    /// Its international class.
    #[serde(default)]
    pub iccs: Option<IccsCode>,
    /// Its broad category.
    #[serde(default)]
    pub category: Option<Code>,
    /// In force from.
    #[serde(default)]
    pub from: Option<Day>,
    /// In force until.
    #[serde(default)]
    pub until: Option<Day>,
    /// The longest custody the statute allows; absent when it allows none.
    #[serde(default)]
    pub longest_custody: Option<Length>,
    /// Whether the statute allows custody for life.
    #[serde(default)]
    pub life: bool,
    /// Further classes into which it falls, by the pack's lists: one that is only tried summarily, or never spent.
    #[serde(default)]
    pub classes: Vec<Code>,
    /// The provision.
    #[serde(default)]
    pub source: Option<String>,
    /// Whether the entry was checked against its provision; nothing is said without that.
    #[serde(default)]
    pub verified: Option<bool>,
}

/// The offences of a jurisdiction.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Catalogue {
    /// The version that decisions name.
    pub version: Option<CatalogueVersion>,
    /// The offences; a decision on any other is noticed, or refused when `complete`.
    pub offences: Vec<OffenceEntry>,
    /// Whether an offence outside the list does not exist.
    pub complete: bool,
    /// What ends the chapter of the statute in the code of an offence: of `11.6.1` under `.` the chapter is `11`; absent
    /// where codes name no chapter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chapter_mark: Option<String>,
    /// Gravity policies, the first being the one shown first.
    pub gravity: Vec<GravityPolicy>,
    /// Sentencing guidelines, the first that ranges an offence being the one shown.
    pub guidelines: Vec<Guideline>,
}

/// A level of gravity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GravityLevel {
    /// The code that decisions hold.
    pub code: Code,
    /// The words.
    pub title: String,
}

/// A ranking of offences by gravity, with its source; never made from sentences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GravityPolicy {
    /// Its name and version.
    pub policy: PolicyVersion,
    /// Its title.
    pub title: String,
    /// The statute, guideline or commission behind it; mandatory.
    pub source: String,
    /// The levels, ascending.
    pub levels: Vec<GravityLevel>,
    /// Level by offence.
    #[serde(default)]
    pub offences: BTreeMap<OffenceCode, Code>,
}

/// A sentencing guideline, with its source: ranges of custody by offence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Guideline {
    /// Its name and version.
    pub guideline: PolicyVersion,
    /// Its title.
    pub title: String,
    /// The statute or council behind it; mandatory.
    pub source: String,
    /// Range by offence.
    #[serde(default)]
    pub ranges: BTreeMap<OffenceCode, RangeRule>,
}

/// The range of custody that a guideline gives for an offence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RangeRule {
    /// The lower end; zero where the range begins below custody.
    pub lowest: Length,
    /// The upper end.
    pub highest: Length,
    /// Where a court starts before aggravation and mitigation.
    #[serde(default)]
    pub start: Option<Length>,
}

impl Catalogue {
    /// The entry of an offence.
    pub fn offence(&self, code: &OffenceCode) -> Option<&OffenceEntry> {
        self.offences.iter().find(|o| &o.code == code)
    }

    /// The chapter of the statute that the code of an offence names; none where codes name no chapter.
    pub fn chapter<'a>(&self, code: &'a str) -> Option<&'a str> {
        let (chapter, _) = code.split_once(self.chapter_mark.as_deref()?)?;
        (!chapter.is_empty()).then_some(chapter)
    }

    /// The gravity of an offence under the first policy that ranks it.
    pub fn gravity(&self, code: &OffenceCode) -> Option<Gravity> {
        self.gravity.iter().find_map(|policy| {
            let level = policy.offences.get(code)?.clone();
            Some(Gravity {
                policy: policy.policy.clone(),
                level,
            })
        })
    }

    /// The range of an offence under the first guideline that ranges it.
    pub fn range(&self, code: &OffenceCode) -> Option<GuidelineRange> {
        self.guidelines.iter().find_map(|guideline| {
            let rule = guideline.ranges.get(code)?;
            Some(GuidelineRange {
                guideline: guideline.guideline.clone(),
                lowest: rule.lowest,
                highest: rule.highest,
                starting_point: rule.start,
            })
        })
    }

    pub(super) fn check(&self) -> Result<(), PackError> {
        once("catalogue.offences", self.offences.iter().map(|o| &o.code))?;
        once("catalogue.gravity", self.gravity.iter().map(|g| &g.policy))?;
        if self.chapter_mark.as_deref() == Some("") {
            return Err(PackError::Unreadable(
                "catalogue.chapter_mark is empty: say what ends the chapter in the code of an offence, such as a full \
                 stop, or leave it out where codes name no chapter"
                    .to_owned(),
            ));
        }
        for guideline in &self.guidelines {
            guideline.check()?;
        }
        for policy in &self.gravity {
            if policy.source.trim().is_empty() {
                return Err(PackError::GravityWithoutSource(policy.policy.clone()));
            }
            for (offence, level) in &policy.offences {
                if !policy.levels.iter().any(|l| &l.code == level) {
                    return Err(PackError::Dangling {
                        at: format!("gravity of {offence}"),
                        code: level.to_string(),
                    });
                }
            }
        }
        Ok(())
    }
}

impl Guideline {
    fn check(&self) -> Result<(), PackError> {
        let name = &self.guideline;
        if self.source.trim().is_empty() {
            return Err(PackError::Unreadable(format!(
                "guideline {name} cites no source: say which statute or council is behind it"
            )));
        }
        let reversed = self
            .ranges
            .iter()
            .find(|(_, rule)| rule.lowest.exceeds(rule.highest));
        match reversed {
            Some((offence, _)) => Err(PackError::Unreadable(format!(
                "guideline {name}: the range of {offence} ends below its beginning"
            ))),
            None => Ok(()),
        }
    }
}
