//! Recording a decision: asked step by step, checked while it is drafted, imposed or kept as a proposal.

mod ask;
mod compare;
mod read;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::act::{Facts, Finding, Reference, Refusal};
use domain::actor::Role;
use domain::jurisdiction::Pack;
use domain::person::{Person, PersonCommand};
use domain::sentence::{Impose, Propose, SanctionKind, Sentence, SentenceCommand, SentenceRefusal};
use domain::stream::{Stream, StreamEvent};
use domain::values::{Instant, Known, Occurred, OffenceCode, PersonId};
use infra::access::{Action, allow};
use infra::registry::{CommandError, Options, Receipt};

use self::compare::{Case, Comparable, comparable};
use self::read::Wanted;
pub(super) use self::read::{Errors, length};
use super::components::Part;
use super::page::{Page, PageError, Typed, Visitor};
use super::{done, laws, register, sentence};
use crate::state::AppState;

/// Whether the visitor may draft decisions.
pub(super) fn may_record(visitor: &Visitor) -> bool {
    allow(&visitor.call, Action::ProposeSentence).is_ok()
}

/// The empty form.
pub(super) async fn get(State(app): State<AppState>, visitor: Visitor) -> Result<Page, PageError> {
    allow(&visitor.call, Action::ProposeSentence).map_err(denied)?;
    let law = laws::in_force(&app).await?;
    Ok(page(
        &visitor,
        &law,
        &Typed::empty(),
        &Errors::default(),
        None,
    ))
}

fn denied(denied: infra::access::Denied) -> PageError {
    sentence::problem(CommandError::<SentenceRefusal>::Denied(denied))
}

/// The next step: more questions, a check, or the record.
pub(super) async fn post(
    State(app): State<AppState>,
    visitor: Visitor,
    typed: Typed,
) -> Result<Response, PageError> {
    allow(&visitor.call, Action::ProposeSentence).map_err(denied)?;
    let law = laws::in_force(&app).await?;
    let Some(kind) = read::disposal(&typed, &law) else {
        let mut errors = Errors::default();
        errors.say("disposal", "Choose the disposal");
        return Ok(page(&visitor, &law, &typed, &errors, None).into_response());
    };
    // Another disposal asks other things: they are asked before anything is recorded.
    if typed.get("asked") != Some(kind.word()) {
        return Ok(page(&visitor, &law, &typed, &Errors::default(), None).into_response());
    }
    let fresh = carried_person(&visitor, &typed);
    let wanted = match read::read(&typed, &law, kind, fresh) {
        Ok(wanted) => wanted,
        Err(errors) => return Ok(page(&visitor, &law, &typed, &errors, None).into_response()),
    };
    let noticed = match checked(&visitor, &law, &wanted) {
        Ok(noticed) => noticed,
        Err(refusal) => return Ok(refused(&visitor, &law, &typed, kind, &refusal).into_response()),
    };
    if typed.get("act") == Some("check") {
        return Ok(
            page(&visitor, &law, &typed, &Errors::default(), Some(&noticed)).into_response(),
        );
    }
    record(&visitor, &law, &typed, kind, wanted).await
}

fn carried_person(visitor: &Visitor, typed: &Typed) -> PersonId {
    let carried = typed.get("fresh").and_then(|text| text.parse().ok());
    carried.unwrap_or_else(|| visitor.app.registry.new_person_id())
}

fn now(visitor: &Visitor) -> Instant {
    Instant::from_micros(visitor.app.registry.clock().now_us())
}

fn pronounced(visitor: &Visitor, wanted: &Wanted) -> Occurred {
    wanted
        .pronounced
        .map_or_else(|| Occurred::At(now(visitor)), Occurred::On)
}

/// What the rules say of the decision; nothing is recorded.
fn checked(
    visitor: &Visitor,
    law: &std::sync::Arc<Pack>,
    wanted: &Wanted,
) -> Result<Vec<Finding>, SentenceRefusal> {
    let wish = Impose {
        person: wanted.person,
        pronounced: pronounced(visitor, wanted),
        decision: wanted.decision.clone(),
        comparison: Known::NotRecorded,
    };
    let mut facts = Facts::at(
        now(visitor),
        visitor.call.actor.clone(),
        std::sync::Arc::clone(law),
    );
    facts.found.insert(Reference::Person(wanted.person));
    let events = Sentence::default().decide(SentenceCommand::Impose(wish), &facts)?;
    Ok(events
        .iter()
        .flat_map(|event| event.findings().to_vec())
        .collect())
}

