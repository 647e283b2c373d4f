//! What forms ask: fields filled with what was typed, and values read from them or the field that is wrong.

use std::collections::BTreeSet;

use domain::jurisdiction::{Coded, Pack};
use domain::order::{Made, Requirement};
use domain::personal::PersonalText;
use domain::values::{Instant, Known, Occurred, Unit};
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

use super::moment::{moment, moment_field};
use crate::pages::components::{Choice, Control, Field, Form, TypedDate};
use crate::pages::page::Typed;

/// A field and what is wrong with it.
pub(in crate::pages) type Wrong = (String, String);

/// Where a form asks for what a rule names otherwise.
const ASKED_AS: [(&str, &str); 10] = [
    ("appointment", "meeting"),
    ("credit", "hours"),
    ("credit", "days"),
    ("credit", "sessions"),
    ("quantity", "hours"),
    ("quantity", "days"),
    ("quantity", "sessions"),
    ("length", "months"),
    ("requirements", "requirement"),
    ("done", "on"),
];

/// The form with its fields; the error stands at its field, or above all of them.
pub(in crate::pages) fn with_fields(
    mut form: Form,
    fields: Vec<Field>,
    wrong: Option<Wrong>,
) -> Form {
    let (named, mut said) = wrong.unzip();
    let named = named.unwrap_or_default();
    let leads = fields.iter().enumerate().filter(|(_, f)| has_choice(f));
    let place = leads
        .clone()
        .find(|(_, field)| concerns(&named, &field.name))
        .or_else(|| {
            leads
                .clone()
                .find(|(_, field)| stands_for(&named, &field.name))
        })
        .map(|(nth, _)| nth);
    for (nth, field) in fields.into_iter().enumerate() {
        let here = if Some(nth) == place {
            said.take()
        } else {
            None
        };
        form = form.field(field.error(here));
    }
    match said {
        Some(said) => form.refused(said),
        None => form,
    }
}

/// Whether there is something on the page that an error can lead to: a group without a choice has nothing.
fn has_choice(field: &Field) -> bool {
    match &field.control {
        Control::Checkboxes(all) | Control::Radios(all) => !all.is_empty(),
        _ => true,
    }
}

/// Whether a field asks for what a rule names, or for a part of it.
fn concerns(named: &str, field: &str) -> bool {
    let part = named.strip_prefix(field);
    part.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Whether a field asks for it under another name.
fn stands_for(named: &str, field: &str) -> bool {
    ASKED_AS.contains(&(named, field))
}

/// What was typed, for a field of words.
pub(in crate::pages) fn text(typed: &Typed, name: &str) -> String {
    typed.get(name).unwrap_or_default().to_owned()
}

/// A date as it was typed.
pub(in crate::pages) fn typed_date(typed: &Typed, name: &str) -> TypedDate {
    TypedDate {
        day: text(typed, &format!("{name}_day")),
        month: text(typed, &format!("{name}_month")),
        year: text(typed, &format!("{name}_year")),
        hour: None,
    }
}

/// Options of a select, none chosen at first.
pub(in crate::pages) fn options<I: Into<String>, T: Into<String>>(
    typed: &Typed,
    name: &str,
    all: impl IntoIterator<Item = (I, T)>,
) -> Vec<Choice> {
    let chosen = typed.get(name).unwrap_or_default();
    let first = Choice::new("", "Choose").chosen_if(chosen.is_empty());
    std::iter::once(first)
        .chain(marked(typed, name, all))
        .collect()
}

/// Choices, those marked that were chosen.
pub(in crate::pages) fn marked<I: Into<String>, T: Into<String>>(
    typed: &Typed,
    name: &str,
    all: impl IntoIterator<Item = (I, T)>,
) -> Vec<Choice> {
    let choice = |(value, label): (I, T)| {
        let value = value.into();
        let is_chosen = typed.all(name).any(|chosen| chosen == value);
        Choice::new(value, label).chosen_if(is_chosen)
    };
    all.into_iter().map(choice).collect()
}

fn pairs(list: &[Coded]) -> impl Iterator<Item = (String, String)> + '_ {
    list.iter().map(|c| (c.code.to_string(), c.title.clone()))
}

/// Yes or no; an answer that is left open is not recorded.
pub(in crate::pages) fn yes_or_no(typed: &Typed, name: &str, label: &str) -> Field {
    let answers = marked(typed, name, [("yes", "Yes"), ("no", "No")]);
    Field::radios(name, label, answers).optional()
}

