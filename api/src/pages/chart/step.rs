//! Step lines: figures by period. A level holds for its whole period; what lies between two
//! periods is not made up.

use super::bars::said;
use super::drawing::{Anchor, Drawing, Px, text_width};
use super::scale::{Scale, ticks};
use super::unit::{Datum, Unit, Who};
use super::{Chart, Room};
use crate::pages::components::{Column, Table, Value};
use crate::pages::numbers::real;

/// One group's figures, one for each period.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    pub who: Who,
    pub values: Vec<Datum>,
}

/// A height to compare with, such as a number of places: its words, and its value in each period.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    /// A letter that stands at the line; the legend says what it means.
    pub letter: String,
    pub title: String,
    /// In the order of the periods; none where there is no such height.
    pub values: Vec<Option<f64>>,
}

/// The step line.
#[derive(Clone, Debug, PartialEq)]
pub struct StepLine {
    pub title: String,
    pub unit: Unit,
    /// The periods in order, such as years.
    pub periods: Vec<String>,
    pub series: Vec<Series>,
    /// Heights to compare with.
    pub levels: Vec<Level>,
    /// What changed at the beginning of a period, such as a law: its place, counted from 0, and
    /// a few words.
    pub changes: Vec<(usize, String)>,
}

const TALL: f64 = 200.0;
/// Signs of narrower periods would cover each other; the line alone says as much.
const ROOM_FOR_SIGN: f64 = 12.0;

impl StepLine {
    fn values(&self) -> impl Iterator<Item = f64> {
        self.series
            .iter()
            .flat_map(|series| series.values.iter().filter_map(Datum::value))
            .chain(
                self.levels
                    .iter()
                    .flat_map(|level| level.values.iter().flatten().copied()),
            )
    }

    /// The heights to compare with, each with its letter on the line: the first at its beginning, the next at its end.
    fn levels(&self, sheet: &mut Drawing, up: Scale, (left, right, wide): (f64, f64, f64)) {
        for (nth, level) in self.levels.iter().enumerate() {
            for (place, value) in level.values.iter().enumerate() {
                if let Some(value) = value {
                    let (from, to) = (left + wide * real(place), left + wide * real(place + 1));
                    let y = up.at(*value);
                    sheet.line((from, y), (to, y), "reference");
                }
            }
            let letter = |at, anchor, x, sheet: &mut Drawing| {
                let height = up.at(at) - 6.0;
                sheet.text((x, height), anchor, "t soft", &level.letter);
            };
            let mut known = level.values.iter().flatten();
            if nth.is_multiple_of(2) {
                if let Some(first) = known.next() {
                    letter(*first, Anchor::Start, left + 4.0, sheet);
                }
            } else if let Some(last) = known.next_back() {
                letter(*last, Anchor::End, right, sheet);
            }
        }
    }

    fn up(&self, top: f64, room: Room) -> Scale {
        let (low, high) = self.values().fold((0.0, 0.0), |ends, v| {
            (f64::min(ends.0, v), f64::max(ends.1, v))
        });
        Scale::around(low, high, (top + TALL, top), room.tick_count().max(4))
    }

    /// Left edge of the plot: the tick labels stand before it.
    fn left(&self, up: Scale) -> f64 {
        let ticks = ticks(up.domain.0, up.domain.1, 6);
        ticks
            .iter()
            .map(|tick| text_width(&self.unit.tick(*tick)))
            .fold(16.0, f64::max)
            + 8.0
    }

    fn axes(
        &self,
        sheet: &mut Drawing,
        up: Scale,
        room: Room,
        (left, right, wide): (f64, f64, f64),
    ) {
        let all = ticks(up.domain.0, up.domain.1, room.tick_count().max(4));
        // There is no part of a person.
        let shown = |tick: &f64| !self.unit.is_whole() || (tick - tick.round()).abs() < 1e-9;
        for tick in all.into_iter().filter(shown) {
            let y = up.at(tick);
            sheet.line(
                (left, y),
                (right, y),
                if tick.abs() < 1e-9 { "zero" } else { "grid" },
            );
            sheet.text(
                (left - 8.0, y + 5.0),
                Anchor::End,
                "t soft",
                self.unit.tick(tick),
            );
        }
        let widest = self
            .periods
            .iter()
            .map(|period| text_width(period) + 8.0)
            .fold(1.0, f64::max);
        let count = self.periods.len().max(1);
        let every = (1..count)
            .find(|n| wide * real(*n) >= widest)
            .unwrap_or(count);
        for (place, period) in self
            .periods
            .iter()
            .enumerate()
            .filter(|(place, _)| place.is_multiple_of(every))
        {
            let x = left + wide * (real(place) + 0.5);
            sheet.text((x, up.range.0 + 21.0), Anchor::Middle, "t soft", period);
        }
    }

    fn line(sheet: &mut Drawing, series: &Series, up: Scale, (left, wide): (f64, f64)) {
        let mut d = String::new();
        let mut is_down = false;
        for (place, datum) in series.values.iter().enumerate() {
            let (from, to) = (left + wide * real(place), left + wide * real(place + 1));
            match datum {
                Datum::Value(value) => {
                    let [y, x1, x2] = [up.at(*value), from, to].map(|place| Px(place).to_string());
                    d.extend([
                        if is_down { "L" } else { "M" },
                        &x1,
                        " ",
                        &y,
                        "L",
                        &x2,
                        " ",
                        &y,
                    ]);
                    if wide >= ROOM_FOR_SIGN {
                        sheet.sign(series.who, (f64::midpoint(from, to), up.at(*value)));
                    }
                    is_down = true;
                }
                Datum::FewerThan(_) | Datum::Undefined(_) => {
                    if matches!(datum, Datum::FewerThan(_)) {
                        sheet.hatch((from + 2.0, up.range.0 - 14.0), (wide - 4.0, 14.0));
                    }
                    is_down = false;
                }
            }
        }
        sheet.path(d, series.who.line());
    }
}

