//! What replaces an imposed decision: a slip corrected, a variation on appeal, a new sentence after a breach. The form
//! begins with what stands; before and after are shown once before anything is recorded.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::act::Refusal;
use domain::jurisdiction::Pack;
use domain::record::AnyEvent;
use domain::sentence::{
    CorrectSlip, Decision, Resentence, Sentence, SentenceCommand, SentenceEvent, SentenceRefusal,
    Vary,
};
use domain::values::{Code, Instant};
use infra::access::{Action, allow};
use infra::record::Recorded;
use infra::registry::{AsOf, CommandError, Found};

use super::ask::{self, Asking};
use super::check::{self, Fields};
use super::known::KnownBefore;
use super::read::{self, Errors, when};
use super::shape::{Placed, Shape, asked};
use super::{grown, standing, standing_of};
use crate::pages::casework::now_field;
use crate::pages::components::{Choice, Field, Form, Frame, Link, Part, SummaryList, Value};
use crate::pages::page::{Page, PageError, Typed, Visitor};
use crate::pages::register::sentence_case;
use crate::pages::{done, said, sentence, sheet};
use crate::problem::Problem;
use crate::state::AppState;

/// Why a decision is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pages) enum Revision {
    /// A slip of the pen.
    Slip,
    /// On appeal.
    Appeal,
    /// After a breach.
    Breach,
}

impl Revision {
    /// The revision of an address.
    pub(in crate::pages) fn named(word: &str) -> Option<Self> {
        match word {
            "correct" => Some(Self::Slip),
            "vary" => Some(Self::Appeal),
            "resentence" => Some(Self::Breach),
            _ => None,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Slip => "correct",
            Self::Appeal => "vary",
            Self::Breach => "resentence",
        }
    }

    fn action(self) -> Action {
        match self {
            Self::Slip => Action::KeepSentence,
            Self::Appeal | Self::Breach => Action::DecideSentence,
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Slip => "Correct a slip",
            Self::Appeal => "Vary on appeal",
            Self::Breach => "Sentence anew",
        }
    }

    fn lede(self) -> &'static str {
        match self {
            Self::Slip => {
                "A slip of the pen only: what the court decided is varied or quashed, not corrected. What it replaces stays readable."
            }
            Self::Appeal => {
                "What the court of appeal puts in place of the decision. What it replaces stays readable."
            }
            Self::Breach => {
                "What is imposed in place of the decision after a breach. What it replaces stays readable."
            }
        }
    }

    fn submit(self) -> &'static str {
        match self {
            Self::Slip => "Record the correction",
            Self::Appeal => "Record the variation",
            Self::Breach => "Record the new sentence",
        }
    }
}

/// A decision that is to be replaced.
struct Case<'a> {
    visitor: &'a Visitor,
    id: String,
    revision: Revision,
    found: Found<Sentence>,
    /// What stands.
    stands: Decision,
    law: Arc<Pack>,
}

/// The form, filled with what stands.
pub(in crate::pages) async fn get(
    State(app): State<AppState>,
    visitor: Visitor,
    id: String,
    revision: Revision,
) -> Result<Page, PageError> {
    let case = Case::of(&app, &visitor, id, revision, visitor.as_of).await?;
    let typed = standing::typed(&case.stands);
    let kinds = Shape::of(&typed).kinds(&typed, &case.law);
    let typed = typed.with("asked", &asked(&kinds));
    Ok(case.form(&typed, &Errors::default()))
}

