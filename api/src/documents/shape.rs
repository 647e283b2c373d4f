//! What a JSON schema says, in words that a clerk can read.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

/// A field of an object.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Field {
    /// Its name; of a variant, the word that chooses it.
    pub name: String,
    /// What stands in it.
    pub kind: String,
    /// Whether it may be left out.
    pub optional: bool,
    /// What it means.
    pub says: String,
}

impl Field {
    /// What stands in it, and whether it may be left out.
    pub(crate) fn holds(&self) -> String {
        let left_out = if self.optional {
            " (may be left out)"
        } else {
            ""
        };
        format!("{}{left_out}", self.kind)
    }
}

/// A kind of value that has a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    /// What it is.
    pub says: String,
    /// Whether its fields are alternatives, one of which is chosen.
    pub is_choice: bool,
    /// Its fields or alternatives.
    pub fields: Vec<Field>,
}

/// Schemas that refer to each other.
#[derive(Clone, Copy)]
pub(crate) struct Shapes<'a>(pub &'a Map<String, Value>);

impl<'a> Shapes<'a> {
    /// What a schema describes.
    pub(crate) fn named(self, schema: &'a Value) -> Named {
        let choices = alternatives(schema);
        let fields = match choices {
            Some(choices) => choices.iter().map(|choice| self.choice(choice)).collect(),
            None => self.fields(schema),
        };
        Named {
            says: says(schema),
            is_choice: choices.is_some(),
            fields,
        }
    }

    /// Every named kind that a schema leads to, directly or through others, by name.
    pub(crate) fn reached(self, schema: &'a Value, found: &mut BTreeMap<String, Named>) {
        let mut names = BTreeSet::new();
        references(schema, &mut names);
        for name in names {
            let Some(definition) = self.0.get(name) else {
                continue;
            };
            if Self::has_a_name(name, definition) && !found.contains_key(name) {
                found.insert(name.to_owned(), self.named(definition));
                self.reached(definition, found);
            } else if Self::known(definition).is_some() {
                self.reached(definition, found);
            }
        }
    }

    /// The fields of an object, those that must be there first.
    pub(crate) fn fields(self, schema: &'a Value) -> Vec<Field> {
        let needed = schema.get("required").and_then(Value::as_array);
        let is_needed = |name: &str| needed.is_some_and(|all| all.iter().any(|n| n == name));
        let properties = schema.get("properties").and_then(Value::as_object);
        let mut fields: Vec<Field> = properties
            .into_iter()
            .flatten()
            .map(|(name, field)| Field {
                name: name.clone(),
                kind: self.kind(field),
                optional: !is_needed(name),
                says: says(field),
            })
            .collect();
        fields.sort_by_key(|field| field.optional);
        fields
    }

    /// One of several: a word, or an object with one key.
    fn choice(self, choice: &'a Value) -> Field {
        let properties = choice.get("properties").and_then(Value::as_object);
        let (name, kind) = match properties.and_then(|all| all.iter().next()) {
            Some((name, held)) if held.get("properties").is_some() => {
                let parts = self.fields(held).into_iter();
                let parts = parts.map(|field| format!("`{}`: {}", field.name, field.holds()));
                (name.clone(), parts.collect::<Vec<_>>().join("; "))
            }
            Some((name, held)) => (name.clone(), self.kind(held)),
            None => (self.kind(choice), String::new()),
        };
        Field {
            name: name.trim_matches('"').to_owned(),
            kind,
            optional: false,
            says: says(choice),
        }
    }

    /// What stands in a value, in a few words.
    pub(crate) fn kind(self, schema: &'a Value) -> String {
        if let Some(name) = reference(schema) {
            return self.kind_of(name);
        }
        // A reference that stands beside a description of its own.
        if let Some([only]) = schema
            .get("allOf")
            .and_then(Value::as_array)
            .map(Vec::as_slice)
        {
            return self.kind(only);
        }
        if let Some(word) = schema.get("const") {
            return word.to_string();
        }
        let choices = alternatives(schema).into_iter().flatten();
        let choices: Vec<String> = choices
            .filter(|choice| !is_null(choice))
            .map(|choice| self.kind(choice))
            .collect();
        if !choices.is_empty() {
            return choices.join(" or ");
        }
        match kinds(schema).as_slice() {
            ["array"] => match schema.get("items") {
                Some(item) => format!("list of {}", self.kind(item)),
                None => "list".to_owned(),
            },
            ["object"] => match schema.get("additionalProperties").filter(|v| v.is_object()) {
                Some(held) => format!("map of code to {}", self.kind(held)),
                None => "object".to_owned(),
            },
            [kind] => scalar(kind, schema),
            _ => "any value".to_owned(),
        }
    }

    fn kind_of(self, name: &str) -> String {
        let Some(definition) = self.0.get(name) else {
            return name.to_owned();
        };
        if let Some(held) = Self::known(definition) {
            return format!("{}, or why it is not known", self.kind(held));
        }
        if Self::has_a_name(name, definition) {
            name.to_owned()
        } else if name.starts_with("Personal_") {
            "personal text".to_owned()
        } else {
            self.kind(definition)
        }
    }

