//! Bars: one length per named thing, each labelled with its value.

use super::drawing::{Anchor, Drawing, wrap};
use super::scale::Scale;
use super::unit::{Datum, Unit};
use super::{Chart, Room};
use crate::pages::components::{Column, Table, Value};

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    pub label: String,
    pub datum: Datum,
    /// What stands beside the label, for instance `n = 1,204`.
    pub note: Option<String>,
    /// The one bar the sentence above is about; it is black and said to be so in the table.
    pub is_marked: bool,
}

impl Bar {
    pub fn new(label: impl Into<String>, datum: impl Into<Datum>) -> Self {
        Self {
            label: label.into(),
            datum: datum.into(),
            note: None,
            is_marked: false,
        }
    }

    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    #[must_use]
    pub fn marked(mut self) -> Self {
        self.is_marked = true;
        self
    }
}

/// Horizontal bars from a common zero. Values are not negative.
#[derive(Clone, Debug, PartialEq)]
pub struct Bars {
    pub title: String,
    /// What the bars are bars of: the heading of the table's first column.
    pub of: String,
    pub unit: Unit,
    pub bars: Vec<Bar>,
}

const BAR: f64 = 22.0;

impl Bars {
    fn top(&self) -> f64 {
        let values = self.bars.iter().filter_map(|bar| bar.datum.value());
        let largest = values.fold(0.0, f64::max);
        if self.unit == Unit::Percent {
            largest.max(1.0)
        } else {
            largest
        }
    }

    fn label(sheet: &mut Drawing, bar: &Bar, room: Room, y: f64) -> f64 {
        match room {
            Room::Wide => {
                let lines = wrap(&bar.label, room.gutter() - 14.0);
                let first = if lines.len() > 1 {
                    y + 7.5
                } else {
                    y + BAR / 2.0 + 5.0
                };
                for (line, place) in lines.iter().zip([first, first + 17.0]) {
                    sheet.text((room.gutter() - 12.0, place), Anchor::End, "t", line);
                }
                y
            }
            Room::Narrow => {
                let line = wrap(&bar.label, room.width() + 16.0).swap_remove(0);
                sheet.text((0.0, y + 4.0), Anchor::Start, "t", line);
                y + 11.0
            }
        }
    }
}

impl Chart for Bars {
    fn title(&self) -> &str {
        &self.title
    }

    fn describe(&self) -> String {
        let said: Vec<String> = self
            .bars
            .iter()
            .map(|bar| format!("{}: {}", bar.label, said(&bar.datum, &self.unit)))
            .collect();
        format!("Bars, in {}. {}.", self.unit.words(), said.join("; "))
    }

    fn draw(&self, room: Room) -> Drawing {
        let mut sheet = Drawing::new(room.width());
        let after = if room == Room::Wide { 150.0 } else { 96.0 };
        let scale = Scale::around(
            0.0,
            self.top(),
            (room.gutter(), room.width() - after),
            room.tick_count(),
        );
        let mut y = 8.0;
        for bar in &self.bars {
            let top = Self::label(&mut sheet, bar, room, y);
            let middle = top + BAR / 2.0 + 5.0;
            let end = match &bar.datum {
                Datum::Value(value) => {
                    let size = (scale.at(*value) - room.gutter(), BAR);
                    sheet.rect(
                        (room.gutter(), top),
                        size,
                        if bar.is_marked {
                            "tone-ink"
                        } else {
                            "tone-blue"
                        },
                    );
                    scale.at(*value)
                }
                Datum::FewerThan(_) => {
                    sheet.hatch((room.gutter(), top), (36.0, BAR));
                    room.gutter() + 36.0
                }
                Datum::Undefined(_) => room.gutter(),
            };
            sheet.text(
                (end + 8.0, middle),
                Anchor::Start,
                "t strong",
                short(&bar.datum, &self.unit),
            );
            if let (Some(note), Room::Wide) = (&bar.note, room) {
                sheet.text((room.width(), middle), Anchor::End, "t soft", note);
            }
            sheet.line(
                (room.gutter(), top - 5.0),
                (room.gutter(), top + BAR + 5.0),
                "zero",
            );
            y = top + BAR + if room == Room::Wide { 18.0 } else { 20.0 };
        }
        sheet.ending_at(y - 4.0)
    }

    fn table(&self) -> Table {
        let has_notes = self.bars.iter().any(|bar| bar.note.is_some());
        let mut columns = vec![Column::text(&self.of), Column::number(self.unit.words())];
        if has_notes {
            columns.push(Column::number("Behind it"));
        }
        let mut table = Table::new(&self.title, columns);
        for bar in &self.bars {
            let label = if bar.is_marked {
                format!("{} (marked)", bar.label)
            } else {
                bar.label.clone()
            };
            let mut cells = vec![Value::text(label), bar.datum.cell(&self.unit)];
            if has_notes {
                cells.push(Value::text(bar.note.clone().unwrap_or_default()));
            }
            table = table.row(cells);
        }
        table
    }
}

/// A datum in a sentence.
pub(super) fn said(datum: &Datum, unit: &Unit) -> String {
    match datum {
        Datum::Value(value) => unit.show(*value),
        Datum::FewerThan(n) => format!("fewer than {n}, not shown"),
        Datum::Undefined(reason) => format!("not computed, {reason}"),
    }
}

/// A datum beside its mark, where there is little room.
pub(super) fn short(datum: &Datum, unit: &Unit) -> String {
    match datum {
        Datum::Value(value) => unit.show(*value),
        Datum::FewerThan(n) => format!("fewer than {n}"),
        Datum::Undefined(_) => "not computed".to_owned(),
    }
}
