//! What a reader of shapes says, in the words of whoever sent the request.
//!
//! The one translator for bodies and queries. A key that was sent may be named again and a number or a date repeated;
//! a text never is, because it may be about a person.

use serde_json::Value;

use crate::problem::Problem;

/// What to write for an id.
pub(super) const ID: &str =
    "write it as the register gave it, such as 01900000-0000-7000-8000-000000000004";

/// The problem of a value that a reader could not take: where it stands, what the reader said, and what was sent.
pub(crate) fn problem(code: &str, path: &str, said: &str, sent: &Value) -> Problem {
    let path = if path == "." { "" } else { path };
    let stands = sent.pointer(&pointer(path));
    let (field, words) = words(path, without_place(said), stands);
    Problem::usage(code, &field, &words)
}

/// `impose.counts[0].no` as a JSON pointer.
fn pointer(path: &str) -> String {
    if path.is_empty() {
        return String::new();
    }
    format!("/{}", path.replace(['.', '['], "/").replace(']', "")).replace("//", "/")
}

/// Without the line and column, which nobody counts in what a program wrote.
fn without_place(said: &str) -> &str {
    said.rsplit_once(" at line ").map_or(said, |(said, _)| said)
}

/// The field and the words.
fn words(path: &str, said: &str, stands: Option<&Value>) -> (String, String) {
    if let Some(name) = said.strip_prefix("missing field `") {
        let name = name.trim_end_matches('`');
        let words = format!("{name} is missing: add it; /v1 shows what belongs here");
        return (within(path, name), words);
    }
    if let Some(rest) = said.strip_prefix("unknown field `") {
        return unknown_field(path, rest);
    }
    if let Some(rest) = said.strip_prefix("unknown variant `") {
        return unknown_word(path, rest, stands);
    }
    let words = if let Some((_, wanted)) = said.rsplit_once(", expected ") {
        format!(
            "{} stands here: give {}",
            told(stands),
            way_out(path, wanted)
        )
    } else if said.starts_with("UUID parsing failed") {
        no_id(path)
    } else {
        match said {
            "expected value" | "key must be a string" | "expected `,` or `}`" => {
                "one kind is asked for here, named once: /v1 shows which there are".to_owned()
            }
            "provided string was not `true` or `false`" => "write true or false".to_owned(),
            digits
                if digits.contains("digit found in string") || digits.contains("number too ") =>
            {
                "this is no number that is read here: write a whole number in digits".to_owned()
            }
            empty if empty.contains("from empty string") => {
                "nothing stands here: write a whole number in digits, or leave it out".to_owned()
            }
            own => unquoted(own, stands),
        }
    };
    (path.to_owned(), words)
}

fn unknown_field(path: &str, rest: &str) -> (String, String) {
    let (name, known) = named(rest);
    let words = match known {
        Some(known) => format!("{name} is not known here: leave it out, or use one of {known}"),
        None => format!("{name} is not known here: leave it out"),
    };
    let field = match path.rsplit(['.', ']']).next() {
        Some(last) if last == name => path.to_owned(),
        _ => within(path, name),
    };
    (field, words)
}

/// A command, a kind or a word that is none of the list. Only a key is named again.
fn unknown_word(path: &str, rest: &str, stands: Option<&Value>) -> (String, String) {
    let (name, known) = named(rest);
    let known = known.unwrap_or_default();
    match stands {
        Some(Value::Object(_)) if path.is_empty() => {
            let words = format!("{name} is not a command here: send one of {known}");
            (name.to_owned(), words)
        }
        Some(Value::Object(_)) => {
            let words = format!("{name} is not known here: use one of {known}");
            (path.to_owned(), words)
        }
        _ => {
            let words = format!("this word is not known here: use one of {known}");
            (path.to_owned(), words)
        }
    }
}

/// The name that a reader did not know, and the names it knows, separated by commas.
fn named(rest: &str) -> (&str, Option<String>) {
    let (name, known) = rest.rsplit_once("`, expected ").unwrap_or((rest, ""));
    let known: Vec<&str> = known.split('`').skip(1).step_by(2).collect();
    (
        name.split('`').next().unwrap_or_default(),
        Some(known.join(", ")).filter(|known| !known.is_empty()),
    )
}

