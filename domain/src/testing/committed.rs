//! Files that are committed and made from the code: compared, or written anew when `ASSIZE_WRITE=1` is set.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[expect(
    clippy::disallowed_methods,
    reason = "whoever changes an event or a rule says so by this variable"
)]
fn is_writing() -> bool {
    std::env::var("ASSIZE_WRITE").is_ok_and(|wish| wish == "1")
}

/// Compares a folder of this crate with what it should hold: nothing more, nothing less, nothing else.
#[track_caller]
pub(crate) fn folder(name: &str, expected: BTreeMap<String, String>) {
    let folder = root().join(name);
    if is_writing() {
        std::fs::create_dir_all(&folder).unwrap();
        for superfluous in names(&folder) {
            std::fs::remove_file(folder.join(superfluous)).unwrap();
        }
        for (file, text) in &expected {
            std::fs::write(folder.join(file), text).unwrap();
        }
    }
    let wanted: BTreeSet<String> = expected.keys().cloned().collect();
    assert_eq!(names(&folder), wanted, "the files of {name}");
    for (file, text) in expected {
        same(&folder.join(file), &text);
    }
}

/// Where a file lies that is named from the root of the workspace.
pub(crate) fn place(name: &str) -> PathBuf {
    root().join("..").join(name)
}

/// Compares one file, named from the root of the workspace, with what it should say.
#[track_caller]
pub(crate) fn file(name: &str, expected: &str) {
    let path = place(name);
    if is_writing() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, expected).unwrap();
    }
    same(&path, expected);
}

#[track_caller]
fn same(path: &Path, expected: &str) {
    let found = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        found == expected,
        "{} is not what the code says: set ASSIZE_WRITE=1, run this test and read the difference",
        path.display()
    );
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

/// Every source file of this crate with its text, by its path under `src`.
pub(crate) fn sources() -> BTreeMap<String, String> {
    under(&root().join("src"))
}

/// Every source file of every crate with its text, by its path in the workspace.
pub(crate) fn every_source() -> BTreeMap<String, String> {
    let workspace = root().join("..");
    let folders = [
        "domain/src",
        "infra/src",
        "api/src",
        "api/tests",
        "tests/src",
        "tests/whole",
    ];
    let mut all = BTreeMap::new();
    for folder in folders {
        let files = under(&workspace.join(folder)).into_iter();
        all.extend(files.map(|(path, text)| (format!("{folder}/{path}"), text)));
    }
    all
}

/// Every source file in a folder with its text, by its path there.
fn under(folder: &Path) -> BTreeMap<String, String> {
    fn read(folder: &Path, into: &mut BTreeMap<PathBuf, String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                read(&path, into);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                into.insert(path, text);
            }
        }
    }
    let mut files = BTreeMap::new();
    read(folder, &mut files);
    let name = |path: PathBuf| path.strip_prefix(folder).unwrap().display().to_string();
    files
        .into_iter()
        .map(|(path, text)| (name(path), text))
        .collect()
}
