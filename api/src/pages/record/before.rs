//! Before it is final: the proposal in words, where it lies by the guideline, what the rules say and how comparable
//! cases were decided; then one button.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::jurisdiction::Pack;
use domain::sentence::{Decision, Sentence, SentenceCommand};
use domain::values::{Instant, Occurred, OffenceCode};
use infra::access::{Action, allow};
use infra::registry::{AsOf, CommandError};

use super::check::{self, Matter};
use super::read::{Errors, date};
use super::{Draft, compare, drafted};
use crate::pages::components::{Form, Link, Part, SummaryList, Value};
use crate::pages::page::{Page, PageError, Typed, Visitor};
use crate::pages::register::sentence_case;
use crate::pages::{done, said, sentence};
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
    let pronounced = date(&typed, "pronounced", &mut errors);
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
        pronounced: pronounced.map_or(Occurred::At(now), Occurred::On),
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
    let frame = visitor
        .frame("Before it is final")
        .kicker(format!("Sentence {name}"))
        .lede(format!("{}.", sentence_case(&decision.in_words(law))))
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
        pronounced: Occurred::At(now),
        decision,
    };
    let checked = check::check(visitor, law, &matter).await;
    let guard = visitor.guard(&frame).for_version(draft.found.version);
    let mut form = Form::new(format!("{home}/impose"), guard, "Impose this decision")
        .part(Part::Summary(by_guideline(law, decision)));
    for part in checked.parts() {
        form = form.part(part);
    }
    for part in compare::parts(visitor, law, &compare::case(decision)) {
        form = form.part(part);
    }
    if let Some(index) = visitor.moment.index {
        form = form.carry(compare::SHOWN_AT, index.to_string());
    }
    let pronounced = super::ask::date_field(typed, "pronounced", "Pronounced on")
        .hint("Leave it empty when it is pronounced now.")
        .optional()
        .error(errors.at("pronounced"));
    form = form.heading("Pronounce it").field(pronounced);
    let form = super::ask::unplaced(form, errors);
    Ok(Page::new(frame).form(&form.cancel(format!("{home}/draft"), "Change the proposal")))
}

/// Each count with its range and where the sentence lies by it.
fn by_guideline(law: &Pack, decision: &Decision) -> SummaryList {
    decision
        .counts
        .iter()
        .fold(SummaryList::default(), |list, count| {
            let code = count.offence.code.value();
            let offence = crate::pages::register::offence(Some(law), code.map(OffenceCode::as_str));
            let mut values = vec![offence];
            let imposed = count.components.iter();
            values.extend(imposed.map(|c| Value::text(sentence_case(&c.in_words(law)))));
            if let Some(range) = &count.range {
                values.push(Value::text(sentence::range_in_words(law, range)));
            }
            values.extend(super::position(count).map(Value::text));
            list.row(format!("Count {}", count.no), Value::Many(values))
        })
}
