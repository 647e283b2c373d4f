//! Screening everybody who is held: by which criteria, and what it does.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::emergency::{Emergency, PublishCriteria};
use domain::values::Code;
use infra::access::{Action, allow};
use infra::registry::{AsOf, CommandError, Found, ReadError};

use super::{home, trail};
use crate::pages::components::{Choice, Field, Form, Part, Value};
use crate::pages::done;
use crate::pages::page::{Page, PageError, Typed, Visitor};
use crate::problem::Problem;
use crate::state::AppState;

const WHAT: &str = "The published criteria are put to what the register holds of everybody who is held. It lists who can \
                    be released, who cannot and for which criterion, and of whom the register alone cannot say. Nothing \
                    is decided by that, and what was recorded before is not recorded again.";
const READS: &str = "Records of the people who are held are read for it, and that is written down. A date of birth is \
                     opened only where a criterion asks an age.";

/// The way to a rehearsal.
const TRY: &str = "Try criteria first: nobody is screened, nothing is recorded";

/// The form.
pub(super) async fn get(
    State(app): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Page, PageError> {
    allow(&visitor.call, Action::ScreenInEmergency).map_err(ReadError::from)?;
    let found: Found<Emergency> = app.registry.show(&visitor.call, &id, visitor.as_of).await?;
    Ok(page(&visitor, &id, &found, &Typed::empty(), None))
}

/// The screening.
pub(super) async fn post(
    State(app): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    typed: Typed,
) -> Result<Response, PageError> {
    let Some(version) = typed.get("version").and_then(|text| Code::parse(text).ok()) else {
        let said = "Choose a version of the criteria".to_owned();
        return refused(&visitor, &id, &typed, said).await;
    };
    let screened = app
        .registry
        .screen(&visitor.call, &id, &version, None)
        .await;
    let screening = match screened {
        Ok(screening) => screening,
        Err(CommandError::Refused(refusal)) => {
            return refused(&visitor, &id, &typed, refusal.to_string()).await;
        }
        Err(error) => return Err(Problem::from(error).into()),
    };
    if let Some(last) = screening.entries.last() {
        done::filed_up_to(&app, last.saturating_add(1)).await;
    }
    let entry = screening.entries.first();
    let entry = entry.map_or_else(String::new, |entry| format!("&entry={entry}"));
    let (recorded, sealed) = (screening.recorded, screening.sealed);
    let address = format!(
        "{}/cohort?recorded={recorded}&sealed={sealed}{entry}",
        home(&id)
    );
    Ok(Redirect::to(&address).into_response())
}

/// The form again, with what was typed and why it was refused.
async fn refused(
    visitor: &Visitor,
    id: &str,
    typed: &Typed,
    said: String,
) -> Result<Response, PageError> {
    let registry = &visitor.app.registry;
    let found: Found<Emergency> = registry.show(&visitor.call, id, AsOf::Now).await?;
    Ok(page(visitor, id, &found, typed, Some(said)).into_response())
}

fn page(
    visitor: &Visitor,
    id: &str,
    found: &Found<Emergency>,
    typed: &Typed,
    refused: Option<String>,
) -> Page {
    let frame = visitor
        .frame("Screen everybody who is held")
        .kicker("Emergency")
        .trail(trail(visitor, id));
    let back = visitor.to(&format!("{}/cohort", home(id)));
    let declaration = found.state.declared();
    let criteria = declaration.map_or(&[][..], |declaration| &declaration.criteria);
    let rehearsal = visitor.to(&format!("{}/rehearsal", home(id)));
    let may_be = criteria
        .last()
        .is_some_and(|last| found.state.screening_by(&last.version).is_ok());
    if !may_be {
        let said = "Nobody can be screened: the emergency is over, or no criteria are published.";
        return Page::new(frame)
            .text(said)
            .part(&Value::link(rehearsal, TRY));
    }
    let form = Form::new(
        format!("{}/screening", home(id)),
        visitor.guard(&frame),
        "Screen everybody who is held",
    );
    let form = form
        .part(Part::Text(WHAT.to_owned()))
        .part(Part::Text(READS.to_owned()))
        .field(versions(criteria, typed).error(refused))
        .cancel(back, "Cancel");
    Page::new(frame)
        .form(&form)
        .part(&Value::link(rehearsal, TRY))
}

/// The versions, the one in use first; it is chosen unless another was.
fn versions(criteria: &[PublishCriteria], typed: &Typed) -> Field {
    let in_use = criteria.last().map(|last| last.version.to_string());
    let chosen = typed.get("version").map(str::to_owned).or(in_use);
    let choices = criteria.iter().rev().map(|published| {
        let version = published.version.to_string();
        let is_chosen = chosen.as_ref() == Some(&version);
        let label = format!("Version {version}, {} criteria", published.criteria.len());
        Choice::new(version, label).chosen_if(is_chosen)
    });
    Field::select("version", "By which criteria", choices.collect())
}