impl Chart for StepLine {
    fn title(&self) -> &str {
        &self.title
    }

    fn describe(&self) -> String {
        let series: Vec<String> = self
            .series
            .iter()
            .map(|series| {
                let ends = [series.values.first(), series.values.last()]
                    .map(|d| d.map_or_else(String::new, |d| said(d, &self.unit)));
                let [first, last] = ends;
                format!(
                    "{}: {first} at the beginning, {last} at the end",
                    series.who.word()
                )
            })
            .collect();
        let periods = match (self.periods.first(), self.periods.last()) {
            (Some(first), Some(last)) => format!("{first} to {last}"),
            _ => "no period".to_owned(),
        };
        let changes: Vec<String> = self
            .changes
            .iter()
            .filter_map(|(place, words)| Some(format!(" {}: {words}.", self.periods.get(*place)?)))
            .collect();
        let levels: Vec<String> = self
            .levels
            .iter()
            .filter_map(|level| {
                let last = level.values.iter().flatten().next_back()?;
                Some(format!(
                    " {}: {} at the end.",
                    level.title,
                    self.unit.show(*last)
                ))
            })
            .collect();
        format!(
            "Step line, {periods}, in {}. {}.{}{}",
            self.unit.words(),
            series.join("; "),
            levels.concat(),
            changes.concat()
        )
    }

    fn legend(&self) -> Option<String> {
        let levels = self.levels.iter();
        let said = levels.map(|level| format!("{}: {}", level.letter, level.title));
        let said: Vec<String> = said.collect();
        (!said.is_empty()).then(|| format!("{}.", said.join("; ")))
    }

    fn draw(&self, room: Room) -> Drawing {
        let mut sheet = Drawing::new(room.width());
        let groups: Vec<Who> = self.series.iter().map(|series| series.who).collect();
        let key_end = sheet.key(&groups, (0.0, 12.0));
        let is_hidden = |datum: &Datum| matches!(datum, Datum::FewerThan(_));
        let has_hidden = self
            .series
            .iter()
            .any(|series| series.values.iter().any(is_hidden));
        // On a narrow page the key goes on below.
        let below = if has_hidden && room == Room::Narrow {
            24.0
        } else {
            0.0
        };
        if has_hidden {
            sheet.hidden_key(if room == Room::Narrow {
                (0.0, 36.0)
            } else {
                (key_end + 8.0, 12.0)
            });
        }
        sheet.text(
            (0.0, 44.0 + below),
            Anchor::Start,
            "t soft",
            self.unit.words(),
        );
        let top = 66.0 + below + 20.0 * real(self.changes.len());
        let up = self.up(top, room);
        let left = self.left(up);
        let right = room.width() - 4.0;
        let wide = (right - left) / real(self.periods.len().max(1));
        self.axes(&mut sheet, up, room, (left, right, wide));
        for (line, (place, words)) in self.changes.iter().enumerate() {
            let x = left + wide * real(*place);
            let y = 64.0 + below + 20.0 * real(line);
            sheet.line((x, y + 6.0), (x, up.range.0), "reference");
            sheet.centred((x, y), "t", words);
        }
        self.levels(&mut sheet, up, (left, right, wide));
        for series in &self.series {
            Self::line(&mut sheet, series, up, (left, wide));
        }
        sheet.ending_at(up.range.0 + 30.0)
    }

    fn table(&self) -> Table {
        let mut columns = vec![Column::text("Period")];
        columns.extend(
            self.series.iter().map(|series| {
                Column::number(format!("{}, {}", series.who.word(), self.unit.words()))
            }),
        );
        let levels = self.levels.iter();
        columns.extend(levels.map(|level| Column::number(level.title.clone())));
        if !self.changes.is_empty() {
            columns.push(Column::text("What changed"));
        }
        let mut table = Table::new(&self.title, columns);
        for (place, period) in self.periods.iter().enumerate() {
            let mut cells = vec![Value::text(period)];
            cells.extend(self.series.iter().map(|series| {
                series
                    .values
                    .get(place)
                    .map_or(Value::None, |datum| datum.cell(&self.unit))
            }));
            cells.extend(self.levels.iter().map(|level| {
                let value = level.values.get(place).copied().flatten();
                value.map_or(Value::None, |value| Value::Number(self.unit.show(value)))
            }));
            if !self.changes.is_empty() {
                let change = self.changes.iter().find(|(at, _)| *at == place);
                cells.push(change.map_or(Value::None, |(_, words)| Value::text(words)));
            }
            table = table.row(cells);
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_tick_stands_for_a_part_of_a_person() {
        let held = |unit| StepLine {
            levels: Vec::new(),
            title: "Held".into(),
            unit,
            periods: vec!["1 March".into(), "2 March".into()],
            series: vec![Series {
                who: Who::All,
                values: vec![0_u64.into(), 0_u64.into()],
            }],
            changes: Vec::new(),
        };
        let drawn = |unit| format!("{:?}", held(unit).draw(Room::Wide));
        assert!(drawn(Unit::Hours).contains("0.2"));
        assert!(!drawn(Unit::Persons).contains("0.2"));
    }
}
