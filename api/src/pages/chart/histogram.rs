//! A histogram: how many fall into each interval, with the range of a guideline and the case in
//! hand where there is one.

use super::drawing::{Anchor, Drawing, text_width};
use super::scale::{Scale, ticks};
use super::unit::{Datum, Unit};
use super::{Chart, Room};
use crate::pages::components::{Column, Table, Value};

/// An interval of values, from its lower edge up to but without its upper edge.
#[derive(Clone, Debug, PartialEq)]
pub struct Bin {
    pub from: f64,
    pub to: f64,
    pub datum: Datum,
}

impl Bin {
    pub fn new(from: f64, to: f64, datum: impl Into<Datum>) -> Self {
        Self {
            from,
            to,
            datum: datum.into(),
        }
    }
}

/// One value to be seen against the rest.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    pub at: f64,
    pub label: String,
}

/// A range to be seen against the rest, such as a guideline's.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    pub from: f64,
    pub to: f64,
    pub label: String,
}

/// The histogram. Bins are in ascending order.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    pub title: String,
    /// Unit of the values along the bottom.
    pub unit: Unit,
    /// What is counted.
    pub counted: Unit,
    pub bins: Vec<Bin>,
    pub range: Option<Span>,
    pub note: Option<Note>,
}

const TALL: f64 = 180.0;

impl Histogram {
    fn across(&self, room: Room) -> Scale {
        let low = self.bins.first().map_or(0.0, |bin| bin.from);
        let high = self.bins.last().map_or(1.0, |bin| bin.to);
        Scale {
            domain: (low, high),
            range: (8.0, room.width() - 12.0),
        }
    }

    /// Draws the texts that stand above the columns and gives the place where columns begin.
    fn above(&self, sheet: &mut Drawing, across: Scale) -> f64 {
        let mut y = 14.0;
        if let Some(range) = &self.range {
            let (from, to) = (across.at(range.from), across.at(range.to));
            sheet.centred((f64::midpoint(from, to), y), "t strong", &range.label);
            sheet.rect((from, y + 8.0), (to - from, 6.0), "range-edge");
            sheet.rect((from, y + 14.0), (to - from, TALL + 30.0), "range");
            y += 34.0;
        }
        if let Some(note) = &self.note {
            sheet.centred((across.at(note.at), y), "t strong", &note.label);
            y += 10.0;
        }
        y + if self.range.is_some() || self.note.is_some() {
            16.0
        } else {
            4.0
        }
    }

    fn columns(&self, sheet: &mut Drawing, across: Scale, up: Scale) {
        let base = up.at(0.0);
        let room = |bin: &Bin| across.at(bin.to) - across.at(bin.from);
        let fits = |bin: &Bin| {
            bin.datum
                .value()
                .is_none_or(|value| text_width(&self.counted.show(value)) <= room(bin))
        };
        // Where columns are too narrow to say their counts, the tallest says its own.
        let says_all = self.bins.iter().all(fits);
        let is_tallest = |value: f64| value >= up.domain.1;
        for bin in &self.bins {
            let (x, end) = (across.at(bin.from) + 1.0, across.at(bin.to) - 1.0);
            match &bin.datum {
                Datum::Value(value) => {
                    let top = up.at(*value);
                    sheet.rect((x, top), (end - x, base - top), "tone-blue");
                    if *value > 0.0 && (says_all || is_tallest(*value)) {
                        sheet.text(
                            (f64::midpoint(x, end), top - 5.0),
                            Anchor::Middle,
                            "t",
                            self.counted.show(*value),
                        );
                    }
                }
                Datum::FewerThan(_) => sheet.hatch((x, base - 26.0), (end - x, 26.0)),
                Datum::Undefined(_) => {}
            }
        }
    }
}

impl Chart for Histogram {
    fn title(&self) -> &str {
        &self.title
    }

    fn describe(&self) -> String {
        let largest = self
            .bins
            .iter()
            .filter_map(|bin| Some((bin.datum.value()?, bin)));
        let largest = largest.max_by(|one, other| one.0.total_cmp(&other.0));
        let peak = largest.map_or_else(String::new, |(value, bin)| {
            let (from, to) = (self.unit.tick(bin.from), self.unit.tick(bin.to));
            format!(
                " Most often from {from} to under {to} {}: {}.",
                self.unit.words(),
                self.counted.show(value)
            )
        });
        let range = self.range.as_ref().map_or_else(String::new, |range| {
            format!(
                " {}: {} to {}.",
                range.label,
                self.unit.tick(range.from),
                self.unit.tick(range.to)
            )
        });
        let note = self
            .note
            .as_ref()
            .map_or_else(String::new, |note| format!(" {}.", note.label));
        format!(
            "Histogram of {} by {}.{peak}{range}{note}",
            self.counted.words(),
            self.unit.words()
        )
    }

    fn draw(&self, room: Room) -> Drawing {
        let mut sheet = Drawing::new(room.width());
        let across = self.across(room);
        let top = self.above(&mut sheet, across) + 16.0;
        let base = top + TALL;
        let largest = self
            .bins
            .iter()
            .filter_map(|bin| bin.datum.value())
            .fold(1.0, f64::max);
        let up = Scale {
            domain: (0.0, largest),
            range: (base, top),
        };
        self.columns(&mut sheet, across, up);
        sheet.line((across.range.0, base), (across.range.1, base), "zero");
        for tick in ticks(across.domain.0, across.domain.1, room.tick_count() + 2) {
            let x = across.at(tick);
            sheet.line((x, base), (x, base + 5.0), "zero");
            sheet.text(
                (x, base + 21.0),
                Anchor::Middle,
                "t soft",
                self.unit.tick(tick),
            );
        }
        if let Some(note) = &self.note {
            let x = across.at(note.at);
            let from = if self.range.is_some() { 54.0 } else { 20.0 };
            sheet.line((x, from), (x, base), "note");
        }
        let middle = f64::midpoint(across.range.0, across.range.1);
        sheet.text(
            (middle, base + 43.0),
            Anchor::Middle,
            "t soft",
            self.unit.words(),
        );
        let has_hidden = self
            .bins
            .iter()
            .any(|bin| matches!(bin.datum, Datum::FewerThan(_)));
        if has_hidden {
            sheet.hidden_key((across.range.0, base + 68.0));
        }
        sheet.ending_at(base + if has_hidden { 80.0 } else { 52.0 })
    }

    fn table(&self) -> Table {
        let columns = vec![
            Column::text(format!("From, to under ({})", self.unit.words())),
            Column::number(self.counted.words()),
        ];
        let mut table = Table::new(&self.title, columns);
        for bin in &self.bins {
            let interval = format!(
                "{} to under {}",
                self.unit.tick(bin.from),
                self.unit.tick(bin.to)
            );
            table = table.row(vec![Value::text(interval), bin.datum.cell(&self.counted)]);
        }
        table
    }
}
