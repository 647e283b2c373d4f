//! One step on a case: its form, and the command that the form becomes. A refusal shows the form again with what was
//! typed; what was recorded leads to its confirmation on the page of the case.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::act::{Finding, Refusal, Weight};
use domain::jurisdiction::Pack;
use domain::values::{Day, Instant};
use infra::access::{Action, allow};
use infra::registry::{AsOf, Checked, CommandError, Found, Kept, Options, Receipt, Wish};

use super::asked::{Wrong, with_fields};
use super::people::People;
use crate::pages::components::{Field, Form, Inset, Link, Part};
use crate::pages::page::{Page, PageError, Typed, Visitor};
use crate::pages::refusal::{in_full, written};
use crate::pages::{done, laws, said};
use crate::problem::Problem;
use crate::state::AppState;

/// What a form is asked about.
pub(in crate::pages) struct Asking<'a, S> {
    /// The case as it stands.
    pub(in crate::pages) state: &'a S,
    /// The rules in force.
    pub(in crate::pages) law: &'a Pack,
    /// The day in the jurisdiction.
    pub(in crate::pages) day: Day,
    /// What was typed.
    pub(in crate::pages) typed: &'a Typed,
    /// The account of whoever asks.
    pub(in crate::pages) by: &'a str,
}

/// A step that people take on a case.
pub(in crate::pages) trait Act: Copy + Send + 'static {
    /// The kind of case.
    type Of: Kept + Clone;

    /// Every step that has a form.
    fn all() -> impl Iterator<Item = Self>;
    /// Where cases of this kind live.
    const PATH: &'static str;
    /// The way back to the case.
    const BACK: &'static str;
    /// The word in the address.
    fn word(self) -> &'static str;
    /// The words that people read.
    fn title(self) -> &'static str;
    /// What somebody needs to be allowed.
    fn action(self) -> Action;
    /// How the case stands, in a sentence.
    fn standing(asking: &Asking<'_, Self::Of>) -> String;
    /// What stands before the fields: facts, clocks, consequences.
    fn before(self, asking: &Asking<'_, Self::Of>) -> Vec<Part>;
    /// What is asked.
    fn fields(self, asking: &Asking<'_, Self::Of>) -> Vec<Field>;
    /// The form as a command; or the field that cannot be read, and why.
    fn command(self, asking: &Asking<'_, Self::Of>, now: Instant) -> Result<Wish<Self::Of>, Wrong>;
}

fn named<A: Act>(word: &str) -> Result<A, PageError> {
    A::all()
        .find(|act| act.word() == word)
        .ok_or_else(|| PageError(Problem::no_such_address()))
}

/// The form.
pub(in crate::pages) async fn get<A: Act>(
    State(app): State<AppState>,
    visitor: Visitor,
    Path((id, word)): Path<(String, String)>,
) -> Result<Page, PageError> {
    let act: A = named(&word)?;
    allow(&visitor.call, act.action()).map_err(denied)?;
    let found: Found<A::Of> = app.registry.show(&visitor.call, &id, visitor.as_of).await?;
    page(&visitor, &id, act, &found, &Typed::empty(), Told::Nothing).await
}

/// The step.
pub(in crate::pages) async fn post<A: Act>(
    State(app): State<AppState>,
    visitor: Visitor,
    Path((id, word)): Path<(String, String)>,
    typed: Typed,
) -> Result<Response, PageError> {
    let act: A = named(&word)?;
    let found: Found<A::Of> = app.registry.show(&visitor.call, &id, AsOf::Now).await?;
    let law = laws::in_force(&app).await?;
    let now = Instant::from_micros(app.registry.clock().now_us());
    let asking = Asking {
        state: &found.state,
        law: &law,
        day: law.day(now),
        typed: &typed,
        by: visitor.call.actor.subject.as_str(),
    };
    let told = match act.command(&asking, now) {
        Ok(command) if typed.get("act") == Some(CHECK) => {
            looked::<A::Of>(&visitor, &id, command, &typed).await?
        }
        Ok(command) => match send::<A::Of>(&visitor, &id, command.clone(), &typed).await? {
            Ok(receipt) => {
                let address = format!("{}/{id}?recorded={}", A::PATH, receipt.indexes.start);
                return Ok(done::then(&app, &receipt, &address).await.into_response());
            }
            Err(mut wrong) => {
                let said = (&typed, &mut wrong);
                let besides = besides::<A::Of>(&visitor, &id, command, said).await;
                Told::Wrong(wrong, besides)
            }
        },
        Err(wrong) => Told::Wrong(wrong, Vec::new()),
    };
    let page = page(&visitor, &id, act, &found, &typed, told).await?;
    Ok(page.into_response())
}

/// The button that holds a form against the rules and records nothing.
pub(in crate::pages) const CHECK: &str = "check";

/// What a form is told when it is shown.
enum Told {
    Nothing,
    /// What is wrong in it, and what else it would be refused for.
    Wrong(Wrong, Vec<String>),
    /// It was only checked, and this would be noted with it.
    Noted(Vec<String>),
}

/// Holds a step against the rules; nothing is recorded.
async fn looked<S: Kept>(
    visitor: &Visitor,
    id: &str,
    command: Wish<S>,
    typed: &Typed,
) -> Result<Told, PageError> {
    let registry = &visitor.app.registry;
    let options = done::options(typed);
    match registry
        .check::<S>(&visitor.call, id, command, &options)
        .await
    {
        Ok(checked) => Ok(match &checked.refused {
            Some(no) => {
                let mut wrong = refused(no);
                let besides = told_besides(&checked, no.rule(), &mut wrong);
                Told::Wrong(wrong, besides)
            }
            None => Told::Noted(checked.besides().map(found_in_words).collect()),
        }),
        Err(CommandError::Refused(no)) => Ok(Told::Wrong(refused(&no), Vec::new())),
        Err(CommandError::Conflict { expected, .. }) => {
            let said = moved::<S>(visitor, id, expected).await?;
            Ok(Told::Wrong((String::new(), said), Vec::new()))
        }
        Err(other) => Err(other.into()),
    }
}

/// What a form that was checked says above its fields.
pub(in crate::pages) fn checked_in_words(noted: &[String]) -> Part {
    let mut text = "Checked: no rule stands in the way, and nothing is recorded yet.".to_owned();
    if !noted.is_empty() {
        text.push_str(" This will be noted with it: ");
        text.push_str(&noted.join("; "));
        text.push('.');
    }
    Part::Inset(Inset { text, source: None })
}

/// What else a step would be refused for, so that everything is said at once: under the same rule at the same field, the
/// rest apart.
async fn besides<S: Kept>(
    visitor: &Visitor,
    id: &str,
    command: Wish<S>,
    (typed, wrong): (&Typed, &mut Wrong),
) -> Vec<String> {
    let registry = &visitor.app.registry;
    let options = done::options(typed);
    let checked = registry
        .check::<S>(&visitor.call, id, command, &options)
        .await;
    match &checked {
        Ok(
            checked @ Checked {
                refused: Some(no), ..
            },
        ) => told_besides(checked, no.rule(), wrong),
        Ok(_) | Err(_) => Vec::new(),
    }
}

/// What else a step would be refused for: under the same rule at the same field, the rest apart.
fn told_besides<R: Refusal>(checked: &Checked<R>, rule: &str, wrong: &mut Wrong) -> Vec<String> {
    let rule = rule.to_owned();
    let besides = checked.besides();
    let critical = besides.filter(|finding| finding.weight == Weight::Critical);
    let (same, rest): (Vec<_>, Vec<_>) =
        critical.partition(|finding| finding.safeguard.as_ref() == Some(&rule));
    for finding in same {
        wrong.1 = format!("{}. {}", wrong.1, found_in_words(finding));
    }
    rest.into_iter().map(found_in_words).collect()
}

/// What stands against an act, with its rule.
pub(in crate::pages) fn found_in_words(finding: &Finding) -> String {
    let rule = finding.safeguard.as_deref().unwrap_or_default();
    format!("{} ({rule})", written(&finding.said))
}

/// Sends a command of a form. What a rule refuses comes back as the field and the words.
pub(in crate::pages) async fn send<S: Kept>(
    visitor: &Visitor,
    id: &str,
    command: Wish<S>,
    typed: &Typed,
) -> Result<Result<Receipt, Wrong>, PageError> {
    send_with::<S>(visitor, id, command, done::options(typed)).await
}

/// Sends a command with what else is to be said of it.
pub(in crate::pages) async fn send_with<S: Kept>(
    visitor: &Visitor,
    id: &str,
    command: Wish<S>,
    options: Options,
) -> Result<Result<Receipt, Wrong>, PageError> {
    let registry = &visitor.app.registry;
    let sent = registry
        .command::<S>(&visitor.call, id, command, options)
        .await;
    match sent {
        Ok(receipt) => Ok(Ok(receipt)),
        Err(CommandError::Refused(refusal)) => Ok(Err(refused(&refusal))),
        Err(CommandError::Conflict { expected, .. }) => {
            let said = moved::<S>(visitor, id, expected).await?;
            Ok(Err((String::new(), said)))
        }
        Err(CommandError::KeyReused) => Ok(Err((String::new(), SENT_BEFORE.to_owned()))),
        Err(other) => Err(other.into()),
    }
}

/// What was recorded of a case since its form was opened. What was typed is kept, and can be sent on what stands now.
async fn moved<S: Kept>(visitor: &Visitor, id: &str, seen: u64) -> Result<String, PageError> {
    let registry = &visitor.app.registry;
    let found: Found<S> = registry.show(&visitor.call, id, AsOf::Now).await?;
    let since = said::since(&found.entries, seen).unwrap_or_default();
    Ok(format!(
        "The case was changed while you were writing: {since}. Read what stands now; what you typed is kept, and is \
         recorded on what stands now when you send it again"
    ))
}

const SENT_BEFORE: &str = "This form was sent before with other answers, and what it recorded stands. Send it again \
    only to record something more; to change what was recorded, correct it";

/// A refusal as a form says it: the field, and the rule in words.
pub(in crate::pages) fn refused<R: Refusal>(refusal: &R) -> Wrong {
    let said = written(&refusal.to_string());
    (refusal.field(), format!("{said} ({})", refusal.rule()))
}

fn denied(denied: infra::access::Denied) -> PageError {
    infra::registry::ReadError::from(denied).into()
}

async fn page<A: Act>(
    visitor: &Visitor,
    id: &str,
    act: A,
    found: &Found<A::Of>,
    typed: &Typed,
    told: Told,
) -> Result<Page, PageError> {
    let law = laws::in_force(&visitor.app).await?;
    let asking = Asking {
        state: &found.state,
        law: &law,
        day: law.day(visitor.moment.instant),
        typed,
        by: visitor.call.actor.subject.as_str(),
    };
    let person = found
        .state
        .person_shown(id)
        .map(|person| person.to_string());
    let people = People::of(visitor, person.as_deref()).await?;
    let who = person.map_or_else(String::new, |person| people.name(&person));
    let case = visitor.to(&format!("{}/{id}", A::PATH));
    let frame = visitor
        .frame(act.title())
        .lede(format!("{who}. {}", A::standing(&asking)).trim_start_matches(". "))
        .trail(vec![Link::new(case.clone(), A::BACK)]);
    let guard = visitor.guard(&frame).for_version(found.version);
    let address = format!("{}/{id}/{}", A::PATH, act.word());
    let form = Form::new(address, guard, act.title()).cancel(case, "Cancel");
    let form = act.before(&asking).into_iter().fold(form, Form::part);
    let form = match &told {
        Told::Noted(noted) => form.part(checked_in_words(noted)),
        Told::Nothing | Told::Wrong(..) => form,
    };
    let (wrong, besides) = match told {
        Told::Wrong((field, said), besides) => (Some((field, in_full(&law, &said))), besides),
        Told::Nothing | Told::Noted(_) => (None, Vec::new()),
    };
    let form = with_fields(form, act.fields(&asking), wrong);
    let besides = besides.iter().map(|said| in_full(&law, said));
    let form = besides.fold(form, Form::refused);
    Ok(Page::new(frame).form(&form.also(CHECK, "Check without recording")))
}
