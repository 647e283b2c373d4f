//! Share bars: how a whole divides, each part labelled in place, one row per group.

use infra::views::figure::FEWEST;

use super::drawing::{Anchor, Drawing, text_width, wrap};
use super::unit::{Unit, n_equals};
use super::{Chart, Room};
use crate::pages::components::{Column, Table, Value};
use crate::pages::numbers::{count, per_hundred, real_count};

/// A kind of part. Colours follow the order; so do the parts in every row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    pub label: String,
    /// The word inside a part: as short as it can be and still be understood.
    pub short: String,
}

impl Category {
    pub fn new(label: impl Into<String>, short: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            short: short.into(),
        }
    }
}

/// How many there are of one category in one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Count(u64),
    /// Withheld: fewer than so many. Shown hatched, with a width that gives nothing away.
    FewerThan(u32),
}

/// One whole and its parts, one for each category and in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareRow {
    pub label: String,
    pub parts: Vec<Part>,
    /// Where the decisions of the row are listed, for those who may read them.
    pub cases: Option<String>,
}

impl ShareRow {
    pub fn new(label: impl Into<String>, parts: Vec<Part>) -> Self {
        Self {
            label: label.into(),
            parts,
            cases: None,
        }
    }

    #[must_use]
    pub fn cases(mut self, address: Option<String>) -> Self {
        self.cases = address;
        self
    }

    /// So few that counts are shown and no share.
    fn is_few(&self) -> bool {
        !has_hidden(self) && total(self) < FEWEST
    }
}

/// The share bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareBar {
    pub title: String,
    /// What the rows are: the heading of the table's first column.
    pub of: String,
    pub categories: Vec<Category>,
    pub rows: Vec<ShareRow>,
}

/// Fill and the class of text that can be read on it. Vermillion and green are never neighbours.
const TONES: [(&str, &str); 6] = [
    ("tone-blue", "t-on-dark"),
    ("tone-purple", "t-on-light"),
    ("tone-green", "t-on-light"),
    ("tone-ink", "t-on-dark"),
    ("tone-vermillion", "t-on-light"),
    ("tone-grey", "t-on-light"),
];
const BAR: f64 = 42.0;
/// The width of a part that is withheld.
const HIDDEN: f64 = 14.0;

fn has_hidden(row: &ShareRow) -> bool {
    row.parts
        .iter()
        .any(|part| matches!(part, Part::FewerThan(_)))
}

/// The shares are of what is shown, and the row says so.
fn n_shown(row: &ShareRow) -> String {
    n_equals(total(row)) + if has_hidden(row) { " shown" } else { "" }
}

fn total(row: &ShareRow) -> u64 {
    row.parts
        .iter()
        .map(|part| if let Part::Count(n) = part { *n } else { 0 })
        .sum()
}

impl ShareBar {
    /// The categories in order with their colours, on as many lines as they need.
    fn key(&self, sheet: &mut Drawing, room: Room) -> f64 {
        let (mut x, mut y) = (0.0, 12.0);
        for (category, (fill, _)) in self.categories.iter().zip(TONES.iter().cycle()) {
            let wide = 24.0 + text_width(&category.label) + 16.0;
            if x > 0.0 && x + wide - 16.0 > room.width() {
                (x, y) = (0.0, y + 24.0);
            }
            sheet.rect((x, y - 8.0), (16.0, 16.0), fill);
            sheet.text((x + 24.0, y + 5.0), Anchor::Start, "t", &category.label);
            x += wide;
        }
        if self.rows.iter().any(has_hidden) {
            y += 24.0;
            sheet.hidden_key((0.0, y));
        }
        y + 24.0
    }

    fn bar(&self, sheet: &mut Drawing, row: &ShareRow, (left, right): (f64, f64), y: f64) {
        if row.is_few() {
            let said = "too few for shares: counts in the table";
            sheet.text((left, y + 26.0), Anchor::Start, "t soft", said);
            return;
        }
        let hidden = row
            .parts
            .iter()
            .filter(|part| matches!(part, Part::FewerThan(_)))
            .count();
        let room = right - left - HIDDEN * crate::pages::numbers::real(hidden);
        let whole = real_count(total(row)).max(1.0);
        let mut x = left;
        for ((part, category), (fill, on)) in row
            .parts
            .iter()
            .zip(&self.categories)
            .zip(TONES.iter().cycle())
        {
            match part {
                Part::Count(0) => {}
                Part::Count(n) => {
                    let wide = real_count(*n) / whole * room;
                    // A hair of paper between neighbours, so that colour need not tell them apart.
                    sheet.rect((x, y), ((wide - 2.0).max(1.0), BAR), fill);
                    let share = format!(
                        "{}%",
                        crate::pages::numbers::decimal(per_hundred(*n, total(row)), 0)
                    );
                    inside(sheet, (x, wide - 2.0), y, (on, &category.short, &share));
                    x += wide;
                }
                Part::FewerThan(_) => {
                    sheet.hatch((x, y), (HIDDEN - 2.0, BAR));
                    x += HIDDEN;
                }
            }
        }
    }
}

