//! The only place that prints.
#![expect(clippy::print_stderr, reason = "this is the place that prints")]

use std::error::Error;
use std::fmt::Display;
use std::io::{ErrorKind, Write};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

use tracing_subscriber::EnvFilter;

/// Why a task ended otherwise than well, with its exit code.
#[derive(Debug)]
pub struct Failed {
    code: u8,
    said: String,
}

impl Failed {
    /// A failure of the machine, with its causes: exit 1.
    pub fn failure(said: impl Into<Box<dyn Error>>) -> Self {
        let error: Box<dyn Error> = said.into();
        Self {
            code: 1,
            said: infra::error::chain(&*error),
        }
    }

    /// Wrong usage: exit 2.
    pub fn usage(said: impl Display) -> Self {
        Self {
            code: 2,
            said: said.to_string(),
        }
    }

    /// Refused by a rule: exit 3.
    pub fn refused(said: impl Display) -> Self {
        Self {
            code: 3,
            said: said.to_string(),
        }
    }

    /// Ended by whoever runs it: exit 130.
    pub fn interrupted(said: impl Display) -> Self {
        Self {
            code: 130,
            said: said.to_string(),
        }
    }
}

/// Logs as JSON lines on stderr.
pub(super) fn logs() {
    let filter = EnvFilter::try_from_env("ASSIZE_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .json()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}

/// Says why, and ends.
pub(super) fn failed(error: &Failed) -> ExitCode {
    eprintln!("assize: {}", error.said);
    ExitCode::from(error.code)
}

/// The first reason why data could not be given.
static LOST: Mutex<Option<std::io::Error>> = Mutex::new(None);

/// Data. What cannot be given is told at the [end][ended].
pub(super) fn data(text: impl Display) {
    given(writeln!(std::io::stdout(), "{text}"));
}

fn given(written: std::io::Result<()>) {
    match written {
        // Whoever reads may have read enough.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            let mut lost = LOST.lock().unwrap_or_else(PoisonError::into_inner);
            lost.get_or_insert(error);
        }
        Ok(()) | Err(_) => {}
    }
}

/// The exit code of a task that ended well: 1 where its data went nowhere.
pub(super) fn ended(code: ExitCode) -> ExitCode {
    given(std::io::stdout().flush());
    let lost = LOST.lock().unwrap_or_else(PoisonError::into_inner).take();
    match lost {
        Some(error) => failed(&Failed::failure(format!(
            "what was to be printed could not be written: {error}"
        ))),
        None => code,
    }
}

/// Data as JSON.
pub(super) fn json<T: serde::Serialize>(value: &T) {
    data(serde_json::to_string_pretty(value).unwrap_or_default());
}

/// Talk.
pub(super) fn talk(text: impl Display) {
    eprintln!("{text}");
}

/// A completion script.
pub(super) fn completions(shell: clap_complete::Shell, mut command: clap::Command) {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "assize", &mut script);
    given(std::io::stdout().write_all(&script));
}
