//! Before it is final: the proposal in words, where it lies by the guideline, what the rules say and how comparable
//! cases were decided; then one button.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::jurisdiction::Pack;
use domain::person::Person;
use domain::sentence::{Count, Decision, Sentence, SentenceCommand};
use domain::values::{Instant, Occurred, OffenceCode};
use infra::access::{Action, allow};
use infra::registry::{AsOf, CommandError, Found};

use super::check::{self, Matter};
use super::read::{Errors, when};
use super::{Draft, compare, drafted};
use crate::pages::casework::now_field;
use crate::pages::components::{Form, Link, Part, SummaryList, Value};
use crate::pages::page::{Page, PageError, Typed, Visitor};
use crate::pages::register::{offence, sentence_case, short};
use crate::pages::{done, person, said, sentence};
use crate::problem::Problem;
use crate::state::AppState;

/// The page.
pub(in crate::pages) async fn get(
    State(app): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Page, PageError> {
    allow(&visitor.call, Action::DecideSentence)?;
    let (draft, law) = drafted(&app, &visitor, id, visitor.as_of).await?;
    page(&visitor, &draft, &law, &Typed::empty(), &Errors::default()).await
}

/// Imposes the proposal unchanged, and keeps with it what was shown for comparison.
pub(in crate::pages) async fn post(
    State(app): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    typed: Typed,
) -> Result<Response, PageError> {
    allow(&visitor.call, Action::DecideSentence)?;
    let (draft, law) = drafted(&app, &visitor, id, AsOf::Now).await?;
    let mut errors = Errors::default();
    let now = Instant::from_micros(app.registry.clock().now_us());
    let pronounced = when(&typed, "pronounced", (&law, now), &mut errors);
    let seen = typed.get("version").and_then(|text| text.parse().ok());
    if let Some(since) = seen.and_then(|seen| said::since(&draft.found.entries, seen)) {
        errors.say("", format!("The proposal was changed since you opened this page ({since}). What stands now is shown below: review it again"));
    }
    if !errors.0.is_empty() {
        return Ok(page(&visitor, &draft, &law, &typed, &errors)
            .await?
            .into_response());
    }
    let case = draft.found.state.decision().map(compare::case);
    let shown = case.map(|case| compare::shown(&visitor, &law, &case, &typed));
    let command = SentenceCommand::ImposeProposed {
        pronounced,
        comparison: shown.unwrap_or_default(),
    };
    let options = done::options(&typed);
    let sent = app
        .registry
        .command::<Sentence>(&visitor.call, &draft.id, command, options)
        .await;
    match sent {
        Ok(receipt) => {
            let address = format!("/sentences/{}?recorded=1", draft.id);
            Ok(done::then(&app, &receipt, &address).await.into_response())
        }
        Err(CommandError::Refused(refusal)) => {
            errors.say("", check::said(&refusal));
            Ok(page(&visitor, &draft, &law, &typed, &errors)
                .await?
                .into_response())
        }
        Err(other) => Err(other.into()),
    }
}

async fn page(
    visitor: &Visitor,
    draft: &Draft,
    law: &Arc<Pack>,
    typed: &Typed,
    errors: &Errors,
) -> Result<Page, PageError> {
    let Some(decision) = draft.found.state.decision() else {
        return Err(PageError(Problem::no_such_address()));
    };
    let home = format!("/sentences/{}", draft.id);
    let name = sentence::name_of(&draft.id, Some(decision));
    let lede = format!("{}.", sentence_case(&decision.in_words(law)));
    let frame = visitor
        .frame("Before it is final")
        .kicker(format!("Sentence {name}"))
        .lede(lede.clone())
        .trail(vec![
            Link::new(visitor.to("/sentences"), "Register"),
            Link::new(visitor.to(&home), "Sentence"),
        ])
        .reference(name);
    let now = Instant::from_micros(visitor.app.registry.clock().now_us());
    let last = draft
        .found
        .entries
        .iter()
        .rev()
        .find(|e| said::is_proposal(e));
    let matter = Matter {
        state: &draft.found.state,
        proposed: last.map(|entry| Instant::from_micros(entry.recorded_us)),
        person: draft.person,
        born: None,
        pronounced: Occurred::At(now),
        decision,
    };
    let checked = check::check(visitor, law, &matter).await;
    let guard = visitor.guard(&frame).for_version(draft.found.version);
    let about = who(visitor, draft).await?;
    let mut parts = vec![Part::Summary(case(about, law, decision))];
    parts.extend(checked.parts());
    parts.extend(compare::parts(visitor, law, &compare::case(decision)));
    let submit = "Impose this decision";
    let form = Form::new(format!("{home}/impose"), guard, submit);
    let mut form = parts.into_iter().fold(form, Form::part);
    if checked.refused.is_some() {
        let frame = frame
            .lede(format!("{lede} It cannot be imposed yet."))
            .primary(format!("{home}/draft"), "Change the proposal");
        let form = super::ask::unplaced(form, errors);
        let page = Page::new(frame).errors(form.summary());
        return Ok(page.parts(form.parts));
    }
    if let Some(index) = visitor.moment.index {
        form = form.carry(compare::SHOWN_AT, index.to_string());
    }
    let words = ("Pronounced on", "pronounced now");
    let pronounced = now_field(typed, "pronounced", words, law).error(errors.at("pronounced"));
    form = form.heading("Pronounce it").field(pronounced);
    let form = super::ask::unplaced(form, errors);
    Ok(Page::new(frame).form(&form.cancel(format!("{home}/draft"), "Change the proposal")))
}

/// Whom the proposal concerns.
async fn who(visitor: &Visitor, draft: &Draft) -> Result<SummaryList, PageError> {
    let id = draft.person.to_string();
    let registry = &visitor.app.registry;
    let found: Found<Person> = registry.show(&visitor.call, &id, visitor.as_of).await?;
    let (name, born) = person::identified(visitor, &found.state).await?;
    Ok(SummaryList::default()
        .row("Person", name)
        .row("Born", born)
        .row(
            "Reference",
            Value::link(format!("/persons/{id}"), short(&id)),
        ))
}

/// The court, and each count with its range and where the sentence lies by it.
fn case(about: SummaryList, law: &Pack, decision: &Decision) -> SummaryList {
    let court = Value::text(law.court_title(decision.court.as_str()));
    let counts = decision.counts.iter();
    counts.fold(about.row("Court", court), |list, count| {
        let several = decision.counts.len() > 1;
        let committed = if several {
            format!("Committed, count {}", count.no)
        } else {
            "Committed".to_owned()
        };
        list.row(committed, sentence::committed(count))
            .row(format!("Count {}", count.no), by_guideline(law, count))
    })
}

fn by_guideline(law: &Pack, count: &Count) -> Value {
    let code = count.offence.code.value();
    let mut values = vec![offence(Some(law), code.map(OffenceCode::as_str))];
    let imposed = count.components.iter();
    values.extend(imposed.map(|c| Value::text(sentence_case(&c.in_words(law)))));
    if let Some(range) = &count.range {
        values.push(Value::text(sentence::range_in_words(law, range)));
    }
    values.extend(super::position(count).map(Value::text));
    Value::Many(values)
}
