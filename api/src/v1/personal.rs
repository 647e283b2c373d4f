//! Personal values in an answer: sealed as they are stored, or opened for those whose role and purpose reach them.

use domain::personal::{DataClass, Sealed};
use infra::access::{Action, Call};
use serde::Deserialize;
use serde_json::Value;

use crate::problem::Problem;
use crate::state::AppState;

/// Replaces every sealed value of a state by what the caller may know of it: the value, that it was erased, or that it
/// is withheld.
pub(super) async fn disclose(
    app: &AppState,
    call: &Call,
    state: &mut Value,
) -> Result<(), Problem> {
    for action in [Action::ReadIdentity, Action::ReadWords] {
        let mut found = Vec::new();
        find(state, action, &mut found);
        let sealed: Vec<Sealed> = found.iter().map(|(_, sealed)| sealed.clone()).collect();
        let opened = app.registry.disclose(call, action, &sealed).await?;
        for ((place, _), value) in found.into_iter().zip(opened) {
            *place = serde_json::to_value(value).unwrap_or_default();
        }
    }
    Ok(())
}

/// The sealed values that an action opens, each with its place.
fn find<'v>(value: &'v mut Value, action: Action, found: &mut Vec<(&'v mut Value, Sealed)>) {
    if let Some(sealed) = sealed(value) {
        if opened_by(sealed.class) == action {
            found.push((value, sealed));
        }
        return;
    }
    match value {
        Value::Object(fields) => fields.values_mut().for_each(|v| find(v, action, found)),
        Value::Array(items) => items.iter_mut().for_each(|v| find(v, action, found)),
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
