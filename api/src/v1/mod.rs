//! JSON for programs: the map of addresses, and the document that describes them.

pub(crate) mod asked;
mod body;
mod commands;
mod conditions;
mod consequences;
mod contested;
mod dates;
mod emergencies;
mod export;
mod feed;
pub(crate) mod kinds;
pub(crate) mod lists;
pub(crate) mod moment;
pub(crate) mod occupancy;
pub(crate) mod official;
mod operations;
mod places;
mod policies;
pub(crate) mod programmes;
pub(crate) mod publications;
pub(crate) mod shape;
mod show;
mod strict;
pub(crate) mod types;
pub(crate) mod views;
mod worklists;

use aide::axum::ApiRouter;
use aide::axum::routing::{get_with, post_with};
use aide::openapi::OpenApi;
use aide::transform::TransformOpenApi;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use domain::finding::Finding;
use domain::order::Order;
use domain::person::Person;
use domain::sentence::Sentence;
use domain::supervision::Supervision;

use self::operations::{command, list, read};
use crate::state::AppState;

/// Every documented address under `/v1`.
pub fn routes() -> ApiRouter<AppState> {
    things()
        .merge(detention())
        .merge(kinds::routes())
        .merge(emergencies::routes())
        .merge(export::routes())
        .merge(figures())
        .merge(official_tables())
        .merge(published())
        .merge(waiting())
        .merge(ledger())
}

/// What is decided about people, and the rules it is decided under.
#[expect(clippy::too_many_lines, reason = "the map of addresses, on one screen")]
fn things() -> ApiRouter<AppState> {
    ApiRouter::new()
        .api_route(
            "/persons",
            post_with(commands::begin::<Person>, |o| {
                command(o, "registerPerson", "Register a person")
            }),
        )
        .api_route(
            "/persons/{id}",
            get_with(show::get::<Person>, |o| {
                read(o, "getPerson", "A person's record")
            })
            .post_with(commands::post::<Person>, |o| {
                command(o, "changePerson", "Change a person's record")
            }),
        )
        .api_route(
            "/persons/{id}/duplicates",
            get_with(show::duplicates, |o| {
                read(
                    o,
                    "getDuplicates",
                    "Who else is registered with the same name and date of birth",
                )
            }),
        )
        .api_route(
            "/persons/{id}/timeline",
            get_with(lists::timeline, |o| {
                read(
                    o,
                    "getTimeline",
                    "What happened to a person, across all streams",
                )
            }),
        )
        .api_route(
            "/sentences",
            get_with(lists::sentences, |o| {
                list(o, "listSentences", "The sentence register")
            })
            .post_with(commands::begin::<Sentence>, |o| {
                command(
                    o,
                    "beginSentence",
                    "Propose or impose a sentence under a new id",
                )
            }),
        )
        .api_route(
            "/sentences/{id}",
            get_with(show::get::<Sentence>, |o| {
                read(o, "getSentence", "A sentence")
            })
            .post_with(commands::post::<Sentence>, |o| {
                command(o, "decideSentence", "Decide on a sentence")
            }),
        )
        .api_route(
            "/orders",
            get_with(lists::orders, |o| list(o, "listOrders", "The order ledger"))
                .post_with(commands::begin::<Order>, |o| {
                    command(o, "beginOrder", "Make an order under a new id")
                }),
        )
        .api_route(
            "/orders/{id}",
            get_with(show::get::<Order>, |o| {
                read(o, "getOrder", "An order, with its requirements")
            })
            .post_with(commands::post::<Order>, |o| {
                command(
                    o,
                    "runOrder",
                    "Record attendance, hours, warnings and breach",
                )
            }),
        )
        .api_route(
            "/orders/{id}/consequences",
            get_with(consequences::get, |o| {
                read(
                    o,
                    "getConsequences",
                    "What a correction of an attendance would touch",
                )
            }),
        )
        .api_route(
            "/supervisions",
            get_with(lists::supervisions, |o| {
                list(o, "listSupervisions", "The caseload")
            })
            .post_with(commands::begin::<Supervision>, |o| {
                command(o, "beginSupervision", "Start a supervision under a new id")
            }),
        )
        .api_route(
            "/supervisions/{id}",
            get_with(show::get::<Supervision>, |o| {
                read(o, "getSupervision", "A supervision")
            })
            .post_with(commands::post::<Supervision>, |o| {
                command(o, "runSupervision", "Run a supervision")
            }),
        )
        .api_route(
            "/policies",
            get_with(policies::list, |o| {
                list(
                    o,
                    "listPolicies",
                    "The jurisdictions whose rules were adopted",
                )
            })
            .post_with(policies::adopt, |o| {
                command(o, "adoptPolicy", "Adopt a pack of rules")
            }),
        )
        .api_route(
            "/policies/{id}",
            get_with(show::policy, |o| {
                read(o, "getPolicy", "The versions of a jurisdiction's rules")
            })
            .post_with(policies::supersede, |o| {
                command(o, "supersedePolicy", "Supersede a version by another")
            }),
        )
}

/// What is worked out of detention: how full places are, when release is possible, who was never considered.
fn detention() -> ApiRouter<AppState> {
    ApiRouter::new()
        .api_route(
            "/places",
            get_with(occupancy::places, |o| {
                list(o, "listPlaces", "How full every place of detention is")
            }),
        )
        .api_route(
            "/facilities/{id}/occupancy",
            get_with(occupancy::one, |o| {
                read(o, "getOccupancy", "How full a place is, day by day")
            }),
        )
        .api_route(
            "/sentences/{id}/dates",
            get_with(dates::sentence, |o| {
                read(o, "getDates", "The dates of a sentence, step by step")
            }),
        )
        .api_route(
            "/sentences/{id}/comparison",
            get_with(dates::comparison, |o| {
                read(
                    o,
                    "getComparison",
                    "What was shown as comparable before a decision was final",
                )
            }),
        )
        .api_route(
            "/sentences/{id}/spent",
            get_with(dates::spent, |o| {
                read(o, "getSpent", "When a conviction is spent, step by step")
            }),
        )
        .api_route(
            "/never-considered",
            get_with(dates::never_considered, |o| {
                list(
                    o,
                    "listNeverConsidered",
                    "Who could be released for a while and was never considered",
                )
            }),
        )
}

