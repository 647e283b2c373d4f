//! What has to be filled in and is not, and what cannot be read: all of it at once.

use domain::values::{CivilDate, Day, Length, PersonId};

use super::ask::{Asking, MOST, asked_as, is_absence, joined};
use super::shape::{Part, Shape};
use crate::pages::casework::{Wrong, moment};

impl Asking<'_> {
    /// Every field that has to be filled in and is not, or that cannot be read, in the order of the form.
    pub(super) fn missing(&self, parts: &[Part], before: &str) -> Vec<Wrong> {
        let mut missing = Vec::new();
        for part in parts {
            let name = asked_as(before, &part.name);
            self.missing_in(
                &part.shape,
                &name,
                &part.label,
                part.is_required,
                &mut missing,
            );
        }
        missing
    }

    fn missing_in(
        &self,
        shape: &Shape,
        name: &str,
        label: &str,
        is_required: bool,
        missing: &mut Vec<Wrong>,
    ) {
        if let Some(said) = self.unread(shape, name) {
            missing.push((name.to_owned(), said));
            return;
        }
        // What is done now needs no day, and what an empty list lacks its own rules say.
        let is_empty = self.value(shape, name, false).is_none();
        match shape {
            Shape::Record(parts) if is_required && is_empty => {
                missing.extend(self.missing(parts, name));
                return;
            }
            Shape::When | Shape::List(_) | Shape::Record(_) => {}
            _ if is_required && is_empty => {
                missing.push((name.to_owned(), format!("{label}: fill this in")));
                return;
            }
            _ => {}
        }
        match shape {
            Shape::Record(parts) if self.is_typed(name) => {
                missing.extend(self.missing(parts, name));
            }
            Shape::List(inner) => {
                if let Shape::Record(parts) = inner.as_ref() {
                    for no in 0..MOST {
                        let below = joined(name, &no.to_string());
                        if self.is_typed(&below) {
                            missing.extend(self.missing(parts, &below));
                        }
                    }
                }
            }
            Shape::Known(inner) => {
                if let Some(said) = self.unread(inner, name) {
                    missing.push((name.to_owned(), said));
                }
            }
            Shape::Choice(variants) => {
                let word = self.typed.get(name);
                let chosen = variants.iter().find(|v| Some(v.word.as_str()) == word);
                if let Some((variant, shape)) = chosen.and_then(|v| Some((v, v.holds.as_ref()?))) {
                    let below = joined(name, &variant.word);
                    self.missing_in(shape, &below, &variant.title, true, missing);
                }
            }
            _ => {}
        }
    }

    /// What is wrong with what was typed into a field by itself; nothing where it can be read.
    fn unread(&self, shape: &Shape, name: &str) -> Option<String> {
        let typed = self.typed;
        match shape {
            Shape::When => moment(typed, name, self.law).err(),
            Shape::Day => {
                let text = typed.date(name)?;
                let day = text.parse::<Day>();
                day.err().map(|_| {
                    format!("{text} is not a day: give day, month and a year of four digits")
                })
            }
            Shape::Date => {
                let text = typed.date(name)?;
                let date = text.parse::<CivilDate>();
                date.err().map(|_| {
                    format!(
                        "{text} is not a date: give the year, and the month and day that are known"
                    )
                })
            }
            Shape::Number => {
                let text = typed.get(name).filter(|text| !is_absence(text))?;
                let number = text.parse::<u64>();
                number
                    .err()
                    .map(|_| format!("{text:?} is not a whole number: write it in digits"))
            }
            Shape::Length => {
                let text = typed.get(name)?;
                let said = "is not a length: write years, months and days as P1Y6M or P30D";
                text.parse::<Length>()
                    .err()
                    .map(|_| format!("{text:?} {said}"))
            }
            Shape::Id => {
                let text = typed.get(name)?;
                let said = "is not a whole reference: copy it from the page of what it names";
                text.parse::<PersonId>()
                    .err()
                    .map(|_| format!("{text:?} {said}"))
            }
            Shape::Words
            | Shape::Code(_)
            | Shape::State
            | Shape::Choice(_)
            | Shape::Known(_)
            | Shape::List(_)
            | Shape::Answers(_)
            | Shape::Record(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::custody::CustodyCommand;

    use super::super::shape::variants;
    use super::*;
    use crate::pages::casework::midland;
    use crate::pages::page::Typed;

    #[test]
    fn all_that_is_missing_or_cannot_be_read_is_said_at_once() {
        let law = midland();
        let all = variants::<CustodyCommand>();
        let admit = all.iter().find(|variant| variant.word == "admit");
        let Some(Shape::Record(parts)) = admit.and_then(|v| v.holds.as_ref()) else {
            panic!("it holds parts");
        };
        let typed = Typed::of(&[
            ("person", "Ana"),
            ("admitted_day", "1"),
            ("admitted_month", "3"),
            ("admitted_year", "2026"),
            ("admitted_hour", "25:00"),
            ("commitment.basis", "other"),
            ("commitment.until_day", "31"),
            ("commitment.until_month", "2"),
            ("commitment.until_year", "2026"),
            ("reception.age", "forty"),
        ]);
        let asking = Asking {
            law: &law,
            typed: &typed,
            now: String::new(),
            open: &[],
            of: ("", ""),
        };
        let wrong = asking.missing(parts, "");
        let named: Vec<&str> = wrong.iter().map(|(field, _)| field.as_str()).collect();
        assert_eq!(
            named,
            [
                "person",
                "admitted",
                "facility",
                "commitment.basis.other.provision",
                "commitment.until",
                "reception.age"
            ],
            "{wrong:?}"
        );
    }
}
