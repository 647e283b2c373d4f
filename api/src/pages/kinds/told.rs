//! An event in words, by its schema.

use std::collections::{BTreeMap, BTreeSet};

use domain::jurisdiction::Pack;
use domain::values::{CivilDate, Instant, Length, PersonId};
use serde_json::Value as Json;
use uuid::Uuid;

use super::shape::{Part, Shape, Variant};
use crate::pages::components::Value;
use crate::pages::page::{day_in_words, in_words};
use crate::pages::register;
use crate::pages::states;

/// So many entries of a list are told; a list of a thousand people is read elsewhere.
const LISTED: usize = 20;

/// What is told of an event: each part by its label; words that are sealed as far as they were opened.
pub(in crate::pages) fn told(
    payload: &Json,
    variants: &[Variant],
    law: Option<&Pack>,
    opened: &BTreeMap<Uuid, Value>,
    people: &BTreeMap<PersonId, String>,
) -> Vec<(String, Value)> {
    let Some((word, value)) = payload.as_object().and_then(|o| o.iter().next()) else {
        return Vec::new();
    };
    let variant = variants.iter().find(|variant| variant.word == *word);
    let Some(Shape::Record(parts)) = variant.and_then(|variant| variant.holds.as_ref()) else {
        return Vec::new();
    };
    let Some(part) = parts.iter().find(|part| part.name == "told") else {
        return Vec::new();
    };
    let mut rows = Vec::new();
    let teller = Teller {
        law,
        opened,
        people,
    };
    if let (Shape::Record(parts), Some(value)) = (&part.shape, value.get("told")) {
        // The first time of an act is what the history shows it under already.
        let time = parts
            .iter()
            .find(|part| part.is_required && part.shape == Shape::When);
        let shown = parts.iter().filter(|part| Some(*part) != time);
        teller.record(shown, value, "", &mut rows);
    }
    rows
}

/// Every sealed value of a payload.
pub(in crate::pages) fn sealed(payload: &Json) -> Vec<domain::personal::Sealed> {
    let mut found = Vec::new();
    collect(payload, &mut found);
    found
}

/// Every person that a payload names.
pub(in crate::pages) fn persons(payload: &Json, found: &mut BTreeSet<PersonId>) {
    match payload {
        Json::Object(fields) => {
            let named = fields.get("person").and_then(Json::as_str);
            found.extend(named.and_then(|id| id.parse::<PersonId>().ok()));
            fields.values().for_each(|inner| persons(inner, found));
        }
        Json::Array(items) => items.iter().for_each(|inner| persons(inner, found)),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
    }
}

fn collect(value: &Json, found: &mut Vec<domain::personal::Sealed>) {
    match value {
        Json::Object(fields) if fields.contains_key("sealed") && fields.contains_key("key") => {
            found.extend(serde_json::from_value::<domain::personal::Sealed>(value.clone()).ok());
        }
        Json::Object(fields) => fields.values().for_each(|inner| collect(inner, found)),
        Json::Array(items) => items.iter().for_each(|inner| collect(inner, found)),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
    }
}

struct Teller<'a> {
    law: Option<&'a Pack>,
    opened: &'a BTreeMap<Uuid, Value>,
    people: &'a BTreeMap<PersonId, String>,
}

