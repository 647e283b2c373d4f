//! The gate to children's cases: who is let through says why, for which case, and is written down.

use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use domain::jurisdiction::{GateReach, title};
use infra::access::{Action, Asked, Gate, allow};
use infra::registry::ReadError;
use serde::Deserialize;

use super::components::{Choice, Field, Form, Inset};
use super::laws::Books;
use super::page::{Page, PageError, Typed, Visitor};
use super::query::Query;
use crate::identity::gate_cookie;
use crate::state::AppState;
use crate::v1::kinds::path;

/// A reason that is open to the visitor: its code, its words and how far it leads.
type Reason = (String, String, GateReach);

/// Which case the gate is wanted for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    #[serde(default)]
    case: String,
}

/// What is asked, or how the gate is closed again.
pub(super) async fn get(
    State(app): State<AppState>,
    Query(wanted): Query<Wanted>,
    visitor: Visitor,
) -> Result<Page, PageError> {
    allow(&visitor.call, Action::PassGate)?;
    let reasons = reasons(&app, &visitor).await?;
    let page = Page::new(frame(&visitor));
    if let Gate::Asked(asked) = &visitor.call.gate {
        let guard = visitor.guard(&visitor.frame("The gate"));
        let said =
            format!("It is open to you: {asked}. It closes by itself after a quarter of an hour.");
        let close = Form::new("/gate/close", guard, "Close the gate");
        return Ok(page.text(said).form(&close));
    }
    if reasons.is_empty() {
        let said = "The rules let nobody through in your role and for your purpose.";
        return Ok(page.text(said));
    }
    let typed = Typed::empty().with("case", &wanted.case);
    Ok(page
        .part(&written_down())
        .form(&form(&visitor, &reasons, &typed, [None, None])))
}

/// Opens the gate, for a reason and a case.
pub(super) async fn post(
    State(app): State<AppState>,
    visitor: Visitor,
    typed: Typed,
) -> Result<Response, PageError> {
    allow(&visitor.call, Action::PassGate)?;
    let reasons = reasons(&app, &visitor).await?;
    let again = |errors| {
        let form = form(&visitor, &reasons, &typed, errors);
        Page::new(frame(&visitor)).form(&form).into_response()
    };
    let chosen = typed.get("reason");
    let Some((code, _, reach)) = reasons
        .iter()
        .find(|(code, ..)| Some(code.as_str()) == chosen)
    else {
        return Ok(again([Some("Choose why".to_owned()), None]));
    };
    let case = typed.get("case").unwrap_or_default();
    let (asked, address) = match (case, reach) {
        ("", GateReach::Everybody) => (format!("{code} all"), "/".to_owned()),
        ("", GateReach::Person) => {
            return Ok(again([
                None,
                Some("Give the reference of the case".to_owned()),
            ]));
        }
        (case, _) => {
            let Some(kind) = app.registry.kind_of(case).await? else {
                let said = "There is no such case: give its whole reference".to_owned();
                return Ok(again([None, Some(said)]));
            };
            let address = format!("/{}/{case}", path(&kind));
            (format!("{code} {kind}/{case}"), address)
        }
    };
    let Ok(asked) = asked.parse::<Asked>() else {
        return Ok(again([None, Some("This is no reference".to_owned())]));
    };
    let call = visitor.call.clone().asking(Some(asked.clone()));
    match app.registry.pass_gate(&call).await {
        Ok(()) => {
            let cookie = [(SET_COOKIE, gate_cookie(Some(&asked)))];
            Ok((cookie, Redirect::to(&address)).into_response())
        }
        Err(ReadError::Denied(denied)) => Ok(again([Some(denied.to_string()), None])),
        Err(other) => Err(other.into()),
    }
}

/// Closes it.
pub(super) async fn close(_visitor: Visitor) -> Response {
    let cookie = [(SET_COOKIE, gate_cookie(None))];
    (cookie, Redirect::to("/")).into_response()
}

fn frame(visitor: &Visitor) -> super::components::Frame {
    visitor.frame("The gate to children's cases").lede(
        "A child's case is shown to those who work on it. Others are shown it for a reason that the rules name.",
    )
}

fn written_down() -> Inset {
    Inset {
        text: "Your reason is written down with everything that you are shown, and an oversight body reads it."
            .to_owned(),
        source: None,
    }
}

/// The reasons for which the visitor is let through, under any rules that were adopted.
async fn reasons(app: &AppState, visitor: &Visitor) -> Result<Vec<Reason>, PageError> {
    let books = Books::adopted(app).await?;
    let mut reasons: Vec<Reason> = Vec::new();
    for law in books.all() {
        let gate = &law.child_gate;
        for way in gate.ways_of(&visitor.call.actor, visitor.call.purpose) {
            for code in &way.reasons {
                if !reasons.iter().any(|(known, ..)| known == code.as_str()) {
                    let words = title(&gate.reasons, code.as_str()).to_owned();
                    reasons.push((code.to_string(), words, way.reach));
                }
            }
        }
    }
    Ok(reasons)
}

fn form(
    visitor: &Visitor,
    reasons: &[Reason],
    typed: &Typed,
    [why, which]: [Option<String>; 2],
) -> Form {
    let guard = visitor.guard(&visitor.frame("The gate"));
    let choices = reasons.iter().map(|(code, words, _)| {
        let is_chosen = typed.get("reason") == Some(code.as_str());
        Choice::new(code.clone(), words.clone()).chosen_if(is_chosen)
    });
    let everybody = reasons
        .iter()
        .any(|(.., reach)| *reach == GateReach::Everybody);
    let hint = if everybody {
        "As it stands on a page or a paper of the case. Leave it empty to inspect every child's case."
    } else {
        "As it stands on a page or a paper of the case."
    };
    let case = typed.get("case").unwrap_or_default();
    let case = Field::reference("case", "Reference of the case", case)
        .hint(hint)
        .error(which);
    Form::new("/gate", guard, "Open the gate")
        .field(Field::radios("reason", "Why you need to see it", choices.collect()).error(why))
        .field(case)
}
