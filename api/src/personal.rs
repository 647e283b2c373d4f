//! Personal values in an answer: sealed as they are stored, or opened for those whose role and purpose reach them.

use domain::personal::{DataClass, Disclosed, Sealed};
use infra::access::{Action, Call};
use infra::registry::{ReadError, Registry};
use serde::Deserialize;
use serde_json::Value;

/// Replaces every sealed value by what the caller may know of it: the value, that it was erased, or that it is withheld.
pub(crate) async fn disclose(
    registry: &Registry,
    call: &Call,
    values: &mut [&mut Value],
) -> Result<(), ReadError> {
    for action in [Action::ReadIdentity, Action::ReadWords] {
        let mut found = Vec::new();
        for value in values.iter_mut() {
            find(value, &|class| opened_by(class) == action, &mut found);
        }
        let sealed: Vec<Sealed> = found.iter().map(|(_, sealed)| sealed.clone()).collect();
        let opened = registry.disclose(call, action, &sealed).await?;
        for ((place, _), value) in found.into_iter().zip(opened) {
            *place = serde_json::to_value(value).unwrap_or_default();
        }
    }
    Ok(())
}

/// Replaces every sealed value by the word that it is withheld: nobody asked for it.
pub(crate) fn withhold(values: &mut [&mut Value]) {
    let mut found = Vec::new();
    for value in values.iter_mut() {
        find(value, &|_| true, &mut found);
    }
    for (place, _) in found {
        *place = serde_json::to_value(Disclosed::<String>::Withheld).unwrap_or_default();
    }
}

/// The sealed values of some classes, each with its place.
fn find<'v>(
    value: &'v mut Value,
    wanted: &dyn Fn(DataClass) -> bool,
    found: &mut Vec<(&'v mut Value, Sealed)>,
) {
    if let Some(sealed) = sealed(value) {
        if wanted(sealed.class) {
            found.push((value, sealed));
        }
        return;
    }
    match value {
        Value::Object(fields) => fields.values_mut().for_each(|v| find(v, wanted, found)),
        Value::Array(items) => items.iter_mut().for_each(|v| find(v, wanted, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn sealed(value: &Value) -> Option<Sealed> {
    value.get("sealed")?;
    Sealed::deserialize(value).ok()
}

/// What somebody needs to be allowed for to read a class.
fn opened_by(class: DataClass) -> Action {
    match class {
        DataClass::Identity | DataClass::Contact => Action::ReadIdentity,
        DataClass::Judgment | DataClass::Supervision | DataClass::Health | DataClass::Children => {
            Action::ReadWords
        }
    }
}
