//! Kinds of case whose pages are made from what their commands and events hold: a list, one of them, each act on it.
//!
//! A form asks what the command holds, in its order and in the words of its documentation; a history tells what the
//! event holds. A kind that needs more than that gets pages of its own.

mod about;
mod act;
mod ask;
mod checked;
mod complained;
mod due;
mod growing;
mod held;
mod limits;
mod list;
mod missing;
mod of_person;
mod overview;
mod possible;
mod referred;
mod room;
mod shape;
mod show;
mod told;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use domain::complaint::Complaint;
use domain::cooperation::Cooperation;
use domain::custody::Custody;
use domain::diversion::Diversion;
use domain::emergency::Emergency;
use domain::facility::Facility;
use domain::finding::Finding;
use domain::order::Order;
use domain::person::Person;
use domain::pretrial::Pretrial;
use domain::record::AnyEvent;
use domain::registry::Register;
use domain::release::Release;
use domain::report::Report;
use domain::restorative::Restorative;
use domain::sentence::Sentence;
use domain::stream::Stream;
use domain::supervision::Supervision;
use infra::access::allow;
use infra::record::Recorded;
use infra::registry::{Kept, ReadError, Wish};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use crate::pages::components::{SummaryList, Value};
use crate::pages::page::{PageError, Visitor};
use crate::pages::register;
use crate::state::AppState;
use crate::v1::kinds::path;

use self::shape::{Variant, variants};

pub(in crate::pages) use due::due;
pub(in crate::pages) use of_person::of_person;
pub(in crate::pages) use overview::home;
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
    /// The list of the rules that names what there is of it, where there are several.
    const LIST: Option<&'static str>;
    /// The commands that begin one.
    const BEGINS: &'static [&'static str];
}

macro_rules! kinds {
    ($($kind:ident $plural:literal $one:literal $list:expr, [$($begins:literal),+];)*) => {
        $(
            impl Kind for $kind {
                const PLURAL: &'static str = $plural;
                const ONE: &'static str = $one;
                const LIST: Option<&'static str> = $list;
                const BEGINS: &'static [&'static str] = &[$($begins),+];
            }
        )*

        /// The pages of every kind.
        pub(super) fn routes() -> Router<AppState> {
            let router = Router::new().route("/cases", get(overview::get));
            $(let router = of_kind::<$kind>(router);)*
            router
        }

        /// The addresses of the pages of every kind.
        pub(super) fn every_address() -> Vec<String> {
            [$(addresses::<$kind>()),*].concat()
        }

        /// Every kind by the type of its stream, with the words for several of them.
        pub(super) fn all() -> Vec<(&'static str, &'static str)> {
            vec![$((<$kind as Stream>::TYPE, $plural)),*]
        }

        /// One of a kind by the type of its stream, and the list of the rules that names what there is of it.
        fn one_of(stream: &str) -> Option<(&'static str, Option<&'static str>)> {
            let all = [$((<$kind as Stream>::TYPE, $one, $list)),*];
            let found = all.into_iter().find(|(kind, ..)| *kind == stream);
            found.map(|(_, one, list)| (one, list))
        }

        /// What the visitor may begin for a person.
        fn beginnings_of_every_kind(visitor: &Visitor, person: &str) -> Vec<Value> {
            [$(beginnings_of::<$kind>(visitor, person)),*].concat()
        }

        /// The entries of a record of any kind, as far as the visitor may read it; none where it may not, or there is none.
        async fn entries_of(visitor: &Visitor, stream: &str, id: &str) -> Result<Vec<Recorded>, PageError> {
            match stream {
                Person::TYPE => entries::<Person>(visitor, id).await,
                Sentence::TYPE => entries::<Sentence>(visitor, id).await,
                Order::TYPE => entries::<Order>(visitor, id).await,
                Supervision::TYPE => entries::<Supervision>(visitor, id).await,
                $(<$kind as Stream>::TYPE => entries::<$kind>(visitor, id).await,)*
                _ => Ok(Vec::new()),
            }
        }

        /// What an event of a kind holds; nothing of a stream that has pages of its own.
        fn of_event(event: &AnyEvent) -> Option<Arc<[Variant]>> {
            match event {
                $(AnyEvent::$kind(_) => Some(variants::<<$kind as Stream>::Event>()),)*
                _ => None,
            }
        }
    };
}

