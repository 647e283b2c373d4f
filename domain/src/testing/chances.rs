//! Commands by chance, made from their schemas: whatever can be said of a stream, and mostly what makes sense.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde_json::{Map, Value, json};

use super::samples;
use super::schema::resolved;
use crate::jurisdiction::Pack;
use crate::values::{Day, Instant};

/// Numbers that choose; where they end, the first of everything is chosen.
pub(crate) struct Chances<'a>(std::slice::Iter<'a, u16>);

impl<'a> Chances<'a> {
    pub(crate) fn of(numbers: &'a [u16]) -> Self {
        Self(numbers.iter())
    }

    /// Whether anything is left to choose by.
    pub(crate) fn are_left(&self) -> bool {
        !self.0.as_slice().is_empty()
    }

    /// One of so many, from 0.
    pub(crate) fn below(&mut self, many: usize) -> usize {
        let number = self.0.next().copied().unwrap_or_default();
        usize::from(number).checked_rem(many).unwrap_or_default()
    }

    /// True so many times in a hundred.
    pub(crate) fn happens(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn pick<'t, T: ?Sized>(&mut self, all: &[&'t T]) -> &'t T {
        all[self.below(all.len())]
    }
}

/// What a command is made from.
pub(crate) struct Making<'a, 'c> {
    /// The schema of the commands.
    pub(crate) schema: &'a Value,
    /// The stream.
    pub(crate) stream: &'a str,
    /// How many events the stream has.
    pub(crate) version: u64,
    /// When it is entered.
    pub(crate) now: Instant,
    pub(crate) chances: &'a mut Chances<'c>,
}

/// Every code that the fictional rules list.
static CODES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let lists = samples::midland().lists.clone();
    let codes = lists
        .into_values()
        .flatten()
        .map(|coded| coded.code.to_string());
    codes.collect::<BTreeSet<_>>().into_iter().collect()
});

impl Making<'_, '_> {
    /// Any command.
    pub(crate) fn command(&mut self) -> Value {
        let root = self.schema;
        let all = root.get("oneOf").and_then(Value::as_array);
        // What begins a stream stands first among its commands.
        let first = all.and_then(|all| all.first());
        match first.filter(|_| self.version == 0 && self.chances.happens(85)) {
            Some(first) => self.value(first, "", 0),
            None => self.value(root, "", 0),
        }
    }

    fn value(&mut self, schema: &Value, name: &str, depth: usize) -> Value {
        let reference = schema.get("$ref").and_then(Value::as_str);
        if reference.is_some_and(|reference| reference.contains("Personal_string")) {
            return "as it was told".into();
        }
        if let Some(list) = schema.get("x-list").and_then(Value::as_str) {
            match schema.get("type").and_then(Value::as_str) {
                Some("array") => {
                    let many = self.chances.below(2).saturating_add(1);
                    return (0..many).map(|_| self.listed(list)).collect();
                }
                // A table, whose questions are those of the list.
                Some("object") => {}
                Some(_) | None => return self.listed(list),
            }
        }
        let schema = resolved(self.schema, schema);
        if let Some(constant) = schema.get("const") {
            return constant.clone();
        }
        for choice in ["oneOf", "anyOf"] {
            if let Some(choices) = schema.get(choice).and_then(Value::as_array) {
                return self.one_of(choices, name, depth);
            }
        }
        if let Some(words) = schema.get("enum").and_then(Value::as_array) {
            return words[self.chances.below(words.len())].clone();
        }
        let kinds = schema.get("type");
        let first = kinds
            .and_then(Value::as_array)
            .and_then(|kinds| kinds.first());
        let kind = first.or(kinds).and_then(Value::as_str);
        match kind {
            Some("object") => self.object(schema, depth),
            Some("array") => {
                let of = schema.get("items").unwrap_or(&Value::Null);
                // A decision without a count is the first that is refused, and nothing more is seen of it.
                let few = i32::from(name == "counts");
                let many = [1, 1, 2, few, 3][self.chances.below(5)];
                (0..many)
                    .map(|_| self.value(of, name, depth.saturating_add(1)))
                    .collect()
            }
            Some("integer" | "number") => self.number(name),
            Some("boolean") => Value::Bool(self.chances.happens(50)),
            Some("string") => self.text(schema, name),
            Some(_) | None => Value::Null,
        }
    }

