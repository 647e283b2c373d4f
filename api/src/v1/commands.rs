//! Commands: POSTs to the thing they act on.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::person::{Person, PersonCommand};
use domain::values::JurisdictionCode;
use infra::registry::{Kept, Options, Receipt, Wish};
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::body::Command;
use super::types::ReceiptBody;
use crate::identity::Caller;
use crate::problem::Problem;
use crate::state::AppState;

/// The id in an address.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(super) struct IdPath {
    /// The id.
    pub id: String,
}

/// A command on something that exists, or begins under an id that the caller chose.
pub(super) async fn post<S>(
    caller: Caller,
    State(app): State<AppState>,
    Path(path): Path<IdPath>,
    headers: HeaderMap,
    body: Command<Wish<S>>,
) -> Result<Answer, Problem>
where
    S: Kept,
    Wish<S>: DeserializeOwned + JsonSchema,
{
    uuid(&path.id)?;
    carry_out::<S>(app, caller, path.id, &headers, body)
        .await
        .map(|receipt| Answer(StatusCode::OK, receipt))
}

/// A command that begins something new.
pub(super) async fn begin<S>(
    caller: Caller,
    State(app): State<AppState>,
    headers: HeaderMap,
    body: Command<Wish<S>>,
) -> Result<Answer, Problem>
where
    S: Kept,
    Wish<S>: DeserializeOwned + JsonSchema,
{
    let id = new_id(&app, &caller, &headers);
    let receipt = carry_out::<S>(app, caller, id, &headers, body).await?;
    Ok(Answer(StatusCode::CREATED, receipt))
}

/// A person begins under a random pseudonym.
pub(super) async fn begin_person(
    caller: Caller,
    State(app): State<AppState>,
    headers: HeaderMap,
    body: Command<PersonCommand>,
) -> Result<Answer, Problem> {
    let id = app.registry.new_person_id().to_string();
    let receipt = carry_out::<Person>(app, caller, id, &headers, body).await?;
    Ok(Answer(StatusCode::CREATED, receipt))
}

fn new_id(app: &AppState, _caller: &Caller, _headers: &HeaderMap) -> String {
    app.registry.new_stream_id().to_string()
}

async fn carry_out<S>(
    app: AppState,
    caller: Caller,
    id: String,
    headers: &HeaderMap,
    body: Command<Wish<S>>,
) -> Result<Receipt, Problem>
where
    S: Kept,
{
    let text = |name: &str| {
        headers
            .get(name)
            .and_then(|v| v.to_str().ok())
            .map(str::to_owned)
    };
    let expected = match text(header::IF_MATCH.as_str()) {
        None => None,
        Some(tag) => Some(tag.trim_matches('"').parse().map_err(|_| {
            Problem::usage(
                "if-match",
                "If-Match",
                "send the ETag as it was received, for example \"3\"",
            )
        })?),
    };
    let jurisdiction = match text("assize-jurisdiction") {
        None => None,
        Some(code) => Some(JurisdictionCode::parse(&code).map_err(|error| {
            Problem::usage("jurisdiction", "Assize-Jurisdiction", &error.to_string())
        })?),
    };
    let key = text("idempotency-key").map(|key| (key, body.bytes));
    let options = Options {
        expected,
        key,
        jurisdiction,
        causation: None,
    };
    // A client that goes away leaves a command that is carried out all the same.
    let task = tokio::spawn(async move {
        app.registry
            .command::<S>(&caller.call, &id, body.command, options)
            .await
    });
    match task.await {
        Ok(result) => result.map_err(Problem::from),
        Err(_stopped) => Err(Problem::usage(
            "stopped",
            "",
            "the command broke off: send it again",
        )),
    }
}

/// A stream's id is a UUID.
pub(super) fn uuid(id: &str) -> Result<(), Problem> {
    uuid::Uuid::parse_str(id)
        .map(|_| ())
        .map_err(|_| Problem::usage("id", "id", &format!("{id:?} is not an id: it is a UUID")))
}

/// A receipt as an answer.
pub(super) struct Answer(StatusCode, Receipt);

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let Self(status, receipt) = self;
        let tag = format!("\"{}\"", receipt.version);
        (
            status,
            [(header::ETAG, tag)],
            Json(ReceiptBody::from(receipt)),
        )
            .into_response()
    }
}

impl aide::OperationOutput for Answer {
    type Inner = ReceiptBody;

    fn operation_response(
        ctx: &mut aide::generate::GenContext,
        operation: &mut aide::openapi::Operation,
    ) -> Option<aide::openapi::Response> {
        Json::<ReceiptBody>::operation_response(ctx, operation)
    }

    fn inferred_responses(
        ctx: &mut aide::generate::GenContext,
        operation: &mut aide::openapi::Operation,
    ) -> Vec<(Option<aide::openapi::StatusCode>, aide::openapi::Response)> {
        Json::<ReceiptBody>::inferred_responses(ctx, operation)
    }
}