/// Shows before and after; once they were seen, records what replaces the decision.
pub(in crate::pages) async fn post(
    State(app): State<AppState>,
    visitor: Visitor,
    id: String,
    revision: Revision,
    typed: Typed,
) -> Result<Response, PageError> {
    let case = Case::of(&app, &visitor, id, revision, AsOf::Now).await?;
    let kinds = Shape::of(&typed).kinds(&typed, &case.law);
    let is_asked = typed.get("asked") == Some(asked(&kinds).as_str());
    if Shape::is_growing(&typed) || !is_asked || typed.get("act") == Some("change") {
        return Ok(case.form(&typed, &Errors::default()).into_response());
    }
    let mut errors = Errors::default();
    let Some((command, after)) = case.wish(&typed, &mut errors) else {
        return Ok(case.form(&typed, &errors).into_response());
    };
    let changes = case.changes(&after);
    if changes.rows.is_empty() {
        errors.say("", "Nothing is changed: change what should read otherwise");
    }
    let seen = typed.get("version").and_then(|text| text.parse().ok());
    if let Some(since) = seen.and_then(|seen| said::since(&case.found.entries, seen)) {
        errors.say("", format!("The sentence was changed since you opened this page ({since}). What stands now is shown below: review it, and send again"));
    }
    if !errors.0.is_empty() {
        return Ok(case.form(&typed, &errors).into_response());
    }
    if typed.get("reviewed").is_none() {
        return Ok(case.review(&typed, changes).into_response());
    }
    let options = done::options(&typed);
    let sent = app
        .registry
        .command::<Sentence>(&visitor.call, &case.id, command, options)
        .await;
    match sent {
        Ok(receipt) => {
            let address = format!("/sentences/{}?recorded=1", case.id);
            Ok(done::then(&app, &receipt, &address).await.into_response())
        }
        Err(CommandError::Refused(refusal)) => {
            case.refused(&typed, &after, &refusal, &mut errors);
            Ok(case.form(&typed, &errors).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

impl<'a> Case<'a> {
    async fn of(
        app: &AppState,
        visitor: &'a Visitor,
        id: String,
        revision: Revision,
        as_of: AsOf,
    ) -> Result<Self, PageError> {
        allow(&visitor.call, revision.action())?;
        let (found, law) = standing_of(app, visitor, &id, as_of).await?;
        let Some(imposed) = found.state.imposed() else {
            let said = "only an imposed decision is corrected, varied or replaced: go on with a proposal instead";
            return Err(PageError(Problem::usage("nothing-to-replace", "", said)));
        };
        Ok(Self {
            visitor,
            id,
            revision,
            stands: Decision::clone(&imposed.decision),
            found,
            law,
        })
    }

    /// The command, with the decision as it would read.
    fn wish(&self, typed: &Typed, errors: &mut Errors) -> Option<(SentenceCommand, Decision)> {
        let now = Instant::from_micros(self.visitor.app.registry.clock().now_us());
        let pronounced = when(typed, "pronounced", (&self.law, now), errors);
        let reason = typed.get("reason").and_then(|text| Code::parse(text).ok());
        if self.revision == Revision::Slip && reason.is_none() {
            errors.say("reason", "Choose why it is corrected");
        }
        let order = typed.get("order").map(str::parse).transpose();
        let order = order.map_err(|_| {
            errors.say(
                "order",
                "This is not a reference of an order: copy it from the order's page",
            );
        });
        let decision = match read::decision(typed, &self.law, Some(&self.stands)) {
            Ok(decision) => decision,
            Err(more) => {
                errors.0.extend(more.0);
                return None;
            }
        };
        let command = match (self.revision, reason) {
            (Revision::Slip, Some(reason)) => SentenceCommand::CorrectSlip(CorrectSlip {
                corrects: decided_at(&self.found.entries),
                pronounced,
                reason,
                decision: decision.clone(),
            }),
            (Revision::Slip, None) => return None,
            (Revision::Appeal, _) => SentenceCommand::VaryOnAppeal(Vary {
                pronounced,
                decision: decision.clone(),
            }),
            (Revision::Breach, _) => SentenceCommand::Resentence(Resentence {
                pronounced,
                decision: decision.clone(),
                order: order.unwrap_or_default(),
            }),
        };
        errors.0.is_empty().then_some((command, decision))
    }

    fn refused(
        &self,
        typed: &Typed,
        after: &Decision,
        refusal: &SentenceRefusal,
        errors: &mut Errors,
    ) {
        let placed = Placed::of(typed, &self.law, &Shape::of(typed), after);
        let fields = Fields {
            typed,
            law: &self.law,
            placed: &placed,
            decision: after,
        };
        let field = if refusal.field() == "reason" {
            "reason".to_owned()
        } else {
            fields.of(refusal)
        };
        errors.say(&field, check::said(refusal));
    }

    /// What differs, before and after.
    fn changes(&self, after: &Decision) -> SummaryList {
        let told = |decision| sentence::told(&self.law, decision);
        let sees = sentence::sees_special(self.visitor);
        let list = sentence::changes(&told(&self.stands), &told(after), sees);
        // What is said in words stays as it was unless it is given anew.
        let anew = || Value::text("Given anew");
        let list = match &after.reasons {
            Some(_) => list.row("Reasons in words", anew()),
            None => list,
        };
        sentence::asked(after)
            .into_iter()
            .fold(list, |list, (required, _)| {
                let what = sheet::requirement_title(&self.law, &required.kind);
                list.row(format!("What exactly: {what}"), anew())
            })
    }

    fn frame(&self) -> Frame {
        let home = self.visitor.to(&format!("/sentences/{}", self.id));
        let name = sentence::name_of(&self.id, self.found.state.decision());
        self.visitor
            .frame(self.revision.title())
            .kicker(format!("Sentence {name}"))
            .lede(self.revision.lede())
            .trail(vec![
                Link::new(self.visitor.to("/sentences"), "Register"),
                Link::new(home, "Sentence"),
            ])
            .reference(name)
    }

    fn begun(&self, frame: &Frame, submit: &str) -> Form {
        let guard = self.visitor.guard(frame).for_version(self.found.version);
        let action = format!("/sentences/{}/{}", self.id, self.revision.word());
        Form::new(action, guard, submit)
    }

    fn form(&self, typed: &Typed, errors: &Errors) -> Page {
        let stands = &self.stands;
        let shape = Shape::of(typed);
        let kinds = shape.kinds(typed, &self.law);
        let read = read::decision(typed, &self.law, Some(stands)).ok();
        let placed = read
            .as_ref()
            .map(|d| Placed::of(typed, &self.law, &shape, d));
        let asking = Asking {
            typed,
            errors,
            law: &self.law,
            shape,
            kinds,
            draft: read.as_ref(),
            placed: placed.unwrap_or_default(),
            objections: &[],
            known: &KnownBefore::default(),
            court: stands.court.as_str(),
            focus: None,
        };
        let frame = self.frame();
        let mut form = self.begun(&frame, "Show before and after");
        for (name, value) in asking.shape.carried() {
            form = form.carry(name, value);
        }
        form = form.carry("asked", asked(&asking.kinds));
        let now = Value::text(sentence_case(&stands.in_words(&self.law)));
        form = form.part(Part::Summary(
            SummaryList::default().row("It reads now", now),
        ));
        form = self.about(&asking, form);
        form = asking.case(form);
        form = asking.counts(form);
        form = asking.why(form);
        form = ask::unplaced(grown(form, &asking.shape), errors);
        let home = format!("/sentences/{}", self.id);
        Page::new(frame).form(&form.cancel(home, "Cancel"))
    }

    /// What is asked of the revision itself.
    fn about(&self, asking: &Asking<'_>, form: Form) -> Form {
        let typed = asking.typed;
        let words = ("Decided on", "decided now");
        let pronounced = now_field(typed, "pronounced", words, &self.law);
        match self.revision {
            Revision::Slip => {
                let reasons = self.law.sentencing.correction_reasons.iter().map(|reason| {
                    let code = reason.code.as_str();
                    Choice::new(code, reason.title.clone())
                        .chosen_if(typed.get("reason") == Some(code))
                });
                let none = Choice::new("", "Choose the reason");
                let reasons = std::iter::once(none).chain(reasons).collect();
                asking.put(
                    form,
                    Field::select("reason", "Why it is corrected", reasons),
                )
            }
            Revision::Appeal => asking.put(form, pronounced),
            Revision::Breach => {
                let value = typed.get("order").unwrap_or_default();
                let order = Field::reference("order", "Order that was breached", value)
                    .hint("Its reference, where the breach of an order led to this.")
                    .optional();
                asking.put(asking.put(form, pronounced), order)
            }
        }
    }

    /// Before and after, to be recorded or changed again.
    fn review(&self, typed: &Typed, changes: SummaryList) -> Page {
        let frame = self.frame();
        let mut form = self
            .begun(&frame, self.revision.submit())
            .heading("Before and after")
            .part(Part::Summary(changes));
        if let Some(reason) = typed.get("reason") {
            let reasons = &self.law.sentencing.correction_reasons;
            let reason = domain::jurisdiction::title(reasons, reason);
            form = form.part(Part::Text(format!("Reason: {reason}.")));
        }
        for (name, value) in typed.fields().filter(|(name, _)| !OWN.contains(name)) {
            form = form.carry(name, value);
        }
        let form = form.carry("reviewed", "yes").also("change", "Change it");
        Page::new(frame).form(&form)
    }
}

/// Fields that every form brings itself.
const OWN: [&str; 5] = [
    "csrf_token",
    "version",
    "idempotency_key",
    "act",
    "reviewed",
];

/// The version of the last event that wrote the decision.
fn decided_at(entries: &[Recorded]) -> u64 {
    let writes = |event: &AnyEvent| {
        matches!(
            event,
            AnyEvent::Sentence(
                SentenceEvent::Imposed { .. }
                    | SentenceEvent::Corrected { .. }
                    | SentenceEvent::VariedOnAppeal { .. }
                    | SentenceEvent::Resentenced { .. }
            )
        )
    };
    let last = entries.iter().rev().find(|entry| writes(&entry.event));
    last.map_or(1, |entry| entry.sequence)
}
