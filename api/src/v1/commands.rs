//! Commands: POSTs to the thing they act on.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::person::Person;
use domain::stream::Stream;
use infra::registry::{CommandError, Kept, No, ReadError, Receipt, Wish};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use super::asked::{IdPath, Path};
use super::body::Command;
use super::conditions::Conditions;
use super::operations::answered;
use super::places::placed;
use super::types::{ReceiptBody, address};
use crate::identity::Caller;
use crate::problem::Problem;
use crate::state::AppState;

/// A command on something that exists, or begins under an id that the caller chose.
pub(super) async fn post<S>(
    caller: Caller,
    State(app): State<AppState>,
    Path(IdPath { id }): Path<IdPath>,
    conditions: Conditions,
    body: Command<Wish<S>>,
) -> Result<Answer<200>, Problem>
where
    S: Kept,
    Wish<S>: DeserializeOwned + JsonSchema,
{
    carry_out::<S>(app, caller, id.to_string(), conditions, body)
        .await
        .map(Answer)
}

/// A command that begins something new; a person begins under a random pseudonym.
pub(super) async fn begin<S>(
    caller: Caller,
    State(app): State<AppState>,
    conditions: Conditions,
    body: Command<Wish<S>>,
) -> Result<Answer<201>, Problem>
where
    S: Kept,
    Wish<S>: DeserializeOwned + JsonSchema,
{
    let id = if <S as Stream>::TYPE == <Person as Stream>::TYPE {
        app.registry.new_person_id().to_string()
    } else {
        let beginning = app.registry.beginning::<S>(&body.wish).await;
        beginning.map_err(ReadError::from)?
    };
    carry_out::<S>(app, caller, id, conditions, body)
        .await
        .map(Answer)
}

async fn carry_out<S>(
    app: AppState,
    caller: Caller,
    id: String,
    conditions: Conditions,
    body: Command<Wish<S>>,
) -> Result<Receipt, Problem>
where
    S: Kept,
{
    let names_a_version = conditions.names_a_version();
    let options = conditions.for_request(body.request);
    let command = async move {
        app.registry
            .command::<S>(&caller.call, &id, body.wish, options)
            .await
    };
    to_its_end::<Receipt, No<S>>(command, names_a_version)
        .await
        .map_err(|problem| placed(problem, &body.sent))
}

/// A client that goes away leaves a command that is carried out all the same.
pub(super) async fn to_its_end<T, R>(
    command: impl Future<Output = Result<T, CommandError<R>>> + Send + 'static,
    names_a_version: bool,
) -> Result<T, Problem>
where
    T: Send + 'static,
    R: domain::act::Refusal + Send + 'static,
{
    let Ok(result) = tokio::spawn(command).await else {
        return Err(Problem::broken_off());
    };
    result.map_err(|error| {
        let problem = Problem::from(error);
        if names_a_version {
            problem.as_failed_condition()
        } else {
            problem
        }
    })
}

/// A receipt as an answer.
pub(super) struct Answer<const STATUS: u16>(pub Receipt);

impl<const STATUS: u16> IntoResponse for Answer<STATUS> {
    fn into_response(self) -> Response {
        let Self(receipt) = self;
        let status = StatusCode::from_u16(STATUS).unwrap_or_default();
        let headers = [
            (header::ETAG, format!("\"{}\"", receipt.version)),
            (header::LOCATION, address(&receipt.stream, &receipt.id)),
        ];
        (status, headers, Json(ReceiptBody::from(receipt))).into_response()
    }
}

impl<const STATUS: u16> aide::OperationOutput for Answer<STATUS> {
    type Inner = ReceiptBody;

    fn inferred_responses(
        ctx: &mut aide::generate::GenContext,
        operation: &mut aide::openapi::Operation,
    ) -> Vec<(Option<aide::openapi::StatusCode>, aide::openapi::Response)> {
        answered::<ReceiptBody>(ctx, operation, STATUS, &["ETag", "Location"])
    }
}
