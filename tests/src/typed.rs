//! Commands as an operator types them, and what the program answers.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::served::program;
use crate::{Failure, Place, root, setting};

/// What a command came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// The exit code; none where a signal ended it.
    pub code: Option<i32>,
    /// The data.
    pub stdout: String,
    /// The talk.
    pub stderr: String,
}

impl Typed {
    /// Types `assize …` in the folder of a place; the database and the key are named by the environment.
    pub fn of<A: AsRef<OsStr>>(place: &Place, args: &[A]) -> Result<Self, Failure> {
        let mut command = Self::command(place)?;
        Ok(command.args(args).output()?.into())
    }

    /// The program in the folder of a place, for a test that wants to do more with it.
    pub fn command(place: &Place) -> Result<Command, Failure> {
        let mut command = Command::new(program()?);
        command
            .current_dir(place.folder())
            .env("ASSIZE_DB", place.url())
            .env("ASSIZE_KEY_FILE", place.key_file())
            .env("NO_COLOR", "1")
            .stdin(Stdio::null());
        if place.log_key().exists() {
            command.env("ASSIZE_LOG_KEY", place.log_key());
        }
        Ok(command)
    }

    /// The answer as it is recorded.
    pub fn record(&self) -> String {
        let code = self
            .code
            .map_or_else(|| "a signal".to_owned(), |code| code.to_string());
        format!("exit {code}\n{}{}", self.stderr, self.stdout)
    }
}

impl From<Output> for Typed {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Self {
            code: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }
}

/// Compares what was said with what is recorded under `tests/recorded`; with `ASSIZE_RECORD` set it is recorded anew.
pub fn recorded(name: &str, said: &str) -> Result<(), Failure> {
    let path = root().join("tests/recorded").join(name);
    if setting("ASSIZE_RECORD").is_some() {
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
        std::fs::write(&path, said)?;
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    let mut lines = kept.lines().zip(said.lines()).zip(1..);
    let first = lines.find(|((kept, said), _)| kept != said);
    if let Some(((kept, said), line)) = first {
        return Err(format!("tests/recorded/{name}, line {line}:\n- {kept}\n+ {said}").into());
    }
    if kept.len() == said.len() {
        Ok(())
    } else {
        let (kept, said) = (kept.lines().count(), said.lines().count());
        Err(format!("tests/recorded/{name} has {kept} lines, and {said} were said").into())
    }
}
