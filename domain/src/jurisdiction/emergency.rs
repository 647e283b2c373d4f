//! What a jurisdiction asks of an emergency.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Coded, Pack, PackError, Provision, SentencingRules, codes_of, once};
use crate::person::Sex;
use crate::values::Code;

/// What a jurisdiction asks of an emergency. An empty list holds every code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct EmergencyRules {
    /// Provisions on which an emergency, its extension and its cuts rest.
    pub bases: Vec<Provision>,
    /// Authorities of justice and of health.
    pub authorities: Vec<Coded>,
    /// Attributes of a person that criteria may read.
    pub attributes: Vec<Coded>,
    /// Which attributes the register can read of somebody who is held, and where. Of any other only people can say.
    pub readings: Vec<AttributeReading>,
    /// What an attribute can be of which only people can say. One that is neither read nor named here can be anything.
    pub answers: Vec<AttributeAnswers>,
    /// Attributes that are protected traits besides those of Tokyo Rules 2.2: criteria read them only to protect.
    pub protected: Vec<Code>,
    /// Grounds on which a release is refused.
    pub grounds: Vec<Coded>,
    /// What is compared to check who somebody is.
    pub identity: Vec<Coded>,
    /// Rights that may be cut.
    pub rights: Vec<Coded>,
    /// What may make it necessary to cut a right.
    pub necessities: Vec<Coded>,
    /// What may stand in the way of a measure.
    pub obstacles: Vec<Coded>,
    /// What may be learnt of a measure.
    pub lessons: Vec<Coded>,
}

/// Where the register reads an attribute of somebody who is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AttributeReading {
    /// The attribute.
    pub attribute: Code,
    /// Where it is read.
    pub from: ReadFrom,
}

/// What the register holds of somebody who is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReadFrom {
    /// How the person's case stands, as a code of the groups of custody.
    Group,
    /// The level of security, as a code of the levels of custody.
    Level,
    /// The days that are left until the last day of a sentence, as the order of custody fixes it.
    DaysLeft,
    /// The days of the terms of the sentence on which the person is held, from the first to the last.
    TermDays,
    /// The category of the offence on which the person is held.
    OffenceCategory,
    /// `yes` where the register holds another case of the person before judgment that goes on, else `no`.
    OpenCase,
    /// The age in completed years, by the date of birth.
    Age,
    /// The sex that is recorded: `female`, `male` or `another`.
    Sex,
    /// `yes` where a child lives with the person in the place of detention, else `no`.
    ChildInside,
    /// What the person was asked, by the list of circumstances.
    Circumstance(Code),
}

/// What an attribute can be of which only people can say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AttributeAnswers {
    /// The attribute.
    pub attribute: Code,
    /// The codes it can be.
    pub one_of: Vec<Code>,
}

/// What an attribute of a person can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Possible {
    /// A number.
    Number,
    /// One of these codes; any code where none is listed.
    Codes(Vec<Code>),
}

impl EmergencyRules {
    /// Where the register reads an attribute.
    pub fn reading(&self, attribute: &Code) -> Option<&ReadFrom> {
        let mut readings = self.readings.iter();
        let found = readings.find(|reading| reading.attribute == *attribute)?;
        Some(&found.from)
    }

