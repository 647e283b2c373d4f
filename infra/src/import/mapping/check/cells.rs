//! Rules that read cells: codes, dates, quantities, yes and no, conditions.

use std::collections::{BTreeMap, BTreeSet};

use super::Checker;
use crate::import::date::parse_iso;
use crate::import::decimal::{Decimal, Marks};
use crate::import::mapping::{
    CodeRule, Condition, DateRule, MissingRule, PartsRule, QuantityRule, UnitName, Unlisted,
    YesNoWords,
};

pub(super) const TIME: &[UnitName] = &[
    UnitName::Years,
    UnitName::Months,
    UnitName::Weeks,
    UnitName::Days,
];
pub(in crate::import) const WORK: &[UnitName] = &[
    UnitName::Hours,
    UnitName::Minutes,
    UnitName::Sessions,
    UnitName::Days,
    UnitName::Weeks,
    UnitName::Months,
    UnitName::Years,
];
pub(super) const ANY: &[UnitName] = &[
    UnitName::Years,
    UnitName::Months,
    UnitName::Weeks,
    UnitName::Days,
    UnitName::Hours,
    UnitName::Minutes,
    UnitName::Sessions,
    UnitName::FineUnits,
    UnitName::Money,
];

impl Checker {
    pub(in crate::import) fn missing(&mut self, path: &str, rule: Option<&MissingRule>) {
        let Some(rule) = rule else { return };
        let mut seen = BTreeSet::new();
        for cell in rule
            .not_recorded
            .iter()
            .chain(&rule.not_asked)
            .chain(&rule.declined)
        {
            if !seen.insert(cell.as_str()) {
                self.fault(
                    path,
                    format!("{cell:?} is listed twice: it can mean one thing only"),
                );
            }
        }
    }

    pub(in crate::import) fn no_keep(&mut self, path: &str, unlisted: Option<Unlisted>) {
        if unlisted == Some(Unlisted::Keep) {
            let path = format!("{path}.unlisted");
            self.fault(
                &path,
                "\"keep\" is for codes: choose \"reject\" or \"not_recorded\"",
            );
        }
    }

    pub(super) fn table(
        &mut self,
        path: &str,
        table: &BTreeMap<String, String>,
        allowed: Option<&[&str]>,
    ) {
        for (cell, code) in table {
            let path = format!("{path}.{cell}");
            if cell.is_empty() {
                let text = "an empty cell is never an answer: list it under missing, if at all";
                self.fault(&path, text);
            }
            self.one_of(&path, code, allowed);
        }
    }

    pub(super) fn one_of(&mut self, path: &str, code: &str, allowed: Option<&[&str]>) {
        match allowed {
            Some(allowed) if !allowed.contains(&code) => {
                self.fault(path, format!("{code:?} is none of {}", allowed.join(", ")));
            }
            Some(_) => {}
            None => self.code(path, code),
        }
    }

    pub(in crate::import) fn code_rule(
        &mut self,
        path: &str,
        rule: Option<&CodeRule>,
        allowed: Option<&[&str]>,
    ) {
        let Some(rule) = rule else { return };
        match (&rule.column, &rule.constant) {
            (Some(_), None) => {}
            (None, Some(constant)) => self.one_of(&format!("{path}.constant"), constant, allowed),
            _ => self.fault(path, "needs exactly one of column and constant"),
        }
        if rule.constant.is_some() && !rule.values.is_empty() {
            self.fault(&format!("{path}.values"), "has no meaning beside constant");
        }
        if rule.rewrite.is_some() && rule.unlisted.is_some_and(|u| u != Unlisted::Keep) {
            let text = "applies to kept cells only: set unlisted = \"keep\"";
            self.fault(&format!("{path}.rewrite"), text);
        }
        if allowed.is_some() && rule.unlisted == Some(Unlisted::Keep) {
            self.no_keep(path, rule.unlisted);
        }
        self.table(&format!("{path}.values"), &rule.values, allowed);
        self.missing(&format!("{path}.missing"), rule.missing.as_ref());
    }

