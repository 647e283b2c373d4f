//! The official tables that international bodies ask of a country, for statisticians and for oversight: allowed, counted as
//! of a moment, written down, then answered.
//!
//! A table tells of a day, or of a year, what was known of it by the moment: a stay counts as it stood on that day, whatever
//! was decided later, and by what the register knew of it at the moment.

mod behind;
mod convicted;
mod crosswalk;
mod history;
mod places;
mod prisons;
mod supervised;

use std::path::Path;
use std::sync::Arc;

use domain::jurisdiction::Pack;
use domain::official::{Cell, Definitions, Dimension, Facts, Table, table};
use domain::stream::Stream;
use domain::values::Day;
use schemars::JsonSchema;
use serde::Serialize;

pub use self::behind::{BehindCell, OfficialCell, cell_name, cell_named};
pub use self::crosswalk::{CROSSWALK, Crosswalk};
use super::Registry;
use super::moment::{AsOf, Moment};
use super::read::ReadError;
use crate::access::{Action, Call, Denied, allow};
use crate::error::{Damage, StoreError};
use crate::export::{ExportError, OfficialFormat, Unfinished, official, vacant};
use crate::packs::PacksError;

/// Which table, and of when.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OfficialQuery {
    /// The table, by its code.
    pub table: String,
    /// The jurisdiction; the only one, without it.
    pub jurisdiction: Option<String>,
    /// The year of the table.
    pub year: Option<i32>,
    /// The day of its stock, instead of the usual one of the year.
    pub day: Option<Day>,
}

/// A table, counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OfficialTable {
    /// How it is defined.
    #[serde(skip)]
    pub table: &'static Table,
    /// By what it is broken down.
    #[serde(skip)]
    pub dimensions: Vec<&'static Dimension>,
    /// The version of the definitions.
    pub definitions: String,
    /// The jurisdiction, by its code.
    pub jurisdiction: String,
    /// The jurisdiction, as people read it.
    pub jurisdiction_title: String,
    /// The version of its rules.
    pub rules: String,
    /// The day of the stock.
    pub day: Day,
    /// The year of the flows.
    pub year: i32,
    /// The cells.
    pub cells: Vec<Cell>,
    /// The moment.
    #[serde(skip)]
    pub moment: Moment,
}

/// Why a table is not made.
#[derive(Debug, thiserror::Error)]
pub enum OfficialError {
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// No such table.
    #[error("{wanted:?} is no official table: one of {known}")]
    Unknown {
        /// The code given.
        wanted: String,
        /// The codes there are.
        known: String,
    },
    /// No such cell.
    #[error("the table {table} has no cell {wanted}: open the table and follow a number of it")]
    UnknownCell {
        /// The table.
        table: String,
        /// What was asked for.
        wanted: String,
    },
    /// A jurisdiction has to be named, or one that is not there was.
    #[error("jurisdiction: {said}: name one of {known}")]
    Jurisdiction {
        /// What is wrong.
        said: String,
        /// Those there are.
        known: String,
    },
    /// The day has not come by the moment.
    #[error(
        "{day}, the day of the table, has not come by {today}, the day of the moment asked for: name an earlier one"
    )]
    Ahead {
        /// The day of the table.
        day: Day,
        /// The day of the moment.
        today: Day,
    },
    /// A year that no calendar has.
    #[error("year: {0} is no year of a table: write it as 2026")]
    Year(i32),
    /// The year and the day say different things.
    #[error("day: {day} is not in the year {year}: name one of them")]
    Both {
        /// The year.
        year: i32,
        /// The day.
        day: Day,
    },
    /// What is read for it cannot be.
    #[error(transparent)]
    Read(#[from] ReadError),
}

/// Why a table is not written.
#[derive(Debug, thiserror::Error)]
pub enum OfficialExportError {
    /// It is not made.
    #[error(transparent)]
    Table(#[from] OfficialError),
    /// Its file.
    #[error(transparent)]
    File(#[from] ExportError),
}

impl From<StoreError> for OfficialError {
    fn from(error: StoreError) -> Self {
        Self::Read(error.into())
    }
}

impl From<PacksError> for OfficialError {
    fn from(error: PacksError) -> Self {
        Self::Read(error.into())
    }
}

/// What a table is made of: the rules, the day, the moment.
struct Asked<'a> {
    law: &'a Pack,
    day: Day,
    year: i32,
    index: u64,
    /// The day of the moment.
    today: Day,
}

/// The definitions of the official tables; damage where they cannot be read.
pub fn official_definitions() -> Result<&'static Definitions, StoreError> {
    Definitions::built_in().map_err(|said| {
        let said = format!("the definitions of the official tables cannot be read: {said}");
        StoreError::from(Damage::new(said))
    })
}

impl Registry {
    /// A table, counted as of a moment.
    pub async fn official(
        &self,
        call: &Call,
        query: &OfficialQuery,
        as_of: AsOf,
    ) -> Result<OfficialTable, OfficialError> {
        allow(call, Action::ExportFigures)?;
        let (made, _) = self.official_counted(query, as_of).await?;
        let shown = vec![format!("official/{}", line_of(&made))];
        let log = &self.inner.consultations;
        log.write(call, Action::ExportFigures, shown).await?;
        Ok(made)
    }

