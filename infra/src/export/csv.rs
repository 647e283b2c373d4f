//! Rows as CSV (RFC 4180): a line of names, then a line for each row; nothing is an empty cell.

use super::ExportError;
use super::rows::{Cell, Rows};
use crate::facts::Version;

/// The table.
pub(super) fn bytes(rows: &Rows<'_>, versions: &[Version<'_>]) -> Result<Vec<u8>, ExportError> {
    let wrong = |error: csv::Error| ExportError::Format(error.to_string());
    let mut out = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let names = rows.columns.iter().map(|column| &column.name);
    out.write_record(names).map_err(wrong)?;
    for version in versions {
        for cell in rows.cells(version) {
            match cell {
                Cell::None => out.write_field(""),
                Cell::Text(text) => out.write_field(&*text),
                Cell::Whole(number) => out.write_field(number.to_string()),
            }
            .map_err(wrong)?;
        }
        out.write_record(None::<&[u8]>).map_err(wrong)?;
    }
    out.into_inner()
        .map_err(|error| ExportError::Format(error.to_string()))
}
