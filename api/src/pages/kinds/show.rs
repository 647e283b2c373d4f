//! One case: how it stands, what has to happen, what can be done, what happened.

use std::any::Any;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::extract::{Path, State};
use domain::act::Facts;
use domain::cooperation::Cooperation;
use domain::custody::{Custody, Stay};
use domain::emergency::Emergency;
use domain::facility::Facility;
use domain::jurisdiction::Pack;
use domain::personal::Sealed;
use domain::release::Release;
use domain::stream::{Clock, Listed, Stream};
use domain::values::{Instant, PersonId, SentenceId};
use infra::access::{Action, allow};
use infra::record::Recorded;
use infra::registry::{Found, Wish};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::act::acts;
use super::complained;
use super::list::waits_for;
use super::possible::is_possible;
use super::{Kind, address_word, home_of, of_event, told};
use crate::pages::casework::{Led, People, confirmation, contested, history, with_held};
use crate::pages::components::{
    Column, Details, History, Link, Panel, SummaryList, Table, Tag, Task, TaskList, Tone, Value,
    Warning,
};
use crate::pages::laws::Laws;
use crate::pages::page::{Page, PageError, Visitor, day_in_words};
use crate::pages::query::Query;
use crate::pages::{abroad, emergencies, laws, places, register, said, sentence};
use crate::state::AppState;

/// The page.
pub(super) async fn get<K: Kind>(
    State(app): State<AppState>,
    Query(led): Query<Led>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Page, PageError>
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    let found: Found<K> = app.registry.show(&visitor.call, &id, visitor.as_of).await?;
    let law = laws::of_entries(&app, &found.entries).await?;
    let told = Laws::of(&app, &found.entries).await?;
    let case = format!("{}/{id}", home_of::<K>());
    let person = found
        .state
        .person_shown(&id)
        .map(|person| person.to_string());
    let people = People::of(&visitor, person.as_deref()).await?;
    let who = person.as_deref().map(|person| people.name(person));
    let listed = found.state.listed();
    let state = listed
        .as_ref()
        .map_or("not recorded", |listed| listed.state);
    let frame = visitor
        .frame(format!("{} {}", K::ONE, register::short(&id)))
        .kicker(K::ONE)
        .lede(lede(
            who.as_deref(),
            &how_it_stands(&found.state, &law, state),
        ))
        .trail(vec![Link::new(visitor.to(&home_of::<K>()), K::PLURAL)])
        .reference(register::short(&id));
    let mut page = Page::new(frame);
    let place = home_of::<K>();
    if let Some(panel) = just_recorded(&visitor, (&place, &id), &found, &law, led).await? {
        page = page.part(&panel);
    }
    for text in weighing_now(&found.state) {
        page = page.part(&Warning { text });
    }
    let clocks = found.state.clocks(&law);
    if !clocks.is_empty() {
        let whose = whose(&visitor, &found.state).await?;
        page = page
            .part(&due(&visitor, &law, &clocks, &whose))
            .part(&why(&clocks));
    }
    let tasks = offers::<K>(&visitor, &id, &found.state, &law);
    if !tasks.tasks.is_empty() {
        page = page.heading("What can be done").part(&tasks);
    }
    let facts = facts::<K>(&visitor, &law, person.as_deref().zip(who), listed, &case);
    let facts = with_dates(&visitor, &found.state, facts);
    let facts = contested(&visitor, &id, &found, facts).await?;
    let history = history(&visitor, &found.entries, &told, &case).await?;
    let page = page.heading("The case").part(&facts);
    let page = if <K as Stream>::TYPE == <Facility as Stream>::TYPE {
        places::section(page, &visitor, &id).await?
    } else {
        page
    };
    Ok(page.heading("History").part(&history))
}

/// What was recorded a moment ago, with whoever is held on a decision that fell with it.
async fn just_recorded<K: Kind>(
    visitor: &Visitor,
    at: (&str, &str),
    found: &Found<K>,
    law: &Arc<Pack>,
    led: Led,
) -> Result<Option<Panel>, PageError>
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    let Some(panel) = confirmation(visitor, at, found, led.recorded, |entry| {
        complained::handed_in(law, at.1, entry)
    }) else {
        return Ok(None);
    };
    let mut entries = found.entries.iter();
    match entries.find(|entry| Some(entry.index) == led.recorded) {
        Some(entry) => with_held(visitor, law, panel, entry).await.map(Some),
        None => Ok(Some(panel)),
    }
}