/// Figures.
fn figures() -> ApiRouter<AppState> {
    ApiRouter::new()
        .api_route(
            "/views/{name}",
            get_with(views::get, |o| {
                read(o, "getView", "Figures, with what limits them")
            }),
        )
        .api_route(
            "/views/{name}/between",
            get_with(views::between, |o| {
                read(
                    o,
                    "getViewBetween",
                    "Figures at two moments, and what made the difference",
                )
            }),
        )
}

/// The official tables.
fn official_tables() -> ApiRouter<AppState> {
    ApiRouter::new()
        .api_route(
            "/official",
            get_with(official::tables, |o| {
                list(
                    o,
                    "listOfficialTables",
                    "The official tables and their definitions",
                )
            }),
        )
        .api_route(
            "/official/iccs-crosswalk",
            get_with(official::crosswalk, |o| {
                read(
                    o,
                    "getIccsCrosswalk",
                    "How domestic offences fit the International Classification of Crime",
                )
            }),
        )
        .api_route(
            "/official/{table}",
            get_with(official::table, |o| {
                read(o, "getOfficialTable", "An official table, cell by cell")
            }),
        )
        .api_route(
            "/official/{table}/behind",
            get_with(official::behind, |o| {
                read(
                    o,
                    "getBehindOfficialCell",
                    "The records behind a cell of an official table",
                )
            }),
        )
}

/// Figures that were published.
fn published() -> ApiRouter<AppState> {
    ApiRouter::new()
        .api_route(
            "/publications",
            get_with(publications::list, |o| {
                list(o, "listPublications", "The releases of published figures")
            }),
        )
        .api_route(
            "/publications/{number}",
            get_with(publications::one, |o| {
                read(o, "getPublication", "A release of published figures")
            }),
        )
}

/// What waits for whoever works with it.
fn waiting() -> ApiRouter<AppState> {
    ApiRouter::new()
        .api_route(
            "/worklists/court",
            get_with(worklists::court, |o| {
                list(o, "getCourtWorklist", "What waits for a court")
            }),
        )
        .api_route(
            "/worklists/office",
            get_with(worklists::office, |o| {
                list(o, "getOfficeWorklist", "What waits in a probation office")
            }),
        )
        .api_route(
            "/programmes",
            get_with(programmes::programmes, |o| {
                list(
                    o,
                    "listProgrammes",
                    "Programmes: places, who takes part, who waits, what was measured",
                )
            }),
        )
}

/// What is read across all of them.
fn ledger() -> ApiRouter<AppState> {
    ApiRouter::new()
        .api_route(
            "/findings",
            get_with(lists::findings, |o| {
                list(o, "listFindings", "What the register noticed, open first")
            })
            .post_with(commands::begin::<Finding>, |o| {
                command(o, "takeUpFinding", "Take up what an entry carries")
            }),
        )
        .api_route(
            "/findings/{id}",
            get_with(show::get::<Finding>, |o| {
                read(o, "getFinding", "Read a finding")
            })
            .post_with(commands::post::<Finding>, |o| {
                command(o, "actOnFinding", "Act on a finding")
            }),
        )
        .api_route(
            "/consultations",
            get_with(lists::consultations, |o| {
                list(o, "listConsultations", "Who consulted what, newest first")
            }),
        )
        .api_route(
            "/head",
            get_with(show::head, |o| {
                list(o, "getHead", "How far the ledger reaches")
            }),
        )
        .api_route(
            "/events",
            get_with(feed::page, |o| {
                list(o, "listEvents", "A page of the ledger")
            }),
        )
        .api_route(
            "/feed",
            get_with(feed::stream, |o| {
                list(
                    o,
                    "followFeed",
                    "The ledger as it grows, as server-sent CloudEvents",
                )
            }),
        )
}

/// What the document says about itself.
pub fn document(api: TransformOpenApi<'_>) -> TransformOpenApi<'_> {
    let api = api
        .title("Assize")
        .version(env!("CARGO_PKG_VERSION"))
        .summary("A registry of every decision about a person's liberty")
        .description(
            "Commands are POSTs to the thing they act on. Send `Assize-Identity` and `Assize-Purpose`; with a command \
             also `Idempotency-Key`, and `If-Match` with the ETag you saw. Every read takes `as_of`: an entry number \
             of the ledger, a day or an instant. A list or figure as of an entry waits until it holds that entry, so \
             that what a receipt names can be read at once. Refusals are problem documents (RFC 9457) whose `code` \
             and `rule` are stable.",
        );
    operations::shared(api)
}

/// The OpenAPI document.
pub async fn openapi(State(state): State<AppState>) -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "application/json")],
        state.openapi.as_ref().to_owned(),
    )
}

/// The addresses and the document that describes them.
pub(crate) fn documented() -> (axum::Router<AppState>, String) {
    let mut openapi = OpenApi::default();
    let router = ApiRouter::new()
        .nest("/v1", routes())
        .finish_api_with(&mut openapi, document);
    let text = serde_json::to_string_pretty(&openapi).unwrap_or_default();
    (router, text)
}
