//! The session sheet: who is due in an office on a day, by group, and what came of each, recorded in one go.
//!
//! A group is those who are due for one kind of requirement at one place. One submission is one command a person, each
//! with a key derived from the form's: what is refused says why and stays to be sent again, what was recorded stands,
//! and the same form sent twice records nothing twice.

mod group;
mod groups;
mod record;
mod sheet;

use axum::routing::get;

use crate::state::AppState;

/// The pages of sessions.
pub(super) fn routes() -> axum::Router<AppState> {
    axum::Router::new()
        .route("/sessions", get(groups::get))
        .route("/sessions/sheet", get(sheet::get).post(record::post))
}
