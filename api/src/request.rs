//! A command, read from the JSON that was sent.

use domain::stream::FromJson;

/// Reads a command; a fault is told with the path of its field, and without the line and column, which nobody counts in
/// what a program wrote.
pub(crate) fn read<C: FromJson>(text: &str) -> Result<C, (String, String)> {
    C::from_json(text).map_err(|error| {
        let said = words(&error);
        let path = place_of_last_value::<C>(text, &error, &said)
            .unwrap_or_else(|| place(text, &error, &said));
        (path, said)
    })
}

/// What a reader says, without where.
fn words(error: &serde_json::Error) -> String {
    let said = error.to_string();
    said.rsplit_once(" at line ")
        .map_or(said.clone(), |(said, _)| said.to_owned())
}

/// How far a reader came in a text.
fn end(text: &str, error: &serde_json::Error) -> usize {
    let lines = text.split_inclusive('\n');
    let before: usize = lines
        .take(error.line().saturating_sub(1))
        .map(str::len)
        .sum();
    before.saturating_add(error.column()).min(text.len())
}

fn place(text: &str, error: &serde_json::Error, said: &str) -> String {
    Walk::over(text, end(text, error)).path(said)
}

/// A reader that finds a value wrong only after it has read it closes what the value is in, where it is the last one
/// there. With another value after it, it stops between the two; where it then says something else, it was not that
/// value.
fn place_of_last_value<C: FromJson>(
    text: &str,
    error: &serde_json::Error,
    said: &str,
) -> Option<String> {
    let (read, _) = text.split_at_checked(end(text, error))?;
    let another = match read.chars().last()? {
        '}' => r#","":null"#,
        ']' => ",null",
        _ => return None,
    };
    let (values, rest) = text.split_at_checked(read.len().checked_sub(1)?)?;
    let longer = format!("{values}{another}{rest}");
    let error = C::from_json(&longer).err()?;
    (words(&error) == said).then(|| place(&longer, &error, said))
}

/// Where a reader stands in a text, after what it has read of it.
#[derive(Default)]
struct Walk {
    /// What is open: the last key of an object, or how many values an array had.
    open: Vec<Within>,
    last: Last,
}

enum Within {
    Object(Option<String>),
    Array(usize),
}

/// What was read last.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Last {
    /// The beginning of an object, or of an array that ends at once.
    #[default]
    Beginning,
    /// What stands before a value: the key of an object, or the beginning of an array.
    BeforeValue,
    /// The comma between two values of an array.
    BetweenValues,
    /// A value, to its end.
    Value,
}

