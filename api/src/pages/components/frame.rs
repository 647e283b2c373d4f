//! What stands around every page: whose page it is, where it is, and as of when.

use super::form::Guard;
use super::value::{Link, Moment};
use crate::pages::numbers::count;

/// Which way the language is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    LeftToRight,
    RightToLeft,
}

/// How one leaves an identity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exit {
    /// A sample identity: another can be chosen there.
    Switch { href: String },
    /// A signed-in user; leaving is a POST with the session's token.
    SignOut { action: String, token: String },
}

/// Who the page is shown to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    pub name: String,
    /// In which role and for which office, or why.
    pub acting: String,
    pub exit: Exit,
}

impl Identity {
    pub(crate) fn switch(&self) -> Option<&str> {
        match &self.exit {
            Exit::Switch { href } => Some(href),
            Exit::SignOut { .. } => None,
        }
    }

    pub(crate) fn sign_out(&self) -> Option<(&str, &str)> {
        match &self.exit {
            Exit::Switch { .. } => None,
            Exit::SignOut { action, token } => Some((action, token)),
        }
    }
}

/// Whether the page shows the present or an earlier state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    Now,
    /// `now` is this page in the present.
    Past {
        now: String,
    },
}

/// The moment the page is true of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsOf {
    pub moment: Moment,
    /// The last entry counted in.
    pub entry: u64,
    pub standing: Standing,
    /// This page's path, to which the form *Change* sends `as_of`.
    pub path: String,
    /// Query parameters that stay when the moment changes.
    pub kept: Vec<(String, String)>,
}

impl AsOf {
    /// The present.
    pub fn now(moment: Moment, entry: u64, path: impl Into<String>) -> Self {
        Self {
            moment,
            entry,
            standing: Standing::Now,
            path: path.into(),
            kept: Vec::new(),
        }
    }

    /// An earlier state; `now` leads back.
    pub fn past(
        moment: Moment,
        entry: u64,
        path: impl Into<String>,
        now: impl Into<String>,
    ) -> Self {
        Self {
            moment,
            entry,
            standing: Standing::Past { now: now.into() },
            path: path.into(),
            kept: Vec::new(),
        }
    }

    #[must_use]
    pub fn keeping(mut self, kept: Vec<(String, String)>) -> Self {
        self.kept = kept;
        self
    }

    pub fn is_past(&self) -> bool {
        matches!(self.standing, Standing::Past { .. })
    }

    /// In the past, this page in the present.
    pub fn way_back(&self) -> Option<&str> {
        match &self.standing {
            Standing::Now => None,
            Standing::Past { now } => Some(now),
        }
    }

    /// The first page, of the same moment.
    pub fn first_page(&self) -> String {
        match &self.standing {
            Standing::Now => "/".to_owned(),
            Standing::Past { .. } => format!("/?as_of={}", self.entry),
        }
    }

    /// `3 March 2026, 14:02 (entry 69,527)`; of a page that shows nothing of the register, only that it is now.
    pub fn words(&self) -> String {
        if self.moment.datetime.is_empty() {
            return self.moment.words.clone();
        }
        format!("{} (entry {})", self.moment.words, count(self.entry))
    }

    /// A guard that lets a form through only in the present.
    #[must_use]
    pub fn guard(&self, open: Guard) -> Guard {
        match &self.standing {
            Standing::Now => open,
            Standing::Past { now } => Guard::Past { now: now.clone() },
        }
    }
}

/// The search in the header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    pub action: String,
    pub label: String,
    pub typed: String,
}

/// Everything `layout.html` needs; a page's context has it as its field `frame`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    pub title: String,
    /// What kind of thing the title names, above it: *Sentence*, *Order*.
    pub kicker: Option<String>,
    /// The page's answer in one sentence, below the title.
    pub lede: Option<String>,
    pub lang: String,
    pub direction: Direction,
    /// Whose register this is.
    pub register: String,
    pub identity: Option<Identity>,
    pub navigation: Vec<Link>,
    pub trail: Vec<Link>,
    /// Pages that belong together with this one.
    pub siblings: Vec<Link>,
    pub search: Option<Search>,
    pub help: Option<String>,
    pub as_of: AsOf,
    /// The one thing this page is for, when that is a page of its own. Not offered in the past.
    pub primary: Option<Link>,
    /// Whether a form was refused; the document title then begins with *Error*.
    pub has_errors: bool,
    /// What the printed foot names, such as a case reference.
    pub reference: Option<String>,
}

