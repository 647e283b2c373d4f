//! One thing as of a moment.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::policy::Policy;
use infra::registry::{AsOf, Found, Kept};
use schemars::JsonSchema;
use serde::Serialize;

use super::commands::{IdPath, uuid};
use super::types::{AsOfQuery, Entry, Thing};
use crate::identity::Caller;
use crate::problem::Problem;
use crate::state::AppState;

/// One thing, with what happened to it.
pub(super) async fn get<S: Kept>(
    caller: Caller,
    State(app): State<AppState>,
    Path(path): Path<IdPath>,
    Query(query): Query<AsOfQuery>,
) -> Result<Shown, Problem> {
    uuid(&path.id)?;
    let found: Found<S> = app
        .registry
        .show(&caller.call, &path.id, as_of(&query)?)
        .await?;
    Ok(Shown(thing(path.id, &found)))
}

/// The versions of a jurisdiction's rules.
pub(super) async fn policy(
    caller: Caller,
    State(app): State<AppState>,
    Path(path): Path<IdPath>,
    Query(query): Query<AsOfQuery>,
) -> Result<Shown, Problem> {
    let found: Found<Policy> = app
        .registry
        .show(&caller.call, &path.id, as_of(&query)?)
        .await?;
    Ok(Shown(thing(path.id, &found)))
}

/// How far the ledger reaches.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct Head {
    /// How many entries there are.
    pub entries: u64,
    /// When the last was stored.
    pub last: Option<String>,
    /// How far the lists and figures are filed, by name.
    pub filed: std::collections::BTreeMap<String, u64>,
    /// What stopped a projection, by name.
    pub stopped: std::collections::BTreeMap<String, String>,
}

/// How far the ledger reaches.
pub(super) async fn head(
    _caller: Caller,
    State(app): State<AppState>,
) -> Result<Json<Head>, Problem> {
    let (entries, last) = app.registry.head().await?;
    let standings = app.registry.projections().standings().await?;
    let live = || standings.iter().filter(|s| s.live);
    let filed = live().map(|s| (s.name.clone(), s.checkpoint)).collect();
    let stopped = live()
        .filter_map(|s| Some((s.name.clone(), s.poison.clone()?)))
        .collect();
    Ok(Json(Head {
        entries,
        last: last.map(|i| i.to_string()),
        filed,
        stopped,
    }))
}

/// The moment that a query asks about.
pub(super) fn as_of(query: &AsOfQuery) -> Result<AsOf, Problem> {
    let text = query.as_of.as_deref().unwrap_or_default();
    text.parse()
        .map_err(|said: String| Problem::usage("as-of", "as_of", &said))
}

fn thing<S: Serialize>(id: String, found: &Found<S>) -> Thing {
    Thing {
        id,
        version: found.version,
        as_of: found.moment.into(),
        state: serde_json::to_value(&found.state).unwrap_or_default(),
        entries: found.entries.iter().map(Entry::from).collect(),
    }
}

/// A thing as an answer, with its version as ETag.
pub(super) struct Shown(Thing);

impl IntoResponse for Shown {
    fn into_response(self) -> Response {
        let tag = format!("\"{}\"", self.0.version);
        ([(header::ETAG, tag)], Json(self.0)).into_response()
    }
}

impl aide::OperationOutput for Shown {
    type Inner = Thing;

    fn operation_response(
        ctx: &mut aide::generate::GenContext,
        operation: &mut aide::openapi::Operation,
    ) -> Option<aide::openapi::Response> {
        Json::<Thing>::operation_response(ctx, operation)
    }

    fn inferred_responses(
        ctx: &mut aide::generate::GenContext,
        operation: &mut aide::openapi::Operation,
    ) -> Vec<(Option<aide::openapi::StatusCode>, aide::openapi::Response)> {
        Json::<Thing>::inferred_responses(ctx, operation)
    }
}
