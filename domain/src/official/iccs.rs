//! How domestic offences fit the International Classification of Crime: the crosswalk of a jurisdiction's catalogue.

use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::jurisdiction::Pack;
use crate::values::Day;

const TEXT: &str = include_str!("../../official/iccs.toml");

static CLASSES: LazyLock<Result<Classes, String>> =
    LazyLock::new(|| toml::from_str(TEXT).map_err(|error| error.to_string()));

/// The classes that are known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Classes {
    /// The version of the classification.
    pub version: String,
    /// Where it is published.
    pub source: String,
    /// The classes, each before those in it.
    pub classes: Vec<Class>,
}

/// A class of the classification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// Its code: 2, 4, 5 or 6 digits.
    pub code: String,
    /// Its name.
    pub title: String,
    /// Whether code and name were compared with the official text.
    pub verified: bool,
}

/// A domestic offence and its class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Crossing {
    /// The offence, by the code of the statute.
    pub offence: String,
    /// Its name.
    pub title: String,
    /// In force from.
    pub from: Option<Day>,
    /// In force until.
    pub until: Option<Day>,
    /// The class that the rules name; nothing where they name none.
    pub iccs: Option<String>,
    /// The code of the narrowest class that is known here and holds it.
    pub class: Option<String>,
    /// The name of that class.
    pub class_title: Option<String>,
    /// Whether the class that the rules name is known here and was compared with the official text.
    pub verified: bool,
}

impl Classes {
    /// The classes that come with the register.
    pub fn built_in() -> Result<&'static Self, &'static str> {
        CLASSES.as_ref().map_err(String::as_str)
    }

    /// The narrowest class that holds a code.
    pub fn narrowest(&self, code: &str) -> Option<&Class> {
        let holding = self
            .classes
            .iter()
            .filter(|class| code.starts_with(&class.code));
        holding.max_by_key(|class| class.code.len())
    }

    /// Every offence of a jurisdiction's catalogue with its class, in the order of the catalogue.
    pub fn crosswalk(&self, law: &Pack) -> Vec<Crossing> {
        let offences = law.catalogue.offences.iter();
        offences
            .map(|offence| {
                let code = offence.iccs.as_ref().map(|code| code.as_str().to_owned());
                let class = code.as_deref().and_then(|code| self.narrowest(code));
                let exact = class.filter(|class| Some(&class.code) == code.as_ref());
                Crossing {
                    offence: offence.code.to_string(),
                    title: offence.title.clone(),
                    from: offence.from,
                    until: offence.until,
                    class: class.map(|class| class.code.clone()),
                    class_title: class.map(|class| class.title.clone()),
                    verified: exact.is_some_and(|class| class.verified),
                    iccs: code,
                }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jurisdiction::BUILT_IN;
    use crate::official::Definitions;
    use crate::values::IccsCode;

    #[test]
    fn every_class_stands_once_in_a_class_that_holds_it_and_every_section_is_a_word_of_the_tables()
    {
        let known = Classes::built_in().unwrap();
        for (nth, class) in known.classes.iter().enumerate() {
            assert!(IccsCode::parse(&class.code).is_ok(), "{class:?}");
            let before = &known.classes[..nth];
            assert!(before.iter().all(|one| one.code != class.code), "{class:?}");
            let holds = before.iter().any(|one| class.code.starts_with(&one.code));
            assert!(holds || class.code.len() == 2, "{class:?}");
        }
        let sections = known.classes.iter().filter(|class| class.code.len() == 2);
        let sections: Vec<&str> = sections.map(|class| class.code.as_str()).collect();
        let tables = Definitions::built_in().unwrap();
        let words = &tables.dimension("iccs").unwrap().words;
        let words: Vec<&str> = words.iter().map(|word| word.code.as_str()).collect();
        assert_eq!(words[..sections.len()], sections);
        assert_eq!(words.len(), 12);
    }

    #[test]
    fn an_offence_has_the_narrowest_class_that_is_known_and_says_whether_it_was_checked() {
        let known = Classes::built_in().unwrap();
        let text = BUILT_IN[1].1;
        let law = Pack::parse(text).unwrap();
        let all = known.crosswalk(&law);
        assert_eq!(all.len(), law.catalogue.offences.len());
        let theft = all.iter().find(|one| one.offence == "M102").unwrap();
        assert_eq!(theft.class_title.as_deref(), Some("Theft"));
        assert!(theft.verified);
        // A class that is not listed stands in the one that holds it, and is not called checked.
        let narrower = text.replacen("iccs = \"0502\"", "iccs = \"05029\"", 1);
        let all = known.crosswalk(&Pack::parse(&narrower).unwrap());
        let theft = all
            .iter()
            .find(|one| one.iccs.as_deref() == Some("05029"))
            .unwrap();
        assert_eq!(theft.class.as_deref(), Some("0502"));
        assert!(!theft.verified);
        // Without a class there is nothing to check.
        let silent = text.replacen(" iccs = \"0502\",", "", 1);
        let all = known.crosswalk(&Pack::parse(&silent).unwrap());
        assert!(all.iter().any(|one| one.iccs.is_none() && !one.verified));
    }
}
