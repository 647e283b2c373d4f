//! How dots are drawn: a row after another, the axis behind those that show a value, each dot with its line and value.

use super::Room;
use super::dots::{DotRow, Dots, Estimate, Point};
use super::drawing::{Anchor, Drawing, wrap};
use super::scale::{Scale, ticks};
use super::unit::Who;
use crate::pages::numbers::real;

/// The height of one dot.
const LANE: f64 = 18.0;
/// Room for a value beside its dot.
const VALUE: f64 = 54.0;

struct Plot<'a> {
    dots: &'a Dots,
    room: Room,
    scale: Scale,
}

/// A row in its place, from above to below.
struct Placed<'a> {
    row: &'a DotRow,
    /// Where the rule before the first summary is.
    rule: Option<f64>,
    /// Where the words begin; on a narrow page they stand above the dots.
    label: f64,
    /// Between which places its dots are.
    lanes: (f64, f64),
    /// Between which places the axis may run without striking through words.
    grid: (f64, f64),
}

pub(super) fn draw(dots: &Dots, room: Room) -> Drawing {
    let mut sheet = Drawing::new(room.width());
    let scale = scale(dots, room);
    let plot = Plot { dots, room, scale };
    let top = plot.head(&mut sheet);
    let rows = plot.rows(top);
    let bottom = rows.last().map_or(top, |placed| placed.lanes.1);
    plot.axis(&mut sheet, &rows, (top, bottom));
    for placed in &rows {
        if let Some(y) = placed.rule {
            sheet.line((0.0, y), (room.width(), y), "rule");
        }
        plot.label(&mut sheet, placed);
        plot.row(&mut sheet, placed);
    }
    sheet.ending_at(bottom + 50.0)
}

fn scale(dots: &Dots, room: Room) -> Scale {
    // Zero is always in sight: a gap is read against nothing, not against the other dot.
    let mut ends = (0.0, 0.0);
    let reached = dots.estimates().flat_map(|e| {
        let (low, high) = e.interval.unwrap_or((e.value, e.value));
        [low, e.value, high]
    });
    for value in reached.chain(dots.reference.as_ref().map(|r| r.at)) {
        ends = (f64::min(ends.0, value), f64::max(ends.1, value));
    }
    let has_below = dots.estimates().any(|estimate| dots.is_below(estimate));
    let before = if has_below { VALUE } else { 0.0 };
    let range = (room.gutter() + 10.0 + before, room.width() - 10.0 - VALUE);
    Scale::around(ends.0, ends.1, range, room.tick_count())
}

/// The height of a row's dots: a lane per group, and air; enough for its label.
fn height(row: &DotRow, room: Room) -> f64 {
    let lanes = LANE * real(row.points.len().max(1)) + 16.0;
    let is_tall = room == Room::Wide && wrap(&row.label, room.gutter() - 14.0).len() > 1;
    lanes.max(if is_tall { 48.0 } else { 0.0 })
}

impl<'a> Plot<'a> {
    /// The key, and room for the words of the reference; gives where the rows begin.
    fn head(&self, sheet: &mut Drawing) -> f64 {
        let mut top = 10.0;
        let groups = self.dots.groups();
        if groups.iter().any(|who| *who != Who::All) {
            sheet.key(&groups, (self.room.gutter(), 12.0));
            top += 24.0;
        }
        if self.dots.reference.is_some() {
            top += 24.0;
        }
        top
    }