kinds! {
    Pretrial "Before judgment" "Case before judgment" None, ["open"];
    Diversion "Kept out of court" "Case kept out of court" Some("diversion.kinds"), ["offer", "discharge"];
    Report "Reports" "Report" Some("report.kinds"), ["request"];
    Restorative "Restorative processes" "Restorative process" Some("restorative.kinds"), ["refer"];
    Custody "Stays in custody" "Stay in custody" None, ["admit", "record_irregular_holding", "protect"];
    Release "Releases" "Release" Some("release.kinds"), ["record_eligibility", "record_release_by_law"];
    Emergency "Emergencies" "Emergency" Some("emergency.bases"), ["declare"];
    Facility "Places of detention" "Place of detention" Some("facility.kinds"), ["open"];
    Complaint "Complaints" "Complaint" Some("complaint.kinds"), ["submit", "submit_without_person"];
    Cooperation "Matters with other States" "Matter with another State" Some("cooperation.matters"), ["request", "arrest_provisionally", "notify_judgment"];
    Finding "Findings" "Finding" None, ["take_up", "raise"];
    Register "The register itself" "Register" None, ["open"];
}

async fn entries<K: Kept>(visitor: &Visitor, id: &str) -> Result<Vec<Recorded>, PageError> {
    let registry = &visitor.app.registry;
    match registry.show::<K>(&visitor.call, id, visitor.as_of).await {
        Ok(found) => Ok(found.entries),
        Err(ReadError::Denied(_) | ReadError::Unknown { .. }) => Ok(Vec::new()),
        Err(other) => Err(other.into()),
    }
}

/// Every kind of record by the type of its stream, with the words for one of it.
fn every_stream() -> Vec<(&'static str, String)> {
    let with_pages = ["person", "sentence", "order", "supervision"].into_iter();
    let kinds = all().into_iter().map(|(stream, _)| stream);
    let every = with_pages.chain(kinds);
    every.map(|stream| (stream, one(stream))).collect()
}

/// What one case of a kind is called, by the type of its stream.
pub(super) fn one(stream: &str) -> String {
    one_of(stream).map_or_else(
        || register::sentence_case(stream),
        |(one, _)| one.to_owned(),
    )
}

/// The addresses of a kind's pages.
fn addresses<K: Kind>() -> [String; 4]
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    let home = home_of::<K>();
    ["", "/new/{act}", "/{id}", "/{id}/{act}"].map(|rest| format!("{home}{rest}"))
}

fn of_kind<K: Kind>(router: Router<AppState>) -> Router<AppState>
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    let [all, new, one, act] = addresses::<K>();
    // Findings have a list of their own, which tells of those too that nobody has taken up.
    let router = if <K as Stream>::TYPE == <Finding as Stream>::TYPE {
        router
    } else {
        router.route(&all, get(list::get::<K>))
    };
    router
        .route(&new, get(act::new::<K>).post(act::begin::<K>))
        .route(&one, get(show::get::<K>))
        .route(&act, get(act::get::<K>).post(act::post::<K>))
}

/// What the visitor may begin for a person, as a row more; nothing in the past.
pub(super) fn beginnings(visitor: &Visitor, person: &str, list: SummaryList) -> SummaryList {
    if visitor.moment.past {
        return list;
    }
    let links = beginnings_of_every_kind(visitor, person);
    if links.is_empty() {
        return list;
    }
    list.row("Begin", Value::Many(links))
}

fn beginnings_of<K: Kind>(visitor: &Visitor, person: &str) -> Vec<Value>
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    let begins = act::beginnings::<K>().into_iter();
    let of_persons = begins.filter(|act| act.parts.iter().any(|part| part.name == "person"));
    let allowed = of_persons.filter(|act| allow(&visitor.call, act.action).is_ok());
    let link = |act: act::Act| {
        let word = address_word(&act.word);
        let address = format!("{}/new/{word}?person={person}", home_of::<K>());
        Value::link(address, act.title)
    };
    allowed.map(link).collect()
}

/// Where a kind's cases are.
fn home_of<K: Kind>() -> String
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    format!("/{}", path(<K as Stream>::TYPE))
}

/// A command's word in an address: `order-detention`.
fn address_word(word: &str) -> String {
    word.replace('_', "-")
}
