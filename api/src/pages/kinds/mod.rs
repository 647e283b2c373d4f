//! Kinds of case whose pages are made from what their commands and events hold: a list, one of them, each act on it.
//!
//! A form asks what the command holds, in its order and in the words of its documentation; a history tells what the
//! event holds. A kind that needs more than that gets pages of its own.

mod act;
mod ask;
mod due;
mod list;
mod shape;
mod show;
mod told;

use axum::Router;
use axum::routing::get;
use domain::pretrial::Pretrial;
use domain::stream::Stream;
use infra::access::allow;
use infra::registry::{Kept, Wish};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use crate::pages::components::{SummaryList, Value};
use crate::pages::page::Visitor;
use crate::state::AppState;
use crate::v1::kinds::path;

pub(in crate::pages) use due::due;
pub(in crate::pages) use show::tell;

/// A kind of case.
pub(in crate::pages) trait Kind: Kept + Clone
where
    Wish<Self>: JsonSchema + DeserializeOwned,
{
    /// Several of them.
    const PLURAL: &'static str;
    /// One of them.
    const ONE: &'static str;
    /// The command that begins one.
    const BEGINS: &'static str;
    /// The role whose list it is first of all, in words for an empty list.
    const EMPTY: &'static str;
}

impl Kind for Pretrial {
    const PLURAL: &'static str = "Before judgment";
    const ONE: &'static str = "Case before judgment";
    const BEGINS: &'static str = "open";
    const EMPTY: &'static str = "No case before judgment fits.";
}

/// The pages of every kind.
pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/pretrial-cases", get(list::get::<Pretrial>))
        .route(
            "/pretrial-cases/new",
            get(act::new::<Pretrial>).post(act::begin::<Pretrial>),
        )
        .route("/pretrial-cases/{id}", get(show::get::<Pretrial>))
        .route(
            "/pretrial-cases/{id}/{act}",
            get(act::get::<Pretrial>).post(act::post::<Pretrial>),
        )
}

/// What the visitor may begin for a person, as a row more; nothing in the past.
pub(super) fn beginnings(visitor: &Visitor, person: &str, list: SummaryList) -> SummaryList {
    if visitor.moment.past || list.rows.is_empty() {
        return list;
    }
    let links = [beginning_of::<Pretrial>(visitor, person)];
    let links: Vec<Value> = links.into_iter().flatten().collect();
    if links.is_empty() {
        return list;
    }
    list.row("Begin", Value::Many(links))
}

fn beginning_of<K: Kind>(visitor: &Visitor, person: &str) -> Option<Value>
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    let begins = act::beginning::<K>()?;
    allow(&visitor.call, begins.action).ok()?;
    let address = format!("{}/new?person={person}", home::<K>());
    Some(Value::link(address, begins.title))
}

/// Where a kind's cases are.
fn home<K: Kind>() -> String
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    format!("/{}", path(<K as Stream>::TYPE))
}

/// A command's word in an address: `order-detention`.
fn address_word(word: &str) -> String {
    word.replace('_', "-")
}
