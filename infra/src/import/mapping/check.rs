//! What a mapping must be beyond its shape. All faults are found in one go.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::{
    AnswerKind, CircumstanceRule, CodeRule, ComponentRule, Condition, CountRule, DateRule,
    FactorRule, FileRule, GravityRule, Mapping, MissingRule, PartsRule, QuantityRule,
    RowsPerDecision, UnitName, Unlisted, YesNoWords,
};
use crate::import::ComponentKind;
use crate::import::code::check_code;
use crate::import::date::parse_iso;
use crate::import::decimal::{Decimal, Marks};

/// The faults of a mapping, each with its path.
pub(super) fn check(mapping: &Mapping) -> Vec<(String, String)> {
    let mut c = Checker { faults: Vec::new() };
    for (path, text) in [
        ("source", Some(&mapping.source)),
        ("jurisdiction", Some(&mapping.jurisdiction)),
        ("policy", Some(&mapping.policy)),
        ("catalogue", mapping.catalogue.as_ref()),
    ] {
        if let Some(text) = text {
            c.code(path, text);
        }
    }
    c.file(&mapping.file);
    c.missing("missing", Some(&mapping.missing));
    c.decision(mapping);
    c.person(mapping);
    for (name, rule) in &mapping.circumstances {
        let path = format!("circumstances.{name}");
        c.code(&path, name);
        c.circumstance(&path, rule, &mapping.yes_no);
    }
    c.names(
        "counts",
        mapping.counts.iter().map(|count| count.name.as_str()),
    );
    for (at, rule) in mapping.counts.iter().enumerate() {
        c.count(&format!("counts[{at}]"), rule);
    }
    let counts: BTreeSet<&str> = mapping
        .counts
        .iter()
        .map(|count| count.name.as_str())
        .collect();
    c.names(
        "components",
        mapping
            .components
            .iter()
            .map(|component| component.name.as_str()),
    );
    if mapping.components.is_empty() {
        c.fault(
            "components",
            "no component is mapped: say what was imposed, at least one rule",
        );
    }
    for (at, rule) in mapping.components.iter().enumerate() {
        c.component(&format!("components[{at}]"), rule, &counts);
    }
    for (at, rule) in mapping.factors.iter().enumerate() {
        c.factor(&format!("factors[{at}]"), rule, &mapping.yes_no, &counts);
    }
    c.faults
}

struct Checker {
    faults: Vec<(String, String)>,
}

impl Checker {
    fn fault(&mut self, path: &str, text: impl Into<String>) {
        self.faults.push((path.to_owned(), text.into()));
    }

    fn code(&mut self, path: &str, text: &str) {
        if let Err(fault) = check_code(text) {
            self.fault(path, format!("{text:?} {fault}"));
        }
    }

