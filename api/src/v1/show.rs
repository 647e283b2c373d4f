//! One thing as of a moment.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::person::Person;
use domain::policy::Policy;
use domain::values::PersonId;
use infra::registry::{AsOf, Found, Kept};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::asked::{IdPath, Path, Query};
use super::moment::{AsOfQuery, as_of};
use super::operations::answered;
use super::policies::JurisdictionPath;
use super::types::{AsOfBody, Entry, Thing};
use crate::identity::Caller;
use crate::personal;
use crate::problem::Problem;
use crate::state::AppState;

/// What is asked of one thing.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ThingQuery {
    /// An entry number of the ledger, a day such as 2026-03-05, or an instant; now without it.
    pub as_of: Option<String>,
    /// Whether personal values in the state are opened, as far as the role and purpose reach; each is a consultation
    /// of its own.
    pub disclose: bool,
}

/// One thing, with what happened to it.
pub(super) async fn get<S: Kept>(
    caller: Caller,
    State(app): State<AppState>,
    Path(IdPath { id }): Path<IdPath>,
    Query(query): Query<ThingQuery>,
) -> Result<Shown, Problem> {
    let as_of = as_of(&app, query.as_of.as_deref()).await?;
    let id = id.to_string();
    let found: Found<S> = app.registry.show(&caller.call, &id, as_of).await?;
    let contested = app.registry.contested(&id, &found).await?;
    let mut thing = thing(id, &found);
    thing.contested = contested.iter().map(ToString::to_string).collect();
    if query.disclose {
        personal::disclose(&app.registry, &caller.call, &mut [&mut thing.state]).await?;
    }
    Ok(Shown(thing))
}

/// Who may be the same human being as somebody.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct Duplicates {
    /// The ids of others who are registered with the same name, however it is written, and the same date of birth; two
    /// people may share both. Nobody where no date of birth is recorded.
    pub possible: Vec<String>,
}

/// Who else is registered with the same name and date of birth, as both are recorded now.
pub(super) async fn duplicates(
    caller: Caller,
    State(app): State<AppState>,
    Path(IdPath { id }): Path<IdPath>,
) -> Result<Json<Duplicates>, Problem> {
    let id = PersonId(id);
    let registry = &app.registry;
    // Whose record is closed to whoever asks is unknown to them.
    let id_named = id.to_string();
    let shown = registry.show::<Person>(&caller.call, &id_named, AsOf::Now);
    drop(shown.await?);
    let others = registry.possible_duplicates(&caller.call, id).await?;
    Ok(Json(Duplicates {
        possible: others.iter().map(ToString::to_string).collect(),
    }))
}

/// The versions of a jurisdiction's rules.
pub(super) async fn policy(
    caller: Caller,
    State(app): State<AppState>,
    Path(JurisdictionPath { id }): Path<JurisdictionPath>,
    Query(query): Query<AsOfQuery>,
) -> Result<Shown, Problem> {
    let as_of = as_of(&app, query.as_of.as_deref()).await?;
    let id = id.to_string();
    let found: Found<Policy> = app.registry.show(&caller.call, &id, as_of).await?;
    Ok(Shown(thing(id, &found)))
}

/// How far the ledger reaches.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct Head {
    /// As of when.
    pub as_of: AsOfBody,
    /// How many entries there are.
    pub entries: u64,
    /// How far the lists and figures are filed now, by name: every entry below the number.
    pub filed: BTreeMap<String, u64>,
    /// What stopped a projection, by name.
    pub stopped: BTreeMap<String, String>,
}

/// How far the ledger reaches.
pub(super) async fn head(
    _caller: Caller,
    State(app): State<AppState>,
    Query(query): Query<AsOfQuery>,
) -> Result<Json<Head>, Problem> {
    let as_of = as_of(&app, query.as_of.as_deref()).await?;
    let moment = app.registry.moment(as_of).await?;
    let standings = app.registry.projections().standings().await?;
    let live = || standings.iter().filter(|s| s.live);
    let filed = live().map(|s| (s.name.clone(), s.checkpoint)).collect();
    let stopped = live()
        .filter_map(|s| Some((s.name.clone(), s.poison.clone()?)))
        .collect();
    Ok(Json(Head {
        entries: moment.index.map_or(0, |index| index.saturating_add(1)),
        as_of: moment.into(),
        filed,
        stopped,
    }))
}

fn thing<S: Serialize>(id: String, found: &Found<S>) -> Thing {
    Thing {
        id,
        version: found.version,
        as_of: found.moment.into(),
        state: serde_json::to_value(&found.state).unwrap_or_default(),
        contested: Vec::new(),
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

    fn inferred_responses(
        ctx: &mut aide::generate::GenContext,
        operation: &mut aide::openapi::Operation,
    ) -> Vec<(Option<aide::openapi::StatusCode>, aide::openapi::Response)> {
        answered::<Thing>(ctx, operation, 200, &["ETag"])
    }
}
