//! Choosing a sample identity, until sign-in exists.

use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::values::Instant;
use infra::registry::AsOf;

use super::components::{self, Choice, Field, Form, Frame, Guard, Inset};
use super::page::{Page, PageError, Typed, in_words};
use super::query::Nothing;
use crate::identity::{COOKIE_NAME, SAMPLES, Sample, gate_cookie};
use crate::state::AppState;

/// The choice.
pub(super) async fn get(State(app): State<AppState>, _: Nothing) -> Result<Page, PageError> {
    let moment = app.registry.moment(AsOf::Now).await?;
    Ok(page(moment.instant, moment.index.unwrap_or_default(), None))
}

/// Takes the choice and goes to the first page.
pub(super) async fn post(State(app): State<AppState>, typed: Typed) -> Result<Response, PageError> {
    let Some(sample) = typed.get("identity").and_then(Sample::named) else {
        let moment = app.registry.moment(AsOf::Now).await?;
        let said = "Choose one of the identities".to_owned();
        return Ok(
            page(moment.instant, moment.index.unwrap_or_default(), Some(said)).into_response(),
        );
    };
    let cookie = format!(
        "{COOKIE_NAME}={}; Path=/; HttpOnly; SameSite=Lax",
        sample.name
    );
    // Whoever comes next has not been let through the gate.
    let cookies = [(SET_COOKIE, cookie), (SET_COOKIE, gate_cookie(None))];
    Ok((AppendHeaders(cookies), Redirect::to("/")).into_response())
}

fn page(now: Instant, entry: u64, error: Option<String>) -> Page {
    let moment = components::Moment::new(now.to_string(), in_words(now));
    let as_of = components::AsOf::now(moment, entry, "/identity");
    let frame = Frame::new("Who are you?", "The register", as_of)
        .lede("There is no sign-in yet: the register answers on this machine only, to invented identities.");
    let choices = SAMPLES
        .iter()
        .map(|sample| Choice::new(sample.name, sample.title))
        .collect();
    let form = Form::new("/identity", Guard::open("same-origin"), "Continue")
        .field(Field::radios("identity", "Act as", choices).error(error));
    Page::new(frame).form(&form).part(&inset(
        "What you look at is written down with the identity you chose, as it will be with your own.",
    ))
}

fn inset(text: &str) -> Inset {
    Inset {
        text: text.to_owned(),
        source: None,
    }
}
