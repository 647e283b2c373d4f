//! Changing what was recorded of a contact: filled with what stands, and one reason.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::supervision::{
    Contact, ContactKind, ContactOutcome, CorrectContact, Supervision, SupervisionCommand,
};
use domain::values::{ContactNo, Enforceable, Instant, Known, Occurred};
use infra::access::{Action, allow};
use infra::registry::{AsOf, Found, ReadError};

use super::ask;
use super::show::started;
use crate::pages::casework::{People, Wrong, chosen, coded, known, send, with_fields, words};
use crate::pages::components::{Form, Link};
use crate::pages::page::{Page, PageError, Typed, Visitor, day_in_words};
use crate::pages::{done, laws};
use crate::problem::Problem;
use crate::state::AppState;

/// The form, filled with what stands.
pub(super) async fn get(
    State(app): State<AppState>,
    visitor: Visitor,
    Path((id, number)): Path<(String, String)>,
) -> Result<Page, PageError> {
    allow(&visitor.call, Action::RunSupervision).map_err(ReadError::from)?;
    let found = app.registry.show(&visitor.call, &id, visitor.as_of).await?;
    let typed = standing(contact(&found, &number)?.1);
    page(&visitor, &id, &number, &found, &typed, None).await
}

/// Records the correction.
pub(super) async fn post(
    State(app): State<AppState>,
    visitor: Visitor,
    Path((id, number)): Path<(String, String)>,
    typed: Typed,
) -> Result<Response, PageError> {
    let found = app.registry.show(&visitor.call, &id, AsOf::Now).await?;
    let (no, _) = contact(&found, &number)?;
    let now = Instant::from_micros(app.registry.clock().now_us());
    let wrong = match correction(&typed, no, now) {
        Ok(correction) => {
            let command = SupervisionCommand::CorrectContact(correction);
            match send::<Supervision>(&visitor, &id, command, &typed).await? {
                Ok(receipt) => {
                    let address = format!("/supervisions/{id}?recorded={}", receipt.indexes.start);
                    return Ok(done::then(&app, &receipt, &address).await.into_response());
                }
                Err(wrong) => wrong,
            }
        }
        Err(wrong) => wrong,
    };
    let page = page(&visitor, &id, &number, &found, &typed, Some(wrong)).await?;
    Ok(page.into_response())
}

fn contact<'a>(
    found: &'a Found<Supervision>,
    number: &str,
) -> Result<(ContactNo, &'a Contact), PageError> {
    let no = number.parse().ok();
    let contact = no.and_then(|no| Some((no, started(found).ok()?.contacts.get(&no)?)));
    contact.ok_or_else(|| PageError(Problem::no_such_address()))
}

/// What stands, as if it had been typed.
fn standing(contact: &Contact) -> Typed {
    let kind = match contact.kind {
        ContactKind::InPerson => "in_person",
        ContactKind::Telephone => "telephone",
        ContactKind::Video => "video",
        ContactKind::Written => "written",
        ContactKind::HomeVisit => "home_visit",
    };
    let outcome = match contact.outcome {
        ContactOutcome::Attempted => "attempted",
        ContactOutcome::Completed => "completed",
        ContactOutcome::Missed => "missed",
    };
    let typed = Typed::empty().with("kind", kind).with("outcome", outcome);
    match contact.enforceable {
        Known::Value(Enforceable::Yes) => typed.with("enforceable", "yes"),
        Known::Value(Enforceable::No) => typed.with("enforceable", "no"),
        Known::NotRecorded | Known::NotAsked | Known::Declined => typed,
    }
}

fn correction(typed: &Typed, contact: ContactNo, now: Instant) -> Result<CorrectContact, Wrong> {
    Ok(CorrectContact {
        contact,
        kind: chosen(typed, "kind", "Choose how contact was made")?,
        outcome: chosen(typed, "outcome", "Choose what came of it")?,
        enforceable: known(typed, "enforceable")?,
        reason: chosen(typed, "reason", "Choose the reason")?,
        done: Occurred::At(now),
        note: words(typed, "note"),
    })
}

async fn page(
    visitor: &Visitor,
    id: &str,
    number: &str,
    found: &Found<Supervision>,
    typed: &Typed,
    wrong: Option<Wrong>,
) -> Result<Page, PageError> {
    let law = laws::in_force(&visitor.app).await?;
    let (no, contact) = contact(found, number)?;
    let person = started(found)?.person.to_string();
    let who = People::of(visitor, [person.as_str()]).await?.name(&person);
    let back = visitor.to(&format!("/supervisions/{id}"));
    let frame = visitor
        .frame(format!("Change what was recorded of contact {no}"))
        .kicker(who)
        .lede(format!(
            "{}: {}, {}.",
            day_in_words(contact.on),
            contact.kind.title(),
            contact.outcome.title()
        ))
        .trail(vec![Link::new(back.clone(), "Back to the supervision")]);
    let guard = visitor.guard(&frame).for_version(found.version);
    let form = Form::new(
        format!("/supervisions/{id}/contact/{no}"),
        guard,
        "Record the change",
    )
    .cancel(back, "Cancel");
    let reasons = &law.supervision.correction_reasons;
    let reason = coded(typed, "reason", "One reason", reasons);
    let fields = ask::contact(typed, Some(vec![reason]));
    Ok(Page::new(frame).form(&with_fields(form, fields, wrong)))
}
