//! JSON for programs: the map of addresses, and the document that describes them.

mod body;
mod commands;
mod feed;
mod lists;
pub mod reference;
mod show;
mod types;
pub(crate) mod views;

use aide::axum::ApiRouter;
use aide::axum::routing::{get_with, post_with};
use aide::openapi::OpenApi;
use aide::transform::{TransformOpenApi, TransformOperation};
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use domain::order::Order;
use domain::person::Person;
use domain::sentence::Sentence;
use domain::supervision::Supervision;

use crate::problem::Problem;
use crate::state::AppState;

/// Every documented address under `/v1`.
#[expect(clippy::too_many_lines, reason = "the map of addresses, on one screen")]
pub fn routes() -> ApiRouter<AppState> {
    ApiRouter::new()
        .api_route(
            "/persons",
            post_with(commands::begin_person, |o| command(o, "Register a person")),
        )
        .api_route(
            "/persons/{id}",
            get_with(show::get::<Person>, |o| read(o, "A person's record"))
                .post_with(commands::post::<Person>, |o| {
                    command(o, "Change a person's record")
                }),
        )
        .api_route(
            "/persons/{id}/timeline",
            get_with(lists::timeline, |o| {
                read(o, "What happened to a person, across all streams")
            }),
        )
        .api_route(
            "/sentences",
            get_with(lists::sentences, |o| read(o, "The sentence register"))
                .post_with(commands::begin::<Sentence>, |o| {
                    command(o, "Propose or impose a sentence under a new id")
                }),
        )
        .api_route(
            "/sentences/{id}",
            get_with(show::get::<Sentence>, |o| read(o, "A sentence"))
                .post_with(commands::post::<Sentence>, |o| {
                    command(o, "Decide on a sentence")
                }),
        )
        .api_route(
            "/orders",
            get_with(lists::orders, |o| read(o, "The order ledger"))
                .post_with(commands::begin::<Order>, |o| {
                    command(o, "Make an order under a new id")
                }),
        )
        .api_route(
            "/orders/{id}",
            get_with(show::get::<Order>, |o| {
                read(o, "An order, with its requirements")
            })
            .post_with(commands::post::<Order>, |o| {
                command(o, "Record attendance, hours, warnings and breach")
            }),
        )
        .api_route(
            "/views/{name}",
            get_with(views::get, |o| read(o, "Figures, with what limits them")),
        )
        .api_route(
            "/supervisions",
            get_with(lists::supervisions, |o| read(o, "The caseload"))
                .post_with(commands::begin::<Supervision>, |o| {
                    command(o, "Start a supervision under a new id")
                }),
        )
        .api_route(
            "/supervisions/{id}",
            get_with(show::get::<Supervision>, |o| read(o, "A supervision"))
                .post_with(commands::post::<Supervision>, |o| {
                    command(o, "Run a supervision")
                }),
        )
        .api_route(
            "/policies/{id}",
            get_with(show::policy, |o| {
                read(o, "The versions of a jurisdiction's rules")
            }),
        )
        .api_route(
            "/findings",
            get_with(lists::findings, |o| read(o, "What the register noticed")),
        )
        .api_route(
            "/consultations",
            get_with(lists::consultations, |o| {
                read(o, "Who consulted what, newest first")
            }),
        )
        .api_route(
            "/head",
            get_with(show::head, |o| read(o, "How far the ledger reaches")),
        )
        .api_route(
            "/events",
            get_with(feed::page, |o| read(o, "A page of the ledger")),
        )
        .route("/feed", axum::routing::get(feed::stream))
}

fn command<'a>(operation: TransformOperation<'a>, summary: &str) -> TransformOperation<'a> {
    problems(operation.summary(summary))
        .response_with::<409, axum::Json<Problem>, _>(|r| {
            r.description("It was changed meanwhile, or its state does not allow it")
        })
        .response_with::<422, axum::Json<Problem>, _>(|r| r.description("A rule stands in the way"))
}

fn read<'a>(operation: TransformOperation<'a>, summary: &str) -> TransformOperation<'a> {
    problems(operation.summary(summary))
        .response_with::<404, axum::Json<Problem>, _>(|r| r.description("There is no such thing"))
}

fn problems(operation: TransformOperation<'_>) -> TransformOperation<'_> {
    operation
        .response_with::<400, axum::Json<Problem>, _>(|r| {
            r.description("The request cannot be read")
        })
        .response_with::<401, axum::Json<Problem>, _>(|r| r.description("Nobody said who asks"))
        .response_with::<403, axum::Json<Problem>, _>(|r| r.description("Not allowed"))
        .response_with::<503, axum::Json<Problem>, _>(|r| {
            r.description("The register cannot be reached; nothing is lost")
        })
}

/// What the document says about itself.
pub fn document(api: TransformOpenApi<'_>) -> TransformOpenApi<'_> {
    api.title("Assize")
        .version(env!("CARGO_PKG_VERSION"))
        .summary("A registry of every decision about a person's liberty")
        .description(
            "Commands are POSTs to the thing they act on. Send `Assize-Identity` and `Assize-Purpose`; with a command \
             also `Idempotency-Key`, and `If-Match` with the ETag you saw. Every read takes `as_of`: an entry number \
             of the ledger, a day or an instant. Refusals are problem documents (RFC 9457) whose `code` and `rule` \
             are stable.",
        )
}

/// The OpenAPI document.
pub async fn openapi(State(state): State<AppState>) -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "application/json")],
        state.openapi.as_ref().to_owned(),
    )
}

/// The document without a server, for the generated reference.
pub fn openapi_text() -> String {
    let mut openapi = OpenApi::default();
    let router: axum::Router<AppState> = ApiRouter::new()
        .nest("/v1", routes())
        .finish_api_with(&mut openapi, document);
    drop(router);
    serde_json::to_string_pretty(&openapi).unwrap_or_default()
}
