//! One person: who it is, for those entitled, what may be recorded, and everything that is, across all streams.

mod acts;
mod children;
pub(super) mod find;
pub(super) mod register;
pub(super) mod sheet;

use std::collections::BTreeSet;

use axum::extract::{Path, State};
use domain::jurisdiction::{Pack, title};
use domain::person::{Identity, Person, PersonEvent, Registered, Sex};
use domain::personal::{PersonalText, Sealed};
use domain::record::AnyEvent;
use domain::values::{Code, Known, PersonId};
use infra::access::{Action, allow};
use infra::record::Recorded;
use infra::registry::{ListedSentence, RegisterQuery};
use serde::Deserialize;

pub(super) use self::acts::{get as act, post as acted};
pub(super) use self::children::of_child;
use super::components::{Column, History, Link, Panel, Proof, SummaryList, Table, Tone, Value};
use super::laws::{self, Books, Laws};
use super::page::{Page, PageError, Visitor, day_in_words};
use super::{kinds, register as sentences, said, sentence};
use crate::pages::query::Query;
use crate::pages::register::short;
use crate::problem::Problem;
use crate::state::AppState;
use crate::v1::kinds::path;

/// What led to the page.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Led {
    recorded: Option<String>,
}

/// The page of a person.
pub(super) async fn get(
    State(app): State<AppState>,
    Query(led): Query<Led>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Page, PageError> {
    let person = parsed(&id)?;
    let (found, entries) = app
        .registry
        .timeline(&visitor.call, person, visitor.as_of)
        .await?;
    let entries: Vec<Recorded> = entries.into_iter().map(|entry| entry.recorded).collect();
    let laws = Laws::of(&app, &entries).await?;
    let law = laws::of_entries(&app, &found.entries).await?;
    let name = short(&id);
    let decided = decided(&app, &visitor, person).await?;
    let cases = kinds::of_person(&visitor, person, &entries, &laws).await?;
    let said = [state(&found.state, decided.len())].into_iter();
    let said: Vec<String> = said.chain(cases.abroad).collect();
    let mut frame = visitor
        .frame(format!("Person {name}"))
        .kicker("Person")
        .lede(said.join(" "))
        .trail(vec![Link::new(visitor.to("/sentences"), "Register")])
        .reference(short(&id));
    let may = |action| allow(&visitor.call, action).is_ok();
    if may(Action::HandSheet) {
        let page = Link::new(visitor.to(&format!("/persons/{id}")), "Person").current();
        let sheet = visitor.to(&format!("/persons/{id}/sheet"));
        frame = frame.siblings(vec![page, Link::new(sheet, "Sheet for the person")]);
    }
    if found.state.registered().is_some() && may(Action::ProposeSentence) {
        frame = frame.primary(format!("/sentences/new?person={id}"), "Record a decision");
    }
    let mut page = Page::new(frame);
    if led.recorded.is_some() && !visitor.moment.past {
        let panel = confirmation(&id, &found.entries);
        page = page.part(&with_duplicates(&visitor, &id, &found.entries, panel).await?);
    }
    page = page.part(&facts(&visitor, &id, &law, &found.state).await?);
    let mut acts = acts::offered(&visitor, &id, &found.state);
    if found.state.registered().is_some() {
        acts = kinds::beginnings(&visitor, &id, acts);
    }
    if !acts.rows.is_empty() {
        page = page.heading("What may be recorded").part(&acts);
    }
    let is_contested = found
        .state
        .registered()
        .is_some_and(|known| known.contests_any("sentence"));
    page = page
        .heading("Sentences")
        .part(&decisions(&app, &visitor, &decided, is_contested).await?);
    if let Some(table) = &cases.table {
        page = page.heading("Cases").part(table);
    }
    let mut history = said::history_for(&visitor, &entries, &laws, address).await?;
    kinds::tell(&visitor, &entries, &laws, &mut history).await?;
    if let Some(known) = found.state.registered() {
        mark_contested(known, &entries, &mut history);
    }
    Ok(page.heading("History").part(&history))
}

#[expect(
    clippy::result_large_err,
    reason = "the error of every page, made once a request at most"
)]
fn parsed(id: &str) -> Result<PersonId, PageError> {
    id.parse().map_err(|_| PageError(Problem::no_number(id)))
}

