//! An act on a case: its form, made from what its command holds, and the command that the form becomes.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::jurisdiction::Pack;
use domain::stream::FromJson;
use domain::values::Instant;
use infra::access::{Action, allow};
use infra::registry::{AsOf, Found, Receipt, Wish};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

use super::ask::{Asking, place};
use super::shape::{Part, Shape, Variant, variants};
use super::{Kind, address_word, home_of};
use crate::pages::casework::{People, Wrong, send_with};
use crate::pages::components::{Form, Link, Part as FormPart};
use crate::pages::page::{Page, PageError, Typed, Visitor};
use crate::pages::{done, laws, register};
use crate::problem::Problem;
use crate::request;
use crate::state::AppState;

/// An act.
pub(super) struct Act {
    pub(super) word: String,
    pub(super) title: String,
    pub(super) parts: Vec<Part>,
    pub(super) action: Action,
    /// Whether it begins a case.
    pub(super) begins: bool,
}

/// Every act on a kind of case.
pub(super) fn acts<K: Kind>() -> Vec<Act>
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    let all = variants::<Wish<K>>();
    all.iter().filter_map(act::<K>).collect()
}

/// The acts that begin a case.
pub(super) fn beginnings<K: Kind>() -> Vec<Act>
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    let all = acts::<K>().into_iter();
    all.filter(|act| act.begins).collect()
}

fn act<K: Kind>(variant: &Variant) -> Option<Act>
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    let Some(Shape::Record(parts)) = &variant.holds else {
        return None;
    };
    Some(Act {
        action: K::action_named(&variant.word)?,
        begins: K::BEGINS.contains(&variant.word.as_str()),
        word: variant.word.clone(),
        title: variant.title.clone(),
        parts: parts.clone(),
    })
}

fn named<K: Kind>(word: &str, begins: bool) -> Result<Act, PageError>
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    let found = acts::<K>().into_iter();
    found
        .filter(|act| act.begins == begins)
        .find(|act| address_word(&act.word) == word)
        .ok_or_else(|| PageError(Problem::no_such_address()))
}

/// The form of an act on a case.
pub(super) async fn get<K: Kind>(
    State(app): State<AppState>,
    visitor: Visitor,
    Path((id, word)): Path<(String, String)>,
) -> Result<Page, PageError>
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    let act = named::<K>(&word, false)?;
    let found: Found<K> = app.registry.show(&visitor.call, &id, visitor.as_of).await?;
    page::<K>(&visitor, &act, Some((&id, &found)), &Typed::empty(), None).await
}

/// The act.
pub(super) async fn post<K: Kind>(
    State(app): State<AppState>,
    visitor: Visitor,
    Path((id, word)): Path<(String, String)>,
    typed: Typed,
) -> Result<Response, PageError>
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    let act = named::<K>(&word, false)?;
    let found: Found<K> = app.registry.show(&visitor.call, &id, AsOf::Now).await?;
    match sent::<K>(&visitor, &act, Some(&id), &typed).await? {
        Ok(receipt) => Ok(led::<K>(&app, &id, &receipt).await),
        Err(wrong) => {
            let page = page::<K>(&visitor, &act, Some((&id, &found)), &typed, Some(wrong)).await?;
            Ok(page.into_response())
        }
    }
}

/// The form that begins a case.
pub(super) async fn new<K: Kind>(
    visitor: Visitor,
    Path(word): Path<String>,
) -> Result<Page, PageError>
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    let act = named::<K>(&word, true)?;
    // A link may say whom or what it is about.
    let typed = act.parts.iter().fold(Typed::empty(), |typed, part| {
        match visitor.asked(&part.name) {
            Some(said) => typed.with(&part.name, said),
            None => typed,
        }
    });
    page::<K>(&visitor, &act, None, &typed, None).await
}

/// The beginning of a case.
pub(super) async fn begin<K: Kind>(
    State(app): State<AppState>,
    visitor: Visitor,
    Path(word): Path<String>,
    typed: Typed,
) -> Result<Response, PageError>
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    let act = named::<K>(&word, true)?;
    match sent::<K>(&visitor, &act, None, &typed).await? {
        Ok(receipt) => Ok(led::<K>(&app, &receipt.id, &receipt).await),
        Err(wrong) => {
            let page = page::<K>(&visitor, &act, None, &typed, Some(wrong)).await?;
            Ok(page.into_response())
        }
    }
}

async fn led<K: Kind>(app: &AppState, id: &str, receipt: &Receipt) -> Response
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    let address = format!("{}/{id}?recorded={}", home_of::<K>(), receipt.indexes.start);
    done::then(app, receipt, &address).await.into_response()
}

