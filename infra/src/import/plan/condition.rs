//! Conditions on a row: a closed vocabulary of questions about one column each.

use csv::ByteRecord;

use super::absent::Absent;
use super::field::{Field, Findings};
use crate::import::report::RuleReport;
use crate::import::row::Known;

/// One compiled condition.
pub(in crate::import) enum Test {
    Equals(usize, Box<[u8]>),
    OneOf(usize, Vec<Box<[u8]>>),
    Present {
        column: usize,
        absent: Absent,
        wanted: bool,
    },
    GreaterThan(Box<Field<bool>>),
}

impl Test {
    fn holds(&mut self, cells: &ByteRecord, findings: &mut Findings) -> bool {
        let cell = |column: usize| cells.get(column).unwrap_or_default().trim_ascii();
        match self {
            Self::Equals(column, wanted) => cell(*column) == &**wanted,
            Self::OneOf(column, wanted) => {
                let cell = cell(*column);
                wanted.iter().any(|wanted| &**wanted == cell)
            }
            Self::Present {
                column,
                absent,
                wanted,
            } => {
                let text = std::str::from_utf8(cell(*column)).unwrap_or_default();
                absent.of::<()>(text).is_none() == *wanted
            }
            Self::GreaterThan(field) => field.read(cells, findings) == Known::Value(true),
        }
    }

    fn report(&self) -> Option<&RuleReport> {
        match self {
            Self::GreaterThan(field) => Some(field.report()).filter(|report| report.rejected > 0),
            Self::Equals(..) | Self::OneOf(..) | Self::Present { .. } => None,
        }
    }
}

/// Conditions that must all hold; none hold always.
#[derive(Default)]
pub(in crate::import) struct All(pub(in crate::import) Vec<Test>);

impl All {
    pub(in crate::import) fn hold(&mut self, cells: &ByteRecord, findings: &mut Findings) -> bool {
        self.0.iter_mut().all(|test| test.holds(cells, findings))
    }

    pub(in crate::import) fn reports(&self) -> impl Iterator<Item = &RuleReport> {
        self.0.iter().filter_map(Test::report)
    }
}

/// Conditions of which one must hold; none hold always.
#[derive(Default)]
pub(super) struct AnyOf(pub(super) Vec<Test>);

impl AnyOf {
    pub(in crate::import) fn hold(&mut self, cells: &ByteRecord, findings: &mut Findings) -> bool {
        self.0.is_empty() || self.0.iter_mut().any(|test| test.holds(cells, findings))
    }

    pub(in crate::import) fn reports(&self) -> impl Iterator<Item = &RuleReport> {
        self.0.iter().filter_map(Test::report)
    }
}