/// Says of each entry that tells what the person contests, and of each of such a record, that it is contested.
fn mark_contested(known: &Registered, entries: &[Recorded], history: &mut History) {
    for (entry, event) in entries.iter().zip(&mut history.events) {
        let told = match &entry.event {
            AnyEvent::Person(event) => tells(event, &known.contested),
            _ => known.contests_any(&entry.stream_type),
        };
        if told {
            event.details.insert(0, ("State".to_owned(), contested()));
        }
    }
}

/// Whether an entry of the person's own record tells something that is contested.
fn tells(event: &PersonEvent, contested: &BTreeSet<Code>) -> bool {
    let subjects: &[&str] = match event {
        PersonEvent::Registered(_) => &["identity", "sex"],
        PersonEvent::IdentityRecorded(_) => &["identity"],
        PersonEvent::AttributesCorrected(_) => &["sex"],
        PersonEvent::CircumstancesRecorded(_) | PersonEvent::ChildrenRecorded { .. } => {
            &["circumstances"]
        }
        PersonEvent::DataContested(contest) => return contested.contains(&contest.subject),
        PersonEvent::ConsentGiven { .. }
        | PersonEvent::ConsentWithdrawn { .. }
        | PersonEvent::ContestSettled(_)
        | PersonEvent::RecordSealed(_)
        | PersonEvent::RecordUnsealed(_)
        | PersonEvent::HoldPlaced { .. }
        | PersonEvent::HoldLifted(_)
        | PersonEvent::DataErased(_)
        | PersonEvent::Expunged(_)
        | PersonEvent::Merged { .. } => &[],
    };
    contested
        .iter()
        .any(|code| subjects.contains(&code.as_str()))
}

/// What is contested says so until it is settled.
pub(super) fn contested() -> Value {
    Value::tag("Contested", Tone::Attention)
}

/// A value, and that it is contested where the person contests its subject.
fn as_contested(known: &Registered, subject: &str, value: Value) -> Value {
    if known.contested.iter().any(|code| code.as_str() == subject) {
        Value::Many(vec![value, contested()])
    } else {
        value
    }
}

fn state(person: &Person, decisions: usize) -> String {
    match person {
        Person::Unregistered => "Nothing is recorded about this person.".to_owned(),
        Person::Registered(_) => match decisions {
            0 => "No sentence concerns this person.".to_owned(),
            1 => "One sentence concerns this person.".to_owned(),
            several => format!("{several} sentences concern this person."),
        },
        Person::Merged { surviving } => format!("This record goes on under {surviving}."),
        Person::Expunged => "This record is expunged.".to_owned(),
    }
}

fn confirmation(id: &str, entries: &[Recorded]) -> Panel {
    let entry = entries.last().map_or(0, |entry| entry.index);
    Panel {
        title: entries.last().map_or_else(String::new, said::title_of),
        reference: short(id),
        proof: Proof::Recorded {
            entry,
            href: format!("/persons/{id}?as_of={entry}"),
        },
        next: Vec::new(),
        links: Vec::new(),
    }
}

/// Says who else is registered with the same name and date of birth, where a name was just recorded. It is no refusal: two
/// people may share both.
async fn with_duplicates(
    visitor: &Visitor,
    id: &str,
    entries: &[Recorded],
    panel: Panel,
) -> Result<Panel, PageError> {
    let last = entries.last().map(|entry| entry.event.name());
    let naming = ["person.registered", "person.identity_recorded"];
    let was_named = last.is_some_and(|last| naming.contains(&last));
    if !was_named {
        return Ok(panel);
    }
    duplicates(visitor, parsed(id)?, panel).await
}

/// Who else bears the name and the date of birth of somebody, for those who may read them.
pub(super) async fn duplicates(
    visitor: &Visitor,
    id: PersonId,
    mut panel: Panel,
) -> Result<Panel, PageError> {
    if allow(&visitor.call, Action::ReadIdentity).is_err() {
        return Ok(panel);
    }
    let registry = &visitor.app.registry;
    let others = registry.possible_duplicates(&visitor.call, id).await?;
    if !others.is_empty() {
        panel
            .next
            .push(format!("{SAME_NAME}; if it is, merge the two records."));
    }
    let links = others.into_iter().map(|other| {
        let link = possible_duplicate(visitor, other);
        Link::new(link.href, format!("Possible duplicate: {}", link.text))
    });
    panel.links.extend(links);
    Ok(panel)
}

