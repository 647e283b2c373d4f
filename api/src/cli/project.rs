//! `assize project`: lists and figures, as far as they are filed.

use std::process::ExitCode;

use clap::Args;
use infra::projections::RebuildError;

use super::Place;
use super::output::{Failed, data, json};

/// Show how far lists and figures are filed, or rebuild them.
#[derive(Debug, Args)]
pub(super) struct Project {
    /// File everything up to the head of the ledger first.
    #[arg(long)]
    catch_up: bool,
    /// Build them anew from the ledger beside those that answer, and let them take their place.
    #[arg(long)]
    rebuild: bool,
    /// Rebuild only the one of this name, such as `facts`; may be given several times.
    #[arg(long, value_name = "NAME", requires = "rebuild")]
    only: Vec<String>,
    /// As JSON.
    #[arg(long)]
    json: bool,
}

impl Project {
    pub(super) async fn run(self, place: &Place) -> Result<ExitCode, Failed> {
        let registry = place.open().await?;
        if self.catch_up {
            registry.catch_up().await.map_err(Failed::failure)?;
        }
        if self.rebuild {
            let projections = registry.projections();
            if self.only.is_empty() {
                projections.rebuild().await.map_err(Failed::failure)?;
            } else {
                let rebuilt = projections.rebuild_only(&self.only).await;
                rebuilt.map_err(|error| match error {
                    RebuildError::Unknown { .. } => Failed::usage(error),
                    RebuildError::Store(error) => Failed::failure(error),
                })?;
            }
            // What rests on them is worked out anew when it is asked for next.
            let cleared = registry.clear_possible().await;
            cleared.map_err(Failed::failure)?;
        }
        let standings = registry
            .projections()
            .standings()
            .await
            .map_err(Failed::failure)?;
        if self.json {
            json(&standings);
        } else {
            for s in &standings {
                let state = match s.poison.as_deref() {
                    Some(why) => why,
                    None if s.live => "live",
                    // No list: up to where what follows from decisions is carried out.
                    None if s.name == "processes" => "carried out",
                    None => "building",
                };
                data(format!("{:<20} {:>12}  {state}", s.name, s.checkpoint));
            }
        }
        let stopped = standings.iter().any(|s| s.poison.is_some());
        Ok(if stopped {
            ExitCode::from(1)
        } else {
            ExitCode::SUCCESS
        })
    }
}
