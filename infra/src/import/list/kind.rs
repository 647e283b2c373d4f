//! What a file's rows are.

use serde::{Deserialize, Serialize};

/// What the rows of a file are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Decisions of courts.
    #[default]
    Sentences,
    /// Community orders, as they were made.
    Orders,
    /// Requirements of orders.
    Requirements,
    /// Appointments under requirements, and what came of them.
    Appointments,
    /// Alleged breaches of orders, and what the court found.
    Violations,
    /// How orders ended.
    Endings,
    /// Cases before judgment: a remand list.
    Pretrial,
    /// Releases from a sentence.
    Releases,
}

impl Kind {
    /// Every kind, each after what it refers to.
    pub const ALL: [Self; 8] = [
        Self::Sentences,
        Self::Orders,
        Self::Requirements,
        Self::Appointments,
        Self::Violations,
        Self::Endings,
        Self::Pretrial,
        Self::Releases,
    ];

    /// The word for it in a mapping and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sentences => "sentences",
            Self::Orders => "orders",
            Self::Requirements => "requirements",
            Self::Appointments => "appointments",
            Self::Violations => "violations",
            Self::Endings => "endings",
            Self::Pretrial => "pretrial",
            Self::Releases => "releases",
        }
    }

    /// The kind of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// What one of it is called, and several.
    pub fn nouns(self) -> (&'static str, &'static str) {
        match self {
            Self::Sentences => ("decision", "decisions"),
            Self::Orders => ("order", "orders"),
            Self::Requirements => ("requirement", "requirements"),
            Self::Appointments => ("appointment", "appointments"),
            Self::Violations => ("violation", "violations"),
            Self::Endings => ("ending of an order", "endings of orders"),
            Self::Pretrial => ("case before judgment", "cases before judgment"),
            Self::Releases => ("release", "releases"),
        }
    }
}
