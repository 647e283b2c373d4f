//! A timeline of stretches: what was in force when, a lane for each measure.

use super::drawing::{Anchor, Drawing, text_width, wrap};
use super::scale::Scale;
use super::{Chart, Room};
use crate::pages::components::{Column, Table, Value};

/// A day of the civil calendar, to be placed on a line. It does not judge whether the day
/// exists; that was done where the date was parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CivilDay {
    pub year: i32,
    pub month: u8,
    pub day: u8,
}

impl CivilDay {
    pub fn new(year: i32, month: u8, day: u8) -> Self {
        Self { year, month, day }
    }

    /// Days since 1 January of year 0 of the Gregorian calendar carried backwards.
    fn place(self) -> f64 {
        let before = self.year - 1;
        let leaps = before.div_euclid(4) - before.div_euclid(100) + before.div_euclid(400);
        let is_leap = (self.year % 4 == 0 && self.year % 100 != 0) || self.year % 400 == 0;
        let months = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
        let passed = months
            .get(usize::from(self.month.saturating_sub(1)))
            .copied()
            .unwrap_or(0);
        let leap_day = i32::from(is_leap && self.month > 2);
        f64::from(before * 365 + leaps + passed + leap_day + i32::from(self.day))
    }

    /// The day in words: `3 March 2026`.
    pub fn words(self) -> String {
        format!("{} {} {}", self.day, self.month_name(), self.year)
    }

    fn month_name(self) -> &'static str {
        const NAMES: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        NAMES
            .get(usize::from(self.month.saturating_sub(1)))
            .copied()
            .unwrap_or("")
    }

    fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Something in force for a while.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    pub label: String,
    pub from: CivilDay,
    /// The last day; without one it is still in force.
    pub to: Option<CivilDay>,
}

/// One measure's stretches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    pub label: String,
    pub stretches: Vec<Stretch>,
}

/// The timeline, from the first day of any stretch to `until`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    pub title: String,
    pub lanes: Vec<Lane>,
    /// The day the page is as of.
    pub until: CivilDay,
}

const BAR: f64 = 20.0;

impl Timeline {
    fn stretches(&self) -> impl Iterator<Item = &Stretch> {
        self.lanes.iter().flat_map(|lane| &lane.stretches)
    }

    fn ends(&self) -> (CivilDay, CivilDay) {
        let first = self
            .stretches()
            .map(|stretch| stretch.from)
            .min()
            .unwrap_or(self.until);
        let last = self
            .stretches()
            .filter_map(|stretch| stretch.to)
            .max()
            .unwrap_or(self.until);
        (first, last.max(self.until))
    }

    /// Ticks at the beginnings of years, or of months where all of it lies within two years.
    fn ticks(&self) -> Vec<(CivilDay, String)> {
        let (first, last) = self.ends();
        let days = first.year..=last.year.min(first.year.saturating_add(200));
        if last.year - first.year >= 2 {
            return days
                .map(|year| (CivilDay::new(year, 1, 1), year.to_string()))
                .filter(|(day, _)| *day >= first)
                .collect();
        }
        days.flat_map(|year| (1..=12).map(move |month| CivilDay::new(year, month, 1)))
            .filter(|day| *day >= first && *day <= last)
            .map(|day| {
                (
                    day,
                    format!("{} {}", day.month_name().get(..3).unwrap_or(""), day.year),
                )
            })
            .collect()
    }

    fn lane(&self, sheet: &mut Drawing, lane: &Lane, scale: Scale, y: f64) {
        for stretch in &lane.stretches {
            let (from, to) = (
                scale.at(stretch.from.place()),
                scale.at(stretch.to.unwrap_or(self.until).place()),
            );
            sheet.rect(
                (from, y),
                ((to - from).max(4.0), BAR),
                if stretch.to.is_some() {
                    "tone-blue"
                } else {
                    "open-stretch"
                },
            );
            if stretch.to.is_none() {
                // An arrow head: the end is not known.
                sheet.path(arrow(to.max(from + 4.0), y), "open-head");
            }
            let fits_after = to + 14.0 + text_width(&stretch.label) <= scale.range.1 + 20.0;
            let (x, anchor, class) = match () {
                () if text_width(&stretch.label) + 8.0 <= to - from && stretch.to.is_some() => {
                    (from + 6.0, Anchor::Start, "t-on-dark")
                }
                () if fits_after => (to + 14.0, Anchor::Start, "t"),
                () => (from - 6.0, Anchor::End, "t"),
            };
            sheet.text((x, y + 15.0), anchor, class, &stretch.label);
        }
    }
}

