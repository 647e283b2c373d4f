//! The names of States, by their codes in ISO 3166-1.

use std::collections::BTreeMap;
use std::sync::OnceLock;

const FILE: &str = include_str!("../../locales/states.toml");

/// The name of each State, by language.
type Names = BTreeMap<String, BTreeMap<String, String>>;

fn names() -> &'static Names {
    static READ: OnceLock<Names> = OnceLock::new();
    READ.get_or_init(|| match toml::from_str(FILE) {
        Ok(names) => names,
        Err(error) => unreachable!("names that are built in: {error}"),
    })
}

/// What a State is called in a language; its code where the language has no name for it.
pub(super) fn name<'a>(language: &str, code: &'a str) -> &'a str {
    let name = names().get(code).and_then(|names| names.get(language));
    name.map_or(code, String::as_str)
}

/// Every State by its code, in the order of their names in a language.
pub(super) fn all(language: &str) -> Vec<(&'static str, &'static str)> {
    let names = names().keys();
    let mut all: Vec<_> = names
        .map(|code| (code.as_str(), name(language, code)))
        .collect();
    all.sort_by_key(|(_, name)| *name);
    all
}

#[cfg(test)]
mod tests {
    use domain::values::CountryCode;

    use super::*;

    #[test]
    fn every_state_has_a_name_in_every_language_of_the_sheet() {
        assert_eq!(names().len(), 249);
        for (code, names) in names() {
            let known: Result<CountryCode, _> = code.parse();
            assert!(known.is_ok(), "{code}");
            let languages: Vec<&str> = names.keys().map(String::as_str).collect();
            assert_eq!(languages, ["ar", "en", "fr"], "{code}");
            assert!(names.values().all(|name| !name.is_empty()), "{code}");
        }
        assert_eq!(name("en", "FR"), "France");
        assert_eq!(name("ar", "MN"), "منغوليا");
        assert_eq!(name("tlh", "FR"), "FR");
    }
}
