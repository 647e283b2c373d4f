//! Compiling rules that read cells.

use super::super::absent::Absent;
use super::super::condition::Test;
use super::super::decision::IdentityPlan;
use super::super::field::{Field, Input, Parse, Read};
use super::super::quantity::{self, Measure};
use super::super::values::{self, Codes};
use super::Columns;
use crate::import::date;
use crate::import::decimal::{Decimal, Marks};
use crate::import::mapping::{
    CodeRule, Condition, DateRule, FileRule, IdentityRule, MissingRule, NumberRule, Precision,
    QuantityRule, UnitName, Unlisted, YesNoWords,
};
use crate::import::report::RuleReport;
use crate::import::row::{FileDate, QuantityRow, Word};

/// Compiles rules that read cells against the columns of one file.
pub(in crate::import) struct Cells<'a> {
    pub(in crate::import) columns: &'a mut Columns,
    pub(in crate::import) marks: Marks,
    missing: &'a MissingRule,
    words: &'a YesNoWords,
}

impl<'a> Cells<'a> {
    pub(in crate::import) fn new(
        file: &FileRule,
        missing: &'a MissingRule,
        words: &'a YesNoWords,
        columns: &'a mut Columns,
    ) -> Self {
        let marks = Marks {
            point: file.decimal_mark.unwrap_or('.'),
            thousands: file.thousands_mark,
        };
        Self {
            columns,
            marks,
            missing,
            words,
        }
    }

    pub(in crate::import) fn identity(&mut self, path: &str, rule: &IdentityRule) -> IdentityPlan {
        let find = |name: &String| self.columns.find(name, path);
        IdentityPlan {
            scheme: Word::from(rule.scheme.as_str()),
            columns: rule.columns.iter().map(find).collect(),
            absent: self.absent(rule.missing.as_ref()),
            report: RuleReport {
                rule: path.into(),
                column: rule.columns.join(" + ").into(),
                ..RuleReport::default()
            },
        }
    }

    pub(super) fn yes_no(
        &self,
        yes: Option<&Vec<String>>,
        no: Option<&Vec<String>>,
        unlisted: Option<Unlisted>,
        absent: Absent,
    ) -> Parse<bool> {
        let words = self.words;
        let (yes, no) = (yes.unwrap_or(&words.yes), no.unwrap_or(&words.no));
        values::yes_no(yes.clone(), no.clone(), unlisted, absent)
    }

    pub(in crate::import) fn tests(&mut self, path: &str, list: &[Condition]) -> Vec<Test> {
        list.iter()
            .map(|condition| self.test(path, condition))
            .collect()
    }

    pub(super) fn test(&mut self, path: &str, condition: &Condition) -> Test {
        let column = self.columns.find(&condition.column, path);
        let bytes = |text: &String| Box::from(text.trim().as_bytes());
        if let Some(bound) = &condition.greater_than {
            let bound = Decimal::parse(bound, Marks::default()).unwrap_or(Decimal::whole(0));
            let parse = values::greater_than(bound, self.marks, self.absent(None));
            return Test::GreaterThan(Box::new(self.one(path, &condition.column, parse)));
        }
        match (&condition.equals, &condition.one_of, condition.present) {
            (Some(cell), _, _) => Test::Equals(column, bytes(cell)),
            (None, Some(cells), _) => Test::OneOf(column, cells.iter().map(bytes).collect()),
            (None, None, wanted) => {
                let wanted = wanted.unwrap_or(true);
                Test::Present {
                    column,
                    absent: self.absent(None),
                    wanted,
                }
            }
        }
    }

    pub(in crate::import) fn code(
        &mut self,
        path: &str,
        rule: Option<&CodeRule>,
    ) -> Option<Field<Word>> {
        let rule = rule?;
        let field = if let Some(constant) = &rule.constant {
            Field::constant(path, Word::from(constant.as_str()))
        } else {
            let parse = self.codes(rule).parse();
            self.one(path, rule.column.as_deref().unwrap_or_default(), parse)
        };
        Some(field)
    }

