//! What a jurisdiction publishes of its figures, and how they are protected.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{PackError, SentencingRules, once};
use crate::statistics::disclosure::DisclosurePolicy;
use crate::values::Code;

/// What a jurisdiction publishes of its figures: so often, these tables and no others (`docs/statistics.md` §4.2, P1 to P7).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PublicationRules {
    /// The thresholds under which nothing is shown.
    pub disclosure: DisclosurePolicy,
    /// How often figures are published at most.
    pub every: Every,
    /// The tables.
    pub tables: Vec<PublicTable>,
}

/// A stretch of the calendar.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Every {
    /// A quarter of a year.
    #[default]
    Quarter,
    /// A year.
    Year,
}

/// A table that is published: decisions by the period in which they were taken, by disposal and by sex, and by one column
/// more at most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublicTable {
    /// The code.
    pub code: Code,
    /// The title as people read it.
    pub title: String,
    /// The periods of the rows.
    pub period: Every,
    /// One column more: `category`, `gravity`, `departure` or a circumstance of the rules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Code>,
}

impl Default for PublicationRules {
    /// Disposals by year, by quarter, and by year and category of offence.
    fn default() -> Self {
        let tables = [
            ("by-year", "Disposals by year", Every::Year, None),
            ("by-quarter", "Disposals by quarter", Every::Quarter, None),
            (
                "by-category",
                "Disposals by year and category of offence",
                Every::Year,
                Some("category"),
            ),
        ];
        let table = |(code, title, period, by): (_, &str, _, Option<_>)| {
            Some(PublicTable {
                code: Code::parse(code).ok()?,
                title: title.to_owned(),
                period,
                by: by.and_then(|by| Code::parse(by).ok()),
            })
        };
        Self {
            disclosure: DisclosurePolicy::default(),
            every: Every::Quarter,
            tables: tables.into_iter().filter_map(table).collect(),
        }
    }
}

impl PublicationRules {
    /// Columns beside the circumstances that a public table may have: none that names a court or a rare offence.
    const COLUMNS: [&str; 3] = ["category", "gravity", "departure"];

    pub(super) fn check(&self, sentencing: &SentencingRules) -> Result<(), PackError> {
        // Children may be among those counted in any table.
        let validated = self.disclosure.validate(true);
        validated
            .map_err(|error| PackError::Unreadable(format!("publication.disclosure: {error}")))?;
        once(
            "publication.tables",
            self.tables.iter().map(|table| &table.code),
        )?;
        let circumstances = sentencing
            .circumstances
            .iter()
            .map(|rule| rule.code.as_str());
        let known: BTreeSet<&str> = circumstances.chain(Self::COLUMNS).collect();
        for table in &self.tables {
            if let Some(by) = &table.by
                && !known.contains(by.as_str())
            {
                return Err(PackError::Dangling {
                    at: format!("publication.tables: {}", table.code),
                    code: by.to_string(),
                });
            }
        }
        Ok(())
    }
}