impl Frame {
    pub fn new(title: impl Into<String>, register: impl Into<String>, as_of: AsOf) -> Self {
        Self {
            title: title.into(),
            kicker: None,
            lede: None,
            lang: "en".to_owned(),
            direction: Direction::LeftToRight,
            register: register.into(),
            identity: None,
            navigation: Vec::new(),
            trail: Vec::new(),
            siblings: Vec::new(),
            search: None,
            help: None,
            as_of,
            primary: None,
            has_errors: false,
            reference: None,
        }
    }

    #[must_use]
    pub fn kicker(mut self, kicker: impl Into<String>) -> Self {
        self.kicker = Some(kicker.into());
        self
    }

    #[must_use]
    pub fn lede(mut self, lede: impl Into<String>) -> Self {
        self.lede = Some(lede.into());
        self
    }

    #[must_use]
    pub fn language(mut self, lang: impl Into<String>, direction: Direction) -> Self {
        self.lang = lang.into();
        self.direction = direction;
        self
    }

    #[must_use]
    pub fn identity(mut self, identity: Identity) -> Self {
        self.identity = Some(identity);
        self
    }

    #[must_use]
    pub fn navigation(mut self, links: Vec<Link>) -> Self {
        self.navigation = links;
        self
    }

    #[must_use]
    pub fn trail(mut self, links: Vec<Link>) -> Self {
        self.trail = links;
        self
    }

    #[must_use]
    pub fn siblings(mut self, links: Vec<Link>) -> Self {
        self.siblings = links;
        self
    }

    #[must_use]
    pub fn search(
        mut self,
        action: impl Into<String>,
        label: impl Into<String>,
        typed: impl Into<String>,
    ) -> Self {
        self.search = Some(Search {
            action: action.into(),
            label: label.into(),
            typed: typed.into(),
        });
        self
    }

    #[must_use]
    pub fn help(mut self, href: impl Into<String>) -> Self {
        self.help = Some(href.into());
        self
    }

    #[must_use]
    pub fn primary(mut self, href: impl Into<String>, text: impl Into<String>) -> Self {
        self.primary = Some(Link::new(href, text));
        self
    }

    #[must_use]
    pub fn refused(mut self, has_errors: bool) -> Self {
        self.has_errors = has_errors;
        self
    }

    #[must_use]
    pub fn reference(mut self, reference: impl Into<String>) -> Self {
        self.reference = Some(reference.into());
        self
    }

    /// The title of the document: errors and past dates come first, because a tab shows little.
    pub fn document_title(&self) -> String {
        let error = if self.has_errors { "Error: " } else { "" };
        let date = if self.as_of.is_past() {
            format!("{}: ", self.as_of.moment.words)
        } else {
            String::new()
        };
        format!("{error}{date}{} – Assize", self.title)
    }

    pub(crate) fn dir(&self) -> &'static str {
        match self.direction {
            Direction::LeftToRight => "ltr",
            Direction::RightToLeft => "rtl",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(as_of: AsOf) -> Frame {
        Frame::new("Sentence 2026/114", "Northmoor", as_of)
    }

    fn moment() -> Moment {
        Moment::new("2026-03-03T14:02", "3 March 2026, 14:02")
    }

    #[test]
    fn a_past_title_begins_with_its_date_and_an_error_comes_before_all() {
        let past = frame(AsOf::past(moment(), 69_527, "/s", "/s"));
        assert_eq!(
            past.document_title(),
            "3 March 2026, 14:02: Sentence 2026/114 – Assize"
        );
        let refused = frame(AsOf::now(moment(), 69_527, "/s")).refused(true);
        assert!(refused.document_title().starts_with("Error: "));
    }

    #[test]
    fn no_form_is_open_in_the_past() {
        let open = Guard::open("token");
        assert_eq!(AsOf::now(moment(), 1, "/s").guard(open.clone()), open);
        assert_eq!(
            AsOf::past(moment(), 1, "/s", "/s?x=1").guard(open),
            Guard::Past {
                now: "/s?x=1".to_owned()
            }
        );
    }

    #[test]
    fn the_way_home_stays_in_the_past() {
        assert_eq!(AsOf::now(moment(), 7, "/s").first_page(), "/");
        assert_eq!(
            AsOf::past(moment(), 7, "/s", "/s").first_page(),
            "/?as_of=7"
        );
    }

    #[test]
    fn the_moment_names_its_entry() {
        assert_eq!(
            AsOf::now(moment(), 69_527, "/s").words(),
            "3 March 2026, 14:02 (entry 69,527)"
        );
    }
}
