//! The words of columns as people read them, and their order.

use std::sync::Arc;

use domain::jurisdiction::{Coded, Pack};
use domain::sentence::SanctionKind;
use domain::statistics::Rational;
use domain::statistics::exact::Exact;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::frame::SEVERITY;
use crate::facts::NOT_RECORDED;

/// A code with the words that people read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Term {
    /// The code, as conditions name it.
    pub code: String,
    /// The words.
    pub title: String,
}

/// A code and its title.
type Worded = (String, String);

const ABSENT: [(&str, &str); 3] = [
    (NOT_RECORDED, "not recorded"),
    ("not_asked", "not asked"),
    ("declined", "declined to say"),
];
const SEXES: [(&str, &str); 3] = [
    ("female", "women"),
    ("male", "men"),
    ("another", "another entry"),
];
/// Whether a decision has a severity: a number under the scale of the view.
pub(super) const KNOWN: &str = "known";
pub(super) const NOT_KNOWN: &str = "not_known";
pub(super) const SEVERITIES: [(&str, &str); 2] = [(KNOWN, "known"), (NOT_KNOWN, "not known")];
const VULNERABILITIES: [(&str, &str); 2] = [("yes", "vulnerable"), ("no", "not vulnerable")];
const STANDINGS: [(&str, &str); 2] = [("in_force", "in force"), ("pardoned", "pardoned")];
const DOORS: [(&str, &str); 2] = [
    ("live", "taken through the register"),
    ("existing", "recorded afterwards"),
];
const DEPARTURES: [(&str, &str); 6] = [
    ("below", "below the range, with reasons"),
    ("below_unreasoned", "below the range, without reasons"),
    ("within", "within the range"),
    ("above", "above the range, with reasons"),
    ("above_unreasoned", "above the range, without reasons"),
    ("not_comparable", "no length to compare"),
];
const COLUMNS: [(&str, &str); 14] = [
    ("jurisdiction", "Jurisdiction"),
    ("court", "Court"),
    ("offence", "Offence"),
    ("category", "Category of offence"),
    ("iccs", "International class (ICCS)"),
    ("gravity", "Gravity"),
    ("sex", "Sex as recorded"),
    ("disposal", "Disposal"),
    ("departure", "Against the guideline range"),
    ("door", "How it was recorded"),
    ("standing", "Standing"),
    ("year", "Year"),
    ("severity", "Severity"),
    ("vulnerability", "Vulnerability"),
];

fn listed(list: &[(&str, &str)]) -> Vec<Worded> {
    list.iter()
        .map(|(code, title)| ((*code).to_owned(), (*title).to_owned()))
        .collect()
}

fn coded(list: &[Coded]) -> Vec<Worded> {
    list.iter()
        .map(|c| (c.code.to_string(), c.title.clone()))
        .collect()
}

/// The words that a column may hold by the rules, in their order; empty where the rules do not list them.
pub(crate) fn words_of(packs: &[Arc<Pack>], column: &str) -> Vec<Worded> {
    match column {
        "sex" => listed(&SEXES),
        "disposal" => SanctionKind::ALL
            .iter()
            .map(|kind| (kind.word().to_owned(), kind.title().to_owned()))
            .collect(),
        "standing" => listed(&STANDINGS),
        "departure" => listed(&DEPARTURES),
        "door" => listed(&DOORS),
        "severity" => listed(&SEVERITIES),
        "vulnerability" => listed(&VULNERABILITIES),
        _ => packs
            .iter()
            .flat_map(|pack| words_of_pack(pack, column))
            .collect(),
    }
}

fn words_of_pack(pack: &Pack, column: &str) -> Vec<Worded> {
    match column {
        "jurisdiction" => vec![(pack.jurisdiction.to_string(), pack.title.clone())],
        "court" => coded(&pack.courts),
        "category" => coded(&pack.sentencing.categories),
        "offence" => pack
            .catalogue
            .offences
            .iter()
            .map(|o| (o.code.to_string(), format!("{} {}", o.code, o.title)))
            .collect(),
        "gravity" => pack
            .catalogue
            .gravity
            .iter()
            .flat_map(|policy| {
                policy.levels.iter().map(|level| {
                    (
                        format!("{} {}", policy.policy, level.code),
                        level.title.clone(),
                    )
                })
            })
            .collect(),
        _ => pack
            .sentencing
            .circumstances
            .iter()
            .find(|rule| rule.code.as_str() == column)
            .map(|rule| coded(&rule.values))
            .unwrap_or_default(),
    }
}

