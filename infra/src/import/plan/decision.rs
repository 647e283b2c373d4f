//! Reading who was sentenced, for what, where and when.

use std::sync::Arc;

use csv::ByteRecord;

use super::absent::Absent;
use super::condition::All;
use super::field::{BETWEEN, Field, Findings};
use crate::import::fault::{Fault, Reason};
use crate::import::report::{Example, RuleReport};
use crate::import::row::{
    AnswerRow, CircumstanceRow, CountRow, DepartureRow, Direction, FileDate, GravityRow, Identity,
    Known, PersonRow, QuantityRow, RangeRow, Word,
};

/// Reads a field that the mapping may leave out.
pub(super) fn optional<T: Clone>(
    field: &mut Option<Field<T>>,
    cells: &ByteRecord,
    findings: &mut Findings,
) -> Known<T> {
    field
        .as_mut()
        .map_or(Known::NotRecorded, |field| field.read(cells, findings))
}

pub(super) fn push<T: Clone>(field: Option<&Field<T>>, reports: &mut Vec<RuleReport>) {
    reports.extend(field.map(|field| field.report().clone()));
}

pub(super) struct DecisionPlan {
    pub(super) decided: Field<FileDate>,
    pub(super) undated: RuleReport,
    pub(super) court: Option<Field<Word>>,
    pub(super) hearing: Option<Field<Word>>,
    pub(super) case: Option<Field<Word>>,
    pub(super) remand_credit: Option<Field<QuantityRow>>,
}

impl DecisionPlan {
    /// The date; its absence is a fault of the row.
    pub(super) fn decided(
        &mut self,
        cells: &ByteRecord,
        findings: &mut Findings,
    ) -> Option<FileDate> {
        let faults = findings.faults.len();
        match self.decided.read(cells, findings) {
            Known::Value(date) => Some(date),
            Known::NotRecorded | Known::NotAsked | Known::Declined => {
                if findings.faults.len() == faults {
                    self.refuse_undated(findings);
                }
                None
            }
        }
    }

    fn refuse_undated(&mut self, findings: &mut Findings) {
        let RuleReport { rule, column, .. } = self.decided.report();
        let (value, line) = (String::new(), findings.line);
        let (rule, column, reason) = (Arc::clone(rule), Arc::clone(column), Reason::NoDate);
        let text = reason.to_string();
        findings.faults.push(Fault {
            rule,
            line,
            column,
            value: value.clone(),
            reason,
        });
        self.undated.reject(|| Example {
            line,
            value,
            reason: text,
            sentence: None,
        });
    }

    /// Court, hearing, case and credit for remand.
    pub(super) fn rest(
        &mut self,
        cells: &ByteRecord,
        findings: &mut Findings,
    ) -> (Known<Word>, Known<Word>, Known<Word>, Known<QuantityRow>) {
        (
            optional(&mut self.court, cells, findings),
            optional(&mut self.hearing, cells, findings),
            optional(&mut self.case, cells, findings),
            optional(&mut self.remand_credit, cells, findings),
        )
    }

    pub(super) fn reports(&self, reports: &mut Vec<RuleReport>) {
        let mut decided = self.decided.report().clone();
        decided.rejected = decided.rejected.saturating_add(self.undated.rejected);
        decided
            .rejections
            .extend(self.undated.rejections.iter().cloned());
        decided.rejections.truncate(crate::import::report::EXAMPLES);
        reports.push(decided);
        push(self.court.as_ref(), reports);
        push(self.hearing.as_ref(), reports);
        push(self.case.as_ref(), reports);
        push(self.remand_credit.as_ref(), reports);
    }
}

pub(super) struct PersonPlan {
    pub(super) identity: Option<IdentityPlan>,
    pub(super) sex: Option<Field<Word>>,
    pub(super) born: Option<Field<FileDate>>,
    pub(super) age: Option<Field<u16>>,
    pub(super) circumstances: Vec<(Word, Field<AnswerRow>)>,
}

impl PersonPlan {
    pub(super) fn read(
        &mut self,
        cells: &ByteRecord,
        findings: &mut Findings,
    ) -> (PersonRow, Vec<CircumstanceRow>) {
        let person = PersonRow {
            identity: self.identity.as_mut().and_then(|plan| plan.read(cells)),
            sex: optional(&mut self.sex, cells, findings),
            born: optional(&mut self.born, cells, findings),
            age: optional(&mut self.age, cells, findings),
        };
        let circumstances = self
            .circumstances
            .iter_mut()
            .map(|(name, field)| CircumstanceRow {
                name: name.clone(),
                answer: field.read(cells, findings),
            });
        (person, circumstances.collect())
    }