    /// One alternative: what may be left out mostly is not, and what is read as it is written stands first.
    fn one_of(&mut self, choices: &[Value], name: &str, depth: usize) -> Value {
        let sealed = |one: &&Value| one.get("$ref") != Some(&json!("#/$defs/Sealed"));
        let is_null = |one: &&Value| one.get("type") != Some(&json!("null"));
        let known = |one: &&&Value| one.get("properties").is_some();
        let all: Vec<&Value> = choices.iter().filter(sealed).collect();
        let some: Vec<&Value> = all.iter().copied().filter(is_null).collect();
        let can_be_null = some.len() < all.len();
        if can_be_null && (depth > 6 || self.chances.happens(30)) {
            return Value::Null;
        }
        // Of an answer that may be absent in three ways, the answer.
        if some.len() == 4
            && let Some(answer) = some.iter().find(known).filter(|_| self.chances.happens(60))
        {
            return self.value(answer, name, depth.saturating_add(1));
        }
        let one = some[self.chances.below(some.len())];
        self.value(one, name, depth.saturating_add(1))
    }

    fn object(&mut self, schema: &Value, depth: usize) -> Value {
        let required = schema.get("required").and_then(Value::as_array);
        let required: BTreeSet<&str> = required
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let properties = schema.get("properties").and_then(Value::as_object);
        let mut fields = Map::new();
        for (name, of) in properties.into_iter().flatten() {
            if required.contains(name.as_str()) || (depth < 6 && self.chances.happens(65)) {
                fields.insert(name.clone(), self.value(of, name, depth.saturating_add(1)));
            }
        }
        // A table of questions and answers.
        if let Some(of) = schema
            .get("additionalProperties")
            .filter(|of| of.is_object())
        {
            for _ in 0..self.chances.below(3) {
                let question = self.listed("sentencing.circumstances");
                let answer = self.value(of, "yes", depth.saturating_add(1));
                fields.insert(question.as_str().unwrap_or_default().to_owned(), answer);
            }
        }
        self.numbered(&mut fields);
        Value::Object(fields)
    }

    /// Counts and components are mostly numbered as they have to be, and run concurrently.
    fn numbered(&mut self, fields: &mut Map<String, Value>) {
        let Some(counts) = fields.get_mut("counts").and_then(Value::as_array_mut) else {
            return;
        };
        if self.chances.happens(10) {
            return;
        }
        let mut component = 1_u16..;
        for (count, no) in counts.iter_mut().zip(1..) {
            count["no"] = Value::from(no);
            let parts = count.get_mut("components").and_then(Value::as_array_mut);
            for part in parts.into_iter().flatten() {
                part["no"] = component.next().into();
                if self.chances.happens(80) {
                    part["runs"] = "concurrent".into();
                }
            }
        }
        fields.remove("principal");
    }

    /// A code of a list of the pack; now and then one that is in none.
    fn listed(&mut self, list: &str) -> Value {
        let law = samples::midland();
        match law.lists.get(list) {
            Some(codes) if !self.chances.happens(4) => codes[self.chances.below(codes.len())]
                .code
                .to_string()
                .into(),
            Some(_) | None => "nowhere-listed".into(),
        }
    }

    fn number(&mut self, name: &str) -> Value {
        let version = usize::try_from(self.version).unwrap_or_default();
        match name {
            "corrects" => self.chances.below(version.max(1)).saturating_add(1).into(),
            "minor" => self.chances.below(90_000).saturating_add(1).into(),
            _ => [1, 1, 1, 2, 2, 3, 0, 5, 14, 30, 60, 120, 480][self.chances.below(13)].into(),
        }
    }

