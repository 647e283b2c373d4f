//! Reading cells: codes, answers, numbers, dates.

use std::collections::BTreeMap;

use super::absent::Absent;
use super::field::{BETWEEN, Outcome, Parse, Read};
use crate::import::code::{check_code, with_underscores};
use crate::import::date::{self, DateFault};
use crate::import::decimal::{Decimal, Marks};
use crate::import::fault::Reason;
use crate::import::mapping::{DateFormat, GravityRule, Precision, Rewrite, Unlisted};
use crate::import::row::{AnswerRow, FileDate, Known, Word};

/// What becomes of a cell that is no answer of the expected kind.
fn unlisted<T>(rule: Option<Unlisted>, reason: Reason) -> Outcome<T> {
    match rule {
        Some(Unlisted::NotRecorded) => Ok(Read {
            answer: Known::NotRecorded,
            note: Some(reason),
        }),
        Some(Unlisted::Reject | Unlisted::Keep) | None => Err(reason),
    }
}

/// How cells become codes.
pub(super) struct Codes {
    table: BTreeMap<String, Word>,
    unlisted: Unlisted,
    rewrite: Option<Rewrite>,
    absent: Absent,
}

impl Codes {
    pub(super) fn new(
        values: &BTreeMap<String, String>,
        unlisted: Option<Unlisted>,
        rewrite: Option<Rewrite>,
        absent: Absent,
    ) -> Self {
        let table = values
            .iter()
            .map(|(cell, code)| (cell.clone(), Word::from(code.as_str())))
            .collect::<BTreeMap<_, _>>();
        let by_itself = if table.is_empty() {
            Unlisted::Keep
        } else {
            Unlisted::Reject
        };
        Self {
            table,
            unlisted: unlisted.unwrap_or(by_itself),
            rewrite,
            absent,
        }
    }

    /// The two cells of a grid, joined, to the level where they meet.
    pub(super) fn grid(rule: &GravityRule, absent: Absent) -> Self {
        let mut table = BTreeMap::new();
        for (first, levels) in &rule.grid {
            for (second, level) in levels {
                table.insert(
                    format!("{first}{BETWEEN}{second}"),
                    Word::from(level.as_str()),
                );
            }
        }
        let unlisted = rule.unlisted.unwrap_or(Unlisted::Reject);
        Self {
            table,
            unlisted,
            rewrite: None,
            absent,
        }
    }

    fn read(&self, cell: &str) -> Outcome<Word> {
        if let Some(word) = self.table.get(cell) {
            return Ok(Known::Value(word.clone()).into());
        }
        if let Some(absent) = cell.split(BETWEEN).find_map(|cell| self.absent.of(cell)) {
            return Ok(absent.into());
        }
        if self.unlisted != Unlisted::Keep {
            return unlisted(Some(self.unlisted), Reason::Unlisted);
        }
        let rewritten = self
            .rewrite
            .map(|Rewrite::Underscores| with_underscores(cell));
        let code = rewritten.as_deref().unwrap_or(cell);
        check_code(code)?;
        Ok(Known::Value(Word::from(code)).into())
    }

    pub(super) fn parse(self) -> Parse<Word> {
        Box::new(move |cell| self.read(cell))
    }

    pub(super) fn answers(self) -> Parse<AnswerRow> {
        Box::new(move |cell| {
            let Read { answer, note } = self.read(cell)?;
            Ok(Read {
                answer: answer.map(AnswerRow::Code),
                note,
            })
        })
    }

    /// Codes that stand for one of a closed list.
    pub(super) fn choice<T: 'static>(self, meaning: fn(&str) -> Option<T>) -> Parse<T> {
        Box::new(move |cell| {
            let Read { answer, note } = self.read(cell)?;
            let answer = match answer {
                Known::Value(word) => Known::Value(meaning(&word).ok_or(Reason::Unlisted)?),
                Known::NotRecorded => Known::NotRecorded,
                Known::NotAsked => Known::NotAsked,
                Known::Declined => Known::Declined,
            };
            Ok(Read { answer, note })
        })
    }
}

