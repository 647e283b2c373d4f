//! What an import found, rule by rule; a dry run is this report without anything recorded.

use std::sync::Arc;

/// Examples kept of each kind for each rule.
pub(super) const EXAMPLES: usize = 3;

/// The report of an import, or of its rehearsal.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct DryRun {
    /// Rows read.
    pub rows: u64,
    /// Decisions that can be recorded; fewer than rows where several rows make one.
    pub decisions: u64,
    /// Of these, decisions with at least one note.
    pub with_notes: u64,
    /// Rows rejected.
    pub rejected: u64,
    /// The rules of the mapping, in its order, and then what the register's own rules found.
    pub rules: Vec<RuleReport>,
}

/// What became of the cells under one rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct RuleReport {
    /// The rule by its path, for example `person.age`, or by its name among the register's rules.
    pub rule: Arc<str>,
    /// The column, or columns.
    pub column: Arc<str>,
    /// Cells with a value; for a component, decisions that have it.
    pub recorded: u64,
    /// Cells that say nothing.
    pub not_recorded: u64,
    /// Cells that say nobody asked.
    pub not_asked: u64,
    /// Cells that say the person declined.
    pub declined: u64,
    /// Cells recorded with a reservation.
    pub with_notes: u64,
    /// Cells for which the row is rejected.
    pub rejected: u64,
    /// The first cells with notes.
    pub notes: Vec<Example>,
    /// The first rejected cells.
    pub rejections: Vec<Example>,
}

/// A cell that shows what a rule found.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Example {
    /// The line, from 1.
    pub line: u64,
    /// What stands there.
    pub value: String,
    /// What is wrong with it, or the reservation.
    pub reason: String,
}

impl DryRun {
    /// Adds a finding of the register's own rules on a decision that can be recorded.
    pub fn note(&mut self, rule: &str, example: impl FnOnce() -> Example) {
        self.rule(rule, |report| report.note(example));
    }

    /// Adds a refusal of the register's own rules: the decision is not recorded after all.
    pub fn reject(&mut self, rule: &str, rows: u64, example: impl FnOnce() -> Example) {
        self.decisions = self.decisions.saturating_sub(1);
        self.rejected = self.rejected.saturating_add(rows);
        self.rule(rule, |report| report.reject(example));
    }

    fn rule(&mut self, rule: &str, add: impl FnOnce(&mut RuleReport)) {
        if let Some(report) = self.rules.iter_mut().find(|report| &*report.rule == rule) {
            add(report);
        } else {
            let mut report = RuleReport {
                rule: Arc::from(rule),
                ..RuleReport::default()
            };
            add(&mut report);
            self.rules.push(report);
        }
    }
}

impl RuleReport {
    pub(super) fn note(&mut self, example: impl FnOnce() -> Example) {
        self.with_notes = self.with_notes.saturating_add(1);
        if self.notes.len() < EXAMPLES {
            self.notes.push(example());
        }
    }

    pub(super) fn reject(&mut self, example: impl FnOnce() -> Example) {
        self.rejected = self.rejected.saturating_add(1);
        if self.rejections.len() < EXAMPLES {
            self.rejections.push(example());
        }
    }
}