/// Sends the command that a form becomes, to a case or to begin one; or the field that cannot be read or that a rule names, and why.
async fn sent<K: Kind>(
    visitor: &Visitor,
    act: &Act,
    id: Option<&str>,
    typed: &Typed,
) -> Result<Result<Receipt, Wrong>, PageError>
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    let law = laws::chosen(&visitor.app, visitor, None).await?;
    let now = Instant::from_micros(visitor.app.registry.clock().now_us());
    let asking = Asking {
        law: &law,
        typed,
        now: now.to_string(),
    };
    let record = asking.record(&act.parts, "");
    match read::<Wish<K>>(act, record) {
        Ok(command) => {
            let mut options = done::options(typed);
            // What begins is begun under the rules whose form was filled in.
            if act.begins {
                options.jurisdiction = Some(law.jurisdiction.clone());
            }
            let registry = &visitor.app.registry;
            let id = if let Some(id) = id {
                id.to_owned()
            } else {
                let beginning = registry.beginning::<K>(&command).await;
                beginning.map_err(infra::registry::ReadError::from)?
            };
            send_with::<K>(visitor, &id, command, options).await
        }
        Err(wrong) => Ok(Err(wrong)),
    }
}

fn read<C: FromJson>(act: &Act, record: Json) -> Result<C, Wrong> {
    let missing = act
        .parts
        .iter()
        .find(|part| part.is_required && record.get(&part.name).is_none());
    if let Some(part) = missing {
        let said = format!("{}: fill this in", part.label);
        return Err((part.name.clone(), said));
    }
    let command = json!({ act.word.clone(): record });
    request::read(&command.to_string()).map_err(|(path, said)| {
        let field = path
            .split_once('.')
            .map_or("", |(_, field)| field)
            .to_owned();
        let said = register::sentence_case(&said);
        (field, said)
    })
}

async fn page<K: Kind>(
    visitor: &Visitor,
    act: &Act,
    on: Option<(&str, &Found<K>)>,
    typed: &Typed,
    wrong: Option<Wrong>,
) -> Result<Page, PageError>
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    allow(&visitor.call, act.action).map_err(infra::registry::ReadError::from)?;
    let law = match on {
        Some((_, found)) => laws::of_entries(&visitor.app, &found.entries).await?,
        None => laws::chosen(&visitor.app, visitor, None).await?,
    };
    let (case, back, who) = match on {
        Some((id, found)) => {
            let person = found
                .state
                .person_shown(id)
                .map(|person| person.to_string());
            let people = People::of(visitor, person.as_deref()).await?;
            let who = person.map_or_else(String::new, |person| people.name(&person));
            let state = found.state.listed().map_or("", |listed| listed.state);
            let lede = format!("{who}. {}.", register::sentence_case(state));
            (format!("{}/{id}", home_of::<K>()), "Back to the case", lede)
        }
        None => (home_of::<K>(), K::PLURAL, String::new()),
    };
    let to = visitor.to(&case);
    let frame = visitor
        .frame(act.title.clone())
        .lede(who.trim_start_matches(". "))
        .trail(vec![Link::new(to.clone(), back)]);
    let (guard, address) = match on {
        Some((_, found)) => (
            visitor.guard(&frame).for_version(found.version),
            format!("{case}/{}", address_word(&act.word)),
        ),
        None => (
            visitor.guard(&frame),
            format!("{case}/new/{}", address_word(&act.word)),
        ),
    };
    let asked = asked(act, &law, typed, wrong);
    let form = Form::new(address, guard, act.title.clone()).cancel(to, "Cancel");
    Ok(Page::new(frame).form(&asked.into_form(form)))
}

/// The parts of a form, and an error that no field is meant by.
struct Asked {
    parts: Vec<FormPart>,
    refused: Option<String>,
}

impl Asked {
    fn into_form(self, form: Form) -> Form {
        let form = self.parts.into_iter().fold(form, Form::part);
        match self.refused {
            Some(said) => form.refused(said),
            None => form,
        }
    }
}

fn asked(act: &Act, law: &Pack, typed: &Typed, wrong: Option<Wrong>) -> Asked {
    let asking = Asking {
        law,
        typed,
        now: String::new(),
    };
    let mut parts = asking.parts(&act.parts, "");
    let Some((field, said)) = wrong else {
        return Asked {
            parts,
            refused: None,
        };
    };
    let found = place(&parts, &field).and_then(|nth| parts.get_mut(nth));
    match found {
        Some(FormPart::Field(field)) => {
            field.error = Some(said);
            Asked {
                parts,
                refused: None,
            }
        }
        _ => Asked {
            parts,
            refused: Some(said),
        },
    }
}
