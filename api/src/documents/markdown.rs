//! Tables of fields, as Markdown.

use super::shape::{Field, Named};

/// A named kind of value with its heading.
pub(super) fn named(name: &str, word: &Named) -> String {
    format!("\n### {name}\n\n{}\n{}", word.says, table(word))
}

/// The fields of a value, or the alternatives it is one of.
pub(super) fn table(word: &Named) -> String {
    if word.fields.is_empty() {
        return "\nIt has no fields.\n".to_owned();
    }
    let head = if word.is_choice { "one of" } else { "field" };
    let mut text = format!("\n| {head} | holds | meaning |\n|---|---|---|\n");
    for field in &word.fields {
        text.push_str(&row(field));
    }
    text
}

fn row(field: &Field) -> String {
    let name = if field.kind.is_empty() {
        format!("`\"{}\"`", field.name)
    } else {
        format!("`{}`", field.name)
    };
    let holds = cell(&field.holds());
    format!("| {name} | {holds} | {} |\n", cell(&field.says))
}

/// Text that cannot end its cell.
pub(super) fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