/// Word and share, share alone, or nothing, as there is room.
fn inside(
    sheet: &mut Drawing,
    (x, wide): (f64, f64),
    y: f64,
    (class, word, share): (&'static str, &str, &str),
) {
    let middle = x + wide / 2.0;
    if text_width(word) + 4.0 <= wide && text_width(share) + 4.0 <= wide {
        sheet.text((middle, y + 17.0), Anchor::Middle, class, word);
        sheet.text((middle, y + 35.0), Anchor::Middle, class, share);
    } else if text_width(share) + 2.0 <= wide {
        sheet.text((middle, y + 26.0), Anchor::Middle, class, share);
    }
}

impl Chart for ShareBar {
    fn title(&self) -> &str {
        &self.title
    }

    fn describe(&self) -> String {
        let rows: Vec<String> = self
            .rows
            .iter()
            .map(|row| {
                let parts: Vec<String> = self
                    .categories
                    .iter()
                    .zip(&row.parts)
                    .map(|(category, part)| format!("{} {}", category.label, said(*part, row)))
                    .collect();
                format!("{}: {}", row.label, parts.join(", "))
            })
            .collect();
        format!(
            "Bars divided into shares, each out of 100. {}.",
            rows.join("; ")
        )
    }

    fn draw(&self, room: Room) -> Drawing {
        let mut sheet = Drawing::new(room.width());
        let mut y = self.key(&mut sheet, room);
        let after = if room == Room::Wide { 112.0 } else { 0.0 };
        for row in &self.rows {
            let n = n_shown(row);
            match room {
                Room::Wide => {
                    let lines = wrap(&row.label, room.gutter() - 14.0);
                    let first = y + if lines.len() > 1 { 18.0 } else { 26.0 };
                    for (line, place) in lines.iter().zip([first, first + 17.0]) {
                        sheet.text((room.gutter() - 12.0, place), Anchor::End, "t", line);
                    }
                    sheet.text((room.width(), y + 26.0), Anchor::End, "t soft", n);
                }
                Room::Narrow => {
                    let line = wrap(&row.label, room.width() - text_width(&n)).swap_remove(0);
                    sheet.text((0.0, y + 12.0), Anchor::Start, "t", line);
                    sheet.text((room.width(), y + 12.0), Anchor::End, "t soft", n);
                    y += 20.0;
                }
            }
            self.bar(&mut sheet, row, (room.gutter(), room.width() - after), y);
            y += BAR + 14.0;
        }
        sheet.ending_at(y - 6.0)
    }

    fn table(&self) -> Table {
        let mut columns = vec![Column::text(&self.of)];
        columns.extend(
            self.categories
                .iter()
                .map(|category| Column::number(&category.label)),
        );
        columns.push(Column::number("n shown"));
        let mut table = Table::new(&self.title, columns);
        for row in &self.rows {
            let mut cells = vec![match &row.cases {
                Some(address) => Value::link(address, &row.label),
                None => Value::text(&row.label),
            }];
            cells.extend(row.parts.iter().map(|part| match part {
                Part::Count(n) if row.is_few() => Value::count(*n),
                Part::Count(n) => Value::Number(format!("{} ({})", count(*n), share_of(*n, row))),
                Part::FewerThan(n) => Value::FewerThan(*n),
            }));
            cells.push(Value::Number(count(total(row))));
            table = table.row(cells);
        }
        table
    }
}

fn said(part: Part, row: &ShareRow) -> String {
    match part {
        Part::Count(n) if row.is_few() => count(n),
        Part::Count(n) => share_of(n, row),
        Part::FewerThan(n) => format!("fewer than {n}, not shown"),
    }
}

fn share_of(n: u64, row: &ShareRow) -> String {
    Unit::Percent.show_of(per_hundred(n, total(row)), total(row))
}
