//! Reading quantities: numbers with their unit, terms in parts, money in minor units.

use std::collections::BTreeMap;

use super::absent::Absent;
use super::field::{BETWEEN, Outcome, Parse};
use super::values::whole_number;
use crate::import::decimal::{Decimal, Marks};
use crate::import::fault::Reason;
use crate::import::mapping::{QuantityRule, SpecialLength, UnitName};
use crate::import::row::{AmountUnit, Known, QuantityRow, Word};

/// The most years, months, weeks or days that one part of a term may be.
const MOST_PARTS: u64 = 100_000;

/// What turns a number into a quantity.
#[derive(Clone)]
pub(super) struct Measure {
    marks: Marks,
    times: u64,
    unit: Option<UnitName>,
    units: BTreeMap<String, UnitName>,
    currency: Option<Word>,
    special: BTreeMap<String, SpecialLength>,
    absent: Absent,
}

impl Measure {
    pub(super) fn new(rule: &QuantityRule, marks: Marks, absent: Absent) -> Self {
        Self {
            marks,
            times: u64::from(rule.times.unwrap_or(1)),
            unit: rule.unit,
            units: rule.units.clone(),
            currency: rule.currency.as_deref().map(Word::from),
            special: rule.special.clone(),
            absent,
        }
    }

    /// The quantity of a constant number, whose unit the mapping gives.
    pub(super) fn constant(&self, number: &str) -> Option<QuantityRow> {
        let decimal = Decimal::parse(number, Marks::default()).ok()?;
        self.quantity(decimal, self.unit?).ok()
    }

    /// Reads a number whose unit the mapping gives.
    pub(super) fn parse(self) -> Parse<QuantityRow> {
        Box::new(move |cell| match self.unit {
            Some(unit) => self.read(cell, unit),
            None => Err(Reason::UnknownUnit),
        })
    }

    /// Reads a number beside the cell that names its unit.
    pub(super) fn parse_with_unit(self) -> Parse<QuantityRow> {
        Box::new(move |cells| {
            let (number, unit) = cells.split_once(BETWEEN).unwrap_or((cells, ""));
            if let Some(absent) = self.absent.of(number) {
                return Ok(absent.into());
            }
            if let Some(special) = self.special.get(number) {
                return Ok(Known::Value(special_length(*special)).into());
            }
            let unit = self.units.get(unit).ok_or(Reason::UnknownUnit)?;
            self.read(number, *unit)
        })
    }

    fn read(&self, cell: &str, unit: UnitName) -> Outcome<QuantityRow> {
        if let Some(special) = self.special.get(cell) {
            return Ok(Known::Value(special_length(*special)).into());
        }
        if let Some(absent) = self.absent.of(cell) {
            return Ok(absent.into());
        }
        let number = Decimal::parse(cell, self.marks);
        let number = number.map_err(|fault| Reason::number(fault, self.marks.point))?;
        let number = number.times(self.times).ok_or(Reason::TooLong)?;
        Ok(Known::Value(self.quantity(number, unit)?).into())
    }

    fn quantity(&self, amount: Decimal, unit: UnitName) -> Result<QuantityRow, Reason> {
        let unit = match unit {
            UnitName::Years => AmountUnit::Years,
            UnitName::Months => AmountUnit::Months,
            UnitName::Weeks => AmountUnit::Weeks,
            UnitName::Days => AmountUnit::Days,
            UnitName::Hours => AmountUnit::Hours,
            UnitName::Minutes => AmountUnit::Minutes,
            UnitName::Sessions => AmountUnit::Sessions,
            UnitName::FineUnits => AmountUnit::FineUnits,
            UnitName::Money => return self.money(amount),
        };
        Ok(QuantityRow::Amount { amount, unit })
    }

    fn money(&self, major: Decimal) -> Result<QuantityRow, Reason> {
        let currency = self.currency.clone().unwrap_or_else(|| Word::from("XXX"));
        let decimals = minor_decimals(&currency);
        let minor = major.times_exact(10_u64.pow(decimals));
        match minor {
            Some(minor) => Ok(QuantityRow::Money { minor, currency }),
            None => Err(Reason::TooFine {
                currency: currency.to_string(),
                decimals,
            }),
        }
    }
}

fn special_length(special: SpecialLength) -> QuantityRow {
    match special {
        SpecialLength::Life => QuantityRow::Life,
        SpecialLength::Indeterminate => QuantityRow::Indeterminate,
    }
}

/// Decimals of a currency's minor unit: two unless ISO 4217 says otherwise.
fn minor_decimals(currency: &str) -> u32 {
    match currency {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX"
        | "VND" | "VUV" | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        _ => 2,
    }
}

/// Reads a term from the cells of its parts, in the order of `units`.
pub(super) fn parts(units: Vec<UnitName>, marks: Marks, absent: Absent) -> Parse<QuantityRow> {
    Box::new(move |cells| {
        let (mut years, mut months, mut weeks, mut days) = (0, 0, 0, 0);
        let mut first_absent: Option<Known<QuantityRow>> = None;
        let mut filled = false;
        for (cell, unit) in cells.split(BETWEEN).zip(&units) {
            if let Some(kind) = absent.of(cell) {
                first_absent.get_or_insert(kind);
                continue;
            }
            let number = whole_number(cell, marks, MOST_PARTS)?;
            let number = u32::try_from(number).map_err(|_| Reason::MoreThan(MOST_PARTS))?;
            filled = true;
            match unit {
                UnitName::Years => years = number,
                UnitName::Months => months = number,
                UnitName::Weeks => weeks = number,
                _ => days = number,
            }
        }
        match first_absent {
            Some(absent) if !filled => Ok(absent.into()),
            _ => Ok(Known::Value(QuantityRow::Calendar {
                years,
                months,
                weeks,
                days,
            })
            .into()),
        }
    })
}
