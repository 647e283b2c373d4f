//! The funnel: courts by their size, each beside what its mix of cases lets expect and the limits of a court of that size.
//! The smaller the court, the wider its limits. Courts stand by their size and are never ranked.

use super::drawing::{Anchor, Drawing, text_width};
use super::scale::{Scale, ticks};
use super::unit::{Unit, Who, n_equals};
use super::{Chart, Room};
use crate::pages::components::{Column, Table, Value};
use crate::pages::numbers::{count, real};

/// A court with enough decisions to be compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// What was observed, of 100.
    pub observed: f64,
    /// What its mix of cases lets expect, of 100.
    pub expected: f64,
    /// Between which differences courts like it lie by chance: 95 of 100, and 998 of 1,000.
    pub limits: [(f64, f64); 2],
    /// Whether it lies outside the first.
    pub is_outside: bool,
    /// Whether it lies outside the second.
    pub is_far_outside: bool,
}

impl Placed {
    fn difference(&self) -> f64 {
        self.observed - self.expected
    }
}

/// One court.
#[derive(Clone, Debug, PartialEq)]
pub struct FunnelUnit {
    pub label: String,
    /// Decisions.
    pub n: u64,
    /// Where it lies, or why it is not compared.
    pub placed: Result<Placed, String>,
}

/// The funnel.
#[derive(Clone, Debug, PartialEq)]
pub struct Funnel {
    pub title: String,
    /// What the units are: the heading of the table's first column.
    pub of: String,
    /// In the order of the table, which is no order of merit.
    pub units: Vec<FunnelUnit>,
}

const TALL: f64 = 300.0;
const UNIT: Unit = Unit::Points;

impl Funnel {
    /// Those that are compared, the smallest first.
    fn compared(&self) -> Vec<(&FunnelUnit, &Placed)> {
        let compared = self.units.iter();
        let mut compared: Vec<_> = compared
            .filter_map(|unit| Some((unit, unit.placed.as_ref().ok()?)))
            .collect();
        compared.sort_by_key(|(unit, _)| unit.n);
        compared
    }

    fn up(&self, room: Room) -> Scale {
        let mut ends = (0.0, 0.0);
        for (_, placed) in self.compared() {
            let [_, (low, high)] = placed.limits;
            for value in [low, high, placed.difference()] {
                ends = (f64::min(ends.0, value), f64::max(ends.1, value));
            }
        }
        Scale::around(ends.0, ends.1, (TALL + 8.0, 8.0), room.tick_count().max(4))
    }

    /// Names of courts outside the limits, where there is room for them.
    fn names(sheet: &mut Drawing, outside: &[(&str, f64, f64)], (left, right): (f64, f64)) {
        let mut taken: Vec<(f64, f64, f64)> = Vec::new();
        for (name, x, y) in outside {
            let wide = text_width(name);
            let is_left = x + 12.0 + wide > right;
            let start = if is_left { x - 12.0 - wide } else { x + 12.0 };
            let is_free = taken.iter().all(|(from, to, height)| {
                start > to + 6.0 || start + wide < from - 6.0 || (y - height).abs() > 17.0
            });
            if start < left || !is_free {
                continue;
            }
            taken.push((start, start + wide, *y));
            sheet.text((start, y + 5.0), Anchor::Start, "t", *name);
        }
    }
}

impl Chart for Funnel {
    fn title(&self) -> &str {
        &self.title
    }

    fn describe(&self) -> String {
        let said = self.units.iter().map(|unit| match &unit.placed {
            Ok(placed) => format!(
                "{}: {} from what is expected, {}, {}",
                unit.label,
                UNIT.show_of(placed.difference(), unit.n),
                lies(placed),
                n_equals(unit.n)
            ),
            Err(why) => format!("{}: not compared, {why}", unit.label),
        });
        let said: Vec<String> = said.collect();
        format!(
            "Courts by their size, each with the limits of chance around no difference, in {}. {}.",
            UNIT.words(),
            said.join("; ")
        )
    }

    fn is_empty(&self) -> bool {
        self.compared().is_empty()
    }

    fn legend(&self) -> Option<String> {
        let words = "Each mark is a court, the smallest on the left: how many of 100 it sent to custody beyond what its cases \
                     let expect. The dark band holds 95 of 100 such courts by chance, the whole band 998 of 1,000. Courts \
                     outside are named where there is room; the table names all.";
        (!self.is_empty()).then(|| words.to_owned())
    }