    /// What a value holds that may be absent in three ways.
    fn known(definition: &'a Value) -> Option<&'a Value> {
        let choices = alternatives(definition)?;
        let is_silence = |choice: &Value| choice.get("const").is_some_and(|c| c == "not_recorded");
        choices.iter().find(|choice| is_silence(choice))?;
        choices
            .iter()
            .find_map(|choice| choice.pointer("/properties/value"))
    }

    /// Whether a definition is spoken of by its name: an object or a choice, but no wrapping of another value.
    fn has_a_name(name: &str, definition: &'a Value) -> bool {
        let is_made_of_parts =
            definition.get("properties").is_some() || alternatives(definition).is_some();
        is_made_of_parts && !name.starts_with("Personal_") && Self::known(definition).is_none()
    }
}

/// What a schema says about itself.
pub(crate) fn says(schema: &Value) -> String {
    let said = schema.get("description").and_then(Value::as_str);
    said.unwrap_or_default().replace('\n', " ")
}

fn reference(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()?.rsplit('/').next()
}

fn alternatives(schema: &Value) -> Option<&Vec<Value>> {
    let either = schema.get("oneOf").or_else(|| schema.get("anyOf"));
    either.and_then(Value::as_array)
}

fn is_null(schema: &Value) -> bool {
    schema.get("type").is_some_and(|kind| kind == "null")
}

/// The types of a schema but for null, which says only that it may be left out.
fn kinds(schema: &Value) -> Vec<&str> {
    match schema.get("type") {
        Some(Value::String(kind)) => vec![kind.as_str()],
        Some(Value::Array(kinds)) => {
            let kinds = kinds.iter().filter_map(Value::as_str);
            kinds.filter(|kind| *kind != "null").collect()
        }
        _ => Vec::new(),
    }
}

fn scalar(kind: &str, schema: &Value) -> String {
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        let words: Vec<String> = words
            .iter()
            .map(|w| w.to_string().replace('"', ""))
            .collect();
        return words.join(", ");
    }
    if let Some(examples) = schema.get("examples").and_then(Value::as_array) {
        let examples: Vec<&str> = examples.iter().filter_map(Value::as_str).collect();
        return format!("text such as {}", examples.join(" or "));
    }
    let format = schema.get("format").and_then(Value::as_str);
    match (kind, format) {
        ("string", Some("uuid")) => "id",
        ("string", _) => "text",
        ("integer", _) => "whole number",
        ("boolean", _) => "true or false",
        (other, _) => other,
    }
    .to_owned()
}

fn references<'a>(schema: &'a Value, names: &mut BTreeSet<&'a str>) {
    match schema {
        Value::Object(fields) => {
            names.extend(reference(schema));
            fields.values().for_each(|field| references(field, names));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, names)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn kind(schema: &Value) -> String {
        let definitions = json!({
            "Term": {"properties": {"years": {"type": "integer"}}, "description": "A term."},
            "Known2": {"oneOf": [
                {"const": "not_recorded"},
                {"properties": {"value": {"$ref": "#/$defs/Term"}}, "required": ["value"]}
            ]},
            "Personal_string": {"$ref": "#/$defs/Sealed"}
        });
        Shapes(definitions.as_object().unwrap()).kind(schema)
    }

    #[test]
    fn a_value_is_described_by_what_stands_in_it() {
        for (schema, words) in [
            (json!({"type": "string", "format": "uuid"}), "id"),
            (json!({"type": ["string", "null"]}), "text"),
            (
                json!({"type": "string", "examples": ["P1Y6M", "life"]}),
                "text such as P1Y6M or life",
            ),
            (
                json!({"description": "How long.", "allOf": [{"$ref": "#/$defs/Term"}]}),
                "Term",
            ),
            (
                json!({"type": "array", "items": {"$ref": "#/$defs/Term"}}),
                "list of Term",
            ),
            (
                json!({"anyOf": [{"$ref": "#/$defs/Personal_string"}, {"type": "null"}]}),
                "personal text",
            ),
            (
                json!({"$ref": "#/$defs/Known2"}),
                "Term, or why it is not known",
            ),
            (
                json!({"type": "object", "additionalProperties": {"type": "integer"}}),
                "map of code to whole number",
            ),
        ] {
            assert_eq!(kind(&schema), words);
        }
    }

    #[test]
    fn what_must_be_there_stands_first() {
        let schema = json!({
            "properties": {"a": {"type": "string"}, "b": {"type": "string", "description": "B."}},
            "required": ["b"]
        });
        let none = Map::new();
        let fields = Shapes(&none).fields(&schema);
        let names: Vec<(&str, bool)> = fields
            .iter()
            .map(|f| (f.name.as_str(), f.optional))
            .collect();
        assert_eq!(names, [("b", false), ("a", true)]);
    }
}
