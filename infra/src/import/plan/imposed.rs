//! Reading what was imposed, and what the court weighed.

use csv::ByteRecord;

use super::condition::{All, AnyOf};
use super::decision::{optional, push};
use super::field::{Field, Findings};
use super::whole_row;
use crate::import::fault::{Fault, Reason};
use crate::import::report::RuleReport;
use crate::import::row::{
    ComponentKind, ComponentRow, Effect, FactorRow, Known, QuantityRow, RequirementRow, Runs,
    Standing, Word,
};

pub(super) struct ComponentPlan {
    pub(super) name: Word,
    pub(super) kind: ComponentKind,
    pub(super) when: All,
    pub(super) when_any: AnyOf,
    pub(super) principal: Principal,
    /// Which count rule it refers to.
    pub(super) count: Option<usize>,
    pub(super) code: Option<Field<Word>>,
    pub(super) amount: Option<Field<QuantityRow>>,
    pub(super) operational_period: Option<Field<QuantityRow>>,
    pub(super) daily_rate: Option<Field<QuantityRow>>,
    pub(super) runs: Option<Field<Runs>>,
    pub(super) requirements: Vec<RequirementPlan>,
    pub(super) report: RuleReport,
}

/// Whether a component is the principal disposal.
pub(super) enum Principal {
    /// The mapping marks none.
    NotStated,
    /// The mapping marks others.
    Never,
    /// When these hold.
    When(All),
}

pub(super) struct RequirementPlan {
    pub(super) kind: Word,
    pub(super) when: All,
    pub(super) amount: Option<Field<QuantityRow>>,
    pub(super) period: Option<Field<QuantityRow>>,
}

/// The components that a row has.
pub(super) fn components(
    plans: &mut [ComponentPlan],
    counts: &[Option<usize>],
    cells: &ByteRecord,
    findings: &mut Findings,
) -> Vec<ComponentRow> {
    let mut components = Vec::with_capacity(2);
    for plan in plans {
        components.extend(plan.read(counts, cells, findings));
    }
    let principals = components
        .iter()
        .filter(|c| c.standing == Standing::Principal);
    if principals.count() > 1 {
        let names: Vec<&str> = components.iter().map(|c| &*c.rule).collect();
        findings.faults.push(Fault {
            rule: "components".into(),
            line: findings.line,
            column: "".into(),
            value: names.join(", "),
            reason: Reason::TwoPrincipals,
        });
    }
    if components.is_empty() {
        whole_row(Reason::NothingImposed, findings);
    }
    components
}

impl ComponentPlan {
    fn read(
        &mut self,
        counts: &[Option<usize>],
        cells: &ByteRecord,
        findings: &mut Findings,
    ) -> Option<ComponentRow> {
        // A component of a count that the row does not have is not there either.
        let count = match self.count {
            Some(rule) => Some(counts.get(rule).copied().flatten()?),
            None => None,
        };
        if !self.when.hold(cells, findings) || !self.when_any.hold(cells, findings) {
            return None;
        }
        self.report.recorded = self.report.recorded.saturating_add(1);
        let principal = match &mut self.principal {
            Principal::NotStated => None,
            Principal::Never => Some(false),
            Principal::When(all) => Some(all.hold(cells, findings)),
        };
        let standing = match principal {
            None => Standing::NotStated,
            Some(true) => Standing::Principal,
            Some(false) => Standing::Beside,
        };
        let mut requirements = Vec::with_capacity(self.requirements.len());
        for plan in &mut self.requirements {
            requirements.extend(plan.read(cells, findings));
        }
        Some(ComponentRow {
            rule: self.name.clone(),
            kind: self.kind,
            standing,
            count,
            code: optional(&mut self.code, cells, findings),
            amount: optional(&mut self.amount, cells, findings),
            operational_period: optional(&mut self.operational_period, cells, findings),
            daily_rate: optional(&mut self.daily_rate, cells, findings),
            runs: optional(&mut self.runs, cells, findings),
            requirements,
        })
    }

    pub(super) fn reports(&self, reports: &mut Vec<RuleReport>) {
        reports.push(self.report.clone());
        reports.extend(self.when.reports().chain(self.when_any.reports()).cloned());
        if let Principal::When(all) = &self.principal {
            reports.extend(all.reports().cloned());
        }
        push(self.code.as_ref(), reports);
        push(self.amount.as_ref(), reports);
        push(self.operational_period.as_ref(), reports);
        push(self.daily_rate.as_ref(), reports);
        push(self.runs.as_ref(), reports);
        for plan in &self.requirements {
            reports.extend(plan.when.reports().cloned());
            push(plan.amount.as_ref(), reports);
            push(plan.period.as_ref(), reports);
        }
    }
}

impl RequirementPlan {
    fn read(&mut self, cells: &ByteRecord, findings: &mut Findings) -> Option<RequirementRow> {
        self.when.hold(cells, findings).then(|| RequirementRow {
            kind: self.kind.clone(),
            amount: optional(&mut self.amount, cells, findings),
            period: optional(&mut self.period, cells, findings),
        })
    }
}

pub(super) struct FactorPlan {
    pub(super) code: Word,
    pub(super) effect: Effect,
    pub(super) count: Option<usize>,
    pub(super) present: Field<bool>,
}

impl FactorPlan {
    pub(super) fn read(
        &mut self,
        counts: &[Option<usize>],
        cells: &ByteRecord,
        findings: &mut Findings,
    ) -> FactorRow {
        let count = self
            .count
            .and_then(|rule| counts.get(rule).copied().flatten());
        let absent_count = self.count.is_some() && count.is_none();
        let present = if absent_count {
            Known::NotRecorded
        } else {
            self.present.read(cells, findings)
        };
        FactorRow {
            code: self.code.clone(),
            effect: self.effect,
            count,
            present,
        }
    }

    pub(super) fn reports(&self, reports: &mut Vec<RuleReport>) {
        reports.push(self.present.report().clone());
    }
}
