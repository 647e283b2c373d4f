//! How full places of detention are: all of them on one page, each day by day, and how many will be left by the last
//! days that are known.

mod csv;
mod list;
mod one;

use axum::Router;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::values::Day;
use infra::registry::{CapacityFigures, Full, Moment};

use super::components::{Tag, Tone, Value};
use super::numbers::count;
use super::page::day_in_words;
use crate::state::AppState;

pub(in crate::pages) use self::list::together;
pub(in crate::pages) use self::one::section;

/// The pages of places.
pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/places", get(list::get))
        .route("/places/csv", get(list::download))
        .route("/facilities/{id}/occupancy", get(one::get))
        .route("/facilities/{id}/occupancy/csv", get(one::download))
}

/// How full a place is: *214, 118.9 for each 100 places*, and by how many it is over.
fn full(full: Option<&Full>) -> Value {
    let Some(full) = full else {
        return Value::Undefined("not known".to_owned());
    };
    let held = count(u64::from(full.held));
    let said = Value::text(format!("{held}, {} for each 100 places", full.per_hundred));
    if full.over == 0 {
        return said;
    }
    let over = format!("{} too many", count(u64::from(full.over)));
    Value::Many(vec![said, Value::Tag(Tag::new(over, Tone::Grave))])
}

/// How many places, and since when that number holds.
fn places_of(capacity: &CapacityFigures) -> Value {
    match capacity.places.zip(capacity.from) {
        Some((places, from)) => Value::text(format!(
            "{} since {}",
            count(u64::from(places)),
            words(from)
        )),
        None => Value::Undefined("not declared for this day".to_owned()),
    }
}

/// On how many days of a period it held more than it had places for.
fn days_over(capacity: &CapacityFigures) -> Value {
    if capacity.days_said == 0 {
        return Value::Undefined("no places are declared for these days".to_owned());
    }
    let said = format!("{} of {}", capacity.days_over, capacity.days_said);
    Value::text(said)
}

fn words(day: Day) -> String {
    day_in_words(day.into())
}

/// A table as a file, named after the entry up to which it was made.
fn file(name: &str, moment: Moment, text: String) -> Response {
    let entry = moment.index.unwrap_or_default();
    let attachment = format!("attachment; filename=\"{name}-as-of-{entry}.csv\"");
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, attachment),
    ];
    (headers, text).into_response()
}