    fn names<'n>(&mut self, list: &str, names: impl Iterator<Item = &'n str>) {
        let mut seen = BTreeSet::new();
        for (at, name) in names.enumerate() {
            let path = format!("{list}[{at}].name");
            self.code(&path, name);
            if !seen.insert(name) {
                self.fault(
                    &path,
                    format!("{name:?} names an earlier one of {list} already"),
                );
            }
        }
    }

    fn file(&mut self, file: &FileRule) {
        if let Some(mark) = &file.delimiter {
            let one_ascii = mark.len() == 1 && !matches!(mark.as_str(), "\"" | "\n" | "\r" | "\0");
            if mark != "tab" && !one_ascii {
                let text = format!("{mark:?} is not a delimiter: give one ASCII character, or tab");
                self.fault("file.delimiter", text);
            }
        }
        for (path, mark) in [
            ("file.decimal_mark", file.decimal_mark),
            ("file.thousands_mark", file.thousands_mark),
        ] {
            if let Some(mark) = mark.filter(|mark| mark.is_alphanumeric() || "+-".contains(*mark)) {
                self.fault(
                    path,
                    format!("{mark:?} cannot be told from the number itself"),
                );
            }
        }
        if file.thousands_mark == Some(file.decimal_mark.unwrap_or('.')) {
            let text = "is also the decimal mark: numbers could be read in two ways";
            self.fault("file.thousands_mark", text);
        }
        self.columns("file.header", file.header.iter().flatten());
        self.columns("file.key", file.key.iter());
        if file.rows_per_decision == RowsPerDecision::Several && file.key.is_empty() {
            let text = "needs file.key: the columns that rows of one decision share";
            self.fault("file.rows_per_decision", text);
        }
    }

    fn columns<'n>(&mut self, list: &str, columns: impl Iterator<Item = &'n String>) {
        let mut seen = BTreeSet::new();
        for (at, column) in columns.enumerate() {
            let path = format!("{list}[{at}]");
            if column.trim().is_empty() {
                self.fault(&path, "is empty: give the column's name");
            } else if !seen.insert(column) {
                self.fault(&path, format!("{column:?} stands in the list twice"));
            }
        }
    }

    fn decision(&mut self, mapping: &Mapping) {
        let rule = &mapping.decision;
        self.date("decision.decided", Some(&rule.decided));
        self.code_rule("decision.court", rule.court.as_ref(), None);
        self.code_rule("decision.hearing", rule.hearing.as_ref(), None);
        self.code_rule("decision.case", rule.case.as_ref(), None);
        self.quantity("decision.remand_credit", rule.remand_credit.as_ref(), TIME);
    }

    fn person(&mut self, mapping: &Mapping) {
        let rule = &mapping.person;
        if let Some(identity) = &rule.identity {
            self.code("person.identity.scheme", &identity.scheme);
            self.columns("person.identity.columns", identity.columns.iter());
            if identity.columns.is_empty() {
                self.fault(
                    "person.identity.columns",
                    "is empty: name at least one column",
                );
            }
            self.missing("person.identity.missing", identity.missing.as_ref());
        }
        self.code_rule("person.sex", rule.sex.as_ref(), None);
        self.date("person.born", rule.born.as_ref());
        if let Some(age) = &rule.age {
            self.no_keep("person.age", age.unlisted);
            self.missing("person.age.missing", age.missing.as_ref());
        }
    }

    fn missing(&mut self, path: &str, rule: Option<&MissingRule>) {
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

    fn no_keep(&mut self, path: &str, unlisted: Option<Unlisted>) {
        if unlisted == Some(Unlisted::Keep) {
            let path = format!("{path}.unlisted");
            self.fault(
                &path,
                "\"keep\" is for codes: choose \"reject\" or \"not_recorded\"",
            );
        }
    }

    fn table(&mut self, path: &str, table: &BTreeMap<String, String>, allowed: Option<&[&str]>) {
        for (cell, code) in table {
            let path = format!("{path}.{cell}");
            if cell.is_empty() {
                let text = "an empty cell is never an answer: list it under missing, if at all";
                self.fault(&path, text);
            }
            self.one_of(&path, code, allowed);
        }
    }

    fn one_of(&mut self, path: &str, code: &str, allowed: Option<&[&str]>) {
        match allowed {
            Some(allowed) if !allowed.contains(&code) => {
                self.fault(path, format!("{code:?} is none of {}", allowed.join(", ")));
            }
            Some(_) => {}
            None => self.code(path, code),
        }
    }

    fn code_rule(&mut self, path: &str, rule: Option<&CodeRule>, allowed: Option<&[&str]>) {
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

    fn date(&mut self, path: &str, rule: Option<&DateRule>) {
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

    fn quantity(&mut self, path: &str, rule: Option<&QuantityRule>, allowed: &[UnitName]) {
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

    fn parts(&mut self, path: &str, rule: &QuantityRule, parts: &PartsRule, allowed: &[UnitName]) {
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

    fn units(&mut self, path: &str, rule: &QuantityRule, allowed: &[UnitName]) {
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
            (Some(_), false) => {
                self.fault(
                    &format!("{path}.currency"),
                    "belongs to unit = \"money\" only",
                );
            }
            (None, false) => {}
        }
    }

    fn conditions(&mut self, path: &str, list: &[Condition]) {
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

    fn circumstance(&mut self, path: &str, rule: &CircumstanceRule, global: &YesNoWords) {
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

    fn yes_no(
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

    fn count(&mut self, path: &str, rule: &CountRule) {
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

    fn gravity(&mut self, path: &str, rule: &GravityRule) {
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

    fn component(&mut self, path: &str, rule: &ComponentRule, counts: &BTreeSet<&str>) {
        self.conditions(&format!("{path}.when"), &rule.when);
        self.conditions(&format!("{path}.when_any"), &rule.when_any);
        let principal = rule.principal_when.as_deref().unwrap_or_default();
        self.conditions(&format!("{path}.principal_when"), principal);
        self.count_name(path, rule.count.as_ref(), counts);
        self.code_rule(&format!("{path}.code"), rule.code.as_ref(), None);
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
        if rule.daily_rate.is_some() && rule.kind != ComponentKind::DayFine {
            self.fault(
                &format!("{path}.daily_rate"),
                "belongs to kind = \"day_fine\" only",
            );
        }
        self.quantity(
            &format!("{path}.default_term"),
            rule.default_term.as_ref(),
            TIME,
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

    fn factor(
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

    fn count_name(&mut self, path: &str, name: Option<&String>, counts: &BTreeSet<&str>) {
        if let Some(name) = name.filter(|name| !counts.contains(name.as_str())) {
            let text = format!("{name:?} is the name of no count");
            self.fault(&format!("{path}.count"), text);
        }
    }
}

const TIME: &[UnitName] = &[
    UnitName::Years,
    UnitName::Months,
    UnitName::Weeks,
    UnitName::Days,
];
const WORK: &[UnitName] = &[
    UnitName::Hours,
    UnitName::Minutes,
    UnitName::Sessions,
    UnitName::Days,
    UnitName::Weeks,
    UnitName::Months,
    UnitName::Years,
];
const ANY: &[UnitName] = &[
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