    fn rows(&self, top: f64) -> Vec<Placed<'a>> {
        let above = if self.room == Room::Wide { 0.0 } else { 22.0 };
        let mut start = top;
        let mut after_stratum = false;
        let place = |row: &'a DotRow| {
            let has_rule = row.is_summary && after_stratum;
            let label = start + if has_rule { 10.0 } else { 0.0 };
            let lanes = (label + above, label + above + height(row, self.room));
            let grid = if self.room == Room::Wide {
                (start, lanes.1)
            } else {
                lanes
            };
            (start, after_stratum) = (lanes.1, !row.is_summary);
            Placed {
                row,
                rule: has_rule.then_some(label - 5.0),
                label,
                lanes,
                grid,
            }
        };
        self.dots.rows.iter().map(place).collect()
    }

    fn axis(&self, sheet: &mut Drawing, rows: &[Placed<'_>], (top, bottom): (f64, f64)) {
        let shown = rows.iter().filter(|placed| placed.row.has_estimate());
        let stretches: Vec<(f64, f64)> = shown.map(|placed| placed.grid).collect();
        let (low, high) = self.scale.domain;
        for tick in ticks(low, high, self.room.tick_count()) {
            let x = self.scale.at(tick);
            let class = if tick.abs() < 1e-9 { "zero" } else { "grid" };
            sheet.upright(x, &stretches, class);
            let words = self.dots.unit.tick(tick);
            sheet.text((x, bottom + 20.0), Anchor::Middle, "t soft", words);
        }
        if let Some(reference) = &self.dots.reference {
            let x = self.scale.at(reference.at);
            sheet.upright(x, &stretches, "reference");
            sheet.centred((x, top - 8.0), "t soft", &reference.label);
        }
        let middle = f64::midpoint(self.scale.range.0, self.scale.range.1);
        let words = self.dots.unit.words();
        sheet.text((middle, bottom + 42.0), Anchor::Middle, "t soft", words);
    }

    fn label(&self, sheet: &mut Drawing, placed: &Placed<'_>) {
        let (row, room) = (placed.row, self.room);
        let class = if row.is_summary { "t strong" } else { "t" };
        if room == Room::Narrow {
            let line = wrap(&row.label, room.width() + 16.0).swap_remove(0);
            sheet.text((0.0, placed.label + 20.0), Anchor::Start, class, line);
            return;
        }
        let lines = wrap(&row.label, room.gutter() - 14.0);
        let middle = f64::midpoint(placed.lanes.0, placed.lanes.1);
        let first = middle + if lines.len() > 1 { -4.0 } else { 5.0 };
        for (line, y) in lines.iter().zip([first, first + 18.0]) {
            sheet.text((room.gutter() - 14.0, y), Anchor::End, class, line);
        }
    }

    fn row(&self, sheet: &mut Drawing, placed: &Placed<'_>) {
        let points = &placed.row.points;
        let middle = f64::midpoint(placed.lanes.0, placed.lanes.1);
        let first = middle - LANE * real(points.len()) / 2.0;
        let lane = |n: usize| first + LANE * (real(n) + 0.5);
        self.gap(sheet, points, lane);
        let left = self.room.gutter() + 10.0;
        for (n, (who, point)) in points.iter().enumerate() {
            let y = lane(n);
            match point {
                Point::At(estimate) => self.estimate(sheet, *who, estimate, y),
                Point::FewerThan(n) => {
                    sheet.hatch((left, y - 6.0), (24.0, 12.0));
                    let words = of(*who, &format!("fewer than {n}"));
                    sheet.text((left + 32.0, y + 5.0), Anchor::Start, "t soft", words);
                }
                Point::Undefined(reason) => {
                    let words = of(*who, reason);
                    sheet.text((left + 8.0, y + 5.0), Anchor::Start, "t soft", words);
                }
            }
        }
    }

    /// The gap itself: a band from the dot of women to that of men.
    fn gap(&self, sheet: &mut Drawing, points: &[(Who, Point)], lane: impl Fn(usize) -> f64) {
        let dots = points.iter().enumerate().filter_map(|(n, (who, point))| {
            let estimate = point.estimate().filter(|_| *who != Who::All)?;
            Some((self.scale.at(estimate.value), lane(n)))
        });
        if let [one, other] = dots.collect::<Vec<_>>().as_slice() {
            let size = ((one.0 - other.0).abs(), other.1 - one.1);
            sheet.rect((one.0.min(other.0), one.1), size, "gap");
        }
    }

    /// The line, the sign, and the value on the side away from the reference.
    fn estimate(&self, sheet: &mut Drawing, who: Who, estimate: &Estimate, y: f64) {
        let at = self.scale.at(estimate.value);
        let (low, high) = estimate.interval.map_or((at, at), |(low, high)| {
            (self.scale.at(low), self.scale.at(high))
        });
        if estimate.interval.is_some() {
            sheet.line((low, y), (high, y), who.line());
            sheet.line((low, y - 4.0), (low, y + 4.0), who.line());
            sheet.line((high, y - 4.0), (high, y + 4.0), who.line());
        }
        sheet.sign(who, (at, y));
        let (x, anchor) = if self.dots.is_below(estimate) {
            (at.min(low) - 12.0, Anchor::End)
        } else {
            (at.max(high) + 12.0, Anchor::Start)
        };
        let words = self.dots.unit.show_of(estimate.value, estimate.n);
        sheet.text((x, y + 5.0), anchor, "t", words);
    }
}

