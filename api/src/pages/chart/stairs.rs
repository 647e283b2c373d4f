//! Stairs: the median of each level, from the lightest to the gravest, on an axis that grows tenfold, with the nearest
//! medians that rise as a thin line. Where a graver level has less than the one before, the row says so.

use super::drawing::{Anchor, Drawing};
use super::rows::{Tenfold, above, label};
use super::unit::{Unit, Who, n_equals};
use super::{Chart, Room};
use crate::pages::components::{Column, Table, Value};
use crate::pages::numbers::{count, decimal};

/// The median of a level, where it has one.
#[derive(Clone, Debug, PartialEq)]
pub struct Stair {
    pub median: f64,
    /// The nearest median that rises.
    pub fit: f64,
    /// How many times the level before.
    pub ratio: Option<f64>,
    /// Whether it lies under the level before.
    pub is_violation: bool,
}

/// One level.
#[derive(Clone, Debug, PartialEq)]
pub struct StairRow {
    pub label: String,
    pub n: u64,
    /// Its median, or why there is none.
    pub stair: Result<Stair, String>,
}

/// The levels, ascending.
#[derive(Clone, Debug, PartialEq)]
pub struct Stairs {
    pub title: String,
    /// What the rows are: the heading of the table's first column.
    pub of: String,
    pub unit: Unit,
    pub rows: Vec<StairRow>,
}

const TALL: f64 = 40.0;
const UNDER: &str = "less than the level before";

impl Stairs {
    fn known(&self) -> impl Iterator<Item = &Stair> {
        self.rows.iter().filter_map(|row| row.stair.as_ref().ok())
    }

    /// A line down through the rows that have a value, from one value across to the next.
    fn line(
        sheet: &mut Drawing,
        scale: &Tenfold,
        steps: &[(f64, (f64, f64))],
        class: &'static str,
    ) {
        let mut before: Option<(f64, f64)> = None;
        for (value, (top, bottom)) in steps {
            let x = scale.at(*value);
            if let Some((other, end)) = before {
                sheet.line((other, end), (other, *top), class);
                sheet.line((other, *top), (x, *top), class);
            }
            sheet.line((x, *top), (x, *bottom), class);
            before = Some((x, *bottom));
        }
    }
}

impl Chart for Stairs {
    fn title(&self) -> &str {
        &self.title
    }

    fn describe(&self) -> String {
        let said = self.rows.iter().map(|row| match &row.stair {
            Ok(stair) => {
                let under = if stair.is_violation {
                    format!(", {UNDER}")
                } else {
                    String::new()
                };
                let median = self.unit.show(stair.median);
                format!("{}: {median}{under}, {}", row.label, n_equals(row.n))
            }
            Err(why) => format!("{}: not computed, {why}", row.label),
        });
        let said: Vec<String> = said.collect();
        format!(
            "Medians level by level, in {}. {}.",
            self.unit.words(),
            said.join("; ")
        )
    }

    fn is_empty(&self) -> bool {
        self.known().next().is_none()
    }

    fn legend(&self) -> Option<String> {
        let words = "Each mark is a median, from the lightest level above to the gravest below; the dotted line is the \
                     nearest one that never falls. The axis grows tenfold from mark to mark.";
        (!self.is_empty()).then(|| words.to_owned())
    }

    fn draw(&self, room: Room) -> Drawing {
        let mut sheet = Drawing::new(room.width());
        let top = self.known().map(|stair| stair.median).fold(1.0, f64::max);
        let scale = Tenfold::to(top, (room.gutter() + 10.0, room.width() - 60.0));
        let mut y = 8.0;
        let mut placed = Vec::new();
        for _ in &self.rows {
            let top = y + above(room);
            placed.push((top, top + TALL));
            y = top + TALL;
        }
        scale.axis(&mut sheet, &self.unit, &placed, y);
        let rows = || self.rows.iter().zip(&placed);
        let steps = |of: fn(&Stair) -> f64| -> Vec<(f64, (f64, f64))> {
            let known =
                rows().filter_map(|(row, place)| Some((of(row.stair.as_ref().ok()?), *place)));
            known.collect()
        };
        Self::line(
            &mut sheet,
            &scale,
            &steps(|stair| stair.median),
            Who::All.line(),
        );
        Self::line(&mut sheet, &scale, &steps(|stair| stair.fit), "reference");
        for (row, place) in rows() {
            label(&mut sheet, room, &row.label, *place, "t");
            let middle = f64::midpoint(place.0, place.1);
            match &row.stair {
                Ok(stair) => {
                    let x = scale.at(stair.median);
                    sheet.sign(Who::All, (x, middle));
                    let said = self.unit.show(stair.median);
                    if stair.is_violation {
                        let anchor = if x > room.width() / 2.0 {
                            Anchor::End
                        } else {
                            Anchor::Start
                        };
                        let away = if anchor == Anchor::End { -14.0 } else { 14.0 };
                        let said = format!("{said}: {UNDER}");
                        sheet.text((x + away, middle + 5.0), anchor, "t strong", said);
                    } else {
                        sheet.text((x + 14.0, middle + 5.0), Anchor::Start, "t", said);
                    }
                }
                Err(why) => {
                    let at = (room.gutter() + 18.0, middle + 5.0);
                    sheet.text(at, Anchor::Start, "t soft", why.clone());
                }
            }
        }
        sheet.ending_at(y + 50.0)
    }

    fn table(&self) -> Table {
        let columns = vec![
            Column::text(&self.of),
            Column::number(format!("Median, {}", self.unit.words())),
            Column::number("Nearest that never falls"),
            Column::number("Times the level before"),
            Column::text("Order"),
            Column::number("n"),
        ];
        let mut table = Table::new(&self.title, columns);
        for row in &self.rows {
            let mut cells = vec![Value::text(&row.label)];
            match &row.stair {
                Ok(stair) => {
                    let ratio = stair.ratio.map(|ratio| Value::Number(decimal(ratio, 2)));
                    cells.extend([
                        Value::Number(self.unit.show(stair.median)),
                        Value::Number(self.unit.show(stair.fit)),
                        ratio.unwrap_or(Value::None),
                        Value::text(if stair.is_violation {
                            UNDER
                        } else {
                            "keeps the order"
                        }),
                    ]);
                }
                Err(why) => {
                    cells.push(Value::Undefined(why.clone()));
                    cells.extend([Value::None, Value::None, Value::None]);
                }
            }
            cells.push(Value::Number(count(row.n)));
            table = table.row(cells);
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_under_the_one_before_is_said_in_words_and_in_the_table() {
        let row = |label: &str, median, fit, is_violation| StairRow {
            label: label.to_owned(),
            n: 40,
            stair: Ok(Stair {
                median,
                fit,
                ratio: None,
                is_violation,
            }),
        };
        let stairs = Stairs {
            title: "Steps".to_owned(),
            of: "Gravity".to_owned(),
            unit: Unit::Days,
            rows: vec![
                row("Light", 30.0, 20.0, false),
                row("Grave", 10.0, 20.0, true),
            ],
        };
        assert!(
            stairs
                .describe()
                .contains("Grave: 10, less than the level before, n = 40")
        );
        for room in [Room::Wide, Room::Narrow] {
            let drawn = stairs.draw(room);
            let said = drawn.marks.iter().any(|mark| {
                matches!(mark, super::super::Mark::Text { text, .. } if text == "10: less than the level before")
            });
            assert!(said);
        }
    }
}
