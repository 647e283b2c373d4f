//! Single answers: lengths, amounts, dates and numbers, with what is wrong at its field.

use std::collections::BTreeMap;

use domain::jurisdiction::Pack;
use domain::values::{CivilDate, Decimal, Instant, Length, Money, Occurred, Term, TermUnit};

use crate::pages::casework::moment;
use crate::pages::page::Typed;

/// What is wrong, by field; what concerns no field stands under the empty name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::pages) struct Errors(pub(in crate::pages) BTreeMap<String, String>);

impl Errors {
    /// Something is wrong with a field; what was said of it first stays.
    pub(in crate::pages) fn say(&mut self, field: &str, said: impl Into<String>) {
        self.0
            .entry(field.to_owned())
            .or_insert_with(|| said.into());
    }

    /// What is wrong with a field.
    pub(in crate::pages) fn at(&self, field: &str) -> Option<String> {
        self.0.get(field).cloned()
    }
}

/// A length typed as years, months and days; a decimal of one of them stays one. Nothing when all three are empty.
pub(in crate::pages) fn length(typed: &Typed, name: &str, errors: &mut Errors) -> Option<Length> {
    let units = [
        ("years", TermUnit::Years),
        ("months", TermUnit::Months),
        ("days", TermUnit::Days),
    ];
    let mut given = Vec::new();
    for (word, unit) in units {
        let Some(text) = typed.get(&format!("{name}_{word}")) else {
            continue;
        };
        match Decimal::parse(text) {
            Ok(amount) => given.push((amount, unit)),
            Err(error) => errors.say(name, capital(&error.to_string())),
        }
    }
    if errors.at(name).is_some() || given.is_empty() {
        return None;
    }
    if let [(amount, unit)] = given.as_slice() {
        return Some(Length::of(*amount, *unit));
    }
    let mut term = Term::default();
    for (amount, unit) in given {
        let fits = amount.to_whole().and_then(|n| u32::try_from(n).ok());
        let small = fits.and_then(|n| u16::try_from(n).ok());
        match (unit, fits, small) {
            (TermUnit::Years, _, Some(years)) => term.years = years,
            (TermUnit::Months, _, Some(months)) => term.months = months,
            (_, Some(days), _) if unit == TermUnit::Days => term.days = days,
            _ => errors.say(
                name,
                "Give whole years, months and days; a decimal can only stand alone",
            ),
        }
    }
    errors.at(name).is_none().then_some(Length::Calendar(term))
}

/// An amount as some people write it, `250,50`, with a point. Three digits behind a comma may be thousands, and stay as
/// they are.
fn pointed(text: &str) -> std::borrow::Cow<'_, str> {
    match text.split_once(',') {
        Some((whole, part)) if (1..=2).contains(&part.len()) && !whole.contains('.') => {
            format!("{whole}.{part}").into()
        }
        _ => text.into(),
    }
}

/// An amount in the pack's currency, typed in its major unit.
pub(in crate::pages) fn money(
    typed: &Typed,
    law: &Pack,
    field: &str,
    errors: &mut Errors,
) -> Option<Money> {
    let text = typed.get(field)?;
    let read = Decimal::parse(&pointed(text))
        .map_err(|_| format!("{text:?} is not an amount: write it as 250 or 250.50"))
        .and_then(|amount| {
            Money::from_major(amount, law.currency.clone()).map_err(|e| capital(&e.to_string()))
        });
    read.map_err(|said| errors.say(field, said)).ok()
}

/// A date typed as three fields, as exactly as it was filled in.
pub(in crate::pages) fn date(typed: &Typed, name: &str, errors: &mut Errors) -> Option<CivilDate> {
    let part = |which: &str| typed.get(&format!("{name}_{which}"));
    let (day, month, year) = (part("day"), part("month"), part("year"));
    if year.is_none() && (month.is_some() || day.is_some()) {
        errors.say(name, "Give the year too");
        return None;
    }
    if month.is_none() && day.is_some() {
        errors.say(name, "Give the month too");
        return None;
    }
    let text = typed.date(name)?;
    let read = text
        .parse()
        .map_err(|_| format!("{text} is not a date: give day, month and a year of four digits"));
    read.map_err(|said| errors.say(name, said)).ok()
}

/// When something was decided: now, unless a day is typed, with its hour where it is known.
pub(in crate::pages) fn when(
    typed: &Typed,
    name: &str,
    (law, now): (&Pack, Instant),
    errors: &mut Errors,
) -> Occurred {
    let typed = moment(typed, name, law).unwrap_or_else(|said| {
        errors.say(name, said);
        None
    });
    typed.unwrap_or(Occurred::At(now))
}

/// A whole number.
pub(in crate::pages) fn whole(text: &str, words: &str) -> Result<u32, String> {
    text.parse().map_err(|_| {
        format!("{text:?} is not a whole number: give {words} in digits, without a sign")
    })
}

fn capital(text: &str) -> String {
    crate::pages::register::sentence_case(text)
}