    /// A table, counted as of a moment, into a file. It replaces nothing.
    pub async fn export_official(
        &self,
        call: &Call,
        query: &OfficialQuery,
        as_of: AsOf,
        format: OfficialFormat,
        out: &Path,
    ) -> Result<OfficialTable, OfficialExportError> {
        allow(call, Action::ExportFigures).map_err(OfficialError::from)?;
        vacant(out)?;
        let made = self.official(call, query, as_of).await?;
        let bytes = official(&made, format)?;
        let mut into = Unfinished::beside(out)?;
        into.file("table", &bytes)?;
        into.finish_files(&[("table", out)])?;
        Ok(made)
    }

    async fn official_counted(
        &self,
        query: &OfficialQuery,
        as_of: AsOf,
    ) -> Result<(OfficialTable, Facts), OfficialError> {
        let definitions = official_definitions()?;
        let table_of = definitions
            .table(&query.table)
            .ok_or_else(|| OfficialError::Unknown {
                wanted: query.table.clone(),
                known: codes(definitions),
            })?;
        self.projections().catch_up().await?;
        let moment = self.moment(as_of).await?;
        let law = self.law_of_table(query, moment).await?;
        let day = day_of(query, table_of, law.day(moment.instant))?;
        let asked = Asked {
            law: &law,
            day,
            year: table_of.flow_year(day),
            index: moment.index.unwrap_or_default(),
            today: law.day(moment.instant),
        };
        let facts = self.official_facts(table_of, &asked).await?;
        let dimensions = table_of.dimensions.iter();
        let made = OfficialTable {
            table: table_of,
            dimensions: dimensions
                .filter_map(|name| definitions.dimension(name))
                .collect(),
            definitions: definitions.version.clone(),
            jurisdiction: law.jurisdiction.to_string(),
            jurisdiction_title: law.title.clone(),
            rules: law.version.to_string(),
            day,
            year: asked.year,
            cells: table(table_of, definitions, &facts),
            moment,
        };
        Ok((made, facts))
    }

    async fn official_facts(
        &self,
        table: &Table,
        asked: &Asked<'_>,
    ) -> Result<Facts, OfficialError> {
        let populations = table.populations();
        let mut facts = Facts::default();
        self.tell_prisons(&populations, asked, &mut facts).await?;
        self.tell_convicted(&populations, asked, &mut facts).await?;
        self.tell_supervised(&populations, asked, &mut facts)
            .await?;
        Ok(facts)
    }

    /// The rules of the jurisdiction that is asked, or of the only one there is.
    async fn law_of_table(
        &self,
        query: &OfficialQuery,
        moment: Moment,
    ) -> Result<Arc<Pack>, OfficialError> {
        let adopted = self.packs().jurisdictions().await?;
        let wrong = |said: String| OfficialError::Jurisdiction {
            said,
            known: adopted.join(", "),
        };
        let code = match (&query.jurisdiction, adopted.as_slice()) {
            (Some(wanted), known) if known.contains(wanted) => wanted,
            (Some(wanted), _) => return Err(wrong(format!("{wanted:?} has no rules here"))),
            (None, [only]) => only,
            (None, []) => return Err(wrong("no rules are adopted yet".to_owned())),
            (None, _) => {
                return Err(wrong(
                    "a table is of one of several jurisdictions".to_owned(),
                ));
            }
        };
        Ok(self.law_at(code, moment).await?)
    }
}

/// The day of the stock: the one named, that of the year named, or the last that has come.
fn day_of(query: &OfficialQuery, table: &Table, today: Day) -> Result<Day, OfficialError> {
    let day = match (query.year, query.day) {
        (Some(year), Some(day)) if day.year() != year => {
            return Err(OfficialError::Both { year, day });
        }
        (_, Some(day)) => day,
        (Some(year), None) => {
            let sane = (1900..=9999).contains(&year);
            let day = table.stock_day(year).filter(|_| sane);
            day.ok_or(OfficialError::Year(year))?
        }
        (None, None) => {
            let year = today.year();
            let this = table.stock_day(year).filter(|day| *day <= today);
            let last = || table.stock_day(year.saturating_sub(1));
            this.or_else(last).ok_or(OfficialError::Year(year))?
        }
    };
    if day > today {
        return Err(OfficialError::Ahead { day, today });
    }
    Ok(day)
}

fn codes(definitions: &Definitions) -> String {
    let codes = definitions.tables.iter().map(|table| table.code.as_str());
    let codes = codes.chain([CROSSWALK]);
    codes.collect::<Vec<_>>().join(", ")
}

/// A table as the log of consultations has it.
fn line_of(made: &OfficialTable) -> String {
    format!(
        "{}?jurisdiction={}&day={}&as_of={}",
        made.table.code,
        made.jurisdiction,
        made.day,
        made.moment
            .index
            .map_or_else(|| "none".to_owned(), |index| index.to_string())
    )
}

/// A record as facts name it.
fn record<S: Stream>(id: impl std::fmt::Display) -> String {
    format!("{}/{id}", <S as Stream>::TYPE)
}