    fn draw(&self, room: Room) -> Drawing {
        let mut sheet = Drawing::new(room.width());
        let up = self.up(room);
        let (left, right) = (48.0, room.width() - 8.0);
        for tick in ticks(up.domain.0, up.domain.1, room.tick_count().max(4)) {
            let y = up.at(tick);
            let class = if tick.abs() < 1e-9 { "zero" } else { "grid" };
            sheet.line((left, y), (right, y), class);
            sheet.text(
                (left - 8.0, y + 5.0),
                Anchor::End,
                "t soft",
                UNIT.tick(tick),
            );
        }
        let compared = self.compared();
        let wide = (right - left) / real(compared.len().max(1));
        let band = (wide * 0.6).clamp(2.0, 22.0);
        let mut outside = Vec::new();
        for (place, (unit, placed)) in compared.iter().enumerate() {
            let x = left + wide * (real(place) + 0.5);
            let [inner, whole] = placed.limits;
            for ((low, high), class) in [(whole, "gap"), (inner, "tone-grey")] {
                let (top, bottom) = (up.at(high), up.at(low));
                sheet.rect((x - band / 2.0, top), (band, bottom - top), class);
            }
            let y = up.at(placed.difference());
            if placed.is_outside {
                outside.push((unit.label.as_str(), x, y));
            }
            sheet.sign(Who::All, (x, y));
        }
        sheet.line((left, up.at(0.0)), (right, up.at(0.0)), "zero");
        Self::names(&mut sheet, &outside, (left, right));
        let sizes = compared.first().zip(compared.last());
        if let Some(((least, _), (most, _))) = sizes {
            let y = TALL + 30.0;
            sheet.text((left, y), Anchor::Start, "t soft", n_equals(least.n));
            if compared.len() > 1 {
                sheet.text((right, y), Anchor::End, "t soft", n_equals(most.n));
            }
        }
        let middle = f64::midpoint(left, right);
        sheet.centred((middle, TALL + 54.0), "t soft", "decisions of the court");
        sheet.ending_at(TALL + 62.0)
    }

    fn table(&self) -> Table {
        let columns = vec![
            Column::text(&self.of),
            Column::number("Custody, of 100"),
            Column::number("Expected, of 100"),
            Column::number("Difference per 100"),
            Column::number("By chance in 95 of 100 courts"),
            Column::text("Where it lies"),
            Column::number("n"),
        ];
        let mut table = Table::new(&self.title, columns);
        for unit in &self.units {
            let mut cells = vec![Value::text(&unit.label)];
            match &unit.placed {
                Ok(placed) => {
                    let [(low, high), _] = placed.limits;
                    let share = |value| Unit::Percent.show_of(value, unit.n);
                    let gap = |value| UNIT.show_of(value, unit.n);
                    cells.extend([
                        Value::Number(share(placed.observed)),
                        Value::Number(share(placed.expected)),
                        Value::Number(gap(placed.difference())),
                        Value::Number(format!("{} to {}", gap(low), gap(high))),
                        Value::text(lies(placed)),
                    ]);
                }
                Err(why) => {
                    cells.push(Value::Undefined(why.clone()));
                    cells.extend([Value::None, Value::None, Value::None, Value::None]);
                }
            }
            cells.push(Value::Number(count(unit.n)));
            table = table.row(cells);
        }
        table
    }
}

fn lies(placed: &Placed) -> &'static str {
    match (placed.is_far_outside, placed.is_outside) {
        (true, _) => "outside 99.8%",
        (false, true) => "outside 95%",
        (false, false) => "within",
    }
}

#[cfg(test)]
mod tests {
    use super::super::Mark;
    use super::*;

    fn court(label: &str, n: u64, difference: f64, limit: f64) -> FunnelUnit {
        FunnelUnit {
            label: label.to_owned(),
            n,
            placed: Ok(Placed {
                observed: 30.0 + difference,
                expected: 30.0,
                limits: [(-limit, limit), (-limit * 1.5, limit * 1.5)],
                is_outside: difference.abs() > limit,
                is_far_outside: difference.abs() > limit * 1.5,
            }),
        }
    }

    #[test]
    fn courts_stand_by_their_size_and_those_outside_are_named() {
        let few = FunnelUnit {
            label: "Dray".to_owned(),
            n: 4,
            placed: Err("fewer than 10 decisions".to_owned()),
        };
        let funnel = Funnel {
            title: "Custody".to_owned(),
            of: "Court".to_owned(),
            units: vec![
                court("Ashby", 900, 9.0, 3.0),
                court("Brack", 40, -2.0, 14.0),
                few,
            ],
        };
        let drawing = funnel.draw(Room::Wide);
        let texts: Vec<&str> = drawing
            .marks
            .iter()
            .filter_map(|mark| match mark {
                Mark::Text { text, .. } => Some(text.as_str()),
                _ => None,
            })
            .collect();
        assert!(
            texts.contains(&"Ashby") && !texts.contains(&"Brack"),
            "{texts:?}"
        );
        let least = texts.iter().position(|text| *text == "n = 40");
        let most = texts.iter().position(|text| *text == "n = 900");
        assert!(least < most && least.is_some());
        let said = funnel.describe();
        assert!(
            said.contains("Ashby: +9 from what is expected, outside 99.8%, n = 900"),
            "{said}"
        );
        assert!(
            said.contains("Dray: not compared, fewer than 10 decisions"),
            "{said}"
        );
        assert_eq!(funnel.table().rows.len(), 3);
    }
}
