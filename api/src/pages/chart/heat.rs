//! The heat map of gravity and severity: each row adds up to a hundred, and says of how many.

use infra::views::figure::FEWEST;

use super::drawing::{Anchor, Drawing, wrap};
use super::unit::{Unit, n_equals};
use super::{Chart, Room};
use crate::pages::components::{Column, Table, Value};
use crate::pages::numbers::{count, decimal, per_hundred, real};

/// One cell: how many decisions of this gravity came to this severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeatCell {
    Count(u64),
    FewerThan(u32),
}

/// One gravity, with a cell for each band of severity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeatRow {
    pub label: String,
    pub cells: Vec<HeatCell>,
    /// The place, counted from 0, of the band in which the median lies.
    pub median: Option<usize>,
}

/// The heat map. Rows run from grave to slight or the reverse, as the caller orders them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeatMap {
    pub title: String,
    /// What the rows are, such as gravity under a named policy.
    pub of: String,
    /// What the columns are, such as severity in months.
    pub across: String,
    /// The bands of severity, shortest words that are still clear.
    pub bands: Vec<String>,
    pub rows: Vec<HeatRow>,
}

/// Fill and text class by share; the text keeps a contrast of 4.5 on every fill.
const STEPS: [(f64, &str, &str); 6] = [
    (50.0, "heat-5", "t-on-dark"),
    (30.0, "heat-4", "t-on-dark"),
    (15.0, "heat-3", "t-on-light"),
    (5.0, "heat-2", "t-on-light"),
    (0.0001, "heat-1", "t-on-light"),
    (f64::NEG_INFINITY, "heat-0", "t soft"),
];
const CELL: f64 = 38.0;
/// Words of bands and what stands for them at the head of a cell.
const SHORT: [(&str, &str); 10] = [
    ("none", "0"),
    ("life or death", "life, death"),
    ("under ", "<"),
    ("to ", "≤"),
    ("over ", ">"),
    (" week", " wk"),
    (" months", " mo"),
    (" month", " mo"),
    (" years", " yr"),
    (" year", " yr"),
];

/// A band in two words that fit a cell of a narrow page; the table has it in full.
fn head(band: &str) -> String {
    let shorten = |head: String, (long, short): &(&str, &str)| head.replace(long, short);
    SHORT.iter().fold(band.to_owned(), shorten)
}

fn has_hidden(row: &HeatRow) -> bool {
    row.cells
        .iter()
        .any(|cell| matches!(cell, HeatCell::FewerThan(_)))
}

/// The shares are of what is shown, and the row says so.
fn n_shown(row: &HeatRow) -> String {
    n_equals(total(row)) + if has_hidden(row) { " shown" } else { "" }
}

fn total(row: &HeatRow) -> u64 {
    row.cells
        .iter()
        .map(|cell| if let HeatCell::Count(n) = cell { *n } else { 0 })
        .sum()
}

/// So few that counts are shown and no share.
fn is_few(row: &HeatRow) -> bool {
    !has_hidden(row) && total(row) < FEWEST
}

fn step(share: f64) -> (&'static str, &'static str) {
    let found = STEPS.iter().find(|(from, ..)| share >= *from);
    found.map_or(("heat-0", "t soft"), |(_, fill, text)| (fill, text))
}

/// A black frame with a white one inside: one of the two stands out on every fill.
fn median(sheet: &mut Drawing, at: (f64, f64), size: (f64, f64)) {
    sheet.rect(at, size, "median");
    sheet.rect(
        (at.0 + 2.5, at.1 + 2.5),
        (size.0 - 5.0, size.1 - 5.0),
        "median-inner",
    );
}

impl HeatMap {
    fn cell(sheet: &mut Drawing, row: &HeatRow, place: usize, at: (f64, f64), wide: f64) {
        let Some(cell) = row.cells.get(place) else {
            return;
        };
        match cell {
            HeatCell::Count(n) => {
                let share = per_hundred(*n, total(row));
                let (fill, text) = step(share);
                sheet.rect((at.0 + 1.0, at.1 + 1.0), (wide - 2.0, CELL - 2.0), fill);
                let shown = match n {
                    0 => "0".to_owned(),
                    _ if share < 0.5 => "<1".to_owned(),
                    _ => decimal(share, 0),
                };
                sheet.text(
                    (at.0 + wide / 2.0, at.1 + CELL / 2.0 + 5.0),
                    Anchor::Middle,
                    text,
                    shown,
                );
            }
            HeatCell::FewerThan(_) => {
                sheet.hatch((at.0 + 1.0, at.1 + 1.0), (wide - 2.0, CELL - 2.0));
            }
        }
        if row.median == Some(place) {
            median(sheet, (at.0 + 2.5, at.1 + 2.5), (wide - 5.0, CELL - 5.0));
        }
    }

