//! Consecutive rows that make one decision.

use super::fault::{Fault, Reason, Rejection};
use super::row::{ComponentRow, FactorRow, ImportedRow, Note, RowKey};

/// A decision of which another row may follow.
pub(super) struct Pending {
    key: RowKey,
    decision: Option<Box<ImportedRow>>,
    rejection: Rejection,
}

impl Pending {
    pub(super) fn new(
        row: u64,
        line: u64,
        key: RowKey,
        decision: Option<Box<ImportedRow>>,
        faults: Vec<Fault>,
    ) -> Self {
        Self {
            key,
            decision,
            rejection: Rejection::of(row, line, faults),
        }
    }

    pub(super) fn key(&self) -> &RowKey {
        &self.key
    }

    /// Adds a further row. One that cannot be read takes the whole decision with it: a decision without one
    /// of its counts would be another decision.
    pub(super) fn add(&mut self, row: u64, further: Option<Box<ImportedRow>>, faults: Vec<Fault>) {
        self.rejection.last_row = row;
        self.rejection.faults.extend(faults);
        self.decision = match (self.decision.take(), further) {
            (Some(mut decision), Some(further)) => {
                absorb(&mut decision, *further);
                Some(decision)
            }
            _ => None,
        };
    }

    /// The decision, or, if any of its rows could not be read, the rejection of all.
    pub(super) fn finish(self) -> (Option<Box<ImportedRow>>, Rejection) {
        (self.decision, self.rejection)
    }
}

fn absorb(decision: &mut ImportedRow, further: ImportedRow) {
    if differs(decision, &further) {
        decision.notes.push(Note {
            rule: "file.rows_per_decision".into(),
            column: "".into(),
            value: format!("row {}", further.row),
            reason: Reason::RowsDisagree.to_string(),
        });
    }
    let counts = decision.counts.len();
    let shift = |count: Option<usize>| count.map(|at| at.saturating_add(counts));
    decision.last_row = further.last_row;
    decision.notes.extend(further.notes);
    decision.counts.extend(further.counts);
    let components = further
        .components
        .into_iter()
        .filter(|component| component.count.is_some());
    decision
        .components
        .extend(components.map(|component| ComponentRow {
            count: shift(component.count),
            ..component
        }));
    let factors = further
        .factors
        .into_iter()
        .filter(|factor| factor.count.is_some());
    decision.factors.extend(factors.map(|factor| FactorRow {
        count: shift(factor.count),
        ..factor
    }));
}

/// Whether a further row contradicts what the first says of the decision as a whole.
fn differs(first: &ImportedRow, further: &ImportedRow) -> bool {
    let whole = |row: &ImportedRow| {
        row.components
            .iter()
            .filter(|c| c.count.is_none())
            .cloned()
            .collect::<Vec<_>>()
    };
    let factors = |row: &ImportedRow| {
        row.factors
            .iter()
            .filter(|f| f.count.is_none())
            .cloned()
            .collect::<Vec<_>>()
    };
    first.person != further.person
        || first.circumstances != further.circumstances
        || first.court != further.court
        || first.decided != further.decided
        || first.hearing != further.hearing
        || first.case != further.case
        || first.remand_credit != further.remand_credit
        || whole(first) != whole(further)
        || factors(first) != factors(further)
}
