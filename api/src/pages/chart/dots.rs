//! Dots with intervals, and the gap plot: women, men and all together, one row per stratum, with
//! the crude and the standardised figures below a rule.

use super::drawing::{Anchor, Drawing, wrap};
use super::scale::{Scale, ticks};
use super::unit::{Unit, Who, n_equals};
use super::{Chart, Room};
use crate::pages::components::{Column, Table, Value};
use crate::pages::numbers::{count, real};

/// An estimate, its interval where one is published, and how many stand behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    pub value: f64,
    pub interval: Option<(f64, f64)>,
    pub n: u64,
}

/// What one group shows in one row.
#[derive(Clone, Debug, PartialEq)]
pub enum Point {
    At(Estimate),
    /// Withheld: fewer than so many stand behind it.
    FewerThan(u32),
    /// Cannot be computed; the reason names the missing input.
    Undefined(String),
}

impl Point {
    pub fn at(value: f64, interval: Option<(f64, f64)>, n: u64) -> Self {
        Self::At(Estimate { value, interval, n })
    }

    fn estimate(&self) -> Option<&Estimate> {
        match self {
            Self::At(estimate) => Some(estimate),
            Self::FewerThan(_) | Self::Undefined(_) => None,
        }
    }
}

/// One row: a stratum, or a summary such as the crude or the standardised figure.
#[derive(Clone, Debug, PartialEq)]
pub struct DotRow {
    pub label: String,
    pub points: Vec<(Who, Point)>,
    /// Summaries stand below a rule, in bold.
    pub is_summary: bool,
}

impl DotRow {
    pub fn stratum(label: impl Into<String>, points: Vec<(Who, Point)>) -> Self {
        Self {
            label: label.into(),
            points,
            is_summary: false,
        }
    }

    pub fn summary(label: impl Into<String>, points: Vec<(Who, Point)>) -> Self {
        Self {
            label: label.into(),
            points,
            is_summary: true,
        }
    }
}

/// A value every row is read against: no difference, or a published one.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    pub at: f64,
    pub label: String,
}

/// The dot plot.
#[derive(Clone, Debug, PartialEq)]
pub struct Dots {
    pub title: String,
    /// What the rows are: the heading of the table's first column.
    pub of: String,
    pub unit: Unit,
    /// What the line through a dot spans: a 95% interval, or the middle half of the decisions.
    pub span: &'static str,
    pub rows: Vec<DotRow>,
    pub reference: Option<Reference>,
}

impl Dots {
    /// Which groups occur, in the order of the key.
    fn groups(&self) -> Vec<Who> {
        let all = [Who::Women, Who::Men, Who::All];
        all.into_iter()
            .filter(|who| self.points().any(|(has, _)| has == who))
            .collect()
    }

    fn points(&self) -> impl Iterator<Item = &(Who, Point)> {
        self.rows.iter().flat_map(|row| &row.points)
    }

    fn scale(&self, room: Room) -> Scale {
        // Zero is always in sight: a gap is read against nothing, not against the other dot.
        let mut ends = (0.0, 0.0);
        let estimates = self.points().filter_map(|(_, point)| point.estimate());
        let reached = estimates.flat_map(|e| {
            let (low, high) = e.interval.unwrap_or((e.value, e.value));
            [low, e.value, high]
        });
        for value in reached.chain(self.reference.as_ref().map(|r| r.at)) {
            ends = (f64::min(ends.0, value), f64::max(ends.1, value));
        }
        // The room at the end is for the last dot's own value.
        let range = (room.gutter() + 10.0, room.width() - 64.0);
        Scale::around(ends.0, ends.1, range, room.tick_count())
    }

    fn axis(&self, sheet: &mut Drawing, scale: Scale, room: Room, (top, bottom): (f64, f64)) {
        for tick in ticks(scale.domain.0, scale.domain.1, room.tick_count()) {
            let x = scale.at(tick);
            sheet.line(
                (x, top),
                (x, bottom),
                if tick.abs() < 1e-9 { "zero" } else { "grid" },
            );
            sheet.text(
                (x, bottom + 20.0),
                Anchor::Middle,
                "t soft",
                self.unit.tick(tick),
            );
        }
        if let Some(reference) = &self.reference {
            let x = scale.at(reference.at);
            sheet.line((x, top), (x, bottom), "reference");
            sheet.centred((x, top - 8.0), "t soft", &reference.label);
        }
        let middle = f64::midpoint(scale.range.0, scale.range.1);
        sheet.text(
            (middle, bottom + 42.0),
            Anchor::Middle,
            "t soft",
            self.unit.words(),
        );
    }
}

