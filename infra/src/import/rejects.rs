//! The rejected rows, for whoever mends them: one line for each fault.

use std::io::{self, Write};

use super::fault::Rejection;

/// Writes rejections as CSV with the columns line, row, column, value, rule and reason.
pub struct Rejects<W: Write> {
    writer: csv::Writer<W>,
    rows: u64,
}

impl<W: Write> Rejects<W> {
    /// The columns.
    pub const HEADER: [&'static str; 6] = ["line", "row", "column", "value", "rule", "reason"];

    /// Begins the file with its header line.
    pub fn new(writer: W) -> io::Result<Self> {
        let mut writer = csv::Writer::from_writer(writer);
        writer.write_record(Self::HEADER)?;
        Ok(Self { writer, rows: 0 })
    }

    /// Goes on with a file that has its header line.
    pub fn continuing(writer: W) -> Self {
        let writer = csv::Writer::from_writer(writer);
        Self { writer, rows: 0 }
    }

    /// Adds a rejection.
    pub fn write(&mut self, rejection: &Rejection) -> io::Result<()> {
        let rows = rejection
            .last_row
            .saturating_sub(rejection.row)
            .saturating_add(1);
        self.rows = self.rows.saturating_add(rows);
        for fault in &rejection.faults {
            self.writer.write_record([
                fault.line.to_string().as_str(),
                rejection.row.to_string().as_str(),
                &harmless(&fault.column),
                &harmless(&fault.value),
                &harmless(&fault.rule),
                &fault.reason.to_string(),
            ])?;
        }
        Ok(())
    }

    /// Everything written so far is with the operating system.
    pub fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }

    /// Rows rejected so far.
    pub fn rows(&self) -> u64 {
        self.rows
    }
}

/// A cell that no spreadsheet takes for a formula.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}
