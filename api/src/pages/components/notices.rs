//! What is said apart from the facts: a rule's words, a consequence, a definition, a success.

use askama::Template;

use super::value::{Link, Proof};

/// Words set apart: a rule as it is written, or what a reader should know first.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "components/inset.html")]
pub struct Inset {
    pub text: String,
    /// Where the words come from.
    pub source: Option<Link>,
}

/// A consequence to be read before going on.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "components/warning.html")]
pub struct Warning {
    pub text: String,
}

/// A definition for those who want it; open on paper.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "components/details.html")]
pub struct Details {
    pub summary: String,
    pub paragraphs: Vec<String>,
}

/// What was just done, where it stands in the ledger, and what happens next.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "components/panel.html")]
pub struct Panel {
    pub title: String,
    /// What the case is called outside the register.
    pub reference: String,
    pub proof: Proof,
    pub next: Vec<String>,
    pub links: Vec<Link>,
}
