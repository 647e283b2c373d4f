//! Figures: one page a question. A sentence in words, then the picture, then the table behind it, with the numbers of
//! `/v1/views` and of the command line.

mod alternatives;
mod ask;
mod asked;
mod between;
mod cases;
mod departures;
mod disposals;
mod emergency;
mod gender;
mod occupancy;
mod official;
mod parity;
mod parts;
mod proportionality;
mod questions;
mod reconviction;
mod steps;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header as http;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use infra::access::{Action, allow};
use infra::registry::Freshness;
use infra::views::header::Header;
use infra::views::{Offered, View, ViewError, ViewRequest};

use self::ask::Ask;
use self::asked::Asked;
use self::parts::Context;
use self::questions::{QUESTIONS, Question};
use super::components::{Details, Frame, Link, SummaryList, Value};
use super::laws::Books;
use super::numbers::count;
use super::page::{Page, PageError, Visitor};
use super::query::Open;
use crate::cli;
use crate::problem::Problem;
use crate::state::AppState;

/// The questions, and the figures that answer them.
pub(super) fn figures_routes() -> axum::Router<AppState> {
    axum::Router::new()
        .route("/figures", get(index))
        .route("/figures/cases", get(cases::get))
        .route("/figures/occupancy", get(occupancy::get))
        .route("/figures/emergency", get(emergency::get))
        .route("/figures/{view}", get(show))
        .route("/figures/{view}/between", get(between::get))
        .route("/figures/{view}/csv", get(download))
        .merge(official::routes())
}

