//! The JSON Schema of packs, for editors and validators.

use super::Pack;

/// The schema of a pack; `domain/packs/pack.schema.json` is its text.
pub fn pack_schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(Pack).to_value();
    if let Some(root) = schema.as_object_mut() {
        let title = "The rules of a jurisdiction, as a register adopts them";
        root.insert("title".to_owned(), title.into());
    }
    schema
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::jurisdiction::BUILT_IN;
    use crate::testing::committed;
    use crate::testing::schema::faults;

    fn as_json(text: &str) -> Value {
        let table: toml::Table = toml::from_str(text).unwrap();
        serde_json::to_value(table).unwrap()
    }

    #[test]
    fn every_pack_that_comes_with_the_register_keeps_to_the_schema() {
        let schema = pack_schema();
        for (name, text) in BUILT_IN {
            assert_eq!(
                faults(&schema, &as_json(text)),
                Vec::<String>::new(),
                "{name}"
            );
        }
    }

    #[test]
    fn the_schema_finds_what_the_reader_of_packs_finds() {
        let (schema, (_, text)) = (pack_schema(), BUILT_IN[1]);
        for (right, wrong, at) in [
            ("currency = \"EUR\"\n", "", ""),
            ("[pretrial]\n", "[pretrial]\nfelt = 3\n", "/pretrial"),
            ("live_minutes = ", "live_minutes = -", "/live_minutes"),
            (
                "most_cases = 60",
                "most_cases = \"many\"",
                "/supervision/most_cases",
            ),
        ] {
            let broken = text.replacen(right, wrong, 1);
            assert_ne!(broken, text, "{right:?} does not stand in the pack");
            assert!(Pack::parse(&broken).is_err(), "{wrong:?} can be read");
            let found = faults(&schema, &as_json(&broken));
            assert!(
                found.iter().any(|fault| fault.starts_with(at)),
                "{wrong:?}: {found:?}"
            );
        }
    }

    #[test]
    fn the_committed_schema_is_the_one_the_types_generate() {
        let text = serde_json::to_string_pretty(&pack_schema()).unwrap();
        committed::file("domain/packs/pack.schema.json", &format!("{text}\n"));
    }
}
