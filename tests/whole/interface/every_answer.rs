//! What holds for every answer: headers, methods, problems of axum's own making, pages for browsers.

use serde_json::json;
use tests::{Answer, Failure, Place, Served};

async fn served() -> Result<(Place, Served), Failure> {
    let mut place = Place::on_file()?;
    let served = Served::within(place.midland().await?).await?;
    Ok((place, served))
}

const PROBLEM: &str = "application/problem+json";

fn is_problem(answer: &Answer, status: u16, code: &str) -> Result<(), Failure> {
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (status, Some(PROBLEM)),
        "{}",
        answer.body
    );
    assert_eq!(answer.text("/code")?, code);
    assert_eq!(answer.at("/status")?, json!(status));
    assert!(!answer.text("/detail")?.is_empty() && !answer.text("/title")?.is_empty());
    Ok(())
}

#[tokio::test]
async fn every_answer_carries_the_headers_that_protect_its_reader() -> Result<(), Failure> {
    let (_place, served) = served().await?;
    for path in [
        "/",
        "/v1/sentences",
        "/v1",
        "/v1/openapi.json",
        "/nowhere",
        "/v1/nowhere",
        "/livez",
        "/assets/assize.css",
    ] {
        let answer = served.get("judge", path).await?;
        for (header, says) in [
            ("content-security-policy", "default-src 'none'"),
            ("content-security-policy", "frame-ancestors 'none'"),
            ("strict-transport-security", "max-age=63072000"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("permissions-policy", "camera=()"),
            ("reporting-endpoints", "/csp-reports"),
        ] {
            let found = answer.header(header);
            assert!(
                found.is_some_and(|value| value.contains(says)),
                "{path}: {header}: {found:?}"
            );
        }
        let cached = answer.header("cache-control");
        assert_eq!(
            cached == Some("no-store"),
            !path.starts_with("/assets"),
            "{path}: {cached:?}"
        );
        assert_eq!(answer.header("access-control-allow-origin"), None);
    }
    Ok(())
}

#[tokio::test]
async fn an_address_says_in_which_ways_it_is_asked() -> Result<(), Failure> {
    let (_place, served) = served().await?;
    for (line, allowed) in [
        ("DELETE /v1/sentences", "GET,HEAD,POST"),
        ("PUT /v1/persons", "POST"),
        ("POST /v1/head", "GET,HEAD"),
        ("PATCH /v1/feed", "GET,HEAD"),
    ] {
        let answer = served.ask(line, "judge", "", "").await?;
        is_problem(&answer, 405, "request.method")?;
        assert_eq!(answer.header("allow"), Some(allowed), "{line}");
    }
    Ok(())
}

#[tokio::test]
async fn whoever_does_not_say_who_asks_is_told_how() -> Result<(), Failure> {
    let (_place, served) = served().await?;
    for headers in [
        "",
        "Assize-Identity: nobody\r\n",
        "Cookie: assize_identity=\r\n",
    ] {
        let answer = served.send("GET /v1/sentences", headers, b"").await?;
        is_problem(&answer, 401, "request.unauthenticated")?;
        assert_eq!(answer.header("www-authenticate"), Some("Assize-Identity"));
    }
    Ok(())
}

#[tokio::test]
async fn headers_past_their_limit_are_not_read() -> Result<(), Failure> {
    let (_place, served) = served().await?;
    let long = format!("X-Long: {}\r\n", "x".repeat(17 * 1024));
    let answer = served.ask("GET /v1/head", "judge", &long, "").await?;
    is_problem(&answer, 431, "request.headers-too-large")
}

#[tokio::test]
async fn a_browser_gets_a_page_where_a_program_gets_a_document() -> Result<(), Failure> {
    let (_place, served) = served().await?;
    let browser = "Accept: text/html,application/xhtml+xml\r\n";
    let page = served.ask("GET /nowhere", "judge", browser, "").await?;
    assert_eq!(page.status, 404);
    assert!(
        page.header("content-type")
            .is_some_and(|kind| kind.starts_with("text/html"))
    );
    assert!(
        page.body.contains("request.no-such-address"),
        "{}",
        page.body
    );
    let page = served.ask("DELETE /orders", "judge", browser, "").await?;
    assert_eq!((page.status, page.header("allow").is_some()), (405, true));
    is_problem(
        &served.get("judge", "/nowhere").await?,
        404,
        "request.no-such-address",
    )?;
    let program = served.ask("GET /v1/nowhere", "judge", browser, "").await?;
    is_problem(&program, 404, "request.no-such-address")
}

#[tokio::test]
async fn the_reference_is_a_page_that_names_every_address() -> Result<(), Failure> {
    let (_place, served) = served().await?;
    let document = served
        .send("GET /v1/openapi.json", "", b"")
        .await?
        .done()?
        .json()?;
    let page = served.send("GET /v1", "", b"").await?.done()?.body;
    let paths = document["paths"].as_object().ok_or("paths")?;
    assert!(paths.len() >= 15, "{}", paths.len());
    for path in paths.keys() {
        assert!(page.contains(path.as_str()), "{path}");
    }
    assert!(!page.contains("<script"));
    Ok(())
}

#[tokio::test]
async fn a_subject_is_answered_at_its_pace_and_told_when_to_come_back() -> Result<(), Failure> {
    let mut place = Place::on_file()?;
    let registry = place.midland().await?;
    let served = Served::at_pace(registry, 1, 1).await?;
    let register = json!({"register": {}});
    let mut answer = served.post("judge", "/v1/persons", &register).await?;
    // However slow the machine is, a hundred in a row are more than one a second.
    for _ in 0..100 {
        if answer.status == 429 {
            break;
        }
        answer = served.post("judge", "/v1/persons", &register).await?;
    }
    is_problem(&answer, 429, "request.too-many")?;
    assert!(answer.header("retry-after").is_some());
    // Somebody else is not held up.
    served
        .post("clerk", "/v1/persons", &register)
        .await?
        .done()?;
    Ok(())
}