impl Walk {
    fn over(text: &str, end: usize) -> Self {
        let mut walk = Self::default();
        let mut rest = text;
        while text.len().saturating_sub(rest.len()) < end
            && let Some(first) = rest.chars().next()
        {
            let length = match first {
                '"' => string_length(rest),
                _ => first.len_utf8(),
            };
            let (token, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
            walk.take(token, after);
            rest = after;
        }
        walk
    }

    fn take(&mut self, token: &str, after: &str) {
        match (token, self.open.last_mut()) {
            ("{", _) => self.begin(Within::Object(None), Last::Beginning),
            ("[", _) if after.trim_start().starts_with(']') => {
                self.begin(Within::Array(0), Last::Beginning);
            }
            ("[", _) => self.begin(Within::Array(0), Last::BeforeValue),
            ("}" | "]", _) => {
                self.open.pop();
                self.last = Last::Value;
            }
            (",", Some(Within::Array(values))) => {
                *values = values.saturating_add(1);
                self.last = Last::BetweenValues;
            }
            (",", Some(Within::Object(key))) => {
                *key = None;
                self.last = Last::Beginning;
            }
            (key, Some(Within::Object(named @ None))) if key.starts_with('"') => {
                *named = serde_json::from_str(key).ok();
                self.last = Last::BeforeValue;
            }
            (blank, _) if blank.trim().is_empty() => {}
            (":", _) => {}
            _ => self.last = Last::Value,
        }
    }

    fn begin(&mut self, within: Within, last: Last) {
        self.open.push(within);
        self.last = last;
    }

    /// The path of what a reader speaks of: the value that was read last or comes next. A word that no choice knows is
    /// at fault where the choice stands. Past the comma of an array, a reader speaks of the next value only if that
    /// begins as none may.
    fn path(&self, said: &str) -> String {
        let is_word = said.starts_with("unknown variant") && self.last == Last::BeforeValue;
        let begins = said.starts_with("invalid type: map") || said.starts_with("invalid type: seq");
        let one_back = usize::from(self.last == Last::BetweenValues && !begins);
        let of_what_it_is_in = is_word || self.last == Last::Beginning;
        let shown = self
            .open
            .len()
            .saturating_sub(usize::from(of_what_it_is_in));
        let mut path = String::new();
        let last = self.open.len().saturating_sub(1);
        for (level, within) in self.open.iter().enumerate().take(shown) {
            match within {
                Within::Array(nth) => {
                    let back = if level == last { one_back } else { 0 };
                    path.push_str(&format!("[{}]", nth.saturating_sub(back)));
                }
                Within::Object(key) => {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(key.as_deref().unwrap_or_default());
                }
            }
        }
        path
    }
}

/// How long the string is with which a text begins, in its quotation marks.
fn string_length(text: &str) -> usize {
    let mut escaped = true;
    let end = text.char_indices().find(|(_, letter)| {
        let ends = *letter == '"' && !escaped;
        escaped = match letter {
            '"' => false,
            '\\' => !escaped,
            _ => false,
        };
        ends
    });
    end.map_or(text.len(), |(at, _)| at.saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where a reader stops that has read so much of a text.
    fn place(read: &str, rest: &str) -> String {
        Walk::over(&format!("{read}{rest}"), read.len()).path("invalid type: map")
    }

    #[test]
    fn a_value_is_named_by_the_keys_and_numbers_that_lead_to_it() {
        assert_eq!(
            place(r#"{"impose": {"counts": [{"no": 1"#, "}]}}"),
            "impose.counts[0].no"
        );
        assert_eq!(
            place(r#"{"impose": {"counts": [{"no": 1}"#, "]}}"),
            "impose.counts[0]"
        );
        assert_eq!(
            place(r#"{"impose": {"counts": [{"no": 1}, "#, "{}]}}"),
            "impose.counts[1]"
        );
        assert_eq!(
            place(r#"{"impose": {"counts": ["#, "{}]}}"),
            "impose.counts[0]"
        );
        assert_eq!(place(r#"{"impose": {"counts": ["#, "]}}"), "impose.counts");
        assert_eq!(place(r#"{"impose": {"person": "#, "{}}}"), "impose.person");
        assert_eq!(place(r#"{"impose": {"#, "}}"), "impose");
        assert_eq!(place(r#"{"impose": {"a\"b": "{["#, r#""}}"#), "impose.a\"b");
    }

    #[derive(Debug, Default, PartialEq, Eq, serde::Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "snake_case")]
    enum Wish {
        #[default]
        Rest,
        Credit {
            day: domain::values::Day,
            #[serde(default)]
            days: Vec<domain::values::Day>,
        },
    }
    domain::read_from_json!(Wish);

    fn fault(text: &str) -> String {
        let (path, said) = read::<Wish>(text).unwrap_err();
        assert!(!said.contains("line"), "{said}");
        path
    }

    #[test]
    fn a_fault_is_named_where_it_stands_and_what_is_missing_where_it_belongs() {
        assert_eq!(fault(r#"{"abolish": {"day": "2026-03-05"}}"#), "");
        assert_eq!(fault(r#"{"credit": {"days": []}}"#), "credit");
        assert_eq!(fault(r#"{"credit": {}}"#), "credit");
        assert_eq!(fault(r#"{"credit": {"night": 1}}"#), "credit.night");
        assert_eq!(fault(r#"{"credit": {"day": 5}}"#), "credit.day");
        assert_eq!(fault(r#"{"credit": {"day": "5"}}"#), "credit.day");
        assert_eq!(
            fault(r#"{"credit": {"day": "5", "days": []}}"#),
            "credit.day"
        );
        let last = r#"{"credit": {"day": "2026-03-05", "days": ["2026-03-05", "x"]}}"#;
        assert_eq!(fault(last), "credit.days[1]");
        let first = "{\"credit\":\n {\"days\":\n [\"x\",\n \"2026-03-05\"]}}";
        assert_eq!(fault(first), "credit.days[0]");
    }
}
