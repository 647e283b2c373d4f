//! What is asked of a view: its conditions, its columns, and what it has nothing to do with.

use std::collections::{BTreeMap, BTreeSet};

use super::{Frame, SEVERITY, VULNERABILITY};
use crate::facts::{Filter, NOT_RECORDED};
use crate::views::request::{ViewError, ViewName};
use crate::views::severity::Weighed;
use crate::views::words::{self, Lexicon};

impl Frame<'_> {
    /// Refuses what this view has nothing to do with.
    pub(super) fn check_wishes(&self) -> Result<(), ViewError> {
        if self.request.at_most.is_some() && self.scale.is_none() && !self.packs.is_empty() {
            return Err(ViewError::NotAsked {
                asked: "at_most",
                why: "no severity is looked at here: ask it of proportionality or gender, or of disposals by severity",
            });
        }
        if self.request.window.is_some() && self.request.view != ViewName::Reconviction {
            return Err(ViewError::NotAsked {
                asked: "window",
                why: "nobody is followed here: ask it of the view reconviction",
            });
        }
        Ok(())
    }

    pub(super) fn take_filter(&mut self, mut filter: Filter) -> Result<(), ViewError> {
        filter.dimension = self.named("where", &filter.dimension)?;
        if let Some(column) = self.facts.dimensions().get(&filter.dimension) {
            self.check_words(&filter, column.words.words_from(0))?;
            self.filters.push(filter);
            return Ok(());
        }
        // A column of the rules that no decision has used: everybody is silent there.
        self.check_words(&filter, std::iter::once(NOT_RECORDED))?;
        let silent = filter.words.iter().any(|word| word == NOT_RECORDED);
        self.nobody |= silent != filter.keep;
        Ok(())
    }

    /// A condition on the severity: whether a decision has a number under the scale of the view.
    pub(super) fn take_severity(&mut self, filter: &Filter) -> Result<(), ViewError> {
        let known: BTreeSet<String> = words::SEVERITIES.map(|(code, _)| code.to_owned()).into();
        if let Some(word) = filter.words.iter().find(|word| !known.contains(*word)) {
            return Err(ViewError::Word {
                dimension: SEVERITY.to_owned(),
                word: word.clone(),
                known: some_of(&known),
            });
        }
        let Some((_, weighed)) = &self.scale else {
            return Err(ViewError::NotAsked {
                asked: "where",
                why: "no severity scale is in force, so that no decision has a severity: take the condition on it away",
            });
        };
        let kept = |weighed: &Weighed| {
            let word = match weighed.severity.exact {
                Some(_) => words::KNOWN,
                None => words::NOT_KNOWN,
            };
            filter.keep == filter.words.iter().any(|asked| asked == word)
        };
        let kept = weighed.iter().map(kept);
        self.penalties = Some(match self.penalties.take() {
            Some(before) => before.into_iter().zip(kept).map(|(a, b)| a && b).collect(),
            None => kept.collect(),
        });
        Ok(())
    }

    /// The offences with fewer decisions, among those counted, than an offence of its own needs.
    pub(super) fn rare_offences(&self) -> Result<BTreeMap<String, String>, ViewError> {
        let Some(fewest) = self.request.fewest else {
            return Ok(BTreeMap::new());
        };
        let refused = |why| {
            Err(ViewError::NotAsked {
                asked: "fewest",
                why,
            })
        };
        if self.request.view != ViewName::Gender {
            return refused(
                "only among like cases are rare offences put together: ask it of the view gender",
            );
        }
        let Some(catalogue) = self.pack().map(|pack| &pack.catalogue) else {
            return Ok(BTreeMap::new());
        };
        if catalogue.chapter_mark.is_none() {
            return refused(
                "by these rules the codes of offences name no chapter, so that rare ones cannot be put together: leave it out",
            );
        }
        let mut counted: BTreeMap<String, u64> = BTreeMap::new();
        for (mut words, n) in self.counts(&["offence"])? {
            let offence = words.pop().unwrap_or_default();
            *counted.entry(offence).or_default() += n;
        }
        let rare = counted.into_iter().filter_map(|(offence, n)| {
            let chapter = catalogue.chapter(&offence).filter(|_| n < fewest)?;
            let words = format!("chapter {chapter}");
            Some((offence, words))
        });
        Ok(rare.collect())
    }

    fn check_words<'w>(
        &self,
        filter: &Filter,
        used: impl Iterator<Item = &'w str>,
    ) -> Result<(), ViewError> {
        let mut known: BTreeSet<String> = used.map(str::to_owned).collect();
        let listed = words::words_of(self.packs, &filter.dimension);
        known.extend(listed.into_iter().map(|(code, _)| code));
        let absent = |word: &&String| !known.contains(*word) && words::absence(word).is_none();
        match filter.words.iter().find(absent) {
            None => Ok(()),
            Some(word) => Err(ViewError::Word {
                dimension: filter.dimension.clone(),
                word: word.clone(),
                known: some_of(&known),
            }),
        }
    }

    /// The name of a column, which may be written with `_` for `-`; an error names those there are.
    pub(super) fn named(&self, asked: &'static str, name: &str) -> Result<String, ViewError> {
        let mut known: BTreeSet<String> = self.facts.dimensions().keys().cloned().collect();
        known.insert(SEVERITY.to_owned());
        known.extend(
            words::circumstances(self.packs)
                .into_iter()
                .map(|(code, _)| code),
        );
        for candidate in [name.to_owned(), name.replace('_', "-")] {
            if known.contains(&candidate) {
                return Ok(candidate);
            }
        }
        let known: Vec<String> = known.into_iter().collect();
        Err(ViewError::Unknown {
            asked,
            name: name.to_owned(),
            known: known.join(", "),
        })
    }

    /// The conditions, in words.
    pub(in crate::views) fn conditions(&self) -> Vec<String> {
        self.request
            .filters
            .iter()
            .map(|filter| {
                let name = self.named("where", &filter.dimension).unwrap_or_default();
                let lexicon = Lexicon::of(self.packs, &name);
                let words: Vec<String> = filter
                    .words
                    .iter()
                    .map(|word| lexicon.term(word).title)
                    .collect();
                let is = if filter.keep { "is" } else { "is not" };
                let column = words::column(self.packs, &name).title;
                format!("{column} {is} {}", words.join(" or "))
            })
            .collect()
    }
}

