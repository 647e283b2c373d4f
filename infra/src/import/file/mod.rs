//! The rows of a file, whatever its format: cells by column, with the line they stand on.

mod csv_rows;
mod open;
mod parquet_rows;
mod text;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use csv::ByteRecord;

use self::csv_rows::CsvRows;
use self::open::Opened;
use self::parquet_rows::ParquetRows;
use self::text::Text;
pub(super) use self::text::newlines;
use super::error::FileFault;
use super::mapping::FileRule;

/// The rows of an open file.
pub(super) enum Rows {
    Csv(Box<CsvRows>),
    Parquet(Box<ParquetRows>),
}

/// Where a row stands.
pub(super) struct At {
    /// The line on which it begins, from 1; in Parquet the number of the row.
    pub(super) line: u64,
    /// How many lines it spans.
    pub(super) lines: u64,
    /// Whether it is the last of a text that ends without a line break.
    pub(super) cut: bool,
}

/// Opens a file. `wanted` are the columns that the mapping names, by which a delimiter is found; `read`
/// counts the file's bytes as they are consumed.
pub(super) fn open(
    path: &Path,
    rule: &FileRule,
    wanted: &[String],
    read: &Arc<AtomicU64>,
) -> Result<Rows, FileFault> {
    open_limited(path, rule, wanted, read, text::MOST_DATA)
}

fn open_limited(
    path: &Path,
    rule: &FileRule,
    wanted: &[String],
    read: &Arc<AtomicU64>,
    most_data: u64,
) -> Result<Rows, FileFault> {
    match open::open(path, rule.format, read)? {
        Opened::Text(stream) => {
            let text = Text::new(stream, rule.encoding, most_data);
            Ok(Rows::Csv(Box::new(CsvRows::open(text, rule, wanted)?)))
        }
        Opened::Parquet(file) => Ok(Rows::Parquet(Box::new(ParquetRows::open(
            file, most_data, read,
        )?))),
    }
}

impl Rows {
    pub(super) fn header(&self) -> &[String] {
        match self {
            Self::Csv(rows) => rows.header(),
            Self::Parquet(rows) => rows.header(),
        }
    }

    /// Reads the next row; `None` at the end of a whole file.
    pub(super) fn next(&mut self, cells: &mut ByteRecord) -> Result<Option<At>, FileFault> {
        match self {
            Self::Csv(rows) => rows.next(cells),
            Self::Parquet(rows) => rows.next(cells),
        }
    }
}

/// Refuses two columns of one name: a mapping could not tell them apart.
fn check_names(header: &[String]) -> Result<(), FileFault> {
    for (second, name) in header.iter().enumerate() {
        let first = header
            .iter()
            .take(second)
            .position(|earlier| earlier == name);
        if let Some(first) = first.filter(|_| !name.is_empty()) {
            let (first, second) = (first.saturating_add(1), second.saturating_add(1));
            return Err(FileFault::TwoColumns {
                name: name.clone(),
                first,
                second,
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
