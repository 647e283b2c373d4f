//! What an emergency came to, and the screening of everybody who is held.

use aide::axum::ApiRouter;
use aide::axum::routing::{get_with, post_with};
use axum::Json;
use axum::extract::State;
use domain::emergency::EmergencyRefusal;
use domain::values::Code;
use infra::registry::{EmergencyCohort, Screening};
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
