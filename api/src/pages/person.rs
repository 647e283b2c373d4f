//! One person: who it is, for those entitled, and everything recorded, across all streams.

use axum::extract::{Path, State};
use domain::person::{Identity, Person, Sex};
use domain::personal::{PersonalText, Sealed};
use domain::values::{Known, PersonId};
use infra::access::Action;
use infra::record::Recorded;

use super::components::{Link, SummaryList, Tone, Value};
use super::laws::Laws;
use super::page::{Page, PageError, Visitor};
use super::{register, said, sentence};
use crate::problem::Problem;
use crate::state::AppState;

/// The page of a person.
pub(super) async fn get(
    State(app): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Page, PageError> {
    let person: PersonId = id.parse().map_err(|_| {
        sentence::problem(Problem::usage(
            "person",
            "id",
            "the person's id is not one: follow a link of a sentence or an order",
        ))
    })?;
    let (found, entries) = app
        .registry
        .timeline(&visitor.call, person, visitor.as_of)
        .await?;
    let entries: Vec<Recorded> = entries.into_iter().map(|entry| entry.recorded).collect();
    let laws = Laws::of(&app, &entries).await?;
    let state = match &found.state {
        Person::Unregistered => "Nothing is recorded about this person.".to_owned(),
        Person::Registered(_) => format!("{} entries concern this person.", entries.len()),
        Person::Merged { surviving } => format!("This record goes on under {surviving}."),
        Person::Expunged => "This record is expunged.".to_owned(),
    };
    let frame = visitor
        .frame(format!("Person {}", register::short(&id)))
        .kicker("Person")
        .lede(state)
        .trail(vec![Link::new(visitor.to("/sentences"), "Register")])
        .reference(id.clone());
    let page = Page::new(frame).part(&facts(&visitor, &found.state).await?);
    let history = said::history(&entries, &laws, address);
    Ok(page.heading("History").part(&history))
}

/// The thing an entry belongs to, as of that entry.
fn address(entry: &Recorded) -> String {
    format!(
        "/{}s/{}?as_of={}",
        entry.stream_type, entry.stream_id, entry.index
    )
}

async fn facts(visitor: &Visitor, person: &Person) -> Result<SummaryList, PageError> {
    let Some(known) = person.registered() else {
        return Ok(SummaryList::default());
    };
    let mut list = SummaryList::default();
    if let Some(identity) = &known.identity {
        for (key, text) in told(identity) {
            let sealed: Vec<Sealed> = text.sealed().cloned().into_iter().collect();
            let value = sentence::disclosed(visitor, Action::ReadIdentity, &sealed)
                .await?
                .pop();
            list = list.row(key, value.unwrap_or(Value::NotRecorded));
        }
    }
    let sex = match known.sex {
        Known::Value(Sex::Female) => Value::text("Female"),
        Known::Value(Sex::Male) => Value::text("Male"),
        Known::Value(Sex::Another) => Value::text("Another entry of the civil register"),
        Known::NotRecorded => Value::NotRecorded,
        Known::NotAsked => Value::NotAsked,
        Known::Declined => Value::Declined,
    };
    list = list.row("Sex as recorded", sex);
    let sealed = known.sealed.as_ref().map_or(Value::None, |basis| {
        Value::tag(format!("Sealed under {basis}"), Tone::Grave)
    });
    let contested: Vec<Value> = known
        .contested
        .iter()
        .map(|subject| Value::tag(subject.to_string(), Tone::Attention))
        .collect();
    Ok(list.row("Seal", sealed).row(
        "Contested",
        if contested.is_empty() {
            Value::None
        } else {
            Value::Many(contested)
        },
    ))
}

fn told(identity: &Identity) -> Vec<(&'static str, &PersonalText)> {
    let all = [
        ("Name", &identity.name),
        ("Date of birth", &identity.born),
        ("Number", &identity.number),
        ("Contact", &identity.contact),
    ];
    all.into_iter()
        .filter_map(|(key, text)| Some((key, text.as_ref()?)))
        .collect()
}
