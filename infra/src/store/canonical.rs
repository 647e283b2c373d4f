//! The one JSON form that is hashed: RFC 8785, narrowed to what every reader agrees on.
//!
//! No fractions, no integers beyond ±(2^53−1), keys in the order of their UTF-16 code units.
//! A key that appears twice cannot occur: the value model has none.

mod writer;

use std::cmp::Ordering;
use std::fmt;

use serde::Serialize;
use serde_json::Value;

use crate::error::Unacceptable;

/// 2^53−1: beyond it a reader that uses binary fractions sees another number.
const LARGEST: u64 = (1 << 53) - 1;

/// JSON text in canonical form.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CanonicalJson(String);

impl CanonicalJson {
    /// The canonical text of a value.
    pub fn of<T: Serialize + ?Sized>(value: &T) -> Result<Self, Unacceptable> {
        // A decision with its counts is about 700 bytes long.
        let mut out = String::with_capacity(1_024);
        let written = value.serialize(writer::Writer::new(&mut out));
        written.map_err(|fault| fault.0)?;
        out.shrink_to_fit();
        Ok(Self(out))
    }

    /// The canonical text of a JSON value.
    pub fn from_value(value: &Value) -> Result<Self, Unacceptable> {
        let mut out = String::with_capacity(256);
        write_value(&mut out, value, &mut String::new())?;
        Ok(Self(out))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, given away.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl fmt::Debug for CanonicalJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn write_value(out: &mut String, value: &Value, path: &mut String) -> Result<(), Unacceptable> {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => write_number(out, number, path)?,
        Value::String(text) => write_string(out, text),
        Value::Array(items) => {
            out.push('[');
            for (n, item) in items.iter().enumerate() {
                if n > 0 {
                    out.push(',');
                }
                within(path, &n.to_string(), |path| write_value(out, item, path))?;
            }
            out.push(']');
        }
        Value::Object(fields) => {
            let mut fields: Vec<(&String, &Value)> = fields.iter().collect();
            fields.sort_unstable_by(|a, b| by_code_units(a.0, b.0));
            out.push('{');
            for (n, (key, item)) in fields.into_iter().enumerate() {
                if n > 0 {
                    out.push(',');
                }
                write_string(out, key);
                out.push(':');
                within(path, key, |path| write_value(out, item, path))?;
            }
            out.push('}');
        }
    }
    Ok(())
}

fn within<R>(path: &mut String, step: &str, inner: impl FnOnce(&mut String) -> R) -> R {
    let length = path.len();
    path.push('/');
    path.push_str(step);
    let result = inner(path);
    path.truncate(length);
    result
}

fn write_number(
    out: &mut String,
    number: &serde_json::Number,
    path: &str,
) -> Result<(), Unacceptable> {
    let magnitude = match (number.as_u64(), number.as_i64()) {
        (Some(value), _) => value,
        (None, Some(value)) => value.unsigned_abs(),
        (None, None) => {
            return Err(Unacceptable::Fraction {
                path: path.to_owned(),
            });
        }
    };
    if magnitude > LARGEST {
        return Err(Unacceptable::LargeInteger {
            path: path.to_owned(),
        });
    }
    out.push_str(&number.to_string());
    Ok(())
}

/// RFC 8785 §3.2.2.2: the short escapes, `\u00xx` for other controls, all else as it is.
pub(super) fn write_string(out: &mut String, text: &str) {
    out.push('"');
    let plain = |byte: u8| byte >= 0x20 && byte != b'"' && byte != b'\\';
    if text.bytes().all(plain) {
        out.push_str(text);
    } else {
        text.chars().for_each(|c| write_escaped(out, c));
    }
    out.push('"');
}

fn write_escaped(out: &mut String, c: char) {
    match c {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\u{08}' => out.push_str("\\b"),
        '\t' => out.push_str("\\t"),
        '\n' => out.push_str("\\n"),
        '\u{0c}' => out.push_str("\\f"),
        '\r' => out.push_str("\\r"),
        control if control < ' ' => {
            out.push_str("\\u00");
            let code = u32::from(control);
            for digit in [code >> 4, code & 15] {
                out.push(char::from_digit(digit, 16).unwrap_or('0'));
            }
        }
        other => out.push(other),
    }
}

/// The order of RFC 8785 §3.2.3, which is not the order of the UTF-8 bytes above U+D7FF.
fn by_code_units(a: &str, b: &str) -> Ordering {
    if a.is_ascii() && b.is_ascii() {
        return a.cmp(b);
    }
    a.encode_utf16().cmp(b.encode_utf16())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn canonical(value: &Value) -> String {
        CanonicalJson::from_value(value).unwrap().into_string()
    }

    /// The sorting example of RFC 8785 §3.2.3.
    #[test]
    fn sorts_keys_by_utf16_code_units() {
        let value = json!({
            "\u{20ac}": "Euro Sign", "\r": "Carriage Return", "\u{fb33}": "Hebrew Letter Dalet With Dagesh",
            "1": "One", "\u{1f600}": "Emoji: Grinning Face", "\u{80}": "Control", "\u{f6}": "Latin Small Letter O With Diaeresis"
        });
        let text = canonical(&value);
        let order: Vec<usize> = [
            "Carriage", "One", "Control", "Latin", "Euro", "Emoji", "Hebrew",
        ]
        .iter()
        .map(|word| text.find(word).unwrap())
        .collect();
        assert!(order.is_sorted(), "{text}");
    }

    #[test]
    fn escapes_what_the_standard_escapes_and_nothing_else() {
        let text = canonical(&json!("€$\u{f}\nA'B\"\\\"/\u{7f}\u{2028}"));
        assert_eq!(text, "\"€$\\u000f\\nA'B\\\"\\\\\\\"/\u{7f}\u{2028}\"");
    }

    /// What is written at once is what the tree of values gives, for every form that serde knows.
    #[test]
    fn written_at_once_it_is_the_same_as_from_the_tree() {
        #[derive(Serialize)]
        enum Form {
            Unit,
            Named(u8),
            Pair(i64, Option<char>),
            Fields { zeta: (), alpha: Vec<bool> },
        }
        #[derive(Serialize)]
        struct Whole<'a> {
            z: &'a str,
            forms: Vec<Form>,
            map: std::collections::BTreeMap<i32, (u64, String)>,
            #[serde(skip_serializing_if = "Option::is_none")]
            none: Option<u8>,
            #[serde(flatten)]
            flat: Value,
        }
        let map = [(10, 1), (9, 2), (-1, 3)].map(|(key, n)| (key, (n, "\u{20ac}\"\n".to_owned())));
        let fields = Form::Fields {
            zeta: (),
            alpha: vec![true, false],
        };
        let whole = Whole {
            z: "\u{7f}",
            forms: vec![
                Form::Unit,
                Form::Named(0),
                Form::Pair(-5, Some('\u{1f600}')),
                fields,
            ],
            map: map.into_iter().collect(),
            none: None,
            flat: json!({"\u{fb33}": [{}, [], null], "\u{1f600}": {"b": 1, "a": -0}, "": "x"}),
        };
        let tree = CanonicalJson::from_value(&serde_json::to_value(&whole).unwrap());
        assert_eq!(CanonicalJson::of(&whole), tree);
        let faulty = json!({"counts": [1, {"days": 7.5}]});
        assert_eq!(
            CanonicalJson::of(&faulty),
            CanonicalJson::from_value(&faulty)
        );
        let large = json!([0, u64::MAX]);
        assert_eq!(CanonicalJson::of(&large), CanonicalJson::from_value(&large));
    }

    #[test]
    fn refuses_a_fraction_and_says_where() {
        let refused = CanonicalJson::from_value(&json!({"counts": [{"days": 7.5}]}));
        let path = "/counts/0/days".to_owned();
        assert_eq!(refused, Err(Unacceptable::Fraction { path }));
    }

    #[test]
    fn accepts_the_largest_safe_integers_and_refuses_the_next() {
        let largest = 9_007_199_254_740_991_i64;
        assert_eq!(
            canonical(&json!([largest, -largest])),
            format!("[{largest},-{largest}]")
        );
        for beyond in [json!(largest + 1), json!(-largest - 1), json!(u64::MAX)] {
            let refused = CanonicalJson::from_value(&beyond);
            assert!(
                matches!(refused, Err(Unacceptable::LargeInteger { .. })),
                "{beyond}"
            );
        }
    }

    proptest! {
        #[test]
        fn reads_back_as_the_same_text(text in "\\PC*|[\\x00-\\x7f]*") {
            let canonical = canonical(&json!({ "a": text }));
            let back: Value = serde_json::from_str(&canonical).unwrap();
            prop_assert_eq!(&back, &json!({ "a": text }));
        }
    }
}
