//! What an emergency came to, and the screening of everybody who is held.

use aide::axum::ApiRouter;
use aide::axum::routing::{get_with, post_with};
use axum::Json;
use axum::extract::State;
use domain::emergency::{Criterion, EmergencyRefusal, Rehearsal};
use domain::values::Code;
use infra::registry::{CriteriaTried, EmergencyCohort, Screening};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::asked::{IdPath, Path, Query};
use super::body::Command;
use super::commands::to_its_end;
use super::conditions::Conditions;
use super::moment::{AsOfQuery, Source, filed_as_of};
use super::operations::{command, read};
use super::places::placed;
use super::types::AsOfBody;
use crate::identity::Caller;
use crate::problem::Problem;
use crate::state::AppState;

/// The addresses.
pub(super) fn routes() -> ApiRouter<AppState> {
    ApiRouter::new()
        .api_route(
            "/emergencies/{id}/screenings",
            post_with(screen, |o| {
                command(
                    o,
                    "screenEverybodyHeld",
                    "Screen everybody who is held by the criteria of an emergency; nothing is recorded twice",
                )
            }),
        )
        .api_route(
            "/emergencies/{id}/rehearsals",
            post_with(rehearse, |o| {
                command(
                    o,
                    "rehearseCriteria",
                    "Try criteria on everybody who is held, published or not; nobody is screened and no event is stored",
                )
            }),
        )
        .api_route(
            "/emergencies/{id}/cohort",
            get_with(cohort, |o| {
                read(
                    o,
                    "getCohort",
                    "What an emergency came to: people at every stage, rights that were cut, and how many are held",
                )
            }),
        )
}

/// What may be asked of the screenings of an emergency.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum ScreeningWish {
    /// Screen everybody who is held.
    ScreenEverybodyHeld(ByVersion),
}

domain::read_from_json!(ScreeningWish);

/// By which criteria.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ByVersion {
    /// The version of the criteria.
    pub version: Code,
}

/// What came of a screening. It lists; it decides nothing.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct ScreeningBody {
    /// The emergency.
    pub id: String,
    /// Its version now.
    pub version: u64,
    /// How many people were screened: everybody who is held, but for those whose record is sealed to the caller.
    pub screened: usize,
    /// How many of them can be released.
    pub eligible: usize,
    /// How many cannot.
    pub excluded: usize,
    /// Of how many the register alone cannot say: somebody has to look.
    pub unclear: usize,
    /// How many are held whose record is sealed to the caller; somebody who may lift seals screens them.
    pub sealed: usize,
    /// Of how many people something new was recorded.
    pub recorded: usize,
    /// The ledger entries of what was recorded.
    pub entries: Vec<u64>,
}

async fn screen(
    caller: Caller,
    State(app): State<AppState>,
    Path(IdPath { id }): Path<IdPath>,
    conditions: Conditions,
    body: Command<ScreeningWish>,
) -> Result<Json<ScreeningBody>, Problem> {
    let ScreeningWish::ScreenEverybodyHeld(ByVersion { version }) = body.wish;
    let names_a_version = conditions.names_a_version();
    let expected = conditions.for_request(body.request).expected;
    let id = id.to_string();
    let emergency = id.clone();
    let screening = async move {
        app.registry
            .screen(&caller.call, &emergency, &version, expected)
            .await
    };
    let done = to_its_end::<Screening, EmergencyRefusal>(screening, names_a_version)
        .await
        .map_err(|problem| placed(problem, &body.sent))?;
    Ok(Json(ScreeningBody {
        id,
        version: done.version,
        screened: done.screened,
        eligible: done.eligible,
        excluded: done.excluded,
        unclear: done.unclear,
        sealed: done.sealed,
        recorded: done.recorded,
        entries: done.entries,
    }))
}

/// What may be asked of the rehearsals of an emergency.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum RehearsalWish {
    /// Try the criteria of a version that is published.
    TryPublished(ByVersion),
    /// Try criteria that need not be published.
    TryCriteria(ByCriteria),
}

domain::read_from_json!(RehearsalWish);

/// By which criteria.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ByCriteria {
    /// The criteria.
    pub criteria: Vec<Criterion>,
}

/// What criteria would come to, by what the register holds now of everybody who is held. Counts alone; nobody is named,
/// nobody is screened.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct RehearsalBody {
    /// The emergency.
    pub id: String,
    /// As of when.
    pub as_of: AsOfBody,
    /// The counts.
    pub rehearsal: Rehearsal,
    /// How many are held whose record is sealed to the caller: the criteria were not tried on them.
    pub sealed: usize,
    /// Why the criteria could not be published now, where they could not.
    pub unpublishable: Option<String>,
}

async fn rehearse(
    caller: Caller,
    State(app): State<AppState>,
    Path(IdPath { id }): Path<IdPath>,
    body: Command<RehearsalWish>,
) -> Result<Json<RehearsalBody>, Problem> {
    let id = id.to_string();
    let criteria = match body.wish {
        RehearsalWish::TryPublished(ByVersion { version }) => CriteriaTried::Published(version),
        RehearsalWish::TryCriteria(ByCriteria { criteria }) => CriteriaTried::Given(criteria),
    };
    let tried = app.registry.rehearse(&caller.call, &id, &criteria).await;
    let tried = tried.map_err(|error| placed(error.into(), &body.sent))?;
    Ok(Json(RehearsalBody {
        id,
        as_of: tried.moment.into(),
        rehearsal: tried.counts,
        sealed: tried.sealed,
        unpublishable: tried.unpublishable.map(|refusal| refusal.to_string()),
    }))
}

/// What an emergency came to, as of a moment.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct CohortBody {
    /// As of when.
    pub as_of: AsOfBody,
    /// What it came to.
    pub cohort: EmergencyCohort,
}

async fn cohort(
    caller: Caller,
    State(app): State<AppState>,
    Path(IdPath { id }): Path<IdPath>,
    Query(query): Query<AsOfQuery>,
) -> Result<Json<CohortBody>, Problem> {
    let as_of = filed_as_of(&app, query.as_of.as_deref(), Source::Model("cases")).await?;
    let id = id.to_string();
    let cohort = app.registry.cohort(&caller.call, &id, as_of).await?;
    Ok(Json(CohortBody {
        as_of: cohort.moment.into(),
        cohort,
    }))
}
