//! The person's own sheet: what must be done by when, how to challenge it, what is recorded and who read it. A clerk or a
//! probation officer prints it and hands it over; the person needs no account.

mod abroad;
mod duties;
mod emergency;
mod held;
mod told;
mod words;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use domain::cooperation::Cooperation;
use domain::stream::Stream;
use infra::registry::Handed;
use serde::Deserialize;

use self::duties::{Asked, Asking, Duty};
use self::held::Held;
use self::told::{Line, Look};
use self::words::{Words, fill, language, languages};
use super::parsed;
use crate::pages::laws::{self, Books, Laws};
use crate::pages::page::{PageError, Visitor};
use crate::pages::query::Query;
use crate::state::AppState;

/// The sheet as a page of its own, in the person's language.
#[derive(Template)]
#[template(path = "person_sheet.html")]
struct PersonSheet {
    words: &'static Words,
    languages: Vec<Language>,
    back: String,
    moment: String,
    /// In the past, the way to the sheet as it stands today.
    now: Option<String>,
    id: String,
    who: Vec<(String, String)>,
    /// What may be done about the person with another State.
    abroad: Vec<Duty>,
    /// How the person is held; nothing of somebody who is free.
    held: Vec<String>,
    duties: Vec<Duty>,
    missed: Vec<String>,
    reviews: Vec<String>,
    routes: Vec<String>,
    personal: Vec<Line>,
    records: Vec<Line>,
    looks: Vec<Look>,
}

/// A language in which the sheet can be read.
struct Language {
    words: &'static Words,
    href: String,
    is_current: bool,
}

/// In which language the sheet is wanted.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::pages) struct Wanted {
    #[serde(default)]
    language: String,
}

/// The sheet.
pub(in crate::pages) async fn get(
    State(app): State<AppState>,
    Query(wanted): Query<Wanted>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let person = parsed(&id)?;
    let Some(words) = language(&wanted.language) else {
        return Ok(StatusCode::INTERNAL_SERVER_ERROR.into_response());
    };
    let handed = app
        .registry
        .hand_sheet(&visitor.call, person, visitor.as_of)
        .await?;
    let own = laws::of_entries(&app, &handed.person.entries).await?;
    let laws = Laws::of_records(&app, &handed.records).await?;
    let books = Books::adopted(&app).await?;
    let known = handed.person.state.registered();
    let today = own.day(visitor.moment.instant);
    let under = |law| Asking {
        words,
        law,
        today,
        person,
    };
    let mut asked = Asked::default();
    let mut held = Held::default();
    let (mut abroad, mut reviews, mut records) = (Vec::new(), Vec::new(), Vec::new());
    for record in &handed.records {
        let asking = under(laws.last(&record.entries).unwrap_or(own.as_ref()));
        asking.of(record, &mut asked);
        asking
            .held(&visitor, record, &handed.records, &mut held)
            .await?;
        if record.kind == Cooperation::TYPE {
            abroad.extend(asking.planned(record));
        }
        reviews.extend(asking.review(record));
        records.extend(told::record(&asking, record));
    }
    let sheet = PersonSheet {
        words,
        languages: choices(&visitor, &id, words),
        back: visitor.to(&format!("/persons/{id}")),
        moment: moment(&visitor, &handed, words),
        now: visitor.moment.past.then(|| visitor.now()),
        who: told::who(&visitor, words, known).await?,
        abroad,
        held: held.told(&under(own.as_ref())),
        duties: asked.duties,
        missed: asked.missed.into_iter().map(str::to_owned).collect(),
        reviews,
        routes: routes(&under(own.as_ref())),
        personal: known.map_or_else(Vec::new, |known| {
            told::personal(&under(own.as_ref()), known)
        }),
        records,
        looks: told::looks(words, &books, &handed.looked),
        id,
    };
    Ok(shown(&sheet))
}

fn shown(sheet: &PersonSheet) -> Response {
    match sheet.render() {
        Ok(text) => Html(text).into_response(),
        Err(error) => {
            tracing::error!(%error, "a person's sheet does not render");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// The sheet in every language, each under its own name.
fn choices(visitor: &Visitor, id: &str, current: &Words) -> Vec<Language> {
    let choice = |words: &'static Words| Language {
        words,
        href: visitor.to(&format!("/persons/{id}/sheet?language={}", words.tag)),
        is_current: words.tag == current.tag,
    };
    languages().iter().map(choice).collect()
}

/// As of when the sheet is true.
fn moment(visitor: &Visitor, handed: &Handed, words: &Words) -> String {
    let entry = handed.person.moment.index.unwrap_or_default();
    let values = [
        ("when", words.day_of(visitor.moment.instant)),
        // The number of an entry keeps Latin digits, so that any office can look it up.
        ("entry", crate::pages::numbers::count(entry)),
    ];
    let values = values
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    fill(&words.page.moment, &values)
}

/// Where somebody goes whose correction is refused.
fn routes(asking: &Asking<'_>) -> Vec<String> {
    let routes = asking.law.contest_routes.iter();
    routes
        .map(|route| asking.label("contest_routes", route.code.as_str()))
        .collect()
}
