//! What the whole import does with files, good and bad.

mod any_bytes;
mod bad_files;
mod bad_mappings;
mod bad_rows;
mod decisions;
mod formats;
mod guide;
mod mongolia;

use std::path::{Path, PathBuf};

use crate::import::*;

/// A folder that is removed with the test.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }
}

/// The smallest useful mapping, with more of it where a test needs it.
fn mapping(more: &str) -> Mapping {
    match Mapping::parse("test.toml", &mapping_text(more)) {
        Ok(mapping) => mapping,
        Err(errors) => panic!("{errors}"),
    }
}

fn mapping_text(more: &str) -> String {
    let (top, rest) = more.split_once("---\n").unwrap_or(("", more));
    let person = if more.contains("[person]") {
        ""
    } else {
        "[person]\nsex = { column = \"sex\", values = { f = \"female\", m = \"male\" } }\n"
    };
    format!(
        "source = \"test\"\njurisdiction = \"nowhere\"\npolicy = \"nowhere/1\"\n{top}\n\
         [decision]\ndecided = {{ column = \"date\" }}\n{person}\n\
         [[components]]\nname = \"fine\"\nkind = \"fine\"\n\
         amount = {{ column = \"fine\", unit = \"money\", currency = \"EUR\" }}\n{rest}"
    )
}

/// Everything a file gives: decisions, rejections, and the error at its end.
fn read_all(
    path: &Path,
    mapping: &Mapping,
) -> (Vec<ImportedRow>, Vec<Rejection>, Option<ImportError>) {
    let (mut decisions, mut rejections) = (Vec::new(), Vec::new());
    let mut source = match RowSource::open(path, mapping) {
        Ok(source) => source,
        Err(error) => return (decisions, rejections, Some(error)),
    };
    for outcome in source.by_ref() {
        match outcome {
            Ok(Outcome::Decision(row)) => decisions.push(*row),
            Ok(Outcome::Rejected(rejection)) => rejections.push(rejection),
            Err(error) => return (decisions, rejections, Some(error)),
        }
    }
    assert!(source.next().is_none(), "a source that ended stays ended");
    (decisions, rejections, None)
}

/// The only decision of a text.
fn only(text: &str, mapping: &Mapping) -> ImportedRow {
    let folder = Folder::new();
    let (mut decisions, rejections, error) = read_all(&folder.file("a.csv", text), mapping);
    assert_eq!(
        (rejections.as_slice(), error.map(|e| e.to_string())),
        (&[][..], None)
    );
    assert_eq!(decisions.len(), 1);
    decisions.remove(0)
}
