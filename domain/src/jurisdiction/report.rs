//! What a jurisdiction asks of reports to a court.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Coded, PackError, once};
use crate::values::Code;

/// A kind of source on which a statement rests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceRule {
    /// The code.
    pub code: Code,
    /// The words.
    pub title: String,
    /// Whether it is a computed score, which is no fact and may only back an opinion.
    #[serde(default)]
    pub score: bool,
}

/// What a jurisdiction asks of reports to a court. An empty list holds every code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ReportRules {
    /// Kinds of report.
    pub kinds: Vec<Coded>,
    /// Kinds of source.
    pub sources: Vec<SourceRule>,
    /// Where the answer to a contest can be reviewed.
    pub routes: Vec<Coded>,
    /// Reasons why a report is withdrawn.
    pub withdrawal_reasons: Vec<Coded>,
}

impl ReportRules {
    /// Whether a source is a computed score.
    pub fn is_score(&self, source: &Code) -> bool {
        let mut sources = self.sources.iter();
        sources.any(|known| known.score && &known.code == source)
    }

    /// The kinds of source, as a list of codes.
    pub(crate) fn sources(&self) -> Vec<Coded> {
        let coded = |source: &SourceRule| Coded {
            code: source.code.clone(),
            title: source.title.clone(),
        };
        self.sources.iter().map(coded).collect()
    }

    pub(super) fn check(&self) -> Result<(), PackError> {
        for (at, list) in [
            ("report.kinds", &self.kinds),
            ("report.sources", &self.sources()),
            ("report.routes", &self.routes),
            ("report.withdrawal_reasons", &self.withdrawal_reasons),
        ] {
            once(at, list.iter().map(|coded| &coded.code))?;
        }
        Ok(())
    }
}
