//! The waterfall: parts that add up to a difference, one row a part, each beginning where the one before ended.

use super::drawing::{Anchor, Drawing};
use super::rows::{above, label};
use super::scale::{Scale, ticks};
use super::unit::Unit;
use super::{Chart, Room};
use crate::pages::components::{Column, Table, Value};

/// One part, with what it is made of itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Fall {
    pub label: String,
    /// Its two parts, which add up.
    pub parts: [f64; 2],
}

impl Fall {
    fn size(&self) -> f64 {
        self.parts.iter().sum()
    }
}

/// The waterfall.
#[derive(Clone, Debug, PartialEq)]
pub struct Waterfall {
    pub title: String,
    /// What the rows are: the heading of the table's first column.
    pub of: String,
    /// What the two parts of a row are.
    pub made_of: [String; 2],
    pub unit: Unit,
    /// How many decisions the figures rest on, for their places.
    pub n: u64,
    pub rows: Vec<Fall>,
    /// The words of the sum.
    pub sum: String,
}

const TALL: f64 = 34.0;
const BAR: f64 = 18.0;
/// Room for a value beside its bar.
const VALUE: f64 = 54.0;

impl Waterfall {
    /// Where each part begins and ends, then the sum from zero.
    fn spans(&self) -> Vec<(f64, f64)> {
        let mut at = 0.0;
        let mut spans: Vec<(f64, f64)> = self
            .rows
            .iter()
            .map(|row| {
                let from = at;
                at += row.size();
                (from, at)
            })
            .collect();
        spans.push((0.0, at));
        spans
    }

    fn total(&self) -> [f64; 2] {
        self.rows.iter().fold([0.0, 0.0], |[a, b], row| {
            let [own, other] = row.parts;
            [a + own, b + other]
        })
    }

    fn show(&self, value: f64) -> String {
        self.unit.show_of(value, self.n)
    }

    fn labels(&self) -> impl Iterator<Item = &str> {
        self.rows
            .iter()
            .map(|row| row.label.as_str())
            .chain([self.sum.as_str()])
    }
}

impl Chart for Waterfall {
    fn title(&self) -> &str {
        &self.title
    }

    fn describe(&self) -> String {
        let said = self.labels().zip(self.spans());
        let said: Vec<String> = said
            .map(|(label, (from, to))| format!("{label}: {}", self.show(to - from)))
            .collect();
        format!(
            "Parts that add up, in {}. {}.",
            self.unit.words(),
            said.join("; ")
        )
    }

    fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    fn legend(&self) -> Option<String> {
        let words = "Each bar begins where the one before ended; blue goes below, orange above, and the sign says which.";
        (!self.is_empty()).then(|| words.to_owned())
    }

    fn draw(&self, room: Room) -> Drawing {
        let mut sheet = Drawing::new(room.width());
        let spans = self.spans();
        let ends = spans.iter().fold((0.0, 0.0), |(low, high), (from, to)| {
            (f64::min(low, from.min(*to)), f64::max(high, from.max(*to)))
        });
        let range = (room.gutter() + VALUE, room.width() - VALUE);
        let scale = Scale::around(ends.0, ends.1, range, room.tick_count());
        let mut y = 8.0;
        let mut placed = Vec::new();
        for _ in &spans {
            let top = y + above(room);
            placed.push((top, top + TALL));
            y = top + TALL;
        }
        for tick in ticks(scale.domain.0, scale.domain.1, room.tick_count()) {
            let class = if tick.abs() < 1e-9 { "zero" } else { "grid" };
            sheet.upright(scale.at(tick), &placed, class);
            sheet.text(
                (scale.at(tick), y + 20.0),
                Anchor::Middle,
                "t soft",
                self.unit.tick(tick),
            );
        }
        let last = spans.len().saturating_sub(1);
        let rows = self.labels().zip(spans).zip(placed).enumerate();
        for (at, ((name, (from, to)), (top, bottom))) in rows {
            let is_sum = at == last;
            let class = if is_sum { "t strong" } else { "t" };
            label(&mut sheet, room, name, (top, bottom), class);
            let middle = f64::midpoint(top, bottom);
            let (left, right) = (scale.at(from.min(to)), scale.at(from.max(to)));
            let fill = match (is_sum, to < from) {
                (true, _) => "tone-ink",
                (false, true) => "tone-blue",
                (false, false) => "tone-vermillion",
            };
            sheet.rect(
                (left, middle - BAR / 2.0),
                ((right - left).max(1.0), BAR),
                fill,
            );
            if !is_sum {
                sheet.upright(
                    scale.at(to),
                    &[(middle, bottom + above(room) + TALL / 2.0)],
                    "reference",
                );
            }
            let (x, anchor) = if to < from {
                (left - 8.0, Anchor::End)
            } else {
                (right + 8.0, Anchor::Start)
            };
            sheet.text((x, middle + 5.0), anchor, class, self.show(to - from));
        }
        let middle = f64::midpoint(range.0, range.1);
        sheet.centred((middle, y + 42.0), "t soft", &self.unit.words());
        sheet.ending_at(y + 50.0)
    }

    fn table(&self) -> Table {
        let mut columns = vec![Column::text(&self.of)];
        columns.extend(self.made_of.iter().map(Column::number));
        columns.push(Column::number(format!("Together, {}", self.unit.words())));
        let row = |label: &str, [one, other]: [f64; 2]| {
            let numbers = [one, other, one + other].map(|value| Value::Number(self.show(value)));
            let mut cells = vec![Value::text(label)];
            cells.extend(numbers);
            cells
        };
        let table = self
            .rows
            .iter()
            .fold(Table::new(&self.title, columns), |table, fall| {
                table.row(row(&fall.label, fall.parts))
            });
        if self.rows.is_empty() {
            return table;
        }
        table.row(row(&self.sum, self.total()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_begins_where_the_one_before_ended_and_the_sum_stands_last() {
        let fall = |label: &str, parts| Fall {
            label: label.to_owned(),
            parts,
        };
        let waterfall = Waterfall {
            title: "Parts".to_owned(),
            of: "Offence".to_owned(),
            made_of: ["in like cases".to_owned(), "in the mix".to_owned()],
            unit: Unit::Points,
            n: 400,
            rows: vec![fall("Theft", [-4.0, 1.0]), fall("Robbery", [1.0, -6.0])],
            sum: "All".to_owned(),
        };
        assert_eq!(waterfall.spans(), [(0.0, -3.0), (-3.0, -8.0), (0.0, -8.0)]);
        assert!(
            waterfall
                .describe()
                .ends_with("Theft: \u{2212}3; Robbery: \u{2212}5; All: \u{2212}8.")
        );
        assert_eq!(waterfall.table().rows.len(), 3);
    }
}
