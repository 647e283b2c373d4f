//! Lists of facts: summaries, tables, histories, work, tasks, and the way to the next page.

use askama::Template;

use super::value::{Link, Moment, Proof, Tag, Value};
use crate::pages::numbers::count;

/// One fact of a summary, with a way to change it where there is one.
#[derive(Clone, Debug, PartialEq)]
pub struct SummaryRow {
    pub key: String,
    pub value: Value,
    pub change: Option<Link>,
}

/// Facts about one thing.
#[derive(Clone, Debug, Default, PartialEq, Template)]
#[template(path = "components/summary_list.html")]
pub struct SummaryList {
    pub rows: Vec<SummaryRow>,
}

impl SummaryList {
    #[must_use]
    pub fn row(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.rows.push(SummaryRow {
            key: key.into(),
            value: value.into(),
            change: None,
        });
        self
    }

    /// A fact that can be changed; `Link::text` is the whole phrase, such as *Change the date*.
    #[must_use]
    pub fn changeable(
        mut self,
        key: impl Into<String>,
        value: impl Into<Value>,
        change: Link,
    ) -> Self {
        self.rows.push(SummaryRow {
            key: key.into(),
            value: value.into(),
            change: Some(change),
        });
        self
    }
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub label: String,
    pub is_number: bool,
}

impl Column {
    pub fn text(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            is_number: false,
        }
    }

    pub fn number(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            is_number: true,
        }
    }
}

/// A table. The first cell of a row is its heading; on a narrow page each row is a card whose
/// lines begin with the column's words.
#[derive(Clone, Debug, PartialEq, Template)]
#[template(path = "components/table.html")]
pub struct Table {
    pub caption: String,
    /// The caption is heard, not seen: a heading on the page says it already.
    pub is_caption_quiet: bool,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Value>>,
    /// What is said in place of a table without rows.
    pub empty: String,
    /// Whether it is unfolded by whoever wants it, under its caption.
    pub is_folded: bool,
}

impl Table {
    pub fn new(caption: impl Into<String>, columns: Vec<Column>) -> Self {
        Self {
            caption: caption.into(),
            is_caption_quiet: false,
            columns,
            rows: Vec::new(),
            empty: "Nothing is recorded here.".to_owned(),
            is_folded: false,
        }
    }

    #[must_use]
    pub fn row(mut self, cells: Vec<Value>) -> Self {
        self.rows.push(cells);
        self
    }

    #[must_use]
    pub fn quiet_caption(mut self) -> Self {
        self.is_caption_quiet = true;
        self
    }

    /// The table stands behind its caption: for a table that a picture or a sentence has told already. On paper it is
    /// open.
    #[must_use]
    pub fn folded(mut self) -> Self {
        self.is_folded = true;
        self
    }

    #[must_use]
    pub fn empty(mut self, words: impl Into<String>) -> Self {
        self.empty = words.into();
        self
    }

    fn heading<'a>(&'a self, row: &'a [Value]) -> Option<(&'a Column, &'a Value)> {
        self.columns.first().zip(row.first())
    }

    fn rest<'a>(&'a self, row: &'a [Value]) -> impl Iterator<Item = (&'a Column, &'a Value)> {
        self.columns.iter().zip(row).skip(1)
    }

    /// Tables of many columns may be wider than the page: they scroll within themselves and can
    /// be reached by keyboard.
    fn is_wide(&self) -> bool {
        self.columns.len() > 6
    }
}

/// What sort of entry an event is; said in a word, since history is read for its turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    Decision,
    /// Something done under a decision: attendance, hours, a contact.
    Act,
    Correction,
    /// Quashed, reversed, withdrawn.
    Reversal,
    /// Found by a safeguard; nobody decided it.
    Finding,
}

impl EventKind {
    pub fn word(self) -> &'static str {
        match self {
            Self::Decision => "Decision",
            Self::Act => "Act",
            Self::Correction => "Correction",
            Self::Reversal => "Reversal",
            Self::Finding => "Finding",
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Decision => "event event-decision",
            Self::Act => "event",
            Self::Correction => "event event-correction",
            Self::Reversal => "event event-reversal",
            Self::Finding => "event event-finding",
        }
    }
}

/// One entry of a history.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryEvent {
    pub kind: EventKind,
    /// What happened, in words: *Unpaid work credited: 6 hours*.
    pub title: String,
    /// When it took effect.
    pub on: Moment,
    /// When it was recorded, where that is another day.
    pub recorded: Option<Moment>,
    /// Who, in which role.
    pub by: String,
    pub details: Vec<(String, Value)>,
    pub proof: Proof,
}

/// The events of one or several streams, in the order the ledger has them. They are read the newest first.
#[derive(Clone, Debug, Default, PartialEq, Template)]
#[template(path = "components/history.html")]
pub struct History {
    pub events: Vec<HistoryEvent>,
    pub empty: String,
}

/// A history that tells more than so much is unfolded entry by entry.
const LONG: usize = 60;
/// So many entries, the newest, are shown at once; those before are unfolded together.
const NEWEST: usize = 5;

impl History {
    /// Whether what an entry tells is unfolded one by one.
    fn is_folded(&self) -> bool {
        let told: usize = self.events.iter().map(|event| event.details.len()).sum();
        told > LONG
    }

