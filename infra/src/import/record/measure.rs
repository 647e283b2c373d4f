//! Lengths, amounts and dates of a file in the register's own.

use domain::values::{CivilDate, Day, Decimal, Length, Quantity, Term, TermUnit};

use crate::import::row::{AmountUnit, FileDate, QuantityRow};

pub(in crate::import) fn quantity(said: &QuantityRow) -> Option<Quantity> {
    let QuantityRow::Amount { amount, unit } = said else {
        return None;
    };
    let whole = |factor: u64| {
        let exact = amount.times_exact(factor)?;
        u32::try_from(exact).ok()
    };
    match unit {
        AmountUnit::Hours => whole(60).map(Quantity::Minutes),
        AmountUnit::Minutes => whole(1).map(Quantity::Minutes),
        AmountUnit::Days => whole(1).map(Quantity::Days),
        AmountUnit::Sessions => whole(1).map(Quantity::Sessions),
        AmountUnit::Years | AmountUnit::Months | AmountUnit::Weeks | AmountUnit::FineUnits => None,
    }
}

pub(in crate::import) fn length(said: &QuantityRow) -> Option<Length> {
    match said {
        QuantityRow::Amount { amount, unit } => {
            let unit = match unit {
                AmountUnit::Years => TermUnit::Years,
                AmountUnit::Months => TermUnit::Months,
                AmountUnit::Weeks => TermUnit::Weeks,
                AmountUnit::Days => TermUnit::Days,
                AmountUnit::Hours
                | AmountUnit::Minutes
                | AmountUnit::Sessions
                | AmountUnit::FineUnits => return None,
            };
            let amount = match amount.to_whole() {
                Some(whole) => Decimal::whole(whole),
                None => Decimal::parse(&amount.to_string()).ok()?,
            };
            Some(Length::of(amount, unit))
        }
        QuantityRow::Calendar {
            years,
            months,
            weeks,
            days,
        } => Some(Length::Calendar(Term {
            years: u16::try_from(*years).ok()?,
            months: u16::try_from(*months).ok()?,
            days: weeks.checked_mul(7)?.checked_add(*days)?,
        })),
        QuantityRow::Money { .. } | QuantityRow::Life | QuantityRow::Indeterminate => None,
    }
}

/// The completed years, at least and at most, that somebody born then has at a decision.
pub(super) fn ages(born: FileDate, decided: FileDate) -> (u16, u16) {
    let (first, last) = (bounds(born), bounds(decided));
    let years = |from: (u16, u8, u8), to: (u16, u8, u8)| {
        let whole = to.0.saturating_sub(from.0);
        let not_yet = (to.1, to.2) < (from.1, from.2);
        whole.saturating_sub(u16::from(not_yet))
    };
    (years(first.1, last.0), years(first.0, last.1))
}

/// The first and the last day that a date may mean.
fn bounds(date: FileDate) -> ((u16, u8, u8), (u16, u8, u8)) {
    match date {
        FileDate::Year(year) => ((year, 1, 1), (year, 12, 31)),
        FileDate::Month { year, month } => ((year, month, 1), (year, month, 31)),
        FileDate::Day { year, month, day } => ((year, month, day), (year, month, day)),
    }
}

pub(in crate::import) fn civil(date: FileDate) -> CivilDate {
    let short = |year: u16| i16::try_from(year).unwrap_or(i16::MAX);
    match date {
        FileDate::Year(year) => CivilDate::Year(short(year)),
        FileDate::Month { year, month } => CivilDate::Month {
            year: short(year),
            month,
        },
        FileDate::Day { year, month, day } => {
            let exact = Day::of(year.into(), month.into(), day.into());
            exact.map_or(CivilDate::Year(short(year)), CivilDate::Day)
        }
    }
}
