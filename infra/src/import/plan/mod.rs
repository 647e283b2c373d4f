//! A mapping compiled against one file's header: column numbers in place of names, tables in place of text.

mod absent;
mod compile;
mod condition;
mod decision;
mod field;
mod imposed;
mod memo;
mod quantity;
mod values;

use csv::ByteRecord;

use super::fault::Reason;
use super::report::RuleReport;
use super::row::{ImportedRow, RowKey};

pub(super) use compile::{Cells, Columns, compile};
pub(super) use condition::All;
pub(super) use decision::IdentityPlan;
use decision::{CountPlan, DecisionPlan, PersonPlan};
pub(super) use field::{Field, Findings};
use imposed::{ComponentPlan, FactorPlan};

/// Everything that is read from a row.
pub(super) struct Plan {
    decision: DecisionPlan,
    person: PersonPlan,
    counts: Vec<CountPlan>,
    components: Vec<ComponentPlan>,
    factors: Vec<FactorPlan>,
}

/// Where a row stands in its file, and what identifies it.
pub(super) struct Place {
    pub(super) row: u64,
    pub(super) line: u64,
    pub(super) key: RowKey,
}

impl Plan {
    /// Reads one row. `None`: the findings say why not.
    pub(super) fn read(
        &mut self,
        place: Place,
        cells: &ByteRecord,
        findings: &mut Findings,
    ) -> Option<Box<ImportedRow>> {
        findings.line = place.line;
        let decided = self.decision.decided(cells, findings);
        let (person, circumstances) = self.person.read(cells, findings);
        let (counts, numbers) = self.counts(cells, findings);
        let components = imposed::components(&mut self.components, &numbers, cells, findings);
        let factors = self
            .factors
            .iter_mut()
            .map(|plan| plan.read(&numbers, cells, findings));
        let factors = factors.collect();
        let (court, hearing, case, remand_credit) = self.decision.rest(cells, findings);
        let decided = decided.filter(|_| findings.faults.is_empty())?;
        Some(Box::new(ImportedRow {
            row: place.row,
            last_row: place.row,
            line: place.line,
            key: place.key,
            person,
            circumstances,
            court,
            decided,
            hearing,
            case,
            counts,
            components,
            factors,
            remand_credit,
            notes: std::mem::take(&mut findings.notes),
        }))
    }

    /// The counts that the row has, and for each rule the number of its count.
    fn counts(
        &mut self,
        cells: &ByteRecord,
        findings: &mut Findings,
    ) -> (Vec<super::row::CountRow>, Vec<Option<usize>>) {
        let mut counts = Vec::with_capacity(self.counts.len());
        let mut numbers = Vec::with_capacity(self.counts.len());
        for plan in &mut self.counts {
            let count = plan.read(cells, findings);
            numbers.push(count.is_some().then_some(counts.len()));
            counts.extend(count);
        }
        (counts, numbers)
    }

    /// What each rule has met so far, in the mapping's order.
    pub(super) fn reports(&self) -> Vec<RuleReport> {
        let mut reports = Vec::new();
        self.decision.reports(&mut reports);
        self.person.reports(&mut reports);
        self.counts
            .iter()
            .for_each(|plan| plan.reports(&mut reports));
        self.components
            .iter()
            .for_each(|plan| plan.reports(&mut reports));
        self.factors
            .iter()
            .for_each(|plan| plan.reports(&mut reports));
        reports
    }
}

/// What no column says but the row as a whole.
fn whole_row(reason: Reason, findings: &mut Findings) {
    let note = super::row::Note {
        rule: "components".into(),
        column: "".into(),
        value: String::new(),
        reason: reason.to_string(),
    };
    findings.notes.push(note);
}
