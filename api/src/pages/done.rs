//! What every page does after a command: wait until lists show it, then lead to where it stands.

use std::time::Duration;

use axum::response::Redirect;
use infra::registry::{Options, Receipt};

use super::page::Typed;
use crate::state::AppState;

/// How long a reader is kept waiting for lists and figures to follow.
const PATIENCE: Duration = Duration::from_secs(2);

/// Leads on, once the read models have followed or the patience is over.
pub(super) async fn then(app: &AppState, receipt: &Receipt, address: &str) -> Redirect {
    filed(app, receipt).await;
    Redirect::to(address)
}

/// Waits until the read models have followed what was recorded, or the patience is over.
pub(super) async fn filed(app: &AppState, receipt: &Receipt) {
    filed_up_to(app, receipt.indexes.end).await;
}

/// Waits until the read models have followed so many entries, or the patience is over.
pub(super) async fn filed_up_to(app: &AppState, entries: u64) {
    let projections = app.registry.projections();
    projections.wait_for(entries, PATIENCE).await;
}

/// What a form says about itself: its key and, when it was made from a version, that version.
pub(super) fn options(typed: &Typed) -> Options {
    Options {
        expected: typed.get("version").and_then(|text| text.parse().ok()),
        key: typed
            .get("idempotency_key")
            .map(|key| (key.to_owned(), typed.bytes())),
        ..Options::default()
    }
}