/// Yes or no.
pub(super) fn yes_no(
    yes: Vec<String>,
    no: Vec<String>,
    other: Option<Unlisted>,
    absent: Absent,
) -> Parse<bool> {
    Box::new(move |cell| {
        if yes.iter().any(|listed| listed == cell) {
            Ok(Known::Value(true).into())
        } else if no.iter().any(|listed| listed == cell) {
            Ok(Known::Value(false).into())
        } else {
            match absent.of(cell) {
                Some(absent) => Ok(absent.into()),
                None => unlisted(other, Reason::NeitherYesNorNo),
            }
        }
    })
}

/// A whole number up to `most`.
pub(in crate::import) fn whole(
    marks: Marks,
    most: u64,
    other: Option<Unlisted>,
    absent: Absent,
) -> Parse<u64> {
    Box::new(move |cell| match absent.of(cell) {
        Some(absent) => Ok(absent.into()),
        None => match whole_number(cell, marks, most) {
            Ok(number) => Ok(Known::Value(number).into()),
            Err(reason) => unlisted(other, reason),
        },
    })
}

pub(super) fn whole_number(cell: &str, marks: Marks, most: u64) -> Result<u64, Reason> {
    let number = Decimal::parse(cell, marks).map_err(|fault| Reason::number(fault, marks.point))?;
    let whole = number.to_whole().ok_or(Reason::NotWhole)?;
    if whole > most {
        Err(Reason::MoreThan(most))
    } else {
        Ok(whole)
    }
}

/// Whether a number is greater than a bound; an absent one is not.
pub(super) fn greater_than(bound: Decimal, marks: Marks, absent: Absent) -> Parse<bool> {
    Box::new(move |cell| {
        if absent.of::<bool>(cell).is_some() {
            return Ok(Known::Value(false).into());
        }
        let number = Decimal::parse(cell, marks);
        let number = number.map_err(|fault| Reason::number(fault, marks.point))?;
        Ok(Known::Value(number.exceeds(bound)).into())
    })
}

/// A date in one cell.
pub(super) fn whole_date(
    format: DateFormat,
    precision: Precision,
    absent: Absent,
) -> Parse<FileDate> {
    Box::new(move |cell| {
        if let Some(absent) = absent.of(cell) {
            return Ok(absent.into());
        }
        let date = date::parse_date(cell, format);
        let date = date.map_err(|fault| date_reason(fault, shape(format)))?;
        Ok(Known::Value(date::at_most(date, precision)).into())
    })
}

/// A date in the cells of its year and, where they are known, month and day.
pub(super) fn parted_date(precision: Precision, absent: Absent) -> Parse<FileDate> {
    Box::new(move |cells| {
        let mut cells = cells.split(BETWEEN);
        let year = cells.next().unwrap_or_default();
        if let Some(absent) = absent.of(year) {
            return Ok(absent.into());
        }
        let mut part = || cells.next().filter(|cell| absent.of::<()>(cell).is_none());
        let (month, day) = (part(), part());
        let date = date::year_of(year).and_then(|year| date::date(year, month, day));
        let date = date.map_err(|fault| date_reason(fault, "year, month and day in figures"))?;
        Ok(Known::Value(date::at_most(date, precision)).into())
    })
}

fn date_reason(fault: DateFault, shape: &'static str) -> Reason {
    match fault {
        DateFault::Format => Reason::NotADate(shape),
        DateFault::NoSuchDay => Reason::NoSuchDay,
    }
}

fn shape(format: DateFormat) -> &'static str {
    match format {
        DateFormat::Iso => "2024-05-31 (format = \"iso\")",
        DateFormat::DayMonthYear => "31.05.2024 (format = \"day_month_year\")",
        DateFormat::MonthDayYear => "05/31/2024 (format = \"month_day_year\")",
        DateFormat::Compact => "20240531 (format = \"compact\")",
        DateFormat::MonthYear => "05/2024 (format = \"month_year\")",
    }
}
