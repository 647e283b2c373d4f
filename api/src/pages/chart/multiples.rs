//! Small multiples: the same days for several places, each in a panel of its own and all on one scale, so that a panel that
//! looks fuller is fuller. The number of places is a dotted line.

use super::drawing::{Anchor, Drawing, Px, wrap};
use super::scale::{Scale, ticks};
use super::unit::{Unit, Who};
use super::{Chart, Room};
use crate::pages::components::{Column, Table, Value};
use crate::pages::numbers::{count, real, real_count};

/// One panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmallPanel {
    pub label: String,
    /// How many in each period.
    pub held: Vec<u64>,
    /// How many there is room for in each period, where that is declared.
    pub room_for: Vec<Option<u64>>,
}

impl SmallPanel {
    fn is_over_at_the_end(&self) -> bool {
        let room = self.room_for.last().copied().flatten();
        self.held
            .last()
            .zip(room)
            .is_some_and(|(held, room)| *held > room)
    }
}

/// The panels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Multiples {
    pub title: String,
    /// What the panels are: the heading of the table's first column.
    pub of: String,
    pub unit: Unit,
    /// The periods in order, such as days.
    pub periods: Vec<String>,
    /// What changed at the beginning of a period: its place, counted from 0, and a letter the note explains.
    pub changes: Vec<(usize, &'static str)>,
    pub panels: Vec<SmallPanel>,
}

const TALL: f64 = 84.0;
/// Room above a panel for its label.
const LABEL: f64 = 44.0;
/// Room between panels, where the ticks stand.
const APART: f64 = 40.0;

impl Multiples {
    fn top(&self) -> f64 {
        let held = self
            .panels
            .iter()
            .flat_map(|panel| panel.held.iter().copied());
        let room = self
            .panels
            .iter()
            .flat_map(|panel| panel.room_for.iter().flatten().copied());
        real_count(held.chain(room).max().unwrap_or(1)).max(1.0)
    }

    fn panel(&self, sheet: &mut Drawing, panel: &SmallPanel, (left, top): (f64, f64), wide: f64) {
        for (line, y) in wrap(&panel.label, wide + APART)
            .iter()
            .zip([top + 14.0, top + 31.0])
        {
            sheet.text((left - APART, y), Anchor::Start, "t", line);
        }
        let (high, low) = (top + LABEL, top + LABEL + TALL);
        let up = Scale::around(0.0, self.top(), (low, high), 2);
        for tick in ticks(up.domain.0, up.domain.1, 2) {
            let y = up.at(tick);
            let class = if tick == 0.0 { "zero" } else { "grid" };
            sheet.line((left, y), (left + wide, y), class);
            sheet.text(
                (left - 6.0, y + 5.0),
                Anchor::End,
                "t soft",
                self.unit.tick(tick),
            );
        }
        let each = wide / real(self.periods.len().max(1));
        let x = |place: usize| left + each * real(place);
        for (place, letter) in &self.changes {
            sheet.upright(x(*place), &[(high, low)], "reference");
            sheet.text(
                (x(*place) + 3.0, high + 4.0),
                Anchor::Start,
                "t soft",
                *letter,
            );
        }
        let mut from = 0;
        while let Some(value) = panel.room_for.get(from) {
            let same = panel
                .room_for
                .iter()
                .skip(from)
                .take_while(|other| *other == value)
                .count();
            if let Some(value) = value {
                let y = up.at(real_count(*value));
                sheet.line((x(from), y), (x(from + same), y), "reference");
            }
            from += same.max(1);
        }
        let mut d = String::new();
        for (place, held) in panel.held.iter().enumerate() {
            let [y, start, end] =
                [up.at(real_count(*held)), x(place), x(place + 1)].map(|at| Px(at).to_string());
            let first = if place == 0 { "M" } else { "L" };
            d.extend([first, &start, " ", &y, "L", &end, " ", &y]);
        }
        sheet.path(d, Who::All.line());
    }
}

impl Chart for Multiples {
    fn title(&self) -> &str {
        &self.title
    }

