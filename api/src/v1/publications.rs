//! Figures that were published: releases, each with its tables as everybody may see them.

use axum::Json;
use axum::extract::State;
use domain::values::PublicationNo;
use infra::publication::Published;
use infra::registry::ListedPublication;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::asked::{Path, Query};
use super::moment::{AsOfQuery, as_of};
use super::types::AsOfBody;
use crate::identity::Caller;
use crate::problem::Problem;
use crate::state::AppState;

/// The number in an address.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
pub(super) struct NumberPath {
    /// The number of the release, from 1.
    pub number: u16,
}

/// The releases there are.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct ReleasesBody {
    /// As of when.
    pub as_of: AsOfBody,
    /// The newest first.
    pub releases: Vec<ListedPublication>,
}

/// A release.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct ReleaseBody {
    /// What it is.
    pub release: ListedPublication,
    /// Its figures; absent where it was withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub figures: Option<Published>,
}

/// The releases.
pub(super) async fn list(
    caller: Caller,
    State(app): State<AppState>,
    Query(query): Query<AsOfQuery>,
) -> Result<Json<ReleasesBody>, Problem> {
    let as_of = as_of(&app, query.as_of.as_deref()).await?;
    let (releases, moment) = app.registry.publications(&caller.call, as_of).await?;
    Ok(Json(ReleasesBody {
        as_of: moment.into(),
        releases,
    }))
}

/// One release.
pub(super) async fn one(
    caller: Caller,
    State(app): State<AppState>,
    Path(path): Path<NumberPath>,
    Query(query): Query<AsOfQuery>,
) -> Result<Json<ReleaseBody>, Problem> {
    let as_of = as_of(&app, query.as_of.as_deref()).await?;
    let number = PublicationNo(path.number);
    let read = app.registry.publication(&caller.call, number, as_of);
    let (release, figures) = read.await?;
    Ok(Json(ReleaseBody { release, figures }))
}
