//! Rows of separated text.

use csv::{ByteRecord, Reader, ReaderBuilder, Terminator};

use super::text::{BLOCK, Carried, END_MARK, LONGEST_LINE, Text, newlines};
use super::{At, check_names};
use crate::import::error::FileFault;
use crate::import::mapping::FileRule;

/// The delimiters among which one is found.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

pub(in crate::import) struct CsvRows {
    reader: Reader<Text>,
    header: Vec<String>,
    /// Lines dropped above the table.
    skipped: u64,
}

impl CsvRows {
    pub(super) fn open(
        mut text: Text,
        rule: &FileRule,
        wanted: &[String],
    ) -> Result<Self, FileFault> {
        for _ in 0..rule.skip_lines {
            text.skip_line().map_err(carried)?;
        }
        let delimiter = match rule.delimiter.as_deref() {
            Some("tab") => b'\t',
            Some(mark) => mark.bytes().next().unwrap_or(b','),
            None => {
                let beginning = text.beginning().map_err(carried)?;
                find_delimiter(beginning, rule.header.as_deref(), wanted)
            }
        };
        let reader = builder(delimiter).from_reader(text);
        let skipped = u64::from(rule.skip_lines);
        let mut rows = Self {
            reader,
            header: Vec::new(),
            skipped,
        };
        rows.header = if let Some(names) = &rule.header {
            names.clone()
        } else {
            let mut cells = ByteRecord::new();
            rows.next(&mut cells)?.ok_or(FileFault::Empty)?;
            names_of(&cells)
        };
        check_names(&rows.header)?;
        Ok(rows)
    }

    pub(super) fn header(&self) -> &[String] {
        &self.header
    }

    pub(super) fn next(&mut self, cells: &mut ByteRecord) -> Result<Option<At>, FileFault> {
        let begin = self.reader.position().byte();
        self.reader.get_mut().reached(begin);
        let upper = self.reader.position().line().saturating_add(self.skipped);
        let long = |line| FileFault::LongLine {
            line,
            limit: LONGEST_LINE,
        };
        let more = self
            .reader
            .read_byte_record(cells)
            .map_err(|error| match io_fault(error) {
                FileFault::LongLine { .. } => long(upper),
                other => other,
            })?;
        if !more || (cells.len() == 1 && cells.as_slice() == b"\0") {
            return Ok(None);
        }
        let position = self.reader.position();
        let inner = newlines(cells.as_slice());
        let line = position.line().saturating_sub(inner).saturating_sub(1);
        let line = line.saturating_add(self.skipped);
        if cells.as_slice().ends_with(END_MARK) {
            let breaks = u64::try_from(END_MARK.len()).unwrap_or_default();
            let line = line.saturating_add(breaks).saturating_sub(2);
            return Err(FileFault::OpenQuote { line });
        }
        if position.byte().saturating_sub(begin) > LONGEST_LINE {
            return Err(long(line));
        }
        let cut = self.reader.get_ref().is_cut_at(position.byte());
        Ok(Some(At {
            line,
            lines: inner.saturating_add(1),
            cut,
        }))
    }
}

fn builder(delimiter: u8) -> ReaderBuilder {
    let mut builder = ReaderBuilder::new();
    builder
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .terminator(Terminator::Any(b'\n'))
        .buffer_capacity(BLOCK);
    builder
}

fn names_of(cells: &ByteRecord) -> Vec<String> {
    cells
        .iter()
        .map(|name| String::from_utf8_lossy(name).trim().to_owned())
        .collect()
}

/// The delimiter by which the first line shows the most of the wanted columns, else the most columns.
fn find_delimiter(beginning: &[u8], header: Option<&[String]>, wanted: &[String]) -> u8 {
    let line = beginning
        .split_inclusive(|byte| *byte == b'\n')
        .find(|line| !line.trim_ascii().is_empty());
    let line = line.unwrap_or_default();
    let score = |delimiter: u8| {
        let mut cells = ByteRecord::new();
        let read = builder(delimiter)
            .from_reader(line)
            .read_byte_record(&mut cells);
        let names = if read.is_ok() {
            names_of(&cells)
        } else {
            Vec::new()
        };
        let found = match header {
            Some(header) => usize::from(header.len() == names.len()),
            None => wanted
                .iter()
                .filter(|wanted| names.contains(wanted))
                .count(),
        };
        (found, names.len())
    };
    let best = DELIMITERS
        .into_iter()
        .rev()
        .max_by_key(|delimiter| score(*delimiter));
    best.unwrap_or(b',')
}

fn io_fault(error: csv::Error) -> FileFault {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => carried(error),
        other => FileFault::Read(std::io::Error::other(format!("{other:?}"))),
    }
}

fn carried(error: std::io::Error) -> FileFault {
    match error.downcast::<Carried>() {
        Ok(Carried(fault)) => fault,
        Err(error) => FileFault::Read(error),
    }
}
