//! A view at two moments: what it said then, what it says later, and which decisions made the difference.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Stamp, View};
use crate::facts::{Became, ChangedFact};
use crate::registry::ListedSentence;

/// A view at two moments.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Between {
    /// The earlier moment.
    pub from: Stamp,
    /// The later moment.
    pub to: Stamp,
    /// The decisions that made the difference.
    pub changed: Changed,
    /// What the view said at the earlier moment, under the rules then in force.
    pub before: View,
    /// What it says at the later moment, under the rules then in force.
    pub after: View,
}

/// The decisions by which two moments differ.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Changed {
    /// How many are counted at the later moment only.
    pub added: u64,
    /// How many are counted at both, otherwise than before.
    pub revised: u64,
    /// How many are counted at the earlier moment only: quashed or expunged since, or no longer within the conditions.
    pub left: u64,
    /// The decisions one by one, the last changed first; absent for those who may not read the register.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decisions: Option<Vec<ChangedDecision>>,
    /// How many are not named, because there are too many, or because they are closed to whoever asks.
    pub not_named: u64,
}

/// A decision that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ChangedDecision {
    /// The sentence.
    pub sentence: String,
    /// What became of it.
    pub became: Became,
    /// The entries of the ledger that changed it, in their order.
    pub entries: Vec<u64>,
    /// What it is at the later moment, in words.
    pub summary: String,
    /// The court.
    pub court: String,
    /// When it was decided.
    pub decided: Option<String>,
    /// How it stands at the later moment.
    pub state: String,
}

impl Changed {
    /// The counts of decisions that changed.
    pub(crate) fn counted(found: &[ChangedFact]) -> Self {
        let many = |became: Became| {
            let such = found.iter().filter(|change| change.became == became);
            u64::try_from(such.count()).unwrap_or(u64::MAX)
        };
        Self {
            added: many(Became::Added),
            revised: many(Became::Revised),
            left: many(Became::Left),
            decisions: None,
            not_named: u64::try_from(found.len()).unwrap_or(u64::MAX),
        }
    }

    /// Names those of the decisions that stand in the register for whoever asks.
    pub(crate) fn name(&mut self, found: &[ChangedFact], listed: &[ListedSentence]) {
        let named = found.iter().rev().filter_map(|change| {
            let id = change.decision.to_string();
            let row = listed.iter().find(|row| row.id == id)?;
            Some(ChangedDecision {
                sentence: id,
                became: change.became,
                entries: change.entries.clone(),
                summary: row.summary.clone(),
                court: row.court.clone(),
                decided: row.decided.clone(),
                state: row.state.clone(),
            })
        });
        let named: Vec<ChangedDecision> = named.collect();
        let known = u64::try_from(named.len()).unwrap_or(u64::MAX);
        self.not_named = self.not_named.saturating_sub(known);
        self.decisions = Some(named);
    }

    /// How many decisions changed.
    pub fn all(&self) -> u64 {
        self.added + self.revised + self.left
    }
}
