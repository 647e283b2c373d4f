//! Pictures of figures, with their sentence before and their table behind.

use askama::Template;

use super::lists::Table;
use super::value::{Link, Tag};
use crate::pages::chart::{Chart, Drawing, Mark, Room};

/// One drawing with the ids and words a screen reader needs.
#[derive(Clone, Debug, PartialEq, Template)]
#[template(path = "components/drawing.html")]
pub struct Picture {
    pub id: String,
    pub title: String,
    pub description: String,
    pub class: &'static str,
    pub drawing: Drawing,
}

/// A finding in words, its picture for wide and narrow pages, and its table.
#[derive(Clone, Debug, PartialEq, Template)]
#[template(path = "components/figure.html")]
pub struct Figure {
    /// The finding in one sentence; it stands first and is what most readers take away.
    pub finding: String,
    pub title: String,
    /// For a wide and for a narrow page; none where no value can be shown.
    pub pictures: Vec<Picture>,
    pub table: Table,
    /// What has to be said with the figure: coverage, caveats, source.
    pub notes: Vec<String>,
    pub download: Option<Link>,
}

impl Figure {
    /// A chart with its table. `id` is unique on the page and made of letters, digits and
    /// hyphens.
    pub fn of(id: impl Into<String>, finding: impl Into<String>, chart: &impl Chart) -> Self {
        let id = id.into();
        let picture = |room, suffix, class| Picture {
            id: format!("{id}-{suffix}"),
            title: chart.title().to_owned(),
            description: chart.describe(),
            class,
            drawing: chart.draw(room),
        };
        let pictures = if chart.is_empty() {
            Vec::new()
        } else {
            vec![
                picture(Room::Wide, "wide", "chart chart-wide"),
                picture(Room::Narrow, "narrow", "chart chart-narrow"),
            ]
        };
        let table = chart.table();
        Self {
            finding: finding.into(),
            title: chart.title().to_owned(),
            pictures,
            table,
            notes: chart.legend().into_iter().collect(),
            download: None,
        }
    }

    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    #[must_use]
    pub fn download(mut self, href: impl Into<String>, text: impl Into<String>) -> Self {
        self.download = Some(Link::new(href, text));
        self
    }
}

/// An amount for the bar and in words: 46.5 and *46 h 30 min*.
#[derive(Clone, Debug, PartialEq)]
pub struct Amount {
    pub value: f64,
    pub words: String,
}

impl Amount {
    pub fn new(value: f64, words: impl Into<String>) -> Self {
        Self {
            value,
            words: words.into(),
        }
    }
}

/// How far a requirement of an order has been met. All amounts are of one unit.
#[derive(Clone, Debug, PartialEq, Template)]
#[template(path = "components/progress.html")]
pub struct Progress {
    /// Unique on the page; letters, digits and hyphens.
    pub id: String,
    pub name: Link,
    pub state: Tag,
    pub ordered: Amount,
    pub done: Amount,
    pub credited: Amount,
    pub owed: Amount,
    /// *41 days left, until 30 April 2026*.
    pub left: String,
    /// Where a steady pace would be today, drawn as a mark and said in words.
    pub expected: Option<Amount>,
}

/// A piece of the bar: start and length in per cent, and its class.
pub(crate) struct Piece {
    pub(crate) start: crate::pages::chart::Px,
    pub(crate) length: crate::pages::chart::Px,
    pub(crate) class: &'static str,
}

impl Progress {
    fn share(&self, amount: f64) -> f64 {
        if self.ordered.value > 0.0 {
            (amount / self.ordered.value * 100.0).clamp(0.0, 100.0)
        } else {
            0.0
        }
    }

    fn pieces(&self) -> [Piece; 2] {
        use crate::pages::chart::Px;
        let done = self.share(self.done.value);
        let both = self.share(self.done.value + self.credited.value);
        [
            Piece {
                start: Px(0.0),
                length: Px(done),
                class: "bar-done",
            },
            Piece {
                start: Px(done),
                length: Px(both - done),
                class: "bar-credited",
            },
        ]
    }

    fn expected_at(&self) -> Option<crate::pages::chart::Px> {
        self.expected
            .as_ref()
            .map(|amount| crate::pages::chart::Px(self.share(amount.value)))
    }

    /// The bar in words.
    fn sentence(&self) -> String {
        let credited = if self.credited.value > 0.0 {
            format!(", {} credited besides", self.credited.words)
        } else {
            String::new()
        };
        format!(
            "{} of {} done at appointments{credited}, {} still owed",
            self.done.words, self.ordered.words, self.owed.words
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::chart::Px;
    use crate::pages::components::Tone;

    fn progress(done: f64, credited: f64) -> Progress {
        Progress {
            id: "work".into(),
            name: Link::new("#", "Unpaid work"),
            state: Tag::new("On course", Tone::Good),
            ordered: Amount::new(80.0, "80 h"),
            done: Amount::new(done, "done"),
            credited: Amount::new(credited, "credited"),
            owed: Amount::new(80.0 - done - credited, "owed"),
            left: "41 days left".into(),
            expected: None,
        }
    }

    #[test]
    fn the_bar_shows_what_was_done_and_then_what_was_credited() {
        let [done, credited] = progress(40.0, 8.0).pieces();
        assert_eq!((done.start, done.length), (Px(0.0), Px(50.0)));
        assert_eq!((credited.start, credited.length), (Px(50.0), Px(10.0)));
    }

    #[test]
    fn more_than_was_ordered_still_fits_the_bar() {
        let [done, credited] = progress(90.0, 8.0).pieces();
        assert_eq!((done.length, credited.length), (Px(100.0), Px(0.0)));
    }
}
