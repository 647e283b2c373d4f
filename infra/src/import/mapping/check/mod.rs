//! What a mapping must be beyond its shape. All faults are found in one go.

mod cells;
mod imposed;

use std::collections::BTreeSet;

use cells::TIME;
pub(in crate::import) use cells::WORK;

use super::{FileRule, IdentityRule, Mapping, RowsPerDecision};
use crate::import::code::check_code;

/// The faults of a mapping, each with its path.
pub(super) fn check(mapping: &Mapping) -> Vec<(String, String)> {
    let mut c = Checker::default();
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

/// Collects what is wrong with a mapping.
#[derive(Default)]
pub(in crate::import) struct Checker {
    pub(in crate::import) faults: Vec<(String, String)>,
}

impl Checker {
    pub(in crate::import) fn fault(&mut self, path: &str, text: impl Into<String>) {
        self.faults.push((path.to_owned(), text.into()));
    }

    pub(in crate::import) fn code(&mut self, path: &str, text: &str) {
        if let Err(fault) = check_code(text) {
            self.fault(path, format!("{text:?} {fault}"));
        }
    }

    pub(in crate::import) fn names<'n>(
        &mut self,
        list: &str,
        names: impl Iterator<Item = &'n str>,
    ) {
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

    pub(in crate::import) fn file(&mut self, file: &FileRule) {
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

    pub(in crate::import) fn columns<'n>(
        &mut self,
        list: &str,
        columns: impl Iterator<Item = &'n String>,
    ) {
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

    pub(super) fn decision(&mut self, mapping: &Mapping) {
        let rule = &mapping.decision;
        self.date("decision.decided", Some(&rule.decided));
        self.code_rule("decision.court", rule.court.as_ref(), None);
        self.code_rule("decision.hearing", rule.hearing.as_ref(), None);
        self.code_rule("decision.case", rule.case.as_ref(), None);
        self.quantity("decision.remand_credit", rule.remand_credit.as_ref(), TIME);
    }

    pub(super) fn person(&mut self, mapping: &Mapping) {
        let rule = &mapping.person;
        if let Some(identity) = &rule.identity {
            self.identity("person.identity", identity);
        }
        self.code_rule("person.sex", rule.sex.as_ref(), None);
        self.date("person.born", rule.born.as_ref());
        if let Some(age) = &rule.age {
            self.no_keep("person.age", age.unlisted);
            self.missing("person.age.missing", age.missing.as_ref());
        }
    }

    pub(in crate::import) fn identity(&mut self, path: &str, rule: &IdentityRule) {
        self.code(&format!("{path}.scheme"), &rule.scheme);
        let columns = format!("{path}.columns");
        self.some_columns(&columns, &rule.columns);
        self.missing(&format!("{path}.missing"), rule.missing.as_ref());
    }

    /// Columns of which there is at least one.
    pub(in crate::import) fn some_columns(&mut self, path: &str, columns: &[String]) {
        self.columns(path, columns.iter());
        if columns.is_empty() {
            self.fault(path, "is empty: name at least one column");
        }
    }
}
