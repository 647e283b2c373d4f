//! Why a file cannot be read, or not to its end.

use std::fmt;
use std::io;

/// A file that cannot be read, or not to its end. Rows given out before stand.
#[derive(Debug)]
pub struct ImportError {
    /// The file's name, without its folders.
    pub file: String,
    /// Rows read before; the import can continue after them once the file is mended.
    pub rows: u64,
    /// What is wrong with it.
    pub fault: FileFault,
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file, self.fault)?;
        match self.rows {
            0 => Ok(()),
            1 => write!(f, " (stopped after 1 row)"),
            rows => write!(f, " (stopped after {rows} rows)"),
        }
    }
}

impl std::error::Error for ImportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.fault)
    }
}

/// What is wrong with a file. Lines are counted from 1, bytes from 1 in the decompressed text.
#[derive(Debug, thiserror::Error)]
pub enum FileFault {
    /// The system does not open it.
    #[error("{}", unopened(.0))]
    Open(io::Error),
    /// The system does not read on.
    #[error("cannot be read on: {0}")]
    Read(io::Error),
    /// Nothing in it.
    #[error("is empty: not even a header line stands in it")]
    Empty,
    /// Something else altogether.
    #[error("is {found}, not CSV or Parquet: {way_out}")]
    Foreign {
        /// What it is.
        found: &'static str,
        /// What to do.
        way_out: &'static str,
    },
    /// A name that says one thing and content that is another.
    #[error("is named {named} but holds no such data: rename it, or copy it again")]
    Misnamed {
        /// The ending of its name.
        named: &'static str,
    },
    /// The mapping says one format, the content another.
    #[error("is {found}, and the mapping says file.format = \"{declared}\": correct one of them")]
    OtherFormat {
        /// What the content is.
        found: &'static str,
        /// What the mapping says.
        declared: &'static str,
    },
    /// Compressed data that end too soon.
    #[error("the {0} data end too soon: the file was cut short; copy or download it again")]
    CutShort(&'static str),
    /// Compressed data that do not decompress.
    #[error("the {format} data are damaged ({source}): copy or download the file again")]
    Damaged {
        /// The compression.
        format: &'static str,
        /// What the decoder says.
        source: io::Error,
    },
    /// Bytes that the encoding does not have.
    #[error(
        "line {line}, byte {byte}: {found} is not {declared}; set file.encoding = \"{other}\" if the file is \
         written so, or save it as UTF-8"
    )]
    Encoding {
        /// The line.
        line: u64,
        /// The byte in the file.
        byte: u64,
        /// The bytes found, in hexadecimal.
        found: String,
        /// The encoding the mapping declares.
        declared: &'static str,
        /// The encoding to try.
        other: &'static str,
    },
    /// UTF-8 read as something else.
    #[error(
        "line {line}, byte {byte}: the text is UTF-8, and the mapping declares windows-1252; set \
         file.encoding = \"utf-8\""
    )]
    IsUtf8 {
        /// The line of the first character that is not ASCII.
        line: u64,
        /// Its byte in the file.
        byte: u64,
    },
    /// A zero byte.
    #[error(
        "line {line}, byte {byte}: {}", nul(*.compression)
    )]
    Nul {
        /// The compression that the text came out of.
        compression: Option<&'static str>,
        /// The line.
        line: u64,
        /// The byte in the file.
        byte: u64,
    },
    /// A line longer than any row of a table.
    #[error(
        "line {line} is longer than {limit} bytes: a quotation mark is not closed, the line breaks are \
         missing, or the file is no table"
    )]
    LongLine {
        /// The line on which it begins.
        line: u64,
        /// The limit.
        limit: u64,
    },
    /// More data than one import takes.
    #[error(
        "holds more than {limit} bytes of data: split it, and give each part its own source name"
    )]
    TooLarge {
        /// The limit.
        limit: u64,
    },
    /// A quotation mark that opens at the end of the file.
    #[error(
        "line {line}: a quotation mark opens and never closes; the file was cut short, or a mark is \
         missing there"
    )]
    OpenQuote {
        /// The line on which the row begins.
        line: u64,
    },
    /// A last line without its last columns.
    #[error(
        "line {line}, the last, has {found} of {expected} columns: the file was cut short; export or copy \
         it again"
    )]
    CutRow {
        /// The line.
        line: u64,
        /// Columns found.
        found: usize,
        /// Columns of the header.
        expected: usize,
    },
    /// Two columns of one name.
    #[error(
        "columns {first} and {second} are both called {name:?}: rename one, or name all columns in \
         file.header and skip the header with file.skip_lines"
    )]
    TwoColumns {
        /// The name.
        name: String,
        /// The first, from 1.
        first: usize,
        /// The second, from 1.
        second: usize,
    },
    /// Columns that the mapping needs.
    #[error("{}", missing_columns(.missing, .header))]
    MissingColumns {
        /// The columns, each with the rules that name it.
        missing: Vec<MissingColumn>,
        /// The columns that are there.
        header: Vec<String>,
    },
    /// Not Parquet as this reader knows it.
    #[error("is not readable as Parquet ({0}): write it again with flat columns, or export CSV")]
    Parquet(String),
    /// Parquet whose end is missing, where its columns are described.
    #[error(
        "is not whole, or no Parquet: its end is missing; copy or download it again, or export CSV"
    )]
    ParquetCutShort,
}

