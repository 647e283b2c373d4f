//! `docs/events.md`: every event that is stored, from the schemas of their types.

use std::collections::BTreeMap;

use domain::schemas::event_schemas;
use serde_json::{Map, Value};

use super::markdown::{named, table};
use super::shape::{Field, Named, Shapes};

const OPENING: &str = "\
# Events

What is stored, and never changed: one event for each decision, act or fact. This page is written from the types by
`assize schema write`, and `.ci/run` compares it; [domain/schemas](../domain/schemas) has the same as JSON Schema.

An event is stored as an object whose one key is its name without the stream, for example
`{\"quashed\": {\"pronounced\": \"2026-03-02\"}}`. Beside it stands its envelope: id, stream and version, when it happened
(`occurred`), when the register was told (`recorded`), who acted in which role and office, for which purpose, under which
rules, and what it follows from. Its place in the ledger is its entry number.

- **When** is a date as exactly as it is known (`2026-03-05`, `2026-03`, `2026`) or an instant
  (`2026-03-05T10:00:00Z`).
- **Lengths** are terms of the calendar as ISO 8601 writes them (`P1Y6M`, `P10D`), or a decimal of one unit of an existing
  fact.
- **Codes** are words of the jurisdiction's pack.
- **Personal text** is sealed under a key of the person and class; erasure destroys the key.
- **Why it is not known** is one of `not_recorded`, `not_asked`, `declined`; a known value is written
  `{\"value\": …}`. A field that is left out was not recorded.
- **Findings** are what the register noticed: what an act through it would have been refused for.
- A **version** is never edited. A type that changes gains a version, and the old one is read for ever.
";

const STREAMS: [(&str, &str); 17] = [
    ("person", "A person under a random pseudonym."),
    (
        "sentence",
        "Everything decided about one person at one hearing, and what became of it.",
    ),
    ("pretrial", "Somebody's liberty before judgment."),
    ("diversion", "A case kept out of court."),
    ("report", "A social inquiry or pre-sentence report."),
    ("restorative", "A restorative process and what was agreed."),
    ("order", "A community order with its requirements."),
    (
        "supervision",
        "A period under a probation or parole authority.",
    ),
    ("custody", "A stay in a place of detention."),
    (
        "release",
        "A release: when it is possible, how it is decided and carried out.",
    ),
    (
        "emergency",
        "A declared emergency: who is released in it, which rights are cut, how it ends.",
    ),
    (
        "facility",
        "A place of detention: its places, its regime, its health.",
    ),
    ("complaint", "A complaint and what became of it."),
    (
        "cooperation",
        "A matter with another State: extradition, transfer of a sentenced person, a judgment recognised or told of.",
    ),
    (
        "finding",
        "Something that somebody has to look at: a clock that ran out, or what an entry carries.",
    ),
    ("policy", "A jurisdiction's rules."),
    (
        "registry",
        "The register itself: keys, seals, what was handed over, published or lost.",
    ),
];

/// The page.
pub(super) fn page() -> String {
    let schemas = event_schemas();
    let none = Map::new();
    let mut words = BTreeMap::new();
    let mut page = OPENING.to_owned();
    for (stream, about) in STREAMS {
        page.push_str(&format!("\n## {stream}\n\n{about}\n"));
        let own = schemas
            .iter()
            .filter(|(name, _)| name.split('.').next() == Some(stream));
        for (name, schema) in own {
            let definitions = schema.get("$defs").and_then(Value::as_object);
            let shapes = Shapes(definitions.unwrap_or(&none));
            shapes.reached(schema, &mut words);
            page.push_str(&event(name, schema, shapes));
        }
    }
    page.push_str("\n## Words\n\nWhat the fields above are made of.\n");
    for (name, word) in &words {
        page.push_str(&named(name, word));
    }
    page
}

/// One event: when, in which fields, in which version.
fn event<'a>(file: &str, schema: &'a Value, shapes: Shapes<'a>) -> String {
    let (name, version) = file.rsplit_once(".v").unwrap_or((file, "1"));
    let about = super::shape::says(schema);
    format!(
        "\n### {name}\n\n{about} Version {version}.\n{}",
        table(&held(schema, shapes))
    )
}

/// What stands under the event's one key.
fn held<'a>(schema: &'a Value, shapes: Shapes<'a>) -> Named {
    let properties = schema.get("properties").and_then(Value::as_object);
    let held = properties.and_then(|all| all.values().next());
    let resolved = held.map(|held| {
        let name = held.get("$ref").and_then(Value::as_str);
        let name = name.and_then(|reference| reference.rsplit('/').next());
        name.and_then(|name| shapes.0.get(name)).unwrap_or(held)
    });
    resolved.map_or_else(
        || Named {
            says: String::new(),
            is_choice: false,
            fields: Vec::<Field>::new(),
        },
        |schema| shapes.named(schema),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_has_its_heading_its_version_and_its_fields() {
        let page = page();
        for file in event_schemas().keys() {
            let (name, version) = file.rsplit_once(".v").unwrap();
            let (_, section) = page.split_once(&format!("\n### {name}\n")).unwrap();
            let section = section.split("\n##").next().unwrap();
            assert!(section.contains(&format!("Version {version}.")), "{name}");
            assert!(
                section.contains("| field |") || section.contains("no fields"),
                "{name}"
            );
        }
    }

    #[test]
    fn one_name_means_one_thing_in_every_stream() {
        let mut all: BTreeMap<String, Named> = BTreeMap::new();
        for (file, schema) in event_schemas() {
            let Some(definitions) = schema.get("$defs").and_then(Value::as_object) else {
                continue;
            };
            let mut words = BTreeMap::new();
            Shapes(definitions).reached(&schema, &mut words);
            for (name, word) in words {
                if let Some(other) = all.insert(name.clone(), word.clone()) {
                    assert_eq!(other, word, "{name} in {file}");
                }
            }
        }
        assert!(all.contains_key("Decision"));
    }
}
