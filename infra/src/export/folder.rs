//! An export is written under another name and gets its own when it is whole.

use std::ffi::OsString;
use std::fs::{File, create_dir, create_dir_all, read_dir, remove_dir_all, rename};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::{ExportError, WrittenFile};

/// Refuses a place where something lies; an empty folder is nothing.
pub(crate) fn vacant(out: &Path) -> Result<(), ExportError> {
    let is_free = match read_dir(out) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == ErrorKind::NotFound,
    };
    if is_free {
        Ok(())
    } else {
        Err(ExportError::Occupied(out.to_owned()))
    }
}

/// A code as the name of a folder: other characters than letters, digits, `_` and `-` by their numbers, as in addresses.
pub(crate) fn folder_name(code: &str) -> String {
    let mut name = String::new();
    for byte in code.bytes() {
        if byte.is_ascii_alphanumeric() || b"_-".contains(&byte) {
            name.push(char::from(byte));
        } else {
            name.push_str(&format!("%{byte:02X}"));
        }
    }
    name
}

/// A folder in the making. Unless it is finished it is gone afterwards.
pub(crate) struct Unfinished {
    folder: PathBuf,
    files: Vec<WrittenFile>,
}

impl Unfinished {
    /// A folder beside the place where the export will lie.
    pub(crate) fn beside(out: &Path) -> Result<Self, ExportError> {
        let name = out
            .file_name()
            .ok_or_else(|| ExportError::NoName(out.to_owned()))?;
        let mut hidden = OsString::from(".");
        hidden.push(name);
        hidden.push(".unfinished");
        let folder = out.with_file_name(hidden);
        create_dir(&folder).map_err(|source| match source.kind() {
            ErrorKind::AlreadyExists => ExportError::Begun(folder.clone()),
            _ => failed(&folder, source),
        })?;
        Ok(Self {
            folder,
            files: Vec::new(),
        })
    }

    /// The files so far, for what is said of them in another one.
    pub(crate) fn files(&self) -> &[WrittenFile] {
        &self.files
    }

    /// Writes a file; folders on the way to it are made.
    pub(crate) fn file(&mut self, path: &str, bytes: &[u8]) -> Result<(), ExportError> {
        let file = self.folder.join(path);
        if let Some(parent) = file.parent() {
            create_dir_all(parent).map_err(|source| failed(parent, source))?;
        }
        let mut written = File::create_new(&file).map_err(|source| failed(&file, source))?;
        let done = written.write_all(bytes).and_then(|()| written.sync_all());
        done.map_err(|source| failed(&file, source))?;
        self.files.push(WrittenFile::of(path, bytes));
        Ok(())
    }

    /// The folder gets its own name.
    pub(crate) fn finish(self, out: &Path) -> Result<(), ExportError> {
        vacant(out)?;
        rename(&self.folder, out).map_err(|source| failed(out, source))
    }

    /// Its files, which lie in no folder of their own, get their places: the first one last, so that it is there only when the
    /// others are.
    pub(crate) fn finish_files(self, places: &[(&str, &Path)]) -> Result<(), ExportError> {
        for (_, place) in places {
            vacant(place)?;
        }
        for (name, place) in places.iter().rev() {
            let moved = rename(self.folder.join(name), place);
            moved.map_err(|source| failed(place, source))?;
        }
        Ok(())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        match remove_dir_all(&self.folder) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                tracing::warn!(%error, "what was written of an export is left");
            }
            Ok(()) | Err(_) => {}
        }
    }
}

fn failed(path: &Path, source: std::io::Error) -> ExportError {
    ExportError::File {
        path: path.to_owned(),
        source,
    }
}
