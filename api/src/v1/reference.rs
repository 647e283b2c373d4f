//! The readable reference of every address, from the same document.

use axum::extract::State;
use axum::response::Html;
use serde_json::Value;

use crate::state::AppState;

/// The reference as a page.
pub async fn get(State(state): State<AppState>) -> Html<String> {
    Html(page(&state.openapi))
}

fn page(openapi: &str) -> String {
    let document: Value = serde_json::from_str(openapi).unwrap_or_default();
    let mut rows = String::new();
    for (path, item) in document
        .pointer("/paths")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        for (method, operation) in item.as_object().into_iter().flatten() {
            let summary = operation
                .pointer("/summary")
                .and_then(Value::as_str)
                .unwrap_or_default();
            rows.push_str(&format!(
                "<tr><th scope=\"row\"><code>{} {}</code></th><td>{}</td></tr>",
                method.to_uppercase(),
                escaped(path),
                escaped(summary)
            ));
        }
    }
    let about = escaped(
        document
            .pointer("/info/description")
            .and_then(Value::as_str)
            .unwrap_or_default(),
    );
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>Reference of /v1 – Assize</title>\
         <link rel=\"stylesheet\" href=\"/assets/assize.css\"></head><body><main id=\"main\">\
         <h1>Reference of /v1</h1><p>{about}</p>\
         <p>The same as a document: <a href=\"/v1/openapi.json\">OpenAPI 3.1</a>.</p>\
         <table><caption>Addresses</caption><thead><tr><th scope=\"col\">Address</th>\
         <th scope=\"col\">What it does</th></tr></thead><tbody>{rows}</tbody></table></main></body></html>"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
