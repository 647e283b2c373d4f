//! An act on a case: its form, made from what its command holds, and the command that the form becomes.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::complaint::Complaint;
use domain::stream::{FromJson, Stream};
use domain::values::{Code, Instant, Occurred};
use infra::access::{Action, allow};
use infra::registry::{AsOf, Found, Receipt, Wish};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

use super::about::{About, about, children};
use super::ask::{Asking, asked_as, place};
use super::checked;
use super::complained::{self, Fit};
use super::growing::{MADE_FOR, Step};
use super::referred;
use super::shape::{Part, Shape, Variant, variants};
use super::{Kind, address_word, home_of};
use crate::pages::casework::{CHECK, Wrong, checked_in_words, moment, send_with};
use crate::pages::components::{Form, Link, Part as FormPart};
use crate::pages::page::{Page, PageError, Typed, Visitor};
use crate::pages::query::Open;
use crate::pages::refusal::in_full;
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
    open: Open,
    visitor: Visitor,
    Path((id, word)): Path<(String, String)>,
) -> Result<Page, PageError>
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    let act = named::<K>(&word, false)?;
    let found: Found<K> = app.registry.show(&visitor.call, &id, visitor.as_of).await?;
    let typed = named_by_link(&open, &act)?;
    page::<K>(
        &visitor,
        &act,
        Some((&id, &found)),
        &typed,
        Again::default(),
    )
    .await
}

/// A link may say whom or what it is about.
fn named_by_link(open: &Open, act: &Act) -> Result<Typed, PageError> {
    let mut known: Vec<&str> = act.parts.iter().map(|part| part.name.as_str()).collect();
    if known.contains(&"about") {
        known.extend(complained::RECORD);
    }
    let asked = open.only(&known, &[])?;
    let fields = asked.fields();
    Ok(fields.fold(Typed::empty(), |typed, (name, said)| {
        typed.with(&asked_as("", name), said)
    }))
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
    match sent::<K>(&visitor, &act, Some((&id, &found)), &typed).await? {
        Sent::Recorded(receipt) => Ok(led::<K>(&visitor, &id, &receipt, None).await),
        Sent::Again(again) => {
            let page = page::<K>(&visitor, &act, Some((&id, &found)), &typed, again).await?;
            Ok(page.into_response())
        }
    }
}

/// The form that begins a case.
pub(super) async fn new<K: Kind>(
    open: Open,
    visitor: Visitor,
    Path(word): Path<String>,
) -> Result<Page, PageError>
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    let act = named::<K>(&word, true)?;
    let typed = named_by_link(&open, &act)?;
    page::<K>(&visitor, &act, None, &typed, Again::default()).await
}

/// The beginning of a case.
pub(super) async fn begin<K: Kind>(
    visitor: Visitor,
    Path(word): Path<String>,
    typed: Typed,
) -> Result<Response, PageError>
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    let act = named::<K>(&word, true)?;
    match sent::<K>(&visitor, &act, None, &typed).await? {
        Sent::Recorded(receipt) => {
            let handed = handed_in(&visitor, &typed, <K as Stream>::TYPE).await?;
            Ok(led::<K>(&visitor, &receipt.id, &receipt, handed).await)
        }
        Sent::Again(again) => {
            let page = page::<K>(&visitor, &act, None, &typed, again).await?;
            Ok(page.into_response())
        }
    }
}

/// What is said of a complaint that was handed in.
struct HandedIn {
    /// What happens next.
    next: String,
    /// Whether it is about whoever handed it in, to whom it is closed from then on (Nelson Mandela Rules 57(2)).
    closed: bool,
}

/// What is said of a complaint that was handed in, from the form alone.
async fn handed_in(
    visitor: &Visitor,
    typed: &Typed,
    stream: &str,
) -> Result<Option<HandedIn>, PageError> {
    if stream != Complaint::TYPE {
        return Ok(None);
    }
    let law = laws::chosen(&visitor.app, visitor, None).await?;
    let now = Instant::from_micros(visitor.app.registry.clock().now_us());
    let done = moment(typed, "done", &law).ok().flatten();
    let kind = typed.get("kind").and_then(|kind| Code::parse(kind).ok());
    let done = done.unwrap_or(Occurred::At(now));
    let own = visitor.call.actor.subject.as_str();
    let closed = !law.complaint.subject_reads && typed.get("subject_of") == Some(own);
    Ok(kind.map(|kind| HandedIn {
        next: complained::next(&law, &kind, done),
        closed,
    }))
}

