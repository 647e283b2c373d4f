//! The words of a public table's columns: those of the rules, whether or not somebody is counted under them, so that a row
//! that stands there tells of nobody.

use std::sync::Arc;

use domain::jurisdiction::{Every, Pack, PublicTable};
use domain::values::Code;

use crate::views::words::{Term, column, words_of};

/// Every word of a column together.
pub const ALL: &str = "all";
/// What is not recorded, not asked or not answered, and what the rules do not list.
pub const UNKNOWN: &str = "unknown";

/// The columns of a table: the period first, then its own, the disposal and the sex.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    period: Term,
    others: Vec<(Term, Vec<Term>)>,
}

fn term(code: &str, title: &str) -> Term {
    Term {
        code: code.to_owned(),
        title: title.to_owned(),
    }
}

impl Columns {
    /// The columns of a table under a jurisdiction's rules.
    pub(super) fn of(pack: &Arc<Pack>, table: &PublicTable) -> Self {
        let packs = std::slice::from_ref(pack);
        let own = table.by.iter().map(Code::as_str);
        let others = own.chain(["disposal", "sex"]).map(|name| {
            let listed = words_of(packs, name).into_iter();
            let mut words: Vec<Term> = listed.map(|(code, title)| Term { code, title }).collect();
            words.push(term(UNKNOWN, "not known"));
            words.push(term(ALL, "all"));
            (column(packs, name), words)
        });
        Self {
            period: match table.period {
                Every::Year => term("year", "Year"),
                Every::Quarter => term("quarter", "Quarter"),
            },
            others: others.collect(),
        }
    }

    /// The columns of the facts that are asked for.
    pub(super) fn asked(&self) -> Vec<&str> {
        let names = self.others.iter().map(|(name, _)| name.code.as_str());
        names.collect()
    }

    /// The words of a decision, those that the rules do not list as not known.
    pub(super) fn words(&self, period: Option<String>, told: &[&str]) -> Vec<String> {
        let period = period.unwrap_or_else(|| UNKNOWN.to_owned());
        let others = self.others.iter().zip(told).map(|((_, words), told)| {
            let is_listed = words.iter().any(|word| word.code == *told);
            let word = if is_listed { told } else { UNKNOWN };
            word.to_owned()
        });
        std::iter::once(period).chain(others).collect()
    }

    /// The columns with their words, given those of the period.
    pub(super) fn with_periods(&self, periods: Vec<String>) -> Vec<(Term, Vec<Term>)> {
        let mut words: Vec<Term> = periods.iter().map(|code| term(code, code)).collect();
        words.push(term(UNKNOWN, "not known"));
        words.push(term(ALL, "all"));
        let period = (self.period.clone(), words);
        std::iter::once(period)
            .chain(self.others.iter().cloned())
            .collect()
    }
}
