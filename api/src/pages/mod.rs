//! Pages for people: rendered on the server, working without script, readable on paper and on a
//! telephone.

pub mod chart;
pub mod components;
mod gallery;
pub mod numbers;

#[doc(hidden)]
pub use gallery::{gallery, sample_page};

/// The one stylesheet, to be served under [`STYLESHEET_PATH`] as `text/css`.
pub const STYLESHEET: &str = include_str!("../../assets/assize.css");
/// Where every page looks for the stylesheet.
pub const STYLESHEET_PATH: &str = "/assets/assize.css";
/// The register's sign, to be served under [`MARK_PATH`] as `image/svg+xml`.
pub const MARK: &str = include_str!("../../assets/assize.svg");
/// Where every page looks for the sign.
pub const MARK_PATH: &str = "/assets/assize.svg";

/// Every page, on one screen.
pub fn routes() -> axum::Router<crate::state::AppState> {
    axum::Router::new().route("/assets/assize.css", axum::routing::get(stylesheet))
}

async fn stylesheet() -> impl axum::response::IntoResponse {
    (
        [
            (axum::http::header::CONTENT_TYPE, "text/css; charset=utf-8"),
            (axum::http::header::CACHE_CONTROL, "max-age=3600"),
        ],
        include_str!("../../assets/assize.css"),
    )
}
