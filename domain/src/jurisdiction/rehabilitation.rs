//! When a jurisdiction's law treats a conviction as spent.
//!
//! Tables of periods, each from the day on which it applies. A new table reaches back to old convictions: the day that
//! is asked about chooses the table, not the day of the conviction.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Coded, PackError, once};
use crate::values::{Code, Day, Length, PolicyVersion};

/// How long a conviction stays unspent for one disposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// No time at all: it is spent when it is imposed.
    AtOnce,
    /// For ever.
    Never,
    /// Until what was ordered is paid in full.
    WhenPaid,
    /// For so long after the sentence is completed.
    AfterSentence(Length),
    /// For so long, the day of the conviction included.
    FromConviction(Length),
    /// Until the last day of the order.
    WithOrder(OrderPeriod),
    /// The longest of several.
    Longest(Vec<Period>),
    /// The shortest of several.
    Shortest(Vec<Period>),
}

/// How long a conviction stays unspent for an order that has no last day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct OrderPeriod {
    /// For one that runs until further order: so long from the conviction; while it runs without that.
    pub open: Option<Length>,
    /// For one that says nothing of its end: so long from the conviction; nothing can be said without that.
    pub unsaid: Option<Length>,
}

/// What a disposal has to do with the period of another conviction.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// Its period prolongs that of another conviction, and is prolonged by it.
    #[default]
    Both,
    /// Its period prolongs none, but may be prolonged.
    Prolonged,
    /// It stands alone, as a caution does.
    Alone,
}

/// A row of a table: the first that fits a disposal holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PeriodRow {
    /// The disposals it is about; every one that no other row names, where it names none.
    #[serde(default)]
    pub disposals: Vec<Code>,
    /// Terms longer than this.
    #[serde(default)]
    pub over: Option<Length>,
    /// Terms no longer than this.
    #[serde(default)]
    pub up_to: Option<Length>,
    /// Only convictions of offences of one of these classes.
    #[serde(default)]
    pub offences: Vec<Code>,
    /// The period of an adult.
    pub adult: Period,
    /// The period of somebody who was no adult on the day of the conviction; the adult's without that.
    #[serde(default)]
    pub child: Option<Period>,
    /// What it has to do with other convictions.
    #[serde(default)]
    pub reach: Reach,
    /// The provision.
    pub source: String,
    /// Whether the provision was checked.
    pub verified: bool,
}

impl PeriodRow {
    /// Whether terms of any length fall under it.
    pub fn is_unbounded(&self) -> bool {
        self.over.is_none() && self.up_to.is_none()
    }
}

/// The periods of the law from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PeriodTable {
    /// Its name and version.
    pub table: PolicyVersion,
    /// Its title.
    pub title: String,
    /// The statute behind it; mandatory.
    pub source: String,
    /// The first day on which it applies, to old convictions too.
    pub from: Day,
    /// Its rows; the first that fits holds.
    pub rows: Vec<PeriodRow>,
}

impl PeriodTable {
    /// The rows for a disposal: those that name it, and where none does those that name no disposal.
    pub fn rows_for(&self, disposal: &Code) -> impl Iterator<Item = &PeriodRow> {
        let is_named = |row: &PeriodRow| row.disposals.contains(disposal);
        let by_name = self.rows.iter().any(is_named);
        self.rows.iter().filter(move |row| {
            if by_name {
                row.disposals.contains(disposal)
            } else {
                row.disposals.is_empty()
            }
        })
    }
}

/// From which day the time after a sentence counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Completed {
    /// From its last day.
    #[default]
    LastDay,
    /// From the day after, when the last day is over.
    DayAfter,
}

/// What a further conviction does to a period that still runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FurtherRule {
    /// The provision; mandatory.
    pub source: String,
    /// Classes of offences whose conviction prolongs nothing.
    #[serde(default)]
    pub without: Vec<Code>,
    /// Whether a further conviction that is never spent keeps the earlier one unspent for ever.
    #[serde(default)]
    pub never: bool,
}

/// When a jurisdiction's law treats a conviction as spent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RehabilitationRules {
    /// The disposals that the tables know, a life sentence apart from one with a term.
    pub disposals: Vec<Coded>,
    /// The disposal that a kind of sanction or a measure is in the tables, where they call it otherwise.
    pub called: BTreeMap<String, Code>,
    /// Classes of offences that the tables know.
    pub offences: Vec<Coded>,
    /// From which day the time after a sentence counts.
    pub completed: Completed,
    /// What a further conviction does; nothing without that.
    pub further: Option<FurtherRule>,
    /// The tables, the earliest first.
    pub tables: Vec<PeriodTable>,
}

impl RehabilitationRules {
    /// What the tables call a kind of sanction or a measure: its own word with hyphens where they say nothing else.
    pub fn disposal_of(&self, word: &str) -> Code {
        if let Some(called) = self.called.get(word) {
            return called.clone();
        }
        match Code::parse(&word.replace('_', "-")) {
            Ok(code) => code,
            Err(error) => unreachable!("{word} is a word of the register or a code: {error}"),
        }
    }

    /// The table that applies on a day.
    pub fn table(&self, on: Day) -> Option<&PeriodTable> {
        self.tables.iter().rev().find(|table| table.from <= on)
    }

