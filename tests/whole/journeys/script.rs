//! What the sentences of a journey send: read from a file, and filled in.
//!
//! | placeholder | stands for |
//! |---|---|
//! | `@now` | the moment |
//! | `@day`, `@day+14`, `@day-3` | the day, and days around it |
//! | any other, as `@person` or `@custody-2` | the id of a thing of this journey, or what the test has named so |

use std::collections::BTreeMap;

use domain::values::{Day, Instant};
use serde::Deserialize;
use serde_json::Value;
use tests::Failure;

/// The sentences of a journey.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Script {
    act: Vec<Act>,
}

/// A sentence, and what it sends.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Act {
    says: String,
    /// The sample identity that acts.
    pub(super) by: String,
    /// On what, and the command as `/v1` takes it.
    #[serde(flatten)]
    on: BTreeMap<String, Value>,
}

/// When something is said.
#[derive(Clone, Copy)]
pub(super) struct When {
    pub(super) now: Instant,
    pub(super) today: Day,
}

/// Every act of a file, by its sentence.
pub(super) fn read(script: &str) -> Result<BTreeMap<String, Act>, Failure> {
    let script: Script = toml::from_str(script)?;
    let mut acts = BTreeMap::new();
    for act in script.act {
        if act.on.len() != 1 {
            return Err(format!("{:?} is on {:?}: one thing each", act.says, act.on.keys()).into());
        }
        if let Some(twice) = acts.insert(act.says.clone(), act) {
            return Err(format!("{:?} stands twice in its file", twice.says).into());
        }
    }
    Ok(acts)
}

impl Act {
    /// The name that the journey has for the thing it acts on, and the command.
    pub(super) fn on(&self) -> Result<(&str, &Value), Failure> {
        let (name, command) = self.on.first_key_value().ok_or("an act is on something")?;
        Ok((name, command))
    }
}

/// The kind of a thing, by the name that a journey has for it: `custody` of `custody-2`.
pub(super) fn kind(name: &str) -> &str {
    name.split('-').next().unwrap_or(name)
}

/// Where things of a kind are asked for.
pub(super) fn address(name: &str) -> String {
    let several = match kind(name) {
        "pretrial" => "pretrial-cases".to_owned(),
        "restorative" => "restorative-processes".to_owned(),
        "cooperation" => "matters-with-other-states".to_owned(),
        "custody" => "stays-in-custody".to_owned(),
        "emergency" => "emergencies".to_owned(),
        "facility" => "facilities".to_owned(),
        "registry" => "registers".to_owned(),
        other => format!("{other}s"),
    };
    format!("/v1/{several}")
}

/// A command with everything filled in.
pub(super) fn filled(
    value: &Value,
    known: &BTreeMap<String, Value>,
    when: When,
) -> Result<Value, Failure> {
    let fill = |value| filled(value, known, when);
    match value {
        Value::String(text) => match text.strip_prefix('@') {
            Some(name) => meant(name, known, when),
            None => Ok(value.clone()),
        },
        Value::Array(list) => list.iter().map(fill).collect(),
        Value::Object(table) => {
            let pairs = table
                .iter()
                .map(|(key, value)| Ok((key.clone(), fill(value)?)));
            pairs.collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(value.clone()),
    }
}

fn meant(name: &str, known: &BTreeMap<String, Value>, when: When) -> Result<Value, Failure> {
    if let Some(known) = known.get(name) {
        return Ok(known.clone());
    }
    let today = when.today;
    let around = name
        .strip_prefix("day")
        .map(|away| away.split_at_checked(1));
    let meant = match around {
        Some(None) => today.to_string(),
        Some(Some(("+", days))) => today.plus_days(days.parse()?).to_string(),
        Some(Some(("-", days))) => today.minus_days(days.parse()?).to_string(),
        _ if name == "now" => when.now.to_string(),
        _ => return Err(format!("nothing says what @{name} stands for").into()),
    };
    Ok(Value::String(meant))
}

/// An address with the ids of the things that it names: `/v1/orders?sentence=@sentence`.
pub(super) fn named(path: &str, known: &BTreeMap<String, Value>) -> String {
    let mut path = path.to_owned();
    // The longer names first: one may begin with another.
    for (name, id) in known.iter().rev() {
        if let Some(id) = id.as_str() {
            path = path.replace(&format!("@{name}"), id);
        }
    }
    path
}
