//! The JSON Schema of mappings, for editors and validators.

use super::Mapping;

/// The schema of a mapping file; `infra/maps/mapping.schema.json` is its text.
pub fn mapping_schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(Mapping).to_value();
    if let Some(root) = schema.as_object_mut() {
        root.insert(
            "title".to_owned(),
            "A mapping of a country's file of decisions".into(),
        );
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_schema_is_the_one_the_types_generate() {
        let mut expected = serde_json::to_string_pretty(&mapping_schema()).unwrap();
        expected.push('\n');
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/maps/mapping.schema.json");
        let committed = std::fs::read_to_string(path).unwrap_or_default();
        if committed != expected {
            let fresh = std::env::temp_dir().join("mapping.schema.json");
            std::fs::write(&fresh, &expected).unwrap();
            panic!("{path} is out of date: copy {} over it", fresh.display());
        }
    }
}
