//! Supervisions: the caseload, one supervision, and every step on it.

mod act;
mod ask;
mod correct;
mod list;
mod next;
mod offers;
mod programmes;
mod show;

use axum::routing::get;

use self::act::SupervisionAct;
use super::casework::step;
use crate::state::AppState;

/// The pages of supervisions.
pub(super) fn routes() -> axum::Router<AppState> {
    axum::Router::new()
        .route("/supervisions", get(list::get))
        .route("/programmes", get(programmes::get))
        .route("/supervisions/{id}", get(show::get))
        .route(
            "/supervisions/{id}/contact/{number}",
            get(correct::get).post(correct::post),
        )
        .route(
            "/supervisions/{id}/{act}",
            get(step::get::<SupervisionAct>).post(step::post::<SupervisionAct>),
        )
}