    fn heads(&self, sheet: &mut Drawing, (left, wide): (f64, f64)) -> f64 {
        let middle = left + wide * real(self.bands.len()) / 2.0;
        sheet.text((middle, 14.0), Anchor::Middle, "t soft", &self.across);
        for (place, band) in self.bands.iter().enumerate() {
            let x = left + wide * (real(place) + 0.5);
            for (word, y) in head(band).split(' ').zip([38.0, 54.0]) {
                sheet.text((x, y), Anchor::Middle, "t soft", word);
            }
        }
        64.0
    }

    fn key(&self, sheet: &mut Drawing, room: Room, y: f64) -> f64 {
        let has_median = self.rows.iter().any(|row| row.median.is_some());
        let left = room.gutter();
        let mut line = y + 16.0;
        sheet.text(
            (left, line + 5.0),
            Anchor::Start,
            "t soft",
            "Numbers: of 100 in the row",
        );
        if has_median {
            line += 24.0;
            median(sheet, (left, line - 8.0), (22.0, 16.0));
            sheet.text(
                (left + 32.0, line + 5.0),
                Anchor::Start,
                "t soft",
                "median of the row",
            );
        }
        if self.rows.iter().any(has_hidden) {
            line += 24.0;
            sheet.hidden_key((left, line));
        }
        line + 14.0
    }
}

impl Chart for HeatMap {
    fn title(&self) -> &str {
        &self.title
    }

    fn describe(&self) -> String {
        let rows: Vec<String> = self
            .rows
            .iter()
            .map(|row| {
                let median = row.median.and_then(|place| self.bands.get(place));
                let median = median.map_or_else(
                    || "too few for a median".to_owned(),
                    |band| format!("median in {band}"),
                );
                format!("{}: {}, {median}", row.label, n_shown(row))
            })
            .collect();
        format!(
            "Shares of each row by {}, darker for more. {}.",
            self.across,
            rows.join("; ")
        )
    }

    fn draw(&self, room: Room) -> Drawing {
        let mut sheet = Drawing::new(room.width());
        let left = room.gutter();
        let after = if room == Room::Wide { 134.0 } else { 0.0 };
        let wide = (room.width() - left - after) / real(self.bands.len().max(1));
        let mut y = self.heads(&mut sheet, (left, wide));
        for row in &self.rows {
            let n = n_shown(row);
            if room == Room::Wide {
                let lines = wrap(&row.label, left - 14.0);
                let first = y + if lines.len() > 1 { 16.0 } else { 24.0 };
                for (line, place) in lines.iter().zip([first, first + 17.0]) {
                    sheet.text((left - 12.0, place), Anchor::End, "t", line);
                }
                sheet.text((room.width(), y + 24.0), Anchor::End, "t soft", n);
            } else {
                let line = wrap(&row.label, room.width() - 120.0).swap_remove(0);
                sheet.text((0.0, y + 14.0), Anchor::Start, "t", line);
                sheet.text((room.width(), y + 14.0), Anchor::End, "t soft", n);
                y += 20.0;
            }
            if is_few(row) {
                let said = "too few for shares: counts in the table";
                sheet.text((left, y + 24.0), Anchor::Start, "t soft", said);
            }
            let cells = if is_few(row) { 0 } else { self.bands.len() };
            for place in 0..cells {
                Self::cell(&mut sheet, row, place, (left + wide * real(place), y), wide);
            }
            y += CELL + if room == Room::Wide { 0.0 } else { 6.0 };
        }
        let end = self.key(&mut sheet, room, y);
        sheet.ending_at(end)
    }

    fn table(&self) -> Table {
        let mut columns = vec![Column::text(&self.of)];
        columns.extend(self.bands.iter().map(Column::number));
        columns.extend([Column::text("Median in"), Column::number("n shown")]);
        let mut table = Table::new(format!("{}, by {}", self.title, self.across), columns);
        for row in &self.rows {
            let mut cells = vec![Value::text(&row.label)];
            let share = |n| Unit::Percent.show_of(per_hundred(n, total(row)), total(row));
            cells.extend(row.cells.iter().map(|cell| match cell {
                HeatCell::Count(n) if is_few(row) => Value::count(*n),
                HeatCell::Count(n) => Value::Number(format!("{} ({})", count(*n), share(*n))),
                HeatCell::FewerThan(n) => Value::FewerThan(*n),
            }));
            let median = row.median.and_then(|place| self.bands.get(place));
            cells.push(median.map_or(Value::None, Value::text));
            cells.push(Value::Number(count(total(row))));
            table = table.row(cells);
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_of_a_band_is_short_and_clear() {
        let bands = [
            "none",
            "to 1 week",
            "to 3 months",
            "to 1 year",
            "over 3 years",
        ];
        assert_eq!(bands.map(head), ["0", "≤1 wk", "≤3 mo", "≤1 yr", ">3 yr"]);
        assert_eq!(["life or death", "6–12"].map(head), ["life, death", "6–12"]);
    }
}