const LANE: f64 = 18.0;

/// The height of a row: a lane per group, and air; enough for its label.
fn height(row: &DotRow, room: Room) -> f64 {
    let lanes = LANE * real(row.points.len().max(1)) + 16.0;
    let is_tall = room == Room::Wide && wrap(&row.label, room.gutter() - 14.0).len() > 1;
    lanes.max(if is_tall { 48.0 } else { 0.0 })
}

/// The interval, the sign, and the value behind both.
fn draw_estimate(
    sheet: &mut Drawing,
    who: Who,
    estimate: &Estimate,
    (unit, scale): (&Unit, Scale),
    y: f64,
) {
    let at = scale.at(estimate.value);
    let (low, high) = estimate
        .interval
        .map_or((at, at), |(low, high)| (scale.at(low), scale.at(high)));
    if estimate.interval.is_some() {
        sheet.line((low, y), (high, y), who.line());
        sheet.line((low, y - 4.0), (low, y + 4.0), who.line());
        sheet.line((high, y - 4.0), (high, y + 4.0), who.line());
    }
    sheet.sign(who, (at, y));
    sheet.text(
        (at.max(high) + 12.0, y + 5.0),
        Anchor::Start,
        "t",
        unit.show_of(estimate.value, estimate.n),
    );
}

fn draw_row(
    sheet: &mut Drawing,
    row: &DotRow,
    (unit, scale): (&Unit, Scale),
    (top, tall): (f64, f64),
) {
    let first = top + (tall - LANE * real(row.points.len())) / 2.0;
    let lanes: Vec<f64> = (0..row.points.len())
        .map(|n| first + LANE * (real(n) + 0.5))
        .collect();
    let ends: Vec<(f64, f64)> = row
        .points
        .iter()
        .zip(&lanes)
        .filter(|((who, _), _)| *who != Who::All)
        .filter_map(|((_, point), y)| Some((scale.at(point.estimate()?.value), *y)))
        .collect();
    // The gap itself: a band from one dot to the other.
    if let [one, other] = ends.as_slice() {
        sheet.rect(
            (one.0.min(other.0), one.1),
            ((one.0 - other.0).abs(), other.1 - one.1),
            "gap",
        );
    }
    for ((who, point), y) in row.points.iter().zip(lanes) {
        match point {
            Point::At(estimate) => draw_estimate(sheet, *who, estimate, (unit, scale), y),
            Point::FewerThan(n) => {
                sheet.hatch((scale.range.0, y - 6.0), (24.0, 12.0));
                sheet.text(
                    (scale.range.0 + 32.0, y + 5.0),
                    Anchor::Start,
                    "t soft",
                    format!("{}: fewer than {n}", who.word()),
                );
            }
            Point::Undefined(_) => {
                sheet.text(
                    (scale.range.0 + 8.0, y + 5.0),
                    Anchor::Start,
                    "t soft",
                    format!("{}: not computed", who.word()),
                );
            }
        }
    }
}

impl Chart for Dots {
    fn title(&self) -> &str {
        &self.title
    }

    fn describe(&self) -> String {
        let rows: Vec<String> = self
            .rows
            .iter()
            .map(|row| {
                let said: Vec<String> = row
                    .points
                    .iter()
                    .map(|(who, point)| self.said(*who, point))
                    .collect();
                format!("{}: {}", row.label, said.join(", "))
            })
            .collect();
        format!(
            "Dots, each with its {}, in {}. {}.",
            self.span,
            self.unit.words(),
            rows.join("; ")
        )
    }