fn arrow(x: f64, y: f64) -> String {
    let [x, tip, top, middle, bottom] = [x, x + 9.0, y, y + BAR / 2.0, y + BAR].map(super::Px);
    format!("M{x} {top}L{tip} {middle}L{x} {bottom}Z")
}

impl Chart for Timeline {
    fn title(&self) -> &str {
        &self.title
    }

    fn describe(&self) -> String {
        let said: Vec<String> = self
            .lanes
            .iter()
            .flat_map(|lane| lane.stretches.iter().map(move |stretch| (lane, stretch)))
            .map(|(lane, stretch)| {
                let end = stretch.to.map_or_else(
                    || "still in force".to_owned(),
                    |day| format!("to {}", day.words()),
                );
                format!(
                    "{}, {}: from {}, {end}",
                    lane.label,
                    stretch.label,
                    stretch.from.words()
                )
            })
            .collect();
        format!("Timeline to {}. {}.", self.until.words(), said.join("; "))
    }

    fn draw(&self, room: Room) -> Drawing {
        let mut sheet = Drawing::new(room.width());
        let (first, last) = self.ends();
        let scale = Scale {
            domain: (first.place(), last.place()),
            range: (room.gutter() + 4.0, room.width() - 24.0),
        };
        let above = if room == Room::Wide { 0.0 } else { 22.0 };
        let bottom = 14.0 + (BAR + 16.0 + above) * crate::pages::numbers::real(self.lanes.len());
        let mut clear = f64::NEG_INFINITY;
        for (day, words) in self.ticks() {
            let x = scale.at(day.place());
            let half = text_width(&words) / 2.0;
            if x - half < clear || x + half > room.width() || x - half < 0.0 {
                continue;
            }
            clear = x + half + 10.0;
            sheet.line((x, 6.0), (x, bottom), "grid");
            sheet.text((x, bottom + 20.0), Anchor::Middle, "t soft", words);
        }
        let now = scale.at(self.until.place());
        sheet.line((now, 6.0), (now, bottom), "reference");
        let mut y = 14.0;
        for lane in &self.lanes {
            if room == Room::Wide {
                let label = wrap(&lane.label, room.gutter() - 8.0).swap_remove(0);
                sheet.text((room.gutter() - 12.0, y + 15.0), Anchor::End, "t", label);
            } else {
                sheet.text((0.0, y + 12.0), Anchor::Start, "t strong", &lane.label);
            }
            self.lane(&mut sheet, lane, scale, y + above);
            y += BAR + 16.0 + above;
        }
        sheet.ending_at(bottom + 28.0)
    }

    fn table(&self) -> Table {
        let columns = ["Measure", "What", "From", "To"].map(Column::text);
        let mut table = Table::new(&self.title, columns.to_vec());
        for lane in &self.lanes {
            for stretch in &lane.stretches {
                let to = stretch.to.map_or_else(
                    || Value::text("still in force"),
                    |day| Value::moment(day.iso(), day.words()),
                );
                let from = Value::moment(stretch.from.iso(), stretch.from.words());
                table = table.row(vec![
                    Value::text(&lane.label),
                    Value::text(&stretch.label),
                    from,
                    to,
                ]);
            }
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_follow_each_other_over_leap_days_and_centuries() {
        let days = [
            ((2024, 2, 28), (2024, 3, 1), 2.0),
            ((2026, 2, 28), (2026, 3, 1), 1.0),
            ((1999, 12, 31), (2000, 1, 1), 1.0),
            ((1900, 2, 28), (1900, 3, 1), 1.0),
            ((2000, 1, 1), (2001, 1, 1), 366.0),
        ];
        for (from, to, apart) in days {
            let [from, to] = [from, to].map(|(year, month, day)| CivilDay::new(year, month, day));
            let gap = to.place() - from.place();
            assert!(
                (gap - apart).abs() < 1e-9,
                "{} to {}: {gap}",
                from.words(),
                to.words()
            );
        }
    }
}
