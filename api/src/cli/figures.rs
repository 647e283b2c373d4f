//! `assize view`: the same figures as `/v1/views`.

use std::process::ExitCode;

use clap::Args;
use infra::registry::{AsOf, Freshness, Registry};
use infra::views::{Quantile, ViewError, ViewName, ViewRequest};
use serde::Serialize;

use super::output::{Failed, data, json};
use super::{Place, sample, view};
use crate::v1::moment::moment_of;

/// Figures: disposals, proportionality, gender, alternatives, reconviction, parity or departures.
#[derive(Debug, Args)]
pub(super) struct Figures {
    /// disposals, proportionality, gender, alternatives, reconviction, parity or departures.
    view: String,
    /// The columns of the groups or strata, separated by commas, for example category,prior-record.
    #[arg(long)]
    by: Option<String>,
    /// A condition, for example `sex=female,male` or `category!=not_recorded`; may be repeated.
    #[arg(long = "where")]
    conditions: Vec<String>,
    /// How medians and quartiles are taken: 1 (always a penalty imposed), 2 (averaged at ties) or 7 (linear).
    #[arg(long, default_value = "1")]
    quantile: String,
    /// The severity scale, by its version.
    #[arg(long)]
    scale: Option<String>,
    /// Only decisions of this jurisdiction.
    #[arg(long)]
    jurisdiction: Option<String>,
    /// Severities above this count as this, in the unit of the scale.
    #[arg(long)]
    at_most: Option<String>,
    /// Offences with fewer decisions than this are put together by chapter; in the view gender.
    #[arg(long)]
    fewest: Option<String>,
    /// Within how many days of a decision somebody is sentenced again; in the view reconviction, two years without it.
    #[arg(long)]
    window: Option<String>,
    /// Only decisions taken by this day, or by the end of this month or year, as they are known at the moment asked for.
    #[arg(long)]
    decided_until: Option<String>,
    /// As of an entry number, a day or an instant.
    #[arg(long, default_value = "now")]
    as_of: String,
    /// What changed between two moments, and which decisions did it: two of them with .. between, such as
    /// 2025-12-31..now.
    #[arg(long, conflicts_with = "as_of")]
    between: Option<String>,
    /// As JSON.
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// As CSV.
    #[arg(long)]
    csv: bool,
}

impl Figures {
    pub(super) async fn run(self, place: &Place) -> Result<ExitCode, Failed> {
        let request = self.request().map_err(Failed::usage)?;
        let registry = place.open().await?;
        if let Some(between) = &self.between {
            return self.compare(&registry, &request, between).await;
        }
        let as_of = moment(&registry, "--as-of", &self.as_of).await?;
        let statistician = sample("statistician");
        let shown = registry.view(&statistician, &request, as_of, Freshness::CaughtUp);
        let shown = shown.await;
        self.tell(&registry, shown, view::render_csv, view::render_text)
            .await
    }

    /// The same at two moments.
    async fn compare(
        &self,
        registry: &Registry,
        request: &ViewRequest,
        between: &str,
    ) -> Result<ExitCode, Failed> {
        let Some((from, to)) = between.split_once("..") else {
            let said = format!(
                "--between: {between:?} is not two moments: write them with .. between, such as 2025-12-31..now"
            );
            return Err(Failed::usage(said));
        };
        let from = moment(registry, "--between", from).await?;
        let to = moment(registry, "--between", to).await?;
        let statistician = sample("statistician");
        let shown = registry.view_between(&statistician, request, (from, to), Freshness::CaughtUp);
        let shown = shown.await;
        self.tell(
            registry,
            shown,
            view::render_between_csv,
            view::render_between,
        )
        .await
    }

    /// Tells figures in the form that is asked for, once the projections are let go.
    async fn tell<T: Serialize>(
        &self,
        registry: &Registry,
        shown: Result<T, ViewError>,
        csv: fn(&T) -> String,
        text: fn(&T) -> String,
    ) -> Result<ExitCode, Failed> {
        let released = registry.projections().release().await;
        let shown = shown.map_err(failed)?;
        released.map_err(Failed::failure)?;
        if self.json {
            json(&shown);
        } else if self.csv {
            data(csv(&shown).trim_end());
        } else {
            data(text(&shown));
        }
        Ok(ExitCode::SUCCESS)
    }

    fn request(&self) -> Result<ViewRequest, ViewError> {
        let mut request = ViewRequest::of(self.view.parse::<ViewName>()?);
        if let Some(by) = &self.by {
            request = request.by(by);
        }
        for condition in &self.conditions {
            request = request.with(condition)?;
        }
        request.quantile = self.quantile.parse::<Quantile>()?;
        request.scale.clone_from(&self.scale);
        request.jurisdiction.clone_from(&self.jurisdiction);
        if let Some(number) = &self.at_most {
            request = request.at_most(number)?;
        }
        if let Some(number) = &self.fewest {
            request = request.fewest(number)?;
        }
        if let Some(days) = &self.window {
            request = request.window(days)?;
        }
        if let Some(date) = &self.decided_until {
            request = request.decided_until(date)?;
        }
        Ok(request)
    }
}

/// A moment that an option names.
pub(super) async fn moment(registry: &Registry, option: &str, text: &str) -> Result<AsOf, Failed> {
    moment_of(registry, text).await.map_err(|problem| {
        let said = problem.detail.replace("leave as_of out", "leave it out");
        Failed::usage(format!("{option}: {said}"))
    })
}

/// Wrong usage ends otherwise than a machine that fails.
pub(super) fn failed(error: ViewError) -> Failed {
    match error {
        ViewError::Store(_)
        | ViewError::Rules(_)
        | ViewError::Count(_)
        | ViewError::Unfollowed(_)
        | ViewError::Denied(_) => Failed::failure(error),
        ViewError::UnknownView(_)
        | ViewError::Condition(_)
        | ViewError::Dimension(_)
        | ViewError::Unknown { .. }
        | ViewError::Word { .. }
        | ViewError::Quantile(_)
        | ViewError::AtMost(_)
        | ViewError::Fewest(_)
        | ViewError::Window(_)
        | ViewError::DecidedUntil(_)
        | ViewError::DecidedAhead { .. }
        | ViewError::Backwards
        | ViewError::NotAsked { .. }
        | ViewError::Scale { .. }
        | ViewError::Jurisdiction { .. }
        | ViewError::Column { .. }
        | ViewError::SeveralJurisdictions(_) => Failed::usage(error),
    }
}