/// Words in place of a dot; whom they are about goes without saying where it is everybody.
fn of(who: Who, words: &str) -> String {
    match who {
        Who::All => words.to_owned(),
        Who::Women | Who::Men => format!("{}: {words}", who.word()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Chart, DotRow, Mark, Reference, Unit};
    use super::*;

    fn gaps(points: Vec<Point>) -> Dots {
        let row = |point| DotRow::stratum("Theft", vec![(Who::All, point)]);
        Dots {
            title: "Gaps".to_owned(),
            of: "Offence".to_owned(),
            unit: Unit::Points,
            dot: "difference",
            span: "95% interval",
            rows: points.into_iter().map(row).collect(),
            reference: Some(Reference {
                at: 0.0,
                label: "no difference".to_owned(),
            }),
        }
    }

    /// Where a text stands, and which of its ends.
    fn place(drawing: &Drawing, words: &str) -> Option<(f64, f64, Anchor)> {
        drawing.marks.iter().find_map(|mark| match mark {
            Mark::Text {
                x, y, anchor, text, ..
            } if text == words => Some((x.0, y.0, *anchor)),
            _ => None,
        })
    }

    #[test]
    fn a_value_stands_on_the_side_away_from_the_reference() {
        let points =
            [-7.0, 4.0].map(|value| Point::at(value, Some((value - 9.0, value + 9.0)), 40));
        for room in [Room::Wide, Room::Narrow] {
            let drawing = draw(&gaps(points.to_vec()), room);
            let (zero, ..) = place(&drawing, "no difference").unwrap();
            let (below, _, end) = place(&drawing, "\u{2212}7").unwrap();
            let (above, _, start) = place(&drawing, "+4").unwrap();
            assert!(below < zero && end == Anchor::End);
            assert!(above > zero && start == Anchor::Start);
            assert!(below - 24.0 >= room.gutter(), "the value has room");
        }
    }

    #[test]
    fn a_row_without_a_value_says_why_and_no_line_strikes_through_it() {
        let why = "fewer than 10 decisions";
        let points = vec![Point::at(3.0, None, 40), Point::Undefined(why.to_owned())];
        let drawing = draw(&gaps(points), Room::Narrow);
        let (_, y, _) = place(&drawing, why).unwrap();
        let lines = drawing.marks.iter().filter_map(|mark| match mark {
            Mark::Path { d, class } if *class != "all" => Some(d),
            _ => None,
        });
        for line in lines {
            let ends = line
                .split(['V', ' ', 'M'])
                .filter_map(|end| end.parse().ok());
            assert!(ends.skip(1).all(|end: f64| end < y - 12.0), "{line}");
        }
    }

    #[test]
    fn how_dots_are_read_is_said_only_where_there_are_any() {
        let legend = gaps(vec![Point::at(3.0, None, 40)]).legend();
        assert_eq!(
            legend.as_deref(),
            Some("Each mark is a difference, its line the 95% interval.")
        );
        assert_eq!(gaps(vec![Point::FewerThan(10)]).legend(), None);
    }
}
