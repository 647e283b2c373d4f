//! What a jurisdiction asks of supervision.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Coded, Fraction, PackError, once};
use crate::values::{Code, OfficeCode};

/// What a jurisdiction asks of supervision. An empty list holds every code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SupervisionRules {
    /// Instruments of assessment; what they compute is computed elsewhere.
    pub instruments: Vec<Coded>,
    /// Needs that an assessment may name.
    pub needs: Vec<Coded>,
    /// Levels of supervision, lightest first.
    pub levels: Vec<Coded>,
    /// Reasons for another level.
    pub level_reasons: Vec<Coded>,
    /// Programmes.
    pub programmes: Vec<Coded>,
    /// How many can take part in a programme at once: nobody more starts it, and who is referred to it waits. A programme
    /// without such a rule has no limit that the register knows.
    pub places: Vec<ProgrammePlaces>,
    /// Measures of outcome that are taken when a programme starts, and when it is completed or ends before.
    pub measures: Vec<Coded>,
    /// Reasons why a programme ended before it was completed.
    pub programme_reasons: Vec<Coded>,
    /// Reasons for correcting a contact.
    pub correction_reasons: Vec<Coded>,
    /// Kinds of violation.
    pub violations: Vec<Coded>,
    /// Grounds on which recall may be requested.
    pub recall_grounds: Vec<Coded>,
    /// What may have been tried before recall.
    pub recall_alternatives: Vec<Coded>,
    /// Reasons why a supervision ended.
    pub ending_reasons: Vec<Coded>,
    /// The most cases that one officer looks after.
    pub most_cases: Option<u32>,
    /// The part of a supervision after which it may end early when it has done its work.
    pub early_end: Option<Fraction>,
}

/// How many can take part in a programme at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProgrammePlaces {
    /// The programme.
    pub programme: Code,
    /// In which office; in each of them without it.
    #[serde(default)]
    pub office: Option<OfficeCode>,
    /// How many.
    pub places: u32,
}

impl SupervisionRules {
    /// How many can take part in a programme of an office at once: a rule of the office stands before one of each.
    pub fn places(&self, programme: &str, office: &str) -> Option<u32> {
        let of = self
            .places
            .iter()
            .filter(|p| p.programme.as_str() == programme);
        let own =
            |rule: &&ProgrammePlaces| rule.office.as_ref().is_some_and(|o| o.as_str() == office);
        let rule = of.clone().find(own).or_else(|| {
            let mut of = of.clone();
            of.find(|rule| rule.office.is_none())
        });
        rule.map(|rule| rule.places)
    }

    pub(super) fn check(&self) -> Result<(), PackError> {
        for (at, list) in [
            ("supervision.instruments", &self.instruments),
            ("supervision.needs", &self.needs),
            ("supervision.levels", &self.levels),
            ("supervision.level_reasons", &self.level_reasons),
            ("supervision.programmes", &self.programmes),
            ("supervision.measures", &self.measures),
            ("supervision.programme_reasons", &self.programme_reasons),
            ("supervision.correction_reasons", &self.correction_reasons),
            ("supervision.violations", &self.violations),
            ("supervision.recall_grounds", &self.recall_grounds),
            ("supervision.recall_alternatives", &self.recall_alternatives),
            ("supervision.ending_reasons", &self.ending_reasons),
        ] {
            once(at, list.iter().map(|coded| &coded.code))?;
        }
        let listed = |code: &&Code| self.programmes.iter().any(|p| &p.code == *code);
        let mut named = self.places.iter().map(|rule| &rule.programme);
        if let Some(code) = named.find(|code| !listed(code)) {
            return Err(PackError::Dangling {
                at: "supervision.places".to_owned(),
                code: code.to_string(),
            });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Code {
        Code::parse(text).unwrap()
    }

    #[test]
    fn the_places_of_an_office_stand_before_those_of_each() {
        let rule = |office: Option<&str>, places| ProgrammePlaces {
            programme: code("thinking-skills"),
            office: office.map(|office| OfficeCode::parse(office).unwrap()),
            places,
        };
        let rules = SupervisionRules {
            places: vec![rule(None, 12), rule(Some("calder"), 8)],
            ..SupervisionRules::default()
        };
        assert_eq!(rules.places("thinking-skills", "ashby"), Some(12));
        assert_eq!(rules.places("thinking-skills", "calder"), Some(8));
        assert_eq!(rules.places("safer-driving", "calder"), None);
    }

    #[test]
    fn refuses_places_in_a_programme_that_the_rules_do_not_name() {
        let rules = SupervisionRules {
            places: vec![ProgrammePlaces {
                programme: code("sailing"),
                office: None,
                places: 3,
            }],
            ..SupervisionRules::default()
        };
        assert!(matches!(rules.check(), Err(PackError::Dangling { .. })));
    }
}