/// Leads to the page of the case; whoever may not read cases, or this one, is told what was recorded, and under which
/// reference.
async fn led<K: Kind>(
    visitor: &Visitor,
    id: &str,
    receipt: &Receipt,
    handed: Option<HandedIn>,
) -> Response
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    let entry = receipt.indexes.start;
    let is_closed = handed.as_ref().is_some_and(|handed| handed.closed);
    if !is_closed && allow(&visitor.call, Action::ReadCase).is_ok() {
        let address = format!("{}/{id}?recorded={entry}", home_of::<K>());
        return done::then(&visitor.app, receipt, &address)
            .await
            .into_response();
    }
    let said = format!(
        "It is recorded as entry {entry}. Keep its reference: with it somebody can tell what became of it."
    );
    let frame = visitor
        .frame(format!("{} recorded", K::ONE))
        .lede(said)
        .reference(id);
    let page = match handed {
        Some(HandedIn { next, closed }) => {
            let page = Page::new(frame).text(complained::to_note(id)).text(next);
            if closed {
                page.text(complained::CLOSED)
            } else {
                page
            }
        }
        None => Page::new(frame),
    };
    page.into_response()
}

/// What became of a form.
enum Sent {
    Recorded(Receipt),
    /// It is asked again.
    Again(Again),
}

/// Why a form is asked again, and what is said with it.
#[derive(Default)]
struct Again {
    /// Each field that cannot be read or that a rule names, and why.
    wrong: Vec<Wrong>,
    /// What the rules say of a form that was only checked.
    checked: Option<Vec<String>>,
}

impl Again {
    fn wrong(wrong: Vec<Wrong>) -> Sent {
        Sent::Again(Self {
            wrong,
            checked: None,
        })
    }
}

/// Sends the command that a form becomes, to a case or to begin one; or holds it against the rules; or says all that is
/// wrong with it. A form that grows is asked again, without an error.
async fn sent<K: Kind>(
    visitor: &Visitor,
    act: &Act,
    on: Option<(&str, &Found<K>)>,
    typed: &Typed,
) -> Result<Sent, PageError>
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    let law = laws::chosen(&visitor.app, visitor, None).await?;
    let now = Instant::from_micros(visitor.app.registry.clock().now_us());
    let step = Step::of(<K as Stream>::TYPE, &act.word, typed);
    let fit = Fit::of(visitor, act, on.map(|(_, found)| found), typed).await?;
    let (named, misnamed) = match fit.sent(act, typed) {
        Ok(named) => (named, Vec::new()),
        Err(misnamed) => (typed.clone(), misnamed),
    };
    let asking = |typed| Asking {
        law: &law,
        typed,
        now: now.to_string(),
        open: step.open,
        of: (<K as Stream>::TYPE, &act.word),
    };
    let parts = step.parts(&act.parts);
    let references = asking(&named).references(&parts);
    let (named, unknown) = referred::whole(visitor, &named, &references).await?;
    let asking = asking(&named);
    let mut missing = asking.missing(&parts, "");
    missing.extend(misnamed);
    missing.extend(unknown);
    // A form that grows is filled in further; what decides how it grows has to be said.
    if step.is_growing(typed) && !step.is_first() {
        return Ok(Again::wrong(Vec::new()));
    }
    if !missing.is_empty() {
        return Ok(Again::wrong(missing));
    }
    let command = match read::<Wish<K>>(act, asking.record(&parts, "")) {
        Ok(command) => command,
        Err(wrong) => return Ok(Again::wrong(vec![wrong])),
    };
    let mut options = done::options(typed);
    // What begins is begun under the rules whose form was filled in.
    if act.begins {
        options.jurisdiction = Some(law.jurisdiction.clone());
    }
    let registry = &visitor.app.registry;
    let id = if let Some((id, _)) = on {
        id.to_owned()
    } else {
        let beginning = registry.beginning::<K>(&command).await;
        beginning.map_err(infra::registry::ReadError::from)?
    };
    if typed.get("act") == Some(CHECK) {
        let looked = checked::look::<K>(visitor, &id, command, &options).await?;
        let (wrong, noted) = looked.told(typed);
        let checked = wrong.is_empty().then_some(noted);
        return Ok(Sent::Again(Again { wrong, checked }));
    }
    match send_with::<K>(visitor, &id, command.clone(), options.clone()).await? {
        Ok(receipt) => Ok(Sent::Recorded(receipt)),
        Err(first) => {
            let looked = checked::look::<K>(visitor, &id, command, &options).await?;
            let (wrong, _) = looked.told(typed);
            // What was refused for another reason than a rule is said alone.
            let is_refused = wrong.iter().any(|(_, said)| *said == first.1);
            Ok(Again::wrong(if is_refused { wrong } else { vec![first] }))
        }
    }
}

