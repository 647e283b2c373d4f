//! What differs between two versions of a jurisdiction's rules, entry by entry.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Serialize;

use super::{PackError, unreadable};

/// What became of a place in the rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Became {
    /// It was not there.
    Added {
        /// What it says.
        to: String,
    },
    /// It is not there any more.
    Removed {
        /// What it said.
        from: String,
    },
    /// It says something else.
    Changed {
        /// What it said.
        from: String,
        /// What it says.
        to: String,
    },
}

/// A difference between two versions of a jurisdiction's rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The section, as `sentencing`; `pack` for what stands above all sections.
    pub section: String,
    /// The place in it, as `limits.custody.youngest` or `alternatives.fine`.
    pub at: String,
    /// What became of it.
    #[serde(flatten)]
    pub became: Became,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = &self.at;
        match &self.became {
            Became::Added { to } => write!(f, "{at} was added: {to}"),
            Became::Removed { from } => write!(f, "{at} was removed: {from}"),
            Became::Changed { from, to } => write!(f, "{at} was changed from {from} to {to}"),
        }
    }
}

/// What differs between two packs, by section. An entry of a list is the same one while its code is the same; the order
/// of entries is a difference only where they have no codes.
pub fn differences(from: &str, to: &str) -> Result<Vec<Difference>, PackError> {
    let places = |text: &str| -> Result<BTreeMap<Place, String>, PackError> {
        let table: toml::Table = toml::from_str(text).map_err(|error| unreadable(text, &error))?;
        let mut places = BTreeMap::new();
        for (name, value) in &table {
            let place = if value.is_table() || value.is_array() {
                Place::of(name, "")
            } else {
                Place::of(SECTIONLESS, name)
            };
            read(&place, value, &mut places);
        }
        Ok(places)
    };
    let (from, to) = (places(from)?, places(to)?);
    let all: BTreeSet<&Place> = from.keys().chain(to.keys()).collect();
    let differs = |place: &Place| {
        let became = match (from.get(place), to.get(place)) {
            (None, Some(to)) => Became::Added { to: to.clone() },
            (Some(from), None) => Became::Removed { from: from.clone() },
            (Some(from), Some(to)) if from != to => Became::Changed {
                from: from.clone(),
                to: to.clone(),
            },
            (Some(_), Some(_)) | (None, None) => return None,
        };
        Some(Difference {
            section: place.section.clone(),
            at: place.at.clone(),
            became,
        })
    };
    Ok(all.into_iter().filter_map(differs).collect())
}

/// The section of what stands above all sections.
const SECTIONLESS: &str = "pack";

/// A place in a pack.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    section: String,
    at: String,
}

impl Place {
    fn of(section: &str, at: &str) -> Self {
        Self {
            section: section.to_owned(),
            at: at.to_owned(),
        }
    }

    fn within(&self, name: &str) -> Self {
        let at = if self.at.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.at)
        };
        Self {
            section: self.section.clone(),
            at,
        }
    }
}

/// Reads the places of a value. A list whose entries have codes is read entry by entry; any other is one place.
fn read(place: &Place, value: &toml::Value, places: &mut BTreeMap<Place, String>) {
    match value {
        toml::Value::Table(table) => {
            for (name, value) in table {
                read(&place.within(name), value, places);
            }
        }
        toml::Value::Array(entries) => match coded(entries) {
            Some(coded) => {
                for (code, entry) in coded {
                    entry_of(&place.within(code), entry, places);
                }
            }
            None => {
                places.insert(place.clone(), said(value));
            }
        },
        toml::Value::String(_)
        | toml::Value::Integer(_)
        | toml::Value::Float(_)
        | toml::Value::Boolean(_)
        | toml::Value::Datetime(_) => {
            places.insert(place.clone(), said(value));
        }
    }
}

/// An entry that has nothing but its words is one place; any other is read by its fields.
fn entry_of(place: &Place, entry: &toml::Table, places: &mut BTreeMap<Place, String>) {
    let fields: Vec<(&String, &toml::Value)> = entry
        .iter()
        .filter(|(name, _)| !NAMES.contains(&name.as_str()))
        .collect();
    if let [(name, words)] = fields.as_slice()
        && name.as_str() == "title"
    {
        places.insert(place.clone(), said(words));
        return;
    }
    for (name, value) in fields {
        read(&place.within(name), value, places);
    }
}

