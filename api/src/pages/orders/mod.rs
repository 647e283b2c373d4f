//! Orders: the ledger, one order, and every step on it.

mod act;
mod ask;
mod clocks;
mod correct;
mod list;
mod next;
mod offers;
mod read;
mod requirements;
mod show;
mod tables;
mod touched;

use axum::routing::get;

use self::act::OrderAct;
use super::casework::step;
use crate::state::AppState;

pub(super) use list::{own, progress};
pub(super) use show::outcome_title;

/// The pages of orders.
pub(super) fn routes() -> axum::Router<AppState> {
    axum::Router::new()
        .route("/orders", get(list::get))
        .route("/orders/{id}", get(show::get))
        .route(
            "/orders/{id}/attendance/{number}",
            get(correct::get).post(correct::post),
        )
        .route(
            "/orders/{id}/{act}",
            get(step::get::<OrderAct>).post(step::post::<OrderAct>),
        )
}
