//! `assize schema`: what is generated from the code and committed beside it.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::output::{Failed, data};
use crate::documents::generated;

/// Write or check the generated schemas and reference pages.
#[derive(Debug, Args)]
pub(super) struct Schema {
    #[command(subcommand)]
    task: SchemaTask,
}

#[derive(Debug, Subcommand)]
enum SchemaTask {
    /// Write them into a checkout of the project.
    Write {
        /// The checkout.
        #[arg(default_value = ".")]
        project: PathBuf,
    },
    /// Say which of them differ; exit 1 when any does.
    Check {
        /// The checkout.
        #[arg(default_value = ".")]
        project: PathBuf,
    },
}

impl Schema {
    pub(super) fn run(self) -> Result<ExitCode, Failed> {
        match self.task {
            SchemaTask::Write { project } => {
                for (path, text) in stale(&project) {
                    write(&project.join(&path), &text)?;
                    data(path.display());
                }
                Ok(ExitCode::SUCCESS)
            }
            SchemaTask::Check { project } => {
                let stale = stale(&project);
                for (path, _) in &stale {
                    data(format!(
                        "{} is out of date: run assize schema write",
                        path.display()
                    ));
                }
                Ok(if stale.is_empty() {
                    ExitCode::SUCCESS
                } else {
                    ExitCode::from(1)
                })
            }
        }
    }
}

/// The files that are not as the program writes them.
fn stale(project: &Path) -> Vec<(PathBuf, String)> {
    let differs = |(path, text): &(PathBuf, String)| {
        std::fs::read_to_string(project.join(path)).ok().as_ref() != Some(text)
    };
    generated().into_iter().filter(differs).collect()
}

fn write(path: &Path, text: &str) -> Result<(), Failed> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(Failed::failure)?;
    }
    std::fs::write(path, text).map_err(Failed::failure)
}