fn facts<K: Kind>(
    visitor: &Visitor,
    law: &Pack,
    person: Option<(&str, String)>,
    listed: Option<Listed>,
    case: &str,
) -> SummaryList
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    let mut facts = SummaryList::default();
    if let Some((person, who)) = person {
        let address = visitor.to(&format!("/persons/{person}"));
        facts = facts.row("Person", Value::link(address, who));
    }
    if let Some(listed) = listed {
        let place = listed.place.unwrap_or_default();
        if let Some((list, kind)) = K::LIST.zip(listed.kind) {
            let kind = law.titled(list, kind.as_str()).to_owned();
            facts = facts.row("Kind", Value::text(kind));
        }
        facts = facts
            .row("State", Value::text(register::sentence_case(listed.state)))
            .row("Where", Value::text(law.office_title(&place)))
            .row("Since", said::occurred(listed.since));
    }
    if <K as Stream>::TYPE != Emergency::TYPE {
        return facts;
    }
    // Pages that an emergency has beside those that are made for every kind.
    let beside = [
        ("people", emergencies::EVERYBODY),
        (
            "cohort",
            "Who was screened, who left, and how many are held",
        ),
    ];
    let beside = beside.map(|(rest, words)| {
        let address = visitor.to(&format!("{case}/{rest}"));
        Value::link(address, words)
    });
    facts.row("See also", Value::Many(beside.into()))
}

/// Adds the way to the dates of the sentence that a case rests on.
fn with_dates<K: Kind>(visitor: &Visitor, case: &K, facts: SummaryList) -> SummaryList
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    match sentence_of(case) {
        Some(sentence) => {
            let address = visitor.to(&format!("/sentences/{sentence}/dates"));
            let link = Value::link(address, "Release and end, step by step");
            facts.row("Dates of the sentence", link)
        }
        None => facts,
    }
}

/// The sentence that a release is from, or on which a stay rests.
fn sentence_of<K: Kind>(case: &K) -> Option<SentenceId>
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    let case: &dyn Any = case;
    if let Some(release) = case.downcast_ref::<Release>() {
        return Some(release.recorded()?.sentence);
    }
    let stay = case.downcast_ref::<Custody>()?.begun()?;
    stay.sentence().map(|(sentence, _)| sentence)
}

/// What weighs most in a stay that goes on, before anything else.
fn weighing_now<K: Kind>(case: &K) -> Vec<String>
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    let case: &dyn Any = case;
    let stay = case.downcast_ref::<Custody>().and_then(Custody::begun);
    let found = stay.into_iter().flat_map(Stay::weighing_now);
    found
        .map(|finding| format!("{}.", register::sentence_case(&finding.said)))
        .collect()
}

/// Since when somebody is alone, in a stay that goes on.
fn alone(case: &dyn Any, law: &Pack) -> Option<String> {
    let stay = case.downcast_ref::<Custody>()?.begun()?;
    let since = law.date(stay.isolated()?.told.from);
    Some(format!("isolated since {}", day_in_words(since)))
}

/// How a case stands; of a stay also that the person is alone; of a matter with another State also which State, and by when something has to happen.
fn how_it_stands<K: Kind>(case: &K, law: &Pack, state: &str) -> String
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    let any: &dyn Any = case;
    let matter = any.downcast_ref::<Cooperation>();
    let said = matter.and_then(|matter| {
        let what = abroad::in_words(law, matter)?;
        Some(format!("{what}: {}", abroad::standing(law, matter)))
    });
    said.unwrap_or_else(|| match alone(any, law) {
        Some(alone) => format!("{state}; {alone}"),
        None => state.to_owned(),
    })
}

fn lede(who: Option<&str>, state: &str) -> String {
    let state = register::sentence_case(state);
    who.map_or_else(|| format!("{state}."), |who| format!("{who}. {state}."))
}

/// Whose each of the clocks of an emergency is, by what it waits for and which of several it is.
type Whose = BTreeMap<(&'static str, u16), Value>;

/// Whose return and whose right is waited for, where a case is about many; somebody whose record is closed to the visitor
/// is not named.
async fn whose<K: Kind>(visitor: &Visitor, case: &K) -> Result<Whose, PageError>
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    let case: &dyn Any = case;
    let declared = case
        .downcast_ref::<Emergency>()
        .and_then(Emergency::declared);
    let Some(declared) = declared else {
        return Ok(Whose::new());
    };
    let out = declared.people.iter().map(|(person, candidate)| {
        let clock = ("emergency.return", candidate.no);
        (clock, Some(*person))
    });
    let cut = declared.rights.iter();
    let cut = cut.map(|cut| (("emergency.right", cut.no), cut.told.person));
    let all: Vec<_> = out.chain(cut).collect();
    let persons: BTreeSet<PersonId> = all.iter().filter_map(|(_, person)| *person).collect();
    let people = named(visitor, &persons).await?;
    let whose = all.into_iter().map(|(clock, person)| {
        let whose = person.map_or_else(
            || Value::text("Everybody\u{2019}s"),
            |person| match people.get(&person) {
                Some(name) if name != CLOSED => {
                    Value::link(visitor.to(&format!("/persons/{person}")), name)
                }
                _ => Value::text(CLOSED),
            },
        );
        (clock, whose)
    });
    Ok(whose.collect())
}

