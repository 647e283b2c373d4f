//! `assize schema`: what is generated from the code and committed beside it.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use domain::safeguards::{Listed, list};

use super::output::{Failed, data, json};
use crate::documents::generated;

/// Write or check what is generated, or list the safeguards.
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
    /// List the safeguards: each with its source, where it acts and the tests that show it.
    Safeguards {
        /// As JSON.
        #[arg(long)]
        json: bool,
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
            SchemaTask::Safeguards { json: true } => {
                json(&list());
                Ok(ExitCode::SUCCESS)
            }
            SchemaTask::Safeguards { json: false } => {
                for safeguard in list() {
                    data(in_words(&safeguard));
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

/// A safeguard as people read it.
fn in_words(safeguard: &Listed) -> String {
    format!(
        "{}: {}\n  {}: {}\n  source: {}\n  acts at: {}\n  shown by: {}\n",
        safeguard.id,
        safeguard.title,
        safeguard.kind.title(),
        safeguard.effect,
        safeguard.source,
        safeguard.acts.join(", "),
        safeguard.tests.join(", "),
    )
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_safeguard_is_listed_with_its_source_and_its_tests() {
        let listed = serde_json::to_value(list()).unwrap();
        let listed = listed.as_array().unwrap();
        assert_eq!(listed.len(), 80);
        for safeguard in listed {
            for field in ["id", "title", "source", "kind", "streams", "acts", "tests"] {
                assert!(safeguard.get(field).is_some(), "{safeguard} has no {field}");
            }
        }
        let detention = list().into_iter().find(|listed| listed.id == "TR-6.1");
        let said = in_words(&detention.unwrap());
        let lines: Vec<&str> = said.lines().collect();
        assert!(lines[0].starts_with("TR-6.1: detention before judgment"));
        assert!(lines[1].starts_with("  reasons: "));
        assert!(lines[3].contains("pretrial.order_detention"));
        assert!(lines[4].len() > "  shown by: ".len(), "{said}");
    }
}
