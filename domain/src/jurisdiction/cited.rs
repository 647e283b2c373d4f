//! Where the rules of a pack come from, and which of them nobody has checked yet.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Pack, PackError, once};

/// Where a rule comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Citation {
    /// The place in the pack: a section `pretrial`, a list or a value `pretrial.grounds`, an entry of a list
    /// `orders.requirements.curfew`. The narrowest place that is cited holds.
    pub at: String,
    /// The provision, or who decided it.
    pub source: String,
    /// Whether the rule was checked against it.
    pub verified: bool,
    /// What whoever relies on it has to know.
    #[serde(default)]
    pub note: Option<String>,
}

impl Pack {
    /// Where the rule at a place comes from, by the narrowest place that is cited.
    pub fn citation(&self, at: &str) -> Option<&Citation> {
        let holds = |citation: &&Citation| {
            let rest = at.strip_prefix(&citation.at);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let found = self.cited.iter().filter(holds);
        found.max_by_key(|citation| citation.at.len())
    }
}

/// Refuses a citation without a source, one that stands twice and one of a place that the pack does not have.
pub(super) fn check(cited: &[Citation], pack: &toml::Table) -> Result<(), PackError> {
    once("cited", cited.iter().map(|citation| &citation.at))?;
    for Citation { at, source, .. } in cited {
        if source.trim().is_empty() {
            return Err(PackError::Unreadable(format!(
                "cited: {at} cites no source: say where it comes from"
            )));
        }
        if !has(pack, at) {
            return Err(PackError::Dangling {
                at: "cited".to_owned(),
                code: at.clone(),
            });
        }
    }
    Ok(())
}

/// Whether a pack has a place.
fn has(pack: &toml::Table, at: &str) -> bool {
    let mut here: Option<&toml::Value> = None;
    let mut rest = at;
    loop {
        let (name, after) = rest.split_once('.').unwrap_or((rest, ""));
        let found = match here {
            None => pack.get(name),
            Some(toml::Value::Table(table)) => table.get(name),
            // The code of an entry may hold a dot: it is all that is left.
            Some(toml::Value::Array(entries)) => {
                return entries.iter().any(|entry| is(entry, rest));
            }
            Some(_) => None,
        };
        match (found, after) {
            (None, _) => return false,
            (Some(_), "") => return true,
            (found, after) => (here, rest) = (found, after),
        }
    }
}

/// Whether an entry of a list is the one of a code.
fn is(entry: &toml::Value, code: &str) -> bool {
    let says = |name: &str| entry.get(name).and_then(toml::Value::as_str) == Some(code);
    ["code", "kind"].into_iter().any(says) || entry.as_str() == Some(code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jurisdiction::BUILT_IN;

    fn built_in(name: &str) -> &'static str {
        let mut packs = BUILT_IN.into_iter();
        packs.find(|(known, _)| *known == name).unwrap().1
    }

    fn with(at: &str, source: &str) -> Result<Pack, PackError> {
        let cited = format!("[[cited]]\nat = \"{at}\"\nsource = \"{source}\"\nverified = false\n");
        Pack::parse(&format!("{}\n{cited}", built_in("midland")))
    }

    #[test]
    fn a_citation_names_a_place_of_the_pack_and_a_source() {
        for at in [
            "pretrial",
            "pretrial.longest_days",
            "pretrial.grounds.flight",
            "sentencing.limits.custody",
        ] {
            assert!(with(at, "somewhere").is_ok(), "{at}");
        }
        for at in [
            "wishes",
            "pretrial.wishes",
            "pretrial.grounds.whim",
            "pretrial.longest_days.most",
        ] {
            let error = with(at, "somewhere").unwrap_err().to_string();
            assert!(error.contains(at), "{error}");
        }
        let error = with("pretrial", " ").unwrap_err().to_string();
        assert!(error.contains("cites no source"), "{error}");
    }

    #[test]
    fn the_narrowest_place_that_is_cited_holds() {
        let pack = Pack::parse(built_in("england-wales")).unwrap();
        let at = |at: &str| pack.citation(at).map(|citation| citation.at.as_str());
        assert_eq!(
            at("orders.requirements.curfew"),
            Some("orders.requirements.curfew")
        );
        assert_eq!(at("orders.requirements.curfews"), Some("orders"));
        assert_eq!(at("orders.longest"), Some("orders.longest"));
        assert_eq!(at("emergency"), None);
        assert!(!pack.citation("orders").unwrap().verified);
    }

    #[test]
    fn every_rule_of_england_and_wales_says_where_it_comes_from() {
        let pack = Pack::parse(built_in("england-wales")).unwrap();
        let whole: toml::Table = toml::from_str(built_in("england-wales")).unwrap();
        for (section, rules) in &whole {
            for rule in rules.as_table().into_iter().flatten().map(|(rule, _)| rule) {
                let at = format!("{section}.{rule}");
                assert!(pack.citation(&at).is_some(), "{at} cites nothing");
            }
        }
        for offence in &pack.catalogue.offences {
            let said = offence.source.is_some() && offence.verified.is_some();
            assert!(said, "{} does not say where it comes from", offence.code);
        }
        assert!(pack.catalogue.offences.len() >= 36);
    }
}
