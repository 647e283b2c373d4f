//! By what figures may be asked: the columns and words that decisions use, the scales, the jurisdictions.

use std::sync::Arc;

use domain::jurisdiction::{Pack, SeverityScale};

use super::frame::refused;
use super::request::ViewName;
use super::words::{self, Lexicon, Term};
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
}

impl Offered {
    /// The columns that a view can be shown by.
    pub fn groupings(&self, view: ViewName) -> impl Iterator<Item = &Term> {
        let columns = self.columns.iter().map(|offered| &offered.column);
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
    }
}
