//! Dots with intervals, and the gap plot: women, men and all together, one row per stratum, with
//! the crude and the standardised figures below a rule.

use super::drawing::Drawing;
use super::unit::{Unit, Who, n_equals};
use super::{Chart, Room, plot};
use crate::pages::components::{Column, Table, Value};
use crate::pages::numbers::count;

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

    pub(super) fn estimate(&self) -> Option<&Estimate> {
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

    /// Whether there is anything to draw in it.
    pub(super) fn has_estimate(&self) -> bool {
        self.points
            .iter()
            .any(|(_, point)| point.estimate().is_some())
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
    /// What a dot is: a share, a median, a difference.
    pub dot: &'static str,
    /// What the line through a dot spans: a 95% interval, or the middle half of the decisions.
    pub span: &'static str,
    pub rows: Vec<DotRow>,
    pub reference: Option<Reference>,
}

impl Dots {
    /// Which groups occur, in the order of the key.
    pub(super) fn groups(&self) -> Vec<Who> {
        let all = [Who::Women, Who::Men, Who::All];
        all.into_iter()
            .filter(|who| self.points().any(|(has, _)| has == who))
            .collect()
    }

    fn points(&self) -> impl Iterator<Item = &(Who, Point)> {
        self.rows.iter().flat_map(|row| &row.points)
    }

    pub(super) fn estimates(&self) -> impl Iterator<Item = &Estimate> {
        self.points().filter_map(|(_, point)| point.estimate())
    }

    /// Whether a value lies on the lower side of what it is read against.
    pub(super) fn is_below(&self, estimate: &Estimate) -> bool {
        let reference = self.reference.as_ref();
        reference.is_some_and(|reference| estimate.value < reference.at)
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

    fn is_empty(&self) -> bool {
        self.estimates().next().is_none()
    }

    fn legend(&self) -> Option<String> {
        let words = format!("Each mark is a {}, its line the {}.", self.dot, self.span);
        (!self.is_empty()).then_some(words)
    }

    fn draw(&self, room: Room) -> Drawing {
        plot::draw(self, room)
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
