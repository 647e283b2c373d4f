//! A view at two moments: the figures that differ, for a terminal, a spreadsheet and a page.

use std::collections::BTreeMap;

use infra::views::{Between, Stamp};

use super::rows::{Row, line as csv_line, rows};
use super::sheet::Sheet;
use super::text::line;
use crate::pages::numbers::{count, decimal};

/// A figure that is not the same at both moments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Difference {
    /// Where it stands and what it measures: panel, group, sex, disposal and measure.
    pub words: [String; 5],
    /// Its value at the earlier moment; why it had none, or nothing where the group was not there.
    pub before: String,
    /// The same at the later moment.
    pub after: String,
}

impl Difference {
    /// What differs, in words.
    pub(crate) fn named(&self) -> String {
        let [panel, group, sex, disposal, measure] = &self.words;
        let parts =
            [panel, group, sex, disposal, measure].map(|part| part.replace(['_', '='], " "));
        let said = parts.iter().filter(|part| !part.is_empty());
        said.cloned().collect::<Vec<_>>().join(", ")
    }
}

/// A number as people read it; other words as they are.
pub(crate) fn read(value: &str) -> String {
    if let Ok(whole) = value.parse::<u64>() {
        return count(whole);
    }
    match value.parse::<f64>() {
        Ok(number) => decimal(number, 2),
        Err(_) if value.is_empty() => "–".to_owned(),
        Err(_) => value.replace('_', " "),
    }
}

/// The figures that differ: first those of everybody, then those of groups, each in the order of the later view.
pub(crate) fn differences(between: &Between) -> Vec<Difference> {
    let told = |row: &Row| {
        let [value, .., undefined] = &row.figures;
        if value.is_empty() {
            undefined.clone()
        } else {
            value.clone()
        }
    };
    // What a view says of itself names its moment, and is no figure.
    let of_figures = |row: &Row| row.words[0] != "view" || row.words[4] == "decisions";
    let before: Vec<Row> = rows(&between.before)
        .into_iter()
        .filter(of_figures)
        .collect();
    let after: Vec<Row> = rows(&between.after)
        .into_iter()
        .filter(of_figures)
        .collect();
    let mut earlier: BTreeMap<[String; 5], String> = BTreeMap::new();
    earlier.extend(before.iter().map(|row| (row.words.clone(), told(row))));
    let mut found = Vec::new();
    for row in &after {
        let (was, is) = (earlier.remove(&row.words).unwrap_or_default(), told(row));
        if was != is {
            found.push(Difference {
                words: row.words.clone(),
                before: was,
                after: is,
            });
        }
    }
    let gone = before
        .into_iter()
        .filter(|row| earlier.contains_key(&row.words));
    found.extend(gone.map(|row| Difference {
        before: told(&row),
        words: row.words,
        after: String::new(),
    }));
    found.sort_by_key(|difference| !difference.words[1].is_empty());
    found
}

/// What made the difference, in a sentence.
pub(crate) fn sentence(between: &Between) -> String {
    let changed = &between.changed;
    if changed.all() == 0 {
        return "No decision made a difference.".to_owned();
    }
    let decisions = |n: u64| match n {
        1 => "1 decision".to_owned(),
        n => format!("{} decisions", count(n)),
    };
    format!(
        "{} made the difference: {} came in, {} were revised, {} are no longer counted.",
        decisions(changed.all()),
        count(changed.added),
        count(changed.revised),
        count(changed.left)
    )
}

fn moment(stamp: Stamp) -> String {
    match stamp.index {
        Some(index) => format!("entry {index} ({})", stamp.instant),
        None => "before the first entry".to_owned(),
    }
}

/// A view at two moments as text.
pub fn render_between(between: &Between) -> String {
    let mut out = String::new();
    let title = &between.after.header().title;
    let (from, to) = (moment(between.from), moment(between.to));
    line(&mut out, &format!("{title}: from {from} to {to}"));
    line(&mut out, &format!("{}\n", sentence(between)));
    let found = differences(between);
    if found.is_empty() {
        line(&mut out, "No figure differs.");
        return out;
    }
    let mut sheet = Sheet::new("Figure");
    sheet.columns(["then", "later"]);
    for difference in &found {
        let cells = vec![read(&difference.before), read(&difference.after)];
        sheet.row(difference.named(), cells);
    }
    sheet.write(&mut out);
    out
}

/// The figures that differ as CSV, unrounded.
pub fn render_between_csv(between: &Between) -> String {
    let head = [
        "panel", "group", "sex", "disposal", "measure", "before", "after",
    ];
    let mut csv = csv_line(&head);
    for Difference {
        words,
        before,
        after,
    } in differences(between)
    {
        let words = words.iter().map(String::as_str);
        let cells: Vec<&str> = words.chain([before.as_str(), after.as_str()]).collect();
        csv.push_str(&csv_line(&cells));
    }
    csv
}