    pub(in crate::import) fn choice<T: Clone + 'static>(
        &mut self,
        path: &str,
        rule: &CodeRule,
        meaning: fn(&str) -> Option<T>,
    ) -> Field<T> {
        if let Some(constant) = rule.constant.as_deref().and_then(meaning) {
            Field::constant(path, constant)
        } else {
            let parse = self.codes(rule).choice(meaning);
            self.one(path, rule.column.as_deref().unwrap_or_default(), parse)
        }
    }

    pub(super) fn codes(&self, rule: &CodeRule) -> Codes {
        let absent = self.absent(rule.missing.as_ref());
        Codes::new(&rule.values, rule.unlisted, rule.rewrite, absent)
    }

    pub(in crate::import) fn date(&mut self, path: &str, rule: &DateRule) -> Field<FileDate> {
        let absent = self.absent(rule.missing.as_ref());
        let precision = rule.precision.unwrap_or(Precision::Day);
        if let Some(date) = rule
            .constant
            .as_deref()
            .and_then(|text| date::parse_iso(text).ok())
        {
            return Field::constant(path, date::at_most(date, precision));
        }
        if let Some(column) = &rule.column {
            let format = rule.format.unwrap_or_default();
            return self.one(path, column, values::whole_date(format, precision, absent));
        }
        let parts = [&rule.year, &rule.month, &rule.day];
        let columns: Vec<&str> = parts.into_iter().filter_map(Option::as_deref).collect();
        self.several(path, &columns, values::parted_date(precision, absent))
    }

    pub(in crate::import) fn quantity(
        &mut self,
        path: &str,
        rule: Option<&QuantityRule>,
    ) -> Option<Field<QuantityRow>> {
        let rule = rule?;
        let absent = self.absent(rule.missing.as_ref());
        if let Some(parts) = &rule.parts {
            let named = [
                (UnitName::Years, &parts.years),
                (UnitName::Months, &parts.months),
                (UnitName::Weeks, &parts.weeks),
                (UnitName::Days, &parts.days),
            ];
            let named = named
                .into_iter()
                .filter_map(|(unit, name)| Some((unit, name.as_deref()?)));
            let (units, columns): (Vec<UnitName>, Vec<&str>) = named.unzip();
            return Some(self.several(path, &columns, quantity::parts(units, self.marks, absent)));
        }
        let measure = Measure::new(rule, self.marks, absent);
        let constant = rule
            .constant
            .as_deref()
            .and_then(|number| measure.constant(number));
        if let Some(constant) = constant {
            return Some(Field::constant(path, constant));
        }
        let column = rule.column.as_deref().unwrap_or_default();
        Some(match &rule.unit_column {
            Some(unit) => self.several(path, &[column, unit], measure.parse_with_unit()),
            None => self.one(path, column, measure.parse()),
        })
    }

    pub(in crate::import) fn one<T: Clone>(
        &mut self,
        path: &str,
        column: &str,
        parse: Parse<T>,
    ) -> Field<T> {
        let at = self.columns.find(column, path);
        Field::new(path, column, Input::One(at), parse)
    }

    pub(super) fn several<T: Clone>(
        &mut self,
        path: &str,
        names: &[&str],
        parse: Parse<T>,
    ) -> Field<T> {
        let columns = names
            .iter()
            .map(|name| self.columns.find(name, path))
            .collect();
        Field::new(path, &names.join(" + "), Input::Several(columns), parse)
    }

    /// A whole number up to `most`.
    pub(in crate::import) fn number(
        &mut self,
        path: &str,
        rule: &NumberRule,
        most: u16,
    ) -> Field<u16> {
        let absent = self.absent(rule.missing.as_ref());
        let parse = values::whole(self.marks, most.into(), rule.unlisted, absent);
        let parse = mapped(parse, |number| u16::try_from(number).unwrap_or(u16::MAX));
        self.one(path, &rule.column, parse)
    }

    pub(in crate::import) fn absent(&self, rule: Option<&MissingRule>) -> Absent {
        Absent::new(self.missing, rule)
    }
}

pub(in crate::import) fn mapped<A: 'static, B: 'static>(
    parse: Parse<A>,
    meaning: fn(A) -> B,
) -> Parse<B> {
    Box::new(move |cell| {
        let Read { answer, note } = parse(cell)?;
        Ok(Read {
            answer: answer.map(meaning),
            note,
        })
    })
}
