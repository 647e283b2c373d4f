//! Amounts as they are typed: hours as people write them, days, sessions.

use std::collections::BTreeSet;

use domain::values::{Decimal, Quantity, Unit};

use super::asked::{Wrong, text};
use crate::pages::components::Field;
use crate::pages::page::Typed;

/// The field of a unit.
pub(in crate::pages) fn amount_name(unit: Unit) -> &'static str {
    match unit {
        Unit::Minutes => "hours",
        Unit::Days => "days",
        Unit::Sessions => "sessions",
    }
}

/// A field for each unit in which something is counted; `what` ends the label, as in *Hours credited*.
pub(in crate::pages) fn amount_fields(
    typed: &Typed,
    units: &BTreeSet<Unit>,
    what: &str,
) -> Vec<Field> {
    let fields = units.iter().map(|unit| {
        let name = amount_name(*unit);
        let (label, sign) = match unit {
            Unit::Minutes => ("Hours", "h"),
            Unit::Days => ("Days", "days"),
            Unit::Sessions => ("Sessions", "sessions"),
        };
        let label = format!("{label} {what}");
        let field = Field::number(name, label.trim(), sign, text(typed, name));
        match unit {
            Unit::Minutes => field.hint("6.5 or 6:30 for six and a half"),
            Unit::Days | Unit::Sessions => field,
        }
    });
    fields.collect()
}

/// Hours as people write them, in minutes: `6`, `6.5`, `6,5`, `6:30`, `6h30` or, as the register says it, `6 h 30 min`.
pub(in crate::pages) fn hours(text: &str) -> Result<u32, String> {
    let said =
        || format!("{text:?} is not a number of hours: write 6, 6.5 or 6:30, in whole minutes");
    let written = text.trim_end_matches("min").trim_end();
    let minutes = match written.split_once([':', 'h']) {
        Some((hours, minutes)) => {
            let hours: u32 = hours.trim().parse().map_err(|_| said())?;
            let minutes = match minutes.trim() {
                "" if written.ends_with('h') => 0,
                minutes => minutes.parse::<u32>().map_err(|_| said())?,
            };
            let whole = (minutes < 60).then(|| hours.checked_mul(60)?.checked_add(minutes));
            whole.flatten()
        }
        None => Decimal::parse(&text.replace(',', "."))
            .ok()
            .and_then(|hours| hours.times_exact(60))
            .and_then(|minutes| u32::try_from(minutes).ok()),
    };
    minutes.ok_or_else(said)
}

/// An amount out of hours, days or sessions; nothing where all are empty.
pub(in crate::pages) fn quantity(typed: &Typed) -> Result<Option<Quantity>, Wrong> {
    let mut given = Vec::new();
    for unit in [Unit::Minutes, Unit::Days, Unit::Sessions] {
        if let Some(text) = typed.get(amount_name(unit)) {
            let amount = match unit {
                Unit::Minutes => hours(text),
                Unit::Days | Unit::Sessions => whole(text),
            };
            let amount = amount.map_err(|said| (amount_name(unit).to_owned(), said))?;
            given.push(Quantity::of(amount, unit));
        }
    }
    match given.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(*one)),
        [one, ..] => Err((
            amount_name(one.unit()).to_owned(),
            "Give hours, days or sessions, not several of them".to_owned(),
        )),
    }
}

pub(in crate::pages) fn whole(text: &str) -> Result<u32, String> {
    text.parse()
        .map_err(|_| format!("{text:?} is not a whole number: days and sessions are counted whole, write them in digits"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_people_write_them() {
        for (text, minutes) in [
            ("6", 360),
            ("6.5", 390),
            ("6,5", 390),
            ("6:30", 390),
            ("6h30", 390),
            ("6 h 30 min", 390),
            ("6h", 360),
            ("0:05", 5),
        ] {
            assert_eq!(hours(text), Ok(minutes), "{text}");
        }
        for text in ["six", "6:75", "6:", "-1", "0.001", "99999999999"] {
            assert!(hours(text).is_err(), "{text}");
        }
    }

    #[test]
    fn time_and_days_together_are_refused() {
        let typed = Typed::of(&[("hours", "1"), ("days", "2")]);
        assert_eq!(quantity(&typed).unwrap_err().0, "hours");
    }
}