/// Registers the person where needed, then records the decision.
async fn record(
    visitor: &Visitor,
    law: &Pack,
    typed: &Typed,
    kind: SanctionKind,
    wanted: Wanted,
) -> Result<Response, PageError> {
    let options = Options {
        expected: None,
        jurisdiction: Some(law.jurisdiction.clone()),
        ..done::options(typed)
    };
    if let Some(register) = &wanted.register {
        let key = options
            .key
            .clone()
            .map(|(key, bytes)| (format!("{key}-person"), bytes));
        let options = Options {
            key,
            ..options.clone()
        };
        let command = PersonCommand::Register(register.clone());
        let id = wanted.person.to_string();
        visitor
            .app
            .registry
            .command::<Person>(&visitor.call, &id, command, options)
            .await?;
    }
    let id = typed
        .get("sentence")
        .and_then(|text| text.parse::<uuid::Uuid>().ok());
    let id = id
        .unwrap_or_else(|| visitor.app.registry.new_stream_id())
        .to_string();
    let person = wanted.person;
    match sent(visitor, law, typed, wanted, &id, options).await {
        Ok(receipt) => {
            let address = format!("/sentences/{id}?recorded=1");
            Ok(done::then(&visitor.app, &receipt, &address)
                .await
                .into_response())
        }
        Err(CommandError::Refused(refusal)) => {
            let typed = typed.clone().with("person", &person.to_string());
            Ok(refused(visitor, law, &typed, kind, &refusal).into_response())
        }
        Err(CommandError::UnknownPerson(_)) => {
            let mut errors = Errors::default();
            errors.say(
                "person",
                "Nobody is registered under this reference: leave it empty and give a name",
            );
            Ok(page(visitor, law, typed, &errors, None).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

async fn sent(
    visitor: &Visitor,
    law: &Pack,
    typed: &Typed,
    wanted: Wanted,
    id: &str,
    options: Options,
) -> Result<Receipt, CommandError<SentenceRefusal>> {
    let imposes = allow(&visitor.call, Action::DecideSentence).is_ok();
    let command = if imposes && typed.get("act") != Some("propose") {
        let found = compared(visitor, law, &compare::case(&wanted.decision));
        SentenceCommand::Impose(Impose {
            person: wanted.person,
            pronounced: pronounced(visitor, &wanted),
            comparison: found.map_or(Known::NotRecorded, |found| found.shown(law)),
            decision: wanted.decision,
        })
    } else {
        SentenceCommand::Propose(Propose {
            person: wanted.person,
            decision: wanted.decision,
        })
    };
    visitor
        .app
        .registry
        .command::<Sentence>(&visitor.call, id, command, options)
        .await
}

fn compared(visitor: &Visitor, law: &Pack, case: &Case) -> Option<Comparable> {
    let index = visitor.moment.index?;
    comparable(
        &visitor.app.registry.projections().facts(),
        law,
        case,
        index,
    )
}

fn refused(
    visitor: &Visitor,
    law: &Pack,
    typed: &Typed,
    kind: SanctionKind,
    refusal: &SentenceRefusal,
) -> Page {
    let mut errors = Errors::default();
    let said = format!(
        "{} ({})",
        register::sentence_case(&refusal.to_string()),
        refusal.rule()
    );
    errors.say(read::field_of(&refusal.field(), kind), said);
    page(visitor, law, typed, &errors, None)
}

/// The page, at whatever step the form is.
fn page(
    visitor: &Visitor,
    law: &Pack,
    typed: &Typed,
    errors: &Errors,
    noticed: Option<&[Finding]>,
) -> Page {
    let kind = read::disposal(typed, law);
    let imposes = visitor.sample.role == Role::Judge;
    let frame = visitor
        .frame("Record a decision")
        .lede("Of a decision pronounced now, a rule that it breaks refuses it; of one already pronounced, the register notes what it notices.");
    let asking = ask::Asking {
        typed,
        errors,
        law,
        kind,
        court: visitor.sample.office,
        imposes,
        beside: beside(visitor, law, typed, noticed),
    };
    let sentence = typed.get("sentence").map_or_else(
        || visitor.app.registry.new_stream_id().to_string(),
        str::to_owned,
    );
    let carried = [
        ("fresh", carried_person(visitor, typed).to_string()),
        ("sentence", sentence),
    ];
    let form = ask::form(&asking, visitor.guard(&frame), carried);
    Page::new(frame).form(&form)
}

/// What is to be read before the end: what was noticed, and what was decided in comparable cases.
fn beside(visitor: &Visitor, law: &Pack, typed: &Typed, noticed: Option<&[Finding]>) -> Vec<Part> {
    let mut parts = Vec::new();
    if let Some(noticed) = noticed {
        parts.push(Part::Heading("Checked".to_owned()));
        if noticed.is_empty() {
            parts.push(Part::Text(
                "No rule stands in the way, and the register notices nothing.".to_owned(),
            ));
        } else {
            parts.push(Part::Text(
                "It can be recorded; this will be noted with it.".to_owned(),
            ));
            parts.push(Part::Table(sentence::noticed_table(noticed)));
        }
    }
    let case = Case {
        offence: typed
            .get("offence")
            .and_then(|code| OffenceCode::parse(code).ok()),
        court: typed.get("court").unwrap_or_default().to_owned(),
        prior: typed
            .get("c_prior-record")
            .filter(|answer| !answer.starts_with('?'))
            .map(str::to_owned),
    };
    if let Some(found) = compared(visitor, law, &case) {
        parts.push(Part::Heading("Comparable past decisions".to_owned()));
        parts.push(Part::Text(found.said(law)));
        parts.extend(
            found
                .table(law)
                .map(|table| Part::Table(table.quiet_caption())),
        );
    }
    parts.push(Part::Heading("Why".to_owned()));
    parts
}