    pub(in crate::import) fn date(&mut self, path: &str, rule: Option<&DateRule>) {
        let Some(rule) = rule else { return };
        let ways = [
            rule.column.is_some(),
            rule.year.is_some(),
            rule.constant.is_some(),
        ];
        if ways.iter().filter(|way| **way).count() != 1 {
            self.fault(path, "needs exactly one of column, year and constant");
        }
        if rule.month.is_some() && rule.year.is_none() {
            self.fault(&format!("{path}.month"), "needs year beside it");
        }
        if rule.day.is_some() && rule.month.is_none() {
            self.fault(&format!("{path}.day"), "needs month beside it");
        }
        if rule.format.is_some() && rule.column.is_none() {
            self.fault(
                &format!("{path}.format"),
                "describes column, which is not set",
            );
        }
        if let Some(constant) = &rule.constant
            && parse_iso(constant).is_err()
        {
            let text = format!("{constant:?} is not a date: write 2024, 2024-05 or 2024-05-31");
            self.fault(&format!("{path}.constant"), text);
        }
        self.missing(&format!("{path}.missing"), rule.missing.as_ref());
    }

    pub(in crate::import) fn quantity(
        &mut self,
        path: &str,
        rule: Option<&QuantityRule>,
        allowed: &[UnitName],
    ) {
        let Some(rule) = rule else { return };
        let ways = [
            rule.column.is_some(),
            rule.parts.is_some(),
            rule.constant.is_some(),
        ];
        if ways.iter().filter(|way| **way).count() != 1 {
            self.fault(path, "needs exactly one of column, parts and constant");
        }
        if let Some(parts) = &rule.parts {
            self.parts(path, rule, parts, allowed);
        } else {
            self.units(path, rule, allowed);
        }
        if let Some(constant) = &rule.constant
            && Decimal::parse(constant, Marks::default()).is_err()
        {
            let text = format!("{constant:?} is not a number of zero or more, such as \"12\"");
            self.fault(&format!("{path}.constant"), text);
        }
        if rule.times == Some(0) {
            self.fault(
                &format!("{path}.times"),
                "is zero: every quantity would be lost",
            );
        }
        if !rule.special.is_empty() && rule.column.is_none() {
            self.fault(
                &format!("{path}.special"),
                "describes cells of column, which is not set",
            );
        }
        self.missing(&format!("{path}.missing"), rule.missing.as_ref());
    }

    pub(super) fn parts(
        &mut self,
        path: &str,
        rule: &QuantityRule,
        parts: &PartsRule,
        allowed: &[UnitName],
    ) {
        if [&parts.years, &parts.months, &parts.weeks, &parts.days]
            .iter()
            .all(|p| p.is_none())
        {
            self.fault(
                &format!("{path}.parts"),
                "names no column: set years, months, weeks or days",
            );
        }
        let others = rule.unit.is_some() || rule.unit_column.is_some() || rule.times.is_some();
        if others || rule.currency.is_some() {
            self.fault(
                path,
                "parts have their units: unit, currency and times have no place here",
            );
        }
        if !allowed.contains(&UnitName::Days) {
            self.fault(
                &format!("{path}.parts"),
                format!("is a term: {}", one_unit_of(allowed)),
            );
        }
    }