/// The columns that the rules know besides those that every decision has.
pub(super) fn circumstances(packs: &[Arc<Pack>]) -> Vec<Worded> {
    packs
        .iter()
        .flat_map(|pack| &pack.sentencing.circumstances)
        .map(|rule| (rule.code.to_string(), rule.title.clone()))
        .collect()
}

/// Why a word stands for no answer, in words.
pub(super) fn absence(word: &str) -> Option<&'static str> {
    ABSENT
        .iter()
        .find(|(code, _)| *code == word)
        .map(|(_, title)| *title)
}

/// Every column, with its name.
pub(super) fn columns(packs: &[Arc<Pack>]) -> Vec<Term> {
    let mut columns = listed(&COLUMNS);
    for circumstance in circumstances(packs) {
        if columns.iter().all(|(code, _)| *code != circumstance.0) {
            columns.push(circumstance);
        }
    }
    let term = |(code, title)| Term { code, title };
    columns.into_iter().map(term).collect()
}

/// A column's name.
pub(crate) fn column(packs: &[Arc<Pack>], name: &str) -> Term {
    let fixed = COLUMNS.iter().find(|(code, _)| *code == name);
    let own = || {
        circumstances(packs)
            .into_iter()
            .find(|(code, _)| code == name)
            .map(|(_, title)| title)
    };
    Term {
        code: name.to_owned(),
        title: fixed
            .map(|(_, title)| (*title).to_owned())
            .or_else(own)
            .unwrap_or_else(|| name.to_owned()),
    }
}

/// The words of one column, looked up once.
pub(super) struct Lexicon {
    words: Vec<Worded>,
    /// Whether its words are numbers.
    is_number: bool,
}

/// Where a word stands among the words of its column.
pub(super) type Order = (u8, usize, Option<Exact>);

/// Where a group stands among others, by its word in each column.
pub(super) fn standing<'w>(lexicons: &[Lexicon], words: &'w [String]) -> Vec<(Order, &'w str)> {
    let words = words.iter().zip(lexicons);
    words
        .map(|(word, lexicon)| (lexicon.place(word), word.as_str()))
        .collect()
}

/// What a group is called, column by column.
pub(super) fn terms(lexicons: &[Lexicon], words: &[String]) -> Vec<Term> {
    let words = words.iter().zip(lexicons);
    words.map(|(word, lexicon)| lexicon.term(word)).collect()
}

impl Lexicon {
    pub(super) fn of(packs: &[Arc<Pack>], column: &str) -> Self {
        Self {
            words: words_of(packs, column),
            is_number: column == SEVERITY,
        }
    }

    pub(super) fn term(&self, code: &str) -> Term {
        let found = self.words.iter().find(|(known, _)| known == code);
        Term {
            code: code.to_owned(),
            title: match (absence(code), found) {
                (Some(absent), _) => absent.to_owned(),
                (None, Some((_, title))) => title.clone(),
                (None, None) => code.to_owned(),
            },
        }
    }

    /// Where a word stands: numbers by their size, listed words in their order, others by their letters, absences last.
    pub(super) fn place(&self, code: &str) -> Order {
        if let Some(number) = self.number(code) {
            return (0, 0, Some(number));
        }
        if let Some(at) = ABSENT.iter().position(|(absent, _)| *absent == code) {
            // Silence last of all.
            return (2, ABSENT.len().saturating_sub(at), None);
        }
        match self.words.iter().position(|(known, _)| known == code) {
            Some(at) => (0, at, None),
            None => (1, 0, None),
        }
    }

    fn number(&self, code: &str) -> Option<Exact> {
        let read = || code.parse::<Rational>().ok().map(|read| read.0);
        self.is_number.then(read).flatten()
    }
}

/// The title of a jurisdiction, or its code.
pub(super) fn jurisdiction<'a>(packs: &'a [Arc<Pack>], code: &'a str) -> &'a str {
    packs
        .iter()
        .find(|pack| pack.jurisdiction.as_str() == code)
        .map_or(code, |pack| pack.title.as_str())
}