    pub(super) fn reports(&self, reports: &mut Vec<RuleReport>) {
        reports.extend(self.identity.as_ref().map(|plan| plan.report.clone()));
        push(self.sex.as_ref(), reports);
        push(self.born.as_ref(), reports);
        push(self.age.as_ref(), reports);
        reports.extend(
            self.circumstances
                .iter()
                .map(|(_, field)| field.report().clone()),
        );
    }
}

pub(in crate::import) struct IdentityPlan {
    pub(super) scheme: Word,
    pub(super) columns: Vec<usize>,
    pub(super) absent: Absent,
    pub(in crate::import) report: RuleReport,
}

impl IdentityPlan {
    /// Who it is; a row that lacks a part of the identity has a person of its own.
    pub(in crate::import) fn read(&mut self, cells: &ByteRecord) -> Option<Identity> {
        let mut text = String::new();
        for column in &self.columns {
            let cell = cells.get(*column).unwrap_or_default().trim_ascii();
            let cell = std::str::from_utf8(cell).unwrap_or_default();
            if self.absent.of::<()>(cell).is_some() {
                self.report.not_recorded = self.report.not_recorded.saturating_add(1);
                return None;
            }
            if !text.is_empty() {
                text.push(BETWEEN);
            }
            text.push_str(cell);
        }
        self.report.recorded = self.report.recorded.saturating_add(1);
        Some(Identity::new(self.scheme.clone(), text))
    }
}

pub(super) struct CountPlan {
    pub(super) when: All,
    pub(super) offence: Option<Field<Word>>,
    pub(super) catalogue: Option<Word>,
    pub(super) category: Option<Field<Word>>,
    pub(super) iccs: Option<Field<Word>>,
    pub(super) committed: Option<Field<FileDate>>,
    pub(super) gravity: Vec<(Word, Field<Word>)>,
    pub(super) range: Option<RangePlan>,
    pub(super) departure: Option<DeparturePlan>,
}

pub(super) struct RangePlan {
    pub(super) guideline: Word,
    pub(super) lowest: Option<Field<QuantityRow>>,
    pub(super) highest: Option<Field<QuantityRow>>,
    pub(super) starting_point: Option<Field<QuantityRow>>,
}

pub(super) struct DeparturePlan {
    pub(super) direction: Option<Field<Direction>>,
    pub(super) reasons: Vec<Field<Word>>,
}

impl CountPlan {
    pub(super) fn read(&mut self, cells: &ByteRecord, findings: &mut Findings) -> Option<CountRow> {
        if !self.when.hold(cells, findings) {
            return None;
        }
        let gravity = self.gravity.iter_mut().map(|(policy, field)| GravityRow {
            policy: policy.clone(),
            level: field.read(cells, findings),
        });
        let gravity = gravity.collect();
        Some(CountRow {
            offence: optional(&mut self.offence, cells, findings),
            catalogue: self.catalogue.clone(),
            category: optional(&mut self.category, cells, findings),
            iccs: optional(&mut self.iccs, cells, findings),
            committed: optional(&mut self.committed, cells, findings),
            gravity,
            range: self.range.as_mut().map(|plan| plan.read(cells, findings)),
            departure: self
                .departure
                .as_mut()
                .map(|plan| plan.read(cells, findings)),
        })
    }

    pub(super) fn reports(&self, reports: &mut Vec<RuleReport>) {
        reports.extend(self.when.reports().cloned());
        push(self.offence.as_ref(), reports);
        push(self.category.as_ref(), reports);
        push(self.iccs.as_ref(), reports);
        push(self.committed.as_ref(), reports);
        reports.extend(self.gravity.iter().map(|(_, field)| field.report().clone()));
        if let Some(range) = &self.range {
            push(range.lowest.as_ref(), reports);
            push(range.highest.as_ref(), reports);
            push(range.starting_point.as_ref(), reports);
        }
        if let Some(departure) = &self.departure {
            push(departure.direction.as_ref(), reports);
            reports.extend(departure.reasons.iter().map(|field| field.report().clone()));
        }
    }
}

impl RangePlan {
    fn read(&mut self, cells: &ByteRecord, findings: &mut Findings) -> RangeRow {
        RangeRow {
            guideline: self.guideline.clone(),
            lowest: optional(&mut self.lowest, cells, findings),
            highest: optional(&mut self.highest, cells, findings),
            starting_point: optional(&mut self.starting_point, cells, findings),
        }
    }
}

impl DeparturePlan {
    fn read(&mut self, cells: &ByteRecord, findings: &mut Findings) -> DepartureRow {
        let direction = optional(&mut self.direction, cells, findings);
        let reasons = self
            .reasons
            .iter_mut()
            .map(|field| field.read(cells, findings));
        let reasons = reasons
            .filter_map(|reason| reason.value().cloned())
            .collect();
        DepartureRow { direction, reasons }
    }
}
