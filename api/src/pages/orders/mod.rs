//! Orders: the ledger, one order, and every act on it.

mod act;
mod correct;
mod list;
mod show;

use axum::routing::get;

use crate::state::AppState;

/// The pages of orders.
pub(super) fn routes() -> axum::Router<AppState> {
    axum::Router::new()
        .route("/orders", get(list::get))
        .route("/orders/{id}", get(show::get))
        .route(
            "/orders/{id}/attendance/{number}",
            get(correct::get).post(correct::post),
        )
        .route("/orders/{id}/{act}", get(act::get).post(act::post))
}
