//! The project's own files, for tests of its shape.

use std::path::{Path, PathBuf};

use crate::Failure;

/// The folder of the workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every text file of the project: its path from the root with `/`, and its text.
pub fn files() -> Result<Vec<(String, String)>, Failure> {
    let mut found = Vec::new();
    collect(&root(), "", &mut found)?;
    found.sort();
    Ok(found)
}

/// The files among them whose name ends so: `rs`, `md`.
pub fn files_of(ending: &str) -> Result<Vec<(String, String)>, Failure> {
    let mut found = files()?;
    found.retain(|(path, _)| Path::new(path).extension().is_some_and(|own| own == ending));
    Ok(found)
}

/// The Rust files among them.
pub fn rust_sources() -> Result<Vec<(String, String)>, Failure> {
    files_of("rs")
}

fn collect(folder: &Path, name: &str, found: &mut Vec<(String, String)>) -> Result<(), Failure> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let own = entry.file_name().to_string_lossy().into_owned();
        let path = if name.is_empty() {
            own.clone()
        } else {
            format!("{name}/{own}")
        };
        let made = ["target", "node_modules", ".venv", ".git"].contains(&own.as_str());
        if made {
            continue;
        }
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &path, found)?;
        } else if let Ok(text) = std::fs::read_to_string(entry.path()) {
            found.push((path, text));
        }
    }
    Ok(())
}
