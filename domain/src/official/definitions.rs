//! The definitions of the official tables, as data: `domain/official/tables.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::Day;

/// The definitions that come with the register.
const TEXT: &str = include_str!("../../official/tables.toml");

static BUILT_IN: LazyLock<Result<Definitions, String>> = LazyLock::new(|| Definitions::parse(TEXT));

/// The official tables that can be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Definitions {
    /// The version of the definitions.
    pub version: String,
    /// By what tables are broken down.
    pub dimensions: Vec<Dimension>,
    /// The tables.
    pub tables: Vec<Table>,
}

/// By what a table is broken down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dimension {
    /// The code by which lines name it.
    pub code: String,
    /// The name that an export gives it.
    pub id: String,
    /// As people read it.
    pub title: String,
    /// Its words, in the order in which they are shown.
    pub words: Vec<Word>,
}

/// A word of a dimension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Word {
    /// The code.
    pub code: String,
    /// The name that an export gives it.
    pub id: String,
    /// As people read it.
    pub title: String,
}

/// A table that a body asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// The code by which it is asked for.
    pub code: String,
    /// The name of its structure in an export.
    pub id: String,
    /// The version of its structure.
    pub version: String,
    /// The title as people read it.
    pub title: String,
    /// Who asks for it, and where its terms are defined.
    pub source: String,
    /// Whether its terms were compared with the official text.
    pub verified: bool,
    /// What is counted: persons, cases or places.
    pub unit: String,
    /// Of which day or which year it is.
    pub time: String,
    /// The month and day of its stock, `01-31`.
    pub day: String,
    /// The year of its flows beside the day of its stock.
    #[serde(default)]
    pub flow: Flow,
    /// By which offence somebody with several is counted.
    pub principal: String,
    /// When the age is that is told.
    pub age: String,
    /// What else whoever relies on it has to know.
    #[serde(default)]
    pub notes: Vec<String>,
    /// The dimensions by which any line is broken down, in the order in which an export tells them.
    pub dimensions: Vec<String>,
    /// The lines.
    pub lines: Vec<Line>,
}

/// The year of the flows of a table beside the day of its stock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Flow {
    /// The year of the day.
    #[default]
    SameYear,
    /// The year before.
    YearBefore,
}

/// A line of a table: a count, a count for each so many of another, or nothing, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// The name that an export gives it.
    pub id: String,
    /// As people read it.
    pub title: String,
    /// What is counted.
    #[serde(default)]
    pub of: Option<Selector>,
    /// What is taken off it.
    #[serde(default)]
    pub less: Option<Selector>,
    /// Of what it is a part.
    #[serde(default)]
    pub over: Option<Selector>,
    /// For each how many of that: 100 where nothing else is said.
    #[serde(default)]
    pub per: Option<u64>,
    /// Whether it is of a year, and not of a day.
    #[serde(default)]
    pub flow: bool,
    /// By what it is broken down, beside its total.
    #[serde(default)]
    pub by: Vec<Vec<String>>,
    /// Why it has no figure, whatever is recorded.
    #[serde(default)]
    pub missing: Option<Missing>,
}

/// What is counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Selector {
    /// Of what.
    pub population: Population,
    /// Only what has one of these words in each of these dimensions.
    #[serde(default, rename = "where")]
    pub conditions: BTreeMap<String, BTreeSet<String>>,
    /// Whether each person counts once, however many facts there are of the person.
    #[serde(default)]
    pub persons: bool,
}

/// Of what something is counted.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Population {
    /// Persons held in prisons at the end of the day.
    Held,
    /// Those of them who are held in a prison of which the number of places is known.
    HeldInPlaces,
    /// Places in prisons on the day.
    Places,
    /// How many each prison holds above its places.
    Over,
    /// How many places of each prison are free.
    Free,
    /// Posts of prisons that are filled.
    Staff,
    /// Inhabitants.
    Inhabitants,
    /// Entries into prison in the year.
    Entered,
    /// Ends of stays in prison in the year.
    Left,
    /// Persons convicted in the year.
    Convicted,
    /// Measures under the supervision of a probation agency at the end of the day.
    Supervised,
    /// Measures that began in the year.
    Began,
    /// Measures that ended in the year.
    Ended,
    /// Social inquiry reports finished in the year.
    Reports,
}

/// Why a line has no figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Missing {
    /// Which kind of nothing.
    pub value: Nothing,
    /// Why.
    pub why: String,
}

/// A kind of nothing (SPACE I). A true zero is neither: it is a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Nothing {
    /// The concept does not exist: `NAP`.
    NotApplicable,
    /// It exists, and there is no figure: `…`.
    NoFigure,
    /// There is nothing of which it could be a part.
    NotComputable,
}

impl Nothing {
    /// As it stands in a cell.
    pub fn sign(self) -> &'static str {
        match self {
            Self::NotApplicable => "NAP",
            Self::NoFigure => "…",
            Self::NotComputable => "not computable",
        }
    }
}

