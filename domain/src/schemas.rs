//! One JSON Schema for each version of each event type, as its payload is stored.

use std::collections::{BTreeMap, BTreeSet};

use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use crate::for_every_stream;
use crate::stream::{Stream, StreamEvent};

macro_rules! of_every_stream {
    ($($stream:ident $module:ident $event:ident,)*) => {
        /// The schemas of every stored event type by the name of their file: `sentence.imposed.v1`.
        pub fn event_schemas() -> BTreeMap<String, Value> {
            let mut all = BTreeMap::new();
            $(all.extend(of_stream::<crate::$module::$stream>());)*
            all
        }

        /// The schema of an event of any stream.
        pub fn any_event(generator: &mut SchemaGenerator) -> Schema {
            let events = [$(generator.subschema_for::<crate::$module::$event>(),)*];
            json_schema!({"anyOf": events})
        }
    };
}

for_every_stream!(of_every_stream);

/// The schemas of one stream: an event is stored as an object with its variant as the only key.
fn of_stream<S: Stream>() -> BTreeMap<String, Value> {
    let root = as_stored(schemars::schema_for!(S::Event).to_value());
    let definitions = root.get("$defs").and_then(Value::as_object);
    let variants = root.get("oneOf").and_then(Value::as_array);
    variants
        .into_iter()
        .flatten()
        .filter_map(|variant| {
            let key = variant.get("required")?.get(0)?.as_str()?;
            let name = format!("{}.{key}", S::TYPE);
            let version = S::Event::version_of(&name);
            let schema = of_variant(&root, variant, definitions, &name)?;
            Some((format!("{name}.v{version}"), schema))
        })
        .collect()
}

/// Personal data may be clear in a request; what is stored of it is its sealed form and nothing else.
fn as_stored(mut root: Value) -> Value {
    let definitions = root.get_mut("$defs").and_then(Value::as_object_mut);
    for (name, definition) in definitions.into_iter().flatten() {
        if name.starts_with("Personal_") {
            *definition = json!({"$ref": "#/$defs/Sealed"});
        }
    }
    root
}

fn of_variant(
    root: &Value,
    variant: &Value,
    definitions: Option<&Map<String, Value>>,
    name: &str,
) -> Option<Value> {
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), root.get("$schema")?.clone());
    schema.insert("title".to_owned(), Value::from(name));
    schema.extend(variant.as_object()?.clone());
    let used = used(variant, definitions);
    if !used.is_empty() {
        schema.insert("$defs".to_owned(), Value::Object(used));
    }
    Some(Value::Object(schema))
}

/// The definitions that a schema refers to, directly or through others.
fn used(schema: &Value, definitions: Option<&Map<String, Value>>) -> Map<String, Value> {
    let mut found = Map::new();
    let mut names = BTreeSet::new();
    references(schema, &mut names);
    while let Some(name) = names.pop_first() {
        if let Some(definition) = definitions.and_then(|all| all.get(&name))
            && found.insert(name, definition.clone()).is_none()
        {
            let mut more = BTreeSet::new();
            references(definition, &mut more);
            names.extend(more.into_iter().filter(|name| !found.contains_key(name)));
        }
    }
    found
}

fn references(schema: &Value, names: &mut BTreeSet<String>) {
    match schema {
        Value::Object(fields) => {
            let reference = fields.get("$ref").and_then(Value::as_str);
            names.extend(
                reference
                    .and_then(|r| r.strip_prefix("#/$defs/"))
                    .map(str::to_owned),
            );
            fields.values().for_each(|field| references(field, names));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, names)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::committed;

    #[test]
    fn every_stored_event_type_has_one_schema() {
        fn names<S: Stream>() -> impl Iterator<Item = String> {
            let names = S::Event::names().iter();
            names.map(|name| format!("{name}.v{}", S::Event::version_of(name)))
        }
        macro_rules! every_name {
            ($($stream:ident $module:ident $event:ident,)*) => {
                std::iter::empty()$(.chain(names::<crate::$module::$stream>()))*
            };
        }
        let expected: BTreeSet<String> = for_every_stream!(every_name).collect();
        let found: BTreeSet<String> = event_schemas().into_keys().collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_schema_holds_every_definition_it_refers_to_and_no_other() {
        for (name, schema) in event_schemas() {
            let mut wanted = BTreeSet::new();
            references(&schema, &mut wanted);
            let held = schema.get("$defs").and_then(Value::as_object);
            let held: BTreeSet<String> =
                held.into_iter().flatten().map(|(k, _)| k.clone()).collect();
            assert_eq!(held, wanted, "{name}");
        }
    }

    #[test]
    fn no_schema_lets_personal_data_be_stored_clear() {
        let mut sealed = 0;
        for (name, schema) in event_schemas() {
            for (definition, says) in schema["$defs"].as_object().into_iter().flatten() {
                if definition.starts_with("Personal") {
                    assert_eq!(says, &json!({"$ref": "#/$defs/Sealed"}), "{name}");
                    sealed += 1;
                }
            }
        }
        assert!(sealed > 5, "{sealed} schemas hold personal data");
    }

    #[test]
    fn the_committed_schemas_are_those_of_the_events() {
        let files = event_schemas().into_iter().map(|(name, schema)| {
            let text = serde_json::to_string_pretty(&schema).unwrap();
            (format!("{name}.json"), format!("{text}\n"))
        });
        committed::folder("schemas", files.collect());
    }
}
