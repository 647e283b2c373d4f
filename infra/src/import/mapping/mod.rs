//! A mapping: how one country's file is read, as one readable TOML file.

mod check;
mod read;
mod rules;
mod schema;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use sha2::{Digest, Sha256};

pub(in crate::import) use check::{Checker, WORK};
pub use read::{MappingErrors, MappingFault};
pub(in crate::import) use read::{Written, read};
pub use rules::*;
pub use schema::mapping_schema;

/// How a file's columns become decisions. Every rule of it is data: a column, a table, a constant.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The name of the source. Ids derive from it and from the row, never from the file's path: the
    /// same source imported again adds nothing. A code, for example `mongolia-sentencing-2020-2026`.
    pub source: String,
    /// The jurisdiction, by the code of its pack.
    pub jurisdiction: String,
    /// The version of the jurisdiction's rules under which the decisions are read, for example
    /// `mongolia/1`.
    pub policy: String,
    /// The version of the offence catalogue in which offence codes are read.
    pub catalogue: Option<String>,
    /// Whom the data come from and under which licence; shown with every report of the import.
    pub attribution: Option<String>,
    /// How the file is written.
    #[serde(default)]
    pub file: FileRule,
    /// What an absent value looks like, in every column that has no rule of its own.
    #[serde(default)]
    pub missing: MissingRule,
    /// What "yes" and "no" look like, in every column that has no rule of its own.
    #[serde(default)]
    pub yes_no: YesNoWords,
    /// Where and when it was decided.
    pub decision: DecisionRule,
    /// Who was sentenced.
    #[serde(default)]
    pub person: PersonRule,
    /// What else the file tells about person and case, each under its name in the jurisdiction's pack.
    #[serde(default)]
    pub circumstances: BTreeMap<String, CircumstanceRule>,
    /// What the person was sentenced for: a rule for each count that a row can hold.
    #[serde(default)]
    pub counts: Vec<CountRule>,
    /// What was imposed: a rule for each component that a row can hold.
    pub components: Vec<ComponentRule>,
    /// Aggravating and mitigating factors, each from a flag column.
    #[serde(default)]
    pub factors: Vec<FactorRule>,
    #[serde(skip)]
    digest: [u8; 32],
    #[serde(skip)]
    name: String,
}

impl Mapping {
    /// Reads and checks a mapping; on failure every fault is listed with its path. `name` is what the
    /// reader calls the file, for messages.
    pub fn parse(name: &str, toml: &str) -> Result<Self, MappingErrors> {
        let mut mapping: Self = read(name, toml)?;
        mapping.digest = Sha256::digest(toml.as_bytes()).into();
        mapping.name = without_folders(name);
        Ok(mapping)
    }

    /// A mapping that comes with the register, by its short name.
    pub fn built_in(name: &str) -> Option<&'static str> {
        match name {
            "mongolia" => Some(include_str!("../../../maps/mongolia.toml")),
            _ => None,
        }
    }

    /// What the mapping is called, without its folders.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// SHA-256 of the mapping's text: an interrupted import may only go on under the same mapping.
    pub fn digest(&self) -> [u8; 32] {
        self.digest
    }
}

impl Written for Mapping {
    fn faults(&self) -> Vec<(String, String)> {
        check::check(self)
    }
}

/// What a mapping is called: it is kept with the report, and a machine's paths are nobody's business.
pub(in crate::import) fn without_folders(name: &str) -> String {
    let file = std::path::Path::new(name).file_name();
    file.map_or_else(String::new, |file| file.to_string_lossy().into_owned())
}