impl Definitions {
    /// The definitions that come with the register.
    pub fn built_in() -> Result<&'static Self, &'static str> {
        BUILT_IN.as_ref().map_err(String::as_str)
    }

    /// Reads and checks definitions.
    pub fn parse(text: &str) -> Result<Self, String> {
        let read: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        for table in &read.tables {
            let said = |what: String| format!("table {}: {what}", table.code);
            for name in &table.dimensions {
                read.dimension(name)
                    .ok_or_else(|| said(format!("{name} is no dimension")))?;
            }
            table
                .stock_day(2000)
                .ok_or_else(|| said(format!("{} is no day of a year", table.day)))?;
            for line in &table.lines {
                read.line(table, line)
                    .map_err(|what| said(format!("line {}: {what}", line.id)))?;
            }
        }
        Ok(read)
    }

    fn line(&self, table: &Table, line: &Line) -> Result<(), String> {
        if line.of.is_some() == line.missing.is_some() {
            return Err("it counts something, or says why not".to_owned());
        }
        for name in line.by.iter().flatten() {
            if !table.dimensions.contains(name) {
                return Err(format!("{name} is not among the dimensions of the table"));
            }
        }
        for selector in [&line.of, &line.less, &line.over].into_iter().flatten() {
            for (name, words) in &selector.conditions {
                let known = self.dimension(name);
                let known = known.ok_or_else(|| format!("{name} is no dimension"))?;
                let unknown = words.iter().find(|word| known.word(word).is_none());
                if let Some(word) = unknown {
                    return Err(format!("{word} is no word of {name}"));
                }
            }
        }
        Ok(())
    }

    /// A dimension by its code.
    pub fn dimension(&self, code: &str) -> Option<&Dimension> {
        self.dimensions.iter().find(|one| one.code == code)
    }

    /// A table by its code.
    pub fn table(&self, code: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.code == code)
    }
}

impl Dimension {
    /// A word by its code.
    pub fn word(&self, code: &str) -> Option<&Word> {
        self.words.iter().find(|word| word.code == code)
    }
}

impl Table {
    /// The day of the stock in a year.
    pub fn stock_day(&self, year: i32) -> Option<Day> {
        let (month, day) = self.day.split_once('-')?;
        Day::of(year, month.parse().ok()?, day.parse().ok()?)
    }

    /// The year of the flows beside a day of the stock.
    pub fn flow_year(&self, day: Day) -> i32 {
        match self.flow {
            Flow::SameYear => day.year(),
            Flow::YearBefore => day.year().saturating_sub(1),
        }
    }

    /// Of what anything is counted in the table.
    pub fn populations(&self) -> BTreeSet<Population> {
        let lines = self.lines.iter();
        let all = lines.flat_map(|line| [&line.of, &line.less, &line.over]);
        all.flatten().map(|one| one.population).collect()
    }
}

/// The schema of the definitions; `domain/official/tables.schema.json` is its text.
pub fn definitions_schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(Definitions).to_value();
    if let Some(root) = schema.as_object_mut() {
        root.insert("title".to_owned(), "The official tables".into());
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::committed;
    use crate::testing::schema::faults;

    #[test]
    fn the_definitions_that_come_with_the_register_can_be_read_and_keep_to_their_schema() {
        let read = Definitions::built_in().unwrap();
        let codes: Vec<&str> = read
            .tables
            .iter()
            .map(|table| table.code.as_str())
            .collect();
        assert_eq!(
            codes,
            [
                "sdg-16-3-2",
                "un-cts-prisons",
                "un-cts-persons",
                "space-i",
                "space-ii"
            ]
        );
        let table: toml::Table = toml::from_str(TEXT).unwrap();
        let value = serde_json::to_value(table).unwrap();
        assert_eq!(faults(&definitions_schema(), &value), Vec::<String>::new());
        let text = serde_json::to_string_pretty(&definitions_schema()).unwrap() + "\n";
        committed::file("domain/official/tables.schema.json", &text);
    }

    #[test]
    fn a_word_that_no_dimension_has_is_refused_with_its_table_and_line() {
        let wrong = TEXT.replacen("[\"untried\", \"no_decision\"]", "[\"guilty\"]", 1);
        assert_eq!(
            Definitions::parse(&wrong).unwrap_err(),
            "table sdg-16-3-2: line UNSENTENCED: guilty is no word of status"
        );
        let silent = TEXT.replacen("of = { population = \"held\" }\n", "", 1);
        assert_eq!(
            Definitions::parse(&silent).unwrap_err(),
            "table sdg-16-3-2: line HELD: it counts something, or says why not"
        );
    }

    #[test]
    fn flows_are_of_the_year_that_the_table_asks() {
        let read = Definitions::built_in().unwrap();
        let of = |code: &str| {
            let table = read.table(code).unwrap();
            let day = table.stock_day(2026).unwrap();
            (day.to_string(), table.flow_year(day))
        };
        assert_eq!(of("space-i"), ("2026-01-31".to_owned(), 2025));
        assert_eq!(of("un-cts-prisons"), ("2026-12-31".to_owned(), 2026));
    }
}
