//! A copy of a story in the telling: what its placeholders stand for.
//!
//! | placeholder | stands for |
//! |---|---|
//! | `@now` | the moment of the step |
//! | `@day`, `@day+14`, `@day-3` | its day, and days around it |
//! | `@person`, `@sentence`, `@custody-2` … | the id of a stream of this copy |
//! | `@age`, `@born`, `@name`, `@age-7` … | a person's, drawn once each, the age on the first day |
//! | any other, as `@court` | what was chosen under that name |
//!
//! `#` in a placeholder is the number of the step. A table `{ any = [..] }` is one of the list, and `{ each = [1, 40], of = .. }`
//! in a list stands for that many entries.

use std::collections::BTreeMap;

use domain::values::{Day, Instant};
use serde_json::{Map, Value};

use super::super::chance::Chance;
use super::super::people;
use super::story::Story;

/// When a step happens.
#[derive(Clone, Copy)]
pub(super) struct When {
    pub(super) now: Instant,
    pub(super) day: Day,
}

/// A copy of a story in the telling.
pub(super) struct Teller {
    chance: Chance,
    first: Day,
    age: (u32, u32),
    /// What was chosen or drawn, by its placeholder.
    known: BTreeMap<String, Value>,
}

impl Teller {
    pub(super) fn new(story: &Story, first: Day, chance: Chance) -> Result<Self, String> {
        let mut teller = Self {
            chance,
            first,
            age: story.age,
            known: BTreeMap::new(),
        };
        let when = When {
            now: Instant::start_of(first),
            day: first,
        };
        for (name, value) in &story.chosen {
            let chosen = teller.fill(value, when, None)?;
            teller.known.insert(name.clone(), chosen);
        }
        Ok(teller)
    }

    /// The words that were chosen under a name.
    pub(super) fn chosen(&self, name: &str) -> Option<&str> {
        self.known.get(name).and_then(Value::as_str)
    }

    /// The id of a stream of this copy, by the name the story has for it: `person`, `custody-2`.
    pub(super) fn id(&mut self, name: &str, number: Option<u32>) -> String {
        let name = numbered(name, number);
        if let Some(id) = self.chosen(&name) {
            return id.to_owned();
        }
        let id = self.chance.id().to_string();
        self.known.insert(name, Value::String(id.clone()));
        id
    }

    /// A value with everything filled in.
    pub(super) fn fill(
        &mut self,
        value: &Value,
        when: When,
        number: Option<u32>,
    ) -> Result<Value, String> {
        match value {
            Value::String(text) => match text.strip_prefix('@') {
                Some(name) => self.placeholder(&numbered(name, number), when),
                None => Ok(value.clone()),
            },
            Value::Array(list) => self.list(list, when, number).map(Value::Array),
            Value::Object(table) => match table.get("any").and_then(Value::as_array) {
                Some(list) => {
                    let list: Vec<&Value> = list.iter().collect();
                    let one = self.chance.pick(&list);
                    self.fill(one, when, number)
                }
                None => self.table(table, when, number).map(Value::Object),
            },
            Value::Null | Value::Bool(_) | Value::Number(_) => Ok(value.clone()),
        }
    }

    fn table(
        &mut self,
        table: &Map<String, Value>,
        when: When,
        number: Option<u32>,
    ) -> Result<Map<String, Value>, String> {
        let filled = table.iter().map(|(name, value)| {
            let value = self.fill(value, when, number)?;
            Ok((name.clone(), value))
        });
        filled.collect()
    }

    fn list(
        &mut self,
        entries: &[Value],
        when: When,
        number: Option<u32>,
    ) -> Result<Vec<Value>, String> {
        let mut filled = Vec::new();
        for value in entries {
            match (several(value), value.get("of")) {
                (Some((first, last)), Some(of)) => {
                    for n in first..=last {
                        filled.push(self.fill(of, when, Some(n))?);
                    }
                }
                _ => filled.push(self.fill(value, when, number)?),
            }
        }
        Ok(filled)
    }

    fn placeholder(&mut self, name: &str, when: When) -> Result<Value, String> {
        if name == "now" {
            return Ok(Value::String(when.now.to_string()));
        }
        if let Some(day) = day(name, when.day) {
            return Ok(Value::String(day?.to_string()));
        }
        if let Some(known) = self.known.get(name) {
            return Ok(known.clone());
        }
        let (kind, which) = name.split_once('-').unwrap_or((name, ""));
        let drawn = match kind {
            "age" => Value::from(self.chance.between(self.age.0, self.age.1)),
            "born" => Value::String(self.born(which, when)?.to_string()),
            "name" => Value::String(people::name(&mut self.chance)),
            stream if super::play::is_stream(stream) => {
                return Ok(Value::String(self.id(name, None)));
            }
            _ => return Err(format!("nothing says what @{name} stands for")),
        };
        self.known.insert(name.to_owned(), drawn.clone());
        Ok(drawn)
    }

    /// The day of birth of somebody whose age is drawn with it.
    fn born(&mut self, which: &str, when: When) -> Result<Day, String> {
        let age = match which {
            "" => "age".to_owned(),
            which => format!("age-{which}"),
        };
        let years = self.placeholder(&age, when)?;
        let years = years.as_u64().and_then(|years| u32::try_from(years).ok());
        let days = years.unwrap_or_default().saturating_mul(1461) / 4;
        let since = self.chance.between(1, 360);
        Ok(self.first.minus_days(days.saturating_add(since)))
    }
}

/// A name with the number of its step.
fn numbered(name: &str, number: Option<u32>) -> String {
    match number {
        Some(number) => name.replace('#', &number.to_string()),
        None => name.to_owned(),
    }
}

/// `day+14` and its like.
fn day(name: &str, day: Day) -> Option<Result<Day, String>> {
    let away = name.strip_prefix("day")?;
    let days = |text: &str| {
        let days = text.parse();
        days.map_err(|_| format!("@{name} is no day: write @day+14"))
    };
    match away.split_at_checked(1) {
        None => Some(Ok(day)),
        Some(("+", later)) => Some(days(later).map(|n| day.plus_days(n))),
        Some(("-", earlier)) => Some(days(earlier).map(|n| day.minus_days(n))),
        Some(_) => None,
    }
}

/// For which numbers an entry of a list stands.
fn several(value: &Value) -> Option<(u32, u32)> {
    let each = value.get("each")?;
    serde_json::from_value(each.clone()).ok()
}
