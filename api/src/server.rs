//! The server: JSON, pages and what surrounds every answer.

use std::net::SocketAddr;
use std::sync::Arc;

use aide::axum::ApiRouter;
use aide::openapi::OpenApi;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, HeaderValue};
use axum::response::IntoResponse;
use axum::routing::get;
use infra::registry::Registry;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::problem::Problem;
use crate::state::AppState;

/// The largest request that is read, in bytes.
pub const BODY_LIMIT: usize = 256 * 1024;

const HEADERS: [(&str, &str); 7] = [
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), microphone=(), geolocation=()",
    ),
    ("cache-control", "no-store"),
];

/// Everything that answers, over a register.
pub fn router(registry: Registry) -> Router {
    let mut openapi = OpenApi::default();
    let documented: Router<AppState> = ApiRouter::new()
        .nest("/v1", crate::v1::routes())
        .finish_api_with(&mut openapi, crate::v1::document);
    let text = serde_json::to_string_pretty(&openapi).unwrap_or_default();
    let state = AppState {
        registry,
        openapi: Arc::from(text),
        samples: true,
    };
    let mut router = documented
        .merge(crate::pages::routes())
        .route("/v1/openapi.json", get(crate::v1::openapi))
        .route("/v1", get(crate::v1::reference::get))
        .route("/livez", get(|| async { "ok" }))
        .route("/readyz", get(readyz))
        .fallback(|| async { Problem::no_such_address() })
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(CatchPanicLayer::new())
        .layer(CompressionLayer::new().gzip(true));
    for (name, value) in HEADERS {
        router = router.layer(SetResponseHeaderLayer::if_not_present(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        ));
    }
    router.with_state(state)
}

async fn readyz(
    axum::extract::State(state): axum::extract::State<AppState>,
) -> axum::response::Response {
    match state.registry.head().await {
        Ok(_) => "ready".into_response(),
        Err(error) => Problem::from(error).into_response(),
    }
}

/// Why the register is not served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Until sign-in exists, anybody who reaches the address is anybody.
    #[error(
        "{0} is not a loopback address: until sign-in exists the register answers on 127.0.0.1 or [::1] only"
    )]
    NotLoopback(SocketAddr),
    /// The address is taken, or not ours.
    #[error("{address} cannot be listened on: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
    /// The server broke off.
    #[error("the server broke off: {0}")]
    Broken(#[source] std::io::Error),
}

/// A listener on a loopback address.
pub async fn listen(address: SocketAddr) -> Result<tokio::net::TcpListener, ServeError> {
    if !address.ip().is_loopback() {
        return Err(ServeError::NotLoopback(address));
    }
    tokio::net::TcpListener::bind(address)
        .await
        .map_err(|source| ServeError::Listen { address, source })
}

/// Serves a register until the process is told to stop; requests under way are finished.
pub async fn serve(
    listener: tokio::net::TcpListener,
    registry: Registry,
) -> Result<(), ServeError> {
    registry.start();
    let router = router(registry.clone());
    axum::serve(listener, router)
        .with_graceful_shutdown(stopped())
        .await
        .map_err(ServeError::Broken)?;
    if let Err(error) = registry.projections().release().await {
        tracing::warn!(%error, "the projections' lease runs out by itself");
    }
    Ok(())
}

/// Waits for the interrupt key or a request to terminate.
async fn stopped() {
    let interrupted = tokio::signal::ctrl_c();
    let Ok(mut terminated) =
        tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
    else {
        interrupted.await.ok();
        return;
    };
    tokio::select! {
        _ = interrupted => {}
        _ = terminated.recv() => {}
    }
}
