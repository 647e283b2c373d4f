//! By what figures may be asked: the columns and words that decisions use, the scales, the jurisdictions.

use std::sync::Arc;

use domain::jurisdiction::{Pack, SeverityScale};

use super::frame::{SEVERITY, VULNERABILITY, refused};
use super::request::ViewName;
use super::words::{self, Lexicon, SEVERITIES, Term};
use crate::facts::FactTable;

/// A column with the words that decisions use there, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedColumn {
    /// The column.
    pub column: Term,
    /// Its words.
    pub words: Vec<Term>,
}

/// By what figures may be asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offered {
    /// The columns: those that every decision has, then the circumstances of the rules.
    pub columns: Vec<OfferedColumn>,
    /// The severity scales of the rules, the first being the one shown first.
    pub scales: Vec<Term>,
    /// The jurisdictions with decisions.
    pub jurisdictions: Vec<Term>,
    /// Whether the codes of offences name chapters, by which rare ones can be put together.
    pub has_chapters: bool,
    /// The column that is read off the circumstances of the rules.
    pub vulnerability: Option<Term>,
}

impl Offered {
    /// The columns that a view can be shown by.
    pub fn groupings(&self, view: ViewName) -> impl Iterator<Item = &Term> {
        let columns = self.columns.iter().map(|offered| &offered.column);
        // By the severity there are as many groups as penalties: a table for a file, and none for a page.
        let columns = columns.filter(|column| column.code != SEVERITY);
        let columns = columns.chain(&self.vulnerability);
        columns.filter(move |column| refused(view, &column.code).is_none())
    }
}

/// What is offered as of a ledger index under the rules.
pub fn offered(facts: &FactTable, packs: &[Arc<Pack>], index: Option<u64>) -> Offered {
    let Some(index) = index else {
        return Offered::default();
    };
    let used = facts.words_at(index);
    let columns = words::columns(packs).into_iter().filter_map(|column| {
        let lexicon = Lexicon::of(packs, &column.code);
        let mut codes = used.get(column.code.as_str())?.clone();
        codes.sort_by_key(|code| (lexicon.place(code), *code));
        let words = codes.into_iter().map(|code| lexicon.term(code)).collect();
        Some(OfferedColumn { column, words })
    });
    let mut columns: Vec<OfferedColumn> = columns.collect();
    let place = columns
        .iter()
        .position(|offered| offered.column.code == "jurisdiction");
    let jurisdictions = place.map(|at| columns.remove(at).words).unwrap_or_default();
    let scales: &[SeverityScale] = match packs {
        [only] => &only.sentencing.severity,
        _ => &[],
    };
    if !scales.is_empty() {
        let lexicon = Lexicon::of(packs, SEVERITY);
        columns.push(OfferedColumn {
            column: words::column(packs, SEVERITY),
            words: SEVERITIES.map(|(code, _)| lexicon.term(code)).into(),
        });
    }
    Offered {
        columns,
        scales: scales
            .iter()
            .map(|scale| Term {
                code: scale.scale.version.clone(),
                title: scale.title.clone(),
            })
            .collect(),
        jurisdictions,
        vulnerability: Some(words::column(packs, VULNERABILITY)),
        has_chapters: matches!(packs, [only] if only.catalogue.chapter_mark.is_some()),
    }
}