    pub(super) fn check(&self, sentencing: &SentencingRules) -> Result<(), PackError> {
        let bases = self.bases.iter().map(|basis| &basis.code);
        once("emergency.bases", bases)?;
        for (at, list) in [
            ("emergency.authorities", &self.authorities),
            ("emergency.attributes", &self.attributes),
            ("emergency.grounds", &self.grounds),
            ("emergency.identity", &self.identity),
            ("emergency.rights", &self.rights),
            ("emergency.necessities", &self.necessities),
            ("emergency.obstacles", &self.obstacles),
            ("emergency.lessons", &self.lessons),
        ] {
            once(at, list.iter().map(|coded| &coded.code))?;
        }
        let read: Vec<Code> = self.readings.iter().map(|r| r.attribute.clone()).collect();
        once("emergency.readings", read.iter())?;
        super::among("emergency.readings", &read, &self.attributes)?;
        let answered: Vec<Code> = self.answers.iter().map(|a| a.attribute.clone()).collect();
        once("emergency.answers", answered.iter().chain(&read))?;
        super::among("emergency.answers", &answered, &self.attributes)?;
        for answers in &self.answers {
            let at = format!("emergency.answers of {}", answers.attribute);
            once(&at, answers.one_of.iter())?;
            if answers.one_of.is_empty() {
                return Err(PackError::Unreadable(format!(
                    "{at} names no code: name those it can be, or leave the attribute out"
                )));
            }
        }
        for reading in &self.readings {
            if let ReadFrom::Circumstance(code) = &reading.from
                && sentencing.circumstance(code).is_none()
            {
                return Err(PackError::Dangling {
                    at: format!("emergency.readings of {}", reading.attribute),
                    code: code.to_string(),
                });
            }
        }
        super::among("emergency.protected", &self.protected, &self.attributes)
    }
}

impl Pack {
    /// What an attribute that criteria read can be; nothing where nobody says it.
    pub fn possible(&self, attribute: &Code) -> Option<Possible> {
        let rules = &self.emergency;
        let words = |all: &[&str]| {
            let all = all.iter().filter_map(|word| Code::parse(word).ok());
            Possible::Codes(all.collect())
        };
        let Some(from) = rules.reading(attribute) else {
            let mut answers = rules.answers.iter();
            let found = answers.find(|answers| answers.attribute == *attribute)?;
            return Some(Possible::Codes(found.one_of.clone()));
        };
        Some(match from {
            ReadFrom::DaysLeft | ReadFrom::TermDays | ReadFrom::Age => Possible::Number,
            ReadFrom::Group => Possible::Codes(codes_of(&self.custody.groups)),
            ReadFrom::Level => Possible::Codes(codes_of(&self.custody.levels)),
            ReadFrom::OffenceCategory => Possible::Codes(codes_of(&self.sentencing.categories)),
            ReadFrom::OpenCase | ReadFrom::ChildInside => words(&["yes", "no"]),
            ReadFrom::Sex => words(&Sex::ALL.map(Sex::word)),
            ReadFrom::Circumstance(code) => {
                let rule = self.sentencing.circumstance(code);
                Possible::Codes(rule.map_or_else(Vec::new, |rule| codes_of(&rule.values)))
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::jurisdiction::{BUILT_IN, Pack, PackError};

    fn midland_with(from: &str, to: &str) -> Result<Pack, PackError> {
        let (_, text) = BUILT_IN
            .iter()
            .find(|(name, _)| *name == "midland")
            .unwrap();
        assert!(text.contains(from));
        Pack::parse(&text.replace(from, to))
    }

    #[test]
    fn an_attribute_is_read_in_one_place_that_the_rules_know() {
        let sex = r#"{ attribute = "sex", from = "sex" }"#;
        assert!(midland_with(sex, sex).is_ok());
        for other in [
            r#"{ attribute = "sex", from = { circumstance = "hair" } }"#,
            r#"{ attribute = "hair", from = "sex" }"#,
            r#"{ attribute = "age", from = "sex" }"#,
            r#"{ attribute = "sex", from = "hair" }"#,
        ] {
            assert!(midland_with(sex, other).is_err(), "{other}");
        }
    }

    #[test]
    fn what_people_answer_of_an_attribute_is_said_once_and_only_where_the_register_does_not_read_it()
     {
        let danger = r#"{ attribute = "danger", one_of = ["yes", "no"] }"#;
        assert!(midland_with(danger, danger).is_ok());
        for other in [
            r#"{ attribute = "hair", one_of = ["yes", "no"] }"#,
            r#"{ attribute = "age", one_of = ["yes", "no"] }"#,
            r#"{ attribute = "housing", one_of = ["yes", "no"] }"#,
            r#"{ attribute = "danger", one_of = ["yes", "yes"] }"#,
            r#"{ attribute = "danger", one_of = [] }"#,
        ] {
            assert!(midland_with(danger, other).is_err(), "{other}");
        }
    }
}
