//! What is written from the program and committed beside it: schemas and reference pages.

mod events;
mod markdown;
pub(crate) mod reference;
mod settings;
pub(crate) mod shape;

use std::path::PathBuf;

use reference::Reference;
use serde_json::Value;

/// Every generated file, by its place in the project.
pub(crate) fn generated() -> Vec<(PathBuf, String)> {
    let (_, openapi) = crate::v1::documented();
    let mut files = vec![
        ("docs/api.md".into(), Reference::read(&openapi).markdown()),
        (
            "docs/case-export.schema.json".into(),
            pretty(&crate::export::schema()),
        ),
        ("docs/configuration.md".into(), settings::page()),
        ("docs/events.md".into(), events::page()),
        ("docs/openapi.json".into(), openapi + "\n"),
        (
            "domain/packs/pack.schema.json".into(),
            pretty(&domain::jurisdiction::pack_schema()),
        ),
        (
            "domain/official/tables.schema.json".into(),
            pretty(&domain::official::definitions_schema()),
        ),
        (
            "infra/maps/mapping.schema.json".into(),
            pretty(&infra::import::mapping_schema()),
        ),
        (
            "infra/maps/lists.schema.json".into(),
            pretty(&infra::import::lists_schema()),
        ),
    ];
    for (name, schema) in domain::schemas::event_schemas() {
        let path = format!("domain/schemas/{name}.json");
        files.push((path.into(), pretty(&schema)));
    }
    files
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}
