//! What is stored of an event: read back unchanged, whole numbers only, nothing personal in the clear.

use std::convert::Infallible;

use proptest::prelude::TestCaseError;
use proptest::{prop_assert, prop_assert_eq};
use serde_json::Value;

use super::samples::sealed;
use crate::personal::{DataClass, Sealed, Sealer};
use crate::stream::StreamEvent;

/// Seals every text as the same ciphertext.
pub(crate) struct Sealing;

impl Sealer for Sealing {
    type Error = Infallible;

    fn seal(&mut self, class: DataClass, _clear: &str) -> Result<Sealed, Infallible> {
        Ok(sealed(class).sealed().unwrap().clone())
    }

    fn refuse_sealed(&mut self) -> Infallible {
        panic!("a request brings no sealed value")
    }
}

/// Checks that an event survives its stored form and that the form holds no float.
pub(crate) fn unchanged<E: StreamEvent>(event: &E) -> Result<(), TestCaseError> {
    let payload = serde_json::to_value(event).map_err(|e| TestCaseError::fail(e.to_string()))?;
    prop_assert!(!holds_a_float(&payload), "{payload}");
    let key = payload.as_object().and_then(|fields| fields.keys().next());
    let name = event.name().rsplit('.').next();
    prop_assert_eq!(key.map(String::as_str), name);
    prop_assert!(E::names().contains(&event.name()));
    let read: Result<E, _> = serde_json::from_value(payload);
    prop_assert_eq!(read.map_err(|e| e.to_string()), Ok(event.clone()));
    Ok(())
}

fn holds_a_float(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.as_i64().is_none() && number.as_u64().is_none(),
        Value::Array(items) => items.iter().any(holds_a_float),
        Value::Object(fields) => fields.values().any(holds_a_float),
        Value::Null | Value::Bool(_) | Value::String(_) => false,
    }
}
