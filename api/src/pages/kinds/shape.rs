//! What a command or an event holds, read from its schema: how a form asks it, and how a history tells it.

use std::any::TypeId;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value as Json};

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
    /// Words about a person; sealed once they are stored.
    Words,
    /// A code, out of a list of the rules where one is named.
    Code(Option<String>),
    /// A State, by its two letters.
    State,
    /// A day that must be exact.
    Day,
    /// A day, month or year.
    Date,
    /// A day, month or year, or a day with its hour.
    When,
    /// How long something lasts, by the calendar.
    Length,
    /// A whole number.
    Number,
    /// The id of something in the register.
    Id,
    /// One of several words.
    Choice(Vec<Variant>),
    /// An answer that may be absent in three ways.
    Known(Box<Shape>),
    /// Several.
    List(Box<Shape>),
    /// Answers to the questions of a list.
    Answers(String),
    /// Parts with names.
    Record(Vec<Part>),
}

/// A choice: its word, what it means, and what it holds besides.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Variant {
    pub(super) word: String,
    pub(super) title: String,
    pub(super) holds: Option<Shape>,
}

/// A part of a record.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) is_required: bool,
    pub(super) shape: Shape,
}

/// The variants of a command or an event: each a word, what it means, what it holds. A schema is read once: every form
/// and every entry of a history asks for it.
pub(super) fn variants<T: JsonSchema + 'static>() -> Arc<[Variant]> {
    static READ: Mutex<BTreeMap<TypeId, Arc<[Variant]>>> = Mutex::new(BTreeMap::new());
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    let variants = read.entry(TypeId::of::<T>());
    Arc::clone(variants.or_insert_with(|| read_variants::<T>().into()))
}

fn read_variants<T: JsonSchema>() -> Vec<Variant> {
    let root = SchemaGenerator::default()
        .into_root_schema_for::<T>()
        .to_value();
    let reader = Reader(
        root.get("$defs")
            .and_then(Json::as_object)
            .cloned()
            .unwrap_or_default(),
    );
    reader.choices(&root)
}

struct Reader(Map<String, Json>);

impl Reader {
    /// The schema itself, or the one it refers to.
    fn at<'a>(&'a self, schema: &'a Json) -> (&'a Json, Option<&'a str>) {
        let named = schema.get("$ref").and_then(Json::as_str);
        let name = named.and_then(|named| named.strip_prefix("#/$defs/"));
        match name.and_then(|name| self.0.get(name)) {
            Some(found) => (found, name),
            None => (schema, None),
        }
    }

    fn choices(&self, schema: &Json) -> Vec<Variant> {
        let all = schema.get("oneOf").and_then(Json::as_array);
        let mut found = Vec::new();
        for variant in all.into_iter().flatten() {
            if let Some(word) = variant.get("const").and_then(Json::as_str) {
                found.push(Variant {
                    word: word.to_owned(),
                    title: titled(variant, word),
                    holds: None,
                });
            } else if let Some(words) = variant.get("enum").and_then(Json::as_array) {
                found.extend(words.iter().filter_map(Json::as_str).map(|word| Variant {
                    word: word.to_owned(),
                    title: word.replace('_', " "),
                    holds: None,
                }));
            } else if let Some((word, inner)) = only_property(variant) {
                found.push(Variant {
                    word: word.to_owned(),
                    title: titled(variant, word),
                    holds: Some(self.shape(inner, inner)),
                });
            }
        }
        found
    }

    /// What a schema describes; what is said of it where it stands (its list) comes with it.
    fn shape(&self, schema: &Json, said: &Json) -> Shape {
        let (schema, name) = self.at(schema);
        if name.is_some_and(|name| name.starts_with("Personal_")) {
            return Shape::Words;
        }
        let list = said.get("x-list").or_else(|| schema.get("x-list"));
        let list = list.and_then(Json::as_str).map(str::to_owned);
        if let Some(inner) = optional(schema) {
            return self.shape(inner, said);
        }
        if name.is_some_and(|name| name.starts_with("Known")) {
            return Shape::Known(Box::new(self.known(schema, said)));
        }
        if schema.get("oneOf").is_some() {
            return Shape::Choice(self.choices(schema));
        }
        match kind(schema) {
            "array" => {
                let items = schema.get("items").unwrap_or(&Json::Null);
                Shape::List(Box::new(self.shape(items, said)))
            }
            "integer" => Shape::Number,
            "object" => match schema.get("properties").and_then(Json::as_object) {
                Some(parts) => Shape::Record(self.parts(schema, parts)),
                None => Shape::Answers(list.unwrap_or_default()),
            },
            _ => text(schema, list),
        }
    }

    fn known(&self, schema: &Json, said: &Json) -> Shape {
        let all = schema.get("oneOf").and_then(Json::as_array);
        let value = all.into_iter().flatten().find_map(only_property);
        value.map_or(Shape::Code(None), |(_, inner)| self.shape(inner, said))
    }

    fn parts(&self, schema: &Json, parts: &Map<String, Json>) -> Vec<Part> {
        let required = schema.get("required").and_then(Json::as_array);
        let required: Vec<&str> = required
            .into_iter()
            .flatten()
            .filter_map(Json::as_str)
            .collect();
        let part = |(name, inner): (&String, &Json)| {
            let shape = self.shape(inner, inner);
            let label = titled(inner, name);
            Part {
                name: name.clone(),
                // People choose a State by its name.
                label: match shape {
                    Shape::State => label.replace(", by its two letters", ""),
                    _ => label,
                },
                is_required: required.contains(&name.as_str()),
                shape,
            }
        };
        parts.iter().map(part).collect()
    }
}

