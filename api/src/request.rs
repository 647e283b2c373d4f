//! A command, read from the JSON that was sent.

use domain::stream::FromJson;

/// Reads a command; a fault is told with the path of its field, and without the line and column, which nobody counts in
/// what a program wrote.
pub(crate) fn read<C: FromJson>(text: &str) -> Result<C, (String, String)> {
    C::from_json(text).map_err(|error| {
        let said = error.to_string();
        let said = said
            .rsplit_once(" at line ")
            .map_or(&*said, |(said, _)| said);
        let lines = text.split_inclusive('\n');
        let before: usize = lines
            .take(error.line().saturating_sub(1))
            .map(str::len)
            .sum();
        let end = before.saturating_add(error.column());
        let walk = Walk::over(text, end.min(text.len()));
        (
            walk.path(said.starts_with("missing field")),
            said.to_owned(),
        )
    })
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
    /// What stands before a value: the key of an object, or the comma of an array.
    BeforeValue,
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
                self.last = Last::BeforeValue;
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

    /// The path of the value that was read last or comes next; of what it is in, where something is missing there.
    fn path(&self, missing: bool) -> String {
        let of_what_it_is_in = missing || self.last == Last::Beginning;
        let shown = self
            .open
            .len()
            .saturating_sub(usize::from(of_what_it_is_in));
        let mut path = String::new();
        for within in self.open.iter().take(shown) {
            match within {
                Within::Array(nth) => path.push_str(&format!("[{nth}]")),
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
        Walk::over(&format!("{read}{rest}"), read.len()).path(false)
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

    #[test]
    fn what_is_missing_is_missing_in_the_group_that_it_belongs_to() {
        let walk = |text: &str| Walk::over(text, text.len()).path(true);
        assert_eq!(walk(r#"{"impose": {"person": "x""#), "impose");
        assert_eq!(
            walk(r#"{"impose": {"counts": [{"no": {"of": 1}"#),
            "impose.counts[0]"
        );
    }
}