    pub(super) fn check(&self) -> Result<(), PackError> {
        for (at, list) in [
            ("rehabilitation.disposals", &self.disposals),
            ("rehabilitation.offences", &self.offences),
        ] {
            once(at, list.iter().map(|coded| &coded.code))?;
        }
        once(
            "rehabilitation.tables",
            self.tables.iter().map(|table| &table.table),
        )?;
        let called: Vec<Code> = self.called.values().cloned().collect();
        super::among("rehabilitation.called", &called, &self.disposals)?;
        if !self.tables.is_sorted_by(|a, b| a.from < b.from) {
            return Err(unreadable(
                "rehabilitation.tables are not in the order of their first days",
            ));
        }
        if let Some(rule) = &self.further {
            cited("rehabilitation.further", &rule.source)?;
            super::among(
                "rehabilitation.further.without",
                &rule.without,
                &self.offences,
            )?;
        }
        self.tables.iter().try_for_each(|table| self.whole(table))
    }

    /// Refuses a table that cites nothing, names what is not listed or leaves out a disposal or a length of term.
    fn whole(&self, table: &PeriodTable) -> Result<(), PackError> {
        let at = format!("rehabilitation table {}", table.table);
        cited(&at, &table.source)?;
        for row in &table.rows {
            cited(&at, &row.source)?;
            super::among(&at, &row.disposals, &self.disposals)?;
            super::among(&at, &row.offences, &self.offences)?;
            if let (Some(over), Some(up_to)) = (row.over, row.up_to)
                && !up_to.exceeds(over)
            {
                return Err(unreadable(&format!(
                    "{at}: no term is over {over} and up to {up_to}"
                )));
            }
        }
        let left_out = self
            .disposals
            .iter()
            .find(|coded| !covers(table, &coded.code));
        match left_out {
            Some(coded) => Err(unreadable(&format!(
                "{at} leaves out {}, or a length of it: add a row",
                coded.code
            ))),
            None => Ok(()),
        }
    }
}

/// Whether the rows for a disposal leave no length of term without a period, whatever the offence.
fn covers(table: &PeriodTable, disposal: &Code) -> bool {
    let rows = table
        .rows_for(disposal)
        .filter(|row| row.offences.is_empty());
    let bands: BTreeSet<(Option<String>, Option<String>)> = rows
        .map(|row| (row.over.map(String::from), row.up_to.map(String::from)))
        .collect();
    // From no time on, each band begins where the one before ends, until one has no end.
    let mut reached = None;
    for _ in 0..=bands.len() {
        let next = bands.iter().find(|(over, _)| *over == reached);
        match next {
            Some((_, None)) => return true,
            Some((_, up_to)) => reached.clone_from(up_to),
            None => return false,
        }
    }
    false
}

fn cited(at: &str, source: &str) -> Result<(), PackError> {
    if source.trim().is_empty() {
        return Err(unreadable(&format!(
            "{at} cites no source: say which provision is behind it"
        )));
    }
    Ok(())
}

fn unreadable(said: &str) -> PackError {
    PackError::Unreadable(said.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::jurisdiction::{BUILT_IN, Pack};

    fn england() -> &'static str {
        let mut packs = BUILT_IN.into_iter();
        packs.find(|(name, _)| *name == "england-wales").unwrap().1
    }

    /// What is said of the pack with something in it replaced.
    fn error(from: &str, to: &str) -> String {
        let text = england();
        assert!(text.contains(from), "{from}");
        Pack::parse(&text.replacen(from, to, 1))
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn the_day_that_is_asked_about_chooses_the_table() {
        let pack = Pack::parse(england()).unwrap();
        let table = |on: &str| {
            let table = pack.rehabilitation.table(on.parse().unwrap());
            table.map(|table| table.table.to_string())
        };
        assert_eq!(table("1975-06-30"), None);
        assert_eq!(table("2014-03-09").as_deref(), Some("roa-1974/1"));
        assert_eq!(table("2014-03-10").as_deref(), Some("roa-1974/2"));
        assert_eq!(table("2023-10-27").as_deref(), Some("roa-1974/2"));
        assert_eq!(table("2023-10-28").as_deref(), Some("roa-1974/3"));
    }

    #[test]
    fn a_table_that_leaves_out_a_length_of_term_is_refused() {
        let error = error(
            "over = \"P1Y\", up_to = \"P4Y\", adult = { after_sentence = \"P4Y\" }",
            "over = \"P2Y\", up_to = \"P4Y\", adult = { after_sentence = \"P4Y\" }",
        );
        assert!(error.contains("roa-1974/3 leaves out custody"), "{error}");
    }

    #[test]
    fn a_row_without_a_source_and_one_that_no_term_fits_are_refused() {
        let unsourced = error("source = \"section 5(2), table\"", "source = \" \"");
        assert!(unsourced.contains("cites no source"), "{unsourced}");
        let empty = error(
            "over = \"P6M\", up_to = \"P30M\"",
            "over = \"P30M\", up_to = \"P6M\"",
        );
        assert!(
            empty.contains("no term is over P30M and up to P6M"),
            "{empty}"
        );
    }

    #[test]
    fn tables_stand_in_the_order_of_their_days_and_name_what_is_listed() {
        let turned = error("from = \"2023-10-28\"", "from = \"2013-10-28\"");
        assert!(turned.contains("order of their first days"), "{turned}");
        let unknown = error(
            "disposals = [\"life\", \"extended\"]",
            "disposals = [\"exile\"]",
        );
        assert!(unknown.contains("exile"), "{unknown}");
        let further = error("without = [\"summary-only\"]", "without = [\"petty\"]");
        assert!(further.contains("petty"), "{further}");
    }
}