    pub(super) fn units(&mut self, path: &str, rule: &QuantityRule, allowed: &[UnitName]) {
        let named: Vec<UnitName> = rule
            .unit
            .iter()
            .chain(rule.units.values())
            .copied()
            .collect();
        if rule.unit.is_some() == rule.unit_column.is_some() {
            self.fault(
                path,
                format!(
                    "needs exactly one of unit and unit_column: {}",
                    one_unit_of(allowed)
                ),
            );
        } else if rule.unit_column.is_some() && rule.units.is_empty() {
            self.fault(
                &format!("{path}.units"),
                "is missing: say what the cells of unit_column mean",
            );
        }
        if rule.unit_column.is_none() && !rule.units.is_empty() {
            self.fault(
                &format!("{path}.units"),
                "describes unit_column, which is not set",
            );
        }
        for wrong in named.iter().filter(|unit| !allowed.contains(unit)) {
            let text = format!(
                "{} does not fit here: {}",
                wrong.name(),
                one_unit_of(allowed)
            );
            self.fault(&format!("{path}.unit"), text);
        }
        match (&rule.currency, named.contains(&UnitName::Money)) {
            (None, true) => {
                let text = "is missing: money needs its currency, for example \"EUR\"";
                self.fault(&format!("{path}.currency"), text);
            }
            (Some(currency), true) => {
                if currency.len() != 3 || !currency.bytes().all(|b| b.is_ascii_uppercase()) {
                    let text = format!("{currency:?} is not three capital letters of ISO 4217");
                    self.fault(&format!("{path}.currency"), text);
                }
            }
            (Some(_), false) if named.iter().all(|unit| allowed.contains(unit)) => {
                self.fault(
                    &format!("{path}.currency"),
                    "belongs to unit = \"money\" only",
                );
            }
            // A unit that does not fit is the one fault of both.
            (_, false) => {}
        }
    }

    pub(in crate::import) fn conditions(&mut self, path: &str, list: &[Condition]) {
        for (at, condition) in list.iter().enumerate() {
            let path = format!("{path}[{at}]");
            let Condition {
                equals,
                one_of,
                present,
                greater_than,
                ..
            } = condition;
            let tests = [
                equals.is_some(),
                one_of.is_some(),
                present.is_some(),
                greater_than.is_some(),
            ];
            if tests.iter().filter(|test| **test).count() != 1 {
                self.fault(
                    &path,
                    "needs exactly one of equals, one_of, present and greater_than",
                );
            }
            if one_of.as_ref().is_some_and(Vec::is_empty) {
                self.fault(&format!("{path}.one_of"), "is empty: it could never hold");
            }
            if let Some(bound) = greater_than
                && Decimal::parse(bound, Marks::default()).is_err()
            {
                let text = format!("{bound:?} is not a number of zero or more, such as \"0\"");
                self.fault(&format!("{path}.greater_than"), text);
            }
        }
    }

    pub(super) fn yes_no(
        &mut self,
        path: &str,
        yes: Option<&Vec<String>>,
        no: Option<&Vec<String>>,
        global: &YesNoWords,
    ) {
        let (yes, no) = (yes.unwrap_or(&global.yes), no.unwrap_or(&global.no));
        if yes.is_empty() {
            let text = "no cell means yes: set yes here, or yes_no.yes for the whole mapping";
            self.fault(path, text);
        }
        for cell in no
            .iter()
            .filter(|cell| cell.is_empty() || yes.contains(*cell))
        {
            let text = if cell.is_empty() {
                "an empty cell never means no: it is an absent answer".to_owned()
            } else {
                format!("{cell:?} means both yes and no")
            };
            self.fault(path, text);
        }
    }
}

fn one_unit_of(allowed: &[UnitName]) -> String {
    let names: Vec<String> = allowed.iter().map(|unit| unit.name().to_owned()).collect();
    format!("the unit is {}", names.join(", "))
}

impl UnitName {
    /// The unit as a mapping writes it.
    pub(in crate::import) fn name(self) -> &'static str {
        match self {
            Self::Years => "years",
            Self::Months => "months",
            Self::Weeks => "weeks",
            Self::Days => "days",
            Self::Hours => "hours",
            Self::Minutes => "minutes",
            Self::Sessions => "sessions",
            Self::FineUnits => "fine_units",
            Self::Money => "money",
        }
    }
}