    fn draw(&self, room: Room) -> Drawing {
        let mut sheet = Drawing::new(room.width());
        let scale = self.scale(room);
        sheet.key(
            &self.groups(),
            (
                if room == Room::Wide {
                    scale.range.0
                } else {
                    0.0
                },
                12.0,
            ),
        );
        let above = if room == Room::Wide { 0.0 } else { 22.0 };
        let top = if self.reference.is_some() { 58.0 } else { 34.0 };
        let tall: f64 = self.rows.iter().map(|row| height(row, room) + above).sum();
        let has_rule = self.rows.iter().any(|row| row.is_summary)
            && self.rows.iter().any(|row| !row.is_summary);
        let bottom = top + tall + if has_rule { 10.0 } else { 0.0 };
        self.axis(&mut sheet, scale, room, (top - 6.0, bottom));
        let mut y = top;
        let mut is_below = !has_rule;
        for row in &self.rows {
            if row.is_summary && !is_below {
                sheet.line((0.0, y + 5.0), (room.width(), y + 5.0), "rule");
                (y, is_below) = (y + 10.0, true);
            }
            let class = if row.is_summary { "t strong" } else { "t" };
            label(&mut sheet, row, room, (y, class));
            draw_row(
                &mut sheet,
                row,
                (&self.unit, scale),
                (y + above, height(row, room)),
            );
            y += height(row, room) + above;
        }
        sheet.ending_at(bottom + 50.0)
    }

    fn table(&self) -> Table {
        let groups = self.groups();
        let mut columns = vec![Column::text(&self.of)];
        for who in &groups {
            columns.push(Column::number(format!(
                "{}, {}",
                who.word(),
                self.unit.words()
            )));
            columns.push(Column::number(format!("{}, {}", who.word(), self.span)));
            columns.push(Column::number(format!("{}, n", who.word())));
        }
        let mut table = Table::new(&self.title, columns);
        for row in &self.rows {
            let mut cells = vec![Value::text(&row.label)];
            for who in &groups {
                let point = row
                    .points
                    .iter()
                    .find(|(has, _)| has == who)
                    .map(|(_, point)| point);
                cells.extend(self.cells(point));
            }
            table = table.row(cells);
        }
        table
    }
}

impl Dots {
    fn said(&self, who: Who, point: &Point) -> String {
        let shown = match point {
            Point::At(Estimate {
                value,
                interval: Some((low, high)),
                n,
            }) => {
                format!(
                    "{}, {} {} to {}, {}",
                    self.unit.show_of(*value, *n),
                    self.span,
                    self.unit.show_of(*low, *n),
                    self.unit.show_of(*high, *n),
                    n_equals(*n)
                )
            }
            Point::At(Estimate {
                value,
                interval: None,
                n,
            }) => format!("{}, {}", self.unit.show_of(*value, *n), n_equals(*n)),
            Point::FewerThan(n) => format!("fewer than {n}, not shown"),
            Point::Undefined(reason) => format!("not computed, {reason}"),
        };
        format!("{} {shown}", who.word().to_lowercase())
    }

    fn cells(&self, point: Option<&Point>) -> [Value; 3] {
        match point {
            Some(Point::At(estimate)) => {
                let interval = estimate.interval.map_or_else(
                    || Value::Undefined(format!("no {}", self.span)),
                    |(low, high)| {
                        let n = estimate.n;
                        let (low, high) = (self.unit.show_of(low, n), self.unit.show_of(high, n));
                        Value::Number(format!("{low} to {high}"))
                    },
                );
                [
                    Value::Number(self.unit.show_of(estimate.value, estimate.n)),
                    interval,
                    Value::Number(count(estimate.n)),
                ]
            }
            Some(Point::FewerThan(n)) => [Value::FewerThan(*n), Value::None, Value::FewerThan(*n)],
            Some(Point::Undefined(reason)) => {
                [Value::Undefined(reason.clone()), Value::None, Value::None]
            }
            None => [Value::None, Value::None, Value::None],
        }
    }
}

fn label(sheet: &mut Drawing, row: &DotRow, room: Room, (top, class): (f64, &'static str)) {
    if room == Room::Narrow {
        let line = wrap(&row.label, room.width() + 16.0).swap_remove(0);
        sheet.text((0.0, top + 20.0), Anchor::Start, class, line);
        return;
    }
    let lines = wrap(&row.label, room.gutter() - 14.0);
    let middle = top + height(row, room) / 2.0;
    let first = if lines.len() > 1 {
        middle - 4.0
    } else {
        middle + 5.0
    };
    for (line, y) in lines.iter().zip([first, first + 18.0]) {
        sheet.text((room.gutter() - 14.0, y), Anchor::End, class, line);
    }
}
