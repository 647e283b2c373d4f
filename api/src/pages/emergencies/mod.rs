//! What an emergency came to: people at every stage, rights that were cut, how many are held; and the screening that
//! lists whom its criteria let go.

mod cohort;
mod file;
mod held;
mod people;
mod rehearsal;
mod screening;
mod stages;

use axum::Router;
use axum::routing::get;
use domain::emergency::{Emergency, EmergencyEvent, Outcome};
use domain::record::AnyEvent;
use domain::stream::Stream;
use infra::record::Recorded;

use super::components::{Link, Value};
use super::page::Visitor;
use super::register;
use crate::state::AppState;
use crate::v1::kinds::path;

/// The pages.
pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/emergencies/{id}/cohort", get(cohort::get))
        .route("/emergencies/{id}/cohort/csv", get(file::get))
        .route(
            "/emergencies/{id}/screening",
            get(screening::get).post(screening::post),
        )
        .route("/emergencies/{id}/rehearsal", get(rehearsal::get))
        .route("/emergencies/{id}/people", get(people::get))
}

/// The pictures of an emergency that its own page and the page of figures share.
pub(super) mod figures {
    pub(in crate::pages) use super::held::{by_place, figure as held};
    pub(in crate::pages) use super::stages::{figure as stages, lede, rights};
}

/// Where an emergency is among the pages.
fn home(id: &str) -> String {
    format!("/{}/{id}", path(Emergency::TYPE))
}

/// The way back: every emergency, then this one.
fn trail(visitor: &Visitor, id: &str) -> Vec<Link> {
    let all = format!("/{}", path(Emergency::TYPE));
    let one = format!("Emergency {}", register::short(id));
    vec![
        Link::new(visitor.to(&all), "Emergencies"),
        Link::new(visitor.to(&home(id)), one),
    ]
}

/// Of how many people a screening is told one by one.
const FEW: usize = 3;

/// A screening of many, counted, with the way to everybody; nothing of any other entry.
pub(super) fn told(visitor: &Visitor, entry: &Recorded) -> Option<Vec<(String, Value)>> {
    let AnyEvent::Emergency(EmergencyEvent::Screened(entered)) = &entry.event else {
        return None;
    };
    let results = &entered.told.results;
    if results.len() <= FEW {
        return None;
    }
    let count = |which: fn(&Outcome) -> bool| {
        let people = results.iter().filter(|result| which(&result.outcome));
        Value::count(u64::try_from(people.count()).unwrap_or(u64::MAX))
    };
    let all = visitor.to(&format!("{}/people", home(&entry.stream_id)));
    let row = |key: &str, value: Value| (key.to_owned(), value);
    Some(vec![
        row(
            "The version of the criteria",
            Value::text(entered.told.version.to_string()),
        ),
        row("People screened", count(|_| true)),
        row(
            "Can be released",
            count(|outcome| *outcome == Outcome::Eligible),
        ),
        row(
            "Cannot be released",
            count(|outcome| matches!(outcome, Outcome::Excluded(_))),
        ),
        row(
            "Cannot be said yet",
            count(|outcome| matches!(outcome, Outcome::Unclear(_))),
        ),
        row("Each of them", Value::link(all, EVERYBODY)),
    ])
}

/// The words for the list of everybody.
pub(super) const EVERYBODY: &str = "Everybody who was screened or decided on";
