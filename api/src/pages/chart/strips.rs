//! Quantile strips: between which values a tenth, a quarter, half, three quarters and nine tenths of a group lie. No single
//! decision is drawn.

use super::drawing::Drawing;
use super::rows::{Tenfold, above, label};
use super::unit::{Unit, Who, n_equals};
use super::{Chart, Room};
use crate::pages::components::{Column, Table, Value};
use crate::pages::numbers::count;

/// The five values of a group: p10, p25, p50, p75 and p90.
pub type Five = [f64; 5];

/// One group.
#[derive(Clone, Debug, PartialEq)]
pub struct Strip {
    pub label: String,
    /// The five values, or why there are none.
    pub five: Result<Five, String>,
    /// The median distance from the median, where there is one.
    pub distance: Option<f64>,
    /// Decisions behind it.
    pub n: u64,
    /// Decisions with an ancillary order, which is in none of the values.
    pub ancillary: u64,
    /// Whether it is all groups together.
    pub is_summary: bool,
}

/// The strips of several groups on one axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Strips {
    pub title: String,
    /// What the rows are: the heading of the table's first column.
    pub of: String,
    pub unit: Unit,
    pub rows: Vec<Strip>,
}

const NAMES: [&str; 5] = [
    "a tenth at most",
    "a quarter at most",
    "half at most",
    "three quarters at most",
    "nine tenths at most",
];
const TALL: f64 = 34.0;

impl Strips {
    fn top(&self) -> f64 {
        let five = self.rows.iter().filter_map(|row| row.five.as_ref().ok());
        five.map(|[.., top]| *top).fold(1.0, f64::max)
    }

    fn strip(sheet: &mut Drawing, scale: &Tenfold, five: &Five, middle: f64) {
        let [tenth, quarter, half, three, nine] = five.map(|value| scale.at(value));
        sheet.rect(
            (quarter, middle - 8.0),
            ((three - quarter).max(1.0), 16.0),
            "gap",
        );
        sheet.line((tenth, middle), (nine, middle), Who::All.line());
        for end in [tenth, nine] {
            sheet.line((end, middle - 4.0), (end, middle + 4.0), Who::All.line());
        }
        sheet.sign(Who::All, (half, middle));
    }
}

impl Chart for Strips {
    fn title(&self) -> &str {
        &self.title
    }

    fn describe(&self) -> String {
        let said = self.rows.iter().map(|row| match &row.five {
            Ok(five) => {
                let said: Vec<String> = NAMES
                    .iter()
                    .zip(five)
                    .map(|(name, value)| format!("{name} {}", self.unit.show(*value)))
                    .collect();
                format!("{}: {}, {}", row.label, said.join(", "), n_equals(row.n))
            }
            Err(why) => format!("{}: not computed, {why}", row.label),
        });
        let said: Vec<String> = said.collect();
        format!("Strips, in {}. {}.", self.unit.words(), said.join("; "))
    }

    fn is_empty(&self) -> bool {
        self.rows.iter().all(|row| row.five.is_err())
    }

    fn legend(&self) -> Option<String> {
        let words = "The mark is the median, the band the middle half, the line reaches from a tenth to nine tenths. The \
                     axis grows tenfold from mark to mark.";
        (!self.is_empty()).then(|| words.to_owned())
    }

    fn draw(&self, room: Room) -> Drawing {
        let mut sheet = Drawing::new(room.width());
        let range = (room.gutter() + 10.0, room.width() - 60.0);
        let scale = Tenfold::to(self.top(), range);
        let mut y = 8.0;
        let mut placed = Vec::new();
        for _ in &self.rows {
            let top = y + above(room);
            placed.push((top, top + TALL));
            y = top + TALL;
        }
        scale.axis(&mut sheet, &self.unit, &placed, y);
        for (row, (top, bottom)) in self.rows.iter().zip(placed) {
            let class = if row.is_summary { "t strong" } else { "t" };
            label(&mut sheet, room, &row.label, (top, bottom), class);
            let middle = f64::midpoint(top, bottom);
            match &row.five {
                Ok(five) => {
                    Self::strip(&mut sheet, &scale, five, middle);
                    let [_, _, half, _, nine] = five;
                    let words = self.unit.show(*half);
                    let after = (scale.at(*nine) + 12.0, middle + 5.0);
                    sheet.text(after, super::Anchor::Start, "t", words);
                }
                Err(why) => {
                    let at = (range.0 + 8.0, middle + 5.0);
                    sheet.text(at, super::Anchor::Start, "t soft", why.clone());
                }
            }
        }
        sheet.ending_at(y + 50.0)
    }

    fn table(&self) -> Table {
        let mut columns = vec![Column::text(&self.of)];
        columns.extend(["p10", "p25", "p50 (median)", "p75", "p90"].map(Column::number));
        columns.push(Column::number("Median distance from the median"));
        columns.push(Column::number("n"));
        columns.push(Column::number("With an ancillary order, not in the number"));
        let mut table = Table::new(&self.title, columns);
        for row in &self.rows {
            let mut cells = vec![Value::text(&row.label)];
            match &row.five {
                Ok(five) => cells.extend(five.map(|value| Value::Number(self.unit.show(value)))),
                Err(why) => {
                    cells.push(Value::Undefined(why.clone()));
                    cells.extend([Value::None, Value::None, Value::None, Value::None]);
                }
            }
            let distance = row
                .distance
                .map(|value| Value::Number(self.unit.show(value)));
            cells.push(distance.unwrap_or(Value::None));
            cells.extend([count(row.n), count(row.ancillary)].map(Value::Number));
            table = table.row(cells);
        }
        table
    }
}