impl Teller<'_> {
    fn record<'a>(
        &self,
        parts: impl Iterator<Item = &'a Part>,
        value: &Json,
        before: &str,
        rows: &mut Vec<(String, Value)>,
    ) {
        for part in parts {
            let Some(inner) = value.get(&part.name).filter(|inner| !inner.is_null()) else {
                continue;
            };
            let label = if before.is_empty() {
                part.label.clone()
            } else {
                format!("{before}: {}", part.label.to_lowercase())
            };
            self.part(&part.shape, inner, label, rows);
        }
    }

    fn part(&self, shape: &Shape, value: &Json, label: String, rows: &mut Vec<(String, Value)>) {
        match (shape, value) {
            (Shape::Record(parts), _) => self.record(parts.iter(), value, &label, rows),
            (Shape::List(inner), Json::Array(items)) => match inner.as_ref() {
                Shape::Record(parts) => {
                    if items.len() > LISTED {
                        let words = format!("{}, of which {LISTED} are shown", items.len());
                        rows.push((label.clone(), Value::text(words)));
                    }
                    for (no, item) in (1..).zip(items).take(LISTED) {
                        let label = format!("{label} ({no})");
                        self.record(parts.iter(), item, &label, rows);
                    }
                }
                inner => {
                    let words = items.iter().map(|item| self.words(inner, item));
                    rows.push((label, Value::text(words.collect::<Vec<_>>().join(", "))));
                }
            },
            (Shape::Answers(list), Json::Object(answers)) => {
                for (question, answer) in answers {
                    let key = self.titled(Some(list), question);
                    rows.push((key, Value::text(absent_or(answer, plain))));
                }
            }
            (Shape::Words, _) => {
                let id = value
                    .get("id")
                    .and_then(Json::as_str)
                    .and_then(|id| id.parse().ok());
                let words = id.and_then(|id: Uuid| self.opened.get(&id).cloned());
                rows.push((label, words.unwrap_or_else(|| Value::text("sealed"))));
            }
            (Shape::Known(inner), _) => match value.get("value") {
                Some(value) => self.part(inner, value, label, rows),
                None => rows.push((label, Value::text(absent_or(value, plain)))),
            },
            (Shape::Choice(variants), Json::Object(fields)) => {
                let held = fields.iter().next();
                let variant = held.and_then(|(word, _)| variants.iter().find(|v| v.word == *word));
                if let (Some((_, inner)), Some(variant)) = (held, variant) {
                    rows.push((label.clone(), Value::text(variant.title.clone())));
                    if let Some(shape) = &variant.holds {
                        self.part(shape, inner, label, rows);
                    }
                }
            }
            _ => rows.push((label, Value::text(self.words(shape, value)))),
        }
    }

    /// A plain value in words.
    fn words(&self, shape: &Shape, value: &Json) -> String {
        let text = plain(value);
        match shape {
            Shape::Code(list) => self.titled(list.as_deref(), &text),
            Shape::Choice(variants) => {
                let known = variants.iter().find(|variant| variant.word == text);
                known.map_or_else(|| text.replace('_', " "), |known| known.title.clone())
            }
            Shape::State => states::name("en", &text).to_owned(),
            Shape::Day | Shape::Date | Shape::When => when(&text),
            Shape::Id => {
                let person = text.parse().ok();
                let person = person.and_then(|person: PersonId| self.people.get(&person));
                person.map_or_else(|| format!("… {}", register::short(&text)), Clone::clone)
            }
            Shape::Length => text.parse().map_or(text, Length::in_words),
            Shape::Number
            | Shape::Words
            | Shape::Known(_)
            | Shape::List(_)
            | Shape::Answers(_)
            | Shape::Record(_) => text,
        }
    }

    fn titled(&self, list: Option<&str>, code: &str) -> String {
        let Some((law, list)) = self.law.zip(list) else {
            return code.to_owned();
        };
        let coded = law.lists.get(list).and_then(|list| {
            let found = list.iter().find(|coded| coded.code.as_str() == code)?;
            Some(found.title.clone())
        });
        coded.unwrap_or_else(|| code.to_owned())
    }
}

/// A value as it stands.
fn plain(value: &Json) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// How a value is absent, or the value.
fn absent_or(value: &Json, words: impl Fn(&Json) -> String) -> String {
    match (value.as_str(), value.get("value")) {
        (_, Some(value)) => words(value),
        (Some("not_recorded"), _) => "not recorded".to_owned(),
        (Some("not_asked"), _) => "not asked".to_owned(),
        (Some("declined"), _) => "declined to say".to_owned(),
        (_, None) => words(value),
    }
}

fn when(text: &str) -> String {
    if let Ok(instant) = text.parse::<Instant>() {
        return in_words(instant);
    }
    text.parse::<CivilDate>()
        .map_or_else(|_| text.to_owned(), day_in_words)
}