/// What is said where two people share a name and a date of birth; what to do follows.
pub(super) const SAME_NAME: &str = "Somebody is registered with the same name and date of birth. \
                                    Look whether it is the same person before anything else is recorded";

/// The way to somebody who may be the same person.
pub(super) fn possible_duplicate(visitor: &Visitor, other: PersonId) -> Link {
    let words = format!("Person {}", short(&other.to_string()));
    Link::new(visitor.to(&format!("/persons/{other}")), words)
}

/// The thing an entry belongs to, as of that entry.
fn address(entry: &Recorded) -> String {
    let path = path(&entry.stream_type);
    format!("/{path}/{}?as_of={}", entry.stream_id, entry.index)
}

async fn facts(
    visitor: &Visitor,
    id: &str,
    law: &Pack,
    person: &Person,
) -> Result<SummaryList, PageError> {
    let mut list = SummaryList::default()
        .row("Reference", Value::name(short(id)))
        .row("Number in full", Value::name(id));
    if let Person::Merged { surviving } = person {
        let goes_on = visitor.to(&format!("/persons/{surviving}"));
        list = list.row("Goes on under", Value::link(goes_on, surviving.to_string()));
    }
    let Some(known) = person.registered() else {
        return Ok(list);
    };
    if let Some(identity) = &known.identity {
        for (key, text) in told(identity) {
            let sealed: Vec<Sealed> = text.sealed().cloned().into_iter().collect();
            let opened = sentence::disclosed(visitor, Action::ReadIdentity, &sealed).await?;
            let value = opened.into_iter().next().map_or(Value::NotRecorded, dated);
            list = list.row(key, as_contested(known, "identity", value));
        }
    }
    let sees = sentence::sees_special(visitor);
    let asked = |value| as_contested(known, "circumstances", value);
    list = list
        .row(
            "Sex as recorded",
            as_contested(known, "sex", sex(known.sex)),
        )
        .row(
            "Dependent children",
            asked(dependent(known.dependent_children, sees)),
        );
    list = children::told(list, known, law, sees);
    for (code, answer) in &known.circumstances {
        let (key, value) = circumstance(Some(law), code, answer, sees);
        list = list.row(key, asked(value));
    }
    Ok(standing(list, known))
}

/// Consents, contests, seal and holds, as far as there are any.
fn standing(list: SummaryList, known: &Registered) -> SummaryList {
    let row = |list: SummaryList, key: &str, codes: Vec<String>, tone: Tone| {
        if codes.is_empty() {
            return list;
        }
        let tags = codes.into_iter().map(|code| Value::tag(code, tone));
        list.row(key, Value::Many(tags.collect()))
    };
    let named = |codes: &BTreeSet<Code>| codes.iter().map(ToString::to_string).collect::<Vec<_>>();
    let sealed = known
        .sealed
        .iter()
        .map(|basis| format!("Sealed under {basis}"));
    let list = row(
        list,
        "Consents that stand",
        named(&known.consents),
        Tone::Good,
    );
    let contested = known.contested.iter().map(Code::as_str);
    let contested = contested.map(acts::subject_title).collect();
    let list = row(list, "Contested", contested, Tone::Attention);
    let list = row(list, "Seal", sealed.collect(), Tone::Grave);
    row(list, "Legal holds", named(&known.held), Tone::Attention)
}

/// Name and date of birth, opened in one look for those who may read them.
pub(super) async fn identified(
    visitor: &Visitor,
    person: &Person,
) -> Result<(Value, Value), PageError> {
    let identity = person
        .registered()
        .and_then(|known| known.identity.as_ref());
    let sealed = |text: fn(&Identity) -> Option<&PersonalText>| {
        identity
            .and_then(text)
            .and_then(PersonalText::sealed)
            .cloned()
    };
    let name = sealed(|identity| identity.name.as_ref());
    let born = sealed(|identity| identity.born.as_ref());
    let both: Vec<Sealed> = name.iter().chain(&born).cloned().collect();
    let opened = sentence::disclosed(visitor, Action::ReadIdentity, &both).await?;
    let mut opened = opened.into_iter();
    let name = name.and_then(|_| opened.next());
    let born = born.and_then(|_| opened.next()).map(dated);
    Ok((
        name.unwrap_or(Value::NotRecorded),
        born.unwrap_or(Value::NotRecorded),
    ))
}