/// What to call some people; whoever has a record that is closed to the visitor is not named.
async fn named(
    visitor: &Visitor,
    persons: &BTreeSet<PersonId>,
) -> Result<BTreeMap<PersonId, String>, PageError> {
    let registry = &visitor.app.registry;
    let closed = registry.closed_to(&visitor.call, persons).await?;
    let open: Vec<String> = persons
        .difference(&closed)
        .map(ToString::to_string)
        .collect();
    let people = People::of(visitor, open.iter().map(String::as_str)).await?;
    let named = persons.iter().map(|person| {
        let name = if closed.contains(person) {
            CLOSED.to_owned()
        } else {
            people.name(&person.to_string())
        };
        (*person, name)
    });
    Ok(named.collect())
}

/// What is said of somebody whose record is closed to whoever reads.
const CLOSED: &str = "Somebody whose record is closed to you";

/// What has to happen by a day.
fn due(visitor: &Visitor, law: &Pack, clocks: &[Clock], whose: &Whose) -> Table {
    let mut clocks: Vec<&Clock> = clocks.iter().collect();
    clocks.sort_by_key(|clock| clock.due);
    let today = law.day(visitor.moment.instant);
    let names = [
        Some("What"),
        (!whose.is_empty()).then_some("Whose"),
        Some("By"),
        Some("Whose task"),
    ];
    let columns = names.into_iter().flatten().map(Column::text).collect();
    let table = Table::new("What has to happen", columns);
    clocks.into_iter().fold(table, |table, clock| {
        let by = Value::text(day_in_words(clock.due.into()));
        let by = if clock.due < today {
            Value::Many(vec![by, Value::Tag(Tag::new("overdue", Tone::Attention))])
        } else {
            by
        };
        let whose = (!whose.is_empty()).then(|| {
            let known = whose.get(&(clock.code, clock.nth)).cloned();
            known.unwrap_or_else(|| Value::text("Everybody\u{2019}s"))
        });
        let what = Value::text(waits_for(clock.code));
        let rest = [by, Value::text(clock.role.title())];
        table.row([what].into_iter().chain(whose).chain(rest).collect())
    })
}

/// The safeguards behind what has to happen, each said once.
fn why(clocks: &[Clock]) -> Details {
    let rules: BTreeSet<&str> = clocks.iter().map(|clock| clock.safeguard).collect();
    let said = rules.into_iter().filter_map(|rule| {
        let (says, source) = domain::invariants::said_by(rule)?;
        Some(format!("{} ({source}).", register::sentence_case(says)))
    });
    Details {
        summary: "Why".to_owned(),
        paragraphs: said.collect(),
    }
}

/// The acts that the visitor may take and that the state of the case allows; none in the past.
fn offers<K: Kind>(visitor: &Visitor, id: &str, case: &K, law: &Arc<Pack>) -> TaskList
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    if visitor.moment.past {
        return TaskList::default();
    }
    let now = Instant::from_micros(visitor.app.registry.clock().now_us());
    let facts = Facts::at(now, visitor.call.actor.clone(), Arc::clone(law));
    let offered = acts::<K>().into_iter().filter(|act| !act.begins);
    let tasks = offered
        .filter(|act| allow(&visitor.call, act.action).is_ok())
        .filter(|act| is_possible(case, act, &facts))
        .map(|act| Task {
            href: Some(format!(
                "{}/{id}/{}",
                home_of::<K>(),
                address_word(&act.word)
            )),
            name: act.title,
            hint: None,
            state: None,
        });
    TaskList {
        tasks: tasks.collect(),
    }
}

/// Adds to a history what the entries of kinds tell, with the words that the visitor may read; streams that have words
/// of their own are told elsewhere.
pub(in crate::pages) async fn tell(
    visitor: &Visitor,
    entries: &[Recorded],
    laws: &Laws,
    history: &mut History,
) -> Result<(), PageError> {
    let of_kinds = entries.iter().zip(&mut history.events);
    let of_kinds: Vec<_> = of_kinds
        .filter_map(|(entry, event)| {
            let variants = of_event(&entry.event)?;
            Some((entry, event, variants, entry.event.to_value()))
        })
        .collect();
    let payloads = of_kinds.iter().map(|(.., payload)| payload);
    let sealed: Vec<Sealed> = payloads.flat_map(told::sealed).collect();
    let opened = sentence::disclosed(visitor, Action::ReadWords, &sealed).await?;
    let opened: BTreeMap<Uuid, Value> = sealed.iter().map(|s| s.id).zip(opened).collect();
    let mut persons = BTreeSet::new();
    for (entry, _, _, payload) in &of_kinds {
        // Whom a screening of many is about stands on a page of its own.
        if emergencies::told(visitor, entry).is_none() {
            told::persons(payload, &mut persons);
        }
    }
    let people = named(visitor, &persons).await?;
    for (entry, event, variants, payload) in of_kinds {
        let told = match emergencies::told(visitor, entry) {
            Some(counted) => counted,
            None => told::told(&payload, &variants, laws.at(entry), &opened, &people),
        };
        event.details.splice(0..0, told);
    }
    Ok(())
}
