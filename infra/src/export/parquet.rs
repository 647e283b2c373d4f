//! Rows as Apache Parquet: a folder for each jurisdiction and year, as `DuckDB`, Spark and Trino read them.
//!
//! The bytes follow from the rows alone: one file a folder, rows in the order of the ledger, a fixed number of them in a
//! group, one compression, and a writer that is named without its version.

use std::collections::BTreeMap;
use std::sync::Arc;

use parquet::basic::{Compression, ZstdLevel};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;

use super::ExportError;
use super::columns::{Column, Holds, Kind};
use super::folder::{Unfinished, folder_name};
use super::rows::{Cell, Rows};
use crate::facts::{NOT_RECORDED, Version};

/// Rows in a group: what a reader takes at once, and what is held in memory while it is written.
const GROUP: usize = 65_536;
/// The folder of a year that is not recorded, as Hive names nothing, and Spark and `DuckDB` read it.
const NO_YEAR: &str = "__HIVE_DEFAULT_PARTITION__";

/// Writes the rows.
pub(super) fn write(
    into: &mut Unfinished,
    rows: &Rows<'_>,
    versions: &[Version<'_>],
) -> Result<(), ExportError> {
    let mut parts: BTreeMap<(&str, &str), Vec<&Version<'_>>> = BTreeMap::new();
    for version in versions {
        let part = (version.word("jurisdiction"), version.word("year"));
        parts.entry(part).or_default().push(version);
    }
    for ((jurisdiction, year), part) in parts {
        let year = if year == NOT_RECORDED { NO_YEAR } else { year };
        let path = format!(
            "jurisdiction={}/year={year}/facts.parquet",
            folder_name(jurisdiction)
        );
        let bytes = file(rows, &part).map_err(|error| ExportError::Format(error.to_string()))?;
        into.file(&path, &bytes)?;
    }
    Ok(())
}

/// The columns that a file has: those that its folders tell are not in it.
fn in_file<'r>(rows: &'r Rows<'_>) -> Vec<(usize, &'r Column)> {
    let columns = rows.columns.iter().enumerate();
    let told = |column: &Column| matches!(column.holds, Holds::Jurisdiction | Holds::Year);
    columns.filter(|(_, column)| !told(column)).collect()
}

fn message(columns: &[(usize, &Column)]) -> String {
    let fields = columns.iter().map(|(_, column)| {
        let kind = match column.kind {
            Kind::Word => "REQUIRED BYTE_ARRAY",
            Kind::Text => "OPTIONAL BYTE_ARRAY",
            Kind::Whole => "REQUIRED INT64",
            Kind::WholeOrNone => "OPTIONAL INT64",
        };
        let logical = match column.kind {
            Kind::Word | Kind::Text => " (UTF8)",
            Kind::Whole | Kind::WholeOrNone => "",
        };
        format!("{kind} {}{logical};", column.name)
    });
    format!(
        "message facts {{ {} }}",
        fields.collect::<Vec<_>>().join(" ")
    )
}

fn file(rows: &Rows<'_>, versions: &[&Version<'_>]) -> Result<Vec<u8>, ParquetError> {
    let columns = in_file(rows);
    let schema = Arc::new(parse_message_type(&message(&columns))?);
    let properties = WriterProperties::builder()
        .set_created_by("assize version 1 (build facts)".to_owned())
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
        .build();
    let mut bytes = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut bytes, schema, Arc::new(properties))?;
    for group in versions.chunks(GROUP) {
        let told: Vec<Vec<Cell<'_>>> = group.iter().map(|version| rows.cells(version)).collect();
        let mut out = writer.next_row_group()?;
        for (at, described) in &columns {
            let cells = told.iter().filter_map(|row| row.get(*at));
            column(&mut out, described, cells)?;
        }
        out.close()?;
    }
    writer.close()?;
    Ok(bytes)
}

/// Writes the next column of a group.
fn column<'c>(
    out: &mut SerializedRowGroupWriter<'_, &mut Vec<u8>>,
    described: &Column,
    cells: impl Iterator<Item = &'c Cell<'c>> + Clone,
) -> Result<(), ParquetError> {
    let mut writer = out
        .next_column()?
        .ok_or_else(|| ParquetError::General("a column is missing".to_owned()))?;
    let levels: Vec<i16> = cells
        .clone()
        .map(|cell| i16::from(*cell != Cell::None))
        .collect();
    let is_always_there = matches!(described.kind, Kind::Word | Kind::Whole);
    let levels = (!is_always_there).then_some(levels.as_slice());
    let wrong = || ParquetError::General("a cell is of another type than its column".to_owned());
    match writer.untyped() {
        ColumnWriter::ByteArrayColumnWriter(_) => {
            let mut values = Vec::new();
            for cell in cells {
                match cell {
                    Cell::Text(text) => values.push(ByteArray::from(&**text)),
                    Cell::Whole(_) => return Err(wrong()),
                    Cell::None => {}
                }
            }
            let typed = writer.typed::<ByteArrayType>();
            typed.write_batch(&values, levels, None)?;
        }
        ColumnWriter::Int64ColumnWriter(_) => {
            let mut values = Vec::new();
            for cell in cells {
                match cell {
                    Cell::Whole(number) => values.push(*number),
                    Cell::Text(_) => return Err(wrong()),
                    Cell::None => {}
                }
            }
            let typed = writer.typed::<Int64Type>();
            typed.write_batch(&values, levels, None)?;
        }
        _ => return Err(wrong()),
    }
    writer.close()
}