/// By which field an entry of a list is known, the first that it has.
const NAMES: [&str; 8] = [
    "code",
    "kind",
    "policy",
    "guideline",
    "offence",
    "at",
    "version",
    "from",
];

/// The entries of a list by what they are known by, where each has it and none has that of another.
fn coded(entries: &[toml::Value]) -> Option<BTreeMap<&str, &toml::Table>> {
    let mut coded = BTreeMap::new();
    for entry in entries {
        let table = entry.as_table()?;
        let code = NAMES.iter().find_map(|name| table.get(*name)?.as_str())?;
        if coded.insert(code, table).is_some() {
            return None;
        }
    }
    (!coded.is_empty()).then_some(coded)
}

/// A value in words.
fn said(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Integer(number) => number.to_string(),
        toml::Value::Float(number) => number.to_string(),
        toml::Value::Boolean(true) => "yes".to_owned(),
        toml::Value::Boolean(false) => "no".to_owned(),
        toml::Value::Datetime(date) => date.to_string(),
        toml::Value::Array(entries) if entries.is_empty() => "nothing".to_owned(),
        toml::Value::Array(entries) => {
            let entries: Vec<String> = entries.iter().map(said).collect();
            entries.join(", ")
        }
        toml::Value::Table(table) => {
            let fields = table
                .iter()
                .map(|(name, value)| format!("{name} {}", said(value)));
            format!("({})", fields.collect::<Vec<_>>().join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jurisdiction::BUILT_IN;

    fn between(from: &str, to: &str) -> Vec<String> {
        let found = differences(from, to).unwrap();
        found
            .iter()
            .map(|d| format!("{}: {d}", d.section))
            .collect()
    }

    #[test]
    fn a_pack_differs_in_nothing_from_itself() {
        for (name, text) in BUILT_IN {
            assert_eq!(between(text, text), Vec::<String>::new(), "{name}");
        }
    }

    #[test]
    fn what_was_added_removed_and_changed_is_told_by_section() {
        let from = "version = \"a/1\"\n[sentencing]\nalternatives = [{ code = \"fine\", title = \"A fine\" }]\n\
                    steps = [[\"offence\"], [\"category\"]]\n[sentencing.limits]\ncustody = { youngest = 14 }\n";
        let to = "version = \"a/2\"\n[sentencing]\nalternatives = [{ code = \"order\", title = \"An order\" }]\n\
                  steps = [[\"category\"]]\n[sentencing.limits]\ncustody = { youngest = 16 }\n\
                  [retention]\nhealth = \"until_ordered\"\n";
        assert_eq!(
            between(from, to),
            [
                "pack: version was changed from a/1 to a/2",
                "retention: health was added: until_ordered",
                "sentencing: alternatives.fine was removed: A fine",
                "sentencing: alternatives.order was added: An order",
                "sentencing: limits.custody.youngest was changed from 14 to 16",
                "sentencing: steps was changed from offence, category to category",
            ]
        );
    }

    #[test]
    fn an_entry_is_the_same_one_wherever_it_stands_in_its_list() {
        let list = |entries: &str| format!("[orders]\nrequirements = [{entries}]\n");
        let (work, curfew) = (
            "{ kind = \"work\", title = \"Work\", unit = \"minutes\" }",
            "{ kind = \"curfew\", title = \"Curfew\", consent = true }",
        );
        let from = list(&format!("{work}, {curfew}"));
        assert_eq!(
            between(&from, &list(&format!("{curfew}, {work}"))),
            Vec::<String>::new()
        );
        let free = curfew.replace("true", "false");
        assert_eq!(
            between(&from, &list(&format!("{work}, {free}"))),
            ["orders: requirements.curfew.consent was changed from yes to no"]
        );
    }

    #[test]
    fn a_list_without_codes_is_compared_as_a_whole() {
        let list = |entries: &str| format!("[a]\nb = [{entries}]\n");
        let twice = "{ code = \"x\", title = \"X\" }, { code = \"x\", title = \"Y\" }";
        assert_eq!(
            between(&list("3, 4"), &list("4, 3")),
            ["a: b was changed from 3, 4 to 4, 3"]
        );
        assert_eq!(
            between(&list(twice), &list("")),
            ["a: b was changed from (code x, title X), (code x, title Y) to nothing"]
        );
    }

    #[test]
    fn a_text_that_is_no_pack_is_refused_with_its_line() {
        let error = differences("a = 1\n", "a = \n").unwrap_err();
        assert!(error.to_string().starts_with("line 1"), "{error}");
    }
}
