//! What a reader finds in a cell, a summary or an event: typed, so that absence is never blank.
#![expect(
    unused_qualifications,
    clippy::let_underscore_must_use,
    reason = "the code derived for the template of an enum"
)]

use askama::Template;

use super::Field;
use crate::pages::numbers::count;

/// A moment: in words for people, in ISO 8601 for programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    pub datetime: String,
    pub words: String,
}

impl Moment {
    pub fn new(datetime: impl Into<String>, words: impl Into<String>) -> Self {
        Self {
            datetime: datetime.into(),
            words: words.into(),
        }
    }
}

/// A way to another page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub href: String,
    pub text: String,
    /// The page the reader is on.
    pub is_current: bool,
}

impl Link {
    pub fn new(href: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            href: href.into(),
            text: text.into(),
            is_current: false,
        }
    }

    #[must_use]
    pub fn current(mut self) -> Self {
        self.is_current = true;
        self
    }
}

/// How a tag looks. The word in it carries the meaning; the look only helps to find it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Plain,
    Good,
    Attention,
    Grave,
}

/// A word that says what state something is in.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "components/tag.html")]
pub struct Tag {
    pub word: String,
    pub tone: Tone,
}

impl Tag {
    pub fn new(word: impl Into<String>, tone: Tone) -> Self {
        Self {
            word: word.into(),
            tone,
        }
    }

    fn class(&self) -> &'static str {
        match self.tone {
            Tone::Plain => "tag",
            Tone::Good => "tag tag-good",
            Tone::Attention => "tag tag-attention",
            Tone::Grave => "tag tag-grave",
        }
    }
}

/// How far an entry is proven. `href` leads to the entry with its proof.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "components/proof.html")]
pub enum Proof {
    /// Covered by a signed checkpoint.
    Checkpointed {
        entry: u64,
        checkpoint: u64,
        href: String,
    },
    /// In the ledger; its checkpoint follows.
    Recorded { entry: u64, href: String },
    /// The stored entry is not the one the ledger proves.
    Broken { entry: u64, href: String },
}

impl Proof {
    fn checkpoint(&self) -> String {
        match self {
            Self::Checkpointed { checkpoint, .. } => count(*checkpoint),
            Self::Recorded { .. } | Self::Broken { .. } => String::new(),
        }
    }

    pub fn entry(&self) -> String {
        match self {
            Self::Checkpointed { entry, .. }
            | Self::Recorded { entry, .. }
            | Self::Broken { entry, .. } => count(*entry),
        }
    }
}

/// One fact as a page shows it.
#[derive(Clone, Debug, PartialEq, Template)]
#[template(path = "components/value.html")]
pub enum Value {
    Text(String),
    /// A name or reference, kept apart from the direction of the text around it.
    Name(String),
    /// Already written out; set so that digits stand under digits.
    Number(String),
    Moment(Moment),
    Link(Link),
    Tag(Tag),
    Proof(Proof),
    /// Before and after, marked by strokes and by words.
    Change {
        before: String,
        after: String,
    },
    Many(Vec<Value>),
    /// A field inside a table, for sheets filled in row by row.
    Field(Box<Field>),
    NotRecorded,
    NotAsked,
    Declined,
    Erased {
        on: Moment,
        basis: String,
    },
    /// Withheld by disclosure control.
    FewerThan(u32),
    /// A figure that does not exist, and why.
    Undefined(String),
    /// Nothing belongs here, which is different from nothing being known.
    None,
}

impl Value {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub fn name(text: impl Into<String>) -> Self {
        Self::Name(text.into())
    }

    pub fn count(n: u64) -> Self {
        Self::Number(count(n))
    }

    pub fn moment(datetime: impl Into<String>, words: impl Into<String>) -> Self {
        Self::Moment(Moment::new(datetime, words))
    }

    pub fn link(href: impl Into<String>, text: impl Into<String>) -> Self {
        Self::Link(Link::new(href, text))
    }

    pub fn tag(word: impl Into<String>, tone: Tone) -> Self {
        Self::Tag(Tag::new(word, tone))
    }

    pub fn field(field: Field) -> Self {
        Self::Field(Box::new(field))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}
