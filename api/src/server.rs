//! The server: JSON, pages and what surrounds every answer.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use infra::registry::Registry;
use tokio::sync::watch;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::identity::{self, Sample};
use crate::limits::{self, Limits, Pace};
use crate::pages::{NotShown, PageError};
use crate::problem::Problem;
use crate::state::AppState;

/// The largest request that is read, in bytes.
pub const BODY_LIMIT: usize = 256 * 1024;
/// How long requests under way may take once the server is told to stop.
const FAREWELL: Duration = Duration::from_secs(20);

const HEADERS: [(&str, &str); 9] = [
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'; report-to csp",
    ),
    ("reporting-endpoints", "csp=\"/csp-reports\""),
    (
        "strict-transport-security",
        "max-age=63072000; includeSubDomains",
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

/// Everything that answers; feeds end when `stopping` says so.
pub fn router(registry: Registry, pace: Pace, stopping: Arc<watch::Sender<bool>>) -> Router {
    let (documented, openapi) = crate::v1::documented();
    let state = AppState {
        registry,
        openapi: Arc::from(openapi),
        samples: true,
        limits: Limits::at(pace),
        stopping,
    };
    let mut router = documented
        .merge(crate::pages::routes())
        .merge(crate::log::routes())
        .route("/v1/openapi.json", get(crate::v1::openapi))
        .route("/livez", get(|| async { "ok" }))
        .route("/readyz", get(readyz))
        .route("/healthz", get(healthz))
        .route("/csp-reports", axum::routing::post(report))
        .method_not_allowed_fallback(|method: Method| async move {
            Problem::method_not_allowed(&method)
        })
        .fallback(|| async { Problem::no_such_address() })
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(from_fn_with_state(state.limits.clone(), limits::keep))
        .layer(CatchPanicLayer::custom(|_| {
            tracing::error!("a request met a fault of the program");
            Problem::broken_off().into_response()
        }))
        .layer(from_fn(for_a_reader))
        .layer(from_fn(crate::pages::kept::keep))
        .layer(CompressionLayer::new().gzip(true));
    for (name, value) in HEADERS {
        router = router.layer(SetResponseHeaderLayer::if_not_present(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        ));
    }
    router.with_state(state)
}

/// A browser that meets a problem outside `/v1` gets it as a page.
async fn for_a_reader(request: Request, next: Next) -> Response {
    let accepted = request.headers().get(header::ACCEPT);
    let reads =
        accepted.is_some_and(|kinds| kinds.as_bytes().windows(9).any(|w| w == b"text/html"));
    let wants_a_page = reads && !request.uri().path().starts_with("/v1");
    let named = identity::named(request.headers()).ok().flatten();
    let sample = named.and_then(|name| Sample::named(&name));
    let response = next.run(request).await;
    let said = response.extensions();
    let problem = said.get::<Problem>().filter(|_| wants_a_page).cloned();
    let not_shown = said.get::<NotShown>().map(|page| page.0.clone());
    let Some(problem) = problem.or(not_shown) else {
        return response;
    };
    let mut page = PageError(problem).shown_to(sample.map(|sample| sample.role));
    for name in [header::ALLOW, header::RETRY_AFTER] {
        if let Some(value) = response.headers().get(&name) {
            page.headers_mut().insert(name, value.clone());
        }
    }
    page
}

/// A browser says that a page tried what it may not. What exactly is not logged: it may name a case.
async fn report() -> StatusCode {
    tracing::warn!("a browser reports that a page broke its content security policy");
    StatusCode::NO_CONTENT
}

async fn readyz(State(state): State<AppState>) -> Response {
    match state.registry.head().await {
        Ok(_) => "ready".into_response(),
        Err(error) => Problem::from(error).into_response(),
    }
}

/// How far everything is filed and carried out; red when an event stopped something, which is named.
async fn healthz(State(state): State<AppState>) -> Response {
    match state.registry.projections().standings().await {
        Ok(standings) => {
            let stopped = standings.iter().any(|standing| standing.poison.is_some());
            let status = if stopped {
                StatusCode::SERVICE_UNAVAILABLE
            } else {
                StatusCode::OK
            };
            (status, axum::Json(standings)).into_response()
        }
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
    pace: Pace,
) -> Result<(), ServeError> {
    registry.start();
    let stopping = Arc::default();
    let router = router(registry.clone(), pace, Arc::clone(&stopping));
    let over = overdue(stopping.subscribe());
    let serving = axum::serve(listener, router).with_graceful_shutdown(async move {
        stopped().await;
        stopping.send_replace(true);
    });
    tokio::select! {
        served = serving => served.map_err(ServeError::Broken)?,
        () = over => tracing::warn!("requests under way were broken off"),
    }
    if let Err(error) = registry.projections().release().await {
        tracing::warn!(%error, "the projections' lease runs out by itself");
    }
    Ok(())
}

/// Ends when requests under way have had their time after the server was told to stop.
async fn overdue(mut stopping: watch::Receiver<bool>) {
    if stopping.wait_for(|stops| *stops).await.is_ok() {
        tokio::time::sleep(FAREWELL).await;
    }
}

/// Waits for the interrupt key, a request to terminate or the end of the terminal.
pub(crate) async fn stopped() {
    use tokio::signal::unix::{SignalKind, signal};
    let interrupted = tokio::signal::ctrl_c();
    let (Ok(mut terminated), Ok(mut hung_up)) = (
        signal(SignalKind::terminate()),
        signal(SignalKind::hangup()),
    ) else {
        interrupted.await.ok();
        return;
    };
    tokio::select! {
        _ = interrupted => {}
        _ = terminated.recv() => {}
        _ = hung_up.recv() => {}
    }
}
