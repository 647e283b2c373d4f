//! A decision on paper: an order or a committal in plain words, to be signed and handed over.

use askama::Template;

use super::value::{Moment, Value};

/// One numbered condition, as the person has to understand it.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    pub title: String,
    pub text: String,
    /// What exactly, in the words of the decision.
    pub said: Option<Value>,
}

/// The printed sheet. It leaves the screen's navigation behind and starts a page of its own.
#[derive(Clone, Debug, PartialEq, Template)]
#[template(path = "components/sheet.html")]
pub struct Sheet {
    /// The court or office that speaks.
    pub court: String,
    /// *Community order*, *Committal to custody*.
    pub title: String,
    pub reference: String,
    /// Whether it is only proposed, and binds nobody.
    pub is_proposal: bool,
    /// Who it is about, when it was decided, by whom.
    pub facts: Vec<(String, Value)>,
    /// What was decided, one thought a paragraph, addressed to the person.
    pub decision: Vec<String>,
    pub conditions: Vec<Condition>,
    /// In which case something follows, and what.
    pub consequence: Option<(String, String)>,
    /// How, where and until when it can be reviewed.
    pub review: Vec<String>,
    pub entry: u64,
    pub recorded: Moment,
    /// Who signs: *For the court*, *Received by the person*.
    pub signatures: Vec<String>,
}

impl Sheet {
    fn entry_words(&self) -> String {
        crate::pages::numbers::count(self.entry)
    }
}