/// A column that the mapping names and the file lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingColumn {
    /// The name.
    pub column: String,
    /// The mapping's rules that name it.
    pub rules: Vec<String>,
    /// The file's column with the most similar name, if any is similar.
    pub similar: Option<String>,
}

impl MissingColumn {
    pub(super) fn new<'n>(
        column: &str,
        rule: &str,
        there: impl Iterator<Item = &'n String>,
    ) -> Self {
        let similar = there
            .map(|name| (distance(&name.to_lowercase(), &column.to_lowercase()), name))
            .min()
            .filter(|(distance, _)| *distance <= column.len().div_ceil(3))
            .map(|(_, name)| name.clone());
        Self {
            column: column.to_owned(),
            rules: vec![rule.to_owned()],
            similar,
        }
    }
}

fn unopened(error: &io::Error) -> String {
    if error.kind() == io::ErrorKind::NotFound {
        "there is no such file: check its name and folder".to_owned()
    } else {
        format!("cannot be opened: {error}")
    }
}

fn nul(compression: Option<&'static str>) -> String {
    match compression {
        Some(format) => format!(
            "a NUL byte stands in the decompressed text: copy or download the {format} file again; if it was made as \
             UTF-16, export it as UTF-8"
        ),
        None => "a NUL byte stands in the text; the file is damaged or UTF-16: export it again as CSV in UTF-8"
            .to_owned(),
    }
}

fn missing_columns(missing: &[MissingColumn], header: &[String]) -> String {
    let mut text = "lacks columns that the mapping names:".to_owned();
    for MissingColumn {
        column,
        rules,
        similar,
    } in missing
    {
        let rules = rules.join(", ");
        let hint = similar
            .as_ref()
            .map_or(String::new(), |name| format!("; {name:?} is similar"));
        text.extend(["\n  ", &format!("{column:?}"), ", for ", &rules, &hint]);
    }
    let names: Vec<&str> = header.iter().map(String::as_str).collect();
    let names = super::fault::shown_list(&names);
    let delimiter = if header.len() == 1 {
        "; is file.delimiter right?"
    } else {
        ""
    };
    text.extend(["\n  its columns are: ", &names, delimiter]);
    text
}

/// Edits that turn one name into another.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i.saturating_add(1);
        let mut next = vec![left];
        for (y, above) in b.iter().zip(row.iter().skip(1)) {
            let swap = diagonal.saturating_add(usize::from(x != *y));
            left = swap
                .min(above.saturating_add(1))
                .min(left.saturating_add(1));
            next.push(left);
            diagonal = *above;
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn similar_names_are_few_edits_apart() {
        assert_eq!(distance("gender", "gender"), 0);
        assert_eq!(distance("gendr", "gender"), 1);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
    }
}
