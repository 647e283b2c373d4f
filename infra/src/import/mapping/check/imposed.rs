//! Rules for circumstances, counts, components and factors.

use std::collections::BTreeSet;

use super::Checker;
use super::cells::{ANY, TIME, WORK};
use crate::import::ComponentKind;
use crate::import::mapping::{
    AnswerKind, CircumstanceRule, ComponentRule, CountRule, FactorRule, GravityRule, UnitName,
    YesNoWords,
};

impl Checker {
    pub(super) fn circumstance(
        &mut self,
        path: &str,
        rule: &CircumstanceRule,
        global: &YesNoWords,
    ) {
        self.missing(&format!("{path}.missing"), rule.missing.as_ref());
        if rule.kind == AnswerKind::YesNo {
            self.yes_no(path, rule.yes.as_ref(), rule.no.as_ref(), global);
        } else if rule.yes.is_some() || rule.no.is_some() {
            self.fault(path, "yes and no belong to kind = \"yes_no\"");
        }
        if rule.kind == AnswerKind::Code {
            self.table(&format!("{path}.values"), &rule.values, None);
        } else {
            self.no_keep(path, rule.unlisted);
            if !rule.values.is_empty() || rule.rewrite.is_some() {
                self.fault(path, "values and rewrite belong to kind = \"code\"");
            }
        }
    }

    pub(super) fn count(&mut self, path: &str, rule: &CountRule) {
        self.conditions(&format!("{path}.when"), &rule.when);
        self.code_rule(&format!("{path}.offence"), rule.offence.as_ref(), None);
        rule.catalogue
            .iter()
            .for_each(|text| self.code(&format!("{path}.catalogue"), text));
        self.code_rule(&format!("{path}.category"), rule.category.as_ref(), None);
        self.code_rule(&format!("{path}.iccs"), rule.iccs.as_ref(), None);
        self.date(&format!("{path}.committed"), rule.committed.as_ref());
        for (at, gravity) in rule.gravity.iter().enumerate() {
            self.gravity(&format!("{path}.gravity[{at}]"), gravity);
        }
        if let Some(range) = &rule.range {
            let path = format!("{path}.range");
            self.code(&format!("{path}.guideline"), &range.guideline);
            self.quantity(&format!("{path}.lowest"), range.lowest.as_ref(), ANY);
            self.quantity(&format!("{path}.highest"), range.highest.as_ref(), ANY);
            self.quantity(
                &format!("{path}.starting_point"),
                range.starting_point.as_ref(),
                ANY,
            );
        }
        if let Some(departure) = &rule.departure {
            let path = format!("{path}.departure");
            self.code_rule(
                &format!("{path}.direction"),
                departure.direction.as_ref(),
                Some(&["below", "within", "above"]),
            );
            for (at, reason) in departure.reasons.iter().enumerate() {
                self.code_rule(&format!("{path}.reasons[{at}]"), Some(reason), None);
            }
        }
    }

    pub(super) fn gravity(&mut self, path: &str, rule: &GravityRule) {
        self.code(&format!("{path}.policy"), &rule.policy);
        self.missing(&format!("{path}.missing"), rule.missing.as_ref());
        self.table(&format!("{path}.values"), &rule.values, None);
        for (row, levels) in &rule.grid {
            self.table(&format!("{path}.grid.{row}"), levels, None);
        }
        match (
            rule.columns.len(),
            rule.values.is_empty(),
            rule.grid.is_empty(),
        ) {
            (1, _, true) | (2, true, false) => {}
            (1, ..) => self.fault(path, "a grid needs two columns; for one give values"),
            (2, ..) => self.fault(path, "two columns need a grid, and no values"),
            _ => self.fault(
                &format!("{path}.columns"),
                "name one column, or the two of a grid",
            ),
        }
        if rule.columns.len() == 2 {
            self.no_keep(path, rule.unlisted);
        }
    }