/// The questions, each with what its page shows.
#[derive(Template)]
#[template(path = "figures/questions.html")]
struct Questions {
    questions: [(Link, &'static str); QUESTIONS.len()],
}

/// The index of questions.
async fn index(visitor: Visitor) -> Page {
    let questions = QUESTIONS.map(|question| {
        let (asked, shows) = question.words();
        (Link::new(visitor.to(&question.path()), asked), shows)
    });
    let frame = visitor.frame("Figures");
    let published = Link::new(visitor.to("/publications"), "Figures that were published");
    let mut elsewhere = SummaryList::default().row("For everybody", Value::Link(published));
    if allow(&visitor.call, Action::ExportFigures).is_ok() {
        let official = Link::new(visitor.to("/figures/official"), "Official tables");
        elsewhere = elsewhere.row("For international bodies", Value::Link(official));
    }
    Page::new(frame.lede("Each page answers one question in a sentence, a picture and a table."))
        .part(&Questions { questions })
        .part(&elsewhere)
}

/// One question.
async fn show(
    State(app): State<AppState>,
    open: Open,
    visitor: Visitor,
    Path(name): Path<String>,
) -> Result<Response, PageError> {
    let asked = Asked::read(&visitor, &name, Some(open.sent())).map_err(PageError)?;
    if let Some(short) = asked.shortened() {
        return Ok(Redirect::to(&short).into_response());
    }
    let request = asked.request().map_err(PageError)?;
    let everybody = ViewRequest {
        filters: Vec::new(),
        ..request.clone()
    };
    let offered = app
        .registry
        .figures_offered(&visitor.call, &everybody, visitor.as_of)
        .await?;
    let shown = app
        .registry
        .view(&visitor.call, &request, visitor.as_of, Freshness::AsFiled)
        .await;
    let page = match shown {
        Ok(view) => answer(&visitor, &asked, &request, &offered, &view),
        Err(ViewError::SeveralJurisdictions(_)) => {
            let books = Books::adopted(&app).await.map_err(Problem::from)?;
            if let Some(own) = books.of_office(visitor.call.actor.office.as_str()) {
                let own = asked.within(own.jurisdiction.as_str());
                return Ok(Redirect::to(&own).into_response());
            }
            let frame = frame(&visitor, &asked).lede(
                "The register holds decisions of several jurisdictions, whose penalties have no common scale. Choose one.",
            );
            Page::new(frame).part(&Ask::of(&asked, &request, &offered).unfolded())
        }
        Err(error) => return Err(error.into()),
    };
    Ok(page.into_response())
}

fn frame(visitor: &Visitor, asked: &Asked) -> Frame {
    let question = Question::Of(asked.view);
    let frame = visitor.frame(question.words().0).kicker("Figures");
    frame.siblings(question.siblings(visitor))
}

fn answer(
    visitor: &Visitor,
    asked: &Asked,
    request: &ViewRequest,
    offered: &Offered,
    view: &View,
) -> Page {
    let frame = frame(visitor, asked);
    let ask = Ask::of(asked, request, offered);
    if let Some(said) = view.header().nothing() {
        return Page::new(frame.lede(said)).part(&ask);
    }
    let context = Context {
        asked,
        may_read: allow(&visitor.call, Action::ReadRegister).is_ok(),
    };
    let page = Page::new(frame.lede(finding(view))).part(&ask);
    let page = match view {
        View::Disposals(view) => disposals::figures(page, &context, view),
        View::Proportionality(view) => proportionality::figures(page, &context, view),
        View::Gender(view) => gender::figures(page, view),
        View::Alternatives(view) => alternatives::figures(page, view),
        View::Reconviction(view) => reconviction::figures(page, view),
        View::Parity(view) => parity::figures(page, view),
        View::Departures(view) => departures::figures(page, &context, view),
    };
    foot(page, &context, view)
}

/// What a view found, in a sentence.
fn finding(view: &View) -> String {
    match view {
        View::Disposals(view) => disposals::finding(view),
        View::Proportionality(view) => proportionality::finding(view),
        View::Gender(view) => gender::finding(view),
        View::Alternatives(view) => alternatives::finding(view),
        View::Reconviction(view) => reconviction::finding(view),
        View::Parity(view) => parity::finding(view),
        View::Departures(view) => departures::finding(view),
    }
}

/// What a view found; nothing where nothing was counted.
fn spoken(view: &View) -> Option<String> {
    view.header().nothing().is_none().then(|| finding(view))
}

/// What limits the figures, and where the same numbers are to be had.
fn foot(page: Page, context: &Context<'_>, view: &View) -> Page {
    let (header, asked) = (view.header(), context.asked);
    let policies = &header.policies;
    let mut about = SummaryList::default()
        .row("Shown", Value::text(&header.known))
        .row("Counted", Value::text(&header.population))
        .row("Unit", Value::text(&header.unit))
        .row("Rules", Value::text(rules(header).join(", ")));
    if let Some(scale) = policies
        .scale
        .as_ref()
        .and_then(|scale| scale.value.as_ref())
    {
        let words = format!(
            "{}. {}.",
            versioned(&scale.title, &scale.version),
            scale.source
        );
        about = about.row("Severity scale", Value::text(words));
    }
    if let Some(gravity) = policies
        .gravity
        .as_ref()
        .and_then(|gravity| gravity.value.as_ref())
    {
        let words = format!(
            "{}. {}.",
            versioned(&gravity.title, &gravity.version),
            gravity.source
        );
        about = about.row("Gravity", Value::text(words));
    }
    let read_with = Details {
        summary: "How to read these figures".to_owned(),
        paragraphs: header.statements.iter().map(|s| s.text.clone()).collect(),
    };
    let (silent, silence) = parts::silence(header);
    let page = page.heading("Where the sex is not recorded").text(silent);
    let bounds = header.statements.iter().find(|s| s.code == "sex_bounds");
    let page = bounds
        .into_iter()
        .fold(page, |page, said| page.text(&said.text));
    page.folded("How often, year by year", &silence)
        .heading("About these figures")
        .part(&read_with)
        .folded("What is counted, and by which rules", &about)
        .part(&elsewhere(asked, header))
}

/// Where the same numbers, and earlier ones, are to be had.
fn elsewhere(asked: &Asked, header: &Header) -> SummaryList {
    let mut about = SummaryList::default();
    if let Some(entry) = header.as_of.index {
        let link = Value::link(
            asked.lasting(entry),
            format!(
                "This page as of entry {}, whenever it is opened",
                count(entry)
            ),
        );
        about = about.row("Lasting address", link);
    }
    let download = asked.at(&format!("/figures/{}/csv", asked.view));
    let json = asked.at(&format!("/v1/views/{}", asked.view));
    let numbers = vec![
        Value::link(download, "Download as CSV"),
        Value::link(json, "Show as JSON"),
    ];
    let earlier = asked.at(&format!("/figures/{}/between", asked.view));
    let about = about.row(
        "Earlier figures",
        Value::link(earlier, "What changed since an earlier moment"),
    );
    about.row("The same numbers", Value::Many(numbers))
}

/// The rules of each jurisdiction, by its name.
fn rules(header: &Header) -> Vec<String> {
    let titled = header.policies.rules.iter().map(|rules| {
        let mut jurisdictions = header.jurisdictions.iter();
        let own = jurisdictions.find(|own| rules.starts_with(&format!("{}/", own.code)));
        own.map_or_else(|| rules.clone(), |own| versioned(&own.title, rules))
    });
    titled.collect()
}

/// A policy as people name it: of `midland/1` the title and *version 1*.
fn versioned(title: &str, policy: &str) -> String {
    let version = policy
        .rsplit_once('/')
        .map_or(policy, |(_, version)| version);
    format!("{title}, version {version}")
}

/// The numbers of a page as a file.
async fn download(
    State(app): State<AppState>,
    open: Open,
    visitor: Visitor,
    Path(name): Path<String>,
) -> Result<Response, PageError> {
    let asked = Asked::read(&visitor, &name, Some(open.sent())).map_err(PageError)?;
    let request = asked.request().map_err(PageError)?;
    let view = app
        .registry
        .view(&visitor.call, &request, visitor.as_of, Freshness::AsFiled)
        .await?;
    let entry = view.header().as_of.index.unwrap_or_default();
    let file = format!("attachment; filename=\"{}-as-of-{entry}.csv\"", asked.view);
    let headers = [
        (http::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (http::CONTENT_DISPOSITION, file),
    ];
    Ok((headers, cli::view::render_csv(&view)).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_is_named_by_its_title_and_version() {
        assert_eq!(versioned("Midland", "midland/1"), "Midland, version 1");
        assert_eq!(versioned("Midland", "2020"), "Midland, version 2020");
    }
}
