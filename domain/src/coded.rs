//! The codes that an event holds, each with the list of the rules that it is a code of.
//!
//! Which list, the event's schema says (`x-list`): a code can be given its words wherever it is told of.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::Value;

use crate::record::AnyEvent;
use crate::schemas::event_schemas;

/// A code in an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeAt {
    /// Its place, as a JSON pointer into the stored event.
    pub at: String,
    /// The list: `pretrial.grounds`. Of an answer to a question, `sentencing.circumstances.` and the question.
    pub list: String,
    /// The code.
    pub code: String,
}

/// The schemas of today's events by their type.
static SCHEMAS: LazyLock<BTreeMap<String, Value>> = LazyLock::new(|| {
    let named = |(name, schema): (String, Value)| {
        let (event, _version) = name.rsplit_once(".v")?;
        Some((event.to_owned(), schema))
    };
    event_schemas().into_iter().filter_map(named).collect()
});

/// The codes of an event, by their places.
pub fn codes(event: &AnyEvent) -> Vec<CodeAt> {
    codes_in(event.name(), &event.to_value())
}

fn codes_in(name: &str, payload: &Value) -> Vec<CodeAt> {
    let Some(root) = SCHEMAS.get(name) else {
        return Vec::new();
    };
    let mut reading = Reading {
        root,
        found: BTreeMap::new(),
    };
    reading.value(root, payload, "", None);
    let found = reading.found.into_iter();
    found
        .map(|(at, (list, code))| CodeAt { at, list, code })
        .collect()
}

struct Reading<'a> {
    root: &'a Value,
    found: BTreeMap<String, (String, String)>,
}

impl<'a> Reading<'a> {
    fn value(&mut self, schema: &'a Value, value: &Value, at: &str, list: Option<&str>) {
        let own = schema.get("x-list").and_then(Value::as_str);
        let list = own.or(list);
        if let Some(named) = schema.get("$ref").and_then(Value::as_str) {
            let name = named.strip_prefix("#/$defs/").unwrap_or_default();
            let definitions = self.root.get("$defs");
            if let Some(target) = definitions.and_then(|all| all.get(name)) {
                self.value(target, value, at, list);
            }
            return;
        }
        for choice in ["oneOf", "anyOf"] {
            let choices = schema.get(choice).and_then(Value::as_array);
            for one in choices.into_iter().flatten() {
                self.value(one, value, at, list);
            }
        }
        match value {
            Value::String(code) if is_free(schema) => self.code(at, list, code),
            Value::Array(items) => {
                let of = schema.get("items").unwrap_or(&Value::Null);
                for (nth, item) in items.iter().enumerate() {
                    self.value(of, item, &format!("{at}/{nth}"), list);
                }
            }
            Value::Object(fields) => {
                for (name, inner) in fields {
                    self.field(schema, name, inner, at, list);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    /// A part of a record, or an answer in a table of questions.
    fn field(
        &mut self,
        schema: &'a Value,
        name: &str,
        value: &Value,
        at: &str,
        list: Option<&str>,
    ) {
        let below = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
        let part = schema.get("properties").and_then(|parts| parts.get(name));
        if let Some(part) = part {
            // Of a value that may be absent in three ways, the list is that of the whole.
            let list = list.filter(|_| name == "value");
            self.value(part, value, &below, list);
        } else if let Some(of) = schema
            .get("additionalProperties")
            .filter(|of| of.is_object())
            && let Some(list) = list
        {
            self.code(&below, Some(list), name);
            let question = format!("{list}.{name}");
            self.value(of, value, &below, Some(&question));
        }
    }

    fn code(&mut self, at: &str, list: Option<&str>, code: &str) {
        if let Some(list) = list {
            let found = (list.to_owned(), code.to_owned());
            self.found.entry(at.to_owned()).or_insert(found);
        }
    }
}

/// Whether a schema is of a text that is not one of a few fixed words.
fn is_free(schema: &Value) -> bool {
    let is_text = match schema.get("type") {
        Some(Value::String(kind)) => kind == "string",
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == "string"),
        Some(_) | None => false,
    };
    is_text && schema.get("const").is_none() && schema.get("enum").is_none()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn found(name: &str, payload: &Value) -> Vec<(String, String, String)> {
        let codes = codes_in(name, payload).into_iter();
        codes.map(|code| (code.at, code.list, code.code)).collect()
    }

    fn one(at: &str, list: &str, code: &str) -> (String, String, String) {
        (at.to_owned(), list.to_owned(), code.to_owned())
    }

    #[test]
    fn a_code_is_found_with_its_list_wherever_it_stands() {
        let payload = json!({"offered": {"told": {
            "person": "00000000-0000-0000-0000-000000000001",
            "decided": "2026-01-05",
            "by": "prosecution",
            "offences": ["M101", "M102"],
            "kind": "treatment",
            "obligations": [{"kind": "school"}],
        }, "door": "live"}});
        assert_eq!(
            found("diversion.offered", &payload),
            [
                one("/offered/told/kind", "diversion.kinds", "treatment"),
                one(
                    "/offered/told/obligations/0/kind",
                    "diversion.obligations",
                    "school"
                ),
                one("/offered/told/offences/0", "offences", "M101"),
                one("/offered/told/offences/1", "offences", "M102"),
            ]
        );
    }

    #[test]
    fn questions_and_answers_have_their_lists_and_an_absence_is_no_code() {
        let payload = json!({"circumstances_recorded": {
            "answers": {"pregnant": {"value": "yes"}, "carer": "declined"},
            "basis": "bangkok-3",
        }});
        let answers = "/circumstances_recorded/answers";
        let questions = "sentencing.circumstances";
        assert_eq!(
            found("person.circumstances_recorded", &payload),
            [
                one(&format!("{answers}/carer"), questions, "carer"),
                one(&format!("{answers}/pregnant"), questions, "pregnant"),
                one(
                    &format!("{answers}/pregnant/value"),
                    "sentencing.circumstances.pregnant",
                    "yes"
                ),
            ]
        );
    }

    #[test]
    fn the_offence_of_a_sentence_has_its_list_although_it_may_be_absent() {
        let offence = |code: Value| {
            json!({"imposed": {
                "person": "00000000-0000-0000-0000-000000000001",
                "pronounced": "2026-01-05",
                "door": "live",
                "decision": {"court": "ashby", "counts": [{
                    "no": 1, "offence": {"code": code}, "components": [],
                }]},
            }})
        };
        let known = found("sentence.imposed", &offence(json!({"value": "M104"})));
        let decision = "/imposed/decision";
        assert_eq!(
            known,
            [
                one(
                    &format!("{decision}/counts/0/offence/code/value"),
                    "offences",
                    "M104"
                ),
                one(&format!("{decision}/court"), "courts", "ashby"),
            ]
        );
        let absent = found("sentence.imposed", &offence(json!("not_asked")));
        assert_eq!(absent.len(), 1, "{absent:?}");
    }
}