    pub(super) fn component(&mut self, path: &str, rule: &ComponentRule, counts: &BTreeSet<&str>) {
        self.conditions(&format!("{path}.when"), &rule.when);
        self.conditions(&format!("{path}.when_any"), &rule.when_any);
        let principal = rule.principal_when.as_deref().unwrap_or_default();
        self.conditions(&format!("{path}.principal_when"), principal);
        self.count_name(path, rule.count.as_ref(), counts);
        self.code_rule(&format!("{path}.code"), rule.code.as_ref(), None);
        self.belongs(path, rule);
        self.quantity(
            &format!("{path}.amount"),
            rule.amount.as_ref(),
            units_of(rule.kind),
        );
        let period = rule.operational_period.as_ref();
        self.quantity(&format!("{path}.operational_period"), period, TIME);
        self.quantity(
            &format!("{path}.daily_rate"),
            rule.daily_rate.as_ref(),
            &[UnitName::Money],
        );
        let runs = Some(["forthwith", "concurrent", "consecutive"].as_slice());
        self.code_rule(&format!("{path}.runs"), rule.runs.as_ref(), runs);
        for (at, requirement) in rule.requirements.iter().enumerate() {
            let path = format!("{path}.requirements[{at}]");
            self.code(&format!("{path}.kind"), &requirement.kind);
            self.conditions(&format!("{path}.when"), &requirement.when);
            self.quantity(&format!("{path}.amount"), requirement.amount.as_ref(), WORK);
            self.quantity(&format!("{path}.period"), requirement.period.as_ref(), TIME);
        }
    }

    /// What a kind of disposal does not have would be read and lost.
    fn belongs(&mut self, path: &str, rule: &ComponentRule) {
        use ComponentKind::{
            Admonition, Ancillary, CommunityOrder, DayFine, Deferred, Discharge, Other, Suspended,
        };
        let kinds: [(&str, bool, &[ComponentKind], &str); 4] = [
            (
                "code",
                rule.code.is_some(),
                &[Ancillary, Other],
                "ancillary or other",
            ),
            (
                "operational_period",
                rule.operational_period.is_some(),
                &[Suspended, CommunityOrder, Discharge],
                "suspended, community_order or discharge",
            ),
            (
                "daily_rate",
                rule.daily_rate.is_some(),
                &[DayFine],
                "day_fine",
            ),
            (
                "requirements",
                !rule.requirements.is_empty(),
                &[Suspended, CommunityOrder],
                "suspended or community_order",
            ),
        ];
        for (field, given, of, words) in kinds {
            if given && !of.contains(&rule.kind) {
                self.fault(
                    &format!("{path}.{field}"),
                    format!("belongs to kind = {words} only"),
                );
            }
        }
        if rule.amount.is_some() && matches!(rule.kind, Admonition | Deferred) {
            let text = "is kept of no admonition and no deferment: leave it out";
            self.fault(&format!("{path}.amount"), text);
        }
    }

    pub(super) fn factor(
        &mut self,
        path: &str,
        rule: &FactorRule,
        global: &YesNoWords,
        counts: &BTreeSet<&str>,
    ) {
        self.code(&format!("{path}.code"), &rule.code);
        self.yes_no(path, rule.yes.as_ref(), rule.no.as_ref(), global);
        self.no_keep(path, rule.unlisted);
        self.missing(&format!("{path}.missing"), rule.missing.as_ref());
        self.count_name(path, rule.count.as_ref(), counts);
    }

    pub(super) fn count_name(
        &mut self,
        path: &str,
        name: Option<&String>,
        counts: &BTreeSet<&str>,
    ) {
        if let Some(name) = name.filter(|name| !counts.contains(name.as_str())) {
            let text = format!("{name:?} is the name of no count");
            self.fault(&format!("{path}.count"), text);
        }
    }
}

fn units_of(kind: ComponentKind) -> &'static [UnitName] {
    match kind {
        ComponentKind::Custody
        | ComponentKind::Suspended
        | ComponentKind::CommunityOrder
        | ComponentKind::Discharge
        | ComponentKind::Admonition
        | ComponentKind::Deferred => TIME,
        ComponentKind::Fine | ComponentKind::Compensation => &[UnitName::Money],
        ComponentKind::DayFine => &[UnitName::FineUnits],
        ComponentKind::Ancillary | ComponentKind::Other => ANY,
    }
}