/// The first sentence of what is said of it, without its stop.
fn titled(schema: &Json, word: &str) -> String {
    let said = schema.get("description").and_then(Json::as_str);
    let first = said.and_then(|said| said.split(". ").next());
    first.map_or_else(
        || word.replace('_', " "),
        |first| first.trim_end_matches('.').replace('\n', " "),
    )
}

fn kind(schema: &Json) -> &str {
    match schema.get("type") {
        Some(Json::String(kind)) => kind,
        Some(Json::Array(kinds)) => {
            let kinds = kinds.iter().filter_map(Json::as_str);
            kinds
                .into_iter()
                .find(|kind| *kind != "null")
                .unwrap_or("string")
        }
        _ => "string",
    }
}

fn text(schema: &Json, list: Option<String>) -> Shape {
    let examples = schema.get("examples").and_then(Json::as_array);
    let example = examples.and_then(|all| all.first()).and_then(Json::as_str);
    match (schema.get("format").and_then(Json::as_str), example) {
        (Some("uuid"), _) => Shape::Id,
        (_, Some("FR")) => Shape::State,
        (_, Some(example)) if example.starts_with('P') => Shape::Length,
        (_, Some(example)) if example.contains('T') => Shape::When,
        (_, Some(_)) if examples.is_some_and(|all| all.len() > 1) => Shape::Date,
        (_, Some(example)) if example.matches('-').count() == 2 => Shape::Day,
        _ => Shape::Code(list),
    }
}

/// What may be left out: the part of `anyOf` that is not null.
fn optional(schema: &Json) -> Option<&Json> {
    let all = schema.get("anyOf").and_then(Json::as_array)?;
    all.iter()
        .find(|one| one.get("type").and_then(Json::as_str) != Some("null"))
}

/// The one property of an object that wraps a value.
fn only_property(schema: &Json) -> Option<(&str, &Json)> {
    let parts = schema.get("properties").and_then(Json::as_object)?;
    let (name, inner) = parts.iter().next()?;
    (parts.len() == 1).then_some((name.as_str(), inner))
}

#[cfg(test)]
mod tests {
    use domain::cooperation::CooperationCommand;
    use domain::pretrial::{PretrialCommand, PretrialEvent};

    use super::*;

    fn holds<T: JsonSchema + 'static>(word: &str) -> Vec<Part> {
        let all = variants::<T>();
        let found = all.iter().find(|variant| variant.word == word).unwrap();
        match found.holds.clone().unwrap() {
            Shape::Record(parts) => parts,
            other => panic!("{word} holds {other:?}"),
        }
    }

    #[test]
    fn a_command_is_asked_in_the_order_in_which_it_is_written() {
        let parts = holds::<PretrialCommand>("order_detention");
        let names: Vec<&str> = parts.iter().map(|part| part.name.as_str()).collect();
        assert_eq!(
            names[..6],
            [
                "decided",
                "basis",
                "grounds",
                "alternatives",
                "next_review",
                "until"
            ]
        );
        assert_eq!(parts[0].label, "When it was decided");
        assert_eq!(parts[0].shape, Shape::When);
        assert_eq!(
            parts[1].shape,
            Shape::Code(Some("pretrial.bases".to_owned()))
        );
        assert_eq!(parts[4].shape, Shape::Day);
        assert!(parts[4].is_required && !parts[3].is_required);
    }

    #[test]
    fn lists_answers_words_and_what_may_be_absent_are_told_apart() {
        let parts = holds::<PretrialCommand>("order_detention");
        let shape = |name: &str| {
            let part = parts.iter().find(|part| part.name == name);
            part.unwrap().shape.clone()
        };
        assert!(
            matches!(shape("grounds"), Shape::List(inner) if matches!(*inner, Shape::Record(_)))
        );
        assert!(
            matches!(shape("counsel"), Shape::Known(inner) if matches!(*inner, Shape::Choice(_)))
        );
        assert!(matches!(shape("carer"), Shape::Record(_)));
        assert_eq!(shape("reasons"), Shape::Words);
        let opening = holds::<PretrialCommand>("open");
        let last = opening.last().unwrap();
        assert_eq!(
            last.shape,
            Shape::Answers("sentencing.circumstances".to_owned())
        );
        assert_eq!(opening[0].shape, Shape::Id);
    }

    #[test]
    fn a_length_is_no_date_and_a_state_is_no_other_code() {
        let parts = holds::<CooperationCommand>("effect");
        let left = parts.iter().find(|part| part.name == "left").unwrap();
        let Shape::Record(penalty) = &left.shape else {
            panic!("what is left is a penalty");
        };
        assert_eq!(penalty[1].name, "length");
        assert_eq!(penalty[1].shape, Shape::Length);
        let parts = holds::<CooperationCommand>("request");
        let state = parts.iter().find(|part| part.name == "state").unwrap();
        assert_eq!(state.shape, Shape::State);
    }

    #[test]
    fn an_event_holds_what_was_told() {
        let parts = holds::<PretrialEvent>("ended");
        assert_eq!(parts[0].name, "told");
        assert!(matches!(parts[0].shape, Shape::Record(_)));
    }
}