/// A select out of a list of the rules; where the rules name none, the code is typed.
pub(in crate::pages) fn coded(typed: &Typed, name: &str, label: &str, list: &[Coded]) -> Field {
    if list.is_empty() {
        return Field::reference(name, label, text(typed, name));
    }
    Field::select(name, label, options(typed, name, pairs(list)))
}

/// Boxes out of a list of the rules.
pub(in crate::pages) fn ticked(typed: &Typed, name: &str, label: &str, list: &[Coded]) -> Field {
    Field::checkboxes(name, label, marked(typed, name, pairs(list)))
}

/// What else is to be said.
pub(in crate::pages) fn note_field(typed: &Typed, name: &str, label: &str) -> Field {
    Field::textarea(name, label, 3, text(typed, name))
}

/// When a step was taken, for what is entered later.
pub(in crate::pages) fn done_field(typed: &Typed, law: &Pack) -> Field {
    moment_field(typed, "done", "When, if not now", law).optional()
}

/// The units in which the requirements of an order are counted.
pub(in crate::pages) fn amounts_of(made: &Made) -> BTreeSet<Unit> {
    let running = made.requirements.values().filter(|r| r.ended.is_none());
    running.filter_map(Requirement::unit).collect()
}

fn read<T: DeserializeOwned>(field: &str, value: Json, said: &str) -> Result<T, Wrong> {
    serde_json::from_value(value).map_err(|_| (field.to_owned(), said.to_owned()))
}

/// A value that must be there.
pub(in crate::pages) fn chosen<T: DeserializeOwned>(
    typed: &Typed,
    name: &str,
    said: &str,
) -> Result<T, Wrong> {
    read(name, json!(typed.get(name)), said)
}

/// An answer that may be left open.
pub(in crate::pages) fn known<T: DeserializeOwned>(
    typed: &Typed,
    name: &str,
) -> Result<Known<T>, Wrong> {
    match typed.get(name) {
        None => Ok(Known::NotRecorded),
        Some(_) => chosen(typed, name, "Choose one of the answers").map(Known::Value),
    }
}

/// A date that must be there, to the precision that the value asks.
pub(in crate::pages) fn day<T: DeserializeOwned>(
    typed: &Typed,
    name: &str,
    said: &str,
) -> Result<T, Wrong> {
    read(name, json!(typed.date(name)), said)
}

/// A number of something in the case.
pub(in crate::pages) fn numbered<T: std::str::FromStr>(
    typed: &Typed,
    name: &str,
    said: &str,
) -> Result<T, Wrong> {
    let parsed = typed.get(name).and_then(|text| text.parse().ok());
    parsed.ok_or_else(|| (name.to_owned(), said.to_owned()))
}

/// Several numbers or codes.
pub(in crate::pages) fn every<T: std::str::FromStr>(
    typed: &Typed,
    name: &str,
) -> Result<Vec<T>, Wrong> {
    let parsed = typed.all(name).map(|text| {
        let said = format!("{text:?} cannot be chosen here: choose again");
        text.parse().map_err(|_| (name.to_owned(), said))
    });
    parsed.collect()
}

/// When: as typed, or now.
pub(in crate::pages) fn when_done(
    typed: &Typed,
    law: &Pack,
    now: Instant,
) -> Result<Occurred, Wrong> {
    let typed = moment(typed, "done", law).map_err(|said| ("done".to_owned(), said))?;
    Ok(typed.unwrap_or(Occurred::At(now)))
}

/// Words of a form, to be sealed.
pub(in crate::pages) fn words(typed: &Typed, name: &str) -> Option<PersonalText> {
    typed
        .get(name)
        .map(|text| PersonalText::Clear(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::components::Guard;

    fn form(named: &str) -> Form {
        let fields = ["meeting", "outcome", "hours"];
        let fields = fields.map(|name| Field::reference(name, name, ""));
        let wrong = (named.to_owned(), "Said".to_owned());
        let form = Form::new("/x", Guard::open("t"), "Record");
        with_fields(form, fields.to_vec(), Some(wrong))
    }

    #[test]
    fn what_a_rule_names_is_said_at_the_field_that_asks_for_it() {
        for (named, field) in [
            ("outcome", "f-outcome"),
            ("appointment", "f-meeting"),
            ("credit", "f-hours"),
            ("outcome.kind", "f-outcome"),
            ("quantity", "f-hours"),
        ] {
            let summary = form(named).summary();
            let ids: Vec<_> = summary.errors.iter().map(|e| e.id.as_deref()).collect();
            assert_eq!(ids, [Some(field)], "{named}");
        }
        let whole = form("outcomes").summary();
        assert_eq!(whole.errors.first().and_then(|e| e.id.clone()), None);
    }
}
