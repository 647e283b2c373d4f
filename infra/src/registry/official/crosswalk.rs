//! How the offences of a jurisdiction fit the International Classification of Crime.

use std::path::Path;

use domain::official::{Classes, Crossing};
use schemars::JsonSchema;
use serde::Serialize;

use super::{OfficialError, OfficialExportError, OfficialQuery};
use crate::access::{Action, Call, allow};
use crate::error::{Damage, StoreError};
use crate::export::{Unfinished, crosswalk, vacant};
use crate::registry::Registry;
use crate::registry::moment::{AsOf, Moment};

/// The code by which the crosswalk is asked for among the official tables.
pub const CROSSWALK: &str = "iccs-crosswalk";

/// The offences of a jurisdiction, each with its class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Crosswalk {
    /// The jurisdiction, by its code.
    pub jurisdiction: String,
    /// The jurisdiction, as people read it.
    pub jurisdiction_title: String,
    /// The version of its rules.
    pub rules: String,
    /// The version of the classification.
    pub classification: String,
    /// Where the classification is published.
    pub source: String,
    /// The offences, in the order of the catalogue.
    pub offences: Vec<Crossing>,
    /// The moment.
    #[serde(skip)]
    pub moment: Moment,
}

impl Registry {
    /// The crosswalk under the rules in force at a moment. It tells of no case: whoever reads rules may read it.
    pub async fn crosswalk(
        &self,
        call: &Call,
        jurisdiction: Option<&str>,
        as_of: AsOf,
    ) -> Result<Crosswalk, OfficialError> {
        allow(call, Action::ReadRules)?;
        let classes = Classes::built_in().map_err(|said| {
            let said = format!("the classes of the classification cannot be read: {said}");
            StoreError::from(Damage::new(said))
        })?;
        let moment = self.moment(as_of).await?;
        let query = OfficialQuery {
            jurisdiction: jurisdiction.map(str::to_owned),
            ..OfficialQuery::default()
        };
        let law = self.law_of_table(&query, moment).await?;
        Ok(Crosswalk {
            jurisdiction: law.jurisdiction.to_string(),
            jurisdiction_title: law.title.clone(),
            rules: law.version.to_string(),
            classification: classes.version.clone(),
            source: classes.source.clone(),
            offences: classes.crosswalk(&law),
            moment,
        })
    }

    /// The crosswalk as a file. It replaces nothing.
    pub async fn export_crosswalk(
        &self,
        call: &Call,
        jurisdiction: Option<&str>,
        as_of: AsOf,
        out: &Path,
    ) -> Result<Crosswalk, OfficialExportError> {
        vacant(out)?;
        let made = self.crosswalk(call, jurisdiction, as_of).await?;
        let mut into = Unfinished::beside(out)?;
        into.file("table", &crosswalk(&made)?)?;
        into.finish_files(&[("table", out)])?;
        Ok(made)
    }
}