/// A date of birth is stored as 1990-05-03 and read as 3 May 1990.
fn dated(value: Value) -> Value {
    match value {
        Value::Name(text) => match text.parse() {
            Ok(date) => Value::moment(text, day_in_words(date)),
            Err(_) => Value::Name(text),
        },
        other => other,
    }
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

/// Sex as recorded, in words.
pub(super) fn sex_in_words(sex: Known<Sex>) -> String {
    match sex {
        Known::Value(Sex::Female) => "Female",
        Known::Value(Sex::Male) => "Male",
        Known::Value(Sex::Another) => "Another entry of the civil register",
        Known::NotRecorded => "Not recorded",
        Known::NotAsked => "Not asked",
        Known::Declined => "Declined to say",
    }
    .to_owned()
}

fn sex(sex: Known<Sex>) -> Value {
    match sex {
        Known::Value(_) => Value::text(sex_in_words(sex)),
        Known::NotRecorded => Value::NotRecorded,
        Known::NotAsked => Value::NotAsked,
        Known::Declined => Value::Declined,
    }
}

/// An answer about the person's circumstances, in the words of the rules; special categories only for those they are
/// for.
pub(super) fn circumstance(
    law: Option<&Pack>,
    code: &Code,
    answer: &Known<Code>,
    sees_special: bool,
) -> (String, Value) {
    let rule = law.and_then(|law| law.sentencing.circumstance(code));
    let key = rule.map_or_else(|| code.to_string(), |rule| rule.title.clone());
    if rule.is_some_and(|rule| rule.special) && !sees_special {
        return (key, Value::text(sentence::WITHHELD));
    }
    let value = match answer {
        Known::NotRecorded => Value::NotRecorded,
        Known::NotAsked => Value::NotAsked,
        Known::Declined => Value::Declined,
        Known::Value(value) => Value::text(match rule {
            Some(rule) => title(&rule.values, value.as_str()),
            None => value.as_str(),
        }),
    };
    (key, value)
}

/// How many children depend on the person; a special category.
pub(super) fn dependent(dependent: Known<u8>, sees_special: bool) -> Value {
    match dependent {
        Known::NotRecorded => Value::NotRecorded,
        Known::NotAsked | Known::Declined | Known::Value(_) if !sees_special => {
            Value::text(sentence::WITHHELD)
        }
        Known::NotAsked => Value::NotAsked,
        Known::Declined => Value::Declined,
        Known::Value(children) => Value::count(u64::from(children)),
    }
}

/// The person's decisions, newest first.
async fn decided(
    app: &AppState,
    visitor: &Visitor,
    person: PersonId,
) -> Result<Vec<ListedSentence>, PageError> {
    let query = RegisterQuery {
        as_of: visitor.as_of,
        person: Some(person),
        limit: 100,
        ..RegisterQuery::default()
    };
    Ok(app.registry.sentences(&visitor.call, &query).await?.rows)
}

async fn decisions(
    app: &AppState,
    visitor: &Visitor,
    decided: &[ListedSentence],
    is_contested: bool,
) -> Result<Table, PageError> {
    let books = Books::adopted(app).await?;
    let columns = ["Sentence", "Decision", "Offence", "Decided", "State"].map(Column::text);
    let table = Table::new("Sentences", columns.into())
        .quiet_caption()
        .empty("No sentence concerns this person.");
    Ok(decided.iter().fold(table, |table, row| {
        let law = books.of(&row.jurisdiction);
        let state = Value::tag(
            sentences::sentence_case(&row.state),
            sentences::tone(&row.state),
        );
        table.row(vec![
            sentences::link(visitor, row),
            Value::text(sentences::sentence_case(&row.summary)),
            sentences::offence(law, row.offence.as_deref()),
            sentences::decided(row.decided.as_deref()),
            if is_contested {
                Value::Many(vec![state, contested()])
            } else {
                state
            },
        ])
    }))
}
