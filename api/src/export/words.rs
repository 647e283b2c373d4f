//! The words for the codes of an event, in each language that is asked for.

use domain::coded::{CodeAt, codes};
use domain::jurisdiction::Pack;
use domain::record::AnyEvent;

use super::document::{Label, Source, ToldCode};

/// Tells the codes of an event under the rules that were in force.
pub(super) struct Speaker<'a> {
    pub(super) law: Option<&'a Pack>,
    pub(super) version: Option<&'a str>,
    pub(super) languages: &'a [String],
}

/// Whether a list holds provisions of law, or the offences they name.
pub(super) fn is_basis(list: &str) -> bool {
    let holds = list.rsplit('.').next().unwrap_or_default();
    ["offences", "bases", "provisions"].contains(&holds)
}

impl Speaker<'_> {
    /// Every code of an event, by its place.
    pub(super) fn codes(&self, event: &AnyEvent) -> Vec<ToldCode> {
        let codes = codes(event).into_iter();
        codes.map(|code| self.told(code)).collect()
    }

    fn told(&self, CodeAt { at, list, code }: CodeAt) -> ToldCode {
        let labels = self.languages.iter();
        let labels = labels
            .map(|language| self.label(language, &list, &code))
            .collect();
        let source = self.source(&list, &code);
        ToldCode {
            at,
            list,
            code,
            labels,
            source,
        }
    }

    fn label(&self, language: &str, list: &str, code: &str) -> Label {
        let told = self.words(language, list, code);
        Label {
            language: language.to_owned(),
            text: told.as_ref().ok().cloned(),
            missing: told.err(),
        }
    }

    /// The words, or why there are none.
    fn words(&self, language: &str, list: &str, code: &str) -> Result<String, String> {
        let Some(law) = self.law else {
            return Err(match self.version {
                Some(version) => format!("the rules {version} are not kept in this register"),
                None => "it was recorded under no rules".to_owned(),
            });
        };
        let version = &law.version;
        let Some(said) = law.said(list, code) else {
            return Err(format!("the rules {version} do not list it"));
        };
        if law.language == language {
            return Ok(said.title.to_owned());
        }
        let words = law.labelled(language, said.list, code);
        words
            .map(str::to_owned)
            .ok_or_else(|| format!("the rules {version} have no word for it in {language}"))
    }

    fn source(&self, list: &str, code: &str) -> Option<Source> {
        let law = self.law?;
        let place = if list == "offences" {
            "catalogue.offences"
        } else {
            list
        };
        let cited = law.citation(&format!("{place}.{code}"))?;
        Some(Source {
            text: cited.source.clone(),
            verified: cited.verified,
        })
    }
}
