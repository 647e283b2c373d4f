//! The file of rejected rows, written before the rows around them are stored.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, ErrorKind};
use std::path::{Path, PathBuf};

use super::ImportFailure;
use super::compose::Part;
use crate::import::Rejects;

/// Where rejected rows go; nowhere, if nobody asked. Without a rejected row no file stays behind.
pub(in crate::import) struct Rejected(Option<Open>);

struct Open {
    path: PathBuf,
    file: Rejects<BufWriter<File>>,
    continued: bool,
}

impl Rejected {
    /// An import that goes on keeps of the file what was written up to the row after which it does.
    pub(in crate::import) fn open(path: Option<&Path>, after: u64) -> Result<Self, ImportFailure> {
        let Some(path) = path else {
            return Ok(Self(None));
        };
        let failed = |source| ImportFailure::unwritten(path, source);
        let there = match path.metadata() {
            Ok(there) => there.is_file() && there.len() > 0,
            Err(error) if error.kind() == ErrorKind::NotFound => false,
            Err(error) => return Err(failed(error)),
        };
        if there && !holds_rejects(path).map_err(failed)? {
            return Err(ImportFailure::NotRejects {
                path: path.to_owned(),
            });
        }
        let continued = there && after > 0;
        let file = if continued {
            let file = File::options().append(true).open(path).map_err(failed)?;
            let end = end_of_row(path, after).map_err(failed)?;
            file.set_len(end).map_err(failed)?;
            Rejects::continuing(BufWriter::new(file))
        } else {
            let file = File::create(path).map_err(failed)?;
            Rejects::new(BufWriter::new(file)).map_err(failed)?
        };
        let path = path.to_owned();
        Ok(Self(Some(Open {
            path,
            file,
            continued,
        })))
    }

    pub(in crate::import) fn write(&mut self, part: &Part) -> Result<(), ImportFailure> {
        let Some(Open { path, file, .. }) = &mut self.0 else {
            return Ok(());
        };
        let mut rejections = part.rejections.iter();
        let written = rejections.try_for_each(|rejection| file.write(rejection));
        written
            .and_then(|()| file.flush())
            .map_err(|source| ImportFailure::unwritten(path, source))
    }
}

impl Drop for Rejected {
    fn drop(&mut self) {
        if let Some(open) = &self.0
            && open.file.rows() == 0
            && !open.continued
            && open.path.is_file()
        {
            // A header that stays behind for want of permission does no harm.
            std::fs::remove_file(&open.path).ok();
        }
    }
}

/// Whether a file begins as a file of rejected rows does.
fn holds_rejects(path: &Path) -> std::io::Result<bool> {
    let mut line = String::new();
    let read = BufReader::new(File::open(path)?).read_line(&mut line);
    Ok(read.is_ok() && line.trim_end() == Rejects::<Vec<u8>>::HEADER.join(","))
}

/// Where the lines of the rows up to this one end; a line that a kill cut short is behind it.
fn end_of_row(path: &Path, row: u64) -> std::io::Result<u64> {
    let mut reader = csv::Reader::from_path(path)?;
    reader.byte_headers()?;
    let mut end = reader.position().byte();
    let mut record = csv::ByteRecord::new();
    while let Ok(true) = reader.read_byte_record(&mut record) {
        let number = record.get(1).and_then(|cell| str::from_utf8(cell).ok());
        let known = number.and_then(|number| number.parse().ok());
        if known.is_none_or(|number: u64| number > row) {
            break;
        }
        end = reader.position().byte();
    }
    Ok(end)
}