/// Why a view is not shown by a column.
pub(in crate::views) fn refused(view: ViewName, column: &str) -> Option<&'static str> {
    match (view, column) {
        (ViewName::Proportionality, SEVERITY) => {
            Some("which is what each group is measured by: ask for another column")
        }
        (ViewName::Disposals | ViewName::Proportionality | ViewName::Alternatives, "disposal") => {
            Some("which each group is divided into: ask for another column")
        }
        (ViewName::Alternatives, SEVERITY) => Some(
            "which says whether there was custody: ask for what was known before, such as sex or category",
        ),
        (
            ViewName::Disposals
            | ViewName::Proportionality
            | ViewName::Gender
            | ViewName::Parity
            | ViewName::Departures,
            VULNERABILITY,
        ) => Some("which the view alternatives is shown by: ask for a single circumstance"),
        (ViewName::Departures, "departure" | "departure_extent" | SEVERITY) => {
            Some("which each group is divided into: ask for another column")
        }
        (ViewName::Parity, "court") => Some(
            "which is what is compared: ask for what makes cases alike, such as offence or gravity",
        ),
        (ViewName::Parity, "sex") => {
            Some("which makes no cases alike: ask the view gender about women and men")
        }
        (ViewName::Gender, "sex") => Some(
            "which is what is compared: ask for what makes cases alike, such as category or court",
        ),
        (
            ViewName::Gender | ViewName::Parity,
            "disposal" | "departure" | "departure_extent" | "standing" | SEVERITY,
        ) => Some(
            "which was decided with the sentence or after it: like cases are found by what was known before, such as \
             category or offence",
        ),
        (ViewName::Reconviction, SEVERITY | VULNERABILITY) => {
            Some("by which nobody is followed: ask for disposal, sex or gravity")
        }
        _ => None,
    }
}

/// The first of many words, and how many there are.
fn some_of(known: &BTreeSet<String>) -> String {
    const SHOWN: usize = 20;
    let some: Vec<&str> = known.iter().take(SHOWN).map(String::as_str).collect();
    match known.len().saturating_sub(SHOWN) {
        0 => some.join(", "),
        more => format!("{} and {more} more", some.join(", ")),
    }
}
