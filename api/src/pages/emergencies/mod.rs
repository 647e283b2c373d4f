//! What an emergency came to: people at every stage, rights that were cut, how many are held; and the screening that
//! lists whom its criteria let go.

mod cohort;
mod file;
mod held;
mod rehearsal;
mod screening;
mod stages;

use axum::Router;
use axum::routing::get;
use domain::emergency::Emergency;
use domain::stream::Stream;

use super::components::Link;
use super::page::Visitor;
use super::register;
use crate::state::AppState;
use crate::v1::kinds::path;

/// The pages.
pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/emergencies/{id}/cohort", get(cohort::get))
        .route("/emergencies/{id}/cohort/csv", get(file::get))
        .route(
            "/emergencies/{id}/screening",
            get(screening::get).post(screening::post),
        )
        .route("/emergencies/{id}/rehearsal", get(rehearsal::get))
}

/// Where an emergency is among the pages.
fn home(id: &str) -> String {
    format!("/{}/{id}", path(Emergency::TYPE))
}

/// The way back: every emergency, then this one.
fn trail(visitor: &Visitor, id: &str) -> Vec<Link> {
    let all = format!("/{}", path(Emergency::TYPE));
    let one = format!("Emergency {}", register::short(id));
    vec![
        Link::new(visitor.to(&all), "Emergencies"),
        Link::new(visitor.to(&home(id)), one),
    ]
}