    fn describe(&self) -> String {
        let said = self.panels.iter().map(|panel| {
            let ends = [panel.held.first(), panel.held.last()];
            let [first, last] =
                ends.map(|held| held.map_or_else(|| "nobody".to_owned(), |held| count(*held)));
            let room = panel.room_for.last().copied().flatten();
            let room = room.map_or_else(
                || "no number of places declared".to_owned(),
                |room| format!("places for {}", count(room)),
            );
            format!(
                "{}: {first} at the beginning, {last} at the end, {room}",
                panel.label
            )
        });
        let said: Vec<String> = said.collect();
        let ends = self.periods.first().zip(self.periods.last());
        let period = ends.map_or_else(String::new, |(first, last)| {
            format!(", from {first} to {last}")
        });
        format!(
            "Panels on one scale, in {}{period}. {}.",
            self.unit.words(),
            said.join("; ")
        )
    }

    fn is_empty(&self) -> bool {
        self.panels.is_empty() || self.periods.is_empty()
    }

    fn legend(&self) -> Option<String> {
        let (first, last) = self.periods.first().zip(self.periods.last())?;
        let words = format!(
            "All panels have one scale and run from {first} to {last}. The line is how many are held, the dotted one how many \
             there are places for."
        );
        (!self.is_empty()).then_some(words)
    }

    fn draw(&self, room: Room) -> Drawing {
        let mut sheet = Drawing::new(room.width());
        let columns: usize = if room == Room::Wide { 3 } else { 1 };
        let whole = room.width() / real(columns);
        let tall = LABEL + TALL + 16.0;
        for (place, panel) in self.panels.iter().enumerate() {
            let (row, column) = (place / columns, place % columns);
            let at = (whole * real(column) + APART, tall * real(row));
            self.panel(&mut sheet, panel, at, whole - APART - 14.0);
        }
        let rows = self.panels.len().div_ceil(columns);
        let bottom = tall * real(rows);
        sheet.ending_at(bottom + 8.0)
    }

    fn table(&self) -> Table {
        let columns = vec![
            Column::text(&self.of),
            Column::number("Held at the beginning"),
            Column::number("Fewest"),
            Column::number("Most"),
            Column::number("Held at the end"),
            Column::number("Places at the end"),
            Column::text("At the end"),
        ];
        self.panels
            .iter()
            .fold(Table::new(&self.title, columns), |table, panel| {
                let held =
                    |held: Option<&u64>| held.map_or(Value::None, |held| Value::count(*held));
                let room = panel.room_for.last().copied().flatten();
                table.row(vec![
                    Value::text(&panel.label),
                    held(panel.held.first()),
                    held(panel.held.iter().min()),
                    held(panel.held.iter().max()),
                    held(panel.held.last()),
                    room.map_or_else(|| Value::Undefined("not declared".to_owned()), Value::count),
                    Value::text(match (room, panel.is_over_at_the_end()) {
                        (None, _) => "not known",
                        (Some(_), true) => "too many",
                        (Some(_), false) => "within its places",
                    }),
                ])
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_panels_have_the_scale_of_the_largest() {
        let panel = |label: &str, held: &[u64], room| SmallPanel {
            label: label.to_owned(),
            held: held.to_vec(),
            room_for: vec![room; held.len()],
        };
        let multiples = Multiples {
            title: "Held".to_owned(),
            of: "Place".to_owned(),
            unit: Unit::Persons,
            periods: vec!["1 March".to_owned(), "2 March".to_owned()],
            changes: vec![(1, "D")],
            panels: vec![
                panel("North", &[90, 110], Some(100)),
                panel("South", &[4, 3], None),
            ],
        };
        assert!((multiples.top() - 110.0).abs() < 1e-9);
        let said = multiples.describe();
        assert!(
            said.contains("North: 90 at the beginning, 110 at the end, places for 100"),
            "{said}"
        );
        assert!(
            said.contains("South: 4 at the beginning, 3 at the end, no number of places declared"),
            "{said}"
        );
        let drawn = multiples.draw(Room::Narrow);
        assert!(drawn.height.0 > multiples.draw(Room::Wide).height.0);
        let cells: Vec<String> = multiples
            .table()
            .rows
            .iter()
            .map(|row| format!("{:?}", row.last()))
            .collect();
        assert!(
            cells[0].contains("too many") && cells[1].contains("not known"),
            "{cells:?}"
        );
    }
}
