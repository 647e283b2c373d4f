//! The words for codes, in the language of the rules and in others.

use super::{Pack, PackError, title};

/// The language of rules that name none.
pub(super) fn english() -> String {
    "en".to_owned()
}

impl Pack {
    /// Every label in another language stands for a code of a list.
    pub(super) fn labels_are_of_codes(&self) -> Result<(), PackError> {
        let known = |label: &str| {
            label.rsplit_once('.').is_some_and(|(list, code)| {
                let list = self.lists.get(list).into_iter().flatten();
                list.into_iter().any(|coded| coded.code.as_str() == code)
            })
        };
        for (language, labels) in &self.labels {
            if let Some(label) = labels.keys().find(|label| !known(label)) {
                return Err(PackError::Dangling {
                    at: format!("labels.{language}"),
                    code: label.clone(),
                });
            }
        }
        Ok(())
    }

    /// The words for a code of a list in a language; nothing where the pack has none in it.
    pub fn labelled(&self, language: &str, list: &str, code: &str) -> Option<&str> {
        let labels = self.labels.get(language)?;
        labels.get(&format!("{list}.{code}")).map(String::as_str)
    }

    /// The words for a code of a list, or the code where the list does not name it.
    pub fn titled<'a>(&'a self, list: &str, code: &'a str) -> &'a str {
        let list = self.lists.get(list);
        list.map_or(code, |list| title(list, code))
    }

    /// The words for a code of a list; nothing where the rules have none. An office may be a court, a place of detention or
    /// an authority; the answers to a question are the list of the question.
    pub fn said(&self, list: &str, code: &str) -> Option<Said<'_>> {
        let (own, found) = self.said_in(list, code)?;
        Some(Said {
            list: own,
            title: found,
        })
    }

    fn said_in(&self, list: &str, code: &str) -> Option<(&str, &str)> {
        let named = |list: &str| {
            let (own, all) = self.lists.get_key_value(list)?;
            let coded = all.iter().find(|coded| coded.code.as_str() == code)?;
            Some((own.as_str(), coded.title.as_str()))
        };
        let elsewhere = || {
            let is_place = PLACES.contains(&list);
            let mut places = PLACES.iter().filter(|_| is_place);
            places.find_map(|place| named(place))
        };
        named(list)
            .or_else(elsewhere)
            .or_else(|| self.answer(list, code))
    }

    /// The words for an answer to a question about somebody's circumstances.
    fn answer(&self, list: &str, code: &str) -> Option<(&str, &str)> {
        let question = list.strip_prefix("sentencing.circumstances.")?;
        let mut rules = self.sentencing.circumstances.iter();
        let rule = rules.find(|rule| rule.code.as_str() == question)?;
        let answer = rule
            .values
            .iter()
            .find(|value| value.code.as_str() == code)?;
        Some(("sentencing.circumstances", answer.title.as_str()))
    }
}

/// Lists of courts, offices, places of detention and authorities: each may stand for another.
const PLACES: [&str; 5] = [
    "courts",
    "offices",
    "facilities",
    "cooperation.authorities",
    "emergency.authorities",
];

/// A code in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said<'a> {
    /// The list in which the rules have it.
    pub list: &'a str,
    /// Its words.
    pub title: &'a str,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jurisdiction::BUILT_IN;
    use crate::testing::samples::midland;

    #[test]
    fn a_label_in_another_language_stands_for_a_code_of_a_list() {
        let (_, text) = BUILT_IN[1];
        let pack = Pack::parse(text).unwrap();
        let curfew = pack.labelled("fr", "orders.requirements", "curfew");
        assert_eq!(curfew, Some("Couvre-feu"));
        assert_eq!(pack.labelled("tlh", "orders.requirements", "curfew"), None);
        let label = "\"orders.requirements.curfew\" = \"Couvre-feu\"";
        assert!(text.contains(label));
        let unknown = text.replace(label, "\"orders.requirements.exile\" = \"Exil\"");
        let error = Pack::parse(&unknown).unwrap_err().to_string();
        assert!(
            error.contains("labels.fr") && error.contains("exile"),
            "{error}"
        );
    }

    #[test]
    fn a_code_is_said_in_the_list_in_which_the_rules_have_it() {
        let law = midland();
        let said = |list, code| law.said(list, code).map(|said| (said.list, said.title));
        assert_eq!(said("offences", "M102"), Some(("offences", "Theft")));
        let court = Some(("courts", "Ashby District Court"));
        assert_eq!(said("offices", "ashby"), court);
        assert_eq!(said("offices", "nowhere"), None);
        assert_eq!(said("diversion.kinds", "ashby"), None);
        let question = &law.sentencing.circumstances[0];
        let answer = &question.values[0];
        let list = format!("sentencing.circumstances.{}", question.code);
        let words = law.said(&list, answer.code.as_str()).unwrap();
        assert_eq!(words.title, answer.title);
        assert_eq!(law.language, "en");
    }
}
