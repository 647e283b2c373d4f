//! What every handler has at hand.

use std::sync::Arc;
use std::time::Duration;

use infra::registry::Registry;
use tokio::sync::watch;

use crate::limits::Limits;

/// The register and how it is served; clones share it.
#[derive(Clone)]
pub struct AppState {
    /// The register.
    pub registry: Registry,
    /// The OpenAPI document, as text.
    pub openapi: Arc<str>,
    /// Whether the sample identities may be used; only ever on loopback.
    pub samples: bool,
    /// How much is answered at once.
    pub limits: Limits,
    /// Whether the server stops; answers without an end then end.
    pub stopping: Arc<watch::Sender<bool>>,
}

impl AppState {
    /// Waits so long; says whether the server stops before it is over.
    pub async fn stops_within(&self, pause: Duration) -> bool {
        let mut stopping = self.stopping.subscribe();
        let stops = stopping.wait_for(|stops| *stops);
        tokio::time::timeout(pause, stops).await.is_ok()
    }
}
