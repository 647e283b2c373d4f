//! What was typed into a form is not lost when the register cannot be reached: the page that says so holds it, and sends
//! it again under the same key, so that nothing is recorded twice.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::components::{AsOf, Form, Frame, Guard, Moment, Part, SummaryList, Value};
use super::page::{Page, PageError};
use super::register::sentence_case;
use crate::problem::Problem;
use crate::server::BODY_LIMIT;

/// What a form carries of its own, which nobody typed.
const OF_THE_FORM: [&str; 6] = [
    "csrf_token",
    "version",
    "idempotency_key",
    "act",
    "fresh",
    "row",
];

/// Answers a form; where that is unavailable, with a page that keeps what was typed.
pub(crate) async fn keep(request: Request, next: Next) -> Response {
    if request.method() != Method::POST || !is_form(request.headers()) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let Ok(typed) = to_bytes(body, BODY_LIMIT).await else {
        return PageError(Problem::too_large(BODY_LIMIT)).into_response();
    };
    let address = parts.uri.path_and_query().map_or("/", |a| a.as_str());
    let address = address.to_owned();
    let request = Request::from_parts(parts, Body::from(typed.clone()));
    let response = next.run(request).await;
    if response.status() != StatusCode::SERVICE_UNAVAILABLE {
        return response;
    }
    let typed: Vec<(String, String)> = serde_urlencoded::from_bytes(&typed).unwrap_or_default();
    let mut page = page(address, typed).into_response();
    if let Some(after) = response.headers().get(header::RETRY_AFTER) {
        let headers = page.headers_mut();
        headers.insert(header::RETRY_AFTER, after.clone());
    }
    page
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"))
}

fn page(address: String, typed: Vec<(String, String)>) -> Page {
    let said = "What you typed is kept on this page: wait a moment, and send it again. If it was recorded after all, it \
                is not recorded twice, and you are told.";
    let now = AsOf::now(Moment::new("", "now"), 0, "/");
    let frame = Frame::new("The register cannot be reached", "The register", now).lede(said);
    let own = |name: &str| OF_THE_FORM.contains(&name) || name.starts_with("room.");
    let shown = typed
        .iter()
        .filter(|(name, value)| !own(name) && !value.trim().is_empty());
    let shown = shown.fold(SummaryList::default(), |list, (name, value)| {
        let key = sentence_case(&name.replace(['.', '_'], " "));
        list.row(key, Value::text(value))
    });
    let form = Form::new(address, Guard::open("same-origin"), "Send it again")
        .heading("What you typed")
        .part(Part::Summary(shown));
    let carried = typed.into_iter().filter(|(name, _)| name != "csrf_token");
    let form = carried.fold(form, |form, (name, value)| form.carry(name, value));
    Page::new(frame)
        .form(&form)
        .status(StatusCode::SERVICE_UNAVAILABLE)
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::middleware::from_fn;
    use axum::routing::post;
    use tower::ServiceExt;

    use super::*;

    const ACTS: &str = "/acts";

    async fn sent(status: StatusCode) -> (StatusCode, String) {
        let router = Router::new()
            .route(ACTS, post(move |_: String| async move { status }))
            .layer(from_fn(keep));
        let request = Request::post("/acts?of=1")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from("name=Ana+%3CAsh%3E&idempotency_key=k1&empty="))
            .unwrap();
        let response = router.oneshot(request).await.unwrap();
        let status = response.status();
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn what_was_typed_is_kept_while_the_register_cannot_be_reached() {
        let (status, html) = sent(StatusCode::SERVICE_UNAVAILABLE).await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
        for part in [
            "action=\"/acts?of=1\"",
            "name=\"name\" value=\"Ana &#60;Ash&#62;\"",
            "name=\"idempotency_key\" value=\"k1\"",
            "Send it again",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert!(!html.contains("Idempotency key"), "{html}");
        let (status, html) = sent(StatusCode::OK).await;
        assert_eq!((status, html.as_str()), (StatusCode::OK, ""));
    }
}
