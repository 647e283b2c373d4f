//! What the columns of an export are, for programs: W3C *Metadata Vocabulary for Tabular Data*, 17 December 2015.

use serde_json::{Value, json};

use super::columns::{Column, Holds, Kind};
use super::rows::Rows;
use super::{About, ExportError, document};

/// The description of a CSV file beside it.
pub(super) fn tabular(
    rows: &Rows<'_>,
    (url, title): (&str, &str),
    about: &About,
) -> Result<Vec<u8>, ExportError> {
    let columns: Vec<Value> = rows.columns.iter().map(described_column).collect();
    document(&json!({
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": url,
        "dc:title": title,
        "dc:description": "Persons and decisions are pseudonymous; nothing is told of a decision but codes and numbers.",
        "tableSchema": {
            "columns": columns,
            "primaryKey": ["decision", "from_index"]
        },
        "notes": [about]
    }))
}

/// What an export in other files than CSV is.
pub(super) fn described(rows: &Rows<'_>, about: &About) -> Result<Vec<u8>, ExportError> {
    let columns: Vec<Value> = rows.columns.iter().map(described_column).collect();
    document(&json!({ "export": about, "columns": columns }))
}

fn described_column(column: &Column) -> Value {
    let datatype = match (column.kind, &column.holds) {
        (Kind::Word | Kind::Text, _) => json!("string"),
        (_, Holds::Year) => json!("integer"),
        (_, Holds::Quarter) => json!({"base": "integer", "minimum": 1, "maximum": 4}),
        (Kind::Whole | Kind::WholeOrNone, _) => json!({"base": "integer", "minimum": 0}),
    };
    let required = matches!(column.kind, Kind::Word | Kind::Whole);
    json!({
        "name": column.name,
        "titles": [column.name, column.title],
        "dc:description": column.says,
        "dc:source": column.source,
        "datatype": datatype,
        "null": "",
        "required": required
    })
}
