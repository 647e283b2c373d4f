//! How a jurisdiction's own codes fit the official tables.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Coded, Pack, PackError, among};
use crate::values::{Code, Day};

/// How a jurisdiction's own codes fit the official tables (UN-CTS, indicator 16.3.2, SPACE I and II). What is left out has
/// no figure there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct OfficialRules {
    /// Which meaning of a number of places is the official capacity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capacity: Option<Code>,
    /// Kinds of place in which people are held and that are no prisons, such as police cells.
    pub no_prisons: Vec<Code>,
    /// Provisions on which somebody is held without criminal proceedings here: such people are in no prison population.
    pub not_criminal: Vec<Code>,
    /// Grounds for release that say that the person died.
    pub died: Vec<Code>,
    /// Grounds for release that say that the person escaped.
    pub escaped: Vec<Code>,
    /// Alternatives to detention before judgment under the supervision of a probation agency: category 1 of SPACE II.
    pub supervised_alternatives: Vec<Code>,
    /// The category of SPACE II of each requirement that is carried out under a probation agency.
    pub supervised_requirements: BTreeMap<Code, SpaceCategory>,
    /// How the reasons for the end of a supervision read in SPACE II; what is not named ended otherwise.
    pub ends: BTreeMap<Code, Exit>,
    /// Inhabitants, as they were counted.
    pub inhabitants: Vec<Inhabitants>,
}

/// A category of SPACE II, from 1 to 14.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct SpaceCategory(#[schemars(range(min = 1, max = 14))] pub u8);

impl SpaceCategory {
    /// Alternatives to pretrial detention with supervision.
    pub const BEFORE_JUDGMENT: Self = Self(1);
    /// Fully suspended sentence with probation.
    pub const SUSPENDED: Self = Self(5);
    /// Partially suspended sentence with probation.
    pub const PARTLY_SUSPENDED: Self = Self(6);
    /// Electronic monitoring.
    pub const MONITORING: Self = Self(9);
    /// Conditional release, parole.
    pub const CONDITIONAL_RELEASE: Self = Self(12);
    /// Mixed orders and other measures.
    pub const MIXED: Self = Self(14);
}

/// How a measure ended, as SPACE II tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Exit {
    /// Completed.
    Completed,
    /// Revoked.
    Revoked,
    /// The person was imprisoned.
    Imprisoned,
    /// The person absconded.
    Absconded,
    /// The person died.
    Died,
    /// Otherwise.
    Other,
}

impl Exit {
    /// The word of the tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Completed => "completed",
            Self::Revoked => "revoked",
            Self::Imprisoned => "imprisoned",
            Self::Absconded => "absconded",
            Self::Died => "died",
            Self::Other => "other",
        }
    }
}

/// How many people live in the jurisdiction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Inhabitants {
    /// On which day.
    pub on: Day,
    /// How many.
    pub people: u64,
    /// Who counted them.
    pub source: String,
}

impl OfficialRules {
    pub(super) fn check(&self, pack: &Pack) -> Result<(), PackError> {
        let coded = |code: &Code, title: &str| Coded {
            code: code.clone(),
            title: title.to_owned(),
        };
        let provisions = pack.custody.provisions.iter();
        let provisions: Vec<Coded> = provisions.map(|one| coded(&one.code, &one.title)).collect();
        let requirements = pack.orders.requirements.iter();
        let requirements: Vec<Coded> = requirements
            .map(|one| coded(&one.kind, &one.title))
            .collect();
        let keys = |all: &BTreeMap<Code, SpaceCategory>| all.keys().cloned().collect::<Vec<_>>();
        let ends: Vec<Code> = self.ends.keys().cloned().collect();
        for (at, named, list) in [
            (
                "official.capacity",
                &self.capacity.iter().cloned().collect::<Vec<_>>(),
                &pack.facility.definitions,
            ),
            (
                "official.no_prisons",
                &self.no_prisons,
                &pack.facility.kinds,
            ),
            ("official.not_criminal", &self.not_criminal, &provisions),
            ("official.died", &self.died, &pack.custody.release_grounds),
            (
                "official.escaped",
                &self.escaped,
                &pack.custody.release_grounds,
            ),
            (
                "official.supervised_alternatives",
                &self.supervised_alternatives,
                &pack.pretrial.alternatives,
            ),
            (
                "official.supervised_requirements",
                &keys(&self.supervised_requirements),
                &requirements,
            ),
            ("official.ends", &ends, &pack.supervision.ending_reasons),
        ] {
            // A list without entries holds every code.
            if !list.is_empty() {
                among(at, named, list)?;
            }
        }
        let mut categories = self.supervised_requirements.values();
        if let Some(wrong) = categories.find(|category| !(1..=14).contains(&category.0)) {
            return Err(PackError::Unreadable(format!(
                "official.supervised_requirements names category {}: SPACE II has 1 to 14",
                wrong.0
            )));
        }
        Ok(())
    }

    /// How many people lived there on a day, as they were counted last.
    pub fn inhabitants_on(&self, day: Day) -> Option<&Inhabitants> {
        let counted = self.inhabitants.iter().filter(|counted| counted.on <= day);
        counted.max_by_key(|counted| counted.on)
    }
}

#[cfg(test)]
mod tests {
    use crate::jurisdiction::{BUILT_IN, Pack};

    #[test]
    fn a_code_that_no_list_has_and_a_category_that_space_ii_does_not_have_are_refused() {
        let (_, text) = BUILT_IN[1];
        for (right, wrong, said) in [
            (
                "capacity = \"operational\"",
                "capacity = \"felt\"",
                "official.capacity refers to felt",
            ),
            (
                "no_prisons = [\"police\"]",
                "no_prisons = [\"inn\"]",
                "official.no_prisons refers to inn",
            ),
            (
                "unpaid-work = 10",
                "unpaid-work = 15",
                "SPACE II has 1 to 14",
            ),
            (
                "unpaid-work = 10",
                "dancing = 10",
                "official.supervised_requirements refers to dancing",
            ),
        ] {
            let broken = text.replacen(right, wrong, 1);
            assert_ne!(broken, text, "{right:?} does not stand in the pack");
            let error = Pack::parse(&broken).unwrap_err().to_string();
            assert!(error.contains(said), "{error}");
        }
    }

    #[test]
    fn inhabitants_are_those_that_were_counted_last() {
        let pack = Pack::parse(BUILT_IN[1].1).unwrap();
        let on = |day: &str| {
            let found = pack.official.inhabitants_on(day.parse().unwrap());
            found.map(|counted| counted.people)
        };
        assert_eq!(on("2025-12-31"), Some(1_204_000));
        assert_eq!(on("2024-06-30"), Some(1_200_000));
        assert_eq!(on("2019-12-31"), None);
    }
}
