//! Rows as CSV (RFC 4180): a line of names, then a line for each row; nothing is an empty cell.

use super::ExportError;
use super::rows::{Cell, Rows};
use crate::facts::Version;

/// The table.
pub(super) fn bytes(rows: &Rows<'_>, versions: &[Version<'_>]) -> Result<Vec<u8>, ExportError> {
    let mut out = writer();
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
    finished(out)
}

/// Lines of texts, the names among them.
pub(super) fn lines(rows: &[Vec<String>]) -> Result<Vec<u8>, ExportError> {
    let mut out = writer();
    for row in rows {
        out.write_record(row).map_err(wrong)?;
    }
    finished(out)
}

fn writer() -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new())
}

fn finished(out: csv::Writer<Vec<u8>>) -> Result<Vec<u8>, ExportError> {
    out.into_inner()
        .map_err(|error| ExportError::Format(error.to_string()))
}

fn wrong(error: csv::Error) -> ExportError {
    ExportError::Format(error.to_string())
}
