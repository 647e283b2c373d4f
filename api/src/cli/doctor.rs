//! `assize doctor` and `assize migrate`.

use std::process::ExitCode;

use clap::Args;
use infra::doctor::{Health, examine};
use infra::store::database::Database;
use infra::store::migrations;

use super::Place;
use super::output::{Failed, data, json};

/// Bring the database's tables up to date.
#[derive(Debug, Args)]
pub(super) struct Migrate {
    /// Only say what would be done; exit 1 when something would.
    #[arg(long, visible_alias = "dry-run")]
    check: bool,
    /// As JSON.
    #[arg(long)]
    json: bool,
}

impl Migrate {
    pub(super) async fn run(self, place: &Place) -> Result<ExitCode, Failed> {
        if self.check {
            place.must_exist()?;
        }
        let database = Database::open(&place.db).await.map_err(Failed::failure)?;
        let steps = if self.check {
            migrations::pending(&database).await
        } else {
            migrations::migrate(&database).await
        };
        let steps = steps.map_err(Failed::failure)?;
        if self.json {
            json(&steps);
        } else {
            steps.iter().for_each(data);
        }
        Ok(if self.check && !steps.is_empty() {
            ExitCode::from(1)
        } else {
            ExitCode::SUCCESS
        })
    }
}

/// Look for what is wrong with this installation; changes nothing.
#[derive(Debug, Args)]
pub(super) struct Doctor {
    /// As JSON.
    #[arg(long)]
    json: bool,
}

impl Doctor {
    /// Exit 1 when something has to be mended.
    pub(super) async fn run(self, place: &Place) -> Result<ExitCode, Failed> {
        let checks = examine(&place.opening()).await;
        if self.json {
            json(&checks);
        } else {
            for check in &checks {
                let sign = match check.health {
                    Health::Well => "well",
                    Health::Notice => "notice",
                    Health::NotWell => "NOT WELL",
                };
                data(format!("{sign:<9} {}: {}", check.what, check.found));
                if check.health != Health::Well {
                    data(format!("          wanted: {}", check.wanted));
                    data(format!("          {}", check.how_to_fix));
                }
            }
        }
        let mend = checks.iter().any(|check| check.health == Health::NotWell);
        Ok(if mend {
            ExitCode::from(1)
        } else {
            ExitCode::SUCCESS
        })
    }
}
