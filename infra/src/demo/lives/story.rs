//! What a file of stories says.

use std::collections::BTreeMap;

use domain::actor::Role;
use domain::values::{Code, Day};
use serde::Deserialize;
use serde_json::Value;

use super::Untold;

/// A story: of one person, of a place, or of an emergency.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Story {
    /// How often it is told, each time of somebody else.
    #[serde(default = "once")]
    pub(super) copies: u64,
    /// Its first day.
    pub(super) begins: Begins,
    /// How old its people are on that day, from and to.
    #[serde(default = "grown_up")]
    pub(super) age: (u32, u32),
    /// What is chosen anew for each copy, by the name under which its steps use it.
    #[serde(default)]
    pub(super) chosen: BTreeMap<String, Value>,
    /// What happens.
    #[serde(rename = "step")]
    pub(super) steps: Vec<Step>,
}

/// The first day of a story.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(untagged)]
pub(super) enum Begins {
    /// This day.
    On(Day),
    /// So many days before today, between two numbers.
    Ago(u32, u32),
}

/// Something that somebody does.
#[derive(Debug, Deserialize)]
pub(super) struct Step {
    /// How many days after the first.
    pub(super) day: u32,
    /// In which role.
    pub(super) by: Role,
    /// For which reason through the gate to children's cases, where somebody acts who does not work on the case.
    pub(super) through: Option<Code>,
    /// Once for each of these numbers, from and to, which stand where the step says `#`.
    pub(super) each: Option<(u32, u32)>,
    /// The stream, and the command as `/v1` takes it.
    #[serde(flatten)]
    on: BTreeMap<String, Value>,
}

fn once() -> u64 {
    1
}

fn grown_up() -> (u32, u32) {
    (19, 58)
}

impl Story {
    pub(super) fn read(name: &'static str, text: &str) -> Result<Self, Untold> {
        let untold = |said| Untold::of(name, said);
        let story: Self = toml::from_str(text).map_err(|error| untold(error.to_string()))?;
        for step in &story.steps {
            if step.on.len() != 1 {
                let named: Vec<&str> = step.on.keys().map(String::as_str).collect();
                let said = format!(
                    "a step of day {} is on {named:?}: one stream each",
                    step.day
                );
                return Err(untold(said));
            }
        }
        if !story.steps.is_sorted_by_key(|step| step.day) {
            return Err(untold(
                "its steps are not in the order of their days".to_owned(),
            ));
        }
        Ok(story)
    }
}

impl Step {
    /// The stream, under the name the story has for it, and the command.
    pub(super) fn act(&self) -> Option<(&str, &Value)> {
        let (stream, command) = self.on.first_key_value()?;
        Some((stream, command))
    }

    /// The numbers for which it is done: none, where it is done once.
    pub(super) fn numbers(&self) -> Vec<Option<u32>> {
        match self.each {
            Some((first, last)) => (first..=last).map(Some).collect(),
            None => vec![None],
        }
    }
}
