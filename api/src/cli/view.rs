//! Figures as text and as CSV.

use infra::views::View;
use serde_json::Value;

/// A view for people at a terminal: indented names and values.
pub fn render_text(view: &View) -> String {
    serde_json::to_string_pretty(view).unwrap_or_default()
}

/// A view as rows of path and value.
pub fn render_csv(view: &View) -> String {
    let mut rows = vec!["figure,value".to_owned()];
    flatten(
        String::new(),
        &serde_json::to_value(view).unwrap_or_default(),
        &mut rows,
    );
    rows.join("\n")
}

fn flatten(path: String, value: &Value, rows: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields {
                let path = if path.is_empty() {
                    name.clone()
                } else {
                    format!("{path}.{name}")
                };
                flatten(path, inner, rows);
            }
        }
        Value::Array(items) => {
            for (at, inner) in items.iter().enumerate() {
                flatten(format!("{path}.{at}"), inner, rows);
            }
        }
        Value::Null => rows.push(format!("{path},")),
        Value::String(text) => rows.push(format!("{path},\"{}\"", text.replace('"', "\"\""))),
        Value::Bool(_) | Value::Number(_) => rows.push(format!("{path},{value}")),
    }
}
