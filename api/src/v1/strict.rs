//! What JSON must be before anybody reads its fields: text, whole, not too deep, and no field said twice.
//!
//! RFC 8259 leaves open what a name means that is said twice; two readers of one command could then disagree about
//! what was decided.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;

use crate::problem::Problem;

/// How deep a command may be nested.
const DEPTH: u8 = 32;

/// The text of a body; refuses what no command can be.
pub(super) fn check(bytes: &[u8]) -> Result<&str, Problem> {
    if bytes.trim_ascii().is_empty() {
        let said = "the body is empty: send one command as JSON; /v1 lists them";
        return Err(Problem::usage("empty", "", said));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let said = format!(
            "byte {} is not UTF-8: send JSON in UTF-8",
            error.valid_up_to().saturating_add(1)
        );
        Problem::usage("not-utf8", "", &said)
    })?;
    let mut json = serde_json::Deserializer::from_str(text);
    let mut fault = None;
    let value = Value {
        path: String::new(),
        left: DEPTH,
        fault: &mut fault,
    };
    let read = value.deserialize(&mut json).and_then(|()| json.end());
    match (read, fault) {
        (Ok(()), _) => Ok(text),
        (Err(_), Some(fault)) => Err(fault),
        (Err(error), None) => Err(not_json(&error)),
    }
}

fn not_json(error: &serde_json::Error) -> Problem {
    let place = format!("at line {}, column {}", error.line(), error.column());
    let said = error.to_string();
    if error.classify() == Category::Eof {
        let said = format!("the JSON ends in the middle, {place}: send it whole");
        return Problem::usage("cut-off", "", &said);
    }
    if said.starts_with("number out of range") {
        let said = format!(
            "the number {place} is larger than any that is read: write the amount as a whole number"
        );
        return Problem::usage("number-too-large", "", &said);
    }
    let what = match said.split(" at line ").next().unwrap_or_default() {
        "expected value" => "a value is missing or misspelt",
        "trailing characters" => "the JSON is over and something follows",
        "trailing comma" => "a comma stands before nothing",
        "key must be a string" => "a name is missing or not in quotation marks",
        _ => "a mark is missing, misspelt or too many",
    };
    let said = format!("this is not JSON: {what} {place}; mend it and send it again");
    Problem::usage("not-json", "", &said)
}

/// A value at its place, with the levels that may still open below it.
struct Value<'a> {
    path: String,
    left: u8,
    fault: &'a mut Option<Problem>,
}

impl Value<'_> {
    /// A value within this one.
    fn within<E: Error>(&mut self, path: String) -> Result<Value<'_>, E> {
        let Some(left) = self.left.checked_sub(1) else {
            let said = format!(
                "the body is nested deeper than {DEPTH} levels, which no command needs: send it as /v1 shows it"
            );
            *self.fault = Some(Problem::usage("too-deep", "", &said));
            return Err(E::custom("too deep"));
        };
        Ok(Value {
            path,
            left,
            fault: self.fault,
        })
    }

    fn path_to(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        }
    }
}

impl<'de> DeserializeSeed<'de> for Value<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Value<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<(), A::Error> {
        let mut place = 0_usize;
        loop {
            let path = format!("{}[{place}]", self.path);
            let item = self.within(path)?;
            if items.next_element_seed(item)?.is_none() {
                return Ok(());
            }
            place = place.saturating_add(1);
        }
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut fields: A) -> Result<(), A::Error> {
        let mut seen = BTreeSet::new();
        while let Some(name) = fields.next_key::<String>()? {
            let path = self.path_to(&name);
            if !seen.insert(name) {
                let said = "the field is said twice: say it once";
                *self.fault = Some(Problem::usage("repeated", &path, said));
                return Err(A::Error::custom("repeated"));
            }
            let value = self.within(path)?;
            fields.next_value_seed(value)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &[u8]) -> (String, Option<String>) {
        let problem = check(text).unwrap_err();
        (problem.code, problem.field)
    }

    #[test]
    fn json_of_every_kind_passes() {
        let text = br#"{"a": [1, -2, 3.5, "x", null, true, {"a": 1}], "b": {"a": 1}}"#;
        assert_eq!(check(text).map(str::as_bytes), Ok(&text[..]));
    }

    #[test]
    fn a_field_that_is_said_twice_is_named_where_it_stands() {
        let text = br#"{"impose": {"counts": [{"no": 1}, {"no": 2, "no": 3}]}}"#;
        let field = Some("impose.counts[1].no".to_owned());
        assert_eq!(fault(text), ("request.repeated".to_owned(), field));
    }

    #[test]
    fn thirty_two_levels_pass_and_one_more_does_not() {
        let nested = |levels: usize| format!("{}1{}", "[".repeat(levels), "]".repeat(levels));
        assert_eq!(check(nested(32).as_bytes()), Ok(&*nested(32)));
        assert_eq!(fault(nested(33).as_bytes()).0, "request.too-deep");
        // Deeper than the parser itself goes, and never closed.
        assert_eq!(fault("[".repeat(100_000).as_bytes()).0, "request.too-deep");
    }

    #[test]
    fn what_is_no_json_says_in_which_way() {
        assert_eq!(fault(br#"{"a": 1"#).0, "request.cut-off");
        assert_eq!(fault(br#"{"a": 1} {}"#).0, "request.not-json");
        assert_eq!(fault(br#"{"a": 1e400}"#).0, "request.number-too-large");
        assert_eq!(fault(b"{\"a\": \"\xff\"}").0, "request.not-utf8");
        assert_eq!(fault(b"").0, "request.empty");
    }
}
