//! `assize publish`: figures for everybody, protected so that nobody can be found in them.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use domain::values::{Code, PublicationNo};
use infra::registry::{AsOf, PublishError, Registry, bytes_of};

use super::output::{Failed, data, json};
use super::{Place, operator, sample};
use crate::v1::publications::{ReleaseBody, ReleasesBody};

/// Publish figures as of now, or show, check and withdraw what was published.
#[derive(Debug, Args)]
pub(super) struct Publish {
    #[command(subcommand)]
    task: Option<PublishTask>,
}

#[derive(Debug, Subcommand)]
enum PublishTask {
    /// Open the register's own record, in which releases stand; once, before the first.
    Open {
        /// The name under which the register publishes, as a code: `midland-courts`.
        name: Code,
    },
    /// Show what was published.
    List {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Show the figures of a release: as JSON, the very bytes that were published, or as CSV.
    Show {
        /// Its number.
        number: u16,
        /// As CSV.
        #[arg(long)]
        csv: bool,
    },
    /// Make the figures of a release again from the ledger, and say whether they are those that were published.
    Check {
        /// Its number.
        number: u16,
    },
    /// Withdraw a release: its figures are shown no more, that it was there stays.
    Withdraw {
        /// Its number.
        number: u16,
        /// Why, by a code of the rules.
        #[arg(long)]
        reason: Code,
    },
}

impl Publish {
    pub(super) async fn run(self, place: &Place) -> Result<ExitCode, Failed> {
        let registry = place.open().await?;
        let done = match self.task {
            None => publish(&registry).await,
            Some(task) => task.run(&registry).await,
        };
        let released = registry.projections().release().await;
        let code = done?;
        released.map_err(Failed::failure)?;
        Ok(code)
    }
}

async fn publish(registry: &Registry) -> Result<ExitCode, Failed> {
    let published = registry
        .publish(&sample("statistician"))
        .await
        .map_err(failed)?;
    let rows = published.jurisdictions.iter().flat_map(|own| &own.tables);
    let rows = rows.map(|table| table.rows.len()).sum::<usize>();
    data(format!(
        "release {} was published as of entry {}: {rows} rows; read it with `assize publish show {}`",
        published.number, published.index, published.number
    ));
    Ok(ExitCode::SUCCESS)
}

impl PublishTask {
    async fn run(self, registry: &Registry) -> Result<ExitCode, Failed> {
        let call = sample("statistician");
        match self {
            Self::Open { name } => {
                let opened = registry.open_own_record(&operator(), name.clone()).await;
                opened.map_err(failed)?;
                data(format!(
                    "the record of the register itself is open under the name {name}"
                ));
            }
            Self::List { json: as_json } => list(registry, as_json).await?,
            Self::Show { number, csv } => return show(registry, number, csv).await,
            Self::Check { number } => {
                let same = registry.makes_again(&call, PublicationNo(number)).await;
                if !same.map_err(failed)? {
                    return Err(Failed::failure(format!(
                        "made again from the ledger, the figures of release {number} are not those that were published"
                    )));
                }
                data(format!(
                    "made again from the ledger, the figures of release {number} are those that were published, to the byte"
                ));
            }
            Self::Withdraw { number, reason } => {
                let withdrawn = registry.withdraw_publication(&call, PublicationNo(number), reason);
                withdrawn.await.map_err(failed)?;
                data(format!("release {number} is withdrawn"));
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

async fn list(registry: &Registry, as_json: bool) -> Result<(), Failed> {
    let call = sample("statistician");
    let read = registry.publications(&call, AsOf::Now).await;
    let (releases, moment) = read.map_err(Failed::failure)?;
    if as_json {
        json(&ReleasesBody {
            as_of: moment.into(),
            releases,
        });
        return Ok(());
    }
    for release in releases {
        let withdrawn = release
            .withdrawn
            .map(|told| format!(", withdrawn: {}", told.reason));
        data(format!(
            "{:>4}  {}  as of entry {}{}",
            release.number.to_string(),
            release.published,
            release.index,
            withdrawn.unwrap_or_default()
        ));
    }
    Ok(())
}

async fn show(registry: &Registry, number: u16, csv: bool) -> Result<ExitCode, Failed> {
    let read = registry
        .publication(&sample("statistician"), PublicationNo(number), AsOf::Now)
        .await;
    let (release, figures) = read.map_err(Failed::failure)?;
    let Some(figures) = figures else {
        json(&ReleaseBody {
            release,
            figures: None,
        });
        return Err(Failed::refused(format!(
            "the figures of release {number} are not shown"
        )));
    };
    if csv {
        data(figures.csv().trim_end());
    } else {
        let bytes = bytes_of(&figures).map_err(Failed::failure)?;
        data(String::from_utf8_lossy(&bytes));
    }
    Ok(ExitCode::SUCCESS)
}

/// A rule that refuses ends otherwise than a machine that fails.
fn failed(error: PublishError) -> Failed {
    match error {
        PublishError::NotOpened
        | PublishError::TooEarly { .. }
        | PublishError::Nothing
        | PublishError::Refused(_) => Failed::refused(error),
        PublishError::Denied(_)
        | PublishError::Figures(_)
        | PublishError::Rules(_)
        | PublishError::Store(_)
        | PublishError::Earlier(_) => Failed::failure(error),
    }
}
