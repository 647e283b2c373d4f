//! Decisions as tables for statistics: one row for each version of a decision, or for each decision that stands.
//!
//! Nothing in them names anybody: a person and a decision have a number that is the same in every export of this register
//! and in no other one. What is told of a decision are the codes of its columns, the year and the quarter, never the day
//! and never a word that somebody wrote. The same as of the same entry, to the byte, whenever it is made.

mod columns;
mod csv;
mod csvw;
mod folder;
mod official;
mod parquet;
mod rows;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;

use domain::jurisdiction::Pack;
use domain::values::Instant;
use schemars::JsonSchema;
use serde::Serialize;

pub(crate) use self::folder::{Unfinished, folder_name, vacant};
pub use self::official::{OfficialFormat, crosswalk, official};
pub(crate) use self::rows::{Pseudonyms, Rows};
use crate::error::StoreError;
use crate::facts::Version;
use crate::packs::{PacksError, pack_hash};
use crate::views::ViewError;

/// The form of the tables; a change of a column or of what it means is another form.
pub const FORM: &str = "facts/1";
/// The form of the views and their index.
pub const INDICATORS: &str = "indicators/1";

/// What a row of the tables is.
const VERSIONS: &str = "Sentencing decisions, one row for each version of a decision";
const STANDING: &str = "Sentencing decisions that stand, one row for each";

/// In which files the versions of decisions are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Apache Parquet, in a folder for each jurisdiction and year.
    Parquet,
    /// One CSV file.
    Csv,
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "parquet" => Ok(Self::Parquet),
            "csv" => Ok(Self::Csv),
            _ => Err(format!("{text:?} is no format of exports: parquet or csv")),
        }
    }
}

/// What an export says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct About {
    /// The form of its tables.
    pub form: String,
    /// The last entry of the ledger that counts.
    pub index: u64,
    /// When that entry was stored.
    pub instant: Instant,
    /// Which decisions it holds, as conditions; empty for all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<String>,
    /// The rules under which the columns are read, by jurisdiction.
    pub jurisdictions: Vec<Under>,
    /// How many rows it has; absent where it holds figures.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rows: Option<u64>,
    /// Its files.
    pub files: Vec<WrittenFile>,
}

/// The policies of a jurisdiction that an export is made under.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Under {
    /// The jurisdiction.
    pub jurisdiction: String,
    /// The version of its rules; null where it had none at the moment.
    pub rules: Option<String>,
    /// The severity scale; null where its rules have none.
    pub scale: Option<String>,
    /// The ranking by gravity; null where its rules have none.
    pub gravity: Option<String>,
}

/// A file of an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WrittenFile {
    /// Where it lies in the folder of the export.
    pub path: String,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

impl WrittenFile {
    fn of(path: &str, bytes: &[u8]) -> Self {
        Self {
            path: path.to_owned(),
            sha256: pack_hash(bytes),
        }
    }
}

/// The rules in force at the moment of an export, by jurisdiction.
pub(crate) type Laws = BTreeMap<String, Option<Arc<Pack>>>;

/// Why an export is not made.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// Its decisions cannot be had.
    #[error(transparent)]
    Figures(#[from] ViewError),
    /// Something lies there already.
    #[error(
        "--out: {} is there already: an export replaces nothing, name another place for it", .0.display()
    )]
    Occupied(PathBuf),
    /// Another export to the same place was begun and not finished.
    #[error(
        "--out: {} lies there: an export to this place is being written, or was broken off; if none is, remove it", .0.display()
    )]
    Begun(PathBuf),
    /// A path without a name.
    #[error("--out: {} names no file or folder: name one, such as facts-2026", .0.display())]
    NoName(PathBuf),
    /// Nothing to export.
    #[error("no decision was recorded by this moment, so there is nothing to export")]
    Nothing,
    /// The facts do not reach to the moment.
    #[error(
        "{0} entries up to this moment are not in the figures yet: see `assize project`, and export again when they are"
    )]
    Behind(u64),
    /// A file cannot be written.
    #[error("{} could not be written, and nothing of the export is left", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The table cannot be told in the format.
    #[error("the table could not be told in its format: {0}")]
    Format(String),
}

impl From<StoreError> for ExportError {
    fn from(error: StoreError) -> Self {
        Self::Figures(error.into())
    }
}

impl From<PacksError> for ExportError {
    fn from(error: PacksError) -> Self {
        Self::Figures(error.into())
    }
}

/// The policies of each jurisdiction.
pub(crate) fn under(laws: &Laws) -> Vec<Under> {
    let under = laws.iter().map(|(jurisdiction, law)| {
        let scale = law.as_deref().and_then(|law| law.sentencing.scale(None));
        let gravity = law.as_deref().and_then(|law| law.catalogue.gravity.first());
        Under {
            jurisdiction: jurisdiction.clone(),
            rules: law.as_deref().map(|law| law.version.to_string()),
            scale: scale.map(|scale| scale.scale.version.clone()),
            gravity: gravity.map(|gravity| gravity.policy.to_string()),
        }
    });
    under.collect()
}

/// Writes versions of decisions into a folder, and what the export is; the number of rows and the files are filled in.
pub(crate) fn facts(
    into: &mut Unfinished,
    rows: &Rows<'_>,
    versions: &[Version<'_>],
    format: Format,
    mut about: About,
) -> Result<About, ExportError> {
    about.rows = Some(u64::try_from(versions.len()).unwrap_or(u64::MAX));
    match format {
        Format::Parquet => {
            parquet::write(into, rows, versions)?;
            about.files = into.files().to_vec();
            // Readers of such folders pass over names that begin with a line.
            into.file("_export.json", &csvw::described(rows, &about)?)?;
        }
        Format::Csv => {
            into.file("facts.csv", &csv::bytes(rows, versions)?)?;
            about.files = into.files().to_vec();
            let tabular = csvw::tabular(rows, ("facts.csv", VERSIONS), &about)?;
            into.file("facts.csv-metadata.json", &tabular)?;
        }
    }
    Ok(about)
}

/// One CSV table of decisions and its description, as bytes.
pub(crate) fn table(
    name: &str,
    rows: &Rows<'_>,
    versions: &[Version<'_>],
    mut about: About,
) -> Result<(Vec<u8>, Vec<u8>, About), ExportError> {
    let bytes = csv::bytes(rows, versions)?;
    about.rows = Some(u64::try_from(versions.len()).unwrap_or(u64::MAX));
    about.files = vec![WrittenFile::of(name, &bytes)];
    let tabular = csvw::tabular(rows, (name, STANDING), &about)?;
    Ok((bytes, tabular, about))
}

/// A document as it is written: the same value is the same bytes.
pub(crate) fn document<T: Serialize>(value: &T) -> Result<Vec<u8>, ExportError> {
    let told = serde_json::to_vec_pretty(value);
    let mut bytes = told.map_err(|error| ExportError::Format(error.to_string()))?;
    bytes.push(b'\n');
    Ok(bytes)
}