fn within(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

/// What stands there, without repeating a text.
fn told(stands: Option<&Value>) -> String {
    match stands {
        None => "nothing that fits".to_owned(),
        Some(Value::Null) => "null".to_owned(),
        Some(Value::Bool(truth)) => truth.to_string(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::String(_)) => "a text".to_owned(),
        Some(Value::Array(_)) => "a list".to_owned(),
        Some(Value::Object(_)) => "a group of fields".to_owned(),
    }
}

/// What a reader wanted, for whoever has to write it.
fn way_out(path: &str, wanted: &str) -> String {
    let most = match wanted {
        "u8" => u64::from(u8::MAX),
        "u16" => u64::from(u16::MAX),
        "u32" => u64::from(u32::MAX),
        _ => 0,
    };
    match wanted {
        "u8" | "u16" | "u32" => format!("a whole number from 0 to {most}"),
        "u64" if path.ends_with("minor") => {
            "a whole number, 0 or more (money in minor units: 20000 is 200.00 EUR)".to_owned()
        }
        "u64" | "usize" => "a whole number, 0 or more".to_owned(),
        "i8" | "i16" | "i32" | "i64" => "a whole number".to_owned(),
        "a string" | "string" => "text in quotation marks".to_owned(),
        "a boolean" => "true or false".to_owned(),
        "a sequence" => "a list in square brackets".to_owned(),
        uuid if uuid.contains("UUID") => {
            "an id in quotation marks, as the register gave it".to_owned()
        }
        "unit" => "nothing but the name".to_owned(),
        list if list.starts_with("a tuple") || list.starts_with("tuple") => {
            "a list in square brackets; /v1 shows what it holds".to_owned()
        }
        choice if choice.contains("enum") || choice.contains("string or map") => {
            "one of the kinds that /v1 shows, by its name".to_owned()
        }
        _ => "its fields in braces; /v1 shows them".to_owned(),
    }
}

fn no_id(path: &str) -> String {
    match path.rsplit('.').next() {
        Some("person" | "surviving") => {
            "this is not an id: send the person's id as the register gave it, such as \
             5b0f1c9e-5a3c-4f0e-9a51-000000000001, never a name"
                .to_owned()
        }
        _ => format!("this is not an id: {ID}"),
    }
}

/// From how many bytes on a text could say something about somebody.
const SHORT: usize = 4;

/// What a value of ours says of itself, without the text that it quotes, unless that is a misspelt date.
fn unquoted(said: &str, stands: Option<&Value>) -> String {
    match stands {
        Some(Value::String(text)) if !is_like_a_date(text) => {
            let said = said.replace(&format!("{text:?}"), "this text");
            // A few letters stand in any sentence and give nobody away.
            if text.len() < SHORT {
                said
            } else {
                said.replace(text.as_str(), "this text")
            }
        }
        _ => said.to_owned(),
    }
}

fn is_like_a_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let year = bytes.iter().take(4).all(u8::is_ascii_digit);
    let rest = bytes
        .iter()
        .all(|b| b.is_ascii_digit() || b"-:.TZ+".contains(b));
    year && rest && bytes.get(4) == Some(&b'-') && bytes.len() <= 32
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn said(path: &str, said: &str, sent: &Value) -> (String, String) {
        let problem = problem("malformed", path, said, sent);
        (problem.field.unwrap_or_default(), problem.detail)
    }

    #[test]
    fn no_text_that_was_sent_is_repeated() {
        let sent = json!({"register": {"identity": "Ann `x`, expected Example"}});
        let (_, detail) = said(
            "register.identity",
            "invalid type: string \"Ann `x`, expected Example\", expected struct Identity at line 1 column 9",
            &sent,
        );
        assert_eq!(
            detail,
            "a text stands here: give its fields in braces; /v1 shows them"
        );
        let sent = json!({"register": {"sex": {"value": "Ann Example"}}});
        let (_, detail) = said(
            "register.sex.value",
            "unknown variant `Ann Example`, expected `female` or `male`",
            &sent,
        );
        assert_eq!(
            detail,
            "this word is not known here: use one of female, male"
        );
        let sent = json!({"quash": {"pronounced": "Ann Example"}});
        let (_, detail) = said(
            "quash.pronounced",
            "\"Ann Example\" is not a date: write 2026-03-05",
            &sent,
        );
        assert_eq!(detail, "this text is not a date: write 2026-03-05");
    }

    #[test]
    fn a_key_a_number_and_a_date_are_named_with_the_way_out() {
        let sent = json!({"abolish": {}});
        assert_eq!(
            said(
                ".",
                "unknown variant `abolish`, expected one of `a`, `b`",
                &sent
            ),
            (
                "abolish".to_owned(),
                "abolish is not a command here: send one of a, b".to_owned()
            )
        );
        let sent = json!({"credit": {"minutes": -60}});
        assert_eq!(
            said(
                "credit.minutes",
                "invalid value: integer `-60`, expected u32 at line 1 column 2",
                &sent
            ),
            (
                "credit.minutes".to_owned(),
                "-60 stands here: give a whole number from 0 to 4294967295".to_owned()
            )
        );
        let sent = json!({"list": [{"on": "2026-02-31"}]});
        let (_, detail) = said(
            "list[0].on",
            "\"2026-02-31\" is a day that no calendar has",
            &sent,
        );
        assert_eq!(detail, "\"2026-02-31\" is a day that no calendar has");
    }
}
