//! Outputs that are committed: compared, or written anew when `ASSIZE_WRITE=1` is set. None is left over.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::{Failure, root, setting};

/// A folder of committed outputs.
pub struct Snapshots {
    folder: PathBuf,
    seen: BTreeSet<String>,
    differing: Vec<String>,
}

impl Snapshots {
    /// The outputs in a folder, named from the root of the project.
    pub fn of(folder: &str) -> Self {
        Self {
            folder: root().join(folder),
            seen: BTreeSet::new(),
            differing: Vec::new(),
        }
    }

    /// Compares one output with the file of its name.
    pub fn compare(&mut self, name: &str, text: &str) -> Result<(), Failure> {
        let file = format!("{name}.txt");
        let path = self.folder.join(&file);
        if setting("ASSIZE_WRITE").is_some() {
            std::fs::create_dir_all(&self.folder)?;
            std::fs::write(&path, text)?;
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        if committed != text {
            self.differing.push(format!("{}:\n{text}", path.display()));
        }
        self.seen.insert(file);
        Ok(())
    }

    /// Fails if an output differs from its file, or a file has no output.
    pub fn finish(self) -> Result<(), Failure> {
        let mut left_over = Vec::new();
        for entry in std::fs::read_dir(&self.folder)? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if !self.seen.contains(&name) {
                left_over.push(name);
            }
        }
        if self.differing.is_empty() && left_over.is_empty() {
            return Ok(());
        }
        Err(format!(
            "set ASSIZE_WRITE=1, run this test and read the difference.\nLeft over: {left_over:?}\nDiffering:\n{}",
            self.differing.join("\n")
        )
        .into())
    }
}