fn read<C: FromJson>(act: &Act, record: Json) -> Result<C, Wrong> {
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

#[expect(
    clippy::too_many_lines,
    reason = "the form from its first part to its last"
)]
async fn page<K: Kind>(
    visitor: &Visitor,
    act: &Act,
    on: Option<(&str, &Found<K>)>,
    typed: &Typed,
    again: Again,
) -> Result<Page, PageError>
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    allow(&visitor.call, act.action).map_err(infra::registry::ReadError::from)?;
    let law = match on {
        Some((_, found)) => laws::of_entries(&visitor.app, &found.entries).await?,
        None => laws::chosen(&visitor.app, visitor, None).await?,
    };
    let About {
        case,
        to,
        back,
        lede,
    } = about::<K>(visitor, on, typed).await?;
    let frame = visitor
        .frame(act.title.clone())
        .lede(lede)
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
    let step = Step::of(<K as Stream>::TYPE, &act.word, typed);
    let asking = Asking {
        law: &law,
        typed,
        now: String::new(),
        open: step.open,
        of: (<K as Stream>::TYPE, &act.word),
    };
    let fit = Fit::of(visitor, act, on.map(|(_, found)| found), typed).await?;
    let submit = if step.is_first() {
        "Continue".to_owned()
    } else {
        act.title.clone()
    };
    let form = Form::new(address, guard, submit).cancel(to, "Cancel");
    let children = on.and_then(|(_, found)| children(&found.state, act));
    let form = children
        .into_iter()
        .map(FormPart::Text)
        .fold(form, Form::part);
    let noted = again.checked.iter().map(|noted| {
        let noted: Vec<String> = noted.iter().map(|said| in_full(&law, said)).collect();
        checked_in_words(&noted)
    });
    let form = noted.fold(form, Form::part);
    let form = fit.said().fold(form, Form::part);
    let wrong = again.wrong.into_iter();
    let wrong = wrong.map(|(field, said)| (field, in_full(&law, &said)));
    let form = asked(form, &asking, (&step, &fit), act, wrong.collect());
    let form = match fit.button() {
        Some((act, words)) => form.also(act, words),
        None => form,
    };
    let form = if step.is_first() {
        form
    } else {
        form.also(CHECK, "Check without recording")
    };
    Ok(Page::new(frame).form(&form))
}

/// A form with what is asked at its step, each error at the field that it is about, and buttons for more room.
fn asked(
    form: Form,
    asking: &Asking<'_>,
    (step, fit): (&Step, &Fit),
    act: &Act,
    wrong: Vec<Wrong>,
) -> Form {
    let asked = fit.parts(step.parts(&act.parts));
    let mut parts = asking.parts(&asked, "");
    fit.fields(&mut parts);
    let mut refused = Vec::new();
    for (field, said) in wrong {
        match place(&parts, &field).and_then(|nth| parts.get_mut(nth)) {
            Some(FormPart::Field(field)) if field.error.is_none() => field.error = Some(said),
            _ => refused.push(said),
        }
    }
    let form = parts.into_iter().fold(form, Form::part);
    let form = refused.into_iter().fold(form, Form::refused);
    let form = match &step.made_for {
        Some(answers) => form.carry(MADE_FOR, answers.clone()),
        None => form,
    };
    asking.rooms(&asked, "").iter().fold(form, |form, room| {
        let (name, size) = room.carried();
        let form = form.carry(name, size);
        match room.button() {
            Some((act, words)) => form.also(act, words),
            None => form,
        }
    })
}
