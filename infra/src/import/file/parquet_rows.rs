//! Rows of a Parquet file: flat columns, each value as the text that a CSV would hold.

use std::fmt::Write as _;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::DateTime;
use csv::ByteRecord;
use parquet::basic::{LogicalType, TimeUnit};
use parquet::file::metadata::RowGroupMetaData;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::reader::RowIter;
use parquet::record::{Field, Row};
use parquet::schema::types::Type;

use super::text::LONGEST_LINE;
use super::{At, check_names};
use crate::import::error::FileFault;

pub(in crate::import) struct ParquetRows {
    rows: RowIter<'static>,
    header: Vec<String>,
    /// Columns of nanoseconds, which the reader gives as plain integers.
    nanoseconds: Vec<bool>,
    number: u64,
    total: u64,
    bytes: u64,
    read: Arc<AtomicU64>,
    cell: String,
}

impl ParquetRows {
    pub(super) fn open(
        file: File,
        most_data: u64,
        read: &Arc<AtomicU64>,
    ) -> Result<Self, FileFault> {
        let bytes = file.metadata().map_err(FileFault::Open)?.len();
        let reader = guarded(|| SerializedFileReader::new(file))?;
        let groups = 0..reader.num_row_groups();
        let metadata = reader.metadata();
        let sizes = metadata
            .row_groups()
            .iter()
            .map(RowGroupMetaData::total_byte_size);
        let data = sizes.fold(0_u64, |sum, size| {
            sum.saturating_add(u64::try_from(size).unwrap_or(u64::MAX))
        });
        if data > most_data {
            return Err(FileFault::TooLarge { limit: most_data });
        }
        // The iterator takes for granted that every group opens.
        groups
            .into_iter()
            .try_for_each(|at| guarded(|| reader.get_row_group(at)).map(|_| ()))?;
        let schema = reader.metadata().file_metadata().schema();
        let flat: Vec<Arc<Type>> = schema
            .get_fields()
            .iter()
            .filter(|field| is_flat(field))
            .cloned()
            .collect();
        let header: Vec<String> = flat
            .iter()
            .map(|field| field.name().trim().to_owned())
            .collect();
        check_names(&header)?;
        let nanoseconds = flat.iter().map(|field| is_nanoseconds(field)).collect();
        let total = u64::try_from(reader.metadata().file_metadata().num_rows()).unwrap_or_default();
        let projection = Type::group_type_builder(schema.name())
            .with_fields(flat)
            .build();
        let projection = projection.map_err(|error| FileFault::Parquet(error.to_string()))?;
        let rows = guarded(|| RowIter::from_file_into(Box::new(reader)).project(Some(projection)))?;
        let read = Arc::clone(read);
        Ok(Self {
            rows,
            header,
            nanoseconds,
            number: 0,
            total,
            bytes,
            read,
            cell: String::new(),
        })
    }

    pub(super) fn header(&self) -> &[String] {
        &self.header
    }

    pub(super) fn next(&mut self, cells: &mut ByteRecord) -> Result<Option<At>, FileFault> {
        let rows = &mut self.rows;
        let Some(row) = guarded(|| rows.next().transpose())? else {
            // A file that gives fewer rows than it counts is damaged, whatever the iterator says.
            if self.number < self.total {
                let text = format!("it counts {} rows and gives {}", self.total, self.number);
                return Err(FileFault::Parquet(text));
            }
            self.read.store(self.bytes, Ordering::Relaxed);
            return Ok(None);
        };
        self.number = self.number.saturating_add(1);
        self.file_cells(&row, cells)?;
        let done = u128::from(self.bytes).saturating_mul(u128::from(self.number));
        let done = done.checked_div(u128::from(self.total)).unwrap_or_default();
        self.read
            .store(u64::try_from(done).unwrap_or(self.bytes), Ordering::Relaxed);
        Ok(Some(At {
            line: self.number,
            lines: 1,
            cut: false,
        }))
    }

    fn file_cells(&mut self, row: &Row, cells: &mut ByteRecord) -> Result<(), FileFault> {
        cells.clear();
        for ((_, field), nanoseconds) in row.get_column_iter().zip(&self.nanoseconds) {
            self.cell.clear();
            write_cell(field, *nanoseconds, &mut self.cell);
            if u64::try_from(self.cell.len()).is_ok_and(|length| length > LONGEST_LINE) {
                return Err(FileFault::LongLine {
                    line: self.number,
                    limit: LONGEST_LINE,
                });
            }
            cells.push_field(self.cell.as_bytes());
        }
        Ok(())
    }
}

/// Columns that are one value a row.
fn is_flat(field: &Type) -> bool {
    use parquet::basic::Repetition;
    let info = field.get_basic_info();
    field.is_primitive() && (!info.has_repetition() || info.repetition() != Repetition::REPEATED)
}

fn is_nanoseconds(field: &Type) -> bool {
    let kind = field.get_basic_info().logical_type_ref();
    matches!(kind, Some(LogicalType::Timestamp(timestamp)) if timestamp.unit == TimeUnit::NANOS)
}

/// What CSV would hold. Nothing stands for null, as in CSV.
fn write_cell(field: &Field, nanoseconds: bool, cell: &mut String) {
    // Writing to a String never fails.
    let written = match field {
        Field::Null => Ok(()),
        Field::Str(text) => cell.write_str(text),
        Field::Bytes(bytes) => cell.write_str(&String::from_utf8_lossy(bytes.data())),
        // The shortest digits that give the number back, without an exponent.
        Field::Double(number) => write!(cell, "{number}"),
        Field::Float(number) => write!(cell, "{number}"),
        Field::Long(count) if nanoseconds => write_instant(*count, 1_000_000_000, cell),
        Field::TimestampMicros(count) => write_instant(*count, 1_000_000, cell),
        Field::TimestampMillis(count) => write_instant(*count, 1_000, cell),
        Field::Date(days) => write_instant(i64::from(*days).saturating_mul(86_400), 1, cell),
        other => write!(cell, "{other}"),
    };
    debug_assert!(written.is_ok(), "writing to a String never fails");
}

fn write_instant(count: i64, per_second: i64, cell: &mut String) -> std::fmt::Result {
    let seconds = count.div_euclid(per_second);
    match DateTime::from_timestamp(seconds, 0) {
        Some(moment) => write!(cell, "{}", moment.format("%Y-%m-%d %H:%M:%S")),
        None => write!(cell, "{count}"),
    }
}

/// Runs the reader, which may panic on damaged data: that is the file's fault and not the program's.
fn guarded<T>(read: impl FnOnce() -> parquet::errors::Result<T>) -> Result<T, FileFault> {
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(Ok(value)) => Ok(value),
        // The footer comes last and is what a file cut short lacks; the reader says so only in words.
        Ok(Err(error)) if error.to_string().contains("Invalid Parquet file") => {
            Err(FileFault::ParquetCutShort)
        }
        Ok(Err(error)) => Err(FileFault::Parquet(error.to_string())),
        Err(_) => Err(FileFault::Parquet("its pages are damaged".to_owned())),
    }
}