    fn text(&mut self, schema: &Value, name: &str) -> Value {
        if schema.get("format") == Some(&json!("uuid")) {
            let others = if name == "person" { 8 } else { 1 };
            let number = self
                .chances
                .below(3)
                .checked_div(others)
                .unwrap_or(0)
                .saturating_add(1);
            return format!("00000000-0000-0000-0000-00000000000{number}").into();
        }
        let examples = schema.get("examples").and_then(Value::as_array);
        let examples: Vec<&str> = examples
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        match examples.as_slice() {
            [] => self.word(name),
            [moment] if moment.contains('T') => self.moment().into(),
            [moment, _, _] if moment.contains('T') => self.done(),
            [_] | [_, _] | [_, _, _] if examples[0].starts_with("20") => {
                let away = self.chances.below(60);
                let today = self.today();
                let day = match name {
                    "on" | "committed" | "starts" | "from" => today.minus_days(count(away)),
                    _ => today.plus_days(count(away.saturating_mul(7))),
                };
                day.to_string().into()
            }
            examples if examples[0].starts_with('P') => {
                let lengths = ["P6M", "P30D", "P1Y", "P1Y6M", "P2Y", "P0D"];
                let all: Vec<&str> = examples.iter().copied().chain(lengths).collect();
                self.chances.pick(&all).into()
            }
            examples => self.chances.pick(examples).into(),
        }
    }

    fn today(&self) -> Day {
        samples::midland().day(self.now)
    }

    /// A moment shortly before it is entered.
    fn moment(&mut self) -> String {
        let minutes = i64::try_from(self.chances.below(50)).unwrap_or_default();
        let before = self
            .now
            .micros()
            .saturating_sub(minutes.saturating_mul(60_000_000));
        Instant::from_micros(before).to_string()
    }

    /// When something was done: just now, lately, long ago; rarely in the future.
    fn done(&mut self) -> Value {
        let today = self.today();
        let away = count(self.chances.below(40));
        match self.chances.below(12) {
            0..=4 => self.moment().into(),
            5 | 6 => today.to_string().into(),
            7..=9 => today.minus_days(away).to_string().into(),
            10 => today.year().to_string().into(),
            _ => today.plus_days(away).to_string().into(),
        }
    }

    /// A word that no list is named for: by the name of its field.
    fn word(&mut self, name: &str) -> Value {
        let law = samples::midland();
        let coded = |list: &[crate::jurisdiction::Coded]| -> Vec<String> {
            list.iter().map(|coded| coded.code.to_string()).collect()
        };
        let all = match name {
            "court" => coded(&law.courts),
            "office" | "to" => coded(&law.offices),
            "facility" => coded(&law.facilities),
            "code" => offences(&law),
            "currency" => vec![law.currency.to_string()],
            "hash" | "digest" => vec!["5a".repeat(32)],
            "version" | "by" | "policies" if self.stream == "policy" => {
                vec![
                    "midland/1".to_owned(),
                    "midland/2".to_owned(),
                    "midland/3".to_owned(),
                ]
            }
            "officer" | "by" | "subject" | "responder" | "owner" | "facilitator" => {
                vec!["officer-1".to_owned(), "officer-2".to_owned()]
            }
            "yes" => vec!["yes".to_owned(), "no".to_owned()],
            _ => self.named_for(&law, name),
        };
        if all.is_empty() {
            return "ref-1".into();
        }
        all[self.chances.below(all.len())].clone().into()
    }

    /// Codes of the lists that are named as the field is; where none is, of any list.
    fn named_for(&mut self, law: &Pack, name: &str) -> Vec<String> {
        let stem = name.trim_end_matches('s');
        let named = law.lists.iter().filter(|(list, _)| {
            let own = list.starts_with(self.stream) || list.starts_with("sentencing.");
            let last = list.rsplit('.').next().unwrap_or_default();
            (own || list.starts_with("orders.")) && last.contains(stem)
        });
        let codes = named.flat_map(|(_, list)| list.iter().map(|coded| coded.code.to_string()));
        let codes: Vec<String> = codes.collect();
        if codes.is_empty() {
            vec![CODES[self.chances.below(CODES.len())].clone()]
        } else {
            codes
        }
    }
}

fn offences(law: &Pack) -> Vec<String> {
    let offences = law.catalogue.offences.iter();
    offences.map(|offence| offence.code.to_string()).collect()
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
