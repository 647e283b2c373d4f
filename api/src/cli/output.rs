//! The only place that prints.
#![expect(clippy::print_stderr, reason = "this is the place that prints")]

use std::error::Error;
use std::fmt::Display;
use std::io::Write;
use std::process::ExitCode;

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

/// Data.
pub(super) fn data(text: impl Display) {
    // Whoever reads may have read enough.
    drop(writeln!(std::io::stdout(), "{text}"));
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
    clap_complete::generate(shell, &mut command, "assize", &mut std::io::stdout());
}
