//! The log under `/log/`, as monitors and witnesses read it (C2SP tlog-tiles): the last checkpoint and the tiles of hashes.
//! They say how many entries there are and nothing of what is in them, so nobody has to be signed in. Entries are not
//! served here.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::problem::Problem;
use crate::state::AppState;

/// The routes.
pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/log/checkpoint", get(checkpoint))
        .route("/log/tile/{level}/{*nth}", get(tile))
}

async fn checkpoint(State(state): State<AppState>) -> Response {
    match state.registry.log().latest().await {
        Ok(Some(last)) => last.note.into_response(),
        Ok(None) => Problem::no_such_address().into_response(),
        Err(error) => Problem::from(error).into_response(),
    }
}

async fn tile(
    State(state): State<AppState>,
    Path((level, nth)): Path<(String, String)>,
) -> Response {
    let Some((level, (nth, width))) = parsed_level(&level).zip(parsed(&nth)) else {
        return Problem::no_such_address().into_response();
    };
    match state.registry.log().tile_bytes(level, nth, width).await {
        // A tile never changes, whatever is added behind it.
        Ok(Some(bytes)) => (
            StatusCode::OK,
            [
                (header::CONTENT_TYPE, "application/octet-stream"),
                (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
            ],
            bytes,
        )
            .into_response(),
        Ok(None) => Problem::no_such_address().into_response(),
        Err(error) => Problem::from(error).into_response(),
    }
}

/// A level from 0 to 63, without leading zeros.
fn parsed_level(text: &str) -> Option<u8> {
    let level: u8 = text.parse().ok()?;
    (level < 64 && level.to_string() == text).then_some(level)
}

/// `x001/x234/067` is tile 1,234,067; `067.p/8` its first eight hashes.
fn parsed(path: &str) -> Option<(u64, Option<u8>)> {
    let (path, width) = match path.split_once(".p/") {
        Some((path, width)) => (path, Some(parsed_width(width)?)),
        None => (path, None),
    };
    let mut parts = path.split('/').rev();
    let last = digits(parts.next()?)?;
    let mut nth = last;
    let mut scale = 1_u64;
    for part in parts {
        scale = scale.checked_mul(1_000)?;
        let digits = digits(part.strip_prefix('x')?)?;
        nth = digits.checked_mul(scale)?.checked_add(nth)?;
    }
    // Written in one way only.
    (named(nth) == path).then_some((nth, width))
}

fn parsed_width(text: &str) -> Option<u8> {
    let width: u8 = text.parse().ok()?;
    (width > 0 && width.to_string() == text).then_some(width)
}

fn digits(text: &str) -> Option<u64> {
    let is_number = text.len() == 3 && text.bytes().all(|digit| digit.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

/// How a tile's number is written in its address.
fn named(nth: u64) -> String {
    let mut name = format!("{:03}", nth % 1_000);
    let mut rest = nth / 1_000;
    while rest > 0 {
        name = format!("x{:03}/{name}", rest % 1_000);
        rest /= 1_000;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tile_has_one_address() {
        assert_eq!(parsed("067"), Some((67, None)));
        assert_eq!(parsed("x001/x234/067"), Some((1_234_067, None)));
        assert_eq!(parsed("x001/x234/067.p/8"), Some((1_234_067, Some(8))));
        assert_eq!(parsed("x001/000.p/255"), Some((1_000, Some(255))));
        for wrong in [
            "",
            "67",
            "x067",
            "001/067",
            "x000/067",
            "067.p/0",
            "067.p/256",
            "067.p/08",
            "067.p",
            "x001/x23/067",
            "a67",
        ] {
            assert_eq!(parsed(wrong), None, "{wrong}");
        }
        assert_eq!(parsed_level("63"), Some(63));
        assert_eq!(parsed_level("64"), None);
        assert_eq!(parsed_level("00"), None);
    }
}
