//! What an import found, rule by rule; a dry run is this report without anything recorded.

use std::sync::Arc;

use domain::values::SentenceId;
use serde::{Deserialize, Serialize};

/// Examples kept of each kind for each rule.
pub(super) const EXAMPLES: usize = 3;

/// The report of an import, or of its rehearsal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// The line, from 1.
    pub line: u64,
    /// What stands there.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub value: String,
    /// What is wrong with it, or the reservation.
    pub reason: String,
    /// The sentence that it became, where the register's own rules found it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sentence: Option<SentenceId>,
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

    /// This report together with that of the rows after it.
    #[must_use]
    pub(super) fn and_then(mut self, next: &Self) -> Self {
        self.rows = self.rows.saturating_add(next.rows);
        self.decisions = self.decisions.saturating_add(next.decisions);
        self.with_notes = self.with_notes.saturating_add(next.with_notes);
        self.rejected = self.rejected.saturating_add(next.rejected);
        for further in &next.rules {
            self.rule(&further.rule, |report| report.add(further));
        }
        self
    }

    /// The report without what stands in cells: they may hold anything, a name too, and this is kept.
    pub(super) fn without_cells(&self) -> Self {
        let mut report = self.clone();
        report.examples().for_each(|example| example.value.clear());
        report
    }

    /// Leaves out which sentences the examples became.
    pub(crate) fn forget_sentences(&mut self) {
        self.examples().for_each(|example| example.sentence = None);
    }

    fn examples(&mut self) -> impl Iterator<Item = &mut Example> {
        let rules = self.rules.iter_mut();
        rules.flat_map(|rule| rule.notes.iter_mut().chain(&mut rule.rejections))
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
    /// Cells that say nothing, in whichever way.
    pub fn absent(&self) -> u64 {
        let ways = [self.not_recorded, self.not_asked, self.declined];
        ways.into_iter().fold(0, u64::saturating_add)
    }

    fn add(&mut self, next: &Self) {
        self.column = Arc::clone(&next.column);
        for (sum, more) in [
            (&mut self.recorded, next.recorded),
            (&mut self.not_recorded, next.not_recorded),
            (&mut self.not_asked, next.not_asked),
            (&mut self.declined, next.declined),
            (&mut self.with_notes, next.with_notes),
            (&mut self.rejected, next.rejected),
        ] {
            *sum = sum.saturating_add(more);
        }
        for (first, more) in [
            (&mut self.notes, &next.notes),
            (&mut self.rejections, &next.rejections),
        ] {
            let room = EXAMPLES.saturating_sub(first.len());
            first.extend(more.iter().take(room).cloned());
        }
    }

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