    fn newest(&self) -> impl Iterator<Item = &HistoryEvent> {
        self.events.iter().rev().take(NEWEST)
    }

    /// How many entries are unfolded together.
    fn earlier(&self) -> usize {
        self.events.len().saturating_sub(NEWEST)
    }

    fn before(&self) -> impl Iterator<Item = &HistoryEvent> {
        self.events.iter().rev().skip(NEWEST)
    }
}

/// One line of work: whom it is about, why it is here, and the next act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkItem {
    pub who: Link,
    pub what: String,
    pub due: Option<Moment>,
    pub tags: Vec<Tag>,
    pub next: Option<Link>,
}

/// Work of one urgency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkGroup {
    pub heading: String,
    pub items: Vec<WorkItem>,
    /// How much there is in all.
    pub of: u64,
    /// The way to what is not shown.
    pub rest: Option<Link>,
}

impl WorkGroup {
    pub fn new(heading: impl Into<String>, items: Vec<WorkItem>) -> Self {
        Self {
            heading: heading.into(),
            of: u64::try_from(items.len()).unwrap_or(u64::MAX),
            items,
            rest: None,
        }
    }

    /// How much there is in all; `href` leads to everything where only a part is shown.
    #[must_use]
    pub fn of(mut self, of: u64, href: impl Into<String>) -> Self {
        if of > self.of {
            let text = format!(
                "Show all {}, of which {} are shown",
                count(of),
                count(self.of)
            );
            self.rest = Some(Link::new(href, text));
            self.of = of;
        }
        self
    }

    fn size(&self) -> String {
        count(self.of)
    }
}

/// A worklist, most urgent first. Without any item it says `empty`.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "components/worklist.html")]
pub struct Worklist {
    pub groups: Vec<WorkGroup>,
    pub empty: String,
}

impl Worklist {
    fn is_empty(&self) -> bool {
        self.groups.iter().all(|group| group.items.is_empty())
    }
}

/// One step of a longer piece of work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Without an address the step cannot be taken yet.
    pub href: Option<String>,
    pub name: String,
    pub hint: Option<String>,
    /// What the step depends on, or how far it is; nothing where it can simply be taken.
    pub state: Option<Tag>,
}

/// Steps that can be left and resumed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "components/task_list.html")]
pub struct TaskList {
    pub tasks: Vec<Task>,
}

/// The way through a long list by cursor.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "components/pagination.html")]
pub struct Pagination {
    /// What is shown: *1 to 50 of 69,527 decisions*.
    pub shown: String,
    /// The way back, in the words of where it leads: *The newest*, *Previous day*.
    pub previous: Option<Link>,
    /// The way on.
    pub next: Option<Link>,
}

impl Pagination {
    /// The way through what is listed newest first; `at` is the address of the page before a mark, or of the first one.
    pub fn newest_first<T>(
        shown: String,
        is_later: bool,
        next: Option<T>,
        at: impl Fn(Option<T>) -> String,
    ) -> Self {
        Self {
            shown,
            previous: is_later.then(|| Link::new(at(None), "The newest")),
            next: next.map(|next| Link::new(at(Some(next)), "Next page")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(n: usize, told: usize) -> HistoryEvent {
        let fact = |n| (format!("Fact {n}"), Value::text("said"));
        HistoryEvent {
            kind: EventKind::Act,
            title: format!("Act {n}."),
            on: Moment::new("2026-02-03", "3 February 2026"),
            recorded: None,
            by: "Probation".to_owned(),
            details: (0..told).map(fact).collect(),
            proof: Proof::Recorded {
                entry: 1,
                href: "/entries/1".to_owned(),
            },
        }
    }

    fn history(entries: usize, told: usize) -> String {
        let history = History {
            events: (1..=entries).map(|n| entry(n, told)).collect(),
            empty: "Nothing.".to_owned(),
        };
        history.render().unwrap()
    }

    #[test]
    fn a_history_begins_with_the_newest_and_unfolds_what_lies_before_the_last_five() {
        let page = history(7, 1);
        let at = |words: &str| page.find(words).unwrap();
        let order = ["Act 7.", "Act 3.", "Earlier: 2 entries", "Act 2.", "Act 1."].map(at);
        assert!(order.is_sorted(), "{order:?}");
        assert!(history(6, 1).contains("Earlier: 1 entry<"));
        assert!(!history(5, 1).contains("<details"));
    }

    #[test]
    fn of_a_history_that_tells_much_each_entry_is_unfolded_by_itself() {
        let unfolded = |page: String| page.matches("What was recorded").count();
        assert_eq!(unfolded(history(6, 10)), 0);
        assert_eq!(unfolded(history(6, 11)), 6);
    }

    #[test]
    fn a_folded_table_stands_behind_its_caption() {
        let table = Table::new("People followed", vec![Column::text("Group")]);
        let table = table.row(vec![Value::text("All")]);
        assert!(!table.render().unwrap().contains("<details"));
        let folded = table.folded().render().unwrap();
        assert!(folded.contains("<summary>People followed</summary>"));
        assert!(folded.contains("<caption class=\"quiet\">People followed</caption>"));
    }
}
