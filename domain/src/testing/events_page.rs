//! The page of the events: what each one says, field by field, as its schema has it.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Map, Value};

/// `docs/events.md` from the schemas by the name of their file.
pub(crate) fn page(schemas: &BTreeMap<String, Value>) -> String {
    let mut page = String::from(
        "# Events\n\nEverything that the register stores happened once and is told by one of these events. Each has a \
         name, a version and a payload; who, when and why stand in the envelope around it. A field without \"always\" is \
         left out where there is nothing to say; what is \"known\" may also be not recorded, not asked or declined. Made from the schemas beside the code.\n",
    );
    let mut parts = BTreeMap::new();
    for (file, schema) in schemas {
        event(file, schema, &mut page);
        parts.extend(definitions(schema));
    }
    page.push_str("\n# Parts\n\nWhat the fields above are made of.\n");
    for (name, part) in parts.iter().filter(|(name, _)| !is_plumbing(name)) {
        write!(page, "\n## {name}\n\n{}\n", said(part)).unwrap();
        fields(part, part, &mut page);
        variants(part, &mut page);
    }
    page
}

fn event(file: &str, schema: &Value, page: &mut String) {
    let (name, version) = file.rsplit_once(".v").unwrap();
    let link = format!("[version {version}](../domain/schemas/{file}.json)");
    write!(page, "\n## {name}\n\n{} ({link})\n", said(schema)).unwrap();
    let key = name.rsplit('.').next().unwrap();
    fields(resolved(&schema["properties"][key], schema), schema, page);
}

fn definitions(schema: &Value) -> Map<String, Value> {
    let mut held = schema["$defs"].as_object().cloned().unwrap_or_default();
    // A part is read with the definitions around it.
    let around = Value::Object(held.clone());
    for part in held.values_mut() {
        part["$defs"] = around.clone();
    }
    held
}

/// Wrappers that the types of fields say in words.
fn is_plumbing(name: &str) -> bool {
    name.starts_with("Known") || name.starts_with("Personal")
}

fn said(schema: &Value) -> &str {
    schema["description"].as_str().unwrap_or_default()
}

fn resolved<'a>(schema: &'a Value, root: &'a Value) -> &'a Value {
    match named(schema) {
        Some(name) => &root["$defs"][name],
        None => schema,
    }
}

fn named(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str()?.rsplit('/').next()
}

fn fields(schema: &Value, root: &Value, page: &mut String) {
    let Some(properties) = schema["properties"].as_object() else {
        return;
    };
    let required = schema["required"].as_array();
    let is_required = |name: &str| required.is_some_and(|all| all.iter().any(|r| r == name));
    page.push_str("\n| field | is | |\n|---|---|---|\n");
    for (name, field) in properties {
        let always = if is_required(name) { " Always." } else { "" };
        let (kind, meaning) = (kind(field, root), said(field));
        writeln!(page, "| `{name}` | {kind} | {meaning}{always} |").unwrap();
    }
}

fn variants(schema: &Value, page: &mut String) {
    let Some(variants) = schema["oneOf"].as_array() else {
        return;
    };
    page.push_str("\n| one of | is | |\n|---|---|---|\n");
    for variant in variants {
        let keyed = variant["properties"]
            .as_object()
            .and_then(|p| p.iter().next());
        let (word, kind) = match (variant["const"].as_str(), keyed) {
            (Some(word), _) => (word, "word".to_owned()),
            (None, Some((key, value))) => (key.as_str(), contents(value, schema)),
            (None, None) => continue,
        };
        writeln!(page, "| `{word}` | {kind} | {} |", said(variant)).unwrap();
    }
}

/// What a variant holds: one thing, or fields of its own.
fn contents(value: &Value, root: &Value) -> String {
    let Some(own) = value["properties"].as_object() else {
        return kind(value, root);
    };
    let own = own
        .iter()
        .map(|(name, field)| format!("`{name}`: {}", kind(field, root)));
    let own: Vec<String> = own.collect();
    if own.is_empty() {
        "nothing more".to_owned()
    } else {
        own.join("; ")
    }
}

/// The kind of a field, in words.
fn kind(field: &Value, root: &Value) -> String {
    if let Some(name) = named(field) {
        return match name {
            name if name.starts_with("Known") => known(&root["$defs"][name], root),
            name if name.starts_with("Personal") => "sealed text".to_owned(),
            name => format!("[{name}](#{})", name.to_lowercase()),
        };
    }
    let mut alternatives = field["anyOf"].as_array().into_iter().flatten();
    if let Some(other) = alternatives.find(|a| a["type"] != "null") {
        return kind(other, root);
    }
    let words = field["type"].as_array().into_iter().flatten();
    let word = field["type"].as_str();
    let word = word.or_else(|| words.filter_map(Value::as_str).find(|w| *w != "null"));
    match word {
        Some("array") => format!("list of {}", kind(&field["items"], root)),
        Some("object") => format!("map to {}", kind(&field["additionalProperties"], root)),
        Some("integer") => "whole number".to_owned(),
        Some("string") => "text".to_owned(),
        other => other.unwrap_or("anything").to_owned(),
    }
}

/// A value that may be absent in three ways.
fn known(definition: &Value, root: &Value) -> String {
    let variants = definition["oneOf"].as_array().into_iter().flatten();
    let mut values = variants.filter_map(|variant| variant["properties"].get("value"));
    let value = values.next().map_or_else(String::new, |v| kind(v, root));
    format!("known {value}")
}
