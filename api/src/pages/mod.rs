//! Pages for people: rendered on the server, working without script, readable on paper and on a
//! telephone.

use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::{get, post};

mod abroad;
mod casework;
pub mod chart;
mod compared;
pub mod components;
mod dates;
mod done;
mod emergencies;
mod figures;
mod gallery;
mod gate;
mod home;
mod identity;
mod imports;
pub(crate) mod kept;
mod kinds;
pub(crate) mod laws;
pub mod numbers;
mod orders;
mod oversight;
mod page;
mod person;
mod places;
mod publications;
mod query;
mod record;
mod reference;
mod refusal;
mod register;
mod said;
mod search;
mod sentence;
mod sessions;
mod sheet;
mod states;
mod supervisions;
mod unconsidered;
mod worklist;
mod written;

pub(crate) use page::{NotShown, PageError};

#[doc(hidden)]
pub use gallery::{gallery, sample_page};

/// The one stylesheet, to be served under [`STYLESHEET_PATH`] as `text/css`.
pub const STYLESHEET: &str = include_str!("../../assets/assize.css");
/// Where every page looks for the stylesheet.
pub const STYLESHEET_PATH: &str = "/assets/assize.css";
/// The stylesheet of a person's own sheet, to be served under [`SHEET_STYLESHEET_PATH`] as `text/css`.
pub const SHEET_STYLESHEET: &str = include_str!("../../assets/sheet.css");
/// Where a person's own sheet looks for its stylesheet.
pub const SHEET_STYLESHEET_PATH: &str = "/assets/sheet.css";
/// The register's sign, to be served under [`MARK_PATH`] as `image/svg+xml`.
pub const MARK: &str = include_str!("../../assets/assize.svg");
/// Where every page looks for the sign.
pub const MARK_PATH: &str = "/assets/assize.svg";

/// The addresses of the pages that are made alike for every kind of case.
#[doc(hidden)]
pub fn addresses_of_kinds() -> Vec<String> {
    kinds::every_address()
}

/// Every page, on one screen.
pub fn routes() -> axum::Router<crate::state::AppState> {
    axum::Router::new()
        .route(STYLESHEET_PATH, get(stylesheet))
        .route(SHEET_STYLESHEET_PATH, get(sheet_stylesheet))
        .route(MARK_PATH, get(mark))
        .route("/identity", get(identity::get).post(identity::post))
        .route("/", get(home::get))
        .route("/sentences", get(register::get))
        .route("/sentences/new", get(record::get).post(record::post))
        .route("/sentences/{id}", get(sentence::get))
        .route("/sentences/{id}/sheet", get(sheet::get))
        .route("/sentences/{id}/dates", get(dates::get))
        .route("/sentences/{id}/comparison", get(compared::get))
        .route(
            "/sentences/{id}/draft",
            get(record::draft).post(record::redraft),
        )
        .route(
            "/sentences/{id}/impose",
            get(record::before).post(record::impose),
        )
        .route(
            "/sentences/{id}/{act}",
            get(sentence::step).post(sentence::stepped),
        )
        .route("/persons", get(person::find::get).post(person::find::post))
        .route(
            "/persons/new",
            get(person::register::get).post(person::register::post),
        )
        .route("/persons/{id}", get(person::get))
        .route("/persons/{id}/sheet", get(person::sheet::get))
        .route("/persons/{id}/{act}", get(person::act).post(person::acted))
        .route("/search", get(search::get))
        .route("/never-considered", get(unconsidered::get))
        .route("/gate", get(gate::get).post(gate::post))
        .route("/gate/close", post(gate::close))
        .route("/findings", get(oversight::findings))
        .route("/findings/noticed/{place}", get(oversight::noticed))
        .route("/consultations", get(oversight::consultations))
        .route(reference::PATH, get(reference::get))
        .route("/v1/reference/{thing}", get(reference::thing))
        .route("/imports", get(imports::list))
        .route("/imports/{id}", get(imports::show))
        .merge(worklist::probation_routes())
        .merge(figures::figures_routes())
        .merge(kinds::routes())
        .merge(emergencies::routes())
        .merge(places::routes())
        .merge(publications::routes())
}

async fn stylesheet() -> impl IntoResponse {
    asset("text/css; charset=utf-8", STYLESHEET)
}

async fn sheet_stylesheet() -> impl IntoResponse {
    asset("text/css; charset=utf-8", SHEET_STYLESHEET)
}

async fn mark() -> impl IntoResponse {
    asset("image/svg+xml", MARK)
}

fn asset(kind: &'static str, text: &'static str) -> impl IntoResponse {
    (
        [
            (header::CONTENT_TYPE, kind),
            (header::CACHE_CONTROL, "max-age=3600"),
        ],
        text,
    )
}
