//! JSON Schemas as far as the types of the register write them: what in a value is against one.

use serde_json::{Map, Value};

/// A schema, with the one that it refers to in its place.
pub(crate) fn resolved<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    let reference = schema.get("$ref").and_then(Value::as_str);
    match reference.and_then(|reference| root.pointer(reference.strip_prefix('#')?)) {
        Some(named) => resolved(root, named),
        None => schema,
    }
}

/// What in a value is against a schema, each with its place.
pub(crate) fn faults(root: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    against(root, root, value, "", &mut found);
    found
}

fn against(root: &Value, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    let schema = resolved(root, schema);
    if schema == &Value::Bool(false) {
        found.push(format!("{at}: nothing may stand here"));
    }
    for choice in ["anyOf", "oneOf"] {
        let choices = schema.get(choice).and_then(Value::as_array);
        let fits = |one: &Value| {
            let mut wrong = Vec::new();
            against(root, one, value, at, &mut wrong);
            wrong.is_empty()
        };
        if choices.is_some_and(|choices| !choices.iter().any(fits)) {
            found.push(format!("{at}: {value} is none of what may stand here"));
        }
    }
    let all = schema.get("allOf").and_then(Value::as_array);
    for one in all.into_iter().flatten() {
        against(root, one, value, at, found);
    }
    let listed = schema.get("enum").and_then(Value::as_array);
    let constant = schema.get("const");
    if listed.is_some_and(|listed| !listed.contains(value))
        || constant.is_some_and(|constant| constant != value)
    {
        found.push(format!("{at}: {value} is not one of the words"));
    }
    if !is_of_a_type(schema, value) {
        found.push(format!("{at}: {value} is of another type"));
    }
    let least = schema.get("minimum").and_then(Value::as_f64);
    if least
        .zip(value.as_f64())
        .is_some_and(|(least, number)| number < least)
    {
        found.push(format!("{at}: {value} is too small"));
    }
    if let Value::Array(entries) = value
        && let Some(of) = schema.get("items")
    {
        for (nth, entry) in entries.iter().enumerate() {
            against(root, of, entry, &format!("{at}/{nth}"), found);
        }
    }
    if let Value::Object(fields) = value {
        of_object(root, schema, fields, at, found);
    }
}

fn is_of_a_type(schema: &Value, value: &Value) -> bool {
    let is = |name: &Value| match name.as_str() {
        Some("null") => value.is_null(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("number") => value.is_number(),
        Some("string") => value.is_string(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        Some(_) | None => false,
    };
    schema
        .get("type")
        .is_none_or(|kinds| match kinds.as_array() {
            Some(kinds) => kinds.iter().any(is),
            None => is(kinds),
        })
}

fn of_object(
    root: &Value,
    schema: &Value,
    fields: &Map<String, Value>,
    at: &str,
    found: &mut Vec<String>,
) {
    let required = schema.get("required").and_then(Value::as_array);
    for name in required.into_iter().flatten().filter_map(Value::as_str) {
        if !fields.contains_key(name) {
            found.push(format!("{at}: {name} is missing"));
        }
    }
    let properties = schema.get("properties").and_then(Value::as_object);
    for (name, value) in fields {
        let at = format!("{at}/{name}");
        let others = schema.get("additionalProperties");
        let own = properties.and_then(|known| known.get(name));
        if own.is_none() && others == Some(&Value::Bool(false)) {
            found.push(format!("{at}: there is no such field"));
        } else if let Some(schema) = own.or(others) {
            against(root, schema, value, &at, found);
        }
    }
}
