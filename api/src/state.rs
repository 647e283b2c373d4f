//! What every handler has at hand.

use std::sync::Arc;

use infra::registry::Registry;

/// The register and how it is served; clones share it.
#[derive(Clone)]
pub struct AppState {
    /// The register.
    pub registry: Registry,
    /// The OpenAPI document, as text.
    pub openapi: Arc<str>,
    /// Whether the sample identities may be used; only ever on loopback.
    pub samples: bool,
}
